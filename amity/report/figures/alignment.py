"""The figure of `amity alignment`: alignment over time, and the plane of alignment and engagement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from amity.errors import InputError
from amity.records.alignment import ENGAGED, PARTS, SIDE, Alignment, Alignments
from amity.report.figures import CONFLICT, COOPERATION, FAINT, INK, MARKERS, PALETTE, line, sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def draw(found: Alignments, naming: Callable[[str], str] = str) -> Figure:
    """Two panels for each pair of poles.

    Left: alignment from all parts with its 90 % interval, and the position by each part. Right: the plane of alignment
    (security layer) and engagement, with the years in order; the words that stand in it are those of the verdicts.

    Raises:
        InputError: when nothing is known of the years asked for.
    """
    pairs = list(dict.fromkeys((one.toward, one.against) for one in found.alignments if one.alignment is not None))
    if not pairs:
        raise InputError(found.state, "nothing is known of its alignment in these years; there is nothing to draw")
    note = (
        "Bands and bars are 90 % intervals; hollow: carried on after the data end; a gap is not covered. "
        + "; ".join((*found.missing, *found.notes))
    )
    figure, axes = sheet(
        len(pairs), 2, title=f"Alignment of {naming(found.state)}", note=note, height=3.2, width_ratios=[1.5, 1.0]
    )
    for row, (toward, against) in enumerate(pairs):
        chosen = [one for one in found.alignments if (one.toward, one.against) == (toward, against)]
        course, plane = axes[2 * row : 2 * row + 2]
        course.set_title(f"{naming(toward)} (+) or {naming(against)} (−)", loc="left", fontsize=9, fontweight="bold")
        _course(course, chosen)
        _plane(plane, chosen)
    labelled = dict(zip(*reversed(axes[0].get_legend_handles_labels()), strict=True))
    figure.legend(labelled.values(), labelled.keys(), loc="outside upper right", ncols=6, fontsize=7)
    return figure


def _course(axes: Axes, chosen: Sequence[Alignment]) -> None:
    toward, against = chosen[0].toward, chosen[0].against
    for stretch in _stretches(chosen):
        years = [one.year for one in stretch]
        figures = [one.alignment for one in stretch if one.alignment is not None]
        low, high = [one.low for one in figures], [one.high for one in figures]
        axes.fill_between(years, low, high, color=PALETTE[0], alpha=0.18, linewidth=0)
        axes.plot(years, [one.value for one in figures], color=INK, linewidth=1.8, marker=".", label="alignment")
    for number, name in enumerate(PARTS):
        for carried in (False, True):
            dots = [
                (one.year, part.position.value)
                for one in chosen
                for part in one.parts
                if part.name == name and part.carried == carried
            ]
            if dots:
                style = line(number) | {"linestyle": "", "marker": MARKERS[number], "markersize": 2.5, "alpha": 0.8}
                style |= {"markerfacecolor": "none"} if carried else {"label": name}
                axes.plot(*zip(*dots, strict=True), **style)
    axes.axhline(0.0, color=FAINT, linewidth=0.8)
    axes.set_ylim(-1.05, 1.05)
    axes.set_yticks([-1, -SIDE, 0, SIDE, 1], [f"−1 {against}", "−⅓", "0", "⅓", f"1 {toward}"])


def _stretches(chosen: Sequence[Alignment]) -> list[list[Alignment]]:
    """Runs of years in which alignment is known."""
    runs: list[list[Alignment]] = [[]]
    for one in chosen:
        if one.alignment is None or (runs[-1] and one.year != runs[-1][-1].year + 1):
            runs.append([])
        if one.alignment is not None:
            runs[-1].append(one)
    return [run for run in runs if run]


def _plane(axes: Axes, chosen: Sequence[Alignment]) -> None:
    toward, against = chosen[0].toward, chosen[0].against
    known = [one for one in chosen if one.security is not None and one.engagement is not None]
    axes.set_xlim(-1.05, 1.05)
    axes.set_ylim(0.0, 1.02)
    axes.axhline(ENGAGED, color=FAINT, linewidth=0.8)
    for side in (-SIDE, SIDE):
        axes.plot([side, side], [ENGAGED, 1.02], color=FAINT, linewidth=0.8)
    words = (
        (-0.67, 0.97, f"with {against}", CONFLICT),
        (0.0, 0.97, "hedging", INK),
        (0.67, 0.97, f"with {toward}", COOPERATION),
        (0.0, 0.03, "disengaged", INK),
    )
    for x, y, word, colour in words:
        axes.text(x, y, word, color=colour, ha="center", va="bottom" if y < 0.5 else "top", fontsize=7, style="italic")
    axes.set_xlabel("alignment (security layer)", fontsize=8)
    axes.set_ylabel("engagement", fontsize=8)
    points = [(one.year, one.security, one.engagement) for one in known]
    every = 5 if len(points) <= 30 else 10
    for number, (year, across, up) in enumerate(points):
        assert across is not None and up is not None
        age = (number + 1) / len(points)
        style: dict[str, Any] = {"color": PALETTE[0], "alpha": 0.15 + 0.85 * age}
        axes.plot(across.value, up.value, marker="o", markersize=3.5, **style)
        if number in {0, len(points) - 1} or year % every == 0:
            axes.annotate(str(year), (across.value, up.value), xytext=(3, 3), textcoords="offset points", fontsize=6)
        if number in {0, len(points) - 1}:
            axes.plot([across.low, across.high], [up.value, up.value], linewidth=0.8, **style)
            axes.plot([across.value, across.value], [up.low, up.high], linewidth=0.8, **style)
    for (_, one, height), (_, other, next_) in pairwise(points):
        assert one is not None and other is not None and height is not None and next_ is not None
        axes.plot([one.value, other.value], [height.value, next_.value], color=PALETTE[0], linewidth=0.6, alpha=0.4)
