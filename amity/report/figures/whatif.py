"""What would follow a shock, drawn: the most certain responses over time, with their intervals and the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amity.records.whatif import Reaction, WhatIf
from amity.report.figures import FAINT, INK, MARKERS, head, line, sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 6
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
    _panel(direct, answer, [one for one in dyads if one[0].how != "propagated"], "The dyad and its reverse")
    moved = [one for one in dyads if one[0].how == "propagated"][:MOST]
    _panel(others, answer, moved, "Other dyads, surest first")
    if not moved:
        reason = (
            "nothing spreads" if answer.propagated else "not given:\npropagation has not\nforecast better than none"
        )
        others.text(0.5, 0.5, reason, ha="center", va="center", color=INK, transform=others.transAxes)
    return figure


def _by_dyad(answer: WhatIf) -> list[list[Reaction]]:
    """Responses of each dyad in time, dyads in their order."""
    dyads: dict[tuple[str, str], list[Reaction]] = {}
    for one in answer.reactions:
        dyads.setdefault((one.actor, one.recipient), []).append(one)
    return [sorted(found, key=lambda one: one.ahead) for found in dyads.values()]


def _panel(axes: Axes, answer: WhatIf, dyads: list[list[Reaction]], title: str) -> None:
    from matplotlib.ticker import MaxNLocator

    head(axes, title)
    if not dyads:
        axes.set_axis_off()
        return
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
