"""An incident: claims about the same happening, brought together."""

import msgspec

from amity.records.claim import Actor, Layer, Place, Status


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One of several values that sources give for the same thing, and who gives it."""

    value: str
    sources: tuple[str, ...]
    claims: tuple[str, ...]


class Contradiction(msgspec.Struct, frozen=True, kw_only=True):
    """What independent sources disagree on. `aspect` is `figure`, `status`, `actors` or `date`."""

    aspect: str
    about: str
    sides: tuple[Side, ...]


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """One happening, its claims, and how far independent sources agree on it.

    `kind` is `event`, `transfer`, or `quantity` for a figure that sources contradict each other on; `type` the PLOVER
    type, the transfer's mode or the figure's unit. `sources` are independent ones:
    copies are folded, and one source quoted by ten papers counts once. Every value is the one that most of them give.
    """

    id: str
    kind: str
    type: str
    title: str
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    mutual: bool = False
    status: Status = "occurred"
    date: str | None = None
    place: Place | None = None
    layer: Layer | None = None
    claims: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    mentions: tuple[Actor, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
