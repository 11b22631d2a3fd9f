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
        words = {form: group for word, group in words.items() for form in _degrees(word)} | words
        return msgspec.convert({**rest, "adjectives": words}, Judgements)
    except (KeyError, AttributeError, msgspec.ValidationError) as error:
        raise CodebookError(f"assessments.yaml: {error}") from error


def _degrees(word: str) -> tuple[str, ...]:
    """Comparative and superlative of a short adjective: "wise" gives "wiser", "wisest"."""
    if len(word) > 7 or not word.isalpha() or word.endswith(("ed", "ing", "ous", "al", "er", "st")):
        return ()
    if word.endswith("y"):
        return f"{word[:-1]}ier", f"{word[:-1]}iest"
    if word.endswith("e"):
        return f"{word}r", f"{word}st"
    short = len(word) == 3 and word[-1] in "bdgmnt" and word[1] in "aeiou"  # "sadder"
    stem = word + word[-1] if short else word
    return f"{stem}er", f"{stem}est"
