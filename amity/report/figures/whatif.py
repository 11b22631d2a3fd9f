"""What would follow a shock, drawn: the most certain responses over time, with their intervals and the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amity.records.whatif import Reaction, WhatIf
from amity.report.figures import CONFLICT, COOPERATION, FAINT, INK, MARKERS, head, line, sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 12
"""Dyads drawn beside those of the shock."""


def draw(answer: WhatIf) -> Figure:
    """Two panels: the shocked dyads and their reverses, and the other dyads (or why they are not given)."""
    shocks = ", ".join(f"{one.actor} → {one.recipient} {one.asked.rpartition(':')[2]}" for one in answer.shocks)
    note = (
        f"{answer.label[0].upper()}{answer.label[1:]}. {answer.verdict} Bands hold nine of ten draws. Learned from "
        f"{answer.periods} of {answer.all_periods} {answer.unit}s, {answer.since} to {answer.until}, "
        f"{', '.join(answer.datasets) or 'no data set'}, among {len(answer.states)} states."
    )
    figure, (direct, others) = sheet(1, 2, title=f"If {shocks}: {answer.label}", note=note, height=3.2)
    dyads = _by_dyad(answer)
    _direct(direct, answer, [one for one in dyads if one[0].how != "propagated"])
    _others(others, answer, [one for one in dyads if one[0].how == "propagated"][:MOST])
    return figure


def _by_dyad(answer: WhatIf) -> list[list[Reaction]]:
    """Responses of each dyad in time, dyads in their order."""
    dyads: dict[tuple[str, str], list[Reaction]] = {}
    for one in answer.reactions:
        dyads.setdefault((one.actor, one.recipient), []).append(one)
    return [sorted(found, key=lambda one: one.ahead) for found in dyads.values()]


def _direct(axes: Axes, answer: WhatIf, dyads: list[list[Reaction]]) -> None:
    """Responses over time, with bands."""
    from matplotlib.ticker import MaxNLocator

    head(axes, "The dyad and its reverse")
    axes.axhline(0, color=FAINT, linewidth=1)
    for number, found in enumerate(dyads):
        ahead = [one.ahead for one in found]
        style = line(number)
        axes.fill_between(
            ahead,
            [one.deviations.low for one in found],
            [one.deviations.high for one in found],
            color=style["color"],
            alpha=0.15,
            linewidth=0,
        )
        label = f"{found[0].actor} → {found[0].recipient}"
        medians = [one.deviations.median for one in found]
        axes.plot(ahead, medians, marker=MARKERS[number % len(MARKERS)], markersize=4, label=label, **style)
    axes.set_xlabel(f"{answer.unit}s after the shock")
    axes.set_ylabel(f"{answer.measure}, usual spreads")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(fontsize=7)


def _others(axes: Axes, answer: WhatIf, dyads: list[list[Reaction]]) -> None:
    """The strongest response of each dyad with its interval, surest at the top; filled for worse, open for better."""
    from matplotlib.ticker import MaxNLocator

    doubt = "" if answer.evidence.propagates or not dyads else " (not proved)"
    head(axes, f"Other dyads, surest first{doubt}")
    if not dyads:
        reason = (
            "nothing spreads" if answer.propagated else "not given:\npropagation has not\nforecast better than none"
        )
        axes.text(0.5, 0.5, reason, ha="center", va="center", color=INK, transform=axes.transAxes)
        axes.set_axis_off()
        return
    peaks = [max(found, key=lambda one: abs(one.deviations.median)) for found in dyads]
    axes.axvline(0, color=FAINT, linewidth=1)
    for place, one in enumerate(peaks):
        worse = (one.deviations.median > 0) == (answer.measure == "conflict")
        color = CONFLICT if worse else COOPERATION
        axes.plot([one.deviations.low, one.deviations.high], [place, place], color=color, linewidth=1.5)
        axes.plot(one.deviations.median, place, marker="o", color=color, markerfacecolor=color if worse else "white")
    names = [f"{one.actor} → {one.recipient}, {one.ahead} {answer.unit[0]}" for one in peaks]
    axes.set_yticks(range(len(peaks)), names, fontsize=7)
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.set_xlabel(f"{answer.measure}, usual spreads (filled: worse, open: better)")
