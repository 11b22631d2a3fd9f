"""Outlooks as they are told, and how well such outlooks did: what `amity outlook` and `amity backtest` show."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias

import msgspec

from amity.records.panel import Unit

LEVEL = 0.9
"""The probability that an interval covers."""

Happening: TypeAlias = Literal["more", "any"]
"""What a probability is told of: more than usual (of conflict: a worsening), or anything at all."""

WORSE = "more than usual: half as much again as at the rate of the last 12 periods, and at least two events more"
"""How "more" is defined; `Expected.threshold` is the number that follows."""


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What an outlook or a back-test rests on: data sets, what periods of them are covered, and what was learned from.

    `dyads` are the directed pairs of states learned from; `late` tells whether some events were known only after
    their period, so that every origin was given what was known on its day.
    """

    datasets: tuple[str, ...]
    unit: Unit
    since: date
    until: date
    covered: int
    periods: int
    dyads: int
    late: bool = False


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """How many events of a target to expect in the next `horizon` periods.

    `low` and `high` hold the count with `LEVEL`, `inner_low` and `inner_high` with one half. `any` is the probability
    of at least one, `more` that of `threshold` or more, where `usual` is what the rate of the last 12 periods gives.
    `quantiles` are counts at 5, 10 … 95 %.
    """

    target: str
    horizon: int
    mean: float
    median: int
    low: int
    high: int
    inner_low: int
    inner_high: int
    any: float
    usual: float
    threshold: int
    more: float
    quantiles: tuple[int, ...]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """How probabilities like one that is told did before: of `number` outlooks that gave `told` on average the share
    `came` came true, with its 90 % interval."""

    target: str
    horizon: int
    event: Happening
    told: float
    came: float
    came_low: float
    came_high: float
    number: int


class Driver(msgspec.Struct, frozen=True, kw_only=True):
    """What makes the outlook differ from this dyad's own usual: its factor on the expected count, by regression."""

    feature: str
    factor: float


class Outlook(msgspec.Struct, frozen=True, kw_only=True):
    """What to expect of one state's deeds towards another after `origin`, the first day that is not known yet.

    `expected` has conflict, cooperation and what else was asked for at every horizon, `types` at the longest. `shares`
    tell how much each method weighs in the distributions of conflict, by horizon; `best` names the single method with
    the best CRPS at past origins at each, which may be a simple one. `lines` say the gist in words.
    """

    actor: str
    recipient: str
    origin: date
    horizons: tuple[int, ...]
    basis: Basis
    expected: tuple[Expected, ...]
    types: tuple[Expected, ...]
    record: tuple[Record, ...]
    drivers: tuple[Driver, ...]
    driven: int
    shares: dict[int, dict[str, float]]
    best: dict[int, str]
    events: float
    lines: tuple[str, ...]


# Back-test --------------------------------------------------------------------------------------------------------


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """How one method did: means over `number` forecasts, less is better but for the last two.

    `crps` is the continuous ranked probability score in events, `log` minus the log probability of what came, `more`
    and `any` Brier scores. `inside` is the share of counts within intervals of one half and of 90 %, where a count that
    an interval's end cuts counts in part (a calibrated forecast has 0.5 and 0.9).
    """

    target: str
    horizon: int
    method: str
    number: int
    crps: float
    log: float
    more: float
    any: float
    inside_half: float
    inside: float


class Versus(msgspec.Struct, frozen=True, kw_only=True):
    """The outlook's score minus a simple method's, with the 90 % interval of a block bootstrap: below nought the
    outlook is better. `share` is the difference in parts of the simple method's score."""

    target: str
    horizon: int
    method: str
    measure: Literal["crps", "log", "more", "any"]
    difference: float
    low: float
    high: float
    share: float


class Brier(msgspec.Struct, frozen=True, kw_only=True):
    """The outlook's Brier score in parts: miscalibration - discrimination + uncertainty (Dimitriadis, Gneiting and
    Jordan 2021), and how often the event came."""

    target: str
    horizon: int
    event: Happening
    score: float
    miscalibration: float
    discrimination: float
    uncertainty: float
    came: float


class Backtest(msgspec.Struct, frozen=True, kw_only=True):
    """How outlooks of the past did: from `origins` origins between `first` and `last`, each learned anew from what was
    known then. `record` holds the reliability diagram."""

    basis: Basis
    first: date
    last: date
    origins: int
    horizons: tuple[int, ...]
    targets: tuple[str, ...]
    scores: tuple[Score, ...]
    versus: tuple[Versus, ...]
    brier: tuple[Brier, ...]
    record: tuple[Record, ...]
    lines: tuple[str, ...]
