"""Words that tell whether a happening is said to be real: modals, negations, embedding verbs, nouns and adjectives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from amity.codebook.speech import merged
from amity.errors import CodebookError

_TABLES = ("auxiliaries", "adverbs", "verbs", "objects", "nouns", "predicates", "adjectives", "marks", "deals")
_LISTS = (
    *("negations", "carriers", "unfolding", "proofs", "utterances", "announced", "purposes"),
    *("lasting", "accusing", "proving", "rejecting"),
)


@dataclass(frozen=True, slots=True)
class Factuality:
    """`status.yaml`: every table maps a lemma or word to what it does to the happening that it governs."""

    auxiliaries: Mapping[str, str]
    adverbs: Mapping[str, str]
    verbs: Mapping[str, str]
    objects: Mapping[str, str]
    nouns: Mapping[str, str]
    predicates: Mapping[str, str]
    adjectives: Mapping[str, str]
    marks: Mapping[str, str]
    deals: Mapping[str, str]
    negations: frozenset[str]
    carriers: frozenset[str]
    unfolding: frozenset[str]
    proofs: frozenset[str]
    utterances: frozenset[str]
    announced: frozenset[str]
    purposes: frozenset[str]
    lasting: frozenset[str]
    accusing: frozenset[str]
    proving: frozenset[str]
    rejecting: frozenset[str]


def load_factuality(extra: Path | None = None) -> Factuality:
    """Read `status.yaml`, ours and then the one in folder `extra`; raises `CodebookError`."""
    data = merged("status.yaml", extra)
    try:
        tables = {name: _by_word(data[name]) for name in _TABLES}
        lists = {name: frozenset(map(str, data[name])) for name in _LISTS}
        return Factuality(**tables, **lists)  # type: ignore[arg-type]
    except (KeyError, TypeError, AttributeError) as error:
        raise CodebookError(f"status.yaml: not a table of words that govern happenings: {error}") from error


def _by_word(groups: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Word to group; the first group that lists a word has it."""
    found: dict[str, str] = {}
    for outcome, words in groups.items():
        for word in words:
            found.setdefault(str(word), outcome)
    return found
