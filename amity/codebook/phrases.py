"""The phrase table: every name in the codebook under its words, and the finder that looks for them in text."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from amity.codebook.files import ALWAYS, Term, as_term, tree
from amity.codebook.words import BREAK, Word, fold, key, words, written
from amity.errors import CodebookError

Kind: TypeAlias = Literal["state", "entity", "dependency", "person", "organisation", "group", "arms", "place", "title"]
Role: TypeAlias = Literal[
    "name", "abbreviation", "epithet", "part", "adjective", "people", "prefix", "capital", "metonym", "surname",
    "designation", "generic",
]  # fmt: skip

_DASH = re.compile(r"\s*[-‐‑–—]")
_SUFFIX = re.compile(r"[A-Za-z0-9]*(?:/[A-Z0-9]{1,2}\b)*")  # of a designation: F-16C/D, Su-30SM2, T-72s


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a phrase can stand for.

    `kind` says what it is, `role` how the phrase names it; `id` is its key in the table of that kind. `country` is
    alpha-3, `sector` a PLOVER sector (for arms their category), `name` the canonical name. `term` is when it stands for
    it. `cased`: the capitals of `phrase` must be there in the text.
    """

    phrase: str
    kind: Kind
    role: Role
    id: str
    name: str
    country: str | None = None
    sector: str | None = None
    term: Term = ALWAYS
    cased: bool = True


class Match(NamedTuple):
    """A phrase found in a text: characters `start` to `end`, and what it can stand for, best first."""

    start: int
    end: int
    entries: tuple[Entry, ...]


class Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that an ambiguous phrase stands for: an id, or null for something that is none of ours.

    It holds where one of the `near` words stands in the text, or between `start` and `end`, or both.
    """

    stands_for: str | None
    near: tuple[str, ...] = ()
    start: str | int | None = None
    end: str | int | None = None
    why: str = ""


class Ambiguity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a phrase that means several things is decided; see docs/codebook.md."""

    phrases: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    default: str | None = None
    why: str = ""


class _Rule(NamedTuple):
    """An ambiguity made ready for matching: phrases as keys, dates as terms."""

    not_after: frozenset[tuple[str, ...]]
    not_before: frozenset[tuple[str, ...]]
    only_after: frozenset[tuple[str, ...]]
    unless: frozenset[str]
    readings: tuple[tuple[str | None, tuple[str, ...], Term], ...]
    default: str | None


class _Text:
    """A text to search: its words, their keys, and whether other words stand in it, each looked for once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = list(words(text))
        self.keys = tuple([word.key for word in self.words])
        self._known: dict[str, bool] = {}

    def __contains__(self, words: object) -> bool:
        phrase = str(words)
        if phrase not in self._known:
            self._known[phrase] = phrase in self._spaced
        return self._known[phrase]

    @cached_property
    def _spaced(self) -> str:
        return _spaced(self.keys)


class Phrases:
    """Every phrase of the codebook under its words (lower case, without diacritics)."""

    def __init__(self, entries: Iterable[Entry], ambiguities: Mapping[str, Ambiguity]) -> None:
        table: dict[tuple[str, ...], list[Entry]] = {}
        for entry in entries:
            known = table.setdefault(key(entry.phrase), [])
            if all((other.id, other.role, other.term) != (entry.id, entry.role, entry.term) for other in known):
                known.append(entry)
        table.pop((), None)
        rules = _rules(ambiguities)
        for phrase in rules:
            table.setdefault(phrase, [])
        sizes: dict[str, set[int]] = {}
        for phrase in table:
            sizes.setdefault(phrase[0], set()).add(len(phrase))
        self._table = table
        self._spellings: dict[str, tuple[str, ...]] = {}
        self._sizes = {first: sorted(lengths, reverse=True) for first, lengths in sizes.items()}
        self._named = _first_of_each(table)
        self._rules = rules

    @property
    def table(self) -> Mapping[tuple[str, ...], list[Entry]]:
        """Words to entries, for matchers of one's own. Ambiguities are decided by `find` and `decide` only."""
        return self._table

    def entries(self, phrase: str) -> list[Entry]:
        """Everything that `phrase` can stand for, whatever its case, with or without "the"."""
        return self._table.get(self._key(phrase), [])

    def unless(self, phrase: str) -> frozenset[str]:
        """Entity labels (`PERSON`, `LOC` …) under which `phrase` stands for none of its entries."""
        rule = self._rules.get(key(phrase))
        return rule.unless if rule else frozenset()

    def find(self, text: str, on: date | None = None) -> Iterator[Match]:
        """Phrases in `text`, longest first, none overlapping; what stays ambiguous or means something else is left out.

        `on` is the day that the text speaks of (its date of publication): terms that cover it come first.
        """
        searched = _Text(text)
        at = 0
        while at < len(searched.keys):
            sizes = self._sizes.get(searched.keys[at])
            size, match = self._match(searched, at, sizes, on) if sizes else (1, None)
            if match is not None:
                yield match
            at += size
            while match is not None and at < len(searched.words) and searched.words[at].start < match.end:
                at += 1

    def decide(
        self, phrase: str, entries: Sequence[Entry], on: date | None, context: Sequence[str] = ()
    ) -> list[Entry]:
        """Those of `entries` that `phrase` stands for on a day, among other words; best first, empty when undecided."""
        rule = self._rules.get(self._key(phrase))
        return self._decide(rule, entries, on, _as_text(context)) if rule else _by_date(entries, on)

    def turns(self, phrase: str) -> frozenset[date]:
        """Days from which `phrase` may stand for something else than before."""
        terms = [entry.term for entry in self.entries(phrase)]
        rule = self._rules.get(self._key(phrase))
        terms += [term for _, _, term in rule.readings] if rule else []
        starts = {term.start for term in terms if term.start}
        return frozenset(starts | {term.end + timedelta(days=1) for term in terms if term.end and term.end < date.max})

    def _key(self, phrase: str) -> tuple[str, ...]:
        full = key(phrase)
        return full[1:] if full[:1] == ("the",) and full not in self._table else full

    def _decide(self, rule: _Rule, entries: Sequence[Entry], on: date | None, context: Container[str]) -> list[Entry]:
        chosen = _chosen(rule, on, context)
        if chosen is None or not entries:
            return []
        fitting = [entry for entry in entries if chosen in (entry.id, entry.country)]
        return _by_date(fitting, on) if fitting else [self._renamed(entries[0], chosen)]

    def _renamed(self, entry: Entry, identity: str) -> Entry:
        """The entry, standing for something else than the table says ("Serbia" of 1999 for Yugoslavia)."""
        other = self._named.get(identity)
        if other is None:
            raise CodebookError(f"ambiguous.yaml, entry '{entry.phrase}': nothing has the id '{identity}'")
        return msgspec.structs.replace(
            entry, kind=other.kind, id=other.id, name=other.name, country=other.country, term=other.term
        )

    def _spelling(self, entry: Entry) -> tuple[str, ...]:
        """The words of an entry's phrase as they are written, kept for the next time."""
        spelling = self._spellings.get(entry.phrase)
        if spelling is None:
            spelling = self._spellings[entry.phrase] = written(entry.phrase)
        return spelling

    def _match(self, searched: _Text, at: int, sizes: Iterable[int], on: date | None) -> tuple[int, Match | None]:
        """The longest phrase that begins at a word: words to go on by, and the match unless it means nothing."""
        text = searched.text
        for size in sizes:
            phrase = searched.keys[at : at + size]
            candidates = self._table.get(phrase)
            if candidates is None or len(phrase) < size:
                continue
            rule = self._rules.get(phrase)
            window = searched.words[at : at + size]
            if not candidates and rule is not None and window[0].text[0].isupper():
                return size, None  # a phrase that hides the names in it ("Patriot Act")
            start, end = window[0].start, window[-1].end
            entries = [entry for entry in candidates if _as_written(entry, self._spelling(entry), window, text)]
            if start and text[start - 1].isalnum():
                entries = []
            if end < len(text) and text[end].isalnum():
                entries = [entry for entry in entries if entry.role == "designation"]
                end = _end(text, end)
            if not entries:
                continue
            if rule is not None:
                if _forbidden(rule, searched.words, at, at + size):
                    return 1, None
                entries = self._decide(rule, entries, on, searched)
                if not entries:
                    return size, None
            return size, Match(start, end, tuple(_by_date(entries, on)))
        return 1, None


def _end(text: str, end: int) -> int:
    suffix = _SUFFIX.match(text, end)
    return suffix.end() if suffix else end


def load_ambiguities(extra: Path | None = None) -> dict[str, Ambiguity]:
    """Read `ambiguous.yaml`."""
    return tree("ambiguous.yaml", Ambiguity, extra)


def _rules(ambiguities: Mapping[str, Ambiguity]) -> dict[tuple[str, ...], _Rule]:
    lists = {reading.near for ambiguity in ambiguities.values() for reading in ambiguity.readings}
    spaced = {near: tuple(_as_text([word]) for word in near) for near in lists}
    rules = {}
    for name, ambiguity in ambiguities.items():
        rule = _rule(name, ambiguity, spaced)
        for phrase in ambiguity.phrases or (name,):
            rules[key(phrase)] = rule
    return rules


def _rule(name: str, ambiguity: Ambiguity, spaced: Mapping[tuple[str, ...], tuple[str, ...]]) -> _Rule:
    def error(reason: str) -> CodebookError:
        return CodebookError(f"ambiguous.yaml, entry '{name}': {reason}")

    return _Rule(
        frozenset(map(key, ambiguity.not_after)),
        frozenset(map(key, ambiguity.not_before)),
        frozenset(map(key, ambiguity.only_after)),
        frozenset(ambiguity.unless),
        tuple(
            (reading.stands_for, spaced[reading.near], as_term(reading.start, reading.end, error))
            for reading in ambiguity.readings
        ),
        ambiguity.default,
    )


def _first_of_each(table: Mapping[tuple[str, ...], list[Entry]]) -> dict[str, Entry]:
    first: dict[str, Entry] = {}
    for entries in table.values():
        for entry in entries:
            if entry.role in ("name", "abbreviation", "designation"):
                first.setdefault(entry.id, entry)
    return first


def _chosen(rule: _Rule, on: date | None, context: Container[str]) -> str | None:
    """The reading with most of its neighbours in the context; where none has any, one of its time; else the default."""
    best, hits = rule.default, 0
    for stands_for, near, term in rule.readings:
        if not term.covers(on) or (on is None and not near):
            continue
        score = sum(word in context for word in near)
        if score > hits:
            best, hits = stands_for, score
        elif score == hits and hits:
            best = rule.default
        elif not near and not hits:
            best = stands_for
    return best


def _forbidden(rule: _Rule, found: list[Word], start: int, end: int) -> bool:
    if any(_stands(found, start - len(phrase), phrase) for phrase in rule.not_after):
        return True
    if any(_stands(found, end, phrase) for phrase in rule.not_before):
        return True
    return bool(rule.only_after) and not any(_stands(found, start - len(phrase), phrase) for phrase in rule.only_after)


def _stands(found: list[Word], at: int, phrase: tuple[str, ...]) -> bool:
    # A comma may stand between ("Paris, Texas").
    if at < 0:
        return False
    following = [word.key for word in found[at : at + len(phrase) + 1] if word.key != BREAK or word.text != ","]
    return tuple(following[: len(phrase)]) == phrase


def _by_date(entries: Sequence[Entry], on: date | None) -> list[Entry]:
    """Entries whose term covers the day, else the nearest to it first; without a day, what still holds comes first."""
    if len(entries) < 2:
        return list(entries)
    if on is None:
        return sorted(entries, key=lambda entry: entry.term.end is not None)
    covering = [entry for entry in entries if entry.term.covers(on)]
    return covering or sorted(entries, key=lambda entry: entry.term.distance(on))


def _as_written(entry: Entry, spelling: Sequence[str], window: Sequence[Word], text: str) -> bool:
    """Whether the capitals of the phrase (`spelling`, its words) are there; a prefix ("Russo-") needs its dash."""
    if entry.role == "prefix" and not _DASH.match(text, window[-1].end):
        return False
    if not entry.cased:
        return True
    for ours, theirs in zip(spelling, window, strict=True):
        if len(ours) > 1 and ours.isupper() and not theirs.text.isupper():
            return False
        if ours[0].isupper() and not theirs.text[0].isupper():
            return False
    return True


def _spaced(keys: Iterable[str]) -> str:
    return f" {' '.join(filter(None, keys))} "


def _as_text(context: Iterable[str]) -> str:
    return _spaced(word.key for text in context for word in words(fold(text)))
