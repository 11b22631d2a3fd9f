"""What can be asked of a ledger, as one record, and its translation into SQL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Table, and_, false, or_, select

from amity.errors import InputError
from amity.ledger import dialect
from amity.ledger.schema import (
    articles,
    attributions,
    claims,
    contradictions,
    incident_claims,
    incident_parties,
    incident_sources,
    incidents,
    parties,
)
from amity.records import CERTAINTIES, KINDS, LAYERS, PLOVER_TYPES, STATUSES
from amity.records.days import days

TRANSFER_MODES = ("sale", "gift", "licensed production", "unspecified")
VALENCES = ("amity", "enmity", "mixed", "neutral")
CHOICES: dict[str, tuple[str, ...]] = {
    "kind": KINDS,
    "type": (*PLOVER_TYPES, *TRANSFER_MODES, *VALENCES),
    "status": STATUSES,
    "certainty": CERTAINTIES,
    "layer": LAYERS,
}
"""Fields that take one of a few words."""

LISTS = frozenset({*CHOICES, "actor", "pair"})
"""Fields whose values may also be joined by commas."""

CODE = re.compile(r"[A-Z]{3}")


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """Which claims, incidents or articles are asked for. What is empty does not restrict; several values mean any.

    `actor` and `pair` hold codes: ISO 3166 alpha-3 for states, names for organisations and persons. A pair asks for
    both at once. `since` and `until` bound the date of what is claimed (of publication, for articles); what has no
    date is left out by them. `source` is whoever is quoted. `as_of` asks what the ledger held on that date.
    """

    actor: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    certainty: tuple[str, ...] = ()
    layer: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    source: tuple[str, ...] = ()
    article: tuple[str, ...] = ()
    text: str | None = None
    contested: bool = False
    as_of: str | None = None
    limit: int | None = None

    @classmethod
    def of(cls, **asked: Any) -> Filter:
        """A filter from keyword arguments: one value or several; lists of one word each may be joined by commas.

        Raises:
            InputError: for a name that is no field, a word that is no choice, a date that is none.
        """
        known = {field.name: field for field in msgspec.structs.fields(cls)}
        for name in asked:
            if name not in known:
                raise InputError(name, f"is no filter; there are {', '.join(known)}")
        values: dict[str, Any] = {name: value for name, value in asked.items() if value is not None}
        several = {name for name, field in known.items() if field.default == ()}
        values |= {name: _several(name, value) for name, value in values.items() if name in several}
        made = cls(**values)
        made = msgspec.structs.replace(made, **{name: _chosen(name, getattr(made, name)) for name in CHOICES})
        for name in ("since", "until", "as_of"):
            _check_date(name, getattr(made, name))
        if made.pair and len(made.pair) != 2:
            raise InputError("pair", f"takes two actors, such as AZE,ARM, not {len(made.pair)}")
        return made


def _several(name: str, value: str | Iterable[str]) -> tuple[str, ...]:
    given = (value,) if isinstance(value, str) else tuple(value)
    parts = [part for one in given for part in (one.split(",") if name in LISTS else [one])]
    return tuple(part.strip() for part in parts if part.strip())


def _chosen(name: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """The words as the records write them, whatever case they were typed in."""
    spelled = {choice.lower(): choice for choice in CHOICES[name]}
    for value in values:
        if value.lower() not in spelled:
            raise InputError(name, f"{value!r} is none of {', '.join(CHOICES[name])}")
    return tuple(spelled[value.lower()] for value in values)


def _check_date(name: str, value: str | None) -> None:
    if value is not None and days(value) is None:
        raise InputError(name, f"{value!r} is no date; write 2020-11-10, 2020-11 or 2020")


# As known on a date -----------------------------------------------------------------------------------------------


def moment(as_of: str) -> str:
    """The last instant of a date, month or year, or the instant that a date-time names, as the ledger writes time."""
    if "T" in as_of:
        given = datetime.fromisoformat(as_of)
        return stamp(given if given.tzinfo else given.replace(tzinfo=UTC))
    bounds = days(as_of)
    if bounds is None:
        raise InputError("as_of", f"{as_of!r} is no date; write 2020-11-10, 2020-11 or 2020")
    return f"{bounds[1].isoformat()}T23:59:59.999999Z"


def stamp(time: datetime) -> str:
    """A time as the ledger writes it: UTC, microseconds, so that text order is time order."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def standing(table: Table, as_of: str | None) -> ColumnElement[bool]:
    """Rows of `table` that stand now, or that stood at the end of `as_of`."""
    if as_of is None:
        return table.c.superseded.is_(None)
    then = moment(as_of)
    return and_(table.c.recorded <= then, or_(table.c.superseded.is_(None), table.c.superseded > then))


# Conditions -------------------------------------------------------------------------------------------------------


def claims_where(asked: Filter) -> list[ColumnElement[bool]]:
    """Conditions on `claims`."""
    return [standing(claims, asked.as_of), *_claim_conditions(asked)]


def _claim_conditions(asked: Filter) -> Iterator[ColumnElement[bool]]:
    for name in ("kind", "type", "status", "certainty", "layer"):
        if wanted := getattr(asked, name):
            yield claims.c[name].in_(wanted)
    yield from _dated(claims, asked)
    if asked.actor:
        yield claims.c.key.in_(select(parties.c.claim).where(_takes_part(parties, asked.actor)))
    for one in asked.pair:
        yield claims.c.key.in_(select(parties.c.claim).where(_takes_part(parties, (one,))))
    if asked.source:
        yield claims.c.key.in_(select(attributions.c.claim).where(_quoted(asked.source)))
    if asked.article:
        yield or_(*(claims.c.article.startswith(one, autoescape=True) for one in asked.article))
    if asked.text:
        yield dialect.matches(claims, asked.text)
    if asked.contested:
        disputed = select(incident_claims.c.claim).where(
            incident_claims.c.incident == incidents.c.key,
            incidents.c.contradictions > 0,
            standing(incidents, asked.as_of),
        )
        yield claims.c.key.in_(disputed)


def incidents_where(asked: Filter) -> list[ColumnElement[bool]]:
    """Conditions on `incidents`."""
    return [standing(incidents, asked.as_of), *_incident_conditions(asked)]


def _incident_conditions(asked: Filter) -> Iterator[ColumnElement[bool]]:
    for name in ("kind", "type", "status", "layer"):
        if wanted := getattr(asked, name):
            yield incidents.c[name].in_(wanted)
    yield from _dated(incidents, asked)
    if asked.actor:
        yield incidents.c.key.in_(select(incident_parties.c.incident).where(_takes_part(incident_parties, asked.actor)))
    for one in asked.pair:
        yield incidents.c.key.in_(select(incident_parties.c.incident).where(_takes_part(incident_parties, (one,))))
    if asked.source:
        holds = or_(*(incident_sources.c.source.icontains(one, autoescape=True) for one in asked.source))
        yield incidents.c.key.in_(select(incident_sources.c.incident).where(holds))
    narrowed = Filter(certainty=asked.certainty, article=asked.article, text=asked.text, as_of=asked.as_of)
    if conditions := list(_claim_conditions(narrowed)):
        of = select(incident_claims.c.incident).join(claims, claims.c.key == incident_claims.c.claim)
        yield incidents.c.key.in_(of.where(*conditions))
    if asked.contested:
        yield incidents.c.key.in_(select(contradictions.c.incident))


def articles_where(asked: Filter) -> list[ColumnElement[bool]]:
    """Conditions on `articles`; what concerns claims asks for articles that hold such a claim."""
    return [standing(articles, asked.as_of), *_article_conditions(asked)]


def _article_conditions(asked: Filter) -> Iterator[ColumnElement[bool]]:
    if asked.article:
        yield or_(*(articles.c.id.startswith(one, autoescape=True) for one in asked.article))
    if asked.text:
        yield dialect.matches(articles, asked.text)
    if asked.since:
        yield articles.c.published >= _first(asked.since)
    if asked.until:
        yield articles.c.published <= f"{_last(asked.until)}T99"
    of_claims = msgspec.structs.replace(asked, since=None, until=None, article=(), text=None)
    if conditions := list(_claim_conditions(of_claims)):
        yield articles.c.key.in_(select(claims.c.article_key).where(standing(claims, asked.as_of), *conditions))


def _dated(table: Table, asked: Filter) -> Iterator[ColumnElement[bool]]:
    """What may have happened between the bounds: its days and theirs overlap."""
    if asked.since:
        yield table.c.last_day >= _first(asked.since)
    if asked.until:
        yield table.c.first_day <= _last(asked.until)


def _first(date: str) -> str:
    bounds = days(date)
    return bounds[0].isoformat() if bounds else date


def _last(date: str) -> str:
    bounds = days(date)
    return bounds[1].isoformat() if bounds else date


def _takes_part(table: Table, names: tuple[str, ...]) -> ColumnElement[bool]:
    """States by their code exactly (which the index finds), others by name in any case."""
    others = (table.c.code.ilike(_literal(name), escape="\\") for name in names if not CODE.fullmatch(name))
    return or_(table.c.code.in_(names), *others)


def _quoted(names: Iterable[str]) -> ColumnElement[bool]:
    columns = (attributions.c.name, attributions.c.text)
    parts = [column.icontains(name, autoescape=True) for name in names for column in columns]
    return or_(false(), *parts, *(attributions.c.code == name.upper() for name in names))


def _literal(name: str) -> str:
    return name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
