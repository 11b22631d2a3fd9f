"""SIPRI's register of arms transfers: lines of orders, with what was delivered when.

It came in three forms: a table of orders whose unnamed columns mark the figure before them as estimated (`?`); and,
with a deal's number, a table of deliveries by year, first under `Seller` and `Buyer`, then under `Supplier` and
`Recipient`. What stands above the header is passed over.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence

from amity.sources.datasets.delimited import Layout, NotThis
from amity.sources.datasets.formats import Delivery, Desk, Format
from amity.sources.datasets.grid import SEPARATORS, Grid
from amity.sources.datasets.opening import Source
from amity.sources.datasets.sipri import Who
from amity.sources.datasets.tables import Row, counted, figure, table

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "supplier": ("Supplier", "Seller"),
    "recipient": ("Recipient", "Buyer"),
    "designation": ("Weapon designation", "Designation"),
    "description": ("Weapon description", "Description"),
    "ordered": ("Year of order", "Order date"),
    "delivered": ("Number delivered", "Numbers delivered"),
    "years": ("Year(s) of delivery", "Delivery year"),
}
_OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "id": ("Deal ID", "SIPRI AT Database ID"),
    "number": ("Number ordered",),
    "ordered_mark": ("Order date is estimate",),
    "delivered_mark": ("Numbers delivered is estimate",),
    "condition": ("Status",),
    "comment": ("Comments",),
    "category": ("Armament category",),
    "local": ("Local production",),
    "tiv_unit": ("SIPRI TIV per unit", "TIV deal unit"),
    "tiv_order": ("SIPRI TIV for total order",),
    "tiv_delivered": ("SIPRI TIV of delivered weapons", "TIV delivery values"),
}
_MARKED = {"ordered", "number", "delivered"}
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LICENCE = re.compile(
    r"(?P<doubt>possibly )?(?:assembl\w+[ /](?:or )?)?produc(?:ed|tion) under licen[cs]e in "
    r"(?P<where>(?:the )?[A-Z][\w&'-]*(?: [A-Z][\w&'-]*)*)"
)
_BRACKETS = re.compile(r"\([^()]*\)")


def _register(source: Source, desk: Desk) -> Delivery:
    return Delivery("tables", "orders", table("orders", _orders(source, desk)))


def _orders(source: Source, desk: Desk) -> Iterator[Row]:
    who = Who(desk.book)
    for number, (name, stream) in enumerate(source.texts(desk.advance)):
        columns, rows = _table(name, stream, desk)
        prefix = f"{name} line " if number else "line "
        if "id" in columns and "number" not in columns:
            yield from _deals(columns, rows, prefix, who, desk)
        else:
            yield from (_order(_Cells(columns, row), f"{prefix}{at}", who, desk) for at, row in rows)


def _table(name: str, stream: io.RawIOBase, desk: Desk) -> tuple[dict[str, int], Iterator[tuple[int, list[str]]]]:
    """Places of the columns, and the rows with the lines that they stand on."""
    grid = Grid(name, stream)
    best: list[str] = []
    for at, separator, header in grid.headers():
        columns = _places(header)
        if not _COLUMNS.keys() - columns.keys():
            return columns, _whole(name, grid.rows(at, separator), len(header), desk)
        best = max(best, header, key=lambda one: len(_places(one)))
    missing = ", ".join(names[0] for ours, names in _COLUMNS.items() if ours not in _places(best))
    raise NotThis(name, f"lacks columns: {missing} (it has {len(best)}: {', '.join(best[:8])})")


def _places(header: Sequence[str]) -> dict[str, int]:
    """Where our columns stand. A column without a name marks the one before it."""
    plain = [" ".join(cell.split()).casefold() for cell in header]
    found = {}
    for ours, names in {**_COLUMNS, **_OPTIONAL}.items():
        place = next((plain.index(name.casefold()) for name in names if name.casefold() in plain), None)
        if place is not None:
            found[ours] = place
            if ours in _MARKED and place + 1 < len(plain) and plain[place + 1] in ("", "?"):
                found.setdefault(f"{ours}_mark", place + 1)
    return found


def _whole(name: str, rows: Iterator[tuple[int, list[str]]], width: int, desk: Desk) -> Iterator[tuple[int, list[str]]]:
    """Rows of the header's width. One that a line break cut in two is put together again."""
    cut: tuple[int, list[str]] | None = None
    for at, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if cut is not None and len(cut[1]) + len(row) - 1 == width:
            yield cut[0], [*cut[1][:-1], f"{cut[1][-1]}{row[0]}", *row[1:]]
            cut = None
            continue
        if cut is not None:
            desk.rejects.note(f"not {width} columns", [f"{name}:{cut[0]}"])
        cut = (at, row) if len(row) < width else None
        if cut is None:
            yield at, row
    if cut is not None:
        desk.rejects.note(f"not {width} columns", [f"{name}:{cut[0]}"])


class _Cells:
    """A row by our names of columns."""

    def __init__(self, columns: Mapping[str, int], row: Sequence[str]) -> None:
        self._columns = columns
        self._row = row

    def text(self, column: str) -> str:
        place = self._columns.get(column)
        return " ".join(self._row[place].split()) if place is not None and place < len(self._row) else ""

    def number(self, column: str) -> float | None:
        value = figure(self.text(column))
        return None if value is None or value < 0 else value

    def whole(self, column: str) -> int | None:
        return counted(self.number(column))

    def year(self, column: str) -> int | None:
        found = _YEAR.search(self.text(column))
        return int(found[0]) if found else None

    def marked(self, column: str) -> bool:
        return self.text(f"{column}_mark").casefold() in ("?", "yes", "true")


def _order(cells: _Cells, line: str, who: Who, desk: Desk) -> Row:
    """One line of the register; `line` names it where it has no number of its own. States are those of the last
    delivery, or else of the order."""
    years = sorted({int(year) for year in _YEAR.findall(cells.text("years"))})
    ordered = cells.year("ordered")
    when = max(years, default=ordered)
    parties = {side: who(cells.text(side), when) for side in ("supplier", "recipient")}
    comment = cells.text("comment")
    return {
        **parties,
        "id": cells.text("id") or line,
        "supplier_name": cells.text("supplier"),
        "recipient_name": cells.text("recipient"),
        "ordered": ordered,
        "ordered_estimated": cells.marked("ordered"),
        "number": cells.whole("number"),
        "number_estimated": cells.marked("number"),
        "designation": cells.text("designation"),
        "description": cells.text("description"),
        "category": desk.book.arms.category(cells.text("description")),
        "delivered": cells.whole("delivered"),
        "delivered_estimated": cells.marked("delivered"),
        "delivery_years": years,
        "condition": cells.text("condition").lower() or None,
        "licence": _licence(cells, comment, parties["recipient"], who, when),
        "comment": comment or None,
        "tiv_unit": cells.number("tiv_unit"),
        "tiv_order": cells.number("tiv_order"),
        "tiv_delivered": cells.number("tiv_delivered"),
    }


def _licence(cells: _Cells, comment: str, recipient: str | None, who: Who, when: int | None) -> bool | None:
    """Whether the recipient builds it under licence: what the file says, else its comment; null for "possibly".

    What a comment says in brackets is said of something else ("for fighters (produced under licence in France)").
    """
    if cells.text("local"):
        return cells.text("local").casefold() in ("yes", "true", "1")
    found = _LICENCE.search(_BRACKETS.sub("", f"{comment[:1].lower()}{comment[1:]}"))
    if found is None or (who(found["where"], when) or recipient) != recipient:
        return False
    return None if found["doubt"] else True


def _deals(
    columns: Mapping[str, int], rows: Iterator[tuple[int, list[str]]], prefix: str, who: Who, desk: Desk
) -> Iterator[Row]:
    """Rows of deliveries, a deal's together as one order. How many were ordered such files do not tell."""
    deals: dict[str, list[_Cells]] = {}
    for at, row in rows:
        cells = _Cells(columns, row)
        deals.setdefault(cells.text("id") or f"{prefix}{at}", []).append(cells)
    for deal, parts in deals.items():
        last = max(parts, key=lambda cells: cells.year("years") or 0)
        sums = {name: _total([cells.number(name) for cells in parts]) for name in ("delivered", "tiv_delivered")}
        yield _order(last, deal, who, desk) | {
            "number": None,
            "delivered": counted(sums["delivered"]),
            "delivered_estimated": any(cells.marked("delivered") for cells in parts),
            "delivery_years": sorted({year for cells in parts if (year := cells.year("years"))}),
            "tiv_delivered": sums["tiv_delivered"],
        }


def _total(figures: Sequence[float | None]) -> float | None:
    known = [one for one in figures if one is not None]
    return sum(known) if known else None


FORMAT = Format(
    name="sipri-register",
    what="orders and deliveries of major arms: supplier, recipient, designation, numbers, years, value",
    provider="SIPRI Arms Transfers Database: trade register",
    shelf="tables",
    read=_register,
    layouts=(Layout(columns=tuple((ours, *names) for ours, names in _COLUMNS.items()), separators=SEPARATORS),),
)
