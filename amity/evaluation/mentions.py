"""Whom mentions mean, against the open corpus: every actor, recipient, source and party that people wrote a code for.

A mention is right when its words lead to the same codes and no others: alpha-3, or the name of an organisation or armed
group in any of its spellings. They are looked up as the coding of events does: the head word, else what qualifies it,
else the state in view. Where several share a head ("Kenyan and Ugandan soldiers"), each is marked with what is its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amity.evaluation.coder import Coder
from amity.evaluation.corpus import PASSAGES, chosen, split
from amity.evaluation.figures import share
from amity.evaluation.matching import Normal, spelling
from amity.evaluation.notation import Passage, read
from amity.records import Article, mentioned
from amity.records.claim import AGAINST_STATES

if TYPE_CHECKING:
    from amity.coding.parse import Span
    from amity.coding.reading import Reading
    from amity.records import Actor

NATIONAL = frozenset({"adjective", "people", "prefix"})
STANDING = frozenset({"metonym", "capital"})
KINDS = (
    "name", "nationality", "metonym", "organisation", "armed group", "role with owner", "role alone", "pronoun",
    "description",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Marked:
    """Words that somebody gave codes to: character span, and the codes, several when the words mean several."""

    start: int
    end: int
    actors: tuple[Actor, ...]


def evaluate(
    data: Path | None = None, part: str = "test", errors: bool = False, model: Path | str | None = None
) -> dict[str, Any]:
    """Look up every mention of a part of the corpus; `data` is a file or folder in its notation, by default our own.

    Shares of mentions that are right, lead to nobody, or to another, in all and by kind. `nobody`: mentions whose
    party nobody can tell, and how often one is told all the same. `errors` lists what is not right, of `train` and
    `dev` only. Raises `InputError`.
    """
    passages = chosen(read(data or PASSAGES), part)
    coder = Coder(model)
    normal = spelling(coder.book.table.entries)
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    wrong: dict[str, list[str]] = {}
    for passage in passages:
        reading = _reading(coder, passage)
        told = []
        for mark in marked(passage):
            span = reading.doc.char_span(mark.start, mark.end, "expand")
            if span is None:
                continue
            gold, found = codes(mark.actors, normal), codes(resolved(reading, span), normal)
            if gold < found and _is_enumerated(span):
                found = gold
            outcome = "right" if gold == found else "another" if found else "none"
            outcomes[kind(mark, span, reading)][outcome] += 1
            if outcome != "right":
                told.append(f"{span.text}: {_listed(gold)}, not {_listed(found)}: {_sentence(span)}")
        if errors and told and split(passage.id) != "test" and passage.about.get("part") != "scored":
            wrong[passage.id] = told
    return _scores(part, len(passages), outcomes) | ({"errors": wrong} if errors else {})


def _reading(coder: Coder, passage: Passage) -> Reading:
    article = Article(id=passage.id, text=passage.text, source=passage.id, published=passage.published)
    return coder.reading(article, next(coder.docs([article.text])))


def marked(passage: Passage) -> list[Marked]:
    """The mentions of a passage, in the order of the text, each once."""
    found: dict[tuple[int, int], dict[str, Actor]] = defaultdict(dict)
    for actor in _actors(passage):
        known = found[actor.start, actor.end]
        known.setdefault(actor.code or "", actor)
    return [
        Marked(start, end, tuple(actor for code, actor in by_code.items() if code or len(by_code) == 1))
        for (start, end), by_code in sorted(found.items())
    ]


def _actors(passage: Passage) -> Iterator[Actor]:
    for claim in passage.claims:
        yield from mentioned(claim)
    yield from (speech.source for speech in passage.speech)


def resolved(reading: Reading, span: Span) -> tuple[Actor, ...]:
    """Whom words mean, as the coding of events asks."""
    head = span.root
    mentions = reading.mentions
    return mentions.of(head) or mentions.modifiers(head) or mentions.home(head)


def _is_enumerated(span: Span) -> bool:
    """Whether words before or after them belong to the same enumeration."""
    doc = span.root.doc
    beside = [doc[i].lower_ for i in (span.start - 1, span.end) if 0 <= i < len(doc)]
    return bool({"and", "or", ","} & set(beside))


def codes(actors: Iterable[Actor], normal: Normal = str.casefold) -> frozenset[str]:
    """Codes of those who have one, names in one spelling."""
    return frozenset(normal(actor.code) for actor in actors if actor.code)


def kind(mark: Marked, span: Span, reading: Reading) -> str:
    """What sort of mention it is: one of `KINDS`, or `nobody`."""
    known = [actor for actor in mark.actors if actor.code]
    head = span.root
    if not known:
        return "nobody"
    if head.pos_ == "PRON":
        return "pronoun"
    if any(actor.sector in AGAINST_STATES for actor in known):
        return "armed group"
    if all(actor.country is None for actor in known):
        return "organisation"
    noun = head.lemma_.lower()
    if head.pos_ == "NOUN" and noun in reading.codebook.roles.heads and noun != "side":
        return "role with owner" if _has_owner(span, reading) else "role alone"
    named = {match.entries[0].role for match in reading.codebook.find(span.text)}
    if named & STANDING:
        return "metonym"
    if named & NATIONAL:
        return "nationality"
    return "name" if named or head.pos_ == "PROPN" else "description"


def _has_owner(span: Span, reading: Reading) -> bool:
    """Whether the phrase itself says whose: by a name, a nationality or a possessive."""
    start, end = reading.mentions.extent(span.root)
    phrase = reading.doc.span(min(start, span.start), max(end, span.end))
    named = any(True for _ in reading.codebook.find(phrase.text))
    return named or any(word.pos_ in ("PROPN", "PRON") for word in phrase)


def _scores(part: str, passages: int, outcomes: dict[str, Counter[str]]) -> dict[str, Any]:
    nobody = outcomes.pop("nobody", Counter())
    everything = sum(outcomes.values(), Counter())
    rows = {"all": everything} | {name: outcomes[name] for name in KINDS if outcomes[name]}
    return {
        "part": part,
        "passages": passages,
        **{name: _row(counts) for name, counts in rows.items()},
        "nobody": {"mentions": nobody.total(), "told": _share(nobody, "another")},
    }


def _row(counts: Counter[str]) -> dict[str, Any]:
    return {"mentions": counts.total()} | {outcome: _share(counts, outcome) for outcome in ("right", "none", "another")}


def _share(counts: Counter[str], outcome: str) -> float | None:
    return share(one == outcome for one in counts.elements())


def _listed(codes: Iterable[str]) -> str:
    return " + ".join(sorted(codes)).upper() or "nobody"


def _sentence(span: Span) -> str:
    sentence = span.root.sent
    return " ".join(sentence.text.split())
