"""The social-influence autoregression of a series: learned, tested against no propagation, and asked what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from amity.errors import InputError
from amity.outlook.influence.design import MEMORY, Design, usual
from amity.outlook.influence.fitting import Fit, draws, influenced, total, unmoved, widened
from amity.outlook.influence.response import Pair, respond, told, way
from amity.outlook.influence.series import Array, Series, spread, squeezed
from amity.outlook.influence.shocks import Asked
from amity.outlook.influence.ties import NEEDS, known, past
from amity.outlook.influence.trial import LEAST, evidence
from amity.records.whatif import Evidence, Figure, How, Influence, Reaction, Shock, Trial, WhatIf

DRAWS = 200
CLASSES = 20
"""Classes of sureness, from nought to one."""

FEW = 12
"""States among which the influence of every pair may be learned."""

MOST = 8_000_000
"""Cells (states squared times periods) that are learned from at once: about a gigabyte."""

LONGEST = 60
"""Periods ahead that can be asked for."""


@dataclass(frozen=True)
class Model:
    """What was learned: `fit` with propagation, `alone` without, and draws of both (the same periods drawn anew)."""

    design: Design
    evidence: Evidence
    fit: Fit
    alone: Fit
    drawn: tuple[Fit, ...]
    drawn_alone: tuple[Fit, ...]
    missing: tuple[str, ...] = ()

    @property
    def states(self) -> tuple[str, ...]:
        """Whom the model knows."""
        return self.design.series.states

    @cached_property
    def ties(self) -> Array:
        """Ties as they were last, (K, n, n)."""
        return self.design.tied(len(self.design.series.edges) - 2)

    @cached_property
    def coefficients(self) -> tuple[Array, Array]:
        """Draws of the coefficients of senders and of receivers: (draws, K) each."""
        sides = (np.stack([getattr(one, side) for one in self.drawn]) for side in ("sender", "receiver"))
        senders, receivers = (widened(side, len(self.design.periods)) for side in sides)
        return senders, receivers


def learn(
    series: Series, tables: Mapping[str, pa.Table | None], *, free: bool = False, number: int = DRAWS, seed: int = 0
) -> Model:
    """Fit the autoregression and test it. `tables` are those of `amity.records.events.TABLES` that there are.

    Model, with z the departure of a directed dyad from what is usual, in its usual spread (`amity.outlook.influence.
    design`), and ties W_k (`…ties`): z_t = λ'x_t + ÃZ_t-1 + Z_t-1B̃ᵀ + ÃZ_t-1B̃ᵀ + e, Ã = Σ α_k W_k, B̃ = Σ β_k W_k. This
    is the social-influence regression of Minhas and Hoff (2025, Political Analysis; Minhas, Hoff and Ward 2016, Journal
    of Peace Research), a bilinear case of Hoff's multilinear tensor regression (2015, Annals of Applied Statistics).

    With `free` single pairs may heed each other beside their ties, z gets + FZ + ZGᵀ with sparse F and G (additive as
    in Marrs and others' bipartite longitudinal influence network), for at most `FEW` states.

    Raises:
        InputError: when too few periods are covered to learn from, too many cells are asked for, or too many states for
            `free`.
    """
    if series.values.size > MOST:
        raise InputError(
            f"{len(series.states)} states over {series.values.shape[2]} {series.unit}s",
            "are too much to learn from at once; ask for fewer with --states, less time with --since, or a longer unit",
        )
    if free and len(series.states) > FEW:
        raise InputError(
            f"{len(series.states)} states",
            f"are too many to learn the influence of every pair; ask for at most {FEW} with --states",
        )
    ties = known(series, tables) | past(series, MEMORY[series.unit])
    return learned(Design(series, usual(series), ties, free), _missing(ties), number=number, seed=seed)


def learned(design: Design, missing: tuple[str, ...] = (), *, number: int = DRAWS, seed: int = 0) -> Model:
    """The same from a design, whose ties may be any.

    Raises:
        InputError: when too few periods are covered to learn from.
    """
    if len(design.periods) < LEAST:
        unit = design.series.unit
        raise InputError(
            "events",
            f"{int(design.series.covered.sum())} covered {unit}s are too few to learn influence from: "
            f"{len(design.periods)} follow on enough others, {LEAST} are needed; bring in more with amity import, or "
            f"ask by a shorter unit",
        )
    grams = [design.grams[now] for now in design.periods]
    proof = evidence(design, seed)
    return Model(
        design=design,
        evidence=proof,
        fit=influenced(total(grams), proof.ridge),
        alone=unmoved(total(grams)),
        drawn=tuple(draws(grams, lambda gram: influenced(gram, proof.ridge), number, seed)),
        drawn_alone=tuple(draws(grams, unmoved, number, seed)),
        missing=missing,
    )


def _missing(ties: Mapping[str, Array]) -> tuple[str, ...]:
    return tuple(f"{name} (needs {table})" for name, table in NEEDS.items() if name not in ties)


def whatif(
    model: Model,
    asked: Sequence[Asked],
    horizon: int,
    *,
    anyway: bool = False,
    most: int = 20,
    layers: Sequence[str] = (),
) -> WhatIf:
    """What other dyads would be expected to do after shocks, 1 to `horizon` periods later, by how sure that is.

    Intervals hold nine of ten draws (block bootstrap): they tell how well the influence is known, not how much chance
    there is in what states do. Given are the shocked dyads, their reverses, and the `most` dyads that respond most
    surely; these only if propagation has earned it, or `anyway`.

    Raises:
        InputError: for a state that is not in the series, or a horizon out of range.
    """
    if not 1 <= horizon <= LONGEST:
        raise InputError(str(horizon), f"is no horizon; ask for 1 to {LONGEST} periods")
    shocks, matrix = _shocked(model, asked)
    propagated = anyway or model.evidence.propagates
    fit, drawn = (model.fit, model.drawn) if propagated else (model.alone, model.drawn_alone)
    ties = model.ties if propagated else model.ties[:0]
    expected = respond(fit, ties, matrix, horizon)
    spreads = widened(np.stack([respond(one, ties, matrix, horizon) for one in drawn]), len(model.design.periods))
    series = model.design.series
    return WhatIf(
        shocks=shocks,
        reactions=_reactions(model, fit, ties, matrix, expected, spreads, most),
        influences=_influences(model),
        evidence=model.evidence,
        propagated=propagated,
        verdict=verdict(model.evidence, series.unit, propagated),
        measure=series.measure,
        layers=tuple(layers),
        unit=series.unit,
        horizon=horizon,
        states=series.states,
        datasets=series.datasets,
        since=str(series.edges[0]),
        until=str(series.edges[-1]),
        periods=int(series.covered.sum()),
        all_periods=len(series.edges) - 1,
        missing=model.missing,
    )


# Shocks -----------------------------------------------------------------------------------------------------------


def _shocked(model: Model, asked: Sequence[Asked]) -> tuple[tuple[Shock, ...], Array]:
    """The shocks, and as a matrix of deviations; several on one dyad add up."""
    place = {state: number for number, state in enumerate(model.states)}
    matrix = np.zeros((len(place), len(place)))
    shocks = []
    for one in asked:
        if absent := [state for state in (one.actor, one.recipient) if state not in place]:
            raise InputError(one.text, f"nothing was recorded of {absent[0]} in the time asked for")
        pair = place[one.actor], place[one.recipient]
        level, sd = _usual(model, pair)
        deviations = one.size if one.given_in == "deviations" else _deviations(level, sd, one)
        matrix[pair] += deviations
        change = float(_units(level, sd, np.array(deviations)))
        shocks.append(
            Shock(
                actor=one.actor,
                recipient=one.recipient,
                asked=one.text,
                usual=float(spread(np.array(level))),
                change=change,
                deviations=deviations,
            )
        )
    return tuple(shocks), matrix


def _usual(model: Model, pair: Pair) -> tuple[float, float]:
    """Level and spread of a dyad now."""
    return float(model.design.usual.level[*pair, -1]), float(model.design.usual.sd[*pair, -1])


def _deviations(level: float, sd: float, one: Asked) -> float:
    """So many units more than usual, in the dyad's usual spread."""
    if sd == 0:
        raise InputError(one.text, "nothing ever varied; there is nothing to learn from")
    raised = float(spread(np.array(level))) + one.size
    return (float(squeezed(np.array(raised))) - level) / sd


def _units(level: float, sd: float, deviations: Array) -> Array:
    """Departures in events (points of score) of a period, from the usual."""
    return np.asarray(spread(level + sd * deviations) - spread(np.array(level)))


# Reactions --------------------------------------------------------------------------------------------------------


def _reactions(
    model: Model, fit: Fit, ties: Array, shock: Array, expected: Array, spreads: Array, most: int
) -> tuple[Reaction, ...]:
    """Every period ahead of the shocked dyads, their reverses, and of those that respond most surely."""
    struck = {(int(one), int(two)) for one, two in np.argwhere(shock)}
    answering = {pair[::-1] for pair in struck} - struck
    sure = np.abs(np.sign(spreads).mean(axis=0)) / 2 + 0.5
    reactions = [
        one
        for pair, how in _chosen(expected, np.round(CLASSES * sure), struck, answering, most)
        for one in _reaction(model, fit, ties, expected, spreads, sure, pair, how)
    ]
    return tuple(reactions)


def _chosen(expected: Array, sure: Array, struck: set[Pair], answering: set[Pair], most: int) -> list[tuple[Pair, How]]:
    """Whom to tell of, in order: shocked, answering, then by how sure their strongest response is, and how strong.

    Sureness is told in classes of a twentieth, so that what is sure and next to nothing does not come first.
    """
    peak = 1 + np.abs(expected[1:]).argmax(axis=0)
    others = [
        (int(one), int(two))
        for one, two in np.argwhere(np.abs(expected[1:]).max(axis=0) > 0)
        if one != two and (int(one), int(two)) not in struck | answering
    ]
    order = sorted(others, key=lambda pair: (-sure[peak[pair], *pair], -abs(expected[peak[pair], *pair]), pair))
    first: list[tuple[Pair, How]] = [(pair, "shocked") for pair in sorted(struck)]
    second: list[tuple[Pair, How]] = [(pair, "reciprocal") for pair in sorted(answering)]
    return [*first, *second, *((pair, "propagated") for pair in order[:most])]


def _reaction(
    model: Model, fit: Fit, ties: Array, expected: Array, spreads: Array, sure: Array, pair: Pair, how: How
) -> list[Reaction]:
    """One dyad's response in every period ahead."""
    level, sd = _usual(model, pair)
    states, names = model.states, model.design.names
    found = []
    for ahead in range(1, len(expected)):
        drawn = np.quantile(spreads[:, ahead, *pair], (0.5, 0.05, 0.95))
        steps = way(fit, ties, expected, pair, ahead)
        found.append(
            Reaction(
                actor=states[pair[0]],
                recipient=states[pair[1]],
                ahead=ahead,
                usual=float(spread(np.array(level))),
                change=Figure(*map(float, _units(level, sd, drawn))),
                deviations=Figure(*map(float, drawn)),
                sure=float(sure[ahead, *pair]),
                how=how,
                path=tuple((states[one], states[two]) for one, two in steps),
                through=told(fit, ties, names, states, steps),
            )
        )
    return found


def _influences(model: Model) -> tuple[Influence, ...]:
    """Coefficients of every tie with intervals."""
    senders, receivers = (
        [Figure(*map(float, np.quantile(side[:, tie], (0.5, 0.05, 0.95)))) for tie in range(side.shape[1])]
        for side in model.coefficients
    )
    return tuple(
        Influence(tie=name, sender=sender, receiver=receiver)
        for name, sender, receiver in zip(model.design.names, senders, receivers, strict=True)
    )


# Verdict ----------------------------------------------------------------------------------------------------------


def verdict(evidence: Evidence, unit: str, propagated: bool) -> str:
    """What the comparison with no propagation says, and what follows for the answer, in words."""
    if evidence.overall is None or evidence.breaks is None:
        found = "Too little was recorded to tell whether propagation forecasts better than none"
    else:
        does = "forecasts better" if evidence.propagates else "does not forecast better"
        found = (
            f"Propagation {does} than none (log score of a thousand dyads and {unit}s {_gain(evidence.overall)} over "
            f"{evidence.overall.periods} {unit}s, {_gain(evidence.breaks.trial)} after {evidence.breaks.breaks} breaks)"
        )
    if evidence.propagates:
        return f"{found}: reactions of other dyads are given."
    if propagated:
        return f"{found}: reactions of other dyads are shown all the same, as asked; do not rely on them."
    return f"{found}: only the dyad's own and its reciprocal response are given; --anyway shows the others."


def _gain(trial: Trial) -> str:
    gain = trial.gain
    return "{:+.2f} [{:+.2f}, {:+.2f}]".format(*(1000 * one for one in (gain.median, gain.low, gain.high)))
