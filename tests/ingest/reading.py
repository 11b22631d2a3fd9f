"""Short ways to read bytes in tests."""

from __future__ import annotations

import io

from amity import ingest
from amity.errors import InputError
from amity.ingest import Limits, Metadata
from amity.records import Article

PROSE = (
    "Iran has accused Azerbaijan of helping its enemies, the foreign ministry in Tehran said on Tuesday.\n\n"
    "Baku rejected the charge as slander and summoned the Iranian ambassador, according to state media.\n"
)


def read(
    data: bytes, name: str = "a.txt", *, limits: Limits | None = None, overrides: Metadata | None = None, **given: str
) -> list[Article | InputError]:
    """Everything that a document of this name gives."""
    limits = limits or Limits()
    try:
        raw = ingest.receive(name, io.BytesIO(data), limits=limits, **given)  # type: ignore[arg-type]
    except InputError as error:
        return [error]
    return list(ingest.articles(raw, overrides or Metadata(), limits))


def article(data: bytes | str, name: str = "a.txt", **options: object) -> Article:
    """The one article of a document."""
    (found,) = read(data.encode() if isinstance(data, str) else data, name, **options)  # type: ignore[arg-type]
    assert isinstance(found, Article), found
    return found


def error(data: bytes, name: str = "a.txt", **options: object) -> str:
    """What the one error of a document says, without the name."""
    (found,) = read(data, name, **options)  # type: ignore[arg-type]
    assert isinstance(found, InputError), found.text[:200]
    assert "\n" not in str(found)
    assert found.source.startswith(name)
    return found.reason
