"""Claims of kind `quantity`: every figure with what it counts or measures.

A figure needs something counted ("31 soldiers", "four of eighteen tanks") or a unit ("20 km2 of land", "29.4 billion
dollars"), or words that say so ("put the number at 900", "forty of them"). Dates, ages, clock times, scores, ordinals,
list numbers, designations (T-72, Resolution 1929), durations and counts that only refer ("the two countries") are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from amity.coding.drafts import base
from amity.coding.numerals import Numeral, all_numerals, number, numerals
from amity.coding.syntax import adposition, ancestors, children, is_passive, label, particle, predicate
from amity.records import Quantity

if TYPE_CHECKING:
    from amity.codebook.units import Units
    from amity.coding.parse import Doc, Token
    from amity.coding.reading import Reading
    from amity.records import Layer, Value

__all__ = ["number", "quantities"]

HYPHENS = frozenset({"-", "–", "‑"})
BEFORE_NOUNS = frozenset({"nummod", "det", "amod", "compound", "advmod", "nmod", "obl"})  # labels of numbers that count
DEFINITE = frozenset({"the", "these", "those", "both", "our", "their", "its"})
NUMBERING = frozenset({"no.", "number", "nr.", "nº", "#", "article", "resolution", "chapter", "page", "group"})
CLOCK = frozenset({"am", "pm", "a.m.", "p.m.", "gmt", "utc", "o'clock", "o’clock"})
REACH = 7  # words in which the noun follows its number
THEM = frozenset({"them", "us", "you", "whom", "which", "these", "those", "whose"})
TELLING = frozenset(
    "put number count total reach rise fall climb drop exceed estimate kill wound injure say give grow".split()
)
FIGURES = frozenset({"number", "figure", "toll", "total", "strength", "count"})
PAIR = 5  # up to which people and things of everyday life are told, not counted
FEW = 10  # up to which a number may only point at somebody


def quantities(reading: Reading) -> Iterator[Quantity]:
    """Every figure of the article that counts or measures something."""
    furniture = [(span.start, span.end) for span in reading.article.furniture]
    taken: set[int] = set()
    for numeral in all_numerals(reading.doc):
        start = reading.doc[numeral.start].idx
        if numeral.start in taken or any(first <= start < last for first, last in furniture):
            continue
        figure = _Figure(reading, numeral)
        if figure.stands():
            taken.update(figure.whole_tokens)
            yield figure.claim()


class _Figure:
    """A numeral with the noun it counts or the unit it measures in."""

    def __init__(self, reading: Reading, numeral: Numeral) -> None:
        self.reading = reading
        self.doc: Doc = reading.doc
        self.units: Units = reading.codebook.units
        self.numeral = numeral
        self.root: Token = self.doc.span(numeral.start, numeral.end).root
        self.before = self.doc[numeral.start - 1] if numeral.start else None
        self.after = self.doc[numeral.end] if numeral.end < len(self.doc) else None
        self.of: Value | None = None
        self.whole_tokens: set[int] = set()
        self.counted = self._counted()
        self.unit = self._measure(self.counted) if self.counted is not None else None

    def stands(self) -> bool:
        """Whether it is a figure worth a claim."""
        if any(self.reading.dates.covers(self.doc[i]) for i in range(self.numeral.start, self.numeral.end)):
            return False
        if self.counted is None:
            return self._stands_alone()
        if self._is_numbering() or self._is_designation() or self._is_list_number():
            return False
        return not (self._is_time_or_age() or self._refers(self.counted) or self._lasts(self.counted))

    def _stands_alone(self) -> bool:
        """Whether a number counts what is not repeated: "1,100 of them", "put the number at 900"."""
        if self._is_numbering() or self._is_list_number() or self.numeral.vague:
            return False
        if self.after is not None and self.after.lower_ == "of" and self.after.i + 1 < len(self.doc):
            return self.after.nbor(1).lower_ in THEM
        if self.after is not None and (
            self.after.lower_ in CLOCK or self.after.text in HYPHENS or self.after.text == "%"
        ):
            return False
        verb = self.root.head
        figures = label(self.root) in ("obj", "obl", "nmod") and (verb.pos_ == "VERB" or verb.lower_ in FIGURES)
        large = isinstance(self.numeral.value, int) and self.numeral.value > FEW and not self._may_be_year()
        told = verb.lemma_.lower() in TELLING or verb.lower_ in FIGURES
        return figures and large and told and adposition(self.root) in ("", "at", "to", "from", "of", "as")

    def _may_be_year(self) -> bool:
        return isinstance(self.numeral.value, int) and 1400 < self.numeral.value < 2100

    def claim(self) -> Quantity:
        """The claim: fields shared by all kinds from the counted noun, date and place also from its clause."""
        counted = self.counted or self.root
        first, last = self.doc[self.numeral.start], self.doc[self.numeral.end - 1]
        start, end = first.idx, last.idx + len(last)
        fields = base(self.reading, counted, "quantity", (self.root,), self._layer(counted), (first, last))
        if fields["date"] is None and fields["date_text"] is None:
            fields["date"], fields["date_text"] = self.reading.dates.of(predicate(counted))
        fields |= {"trigger": self.reading.article.text[start:end], "trigger_start": start}
        unit = self.unit or self._counted_unit(counted)
        subject = self._subject(counted) if self.counted is not None else self._meant()
        return Quantity(subject=subject, value=self.numeral.value, unit=unit, of=self.of, **fields)

    # ---------------------------------------------------------------------------------------- what is counted

    def _counted(self) -> Token | None:
        """The noun that the number belongs to: a unit, its head, or what follows "of"."""
        if self.before is not None and self.before.text in self.units.signs and not self.before.whitespace_:
            return self.before
        bound = self._bound_unit()
        if bound is not None:
            return bound
        whole = self._whole()
        if whole is not None:
            return whole
        head = self.root.head
        while label(head) in ("amod", "compound") and head.head.i > head.i:
            head = head.head  # "5,000 precision-guided missiles"
        nominal = head.pos_ in ("NOUN", "PROPN", "SYM") or head.lower_ in self.units.affected
        if label(self.root) in BEFORE_NOUNS and head.i >= self.numeral.end and nominal:
            return self._typed(head)
        return self._next_noun(self.numeral.end)

    def _typed(self, noun: Token) -> Token:
        """ "36 Rafale fighters": what is counted is the noun after the type, even where the parse stops at the type."""
        following = noun
        while (
            following.i + 1 < len(self.doc)
            and following.nbor(1).pos_ in ("PROPN", "NOUN")
            and following.pos_ == "PROPN"
        ):
            following = following.nbor(1)
        return following if following.pos_ == "NOUN" else noun

    def _bound_unit(self) -> Token | None:
        """The unit in "three-day operation", "25-kilometre zone"."""
        end = self.numeral.end
        bound = end + 1 < len(self.doc) and self.doc[end].text in HYPHENS
        return self.doc[end + 1] if bound and self._unit(self.doc[end + 1]) is not None else None

    def _whole(self) -> Token | None:
        """What stands after "of": "twelve of its men", "four of eighteen tanks", of which eighteen is the whole."""
        end = self.numeral.end
        if self.after is None or self.after.lower_ not in ("of", "out", "among"):
            return None
        second = next(numerals(self.doc[end : end + 5]), None)
        if second is not None and not second.vague:
            self.of = second.value
            self.whole_tokens.update(range(second.start, second.end))
            return self._next_noun(second.end)
        nouns = [child for child in children(self.root, "nmod") if child.i > self.root.i and child.pos_ != "PRON"]
        nouns += [inner for noun in nouns for inner in children(noun, "nmod") if noun.i < end]  # "tens of thousands of"
        return next((noun for noun in nouns if noun.i >= end and adposition(noun) in ("of", "out of", "among")), None)

    def _next_noun(self, start: int) -> Token | None:
        """The noun right after a number where the parse does not tell, with nothing but modifiers in between."""
        for word in self.doc[start : start + REACH]:
            if word.lower_ in self.units.affected or self._unit(word) is not None:
                return word
            if word.pos_ in ("NOUN", "PROPN") and label(word) not in ("compound", "amod"):
                return word
            modifies = word.pos_ in ("ADJ", "NOUN", "PROPN") or (word.pos_ == "VERB" and label(word) in ("amod", "acl"))
            if not modifies and word.text not in HYPHENS:
                return None
        return None

    def _measure(self, counted: Token) -> str | None:
        """The unit, squared or cubed where the words say so; null for what is merely counted."""
        unit = self._unit(counted)
        power = {child.lower_ for child in children(counted, "amod", "compound")}
        if unit is not None and power & {"square", "sq", "sq."}:
            return self.units.square.get(unit, unit)
        return self.units.cubic.get(unit, unit) if unit is not None and "cubic" in power else unit

    def _unit(self, noun: Token) -> str | None:
        """The unit that a noun or sign is; null for what is merely counted."""
        word = noun.lower_
        if word in ("cent", "cents") and noun.i and noun.nbor(-1).lower_ == "per":
            return "%"
        return self.units.of(noun.lemma_.lower()) or self.units.of(word)

    def _counted_unit(self, noun: Token) -> str | None:
        designated = noun.i + 1 < len(self.doc) and noun.nbor(1).text in HYPHENS and noun.text.isupper()  # "one F-16"
        if designated or noun.lower_ == "ones" or noun.lower_ in self.units.affected:
            return None
        return {"NOUN": str(noun.lower_), "PROPN": str(noun.text)}.get(noun.pos_)

    # ---------------------------------------------------------------------------------------- what is no figure

    def _is_numbering(self) -> bool:
        """Resolution 1929, No. 1, or part of a person's or organisation's name."""
        first = self.doc[self.numeral.start]
        title = first.is_title and first.is_alpha and not first.is_sent_start and self._follows_words(first)
        return (
            first.ent_type_ in ("PERSON", "ORG")
            or title
            or (self.before is not None and self.before.lower_ in NUMBERING)
        )

    def _follows_words(self, first: Token) -> bool:
        """Whether the number stands inside a clause, where a capital makes it a name: "Three Brothers"."""
        before = first.nbor(-1) if first.i else None
        opening = before is not None and before.is_punct and before.text not in (",", ";")
        return before is not None and not before.is_space and (not opening or before.text in ("“", '"', "‘", "'"))

    def _is_designation(self) -> bool:
        """T-72, Mi-24, three-way: a number bound to a name, or in a hyphenated adjective."""
        before, after, last = self.before, self.after, self.doc[self.numeral.end - 1]
        if before is not None and before.text in HYPHENS and not before.whitespace_ and before.i:
            bound = before.nbor(-1)
            if not bound.whitespace_:
                return bool(bound.text[-1:].isalpha())
        if after is not None and after.text in HYPHENS and not last.whitespace_ and not after.whitespace_:
            chained = after.i + 2 < len(self.doc) and after.nbor(2).text in HYPHENS  # "12-year-old"
            return chained or self._bound_unit() is None
        if self.counted is before:
            return False
        behind = self.root.head.i < self.numeral.start and not adposition(self.root)
        return (
            behind and self.root.pos_ == "NUM" and label(self.root) in ("nummod", "flat", "compound", "appos", "nmod")
        )

    def _is_time_or_age(self) -> bool:
        if ":" in self.doc[self.numeral.end - 1].text:
            return True
        if self.after is None or self.after.lower_ in CLOCK:
            return self.after is not None
        following = [token.lower_ for token in self.doc[self.after.i + 1 : self.after.i + 3]]
        if self.after.lemma_.lower() not in self.units.times or not following:
            return False
        aged = following[0] == "old" or following in (["-", "old"], ["of", "age"])
        return aged or following[0] in ("ago", "later", "earlier", "after", "before")

    def _is_list_number(self) -> bool:
        sentence, inside = self.root.sent, range(self.numeral.start, self.numeral.end)
        if all(token.is_punct or token.is_space or token.i in inside for token in sentence):
            return True
        return self.numeral.start == sentence.start and self.after is not None and self.after.text in (".", ")", ":")

    def _refers(self, counted: Token) -> bool:
        """Whether the number only points to somebody known: "the two countries", "these three men", "one idea"."""
        value, noun = self.numeral.value, counted.lemma_.lower()
        if noun == "time":
            return True
        if self.unit is not None or self.of is not None or not isinstance(value, int) or value > FEW:
            return False
        if isinstance(value, int) and value <= PAIR and noun in self.units.idle:
            return True
        few = noun in self.units.referring
        definite = any(child.lower_ in DEFINITE for child in children(counted, "det", "nmod:poss"))
        alone = value == 1 and noun not in self.units.weapons and not self._suffers(counted)
        return (few and (definite or value == 2)) or alone

    def _lasts(self, counted: Token) -> bool:
        """Whether it is a duration: "for fourteen years", "a three-day operation"."""
        return counted.lemma_.lower() in self.units.times

    # ---------------------------------------------------------------------------------------- what it is about

    def _layer(self, counted: Token) -> Layer | None:
        role, _ = self.reading.mentions.role(counted)
        armed = (role is not None and role.sector in ("MIL", "REB")) or counted.lemma_.lower() in self.units.weapons
        if armed or self._suffers(counted):
            return "military"
        return "economic" if self.unit in self.units.currencies else None

    def _suffers(self, counted: Token) -> bool:
        return counted.lower_ in self.units.affected or counted.head.lemma_ in self.units.losses

    def _meant(self) -> str:
        """What a number without a noun counts: the figure told, or the pronoun after "of"."""
        figures = [word for word in (self.root.head, *self.root.head.children) if word.lower_ in FIGURES]
        if figures:
            return self._phrase(figures[0])
        pointed = self.after is not None and self.after.lower_ == "of"
        return self.after.nbor(1).text if pointed and self.after is not None else self.root.head.text

    def _subject(self, counted: Token) -> str:
        """What is counted or measured, with the participle that says what became of it ("soldiers killed")."""
        if self.unit is None:
            return self._with_fate(counted)
        return self._measured(counted) or self._phrase(counted)

    def _with_fate(self, counted: Token) -> str:
        """The phrase, and what became of those counted: "people killed", "tanks destroyed"."""
        carrier = counted if label(counted) in ("nsubj", "obj") else self.root
        verb, text = carrier.head, self._phrase(counted)
        if counted.lower_ in self.units.affected or verb.pos_ != "VERB" or label(carrier) not in ("nsubj", "obj"):
            return text
        if verb.lemma_ == "die":
            return f"{text} dead"
        for deed in (verb, *children(verb, "xcomp")):  # "were reported killed"
            fate = self.units.fates.get(deed.lemma_)
            undergoes = label(carrier) == "obj" or is_passive(verb) or deed is not verb
            if fate is not None and undergoes and fate not in text:
                return f"{text} {fate}"
        return text

    def _measured(self, unit: Token) -> str | None:
        """What a measure is of: "20 km2 of land", "contracts worth 4.85 billion dollars", "spent … on its army"."""
        contents = (child for child in children(unit, "nmod") if adposition(child) in ("of", "in", "for"))
        inner = next((child for child in contents if child.i > unit.i), None)
        if inner is not None:
            return self._phrase(inner)
        head = unit.head
        if label(unit) in ("appos", "conj") and self._unit(head) is not None:
            return self._measured(head)
        if head.lower_ == "worth":
            nouns = [*children(head, "nsubj"), *(word for word in self.doc[head.i - 1 : head.i] if word.pos_ == "NOUN")]
            return self._phrase((*nouns, head.head)[0])
        if head.pos_ in ("NOUN", "PROPN") and not children(head, "cop"):
            return self._phrase(head) if label(unit) not in ("conj", "parataxis") else None
        return self._done(unit, head)

    def _done(self, unit: Token, verb: Token) -> str | None:
        """The measured thing by its clause: "spent on its armed forces", "given up by Armenian side"."""
        if label(unit) == "obj" and verb.pos_ == "VERB":
            done = " ".join(filter(None, (self.units.done.get(verb.lemma_, verb.lower_), particle(verb))))
            covers = self.reading.dates.covers
            purposes = (child for child in children(verb, "obl") if adposition(child) in ("on", "for"))
            purpose = next((child for child in purposes if not covers(child)), None)
            if purpose is not None:
                return f"{done} {adposition(purpose)} {self._phrase(purpose)}"
            subject = next(iter(children(verb, "nsubj")), None)
            return f"{done} by {self._phrase(subject)}" if subject is not None else done
        things = [child for child in children(verb, "obj", "nsubj") if child.i != unit.i and child.pos_ != "PRON"]
        nearest = [above for above in ancestors(unit) if above.pos_ in ("NOUN", "PROPN")]
        return self._phrase((*things, *nearest)[0]) if things or nearest else None

    def _phrase(self, noun: Token) -> str:
        """The noun phrase without its number and article."""
        doc = self.doc
        start, end = self.reading.mentions.extent(noun)
        if start <= self.numeral.start < noun.i:
            start = self.numeral.end
        elif noun.i < self.numeral.start < end:
            end = noun.i + 1
        while start < noun.i and _is_opening(doc[start]):
            start += 1
        if start < noun.i and doc[start].lemma_.lower() in self.units.times and doc[start - 1].text in HYPHENS:
            start += 1  # "three-day operation"
        phrase = doc.span(start, end)
        return str(phrase.text)


def _is_opening(word: Token) -> bool:
    return word.pos_ in ("DET", "PUNCT", "NUM", "ADV") or word.lower_ in ("about", "some", "than", "of")
