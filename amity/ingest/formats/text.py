"""Plain text: kept exactly as decoded."""

from __future__ import annotations

from collections.abc import Iterator

from amity.ingest.decode import decode
from amity.ingest.draft import Draft
from amity.ingest.raw import Limits, Raw


def read(document: Raw, limits: Limits) -> Iterator[Draft]:
    """One article whose text is the document's characters."""
    yield Draft(source=document.name, text=decode(document.read(limits), document.charset, document.name))
