"""The spaCy component that runs amity's encoder: one pass over windows fills tags, sentences, trees and names."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS
from spacy.pipeline import Pipe
from spacy.symbols import IDS
from spacy.tokens import Doc, Token

from amity.annotate.decode import Floats, Ints, NameDecoder, NameEnds, NameKinds, trees
from amity.annotate.lemmas import Lemmatizer
from amity.annotate.pieces import FIRST, LAST, LINE, PARAGRAPH, WordPieces, WordTable, shape
from amity.errors import ModelError

if TYPE_CHECKING:
    from spacy.vocab import Vocab

WINDOW = 176  # pieces; as in training
STRETCH = 4 / 3  # how much larger a window may be that ends with its paragraph
LARGEST = 370  # pieces; a window grows so far (and by STRETCH) to find the end of a sentence
BARE = 2  # log odds; how much surer of a sentence the model must be where no final mark stands before it
FINAL = frozenset(".!?…:;)]\"”“’'»*–—-")
CACHED_LEMMAS = 200_000

IOB_INSIDE, IOB_OUT, IOB_BEGIN = 1, 2, 3
LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")

NO_NAME_ENDS = frozenset({"CCONJ", "SCONJ", "ADP", "AUX"})
TITLES = frozenset(
    "Mr. Mrs. Ms. Dr. Prof. Rev. Hon. Sen. Rep. Gov. Pres. Gen. Brig. Maj. Col. Lt. Capt. Cmdr. Adm. Sgt. Amb. "
    "Mr Mrs Ms Dr Prof".split()
)

SPACE, LINE_END, PARAGRAPH_END = 0, 1, 2


@dataclass
class Words:
    """The words of a Doc, white space left out; arrays over words, `pieces` and `shapes` as lists."""

    tokens: Ints  # places in the Doc
    forms: list[str]
    pieces: list[tuple[int, ...]]
    shapes: list[int]
    before: list[int]  # SPACE, LINE_END or PARAGRAPH_END
    bare: NDArray[np.bool_]  # follows a word without final mark in the same line


@dataclass
class Readings:
    """What was read, by word: sentence numbers, heads (from 1 in the whole Doc, 0 root) and numbers of labels."""

    sentence: Ints
    heads: Ints
    tags: Ints
    relations: Ints
    names: Ints
    name_scores: Floats  # words by labels
    confidence: Floats  # of the heads

    @classmethod
    def empty(cls, words: int, labels: int) -> Readings:
        def blank() -> Ints:
            return np.zeros(words, np.int64)

        scores = np.zeros((words, labels), np.float32)
        return cls(blank(), blank(), blank(), blank(), blank(), scores, np.zeros(words, np.float32))


class Reader(Pipe):  # type: ignore[misc]  # spaCy ships no types
    """Reads a Doc that is tokenized as Universal Dependencies does.

    A document is read in windows of whole sentences, each by itself, so that the result depends on nothing but the
    document. Where sentences begin in the Doc already (`gold_sentences=True`), they are kept.
    """

    def __init__(self, vocab: Vocab, folder: Path, name: str = "amity_reader", threads: int = 1) -> None:
        self.vocab = vocab
        self.name = name
        self.gold_sentences = False
        self._load(folder, threads)
        if not Token.has_extension("parse_score"):
            Token.set_extension("parse_score", getter=_parse_score)

    def _load(self, folder: Path, threads: int) -> None:
        try:
            labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            self._pieces = WordPieces((folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")[:-1])
            self.table = WordTable(folder / "words.npz")
            self._lemmatizer = Lemmatizer(folder / "lemmas.json", self._pieces.index)
            self._encoder = session(folder / "reader.onnx", threads)
            self._relations = session(folder / "relations.onnx", threads)
        except Exception as error:
            raise ModelError(f"{folder}: this language model cannot be read ({error})") from error
        self._name_decoder = NameDecoder(labels["names"])
        self._name_ends = NameEnds(labels["names"])
        self._name_kinds = NameKinds(labels["names"])
        self._tags: list[tuple[str, str]] = [tuple(tag.split("|", 1)) for tag in labels["tags"]]
        strings, morphology = self.vocab.strings, self.vocab.morphology
        self._pos = np.array([IDS[upos] for upos, _ in self._tags], np.uint64)
        self._loose = np.array([upos in NO_NAME_ENDS for upos, _ in self._tags])
        self._morph = np.array([morphology.add(feats or "_") for _, feats in self._tags], np.uint64)
        relations = ["ROOT" if relation == "root" else relation for relation in labels["relations"]]
        self._root = relations.index("ROOT")
        self._dep = np.array([strings.add(relation) for relation in relations], np.uint64)
        self._kind = np.array([strings.add(label[2:]) for label in labels["names"]], np.uint64)
        self._iob = np.array(
            [{"O": IOB_OUT, "B": IOB_BEGIN, "I": IOB_INSIDE}[label[0]] for label in labels["names"]], np.uint64
        )
        self._national = strings.add("NORP")
        self._lemmas: dict[tuple[int, ...], int] = {}
        self.markers = [self._pieces.index[piece] for piece in (PARAGRAPH, LINE, FIRST, LAST)]

    def __call__(self, doc: Doc) -> Doc:
        words = self._words(doc)
        if len(words.forms):
            self._write(doc, words, self._read(words, self._given_starts(doc, words)))
            doc.user_data["words"] = words
        else:
            _write_blank(doc)
        return doc

    def _given_starts(self, doc: Doc, words: Words) -> Floats | None:
        if not self.gold_sentences:
            return None
        return np.array([1.0 if doc[int(token)].is_sent_start else -1.0 for token in words.tokens], np.float32)

    def _words(self, doc: Doc) -> Words:
        forms: list[str] = []
        tokens: list[int] = []
        pieces: list[tuple[int, ...]] = []
        shapes: list[int] = []
        before: list[int] = []
        split = self._pieces
        between, spaced = SPACE, True
        for token in doc:
            text = token.text
            if token.is_space:
                between = max(between, min(len(LINE_BREAK.findall(text)), PARAGRAPH_END))
                spaced = True
                continue
            forms.append(text)
            tokens.append(token.i)
            pieces.append(split(text))
            shapes.append(shape(text, spaced))
            before.append(between)
            between, spaced = SPACE, bool(token.whitespace_)
        bare = [not between and form[-1] not in FINAL for form, between in zip(forms, before[1:], strict=False)]
        return Words(np.array(tokens, np.int64), forms, pieces, shapes, before, np.array([False, *bare][: len(forms)]))

    def _read(self, words: Words, starts: Floats | None) -> Readings:
        readings = Readings.empty(len(words.forms), len(self._kind))
        begin, sentences = 0, 0
        while begin < len(words.forms):
            size = WINDOW
            while True:
                end = _window_end(words, begin, size)
                scores = self._run(words, begin, end)
                given = scores["starts"] - BARE * words.bare[begin:end] if starts is None else starts[begin:end]
                opens = _openings(given, words.before[begin:end])
                stop = end if _is_border(words, end) else begin + int(opens[-1])
                if stop > begin:
                    break
                if size >= LARGEST:
                    stop = end
                    break
                size = LARGEST
            count = stop - begin
            sentence = np.zeros(count, np.int64)
            sentence[opens[(opens > 0) & (opens < count)]] = 1
            sentence = sentence.cumsum()
            self._settle(readings, scores, sentence, begin, sentences)
            sentences += int(sentence[-1]) + 1
            begin = stop
        titles = np.array([form in TITLES for form in words.forms])
        self._name_ends(readings.names, self._loose[readings.tags] | titles)
        self._name_kinds(readings.names, readings.name_scores, words.forms)
        return readings

    def _run(self, words: Words, begin: int, end: int) -> dict[str, Any]:
        paragraph, line, first_id, last_id = self.markers
        ids, shapes, first = [first_id], [0], []
        for place in range(begin, end):
            if place > begin and words.before[place] != SPACE:
                ids.append(paragraph if words.before[place] == PARAGRAPH_END else line)
                shapes.append(0)
            first.append(len(ids))
            ids += words.pieces[place]
            shapes += [words.shapes[place]] * len(words.pieces[place])
        ids.append(last_id)
        shapes.append(0)
        names = ("starts", "tags", "names", "arcs", "dependents", "governors")
        fed = {"words": self.table(ids), "shapes": np.array(shapes, np.int64), "first": np.array(first, np.int64)}
        return dict(zip(names, self._encoder.run(names, fed), strict=True))

    def _settle(self, readings: Readings, scores: dict[str, Any], sentence: Ints, begin: int, sentences: int) -> None:
        count = len(sentence)
        here = slice(begin, begin + count)
        arcs = scores["arcs"][:count, : count + 1]
        heads, readings.confidence[here] = trees(arcs, sentence)
        chosen = {"dependents": scores["dependents"][:count], "governors": scores["governors"], "heads": heads}
        readings.sentence[here] = sentence + sentences
        readings.heads[here] = np.where(heads > 0, heads + begin, 0)
        readings.tags[here] = scores["tags"][:count]
        readings.relations[here] = np.where(heads > 0, self._relations.run(None, chosen)[0], self._root)
        readings.names[here] = self._name_decoder(scores["names"][:count], sentence)
        readings.name_scores[here] = scores["names"][:count]

    def _write(self, doc: Doc, words: Words, readings: Readings) -> None:
        size = len(doc)
        tokens = words.tokens
        columns = np.zeros((size, 7), np.uint64)
        word_of = np.cumsum(np.bincount(tokens, minlength=size)) - 1  # the word that white space follows
        offsets = np.where(readings.heads > 0, tokens[readings.heads - 1] - tokens, 0)
        columns[tokens, 0] = offsets.astype(np.uint64)
        columns[tokens, 1] = self._dep[readings.relations]
        columns[tokens, 2] = self._pos[readings.tags]
        columns[tokens, 3] = self._morph[readings.tags]
        columns[tokens, 4] = self._lemma_ids(words.forms, doc, tokens, readings)
        columns[tokens, 5] = self._iob[readings.names]
        columns[tokens, 6] = self._kind[readings.names]
        blank = np.ones(size, bool)
        blank[tokens] = False
        self._write_spaces(doc, columns, np.flatnonzero(blank), word_of, words, readings)
        doc.from_array([HEAD, DEP, POS, MORPH, LEMMA, ENT_IOB, ENT_TYPE], columns)
        scores = np.zeros(size, np.float32)
        scores[tokens] = readings.confidence
        doc.user_data["parse_scores"] = scores

    def _write_spaces(
        self, doc: Doc, columns: Any, blanks: Ints, word_of: Ints, words: Words, readings: Readings
    ) -> None:
        """Hang white space on the word before it (at the beginning, after it); inside a name it belongs to the name."""
        if not len(blanks):
            return
        anchor = words.tokens[np.maximum(word_of[blanks], 0)]
        columns[blanks, 0] = (anchor - blanks).astype(np.uint64)
        columns[blanks, 1] = self.vocab.strings.add("dep")
        columns[blanks, 2] = IDS["SPACE"]
        columns[blanks, 3] = self.vocab.morphology.add("_")
        columns[blanks, 4] = [doc[int(place)].orth for place in blanks]
        columns[blanks, 5] = IOB_OUT
        following = np.minimum(word_of[blanks] + 1, len(words.forms) - 1)
        names = readings.names[following]
        inside = (self._iob[names] == IOB_INSIDE) & (words.tokens[following] > blanks)
        columns[blanks[inside], 5] = IOB_INSIDE
        columns[blanks[inside], 6] = self._kind[names[inside]]

    def _lemma_ids(self, forms: list[str], doc: Doc, tokens: Ints, readings: Readings) -> list[int]:
        known = self._lemmas
        if len(known) > CACHED_LEMMAS:
            known.clear()
        found: list[int] = []
        orths = doc.to_array("ORTH")[tokens].tolist()
        national = (self._kind[readings.names] == self._national).tolist()
        for form, *key in zip(forms, orths, readings.tags.tolist(), national, strict=True):
            lemma = known.get(tuple(key))
            if lemma is None:
                upos, feats = self._tags[int(key[1])]
                lemma = self.vocab.strings.add(self._lemmatizer(form, upos, feats, named=bool(key[2])))
                known[tuple(key)] = lemma
            found.append(lemma)
        return found


def session(path: Path, threads: int) -> Any:
    """An onnxruntime session that gives the same results on every run."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # The graph is fused already; onnxruntime's own fusion would bring back a slow layer normalisation.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _window_end(words: Words, begin: int, size: int) -> int:
    """Return where a window of about `size` pieces ends: at a paragraph's end if one is in reach."""
    used, place = 2, begin
    full = border = begin
    while place < len(words.forms) and used <= size * STRETCH:
        if used <= size:
            full = place
        if place > begin and words.before[place] == PARAGRAPH_END and used > size / 3:
            border = place
        used += len(words.pieces[place]) + (words.before[place] != SPACE)
        place += 1
    if place == len(words.forms) and used <= size * STRETCH:
        return place
    return border if border > begin else max(full, begin + 1)


def _is_border(words: Words, end: int) -> bool:
    return end == len(words.forms) or words.before[end] == PARAGRAPH_END


def _openings(scores: Floats, before: list[int]) -> Ints:
    """Return where sentences begin in a window, the first word included."""
    opens = (scores > 0) | (np.array(before) == PARAGRAPH_END)
    opens[0] = True
    return np.flatnonzero(opens)


def _parse_score(token: Token) -> float:
    scores = token.doc.user_data.get("parse_scores")
    return float(scores[token.i]) if scores is not None else 1.0


def _write_blank(doc: Doc) -> None:
    """Finish a Doc without words: one empty sentence of white space, or nothing."""
    for token in doc:
        token.pos_ = "SPACE"
        token.is_sent_start = token.i == 0
    doc.set_ents([])
