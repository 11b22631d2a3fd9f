"""What is known about an article besides its text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields, replace
from urllib.parse import urlsplit

MAX_LENGTH = 500
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Title, author and so on, null where unknown. `published` may still be in any notation."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None

    def or_else(self, other: Metadata) -> Metadata:
        """This metadata, its gaps filled from `other`."""
        gaps = {field.name: getattr(other, field.name) for field in fields(self) if not getattr(self, field.name)}
        return replace(self, **gaps)

    def cleaned(self) -> Metadata:
        """Every value on one line, without control and direction characters, of bounded length."""
        return Metadata(**{field.name: clean(getattr(self, field.name)) for field in fields(self)})


EMPTY = Metadata()


def clean(value: object) -> str | None:
    """A metadata value that is safe to print: one line, visible, NFC, of bounded length; null if nothing is left."""
    if not isinstance(value, str | int | float):
        return None
    text = unicodedata.normalize("NFC", str(value)[: 4 * MAX_LENGTH])
    visible = "".join(" " if char in "\t\r\n\v\f\x85\u2028\u2029" else char for char in text)
    visible = "".join(char for char in visible if unicodedata.category(char) not in _INVISIBLE)
    return re.sub(r"\s+", " ", visible).strip()[:MAX_LENGTH] or None


def host(url: str | None) -> str:
    """The host that a URL names, with its port; empty for none and for what is no URL."""
    try:
        return urlsplit(url or "").netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def printable(name: str) -> str:
    """A file name or URL as it may be shown: control, direction and zero-width characters are written as escapes."""
    return "".join(char if unicodedata.category(char) not in _INVISIBLE else ascii(char)[1:-1] for char in name)
