"""Arms transfers as `amity arms` tells them: what the text says beside what the register has. See docs/arms.md."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias

import msgspec

from amity.records.claim import Interval, Status, TransferMode, Value

Side: TypeAlias = Literal["supplier", "recipient"]
Outcome: TypeAlias = Literal["register", "both", "adds", "kind", "denied", "general"]
"""What a transfer rests on: the register alone, both; the text alone, of which it `adds` something, tells of a `kind`
that the register has lines of, `denied` what the register does not have either, or is `general` (no kind is named)."""

Aspect: TypeAlias = Literal["number", "year", "status", "licence"]
Basis: TypeAlias = Literal["values", "register", "reports"]
"""Where amounts come from: a table of trend indicator values by year; the register's values, spread evenly over the
years of delivery; or reports in the text, counted."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the register; fields as in `amity.records.events.TABLES["orders"]`."""

    id: str
    supplier: str
    recipient: str
    designation: str
    description: str | None = None
    category: str | None = None
    ordered: int | None = None
    ordered_estimated: bool = False
    number: int | None = None
    number_estimated: bool = False
    delivered: int | None = None
    delivered_estimated: bool = False
    delivery_years: tuple[int, ...] = ()
    condition: str | None = None
    licence: bool | None = False
    comment: str | None = None
    tiv: float | None = None

    @property
    def first(self) -> int | None:
        """Year of the order, else of the first delivery."""
        return self.ordered if self.ordered is not None else min(self.delivery_years, default=None)

    @property
    def last(self) -> int | None:
        """Year of the last delivery, null while there is something to come."""
        complete = self.number is None or (self.delivered or 0) >= self.number
        return max(self.delivery_years) if self.delivery_years and complete else None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One transfer as the text tells it: the claims of one incident, or one claim that belongs to none.

    `told` is when it was first published; `delivery` says that words of delivery were used, not of an order. `value`
    is how many; `values` all figures that were given.
    """

    supplier: str | None
    recipient: str | None
    system: str | None = None
    category: str | None = None
    mode: TransferMode = "unspecified"
    status: Status = "occurred"
    value: Value | None = None
    since: date | None = None
    until: date | None = None
    told: date | None = None
    delivery: bool = False
    claims: tuple[str, ...] = ()
    incident: str | None = None
    articles: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def many(self) -> tuple[float, float] | None:
        """How many, from and to."""
        match self.value:
            case None:
                return None
            case Interval(low=low, high=high):
                return low, high
            case number:
                return float(number), float(number)


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What the text says otherwise than the register, and which claims say so."""

    aspect: Aspect
    text: str
    register: str
    claims: tuple[str, ...]


class ArmsTransfer(msgspec.Struct, frozen=True, kw_only=True):
    """A transfer: a line of the register, reports of it, or both.

    `why` says why line and reports are taken for the same, or why the register may not have it; `lines` are lines of
    the same kind, where no single one can be meant. `uses` are claims that tell of its use by the recipient.
    """

    supplier: str | None
    recipient: str | None
    system: str | None
    category: str | None
    outcome: Outcome
    order: Order | None = None
    reports: tuple[Report, ...] = ()
    why: str | None = None
    lines: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    uses: tuple[str, ...] = ()

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of all claims that tell of it."""
        return tuple(dict.fromkeys(id for report in self.reports for id in report.claims))

    @property
    def years(self) -> tuple[int, int] | None:
        """First and last year that it is dated to, by the register or the text, else when it was told."""
        found = (
            []
            if self.order is None
            else [*self.order.delivery_years, *([self.order.ordered] if self.order.ordered else [])]
        )
        if not found:
            found = [
                day.year
                for report in self.reports
                for day in (report.since or report.told, report.until or report.told)
                if day
            ]
        return (min(found), max(found)) if found else None


class ArmsShare(msgspec.Struct, frozen=True, kw_only=True):
    """A partner's share of what was delivered, 90 % interval, and in how many years there was any."""

    partner: str
    amount: float
    share: float
    low: float | None
    high: float | None
    years: int
    first: int | None
    last: int | None
    lines: int


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """Diversification 1 - Σs² over partners with shares s, 90 % interval, and how many partners would be as diverse
    with equal shares, 1 / Σs²."""

    value: float
    low: float | None
    high: float | None
    effective: float


class ArmsYear(msgspec.Struct, frozen=True, kw_only=True):
    """Amounts by partner in a year; `basis` says where from. A covered year without deliveries has no amounts.

    `spread` is the diversification of the five years that end with it, null when not all of them are covered.
    """

    year: int
    basis: Basis
    amounts: dict[str, float]
    spread: Spread | None = None

    @property
    def total(self) -> float:
        return sum(self.amounts.values())


class ArmsFlow(msgspec.Struct, frozen=True, kw_only=True):
    """Who arms whom: what a supplier delivered to a recipient, and its share of all that either had."""

    supplier: str
    recipient: str
    amount: float
    of_recipient: float
    of_supplier: float
    first: int
    last: int


class Arms(msgspec.Struct, frozen=True, kw_only=True):
    """The arms of a state on one side, in a window of years.

    `covered` of `of` years are known; `register` and `values` are the years that register and values cover. `missing`
    says what was not there, `notes` how to read the figures.
    """

    state: str
    side: Side
    since: int | None
    until: int | None
    transfers: tuple[ArmsTransfer, ...]
    shares: tuple[ArmsShare, ...]
    years: tuple[ArmsYear, ...]
    spread: Spread | None
    covered: int
    of: int
    register: tuple[int, int] | None = None
    values: tuple[int, int] | None = None
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
