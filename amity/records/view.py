"""A view: what a question to the ledger brings back, complete enough to be told or exported."""

import msgspec

from amity.records.article import Article
from amity.records.claim import Claim
from amity.records.incident import Incident


class View(msgspec.Struct, frozen=True, kw_only=True):
    """Claims that were asked for, the incidents they belong to, and every article cited by either.

    `claims` may hold more than `incidents` cite and the other way round: an incident comes whole, with the claims
    that it merges and those that its contradictions rest on. `as_of` is the date it was known on, null for now.
    """

    claims: tuple[Claim, ...] = ()
    incidents: tuple[Incident, ...] = ()
    articles: tuple[Article, ...] = ()
    as_of: str | None = None
