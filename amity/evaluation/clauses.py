"""Status, certainty and date of every annotated event and transfer, asked of the word that carries it.

What no extractor finds is asked for too, so that these figures do not depend on how many claims are found. The word is
the head of the first part of the trigger in amity's own parse; a negation inside the trigger belongs to its meaning.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amity.errors import InputError
from amity.evaluation.coder import Coder
from amity.evaluation.corpus import PASSAGES, split
from amity.evaluation.figures import share
from amity.evaluation.gold import line
from amity.evaluation.matching import months
from amity.evaluation.notation import Passage, read
from amity.records import Article, Certainty, Claim, Event, Status, Transfer
from amity.records.claim import CERTAINTIES, STATUSES

if TYPE_CHECKING:
    from amity.coding.parse import Span, Token
    from amity.coding.reading import Reading

PARTS = ("train", "dev", "test", "scored", "all")
HIDDEN = frozenset({"test", "scored"})
_GAP = re.compile(r"\s*…\s*")


@dataclass(frozen=True, slots=True)
class Asked:
    """An annotated claim, and what amity says of its word."""

    claim: Claim
    status: Status
    certainty: Certainty
    date: str | None
    sentence: str

    @property
    def same_month(self) -> bool:
        """Whether both dates agree to the month, or neither has one."""
        return months(self.claim.date) == months(self.date)

    @property
    def same_years(self) -> bool:
        """Whether both dates begin and end in the same years."""
        return years(self.claim.date) == years(self.date)

    def faults(self) -> Iterator[tuple[str, str]]:
        """What differs, under a title that similar faults share."""
        if self.status != self.claim.status:
            yield "status", f"{self.claim.status} is not {self.status}"
        if self.certainty != self.claim.certainty:
            yield "certainty", f"{self.claim.certainty} is not {self.certainty}"
        if not self.same_month:
            yield "date", f"{self.claim.date or 'none'} is not {self.date or 'none'}"


def evaluate(
    data: Path | None = None, part: str = "test", errors: bool = False, model: Path | str | None = None
) -> dict[str, Any]:
    """Ask for every annotated word of a part: of the corpus, or of `data`, a file or folder in its notation.

    A passage belongs to the part that its head names (`dev` or `scored`), else to the one that its id gives. `errors`
    lists what differs, of `train` and `dev` only. Raises `InputError`.
    """
    passages = chosen(read(data or PASSAGES), part)
    coder = Coder(model)
    asked: list[Asked] = []
    wrong: dict[str, list[str]] = {}
    for passage in passages:
        found = list(ask(passage, read_passage(coder, passage)))
        asked += found
        if errors and part_of(passage) not in HIDDEN:
            for one in found:
                for kind, fault in one.faults():
                    wrong.setdefault(kind, []).append(f"{fault}: {line(one.claim)}: {one.sentence}")
    scores = {"part": part, "passages": len(passages), **scored(asked)}
    return scores | ({"errors": {kind: sorted(faults) for kind, faults in wrong.items()}} if errors else {})


def part_of(passage: Passage) -> str:
    """The part that a passage says it belongs to, else the one of its id."""
    return passage.about.get("part") or split(passage.id)


def chosen(passages: Iterable[Passage], part: str) -> list[Passage]:
    """Passages of one part, or `all`. Raises `InputError` when there are none."""
    if part not in PARTS:
        raise InputError(part, f"is no part; there are {', '.join(PARTS)}")
    found = [passage for passage in passages if part in ("all", part_of(passage))]
    if not found:
        raise InputError("clauses", f"there is no passage of the part '{part}'")
    return found


def read_passage(coder: Coder, passage: Passage) -> Reading:
    """The passage as extractors of claims see it."""
    article = Article(id=passage.id, text=passage.text, source=passage.id, published=passage.published)
    return coder.reading(article, next(coder.docs([passage.text])))


def ask(passage: Passage, reading: Reading) -> Iterator[Asked]:
    """What the reading says of the word of every event and transfer, in the order annotated."""
    from amity.coding.status import DEAL, status

    for claim in passage.claims:
        if isinstance(claim, (Event, Transfer)) and (span := trigger(claim, reading)) is not None:
            word = span.root
            act = claim.type if isinstance(claim, Event) else DEAL
            stated, certainty = status(reading, word, not _negates(span, word), act)
            announced = act in reading.codebook.factuality.announced
            date, _ = reading.dates.uttered(word) if announced else reading.dates.of(word)
            yield Asked(claim, stated, certainty, date, " ".join(word.sent.text.split()))


def trigger(claim: Claim, reading: Reading) -> Span | None:
    """The words of the first part of a claim's trigger; null where the parse has no words there."""
    end = claim.trigger_start + len(_GAP.split(claim.trigger)[0])
    return reading.doc.char_span(claim.trigger_start, end, alignment_mode="expand")


def _negates(span: Span, head: Token) -> bool:
    return any(word.head.i == head.i and word.lower_ in ("not", "n't", "n’t", "never", "no") for word in span)


def years(date: str | None) -> tuple[int, int] | None:
    """The years of the first and the last day of a date."""
    bounds = months(date)
    return (bounds[0], bounds[2]) if bounds else None


def scored(asked: list[Asked]) -> dict[str, Any]:
    """Shares that are right, for both kinds and together; who is taken for what; and how dates fail."""
    kinds = {kind: [one for one in asked if one.claim.kind == kind] for kind in ("event", "transfer")}
    told, untold = ([one for one in asked if bool(one.claim.date) == given] for given in (True, False))
    return {
        "right": {kind: _right(found) for kind, found in (kinds | {"all": asked}).items() if found},
        "status": _confusion([(one.claim.status, one.status) for one in asked], STATUSES),
        "certainty": _confusion([(one.claim.certainty, one.certainty) for one in asked], CERTAINTIES),
        "dates": {
            "told": len(told),
            "exact": share(one.date == one.claim.date for one in told),
            "month": share(one.same_month for one in told),
            "year": share(one.same_years for one in told),
            "none found": share(one.date is None for one in told),
            "not told": len(untold),
            "one found": share(one.date is not None for one in untold),
        },
    }


def _right(asked: list[Asked]) -> dict[str, Any]:
    return {
        "claims": len(asked),
        "status": share(one.status == one.claim.status for one in asked),
        "certainty": share(one.certainty == one.claim.certainty for one in asked),
        "date": share(one.same_month for one in asked),
    }


def _confusion(pairs: Iterable[tuple[str, str]], labels: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """How often each annotated label (rows) was given each label (columns)."""
    counts = Counter(pairs)
    return {
        gold: {found: counts[gold, found] for found in labels}
        for gold in labels
        if any(counts[gold, f] for f in labels)
    }
