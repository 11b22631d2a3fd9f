"""The incidents that moved a relation: what every event did to the intensity and valence of its period."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from amity.records.relations import Mover
from amity.relations import valence
from amity.relations.fitted import Fitted


def movers(fitted: Fitted, row: int, period: int, events: pa.Table, way: int = 0) -> tuple[Mover, ...]:
    """What each event of a dyad's period did, by how much the period would lack without it: those first that moved
    valence most, upwards if `way` is 1, downwards if it is -1.

    `events` are the rows of `EVENTS` that the period's cells rest on; those of other layers are left out. Without an
    event that counts u (its part of the weight of the period) and scores s, intensity would be lower by u/b and
    valence by u (s - θ)/(K - u): leave-one-out influence, see `amity.relations.intensity` and `valence` for b, θ, K.
    """
    weight, rate = float(fitted.weight[period, row]), float(fitted.rate.rate[period, row])
    number = float(fitted.scores.number[period, row])
    scored = float(valence.weight(fitted.scores, fitted.temper)[period, row]) / number if number else 0.0
    known, centre = float(fitted.means.events[period, row]), float(fitted.means.mean[0, period, row])
    moved = []
    for event in events.to_pylist():
        score, events_worth = event[fitted.panel.scale], event["count"] * event["certainty"]
        if fitted.layer is not None and event["layer"] != fitted.layer:
            continue
        share = min(scored * events_worth, 0.99 * known)
        moved.append(
            Mover(
                dataset=event["dataset"],
                id=event["id"],
                day=event["day"],
                actor=event["actor_name"] or event["actor"],
                recipient=event["recipient_name"] or event["recipient"],
                type=event["type"] or event["quad"],
                code=event["code"],
                score=score,
                count=event["count"],
                certainty=event["certainty"],
                intensity=weight * events_worth / rate,
                valence=0.0 if score is None else share * (score - centre) / (known - share),
            )
        )

    def rank(mover: Mover) -> tuple[float, float, date, str]:
        return -(way * mover.valence or abs(mover.valence)), -mover.intensity, mover.day, mover.id

    return tuple(sorted(moved, key=rank))
