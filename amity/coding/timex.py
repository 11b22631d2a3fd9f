"""Time expressions: a grammar that finds them in a sentence, and the days they mean.

A rule is a pattern and the function that reads it. What the words leave out, a year or a week, is filled in from an
`Anchor`: the publication date, the narrative so far, and whether the verb looks ahead. What cannot be known is None.
Seasons are those of the northern hemisphere in whole months; a winter may lie in two years and is dated by the year
alone. "A few" is two to six. "Last week" is the calendar week (Monday to Sunday) before.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
WEEKDAYS |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (1, 12)}
FEASTS = {"christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "new year's eve": (12, 31),
          "new year's day": (1, 1)}  # fmt: skip
WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
COUNTS = {word: number for number, word in enumerate(WORDS.split())} | {
    "a": 1,
    "an": 1,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
}
FEW = (2, 6)
LONG_STORY = timedelta(days=31)  # what is told of a longer stretch does not date what is told after it
CLOSE = timedelta(days=14)  # "the week before" something that took longer is anybody's guess
DECADES = {"twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960, "seventies": 1970,
           "eighties": 1980, "nineties": 1990}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Days:
    """The days `first` to `last`, both inclusive."""

    first: date
    last: date

    def iso(self) -> str:
        """As ISO 8601: a day, month or year, or two of them as an interval."""
        first, last = _edges(self)
        return first if first == last else f"{first}/{last}"

    @property
    def day(self) -> bool:
        """Whether it is a single day."""
        return self.first == self.last

    @property
    def month(self) -> bool:
        """Whether it is a whole calendar month."""
        return self == month(self.first.year, self.first.month)

    @property
    def year(self) -> bool:
        """Whether it is a whole calendar year."""
        return self == year(self.first.year)


def _edges(days: Days) -> tuple[str, str]:
    """Both ends in the coarsest unit that says the same."""
    whole_months = days.first.day == 1 and (days.last + timedelta(days=1)).day == 1
    whole_years = whole_months and days.first.month == 1 and days.last.month == 12
    length = 4 if whole_years else 7 if whole_months else 10
    return days.first.isoformat()[:length], days.last.isoformat()[:length]


def year(number: int) -> Days:
    """The days of a year."""
    return Days(date(number, 1, 1), date(number, 12, 31))


def month(number: int, first: int, last: int | None = None) -> Days:
    """The days of the months `first` to `last` (else only `first`) of a year."""
    last = last or first
    return Days(date(number, first, 1), date(number, last, calendar.monthrange(number, last)[1]))


def week(day: date, weeks: int = 0) -> Days:
    """The calendar week of a day, or the one that many weeks away."""
    monday = day + timedelta(weeks=weeks, days=-day.weekday())
    return Days(monday, monday + timedelta(days=6))


def publication_day(published: str | None) -> date | None:
    """The calendar day of an ISO date or date-time, None when there is none."""
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def shifted(days: Days, unit: str, count: int) -> Days:
    """The day, week, month, year or decade that lies `count` units after the first of `days`."""
    day = days.first
    match unit:
        case "day":
            return Days(day + timedelta(days=count), days.last + timedelta(days=count))
        case "week" | "fortnight":
            return week(day, count * (2 if unit == "fortnight" else 1))
        case "month":
            index = day.year * 12 + day.month - 1 + count
            return month(index // 12, index % 12 + 1)
    return year(day.year + count * (10 if unit == "decade" else 1))


@dataclass(frozen=True, slots=True)
class Anchor:
    """What an expression is resolved against.

    `published` is the article's day, `narrative` what the text spoke of last, `story` that in the same paragraph;
    `future` and `past` say where the verb looks (both false: no telling), `perfect` that it is a present perfect.
    """

    published: date | None = None
    narrative: Days | None = None
    story: Days | None = None
    future: bool = False
    past: bool = False
    perfect: bool = False


Groups = dict[str, str | None]
Reader = Callable[[Groups, Anchor], Days | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of expression; a `strong` one carries the narrative on ("in 2010 … two years later")."""

    name: str
    pattern: str
    read: Reader
    strong: bool = True


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression found: characters `start` to `end` of the text searched, and how to read it."""

    start: int
    end: int
    rule: Rule
    groups: Groups

    def days(self, anchor: Anchor) -> Days | None:
        """The days it means, None where that cannot be known."""
        try:
            return self.rule.read(self.groups, anchor)
        except (ValueError, OverflowError):  # 31 June, or a year beyond the calendar
            return None


# ---------------------------------------------------------------------------------------------- reading the parts


def _canonical(text: str | None) -> str:
    return " ".join((text or "").lower().replace("’", "'").split())


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _month(text: str) -> int:
    return MONTHS[text.lower().rstrip(".")]


def _year(text: str | None, anchor: Anchor) -> int | None:
    """The year that the words give, or None where it must be inferred."""
    words = _canonical(text)
    if not words or words.isdigit():
        return int(words) if words else None
    if words in ("that year", "the same year"):
        return anchor.narrative.first.year if anchor.narrative else None
    if anchor.published is None:
        return None
    return anchor.published.year + {"last year": -1, "next year": 1}.get(words, 0)


def _nearest(build: Callable[[int], Days], written: str | None, anchor: Anchor) -> Days | None:
    """The days in the year as written, else in the year nearest to publication that the verb's tense allows."""
    now = anchor.published
    stated = _year(written, anchor)
    if stated is not None:
        days = build(stated)
        # "April this year" of what is over cannot lie ahead: the text is older than its publication.
        contradicted = anchor.past and now and days.first > now and _canonical(written) == "this year"
        return build(stated - 1) if contradicted else days
    if written or now is None:
        return None
    told = anchor.story
    if anchor.past and told and told.last.year < now.year - 1 and told.last - told.first <= LONG_STORY:
        return next(
            (days for days in map(build, (told.first.year, told.first.year + 1)) if days.last >= told.first), None
        )
    if anchor.future:
        return next((days for days in map(build, (now.year, now.year + 1)) if days.last >= now), None)
    return next((days for days in map(build, (now.year, now.year - 1)) if days.first <= now), None)


def _single(day: str, of: str) -> Callable[[int], Days]:
    def build(number: int) -> Days:
        on = date(number, _month(of), _number(day))
        return Days(on, on)

    return build


def _part(days: Days | None, part: str | None) -> Days | None:
    """The early, middle or late part of a month (ten days), a year (three or four months) or a decade (a third)."""
    words = _canonical(part)
    if days is None or not words:
        return days
    early, late = bool(re.search("early|beginning|start", words)), bool(re.search("late|end|close", words))
    if days.month:
        first = days.first.replace(day=1 if early else 21 if late else 11)
        return Days(first, days.last if late else first + timedelta(days=9))
    if days.year:
        number = days.first.year
        return month(number, 1, 3) if early else month(number, 10, 12) if late else month(number, 5, 8)
    begin, end = days.first.year, days.last.year
    third = (end - begin + 1) // 3
    if early:
        return Days(days.first, year(begin + third).last)
    return Days(year(end - third).first, days.last) if late else Days(year(begin + third).first, year(end - third).last)


def _count(words: str | None) -> tuple[int, int] | None:
    """Low and high of a count in words; None for the vague "several", "some", "many"."""
    words = _canonical(words) or "a"
    if words.isdigit():
        return int(words), int(words)
    if "few" in words:
        return FEW
    number = 2 if "couple" in words else COUNTS.get(words)
    return None if number is None else (number, number)


def _back(published: date, unit: str, count: int) -> Days:
    """The stretch of `count` units that ends with publication; years and decades in whole years."""
    if unit in ("day", "week", "fortnight"):
        return Days(published - timedelta(days={"day": 1, "week": 7, "fortnight": 14}[unit] * count), published)
    index = published.year * 12 + published.month - 1 - {"month": 1, "year": 12, "decade": 120}[unit] * count
    whole = month(index // 12, index % 12 + 1)
    return (
        Days(year(whole.first.year).first, year(published.year).last)
        if unit != "month"
        else Days(whole.first, published)
    )


def _decade(first: int) -> Days:
    return Days(year(first).first, year(first + 9).last)


def _weekday(name: str, anchor: Anchor, *, today: bool = True) -> Days | None:
    """The weekday nearest to publication, before it or (verb in the future) after it."""
    if anchor.published is None:
        return None
    number = WEEKDAYS[name.lower().rstrip(".")]
    ahead = (number - anchor.published.weekday()) % 7
    distance = (ahead or 7) if anchor.future else ahead - 7 if ahead or not today else 0
    day = anchor.published + timedelta(days=distance)
    return Days(day, day)


def _towards(which: str, anchor: Anchor) -> Anchor:
    """The anchor as "next", "last" or "this past" turns it."""
    if which in ("next", "this coming"):
        return replace(anchor, story=None, future=True, past=False)
    if which in ("last", "this past"):
        return replace(anchor, story=None, future=False, past=True)
    return replace(anchor, story=None) if which == "this" else anchor


# ---------------------------------------------------------------------------------------------- one reader per rule


def _read_iso(g: Groups, anchor: Anchor) -> Days | None:
    day = date.fromisoformat(_canonical(g["text"]))
    return Days(day, day)


def _read_days(g: Groups, anchor: Anchor) -> Days | None:
    month1, month2 = g["month1"] or g["month2"] or "", g["month2"] or g["month1"] or ""
    first_year, second_year = _year(g.get("year1"), anchor), g["year"]

    def build(number: int) -> Days:
        last = date(number, _month(month2), _number(g["day2"] or ""))
        begins = first_year or number - (_month(month1) > _month(month2))
        return Days(date(begins, _month(month1), _number(g["day1"] or "")), last)

    days = build(first_year) if first_year and not second_year else _nearest(build, second_year, anchor)
    return days if days and days.first <= days.last else None


def _read_day(g: Groups, anchor: Anchor) -> Days | None:
    return _nearest(_single(g["day"] or "", g["month"] or ""), g["year"], anchor)


def _read_feast(g: Groups, anchor: Anchor) -> Days | None:
    of, day = FEASTS[_canonical(g["feast"])]
    return _nearest(lambda number: Days(date(number, of, day), date(number, of, day)), g["year"], anchor)


def _read_months(g: Groups, anchor: Anchor) -> Days | None:
    first, last = _month(g["month1"] or ""), _month(g["month2"] or "")
    begins = _year(g["year1"], anchor)

    def build(number: int) -> Days:
        return Days(month(begins or number - (first > last), first).first, month(number, last).last)

    days = build(begins) if begins and not g["year"] else _nearest(build, g["year"], anchor)
    return days if days and days.first <= days.last else None


def _read_month(g: Groups, anchor: Anchor) -> Days | None:
    which, number = _canonical(g.get("which")), _month(g["month"] or "")
    if which in ("that", "the following", "the previous"):
        return _beside_narrative(which, number, anchor)
    anchor = _towards(which, anchor)
    days = _nearest(lambda y: month(y, number), g["year"], anchor)
    if days and which in ("last", "next") and anchor.published and days.first <= anchor.published <= days.last:
        days = month(days.first.year + (1 if which == "next" else -1), number)
    return _part(days, g.get("part"))


def _beside_narrative(which: str, number: int, anchor: Anchor) -> Days | None:
    """ "that June", "the following March": in the year that the text spoke of last, or next to it."""
    if anchor.narrative is None:
        return None
    told = anchor.narrative.first
    over = number <= told.month if which == "the following" else False
    ahead = number >= told.month if which == "the previous" else False
    return month(told.year + over - ahead, number)


def _read_season(g: Groups, anchor: Anchor) -> Days | None:
    name, which = (g["season"] or "").lower(), _canonical(g.get("which"))
    if name == "winter" and not g.get("year"):
        days = _nearest(_winter, None, _towards(which, anchor))
        running = days and anchor.published and days.last >= anchor.published and which == "last"
        return _winter(days.last.year - 1) if days and running else days
    return _nearest(lambda number: month(number, *SEASONS[name]), g.get("year"), _towards(which, anchor))


def _read_seasons_ago(g: Groups, anchor: Anchor) -> Days | None:
    now = replace(anchor, story=None, future=False, past=True)
    last, counts = _read_season({**g, "which": None}, now), _count(g["count"])
    if last is None or counts is None or counts[0] != counts[1]:
        return None
    first = date(last.first.year - counts[0], last.first.month, 1)
    return Days(first, month(last.last.year - counts[0], last.last.month).last)


def _winter(number: int) -> Days:
    """The winter that ends in a year."""
    return Days(date(number - 1, 12, 1), month(number, 2).last)


def _read_ordinal(g: Groups, anchor: Anchor) -> Days | None:
    """ "on the 23rd": the nearest such day of the month told of last, or of the month of publication."""
    number, now = _number(g["day"] or ""), anchor.published
    if now is None:
        return None
    if anchor.future:
        base = now.replace(day=1) if number >= now.day else shifted(Days(now, now), "month", 1).first
    else:
        base = now.replace(day=1) if number <= now.day else shifted(Days(now, now), "month", -1).first
    day = base.replace(day=number)
    return Days(day, day)


def _read_lasting(g: Groups, anchor: Anchor) -> Days | None:
    """ "has been on strike for three weeks", "has been attacked twice in a fortnight": up to publication."""
    counts = _count(g["count"])
    if not anchor.perfect or counts is None or anchor.published is None:
        return None
    return _back(anchor.published, _canonical(g["unit"]), counts[1])


def _read_weekend(g: Groups, anchor: Anchor) -> Days | None:
    return _read_near({"which": "this", "unit": "weekend", "part": None}, anchor)


def _read_quarter(g: Groups, anchor: Anchor) -> Days | None:
    size = 3 if g["unit"] == "quarter" else 6
    count = 12 // size
    place = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": count}[_canonical(g["place"])]
    number = _year(g["year"], anchor)
    return month(number, (place - 1) * size + 1, place * size) if number and place <= count else None


def _read_decades(g: Groups, anchor: Anchor) -> Days | None:
    return Days(_decade(int(g["first"] or 0)).first, _decade(int(g["last"] or 0)).last)


def _read_decade(g: Groups, anchor: Anchor) -> Days | None:
    written = _canonical(g["decade"])
    first = DECADES.get(written) or (int(written) if len(written) == 4 else 1900 + int(written[1:]))
    return _part(_decade(first), g["part"])


def _read_century(g: Groups, anchor: Anchor) -> Days | None:
    number = int(g["century"] or 0)
    return _part(Days(year(number * 100 - 99).first, year(number * 100).last), g["part"])


def _read_years(g: Groups, anchor: Anchor) -> Days | None:
    first, last = g["first"] or "", g["last"] or ""
    first_year, last_year = int(first), int(last if len(last) == 4 else first[:2] + last)
    return Days(year(first_year).first, year(last_year).last) if first_year < last_year else None


def _read_year(g: Groups, anchor: Anchor) -> Days | None:
    words = _canonical(g["year"])
    number = _year("this year" if words == "the year" else words, anchor)
    return _part(year(number), g.get("part")) if number else None


def _read_weekday(g: Groups, anchor: Anchor) -> Days | None:
    which, name = _canonical(g.get("which")), g["weekday"] or ""
    if which.endswith("week") and anchor.published:
        day = week(anchor.published, 1 if which == "next week" else -1).first
        day += timedelta(days=WEEKDAYS[name.lower().rstrip(".")])
        return Days(day, day)
    days = _weekday(name, _towards(which, anchor), today=which != "last")
    return shifted(days, "day", -7) if days and which == "a week ago" else days


def _read_near(g: Groups, anchor: Anchor) -> Days | None:
    """This, last or next week, month or year."""
    if anchor.published is None:
        return None
    which, unit, part = _canonical(g["which"]), _canonical(g["unit"]), _canonical(g["part"])
    count = {"last": -1, "this past": -1, "next": 1, "the coming": 1}.get(which, 0)
    if unit == "weekend":
        over = anchor.published.weekday() < 5 and count < 1 and not anchor.future
        days = week(anchor.published, -1 if over else max(count, 0))
        return Days(days.first + timedelta(days=5), days.last)
    if unit == "decade":
        return _back(anchor.published, "decade", 1) if count < 0 else None
    days = shifted(Days(anchor.published, anchor.published), unit, count)
    if part in ("earlier", "later") and not count:
        return Days(days.first, anchor.published) if part == "earlier" else Days(anchor.published, days.last)
    return _part(days, part) if unit in ("month", "year") else days


def _read_distance(g: Groups, anchor: Anchor) -> Days | None:
    """Three weeks ago, a year later, two days earlier."""
    direction, unit, counts = _canonical(g["direction"]), _canonical(g["unit"]), _count(g["count"])
    base = anchor.narrative
    if direction == "ago":
        base = Days(anchor.published, anchor.published) if anchor.published else None
    if base is None or counts is None:
        return None
    sign = 1 if direction in ("later", "after", "afterwards") else -1
    first, last = sorted((shifted(base, unit, sign * count) for count in counts), key=lambda days: days.first)
    return Days(first.first, last.last)


def _read_back(g: Groups, anchor: Anchor) -> Days | None:
    """Over the last ten years, in recent weeks."""
    counts = FEW if g.get("recent") else _count(g.get("count"))
    return _back(anchor.published, _canonical(g["unit"]), counts[1]) if anchor.published and counts else None


def _read_beside(g: Groups, anchor: Anchor) -> Days | None:
    """The next day, the same month, the week before, that year."""
    which, unit, base = _canonical(g["which"]), _canonical(g["unit"]), anchor.narrative
    unit = "day" if unit in ("morning", "afternoon", "evening", "night") else unit
    if base is None or (unit in ("day", "week") and base.last - base.first > CLOSE):
        return None
    count = {"next": 1, "following": 1, "after": 1, "previous": -1, "preceding": -1, "before": -1}.get(which, 0)
    return shifted(base, unit, count)


def _read_then(g: Groups, anchor: Anchor) -> Days | None:
    return anchor.narrative if _canonical(g["text"]).startswith("at ") else None


def _read_deictic(g: Groups, anchor: Anchor) -> Days | None:
    if anchor.published is None:
        return None
    distance = {
        "yesterday": -1,
        "last night": -1,
        "tomorrow": 1,
        "the day before yesterday": -2,
        "the day after tomorrow": 2,
    }
    day = anchor.published + timedelta(days=distance.get(_canonical(g["text"]), 0))
    return Days(day, day)


def _read_nothing(g: Groups, anchor: Anchor) -> Days | None:
    return None


# ---------------------------------------------------------------------------------------------- the rules

_MONTH = r"""(?:January|February|March|April|May|June|July|August|September|October|November|December
             |(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)(?![a-z])"""
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]|20)\d\d"
_OF_YEAR = rf"(?:,?\s(?:of\s)?(?P<YEAR>{_YEAR}|(?:this|last|next|that|the\ssame)\syear)(?![,.]?\d))"
_FIRST_YEAR = _OF_YEAR.replace("YEAR>", "year1>")
_OF_YEAR = _OF_YEAR.replace("YEAR>", "year>")
_TO = r"(?:\s?(?:-{1,2}|[‐-―−])\s?|\s(?:to|and|until|till|through)\s)"
_FROM = r"(?:from\s|between\s)?"
_UNIT = r"(?P<unit>day|week|fortnight|month|year|decade)"
_MOMENT = _UNIT.replace("|decade", "|decade|morning|afternoon|evening|night")
_PART = (
    r"(?P<part>(?:very\s)?early|mid|middle|late|the\s(?:very\s)?(?:beginning|start|middle|end)\sof|the\sclose\sof)[\s-]"
)
_THIRD = r"(?:(?P<part>early|mid|middle|late)[\s-])?"
_COUNT = rf"""(?P<count>\d{{1,3}}|an?|(?:a\s)?few|(?:a\s)?couple\sof|several|some|many
              |{"|".join(WORDS.split()[1:])}|thirty|forty|fifty)"""
_ABOUT = r"(?:(?:about|around|some|almost|nearly|over|more\sthan|less\sthan|just|only|at\sleast)\s)?"
_WHICH = r"(?P<which>this\spast|this\scoming|last|this|next)"
_THAT = _WHICH.replace("this|next", "this|next|that|the\\sfollowing|the\\sprevious")
_NOUN_PHRASE = r"yesterday|tomorrow|the\b|an?\b|its?\b|his\b|her\b|their\b|this\b|that\b"
_AFTER = r"(?:(?<=in\x20)|(?<=by\x20)|(?<=since\x20)|(?<=until\x20))"
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"

# In the order in which they are tried at each place: what says more comes first.
RULES = (
    Rule("iso", r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\d-])", _read_iso),
    Rule("days", rf"""{_FROM}(?P<month1>{_MONTH})\s(?P<day1>{_DAY}){_FIRST_YEAR}?{_TO}
         (?:(?P<month2>{_MONTH})\s)?(?P<day2>{_DAY})(?![,.:]?\d){_OF_YEAR}?""", _read_days),
    Rule("days", rf"""{_FROM}(?P<day1>{_DAY})(?:\s(?P<month1>{_MONTH}){_FIRST_YEAR}?)?
         (?:{_TO}|,\s(?:\d\d?,?\s)*(?:and\s)?)(?P<day2>{_DAY})\s(?P<month2>{_MONTH}){_OF_YEAR}?""", _read_days),
    Rule("day", rf"(?:{_WEEKDAY},?\s)?(?:the\s)?(?P<day>{_DAY})(?:\sof)?\s(?P<month>{_MONTH}){_OF_YEAR}?", _read_day),
    Rule("day", rf"""(?:{_WEEKDAY},?\s)?(?P<month>{_MONTH})\s(?:the\s)?(?P<day>{_DAY})(?![,.:]?\d)
         {_OF_YEAR}?""", _read_day),
    Rule("feast", rf"(?P<feast>Christmas(?:\s(?:Eve|Day))?|New\sYear['’]s\s(?:Eve|Day)){_OF_YEAR}?", _read_feast),
    Rule("months", rf"""{_FROM}(?P<month1>{_MONTH}){_FIRST_YEAR}?{_TO}(?P<month2>{_MONTH})(?!\s\d\d?\b)
         {_OF_YEAR}?""", _read_months),
    Rule("month", rf"{_PART}(?P<month>{_MONTH}){_OF_YEAR}?", _read_month),
    Rule("month", rf"(?:{_THAT}\s)?(?P<month>{_MONTH})(?!\s\d\d?\b){_OF_YEAR}?", _read_month),
    Rule("season", rf"(?:(?:the|early|late)\s)?{_SEASON}{_OF_YEAR}", _read_season),
    Rule("season", rf"{_WHICH}\s{_SEASON}", _read_season),
    Rule("season", r"the\s(?P<season>spring|summer|autumn|winter)(?!\s[a-z])", _read_season),
    Rule("season", rf"{_AFTER}(?P<season>spring|summer|autumn|winter)(?!\s[a-z])", _read_season),
    Rule("quarter", rf"""(?:the\s)?(?P<place>first|second|third|fourth|last)\s(?P<unit>quarter|half)
         {_OF_YEAR}""", _read_quarter),
    Rule("decades", r"""(?:the\s)?(?P<first>1[5-9]\d0|20\d0)s(?:\s(?:and|to)\s|\s?[-–]\s?)(?:the\s)?
         (?P<last>1[5-9]\d0|20\d0)s""", _read_decades),
    Rule("decade", rf"(?:the\s)?{_THIRD}(?P<decade>1[5-9]\d0|20\d0|['’][2-9]0)s", _read_decade),
    Rule("decade", rf"the\s{_THIRD}(?P<decade>{'|'.join(DECADES)})", _read_decade),
    Rule("century", rf"(?:the\s)?{_THIRD}(?P<century>1[5-9]|20)th[\s-]century", _read_century),
    Rule("years", rf"{_FROM}(?P<first>{_YEAR})(?:{_TO}|/)(?P<last>{_YEAR}|\d\d)(?![,.]?\d)(?!-)", _read_years),
    Rule("year", rf"{_PART}(?P<year>{_YEAR}|(?:this|last|next|that|the)\syear)(?![,.]?\d)", _read_year),
    Rule("weekday", rf"{_WHICH}\s(?P<weekday>{_WEEKDAY})", _read_weekday),
    Rule("weekday", rf"""(?P<weekday>{_WEEKDAY})(?:\s(?:morning|afternoon|evening|night)
         |,?\s(?:of\s)?(?P<which>(?:last|next)\sweek|a\sweek\sago))?""", _read_weekday),
    Rule("near", rf"""(?:(?P<part>earlier|early|later|late|the\s(?:beginning|start|end)\sof)\s)?
         (?P<which>this\spast|this|last|next|the\scoming|the\scurrent)\s
         {_UNIT.replace("decade", "decade|weekend")}""", _read_near),
    Rule("distance", rf"""{_ABOUT}{_COUNT}\s{_UNIT}s?\s
         (?P<direction>ago|earlier|later|afterwards|(?:before|after)(?=\s?(?:[,.;:]|$)))""", _read_distance),
    Rule("season", rf"{_COUNT}\s(?P<season>spring|summer|autumn|winter)s\sago", _read_seasons_ago),
    Rule("distance", r"(?P<unit>year|month|week)(?P<count>)\s(?P<direction>later|earlier)", _read_distance),
    Rule("back", rf"(?:(?:in|over|during|for|within)\s)?the\s(?:last|past)\s(?:{_COUNT}\s)?{_UNIT}s?(?!\sof)",
         _read_back),
    Rule("back", rf"(?:in|over|during)\s(?:the\s)?(?:most\s)?(?P<recent>recent)\s{_UNIT}s", _read_back),
    Rule("lasting", rf"(?:for|within|in)\s{_ABOUT}{_COUNT}\s{_UNIT}s?(?!\s(?:ago|earlier|later|before|after))",
         _read_lasting),
    Rule("weekend", r"(?:at|over)\sthe\sweekend", _read_weekend),
    Rule("beside", rf"""(?:(?:on|in|during)\s)?the\s(?:very\s)?(?P<which>next|following|previous|preceding|same)
         \s{_MOMENT}""", _read_beside),
    Rule("beside", rf"the\s{_MOMENT}\s(?P<which>before|after)(?!\s(?:{_NOUN_PHRASE}))", _read_beside),
    Rule("beside", r"(?P<which>that)\s(?:very\s|same\s)?(?P<unit>day|week|month|year|morning|afternoon|evening|night)",
         _read_beside),
    Rule("ordinal", r"the\s(?P<day>(?:[12]?\d|3[01])(?:st|nd|rd|th))(?!\s(?!and|in|to|at|when|after|with|that)[a-z])",
         _read_ordinal),
    Rule("then", r"""(?:at|since|until|by)\sthat\s(?:time|moment|point)|at\sthe\stime(?!\s(?:of|when|that))
         |since\sthen""", _read_then, strong=False),
    Rule("deictic", r"""the\sday\s(?:before\syesterday|after\stomorrow)|yesterday|today|tonight|tomorrow|overnight
         |nowadays|currently|at\s(?:present|the\s(?:present\s)?moment)|right\snow|these\sdays|last\snight
         |this\s(?:morning|afternoon|evening)""", _read_deictic, strong=False),
    Rule("eve", r"on\sthe\seve\sof", _read_nothing, strong=False),
    Rule("year", rf"(?P<year>{_YEAR}|(?:this|last|next)\syear)(?![,.]?\d|[-–]\d|%)", _read_year),
)  # fmt: skip


def _compact(pattern: str) -> str:
    """The pattern in lower case, without the layout that makes it readable, and with any white space where it has one.

    Literal lower case is what Python's matcher skips fastest; ignoring case takes it three times as long.
    """
    plain = re.sub(r"\s+", "", pattern).lower().replace("(?p<", "(?P<")
    return plain.replace(r"[\s-]", r"(?:\s|-)").replace(r"\s", r"(?:[\s\xa0]{1,3})")


_PATTERNS = [re.compile(_compact(rule.pattern)) for rule in RULES]
_ANY = re.compile(
    r"(?<![\w,$€£#])(?<!\d\.)(?:"
    + "|".join(f"(?P<r{i}>{re.sub(r'[(][?]P<[a-z0-9]+>', '(?:', p.pattern)})" for i, p in enumerate(_PATTERNS))
    + r")(?!\w)"
)
# A sentence without any of these words has no expression; looking words up is quicker than trying the grammar.
CUES = frozenset((*MONTHS, *WEEKDAYS, *SEASONS, *DECADES)) | frozenset(
    """
    christmas new year day days week weeks fortnight fortnights month months years decade decades quarter half
    century weekend yesterday today tonight tomorrow overnight nowadays currently present moment now night morning
    afternoon evening time point then eve
    """.split()
)
_MONTH_WORD = re.compile(r"\b(?:may|march|august|mar|jan|jun|sept?|dec|oct|nov|feb|apr|jul|aug)\b")


def cue(word: str) -> bool:
    """Whether a lower-case word may belong to a time expression."""
    return (
        word in CUES or word.rstrip(".") in MONTHS or ("0" <= word[-1:] <= "9" and len(word) >= 4) or word[-2:] == "0s"
    )


def expressions(text: str) -> Iterator[Expression]:
    """The time expressions of a sentence, from left to right, none inside another."""
    lowered = _lowered(text)
    for found in _ANY.finditer(lowered):
        number = int((found.lastgroup or "r0")[1:])
        rule, written = RULES[number], text[found.start() : found.end()]
        exact = _PATTERNS[number].fullmatch(lowered, found.start(), found.end())
        if exact is None or (rule.name == "month" and _MONTH_WORD.search(written)):
            continue  # "he may", "they march"
        if rule.name == "beside" and _goes_on(text[found.end() :]):
            continue
        yield Expression(found.start(), found.end(), rule, {"text": written, **exact.groupdict()})


def _lowered(text: str) -> str:
    """The text in lower case, character for character."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _goes_on(rest: str) -> bool:
    """Whether a name follows: "the day after Monday's attack" is not simply the day after."""
    return rest[:1] == " " and rest[1:2].isupper()
