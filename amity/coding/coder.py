"""The coder: every extractor in turn over one reading, duplicates removed, ids given."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import msgspec

from amity.coding.assessments import assessments
from amity.coding.confidence import Evidence, confidence
from amity.coding.events import events
from amity.coding.quantities import quantities
from amity.coding.reading import Reading, read
from amity.coding.relations import relations
from amity.coding.structures import structures
from amity.coding.transfers import transfers
from amity.records import Article, Claim, identified

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from amity.codebook import Codebook

Extractor = Callable[[Reading], Iterable[Claim]]
EXTRACTORS: tuple[Extractor, ...] = (events, transfers, relations, quantities, structures, assessments)


def code(article: Article, doc: Doc, codebook: Codebook) -> list[Claim]:
    """All claims of one article, in the order of the text; the same input always gives the same claims."""
    reading = read(article, doc, codebook)
    drafts = (_weighed(claim) for extract in EXTRACTORS for claim in extract(reading))
    unique = {claim.id: claim for claim in map(identified, drafts)}
    return sorted(unique.values(), key=lambda claim: (claim.trigger_start, claim.start, claim.kind, claim.id))


def _weighed(claim: Claim) -> Claim:
    """The claim with how likely it is right, where nothing told so when it was made."""
    if claim.confidence is not None:
        return claim
    return msgspec.structs.replace(claim, confidence=confidence(Evidence(claim.kind)))
