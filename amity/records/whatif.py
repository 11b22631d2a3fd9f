"""What a shock would go along with elsewhere, as printed, drawn and served. Conditional on the model, not causal."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

LABEL = "conditional on the model, not causal"

How: TypeAlias = Literal["shocked", "reciprocal", "propagated"]


class Figure(msgspec.Struct, frozen=True):
    """A number with its 90 % interval."""

    median: float
    low: float
    high: float


class Shock(msgspec.Struct, frozen=True, kw_only=True):
    """What is supposed of a dyad: `change` in events or points of score of one period, in `deviations` of its usual
    spread."""

    actor: str
    recipient: str
    asked: str
    usual: float
    change: float
    deviations: float


class Reaction(msgspec.Struct, frozen=True, kw_only=True):
    """What a dyad would then be expected to do `ahead` periods later, beside what it would do otherwise.

    `change` is in events (points of score) of a period, from the usual ones of the dyad; `deviations` in its usual
    spread. `sure` is the share of draws that agree on the direction. `path` are the dyads that it comes through, from
    the shock on, `through` says so in words.
    """

    actor: str
    recipient: str
    ahead: int
    usual: float
    change: Figure
    deviations: Figure
    sure: float
    how: How
    path: tuple[tuple[str, str], ...] = ()
    through: str = ""


class Influence(msgspec.Struct, frozen=True, kw_only=True):
    """How much states heed those that they are tied to: coefficients α as senders, β as receivers, of one tie."""

    tie: str
    sender: Figure
    receiver: Figure


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """Propagation against none, forecasting periods not yet seen.

    `gain` is the mean difference of log scores of a dyad and period (above nought: propagation is better), `error`
    and `error_without` the mean squared errors, over `cells` dyads and periods in `periods` periods.
    """

    gain: Figure
    error: float
    error_without: float
    periods: int
    cells: int

    @property
    def better(self) -> bool:
        """Whether the whole interval lies above nought."""
        return self.gain.low > 0


class Breaks(msgspec.Struct, frozen=True, kw_only=True):
    """The same after past breaks, of the dyads that propagation says respond most.

    A break is a dyad's jump beyond what the model without propagation expects. `slope` is that of what these dyads
    then did on what propagation said (1: as said, nought: nothing of it), `breaks` how many there were.
    """

    trial: Trial
    slope: Figure
    breaks: int


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """Whether propagation has earned its place; null where too little was recorded to tell."""

    overall: Trial | None
    breaks: Breaks | None
    ridge: float

    @property
    def propagates(self) -> bool:
        """Better than none over all periods, and after breaks, each by its whole interval."""
        return bool(self.overall and self.overall.better and self.breaks and self.breaks.trial.better)


class WhatIf(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a shock. `propagated` says whether reactions of other dyads are given; `evidence` why (not).

    `periods` of `all_periods` were covered, from `since` until before `until`; `missing` are ties whose table is not
    there, with what brings it.
    """

    label: str = LABEL
    shocks: tuple[Shock, ...]
    reactions: tuple[Reaction, ...]
    influences: tuple[Influence, ...]
    evidence: Evidence
    propagated: bool
    verdict: str
    measure: str
    layers: tuple[str, ...]
    unit: str
    horizon: int
    states: tuple[str, ...]
    datasets: tuple[str, ...]
    since: str
    until: str
    periods: int
    all_periods: int
    missing: tuple[str, ...] = ()
