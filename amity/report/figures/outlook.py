"""Figures of outlooks and back-tests: fans of counts, and reliability diagrams."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from amity.records.outlook import Backtest, Expected, Outlook, Record
from amity.report.figures import CONFLICT, COOPERATION, FAINT, INK, MARKERS, PALETTE, head, line, sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLOURS = {"conflict": CONFLICT, "cooperation": COOPERATION}
EVENTS = {"more": "more than usual", "any": "one at least"}


def draw(found: Sequence[Outlook]) -> Figure:
    """For each direction: conflict and cooperation over the horizons, with intervals of one half and nine tenths."""
    targets = tuple(dict.fromkeys(one.target for one in found[0].expected))
    first = found[0]
    figure, axes = sheet(
        len(found),
        len(targets),
        title=f"What to expect from {first.origin} on",
        note=(
            f"Events within so many {first.basis.unit}s. Line: median; dark and light bars: intervals of 50 and 90 %; "
            f"cross: what the rate of the last 12 {first.basis.unit}s would give. "
            f"{', '.join(first.basis.datasets)}, {first.basis.covered} of {first.basis.periods} {first.basis.unit}s "
            "covered."
        ),
    )
    for number, (one, target) in enumerate((one, target) for one in found for target in targets):
        told = [each for each in one.expected if each.target == target]
        _fan(axes[number], told, COLOURS.get(target, PALETTE[6]))
        head(axes[number], f"{one.actor} → {one.recipient}: {target}")
        axes[number].set_xlabel(f"{one.basis.unit}s ahead")
        axes[number].set_ylabel("events")
    return figure


def _fan(axes: Axes, told: Sequence[Expected], colour: str) -> None:
    places = list(range(len(told)))
    axes.bar(places, [one.high - one.low for one in told], 0.5, [one.low for one in told], color=colour, alpha=0.25)
    inner = [one.inner_high - one.inner_low for one in told]
    axes.bar(places, inner, 0.5, [one.inner_low for one in told], color=colour, alpha=0.6)
    axes.plot(places, [one.median for one in told], linestyle="", marker="_", markersize=22, color=INK)
    axes.plot(places, [one.usual for one in told], linestyle="", marker="x", color=INK)
    for place, one in zip(places, told, strict=True):
        note = f"{one.more:.0%} for {one.threshold}+"
        axes.annotate(note, (place, one.high), xytext=(0, 2), textcoords="offset points", ha="center", fontsize=7)
    axes.set_xticks(places, [str(one.horizon) for one in told])
    axes.margins(y=0.15)
    axes.set_ylim(bottom=0)


def reliability(found: Backtest) -> Figure:
    """For each target and event: how often came what was told with a probability, by horizon."""
    cells = [(target, event) for target in found.targets for event in EVENTS]
    figure, axes = sheet(
        len(found.targets),
        len(EVENTS),
        title="How often came what was told",
        note=(
            f"{found.origins} origins, {found.first} to {found.last}, {found.basis.dyads} directed dyads "
            f"({', '.join(found.basis.datasets)}). On the grey line probabilities are what they say; bars are 90 % "
            "intervals of a block bootstrap; larger marks stand for more outlooks."
        ),
        height=3.4,
    )
    for panel, (target, event) in zip(axes, cells, strict=True):
        panel.plot([0, 1], [0, 1], color=FAINT, linewidth=1)
        for number, horizon in enumerate(found.horizons):
            own = [one for one in found.record if (one.target, one.event, one.horizon) == (target, event, horizon)]
            if own:
                _curve(panel, own, number, f"{horizon} {found.basis.unit}{'s' if horizon > 1 else ''}")
        head(panel, f"{target}: {EVENTS[event]}")
        panel.set_xlabel("probability told")
        panel.set_ylabel("share that came")
        panel.set_xlim(-0.02, 1.02)
        panel.set_ylim(-0.02, 1.02)
        if panel.get_legend_handles_labels()[0]:
            panel.legend(fontsize=7, loc="upper left")
    return figure


def _curve(axes: Axes, own: Sequence[Record], number: int, label: str) -> None:
    told, came = [one.told for one in own], [one.came for one in own]
    below = [max(0.0, one.came - one.came_low) for one in own]
    above = [max(0.0, one.came_high - one.came) for one in own]
    style: dict[str, Any] = line(number)
    axes.plot(told, came, label=label, marker=MARKERS[number % len(MARKERS)], markersize=3, linewidth=1, **style)
    axes.errorbar(told, came, yerr=[below, above], linestyle="", color=style["color"], linewidth=0.7)
    sizes = [3 + 12 * (one.number / max(one.number for one in own)) ** 0.5 for one in own]
    axes.scatter(told, came, [size**2 for size in sizes], color=style["color"], alpha=0.35, linewidths=0)
