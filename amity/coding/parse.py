"""A parse in plain Python objects, quick to walk in all directions.

spaCy makes a new object whenever one of its tokens is looked at, which took longer than all coding; here every word is
made once. Names and meanings are those of spaCy's `Doc`, `Span` and `Token`, as far as coding needs them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar, overload

import numpy as np
from spacy import attrs
from spacy.lang import lex_attrs
from spacy.lang.en.lex_attrs import like_num

if TYPE_CHECKING:
    from spacy import tokens

T = TypeVar("T")
_STRINGS = (attrs.ORTH, attrs.LOWER, attrs.LEMMA, attrs.POS, attrs.TAG, attrs.DEP, attrs.ENT_TYPE)
_IOB = ("", "I", "O", "B")


class Morphology:
    """Features of a word ("Number=Plur|Person=3")."""

    __slots__ = ("_values",)

    def __init__(self, features: str) -> None:
        pairs = (feature.partition("=") for feature in features.split("|"))
        self._values = {name: values.split(",") for name, _, values in pairs}

    def get(self, feature: str) -> Sequence[str]:
        """The values of a feature, none when the word lacks it."""
        return self._values.get(feature, ())


@dataclass(slots=True, eq=False, repr=False)
class Token:
    """A word of a parse. Every word exists once, so that words can be compared with `is`."""

    doc: Doc
    i: int
    idx: int
    morph: Morphology
    ent_iob_: str
    label: str  # `dep_` without its subtype; `root` for the head of a sentence
    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    ent_type_: str
    spaced: int  # 1 when a space follows
    head: Token = field(init=False)
    left_edge: Token = field(init=False)
    right_edge: Token = field(init=False)
    sent: Span = field(init=False)
    children: Sequence[Token] = field(init=False, default=())

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    def whitespace_(self) -> str:
        """The space after the word, if any."""
        return " " if self.spaced else ""

    @property
    def is_alpha(self) -> bool:
        """Whether it is of letters only."""
        return self.text.isalpha()

    @property
    def is_space(self) -> bool:
        """Whether it is white space."""
        return self.text.isspace()

    @property
    def is_punct(self) -> bool:
        """Whether it is of punctuation marks only."""
        return bool(lex_attrs.is_punct(self.text))

    @property
    def is_quote(self) -> bool:
        """Whether it is a quotation mark."""
        return bool(lex_attrs.is_quote(self.text))

    @property
    def like_num(self) -> bool:
        """Whether it is a number in digits or an English word for one."""
        return bool(like_num(self.text))

    @property
    def is_title(self) -> bool:
        """Whether it is written with a capital and small letters."""
        return self.text.istitle()

    @property
    def is_upper(self) -> bool:
        """Whether it is written in capitals."""
        return self.text.isupper()

    @property
    def lefts(self) -> list[Token]:
        """Dependents before the word."""
        return [child for child in self.children if child.i < self.i]

    @property
    def rights(self) -> list[Token]:
        """Dependents after the word."""
        return [child for child in self.children if child.i > self.i]

    @property
    def ancestors(self) -> Iterator[Token]:
        """The heads above the word, nearest first."""
        word = self
        while word.head is not word:
            word = word.head
            yield word

    @property
    def subtree(self) -> list[Token]:
        """The word and all below it, in the order of the text."""
        found, reached = [self], 0
        while reached < len(found):
            found += found[reached].children
            reached += 1
        return sorted(found, key=lambda word: word.i)

    @property
    def is_sent_start(self) -> bool:
        """Whether a sentence begins with the word."""
        return self.i == self.sent.start

    def nbor(self, offset: int = 1) -> Token:
        """The word so many places further on."""
        return self.doc[self.i + offset]


class Span:
    """Words `start` to `end` (exclusive)."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label: str = "") -> None:
        self.doc, self.start, self.end, self.label_ = doc, start, end, label

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc[self.start : self.end])

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> Span: ...
    def __getitem__(self, place: int | slice) -> Token | Span:
        if isinstance(place, slice):
            start, end, _ = place.indices(len(self))
            return Span(self.doc, self.start + start, self.start + max(start, end))
        return self.doc[range(self.start, self.end)[place]]

    @property
    def start_char(self) -> int:
        """Where the first word begins."""
        return self.doc[self.start].idx if self.start < len(self.doc) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        """Where the last word ends."""
        if self.start == self.end:
            return self.start_char
        last = self.doc[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """The words as they stand in the text."""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def root(self) -> Token:
        """The word nearest to the root of the sentence, the first of several; a mark only if there is no word."""
        tops = [word for word in self if word.head is word or not self.start <= word.head.i < self.end]
        return tops[0] if len(tops) == 1 else min(tops, key=_remoteness)

    @property
    def sents(self) -> Iterator[Span]:
        """The sentences that the words belong to, whole."""
        at = self.start
        while at < self.end:
            sentence = self.doc[at].sent
            yield sentence
            at = sentence.end


def _remoteness(word: Token) -> tuple[bool, int]:
    is_mark = (word.is_punct or word.is_space) and not word.children and word.head is not word
    return is_mark, 0 if is_mark else sum(1 for _ in word.ancestors)


class Doc(list[Token]):
    """A parsed text: its words."""

    def __init__(self, parse: tokens.Doc) -> None:
        super().__init__(self._words(parse))
        self.text = "".join([f"{word.text} " if word.spaced else word.text for word in self])
        self.user_data = dict(parse.user_data)
        self.lowers = Column([word.lower_ for word in self])
        self.lemmas = Column([word.lemma_ for word in self])
        heads = np.arange(len(parse)) + parse.to_array([attrs.HEAD]).astype(np.int64)
        self._link(heads.tolist())
        self.sents = self._sentences((parse.to_array([attrs.SENT_START]) == 1).tolist())
        self.ents = [Span(self, entity.start, entity.end, entity.label_) for entity in parse.ents]

    def span(self, start: int, end: int) -> Span:
        """Words `start` to `end`, cut to the text."""
        start, end, _ = slice(start, end).indices(len(self))
        return Span(self, start, max(start, end))

    def matching(self, wanted: Callable[[str], bool]) -> list[Token]:
        """Words whose form or lemma, in lower case, is wanted, in the order of the text."""
        lemmas = self.lemmas.positions(lambda lemma: wanted(lemma.lower()))
        return [self[i] for i in sorted({*self.lowers.positions(wanted), *lemmas})]

    def char_span(self, start: int, end: int, alignment_mode: str = "strict") -> Span | None:
        """The words in a stretch of text, null when it cuts words in two, unless `alignment_mode` is `expand`."""
        first = bisect_right(self, start, key=lambda word: word.idx + len(word.text))
        last = bisect_left(self, end, key=lambda word: word.idx)
        if first >= last:
            return None
        span = Span(self, first, last)
        exact = (span.start_char, span.end_char) == (start, end)
        return span if exact or alignment_mode == "expand" else None

    def _words(self, parse: tokens.Doc) -> Iterator[Token]:
        names = parse.vocab.strings

        def column(attribute: int, read: Callable[[int], T]) -> list[T]:
            keys = parse.to_array([attribute]).tolist()
            values = {key: read(key) for key in set(keys)}  # each distinct value is looked up once
            return [values[key] for key in keys]

        rows = zip(
            parse.to_array([attrs.IDX]).tolist(),
            column(attrs.MORPH, lambda key: Morphology(names[key])),
            column(attrs.ENT_IOB, _IOB.__getitem__),
            column(attrs.DEP, lambda key: names[key].partition(":")[0] or "root"),
            *(column(attribute, names.__getitem__) for attribute in _STRINGS),
            parse.to_array([attrs.SPACY]).tolist(),
            strict=True,
        )
        return (Token(self, i, *row) for i, row in enumerate(rows))

    def _link(self, heads: list[int]) -> None:
        below: dict[int, list[Token]] = {}
        for word, head in zip(self, heads, strict=True):
            word.head = self[head]
            if head == word.i:
                word.label = "root"
            else:
                below.setdefault(head, []).append(word)
        for head, dependents in below.items():
            self[head].children = dependents
        left, right = list(range(len(self))), list(range(len(self)))
        for order in (range(len(self)), reversed(range(len(self)))):
            for i in order:
                head = heads[i]
                if left[i] < left[head]:
                    left[head] = left[i]
                if right[i] > right[head]:
                    right[head] = right[i]
        for word, first, last in zip(self, left, right, strict=True):
            word.left_edge, word.right_edge = self[first], self[last]

    def _sentences(self, begins: list[bool]) -> list[Span]:
        starts = [i for i, begin in enumerate(begins) if begin or i == 0]
        sentences = [Span(self, *bounds) for bounds in pairwise([*starts, len(begins)])]
        for sentence in sentences:
            for word in sentence:
                word.sent = sentence
        return sentences


class Column:
    """Where each string stands in a list of them."""

    def __init__(self, strings: Sequence[str]) -> None:
        self._places: dict[str, list[int]] = {}
        for i, string in enumerate(strings):
            self._places.setdefault(string, []).append(i)

    def positions(self, wanted: Callable[[str], bool]) -> list[int]:
        """Where wanted strings stand, in order; each distinct string is asked for once."""
        return sorted(i for string, places in self._places.items() if wanted(string) for i in places)
