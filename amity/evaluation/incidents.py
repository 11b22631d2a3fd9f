"""Merging, measured on ECB+ (Cybulska and Vossen 2014): gold event mentions in, clusters of one happening out.

Topics 1-30 were used for tuning, 31-35 for the reported score. Mentions of all topics are merged together, nobody tells
the merger which article belongs to which topic; the baseline, one cluster for each head stem *within a topic*, is told.
"""

from __future__ import annotations

import tarfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from amity.evaluation.coreference import Clusters, score
from amity.incidents.clustering import clusters
from amity.incidents.happening import Happening
from amity.incidents.matching import WEIGHTS, Matcher, Weights
from amity.incidents.words import stems

DATA = "incidents/ecbplus_topics_1-35.tar.gz"
SCORED = frozenset(map(str, range(31, 36)))


@dataclass(frozen=True)
class Mentions:
    """Gold mentions of one part of the corpus: what is compared, the gold clusters, and each article's words."""

    happenings: list[Happening]
    gold: Clusters
    texts: dict[str, frozenset[str]]
    topics: dict[str, str]


def evaluate(data: Path, topics: Iterable[str] = SCORED, weights: Weights = WEIGHTS) -> dict[str, Any]:
    """MUC, B³, CEAF-e and CoNLL F1 of the merger and of the head-stem baseline on ECB+; `data` is the data folder."""
    part = read(data / DATA if data.is_dir() else data, frozenset(topics))
    matcher = Matcher.over(part.happenings, part.texts, weights)
    merged = [frozenset(part.happenings[i].key for i in group) for group in clusters(part.happenings, matcher)]
    return {
        "task": "incidents",
        "mentions": len(part.happenings),
        "gold clusters": len(part.gold),
        "amity": score(part.gold, cast(Clusters, merged)),
        "head stem within topic": score(part.gold, _same_stem(part, told=True)),
        "head stem": score(part.gold, _same_stem(part, told=False)),
    }


def read(archive: Path, topics: frozenset[str]) -> Mentions:
    """Read gold event mentions of some topics, in the sentences that the corpus' authors checked."""
    import csv
    import io

    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    happenings: list[Happening] = []
    gold: dict[str, set[str]] = defaultdict(set)
    texts: dict[str, frozenset[str]] = {}
    with tarfile.open(archive) as tar:
        table = tar.extractfile("ecbplus/ECBplus_coreference_sentences.csv")
        assert table is not None
        rows = csv.reader(io.TextIOWrapper(table, encoding="utf-8"))
        checked = {(f"{row[0]}_{row[1]}", row[2]) for row in rows}
        for member in sorted(tar.getmembers(), key=lambda one: one.name):
            if not member.name.endswith(".xml") or member.name.split("/")[-2] not in topics:
                continue
            file = tar.extractfile(member)
            assert file is not None
            document = etree.parse(file, parser).getroot()
            name = Path(member.name).stem
            texts[name] = stems(" ".join(token.text or "" for token in document.iter("token")))
            for chain, one in _document(document, name, checked):
                happenings.append(one)
                gold[chain].add(one.key)
    topic_of = {name: name.split("_")[0] for name in texts}
    return Mentions(happenings, [frozenset(cluster) for cluster in gold.values()], texts, topic_of)


def _document(document: Any, name: str, checked: set[tuple[str, str]]) -> Iterator[tuple[str, Happening]]:
    tokens = {token.get("t_id"): token for token in document.iter("token")}
    sentences: dict[str, list[str]] = defaultdict(list)
    for token in tokens.values():
        sentences[token.get("sentence")].append(token.text or "")
    chains = _chains(document, name)
    people: dict[str, set[str]] = defaultdict(set)
    actions: list[tuple[str, list[Any]]] = []
    for mention in document.find("Markables"):
        words = [tokens[anchor.get("t_id")] for anchor in mention.iter("token_anchor")]
        if not words:
            continue
        if mention.tag.startswith("HUMAN_PART"):
            people[words[0].get("sentence")].update(*(stems(word.text or "") for word in words))
        elif mention.tag.startswith(("ACTION", "NEG_ACTION")):
            actions.append((mention.get("m_id"), words))
    for mention_id, words in actions:
        sentence = words[0].get("sentence")
        if (name, sentence) not in checked:
            continue
        key = f"{name}/{mention_id}"
        trigger = stems(" ".join(word.text or "" for word in words))
        yield (
            chains.get(mention_id, key),
            Happening(
                key=key,
                article=name,
                type=None,
                trigger=trigger,
                actors=frozenset(people[sentence]),
                recipients=frozenset(),
                mutual=True,
                days=None,
                published=None,
                place=None,
                country=None,
                goods=frozenset(),
                words=stems(" ".join(sentences[sentence])) - trigger,
                position=int(words[0].get("t_id")),
            ),
        )


def _chains(document: Any, name: str) -> dict[str, str]:
    """Mention id to the name of its chain: shared by all documents for cross-document chains."""
    chains = {}
    for relation in document.find("Relations"):
        shared = relation.get("note") if relation.tag == "CROSS_DOC_COREF" else f"{name}/{relation.get('r_id')}"
        for source in relation.iter("source"):
            chains[source.get("m_id")] = shared
    return chains


def _same_stem(part: Mentions, told: bool) -> Clusters:
    groups: dict[Any, set[str]] = defaultdict(set)
    for one in part.happenings:
        groups[(part.topics[one.article] if told else None, min(one.trigger, default=""))].add(one.key)
    return [frozenset(group) for group in groups.values()]
