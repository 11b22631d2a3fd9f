"""Figures of arms: what a state had from whom by year, and who arms whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from amity.errors import InputError
from amity.records.arms import Arms, ArmsFlow
from amity.report.figures import FAINT, INK, PALETTE, sheet

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HATCHES = ("", "//", "..", "\\\\", "xx", "--", "oo", "")
PARTNERS = 7
"""Partners that get a colour and a pattern of their own; the rest are drawn together."""

OTHERS = "others"
FLOWS = 60
"""Largest flows that a network shows."""


def draw(found: Arms, naming: Callable[[str], str] = str) -> Figure:
    """Amounts by year in stacked columns, shares of them below in the same patterns, then diversification over five
    years with its interval.

    Raises:
        InputError: when there is nothing to draw.
    """
    if not found.shares:
        raise InputError("--plot", f"there are no amounts to draw for {found.state}")
    names = [one.partner for one in found.shares[:PARTNERS]]
    rest = len(found.shares) > PARTNERS
    years = np.arange(found.years[0].year, found.years[-1].year + 1)
    by_year = {one.year: one for one in found.years}
    amounts = np.zeros((len(names) + rest, len(years)))
    for column, year in enumerate(years.tolist()):
        for partner, amount in (by_year[year].amounts if year in by_year else {}).items():
            amounts[names.index(partner) if partner in names else -1, column] += amount
    totals = amounts.sum(axis=0)
    parts = np.divide(amounts, totals, out=np.zeros_like(amounts), where=totals > 0)
    counted = found.years[0].basis == "reports"
    figure, (above, below, last) = sheet(
        3,
        title=f"Arms {'to' if found.side == 'recipient' else 'from'} {naming(found.state)}",
        note="; ".join(found.notes) or "Trend indicator values of deliveries in millions.",
        sharex=True,
        height=2.0,
        height_ratios=[3, 3, 2],
    )
    labels = [naming(name) for name in names] + [OTHERS] * rest
    for axes, table in ((above, amounts), (below, parts)):
        base = np.zeros(len(years))
        for row, (label, heights) in enumerate(zip(labels, table, strict=True)):
            axes.bar(years, heights, 0.85, base, label=label, **_look(row, label))
            base += heights
        _uncovered(axes, years, by_year)
    above.set_ylabel("reports" if counted else "TIV, million")
    below.set_ylabel("share")
    below.set_ylim(0, 1)
    _named(below, years, parts, labels)
    _spread(last, found)
    above.legend(*_upwards(above), loc="center left", bbox_to_anchor=(1.0, 0.5), fontsize=8, frameon=False)
    return figure


def draw_network(found: Sequence[ArmsFlow]) -> Figure:
    """Who arms whom: the largest flows as arrows, as wide as the flow; the share of the recipient's imports as colour
    and dash.

    Raises:
        InputError: when there are no flows.
    """
    import networkx as nx

    if not found:
        raise InputError("--plot", "there are no flows to draw in these years")
    shown = found[:FLOWS]
    graph = nx.DiGraph()
    for one in shown:
        graph.add_edge(one.supplier, one.recipient, amount=one.amount, share=one.of_recipient)
    largest = shown[0].amount
    figure, (axes,) = sheet(
        title="Who arms whom",
        note=f"The largest {len(shown)} of {len(found):,} flows, as wide as the amount. "
        "Solid dark: at least half of what the recipient had; dashed light: less.",
        height=6.4,
    )
    places = nx.spring_layout(graph.to_undirected(), seed=7, weight=None, k=2.4 / len(graph) ** 0.5, iterations=300)
    sizes = _strengths(graph)
    for mine, style, colour in ((True, "solid", PALETTE[0]), (False, "dashed", PALETTE[3])):
        edges = [(a, b) for a, b, data in graph.edges(data=True) if (data["share"] >= 0.5) == mine]
        nx.draw_networkx_edges(
            graph,
            places,
            edges,
            ax=axes,
            style=style,
            edge_color=colour,
            width=[0.5 + 4.5 * (graph.edges[edge]["amount"] / largest) ** 0.5 for edge in edges],
            arrowsize=8,
            node_size=sizes,
            connectionstyle="arc3,rad=0.06",
        )
    nx.draw_networkx_nodes(graph, places, ax=axes, node_size=sizes, node_color="white", edgecolors=INK, linewidths=0.7)
    nx.draw_networkx_labels(graph, places, ax=axes, font_size=7, font_color=INK)
    axes.set_axis_off()
    return figure


def _strengths(graph: Any) -> list[float]:
    strength = dict(graph.degree(weight="amount"))
    most = max(strength.values(), default=1.0) or 1.0
    return [160 + 500 * strength[node] / most for node in graph]


def _look(row: int, label: str) -> dict[str, Any]:
    """Colour and pattern of a partner: told apart without colour too."""
    if label == OTHERS:
        return {"color": "#e5e5e5", "edgecolor": INK, "linewidth": 0.3}
    look = {"color": PALETTE[row % len(PALETTE)], "edgecolor": "white", "linewidth": 0.3}
    return look | {"hatch": HATCHES[row % len(HATCHES)]}


def _spread(axes: Any, found: Arms) -> None:
    """Diversification of the five years that end with each year, and its 90 % interval."""
    known = [(one.year, one.spread) for one in found.years if one.spread is not None]
    axes.plot([year for year, _ in known], [one.value for _, one in known], color=INK, marker="o", markersize=3)
    sure = [(year, one) for year, one in known if one.low is not None and one.high is not None]
    axes.vlines([year for year, _ in sure], [one.low for _, one in sure], [one.high for _, one in sure], color=FAINT)
    axes.set_ylim(0, 1)
    axes.set_ylabel("diversification,\n5 years")


def _uncovered(axes: Any, years: Any, known: dict[int, Any]) -> None:
    """Years that nothing covers are shaded: unknown, not zero."""
    for year in years.tolist():
        if year not in known:
            axes.axvspan(year - 0.5, year + 0.5, color=FAINT, alpha=0.4, linewidth=0)


def _named(axes: Any, years: Any, parts: Any, labels: Sequence[str]) -> None:
    """A partner's name where its share is largest and there is room for it."""
    bottoms = np.cumsum(parts, axis=0) - parts
    for row, label in enumerate(labels):
        column = int(np.argmax(parts[row]))
        if parts[row, column] > 0.15 and len(years) <= 60:
            axes.text(
                years[column],
                bottoms[row, column] + parts[row, column] / 2,
                label,
                ha="center",
                va="center",
                rotation=90,
                fontsize=6,
                color=INK,
                bbox={"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.85},
            )


def _upwards(axes: Any) -> tuple[list[Any], list[str]]:
    """Entries of the legend in the order in which the parts stand, from top to bottom."""
    handles, labels = axes.get_legend_handles_labels()
    return handles[::-1], labels[::-1]
