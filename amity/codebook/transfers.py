"""How texts tell that arms pass from one party to another: `transfers.yaml`, read and indexed by lemma."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from amity.codebook.files import paths, read_yaml
from amity.codebook.frames import PARTICLES, Example, PartOfSpeech, Role, as_example, as_roles, inflections, load_words
from amity.errors import CodebookError
from amity.records import TransferMode


class TransferFrame(msgspec.Struct, frozen=True, kw_only=True):
    """One sense of words that move goods: where the goods, their supplier and their recipient are named.

    With `makers` the goods' own nationality has to tell the supplier: "relies on Israeli drones". An `unnamed` frame
    stands without goods: "armed the rebels".
    """

    rule: str
    part: PartOfSpeech
    mode: TransferMode
    modes: Mapping[str, TransferMode]
    goods: tuple[Role, ...]
    supplier: tuple[Role, ...]
    recipient: tuple[Role, ...]
    words: frozenset[str]
    light: frozenset[str]
    makers: bool
    unnamed: bool
    examples: tuple[Example, ...]


class Transfers(msgspec.Struct, frozen=True, kw_only=True):
    """Frames by lemma (pairs of particle and frame), and the word classes of the file."""

    verbs: Mapping[str, list[tuple[str, TransferFrame]]]
    nouns: Mapping[str, list[tuple[str, TransferFrame]]]
    rules: Mapping[str, TransferFrame]
    made: frozenset[str]
    holding: frozenset[str]
    umbrella: frozenset[str]
    civil: frozenset[str]
    recalling: frozenset[str]


class _Entry(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    name: str
    lemmas: str
    goods: str
    recipient: str
    examples: list[str]
    supplier: str = ""
    mode: TransferMode = "unspecified"
    modes: dict[str, TransferMode] = {}
    words: frozenset[str] = frozenset()
    light: frozenset[str] = frozenset()
    makers: bool = False
    unnamed: bool = False


class _Page(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    verbs: list[_Entry] = []
    nouns: list[_Entry] = []
    made: frozenset[str] = frozenset()
    holding: frozenset[str] = frozenset()
    umbrella: frozenset[str] = frozenset()
    civil: frozenset[str] = frozenset()
    recalling: frozenset[str] = frozenset()


def load_transfers(extra: Path | None = None) -> Transfers:
    """Read `transfers.yaml`, ours and that of folder `extra`, which adds frames and words; raises `CodebookError`."""
    irregular = load_words(extra).irregular
    pages = [_page(path) for path in paths("transfers.yaml", extra)]
    tables: dict[PartOfSpeech, dict[str, list[tuple[str, TransferFrame]]]] = {"verbs": {}, "nouns": {}}
    rules: dict[str, TransferFrame] = {}
    for part, entries in [(part, getattr(page, part)) for page in pages for part in tables]:
        for entry in entries:
            frame = _frame(entry, part)
            rules[frame.rule] = frame
            for lemma in filter(None, map(str.strip, entry.lemmas.split(","))):
                word, _, particle = lemma.partition(" ")
                if particle and particle not in PARTICLES:
                    raise CodebookError(f"transfers.yaml, '{entry.name}': '{lemma}' is no verb with a particle")
                for form in (word, *inflections(word, part, irregular)):
                    tables[part].setdefault(form, []).append((particle, frame))
    return Transfers(
        verbs=MappingProxyType(tables["verbs"]),
        nouns=MappingProxyType(tables["nouns"]),
        rules=MappingProxyType(rules),
        made=frozenset().union(*(page.made for page in pages)),
        holding=frozenset().union(*(page.holding for page in pages)),
        umbrella=frozenset().union(*(page.umbrella for page in pages)),
        civil=frozenset().union(*(page.civil for page in pages)),
        recalling=frozenset().union(*(page.recalling for page in pages)),
    )


def _page(path: Path) -> _Page:
    try:
        return msgspec.convert(_plain(read_yaml(path)), _Page, strict=False)
    except msgspec.ValidationError as error:
        raise CodebookError(f"{path.name}: {error} (in {path.parent})") from None


def _plain(body: dict[Any, Any]) -> dict[str, Any]:
    return {str(name): value for name, value in body.items()}


def _frame(entry: _Entry, part: PartOfSpeech) -> TransferFrame:
    return TransferFrame(
        rule=f"transfer/{part[:-1]}/{entry.name}",
        part=part,
        mode=entry.mode,
        modes=MappingProxyType(entry.modes),
        goods=as_roles(entry.goods),
        supplier=as_roles(entry.supplier),
        recipient=as_roles(entry.recipient),
        words=entry.words,
        light=entry.light,
        makers=entry.makers,
        unnamed=entry.unnamed,
        examples=tuple(as_example(text, f"transfers.yaml, '{entry.name}'") for text in entry.examples),
    )
