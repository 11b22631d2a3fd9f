"""Frames: which words tell of which kind of event, and who is who around them.

`frames_*.yaml`, one file for each PLOVER type, hold `verbs`, `nouns`, `adjectives` and `auxiliaries`; docs/codebook.md
says how to write them. `load_frames` checks every entry and indexes them by lemma.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeAlias

import msgspec

from amity.codebook.files import paths, read_yaml
from amity.errors import CodebookError
from amity.records import PLOVER_TYPES, Layer, PloverType

PartOfSpeech: TypeAlias = Literal["verbs", "nouns", "adjectives", "auxiliaries"]
Content: TypeAlias = Literal["cooperative", "hostile", "misdeed", "departure"]
PARTS: tuple[PartOfSpeech, ...] = ("verbs", "nouns", "adjectives", "auxiliaries")
SINGULAR: dict[PartOfSpeech, str] = dict(zip(PARTS, ("verb", "noun", "adjective", "auxiliary"), strict=True))
PARTICLES = frozenset(
    "up down off out in on over back away through around together apart forward ahead aside at with to into of".split()
)


class Role(NamedTuple):
    """Where a participant is found: `of` the trigger (`subj`, `obj`, a preposition …), or a `part` of what is there."""

    of: str
    part: str = ""


class Example(NamedTuple):
    """A sentence and who does it to whom in it; codes or names, empty where nobody is to be found."""

    text: str
    actor: str
    recipient: str


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """One sense of one or more words.

    `actor` and `recipient` list places to look for the participants, the first that holds a political actor counts;
    `parties` replaces both where nobody is first (meetings). All of `object`, `subject`, `words`, `needs`, `clause`,
    `content` that are given must hold, and nothing in `without` may occur. `lone` frames need no recipient.
    """

    rule: str
    part: PartOfSpeech
    type: PloverType
    mode: str | None = None
    modes: Mapping[str, str] = {}
    layer: Layer
    contexts: tuple[str, ...] = ()
    actor: tuple[Role, ...] = ()
    recipient: tuple[Role, ...] = ()
    parties: tuple[Role, ...] = ()
    object: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    clause: frozenset[str] = frozenset()
    content: Content | None = None
    light: frozenset[str] = frozenset()
    undergo: frozenset[str] = frozenset()
    bare: bool = False
    predicative: bool = False
    intransitive: bool = False
    negated: bool = False
    lone: bool = False
    joint: bool = False
    examples: tuple[Example, ...] = ()


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A frame as it is written in the file."""

    name: str
    lemmas: str
    examples: list[str]
    type: PloverType | None = None
    mode: str | None = None
    modes: dict[str, str] = {}
    layer: Layer | None = None
    contexts: tuple[str, ...] | None = None
    actor: str = ""
    recipient: str = ""
    parties: str = ""
    mutual: bool = False
    object: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    clause: frozenset[str] = frozenset()
    content: Content | None = None
    light: frozenset[str] = frozenset()
    undergo: frozenset[str] = frozenset()
    bare: bool = False
    predicative: bool = False
    intransitive: bool = False
    negated: bool = False
    lone: bool = False
    joint: bool = False


class Page(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file: defaults for one PLOVER type, then its frames."""

    type: PloverType
    layer: Layer = "political"
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    verbs: list[Entry] = []
    nouns: list[Entry] = []
    adjectives: list[Entry] = []
    auxiliaries: list[Entry] = []


class Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`frames_words.yaml`: word classes that frames share; the comments in the file say what each is for."""

    irregular: Mapping[str, tuple[str, ...]]
    partitives: frozenset[str]
    engaging: frozenset[str]
    undergoing: frozenset[str]
    bringing: frozenset[str]
    bilateral: frozenset[str]
    parties: frozenset[str]
    answerable: frozenset[str]
    preventing: frozenset[str]
    barring: frozenset[str]
    refusing: frozenset[str]
    wanting: frozenset[str]
    hostile: frozenset[str]
    misdeed: frozenset[str]
    documents: frozenset[str]
    departure: frozenset[str]
    accident: frozenset[str]
    sport: frozenset[str]
    strong_sport: frozenset[str]
    layers: Mapping[Layer, frozenset[str]]


class Frames:
    """All frames by lemma. `verbs[lemma]` gives pairs of particle (empty for none) and frame.

    Inflected forms are keys too, so that a lemmatizer's slip costs no event.
    """

    def __init__(self, frames: Iterable[tuple[str, Frame]], words: Words) -> None:
        self.words = words
        tables: dict[PartOfSpeech, dict[str, list[tuple[str, Frame]]]] = {part: {} for part in PARTS}
        everything: dict[str, Frame] = {}
        for lemma, frame in frames:
            word, _, particle = lemma.partition(" ")
            everything[frame.rule] = frame
            for form in (word, *inflections(word, frame.part, words.irregular)):
                tables[frame.part].setdefault(form, []).append((particle, frame))
        self.verbs: Mapping[str, list[tuple[str, Frame]]] = MappingProxyType(tables["verbs"])
        self.nouns: Mapping[str, list[tuple[str, Frame]]] = MappingProxyType(tables["nouns"])
        self.adjectives: Mapping[str, list[tuple[str, Frame]]] = MappingProxyType(tables["adjectives"])
        self.auxiliaries: Mapping[str, list[tuple[str, Frame]]] = MappingProxyType(tables["auxiliaries"])
        self.rules: Mapping[str, Frame] = MappingProxyType(everything)
        layers = Counter((frame.type, frame.layer) for frame in everything.values())
        self._layers: dict[PloverType, Layer] = dict(kind for kind, _ in reversed(layers.most_common()))

    def of_type(self, kind: PloverType, part: PartOfSpeech) -> Frame:
        """A frame for words of a type that have none of their own: it says nothing of places."""
        return Frame(rule=f"reader/{kind.lower()}", part=part, type=kind, layer=self._layers.get(kind, "political"))


def inflections(lemma: str, part: PartOfSpeech, irregular: Mapping[str, Sequence[str]]) -> list[str]:
    """Inflected forms of an English verb or noun: "bomb" gives bombs, bombed, bombing."""
    if part not in ("verbs", "nouns"):
        return []
    consonant_y = lemma.endswith("y") and lemma[-2:-1] not in "aeiou"
    stem = lemma[:-1] if consonant_y else lemma
    sibilant = lemma.endswith(("s", "x", "z", "ch", "sh", "o"))
    third = stem + ("ies" if consonant_y else "es" if sibilant else "s")
    if part == "nouns":
        return [third]
    strong = irregular.get(lemma, ())
    if lemma.endswith("e"):
        return [third, lemma + "d", (lemma if lemma.endswith("ee") else lemma[:-1]) + "ing", *strong]
    bases = [lemma]
    if len(lemma) > 2 and lemma[-1] in "bdgklmnprtv" and lemma[-2] in "aeiou" and lemma[-3] not in "aeiou":
        bases.append(lemma + lemma[-1])  # "stabbed", and "cancelled" beside "canceled"
    past = ["ied"] if consonant_y else ["ed"]
    return [
        third,
        *(base[: len(base) - consonant_y] + past[0] for base in bases),
        *(base + "ing" for base in bases),
        *strong,
    ]


def load_frames(extra: Path | None = None) -> Frames:
    """Read `frames_*.yaml`, ours and then those of folder `extra`, where a frame of the same name replaces ours.

    Raises `CodebookError` that names file and frame.
    """
    frames: dict[str, list[tuple[str, Frame]]] = {}
    for kind in PLOVER_TYPES:
        for path in paths(f"frames_{kind.lower()}.yaml", extra):
            page = _convert(read_yaml(path), path)
            for part in PARTS:
                for entry in getattr(page, part):
                    frame = _frame(entry, page, part, path)
                    frames.pop(frame.rule, None)
                    frames[frame.rule] = [(lemma, frame) for lemma in dict.fromkeys(_lemmas(entry, part, path))]
    return Frames((pair for pairs in frames.values() for pair in pairs), load_words(extra))


def load_words(extra: Path | None = None) -> Words:
    """Read `frames_words.yaml`, ours and then that of folder `extra`, whose classes replace ours."""
    content: dict[Any, Any] = {}
    for path in paths("frames_words.yaml", extra):
        content |= read_yaml(path)
        try:
            words = msgspec.convert(content, Words, strict=False)
        except msgspec.ValidationError as error:
            raise CodebookError(f"{path.name}: {error} (in {path.parent})") from None
    return words


def _convert(body: dict[Any, Any], path: Path) -> Page:
    try:
        return msgspec.convert(body, Page, strict=False)
    except msgspec.ValidationError as error:
        raise CodebookError(f"{path.name}: {error} (in {path.parent})") from None


def _frame(entry: Entry, page: Page, part: PartOfSpeech, path: Path) -> Frame:
    kind = entry.type or page.type
    parties = as_roles(entry.parties)
    if entry.mutual != bool(parties) or bool(parties) == bool(entry.actor):
        raise CodebookError(f"{path.name}, '{entry.name}': either 'actor' and 'recipient', or 'mutual' and 'parties'")
    return Frame(
        rule=f"{page.type.lower()}/{SINGULAR[part]}/{entry.name}",
        part=part,
        type=kind,
        mode=entry.mode or page.mode,
        modes=MappingProxyType(entry.modes),
        layer=entry.layer or page.layer,
        contexts=page.contexts if entry.contexts is None else entry.contexts,
        actor=as_roles(entry.actor),
        recipient=as_roles(entry.recipient),
        parties=parties,
        object=entry.object,
        subject=entry.subject,
        words=entry.words,
        without=entry.without,
        needs=entry.needs,
        clause=entry.clause,
        content=entry.content,
        light=entry.light,
        undergo=entry.undergo,
        bare=entry.bare,
        predicative=entry.predicative,
        intransitive=entry.intransitive,
        negated=entry.negated,
        lone=entry.lone,
        joint=entry.joint,
        examples=tuple(as_example(text, f"{path.name}, '{entry.name}'") for text in entry.examples),
    )


def as_roles(text: str) -> tuple[Role, ...]:
    """Roles written with commas: `obj.owner, on` (a part after the dot)."""
    parts = (role.strip().rpartition(".") for role in text.split(",") if role.strip())
    return tuple(Role(of, part) if of else Role(part) for of, _, part in parts)


def _lemmas(entry: Entry, part: PartOfSpeech, path: Path) -> list[str]:
    lemmas = [lemma.strip() for lemma in entry.lemmas.split(",") if lemma.strip()]
    for lemma in lemmas:
        particle = lemma.partition(" ")[2]
        if particle and (part != "verbs" or particle not in PARTICLES):
            raise CodebookError(f"{path.name}, '{entry.name}': '{lemma}' is no verb with a particle")
    return lemmas


def as_example(text: str, entry: str) -> Example:
    """An example written `Sentence. | ACTOR > RECIPIENT`; raises `CodebookError` that names `entry`."""
    sentence, bar, roles = text.rpartition("|")
    if not bar:
        raise CodebookError(f"{entry}: an example is written 'Sentence. | ACTOR > RECIPIENT'")
    actor, _, recipient = roles.partition(">")
    return Example(sentence.strip(), actor.strip(), recipient.strip())
