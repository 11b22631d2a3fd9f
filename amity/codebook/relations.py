"""Words for standing relations between parties: `relations.yaml`, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from amity.codebook.files import paths, read_yaml
from amity.errors import CodebookError
from amity.records import Valence


class Relations(msgspec.Struct, frozen=True, kw_only=True):
    """Valence by lemma, and the word classes that give one; the comments in the file say what each is for."""

    nouns: Mapping[str, Valence]
    adjectives: Mapping[str, Valence]
    verbs: Mapping[str, Valence]
    prefixes: Mapping[str, Valence]
    kinds: frozenset[str]
    plain: frozenset[str]
    one_sided: frozenset[str]
    known: frozenset[str]
    beside: Mapping[str, Valence]
    better: frozenset[str]
    worse: frozenset[str]
    stances: frozenset[str]
    roles: frozenset[str]
    pairs: frozenset[str]
    phrases: Mapping[str, Mapping[str, Valence | None]]
    contested: frozenset[str]
    grounds: frozenset[str]
    examples: tuple[str, ...]


class _Page(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    nouns: dict[Valence, list[str]] = {}
    adjectives: dict[Valence, list[str]] = {}
    verbs: dict[Valence, list[str]] = {}
    prefixes: dict[Valence, list[str]] = {}
    kinds: list[str] = []
    plain: list[str] = []
    one_sided: list[str] = []
    known: list[str] = []
    warm: list[str] = []
    cold: list[str] = []
    mixed: list[str] = []
    better: list[str] = []
    worse: list[str] = []
    stances: list[str] = []
    roles: list[str] = []
    pairs: list[str] = []
    phrases: dict[str, list[str]] = {}
    contested: list[str] = []
    grounds: list[str] = []
    examples: list[str] = []


def load_relations(extra: Path | None = None) -> Relations:
    """Read `relations.yaml`, ours and then that of folder `extra`, whose words are added; raises `CodebookError`."""
    pages = [_page(path) for path in paths("relations.yaml", extra)]
    beside: dict[str, Valence] = {}
    for page in pages:
        colours: tuple[tuple[Valence, list[str]], ...] = (
            ("amity", page.warm),
            ("enmity", page.cold),
            ("mixed", page.mixed),
        )
        beside |= {word: valence for valence, words in colours for word in words}
    return Relations(
        nouns=_by_lemma(pages, "nouns"),
        adjectives=_by_lemma(pages, "adjectives"),
        verbs=_by_lemma(pages, "verbs"),
        prefixes=_by_lemma(pages, "prefixes"),
        kinds=_words(pages, "kinds"),
        plain=_words(pages, "plain"),
        one_sided=_words(pages, "one_sided"),
        known=_words(pages, "known"),
        beside=MappingProxyType(beside),
        better=_words(pages, "better"),
        worse=_words(pages, "worse"),
        stances=_words(pages, "stances"),
        roles=_words(pages, "roles"),
        pairs=_words(pages, "pairs"),
        phrases=_phrases(pages),
        contested=_words(pages, "contested"),
        grounds=_words(pages, "grounds"),
        examples=tuple(example for page in pages for example in page.examples),
    )


def _page(path: Path) -> _Page:
    body: dict[str, Any] = {str(name): value for name, value in read_yaml(path).items()}
    try:
        return msgspec.convert(body, _Page, strict=False)
    except msgspec.ValidationError as error:
        raise CodebookError(f"{path.name}: {error} (in {path.parent})") from None


def _by_lemma(pages: list[_Page], field: str) -> Mapping[str, Valence]:
    found: dict[str, Valence] = {}
    for page in pages:
        for valence, lemmas in getattr(page, field).items():
            found |= dict.fromkeys(lemmas, valence)
    return MappingProxyType(found)


def _phrases(pages: list[_Page]) -> Mapping[str, Mapping[str, Valence | None]]:
    """Prepositions with valence by noun; null where the words beside the noun have to tell."""
    found: dict[str, dict[str, Valence | None]] = {}
    for page in pages:
        for key, phrases in page.phrases.items():
            valence = None if key == "coloured" else msgspec.convert(key, Valence)
            for preposition, noun in (phrase.split() for phrase in phrases):
                found.setdefault(noun, {})[preposition] = valence
    return MappingProxyType(found)


def _words(pages: list[_Page], field: str) -> frozenset[str]:
    return frozenset(word for page in pages for word in getattr(page, field))
