"""Annotated passages as plain text: a notation that people can write, and its reader.

A file holds passages. Each has a head, its text as it stands, a line of three dashes, and one claim a line:

    === gulf-014
    published: 2014-03-02
    genre: agency report

    Qatari officials said on Sunday that Oman had hosted talks between Doha and Riyadh.
    ---
    event CONSULT | talks | by Doha =QAT.GOV | to Riyadh =SAU.GOV | mutual | said officials =QAT.GOV | "Oman … Riyadh"
    says | said | by Qatari officials =QAT.GOV | "Oman had … Riyadh"

Fields are separated by ` | `: kind with type, the trigger, then fields of a keyword and a value; the quotation is its
own keyword. `a … b` stands for everything from `a` to the next `b`. Mentions are written `words =CODE`: alpha-3 code,
`.` with a PLOVER sector, name in brackets, each where known (`=?` when nothing is); `+` joins mentions, `>` links of a
chain, outermost first. Of words that stand there several times the first is quoted, the first in the quotation is the
trigger and the mention nearest to it is meant; `words#2` is the second. tests/gold/GUIDE.md says what to write,
`amity.evaluation.writing` writes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from amity.errors import InputError
from amity.records import (
    Actor,
    Assessment,
    Claim,
    Event,
    Interval,
    Place,
    Quantity,
    Relation,
    Structure,
    Transfer,
    mentioned,
)

_CODE = re.compile(r"(?P<country>[A-Z]{3})?(?:\.(?P<sector>[A-Z]{3}))?(?:\((?P<name>[^()]+)\))?")
_HEAD = re.compile(r"(?P<key>[a-z]+):\s*(?P<value>.+)")
_FIELD = re.compile(r"(?P<key>[a-z]+)(?:\s+(?P<value>.+))?", re.DOTALL)
_ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?")
_GAP = re.compile(r"\s*(?:…|\.\.\.)\s*")
COMMON = frozenset({"quote", "said", "status", "cert", "date", "place"})
FIELDS: dict[str, frozenset[str]] = {
    "event": frozenset({"by", "to", "mutual"}),
    "transfer": frozenset({"from", "to", "what", "cat", "n"}),
    "relation": frozenset({"a", "b", "label"}),
    "quantity": frozenset({"of", "value", "unit", "whole"}),
    "structure": frozenset({"s", "o"}),
    "assessment": frozenset({"target", "hedges"}),
    "says": frozenset({"by"}),
}
NEEDED: dict[str, tuple[str, ...]] = {
    "relation": ("a", "b"),
    "quantity": ("of", "value"),
    "structure": ("s", "o"),
    "assessment": ("target",),
    "says": ("by",),
}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Speech:
    """Somebody's words: who speaks, the words that tell so, and what is said. Character spans."""

    source: Actor
    cue: tuple[int, int]
    content: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with everything that is claimed in it."""

    id: str
    text: str
    claims: tuple[Claim, ...]
    speech: tuple[Speech, ...] = ()
    about: dict[str, str] = field(default_factory=dict)

    @property
    def published(self) -> str | None:
        """Day of publication, ISO."""
        return self.about.get("published")


def read(path: Path) -> list[Passage]:
    """Passages of a file, or of all `.txt` files in a folder and below. Raises `InputError` with the lines at fault."""
    files = sorted(path.rglob("*.txt")) if path.is_dir() else [path]
    passages = [passage for file in files for passage in parse(_text(file), str(file))]
    if not passages:
        raise InputError(str(path), "holds no annotated passage")
    return passages


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), str(error)) from error


def parse(source: str, name: str = "passages") -> Iterator[Passage]:
    """Passages in a text of the notation. Raises `InputError` that tells every line at fault."""
    faults: list[str] = []
    passages = [_passage(block, faults) for block in _blocks(source)]
    if faults:
        raise InputError(name, "; ".join(faults) if len(faults) == 1 else "\n  " + "\n  ".join(faults))
    yield from passages


def _blocks(source: str) -> Iterator[list[tuple[int, str]]]:
    """Numbered lines of each passage."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate(source.splitlines(), 1):
        if line.startswith("=== "):
            if block:
                yield block
            block = []
        if block or line.startswith("=== "):
            block.append((number, line))
    if block:
        yield block


def _passage(block: list[tuple[int, str]], faults: list[str]) -> Passage:
    about: dict[str, str] = {}
    at = 1
    while at < len(block) and (head := _HEAD.fullmatch(block[at][1])):
        about[head["key"]] = head["value"].strip()
        at += 1
    try:
        end = next(i for i in range(at, len(block)) if block[i][1].strip() == "---")
    except StopIteration:
        faults.append(f"line {block[0][0]}: the passage has no line of three dashes")
        end = len(block)
    text = "\n".join(line for _, line in block[at:end]).strip("\n")
    claims: list[Claim] = []
    speech: list[Speech] = []
    name = block[0][1][4:].strip()
    for number, line in block[end + 1 :]:
        if not line.strip() or line.startswith("#"):
            continue
        try:
            record = Line(line, text).record(name)
            (speech if isinstance(record, Speech) else claims).append(record)  # type: ignore[arg-type]
        except Fault as fault:
            faults.append(f"line {number}: {fault}")
    return Passage(name, text, tuple(claims), tuple(speech), about)


class Fault(ValueError):
    """What is wrong with a line."""


class Line:
    """One claim's line, and the text it speaks of."""

    def __init__(self, line: str, text: str) -> None:
        parts = [part.strip() for part in line.strip().split(" | ")]
        self.text = text
        self.kind, _, self.type = parts[0].partition(" ")
        if self.kind not in FIELDS:
            raise Fault(f"there is no kind '{self.kind}'")
        if len(parts) < 2:
            raise Fault("there is no trigger")
        self.fields = dict(self._field(part) for part in parts[2:])
        for key in NEEDED.get(self.kind, ()):
            if not self.fields.get(key):
                raise Fault(f"'{key}' is missing")
        if "quote" not in self.fields:
            raise Fault("the quotation is missing")
        self.start, self.end = self._span(self.fields["quote"])
        self.trigger, _, times = parts[1].partition("#")
        self.trigger_start = self._trigger(int(times) if times.isdecimal() else 0)

    def _field(self, part: str) -> tuple[str, str]:
        if part.startswith(('"', "“")):
            return "quote", part[1:-1]
        match = _FIELD.fullmatch(part)
        if not match or match["key"] not in COMMON | FIELDS[self.kind]:
            raise Fault(f"'{part}' is no field of this kind")
        return match["key"], (match["value"] or "").strip()

    def _span(self, words: str) -> tuple[int, int]:
        """Where a quotation stands; `a … b` from `a` to the next `b`, `words#2` the second time."""
        words, _, times = words.partition("#")
        first, *rest = _GAP.split(words.strip(), maxsplit=1)
        start = -1
        for _ in range(int(times or 1)):
            start = self.text.find(first, start + 1)
            if start < 0:
                raise Fault(f"'{first}' does not stand in the text")
        end = start + len(first)
        if rest:
            last = self.text.find(rest[0], end)
            if last < 0:
                raise Fault(f"'{rest[0]}' does not follow '{first}'")
            end = last + len(rest[0])
        return start, end

    def _trigger(self, times: int) -> int:
        first = _GAP.split(self.trigger)[0]
        low, high = (0, len(self.text)) if self.kind == "says" else (self.start, self.end)
        spots = list(occurrences(self.text, first, low, high))
        if times:
            spots = spots[times - 1 : times]
        if not spots:
            raise Fault(f"the trigger '{first}' does not stand in the quotation")
        return min(spots, key=lambda spot: self._distance(spot, len(first)))

    def _distance(self, spot: int, length: int) -> int:
        """Characters between a stretch and the quotation; what stands before it is nearer than what follows."""
        if spot >= self.end:
            return 2 * (spot - self.end) + 1
        return max(0, self.start - spot - length)

    def _mention(self, written: str) -> Actor:
        words, mark, code = written.rpartition("=")
        match = _CODE.fullmatch(code.strip().removesuffix("?"))
        if not mark or not match:
            raise Fault(f"'{written}' is no mention: write 'words =CODE'")
        words, _, times = words.strip().partition("#")
        spots = list(occurrences(self.text, words, 0, len(self.text)))
        if not spots:
            raise Fault(f"'{words}' does not stand in the text")
        if times:
            spots = spots[int(times) - 1 : int(times)]
            if not spots:
                raise Fault(f"'{words}' does not stand in the text {times} times")
        start = min(spots, key=lambda spot: self._distance(spot, len(words)))
        return Actor(text=words, start=start, end=start + len(words), **match.groupdict())

    def _mentions(self, key: str, joint: str = "+") -> tuple[Actor, ...]:
        written = self.fields.get(key, "")
        return tuple(self._mention(part.strip()) for part in written.split(f" {joint} ")) if written else ()

    def record(self, article: str) -> Claim | Speech:
        """The claim, or the speech, that the line tells."""
        if self.kind == "says":
            first = len(_GAP.split(self.trigger)[0])
            cue = (self.trigger_start, self.trigger_start + first)
            return Speech(self._mentions("by")[0], cue, (self.start, self.end))
        makers: dict[str, Callable[[dict[str, Any]], Claim]] = {
            "event": self._event,
            "transfer": self._transfer,
            "relation": self._relation,
            "quantity": self._quantity,
            "structure": self._structure,
            "assessment": self._assessment,
        }
        return checked(makers[self.kind](self._common(article)))

    def _common(self, article: str) -> dict[str, Any]:
        date = self.fields.get("date") or None
        if date and not _ISO.fullmatch(date):
            raise Fault(f"'{date}' is no ISO date or interval")
        place = self._mentions("place")
        return {
            "article": article,
            "quote": self.text[self.start : self.end],
            "start": self.start,
            "end": self.end,
            "trigger": self.trigger,
            "trigger_start": self.trigger_start,
            "status": self.fields.get("status", "occurred"),
            "certainty": self.fields.get("cert", "certain"),
            "attribution": self._mentions("said", ">"),
            "date": date,
            "place": _place(place[0]) if place else None,
        }

    def _event(self, common: dict[str, Any]) -> Event:
        kind, _, mode = self.type.partition("/")
        actors, recipients = self._mentions("by"), self._mentions("to")
        if not actors and not recipients:
            raise Fault("nobody takes part")
        mutual = "mutual" in self.fields
        return Event(
            **common, type=kind, mode=mode or None, actors=actors, recipients=recipients, mutual=mutual  # type: ignore[arg-type]
        )  # fmt: skip

    def _transfer(self, common: dict[str, Any]) -> Transfer:
        supplier, recipient = self._mentions("from"), self._mentions("to")
        return Transfer(
            **common,
            supplier=supplier[0].code if supplier else None,
            recipient=recipient[0].code if recipient else None,
            system=self.fields.get("what") or None,
            category=self.fields.get("cat") or None,
            mode=self.type or "unspecified",  # type: ignore[arg-type]
            quantity=_value(self.fields["n"]) if "n" in self.fields else None,
            parties=supplier + recipient,
        )

    def _relation(self, common: dict[str, Any]) -> Relation:
        a, b = self._mentions("a")[0], self._mentions("b")[0]
        label = self.fields.get("label") or self.trigger
        return Relation(
            **common, a=a.code or a.text, b=b.code or b.text, valence=self.type, label=label, parties=(a, b)  # type: ignore[arg-type]
        )  # fmt: skip

    def _quantity(self, common: dict[str, Any]) -> Quantity:
        whole = self.fields.get("whole")
        return Quantity(
            **common,
            subject=self.fields["of"],
            value=_value(self.fields["value"]),
            unit=self.fields.get("unit") or None,
            of=_value(whole) if whole else None,
        )

    def _structure(self, common: dict[str, Any]) -> Structure:
        ends = [self.fields["s"], self.fields["o"]]
        parties = [self._mention(end) if "=" in end else None for end in ends]
        named = [(party.code or party.text) if party else end for party, end in zip(parties, ends, strict=True)]
        return Structure(
            **common, subject=named[0], predicate=self.type, object=named[1], parties=tuple(p for p in parties if p)
        )

    def _assessment(self, common: dict[str, Any]) -> Assessment:
        hedges = tuple(part.strip() for part in self.fields.get("hedges", "").split(" + ") if part.strip())
        return Assessment(**common, target=self.fields["target"], verdict=self.trigger, hedges=hedges)


def checked(claim: Claim) -> Claim:
    """The claim, when its fields have the values that the records allow."""
    import msgspec

    try:
        msgspec.convert(msgspec.to_builtins(claim), type(claim))
    except msgspec.ValidationError as error:
        raise Fault(str(error)) from error
    return claim


def _place(mention: Actor) -> Place:
    return Place(text=mention.text, country=mention.country, start=mention.start, end=mention.end)


def _value(written: str) -> int | float | Interval:
    """A number, or `low..high`."""
    try:
        if ".." in written:
            low, high = written.split("..")
            return Interval(float(low), float(high))
        number = float(written.replace(",", ""))
    except ValueError:
        raise Fault(f"'{written}' is no number") from None
    return int(number) if number.is_integer() else number


def occurrences(text: str, words: str, low: int, high: int) -> Iterator[int]:
    """Where words stand whole between two offsets."""
    if not words:
        return
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    yield from (match.start() for match in pattern.finditer(text, low, high))


def problems(passages: Iterable[Passage]) -> list[str]:
    """What is well written but cannot be meant: unknown codes, modes, predicates or categories; ids used twice."""
    import amity.codebook

    book = amity.codebook.load()
    found: list[str] = []
    seen: set[str] = set()
    for passage in passages:
        if passage.id in seen:
            found.append(f"{passage.id}: the id is used twice")
        seen.add(passage.id)
        found.extend(f"{passage.id}: {fault}" for claim in passage.claims for fault in _doubts(claim, book))
    return found


def _doubts(claim: Claim, book: Any) -> Iterator[str]:
    match claim:
        case Event():
            modes = book.plover.types[claim.type].modes
            if claim.mode and claim.mode not in modes:
                yield f"{claim.type} has no mode '{claim.mode}': {', '.join(modes)}"
        case Transfer():
            if claim.category and claim.category not in book.arms.categories:
                yield f"there is no category '{claim.category}'"
        case Structure():
            if claim.predicate not in book.structures.predicates:
                yield f"there is no predicate '{claim.predicate}'"
        case _:
            pass
    for actor in mentioned(claim):
        if actor.sector and actor.sector not in book.plover.sectors:
            yield f"there is no sector '{actor.sector}' ({actor.text})"
        if actor.country and actor.country not in book.states:
            yield f"there is no state '{actor.country}' ({actor.text})"


def main(arguments: list[str] | None = None) -> int:
    """Check files: `python -m amity.evaluation.notation PATH…`; the exit status is 1 when something is wrong."""
    import sys
    from collections import Counter

    faulty = 0
    for name in sys.argv[1:] if arguments is None else arguments:
        try:
            passages = read(Path(name))
        except InputError as error:
            print(error)
            faulty += 1
            continue
        found = problems(passages)
        faulty += bool(found)
        kinds = Counter(claim.kind for passage in passages for claim in passage.claims)
        kinds["says"] = sum(len(passage.speech) for passage in passages)
        print(*found, sep="\n", end="\n" if found else "")
        print(f"{name}: {len(passages)} passages,", ", ".join(f"{count} {kind}" for kind, count in kinds.most_common()))
    return bool(faulty)


if __name__ == "__main__":
    raise SystemExit(main())
