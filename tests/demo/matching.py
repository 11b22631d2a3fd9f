"""Holds claims, as `amity code` prints them, against `expected.yaml`: which expectations does a reader meet?"""

from collections.abc import Iterable, Mapping
from typing import Any

Fields = Mapping[str, Any]
"""A claim or an expectation, field by field."""

PARTIES = ("actors", "recipients", "supplier", "recipient")


def met(expected: Fields, claims: Iterable[Fields], text: str) -> bool:
    """Whether one of the claims made of the text meets the expectation."""
    return any(meets(claim, expected, text) for claim in claims)


def meets(claim: Fields, expected: Fields, text: str) -> bool:
    """Whether kind and every judged field agree, and the claim's words overlap the expected quote."""
    return (
        claim["kind"] == expected["kind"]
        and overlap(claim, expected["quote"], text)
        and all(
            claim.get(field) in options(expected[field]) for field in ("type", "status", "mode") if field in expected
        )
        and all(parties_agree(side(claim, field), expected[field]) for field in PARTIES if field in expected)
        and ("value" not in expected or claim.get("value") == expected["value"])
        and ("mutual" not in expected or claim.get("mutual") == expected["mutual"])
        and ("date" not in expected or same_time(claim.get("date"), expected["date"]))
        and ("attribution" not in expected or chain_agrees(claim.get("attribution") or [], expected["attribution"]))
    )


def side(claim: Fields, field: str) -> Any:
    """Who stands on one side of a claim; of a mutual event, everybody stands on both."""
    return [*claim["actors"], *claim["recipients"]] if claim.get("mutual") else claim.get(field)


def overlap(claim: Fields, quote: str, text: str) -> bool:
    start = text.index(quote)
    return claim["start"] < start + len(quote) and start < claim["end"]


def options(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def parties_agree(found: Any, expected: Any) -> bool:
    """Whether each expected state or name is among the parties found."""
    parties = [party for party in options(found) if party]
    return all(any(is_party(party, one) for party in parties) for one in options(expected))


def is_party(party: Fields | str, expected: str) -> bool:
    """Whether an actor, or the bare code or name of a party to a transfer, is the state or name expected."""
    if isinstance(party, str):
        return party == expected or expected.casefold() in party.casefold()
    words = f"{party.get('name') or ''} {party.get('text') or ''}".casefold()
    return party.get("country") == expected or expected.casefold() in words


def same_time(found: str | None, expected: object) -> bool:
    """Whether one date is the other, or lies within the month or year that it names."""
    if found is None or expected is None:
        return found is expected
    return found.startswith(str(expected)) or str(expected).startswith(found)


def chain_agrees(found: list[Fields], expected: list[str]) -> bool:
    """Whether the links are as many, and each, from the outermost on, is the one expected."""
    return len(found) == len(expected) and all(is_party(link, name) for link, name in zip(found, expected, strict=True))
