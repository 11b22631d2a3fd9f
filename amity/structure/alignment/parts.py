"""What alignment is measured by: parts, each of which places every state between two poles in every year.

A position is 1 where a state stands wholly with the first pole, -1 wholly with the second, and 0 where it stands as
near to both as is to be expected: alliances by chance, votes of the median state, events of all other states. What is
not covered, or rests on nothing, is unknown (NaN), not zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.special import betaincinv, polygamma

from amity.records.panel import Panel
from amity.structure.alignment.portfolios import COMMITMENT, HIGHEST, agreement, commitments, renamed

Floats = NDArray[np.float64]

EVENTFUL = ("cooperation", "valence", "support")
"""Parts that are read from events."""

NEEDS = {"alliances": "alliances", "arms": "deliveries", "votes": "votes"}
"""The table of `amity.records.events.TABLES` that a part is read from; the others are read from events."""

WINDOW = 5
"""Years of arms deliveries that are taken together: orders take years, and few states are delivered to every year."""

Z90 = 1.6448536269514722
"""Half the width of a 90 % interval in standard deviations."""

COOPERATION = ("verbal cooperation", "material cooperation")
CONFLICT = ("verbal conflict", "material conflict")


@dataclass(frozen=True)
class Estimate:
    """A figure for every state and year (or pole, state, year): its 90 % interval, and on how much it rests."""

    value: Floats
    low: Floats
    high: Floats
    rests: Floats

    @property
    def error(self) -> Floats:
        """Standard deviation, from the width of the interval."""
        return np.asarray((self.high - self.low) / (2.0 * Z90))

    def where(self, known: NDArray[np.bool_]) -> Estimate:
        """Unknown outside of `known`."""
        value, low, high = (np.where(known, one, np.nan) for one in (self.value, self.low, self.high))
        return Estimate(value, low, high, self.rests)

    def cut(self) -> Estimate:
        """Within -1 and 1."""
        value, low, high = (np.clip(one, -1.0, 1.0) for one in (self.value, self.low, self.high))
        return Estimate(value, low, high, self.rests)


@dataclass(frozen=True, kw_only=True)
class Material:
    """What alignment is read from; tables are null where they were not imported.

    `members` (states, years) says who existed. `codes` gives the code under which a state goes on that earlier had
    another, as the Soviet Union does as Russia; `commitment` weighs kinds of obligation. `carry` is for how many years
    a part goes on after its data end (see `carried`), `draws` of how many bootstraps intervals are made, `rounds` how
    long responses are sampled.
    """

    states: tuple[str, ...]
    years: tuple[int, ...]
    poles: tuple[str, ...]
    members: NDArray[np.bool_]
    alliances: pa.Table | None = None
    votes: pa.Table | None = None
    deliveries: pa.Table | None = None
    panel: Panel | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    commitment: Mapping[str, float] = field(default_factory=lambda: COMMITMENT)
    carry: int = 5
    draws: int = 200
    rounds: int = 1500
    seed: int = 0

    @cached_property
    def index(self) -> dict[str, int]:
        """The row of each state, under earlier codes also."""
        rows = {state: number for number, state in enumerate(self.states)}
        return rows | {former: rows[now] for former, now in self.codes.items() if now in rows}

    @cached_property
    def poles_at(self) -> tuple[int, ...]:
        """The rows of the poles."""
        return tuple(self.index[pole] for pole in self.poles)

    def year(self, year: int) -> int | None:
        """The column of a year."""
        return year - self.years[0] if self.years[0] <= year <= self.years[-1] else None

    def covered(self, years: Sequence[int]) -> NDArray[np.bool_]:
        """Years between the first and the last of a table."""
        first, last = (min(years), max(years)) if len(years) else (1, 0)
        return np.array([first <= year <= last for year in self.years])


# Alliances --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Portfolios:
    """Alliances of all states: `ties` (states, years, poles) as weighed commitments, NaN where not covered; similarity
    with each pole's portfolio, κ (1 + draws, states, years, poles), π and S (states, years, poles); `third` how many
    states there were to be tied with, by year."""

    ties: Floats
    kappa: Floats
    pi: Floats
    s: Floats
    third: Floats


def portfolios(material: Material) -> Portfolios | None:
    """Similarity of every state's alliances with those of the poles, by year; null without the table."""
    if material.alliances is None or material.alliances.num_rows == 0:
        return None
    rng = np.random.default_rng(material.seed)
    shape = (*material.members.shape, len(material.poles))
    kappa = np.full((1 + material.draws, *shape), np.nan)
    pi, s, ties = (np.full(shape, np.nan) for _ in range(3))
    third = np.zeros(len(material.years))
    table = renamed(material.alliances, ("a", "b"), material.codes)
    covered = material.covered(table["year"].to_pylist())
    for column, year in enumerate(material.years):
        there = np.flatnonzero(material.members[:, column])
        row = {int(state): number for number, state in enumerate(there)}
        which = [number for number, pole in enumerate(material.poles_at) if pole in row]
        if not covered[column] or not which:
            continue
        tied = commitments(table, [material.states[one] for one in there], year, material.commitment)
        at = [row[material.poles_at[pole]] for pole in which]
        one, other = agreement(tied, at, material.draws, rng)
        apart = np.abs(tied[:, None, :] - tied[None, at, :]).sum(axis=2)
        for place, pole in enumerate(which):
            kappa[:, there, column, pole], pi[there, column, pole] = one[:, :, place], other[0, :, place]
            s[there, column, pole] = 1.0 - 2.0 * apart[:, place] / (len(there) * HIGHEST)
            ties[there, column, pole] = tied[:, at[place]]
        third[column] = len(there)
    return Portfolios(ties, kappa, pi, s, third)


def _alliances(material: Material, held: Portfolios, toward: int, against: int) -> Estimate:
    draws = (held.kappa[..., toward] - held.kappa[..., against]) / 2.0
    low, high = between(draws)
    return Estimate(draws[0], low, high, np.broadcast_to(held.third, draws.shape[1:]))


def between(draws: Floats) -> tuple[Floats, Floats]:
    """The 90 % interval of all draws but the first, which is the figure itself: it takes the place of draws that are
    not defined, and lies inside."""
    if len(draws) == 1:
        return draws[0], draws[0]
    low, high = np.quantile(np.where(np.isfinite(draws[1:]), draws[1:], draws[0]), (0.05, 0.95), axis=0)
    return np.minimum(low, draws[0]), np.maximum(high, draws[0])


# Votes ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Voting:
    """Ideal points (states, years), their standard error and the votes they rest on; NaN where not known."""

    ideal: Floats
    error: Floats
    votes: Floats


def voting(material: Material) -> Voting | None:
    """Ideal points in the UN General Assembly by state and year; null without the table.

    Bailey, Strezhnev and Voeten (2017), Estimating Dynamic State Preferences from United Nations Voting Data,
    Journal of Conflict Resolution 61: 430-456."""
    if material.votes is None or material.votes.num_rows == 0:
        return None
    ideal, error, count = (np.full(material.members.shape, np.nan) for _ in range(3))
    for row in material.votes.to_pylist():
        at, column = material.index.get(row["state"]), material.year(row["year"])
        if at is not None and column is not None:
            ideal[at, column] = row["ideal"]
            error[at, column] = (row["high"] - row["low"]) / (2.0 * Z90)
            count[at, column] = row["votes"]
    return Voting(ideal, error, count)


def _votes(material: Material, held: Voting, toward: int, against: int) -> Estimate:
    """(d_against - d_toward) / (d_against + d_toward) with the distances d to the poles' ideal points, less its median
    over all states of the year; cut at ±1. Errors of all three points are carried along by drawing."""
    rng = np.random.default_rng(material.seed + 1)
    noise = rng.standard_normal((material.draws, *held.ideal.shape))
    draws = held.ideal + np.concatenate([np.zeros((1, *held.ideal.shape)), noise]) * held.error
    one, other = (np.abs(draws - draws[:, [material.poles_at[pole]]]) for pole in (toward, against))
    with np.errstate(invalid="ignore", divide="ignore"):
        leaning = (other - one) / (other + one)
    leaning = leaning - _median(leaning[0])
    low, high = between(leaning)
    return Estimate(leaning[0], low, high, np.nan_to_num(held.votes)).cut()


def _median(values: Floats) -> Floats:
    """By year, of what is known; NaN for years of which nothing is."""
    known = np.isfinite(values).any(axis=0)
    found = np.full(values.shape[1], np.nan)
    found[known] = np.nanmedian(values[:, known], axis=0)
    return found


# Arms -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Supplies:
    """Deliveries of major arms over a window of years: `shares` (states, years, suppliers) of the total, `total`
    (states, years) in million TIV, `weight` how many deliveries of one size would be as informative (Kish's effective
    number, (Σx)²/Σx² over supplier-years), `from_poles` (poles, states, years) in million TIV."""

    suppliers: tuple[str, ...]
    shares: Floats
    total: Floats
    weight: Floats
    from_poles: Floats
    covered: NDArray[np.bool_]


def supplies(material: Material, window: int = WINDOW) -> Supplies | None:
    """Who delivered how much to whom in a year and the years before it; null without the table."""
    if material.deliveries is None or material.deliveries.num_rows == 0:
        return None
    rows = [row for row in material.deliveries.to_pylist() if row["tiv"] and row["tiv"] > 0]
    named = [material.codes.get(row["supplier"], row["supplier"]) or row["supplier_name"] or "unknown" for row in rows]
    suppliers = tuple(sorted({*named, *material.poles}))
    number = {supplier: at for at, supplier in enumerate(suppliers)}
    years = range(material.years[0] - window + 1, material.years[-1] + 1)
    given = np.zeros((len(material.states), len(years), len(suppliers)))
    for row, supplier in zip(rows, named, strict=True):
        at = material.index.get(row["recipient"])
        if at is not None and row["year"] in years:
            given[at, row["year"] - years[0], number[supplier]] += row["tiv"]
    held, squares = _windowed(given, window), _windowed((given**2).sum(axis=2, keepdims=True), window)[..., 0]
    total = held.sum(axis=2)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares, weight = held / total[..., None], total**2 / squares
    return Supplies(
        suppliers,
        shares,
        total,
        np.nan_to_num(weight),
        np.moveaxis(held[..., [number[pole] for pole in material.poles]], 2, 0),
        material.covered([row["year"] for row in material.deliveries.select(["year"]).to_pylist()]),
    )


def _windowed(values: Floats, window: int) -> Floats:
    """Sums over each year and the `window` - 1 before it, along the second axis, which they shorten by as many."""
    sums = np.cumsum(np.concatenate([np.zeros_like(values[:, :1]), values], axis=1), axis=1)
    return np.asarray(sums[:, window:] - sums[:, :-window])


def _arms(material: Material, held: Supplies, toward: int, against: int) -> Estimate:
    """Difference of the poles' shares under a Dirichlet posterior; the prior is one delivery, a third for each pole
    and for all others."""
    one, other = (held.shares[..., held.suppliers.index(material.poles[pole])] for pole in (toward, against))
    weight = held.weight + 1.0
    a, b = ((share * held.weight + 1.0 / 3.0) / weight for share in (one, other))
    value = a - b
    error = np.sqrt((a + b - value**2) / (weight + 1.0))
    low, high = value - Z90 * error, value + Z90 * error
    return Estimate(value, low, high, held.weight).cut().where((held.total > 0) & held.covered)


# Events -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Deeds:
    """Events by year. `to` and `by` (quads, poles, states, years) are what states do to poles, and poles to states;
    `all` (quads, states, years) what states do to anybody; counts, in the order of `QUADS`. `covered` (states, years):
    anything was recorded of the state in that year, whoever else took part; a state that a data set does not know at
    all has no zeros in it."""

    to: Floats
    by: Floats
    all: Floats
    covered: NDArray[np.bool_]


QUADS = (*COOPERATION, *CONFLICT)


def deeds(material: Material) -> Deeds | None:
    """Events between states and poles from a panel of years; null without one."""
    panel = material.panel
    if panel is None:
        return None
    columns = [material.year(int(str(edge)[:4])) for edge in panel.edges[:-1]]
    if all(column is None for column in columns):
        return None
    shape = (len(QUADS), len(material.poles), *material.members.shape)
    to, by, done = np.zeros(shape), np.zeros(shape), np.zeros((len(QUADS), *material.members.shape))
    seen = np.zeros(material.members.shape, bool)
    taken, into = zip(*((period, column) for period, column in enumerate(columns) if column is not None), strict=True)
    poles = {state: pole for pole, state in enumerate(material.poles_at)}
    rows = [(material.index.get(dyad.actor), material.index.get(dyad.recipient)) for dyad in panel.dyads]
    for quad, name in enumerate(QUADS):
        counts = panel.dense("count", quads=[name])[:, taken]
        for (actor, recipient), row in zip(rows, counts, strict=True):
            for state in (actor, recipient):
                if state is not None:
                    seen[state, into] |= row > 0
            if actor is not None:
                done[quad, actor, into] += row
                if recipient in poles:
                    to[quad, poles[recipient], actor, into] += row
            if recipient is not None and actor in poles:
                by[quad, poles[actor], recipient, into] += row
    return Deeds(to, by, done, seen)


def dispersion(toward: Floats, against: Floats) -> float:
    """How much more shares vary between neighbouring years than independent events would: Pearson's χ² of the two
    years' counts over its degrees of freedom, never below 1. Real change within a year counts as noise too."""
    one, other = (np.stack([count[:, :-1], count[:, 1:]]) for count in (toward, against))
    both = one + other
    with np.errstate(invalid="ignore", divide="ignore"):
        share = one.sum(axis=0) / both.sum(axis=0)
        expected = np.stack([both * share, both * (1.0 - share)])
        chi = ((np.stack([one, other]) - expected) ** 2 / expected).sum(axis=(0, 1))
    usable = (both.min(axis=0) > 0) & (share > 0) & (share < 1)
    return max(1.0, float(chi[usable].mean())) if usable.any() else 1.0


def _leaning(held: Deeds, quads: Sequence[str], toward: int, against: int) -> Estimate:
    """tanh(½ log odds ratio): whom a state turns to, against whom all others turn to.

    The odds have a Beta posterior; its prior is one event, shared as by the other states. 0.5 means three times the
    odds that are usual."""
    to = held.to[[QUADS.index(quad) for quad in quads]].sum(axis=0)
    c, d = to[toward], to[against]
    loose = dispersion(c, d)
    base = (c.sum(axis=0) - c + 0.5) / ((c + d).sum(axis=0) - c - d + 1.0)
    a, b = c / loose + base, d / loose + 1.0 - base
    middle = np.log(a / b) - np.log(base / (1.0 - base))
    error = np.sqrt(polygamma(1, a) + polygamma(1, b))
    value, low, high = (np.tanh((middle + side * Z90 * error) / 2.0) for side in (0.0, -1.0, 1.0))
    return Estimate(value, low, high, c + d).where((c + d > 0) & held.covered)


def _valence(held: Deeds, toward: int, against: int) -> Estimate:
    """Half the difference of net valence towards the poles, less the same difference of all states."""
    figures = [net(held, pole) for pole in (toward, against)]
    value = (figures[0].value - figures[1].value) / 2.0
    error = np.hypot(figures[0].error, figures[1].error) / 2.0
    usual = [_usual(held, pole) for pole in (toward, against)]
    value = value - (usual[0] - usual[1]) / 2.0
    rests = figures[0].rests + figures[1].rests
    known = (rests > 0) & held.covered
    return Estimate(value, value - Z90 * error, value + Z90 * error, rests).cut().where(known)


def _kinds(held: Deeds, pole: int) -> tuple[Floats, Floats]:
    """Cooperation and conflict of states towards a pole (states, years)."""
    to = held.to[:, pole]
    return to[: len(COOPERATION)].sum(axis=0), to[len(COOPERATION) :].sum(axis=0)


def _usual(held: Deeds, pole: int) -> Floats:
    """Net valence of all states together towards a pole, by year."""
    good, bad = (kind.sum(axis=0) for kind in _kinds(held, pole))
    return np.asarray((good - bad + 1e-9) / (good + bad + 1e-9))


def net(held: Deeds, pole: int) -> Estimate:
    """(cooperation - conflict) / (cooperation + conflict) of states towards a pole; Beta posterior whose prior is two
    events as they are usual towards this pole."""
    good, bad = _kinds(held, pole)
    loose = dispersion(good, bad)
    usual = (1.0 + _usual(held, pole)) / 2.0
    a, b = good / loose + 2.0 * usual + 1e-6, bad / loose + 2.0 * (1.0 - usual) + 1e-6
    low, high = (2.0 * betaincinv(a, b, side) - 1.0 for side in (0.05, 0.95))
    return Estimate(2.0 * a / (a + b) - 1.0, low, high, good + bad)


def carried(part: Estimate, longest: int) -> tuple[Estimate, int]:
    """A part beyond the last year that it is known of for anybody: each state's last position for up to `longest`
    years, its error grown by how far positions move in so many years (root mean square over all states). Also that
    last year's column (-1 when nothing is known at all).

    What ends with its data set would otherwise look like a turn of policy."""
    known = np.flatnonzero(np.isfinite(part.value).any(axis=0))
    if not len(known):
        return part, -1
    end = int(known[-1])
    value, low, high, rests = (one.copy() for one in (part.value, part.low, part.high, part.rests))
    for ahead in range(1, min(longest, value.shape[1] - 1 - end) + 1):
        moved = part.value[:, ahead:] - part.value[:, :-ahead]
        moved = moved[np.isfinite(moved)]
        doubt = Z90 * np.hypot(part.error[:, end], float(np.sqrt(np.mean(moved**2))) if len(moved) else 1.0)
        at = end + ahead
        value[:, at], rests[:, at] = part.value[:, end], part.rests[:, end]
        low[:, at], high[:, at] = part.value[:, end] - doubt, part.value[:, end] + doubt
    return Estimate(value, low, high, rests), end


def share(part: Floats, whole: Floats) -> Estimate:
    """A share of counts, with the interval of a Beta posterior (Jeffreys' prior); the share itself is as observed."""
    with np.errstate(invalid="ignore", divide="ignore"):
        value = part / whole
    low, high = (betaincinv(part + 0.5, np.maximum(whole - part, 0.0) + 0.5, side) for side in (0.05, 0.95))
    return Estimate(value, np.minimum(low, value), np.maximum(high, value), whole)


# All of them ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Holdings:
    """All that parts are read from, by state, pole and year."""

    portfolios: Portfolios | None
    voting: Voting | None
    supplies: Supplies | None
    deeds: Deeds | None


def holdings(material: Material) -> Holdings:
    """Everything laid out by state and year."""
    return Holdings(portfolios(material), voting(material), supplies(material), deeds(material))


def positions(material: Material, held: Holdings, toward: int, against: int) -> dict[str, Estimate]:
    """The position of every state between two poles by each part that there is, (states, years).

    Unknown for the two poles themselves, and for states that did not exist."""
    found: dict[str, Estimate] = {}
    if held.portfolios is not None:
        found["alliances"] = _alliances(material, held.portfolios, toward, against)
    if held.supplies is not None:
        found["arms"] = _arms(material, held.supplies, toward, against)
    if held.voting is not None:
        found["votes"] = _votes(material, held.voting, toward, against)
    if held.deeds is not None:
        found["cooperation"] = _leaning(held.deeds, COOPERATION, toward, against)
        found["valence"] = _valence(held.deeds, toward, against)
        found["support"] = _leaning(held.deeds, COOPERATION[1:], toward, against)
    there = material.members.copy()
    there[[material.poles_at[toward], material.poles_at[against]]] = False
    return {name: part.where(there) for name, part in found.items()}
