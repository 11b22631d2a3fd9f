"""Relations as they are told: series of intensity and valence of a directed dyad, their changes, what moved them."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias

import msgspec

from amity.records.panel import Scale, Unit

LEVEL = 0.9
"""The probability that an interval of a relation covers."""

Aspect: TypeAlias = Literal["intensity", "valence"]


class Estimate(msgspec.Struct, frozen=True):
    """A figure with the interval that covers it with probability `LEVEL`."""

    value: float
    low: float
    high: float


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """How intensity moves, learned for a layer; see `amity.relations.intensity`.

    `half_life` is in periods: after so many an event counts half. `weight` is how many events the long-run level of a
    dyad is worth, `anchor` how many what the activity of sender and receiver lets expect; `pull` is how far that
    follows activity (0: not, 1: in proportion). The variance of a count with mean μ is μ + μ^(2-`spread`)/`calm`.
    """

    half_life: float = 3.0
    weight: float = 0.6
    anchor: float = 3.0
    pull: float = 0.5
    calm: float = 0.8
    spread: float = 0.4


class Temper(msgspec.Struct, frozen=True, kw_only=True):
    """How valence moves, learned for a layer; see `amity.relations.valence`.

    `half_life` is in periods. `weight` is how many events the mean of the layer is worth, `anchor` how many, at most,
    a dyad's own mean over all time. The n events of a period tell as much as n / (1 + n^(1-`spread`)/`calm`) that came
    apart.
    """

    half_life: float = 6.0
    weight: float = 3.0
    anchor: float = 5.0
    calm: float = 5.0
    spread: float = 0.3


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One period of a relation. Where nothing was recorded at all (`covered` false) estimates are predictions.

    `count` and `mean` are what the data say: events expected right, and their mean score; null where there are none to
    speak of. `count_surprise` and `mean_surprise` are how probable a count and a mean score as far out, or further,
    were by what came before. `intensity` is events per thousand recorded, `expected` events at the period's own
    exposure.
    """

    start: date
    end: date
    covered: bool
    exposure: float
    count: float | None
    mean: float | None
    intensity: Estimate
    expected: Estimate | None
    valence: Estimate
    count_surprise: float | None
    mean_surprise: float | None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A turn: from `start` on the level differs. `since` and `until` bound the date with probability `LEVEL`.

    `effect` is the ratio of intensities after and before, or the difference of valences. `p` is the share of simulated
    series without a change that show one as clear, `adjusted` the same held against everything that was scanned
    (Benjamini and Hochberg 1995).
    """

    aspect: Aspect
    layer: str | None
    start: date
    since: date
    until: date
    before: Estimate
    after: Estimate
    effect: Estimate
    p: float
    adjusted: float


class Mover(msgspec.Struct, frozen=True, kw_only=True):
    """An event and what it did: how much higher intensity and valence of its period are for it."""

    dataset: str
    id: str
    day: date
    actor: str
    recipient: str
    type: str | None
    code: str | None
    score: float | None
    count: float
    certainty: float
    intensity: float
    valence: float


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """The events that did most in one period of a relation, out of `of`."""

    actor: str
    recipient: str
    layer: str | None
    start: date
    end: date
    of: int
    movers: tuple[Mover, ...]


class Gap(msgspec.Struct, frozen=True):
    """Days between which nothing was recorded, both counted."""

    since: date
    until: date


class Source(msgspec.Struct, frozen=True):
    """A data set, and the days between which it tells of anything."""

    dataset: str
    since: date
    until: date


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """What a series rests on: data sets, periods covered of those shown, gaps, events recorded of the dyad."""

    datasets: tuple[str, ...]
    covered: int
    periods: int
    gaps: tuple[Gap, ...]
    events: float


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """How one party deals with another on a layer (null: on all), period by period.

    `usual` and `mood` are the intensity and valence that it drifts to where nothing is recorded. `everybody` is the
    mean score of the events of all dyads, null where none has one: diplomats are polite to most. `shares` are those of
    the quads among events of all periods shown. `changes` are the turns that pass the false-alarm control, over the
    whole record. `derived` says that it is not a relation of one to the other but made of both directions.
    """

    actor: str
    recipient: str
    layer: str | None
    unit: Unit
    scale: Scale
    points: tuple[Point, ...]
    usual: Estimate
    mood: Estimate
    everybody: float | None = None
    shares: dict[str, Estimate]
    coverage: Coverage
    pace: Pace
    temper: Temper
    changes: tuple[Change, ...] = ()
    derived: bool = False


class Asymmetry(msgspec.Struct, frozen=True, kw_only=True):
    """How the two directions of a pair differ in one period: ratio of intensities, difference of valences (that of
    `actor` towards `recipient` over that of the other direction)."""

    actor: str
    recipient: str
    layer: str | None
    start: date
    ratio: Estimate
    difference: Estimate


class Sensitivity(msgspec.Struct, frozen=True, kw_only=True):
    """Valence by another scale of scores, period by period, and how it goes with that by the first.

    `correlation` is Pearson's over the periods of the relation (null where one of them does not move), `everywhere`
    that over the long-run valences of all dyads.
    """

    actor: str
    recipient: str
    layer: str | None
    scale: Scale
    points: tuple[Estimate, ...]
    correlation: float | None
    everywhere: float | None


class Partner(msgspec.Struct, frozen=True, kw_only=True):
    """A party that `state` deals with: as it stood in the last covered period, in both directions.

    `share` is the partner's part of all that `state` does and that is done to it, by intensity.
    """

    state: str
    partner: str
    layer: str | None
    start: date
    share: float
    events: float
    intensity: Estimate
    valence: Estimate
    intensity_back: Estimate
    valence_back: Estimate
    changes: tuple[Change, ...] = ()
    changes_back: tuple[Change, ...] = ()


class Relations(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of `amity relations`: series of dyads, or the partners of one state.

    `scanned` is how many series were searched for changes together; of the changes reported a share of `false` at most
    is expected to be false alarms.
    """

    relations: tuple[Relation, ...] = ()
    partners: tuple[Partner, ...] = ()
    moved: tuple[Moved, ...] = ()
    asymmetries: tuple[Asymmetry, ...] = ()
    sensitivities: tuple[Sensitivity, ...] = ()
    sources: tuple[Source, ...] = ()
    scanned: int = 0
    false: float = 0.0
    notes: tuple[str, ...] = ()
