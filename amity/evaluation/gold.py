"""Claims of all kinds, against articles that we wrote and annotated in full.

The articles stand in tests/gold in the notation of `amity.evaluation.notation`. Those with `part: dev` in their head
are for development; of those with `part: scored` nothing but figures is ever told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from amity.errors import InputError
from amity.evaluation.attribution import Attribution, characters, found
from amity.evaluation.coder import Coder, Without
from amity.evaluation.matching import Marks, Matcher, Tally, spelling
from amity.evaluation.notation import Passage, Speech, read
from amity.records import Article, Claim, Event, Interval, Relation, Transfer

if TYPE_CHECKING:
    from spacy.tokens import Doc

ARTICLES = Path(__file__).parents[2] / "tests" / "gold" / "adjudicated"
PARTS = ("dev", "scored", "all")


@dataclass(frozen=True, slots=True)
class Judged:
    """A passage with what amity found in it."""

    passage: Passage
    marks: Marks
    sentences: tuple[tuple[int, int], ...]


def evaluate(
    data: Path | None = None,
    part: str = "dev",
    errors: bool = False,
    model: Path | str | None = None,
    without: Without | None = None,
) -> dict[str, Any]:
    """Code annotated passages and compare; see `amity.evaluation.matching` for what counts as the same.

    `data` is a file or folder in the notation, by default our own articles. `part` is `dev`, `scored` or `all`;
    `errors` adds what was missed and what was found in vain, in passages of the part `dev` only. Raises `InputError`.
    """
    passages = chosen(read(data or ARTICLES), part)
    if not passages:
        raise InputError(str(data or ARTICLES), f"holds no passage of the part '{part}'")
    coder = Coder(model, without)
    tally = Tally(Matcher(spelling(coder.book.table.entries)))
    wrong: dict[str, dict[str, list[str]]] = {}
    for judged in code(coder, passages):
        missed, false = tally.add(marks(judged.passage), judged.marks)
        if errors and judged.passage.about.get("part") == "dev":
            wrong[judged.passage.id] = {"missed": told(judged, missed), "false": told(judged, false)}
    scores = {"part": part, "passages": len(passages), **tally.scores()}
    return scores | ({"errors": wrong} if errors else {})


def chosen(passages: Iterable[Passage], part: str) -> list[Passage]:
    """Passages of one part; those that name none belong to `all` only."""
    if part not in PARTS:
        raise InputError(part, f"is no part; there are {', '.join(PARTS)}")
    return [passage for passage in passages if part in ("all", passage.about.get("part"))]


def code(coder: Coder, passages: Sequence[Passage]) -> Iterator[Judged]:
    """Each passage as amity codes it."""
    articles = [
        Article(id=passage.id, text=passage.text, source=passage.id, published=passage.published)
        for passage in passages
    ]
    for passage, article, (doc, claims) in zip(passages, articles, coder.claims(articles), strict=True):
        reading = coder.reading(article, doc)
        yield Judged(passage, Marks(claims, found(reading.doc, reading.voices)), _sentences(doc))


def _sentences(doc: Doc) -> tuple[tuple[int, int], ...]:
    return tuple((sentence.start_char, sentence.end_char) for sentence in doc.sents)


def marks(passage: Passage) -> Marks:
    """What people marked in a passage."""
    return Marks(passage.claims, [_heard(speech, passage.text) for speech in passage.speech])


def _heard(speech: Speech, text: str) -> Attribution:
    spans = ((speech.source.start, speech.source.end), speech.cue, speech.content)
    return Attribution(*(characters(text, [span]) for span in spans))


def told(judged: Judged, claims: Iterable[Claim]) -> list[str]:
    """Claims in a line each, with the sentence they stand in."""
    return [f"{line(claim)}: {_sentence(judged, claim)}" for claim in sorted(claims, key=lambda one: one.trigger_start)]


def _sentence(judged: Judged, claim: Claim) -> str:
    spans = [span for span in judged.sentences if span[0] < claim.end and claim.start < span[1]]
    start, end = (spans[0][0], spans[-1][1]) if spans else (claim.start, claim.end)
    return " ".join(judged.passage.text[start:end].split())


def line(claim: Claim) -> str:
    """A claim in few words: kind and type, trigger, parties, and what is not `occurred` or `certain`."""
    match claim:
        case Event():
            who = " + ".join(actor.code or actor.text for actor in claim.actors) or "-"
            whom = " + ".join(actor.code or actor.text for actor in claim.recipients) or "-"
            content = f"{claim.type}{'/' + claim.mode if claim.mode else ''} {who} → {whom}"
        case Transfer():
            content = f"{claim.supplier or '-'} → {claim.recipient or '-'}, {claim.system or '-'}"
        case Relation():
            content = f"{claim.valence} {claim.a} - {claim.b}"
        case _:
            fields = msgspec.structs.asdict(claim)
            told = (fields[name] for name in _TELLING[claim.kind])
            content = ", ".join(_shown(value) for value in told if value is not None)
    said = "".join(f", said {actor.text}" for actor in claim.attribution)
    judged = "".join(f", {word}" for word in (claim.status, claim.certainty) if word not in ("occurred", "certain"))
    return f"{claim.kind} {content} [{claim.trigger}]{judged}{', ' + claim.date if claim.date else ''}{said}"


def _shown(value: object) -> str:
    return f"{value.low:,.15g}–{value.high:,.15g}" if isinstance(value, Interval) else str(value)


_TELLING = {
    "quantity": ("value", "unit", "subject"),
    "structure": ("subject", "predicate", "object"),
    "assessment": ("target", "verdict"),
}
