"""The event reader: a second small encoder that tells which words carry an event, of what type, and who takes part.

It reads the same windows of words as the syntax reader does, with the names found there and the types that the codebook
knows each word form for. For every word it gives a distribution over PLOVER types (and arms transfers, standing
relations, or nothing), over statuses and certainties, and for every word that may carry something how likely each other
word names who acts and who is acted upon. Trained on the open corpus (see `training/events`); it names nobody and
decides nothing: `amity.coding` does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import ENT_IOB, ENT_TYPE, SENT_START
from spacy.pipeline import Pipe
from spacy.tokens import Doc

from amity.annotate.paths import Ways
from amity.annotate.reader import PARAGRAPH_END, SPACE, Words, session
from amity.errors import ModelError
from amity.records.happening import KEY, Happening

if TYPE_CHECKING:
    from amity.codebook.frames import Frames

Floats = NDArray[np.float32]

WINDOW = 160  # pieces
LARGEST = 480
CARRYING = 0.15  # a word that carries something with less probability is not kept
LEAST = 0.05  # nor is what it carries with less
SLIGHT = 0.01  # nor who takes part with less
BEGINS = 3  # spaCy's number for the first word of a name
KINDS = ("", "PERSON", "ORG", "GPE", "LOC", "NORP")


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the encoder gets of a window: arrays over pieces, and the first piece of every word.

    `kinds` numbers the names (0 none, else 2k-1 at the beginning and 2k inside of the k-th of `KINDS`), `lexicon` is a
    row of zeros and ones a piece, one column a type.
    """

    ids: NDArray[np.int64]
    shapes: NDArray[np.int64]
    kinds: NDArray[np.int64]
    lexicon: Floats
    first: NDArray[np.int64]


class Lexicon:
    """The types that word forms are known for in the codebook's frames."""

    def __init__(self, frames: Frames, types: Sequence[str]) -> None:
        place = {kind: number for number, kind in enumerate(types)}
        self.size = len(types)
        rows: dict[str, set[int]] = {}
        for table in (frames.verbs, frames.nouns, frames.adjectives):
            for form, entries in table.items():
                rows.setdefault(form, set()).update(place[frame.type] for _, frame in entries)
        self._rows = {form: tuple(sorted(numbers)) for form, numbers in rows.items()}

    def __call__(self, form: str) -> tuple[int, ...]:
        """Numbers of the types that a form may carry."""
        return self._rows.get(form.lower(), ())


def inputs(
    words: Words, begin: int, end: int, names: Sequence[int], lexicon: Lexicon, markers: Sequence[int]
) -> Inputs:
    """The window from word `begin` to `end`; `names` numbers the name label of every word of the Doc."""
    paragraph, line, first_id, last_id = markers
    ids, shapes, kinds, first = [first_id], [0], [0], []
    known: list[tuple[int, tuple[int, ...]]] = []
    for place in range(begin, end):
        if place > begin and words.before[place] != SPACE:
            ids.append(paragraph if words.before[place] == PARAGRAPH_END else line)
            shapes.append(0)
            kinds.append(0)
        first.append(len(ids))
        size = len(words.pieces[place])
        if types := lexicon(words.forms[place]):
            known += [(len(ids) + n, types) for n in range(size)]
        ids += words.pieces[place]
        shapes += [words.shapes[place]] * size
        kinds += [names[place]] * size
    ids.append(last_id)
    shapes.append(0)
    kinds.append(0)
    rows = np.zeros((len(ids), lexicon.size), np.float32)
    for place, types in known:
        rows[place, types] = 1.0
    return Inputs(np.array(ids), np.array(shapes), np.array(kinds), rows, np.array(first))


def name_labels(doc: Doc, words: Words) -> list[int]:
    """The number of the name label of each word."""
    strings = doc.vocab.strings
    columns = doc.to_array([ENT_TYPE, ENT_IOB])[words.tokens]
    kinds = {strings[kind]: number for number, kind in enumerate(KINDS)}
    return [2 * kinds.get(kind, 0) - (place == BEGINS) if kinds.get(kind) else 0 for kind, place in columns.tolist()]


def windows(words: Words, sentence_ends: Sequence[int], size: int = WINDOW) -> Iterator[tuple[int, int]]:
    """Stretches of whole sentences of about `size` pieces, cut at paragraphs where one ends in the second half."""
    begin = 0
    while begin < len(words.forms):
        used, end, paragraph = 2, 0, 0
        for stop in sentence_ends:
            if stop <= begin:
                continue
            used += sum(map(len, words.pieces[end or begin : stop]))
            if used > size and end:
                break
            end = stop
            if used > size / 2 and (stop == len(words.forms) or words.before[stop] == PARAGRAPH_END):
                paragraph = stop
        stop = paragraph or end or len(words.forms)
        yield from _fitting(words, begin, stop)
        begin = stop


def _fitting(words: Words, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch, cut where it is longer than the encoder can read."""
    used, start = 2, begin
    for place in range(begin, end):
        size = len(words.pieces[place]) + 1
        if used + size > LARGEST:
            yield start, place
            used, start = 2, place
        used += size
    yield start, end


class EventReader(Pipe):  # type: ignore[misc]  # spaCy ships no types
    """Puts what it finds into `Doc.user_data`; see `amity.records.happening`."""

    def __init__(self, folder: Path, frames: Frames, table: Any, markers: Sequence[int], threads: int = 1) -> None:
        try:
            labels = json.loads((folder / "events.json").read_text(encoding="utf-8"))
            self.types: list[str] = labels["types"]
            self._statuses: list[str] = labels["statuses"]
            self._certainties: list[str] = labels["certainties"]
            self._scale = float(labels["scale"])
            self._ways: dict[str, list[float]] = labels["ways"]
            self._session = session(folder / "events.onnx", threads)
        except Exception as error:
            raise ModelError(f"{folder}: this event reader cannot be read ({error})") from error
        self._lexicon = Lexicon(frames, self.types)
        self._table = table
        self._markers = markers

    def __call__(self, doc: Doc) -> Doc:
        words: Words | None = doc.user_data.pop("words", None)
        if words is not None and len(words.forms):
            doc.user_data[KEY] = self._read(doc, words)
        return doc

    def _read(self, doc: Doc, words: Words) -> dict[int, Happening]:
        names, tree = name_labels(doc, words), Ways(doc)
        found: dict[int, Happening] = {}
        for begin, end in windows(words, list(_sentence_ends(doc, words))):
            if any(names[begin:end]):
                scores = self._run(words, begin, end, names)
                found |= {happening.token: happening for happening in self._found(words, begin, scores, tree)}
        return found

    def _run(self, words: Words, begin: int, end: int, names: Sequence[int]) -> dict[str, Floats]:
        given = inputs(words, begin, end, names, self._lexicon, self._markers)
        fed = {
            "words": self._table(given.ids),
            "shapes": given.shapes,
            "kinds": given.kinds,
            "lexicon": given.lexicon,
            "first": given.first,
        }
        outputs = ("types", "statuses", "certainties", "triggers", "actors", "recipients")
        return dict(zip(outputs, self._session.run(outputs, fed), strict=True))

    def _found(self, words: Words, begin: int, scores: Mapping[str, Floats], tree: Ways) -> Iterator[Happening]:
        types = softmax(scores["types"] / self._scale)
        kept = np.flatnonzero(types[:, 0] < 1 - CARRYING)
        if not len(kept):
            return
        statuses, certainties = softmax(scores["statuses"][kept]), softmax(scores["certainties"][kept])
        tokens = words.tokens[begin : begin + len(types)].tolist()
        leaning = self._leaning([tokens[place] for place in kept.tolist()], tokens, tree)
        actors = sigmoid(scores["triggers"][kept] @ scores["actors"].T + leaning[0])
        recipients = sigmoid(scores["triggers"][kept] @ scores["recipients"].T + leaning[1])
        for row, place in enumerate(kept.tolist()):
            yield Happening(
                tokens[place],
                _likely(self.types, types[place], LEAST),
                _likely(self._statuses, statuses[row], LEAST),
                _likely(self._certainties, certainties[row], LEAST),
                _likely(tokens, actors[row], SLIGHT),
                _likely(tokens, recipients[row], SLIGHT),
            )

    def _leaning(self, triggers: Sequence[int], tokens: Sequence[int], tree: Ways) -> Floats:
        """What the way from a trigger to a word says of its part: acting and acted upon, by triggers and words."""
        columns = {token: column for column, token in enumerate(tokens)}
        leaning = np.zeros((2, len(triggers), len(tokens)), np.float32)
        for row, trigger in enumerate(triggers):
            for word, way in tree.of(trigger):
                if way in self._ways and word in columns:
                    leaning[:, row, columns[word]] = self._ways[way]
        return leaning


def _sentence_ends(doc: Doc, words: Words) -> Iterable[int]:
    starts = doc.to_array([SENT_START])[words.tokens]
    yield from (place for place in np.flatnonzero(starts == 1).tolist() if place)
    yield len(words.forms)


def _likely(keys: Sequence[Any], values: Floats, least: float) -> dict[Any, float]:
    return {keys[n]: float(values[n]) for n in np.flatnonzero(values >= least).tolist()}


def softmax(scores: Floats) -> Floats:
    """Probabilities by row."""
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    return cast("Floats", powers / powers.sum(-1, keepdims=True))


def sigmoid(scores: Floats) -> Floats:
    """Probabilities of single questions."""
    return cast("Floats", 1 / (1 + np.exp(-scores)))
