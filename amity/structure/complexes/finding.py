"""The complexes of a date: everything that is said of them, put together."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from amity.codebook.regions import Region
from amity.records.complexes import (
    Complex,
    GlobalPower,
    Insulator,
    Member,
    Mood,
    Pattern,
    Settings,
    Subcomplex,
    Tie,
    Unassigned,
)
from amity.structure.complexes import roles
from amity.structure.complexes.expectation import Ties, kilometres, ties
from amity.structure.complexes.interaction import Floats, Standing
from amity.structure.complexes.membership import ALONE, RESOLUTIONS, THRESHOLDS, Grouping, group, homes
from amity.structure.complexes.naming import name
from amity.structure.complexes.signs import Valence, camps, triads, valence

SHOWN = 12
"""Ties that are told of a complex."""

NOTED = 0.05
"""Company that is told."""

WORLDS = 100
"""Draws of interaction from which intervals of shares come."""

APART = 0.25
"""By how much states of a subcomplex must be together more often than with the rest of their complex."""


@dataclass(frozen=True)
class Background:
    """What is known of n states beside events, in the order of a `Standing`; null or nan where it is not known.

    `size` (n,) are capabilities, `basis` says which; `neighbours` (n, n) is 1 where states touch; `allied` (n, n);
    `arms` (n, n) what row supplied to column; `powers` are the powers of the date by level.
    """

    latitude: Floats
    longitude: Floats
    size: Floats | None = None
    basis: str = "own security interaction"
    neighbours: Floats | None = None
    allied: NDArray[np.bool_] | None = None
    arms: Floats | None = None
    powers: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, Region] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """Complexes and those outside them."""

    complexes: tuple[Complex, ...]
    insulators: tuple[Insulator, ...]
    unassigned: tuple[Unassigned, ...]
    powers: tuple[GlobalPower, ...]
    distance: float | None


@dataclass(frozen=True)
class Setup:
    """Ties of all states, and which states are divided into complexes: `regional` (indices) of them have their own
    expectation, without the powers that are held out."""

    every: Ties
    ties: Ties
    regional: NDArray[np.intp]
    held: NDArray[np.intp]
    enough: NDArray[np.bool_]


def setup(standing: Standing, background: Background, settings: Settings) -> Setup:
    """Ties, with the powers held out and those that have too little evidence told."""
    held = [state for state, level in background.powers.items() if level == "superpower"]
    out = np.isin(standing.states, held if settings.held is None else list(settings.held))
    regional = np.flatnonzero(~out)
    inner = standing.part(regional)
    far = kilometres(background.latitude, background.longitude)
    near = background.neighbours if background.neighbours is not None else np.zeros_like(far)
    mass = _mass(background.size)
    grid = np.ix_(regional, regional)
    by = settings.expected
    return Setup(
        every=ties(standing, by, mass, far, near),
        ties=ties(inner, by, None if mass is None else mass[regional], far[grid], near[grid]),
        regional=regional,
        held=np.flatnonzero(out),
        enough=inner.events.sum(axis=1) >= settings.least,
    )


def grouped(
    ready: Setup, settings: Settings, rng: np.random.Generator, before: Floats | None = None, memory: float = 0.0
) -> Grouping:
    """Complexes as the settings mean them; see `membership.group`."""
    return group(
        ready.ties,
        ready.enough,
        settings.resolutions or RESOLUTIONS,
        THRESHOLDS[settings.breadth],
        settings.draws,
        rng,
        settings.smallest,
        before,
        memory,
    )


def find(standing: Standing, background: Background, settings: Settings) -> Found:
    """The complexes that security interaction shows, with roles and patterns; see docs/complexes.md."""
    rng = np.random.default_rng(settings.seed)
    ready = setup(standing, background, settings)
    grouping = grouped(ready, settings, rng)
    return _Telling(standing, background, settings, ready, grouping, valence(standing), rng).found()


class _Telling:
    """Says of a grouping all that there is to say."""

    def __init__(
        self,
        standing: Standing,
        background: Background,
        settings: Settings,
        ready: Setup,
        grouping: Grouping,
        moods: Valence,
        rng: np.random.Generator,
    ) -> None:
        self.states = standing.states
        self.standing = standing
        self.background = background
        self.settings = settings
        self.ready = ready
        self.grouping = grouping
        self.moods = moods
        self.rng = rng
        self.active = standing.events.sum(axis=1)
        self.size = background.size if background.size is not None else self.active
        self.worlds = [_world(standing, rng) for _ in range(WORLDS)]
        self.cores = [ready.regional[np.flatnonzero(grouping.member[:, k])] for k in range(grouping.complexes)]
        self.powers = [self._home(power) for power in ready.held]
        self.members = [self._with_powers(k) for k in range(grouping.complexes)]
        self.names = [name(self._states(m), self._leaders(m), background.regions) for m in self.members]
        self.ids = [identity(self._states(core)) for core in self.cores]

    def found(self) -> Found:
        grouping = self.grouping
        between = roles.insulators(
            [self.states[one] for one in self.ready.regional],
            self.ids,
            grouping,
            self.ready.ties.mean,
            self.ready.enough,
        )
        return Found(
            complexes=tuple(self._complex(k) for k in range(grouping.complexes)),
            insulators=between,
            unassigned=self._unassigned(),
            powers=tuple(
                GlobalPower(
                    state=self.states[power],
                    level=self.background.powers.get(self.states[power], "held out"),
                    home=self.ids[int(chance.argmax())] if len(chance) else None,
                    probability=float(chance.max(initial=0.0)),
                    reach=self._reach(power),
                )
                for power, chance in zip(self.ready.held, self.powers, strict=True)
            ),
            distance=self.ready.ties.distance,
        )

    def _home(self, power: int) -> Floats:
        return homes(self.ready.every, power, self.cores, max(self.settings.draws, WORLDS), self.rng)

    def _with_powers(self, k: int) -> NDArray[np.intp]:
        own = [
            power
            for power, chance in zip(self.ready.held, self.powers, strict=True)
            if len(chance) and chance.argmax() == k and chance[k] >= 0.5
        ]
        return np.array(sorted([*self.cores[k], *own]), dtype=np.intp)

    def _states(self, members: NDArray[np.intp]) -> list[str]:
        return [self.states[one] for one in members]

    def _leaders(self, members: NDArray[np.intp]) -> list[str]:
        order = sorted(members, key=lambda one: (-np.nan_to_num(self.size[one]), self.states[one]))
        return [self.states[one] for one in order]

    def _reach(self, power: int) -> dict[str, float]:
        """What share of a power's security interaction goes to each complex."""
        total = self.active[power]
        return {
            id: float(self.standing.events[power, core].sum() / total)
            for id, core in zip(self.ids, self.cores, strict=True)
            if total
        }

    def _unassigned(self) -> tuple[Unassigned, ...]:
        grouping, settings = self.grouping, self.settings
        found = []
        for place, one in enumerate(self.ready.regional):
            if grouping.labels[place] != ALONE:
                continue
            company = {
                id: float(part) for id, part in zip(self.ids, grouping.company[place], strict=True) if part > NOTED
            }
            events = float(self.active[one])
            if not self.ready.enough[place]:
                reason = f"too little evidence: {events:.1f} weighted security events, {settings.least:g} are needed"
            else:
                reason = self._alone(place)
            found.append(Unassigned(state=self.states[one], events=events, reason=reason, company=company))
        return tuple(found)

    def _alone(self, place: int) -> str:
        share = self.grouping.share[place].copy()
        share[place] = 0.0
        other = int(share.argmax())
        least = THRESHOLDS[self.settings.breadth]
        if share[other] <= least:
            return f"with no other state in more than {least:.0%} of trials"
        partner = self.states[self.ready.regional[other]]
        return f"bound to {partner} ({share[other]:.0%}), but fewer than {self.settings.smallest} states hold together"

    def _complex(self, k: int) -> Complex:
        core, members = self.cores[k], self.members[k]
        places = np.flatnonzero(self.grouping.member[:, k])
        events = self.standing.events
        among = self.grouping.share[np.ix_(places, places)]
        powers = np.flatnonzero(np.isin(self.states, list(self.background.powers)))
        return Complex(
            id=self.ids[k],
            name=self.names[k],
            members=self._members(k),
            together=float((among.sum() - len(places)) / max(len(places) * (len(places) - 1), 1)),
            inside=roles.inside(events, members),
            events=float(events[np.ix_(members, members)].sum() / 2),
            polarity=roles.polarity(
                self._states(members), np.nan_to_num(self.size[members]).tolist(), self.background.basis
            ),
            pattern=self._pattern(members),
            reach=roles.reaches(
                self.states,
                core,
                np.setdiff1d(members, core),
                self.worlds,
                events,
                self.background.allied,
                self.background.arms,
            ),
            overlay=roles.overlay(members, powers, self.worlds, events, self.background.allied),
            subcomplexes=self._subcomplexes(core, places),
            ties=self._ties(members),
        )

    def _members(self, k: int) -> tuple[Member, ...]:
        found = []
        for place in np.flatnonzero(self.grouping.member[:, k]):
            company = self.grouping.company[place]
            others = {id: float(part) for id, part in zip(self.ids, company, strict=True) if part > NOTED}
            others.pop(self.ids[k], None)
            found.append(self._member(self.ready.regional[place], float(company[k]), others))
        for power, chance in zip(self.ready.held, self.powers, strict=True):
            if power in self.members[k]:
                found.append(self._member(power, float(chance[k]), {}))
        return tuple(sorted(found, key=lambda member: (-member.probability, member.state)))

    def _member(self, one: int, probability: float, elsewhere: dict[str, float]) -> Member:
        latitude, longitude = self.background.latitude[one], self.background.longitude[one]
        return Member(
            state=self.states[one],
            probability=probability,
            events=float(self.active[one]),
            elsewhere=elsewhere,
            power=self.background.powers.get(self.states[one], "held out" if one in self.ready.held else None),
            latitude=None if np.isnan(latitude) else float(latitude),
            longitude=None if np.isnan(longitude) else float(longitude),
        )

    def _pattern(self, members: NDArray[np.intp]) -> Pattern:
        grid = np.ix_(members, members)
        signs, known = self.moods.signs[grid], self.moods.known[grid]
        upper = np.triu_indices(len(members), 1)
        amity, enmity = int((signs[upper] > 0).sum()), int((signs[upper] < 0).sum())
        divided, triad = camps(signs), triads(signs, self.rng)
        sides = [tuple(self._states(members[divided.side == side])) for side in (0, 1)]
        signed = amity + enmity
        return Pattern(
            amity=amity,
            enmity=enmity,
            neither=int(known[upper].sum()) - signed,
            camps=tuple(side for side in sides if side),
            frustration=divided.frustration,
            bound=divided.bound,
            exact=divided.exact,
            order=1 - 2 * divided.frustration / signed if signed else None,
            triads=triad.count,
            balanced=triad.balanced,
            chance=triad.chance,
        )

    def _subcomplexes(self, core: NDArray[np.intp], places: NDArray[np.intp]) -> tuple[Subcomplex, ...]:
        """The same search among the members alone, kept where it finds groups that are much more often together."""
        if len(core) < 2 * self.settings.smallest:
            return ()
        inner = self.standing.part(core)
        far = kilometres(self.background.latitude[core], self.background.longitude[core])
        near = self.background.neighbours
        mass = _mass(self.background.size)
        bonds = ties(
            inner,
            self.settings.expected,
            None if mass is None else mass[core],
            far,
            near[np.ix_(core, core)] if near is not None else np.zeros_like(far),
        )
        within = group(
            bonds,
            self.ready.enough[places],
            RESOLUTIONS,
            THRESHOLDS["regional"],
            max(self.settings.draws // 2, 4),
            self.rng,
            2,
        )
        if within.complexes < 2:
            return ()
        found = []
        for k in range(within.complexes):
            own, rest = within.labels == k, within.labels != k
            own_share = within.share[np.ix_(own, own)]
            together = float((own_share.sum() - own.sum()) / max(own.sum() * (own.sum() - 1), 1))
            apart = float(within.share[np.ix_(own, rest)].mean())
            if together - apart >= APART:
                members = core[own]
                label = name(self._states(members), self._leaders(members), self.background.regions)
                found.append(
                    Subcomplex(name=label, members=tuple(self._states(members)), together=together, apart=apart)
                )
        return tuple(found)

    def _ties(self, members: NDArray[np.intp]) -> tuple[Tie, ...]:
        """The pairs with most security interaction inside."""
        one, other = np.triu_indices(len(members), 1)
        events = self.standing.events[np.ix_(members, members)][one, other]
        order = np.argsort(-events, kind="stable")[:SHOWN]
        return tuple(
            tie(self.states, members[one[pair]], members[other[pair]], self.standing, self.ready.every, self.moods)
            for pair in order
            if events[pair] > 0
        )


def tie(states: Sequence[str], one: int, other: int, standing: Standing, bonds: Ties, moods: Valence) -> Tie:
    """All that is known of a pair."""
    ratio, shape = float(bonds.mean[one, other]), float(bonds.shape[one, other])
    low, high = gammaincinv(shape, [0.05, 0.95]) / shape * ratio
    known = bool(moods.known[one, other])
    mean, error = float(moods.mean[one, other]), float(moods.error[one, other])
    return Tie(
        a=states[one],
        b=states[other],
        events=float(standing.events[one, other]),
        expected=float(bonds.expected[one, other]),
        ratio=ratio,
        low=float(low),
        high=float(high),
        mood=_mood(int(moods.signs[one, other]), known),
        valence=mean if known else None,
        valence_low=mean - 1.645 * error if known else None,
        valence_high=mean + 1.645 * error if known else None,
    )


def _mood(sign: int, known: bool) -> Mood:
    if not known:
        return "unknown"
    return "amity" if sign > 0 else "enmity" if sign < 0 else "neither"


def identity(states: Sequence[str]) -> str:
    """A short name of a set of states that stays the same as long as the set does."""
    return "rsc-" + hashlib.sha256(" ".join(sorted(states)).encode()).hexdigest()[:6]


def _mass(size: Floats | None) -> Floats | None:
    """ln(size), the smallest known where it is not known."""
    if size is None or not np.isfinite(size).any():
        return None
    logs = np.log(np.maximum(size, 1e-6))
    return np.where(np.isnan(logs), np.nanmin(logs), logs)


def _world(standing: Standing, rng: np.random.Generator) -> Floats:
    """Interaction as it may have been: a gamma draw of each pair's events, with as much noise as they are worth."""
    worth = standing.worth
    scale = np.divide(standing.events, worth, out=np.zeros_like(worth), where=worth > 0)
    drawn = np.triu(rng.gamma(np.maximum(worth, 1e-9)) * scale, 1)
    return drawn + drawn.T
