"""Annotated passages written in the notation of `amity.evaluation.notation`, so that its reader gives them back.

Each line is read as soon as it is written; of the ways to write a quotation or a mention, the first that gives the same
claim is kept. What the notation has no field for (layer, confidence, coder, coordinates) is not written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec

from amity.errors import InputError
from amity.evaluation.notation import Line, Passage, Speech, occurrences, parse
from amity.records import (
    Actor,
    Assessment,
    Claim,
    Coder,
    Event,
    Interval,
    Place,
    Quantity,
    Relation,
    Structure,
    Transfer,
)
from amity.records.claim import Value

WORDS = 6
"""Words on either side of the gap in a quotation, at most."""


def written(passage: Passage) -> str:
    """The passage in the notation: reading it gives an equal one, but for what the notation has no field for.

    Raises:
        InputError: where the text holds lines that the notation takes for its own, or a claim cannot be written.
    """
    if not _fits(passage.text):
        raise InputError(passage.id, "its text holds lines that the notation takes for its own")
    lines = [*(_told(claim, passage) for claim in passage.claims), *_spoken(passage)]
    return "\n".join([f"=== {passage.id}", *_head(passage), "", passage.text, "---", *lines, ""])


def _fits(text: str) -> bool:
    """Whether a text survives between a head and a line of dashes."""
    try:
        return [passage.text for passage in parse(f"=== a\n\n{text}\n---\n")] == [text]
    except InputError:
        return False


def told(claim: Claim, text: str) -> str | None:
    """The line of a claim; null when the notation cannot tell it, say for a party whom the text does not name."""
    wanted = plain(claim)
    return next((line for line in _lines(wanted, text) if _reads(line, text, claim.article) == wanted), None)


def plain(claim: Claim) -> Claim:
    """The claim without what the notation has no field for."""
    place = claim.place and Place(
        text=claim.place.text, country=claim.place.country, start=claim.place.start, end=claim.place.end
    )
    bare = msgspec.structs.replace(
        claim,
        id="",
        source=None,
        sentence=None,
        date_text=None,
        place=place,
        layer=None,
        confidence=None,
        coder=Coder(),
    )
    return msgspec.structs.replace(bare, contexts=(), intensity=None) if isinstance(bare, Event) else bare


def _told(claim: Claim, passage: Passage) -> str:
    line = told(claim, passage.text)
    if line is None:
        raise InputError(passage.id, f"the notation cannot tell the {claim.kind} {claim.quote!r}")
    return line


def _head(passage: Passage) -> Iterator[str]:
    for key, value in passage.about.items():
        yield f"{key}: {' '.join(value.split())}"


def _spoken(passage: Passage) -> Iterator[str]:
    for speech in passage.speech:
        line = next((one for one in _says(speech, passage.text) if _reads(one, passage.text, "") == speech), None)
        if line is None:
            raise InputError(passage.id, f"the notation cannot tell who speaks at {speech.content}")
        yield line


def _reads(line: str, text: str, article: str) -> Claim | Speech | None:
    """What the reader makes of a line; null where it finds fault."""
    try:
        return Line(line, text).record(article) if line.splitlines() == [line] else None
    except ValueError:
        return None


def _says(speech: Speech, text: str) -> Iterator[str]:
    start, end = speech.content
    cue = text[slice(*speech.cue)]
    for quote in _quotes(text, start, end):
        by = _mention(speech.source, text, start, end)
        for trigger in _triggers(text, cue, speech.cue[0], 0, len(text)):
            yield f"says | {trigger} | by {by} | {quote}"


def _lines(claim: Claim, text: str) -> Iterator[str]:
    """Ways to write a claim, simple ones first."""
    start, end = claim.start, claim.end
    common = [
        _field("status", claim.status if claim.status != "occurred" else None),
        _field("cert", claim.certainty if claim.certainty != "certain" else None),
        _field("said", " > ".join(_mention(voice, text, start, end) for voice in claim.attribution)),
        _field("date", claim.date),
        _field("place", _place(claim.place, text, start, end) if claim.place else None),
    ]
    for quote in _quotes(text, start, end):
        for trigger in _triggers(text, claim.trigger, claim.trigger_start, start, end):
            for head, fields in _contents(claim, text):
                yield " | ".join(filter(None, [head, trigger, *fields, *common, quote]))


def _contents(claim: Claim, text: str) -> Iterator[tuple[str, list[str | None]]]:
    """Heads and fields that may tell what is claimed."""

    def mentions(actors: Iterable[Actor]) -> str:
        return " + ".join(_mention(actor, text, claim.start, claim.end) for actor in actors)

    match claim:
        case Event():
            head = f"event {claim.type}{f'/{claim.mode}' if claim.mode else ''}"
            sides = [_field("by", mentions(claim.actors)), _field("to", mentions(claim.recipients))]
            yield head, [*sides, "mutual" if claim.mutual else None]
        case Transfer():
            goods = [
                _field("n", _figure(claim.quantity)),
                _field("what", claim.system),
                _field("cat", claim.category),
            ]
            for split in range(len(claim.parties) + 1):
                sides = [_field("from", mentions(claim.parties[:split])), _field("to", mentions(claim.parties[split:]))]
                yield f"transfer {claim.mode}", [*sides, *goods]
        case Relation() if len(claim.parties) == 2:
            a, b = (mentions([party]) for party in claim.parties)
            yield f"relation {claim.valence}", [f"a {a}", f"b {b}", _field("label", claim.label)]
        case Quantity():
            whole, value = _field("whole", _figure(claim.of)), f"value {_figure(claim.value)}"
            yield "quantity", [f"of {claim.subject}", value, _field("unit", claim.unit), whole]
        case Structure():
            named = [mentions([party]) for party in claim.parties]
            for ends in (named, [*named, claim.object], [claim.subject, *named], [claim.subject, claim.object]):
                if len(ends) == 2:
                    yield f"structure {claim.predicate}", [f"s {ends[0]}", f"o {ends[1]}"]
        case Assessment():
            yield "assessment", [f"target {claim.target}", _field("hedges", " + ".join(claim.hedges))]


def _quotes(text: str, start: int, end: int) -> Iterator[str]:
    """Ways to quote a stretch: whole, else from its first words to its last."""
    words = text[start:end]
    for form in chain([words], _gaps(words)):
        first = form.split(" … ")[0]
        times = sum(text.startswith(first, spot) for spot in range(start + 1))
        yield f'"{form}"'
        if times > 1:
            yield f'"{form}#{times}"'


def _gaps(words: str) -> Iterator[str]:
    """`a … b` with few words on either side, so that no line ends within."""
    parts = words.split()
    for size in range(1, min(WORDS, len(parts) // 2) + 1):
        yield f"{' '.join(parts[:size])} … {' '.join(parts[-size:])}"
    for size in range(2, min(4 * WORDS, len(parts) - 1) + 1):
        yield f"{parts[0]} … {' '.join(parts[-size:])}"


def _triggers(text: str, words: str, start: int, low: int, high: int) -> Iterator[str]:
    """Ways to write a trigger: the words alone, else which time they stand there."""
    yield words
    spots = list(occurrences(text, words.split(" … ")[0].split("…")[0].strip(), low, high))
    if start in spots:
        yield f"{words}#{spots.index(start) + 1}"


def _mention(actor: Actor, text: str, start: int, end: int) -> str:
    """The words of a mention with its code, and which time they stand in the text unless it is the nearest."""
    return f"{_words(actor.text, actor.start, text, start, end)} ={_code(actor)}"


def _place(place: Place, text: str, start: int, end: int) -> str:
    return f"{_words(place.text, place.start, text, start, end)} ={place.country or '?'}"


def _words(words: str, at: int, text: str, start: int, end: int) -> str:
    spots = list(occurrences(text, words, 0, len(text)))
    if at not in spots:
        return words
    nearest = min(spots, key=lambda spot: _distance(spot, len(words), start, end))
    return words if nearest == at else f"{words}#{spots.index(at) + 1}"


def _distance(spot: int, length: int, start: int, end: int) -> int:
    return 2 * (spot - end) + 1 if spot >= end else max(0, start - spot - length)


def _code(actor: Actor) -> str:
    sector = f".{actor.sector}" if actor.sector else ""
    return f"{actor.country or ''}{sector}{f'({actor.name})' if actor.name else ''}" or "?"


def _field(key: str, value: str | None) -> str | None:
    return f"{key} {value}" if value else None


def _figure(value: Value | None) -> str | None:
    if value is None:
        return None
    return f"{value.low!r}..{value.high!r}" if isinstance(value, Interval) else repr(value)
