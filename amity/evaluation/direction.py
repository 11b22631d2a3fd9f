"""Who is friendly or hostile to whom: against news sentences with two marked parties and the direction of a stance.

A line has a sentence with both parties in brackets, the first, the second, and a class: 0 neutral, 1 the first is
positive about the second, 2 the second about the first, 3 and 4 the same, negative (Park, Pan and Joo 2021, NAACL).

A class is read off claims: events between the two by the sign of their intensity, in the direction from actor to
recipient, relations by their valence, from the first to the second. The strongest sum wins; without any, the two are
neutral. The event reader's own guess is the same sum of expected events, where the language pipeline has one; `both`
asks it where claims tell nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from amity.errors import InputError
from amity.evaluation import reader
from amity.evaluation.coder import Coder
from amity.evaluation.figures import by_class, macro, share
from amity.records import Actor, Article, Claim, Event, PloverType, Relation

if TYPE_CHECKING:
    from spacy.tokens import Doc

FILE = "coding/directed_sentiment-valid.txt"
CLASSES = ("0", "1", "2", "3", "4")
NAMES = {
    "0": "neutral",
    "1": "first friendly to second",
    "2": "second friendly to first",
    "3": "first hostile to second",
    "4": "second hostile to first",
}
VALENCES = {"amity": 3.0, "enmity": -3.0}
LEAST = 1.0  # a sum of expected intensities below this is no stance

_MARKED = re.compile(r"\[([^\[\]]+)\]")
Span = tuple[int, int]
Intensity = Callable[[PloverType], float | None]


@dataclass(frozen=True, slots=True)
class Stance:
    """A sentence without brackets, where its two parties stand, and the class."""

    text: str
    first: Span
    second: Span
    label: str

    def has(self, actors: Iterable[Actor], party: Span) -> bool:
        """Whether a party is among actors: they share characters, or the actor goes by the party's marked words."""
        words = self.text[slice(*party)].strip(" '’").casefold()
        return any(
            (actor.start < party[1] and party[0] < actor.end)
            or (len(words) > 2 and words in f"{actor.text} {actor.name or ''}".casefold())
            for actor in actors
        )


def evaluate(data: Path, model: Path | str | None = None) -> dict[str, Any]:
    """Code every sentence and compare; `data` is the file, or the folder that has it. Raises `InputError`.

    Returns accuracy, macro F1 and figures by class of the claims and, where there is one, of the event reader; and of
    the best constant.
    """
    stances = list(load(data / FILE if data.is_dir() else data))
    coder = Coder(model)
    articles = (Article(id="stance", text=stance.text, source="direction") for stance in stances)
    found: dict[str, list[str]] = {"claims": [], "reader": [], "both": []}
    for stance, (doc, claims) in zip(stances, coder.claims(articles), strict=True):
        told, heard = of_claims(claims, stance), of_reader(doc, stance, coder.book.plover.intensity)
        found["claims"].append(told)
        found["reader"].append(heard)
        found["both"].append(heard if told == "0" else told)
    gold = [stance.label for stance in stances]
    constant = Counter(gold).most_common(1)[0][0]
    if set(found["reader"]) == {"0"}:
        del found["reader"], found["both"]
    return {
        "sentences": len(gold),
        **{name: score(gold, guesses) for name, guesses in found.items()},
        "constant": {"accuracy": share(one == constant for one in gold)},
    }


def load(path: Path) -> Iterator[Stance]:
    """Sentences with both parties marked; raises `InputError` when the file or a line cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), str(error)) from error
    for number, line in enumerate(filter(str.strip, lines), 1):
        marked, *_, label = line.split("\t")
        label = label.strip()
        parts = list(_MARKED.finditer(marked))
        if len(parts) < 2 or label not in CLASSES:
            raise InputError(str(path), f"line {number}: two parties in brackets and a class of 0 to 4 are needed")
        one, other = (_plain(marked, part) for part in parts[:2])
        yield Stance(marked.replace("[", "").replace("]", ""), one, other, label)


def _plain(marked: str, part: re.Match[str]) -> Span:
    """Where a marked party stands once all brackets are gone."""
    start = part.start() - sum(marked.count(bracket, 0, part.start()) for bracket in "[]")
    return start, start + len(part[1])


def of_claims(claims: Iterable[Claim], stance: Stance) -> str:
    """The class that claims about the two come to."""
    first, second = stance.first, stance.second
    sums = [0.0, 0.0]
    for claim in claims:
        match claim:
            case Event():
                for way, (one, other) in enumerate(((first, second), (second, first))):
                    straight = stance.has(claim.actors, one) and stance.has(claim.recipients, other)
                    back = claim.mutual and stance.has(claim.actors, other) and stance.has(claim.recipients, one)
                    sums[way] += (claim.intensity or 0.0) * (straight or back)
            case Relation() if stance.has(claim.parties, first) and stance.has(claim.parties, second):
                sums[0] += VALENCES.get(claim.valence, 0.0)
            case _:
                pass
    return stronger(*sums)


def of_reader(doc: Doc, stance: Stance, intensity: Intensity) -> str:
    """The class that the events expected between the two come to."""
    ways = ((stance.first, stance.second), (stance.second, stance.first))
    sums = [
        sum(p * (intensity(cast(PloverType, kind)) or 0.0) for kind, p in reader.directed(doc, *way).items())
        for way in ways
    ]
    return stronger(*(value if abs(value) >= LEAST else 0.0 for value in sums))


def stronger(there: float, back: float) -> str:
    """The class of the stronger of two sums of intensities: of the first towards the second, and back."""
    if not there and not back:
        return "0"
    if abs(there) >= abs(back):
        return "1" if there > 0 else "3"
    return "2" if back > 0 else "4"


def score(gold: Sequence[str], found: Sequence[str]) -> dict[str, Any]:
    """Accuracy, macro F1 of the five classes, and figures by class."""
    figures = by_class(gold, found, CLASSES)
    return {
        "accuracy": share(one == other for one, other in zip(gold, found, strict=True)),
        "macro_f1": macro(figures.values()),
        "classes": {NAMES[name]: values for name, values in figures.items()},
    }
