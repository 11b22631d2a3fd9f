"""E-mail: the text part, else the HTML part, with the headers as metadata."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from amity.errors import InputError
from amity.ingest.decode import decode
from amity.ingest.draft import Draft
from amity.ingest.formats.html import page
from amity.ingest.metadata import Metadata
from amity.ingest.raw import Limits, Raw
from amity.ingest.tags import nfc

_MOST_PARTS = 1_000


def read(document: Raw, limits: Limits) -> Iterator[Draft]:
    """One article: the body that a reader of the message sees first."""
    message = message_from_bytes(document.read(limits), policy=policy.default)
    if not message.keys():
        raise InputError(document.name, "is no e-mail message")
    parts = _parts(message, document.name)
    sent = Metadata(title=_header(message, "Subject"), author=_sender(message), published=_header(message, "Date"))
    if "text/plain" in parts:
        part = parts["text/plain"]
        text = decode(_payload(part), part.get_content_charset(), document.name)
        yield Draft(source=document.name, text=nfc(text.replace("\r\n", "\n")), found=sent)
    elif "text/html" in parts:
        part = parts["text/html"]
        found = page(_payload(part), document.name, part.get_content_charset(), limits)
        yield Draft(source=document.name, text=found.text, found=sent.or_else(found.found))
    else:
        raise InputError(document.name, "has no text part")


def _parts(message: EmailMessage, source: str) -> dict[str, EmailMessage]:
    """The first part of each kind that is no attachment."""
    parts: dict[str, EmailMessage] = {}
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            raise InputError(source, f"has more than {_MOST_PARTS:,} parts")
        if not part.is_multipart() and part.get_content_disposition() != "attachment":
            parts.setdefault(part.get_content_type(), part)
    return parts


def _payload(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message.get(name)
    except (ValueError, IndexError, TypeError, AttributeError):  # the parser of headers trips over malformed ones
        return None
    return str(value) if value else None


def _sender(message: EmailMessage) -> str | None:
    name, address = parseaddr(_header(message, "From") or "")
    return name or address or None
