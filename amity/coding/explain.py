"""Why a claim was coded as it is: the words, the rule, the grammar between them, the voices, what else was considered.

Nothing is stored for this: the article is read again, and what the rules see now is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from amity.coding.events import candidates, consider
from amity.coding.events.match import Match
from amity.coding.reading import Reading, read
from amity.coding.syntax import ancestors, children, label, mark
from amity.records import Claim, Event, Quantity, Relation, Structure, Transfer
from amity.records.happening import happenings

if TYPE_CHECKING:
    from spacy import tokens

    from amity.codebook import Codebook
    from amity.codebook.frames import Frame
    from amity.coding.parse import Span, Token
    from amity.records import Actor, Article

MENTIONED = 4  # of the reader's guesses


class Mark(msgspec.Struct, frozen=True):
    """Words of the article, by character offsets, and what they are to the claim: `trigger`, `actor`, `recipient` …"""

    start: int
    end: int
    text: str
    role: str


class Word(msgspec.Struct, frozen=True):
    """A line of the parse: a word, its lemma and part of speech, and what it is (`label`) to its `head`."""

    text: str
    lemma: str
    part_of_speech: str
    label: str
    head: str
    role: str = ""


class Link(msgspec.Struct, frozen=True):
    """A source in the chain, and the word that reports it (`cue`) with what that word lets us think of the content."""

    source: str
    cue: str
    effects: tuple[str, ...]


class Alternative(msgspec.Struct, frozen=True):
    """A rule that could have been applied to the same word, and why it was not."""

    rule: str
    reason: str


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """All that speaks for a claim. `str()` of it is the text that `amity explain` prints."""

    claim: str
    summary: str
    sentence: str
    sentence_start: int
    marks: tuple[Mark, ...]
    rule: str
    rule_words: str
    reader: tuple[str, ...]
    confidence: float | None
    path: tuple[Word, ...]
    chain: tuple[Link, ...]
    status: str
    status_cues: tuple[str, ...]
    date: str
    alternatives: tuple[Alternative, ...]

    def __str__(self) -> str:
        """The explanation as plain text."""
        return "\n".join(_lines(self))


def explain(article: Article, parse: tokens.Doc, codebook: Codebook, claim: Claim) -> Explanation:
    """Explain a claim that was coded from the article; `parse` is the article's parse."""
    reading = read(article, parse, codebook)
    span = reading.doc.char_span(claim.trigger_start, claim.trigger_start + 1, alignment_mode="expand")
    trigger = _trigger(reading, span[0] if span else reading.doc[0], claim)
    sentence = trigger.sent
    marks = tuple(sorted(_marks(claim), key=lambda mark: (mark.start, mark.end)))
    return Explanation(
        claim=claim.id,
        summary=_summary(claim),
        sentence=sentence.text,
        sentence_start=sentence.start_char,
        marks=marks,
        rule=claim.coder.rule,
        rule_words=_rule_words(codebook, claim.coder.rule),
        reader=tuple(_reader(reading, trigger)),
        confidence=claim.confidence,
        path=tuple(_path(sentence, trigger, marks)),
        chain=tuple(_chain(reading, trigger)),
        status=f"{claim.status}, {claim.certainty}",
        status_cues=tuple(_status_cues(reading, trigger)),
        date=_date(article, claim),
        alternatives=tuple(_alternatives(reading, trigger, claim)),
    )


def _trigger(reading: Reading, first: Token, claim: Claim) -> Token:
    """The word that the rule started from: of several trigger words ("launched … attacks") the one with frames."""
    words = set(claim.trigger.replace("…", " ").split())
    inside = [token for token in first.sent if token.text in words and token.i >= first.i]
    part = claim.coder.rule.split("/")[1:2]
    kinds = {"verb": "VERB", "noun": "NOUN", "adjective": "ADJ", "auxiliary": "AUX"}
    wanted = kinds.get(part[0]) if part else None
    return next((token for token in inside if token.pos_ == wanted), first)


def _marks(claim: Claim) -> Iterator[Mark]:
    yield Mark(claim.trigger_start, claim.trigger_start + len(claim.trigger.split(" … ")[0]), claim.trigger, "trigger")
    for role, actors in _parties(claim):
        for actor in actors:
            yield Mark(actor.start, actor.end, actor.text, role)
    for actor in claim.attribution:
        yield Mark(actor.start, actor.end, actor.text, "source")
    if claim.place is not None:
        yield Mark(claim.place.start, claim.place.end, claim.place.text, "place")


def _parties(claim: Claim) -> list[tuple[str, tuple[Actor, ...]]]:
    match claim:
        case Event():
            return [("actor", claim.actors), ("recipient", claim.recipients)]
        case Transfer():
            names = ["supplier"] * (claim.supplier is not None) + ["recipient"] * (claim.recipient is not None)
            return [(name, (party,)) for name, party in zip(names, claim.parties, strict=False)]
        case Relation():
            return [(name, (party,)) for name, party in zip("ab", claim.parties, strict=False)]
        case Structure():
            return [("party", claim.parties)]
    return []


def _summary(claim: Claim) -> str:
    match claim:
        case Event():
            link = " and " if claim.mutual else " → "
            mode = f" ({claim.mode})" if claim.mode else ""
            return f"{claim.type}{mode}: {_names(claim.actors)}{link}{_names(claim.recipients) or 'nobody named'}"
        case Transfer():
            return f"transfer ({claim.mode}): {claim.supplier or '?'} → {claim.recipient or '?'}: {claim.system}"
        case Relation():
            return f"relation ({claim.valence}): {claim.a} and {claim.b}: {claim.label}"
        case Quantity():
            return f"quantity: {claim.subject}: {claim.value} {claim.unit or ''}".rstrip()
        case Structure():
            return f"structure: {claim.subject} {claim.predicate} {claim.object}"
    return f"assessment: {claim.target}: {claim.verdict}"


def _names(actors: tuple[Actor, ...]) -> str:
    return ", ".join(actor.code or actor.text for actor in actors)


def _rule_words(codebook: Codebook, rule: str) -> str:
    """What the rule asks for, as the codebook has it; empty for rules that are not frames."""
    frame = codebook.frames.rules.get(rule.removesuffix(" + will"))
    if frame is None:
        return ""
    if frame.parties:
        where = f"parties: {_roles(frame.parties)}"
    else:
        where = f"actor: {_roles(frame.actor)}; recipient: {_roles(frame.recipient)}"
    asked = [
        f"{name}: {', '.join(sorted(words))}"
        for name, words in (("object", frame.object), ("words near", frame.words), ("needs", frame.needs))
        if words
    ]
    return "; ".join([where, *asked])


def _roles(roles: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(f"{of}.{part}" if part else of for of, part in roles)


def _reader(reading: Reading, trigger: Token) -> Iterator[str]:
    """What the event reader says of the trigger: types, and words for who takes part, with their probabilities."""
    happening = happenings(reading.doc.user_data).get(trigger.i)
    if happening is None:
        return
    yield _likely(happening.types)
    for role, words in (("acting", happening.actors), ("acted upon", happening.recipients)):
        if words:
            yield f"{role}: {_likely({reading.doc[i].text: chance for i, chance in words.items()})}"


def _likely(chances: Mapping[str, float]) -> str:
    ordered = sorted(chances.items(), key=lambda one: -one[1])
    return ", ".join(f"{name} {chance:.2f}" for name, chance in ordered[:MENTIONED])


def _path(sentence: Span, trigger: Token, marks: tuple[Mark, ...]) -> Iterator[Word]:
    """The sentence's words that join the trigger to what is marked, as lines of the parse, in the order of the text."""
    roles = {token.i: mark.role for mark in marks for token in sentence if mark.start <= token.idx < mark.end}
    roles[trigger.i] = "trigger"
    wanted = {trigger.i}
    up = [trigger.i, *(above.i for above in ancestors(trigger))]
    for i in roles:
        line = [i, *(above.i for above in ancestors(sentence.doc[i]))]
        meeting = next((word for word in line if word in up), trigger.i)
        wanted.update(line[: line.index(meeting) + 1] if meeting in line else line)
        wanted.update(up[: up.index(meeting) + 1] if meeting in up else [])
    wanted |= {other.i for i in set(wanted) for other in children(sentence.doc[i], "case", "aux", "mark", "cop")}
    for token in sentence:
        if token.i in wanted:
            head = "" if label(token) == "root" else token.head.text
            yield Word(token.text, token.lemma_, token.pos_, token.dep_, head, roles.get(token.i, ""))


def _chain(reading: Reading, trigger: Token) -> Iterator[Link]:
    for voice in reading.voices.layers(trigger):
        source = voice.source.name or voice.source.text if voice.source is not None else "somebody not named"
        yield Link(source, voice.word.text, voice.effects)


def _status_cues(reading: Reading, trigger: Token) -> Iterator[str]:
    """Words that the status depends on: auxiliaries, negations, and predicates above with what they do to it."""
    factuality, below = reading.codebook.factuality, trigger
    for token in (trigger, *ancestors(trigger)):
        for other in children(token, "aux", "cop", "advmod", "mark", "det"):
            known = other.lower_ in factuality.negations or other.lower_ in factuality.adverbs
            if label(other) in ("aux", "cop") or known or (label(other) == "mark" and other.lower_ in ("if", "unless")):
                yield f"{other.text} ({token.text})"
        if token.i != trigger.i and token.pos_ in ("VERB", "NOUN", "ADJ"):
            yield f"under “{token.text}”" + (f" with “{mark(below)}”" if mark(below) else "")
        below = token


def _date(article: Article, claim: Claim) -> str:
    if claim.date is None:
        return "not told"
    words = f"from “{claim.date_text}”" if claim.date_text else "from the context"
    return f"{claim.date}, {words}, published {article.published or 'on a day unknown'}"


def _alternatives(reading: Reading, trigger: Token, claim: Claim) -> Iterator[Alternative]:
    if not isinstance(claim, Event) or not candidates(reading, trigger):
        return
    for considered in consider(reading, trigger):
        frame, reason = _verdict(considered)
        if frame.rule != claim.coder.rule.removesuffix(" + will"):
            yield Alternative(frame.rule, reason)


def _verdict(considered: Match | tuple[Frame, str]) -> tuple[Frame, str]:
    if isinstance(considered, Match):
        return considered.frame, "fits too, but explains less of the clause"
    return considered


def _lines(told: Explanation) -> Iterator[str]:
    yield f"{told.claim}  {told.summary}"
    yield ""
    yield f"  {_marked(told)}"
    yield ""
    yield f"rule      {told.rule}" + (f" ({told.rule_words})" if told.rule_words else "")
    if told.reader:
        yield f"reader    {'; '.join(told.reader)}"
    if told.confidence is not None:
        yield f"right     with probability {told.confidence:.2f}"
    yield f"status    {told.status}" + (f": {'; '.join(told.status_cues)}" if told.status_cues else "")
    yield f"date      {told.date}"
    links = (f"{link.source} (“{link.cue}”: {', '.join(link.effects) or 'states'})" for link in told.chain)
    yield f"source    {' ← '.join(links) or 'the author'}"
    yield ""
    yield "parse"
    for word in told.path:
        to = f"{word.label} of {word.head}" if word.head else word.label
        yield f"  {word.text:<20} {word.lemma:<18} {word.part_of_speech:<6} {to:<28} {word.role}".rstrip()
    if told.alternatives:
        yield ""
        yield "also considered"
        yield from (f"  {other.rule:<34} {other.reason}" for other in told.alternatives)


def _marked(told: Explanation) -> str:
    """The sentence with its marked words in brackets: "[Iran]actor has [threatened]trigger [Azerbaijan]recipient"."""
    text, shown, place = told.sentence, [], 0
    for here in told.marks:
        start, end = here.start - told.sentence_start, here.end - told.sentence_start
        if place <= start < end <= len(text):
            shown += [text[place:start], f"[{text[start:end]}]{here.role}"]
            place = end
    return " ".join("".join([*shown, text[place:]]).split())
