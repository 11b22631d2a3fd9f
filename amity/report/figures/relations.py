"""Figures of `amity relations`: intensity above, valence below, turns as lines, what is unknown hatched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from amity.records.relations import Estimate, Point, Relation, Relations
from amity.report.figures import FAINT, INK, MARKERS, head, line, sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Naming = Callable[[str], str]

SERIES = (
    "Small marks: raw figures. Shaded: 90 % intervals. Upright lines: turns, with the range of their date. "
    "Hatched: not covered."
)
PARTNERS = "Lines: 90 % intervals."
"""How to read the figures."""


def draw(answer: Relations, names: Naming = str) -> Figure:
    """Series of one or several relations, or the partners of a state."""
    if answer.partners:
        return _partners(answer, names)
    shown = [one for one in answer.relations if not one.derived]
    first = shown[0]
    title = f"{names(first.actor)} and {names(first.recipient)}"
    figure, (above, below) = sheet(2, title=title, note=_note(answer), height=2.6, sharex=True)
    _series(above, shown, "intensity", names)
    _series(below, shown, "valence", names)
    head(above, "Intensity: events per thousand recorded")
    above.set_ylim(bottom=0)
    head(below, f"Valence: mean score of an event ({first.scale})")
    below.axhline(0, color=INK, linewidth=0.6)
    for axes in (above, below):
        _unknown(axes, first)
    above.legend(loc="upper left", fontsize=8, ncols=2, frameon=False)
    return figure


def _series(axes: Axes, shown: Sequence[Relation], aspect: str, names: Naming) -> None:
    for number, one in enumerate(shown):
        days = [_day(point.start) for point in one.points]
        figures: list[Estimate] = [getattr(point, aspect) for point in one.points]
        style: dict[str, Any] = line(number)
        label = f"{names(one.actor)} → {names(one.recipient)}{f', {one.layer}' if one.layer else ''}"
        axes.plot(days, [each.value for each in figures], label=label, **style)
        bounds = [each.low for each in figures], [each.high for each in figures]
        axes.fill_between(days, *bounds, color=style["color"], alpha=0.15, linewidth=0)
        seen = [(day, value) for day, point in zip(days, one.points, strict=True)
                if (value := _seen(point, aspect)) is not None]  # fmt: skip
        axes.plot(*zip(*seen, strict=True), linestyle="", **_mark(number), markersize=2.5, alpha=0.5)
        for turn in one.changes:
            if turn.aspect == aspect and days[0] <= _day(turn.start) <= days[-1]:
                axes.axvspan(_day(turn.since), _day(turn.until), color=style["color"], alpha=0.12, linewidth=0)
                axes.axvline(_day(turn.start), linewidth=1, **style)
                axes.plot([_day(turn.start)], [0.97], transform=axes.get_xaxis_transform(), **_mark(number))
    axes.xaxis_date()


def _seen(point: Point, aspect: str) -> float | None:
    """What the data of a period say before anything is made of them."""
    if aspect == "valence" or point.count is None:
        return point.mean if aspect == "valence" else None
    return 1000 * point.count / point.exposure


def _mark(number: int) -> dict[str, Any]:
    return {"marker": MARKERS[number % len(MARKERS)], "color": line(number)["color"]}


def _unknown(axes: Axes, one: Relation) -> None:
    for gap in one.coverage.gaps:
        axes.axvspan(_day(gap.since), _day(gap.until), facecolor="none", edgecolor=FAINT, hatch="///", linewidth=0)


def _day(day: date) -> float:
    """A day as matplotlib counts them."""
    return float(day.toordinal() - date(1970, 1, 1).toordinal())


def _partners(answer: Relations, names: Naming) -> Figure:
    """Both directions' valence of each partner, dots as large as intensity."""
    first = answer.partners[0]
    title = f"Partners of {names(first.state)}, {first.start}"
    figure, (axes,) = sheet(title=title, note=_note(answer), height=0.3 * len(answer.partners) + 1.2)
    rows = range(len(answer.partners))
    for number, (label, back) in enumerate((("towards the partner", False), ("back", True))):
        style = line(number)
        for row, one in zip(rows, answer.partners, strict=True):
            valence = one.valence_back if back else one.valence
            rate = one.intensity_back if back else one.intensity
            place = row + 0.15 * (1 if back else -1)
            axes.plot([valence.low, valence.high], [place, place], color=style["color"], linewidth=1)
            size = 3 + 9 * (rate.value / max(each.intensity.value for each in answer.partners)) ** 0.5
            axes.plot(
                [valence.value], [place], MARKERS[number], color=style["color"], markersize=min(size, 16),
                label=label if row == 0 else None,
            )  # fmt: skip
    axes.set_yticks(list(rows), [f"{names(one.partner)} ({one.share:.0%})" for one in answer.partners])
    axes.invert_yaxis()
    axes.axvline(0, color=INK, linewidth=0.6)
    axes.set_xlabel("valence, hostile to friendly; size: intensity")
    axes.legend(fontsize=8, frameon=False)
    return figure


def _note(answer: Relations) -> str:
    data = "; ".join(f"{one.dataset} {one.since} – {one.until}" for one in answer.sources)
    return f"{SERIES if answer.relations else PARTNERS} Data: {data}."
