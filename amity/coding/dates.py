"""When it happened: time expressions attached to the predicates they date.

`amity.coding.timex` finds and resolves them; here syntax says what they date. The publication date is never a default:
a predicate that nothing dates has no date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from amity.coding import timex
from amity.coding.syntax import adposition, children, is_past, is_predicate, label, mark
from amity.coding.timex import Anchor, Days, Expression, publication_day

if TYPE_CHECKING:
    from amity.coding.parse import Doc, Span, Token
    from amity.records import Article

Dated = tuple[str | None, str | None]
UNDATED: Dated = (None, None)

# Verbs whose time is not the time of what they tell or want.
SPEECH = frozenset(
    """
    say tell announce report declare state claim warn accuse add note argue write explain deny confirm reveal
    insist believe think know suggest predict expect estimate mention describe recall remember call demand urge
    ask order promise pledge vow threaten want hope plan intend agree decide offer propose invite fear doubt
    consider acknowledge admit allege maintain see show mean imply criticise criticize condemn praise discuss
    support oppose
    """.split()
)
REACTIONS = frozenset(
    """
    accept apologise apologize appeal applaud blame boycott complain concede congratulate decline deplore dismiss
    express hail ignore object protest refuse regret reject renounce respond return thank urge voice veto welcome
    """.split()
)
PROMISING = frozenset("promise pledge offer propose".split())
ASPECT = frozenset(
    """begin start continue stop cease finish resume manage try fail proceed help let make be become remain go
    come""".split()
)
AHEAD = frozenset(
    "expect plan schedule due set intend hope want likely ready order ask agree promise pledge vow offer".split()
)
BOUNDS = frozenset({"before", "after", "until", "till", "prior", "following"})
WRITINGS = frozenset("note letter statement message protest telegram declaration memorandum".split())
MOTIVES = frozenset({"at", "to", "over"})  # "at their invitation", "to the dismay of"
INSTANT = frozenset({"just"})
PROPAGATES = 2  # sentences
OPENING = 5  # words of a sentence within which a date is its frame
STRAYING = frozenset({"parataxis", "appos", "conj", "acl"})  # how parsers hang the main clause on an opening
DATELINE = 600  # characters within which an article may say where and when it was written
_BEFORE_STORY = re.compile(r"\s*(?:\([^)\n]{0,60}\)\s*)?[—–-]+\s")  # "10 May 2016 (Agency) – …"
LASTING = timedelta(days=7)


@dataclass(slots=True)
class TimeExpression:
    """An expression in the text: its token span, the word it depends on, and what it means there."""

    start: int
    end: int
    text: str
    governor: int
    days: Days | None
    strong: bool
    bounded: str = ""  # "since", "before" … in front of it
    ended: bool = False  # what began "since" then is over: "which had been shut since March"

    def dated(self, published: date | None) -> Dated:
        """Date and words as claims carry them."""
        if self.days is None or self.bounded in BOUNDS:
            return None, self.text
        if self.bounded == "since":
            start = self.days.iso().partition("/")[0]
            if published is None or published < self.days.first:
                return None, self.text
            if self.ended:
                return start, self.text
            return f"{start}/{published.year if len(start) == 4 else published.isoformat()}", self.text
        return self.days.iso(), self.text


@dataclass(slots=True)
class Dates:
    """Time expressions of an article and the predicates they date."""

    doc: Doc
    published: date | None
    expressions: list[TimeExpression] = field(default_factory=list)
    _governed: dict[int, list[TimeExpression]] = field(default_factory=dict)
    _clauses: dict[int, list[TimeExpression]] = field(default_factory=dict)  # by the predicate of the clause
    _stated: dict[int, list[TimeExpression]] = field(default_factory=dict)  # by first word of the sentence
    _datelines: set[int] = field(default_factory=set)
    _covered: frozenset[int] = frozenset()
    _memory: dict[int, Dated] = field(default_factory=dict)

    @classmethod
    def find(cls, article: Article, doc: Doc) -> Dates:
        """All time expressions of the article, resolved in the order of the text."""
        dates = cls(doc, publication_day(article.published))
        narrative = story = None
        sentences: dict[int, Span] = {}
        end = 0
        for i in doc.lowers.positions(timex.cue):
            if i >= end:
                sentence = doc[i].sent
                sentences[sentence.start], end = sentence, sentence.end
        told = 0
        for sentence in sentences.values():
            if "\n\n" in doc.text[told : sentence.start_char]:
                story = None
            told = sentence.start_char
            for found in timex.expressions(sentence.text):
                days = dates._add(sentence, found, narrative, story)
                narrative, story = days or narrative, days or story
        dates._covered = frozenset(i for e in dates.expressions for i in range(e.start, e.end)) | dates._datelines
        return dates

    def covers(self, token: Token) -> bool:
        """Whether the word belongs to a time expression."""
        return token.i in self._covered

    def of(self, token: Token) -> Dated:
        """Date (ISO 8601 day, month, year or interval) and time expression of a predicate; both None where undated."""
        known = self._memory.get(token.i)
        if known is None:
            self._memory[token.i] = UNDATED  # a cycle finds nothing
            known = self._memory[token.i] = self._date(token)
        return known

    def uttered(self, token: Token) -> Dated:
        """The date of what is done by saying it: of the saying, where the word itself looks ahead ("said on Friday
        that it will release them")."""
        if not _Tense.of(token, token).future:
            return self.of(token)
        speech = [token.head] if label(token) == "ccomp" else children(token, "parataxis")
        said = next((self.of(verb) for verb in speech if verb.lemma_ in SPEECH), UNDATED)
        return said if said[0] else self.of(token)

    # ------------------------------------------------------------------------------------------ finding

    def _add(self, sentence: Span, found: Expression, narrative: Days | None, story: Days | None) -> Days | None:
        """Keep an expression; the days that it takes the story to, if any."""
        start_char = sentence.start_char + found.start
        span = self.doc.char_span(start_char, sentence.start_char + found.end, alignment_mode="expand")
        if span is None or (found.rule.name == "year" and not _is_year(span)):
            return None
        if start_char < DATELINE and _BEFORE_STORY.match(self.doc.text, span.end_char):
            self._datelines.update(range(span.start, span.end))  # when it was published, not when it happened
            return None
        head = span.root
        governor = _governor(span)
        tense = _Tense.of(governor, head)
        bounded = _bound(span)
        if _recurs(span) or (bounded == "since" and _is_first_since(span)):
            return None
        days = found.days(Anchor(self.published, narrative, story, tense.future, tense.past, tense.perfect))
        if days is None and found.rule.name == "lasting":
            return None  # how long, not when
        expression = TimeExpression(
            span.start, span.end, span.text, governor.i, days, found.rule.strong, bounded, _has_ended(governor)
        )
        self.expressions.append(expression)
        self._governed.setdefault(governor.i, []).append(expression)
        self._clauses.setdefault(_clause(governor).i, []).append(expression)
        self._stated.setdefault(sentence.start, []).append(expression)
        return days if days and found.rule.strong and not bounded and _tells(governor, span) else None

    # ------------------------------------------------------------------------------------------ attaching

    def _date(self, token: Token) -> Dated:
        own = self._own(token)
        if own is not None:
            return own.dated(self.published)
        if self.published and token.pos_ == "VERB" and _is_just(token):
            return self.published.isoformat(), "just"
        return self._above(token) or self._framed(token) or UNDATED

    def _own(self, token: Token) -> TimeExpression | None:
        """The expression that depends on the word, or on its object, where parsers often put it."""
        direct = self._governed.get(token.i, ())
        if not is_predicate(token):
            direct = [e for e in direct if e.bounded != "since"]  # "their first exercise since 2005"
        if direct:
            return _best(direct)
        if token.pos_ == "VERB" and token.lemma_ not in SPEECH:
            for other in children(token, "obj", "obl", "xcomp"):
                inner = [e for e in self._governed.get(other.i, ()) if _is_prepositional(self.doc.span(e.start, e.end))]
                if inner and other.i > token.i and label(other) != "xcomp":
                    return _best(inner)
        if token.pos_ == "VERB":
            return self._at_end(token) or self._before(token) or self._at_edge(token)
        return self._beside(token) if token.pos_ == "NOUN" else None

    def _before(self, verb: Token) -> TimeExpression | None:
        """The expression between subject and verb, where parsers hang it on the subject: "Iran on Tuesday accused"."""
        stated = [e for other in children(verb, "nsubj") for e in self._governed.get(other.i, ()) if other.i < e.start]
        inner = [e for e in stated if e.end == verb.i and _is_prepositional(self.doc.span(e.start, e.end))]
        return _best(inner) if inner else None

    def _at_end(self, verb: Token) -> TimeExpression | None:
        """The expression that closes the verb's object, where parsers hang it: "promised aid and loans in June"."""
        nominal = next(iter(children(verb, "obj")), None)
        if nominal is None or nominal.i < verb.i or verb.lemma_ in SPEECH - PROMISING or not is_past(verb):
            return None
        end = nominal.right_edge.i + 1
        stated = [e for e in self._stated.get(verb.sent.start, ()) if e.end == end and e.start > nominal.i]
        if not stated or not _is_prepositional(self.doc.span(stated[0].start, stated[0].end)):
            return None
        between = self.doc[nominal.i : stated[0].start]
        return None if any(word.pos_ in ("VERB", "AUX") for word in between) else stated[0]

    def _at_edge(self, verb: Token) -> TimeExpression | None:
        """The expression that opens or closes the clause, or follows the verb, whatever noun parsers hang it on:
        "Last Saturday guards of both sides shot", "confirmed her by 383 votes at a ballot in Strasbourg on Tuesday"."""
        found = [e for e in self._clauses.get(verb.i, ()) if e.days and e.strong and not e.bounded]
        return next((e for e in found if self._is_edge(e, verb)), None)

    def _is_edge(self, expression: TimeExpression, verb: Token) -> bool:
        first = self.doc[expression.start]
        before = self.doc[first.i - 1] if first.i > verb.sent.start else first
        opens = first.i - (before.pos_ == "ADP") <= verb.sent.start
        if expression.end <= verb.i:
            return opens
        if first.i <= verb.i or before.lower_ in ("of", "from", "until"):
            return False
        if first.i - verb.i <= 1 + (before.pos_ == "ADP"):
            return True
        after = self.doc[expression.end] if expression.end < len(self.doc) else None
        closes = after is None or after.is_punct or after.is_space or after.pos_ in ("CCONJ", "SCONJ")
        return closes and _is_told(verb)

    def _beside(self, noun: Token) -> TimeExpression | None:
        """The expression right behind a noun and its complements, on which word parsers ever hang it: "the visit of the
        envoy to Baku in 2009"."""
        after = noun.right_edge.i + 1
        stated = self._stated.get(noun.sent.start, ())
        inner = [
            e for e in stated if noun.i < e.start <= after + 1 and _is_prepositional(self.doc.span(e.start, e.end))
        ]
        return _best(inner) if inner else None

    def _above(self, token: Token) -> Dated | None:
        """The date of the clause around the word, where it holds for the word too."""
        head = token.head
        if head.i == token.i:
            return self._narrated(token)
        match label(token):
            case "obj" | "nsubj" | "obl" | "csubj" if not is_predicate(token):
                spoken = head.lemma_ in SPEECH or (label(token) == "obl" and adposition(token) in MOTIVES)
                return None if spoken else self.of(head)
            case "nmod" | "compound" | "appos" | "flat":
                return None
            case "conj":
                return self._shared(token, head)
            case "xcomp":
                return self.of(head) if head.lemma_ in ASPECT else None
            case "acl" | "advcl" if (day := self._day_when(token)) is not None:
                return (day.days.iso() if day.days else None), day.text  # "since 2014, when they left": in 2014
            case "acl" if _tells_in_writing(token):  # "handed over a note in which it accused"
                return self.of(head.head)
            case "advcl" if mark(token) == "to" and head.lemma_ in ASPECT:  # "began on Monday to withdraw"
                return self.of(head)
            case "advcl":
                return self.of(head) if not mark(token) and not children(token, "nsubj") else None
            case "parataxis" if not _is_present(token) and (frame := self._frame(head)) is not None:
                return frame.dated(self.published)
            case "parataxis" | "ccomp":
                # "The troops, he said, had left on Monday": the quoted clause may be the syntactic root or hang below.
                return None
        return None

    def _day_when(self, token: Token) -> TimeExpression | None:
        """The day right before "when" in "on 3 May, when they attacked"."""
        when = next((word for word in children(token, "advmod", "mark") if word.lower_ == "when"), None)
        if when is None or when.i < 2:
            return None
        end = when.i - (self.doc[when.i - 1].text == ",")
        return next((e for e in self._stated.get(token.sent.start, ()) if e.end == end and e.days), None)

    def _shared(self, token: Token, first: Token) -> Dated | None:
        """What a coordinated word inherits: fronted frames, and any date of verbs in the same tense."""
        if not is_predicate(token):
            return self.of(first)
        if _is_present(token) and not _is_present(first):
            return None
        own = self._own(first)
        if own is None:
            return self._above(first) if not children(token, "nsubj") else None
        near = [word for child in token.children for word in (child, *child.children)]
        if any(word.lemma_ == "time" and _is_then(word) for word in near):
            return own.dated(self.published)  # "he visited in May, and they protested at the time"
        fronted = self._frame(first) is not None
        same = token.morph.get("Tense") == first.morph.get("Tense") and not children(token, "nsubj")
        goes_on = is_past(token) and is_past(
            first
        )  # "Lisbon closed its airport on Monday, and Madrid stopped its trains"
        return own.dated(self.published) if fronted or same or goes_on else None

    def _narrated(self, root: Token) -> Dated | None:
        """What the sentences before said of when, while the same story goes on in the same paragraph.

        Only deeds in the simple past inherit, without a frame of their own, over two sentences, days or weeks; what
        another party does that is named anew has a time of its own, and so have reactions.
        """
        if not is_past(root) or self._has_frame(root):
            return None
        apart = root.lemma_ in SPEECH | REACTIONS or _is_named_anew(root)
        sentence = root.sent
        for _ in range(PROPAGATES):
            if sentence.start == 0 or "\n\n" in self.doc.span(sentence.start - 1, sentence.start + 1).text.rstrip(" "):
                return None
            sentence = self.doc[sentence.start - 1].sent
            if apart and len(sentence) > OPENING:  # a shorter one is an opening that the parser cut off
                return None
            before = sentence.root
            own = self._own(before)
            if before.lemma_ in SPEECH or not (own or is_past(before)):
                return None
            if own is not None:
                fits = own.days and own.strong and own.days.last - own.days.first <= LASTING and not own.bounded
                return own.dated(self.published) if fits else None
        return None

    def _framed(self, token: Token) -> Dated | None:
        """The date that opens the sentence, for what is told after it: "November 2014 it was their turn – he left"."""
        if not is_past(token) or token.lemma_ in SPEECH or label(token) not in STRAYING:
            return None
        start = token.sent.start
        stated = self._stated.get(start, ())
        if len(stated) != 1 or stated[0].start - start > OPENING or stated[0].end > token.i or stated[0].bounded:
            return None
        return stated[0].dated(self.published) if stated[0].days and stated[0].strong else None

    def _frame(self, verb: Token) -> TimeExpression | None:
        """The expression in front of the subject: "In 2009 we were close to it: they would have gone"."""
        own = self._own(verb)
        return own if own and own.start < verb.i and own.end <= _first_subject(verb) else None

    def _has_frame(self, root: Token) -> bool:
        subject = _first_subject(root)
        return any(
            other.i < subject and label(other) in ("obl", "advcl") and not _is_anaphoric(other)
            for other in root.children
        )


@dataclass(frozen=True, slots=True)
class _Tense:
    """Where a verb looks."""

    future: bool
    past: bool
    perfect: bool

    @classmethod
    def of(cls, word: Token, expression: Token) -> _Tense:
        verb = word
        for _ in range(6):
            if is_predicate(verb) or verb.head.i == verb.i:
                break
            verb = verb.head
        auxiliaries = {other.lower_ for other in verb.children if label(other) in ("aux", "cop")}
        future = bool(auxiliaries & {"will", "'ll", "’ll", "shall", "wo", "would", "'d", "’d"} - {"have"})
        infinitive = "Inf" in verb.morph.get("VerbForm") or "to" in {o.lower_ for o in children(verb, "mark")}
        if infinitive and not future:
            above = verb.head
            future = (
                above.lemma_ in AHEAD or any(o.lemma_ == "be" for o in children(above, "cop")) or above.lemma_ == "be"
            )
        past = "Past" in verb.morph.get("Tense") or bool(auxiliaries & {"was", "were", "had", "did", "has", "have"})
        planned = bool(auxiliaries & {"was", "were"}) and any(other.lower_ == "to" for other in verb.children)
        future = future or planned  # "was to be handed over"
        future = future or (not past and any(other.lower_ == "by" for other in expression.children))
        perfect = bool(auxiliaries & {"has", "have", "'ve", "’ve"})
        return cls(future=future, past=past and not future, perfect=perfect and not future)


def _tells(governor: Token, span: Span) -> bool:
    """Whether the expression dates what is told, not just a thing in it ("the 1994 agreements")."""
    return is_predicate(governor) or _is_prepositional(span)


def _governor(span: Span) -> Token:
    """The word outside the span that the expression depends on."""
    inside = range(span.start, span.end)
    token = span.root
    while token.head.i in inside and token.head.i != token.i:
        token = token.head
    head = token.head
    # "on the eve of the visit", "the night of 3 March", "the end of the war": the noun around is time as well.
    while head.lemma_ in (
        "night",
        "morning",
        "evening",
        "afternoon",
        "day",
        "end",
        "beginning",
        "start",
        "eve",
        "hour",
    ) and (label(head) in ("obl", "nmod", "advmod") and head.head.i != head.i):
        head = head.head
    return head


def _clause(governor: Token) -> Token:
    """The predicate of the clause that an expression's governor stands in."""
    while not is_predicate(governor) and label(governor) in ("nmod", "obl", "obj", "nsubj", "appos", "conj", "flat"):
        governor = governor.head
    return governor


def _bound(span: Span) -> str:
    """The preposition in front of the expression where it changes the meaning."""
    before = span.doc[span.start - 1] if span.start else None
    if before is None:
        return ""
    word = before.lower_
    if word in ("the", "late", "early", "mid") and span.start > 1:
        word = span.doc[span.start - 2].lower_
    return word if word in BOUNDS or word == "since" else ""


def _recurs(span: Span) -> bool:
    """ "every June", "on a Wednesday": no certain one."""
    return span.start > 0 and span.doc[span.start - 1].lower_ in ("every", "each", "a")


def _is_first_since(span: Span) -> bool:
    """ "the first time since 1814": when it had been before."""
    return any(word.lower_ in ("first", "time") for word in span.doc[max(span.start - 4, 0) : span.start])


def _is_year(span: Span) -> bool:
    """Whether four digits are a year, not a count ("2000 soldiers") or part of a name."""
    token = span.root
    if not token.text.isdigit():
        return True
    head, before = token.head, span.doc[span.start - 1].lower_ if span.start else ""
    if before in (
        "in",
        "since",
        "of",
        "until",
        "by",
        "from",
        "after",
        "before",
        "during",
        "for",
        "early",
        "late",
        "mid",
        "the",
    ):
        plural = "Plur" in head.morph.get("Number") and label(token) == "nummod" and head.i > token.i
        return not plural or before == "the"
    if label(token) in ("nummod", "compound") and head.i > token.i:
        return "Plur" not in head.morph.get("Number")
    return label(token) != "flat" and before not in (
        "no.",
        "number",
        "resolution",
        "some",
        "about",
        "around",
        "nearly",
        "than",
    )


def _best(expressions: list[TimeExpression]) -> TimeExpression:
    """Of several: the first that is resolved, the finest first ("in October on Tuesday the 4th")."""
    resolved = [e for e in expressions if e.days is not None and not e.bounded]
    if not resolved:
        return next((e for e in expressions if e.days is not None), expressions[0])
    return min(resolved, key=lambda e: (((e.days.last - e.days.first).days if e.days else 0), e.start))


def _is_prepositional(span: Span) -> bool:
    """Whether the expression may belong to the verb although it hangs on the noun; "of 1994" may not."""
    before = span.doc[span.start - 1].lower_ if span.start else ""
    return before in ("in", "on", "at", "since", "during", "from", "by", "last", "this") or span[0].lower_ in (
        "last",
        "this",
        "from",
    )


def _has_ended(verb: Token) -> bool:
    """ "had been shut since March", "held since Thursday, was let go": the state is left."""
    helpers = {other.lower_ for other in children(verb, "aux", "cop")}
    return is_predicate(verb) and ("had" in helpers or (label(verb) in ("acl", "advcl") and not helpers))


def _is_told(verb: Token) -> bool:
    """Whether a clause is told in the simple past or the pluperfect."""
    return is_past(verb) or any(other.lower_ == "had" for other in children(verb, "aux"))


def _is_present(verb: Token) -> bool:
    """Whether a clause is told in the present, the present perfect included."""
    return any("Pres" in word.morph.get("Tense") and _is_finite(word) for word in (verb, *children(verb, "aux", "cop")))


def _is_finite(word: Token) -> bool:
    return "Fin" in word.morph.get("VerbForm")


def _is_just(verb: Token) -> bool:
    return any(other.lower_ in INSTANT and label(other) == "advmod" for other in verb.children) and any(
        other.lower_ in ("has", "have", "'ve", "’ve", "had", "'s") for other in children(verb, "aux")
    )


def _first_subject(verb: Token) -> int:
    return min((int(other.i) for other in children(verb, "nsubj", "csubj", "expl")), default=int(verb.i))


def _is_then(phrase: Token) -> bool:
    return {"at", "the"} <= {word.lower_ for word in phrase.children} and not children(phrase, "nmod", "acl")


def _tells_in_writing(verb: Token) -> bool:
    """Whether the clause tells what a paper says that the governing verb hands over: "a note in which it accused"."""
    paper = verb.head
    written = paper.lemma_ in WRITINGS and label(paper) == "obj"
    return written and any(word.lower_ == "which" and children(word, "case") for word in verb.children)


def _is_named_anew(verb: Token) -> bool:
    return any(subject.pos_ == "PROPN" for subject in children(verb, "nsubj"))


def _is_anaphoric(phrase: Token) -> bool:
    return any(other.lower_ in ("this", "that", "these", "those", "same") for other in phrase.children)
