"""Use of arms, as the text reports it: attacks told of with the name of a system as the means, by who acts.

It is what somebody says, kept with the claim that says it; that no use is reported means nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from amity.codebook import Codebook
from amity.records import Event, Transfer
from amity.structure.arms.reports import USE

HAPPENED = frozenset({"occurred", "ongoing", "alleged", "unconfirmed"})
_MEANS = re.compile(
    r"\b(?:with|by|using|used|uses|fired|fires|firing|launched|launches|flew|flown|deployed|employed|from)\b[^.;:,]{0,60}$",
    re.IGNORECASE,
)


def uses(events: Iterable[Event], transfers: Iterable[Transfer], book: Codebook) -> dict[tuple[str, str], list[str]]:
    """Ids of claims by state and system: of attacks by the state whose words name the system as the means, and of
    transfers whose word is one of use ("used Turkish drones against").
    """
    found: dict[tuple[str, str], list[str]] = {}
    for event in events:
        if event.type == "ASSAULT" and event.status in HAPPENED:
            for system in _means(event.quote, book):
                for code in dict.fromkeys(actor.code for actor in event.actors if actor.code):
                    found.setdefault((code, system), []).append(event.id)
    for claim in transfers:
        told = claim.trigger.lower() in USE and claim.status in HAPPENED
        if told and claim.recipient and claim.system in book.arms.systems:
            found.setdefault((claim.recipient, claim.system or ""), []).append(claim.id)
    return found


def _means(quote: str, book: Codebook) -> list[str]:
    """Systems that a sentence names as what was used."""
    named = (match for match in book.find(quote) if match.entries and match.entries[0].role == "designation")
    return list(dict.fromkeys(one.entries[0].id for one in named if _MEANS.search(quote[: one.start])))
