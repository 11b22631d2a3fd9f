"""Words for the structure of a system: membership, parts, roles, drivers, dependence, control, borders, alignment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from amity.codebook.speech import merged
from amity.errors import CodebookError
from amity.records import Layer

_LISTS = ("carriers", "objective", "things", "bodies", "forces")


class Predicate(msgspec.Struct, frozen=True):
    """One predicate of `structures.yaml`; `verbs` and `adjectives` map a lemma to where its object stands."""

    gloss: str
    layer: Layer
    nouns: tuple[str, ...] = ()
    prepositions: tuple[str, ...] = ()
    verbs: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    about: bool = False
    places: bool = False
    bodies: bool = False


class Vocabulary(msgspec.Struct, frozen=True):
    """`structures.yaml`: predicates by name, and the words by which they are found."""

    predicates: Mapping[str, Predicate]
    carriers: frozenset[str]
    objective: frozenset[str]
    things: frozenset[str]
    bodies: frozenset[str]
    forces: frozenset[str]
    compounds: Mapping[str, str]
    by_noun: Mapping[str, str]
    by_verb: Mapping[str, tuple[str, ...]]
    by_adjective: Mapping[str, str]


def load_structures(extra: Path | None = None) -> Vocabulary:
    """Read `structures.yaml`, ours and then the one in folder `extra`; raises `CodebookError`."""
    data = merged("structures.yaml", extra)
    try:
        predicates = msgspec.convert(data["predicates"], dict[str, Predicate], strict=False)
        lists = {name: frozenset(msgspec.convert(data[name], list[str])) for name in _LISTS}
        compounds = msgspec.convert(data["compounds"], dict[str, str])
    except (KeyError, msgspec.ValidationError) as error:
        raise CodebookError(f"structures.yaml: {error}") from error
    nouns: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    verbs: dict[str, tuple[str, ...]] = {}
    for name, predicate in predicates.items():
        for noun in predicate.nouns:
            nouns.setdefault(noun, name)
        for adjective in predicate.adjectives:
            adjectives.setdefault(adjective, name)
        for verb in predicate.verbs:
            verbs[verb] = (*verbs.get(verb, ()), name)
    return Vocabulary(
        predicates=predicates, compounds=compounds, by_noun=nouns, by_verb=verbs, by_adjective=adjectives, **lists
    )
