"""Publication dates: from the notations of bylines, feeds and markup to ISO 8601, or not at all."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

# English, French, German, Spanish, Italian, Portuguese.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier januar jänner enero gennaio janeiro",
            "february feb février februar febrero febbraio fevereiro",
            "march mar mars märz marzo março",
            "april apr avril abril aprile",
            "may mai mayo maggio maio",
            "june jun juin juni junio giugno junho",
            "july jul juillet juli julio luglio julho",
            "august aug août agosto",
            "september sept sep septembre septiembre settembre setembro",
            "october oct octobre oktober octubre ottobre outubro",
            "november nov novembre noviembre novembro",
            "december dec décembre dezember diciembre dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "cet": 60, "cest": 120, "eet": 120, "eest": 180, "msk": 180,
    "est": -300, "edt": -240, "pst": -480, "pdt": -420,
}  # fmt: skip

MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?"
WEEKDAY = r"(?:(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_YEAR = r"(?P<year>\d{4})"
_ZONE = rf"(?P<zone>\s?\(?(?:UTC|GMT)?\s?[+−-]\d{{1,2}}(?::?\d{{2}})?\)?|\s?\(?(?:{'|'.join(_ZONES)})\)?(?!\w))?"
_TIME = (
    r"(?:(?:,|\s+at|\s*[-–—|·•])?(?:T|\s+)(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:\.\d+)?)?"
    rf"(?:\s?(?P<half>[ap])\.?m\b\.?)?(?:\s?hrs)?{_ZONE})?"
)
_FORMS = tuple(
    re.compile(rf"(?<![\w.,/]){WEEKDAY}{form}{_TIME}(?![\w/])", re.IGNORECASE)
    for form in (
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)",
        rf"{_YEAR}[/.](?P<month>\d\d?)[/.](?P<day>\d\d?)",
        rf"{DAY}\s+(?:de\s+)?{MONTH},?\s+(?:de\s+)?{_YEAR}",
        rf"{MONTH}\s+{DAY},?\s+{_YEAR}",
        rf"{DAY}-{MONTH}-{_YEAR}",
        rf"(?P<day>\d\d?)\.\s?(?P<month>\d\d?)\.\s?{_YEAR}",
        rf"(?P<first>\d\d?)/(?P<second_number>\d\d?)/{_YEAR}",
    )
)

EARLIEST = date(1900, 1, 1)


def parse(value: str) -> str | None:
    """The ISO date or date-time that `value` is, null when it is none or could be read as two different days."""
    text = value.strip()[:100]
    for form in _FORMS:
        if found := form.fullmatch(text):
            return _iso(found)
    return _compact(text) or _mail(text)


def find(text: str) -> tuple[str, int, int] | None:
    """The first date in `text` as ISO 8601, with the offsets of the characters that give it."""
    matches = (found for form in _FORMS for found in form.finditer(text))
    dated = ((iso, found.start(), found.end()) for found in matches if (iso := _iso(found)))
    return min(dated, key=lambda hit: (hit[1], -hit[2]), default=None)


def fault(iso: str) -> str | None:
    """Why this cannot be a publication date, null when it can."""
    day = date.fromisoformat(iso[:10])
    if day < EARLIEST:
        return "lies before 1900"
    if day > (datetime.now(UTC) + timedelta(days=1)).date():
        return "lies in the future"
    return None


def _iso(found: re.Match[str]) -> str | None:
    parts = found.groupdict()
    if parts.get("first"):
        parts["day"], parts["month"] = _unambiguous(int(parts["first"]), int(parts["second_number"]))
    month = _MONTHS.get(str(parts["month"]).lower()) or int(parts["month"] or 0)
    try:
        day = date(int(parts["year"]), month, int(parts["day"] or 0))
        return _with_time(day, parts) if parts["hour"] else day.isoformat()
    except (ValueError, OverflowError):
        return None


def _unambiguous(first: int, second: int) -> tuple[str, str]:
    """Day and month of 14/10/2021 and 10/14/2021; 3/4/2021 may be either and gives none."""
    if first > 12:
        return str(first), str(second)
    if second > 12 or first == second:
        return str(second), str(first)
    return "0", "0"


def _with_time(day: date, parts: dict[str, str | None]) -> str:
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    if parts["half"]:
        hour = hour % 12 + (12 if parts["half"].lower() == "p" else 0)
    zone = _zone(parts["zone"] or "")
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone).isoformat()


def _zone(text: str) -> timezone | None:
    text = text.strip(" ()").lower()
    if text in _ZONES:
        return timezone(timedelta(minutes=_ZONES[text]))
    offset = re.search(r"([+−-])(\d{1,2}):?(\d{2})?$", text)
    if not offset:
        return None
    size = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return timezone(-size if offset[1] != "+" else size)


def _compact(text: str) -> str | None:
    """`20211014`, `20211014T080000Z` and the rest of ISO 8601 that Python reads."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.isoformat() if len(text) > 10 else moment.date().isoformat()


def _mail(text: str) -> str | None:
    """RFC 5322, as in e-mail and RSS."""
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
