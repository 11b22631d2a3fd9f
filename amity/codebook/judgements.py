"""Words that judge: evaluative adjectives and nouns, verbs of success and failure, and what softens them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from amity.codebook.speech import merged
from amity.errors import CodebookError


class Judgements(msgspec.Struct, frozen=True):
    """`assessments.yaml`. `adjectives` maps a word to its group; `verbs` a lemma to what it needs beside it."""

    adjectives: Mapping[str, str]
    attributive: frozenset[str]
    attributed_nouns: frozenset[str]
    nouns: frozenset[str]
    existential: frozenset[str]
    verbs: Mapping[str, str]
    merits: frozenset[str]
    phrases: tuple[str, ...]
    links: frozenset[str]
    naming: frozenset[str]
    dismissing: frozenset[str]
    hedges: frozenset[str]


def load_judgements(extra: Path | None = None) -> Judgements:
    """Read `assessments.yaml`, ours and then the one in folder `extra`; raises `CodebookError`."""
    data = merged("assessments.yaml", extra)
    try:
        groups = msgspec.convert(data["adjectives"], dict[str, list[str]])
        rest = {name: body for name, body in data.items() if name != "adjectives"}
        words = {word: group for group, members in reversed(groups.items()) for word in members}
        return msgspec.convert({**rest, "adjectives": words}, Judgements)
    except (KeyError, AttributeError, msgspec.ValidationError) as error:
        raise CodebookError(f"assessments.yaml: {error}") from error
