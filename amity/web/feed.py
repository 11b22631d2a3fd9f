"""An Atom feed of incidents (RFC 4287), for feed readers and newsrooms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as xml

from amity.records import Incident

ENTRIES = 50
SPACE = "http://www.w3.org/2005/Atom"
NEVER = "1970-01-01T00:00:00Z"
_ILLEGAL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")


def atom(newest: Sequence[tuple[str, Incident]], base: str, own: str, title: str) -> bytes:
    """The feed: `newest` are incidents with the time since when they stand, `base` is where the pages lie."""
    xml.register_namespace("", SPACE)
    feed = xml.Element(f"{{{SPACE}}}feed")
    _text(feed, "id", own)
    _text(feed, "title", f"{title}: incidents")
    _text(feed, "updated", newest[0][0] if newest else NEVER)
    _link(feed, "self", own)
    _link(feed, "alternate", f"{base}#/incidents")
    for recorded, incident in newest:
        entry = xml.SubElement(feed, f"{{{SPACE}}}entry")
        _text(entry, "id", f"{base}#/incidents/{incident.id}")
        _text(entry, "title", _legal(incident.title))
        _text(entry, "updated", recorded)
        _link(entry, "alternate", f"{base}#/incidents/{incident.id}")
        xml.SubElement(xml.SubElement(entry, f"{{{SPACE}}}author"), f"{{{SPACE}}}name").text = "amity"
        _text(entry, "summary", _legal(_summary(incident)))
    document: bytes = xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return document


def _summary(one: Incident) -> str:
    contested = f", contested on {len(one.contradictions)} points" if one.contradictions else ""
    sides = f"{', '.join(one.actors) or 'somebody'} → {', '.join(one.recipients) or 'nobody named'}"
    when = one.date or "undated"
    return f"{one.type}: {sides}, {when}, {one.status}; {len(one.sources)} independent sources{contested}"


def _text(parent: xml.Element, name: str, text: str) -> None:
    xml.SubElement(parent, f"{{{SPACE}}}{name}").text = text


def _link(parent: xml.Element, rel: str, href: str) -> None:
    xml.SubElement(parent, f"{{{SPACE}}}link", {"rel": rel, "href": href})


def _legal(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold."""
    return _ILLEGAL.sub("", text)
