"""Ideal points of states in the UN General Assembly (Bailey, Strezhnev and Voeten 2017), in any of their releases."""

from __future__ import annotations

from collections.abc import Iterator

from amity.sources.datasets.delimited import Layout
from amity.sources.datasets.formats import Desk
from amity.sources.datasets.members import Members
from amity.sources.datasets.tables import Line, Row, figure, of

FIRST_SESSION = 1945
"""The first session met in January 1946; the n-th is counted to this year plus n."""

SESSIONS = 250
SERIES = ("fp", "all", "")
"""Estimates from votes on final passage; from all votes; of releases that have one. The first that a file has is taken
for all its rows, since they are not on one scale."""
LAYOUT = Layout(
    columns=("ccode", ("idealpoint", "idealpointfp", "idealpointall")),
    optional=(
        *("iso3c", "year", "session"),
        *(("idealall", "idealpointall"), ("lowall", "q5all", "q5%all"), ("highall", "q95all", "q95%all")),
        *("nvotesall", ("idealfp", "idealpointfp"), ("lowfp", "q5fp", "q5%fp"), ("highfp", "q95fp", "q95%fp")),
        *("nvotesfp", ("ideal", "idealpoint"), ("low", "q5%", "q5"), ("high", "q95%", "q95"), "nvotes"),
    ),
    separators=",\t;",
)


def _rows(lines: Iterator[Line], desk: Desk) -> Iterator[Row]:
    """States are taken by number, else by code: Belarus and Ukraine voted long before they were in any list."""
    members = Members(desk.book.states, "cow")
    found: dict[str, list[Row]] = {kind: [] for kind in SERIES}
    for line in lines:
        year = line.year("year") or _year(line.whole("session"))
        number = line.whole("ccode")
        member = members.in_year(number, year) if number and year else None
        state = member[0] if member else _coded(line, desk)
        if state is None or year is None:
            line.reject("no state or no year" if number is None or year is None else members.unknown(number))
            continue
        for kind in SERIES:
            point, low, high = (figure(line.text(f"{bound}{kind}")) for bound in ("ideal", "low", "high"))
            if point is not None:
                votes = line.whole(f"nvotes{kind}")
                found[kind].append(
                    {"state": state, "year": year, "ideal": point, "low": low, "high": high, "votes": votes}
                )
    taken = next((rows for rows in found.values() if rows), [])
    yield from {(row["state"], row["year"]): row for row in taken}.values()


def _year(session: int | None) -> int | None:
    return FIRST_SESSION + session if session and session < SESSIONS else None


def _coded(line: Line, desk: Desk) -> str | None:
    state = desk.book.states.get(line.text("iso3c"))
    return state.id if state else None


FORMAT = of(
    "unga",
    "ideal points in the UN General Assembly by state and year",
    "Bailey, Strezhnev and Voeten: United Nations General Assembly Voting Data",
    fills="votes",
    layout=LAYOUT,
    rows=_rows,
)
