"""Sameness and completeness: `python -m corpus.check` prints what is in the corpus, and fails when a promise is broken.

Sentences, lemmas and constructions are told by amity's own parser; everything else is counted on the annotation.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amity.evaluation.corpus import PARTS, split
from amity.evaluation.notation import Passage, problems, read
from amity.records import PLOVER_TYPES, STATUSES, Event, mentioned
from corpus import PASSAGES
from corpus.sameness import alike, persons, shared, states

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from amity.codebook import Codebook

ENOUGH_PASSAGES, ENOUGH_SENTENCES, ENOUGH_CLAIMS = 1200, 3000, 100
QUIET = 1 / 3  # of the sentences name actors and tell no event
AGAIN = 0.06  # of a type's triggers that one lemma may be, from which it is listed
LIGHT = frozenset("be bring come carry do enter exchange file give hold issue lay lodge make mount open pay put raise "
                  "reach send stage strike suffer take voice".split())  # fmt: skip
NAMING = frozenset({"state", "entity", "dependency", "person", "organisation", "group"})
POLITICAL = frozenset("GOV MIL SPY COP LEG JUD PTY OPP REB PRM UAF IGO".split())


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: whether it names political actors, and whether it tells an event."""

    actors: bool
    event: bool


@dataclass(frozen=True, slots=True)
class Use:
    """An event, the construction that tells it, and the lemma of its trigger."""

    event: Event
    form: str
    lemma: str


@dataclass(frozen=True, slots=True)
class Survey:
    """The corpus as the parser sees it."""

    passages: Sequence[Passage]
    sentences: Sequence[Sentence]
    uses: Sequence[Use]


def survey(passages: Sequence[Passage]) -> Survey:
    """Parse every passage. Raises `ModelError` when there is no parser."""
    from amity.annotate import annotate, load
    from amity.codebook import load as codebook

    book = codebook()
    sentences: list[Sentence] = []
    uses: list[Use] = []
    docs = annotate(load(events=False), (passage.text for passage in passages))
    for passage, doc in zip(passages, docs, strict=True):
        events = [claim for claim in passage.claims if isinstance(claim, Event)]
        named, told = set(_actors(passage, doc, book)), {event.trigger_start for event in events}
        sentences += [Sentence(_within(named, sentence), _within(told, sentence)) for sentence in _sentences(doc)]
        uses += [_use(event, doc) for event in events]
    return Survey(passages, sentences, uses)


def _actors(passage: Passage, doc: Doc, book: Codebook) -> Iterator[int]:
    """Where political actors stand: names that the codebook knows, whom the annotation names, and nouns for a role."""
    yield from (match.start for match in book.find(doc.text) if match.entries[0].kind in NAMING)
    yield from (one.start for claim in passage.claims for one in mentioned(claim))
    yield from (speech.source.start for speech in passage.speech)
    for token in doc:
        role = book.roles.get(token.lemma_.lower()) if token.pos_ == "NOUN" else None
        if role and role.sector in POLITICAL:
            yield token.idx


def _sentences(doc: Doc) -> Iterator[Span]:
    return (sentence for sentence in doc.sents if any(token.is_alpha for token in sentence))


def _within(places: Iterable[int], sentence: Span) -> bool:
    return any(sentence.start_char <= at < sentence.end_char for at in places)


def _use(event: Event, doc: Doc) -> Use:
    words = doc.char_span(
        event.trigger_start, event.trigger_start + len(event.trigger.split(" … ")[0]), alignment_mode="expand"
    )
    return Use(event, construction(words.root), words.root.lemma_.lower())


def construction(head: Token) -> str:
    """How a trigger stands in its clause."""
    below = {child.dep_ for child in head.children}
    if head.pos_ in ("NOUN", "PROPN"):
        light = head.dep_ == "obj" and head.head.lemma_ in LIGHT
        return "light verb" if light else "nominal"
    if head.pos_ not in ("VERB", "AUX"):
        return "other words"
    if below & {"aux:pass", "nsubj:pass"}:
        return "passive, with agent" if "obl:agent" in below else "passive"
    if head.dep_ in ("acl", "advcl") and "VerbForm=Part" in str(head.morph):
        return "participle"
    if head.dep_ == "acl:relcl":
        return "relative clause"
    if "VerbForm=Inf" in str(head.morph) and head.dep_ in ("xcomp", "ccomp", "acl", "advcl"):
        return "infinitive"
    if head.dep_ == "conj" and not below & {"nsubj", "nsubj:pass"}:
        return "coordinated, without subject"
    return "active"


def broken(found: Survey) -> Iterator[str]:
    """Promises that the corpus does not keep."""
    passages = found.passages
    yield from problems(passages)
    yield from (f"{one} and {other} are near-duplicates: {same:.2f}" for one, other, same in alike(passages))
    yield from (f"{one} and {other} share '{run}'" for (one, other), run in shared(passages).items())
    if len(passages) < ENOUGH_PASSAGES:
        yield f"only {len(passages)} passages"
    if len(found.sentences) < ENOUGH_SENTENCES:
        yield f"only {len(found.sentences)} sentences"
    if (share := quiet(found.sentences)) < QUIET:
        yield f"only {share:.1%} of the sentences name actors and tell no event"
    types = Counter(use.event.type for use in found.uses)
    yield from (f"only {types[type]} events of the type {type}" for type in PLOVER_TYPES if types[type] < ENOUGH_CLAIMS)


def quiet(sentences: Sequence[Sentence]) -> float:
    """The share of sentences that name actors and tell no event."""
    return sum(sentence.actors and not sentence.event for sentence in sentences) / max(len(sentences), 1)


def tables(found: Survey) -> Iterator[tuple[str, Mapping[Any, int]]]:
    """What there is how often."""
    passages, uses = found.passages, found.uses
    events = [use.event for use in uses]
    yield "passages by part", Counter({part: sum(split(one.id) == part for one in passages) for part in PARTS})
    for head in ("region", "genre"):
        yield f"passages by {head}", Counter(passage.about.get(head, "?") for passage in passages)
    yield "passages by decade", _decades(passages)
    yield "claims by kind", Counter(claim.kind for passage in passages for claim in passage.claims)
    yield "events by type", Counter(event.type for event in events)
    yield "events by type and mode", Counter(f"{event.type}/{event.mode or '–'}" for event in events)
    yield "events by construction", Counter(use.form for use in uses)
    yield "events by type and construction", Counter(f"{use.event.type}, {use.form}" for use in uses)
    yield "events by status", Counter({status: sum(one.status == status for one in events) for status in STATUSES})
    yield "events by certainty", Counter(event.certainty for event in events)
    yield "events by links of the chain", Counter(str(len(event.attribution)) for event in events)
    yield "states, in passages", Counter(dict(states(passages).most_common(25)))
    yield "names that come back, in passages", Counter({n: c for n, c in persons(passages).items() if c >= 5})
    yield "lemmas that are much of a type", _overused(uses)


def _decades(passages: Iterable[Passage]) -> Counter[str]:
    counts = Counter(f"{passage.published[:3]}0s" for passage in passages if passage.published)
    return Counter(dict(sorted(counts.items())))


def _overused(uses: Sequence[Use]) -> Counter[str]:
    types = Counter(use.event.type for use in uses)
    lemmas = Counter((use.event.type, use.lemma) for use in uses)
    return Counter({f"{type}: {lemma}": n for (type, lemma), n in lemmas.items() if n > AGAIN * types[type]})


def main(arguments: list[str] | None = None) -> int:
    """Check the corpus, or another folder; the exit status is 1 when a promise is broken."""
    paths = sys.argv[1:] if arguments is None else arguments
    found = survey(read(Path(paths[0]) if paths else PASSAGES))
    sized = sum(len(passage.text.split()) for passage in found.passages)
    print(f"{len(found.passages)} passages, {len(found.sentences)} sentences, {sized} words")
    print(f"{quiet(found.sentences):.1%} of the sentences name actors and tell no event")
    for name, counts in tables(found):
        print(f"\n{name}")
        for key, count in counts.items() if "decade" in name or "part" in name else Counter(counts).most_common():
            print(f"  {count:6} {key}")
    faults = list(broken(found))
    print("\nbroken promises" if faults else "\nall promises are kept", *faults, sep="\n  ")
    return bool(faults)


if __name__ == "__main__":
    raise SystemExit(main())
