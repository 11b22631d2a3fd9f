"""Peers on the same sentences: a naive coder (verbs and countries) on amity's parse, and on spaCy's where installed.

Every spaCy pipeline for English that is installed as a package parses for the naive coder once more
(`pip install` of en_core_web_sm, say). For attribution see `amity eval attribution --peer`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amity.errors import InputError
from amity.evaluation import corpus, gold, naive, nothing, pairs
from amity.evaluation.coder import Coder
from amity.evaluation.matching import Marks, Matcher, Tally, spelling
from amity.evaluation.notation import Passage, read
from amity.records import Article, Claim, Event

if TYPE_CHECKING:
    from spacy.tokens import Doc

Peer = Callable[[Sequence[Article]], Iterator[list[Claim]]]


def evaluate(data: Path, model: Path | str | None = None) -> dict[str, Any]:
    """Events of amity and its peers: on annotated pairs, on sentences without events, on our articles and passages.

    `data` is the table of pairs, or the folder that has it. Raises `InputError`.
    """
    coder = Coder(model)
    peers = dict(coders(coder))
    given = list(pairs.load(data))
    empty = [text for _, text in nothing.load(nothing.SENTENCES)]
    annotated = {
        "gold, scored": _passages(gold.ARTICLES, lambda found: gold.chosen(found, "scored")),
        "corpus, test": _passages(corpus.PASSAGES, lambda found: corpus.chosen(found, "test")),
    }
    return {
        "pairs": {name: _pairs(peer, given) for name, peer in peers.items()},
        "nothing": {name: _nothing(peer, empty) for name, peer in peers.items()},
        **{
            f"events, {part}": {name: _events(coder, peer, passages) for name, peer in peers.items()}
            for part, passages in annotated.items()
            if passages
        },
    }


def coders(coder: Coder) -> Iterator[tuple[str, Peer]]:
    """amity, and the naive coder on each parse that there is."""
    from spacy.util import get_installed_models

    def amity(articles: Sequence[Article]) -> Iterator[list[Claim]]:
        return (claims for _, claims in coder.claims(articles))

    yield "amity", amity
    yield "naive, on amity's parse", _naive(coder, coder.docs)
    for name in get_installed_models():
        if name.startswith("en_"):
            import spacy

            yield f"naive, on {name}", _naive(coder, spacy.load(name).pipe)


def _naive(coder: Coder, parse: Callable[[Iterable[str]], Iterator[Doc]]) -> Peer:
    def code(articles: Sequence[Article]) -> Iterator[list[Claim]]:
        return (list(naive.code(doc, coder.book)) for doc in parse(article.text for article in articles))

    return code


def _pairs(peer: Peer, given: Sequence[pairs.Pair]) -> dict[str, Any]:
    judged = zip(given, peer([_article(pair.text) for pair in given]), strict=True)
    scores = pairs.score(judged)
    return {name: scores[name] for name in ("precision", "recall", "f1", "macro_f1", "without_event")}


def _nothing(peer: Peer, texts: Sequence[str]) -> dict[str, Any]:
    false = sum(isinstance(claim, Event) for claims in peer([_article(text) for text in texts]) for claim in claims)
    return {"sentences": len(texts), "false_events_per_100": round(100 * false / max(len(texts), 1), 2)}


def _events(coder: Coder, peer: Peer, passages: Sequence[Passage]) -> dict[str, Any]:
    tally = Tally(Matcher(spelling(coder.book.table.entries)))
    articles = [_article(passage.text, passage.published) for passage in passages]
    for passage, claims in zip(passages, peer(articles), strict=True):
        tally.add(Marks(passage.claims), Marks(claims))
    return dict(tally.scores()["strict"]["event"])


def _article(text: str, published: str | None = None) -> Article:
    return Article(id="peers", text=text, source="peers", published=published)


def _passages(path: Path, choose: Callable[[list[Passage]], list[Passage]]) -> list[Passage]:
    """The passages of a part; none where they do not come with amity."""
    try:
        return choose(read(path))
    except InputError:
        return []
