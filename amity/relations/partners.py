"""With whom a state deals most."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from amity.errors import InputError
from amity.records.panel import Dyad
from amity.records.relations import Estimate, Partner
from amity.relations.fitted import Fitted
from amity.relations.series import estimates, feelings


def partners(fitted: Fitted, state: str, period: int, most: int | None = None) -> tuple[Partner, ...]:
    """Those that a state deals most with in a period, by the intensity of both directions together.

    Both directions of every pair must be fitted: see `closed`.

    Raises:
        InputError: when nothing was recorded of the state.
    """
    others = sorted({dyad.recipient for dyad in fitted.dyads if dyad.actor == state})
    if not others:
        raise InputError(state, "nothing was recorded of it with anybody")
    index = fitted.panel.index
    there = np.array([index[Dyad(state, other)] for other in others])
    back = np.array([index[Dyad(other, state)] for other in others])
    rates = fitted.rate.mean[period]
    both = rates[there] + rates[back]
    first = np.argsort(-both, kind="stable")[:most]
    return tuple(_partners(fitted, period, there[first], back[first], both[first] / both.sum()))


def closed(fitted_dyads: tuple[Dyad, ...], state: str) -> set[Dyad]:
    """Every direction in which a state deals or could deal with those it deals with."""
    mine = {dyad for dyad in fitted_dyads if state in dyad}
    return mine | {dyad.reverse for dyad in mine}


def _partners(
    fitted: Fitted, period: int, there: np.ndarray, back: np.ndarray, shares: np.ndarray
) -> Iterator[Partner]:
    ways = [_at(fitted, rows, period) for rows in (there, back)]
    totals = fitted.counts.events.sum(0)
    for place, (row, share) in enumerate(zip(there, shares, strict=True)):
        dyad = fitted.dyads[row]
        yield Partner(
            state=dyad.actor,
            partner=dyad.recipient,
            layer=fitted.layer,
            start=fitted.panel.edges[period].tolist(),
            share=float(share),
            events=float(totals[row] + totals[back[place]]),
            intensity=ways[0][place][0],
            valence=ways[0][place][1],
            intensity_back=ways[1][place][0],
            valence_back=ways[1][place][1],
        )


def _at(fitted: Fitted, rows: np.ndarray, period: int) -> list[tuple[Estimate, Estimate]]:
    """Intensity and valence of dyads in one period."""
    some = fitted.of(rows)
    rate = type(some.rate)(*(part[period][:, None] for part in some.rate))
    mood = type(some.mood)(*(part[period][:, None] for part in some.mood))
    return list(zip(estimates(rate), feelings(mood), strict=True))
