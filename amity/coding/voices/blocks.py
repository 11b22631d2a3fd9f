"""Passages that somebody else speaks without quotation marks: taken-over reports, interviews, headlines, agency copy.

A paragraph that ends with a colon and names a source ("The Wall Street Journal reports:") hands the following
paragraphs to it. The passage ends where the voice changes:

- another passage is introduced, or the page turns to something else than prose;
- a sentence from before the passage is repeated (articles close with their lead);
- the author evaluates ("The notion that …", "it is hard to believe", "there is no evidence that") or says "I" or "we"
  outside quotation marks;
- the text points back at a speaker of the passage as at somebody outside ("the journalist's charge").

After such an interruption the passage resumes with a paragraph whose first words report one of its speakers again,
or "the report" itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from amity.coding.syntax import adposition, children, label
from amity.coding.voices.cues import Cue
from amity.coding.voices.quotes import Layout, Quote, Span

if TYPE_CHECKING:
    from amity.codebook.speech import Speech
    from amity.coding.parse import Doc, Token
    from amity.records import Actor, Article

Resolve = Callable[[Cue], "Actor | None"]
ByPart = Mapping[int, Sequence[Cue]]

_DATELINE = re.compile(r"^[^\n]{0,60}?\((?P<agency>[A-Z][\w. ]{1,30}?)\)\s*(?:[-–—]|--)\s")
_SPEAKER = re.compile(r"^\W{0,3}(?P<name>Q|A|[A-Z][\w.’' -]{1,48}?)\s?(?:\([^)\n]{0,40}\))?\W{0,2}:\W{0,3}\s")
_ANSWER = frozenset({"A", "ANSWER"})
_QUESTION = frozenset({"Q", "QUESTION", "INTERVIEWER"})
_SHORT_HEADLINE = 30
_LONGEST_INTRODUCTION = 60


def passages(layout: Layout, found: ByPart, speech: Speech, resolve: Resolve) -> Iterator[Cue]:
    """Passages taken over from a named source without quotation marks; `found` are the cues of each paragraph."""
    parts = layout.parts
    quoted_from = {quote.start for quote in layout.quotes if quote.depth == 0}
    introductions = {
        index: cue
        for index, following in enumerate(parts[1:])
        if (cue := introduced_source(layout, index, found.get(index, ()), speech))
        and following.start not in quoted_from
    }
    told = _first_told(layout.doc) if introductions else {}
    for (index, cue), limit in zip(introductions.items(), [*introductions, len(parts)][1:], strict=True):
        cue.content += _extent(layout, index + 1, limit, told, found, speech, resolve)
        yield cue


def _first_told(doc: Doc) -> dict[str, int]:
    """Where each sentence of the text, reduced to its words, begins for the first time."""
    return {_normal(sentence.text): sentence.start for sentence in reversed(doc.sents)}


def introduced_source(layout: Layout, index: int, found: Sequence[Cue], speech: Speech) -> Cue | None:
    """Who speaks next, for a paragraph that ends with a colon; null for one that names nobody.

    `found` are the cues of the paragraph.
    """
    doc, part = layout.doc, layout.parts[index]
    last = part.end - 1
    while last > part.start and (doc[last].is_space or doc[last].text in "*_"):
        last -= 1
    if doc[last].text[-1:] != ":":
        return None
    start = max(part.start, doc[last].sent.start, last - _LONGEST_INTRODUCTION)
    within = (quote for quote in layout.quotes_in(index) if start <= quote.start and quote.end <= last)
    title = next((quote for quote in within if is_title(doc, quote)), None)
    if title is not None and (outlet := outlet_after(doc, title)) is not None:
        return Cue(doc[last], ("states",), [outlet])
    for cue in reversed(found):
        if start <= cue.word.i <= last and cue.source and not cue.content:
            return Cue(cue.word, cue.effects, cue.source)
    for token in doc[start:last]:
        if token.lemma_.lower() in speech.documents and token.pos_ == "NOUN":
            owners = [
                *children(token, "nmod:poss"),
                *(other for other in children(token, "nmod") if adposition(other) in ("by", "from", "in", "of")),
            ]
            names = [owner for owner in owners if owner.pos_ == "PROPN"]
            if names:
                return Cue(token, ("states",), names[:1])
    if last - part.start <= 8:
        names = [
            token for token in doc[part.start : last] if token.ent_type_ == "ORG" and token.head.ent_type_ != "ORG"
        ]
        if names:
            return Cue(doc[last], ("states",), names[:1])
    return None


def _extent(
    layout: Layout, first: int, limit: int, told: Mapping[str, int], found: ByPart, speech: Speech, resolve: Resolve
) -> list[Span]:
    """The paragraphs from `first` that the passage holds, interruptions left out."""
    doc, parts = layout.doc, layout.parts
    held = [parts[first]]
    speakers = _speakers(found.get(first, ()), resolve)
    interrupted = False
    for index in range(first + 1, limit):
        part, here = parts[index], found.get(index, ())
        opening = _normal(next(iter(doc.span(part.start, part.end).sents)).text)
        if told.get(opening, part.start) < parts[first].start and len(opening.split()) > 5:
            break
        if _author_returns(layout, index, speech):
            interrupted = True
        elif not interrupted:
            held.append(part)
            speakers |= _speakers(here, resolve)
        elif _resumes(doc, here, speakers, speech, resolve):
            held.append(part)
            interrupted = False
    return held


def _speakers(here: Sequence[Cue], resolve: Resolve) -> set[str]:
    actors = (resolve(cue) for cue in here if cue.source)
    return {actor.name or actor.text for actor in actors if actor is not None}


def _author_returns(layout: Layout, index: int, speech: Speech) -> bool:
    part = layout.parts[index]
    quoted = {i for quote in layout.quotes_in(index) for i in range(quote.start, quote.end)}
    own = [token for token in layout.doc[part.start : part.end] if token.i not in quoted]
    text = " ".join(token.lower_ for token in own if not token.is_space)
    if text.startswith(speech.openers) or any(verdict in text for verdict in speech.verdicts):
        return True
    if any(token.lower_ in speech.persons for token in own):
        return True
    return any(_points_outside(token, speech) for token in own)


def _points_outside(token: Token, speech: Speech) -> bool:
    """ "the journalist's charge": a definite, unnamed person owns a speech act that the text speaks about."""
    if token.lemma_.lower() not in speech.nouns or token.pos_ != "NOUN":
        return False
    return any(
        owner.pos_ == "NOUN"
        and owner.lemma_.lower() in speech.people
        and any(word.lower_ == "the" for word in owner.children)
        for owner in children(token, "nmod:poss")
    )


def _resumes(doc: Doc, here: Sequence[Cue], speakers: set[str], speech: Speech, resolve: Resolve) -> bool:
    cues = [cue for cue in here if cue.source]
    if not cues:
        return False
    first = cues[0]
    if doc[first.word.i].lower_ == "according" and any(
        source.lemma_.lower() in speech.authored for source in first.source
    ):
        return True
    actors = [resolve(cue) for cue in cues[:2]]
    return any(actor is not None and (actor.name or actor.text) in speakers for actor in actors)


def _normal(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def is_title(doc: Doc, quote: Quote) -> bool:
    """Whether a quotation is the title of a work: three words or more, nearly all of them capitalised."""
    words = [token for token in doc[quote.start : quote.end] if token.is_alpha and len(token.text) > 3]
    return len(words) >= 3 and sum(token.text[0].isupper() for token in words) >= 0.8 * len(words)


def outlet_after(doc: Doc, title: Quote) -> Token | None:
    """The outlet that follows a title: “Title,” OUTLET, date."""
    i = title.end
    while i < len(doc) and (
        doc[i].is_space or doc[i].text in (",", "(", "–", "—", "-", "in", "on", "from", "by", "the")
    ):
        i += 1
    inside = [token for token in doc[title.start : title.end] if not token.is_space and not token.is_quote]
    apart = any(not token.is_space for token in doc[title.end : i]) or inside[-1].text == ","
    if i >= len(doc) or not apart:
        return None
    token = doc[i]
    if token.pos_ not in ("PROPN", "X", "NOUN") or not token.text[0].isupper() or token.ent_type_ in ("DATE", "GPE"):
        return None
    while token.head.i != token.i and token.head.i in (token.i + 1, token.i + 2) and token.head.pos_ == "PROPN":
        token = token.head
    return token


def headline(doc: Doc, part: Span, found: Sequence[Cue], speech: Speech) -> Iterator[Cue]:
    """ "Expert: X did Y", "X did Y: report", "X did Y, says minister" in a headline or a title.

    `found` are the cues of its paragraph.
    """
    if len(part) > 2 * _SHORT_HEADLINE:
        return
    tokens = [token for token in doc[part.start : part.end] if not token.is_space and not token.is_quote]
    if part.start == 0 and tokens and tokens[-1].text == ".":
        tokens.pop()  # some papers end their headlines with a full stop
    if not 4 <= len(tokens) <= _SHORT_HEADLINE or tokens[-1].text in (".", "!", ":"):
        return
    marks = [token for token in tokens if token.text in (":", "–", "—", "-") and token not in (tokens[0], tokens[-1])]
    for sign in marks[:1]:
        head = [token for token in tokens if token.i < sign.i]
        if sign.text == ":" and len(head) <= 7 and (speaker := _somebody(head, speech)):
            yield Cue(sign, ("states",), [speaker], [Span(sign.i + 1, tokens[-1].i + 1)])
            return
    for sign in marks[-1:]:
        tail = [token for token in tokens if token.i > sign.i]
        if (
            len(tail) <= 4
            and len(tokens) - len(tail) > 4
            and (speaker := _somebody(tail, speech))
            and not any(token.pos_ == "VERB" for token in tail)
        ):
            yield Cue(sign, ("states",), [speaker], [Span(tokens[0].i, sign.i)])
            return
    for cue in found:
        if cue.word.i in part and cue.source and not cue.content and cue.word.i > tokens[0].i + 3:
            comma = cue.word.i - 1 if doc[cue.word.i - 1].text == "," else cue.source[0].left_edge.i - 1
            if doc[comma].text == "," and tokens[-1].i - comma < 8:
                cue.content.append(Span(tokens[0].i, comma))
                return


def _somebody(tokens: Sequence[Token], speech: Speech) -> Token | None:
    """The head of a phrase that names a person, an organisation or a kind of speaker."""
    heads = [token for token in tokens if token.head not in tokens or token.head.i == token.i]
    for token in heads:
        if token.ent_type_ in ("PERSON", "ORG") or token.lemma_.lower().rstrip("s") in speech.people:
            return token
    return None


def dialogue(layout: Layout) -> Iterator[Cue]:
    """Interviews and transcripts: paragraphs that begin with a speaker's name or with Q and A."""
    doc, parts = layout.doc, layout.parts
    matched = ((index, _SPEAKER.match(layout.words(part))) for index, part in enumerate(parts))
    turns = [(index, found["name"].strip()) for index, found in matched if found]
    names = [name for _, name in turns if any(letter.isalpha() for letter in name)]
    repeated = {name for name, count in Counter(names).items() if count > 1}
    if len(repeated) < 2 and not (
        {name.upper() for name in names} & _ANSWER and {name.upper() for name in names} & _QUESTION
    ):
        yield from _bold_interview(layout)
        return
    turns = [(index, name) for index, name in turns if name in repeated or name.upper() in _ANSWER | _QUESTION]
    guest = interviewee(doc, parts[: turns[0][0]] or parts[:1])
    for (index, name), (after, _) in zip(turns, [*turns[1:], (_end_of_turn(turns), "")], strict=True):
        colon = next(token.i for token in doc[parts[index].start : parts[index].end] if ":" in token.text)
        spans = [Span(colon + 1, parts[index].end), *parts[index + 1 : after]]
        source = [guest] if name.upper() in _ANSWER and guest is not None else []
        if name.upper() not in _ANSWER | _QUESTION:
            source = _heads(doc[parts[index].start : colon])
        yield Cue(doc[colon], ("asks",) if name.upper() in _QUESTION else ("states",), source, spans)


def _end_of_turn(turns: Sequence[tuple[int, str]]) -> int:
    return turns[-1][0] + 1


def _heads(tokens: Iterable[Token]) -> list[Token]:
    words = [token for token in tokens if token.pos_ in ("PROPN", "NOUN")]
    return [word for word in words if word.head not in words or word.head.i == word.i][:1]


def _bold_interview(layout: Layout) -> Iterator[Cue]:
    """Questions as paragraphs of their own, each followed by answers of somebody whom the introduction names."""
    doc, parts = layout.doc, layout.parts
    texts = [layout.words(part).strip(" *_\n") for part in parts]
    asked = [index for index, text in enumerate(texts) if text.endswith("?") and len(text.split()) < 60 and index > 0]
    if len(asked) < 3 or any(after - before > 6 for before, after in pairwise(asked)):
        return
    guest = interviewee(doc, parts[: asked[0]])
    if guest is None:
        return
    for index, after in zip(asked, [*asked[1:], asked[-1] + 2], strict=True):
        yield Cue(doc[parts[index].start], ("asks",), [], [parts[index]])
        spans = list(parts[index + 1 : after])
        if spans:
            yield Cue(doc[parts[index].start], ("states",), [guest], spans)


def interviewee(doc: Doc, introduction: Sequence[Span]) -> Token | None:
    """Who answers: the person whom the introduction says was interviewed or spoken to; else the only person in it."""
    tokens = [token for part in introduction for token in doc[part.start : part.end]]
    people = [token for token in tokens if token.ent_type_ == "PERSON" and token.head.ent_type_ != "PERSON"]
    for token in tokens:
        if token.lemma_.lower() in ("interview", "speak", "talk", "conversation", "sit", "ask"):
            later = [person for person in people if token.i < person.i < token.i + 25]
            earlier = [person for person in people if person.i < token.i and label(person).startswith("nsubj")]
            if later or earlier:
                return (later or earlier)[0]
    return people[0] if len({person.text for person in people}) == 1 else None


def agency(article: Article, layout: Layout) -> Iterator[Cue]:
    """Agency copy in somebody else's paper: a dateline that names an agency which is not the publisher."""
    doc, parts = layout.doc, layout.parts
    for part in parts[:4]:
        found = _DATELINE.match(layout.words(part))
        if found is None:
            continue
        name = found["agency"]
        publisher = f"{article.publisher or ''} {article.author or ''}".casefold()
        if publisher.strip() and name.casefold() not in publisher and publisher.strip() not in name.casefold():
            head = next(token for token in doc[part.start : part.end] if token.text in name.split())
            yield Cue(head, ("states",), [head], [Span(head.i + 2, parts[-1].end)], rank=-9)
        return
