"""Codes and values as people write them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from amity.records import Actor, ClaimBase, Interval, Transfer, Value

Names = Callable[[str], str]
"""From an actor's code (alpha-3 or an organisation's name) to the name to print."""


def voices(claim: ClaimBase) -> str:
    """Who says it, innermost first: `Mostafa Khoshcheshm, through MEMRI, through JNS.org`; empty for the author."""
    return ", through ".join(voice(one) for one in reversed(claim.attribution))


def voice(speaker: Actor) -> str:
    """A speaker's name, else the words the text has for them."""
    return speaker.name or speaker.text or speaker.country or "somebody"


def figure(value: Value | None) -> str:
    """A figure with its magnitude kept readable: `4,000-5,000`."""
    if value is None:
        return ""
    if isinstance(value, Interval):
        return f"{figure(value.low)}-{figure(value.high)}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,g}"


def listed(codes: Sequence[str], names: Names) -> str:
    """`Israel`, `Israel and Turkey`, `Israel, Turkey and Iran`; a dash where nobody is named."""
    written = [names(code) for code in codes]
    if len(written) < 2:
        return written[0] if written else "—"
    return f"{', '.join(written[:-1])} and {written[-1]}"


def goods(claim: Transfer) -> str:
    """What is transferred: `24 Harop (loitering munitions)`."""
    what = claim.system or claim.category or "arms"
    kind = f" ({claim.category})" if claim.system and claim.category and claim.category != claim.system else ""
    return f"{figure(claim.quantity)} {what}{kind}".strip()
