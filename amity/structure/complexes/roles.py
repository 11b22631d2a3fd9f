"""Parts that states play in and between complexes: poles, insulators, powers that reach in or lie over a region."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from amity.records.complexes import Insulator, Overlay, Polarity, Reach
from amity.structure.complexes.interaction import Floats
from amity.structure.complexes.membership import Grouping

BETWEEN = 0.1
"""Company that a state must keep in a complex to stand beside it."""

STANDS = 0.4
"""Score from which a state is told as an insulator."""

FOREIGN = 2.0
"""How many times the interaction inside the powers' must be to lie over it."""

NOTED = 0.02
"""Shares of security interaction from which an outside power is told."""

Members = NDArray[np.intp]


def polarity(members: Sequence[str], sizes: Sequence[float], basis: str) -> Polarity:
    """How power is spread (after Modelski 1974): one state with half of all or more makes it unipolar; two with half
    together and a quarter each bipolar; all else is multipolar. Effective number of poles 1 / Σ s² (Laakso and
    Taagepera 1979)."""
    total = sum(sizes)
    if not total:
        return Polarity(kind="unknown", effective=None, shares={}, basis=basis)
    shares = sorted(((size / total, state) for size, state in zip(sizes, members, strict=True)), reverse=True)
    first, second = shares[0][0], shares[1][0] if len(shares) > 1 else 0.0
    kind = "unipolar" if first >= 0.5 else "bipolar" if first + second >= 0.5 and second >= 0.25 else "multipolar"
    return Polarity(
        kind=kind,  # type: ignore[arg-type]
        effective=1 / sum(share**2 for share, _ in shares),
        shares={state: share for share, state in shares},
        basis=basis,
    )


def reaches(
    states: Sequence[str],
    members: Members,
    own: Members,
    worlds: Sequence[Floats],
    events: Floats,
    allied: NDArray[np.bool_] | None,
    arms: Floats | None,
    most: int = 5,
) -> tuple[Reach, ...]:
    """Outside states by their share of the members' security interaction, those above `NOTED`; `own` are powers at home
    here, neither outside nor members like others, since they deal with the whole world.

    `worlds` are draws of interaction (n, n), from which the intervals come, `events` what was seen; `allied` (n, n)
    says who is allied, `arms` (n, n) what row supplied to column.
    """
    outside = np.setdiff1d(np.arange(len(states)), [*members, *own])
    share = _shares(events, members, outside)
    drawn = np.array([_shares(world, members, outside) for world in worlds]).reshape(-1, len(outside))
    low, high = np.quantile(drawn, [0.05, 0.95], axis=0) if len(drawn) else (share, share)
    received = arms[:, members].sum() if arms is not None else 0.0
    found = []
    for place in np.argsort(-share, kind="stable")[:most]:
        if share[place] < NOTED:
            break
        power = outside[place]
        busiest = members[np.argsort(-events[power, members], kind="stable")[:3]]
        found.append(
            Reach(
                state=states[power],
                share=float(share[place]),
                low=float(low[place]),
                high=float(high[place]),
                partners=tuple(states[one] for one in busiest if events[power, one] > 0),
                allied=float(allied[power, members].mean()) if allied is not None else None,
                arms=float(arms[power, members].sum() / received) if arms is not None and received else None,
            )
        )
    return tuple(found)


def inside(events: Floats, members: Members) -> float:
    """What share of members' security interaction stays among them; pairs inside count once."""
    among = events[np.ix_(members, members)].sum() / 2
    total = events[members].sum() - among
    return float(among / total) if total else 0.0


def _shares(events: Floats, members: Members, outside: Members) -> Floats:
    total = events[members].sum() - events[np.ix_(members, members)].sum() / 2
    return np.asarray(events[np.ix_(outside, members)].sum(axis=1) / total if total else np.zeros(len(outside)))


def overlay(
    members: Members, powers: Members, worlds: Sequence[Floats], events: Floats, allied: NDArray[np.bool_] | None
) -> Overlay:
    """Whether powers lie over a region: they deal with its members more than `FOREIGN` times as much as members do with
    each other, and at least half of the members are allied with one of them, where alliances are known.

    The probability is the share of drawn worlds in which the first holds, 0 where the second does not. After Buzan and
    Wæver (2003, p. 61), who speak of overlay when great-power interests so dominate a region that its own pattern of
    security relations ceases to operate, and name stationed forces and alliances as its marks.
    """
    outer = np.setdiff1d(powers, members)

    def weights(world: Floats) -> tuple[float, float]:
        return float(world[np.ix_(outer, members)].sum()), float(world[np.ix_(members, members)].sum() / 2)

    foreign, own = weights(events)
    local = own / (own + foreign) if own + foreign else 0.0
    dominated = [one > FOREIGN * other for one, other in map(weights, worlds)]
    probability = float(np.mean(dominated)) if dominated else 0.0
    why = f"powers outside have {1 - local:.0%} of what they and the members have among themselves"
    if allied is not None and len(outer):
        bound = allied[np.ix_(outer, members)].any(axis=0).mean()
        why += f"; {bound:.0%} of the members are allied with one"
        probability = probability if bound >= 0.5 else 0.0
    return Overlay(probability=probability, local=local, why=why)


def insulators(
    states: Sequence[str], names: Sequence[str], grouping: Grouping, ties: Floats, enough: NDArray[np.bool_]
) -> tuple[Insulator, ...]:
    """States that stand between complexes with less of a tie to each than its members have.

    Let p and q be the largest two of a state's company (see `Grouping`), both at least `BETWEEN`. The score is
    2 min(p, q) / (p + q) × (1 - t), t being the share of the members of either complex who have weaker mean ties to
    their own than this state has to them (the larger share counts).
    """
    if grouping.complexes < 2:
        return ()
    inner = [_typical(ties, np.flatnonzero(grouping.member[:, k])) for k in range(grouping.complexes)]
    found = []
    for one in np.flatnonzero(enough).tolist():
        company = grouping.company[one]
        second, first = (int(k) for k in np.argsort(company, kind="stable")[-2:])
        if company[second] < BETWEEN:
            continue
        rank = max(_rank(ties, one, k, grouping, inner) for k in (first, second))
        score = 2 * company[second] / (company[first] + company[second]) * (1 - rank)
        if score >= STANDS:
            why = f"company {company[first]:.0%} and {company[second]:.0%}; ties stronger than {rank:.0%} of members'"
            between = {names[k]: float(company[k]) for k in (first, second)}
            found.append(Insulator(state=states[one], between=between, score=float(score), why=why))
    return tuple(sorted(found, key=lambda insulator: -insulator.score))


def _typical(ties: Floats, members: Members) -> Floats:
    """Each member's mean tie to the others."""
    return np.asarray(ties[np.ix_(members, members)].sum(axis=1) / max(len(members) - 1, 1))


def _rank(ties: Floats, one: int, k: int, grouping: Grouping, inner: Sequence[Floats]) -> float:
    members = np.flatnonzero(grouping.member[:, k])
    others = members[members != one]
    own = np.delete(inner[k], np.flatnonzero(members == one))
    return float((own < ties[one, others].mean()).mean()) if len(others) else 0.0
