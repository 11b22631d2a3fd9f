"""Claims of kind `quantity`: every figure with what it counts or measures.

A figure needs something counted ("31 soldiers", "four of eighteen tanks") or a unit ("20 km2 of land", "29.4 billion
dollars"). Dates, ages, clock times, scores, ordinals, list numbers, designations (T-72, Resolution 1929) and counts that
only refer ("the two countries") are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from amity.coding.drafts import base
from amity.coding.numerals import Numeral, number, numerals
from amity.coding.syntax import adposition, ancestors, children, is_passive, label, particle, predicate
from amity.records import Quantity

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from amity.coding.reading import Reading
    from amity.records import Layer, Value

__all__ = ["number", "quantities"]

# Units as claims carry them, by the words of the text (lemmas, lower case).
UNITS = {
    **dict.fromkeys(("km", "kms", "kilometre", "kilometer"), "km"), **dict.fromkeys(("km2", "km²", "sq", "sqkm", "sq."), "km2"),
    **dict.fromkeys(("mile",), "miles"), **dict.fromkeys(("metre", "meter"), "m"), **dict.fromkeys(("hectare", "ha"), "ha"),
    **dict.fromkeys(("acre",), "acres"), **dict.fromkeys(("tonne", "ton", "tons"), "t"), **dict.fromkeys(("kg", "kilogram", "kilo", "kilogramme"), "kg"),
    **dict.fromkeys(("mw", "megawatt"), "MW"), **dict.fromkeys(("gw", "gigawatt"), "GW"), **dict.fromkeys(("kw", "kilowatt"), "kW"),
    **dict.fromkeys(("barrel",), "barrels"), **dict.fromkeys(("litre", "liter"), "l"), **dict.fromkeys(("bcm",), "bcm"),
    **dict.fromkeys(("knot",), "knots"), **dict.fromkeys(("foot", "feet", "ft"), "ft"), **dict.fromkeys(("percent", "%", "pct"), "%"),
    **dict.fromkeys(("point",), "points"), **dict.fromkeys(("degree",), "degrees"),
}  # fmt: skip
SQUARED = {"km": "km2", "miles": "square miles", "m": "m2"}
CUBED = {"km": "km3", "m": "m3"}
CURRENCIES = {
    "$": "USD", "us$": "USD", "dollar": "USD", "€": "EUR", "euro": "EUR", "£": "GBP", "pound": "GBP", "yen": "JPY", "¥": "JPY", "yuan": "CNY", "renminbi": "CNY",
    "rouble": "RUB", "ruble": "RUB", "rupee": "rupees", "lira": "lira", "franc": "francs", "shekel": "ILS", "manat": "manat", "dram": "AMD", "rial": "rials",
    "riyal": "riyals", "dinar": "dinars", "won": "KRW", "peso": "pesos", "krona": "kronor", "₽": "RUB", "₹": "INR", "₪": "ILS", "₺": "TRY", "₴": "UAH",
    "hryvnia": "UAH", "birr": "ETB", "dirham": "dirhams", "rand": "ZAR", "cent": "cents", "eur": "EUR", "usd": "USD", "gbp": "GBP", "zloty": "PLN", "baht": "THB",
}  # fmt: skip
SIGNS = frozenset("$ € £ ¥ ₽ ₹ ₪ ₺ ₴ US$ A$ C$ USD EUR GBP".split())
TIMES = frozenset("second minute hour day night week month year decade century".split())
REFERRING = frozenset(
    "country state nation side party government neighbour neighbor man woman leader president minister other army power force ally brother capital".split()
)
HYPHENS = frozenset({"-", "–", "‑"})
BEFORE_NOUNS = frozenset({"nummod", "det", "amod", "compound", "advmod", "nmod", "obl"})  # labels of numbers that count
AFFECTED = frozenset(
    {"dead", "killed", "wounded", "injured", "missing", "captured", "arrested", "displaced", "detained", "hurt"}
)
LOSSES = frozenset("kill wound injure die destroy shoot lose down capture bomb".split())
WEAPONS = frozenset(
    """missile tank drone aircraft jet fighter helicopter rocket warship ship vehicle gun battery launcher howitzer mortar
    bomb warhead submarine frigate plane warplane shell carrier system airplane bomber artillery""".split()
)
DONE = {"take": "taken", "give": "given", "hold": "held", "win": "won", "fall": "fallen", "grow": "grown"}
# What can become of people and things counted, as the subject of the claim says it.
FATES = {
    **{verb: f"{verb}ed" for verb in ("kill", "wound", "destroy", "arrest", "detain", "deploy", "deliver", "order", "launch", "down", "return")},
    **{verb: f"{verb}d" for verb in ("injure", "capture", "seize", "displace", "evacuate", "damage", "fire", "release", "expel", "execute")},
    "shoot": "shot down", "lose": "lost", "sell": "sold", "buy": "bought", "expel": "expelled", "hijack": "hijacked",
    "withdraw": "withdrawn", "station": "stationed", "supply": "supplied",
}  # fmt: skip


def quantities(reading: Reading) -> Iterator[Quantity]:
    """Every figure of the article that counts or measures something."""
    furniture = [(span.start, span.end) for span in reading.article.furniture]
    taken: set[int] = set()
    for numeral in numerals(reading.doc):
        first = reading.doc[numeral.start]
        if (
            numeral.start in taken
            or any(start <= first.idx < end for start, end in furniture)
            or _is_no_figure(reading, numeral)
        ):
            continue
        figure = _Figure(reading, numeral)
        if figure.counted is not None and not figure.refers() and not figure.lasts():
            taken.update(figure.whole_tokens)
            yield figure.claim()


class _Figure:
    """A numeral with the noun it counts or the unit it measures in."""

    def __init__(self, reading: Reading, numeral: Numeral) -> None:
        self.reading = reading
        self.numeral = numeral
        self.root = reading.doc[numeral.start : numeral.end].root
        self.value: Value = numeral.value
        self.of: Value | None = None
        self.whole_tokens: set[int] = set()
        self.unit: str | None = None
        self.counted = self._counted()
        if self.counted is not None:
            self._measure(self.counted)

    # ---------------------------------------------------------------------------------------- finding

    def _counted(self) -> Token | None:
        """The noun that the number belongs to: its head, or what follows "of"."""
        root, doc = self.root, self.reading.doc
        sign = doc[self.numeral.start - 1] if self.numeral.start else None
        if sign is not None and sign.text in SIGNS and not sign.whitespace_:
            self.unit = CURRENCIES.get(sign.lower_, sign.text)
            return sign
        bound = _bound_unit(doc, self.numeral)
        if bound is not None:
            return bound
        whole = self._whole()
        if whole is not None:
            return whole
        head = root.head
        while label(head) in ("amod", "compound") and head.head.i > head.i:
            head = head.head  # "5,000 precision-guided missiles"
        if label(root) in BEFORE_NOUNS and head.i >= self.numeral.end:
            if head.pos_ in ("NOUN", "PROPN", "SYM") or head.lower_ in AFFECTED:
                return head
        return _next_noun(doc[self.numeral.end : self.numeral.end + 7])

    def _whole(self) -> Token | None:
        """What stands after "of": "twelve of its servicemen", "four of eighteen tanks", of which eighteen is the whole."""
        doc, end = self.reading.doc, self.numeral.end
        if end + 1 >= len(doc) or doc[end].lower_ not in ("of", "out", "among"):
            return None
        second = next(numerals(doc[end : end + 5]), None)
        if second is not None and not second.vague:
            self.of = second.value
            self.whole_tokens.update(range(second.start, second.end))
            return _next_noun(doc[second.end : second.end + 6])
        nouns = [c for c in children(self.root, "nmod") if c.i > self.root.i and c.pos_ != "PRON"]
        nouns += [inner for c in nouns for inner in children(c, "nmod") if c.i < end]  # "tens of thousands of Jews"
        return next((c for c in nouns if c.i >= end and adposition(c) in ("of", "out of", "among")), None)

    def _measure(self, counted: Token) -> None:
        """Unit and, for measures, what is measured."""
        if self.unit is None:
            self.unit = _unit(counted)
        if self.unit in SQUARED and any(
            c.lower_ in ("square", "sq", "sq.") for c in children(counted, "amod", "compound")
        ):
            self.unit = SQUARED[self.unit]
        elif self.unit in CUBED and any(c.lower_ == "cubic" for c in children(counted, "amod")):
            self.unit = CUBED[self.unit]

    def refers(self) -> bool:
        """Whether the number only points to somebody known: "the two countries", "these three men"."""
        counted = self.counted
        if counted is not None and counted.lemma_ == "time":
            return True
        if counted is None or self.unit is not None or self.of is not None:
            return False
        if self.numeral.vague or not isinstance(self.value, int) or self.value > 10:
            return False
        definite = any(
            c.lower_ in ("the", "these", "those", "both", "our", "their", "its")
            for c in children(counted, "det", "nmod:poss")
        )
        few = counted.lemma_.lower() in REFERRING
        alone = self.value == 1 and counted.lemma_.lower() not in WEAPONS and not self._suffers(counted)
        return (definite and few) or (few and self.value == 2) or alone

    def lasts(self) -> bool:
        """Whether it is a duration of nothing that is named: "for fourteen years"."""
        counted = self.counted
        if counted is None or counted.lemma_.lower() not in TIMES:
            return False
        named = (
            label(counted) in ("nmod", "compound", "nummod", "amod")
            and counted.head.pos_ == "NOUN"
            and counted.head.lemma_ not in TIMES
        )
        return not named and not any(adposition(c) == "of" for c in children(counted, "nmod"))

    # ---------------------------------------------------------------------------------------- telling

    def claim(self) -> Quantity:
        """The claim: fields shared by all kinds from the counted noun, date and place also from its clause."""
        reading, counted = self.reading, self.counted or self.root
        first, last = reading.doc[self.numeral.start], reading.doc[self.numeral.end - 1]
        start, end = first.idx, last.idx + len(last)
        fields = base(reading, counted, "quantity", (self.root,), self._layer(counted), (first, last))
        if fields["date"] is None and fields["date_text"] is None:
            fields["date"], fields["date_text"] = reading.dates.of(predicate(counted))
        fields |= {"trigger": reading.article.text[start:end], "trigger_start": start}
        unit = self.unit or (None if counted.lower_ in ("ones", *AFFECTED) else _counted_unit(counted))
        return Quantity(subject=self._subject(counted), value=self.value, unit=unit, of=self.of, **fields)

    def _layer(self, counted: Token) -> Layer | None:
        role, _ = self.reading.mentions.role(counted)
        if (role and role.sector in ("MIL", "REB")) or counted.lemma_.lower() in WEAPONS or self._suffers(counted):
            return "military"
        return "economic" if self.unit in CURRENCIES.values() else None

    def _suffers(self, counted: Token) -> bool:
        return counted.lower_ in AFFECTED or counted.head.lemma_ in LOSSES

    def _subject(self, counted: Token) -> str:
        """What is counted or measured, with the participle that says what became of it ("soldiers killed")."""
        if self.unit is None or (_unit(counted) is None and counted is not self.root):
            return self._with_fate(counted)
        return self._measured(counted) or self._phrase(counted)

    def _measured(self, unit: Token) -> str | None:
        """What a measure is of: "20 km2 of land", "contracts worth 4.85 billion dollars", "spent … on its army"."""
        inner = next((c for c in children(unit, "nmod") if adposition(c) in ("of", "in", "for") and c.i > unit.i), None)
        if inner is not None:
            return self._phrase(inner)
        head = unit.head
        if label(unit) in ("appos", "conj") and _unit(head) is not None:
            return self._measured(head)
        if head.lower_ == "worth":
            bearer = next(iter(children(head, "nsubj")), head.head)
            return self._phrase(bearer)
        if head.pos_ in ("NOUN", "PROPN") and not children(head, "cop"):
            return self._phrase(head) if label(unit) not in ("conj", "parataxis") else None
        return self._done(unit, head)

    def _done(self, unit: Token, verb: Token) -> str | None:
        """The measured thing by its clause: "spent on its armed forces", "given up by the Armenian side"."""
        if label(unit) == "obj" and verb.pos_ == "VERB":
            purpose = next(
                (
                    c
                    for c in children(verb, "obl")
                    if adposition(c) in ("on", "for") and not self.reading.dates.covers(c)
                ),
                None,
            )
            if purpose is not None:
                return f"{verb.lower_} {adposition(purpose)} {self._phrase(purpose)}"
            done = " ".join(filter(None, (DONE.get(verb.lemma_, verb.lower_), particle(verb))))
            subject = next(iter(children(verb, "nsubj")), None)
            return f"{done} by {self._phrase(subject)}" if subject is not None else done
        things = [c for c in children(verb, "obj", "nsubj") if c.i != unit.i and c.pos_ != "PRON"]
        nearest = next((above for above in ancestors(unit) if above.pos_ in ("NOUN", "PROPN")), None)
        return self._phrase(things[0]) if things else self._phrase(nearest) if nearest is not None else None

    def _with_fate(self, counted: Token) -> str:
        """The phrase, and what became of those counted: "people killed", "tanks destroyed"."""
        carrier = counted if label(counted) in ("nsubj", "obj") else self.root
        verb, text = carrier.head, self._phrase(counted)
        if counted.lower_ in AFFECTED or verb.pos_ != "VERB" or label(carrier) not in ("nsubj", "obj"):
            return text
        if verb.lemma_ == "die":
            return f"{text} dead"
        for fate in (verb, *children(verb, "xcomp")):  # "were reported killed"
            undergoes = label(carrier) == "obj" or is_passive(verb) or fate is not verb
            if fate.lemma_ in FATES and undergoes and FATES[fate.lemma_] not in text:
                return f"{text} {FATES[fate.lemma_]}"
        return text

    def _phrase(self, noun: Token) -> str:
        """The noun phrase without its number and article."""
        doc = self.reading.doc
        start, end = self.reading.mentions.extent(noun)
        if start <= self.numeral.start < noun.i:
            start = self.numeral.end
        elif noun.i < self.numeral.start < end:
            end = noun.i + 1
        while start < noun.i and (
            doc[start].pos_ in ("DET", "PUNCT", "NUM", "ADV") or doc[start].lower_ in ("about", "some", "than", "of")
        ):
            start += 1
        if start < noun.i and doc[start].lemma_.lower() in TIMES and doc[start - 1].text in HYPHENS:
            start += 1  # "three-day operation"
        return doc[start:end].text


def _counted_unit(noun: Token) -> str | None:
    return {"NOUN": noun.lower_, "PROPN": noun.text}.get(noun.pos_)


def _bound_unit(doc: Doc, numeral: Numeral) -> Token | None:
    """The unit in "three-day operation", "25-kilometre zone"."""
    end = numeral.end
    if end + 1 < len(doc) and doc[end].text in HYPHENS and _unit(doc[end + 1]) is not None:
        return doc[end + 1]
    return None


def _next_noun(words: Span) -> Token | None:
    """The noun right after a number where the parse does not tell, with nothing but modifiers in between."""
    for word in words:
        if word.lower_ in AFFECTED or _unit(word) is not None:
            return word
        if word.pos_ in ("NOUN", "PROPN") and label(word) not in ("compound", "amod"):
            return word
        if word.pos_ not in ("ADJ", "NOUN", "PROPN", "VERB") and word.text not in HYPHENS:
            return None
        if word.pos_ == "VERB" and label(word) not in ("amod", "acl"):
            return None
    return None


def _unit(noun: Token) -> str | None:
    """The unit that a noun or sign is; durations keep their word; null for what is merely counted."""
    word, lemma = noun.lower_, noun.lemma_.lower()
    if word in ("cent", "cents") and noun.i and noun.nbor(-1).lower_ == "per":
        return "%"
    if lemma in TIMES:
        return f"{lemma}s"
    return UNITS.get(lemma) or UNITS.get(word) or CURRENCIES.get(lemma) or CURRENCIES.get(word)


def _is_no_figure(reading: Reading, numeral: Numeral) -> bool:
    """Whether the number is part of a date, name, age, clock time or list, or only numbers something."""
    doc = reading.doc
    if any(reading.dates.covers(doc[i]) for i in range(numeral.start, numeral.end)):
        return True
    first, last = doc[numeral.start], doc[numeral.end - 1]
    before = doc[first.i - 1] if first.i else None
    after = doc[last.i + 1] if last.i + 1 < len(doc) else None
    if first.ent_type_ in ("PERSON", "ORG") or (
        before is not None
        and before.lower_ in ("no.", "number", "nr.", "nº", "#", "article", "resolution", "chapter", "page")
    ):
        return True
    return (
        _is_designation(first, last, before, after)
        or _is_time_or_age(last, after)
        or _is_list_number(first, last, after)
    )


def _is_designation(first: Token, last: Token, before: Token | None, after: Token | None) -> bool:
    """T-72, Mi-24, Resolution 1929, three-way: a number bound to a name, or a hyphenated adjective."""
    if (
        before is not None
        and before.text in HYPHENS
        and not before.whitespace_
        and before.i
        and not first.doc[before.i - 1].whitespace_
    ):
        return first.doc[before.i - 1].text[-1:].isalpha()
    if (
        after is not None
        and after.text in HYPHENS
        and not last.whitespace_
        and not after.whitespace_
        and after.i + 1 < len(first.doc)
    ):
        return _unit(after.nbor(1)) is None or (after.i + 2 < len(first.doc) and after.nbor(2).text in HYPHENS)
    if before is not None and before.text in SIGNS:
        return False
    root = first.doc[first.i : last.i + 1].root
    return (
        root.pos_ == "NUM"
        and label(root) in ("nummod", "flat", "compound", "appos", "nmod")
        and root.head.i < first.i
        and not adposition(root)
    )


def _is_time_or_age(last: Token, after: Token | None) -> bool:
    if ":" in last.text:
        return True
    if after is None:
        return False
    if after.lower_ in ("am", "pm", "a.m.", "p.m.", "gmt", "utc", "o'clock", "o’clock"):
        return True
    if after.lemma_.lower() in TIMES:
        following = [token.lower_ for token in after.doc[after.i + 1 : after.i + 3]]
        return bool(following) and (
            following[0] in ("old", "ago", "later", "earlier", "after", "before")
            or following == ["-", "old"]
            or following == ["of", "age"]
        )
    return False


def _is_list_number(first: Token, last: Token, after: Token | None) -> bool:
    sentence = first.sent
    alone = all(token.is_punct or token.is_space or first.i <= token.i <= last.i for token in sentence)
    return alone or (
        first.i == sentence.start and after is not None and after.text in (".", ")", ":") and len(sentence) > 2
    )
