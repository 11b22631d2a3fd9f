"""What a dossier tells of structure: answers to the questions that its reader is likeliest to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import product
from typing import Any
from urllib.parse import urlencode

from amity.archive import Archive, archive_of
from amity.codebook import Codebook
from amity.errors import InputError, LedgerError
from amity.ledger import Ledger
from amity.pipeline.alignment import alignment
from amity.pipeline.arms import arms
from amity.pipeline.complexes import complexes
from amity.pipeline.relations import relations
from amity.pipeline.world import World
from amity.records import Incident
from amity.records.panel import Unit

PAIRS, STATES = 8, 6
"""Of so many pairs and states, the busiest, structure is told."""

UNIT: Unit = "year"


def structures(ledger: Ledger, codebook: Codebook, incidents: Iterable[Incident]) -> dict[str, Any]:
    """Answers by the question as the interface asks it: verb and parameters by name, `arms?side=recipient&state=AZE`.

    What cannot be told for want of data is not there.
    """
    happened = tuple(incidents)
    try:
        world = World(Archive(archive_of(ledger.where)), ledger, codebook)
    except LedgerError:  # a ledger on a server has no archive unless one is named
        return {}
    told: dict[str, Any] = {}
    for question, answer in _questions(world, happened):
        try:
            told[question] = answer()
        except InputError:
            continue
    return told


def _questions(world: World, incidents: tuple[Incident, ...]) -> Iterator[tuple[str, Callable[[], Any]]]:
    states = world.codebook.states
    pairs: Counter[tuple[str, str]] = Counter()
    active: Counter[str] = Counter()
    armed: Counter[str] = Counter()
    for incident in incidents:
        parties = {code for code in (*incident.actors, *incident.recipients) if code in states}
        active.update(parties)
        if incident.kind == "transfer":
            armed.update(code for code in incident.recipients if code in states)
        if incident.kind == "event":
            both = {
                (min(pair), max(pair)) for pair in product(incident.actors, incident.recipients) if pair[0] != pair[1]
            }
            pairs.update(pair for pair in both if pair[0] in states and pair[1] in states)
    for (one, other), _ in sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[:PAIRS]:
        question = _question("relations", actor=one, recipient=other, unit=UNIT)
        yield question, partial(relations, world, one, other, unit=UNIT)
    yield "complexes", partial(complexes, world)
    for state in _busiest(armed):
        yield _question("arms", side="recipient", state=state), partial(arms, world, state)
    for state in _busiest(active):
        yield _question("alignment", state=state), partial(alignment, world, state)


def _busiest(counts: Counter[str]) -> list[str]:
    return [state for state, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:STATES]]


def _question(verb: str, **asked: str) -> str:
    return f"{verb}?{urlencode(sorted(asked.items()))}"
