"""A claim: something that somebody says of states, tied to the characters it stands in. See docs/claims.md."""

import hashlib
from collections.abc import Iterator
from typing import Literal, TypeAlias, TypeVar, get_args

import msgspec

Status: TypeAlias = Literal["occurred", "ongoing", "future", "hypothetical", "alleged", "unconfirmed", "denied"]
Certainty: TypeAlias = Literal["certain", "probable", "possible"]
Layer: TypeAlias = Literal["military", "political", "economic", "cultural", "historic", "geographic"]
Valence: TypeAlias = Literal["amity", "enmity", "mixed", "neutral"]
TransferMode: TypeAlias = Literal["sale", "gift", "licensed production", "unspecified"]
PloverType: TypeAlias = Literal[
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip

AGAINST_STATES = frozenset({"REB", "CRM"})
"""PLOVER sectors of those who act in their own name, whatever country they are in."""

STATUSES: tuple[Status, ...] = get_args(Status)
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
LAYERS: tuple[Layer, ...] = get_args(Layer)
PLOVER_TYPES: tuple[PloverType, ...] = get_args(PloverType)


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who acts, suffers or speaks, as the text names them.

    `country` is ISO 3166 alpha-3, `sector` a PLOVER sector (`GOV`, `MIL`, `JRN` …), `name` the canonical name of a
    person or organisation; null where the text does not tell. `start` and `end` are offsets of `text` in the article.
    """

    text: str
    country: str | None = None
    sector: str | None = None
    name: str | None = None
    start: int
    end: int

    @property
    def code(self) -> str | None:
        """What stands for this actor in tables: the state's alpha-3 code, else the organisation's or person's name.

        Whoever fights or robs a state does not act for it: the Taliban are no Afghanistan, Hamas is no Palestine.
        """
        if self.name and self.sector in AGAINST_STATES:
            return self.name
        return self.country or self.name


class Interval(msgspec.Struct, frozen=True):
    """A figure given as a range."""

    low: float
    high: float


Value: TypeAlias = int | float | Interval


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where it happened, as written, resolved as far as the gazetteer goes. Coordinates are WGS 84 degrees."""

    text: str
    name: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    start: int
    end: int


class Coder(msgspec.Struct, frozen=True, kw_only=True):
    """Who coded the claim: program, version, language model, and the rule that fired."""

    name: str = "amity"
    version: str = ""
    model: str = ""
    rule: str = ""


class ClaimBase(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag=str.lower):
    """Fields of every claim. Offsets count characters (Unicode code points) of the article's text, sentences from 1."""

    id: str = ""
    article: str
    source: str | None = None
    quote: str
    start: int
    end: int
    sentence: int | None = None
    trigger: str
    trigger_start: int
    status: Status = "occurred"
    certainty: Certainty = "certain"
    attribution: tuple[Actor, ...] = ()
    date: str | None = None
    date_text: str | None = None
    place: Place | None = None
    layer: Layer | None = None
    confidence: float | None = None
    coder: Coder = Coder()

    @property
    def kind(self) -> str:
        """`event`, `transfer`, `relation`, `quantity`, `structure` or `assessment`."""
        return str(self.__struct_config__.tag)


class Event(ClaimBase, frozen=True, kw_only=True):
    """Somebody did something to somebody, in PLOVER's terms."""

    type: PloverType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[Actor, ...] = ()
    recipients: tuple[Actor, ...] = ()
    mutual: bool = False
    intensity: float | None = None


class Transfer(ClaimBase, frozen=True, kw_only=True):
    """Arms or military goods that pass from `supplier` to `recipient` (alpha-3 codes or names)."""

    supplier: str | None = None
    recipient: str | None = None
    system: str | None = None
    category: str | None = None
    mode: TransferMode = "unspecified"
    quantity: Value | None = None
    parties: tuple[Actor, ...] = ()


class Relation(ClaimBase, frozen=True, kw_only=True):
    """A standing relation between two parties. `a` and `b` are alpha-3 codes or names."""

    a: str
    b: str
    valence: Valence
    label: str
    parties: tuple[Actor, ...] = ()


class Quantity(ClaimBase, frozen=True, kw_only=True):
    """A figure: `value` of `subject` in `unit`; `of` is the whole in "four of eighteen"."""

    subject: str
    value: Value
    unit: str | None = None
    of: Value | None = None


class Structure(ClaimBase, frozen=True, kw_only=True):
    """A statement on the structure of the system: `subject` `predicate` (member of, role in, driver of …) `object`."""

    subject: str
    predicate: str
    object: str
    parties: tuple[Actor, ...] = ()


class Assessment(ClaimBase, frozen=True, kw_only=True):
    """A judgement: what is judged (`target`), how (`verdict`), and the words that soften it (`hedges`)."""

    target: str
    verdict: str
    hedges: tuple[str, ...] = ()


Claim: TypeAlias = Event | Transfer | Relation | Quantity | Structure | Assessment
KINDS: tuple[str, ...] = ("event", "transfer", "relation", "quantity", "structure", "assessment")

_C = TypeVar("_C", bound=ClaimBase)


def identified(claim: _C) -> _C:
    """The claim with its stable id: a hash of article, content and coder version, not of confidence."""
    body = msgspec.structs.replace(claim, id="", source=None, confidence=None)
    digest = hashlib.sha256(msgspec.json.encode(body, order="deterministic")).hexdigest()
    return msgspec.structs.replace(claim, id=digest[:16])


def parties(claim: Claim) -> tuple[str, ...]:
    """Codes of everybody who takes part in what is claimed (speakers apart), in order of mention, each once."""
    match claim:
        case Event():
            codes = [actor.code for actor in (*claim.actors, *claim.recipients)]
        case Transfer():
            codes = [claim.supplier, claim.recipient]
        case Relation():
            codes = [claim.a, claim.b]
        case Structure():
            codes = [actor.code for actor in claim.parties]
        case Quantity() | Assessment():
            codes = []
    return tuple(dict.fromkeys(code for code in codes if code))


def mentioned(claim: Claim) -> Iterator[Actor]:
    """Everybody whom a claim names: its speakers, then who takes part."""
    yield from claim.attribution
    match claim:
        case Event():
            yield from (*claim.actors, *claim.recipients)
        case Transfer() | Relation() | Structure():
            yield from claim.parties
        case Quantity() | Assessment():
            pass
