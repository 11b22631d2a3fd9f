"""ISO dates as they stand in records (`2012-02-26`, `2012-02`, `2012`, `a/b`) as first and last day."""

import calendar
import re
from datetime import date

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?$")


def days(text: str | None) -> tuple[date, date] | None:
    """First and last day that a date, date-time, month, year or interval covers; null when it is none of these."""
    bounds = [_bounds(part) for part in (text or "").split("/")]
    known = [bound for bound in bounds if bound]
    if len(known) != len(bounds):
        return None
    return min(first for first, _ in known), max(last for _, last in known)


def _bounds(text: str) -> tuple[date, date] | None:
    match = _DATE.match(text)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last = first.replace(month=month or 12)
        return first, last.replace(day=day or calendar.monthrange(last.year, last.month)[1])
    except ValueError:
        return None
