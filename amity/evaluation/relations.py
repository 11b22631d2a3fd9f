"""Relations: whether intensity and valence foretell counts, and go with rivalry, disputes, alliances and votes.

Settings are learned up to a year (a week of the daily sets) and frozen; what comes after is judged one step ahead,
each period from those before it. Beside it stands what needs no method: last period's count, the mean of all so far
(both with a dispersion of their own, learned as ours is), raw counts and raw mean scores.

Rivalries are those of Thompson and Dreyer (2011), disputes the militarised ones of the Correlates of War, alliances
ATOP's, votes ideal points in the UN General Assembly. Pairs are undirected there: both directions' figures are summed
(intensity) or averaged (valence). A turn is a false alarm where years were shuffled within each dyad; what is planted
on shuffled years should be found.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from amity.errors import InputError
from amity.evaluation import world
from amity.pipeline.world import World
from amity.records.panel import SCALES, Dyad, Panel, Unit
from amity.records.relations import Pace, Temper
from amity.relations import Fitted, changes, fit, intensity, learning, valence
from amity.relations.fitted import by_quad, counted, scored
from amity.relations.intensity import Counts
from amity.relations.memory import Array
from amity.relations.valence import Scores

YEARS = "icews-years"
LEARNED = 2008
"""The last year that settings are learned from; later ones are judged."""

DAILY: Mapping[str, Unit] = {"icews14": "week", "icews18": "week"}
PART = 0.6
"""The part of the periods of a daily set that is learned from."""

RIVALRIES, DISPUTES = "states/td_rivalries.csv", "states/cow_mid_ddydisps.csv.gz"
SHUFFLED = 400
"""Dyads whose years are shuffled."""

Pair = tuple[str, str]


def evaluate(data: Path) -> dict[str, Any]:
    """Log scores, coverage of intervals, agreement with rivalries, disputes, alliances and votes, false alarms."""
    held = world.open(data)
    found: dict[str, Any] = {}
    if YEARS in held.archive.datasets():
        panel = held.panel(unit="year", datasets=(YEARS,))
        early = _years(panel) <= LEARNED
        cut = int(early.sum())
        frozen = _learned(panel.before(cut))
        found["counts of years"] = counts(panel, cut)
        found["intervals of years"] = intervals(panel, cut, *frozen)
        found["states"] = states(held, data, panel, *frozen)
        found["scales"] = scales(held)
        found["turns of years"] = turns(panel, *frozen)
    for name, unit in DAILY.items():
        if name in held.archive.datasets():
            panel = held.panel(unit=unit, datasets=(name,))
            found[f"counts of {unit}s, {name}"] = layers(panel)
            found[f"turns of {unit}s, {name}"] = turns(panel, *_learned(panel))
    return found


# Counts one step ahead --------------------------------------------------------------------------------------------

WITHOUT: Mapping[str, Mapping[str, float]] = {
    "amity": {},
    "without forgetting": {"half_life": 1e4},
    "without long-run level": {"anchor": 1e4},
    "without sender and receiver": {"pull": 0.05},
    "without shrinkage": {"weight": 0.01, "anchor": 0.01},
    "without bursts": {"calm": 1e4, "spread": 0.02},
}
"""Settings that are held while the others are learned."""


def counts(panel: Panel, cut: int, layer: str | None = None, without: Sequence[str] = tuple(WITHOUT)) -> dict[str, Any]:
    """Mean log score of a dyad and period from number `cut` on, for dyads seen before; gain over it with its 90 %
    interval, by resampling pairs of states."""
    early = panel.before(cut)
    seen = np.flatnonzero(counted(early, _layer(layer)).events.sum(0) > 0)
    known, all_of = counted(early, _layer(layer)), counted(panel, _layer(layer)).of(seen)
    judged = np.flatnonzero((all_of.exposure > 0) & (np.arange(len(all_of.exposure)) >= cut))
    scores: dict[str, Array] = {}
    told: dict[str, dict[str, Any]] = {}
    for name, held in ((name, WITHOUT[name]) for name in without):
        pace = learning.pace(known, replace_pace(held) if held else None, tuple(held))
        mean, shape = intensity.dispersion(intensity.filtered(all_of, pace).ahead, all_of.exposure, pace)
        scores[name] = intensity.log_score(all_of.events[judged], mean[judged], shape[judged])
        told[name] = {"half_life": round(pace.half_life, 2)}
    for name, forecast in {"last period": _last, "mean so far": _mean}.items():
        mean = forecast(all_of)
        pace = _dispersion(known.of(seen), forecast(known.of(seen)))
        shape = pace.calm * mean**pace.spread
        scores[name] = intensity.log_score(all_of.events[judged], mean[judged], shape[judged])
        told[name] = {"half_life": None}
    groups = _pairs([panel.dyads[row] for row in seen])
    return {
        name: {
            "log_score": round(float(one.mean()), 4),
            **_gain(scores["amity"] - one, groups),
            **told[name],
        }
        for name, one in scores.items()
    }


LAYERED = ("amity", "without forgetting", "without shrinkage")
"""What is left out layer by layer."""


def layers(panel: Panel) -> dict[str, Any]:
    """Every layer with enough events, settings learned on the first part."""
    cut = int(panel.periods * PART)
    found: dict[str, Any] = {}
    names = sorted({one for one in panel.cells["layer"].unique().to_pylist() if one})
    for layer in (None, *names):
        one = counts(panel, cut, layer, LAYERED)
        temper = learning.temper(by_quad(panel.before(cut), _layer(layer)))
        found[layer or "all"] = {
            "amity": one["amity"]["log_score"],
            "last period": one["last period"]["log_score"],
            "mean so far": one["mean so far"]["log_score"],
            "without shrinkage": one["without shrinkage"]["log_score"],
            "without forgetting": one["without forgetting"]["log_score"],
            "half_life": one["amity"]["half_life"],
            "half_life_of_valence": round(temper.half_life, 2),
        }
    return found


def replace_pace(held: Mapping[str, float]) -> Pace:
    """The defaults with some settings changed."""
    import msgspec

    return msgspec.structs.replace(Pace(), **held)


def _last(known: Counts) -> Array:
    """The count of the last covered period at the exposure of this one; half an event where there was none."""
    rates = np.zeros(known.events.shape)
    latest = np.full(known.events.shape[1], 0.5 / max(known.exposure.max(), 1e-9))
    for now, exposure in enumerate(known.exposure):
        rates[now] = latest
        if exposure > 0:
            latest = (known.events[now] + 0.5) / exposure
    return rates * np.maximum(known.exposure, 1e-9)[:, None]


def _mean(known: Counts) -> Array:
    """The mean rate so far at the exposure of this period."""
    events, exposure = np.cumsum(known.events, axis=0), np.cumsum(known.exposure)
    rates = np.full(known.events.shape, 0.5 / max(known.exposure.max(), 1e-9))
    rates[1:] = (events[:-1] + 0.5) / np.maximum(exposure[:-1], 1e-9)[:, None]
    return rates * np.maximum(known.exposure, 1e-9)[:, None]


def _dispersion(known: Counts, mean: Array) -> Pace:
    """The dispersion that serves a forecast best, of the same form as ours."""
    judged = np.flatnonzero(known.exposure > 0)[1:]
    rows = learning.sample(known.events)
    events, means = known.events[np.ix_(judged, rows)], mean[np.ix_(judged, rows)]

    def score(one: Pace) -> float:
        return float(intensity.log_score(events, means, one.calm * means**one.spread).sum())

    return learning.climb(score, Pace(), ("half_life", "weight", "anchor", "pull"))


def _gain(gained: Array, groups: NDArray[np.int64], draws: int = 200, seed: int = 0) -> dict[str, Any]:
    """The mean gain in log score and its 90 % interval, pairs of states drawn anew."""
    if not gained.any():
        return {"amity_gains": None, "low": None, "high": None}
    sums = np.bincount(groups, gained.sum(0))
    sizes = np.bincount(groups) * len(gained)
    picked = np.random.default_rng(seed).integers(len(sums), size=(draws, len(sums)))
    low, high = np.quantile(sums[picked].sum(1) / sizes[picked].sum(1), [0.05, 0.95])
    return {
        "amity_gains": round(float(gained.mean()), 4),
        "low": round(float(low), 4),
        "high": round(float(high), 4),
    }


# Intervals --------------------------------------------------------------------------------------------------------


def intervals(panel: Panel, cut: int, pace: Pace, temper: Temper, seed: int = 0) -> dict[str, Any]:
    """The share of held-out counts, and mean scores of periods with ten events or more, inside of central intervals.

    Counts are discrete: where one lies within its own probability is drawn, so that right intervals hold exactly their
    share.
    """
    found = _frozen(panel, pace, temper)
    mean, shape = intensity.dispersion(found.rate_ahead, found.counts.exposure, pace)
    events = found.counts.events[cut:]
    fewer, most = intensity.rank(events, mean[cut:], shape[cut:])
    rank = fewer + np.random.default_rng(seed).random(events.shape) * (most - fewer)
    busy, told = mean[cut:] >= 1.0, found.scores.number[cut:] >= 10
    scores = valence.rank(found.scores, found.means_ahead, temper)[cut:][told]
    return {
        f"{level} %": {
            "counts": _inside(rank, level),
            "counts, one expected or more": _inside(rank[busy], level),
            "mean scores": _inside(scores, level),
        }
        for level in (50, 80, 95)
    } | {"number": {"counts": rank.size, "counts, one expected or more": int(busy.sum()), "mean scores": len(scores)}}


def _inside(rank: Array, level: int) -> float | None:
    edge = (1 - level / 100) / 2
    return round(float(((rank >= edge) & (rank <= 1 - edge)).mean()), 3) if rank.size else None


# States -----------------------------------------------------------------------------------------------------------


def states(held: World, data: Path, panel: Panel, pace: Pace, temper: Temper) -> dict[str, Any]:
    """How well figures of a year (from those before and that year, never later ones) tell pairs that are rivals, in a
    dispute, or allied, among all pairs recorded: area under the ROC curve; and rank correlation with distance in the
    votes. Years after `LEARNED`."""
    years = _years(panel)
    judged = [int(year) for year in years if year > LEARNED and year < years[-1]]
    found = _frozen(panel, pace, temper)
    pairs, ways = _both(panel)
    figures = {name: _pooled(values, ways) for name, values in _figures(panel, found).items()}
    book = held.codebook.states
    disputes = _disputes(data, book)
    asked: dict[str, Mapping[int, set[Pair]]] = {
        "rivals": _rivals(data, book, judged),
        "dispute that year": disputes,
        "dispute next year": {year - 1: those for year, those in disputes.items()},
        "new dispute next year": {year: disputes.get(year + 1, set()) - disputes.get(year, set()) for year in judged},
        "allies": _allies(held, judged),
    }
    result: dict[str, Any] = {}
    for name, those in asked.items():
        if not any(those.get(year) for year in judged):
            continue
        truth = np.array([[pair in those.get(year, ()) for pair in pairs] for year in judged])
        before = np.array([[pair in those.get(year - 1, ()) for pair in pairs] for year in judged])
        rows = {figure: {"auc": _auc(truth, _at(values, years, judged))} for figure, values in figures.items()}
        if name.startswith("dispute"):
            rows["the same a year before"] = {"auc": _auc(truth, before.astype(float))}
        result[name] = rows | {"pairs and years": {"auc": f"{int(truth.sum())} of {truth.size}"}}
    result["distance in votes"] = _votes(held, pairs, figures, years, judged)
    return result


def _figures(panel: Panel, found: Fitted) -> dict[str, Array]:
    """Figures of every dyad and year, known at its end; all rise with hostility or with intensity."""
    rate, mood, hostile = _next(found)
    friendly, conflict = (_of_kind(panel, kind) for kind in ("cooperation", "conflict"))
    return {
        "amity, valence": -mood,
        "amity, intensity": rate,
        "amity, hostility": hostile,
        "raw, mean score": -_raw_mean(found.scores),
        "raw, count": found.counts.events.T,
        "raw, conflict": conflict,
        "raw, conflict less cooperation": conflict - friendly,
        "raw, material conflict": panel.dense(quads=("material conflict",)),
    }


def _raw_mean(scores: Scores) -> Array:
    """Mean scores of years; where there is none, that of all events."""
    usual = scores.sums[0].sum() / max(scores.number.sum(), 1.0)
    return np.asarray(np.where(scores.number > 0, scores.mean[0], usual).T)


def _of_kind(panel: Panel, kind: str) -> Array:
    return panel.dense(quads=(f"verbal {kind}", f"material {kind}"))


def _next(found: Fitted) -> tuple[Array, Array, Array]:
    """Rate, valence and rate of hostile events as expected after each period, from it and those before."""
    panel, pace, temper = found.panel, found.pace, found.temper
    counts = found.counts
    more = counts._replace(
        events=np.vstack([counts.events, counts.events[-1:] * 0]),
        doubt=np.vstack([counts.doubt, counts.doubt[-1:] * 0]),
        exposure=np.append(counts.exposure, 0.0),
        sent=np.vstack([counts.sent, counts.sent[-1:] * 0]),
        received=np.vstack([counts.received, counts.received[-1:] * 0]),
    )
    rate = intensity.filtered(more, pace).ahead.mean[1:]
    mood = valence.filtered(_longer(found.scores), temper).mean[0, 1:]
    kinds = valence.filtered(_longer(by_quad(panel)), temper).mean[:, 1:]
    hostile = rate * (kinds[2] + kinds[3])
    return rate.T, mood.T, hostile.T


def _longer(scores: Scores) -> Scores:
    """With one period more, of which nothing is known."""
    return Scores(
        np.vstack([scores.number, scores.number[-1:] * 0]),
        np.concatenate([scores.sums, scores.sums[:, -1:] * 0], axis=1),
        np.vstack([scores.doubt, scores.doubt[-1:] * 0]),
        scores.vague,
    )


def _both(panel: Panel) -> tuple[list[Pair], NDArray[np.int64]]:
    """Undirected pairs, and the rows of both directions (the same twice where one is missing)."""
    index = panel.index
    pairs = sorted({(min(dyad), max(dyad)) for dyad in panel.dyads})
    ways = [(index.get(Dyad(*pair)), index.get(Dyad(*pair).reverse)) for pair in pairs]
    return pairs, np.array([[there if there is not None else back, back if back is not None else there]
                            for there, back in ways])  # fmt: skip


def _pooled(values: Array, ways: NDArray[np.int64]) -> Array:
    return (values[ways[:, 0]] + values[ways[:, 1]]) / 2


def _at(values: Array, years: NDArray[np.int64], judged: Sequence[int]) -> Array:
    return values[:, np.searchsorted(years, judged)].T


def _auc(truth: NDArray[np.bool_], values: Array) -> float | None:
    """The probability that a pair of which it is true has the greater figure, of the same year."""
    won, of = 0.0, 0
    for true, figure in zip(truth, values, strict=True):
        yes = int(true.sum())
        no = len(true) - yes
        if yes and no:
            ranks = stats.rankdata(figure)
            won += float(ranks[true].sum()) - yes * (yes + 1) / 2
            of += yes * no
    return round(won / of, 3) if of else None


def _votes(
    held: World, pairs: list[Pair], figures: Mapping[str, Array], years: NDArray[np.int64], judged: Sequence[int]
) -> dict[str, Any]:
    """Spearman's correlation of figures with the distance of ideal points, mean of the years."""
    table = held.table("votes")
    if table is None:
        return {}
    ideal = {(row["state"], row["year"]): row["ideal"] for row in table.to_pylist()}
    found: dict[str, list[float]] = {name: [] for name in figures}
    for year in judged:
        both = [
            (place, abs(ideal[pair[0], year] - ideal[pair[1], year]))
            for place, pair in enumerate(pairs)
            if (pair[0], year) in ideal and (pair[1], year) in ideal
        ]
        if len(both) < 10:
            continue
        places, distance = (np.array(part) for part in zip(*both, strict=True))
        now = int(np.searchsorted(years, year))
        for name, values in figures.items():
            found[name].append(float(stats.spearmanr(values[places.astype(int), now], distance).statistic))
    return {name: {"rank_correlation": round(float(np.mean(one)), 3) if one else None} for name, one in found.items()}


def _rivals(data: Path, book: Any, years: Sequence[int]) -> dict[int, set[Pair]]:
    found: dict[int, set[Pair]] = {year: set() for year in years}
    for row in _rows(data / RIVALRIES):
        for year in years:
            if int(row["styear"]) <= year and (int(row["endyear"]) >= year or int(row["endyear"]) >= ENDED):
                found[year].update(_pair(row, book, year))
    return found


ENDED = 2010
"""The year in which the record of rivalries ends: those that last till then are taken to go on."""


def _disputes(data: Path, book: Any) -> dict[int, set[Pair]]:
    found: dict[int, set[Pair]] = {}
    for row in _rows(data / DISPUTES):
        year = int(row["year"])
        if year >= LEARNED and int(row["sidea1"]) != int(row["sidea2"]):
            found.setdefault(year, set()).update(_pair(row, book, year))
    return found


def _allies(held: World, years: Sequence[int]) -> dict[int, set[Pair]]:
    """Pairs bound to defend each other."""
    table = held.table("alliances")
    found: dict[int, set[Pair]] = {}
    for row in table.to_pylist() if table is not None else []:
        if row["year"] in years and row["defense"] and row["a"] and row["b"]:
            found.setdefault(row["year"], set()).add((row["a"], row["b"]))
    return found


def _pair(row: Mapping[str, str], book: Any, year: int) -> Iterator[Pair]:
    both = [book.by_cow(int(row[name]), date(year, 7, 1)) for name in ("ccode1", "ccode2")]
    if all(both):
        one, other = sorted(state.id for state in both)
        yield one, other


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


# Scales and turns -------------------------------------------------------------------------------------------------


def scales(held: World) -> dict[str, Any]:
    """How the valences of dyads by one scale go with those by the other: Pearson's and Spearman's correlation."""
    found = {}
    for name in held.archive.datasets():
        both = []
        for scale in SCALES:
            try:
                panel = held.panel(unit="year", scale=scale, datasets=(name,))
            except InputError:
                break
            both.append(valence.smoothed(scored(panel), Temper()).mean[0].mean(0))
        if len(both) == len(SCALES):
            found[name] = {
                "pearson": round(float(np.corrcoef(*both)[0, 1]), 3),
                "spearman": round(float(stats.spearmanr(*both).statistic), 3),
            }
    return found


FACTORS = (1.5, 2.0, 4.0)
APART = 4
"""Of the dyads whose years are shuffled something is planted in every one so many rows apart."""


def turns(panel: Panel, pace: Pace, temper: Temper, seed: int = 1) -> dict[str, Any]:
    """Changes found where periods were shuffled within dyads, so that there are none, and where one was planted:
    from the middle on so many times as many events, or a share of friendly words hostile."""
    shuffled = _shuffled(panel, seed)
    rows = list(range(len(shuffled.dyads)))
    found = {"nothing planted": _found(shuffled, pace, temper, rows)}
    for factor in FACTORS:
        for name, share in ((f"{factor:g} times as many", factor), (f"{factor:g} times fewer", 1 / factor)):
            planted = _planted(shuffled, share, seed)
            found[name] = _found(planted, pace, temper, rows[::APART], "intensity")
    for share in (0.1, 0.3):
        planted = _soured(shuffled, share)
        found[f"{share:.0%} turned hostile"] = _found(planted, pace, temper, rows[::APART], "valence")
    return found


def _found(panel: Panel, pace: Pace, temper: Temper, rows: Sequence[int], aspect: str | None = None) -> dict[str, Any]:
    """Dyads that have a turn when each is asked about alone; how many dates' intervals hold the middle."""
    one = fit(panel, pace=pace, temper=temper)
    all_of = [changes.scan([one], [row], draws=changes.DRAWS) for row in rows]
    middle = panel.edges[panel.periods // 2].tolist()
    told = [[turn for turn in found.changes[0] if aspect in (None, turn.aspect)] for found in all_of]
    turned = [turns for turns in told if turns]
    near = sum(any(turn.since <= middle <= turn.until for turn in turns) for turns in turned)
    return {
        "series": sum(found.scanned for found in all_of),
        "dyads": len(rows),
        "dyads_with_a_turn": len(turned),
        "share": round(len(turned) / max(len(rows), 1), 3),
        "date_in_its_interval": round(near / len(turned), 2) if aspect and turned else None,
    }


def _shuffled(panel: Panel, seed: int) -> Panel:
    """Some busy dyads, their years in another order, alike for all quads; exposure evened out."""
    rng = np.random.default_rng(seed)
    totals = panel.dense().sum(1)
    busy = np.flatnonzero(totals >= 5 * panel.periods)
    rows = np.sort(rng.choice(busy, min(SHUFFLED, len(busy)), replace=False))
    place = np.full(len(panel.dyads), -1)
    place[rows] = np.arange(len(rows))
    order = np.argsort(rng.random((len(rows), panel.periods)), axis=1)
    own = place[panel.cells["dyad"].to_numpy()]
    cells = panel.cells.filter(own >= 0)
    own = own[own >= 0]
    cells = _with(cells, dyad=own, period=order[own, cells["period"].to_numpy()])
    even = np.full(panel.periods, panel.exposure.mean())
    return replace(panel, dyads=tuple(panel.dyads[row] for row in rows), exposure=even, cells=cells)


def _planted(panel: Panel, factor: float, seed: int) -> Panel:
    """So many times as many events of the dyads chosen from the middle on; what is not whole is drawn."""
    rng = np.random.default_rng(seed)
    late = _late(panel)
    count = panel.cells["count"].to_numpy()
    drawn = rng.binomial(count.astype(int), factor) if factor < 1 else np.floor(count * factor + rng.random(len(count)))
    return _scaled(panel, np.where(late & (count > 0), drawn / np.maximum(count, 1e-9), 1.0))


def _soured(panel: Panel, share: float) -> Panel:
    """From the middle on a share of verbal cooperation is verbal conflict instead, by scores."""
    late = _late(panel)
    kind = np.array(panel.cells["quad"].to_pylist(), object) == "verbal cooperation"
    value, count = panel.cells["value"].to_numpy(), panel.cells["count"].to_numpy()
    square = panel.cells["square"].to_numpy()
    sour = np.where(late & kind, share, 0.0)
    hostile = -2.5
    return replace(
        panel,
        cells=_with(
            panel.cells,
            value=value * (1 - sour) + hostile * count * sour,
            square=square * (1 - sour) + hostile**2 * count * sour,
        ),
    )


def _late(panel: Panel) -> NDArray[np.bool_]:
    """Cells of the dyads chosen from the middle on. The others do not turn, and tell what is usual."""
    chosen = panel.cells["dyad"].to_numpy() % APART == 0
    return np.asarray(chosen & (panel.cells["period"].to_numpy() >= panel.periods // 2))


def _scaled(panel: Panel, factor: Array) -> Panel:
    names = ("count", "doubt", "scored", "value", "square")
    return replace(panel, cells=_with(panel.cells, **{name: panel.cells[name].to_numpy() * factor for name in names}))


def _with(cells: Any, **columns: Array) -> Any:
    import pyarrow as pa

    for name, values in columns.items():
        field = cells.schema.field(name)
        cells = cells.set_column(cells.schema.get_field_index(name), field, pa.array(values, field.type))
    return cells


# Shared -----------------------------------------------------------------------------------------------------------


class Frozen(NamedTuple):
    """Settings learned up to a year."""

    pace: Pace
    temper: Temper


def _learned(panel: Panel) -> Frozen:
    return Frozen(learning.pace(counted(panel)), learning.temper(by_quad(panel)))


def _frozen(panel: Panel, pace: Pace, temper: Temper) -> Fitted:
    return fit(panel, pace=pace, temper=temper)


def _layer(layer: str | None) -> tuple[str, ...] | None:
    return None if layer is None else (layer,)


def _pairs(dyads: Sequence[Dyad]) -> NDArray[np.int64]:
    numbers: dict[Pair, int] = {}
    return np.array([numbers.setdefault((min(dyad), max(dyad)), len(numbers)) for dyad in dyads])


def _years(panel: Panel) -> NDArray[np.int64]:
    return panel.edges[:-1].astype("datetime64[Y]").astype(int) + 1970
