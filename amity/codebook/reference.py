"""Words that help to tell whom a phrase stands for: forms of address, relational nouns, what only somebody can do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from amity.codebook.files import paths, read_yaml
from amity.errors import CodebookError

Words = frozenset[str]


class Honorific(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Forms of address, and the PLOVER sector and gender (`m`, `f`) they tell."""

    words: tuple[str, ...]
    sector: str | None = None
    gender: str = ""


class Reference(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`reference.yaml`; the file says what each list is for."""

    honorifics: tuple[Honorific, ...]
    male: Words
    female: Words
    female_names: Words
    speaking_for_states: Words
    relational: Words
    abroad: Words
    abroad_alone: Words
    foreign: Words
    international: Words
    staff: Words
    leading: Words
    handling: Words
    agentive: Words
    targeting: Words
    stately: Words
    countries: Words
    bodies: Words
    sides: Words
    offices: Words
    synonyms: Mapping[str, str]
    kinds: Mapping[str, Words]
    qualities: Mapping[str, Words]
    partitive: Words
    placing: Words
    motion: Words
    launching: Words
    placed: Words
    abstract: Words
    grounds: Words

    def honours(self) -> dict[str, Honorific]:
        """Each form of address, with and without its dot."""
        return {form: honour for honour in self.honorifics for word in honour.words for form in (word, f"{word}.")}


def load_reference(extra: Path | None = None) -> Reference:
    """Read `reference.yaml`, ours and then the user's, whose lists take the place of ours."""
    content: dict[str, object] = {}
    for path in paths("reference.yaml", extra):
        content |= read_yaml(path)
    try:
        return msgspec.convert(content, Reference)
    except msgspec.ValidationError as error:
        raise CodebookError(f"reference.yaml: {error}") from None
