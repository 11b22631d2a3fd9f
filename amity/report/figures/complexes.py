"""The figures of `amity complexes`: where complexes lie and who belongs to them; their histories."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from amity.errors import InputError
from amity.records.complexes import Complexes, Histories, Member
from amity.report.figures import CONFLICT, COOPERATION, FAINT, INK, MARKERS, PALETTE, sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOODS = {"amity": COOPERATION, "enmity": CONFLICT, "neither": FAINT, "unknown": FAINT}
STYLES = {"amity": "-", "enmity": "--", "neither": ":", "unknown": ":"}
TOLD = 18
"""Histories that are drawn, the longest."""


def draw(found: Complexes | Histories, naming: Callable[[str], str] = str) -> Figure:
    """Complexes of a date, or histories.

    Raises:
        InputError: when there is nothing to draw.
    """
    return _histories(found) if isinstance(found, Histories) else _complexes(found)


def _complexes(found: Complexes) -> Figure:
    """Above: capitals at their longitude and latitude, a colour and marker for each complex, fainter the less surely a
    state belongs, and the ties that most rests on. Below: a row for each complex, a tile for each member."""
    if not found.complexes:
        raise InputError(found.at, "there are no complexes to draw; amity complexes --show members says why")
    rows = len(found.complexes)
    note = (
        f"{found.events:,.0f} weighted security events since {found.since}, {found.covered} of {found.periods} "
        f"{found.unit}s covered ({', '.join(found.datasets)}). Full colour: the state was there in every trial. Lines: "
        "solid amity, dashed enmity, dotted neither. States in no complex are not drawn."
    )
    lower = 0.25 * rows + 0.4
    figure, axes = sheet(
        2,
        1,
        title=f"Regional security complexes, {found.at}",
        note=note,
        height=(3.6 + lower) / 2,
        height_ratios=[3.6, lower],
    )
    _places(axes[0], found)
    _tiles(axes[1], found)
    return figure


def _places(axes: Axes, found: Complexes) -> None:
    where: dict[str, tuple[float, float]] = {}
    for number, one in enumerate(found.complexes):
        for member in one.members:
            if member.latitude is not None and member.longitude is not None:
                where[member.state] = (member.longitude, member.latitude)
                _dot(axes, member, where[member.state], number)
    for one in found.complexes:
        for tie in one.ties[:8]:
            if tie.a in where and tie.b in where:
                xs, ys = zip(where[tie.a], where[tie.b], strict=True)
                axes.plot(xs, ys, color=MOODS[tie.mood], linestyle=STYLES[tie.mood], linewidth=0.9, zorder=1)
    axes.set_xlabel("longitude of the capital")
    axes.set_ylabel("latitude")
    axes.set_title("Where they lie, and their strongest ties")


def _dot(axes: Axes, member: Member, place: tuple[float, float], number: int) -> None:
    axes.plot(
        *place,
        color=PALETTE[number % len(PALETTE)],
        marker=MARKERS[number % len(MARKERS)],
        markeredgecolor=INK,
        markersize=4,
        linestyle="",
        alpha=max(member.probability, 0.15),
    )
    axes.annotate(member.state, place, xytext=(2, 2), textcoords="offset points", fontsize=4.5, color=INK)


def _tiles(axes: Axes, found: Complexes) -> None:
    from matplotlib.patches import Rectangle

    widest = max(len(one.members) for one in found.complexes)
    for number, one in enumerate(found.complexes):
        for place, member in enumerate(one.members):
            tile = Rectangle(
                (place, number),
                0.94,
                0.86,
                facecolor=PALETTE[number % len(PALETTE)],
                edgecolor=INK if member.power else "white",
                alpha=0.15 + 0.5 * member.probability,
                linewidth=0.8,
            )
            axes.add_patch(tile)
            size = min(6.5, 150 / widest)
            axes.text(place + 0.47, number + 0.43, member.state, ha="center", va="center", fontsize=size)
    axes.set_xlim(0, max(widest, 10))
    axes.set_ylim(len(found.complexes), 0)
    marks = [MARKERS[number % len(MARKERS)] for number in range(len(found.complexes))]
    axes.set_yticks([number + 0.43 for number in range(len(marks))], [one.name for one in found.complexes], fontsize=7)
    axes.set_xticks([])
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.tick_params(left=False)
    axes.set_title("Members, surest first; powers are framed")


def _histories(found: Histories) -> Figure:
    """A row for each history, as thick as it has members, and lines where one merged into or split from another."""
    import numpy as np

    chosen = found.histories[:TOLD]
    if not chosen:
        raise InputError(found.until, "there are no complexes in that time; there is nothing to draw")
    more = len(found.histories) - len(chosen)
    left = f" {more} shorter histories are not drawn." if more else ""
    note = (
        f"{', '.join(found.datasets)}. Thickness: number of members. Triangles: births, crosses: ends; lines: merges "
        f"and splits.{left}"
    )
    title = f"Histories of complexes, {found.since} to {found.until}"
    figure, (axes,) = sheet(title=title, note=note, height=0.3 * len(chosen) + 1.0)
    row = {one.id: number for number, one in enumerate(chosen)}
    for one in chosen:
        when = [np.datetime64(slice.at) for slice in one.slices]
        sizes = [len(slice.members) for slice in one.slices]
        colour = PALETTE[row[one.id] % len(PALETTE)]
        half = np.array(sizes) / (2.4 * max(max(sizes), 12))
        axes.fill_between(when, row[one.id] - half, row[one.id] + half, color=colour, alpha=0.6, linewidth=0)
        axes.plot(when, [row[one.id]] * len(when), color=colour, marker=".", markersize=2, linewidth=0.8)
    for turn in found.turns:
        if turn.complex in row:
            at = np.datetime64(turn.at)
            if turn.other in row and turn.other is not None:
                axes.plot([at, at], [row[turn.complex], row[turn.other]], color=INK, linewidth=0.7, linestyle=":")
            marker = "^" if turn.change in ("birth", "split") else "x"
            axes.plot(at, row[turn.complex], color=INK, marker=marker, markersize=4, linestyle="")
    axes.set_ylim(len(chosen) - 0.4, -0.6)
    axes.set_yticks(list(row.values()), [f"{one.id} {one.name}" for one in chosen], fontsize=7)
    return figure
