"""Where a state stands between poles: alignment, engagement, hedging, and how it responds to hostility."""

from __future__ import annotations

import msgspec

PARTS = ("alliances", "arms", "votes", "cooperation", "valence")
"""The parts of alignment as a whole. `cooperation` is to whom a state turns with words and deeds of cooperation,
`valence` how cooperation and conflict towards the poles balance."""

SECURITY = ("alliances", "arms", "support")
"""The parts within the security layer. `support` is material cooperation: aid, troops, intelligence."""

SIDE = 1.0 / 3.0
"""From this alignment on a state is called aligned. A priori all alignments in [-1, 1] are as likely as each other, so
that the two sides and the middle begin with a third each."""

ENGAGED = 0.2
"""Below this engagement with either pole a state is called disengaged."""


class Measured(msgspec.Struct, frozen=True):
    """A figure and its 90 % interval."""

    value: float
    low: float
    high: float


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that alignment is measured by, as a position between the poles (1: wholly with the first).

    `weight` is its share in the score of that year, `rests` what was counted (states, deliveries, votes, events), and
    `basis` says so in words. `carried`: the data have ended, and the last position is carried on.
    """

    name: str
    position: Measured
    weight: float
    rests: float
    basis: str
    carried: bool = False


class Alignment(msgspec.Struct, frozen=True, kw_only=True):
    """A state between two poles in a year: 1 is wholly with `toward`, -1 with `against`, 0 as is usual.

    `alignment` is from all parts, `security` from those of the security layer alone; `without` is the alignment when
    one part is left out. `engagement` (0 to 1) is how much the state deals with the pole that it deals with most in
    security, `hedging` engagement × (1 - |security|). `verdicts` gives each word its probability, and `verdict` is the
    likeliest; both null where nothing of the security layer is covered. `covered` of `of` parts are known.
    """

    state: str
    toward: str
    against: str
    year: int
    alignment: Measured | None
    security: Measured | None
    engagement: Measured | None
    hedging: Measured | None
    verdict: str | None
    probability: float | None
    verdicts: dict[str, float]
    parts: tuple[Part, ...]
    without: dict[str, float]
    covered: int
    of: int


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """A state and one pole in a year; null is what is not covered.

    `commitments` are the kinds of obligation between them. `kappa`, `pi` and `s` compare their alliances, `distance`
    their ideal points in the UN General Assembly. `arms` is the pole's share of deliveries in the last years (`tiv` in
    million), `cooperation` its share of all the state's cooperative events, `valence` net cooperation among the
    state's `events` towards it (-1 to 1), `engagement` as in `Alignment`.
    """

    state: str
    pole: str
    year: int
    commitments: tuple[str, ...] | None
    kappa: Measured | None
    pi: float | None
    s: float | None
    distance: Measured | None
    arms: Measured | None
    tiv: float | None
    cooperation: Measured | None
    valence: Measured | None
    events: float | None
    engagement: Measured | None


class Vectors(msgspec.Struct, frozen=True, kw_only=True):
    """In how many directions a state turns in a year.

    `evenness` is the entropy of its engagement over the poles (0: one pole, 1: all alike), `level` its highest
    engagement, `index` their product. `suppliers` is how diversified its arms imports are, 1 - Σs² over all suppliers.
    """

    state: str
    poles: tuple[str, ...]
    year: int
    index: Measured | None
    evenness: Measured | None
    level: Measured | None
    suppliers: Measured | None


class Response(msgspec.Struct, frozen=True, kw_only=True):
    """How alignment towards a pole answers the pole's hostility of the year before.

    `strength` is the change of the score, in usual yearly changes, for one standard deviation of hostility;
    `balancing` the probability that it is negative, `bandwagoning` that it is positive. `placebo` is the same
    probability of balancing for the hostility of the year after, which cannot have caused it. `typical` is the strength
    over all `states`. It rests on `years` of this state (0: it takes what is typical).
    """

    state: str
    pole: str
    against: str
    strength: Measured
    balancing: float
    bandwagoning: float
    placebo: float | None
    typical: Measured
    years: int
    since: int
    until: int
    states: int


class Reliability(msgspec.Struct, frozen=True, kw_only=True):
    """How much of a part's variance the score explains, for a pair of poles; `security`: in the score of that layer.
    `known` counts the states and years that it is known of."""

    toward: str
    against: str
    part: str
    security: bool
    reliability: float
    slope: float
    known: int


class Alignments(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known of a state's alignment. `missing` says what would have to be imported, `notes` what else to
    mind; `datasets` are those of events."""

    state: str
    poles: tuple[str, ...]
    alignments: tuple[Alignment, ...]
    ties: tuple[Tie, ...]
    vectors: tuple[Vectors, ...]
    responses: tuple[Response, ...]
    reliabilities: tuple[Reliability, ...]
    datasets: tuple[str, ...]
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
