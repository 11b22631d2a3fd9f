"""Figures that several tasks report, as fractions of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any


def prf(right: int, found: int, gold: int) -> dict[str, Any]:
    """How many there are and were found, and precision, recall and F1; nought where there is nothing to count."""
    precision, recall = right / found if found else 0.0, right / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return {
        "gold": gold,
        "found": found,
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(f1, 3),
    }


def share(judged: Iterable[bool | float]) -> float | None:
    """The mean; null where nothing was judged."""
    values = [float(value) for value in judged]
    return round(sum(values) / len(values), 3) if values else None


def macro(figures: Iterable[dict[str, Any]]) -> float:
    """Mean F1 of classes."""
    return share(one["f1"] for one in figures) or 0.0


def by_class(gold: Sequence[str], found: Sequence[str], classes: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Figures of each class, where every item has one annotated and one found class."""
    right = Counter(one for one, other in zip(gold, found, strict=True) if one == other)
    annotated, given = Counter(gold), Counter(found)
    return {name: prf(right[name], given[name], annotated[name]) for name in classes}


def kappa(first: Sequence[str], second: Sequence[str]) -> float | None:
    """Cohen's kappa (1960) of two annotators' labels; null where nothing, or nothing but one label, is given."""
    if not first:
        return None
    agreed = sum(one == other for one, other in zip(first, second, strict=True)) / len(first)
    mine, yours = Counter(first), Counter(second)
    chance = sum(mine[label] * yours[label] for label in mine) / len(first) ** 2
    return round((agreed - chance) / (1 - chance), 3) if chance < 1 else None
