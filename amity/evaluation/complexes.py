"""Complexes: agreement with the map of Buzan and Wæver, and whether states placed together clash in later years.

On ICEWS dyad-years. The map (`states/rsc_2003.tsv`) is compared with complexes after 2004, and chose nothing; settings
were chosen on what came until 2010. What comes is, of each pair of states in the three years after a window of events,
a militarised dispute, five events of material conflict or more, or one of the four densest conflicts of either. A
logistic regression fitted after one window is scored after a later one, on pairs without powers that were held out.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.special import comb, gammaln
from scipy.stats import rankdata

from amity.errors import InputError
from amity.evaluation import world as worlds
from amity.evaluation.figures import prf
from amity.pipeline.complexes import background, complexes
from amity.pipeline.world import World
from amity.records.complexes import BREADTHS, EXPECTED, Complexes, Settings
from amity.structure.complexes.expectation import kilometres
from amity.structure.complexes.finding import Background, Setup, grouped, setup
from amity.structure.complexes.interaction import Course, Floats, course, standing
from amity.structure.complexes.membership import Grouping
from amity.structure.complexes.partition import divide, modularity

DATASET = "icews-years"
MAP = "states/rsc_2003.tsv"
DISPUTES = "states/cow_mid_ddydisps.csv"
FIRST, LAST = 2004, 2011
"""Last years of the windows: settings were chosen at 2007 with regressions fitted at 2004; reported is 2011."""

CHOSEN_AT = 2007
AHEAD = 3
OUTCOMES = ("dispute", "conflict", "dense")
Labels = NDArray[np.intp]


def evaluate(data: Path, settings: Settings | None = None) -> dict[str, Any]:
    """Scores on the folder of evaluation data.

    Raises:
        InputError: when event data or the map are not there.
    """
    world = worlds.open(data)
    chosen = settings or Settings()
    scene = Scene.of(world, data)
    return {
        "map of 2003": on_the_map(world, scene, data / MAP, chosen),
        f"ahead, {LAST + 1}-{LAST + AHEAD}": ahead(scene, chosen, CHOSEN_AT, LAST),
        f"chosen on {CHOSEN_AT + 1}-{CHOSEN_AT + AHEAD}": alternatives(scene, chosen),
    }


@dataclass(frozen=True)
class Scene:
    """Events and disputes by pair of states and year. `clash` (years, n, n) are events of material conflict,
    `disputes` pairs of state indices by year."""

    world: World
    flow: Course
    years: tuple[int, ...]
    clash: Floats
    quarrel: Floats
    disputes: Mapping[int, frozenset[tuple[int, int]]]

    @classmethod
    def of(cls, world: World, data: Path) -> Scene:
        """Everything that is asked of a world; a year without disputes in the file is not in `disputes`."""
        panel = world.panel(unit="year", datasets=(DATASET,))
        flow = course(panel)
        rows = {state: row for row, state in enumerate(flow.states)}
        n = len(rows)
        grids = []
        for quads in (("material conflict",), ("material conflict", "verbal conflict")):
            grid = np.zeros((panel.periods, n, n))
            for dyad, counts in zip(panel.dyads, panel.dense(quads=quads), strict=True):
                grid[:, rows[dyad.actor], rows[dyad.recipient]] += counts
                grid[:, rows[dyad.recipient], rows[dyad.actor]] += counts
            grids.append(grid)
        years = tuple(int(str(edge)[:4]) for edge in panel.edges[:-1])
        return cls(world, flow, years, grids[0], grids[1], _disputes(world, data, rows))

    def period(self, year: int) -> int:
        """The period of a year."""
        return self.years.index(year)

    def background(self, year: int) -> Background:
        """What was known of states at the end of a year."""
        return background(self.world, self.flow.states, date(year, 12, 31))[0]

    def outcomes(self, year: int) -> dict[str, Floats]:
        """What happened between states in the years after: 1 or 0, (n, n)."""
        after = [self.period(later) for later in range(year + 1, year + AHEAD + 1)]
        n = len(self.flow.states)
        disputed = np.zeros((n, n))
        for later in range(year + 1, year + AHEAD + 1):
            for a, b in self.disputes.get(later, ()):
                disputed[a, b] = disputed[b, a] = 1.0
        clashes, quarrels = self.clash[after].sum(axis=0), self.quarrel[after].sum(axis=0)
        dense = np.zeros((n, n))
        for one in range(n):
            partners = np.argsort(-quarrels[one], kind="stable")[:4]
            dense[one, partners[quarrels[one, partners] >= 3]] = 1.0
        found = {"conflict": (clashes >= 5).astype(float), "dense": np.maximum(dense, dense.T)}
        covered = all(later in self.disputes for later in range(year + 1, year + AHEAD + 1))
        return {"dispute": disputed, **found} if covered else found


def _disputes(world: World, data: Path, rows: Mapping[str, int]) -> dict[int, frozenset[tuple[int, int]]]:
    found: dict[int, set[tuple[int, int]]] = {}
    for line in _lines(data / DISPUTES):
        year = int(line["year"])
        ends = [world.codebook.states.by_cow(int(line[code]), date(year, 12, 31)) for code in ("ccode1", "ccode2")]
        known = [rows[state.id] for state in ends if state is not None and state.id in rows]
        if len(known) == 2:
            found.setdefault(year, set()).add((min(known), max(known)))
    return {year: frozenset(pairs) for year, pairs in found.items()}


def _lines(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a table, plain or zipped; none where there is no file."""
    zipped = path.with_name(path.name + ".gz")
    if not path.exists() and not zipped.exists():
        return
    with gzip.open(zipped, "rt", encoding="utf-8") if zipped.exists() else path.open(encoding="utf-8") as file:
        yield from csv.DictReader(file, delimiter="\t" if path.suffix == ".tsv" else ",")


def divided(scene: Scene, year: int, settings: Settings) -> tuple[Setup, Grouping]:
    """Complexes after a year, the division alone."""
    now = standing(scene.flow, scene.period(year), settings.halflife)
    ready = setup(now, scene.background(year), settings)
    return ready, grouped(ready, settings, np.random.default_rng(settings.seed))


# What comes after -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Window:
    """Pairs of regional states after a year: what is known of them, and what came."""

    pairs: tuple[NDArray[np.intp], NDArray[np.intp]]
    features: dict[str, Floats]
    outcomes: dict[str, Floats]


def window(scene: Scene, year: int, settings: Settings) -> Window:
    """Features of all pairs: mass, persistence, distance, contiguity, complexes, and communities of raw counts."""
    ready, grouping = divided(scene, year, settings)
    now = standing(scene.flow, scene.period(year), settings.halflife).part(ready.regional)
    around = scene.background(year)
    grid = np.ix_(ready.regional, ready.regional)
    upper = np.triu_indices(len(ready.regional), 1)
    far = np.log(np.maximum(kilometres(around.latitude, around.longitude)[grid], 50.0))
    near = around.neighbours[grid] if around.neighbours is not None else np.zeros_like(far)
    active = np.log1p(now.events.sum(axis=1))
    rng = np.random.default_rng(settings.seed)
    raw = divide(modularity(now.events, 1.0), rng)
    touching = divide(modularity(near, 1.0), rng)
    where = _subregions(scene.world, [scene.flow.states[one] for one in ready.regional])
    matrices = {
        "mass": active[:, None] + active,
        "persistence": np.log1p(now.events),
        "any before": (now.events > 0).astype(float),
        "distance": -np.where(np.isnan(far), np.nanmean(far), far),
        "contiguity": near,
        "complexes": grouping.share,
        "division": _same(grouping.labels),
        "raw-count communities": _same(raw),
        "contiguity communities": _same(touching),
        "UN subregions": _same(where),
    }
    return Window(
        upper,
        {name: matrix[upper] for name, matrix in matrices.items()},
        {name: matrix[grid][upper] for name, matrix in scene.outcomes(year).items()},
    )


def _same(labels: Labels) -> Floats:
    """1 for two of one class, 0 for others and for who is in none (below 0)."""
    return np.asarray((labels[:, None] == labels) & (labels[:, None] >= 0), dtype=float)


MODELS: dict[str, tuple[str, ...]] = {
    "mass only": ("mass",),
    "complexes": ("mass", "complexes"),
    "complexes, division only": ("mass", "division"),
    "raw-count communities": ("mass", "raw-count communities"),
    "contiguity communities": ("mass", "contiguity communities"),
    "UN subregions": ("mass", "UN subregions"),
    "contiguity": ("mass", "contiguity"),
    "distance": ("mass", "distance"),
    "persistence": ("mass", "persistence", "any before"),
    "persistence + complexes": ("mass", "persistence", "any before", "complexes"),
    "persistence + distance + contiguity": ("mass", "persistence", "any before", "distance", "contiguity"),
    "persistence + distance + contiguity + complexes": (
        "mass",
        "persistence",
        "any before",
        "distance",
        "contiguity",
        "complexes",
    ),
}
"""Features of each model; mass (how active both are) is in all, since attention is not what is to be predicted."""

COMPARED = (
    ("complexes, division only", "UN subregions"),
    ("complexes, division only", "contiguity communities"),
    ("complexes", "distance"),
    ("complexes", "persistence"),
    ("persistence + complexes", "persistence"),
    ("persistence + distance + contiguity + complexes", "persistence + distance + contiguity"),
)


def ahead(scene: Scene, settings: Settings, learned: int, scored: int) -> dict[str, Any]:
    """Each model learned after one year and scored after another: AUC, average precision, skill (share of the log loss
    of mass only that is gone), and differences in log loss per thousand pairs with a 90 % interval over states."""
    before, after = window(scene, learned, settings), window(scene, scored, settings)
    told: dict[str, Any] = {}
    for outcome in OUTCOMES:
        if outcome not in before.outcomes or outcome not in after.outcomes:
            continue
        truth = after.outcomes[outcome]
        predicted = {name: predict(before, after, outcome, features) for name, features in MODELS.items()}
        base = float(losses(predicted["mass only"], truth).mean())
        told[outcome] = {
            "pairs": len(truth),
            "happened": int(truth.sum()),
            "models": {
                name: {
                    "auc": round(auc(chance, truth), 3),
                    "average precision": round(average_precision(chance, truth), 3),
                    "skill": round(1 - float(losses(chance, truth).mean()) / base, 3),
                }
                for name, chance in predicted.items()
            },
            "alone": {
                name: {
                    "auc": round(auc(after.features[name], truth), 3),
                    "average precision": round(average_precision(after.features[name], truth), 3),
                }
                for name in ("complexes", "persistence", "distance", "contiguity", "UN subregions")
            },
            "log loss saved per 1,000 pairs": {
                f"{one} over {other}": _saved(predicted[one], predicted[other], truth, after.pairs)
                for one, other in COMPARED
            },
        }
    return told


def predict(learned: Window, scored: Window, outcome: str, features: Sequence[str]) -> Floats:
    """Chances from a logistic regression on some features, standardised as they were where it was learned."""
    columns = [learned.features[name] for name in features]
    centre, scale = [float(c.mean()) for c in columns], [max(float(c.std()), 1e-9) for c in columns]

    def design(window: Window) -> Floats:
        parts = [(window.features[n] - m) / s for n, m, s in zip(features, centre, scale, strict=True)]
        if "complexes" in features:
            parts.append(parts[features.index("complexes")] ** 2)
        return np.column_stack([np.ones(len(parts[0])), *parts])

    x, y = design(learned), learned.outcomes[outcome]
    beta = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        step = np.linalg.solve((x.T * (p * (1 - p))) @ x + 1e-2 * np.eye(len(beta)), x.T @ (y - p) - 1e-2 * beta)
        beta += step
        if np.abs(step).max() < 1e-8:
            break
    return np.asarray(1 / (1 + np.exp(-np.clip(design(scored) @ beta, -30, 30))))


def losses(chance: Floats, truth: Floats) -> Floats:
    """Logarithmic loss of each pair."""
    p = np.clip(chance, 1e-9, 1 - 1e-9)
    return -np.log(np.where(truth > 0, p, 1 - p))


def auc(score: Floats, truth: Floats) -> float:
    """How probable it is that a pair where it happened scores higher than one where it did not."""
    happened = truth.sum()
    if not 0 < happened < len(truth):
        return float("nan")
    ranks = rankdata(score)
    return float((ranks[truth > 0].sum() - happened * (happened + 1) / 2) / (happened * (len(truth) - happened)))


def average_precision(score: Floats, truth: Floats) -> float:
    """Mean precision at each pair where it happened; pairs that score alike share their mean."""
    order = np.argsort(-score, kind="stable")
    sorted_score, hits = score[order], truth[order]
    ends = np.append(np.flatnonzero(np.diff(sorted_score)), len(score) - 1)
    found = np.cumsum(hits)[ends]
    gained = np.diff(found, prepend=0.0)
    return float((gained * found / (ends + 1)).sum() / max(truth.sum(), 1))


def _saved(
    one: Floats, other: Floats, truth: Floats, pairs: tuple[NDArray[np.intp], NDArray[np.intp]], draws: int = 500
) -> dict[str, float]:
    """Mean difference in log loss, and its interval when states are drawn anew (a pair counts as often as both)."""
    gained = losses(other, truth) - losses(one, truth)
    rng = np.random.default_rng(0)
    n = int(pairs[1].max()) + 1
    means = []
    for _ in range(draws):
        times = np.bincount(rng.integers(0, n, n), minlength=n)
        weight = times[pairs[0]] * times[pairs[1]]
        means.append(float((gained * weight).sum() / weight.sum()))
    low, high = np.quantile(means, [0.05, 0.95])
    return {"mean": round(1000 * float(gained.mean()), 2), "low": round(1000 * low, 2), "high": round(1000 * high, 2)}


def skill(scene: Scene, settings: Settings, learned: int = FIRST, scored: int = CHOSEN_AT) -> dict[str, float]:
    """Mean over outcomes of the share of log loss that complexes, and their division alone, save over mass alone."""
    before, after = window(scene, learned, settings), window(scene, scored, settings)
    gained: dict[str, list[float]] = {"complexes": [], "division": []}
    for outcome in OUTCOMES:
        if outcome in before.outcomes and outcome in after.outcomes:
            truth = after.outcomes[outcome]
            base = float(losses(predict(before, after, outcome, ("mass",)), truth).mean())
            for name, found in gained.items():
                found.append(1 - float(losses(predict(before, after, outcome, ("mass", name)), truth).mean()) / base)
    return {name: round(float(np.mean(found)), 3) for name, found in gained.items()}


POWERS = ("USA", "RUS", "CHN", "GBR", "FRA")


def alternatives(scene: Scene, settings: Settings) -> dict[str, Any]:
    """The skill of other settings in the years on which they were chosen, beside each other. Who is held out changes
    which pairs are scored, so that the last two lines are not to be compared with the others."""
    trials: dict[str, dict[str, Any]] = {
        "as set": {},
        **{f"expected: {by}": {"expected": by} for by in EXPECTED if by != settings.expected},
        **{f"half-life: {years:g} years": {"halflife": years} for years in (0.5, 2.0, 4.0)},
        **{f"scale: {breadth}": {"breadth": breadth} for breadth in BREADTHS if breadth != settings.breadth},
        **{f"held out: {' '.join(held) or 'nobody'}": {"held": held} for held in ((), POWERS)},
    }
    return {name: skill(scene, msgspec.structs.replace(settings, **fields)) for name, fields in trials.items()}


# The map ----------------------------------------------------------------------------------------------------------


def on_the_map(world: World, scene: Scene, path: Path, settings: Settings, year: int = FIRST) -> dict[str, Any]:
    """Agreement with the map of states that both have: ARI, AMI, best F1 of each of its complexes; baselines beside."""
    lines = list(_lines(path))
    if not lines:
        raise InputError(str(path), "is not there; the map of complexes is needed")
    drawn = {line["iso3"]: line["rsc"] for line in lines if line["role"] == "member"}
    sure = {line["iso3"] for line in lines if line["confidence"] == "core"}
    asked: dict[str, Any] = {
        "at": date(year, 12, 31),
        "unit": "year",
        "settings": settings,
        "datasets": (DATASET,),
    }
    found = complexes(world, **asked)
    states = [state for state in scene.flow.states if state in drawn]
    rows = [scene.flow.states.index(state) for state in states]
    divisions = {"complexes": _placed(found, states)}
    for name, labels in _baselines(scene, year, settings).items():
        divisions[name] = {state: int(labels[row]) for state, row in zip(states, rows, strict=True)}
    told = {name: _agreement(states, drawn, division) for name, division in divisions.items()}
    certain = [state for state in states if state in sure]
    return {
        "states": len(states),
        "complexes on the map": len({drawn[state] for state in states}),
        "found": len(found.complexes),
        "unassigned": len(found.unassigned),
        "agreement": told,
        "agreement, undisputed states": _agreement(certain, drawn, divisions["complexes"]),
        "agreement, other settings": {
            name: _agreement(states, drawn, _placed(complexes(world, **(asked | fields)), states))
            for name, fields in _sensitivity(settings).items()
        },
        "f1 of each": _best(states, drawn, divisions["complexes"]),
        "insulators": _insulators(lines, found.insulators, scene.flow.states),
    }


def _placed(found: Complexes, states: Sequence[str]) -> dict[str, int]:
    """The number of each state's complex; who is in none has a number of its own."""
    placed = {state: k for k, one in enumerate(found.complexes) for state in one.states}
    return {state: placed.get(state, len(found.complexes) + number) for number, state in enumerate(states)}


def _sensitivity(settings: Settings) -> dict[str, dict[str, Any]]:
    """Other settings and windows, of which nothing was chosen: how much the agreement hangs on them."""

    def of(**fields: Any) -> dict[str, Any]:
        return {"settings": msgspec.structs.replace(settings, **fields)}

    return {
        **{breadth: of(breadth=breadth) for breadth in BREADTHS if breadth != settings.breadth},
        **{by: of(expected=by) for by in EXPECTED if by != settings.expected},
        "another seed": of(seed=settings.seed + 1),
        "2002 to 2014, all years alike": {"at": date(2014, 12, 31), **of(halflife=100.0)},
    }


def _baselines(scene: Scene, year: int, settings: Settings) -> dict[str, Labels]:
    """Other divisions of all states: contiguity, subregions, raw counts, signs."""
    now = standing(scene.flow, scene.period(year), settings.halflife)
    around = scene.background(year)
    rng = np.random.default_rng(settings.seed)
    near = around.neighbours if around.neighbours is not None else np.zeros_like(now.events)
    net = now.value - now.scored * now.value.sum() / max(now.scored.sum(), 1.0)
    return {
        "contiguity only": divide(modularity(near, 1.0), rng),
        "UN subregions": _subregions(scene.world, scene.flow.states),
        "raw counts": divide(modularity(now.events, 1.0), rng),
        "all events, raw": divide(modularity(now.scored, 1.0), rng),
        "signed": divide(np.sign(net) * np.sqrt(np.abs(net)), rng),
    }


def _subregions(world: World, states: Sequence[str]) -> Labels:
    regions = world.codebook.regions
    names = [regions[state].subregion if state in regions else state for state in states]
    return np.asarray(np.unique(names, return_inverse=True)[1])


def _agreement(states: Sequence[str], drawn: Mapping[str, str], division: Mapping[str, int]) -> dict[str, float]:
    truth = np.unique([drawn[state] for state in states], return_inverse=True)[1]
    labels = np.unique([division[state] for state in states], return_inverse=True)[1]
    best = _best(states, drawn, division)
    return {
        "ari": round(adjusted_rand(truth, labels), 3),
        "ami": round(adjusted_information(truth, labels), 3),
        "mean_f1": round(float(np.mean(list(best.values()))), 3),
        "communities": len(set(labels.tolist())),
    }


def _best(states: Sequence[str], drawn: Mapping[str, str], division: Mapping[str, int]) -> dict[str, float]:
    """The best F1 that any community has with each complex of the map."""
    best: dict[str, float] = {}
    for name in sorted({drawn[state] for state in states}):
        inside = {state for state in states if drawn[state] == name}
        scores = []
        for label in {division[state] for state in inside}:
            community = {state for state in states if division[state] == label}
            scores.append(prf(len(inside & community), len(community), len(inside))["f1"])
        best[name] = max(scores)
    return best


def _insulators(lines: Sequence[Mapping[str, str]], found: Sequence[Any], states: Sequence[str]) -> dict[str, Any]:
    """How high the map's insulators stand by score among all its states."""
    score = {one.state: one.score for one in found}
    drawn = [line["iso3"] for line in lines if line["iso3"] in states and line["role"] in ("member", "insulator")]
    truth = np.array([line["role"] == "insulator" for line in lines if line["iso3"] in drawn], dtype=float)
    rank = np.array([score.get(state, 0.0) for state in drawn])
    named = [line["iso3"] for line in lines if line["role"] == "insulator"]
    return {
        "auc": round(auc(rank, truth), 3),
        "told": sorted(score),
        "on the map and told": sorted(set(named) & set(score)),
    }


def contingency(one: Labels, other: Labels) -> Floats:
    """How many are in each pair of classes."""
    table = np.zeros((int(one.max()) + 1, int(other.max()) + 1))
    np.add.at(table, (one, other), 1)
    return table


def adjusted_rand(one: Labels, other: Labels) -> float:
    """Rand index corrected for chance (Hubert and Arabie 1985)."""
    table = contingency(one, other)
    same = comb(table, 2).sum()
    rows, columns = comb(table.sum(axis=1), 2).sum(), comb(table.sum(axis=0), 2).sum()
    chance = rows * columns / comb(len(one), 2) if len(one) > 1 else 0.0
    most = (rows + columns) / 2
    return float((same - chance) / (most - chance)) if most != chance else 1.0


def adjusted_information(one: Labels, other: Labels) -> float:
    """Mutual information corrected for chance, over the mean of both entropies (Vinh, Epps and Bailey 2010)."""
    table = contingency(one, other)
    n = table.sum()
    a, b = table.sum(axis=1), table.sum(axis=0)
    shared = table[table > 0]
    mutual = float((shared / n * np.log(n * shared / np.outer(a, b)[table > 0])).sum())
    expected = sum(_expected_information(int(x), int(y), int(n)) for x in a for y in b)
    entropies = [float(-(s[s > 0] / n * np.log(s[s > 0] / n)).sum()) for s in (a, b)]
    most = sum(entropies) / 2
    return (mutual - expected) / (most - expected) if abs(most - expected) > 1e-12 else 1.0


def _expected_information(a: int, b: int, n: int) -> float:
    """What a class of a and one of b have in common by chance: a sum over the hypergeometric distribution."""
    both = np.arange(max(1, a + b - n), min(a, b) + 1)
    if not len(both):
        return 0.0
    log = (
        gammaln(a + 1)
        + gammaln(b + 1)
        + gammaln(n - a + 1)
        + gammaln(n - b + 1)
        - gammaln(n + 1)
        - gammaln(both + 1)
        - gammaln(a - both + 1)
        - gammaln(b - both + 1)
        - gammaln(n - a - b + both + 1)
    )
    return float((both / n * np.log(n * both / (a * b)) * np.exp(log)).sum())
