"""What alignment between poles foretells of arms orders, alliances and votes, and how its parts agree.

Poles are the United States and Russia (the Soviet Union before). At the end of each year t every other state has its
parts, the score made of them with weights fitted to years up to the origin, and what it did before. A logistic
regression learns on the years whose outcome was known at the origin, and foretells the five years after it:

orders: a major arms order from the pole in t+1 … t+3 (SIPRI's register);
orders anew: the same, among those without one in t-4 … t;
alliances: a stronger commitment to the pole in t+1 … t+3 than in t (ATOP), among those without a defence pact;
votes: the position between the poles in UN voting three years on (by least squares).

`persistence` knows what the state did before of the same kind. AUC is over all states and years foretold, `log score`
the mean logarithm of the probability of what came; `gain` is what the score adds to persistence, with a 90 % interval
over states drawn with repetition. Ideal points were published as smoothed over time, so votes of t know a little of
the years after, for every predictor alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata, spearmanr

from amity.evaluation import world as worlds
from amity.pipeline.alignment import material as gathered
from amity.structure.alignment import PARTS, SECURITY, Material, holdings, positions
from amity.structure.alignment.latent import Scores, fit, score
from amity.structure.alignment.parts import Z90, Estimate, Holdings
from amity.structure.alignment.portfolios import COMMITMENT, HIGHEST
from amity.structure.alignment.response import Pressure, respond

Floats = NDArray[np.float64]

POLES = ("USA", "RUS")
AHEAD = 3
ORIGINS = range(1985, 2020, 5)
"""Ends of what is learned from; each is tested on the years up to the next."""

DATASET = ("icews-years",)
RIDGE = 1.0


def evaluate(data: Path) -> dict[str, Any]:
    """Out-of-sample validity, agreement of the parts, stability, and what simulated responses come to."""
    world = worlds.open(data)
    material = gathered(world, POLES, DATASET if "icews-years" in world.archive.datasets() else None, draws=50)
    held = holdings(material)
    parts = positions(material, held, 0, 1)
    orders = world.table("orders")
    outcomes: dict[str, Outcome | None] = {"alliances": _alliances(held)}
    if orders is not None:
        outcomes["orders"] = every = _orders(material, orders)
        outcomes["orders anew"] = Outcome(np.where(every.before == 0, every.came, np.nan), every.long, every.long)
    origins = [origin - material.years[0] for origin in ORIGINS if origin in material.years]
    foretold = {name: _foretold(parts, one, origins) for name, one in outcomes.items() if one is not None}
    return {
        "foretelling": {**foretold, **({"votes": _votes(parts, origins)} if "votes" in parts else {})},
        "agreement": {**_agreement(parts), "inside the interval": _coverage(parts)},
        "allies": _allies(parts, held, 1991 - material.years[0]),
        "stability": _stability(parts, 1991 - material.years[0]) | _otherwise(material, parts),
        "responses": _responses(),
    }


# What comes next --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """Whether something came in the next years, and what there was before (`long`: as far back as is known), (poles,
    states, years); NaN outside."""

    came: Floats
    before: Floats
    long: Floats


def _orders(material: Material, orders: Any) -> Outcome:
    count = np.zeros((len(POLES), *material.members.shape))
    years = [row["ordered"] for row in orders.select(["ordered"]).to_pylist() if row["ordered"]]
    for row in orders.select(["supplier", "recipient", "ordered"]).to_pylist():
        supplier = material.codes.get(row["supplier"], row["supplier"])
        at, column = material.index.get(row["recipient"]), material.year(row["ordered"] or 0)
        if supplier in POLES and at is not None and column is not None:
            count[POLES.index(supplier), at, column] += 1
    sums = np.cumsum(np.pad(count, ((0, 0), (0, 0), (1, 0))), axis=2)
    before, came = np.full(count.shape, np.nan), np.full(count.shape, np.nan)
    before[..., 4:] = np.log1p(sums[..., 5:] - sums[..., :-5])
    came[..., :-AHEAD] = sums[..., AHEAD + 1 :] - sums[..., 1:-AHEAD] > 0
    columns = np.array(material.years)
    came[..., columns > max(years) - AHEAD] = np.nan
    return Outcome(np.where(material.members, came, np.nan), before, np.log1p(sums[..., 1:]))


def _alliances(held: Holdings) -> Outcome | None:
    """Rises of commitment; before them the commitment itself."""
    if held.portfolios is None:
        return None
    ties = np.moveaxis(held.portfolios.ties, 2, 0)
    came = np.full(ties.shape, np.nan)
    later = np.stack([ties[..., ahead : ties.shape[2] - AHEAD + ahead] for ahead in range(1, AHEAD + 1)])
    now = ties[..., :-AHEAD]
    known = np.isfinite(now) & np.isfinite(later).all(axis=0) & (now < 3.0)
    came[..., :-AHEAD] = np.where(known, np.nan_to_num(later).max(axis=0) > np.nan_to_num(now), np.nan)
    return Outcome(came, ties, ties)


def _foretold(parts: Mapping[str, Estimate], outcome: Outcome, origins: Sequence[int]) -> dict[str, Any]:
    """Scores of every predictor over all origins."""
    tested: list[dict[str, Floats]] = []
    for column in origins:
        scores = _fitted(parts, column)
        features = _features(parts, scores, outcome)
        learned, foretold = _split(outcome.came, column)
        if learned.sum() < 200 or not foretold.any() or np.nanmax(outcome.came[learned]) == 0:
            continue
        states = np.broadcast_to(np.arange(outcome.came.shape[1])[None, :, None], outcome.came.shape)[foretold]
        found = {"came": outcome.came[foretold], "state": states.astype(float)}
        for name, columns in features.items():
            found[name] = _logistic(columns[:, learned], outcome.came[learned], columns[:, foretold])
        tested.append(found)
    if not tested:
        return {}
    joined = {name: np.concatenate([one[name] for one in tested]) for name in tested[0]}
    came, state = joined.pop("came") > 0, joined.pop("state")
    result: dict[str, Any] = {"cases": len(came), "came": int(came.sum())}
    for name, chance in joined.items():
        result[name] = {"auc": auc(came, chance), "log score": float(_log(came, chance).mean())}
    difference = _log(came, joined["persistence and score"]) - _log(came, joined["persistence"])
    result["gain"] = {"log score": float(difference.mean()), **_interval(difference, state)}
    return result


def _fitted(parts: Mapping[str, Estimate], column: int) -> Scores:
    """The score with weights learned from the years before a column."""
    known = {name: parts[name] for name in PARTS if name in parts}
    until = {
        name: Estimate(one.value[:, :column], one.low[:, :column], one.high[:, :column], one.rests)
        for name, one in known.items()
    }
    return score(known, fit(until))


def _features(parts: Mapping[str, Estimate], scores: Scores, outcome: Outcome) -> dict[str, Floats]:
    """Columns by predictor, (columns, poles, states, years), all turned towards the pole in question."""
    signs = np.array([1.0, -1.0])[:, None, None]
    pole = np.broadcast_to(signs > 0, outcome.came.shape).astype(float)
    before = np.nan_to_num(outcome.before)
    each = {
        name: np.stack([np.nan_to_num(signs * part.value), np.isfinite(np.broadcast_to(part.value, pole.shape))])
        for name, part in parts.items()
        if name in PARTS
    }
    whole = np.nan_to_num(signs * scores.mean)
    return {
        "base rate": np.stack([pole]),
        "persistence": np.stack([pole, before]),
        **{name: np.concatenate([pole[None], columns]) for name, columns in each.items()},
        "score": np.stack([pole, whole]),
        "persistence and score": np.stack([pole, before, whole]),
        "persistence and all parts": np.concatenate([np.stack([pole, before]), *each.values()]),
    }


def _split(came: Floats, column: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """What was known at an origin (its outcome came before it), and the years until the next."""
    known = np.isfinite(came)
    year = np.broadcast_to(np.arange(came.shape[2]), came.shape)
    return known & (year <= column - AHEAD), known & (year > column) & (year <= column + ORIGINS.step)


def _logistic(x: Floats, y: Floats, new: Floats) -> Floats:
    """Probabilities by logistic regression with a ridge on standardised columns, fitted by Newton's steps."""
    middle, spread = x.mean(axis=1, keepdims=True), x.std(axis=1, keepdims=True) + 1e-9
    design = np.column_stack([np.ones(x.shape[1]), ((x - middle) / spread).T])
    penalty = RIDGE * np.eye(design.shape[1])
    penalty[0, 0] = 0.0
    weights = np.zeros(design.shape[1])
    for _ in range(25):
        chance = 1.0 / (1.0 + np.exp(-np.clip(design @ weights, -30, 30)))
        slope = design.T @ (y - chance) - penalty @ weights
        weights += np.linalg.solve((design * (chance * (1 - chance))[:, None]).T @ design + penalty, slope)
    later = np.column_stack([np.ones(new.shape[1]), ((new - middle) / spread).T])
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(later @ weights, -30, 30))))


def auc(came: NDArray[np.bool_], chance: Floats) -> float:
    """The probability that one that came was given a higher chance than one that did not; ties count half."""
    ranks = rankdata(chance)
    hits, misses = int(came.sum()), int((~came).sum())
    if not hits or not misses:
        return float("nan")
    return float((ranks[came].sum() - hits * (hits + 1) / 2.0) / (hits * misses))


def _log(came: NDArray[np.bool_], chance: Floats) -> Floats:
    return np.asarray(np.log(np.clip(np.where(came, chance, 1.0 - chance), 1e-6, 1.0)))


def _interval(values: Floats, state: Floats, draws: int = 1000) -> dict[str, float]:
    """90 % interval of a mean when states are drawn with repetition."""
    _, group = np.unique(state, return_inverse=True)
    sums, counts = np.bincount(group, values), np.bincount(group)
    drawn = np.random.default_rng(0).integers(len(sums), size=(draws, len(sums)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.quantile(means, (0.05, 0.95))
    return {"low": float(low), "high": float(high)}


def _votes(parts: Mapping[str, Estimate], origins: Sequence[int]) -> dict[str, Any]:
    """Root mean squared error of the voting position three years on."""
    votes = parts["votes"].value
    came = np.full(votes.shape, np.nan)
    came[:, :-AHEAD] = votes[:, AHEAD:]
    errors: dict[str, list[Floats]] = {}
    states = []
    for column in origins:
        others = {name: part for name, part in parts.items() if name != "votes"}
        scores = _fitted(others, column).mean
        learned, foretold = _split(np.where(np.isfinite(votes) & np.isfinite(scores), came, np.nan)[None], column)
        learned, foretold = learned[0], foretold[0]
        if learned.sum() < 200 or not foretold.any():
            continue
        states.append(np.broadcast_to(np.arange(len(votes))[:, None], votes.shape)[foretold])
        one = np.ones_like(votes)
        designs = {
            "mean": [one],
            "persistence": [one, votes],
            "score of the other parts": [one, scores],
            "persistence and score": [one, votes, scores],
        }
        for name, columns in designs.items():
            x = np.stack([np.nan_to_num(each) for each in columns])
            weights, *_ = np.linalg.lstsq(x[:, learned].T, came[learned], rcond=None)
            errors.setdefault(name, []).append((came[foretold] - x[:, foretold].T @ weights) ** 2)
    if not states:
        return {}
    joined = {name: np.concatenate(each) for name, each in errors.items()}
    state = np.concatenate(states).astype(float)
    gain = joined["persistence"] - joined["persistence and score"]
    result: dict[str, Any] = {"cases": len(state)}
    result |= {name: {"rmse": float(np.sqrt(each.mean()))} for name, each in joined.items()}
    return result | {"gain": {"squared error": float(gain.mean()), **_interval(gain, state)}}


# How it holds together --------------------------------------------------------------------------------------------


def _agreement(parts: Mapping[str, Estimate]) -> dict[str, Any]:
    """Rank correlation of the parts over states and years, and the reliability that the model gives them."""
    pairs = {}
    for one, other in combinations(parts, 2):
        x, y = parts[one].value.ravel(), parts[other].value.ravel()
        both = np.isfinite(x) & np.isfinite(y)
        if both.sum() > 30:
            pairs[f"{one}, {other}"] = {"rho": float(spearmanr(x[both], y[both]).statistic), "cases": int(both.sum())}
    models = {"all": PARTS, "security": SECURITY}
    reliability = {
        model: {name: loading.reliability for name, loading in fit(_some(parts, names)).items()}
        for model, names in models.items()
    }
    return {"pairs": pairs, "reliability": reliability}


def _coverage(parts: Mapping[str, Estimate]) -> dict[str, Any]:
    """How often a part lies in the 90 % interval that the score of the other parts foretells for it."""
    known = _some(parts, PARTS)
    loadings, found = fit(known), {}
    for name, part in known.items():
        others, loading = score(known, loadings, (name,)), loadings[name]
        spread = np.sqrt(loading.slope**2 * others.variance + loading.noise + part.error**2)
        apart = np.abs(part.value - loading.slope * others.mean) / spread
        found[name] = float((apart[np.isfinite(apart)] < Z90).mean())
    return found


def _some(parts: Mapping[str, Estimate], names: tuple[str, ...]) -> dict[str, Estimate]:
    return {name: parts[name] for name in names if name in parts}


def _allies(parts: Mapping[str, Estimate], held: Holdings, wall: int) -> dict[str, Any]:
    """Whether what is not read from treaties tells states with a defence pact with the one pole alone from those with
    the other alone: AUC of the score without alliances, and of each other part, before and after the cold war."""
    if held.portfolios is None:
        return {}
    one, other = np.moveaxis(held.portfolios.ties, 2, 0) >= HIGHEST
    known = _some(parts, PARTS)
    values = {"score without alliances": score(known, fit(known), ("alliances",)).mean}
    values |= {name: part.value for name, part in known.items() if name != "alliances"}
    found: dict[str, Any] = {}
    for name, value in values.items():
        for era, years in (("until 1990", slice(None, wall)), ("since 1991", slice(wall, None))):
            chosen = (np.isfinite(value) & (one != other))[:, years]
            if one[:, years][chosen].any() and other[:, years][chosen].any():
                figure = {"auc": auc(one[:, years][chosen], value[:, years][chosen]), "cases": int(chosen.sum())}
                found.setdefault(era, {})[name] = figure
    return found


def _otherwise(material: Material, parts: Mapping[str, Estimate]) -> dict[str, float]:
    """What the score has in common with itself when treaties weigh otherwise."""
    ways = {
        "nonaggression weighed 1": {**COMMITMENT, "nonaggression": 1.0},
        "nonaggression weighed 2": {**COMMITMENT, "nonaggression": 2.0},
        "defence and offence alone": {"defense": 3.0, "offense": 3.0},
    }
    known = _some(parts, PARTS)
    usual, found = score(known, fit(known)).mean, {}
    for name, weights in ways.items():
        other = replace(material, commitment=weights, votes=None, deliveries=None, panel=None)
        changed = {**known, **positions(other, holdings(other), 0, 1)}
        found[name] = _rank(usual, score(changed, fit(changed)).mean)
    return found


def _stability(parts: Mapping[str, Estimate], wall: int) -> dict[str, Any]:
    """How much the score depends on single parts and on the years that weights are learned from, and how it moves."""
    known = _some(parts, PARTS)
    loadings = fit(known)
    whole = score(known, loadings)
    value = whole.quantile(0.0)
    without = {f"without {name}": _rank(value, score(known, loadings, (name,)).quantile(0.0)) for name in known}
    cold = _fitted(parts, wall).quantile(0.0)
    moves = np.abs(np.diff(value, axis=1))
    width = whole.quantile(1.645) - whole.quantile(-1.645)
    return {
        **without,
        "weights learned before 1991": _rank(value, cold),
        "year to year": _rank(value[:, 1:], value[:, :-1]),
        "mean move in a year": float(np.nanmean(moves)),
        "mean width of the interval": float(np.nanmean(width)),
    }


def _rank(one: Floats, other: Floats) -> float:
    both = np.isfinite(one) & np.isfinite(other)
    return float(spearmanr(one[both], other[both]).statistic) if both.sum() > 2 else float("nan")


# Responses to hostility, where the truth is known ----------------------------------------------------------------


def _responses(worlds_: int = 10) -> dict[str, Any]:
    """Simulated worlds of 100 states and 12 years: the probability of balancing where states balance, bandwagon, or do
    not respond at all, and how often a state that does not respond is told to, at 90 %."""
    found: dict[str, Any] = {}
    for name, strength in (("balancing", -0.2), ("nothing", 0.0), ("bandwagoning", 0.2)):
        told = [respond(*simulated(strength, seed), lag=1, seed=seed, rounds=600) for seed in range(worlds_)]
        each = np.concatenate([(one.each < 0).mean(axis=0) for one in told if one is not None])
        typical = np.array([(one.typical < 0).mean() for one in told if one is not None])
        found[name] = {
            "typical, balancing": float(typical.mean()),
            "states, balancing": float(each.mean()),
            "states told at 90 %": float(((each > 0.9) | (each < 0.1)).mean()),
        }
    return found


def simulated(
    strength: float, seed: int, states: int = 100, years: int = 12
) -> tuple[Floats, Pressure, NDArray[np.bool_]]:
    """A world in which alignment answers hostility with `strength` yearly changes for one standard deviation; with
    shocks that all share, hostility that lasts, states at odds with the pole from the start, and no missing years."""
    rng = np.random.default_rng(seed)
    hostility = np.zeros((states, years))
    theta = np.zeros((states, years))
    usual, shocks = rng.normal(size=states), rng.normal(0.0, 0.1, size=years)
    hostility[:, 0], theta[:, 0] = usual + rng.normal(size=states), rng.normal(0.0, 0.8, size=states) - 0.5 * usual
    for year in range(1, years):
        hostility[:, year] = usual + 0.5 * (hostility[:, year - 1] - usual) + rng.normal(size=states)
        push = strength * 0.12 * (hostility[:, year - 1] - usual)
        theta[:, year] = 0.95 * theta[:, year - 1] + push + shocks[year] + rng.normal(0.0, 0.12, size=states)
    on = Pressure(hostility / hostility.std(), rng.normal(size=hostility.shape))
    return theta, on, np.ones((states, years - 1), bool)
