"""Scores for clusterings: MUC, B³, CEAF-e and their mean, the CoNLL score.

Sources: Vilain et al. 1995 (MUC-6), Bagga and Baldwin 1998 (B³), Luo 2005 (CEAF), Pradhan et al. 2012 (CoNLL).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

Clusters = Sequence[frozenset[Hashable]]
Score = dict[str, float]


def score(gold: Clusters, found: Clusters) -> dict[str, Score]:
    """Precision, recall and F1 (0 to 1) by each measure; both clusterings must be of the same mentions."""
    scores = {"muc": muc(gold, found), "b3": b_cubed(gold, found), "ceafe": ceaf_e(gold, found)}
    scores["conll"] = {"f1": sum(one["f1"] for one in scores.values()) / len(scores)}
    return scores


def muc(gold: Clusters, found: Clusters) -> Score:
    """Links kept: for each cluster, its size less the number of parts the other clustering cuts it into."""
    return _prf(_links(found, gold), _links(gold, found))


def _links(clusters: Clusters, other: Clusters) -> float:
    home = _home(other)
    kept = sum(len(cluster) - len({home[mention] for mention in cluster}) for cluster in clusters)
    total = sum(len(cluster) - 1 for cluster in clusters)
    return kept / total if total else 0.0


def b_cubed(gold: Clusters, found: Clusters) -> Score:
    """For each mention, the share of its cluster that belongs with it."""
    right, left = _home(gold), _home(found)
    precision = recall = 0.0
    for mention in right:
        shared = len(gold[right[mention]] & found[left[mention]])
        precision += shared / len(found[left[mention]])
        recall += shared / len(gold[right[mention]])
    return _prf(precision / max(1, len(right)), recall / max(1, len(right)))


def ceaf_e(gold: Clusters, found: Clusters) -> Score:
    """Best one-to-one alignment of clusters by their Dice similarity."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    similarity = np.zeros((len(gold), len(found)))
    left = _home(found)
    for row, cluster in enumerate(gold):
        for column in {left[mention] for mention in cluster}:
            other = found[column]
            similarity[row, column] = 2 * len(cluster & other) / (len(cluster) + len(other))
    rows, columns = linear_sum_assignment(-similarity)
    total = float(similarity[rows, columns].sum())
    return _prf(total / max(1, len(found)), total / max(1, len(gold)))


def _home(clusters: Clusters) -> dict[Hashable, int]:
    return {mention: index for index, cluster in enumerate(clusters) for mention in cluster}


def _prf(precision: float, recall: float) -> Score:
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}
