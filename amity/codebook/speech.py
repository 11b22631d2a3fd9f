"""Reporting words: which verbs, nouns and phrases give somebody else's words, and what they let us think of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amity.codebook.files import paths, read_yaml
from amity.errors import CodebookError


@dataclass(frozen=True, slots=True)
class Attitudes:
    """Words for stances, wishes, intentions and knowledge, by lemma.

    `verbs` are all verbs among them: those whose object, infinitive or clause is what the attitude is about, and those
    that need a preposition; nouns and adjectives are given with the words that may introduce it.
    """

    verbs: frozenset[str]
    objects: frozenset[str]
    infinitives: frozenset[str]
    clauses: frozenset[str]
    prepositions: Mapping[str, frozenset[str]]
    nouns: Mapping[str, frozenset[str]]
    adjectives: Mapping[str, frozenset[str]]
    surveys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Speech:
    """`reporting.yaml`: word classes by lemma.

    `words` are all lemmas that may report, `reporting` the verbs among them; `verbs`, `nouns` and `adjectives` map a
    lemma to what it does to its content ("alleges", "denies" …), usual first.
    """

    words: frozenset[str]
    reporting: frozenset[str]
    verbs: Mapping[str, tuple[str, ...]]
    nouns: Mapping[str, tuple[str, ...]]
    adjectives: Mapping[str, tuple[str, ...]]
    quoting: frozenset[str]
    infinitives: frozenset[str]
    gerunds: frozenset[str]
    content_prepositions: Mapping[str, frozenset[str]]
    labelling: frozenset[str]
    voicing: frozenset[str]
    inanimate: frozenset[str]
    light_verbs: frozenset[str]
    rejecting: frozenset[str]
    phrases: Mapping[str, frozenset[str]]
    venues: frozenset[str]
    documents: frozenset[str]
    authored: frozenset[str]
    people: frozenset[str]
    openers: tuple[str, ...]
    verdicts: tuple[str, ...]
    persons: frozenset[str]
    attitudes: Attitudes


def load_speech(extra: Path | None = None) -> Speech:
    """Read `reporting.yaml`, ours and then the one in folder `extra`, whose words are added; raises `CodebookError`."""
    data = merged("reporting.yaml", extra)
    try:
        returns = data["author_returns"]
        verbs = {*_effects(data["verbs"]), *data["quoting"], *data["labelling"], *data["rejecting"]}
        nouns = {*_effects(data["nouns"]), *(noun for group in data["phrases"].values() for noun in group)}
        return Speech(
            words=frozenset({*verbs, *nouns, *_effects(data["adjectives"]), "according", "accord"}),
            reporting=frozenset(verbs),
            verbs=_effects(data["verbs"]),
            nouns=_effects(data["nouns"]),
            adjectives=_effects(data["adjectives"]),
            quoting=frozenset(data["quoting"]),
            infinitives=frozenset(data["infinitives"]),
            gerunds=frozenset(data["gerunds"]),
            content_prepositions=_sets(data["content_prepositions"]),
            labelling=frozenset(data["labelling"]),
            voicing=frozenset(data["voicing"]),
            inanimate=frozenset(data["inanimate"]),
            light_verbs=frozenset(data["light_verbs"]),
            rejecting=frozenset(data["rejecting"]),
            phrases=_sets(data["phrases"]),
            venues=frozenset(data["venues"]),
            documents=frozenset(data["documents"]),
            authored=frozenset(data["authored"]),
            people=frozenset(data["people"]),
            openers=tuple(returns["openers"]),
            verdicts=tuple(returns["verdicts"]),
            persons=frozenset(returns["persons"]),
            attitudes=_attitudes(data["attitudes"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise CodebookError(f"reporting.yaml: not a table of reporting words: {error}") from error


def _attitudes(data: Mapping[str, Any]) -> Attitudes:
    objects, infinitives, clauses = (frozenset(data[name]) for name in ("objects", "infinitives", "clauses"))
    prepositions = _sets(data["prepositions"])
    return Attitudes(
        verbs=objects | infinitives | clauses | prepositions.keys(),
        objects=objects,
        infinitives=infinitives,
        clauses=clauses,
        prepositions=prepositions,
        nouns=_sets(data["nouns"]),
        adjectives=_sets(data["adjectives"]),
        surveys=frozenset(data["surveys"]),
    )


def merged(name: str, extra: Path | None = None) -> dict[str, Any]:
    """Our YAML file `name` with the user's on top: lists grow, tables are joined, single values are replaced."""
    found: dict[str, Any] = {}
    for path in paths(name, extra):
        found = _joined(found, read_yaml(path))
    return found


def _joined(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    found = dict(ours)
    for key, value in theirs.items():
        present = found.get(key)
        if isinstance(present, dict) and isinstance(value, dict):
            found[key] = _joined(present, value)
        elif isinstance(present, list) and isinstance(value, list):
            found[key] = [*present, *value]
        else:
            found[key] = value
    return found


def _effects(groups: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for effect, words in groups.items():
        for word in dict.fromkeys(words):
            found[word] = (*found.get(word, ()), effect)
    return found


def _sets(groups: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in groups.items()}
