"""Who is quoted, by whom, how often, and how often others repeat, bear out or contradict them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import msgspec

from amity.incidents.origins import origin, original
from amity.records import Article, Claim, View


class Quoted(msgspec.Struct, frozen=True):
    """A source: how many claims rest on it, in how many articles, who quotes it, how often others contradict it.

    `claims` counts what it says in its own voice and when quoted; `quoted` only the latter. Copies of an article count
    as one; `copied` says how many there are. `corroborated` is the number of incidents that another source tells too,
    `contested` that of the points on which one says otherwise.
    """

    source: str
    claims: int
    quoted: int
    articles: int
    corroborated: int
    contested: int
    copied: int
    by: tuple[str, ...]

    def row(self) -> dict[str, str | int | None]:
        """As a row of plain values; `quoted_by` names the publishers, most frequent first."""
        return {
            "source": self.source,
            "claims": self.claims,
            "quoted": self.quoted,
            "articles": self.articles,
            "corroborated": self.corroborated,
            "contested": self.contested,
            "copied": self.copied,
            "quoted_by": "; ".join(self.by) or None,
        }


def quoted(view: View) -> list[Quoted]:
    """The sources of all claims in the view, those that most claims rest on first."""
    articles = {article.id: article for article in view.articles}
    claims: Counter[str] = Counter()
    cited: Counter[str] = Counter()
    places: dict[str, set[str]] = {}
    publishers: dict[str, Counter[str]] = {}
    for claim in _once(view.claims, articles):
        source = origin(claim, articles)
        claims[source] += 1
        places.setdefault(source, set()).add(original(claim.article, articles))
        by = publishers.setdefault(source, Counter())
        if claim.attribution:
            cited[source] += 1
            by[_publisher(articles.get(claim.article))] += 1
    corroborated, contested, copies = _corroborated(view), _contested(view), _copies(view)
    rows = [
        Quoted(
            source=source,
            claims=count,
            quoted=cited[source],
            articles=len(places[source]),
            corroborated=corroborated[source],
            contested=contested[source],
            copied=sum(copies[article] for article in places[source]),
            by=tuple(name for name, _ in publishers[source].most_common()),
        )
        for source, count in claims.items()
    ]
    return sorted(rows, key=lambda one: (-one.claims, one.source))


def _once(claims: tuple[Claim, ...], articles: Mapping[str, Article]) -> list[Claim]:
    """Claims without those that a copy merely repeats."""
    held = {claim.article for claim in claims}
    return [claim for claim in claims if original(claim.article, articles) not in held - {claim.article}]


def _publisher(article: Article | None) -> str:
    if article is None:
        return "unknown"
    return article.publisher or article.author or article.source


def _corroborated(view: View) -> Counter[str]:
    return Counter(source for incident in view.incidents if len(incident.sources) > 1 for source in incident.sources)


def _copies(view: View) -> Counter[str]:
    """How many articles repeat another, by the id of that one."""
    articles = {article.id: article for article in view.articles}
    return Counter(original(article.id, articles) for article in view.articles if article.copy_of)


def _contested(view: View) -> Counter[str]:
    counts: Counter[str] = Counter()
    for incident in view.incidents:
        for contradiction in incident.contradictions:
            counts.update({source for side in contradiction.sides for source in side.sources})
    return counts
