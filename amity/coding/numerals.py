"""Numbers in text: digits, number words, ranges, magnitudes and vague multitudes, as values.

Where language fixes an interval it is one ("4,000 or 5,000", "between 6 and 8", "tens of thousands": 20,000 to
99,999). What only has a lower bound ("more than 140", "at least 10,000") or an approximate value ("some 350") is that
number; the words around it stay in the claim's quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from amity.records import Interval

if TYPE_CHECKING:
    from amity.coding.parse import Doc, Token
    from amity.records import Value

UNITS = {word: number for number, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split())}  # fmt: skip
TENS = {
    word: 10 * number for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
MAGNITUDES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "mn": 10**6, "bn": 10**9,
    "tn": 10**12, "m": 10**6, "k": 1000, "dozen": 12, "score": 20, "lakh": 10**5, "crore": 10**7,
}  # fmt: skip
MULTITUDES = {
    "dozens": (24, 99), "tens": (20, 99), "scores": (40, 100), "hundreds": (200, 999), "thousands": (2000, 9999),
    "millions": (2 * 10**6, 9_999_999), "billions": (2 * 10**9, 9_999_999_999),
}  # fmt: skip
MANIFOLD = {
    "tens": (20, 99),
    "hundreds": (200, 999),
    "dozens": (24, 99),
    "scores": (40, 100),
    "thousands": (2000, 9999),
}
PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
}  # fmt: skip
SEVERAL = {"several": (3, 9), "couple": (2, 2)}  # before a magnitude only: "several hundred"
HEDGES = frozenset({"even", "perhaps", "maybe", "possibly"})
TO = frozenset({"to", "or", "-", "–", "—", "‑", "and", "−"})
# Words that a number can begin with ("a dozen" by its article).
BEGINNINGS = frozenset((*UNITS, *TENS, *MULTITUDES, *SEVERAL, "half", "a", "few"))
LONGEST = 14  # words of a number or range
_DIGITS = re.compile(r"^[+±~≈]?(\d{1,3}(?:,\d{3})+|\d{1,3}(?:[  ]\d{3})+|\d+)(\.\d+)?$")
_GLUED = re.compile(r"^(\d+(?:[.,]\d+)*)(bn|mn|tn|m|k|million|billion)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in the text: token span and value; `vague` when words like "dozens" give it."""

    start: int
    end: int
    value: Value
    vague: bool = False


def all_numerals(doc: Doc) -> Iterator[Numeral]:
    """Numbers of a whole text; only where a word may begin one is the grammar tried."""
    end = 0
    for at in doc.lowers.positions(_may_begin):
        start = at - 1 if at > end and doc[at - 1].lower_ in ("between", "from") else at
        if start < end:
            continue
        words = doc[start : start + LONGEST]
        for offset in range(at - start + 1):
            found = _range(words, offset)
            if found is not None:
                size, value, vague = found
                end = start + offset + size
                yield Numeral(start + offset, end, value, vague)
                break


def numerals(tokens: Iterable[Token]) -> Iterator[Numeral]:
    """Numbers from left to right, ranges as one."""
    words = list(tokens)
    at = 0
    while at < len(words):
        found = _range(words, at)
        if found is None:
            at += 1
        else:
            size, value, vague = found
            yield Numeral(words[at].i, words[at + size - 1].i + 1, value, vague)
            at += size


def _may_begin(word: str) -> bool:
    return word[-1:].isdigit() or word[:1].isdigit() or word in BEGINNINGS


def number(tokens: Iterable[Token]) -> Value | None:
    """The first number among words, null when there is none."""
    return next((numeral.value for numeral in numerals(tokens)), None)


def _range(words: list[Token], at: int) -> tuple[int, Value, bool] | None:
    """A single number, or two joined by "to", "or", a dash, or "between … and"."""
    part = _fraction(words, at)
    if part is not None:
        return *part, False
    opened = words[at].lower_ in ("between", "from") and at + 1 < len(words)
    first = _number(words, at + opened)
    if first is None:
        return None
    size, low, vague = first
    joint = at + opened + size
    if joint + 2 < len(words) and words[joint].lower_ == "or" and words[joint + 1].lower_ in HEDGES:
        words = [*words[: joint + 1], *words[joint + 2 :]]  # "15 or even 20 billion"
        hedged = 1
    else:
        hedged = 0
    if joint + 1 < len(words) and words[joint].lower_ in TO and not vague:
        second = _number(words, joint + 1)
        joined = words[joint].lower_
        if (
            second
            and not second[2]
            and (joined != "and" or words[at].lower_ == "between")
            and (joined != "to" or _adjacent(words, joint))
        ):
            high = second[1]
            low = _scaled(low, high, words[joint + 1 : joint + 1 + second[0]], size)
            if isinstance(low, (int, float)) and isinstance(high, (int, float)) and low < high:
                return opened + size + 1 + second[0] + hedged, Interval(low, high), False
    return None if opened else (size, low, vague)


def _fraction(words: list[Token], at: int) -> tuple[int, float] | None:
    """ "two thirds of", "nine tenths of", "half of", "a quarter of"; the "of" is not counted."""
    first = words[at].lower_
    if words[at].i and words[at].nbor(-1).lower_ in ("first", "second", "latter", "other", "northern", "southern"):
        return None  # "the second half of May"
    size = 1 if first == "half" else 2
    if len(words) <= at + size or words[at + size].lower_ != "of":
        return None
    part = PARTS.get(words[at + size - 1].lower_.removesuffix("s"))
    count = 1 if first in ("half", "a", "one") else UNITS.get(first)
    if part is None or not count or (size == 2 and count >= part):
        return None
    following = [word.lower_ for word in words[at + size + 1 : at + size + 3]]
    if following[:1] == ["a"] and following[-1] in MAGNITUDES:  # "a quarter of a million"
        return size + 3, int(count * MAGNITUDES[following[-1]] / part)
    return size, round(count / part, 3)


def _adjacent(words: list[Token], joint: int) -> bool:
    """Whether "to" joins two bare numbers ("60 to 70 tanks"), not two nouns."""
    return words[joint].dep_ in ("case", "cc", "punct", "mark", "advmod", "nummod", "conj")


def _scaled(low: Value, high: Value, words: list[Token], size: int) -> Value:
    """ "four to five million": the magnitude belongs to both."""
    if size == 1 and isinstance(low, (int, float)) and isinstance(high, (int, float)) and low < 1000:
        magnitude = next((MAGNITUDES[w.lower_] for w in words if w.lower_ in MAGNITUDES), 1)
        if magnitude > 1 and high >= magnitude > low:
            return low * magnitude
    return low


def _number(words: list[Token], at: int) -> tuple[int, Value, bool] | None:
    """A number at a place: how many words, its value, whether it is vague."""
    word = words[at].lower_
    following = [other.lower_ for other in words[at + 1 : at + 3]]
    if word == "half" and following[:1] == ["a"] and following[-1] in MAGNITUDES:
        return 3, MAGNITUDES[following[-1]] // 2, False  # "half a million"
    if word in MULTITUDES:
        return _multitude(words, at)
    if word in ("several", "couple", "few") or (
        word == "a"
        and not _is_many(words, at)
        and at + 1 < len(words)
        and words[at + 1].lower_ in ("few", "couple", "dozen", "hundred", "thousand", "million", "billion")
    ):
        return _some(words, at)
    return _exact(words, at)


def _multitude(words: list[Token], at: int) -> tuple[int, Value, bool]:
    low, high = MULTITUDES[words[at].lower_]
    if (
        at + 2 < len(words)
        and words[at + 1].lower_ == "of"
        and words[at + 2].lower_ in ("thousands", "millions", "billions")
    ):
        many = MANIFOLD.get(words[at].lower_)
        scale = MAGNITUDES[words[at + 2].lower_.removesuffix("s")]
        if many and many[0] < scale:
            return 3, Interval(many[0] * scale, (many[1] + 1) * scale - 1), True
    return 1, Interval(low, high), True


def _some(words: list[Token], at: int) -> tuple[int, Value, bool] | None:
    """ "a dozen", "a few hundred", "several hundred"; "several" alone is no number."""
    here = at + (words[at].lower_ == "a")
    low, high = 1, 1
    if words[here].lower_ in ("few", "several", "couple"):
        low, high = SEVERAL.get(words[here].lower_, (3, 9))
        here += 1
        if here < len(words) and words[here].lower_ == "of":
            here += 1
    scale = MAGNITUDES.get(words[here].lower_) if here < len(words) else None
    if scale is None and here < len(words) and words[here].lower_ in ("hundreds", "thousands"):
        scale = MAGNITUDES[words[here].lower_.removesuffix("s")]
    if scale is None or (low == high == 1 and words[at].lower_ != "a"):
        return None
    size = here + 1 - at
    return (
        (size, scale, False)
        if low == high == 1
        else (size, Interval(low * scale, high * scale) if low < high else low * scale, True)
    )


def _exact(words: list[Token], at: int) -> tuple[int, Value, bool] | None:
    """Digits or number words with their magnitudes: "4.85 billion", "twenty-one", "two hundred and fifty thousand"."""
    total: float = 0
    group: float = 0
    size, seen = 0, False
    i = at
    while i < len(words):
        word = words[i].lower_
        value = _digits(words[i].text)
        if value is not None:
            if seen:
                break
            group, seen = value, True
        elif word in UNITS or word in TENS:
            small = UNITS.get(word, TENS.get(word, 0))
            if seen and not _continues(words, at, i, group, small):
                break
            group, seen = group + small, True
        elif word == "a" and not seen and _is_many(words, i):
            group, seen = 1, True  # "a hundred and seventy"
        elif word in MAGNITUDES and seen and not (word in ("m", "k") and not words[i - 1].text[-1].isdigit()):
            scale = MAGNITUDES[word]
            if scale == 100:
                group *= 100
            else:
                total, group = (total + group * scale, 0) if group else (total * scale, 0)  # "two thousand million"
        elif word == "and" and seen and [w.lower_ for w in words[i + 1 : i + 3]] == ["a", "half"]:
            group += 0.5  # "two and a half million"
            i += 3
            size = i - at
            continue
        elif seen and _joins(words, i):
            i += 1
            continue
        else:
            break
        i += 1
        size = i - at
    if not seen:
        return None
    value = total + group
    return size, int(value) if float(value).is_integer() else round(value, 6), False


def _is_many(words: list[Token], at: int) -> bool:
    """Whether "a hundred" goes on: "a hundred and seventy", "a hundred thousand"."""
    following = [word.lower_ for word in words[at + 1 : at + 4]]
    if len(following) < 2 or following[0] not in ("hundred", "thousand", "million"):
        return False
    return following[1] in MAGNITUDES or (following[1] == "and" and following[-1] in {**UNITS, **TENS})


def _joins(words: list[Token], i: int) -> bool:
    """Whether the word only holds a number together: "twenty-one", "two hundred and fifty"."""
    if i + 1 >= len(words):
        return False
    before, word, after = words[i - 1].lower_, words[i].lower_, words[i + 1].lower_
    if word in ("-", "‑"):
        return before in TENS and after in UNITS
    return word == "and" and before in ("hundred", "thousand", "million") and (after in UNITS or after in TENS)


def _continues(words: list[Token], at: int, i: int, group: float, small: int) -> bool:
    """Whether a number word goes on with the number before it ("twenty one", "hundred and five") or starts another."""
    before = words[i - 1].lower_
    if before in ("-", "‑"):
        before = words[i - 2].lower_
    if before in TENS:
        return small < 10
    return before in ("hundred", "thousand", "million", "billion", "and") and group % 100 == 0 and small < 100


def _digits(text: str) -> float | None:
    match = _DIGITS.match(text)
    if match:
        return float(re.sub(r"[^\d]", "", match[1]) + (match[2] or ""))
    glued = _GLUED.match(text)
    return float(glued[1].replace(",", "")) * MAGNITUDES.get(glued[2].lower(), 1) if glued else None
