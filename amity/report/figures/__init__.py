"""Figures: results drawn with matplotlib, one module for each verb; here what they share.

A module draws its records on a `sheet` and returns the matplotlib `Figure`; `save` writes it. Colours are told apart by
colour-blind readers and in grey (Okabe and Ito 2008), and colour never stands alone: lines differ in dash and marker.
"""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amity.errors import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap
    from matplotlib.figure import Figure

COOPERATION, NEITHER, CONFLICT = "#0072b2", "#f2f2f2", "#d55e00"
"""Blue for what is friendly, orange for what is hostile, light grey between."""

PALETTE = ("#0072b2", "#d55e00", "#56b4e9", "#e69f00", "#003f66", "#8a3c00", "#7f7f7f", "#000000")
"""Colours of things in the order in which they are drawn: blues and oranges, dark and light in turn, then greys."""

DASHES: tuple[Any, ...] = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)), (0, (1, 1)), (0, (8, 3)))
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
INK, FAINT = "#262626", "#bfbfbf"
"""Colours of text and axes, and of grids and what is not known."""

FORMATS = (".png", ".svg", ".pdf")
WIDTH = 8.0
_STYLE = {
    "font.size": 9,
    "font.family": "DejaVu Sans",
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": INK,
    "axes.titlesize": 9,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "legend.frameon": False,
    "hatch.color": FAINT,
    "hatch.linewidth": 0.6,
    "svg.hashsalt": "amity",
    "svg.fonttype": "none",
}


def sheet(
    rows: int = 1, columns: int = 1, *, title: str = "", note: str = "", height: float = 2.4, **shared: Any
) -> tuple[Figure, list[Axes]]:
    """An empty figure and its panels, row by row, each `height` inches high, in the house style.

    `title` stands above, `note` below: where the data come from, how to read it. `shared` goes to matplotlib's
    `Figure.subplots` (`sharex`, `height_ratios` …).
    """
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(_STYLE):
        figure = Figure(figsize=(WIDTH, height * rows + 0.8), layout="constrained")
        axes = figure.subplots(rows, columns, squeeze=False, **shared)
        if title:
            figure.suptitle(title, x=0.01, ha="left", fontsize=11, fontweight="bold", color=INK)
        if note:
            figure.supxlabel("\n".join(textwrap.wrap(note, 120)), x=0.01, ha="left", fontsize=7, color=INK)
    return figure, list(axes.flat)


def head(axes: Axes, text: str) -> None:
    """A panel's title: what it shows, in which unit."""
    axes.set_title(text, loc="left", fontsize=9, fontweight="bold", color=INK)


def line(number: int) -> dict[str, Any]:
    """Colour and dash of the thing drawn as that number, for `Axes.plot`."""
    return {"color": PALETTE[number % len(PALETTE)], "linestyle": DASHES[number % len(DASHES)]}


def signed() -> Colormap:
    """Colours of values from hostile (0) by neither (0.5) to friendly (1)."""
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("amity", [CONFLICT, NEITHER, COOPERATION])


def save(figure: Figure, path: Path) -> None:
    """Write a figure in the format that the file's name says: .png, .svg or .pdf; the same figure, the same bytes.

    Raises:
        InputError: for another ending, or when the file cannot be written.
    """
    from matplotlib import rc_context

    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise InputError(str(path), f"a figure is written as {', '.join(FORMATS)}; end the name with one of them")
    undated = {".png": {"Software": None}, ".svg": {"Date": None}, ".pdf": {"CreationDate": None}}[ending]
    try:
        with rc_context(_STYLE):
            figure.savefig(path, dpi=160, metadata=undated)
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error)) from error
