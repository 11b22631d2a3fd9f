"""Regional security complexes: who belongs together, how surely, who reaches in, and how that changed."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

import msgspec

Expected: TypeAlias = Literal["regional", "attention", "mass", "gravity"]
Breadth: TypeAlias = Literal["fine", "regional", "coarse"]
Mood: TypeAlias = Literal["amity", "enmity", "neither", "unknown"]
Change: TypeAlias = Literal["birth", "merge", "split", "end"]
EXPECTED: tuple[Expected, ...] = get_args(Expected)
BREADTHS: tuple[Breadth, ...] = get_args(Breadth)


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A state of a complex. `probability` is how much of its company is here (see docs/complexes.md), over resampled
    events and resolutions; `elsewhere` the same for other complexes. `power` is its level, where it is one; superpowers
    are held out when complexes are looked for, and come home afterwards. The place is its capital's, in degrees.
    """

    state: str
    probability: float
    events: float
    elsewhere: dict[str, float] = {}
    power: str | None = None
    latitude: float | None = None
    longitude: float | None = None


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """Two states: weighted security events, how many were to be expected, the ratio with its 90 % interval, and how
    they dealt with each other: mean score of all their events, interval, and what that makes them. These two names in
    either order, and the period of the whole, are what `World.evidence` takes."""

    a: str
    b: str
    events: float
    expected: float
    ratio: float
    low: float
    high: float
    mood: Mood
    valence: float | None = None
    valence_low: float | None = None
    valence_high: float | None = None


class Polarity(msgspec.Struct, frozen=True, kw_only=True):
    """How power is spread inside: `kind` after the shares (see docs/complexes.md), `effective` number of poles 1/Σs²,
    `shares` largest first, `basis` what they are shares of."""

    kind: Literal["unipolar", "bipolar", "multipolar", "unknown"]
    effective: float | None
    shares: dict[str, float]
    basis: str


class Pattern(msgspec.Struct, frozen=True, kw_only=True):
    """Amity and enmity inside. `camps` are the two sides that leave the fewest signed pairs against the grain,
    `frustration` how many these are (exact, or at least `bound`), `order` 1 - 2 frustration / signed pairs (1: two
    perfect camps). `balanced` is the share of balanced triads among `triads`, `chance` the same when signs are dealt
    anew: measured, never imposed."""

    amity: int
    enmity: int
    neither: int
    camps: tuple[tuple[str, ...], ...] = ()
    frustration: int | None = None
    bound: int | None = None
    exact: bool = False
    order: float | None = None
    triads: int = 0
    balanced: float | None = None
    chance: float | None = None


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """An outside power in a complex: its share of the members' security interaction with a 90 % interval, of members
    allied with it, and of the arms delivered to them in the last five years (null: not known). `partners` are the
    members it deals with most."""

    state: str
    share: float
    low: float
    high: float
    partners: tuple[str, ...]
    allied: float | None = None
    arms: float | None = None


class Overlay(msgspec.Struct, frozen=True, kw_only=True):
    """Whether outside powers weigh so heavily that the local pattern vanishes: how probable that is, and why."""

    probability: float
    local: float
    why: str


class Subcomplex(msgspec.Struct, frozen=True, kw_only=True):
    """States inside a complex that belong together more closely; `together` is how often they did, `apart` how often
    with the rest of the complex."""

    name: str
    members: tuple[str, ...]
    together: float
    apart: float


class Complex(msgspec.Struct, frozen=True, kw_only=True):
    """A regional security complex. `together` is the mean share of resampled worlds and resolutions in which two of its
    members were placed together, `inside` the share of members' security interaction that stays among them."""

    id: str
    name: str
    members: tuple[Member, ...]
    together: float
    inside: float
    events: float
    polarity: Polarity
    pattern: Pattern
    reach: tuple[Reach, ...]
    overlay: Overlay
    subcomplexes: tuple[Subcomplex, ...]
    ties: tuple[Tie, ...]

    @property
    def states(self) -> tuple[str, ...]:
        """The members' codes."""
        return tuple(member.state for member in self.members)


class Insulator(msgspec.Struct, frozen=True, kw_only=True):
    """A state that stands between complexes, tied to each less than their members are: `between` gives its company by
    complex, `score` runs to 1 (evenly between two, and in neither)."""

    state: str
    between: dict[str, float]
    score: float
    why: str


class Unassigned(msgspec.Struct, frozen=True, kw_only=True):
    """A state in no complex, with the reason."""

    state: str
    events: float
    reason: str
    company: dict[str, float] = {}


class GlobalPower(msgspec.Struct, frozen=True, kw_only=True):
    """A power that was held out, and the complex in which its ties are strongest, with the probability of that."""

    state: str
    level: str
    home: str | None
    probability: float
    reach: dict[str, float]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How complexes are looked for. `halflife` is in years; `resolutions` are of modularity, all are used (null: ours);
    `held` are states held out (null: the superpowers of the date); `least` is how many weighted events a state needs,
    `smallest` how many states a complex."""

    expected: Expected = "regional"
    breadth: Breadth = "regional"
    halflife: float = 1.0
    draws: int = 24
    seed: int = 0
    held: tuple[str, ...] | None = None
    least: float = 3.0
    smallest: int = 3
    resolutions: tuple[float, ...] | None = None


class Complexes(msgspec.Struct, frozen=True, kw_only=True):
    """The complexes of a date. `states` is how many took part at all, `covered` of `periods` those that the data cover,
    `distance` the elasticity of interaction in distance that was fitted, `notes` what was missing."""

    at: str
    since: str
    unit: str
    datasets: tuple[str, ...]
    covered: int
    periods: int
    states: int
    events: float
    settings: Settings
    complexes: tuple[Complex, ...]
    insulators: tuple[Insulator, ...]
    unassigned: tuple[Unassigned, ...]
    powers: tuple[GlobalPower, ...]
    distance: float | None = None
    notes: tuple[str, ...] = ()


class Slice(msgspec.Struct, frozen=True, kw_only=True):
    """A complex in one period of its history: members with their probabilities, and its name then."""

    at: str
    name: str
    members: dict[str, float]


class History(msgspec.Struct, frozen=True, kw_only=True):
    """One complex over time: its slices in order, and the states that were always, or at some time, in it."""

    id: str
    name: str
    slices: tuple[Slice, ...]
    always: tuple[str, ...]
    sometime: tuple[str, ...]


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """What happened to a complex: born, merged into `other`, split from `other`, ended; `states` are those in it."""

    at: str
    change: Change
    complex: str
    other: str | None
    states: tuple[str, ...]


class Histories(msgspec.Struct, frozen=True, kw_only=True):
    """Complexes over time. `periods` are the last days of all slices, `silent` those that the data do not cover."""

    since: str
    until: str
    unit: str
    datasets: tuple[str, ...]
    periods: tuple[str, ...]
    silent: tuple[str, ...]
    settings: Settings
    histories: tuple[History, ...]
    turns: tuple[Turn, ...]
    notes: tuple[str, ...] = ()
