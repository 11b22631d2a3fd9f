"""Learn how likely claims are right: `python -m training.events.confidence`.

Codes the corpus's part `dev` and the gold articles for development, tells right claims from wrong ones as
`amity eval corpus` does, and fits a logistic regression for each group of claims, penalised by the squares of its
weights, which it writes where `amity.coding` reads it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from unittest.mock import patch

import numpy as np

from amity.coding.confidence import WEIGHTS, Evidence
from amity.evaluation.coder import Coder
from amity.evaluation.corpus import PASSAGES, chosen
from amity.evaluation.gold import ARTICLES, code, marks
from amity.evaluation.matching import Matcher, Tally, spelling
from amity.evaluation.notation import read

PENALTY = 1.0
LEAST = 12
"""Of how many claims a group has to have been seen to get weights of its own."""


def main() -> None:
    """Write the weights, and print what each group was learned from."""
    seen = defaultdict(list)
    for evidence, right in judged():
        seen[evidence.group].append((evidence.features(), right))
    weights = {}
    for group, examples in sorted(seen.items()):
        rights = np.array([right for _, right in examples], float)
        print(f"{group:12} {len(examples):5} claims, {rights.mean():.2f} right")
        if len(examples) >= LEAST:
            weights[group] = fit(np.array([features for features, _ in examples]), rights).round(3).tolist()
    WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


def judged() -> list[tuple[Evidence, bool]]:
    """What spoke for each claim of these passages, and whether it is right."""
    heard: list[Evidence] = []

    def noted(evidence: Evidence) -> float:
        """Write the evidence down; the claim keeps its number in place of a confidence."""
        heard.append(evidence)
        return len(heard) - 1

    found: list[tuple[Evidence, bool]] = []
    coder = Coder()
    matcher = Matcher(spelling(coder.book.table.entries))
    with patch("amity.coding.events.confidence", noted), patch("amity.coding.coder.confidence", noted):
        articles = [article for article in read(ARTICLES) if article.about.get("part") == "dev"]
        for passage in code(coder, [*chosen(read(PASSAGES), "dev"), *articles]):
            _, false = Tally(matcher).add(marks(passage.passage), passage.marks)
            wrong = set(map(id, false))
            found += [(heard[int(claim.confidence)], id(claim) not in wrong) for claim in passage.marks.claims]
    return found


def fit(features: np.ndarray, rights: np.ndarray) -> np.ndarray:
    """Weights of a logistic regression by Newton's method; the constant is not penalised."""
    weights = np.zeros(features.shape[1])
    penalty = PENALTY * np.eye(features.shape[1])
    penalty[0, 0] = 1e-6
    for _ in range(50):
        chances = 1 / (1 + np.exp(-features @ weights))
        gradient = features.T @ (chances - rights) + penalty @ weights
        curvature = (features * (chances * (1 - chances))[:, None]).T @ features + penalty
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


if __name__ == "__main__":
    main()
