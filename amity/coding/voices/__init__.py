"""Who says so, by way of whom: for every word of an article the sources that stand between it and the author."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from amity.coding.syntax import adposition, children
from amity.coding.voices.attitudes import attitudes, trimmed
from amity.coding.voices.blocks import agency, dialogue, headline, introduced_source, is_title, outlet_after, passages
from amity.coding.voices.cues import POSSESSIVE, Cue, counted, cues
from amity.coding.voices.quotes import Layout, Quote, Span
from amity.records import Actor

if TYPE_CHECKING:
    from amity.codebook import Codebook
    from amity.codebook.speech import Speech
    from amity.coding.mentions import Mentions
    from amity.coding.parse import Doc, Token
    from amity.records import Article

_NEAR = 14  # tokens between a reporting word and the quotation after it
_FAR = 50  # tokens between a quotation and the reporting word after it, when its subject comes first
_REACH = 400  # tokens within which a reporting word can speak a quotation at all
_FRAGMENT = 6  # tokens of a quotation, marks included, that is only a word or two of somebody's
_MEMORY = 2  # paragraphs over which a pronoun keeps the source of its speaker's last words


@dataclass(frozen=True, slots=True)
class Voice:
    """One source of a stretch of text. `source` is null when nobody is named ("it is said that").

    `word` is the reporting word (or sign), `named` the heads of the noun phrases that name the source there, which a
    pronoun may do; `effects` are what the word lets us think of the content, likeliest first (`reporting.yaml`).
    `content` is what is said there, `carried` what somebody goes on saying whom the source has reported before.
    """

    source: Actor | None
    effects: tuple[str, ...]
    word: Token
    named: tuple[Token, ...]
    content: tuple[Span, ...]
    carried: tuple[Span, ...] = ()
    rank: int = 0


@dataclass(slots=True)
class Voices:
    """The voices of one article, and for every token those that speak it, outermost first."""

    voices: list[Voice]
    layers_of: dict[int, tuple[int, ...]]

    @classmethod
    def find(cls, article: Article, doc: Doc, codebook: Codebook, mentions: Mentions) -> Voices:
        """Read off who says what in an article."""
        voices = _Reader(article, doc, codebook.speech, mentions).read()
        mentions.hear(voices.chain)
        return voices

    def chain(self, token: Token) -> tuple[Actor, ...]:
        """Who says this word, outermost first, without the article's own author."""
        found: list[Actor] = []
        for voice in self.layers(token):
            if voice.source is not None and not any(_same(voice.source, other) for other in found):
                found.append(voice.source)
        return tuple(found)

    def layers(self, token: Token) -> tuple[Voice, ...]:
        """The voices that speak this word, outermost first, unnamed ones included."""
        return tuple(self.voices[index] for index in self.layers_of.get(token.i, ()))


def keep_inside(cue: Cue, quote: Quote) -> None:
    """Who reports within a quotation reports nothing outside it, whatever crossing branches of a parse enclose."""
    if quote.closed and cue.word.i in quote:
        spans = (Span(max(span.start, quote.start), min(span.end, quote.end)) for span in cue.content)
        cue.content = [span for span in spans if len(span)]


def attributions(article: Article, doc: Doc, codebook: Codebook, mentions: Mentions) -> list[Voice]:
    """Every attribution within the sentences of an article, in its order: what is reported, and all attitudes.

    More than `Voices`: those who want, plan, know, favour, oppose or speak of something; and as sources also the author
    and those whom nothing names. Less: no passages that are taken over whole.
    """
    reader = _Reader(article, doc, codebook.speech, mentions)
    mentions.hear(reader.read().chain)
    held = list(attitudes(doc, codebook.speech, reader.reports))
    words = {cue.word.i for cue in held}
    told = [cue for cue in reader.reports if cue.source and cue.content and cue.word.i not in words]
    for quote in reader.quotes:
        for cue in held:
            keep_inside(cue, quote)
    for cue in (*told, *held):
        cue.content = [trimmed(doc, span) for span in cue.content]
    return [reader.voice(cue) for cue in sorted((*told, *held), key=_place)]


def _same(one: Actor, other: Actor) -> bool:
    if one.name and other.name:
        return one.name == other.name
    return (one.start, one.end) == (other.start, other.end)


class _Reader:
    """The passes over one article: paragraphs and quotations, reporting words, who speaks the quotations, passages."""

    def __init__(self, article: Article, doc: Doc, speech: Speech, mentions: Mentions) -> None:
        self.article, self.doc, self.speech, self.mentions = article, doc, speech, mentions
        self.layout = Layout.of(doc, article.text)
        self.text, self.parts, self.quotes = article.text, self.layout.parts, self.layout.quotes
        self.cues: list[Cue] = []
        self.reports: list[Cue] = []  # those within sentences, known once the text is read
        self.by_part: dict[int, list[Cue]] = {}
        for cue in cues(doc, speech):
            self._add(cue)
        self.authors: dict[str, Actor] = {}
        self.actors: dict[int, Actor | None] = {}
        for quote in self.quotes:
            for cue in self._near(quote):
                keep_inside(cue, quote)
        for cue in self.cues:  # in text order, so that "the report" finds its author
            self.resolve(cue)

    def _add(self, cue: Cue) -> None:
        self.cues.append(cue)
        insort(self.by_part.setdefault(self.layout.part_of(cue.word.i), []), cue, key=_place)

    def read(self) -> Voices:
        extra = [
            cue
            for index, part in enumerate(self.parts)
            for cue in headline(self.doc, part, self.by_part.get(index, ()), self.speech)
        ]
        for quote in self.quotes:
            extra += self._title(quote)
        self._speak_quotes()
        outer = [
            *passages(self.layout, self.by_part, self.speech, self.resolve),
            *dialogue(self.layout),
            *agency(self.article, self.layout),
        ]
        self._inherit(self.cues, outer)
        self.reports = [*extra, *self.cues]
        return _layered([self.voice(cue) for cue in (*outer, *self.reports) if cue.content])

    def voice(self, cue: Cue) -> Voice:
        """The voice that a cue gives."""
        content, carried = tuple(cue.content), tuple(cue.carried)
        return Voice(self.resolve(cue), cue.effects, cue.word, tuple(cue.source), content, carried, cue.rank)

    def _title(self, quote: Quote) -> list[Cue]:
        if not is_title(self.doc, quote):
            return []
        found = list(headline(self.doc, quote, self.by_part.get(quote.paragraph, ()), self.speech))
        outlet = outlet_after(self.doc, quote)
        if outlet is not None and outlet.ent_type_ == "ORG":
            found.append(Cue(self.doc[quote.start], ("states",), [outlet], [quote], rank=-1))
        return found

    # -- who speaks ------------------------------------------------------------------------------------------------

    def resolve(self, cue: Cue) -> Actor | None:
        """The actor whom a cue names as its source; null when it names nobody."""
        if not cue.source:
            return None
        key = cue.source[0].i
        if key not in self.actors:
            self.actors[key] = self._actor(cue.source)
        return self.actors[key]

    def _actor(self, source: Sequence[Token]) -> Actor | None:
        head = counted(source[0])
        lemma = head.lemma_.lower()
        if lemma in self.speech.documents and head.pos_ == "NOUN":
            if maker := self._maker(head):
                self.authors[lemma] = maker
                return maker
            if (
                lemma in self.speech.authored
                and lemma in self.authors
                and any(word.lower_ in ("the", "this", "that", "same") for word in head.children)
            ):
                return self.authors[lemma]
        found = [actor for speaker in (head, *_partners(head)) for actor in self.mentions.of(speaker)]
        if len(found) > 1:
            return _together(self.text, found)
        return self._in_full(head, found[0]) if found else self._from_phrase(head)

    def _in_full(self, head: Token, body: Actor) -> Actor:
        """A body with whose it is: "Norway's Defence Ministry", where the mention is only the name."""
        if head.pos_ != "PROPN" or head.ent_type_ == "PERSON" or not body.country or body.start > head.idx:
            return body
        start, _ = _noun_phrase(head)
        first = self.doc[start].idx
        if first >= body.start or not self.mentions.modifiers(head):
            return body
        return msgspec.structs.replace(body, text=self.text[first : body.end], start=first)

    def _maker(self, document: Token) -> Actor | None:
        """Who made a document: "a report by X", "X's study", "a Reuters poll"."""
        for owner in [*children(document, "nmod:poss"), *children(document, "nmod")]:
            if adposition(owner) in POSSESSIVE | {"by", "from"} and (found := self.mentions.of(owner)):
                return found[0]
        found = self.mentions.modifiers(document)
        return found[0] if len(found) == 1 else None

    def _from_phrase(self, head: Token) -> Actor | None:
        """An actor that the codebook does not know, named by its noun phrase."""
        if head.pos_ == "PRON":
            return None
        start, end = _noun_phrase(head)
        if head.pos_ == "PROPN" and head.ent_type_ in ("PERSON", "ORG"):
            name = " ".join(token.text for token in self.doc[start:end] if token.ent_type_ == head.ent_type_)
        else:
            name = None
        first, last = self.doc[start], self.doc[end - 1]
        stop = last.idx + len(last.text)
        return Actor(text=self.text[first.idx : stop], name=name or None, start=first.idx, end=stop)

    # -- whose quotations ------------------------------------------------------------------------------------------

    def _speak_quotes(self) -> None:
        """Give every quotation to the reporting word that speaks it."""
        last: Cue | None = None
        last_part = -9
        for quote in self.quotes:
            here = [cue for cue in self._near(quote) if not _is_inside(cue, quote)]
            speaker = self._following(quote, here) or self._governing(quote, here) or self._beside(quote, here)
            if speaker is None and self._is_speech(quote) and quote.depth == 0:
                speaker = self._continued(quote, here, last, last_part)
            if speaker is None:
                continue
            self._give(quote, speaker, here)
            if quote.depth == 0 and (len(quote) > _FRAGMENT or self._is_speech(quote)):
                last, last_part = speaker, quote.paragraph

    def _near(self, quote: Quote) -> list[Cue]:
        """The reporting words of the paragraph that stand near enough to a quotation to speak it."""
        found = self.by_part.get(quote.paragraph, [])
        first = bisect_left(found, quote.start - _REACH, key=_place)
        return found[first : bisect_left(found, quote.end + _REACH, key=_place)]

    def _give(self, quote: Quote, cue: Cue, here: Iterable[Cue]) -> None:
        """Make a quotation content of the word that speaks it, and of those by way of whom it does.

        A whole sentence that is quoted is all that is said there.
        """
        if cue.word.i >= quote.end and self._starts_anew(quote) and quote.closed and self._begins(cue) <= quote.end + 2:
            cue.content = [span for span in cue.content if span.end <= quote.start and isinstance(span, Quote)]
        cue.content.append(quote)
        for other in here:
            if other is not cue and any(cue.word.i in span for span in other.content):
                other.content.append(quote)

    def _starts_anew(self, quote: Quote) -> bool:
        """Whether a quotation begins a sentence, in a new one or in one that somebody else began."""
        if quote.start == 0 or self.doc[quote.start].is_sent_start:
            return True
        before = self.doc[quote.start - 1].text[-1:]
        return before in ".!?:\n" or (before == "," and self.doc[quote.start + 1].text[0].isupper())

    def _following(self, quote: Quote, here: Iterable[Cue]) -> Cue | None:
        """The word right behind a quotation that stops for it: “…,” he said."""
        if not quote.closed or self.doc[quote.end - 2].text not in (",", "?", "!"):
            return None
        return next((cue for cue in here if self._begins(cue) == quote.end and self._speaks(cue)), None)

    def _governing(self, quote: Quote, here: Iterable[Cue]) -> Cue | None:
        """The word whose grammatical content the quotation is, or shares its beginning or end with."""
        governing = []
        for cue in here:
            for span in cue.content:
                shared = min(span.end, quote.end) - max(span.start, quote.start)
                if shared >= 2 and shared > 0.4 * min(len(quote), 12):
                    governing.append((len(span), cue))
        return min(governing, key=lambda found: (found[0], found[1].word.i))[1] if governing else None

    def _beside(self, quote: Quote, here: Iterable[Cue]) -> Cue | None:
        """The word that stands next to the quotation: “…,” he said · he said: “…”."""
        speaking = [cue for cue in here if self._speaks(cue)]
        last = self.doc[quote.end - 2].text if quote.closed else ""
        ended = last == "."
        for cue in speaking if not ended else ():
            if last in ("?", "!") and any(span.start > cue.word.i for span in cue.content):
                continue
            follows = quote.end <= cue.word.i < quote.end + _FAR and self._begins(cue) <= quote.end + 2
            if follows and self._joined(quote.end, cue.word.i):
                return cue
        before = [cue for cue in speaking if quote.start - _NEAR <= cue.word.i < quote.start]
        if before and quote.start > 0 and self._joined(before[-1].word.i + 1, quote.start):
            opener = self.doc[quote.start - 1]
            if opener.text in (":", ",", "that", "—", "–") or opener.i == before[-1].word.i:
                return before[-1]
        return None

    def _begins(self, cue: Cue) -> int:
        """The first token of the reporting word and its source."""
        return int(min([cue.word.i, *(token.left_edge.i for token in cue.source)]))

    def _speaks(self, cue: Cue) -> bool:
        return cue.word.pos_ == "VERB" and bool(cue.source) and cue.effects[0] not in ("believes", "expects")

    def _joined(self, start: int, end: int) -> bool:
        """Whether nothing but words of one sentence stands between."""
        return not any(token.text in (".", "!", "?", "“", "”", '"') for token in self.doc[start:end])

    def _is_speech(self, quote: Quote) -> bool:
        """Whether a quotation is a sentence that somebody speaks, not a word held at arm's length or a title."""
        tokens = self.doc[quote.start : quote.end]
        if len(tokens) < 5 or is_title(self.doc, quote):
            return False
        before = self.doc[quote.start - 1].text[-1:] if quote.start else "."
        whole = before in '.!?:”"\n…)' or self.doc[quote.start].is_sent_start or quote.continues or not quote.opened
        ends = quote.closed and tokens[-2].text in (".", "!", "?")
        return bool(whole and (ends or any(token.pos_ in ("VERB", "AUX") for token in tokens)))

    def _continued(self, quote: Quote, here: Sequence[Cue], last: Cue | None, last_part: int) -> Cue | None:
        """Who goes on speaking: the last speaker here or in the paragraph before, or whom a colon introduces."""
        if last is not None and (last_part == quote.paragraph or quote.continues):
            nearer = [cue for cue in here if last.word.i < cue.word.i < quote.start and self._speaks(cue)]
            return nearer[-1] if nearer and not quote.continues else last
        before = [cue for cue in here if cue.word.i < quote.start and self._speaks(cue)]
        outer = [cue for cue in before if not any(cue.word.i in span for other in before for span in other.content)]
        if outer:
            return outer[-1]
        if not quote.opened and not quote.continues:
            return None
        at_start = quote.start <= self.parts[quote.paragraph].start + 1
        if at_start and quote.paragraph > 0:
            above = self.by_part.get(quote.paragraph - 1, ())
            introduced = introduced_source(self.layout, quote.paragraph - 1, above, self.speech)
            if introduced is not None:
                self._add(introduced)
                return introduced
            if last is not None and quote.paragraph - last_part == 1:
                return last
            spoken = [cue for cue in above if self._speaks(cue)]
            return spoken[-1] if spoken else None
        return None

    # -- by way of whom --------------------------------------------------------------------------------------------

    def _inherit(self, found: Sequence[Cue], passages: Sequence[Cue]) -> None:
        """A pronoun that goes on speaking keeps the sources by way of whom its speaker was reported before."""
        places = sorted({cue.word.i for cue in found})
        over, held = _holders(found, places), _holders(passages, places)
        spoken: dict[str, tuple[int, int, list[int]]] = {}
        for number, cue in sorted(enumerate(found), key=lambda item: item[1].word.i):
            actor = self.resolve(cue)
            if actor is None or not cue.content:
                continue
            name, part = actor.name or actor.text, self.layout.part_of(cue.word.i)
            outer = sorted(over[cue.word.i] - {number})
            passage = min(held[cue.word.i], default=-1)
            before, within, by_way_of = spoken.get(name, (-9, -1, []))
            if cue.source[0].pos_ == "PRON" and not outer and part - before <= _MEMORY and within == passage:
                outer = by_way_of
                added = [Span(cue.word.i, cue.word.i + 1), *cue.content]
                for other in outer:
                    found[other].carried += added
                    _hold(over, other, added, places)
            spoken[name] = (part, passage, outer)


def _holders(cues: Sequence[Cue], places: Sequence[int]) -> dict[int, set[int]]:
    """For each place the numbers of the cues whose content holds it."""
    over: dict[int, set[int]] = {place: set() for place in places}
    for number, cue in enumerate(cues):
        _hold(over, number, cue.content, places)
    return over


def _hold(over: dict[int, set[int]], number: int, content: Iterable[Span], places: Sequence[int]) -> None:
    for span in content:
        for place in places[bisect_left(places, span.start) : bisect_left(places, span.end)]:
            over[place].add(number)


def _layered(voices: list[Voice]) -> Voices:
    """Lay the voices over the text: the longer stretch is the outer voice."""
    spans = [(span, index) for index, voice in enumerate(voices) for span in (*voice.content, *voice.carried)]
    spans.sort(key=lambda item: (-len(item[0]), voices[item[1]].rank, voices[item[1]].word.i))
    layers: dict[int, tuple[int, ...]] = {}
    for span, index in spans:
        for i in range(span.start, span.end):
            held = layers.get(i, ())
            if index not in held:
                layers[i] = (*held, index)
    return Voices(voices, layers)


def _place(cue: Cue) -> int:
    return int(cue.word.i)


def _is_inside(cue: Cue, quote: Quote) -> bool:
    """Whether the reporting word or its source stands in the quotation itself."""
    return cue.word.i in quote or any(token.i in quote for token in cue.source)


def _partners(head: Token) -> list[Token]:
    """Those who speak together with a speaker: "A and B", joined in one phrase."""
    later = [other for other in children(head, "conj") if other.i > head.i and other.pos_ in ("NOUN", "PROPN")]
    return [
        other for other in later if not any(word.is_quote or word.pos_ == "VERB" for word in head.doc[head.i : other.i])
    ]


def _together(text: str, actors: Sequence[Actor]) -> Actor:
    """Several who speak with one voice."""
    start, end = min(actor.start for actor in actors), max(actor.end for actor in actors)
    countries, sectors = {actor.country for actor in actors}, {actor.sector for actor in actors}
    return Actor(
        text=text[start:end],
        country=countries.pop() if len(countries) == 1 else None,
        sector=sectors.pop() if len(sectors) == 1 else None,
        start=start,
        end=end,
    )


def _noun_phrase(head: Token) -> tuple[int, int]:
    """Tokens of a noun phrase without its article, appositions and clauses."""
    start = head.i
    for other in head.children:
        if other.i < head.i and other.dep_ in ("compound", "amod", "nmod:poss", "nummod", "flat", "nmod", "det"):
            start = min(start, other.left_edge.i)
    while start < head.i and (
        (head.doc[start].pos_ == "DET" and head.doc[start].lower_ in ("the", "a", "an"))
        or head.doc[start].is_punct
        or head.doc[start].is_space
    ):
        start += 1
    end = head.i + 1
    for other in sorted(head.children, key=lambda other: other.i):
        if (
            other.i >= end
            and other.left_edge.i == end
            and (other.dep_ in ("flat", "nmod", "compound") or other.dep_.startswith("flat"))
        ):
            end = other.right_edge.i + 1
    return start, end
