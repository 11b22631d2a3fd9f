"""Codes and values as people write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from amity.records import Actor, ClaimBase, Interval, Transfer, Value

Names = Callable[[str], str]
"""From an actor's code (alpha-3 or an organisation's name) to the name to print."""

_CODED = re.compile(r"(.+) \(([A-Z]{3})\)")
_DESIGNATION = re.compile(r"[A-Z0-9]")


def voices(claim: ClaimBase) -> str:
    """Who says it, innermost first: `Mostafa Khoshcheshm, through MEMRI, through JNS.org`; empty for the author."""
    return ", through ".join(voice(one) for one in reversed(claim.attribution))


def voice(speaker: Actor) -> str:
    """A speaker's name, else the words the text has for them."""
    return speaker.name or speaker.text or speaker.country or "somebody"


def source(label: str, names: Names) -> str:
    """A source's label for people: `Defence Ministry (AZE)` is `Defence Ministry (Azerbaijan)`, `PAK` Pakistan."""
    coded = _CODED.fullmatch(label)
    if not coded:
        return names(label)
    text, country = coded[1], names(coded[2])
    return text if country in text else f"{text} ({country})"


def decoded(text: str, codes: Iterable[str | None], names: Names) -> str:
    """A phrase in which these codes are written as names: `ETH’s trade` is `Ethiopia’s trade`."""
    for code in {code for code in codes if code}:
        text = re.sub(rf"\b{re.escape(code)}\b", lambda match: names(match.group()), text)
    return text


def figure(value: Value | None) -> str:
    """A figure with its magnitude kept readable: `4,000-5,000`."""
    if value is None:
        return ""
    if isinstance(value, Interval):
        return f"{figure(value.low)}-{figure(value.high)}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,g}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 article`, `1,160 articles`."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def listed(codes: Sequence[str], names: Names, most: int = 6) -> str:
    """`Israel`, `Israel and Turkey`, `Israel, Turkey and Iran`; a dash where nobody is named."""
    written = [names(code) for code in codes]
    if len(written) > most:
        written[most - 1 :] = [f"{len(written) - most + 1} more"]
    if len(written) < 2:
        return written[0] if written else "—"
    return f"{', '.join(written[:-1])} and {written[-1]}"


def goods(claim: Transfer) -> str:
    """What is transferred: `24 Harop (loitering munition)`; the category only where the words do not tell it."""
    what = claim.system or claim.category or "arms"
    kind = f" ({claim.category})" if claim.system and claim.category and _DESIGNATION.search(claim.system) else ""
    return f"{figure(claim.quantity)} {what}{kind}".strip()
