"""Choosing among candidates: a conditional logit with curves, whose weights depend on relation and question."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from amity.outlook.links.graph import Floats, Ints
from amity.outlook.links.measures import MEASURES

Mask = NDArray[np.bool_]

ROUNDS = 60
PENALTY, APART = 3e-4, 1e-3
"""Of the weights that all questions share, and of what single relations and the context add to them."""


def curved(figures: Floats) -> Floats:
    """The figures and, for those with knots, what they exceed each knot by: their weighted sum is a curve with bends.

    (…, measures) → (…, terms); the order is that of `TERMS`.
    """
    bends = [
        np.maximum(figures[..., number, None] - np.array(measure.knots, np.float32), 0.0)
        for number, measure in enumerate(MEASURES)
        if measure.knots
    ]
    return np.concatenate([figures, *bends], axis=-1)


TERMS = (
    *range(len(MEASURES)),
    *(number for number, measure in enumerate(MEASURES) for _ in measure.knots),
)
"""Of which measure each term of `curved` is."""


@dataclass(frozen=True, slots=True)
class Questions:
    """Questions with the same number of candidates each, what is missing marked.

    `figures` (n, k, measures), `real` (n, k) whether there is such a candidate, `right` (n, k) whether it came true,
    `context` (n, c), `relation` (n).
    """

    figures: Floats
    real: Mask
    right: Mask
    context: Floats
    relation: Ints


@dataclass(frozen=True, slots=True)
class Choice:
    """P(o | s, r) = exp(x_o · w) / Σ exp(x_o' · w), the weights w = base + within @ context + of_relation[r].

    Conditional logit (McFadden 1974); x are the terms of `curved`, `mean` and `scale` bring them to a like size.
    """

    mean: Floats
    scale: Floats
    middle: Floats
    spread: Floats
    base: Floats
    within: Floats
    of_relation: Floats

    def weights(self, context: Floats, relation: Ints) -> Floats:
        """The weights of the terms for each question, (n, terms), per unit of the term."""
        asked = (context - self.middle) / self.spread
        weights = (self.base + asked @ self.within + self.of_relation[relation]) / self.scale
        return weights.astype(np.float32)

    def scores(self, figures: Floats, question: Ints, context: Floats, relation: Ints) -> Floats:
        """The score of each row's candidate."""
        weights = self.weights(context, relation)[question]
        scores: Floats = np.einsum("ij,ij->i", curved(figures) - self.mean, weights)
        return scores


def rough(questions: Questions) -> Floats:
    """One weight for each measure, without curves, the same for all questions: to see who is worth a closer look."""
    alike = np.zeros(len(questions.relation), np.int64)
    plain = replace(questions, context=questions.context[:, :0], relation=alike)
    choice = _fit(plain, plain.figures.copy(), 1)
    weights: Floats = (choice.base + choice.of_relation[0]) / choice.scale
    return weights


def fit(questions: Questions, relations: int, usable: Mask | None = None) -> Choice:
    """The weights under which what came true was most likely, with a penalty on their squares; L-BFGS.

    `usable` (measures) leaves out measures. A question with several true answers counts once for each.
    """
    return _fit(questions, curved(questions.figures), relations, None if usable is None else usable[list(TERMS)])


def _moments(terms: Floats, real: Mask) -> tuple[Floats, Floats]:
    """Mean and standard deviation of each term over the real candidates; those missing become zero."""
    terms[~real] = 0.0
    count = max(int(real.sum()), 1)
    mean = terms.sum(axis=(0, 1), dtype=np.float64) / count
    square = sum(np.square(some, dtype=np.float64).sum(axis=(0, 1)) for some in np.array_split(terms, 64)) / count
    scale = np.sqrt(np.maximum(square - mean**2, 0.0)) + 1e-3
    return mean.astype(np.float32), scale.astype(np.float32)


def _fit(questions: Questions, terms: Floats, relations: int, usable: Mask | None = None) -> Choice:
    mean, scale = _moments(terms, questions.real)
    if usable is not None:
        scale[~usable] = np.inf
    terms -= mean
    terms /= scale
    terms[~questions.real] = 0.0
    middle, wide = questions.context.mean(axis=0), questions.context.std(axis=0) + 1e-3
    asked = ((questions.context - middle) / wide).astype(np.float32)
    size = terms.shape[2]
    order = np.argsort(questions.relation, kind="stable")
    groups, starts = np.unique(questions.relation[order], return_index=True)
    right = questions.right.astype(np.float32)
    answers = right.sum(axis=1)
    whole = float(answers.sum())
    shape = (1 + asked.shape[1] + len(groups), size)
    of_group = np.searchsorted(groups, questions.relation)
    penalty = np.full((shape[0], 1), APART)
    penalty[0] = PENALTY

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        parameters = flat.reshape(shape).astype(np.float32)
        apart = parameters[1 + asked.shape[1] :]
        weights = parameters[0] + asked @ parameters[1 : 1 + asked.shape[1]] + apart[of_group]
        scores = np.matmul(terms, weights[:, :, None])[:, :, 0]
        scores[~questions.real] = -np.inf
        scores -= scores.max(axis=1, keepdims=True)
        chance = np.exp(scores)
        total = chance.sum(axis=1, keepdims=True)
        likely = (scores - np.log(total))[questions.right].sum(dtype=np.float64)
        slope = chance / total * answers[:, None] - right
        slopes = np.matmul(slope[:, None, :], terms)[:, 0, :]
        gradient = np.concatenate(
            [slopes.sum(axis=0, keepdims=True), asked.T @ slopes, np.add.reduceat(slopes[order], starts, axis=0)]
        )
        squared = parameters.astype(np.float64)
        value = -likely / whole + float((penalty * squared**2).sum())
        return value, (gradient / whole + 2.0 * penalty * squared).ravel()

    found = minimize(loss, np.zeros(shape[0] * size), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    parameters = found.x.reshape(shape).astype(np.float32)
    of_relation = np.zeros((relations, size), np.float32)
    of_relation[groups] = parameters[1 + asked.shape[1] :]
    return Choice(mean, scale, middle, wide, parameters[0], parameters[1 : 1 + asked.shape[1]], of_relation)
