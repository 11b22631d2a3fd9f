"""Cut documents into windows of word pieces as the encoder meets them, with some noise that newspapers would add."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from amity.annotate.pieces import FIRST, LAST, LINE, PARAGRAPH, WordPieces, shape
from training.corpora import spans

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator, Sequence

    from training.corpora import Document, Sentence

T = TypeVar("T")
IGNORE = -100
NAME_KINDS = ("PERSON", "ORG", "GPE", "LOC", "NORP")
NAME_LABELS = ("O", *(f"{place}-{kind}" for kind in NAME_KINDS for place in "BI"))
NO_BREAK, LINE_BREAK, PARAGRAPH_BREAK = 0, 1, 2


@dataclass
class Labels:
    """What the heads of the network choose from: tags are "UPOS|features"."""

    tags: list[str]
    relations: list[str]

    def __post_init__(self) -> None:
        self.tag_index = {tag: number for number, tag in enumerate(self.tags)}
        self.relation_index = {relation: number for number, relation in enumerate(self.relations)}

    @classmethod
    def from_documents(cls, documents: Sequence[Document], least: int = 3) -> Labels:
        """Collect tags seen at least `least` times, and all relations."""
        tags: dict[str, int] = {}
        relations: set[str] = set()
        for sentence in (s for document in documents for s in document):
            for upos, feats in zip(sentence.upos or (), sentence.feats or (), strict=True):
                tags[f"{upos}|{feats}"] = tags.get(f"{upos}|{feats}", 0) + 1
            relations |= set(sentence.labels or ())
        return cls(sorted(tag for tag, count in tags.items() if count >= least), sorted(relations))

    def tag(self, upos: str, feats: str) -> int:
        """Return the number of a tag; IGNORE for one too rare to learn."""
        return self.tag_index.get(f"{upos}|{feats}", IGNORE)


@dataclass
class Window:
    """Arrays over pieces (ids, shapes) and over words (the others); heads count from 1 within the window."""

    ids: np.ndarray
    shapes: np.ndarray
    first: np.ndarray
    sentence: np.ndarray
    starts: np.ndarray
    tags: np.ndarray
    heads: np.ndarray
    relations: np.ndarray
    names: np.ndarray


@dataclass
class Noise:
    """How often each kind of noise is put on a sentence; names come from `persons` and `places`."""

    persons: list[str]
    places: list[str]
    capitals: float = 0.03
    title_case: float = 0.04
    lower_case: float = 0.02
    no_final_stop: float = 0.05
    spaced_dash: float = 0.10
    other_person: float = 0.25
    other_place: float = 0.10
    line_break: float = 0.03
    wrapped: float = 0.04


def windows(
    documents: Sequence[Document],
    pieces: WordPieces,
    labels: Labels,
    size: int,
    rng: random.Random,
    noise: Noise | None = None,
) -> Iterator[Window]:
    """Yield windows of whole sentences up to about `size` pieces, in the order of each document.

    With noise, windows are of differing length, and some end in the beginning of a sentence, as they do in use.
    """
    for document in documents:
        place = 0
        while place < len(document):
            limit = size if noise is None else _limit(size, rng)
            builder = _Builder(pieces, labels, wrapped=noise is not None and rng.random() < noise.wrapped)
            while place < len(document):
                sentence = document[place] if noise is None else disturbed(document[place], noise, rng)
                between = _break(sentence, noise, rng)
                room = limit - len(builder.ids)
                if builder.words and builder.measure(sentence) > room:
                    if noise is not None and sentence.upos and room > 8 and rng.random() < 0.3:
                        builder.add_beginning(sentence, between, room)
                    break
                builder.add(sentence, between)
                place += 1
            yield builder.window()


def _limit(size: int, rng: random.Random) -> int:
    chance = rng.random()
    return size if chance < 0.6 else size * 4 // 3 if chance < 0.7 else rng.randrange(10, size)


def _break(sentence: Sentence, noise: Noise | None, rng: random.Random) -> int:
    if noise is None:
        return PARAGRAPH_BREAK if sentence.paragraph else NO_BREAK
    chance = rng.random()
    if sentence.paragraph:
        return PARAGRAPH_BREAK if chance < 0.85 else LINE_BREAK if chance < 0.97 else NO_BREAK
    return LINE_BREAK if chance < noise.line_break else NO_BREAK


class _Builder:
    def __init__(self, pieces: WordPieces, labels: Labels, wrapped: bool) -> None:
        self.pieces, self.labels, self.wrapped = pieces, labels, wrapped
        self.ids = [pieces.index[FIRST]]
        self.shapes = [0]
        self.words = 0
        self.columns: dict[str, list[int]] = {
            name: [] for name in ("first", "sentence", "starts", "tags", "heads", "relations", "names")
        }

    def measure(self, sentence: Sentence) -> int:
        return sum(len(self.pieces(form)) for form in sentence.forms)

    def _mark(self, between: int) -> None:
        if between != NO_BREAK and self.words:
            self.ids.append(self.pieces.index[PARAGRAPH if between == PARAGRAPH_BREAK else LINE])
            self.shapes.append(0)

    def _put(self, sentence: Sentence, place: int, between: int) -> None:
        if self.wrapped and self.words % 11 == 10 and between == NO_BREAK and sentence.spaced[place]:
            self._mark(LINE_BREAK)
        columns = self.columns
        columns["first"].append(len(self.ids))
        word = self.pieces(sentence.forms[place])
        self.ids += word
        self.shapes += [shape(sentence.forms[place], sentence.spaced[place] or place == 0)] * len(word)
        known = sentence.whole and between != PARAGRAPH_BREAK
        columns["starts"].append(int(place == 0) if known else IGNORE)
        self.words += 1

    def add(self, sentence: Sentence, between: int) -> None:
        offset, columns = self.words, self.columns
        self._mark(between)
        number = columns["sentence"][-1] + 1 if columns["sentence"] else 0
        for place in range(len(sentence.forms)):
            self._put(sentence, place, between if place == 0 else NO_BREAK)
            columns["sentence"].append(number)
            if sentence.upos is not None:
                columns["tags"].append(self.labels.tag(sentence.upos[place], sentence.feats[place]))
                head = sentence.heads[place]
                columns["heads"].append(head + offset if head else 0)
                columns["relations"].append(self.labels.relation_index.get(sentence.labels[place], IGNORE))
            else:
                for name in ("tags", "heads", "relations"):
                    columns[name].append(IGNORE)
            columns["names"].append(NAME_LABELS.index(sentence.names[place]) if sentence.names else IGNORE)

    def add_beginning(self, sentence: Sentence, between: int, room: int) -> None:
        """Add as much of a sentence as there is room for, to be seen and not to be parsed."""
        self._mark(between)
        number = self.columns["sentence"][-1] + 1
        for place in range(len(sentence.forms)):
            room -= len(self.pieces(sentence.forms[place]))
            if room < 0:
                break
            self._put(sentence, place, between if place == 0 else NO_BREAK)
            self.columns["sentence"].append(number)
            for name in ("tags", "heads", "relations", "names"):
                self.columns[name].append(IGNORE)

    def window(self) -> Window:
        last = self.pieces.index[LAST]
        return Window(
            np.array([*self.ids, last]),
            np.array([*self.shapes, 0]),
            **{name: np.array(column) for name, column in self.columns.items()},
        )


def disturbed(sentence: Sentence, noise: Noise, rng: random.Random) -> Sentence:
    """Return the sentence, now and then with other names, another casing, spaced dashes or without its final stop."""
    changed = copy.copy(sentence)
    changed.forms = list(sentence.forms)
    if sentence.names:
        _rename(changed, noise, rng)
    chance = rng.random()
    if chance < noise.capitals:
        changed.forms = [form.upper() for form in changed.forms]
    elif chance < noise.capitals + noise.title_case:
        changed.forms = [
            form[:1].upper() + form[1:] if len(form) > 3 or not n else form for n, form in enumerate(changed.forms)
        ]
    elif chance < noise.capitals + noise.title_case + noise.lower_case:
        changed.forms = [form.lower() for form in changed.forms]
    if any(form == "-" for form in changed.forms) and rng.random() < noise.spaced_dash:
        changed.spaced = [
            spaced or form == "-" or (n > 0 and changed.forms[n - 1] == "-")
            for n, (form, spaced) in enumerate(zip(changed.forms, changed.spaced, strict=True))
        ]
    if len(changed.forms) > 3 and changed.forms[-1] == "." and rng.random() < noise.no_final_stop:
        changed = _without_last(changed)
    return changed


def _rename(sentence: Sentence, noise: Noise, rng: random.Random) -> None:
    for start, end, kind in spans(sentence.names or []):
        pool, chance = {"PERSON": (noise.persons, noise.other_person), "LOC": (noise.places, noise.other_place)}.get(
            kind, ([], 0)
        )
        if rng.random() < chance:
            for place in range(start, end):
                if sentence.forms[place].istitle() and len(sentence.forms[place]) > 2:
                    sentence.forms[place] = rng.choice(pool)


def _without_last(sentence: Sentence) -> Sentence:
    last = len(sentence.forms)
    if sentence.heads is not None and last in sentence.heads:
        return sentence
    for name in ("forms", "spaced", "upos", "feats", "lemmas", "heads", "labels", "names"):
        column = getattr(sentence, name)
        setattr(sentence, name, column[:-1] if column is not None else None)
    return sentence


def batches(
    items: Sequence[T], pieces: int, rng: random.Random, length: Callable[[T], int], spread: float = 1
) -> list[list[T]]:
    """Group windows of like length, within `spread`, into batches of at most `pieces` padded pieces, in any order."""
    ordered = sorted(items, key=lambda window: length(window) + spread * rng.random())
    groups: list[list[T]] = [[]]
    for window in ordered:
        if groups[-1] and length(window) * (len(groups[-1]) + 1) > pieces:
            groups.append([])
        groups[-1].append(window)
    rng.shuffle(groups)
    return groups
