"""E-mail: the text part, else the HTML part, with the headers as metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from amity.errors import InputError
from amity.ingest.decode import decode
from amity.ingest.draft import LED_ASTRAY, Draft
from amity.ingest.formats.html import page
from amity.ingest.metadata import Metadata
from amity.ingest.raw import Limits, Raw
from amity.ingest.tags import nfc

_MOST_BOUNDARIES = 200  # the parser's time grows with their square
_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)
_SIGNATURE = re.compile(r"^-- ?\r?$", re.MULTILINE)  # RFC 3676, 4.3
_WRAPPED = range(50, 101)  # characters of a line that was broken by the sender's program


def read(document: Raw, limits: Limits) -> Iterator[Draft]:
    """One article: the body that a reader of the message sees first."""
    data = document.read(limits)
    if len(_BOUNDARY.findall(data)) > _MOST_BOUNDARIES:
        raise InputError(document.name, f"has more than {_MOST_BOUNDARIES} parts within parts")
    try:
        yield _draft(message_from_bytes(data, policy=policy.default), document.name, limits)
    except LED_ASTRAY as error:
        raise InputError(document.name, f"is a damaged e-mail message: {' '.join(str(error).split())[:200]}") from error


def _draft(message: EmailMessage, source: str, limits: Limits) -> Draft:
    if not message.keys():
        raise InputError(source, "is no e-mail message")
    parts = _parts(message)
    sent = Metadata(title=_header(message, "Subject"), author=_sender(message), published=_header(message, "Date"))
    if "text/plain" in parts:
        part = parts["text/plain"]
        text = decode(_payload(part), part.get_content_charset(), source)
        return Draft(source=source, text=nfc(_unwrapped(_SIGNATURE.split(text)[0] or text)), found=sent)
    if "text/html" in parts:
        part = parts["text/html"]
        found = page(_payload(part), source, part.get_content_charset(), limits)
        return Draft(source=source, text=found.text, found=sent.or_else(found.found))
    raise InputError(source, "has no text part")


def _parts(message: EmailMessage) -> dict[str, EmailMessage]:
    """The first part of each kind that is no attachment."""
    parts: dict[str, EmailMessage] = {}
    for part in message.walk():
        if not part.is_multipart() and part.get_content_disposition() != "attachment":
            parts.setdefault(part.get_content_type(), part)
    return parts


def _unwrapped(text: str) -> str:
    """Paragraphs that were broken into short lines in one line each; quotations keep theirs."""
    paragraphs = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    return "\n\n".join(" ".join(lines) if _is_wrapped(lines) else "\n".join(lines) for lines in map(_lines, paragraphs))


def _lines(paragraph: str) -> list[str]:
    return [line.rstrip() for line in paragraph.strip("\n").split("\n")]


def _is_wrapped(lines: list[str]) -> bool:
    return all(len(line) in _WRAPPED and not line.startswith(">") for line in lines[:-1])


def _payload(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message.get(name)
    except LED_ASTRAY:  # a broken header costs that header, not the message
        return None
    return str(value) if value else None


def _sender(message: EmailMessage) -> str | None:
    name, address = parseaddr(_header(message, "From") or "")
    return name or address or None
