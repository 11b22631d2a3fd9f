"""Claims of all kinds, against the open corpus: many short passages, of all regions, decades and constructions.

Passages are split by a hash of their id: eight in ten train, one is for development, one for tests. The event reader
learns from the part `train`; what the part `test` gets wrong is never shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from amity.errors import InputError
from amity.evaluation.calibration import calibration
from amity.evaluation.coder import Coder, Without
from amity.evaluation.gold import Judged, code, marks, told
from amity.evaluation.matching import Matcher, Tally, spelling
from amity.evaluation.notation import Passage, read
from amity.records import Claim, Event

PASSAGES = Path(__file__).parents[2] / "corpus" / "passages"
PARTS = ("train", "dev", "test")


def split(id: str) -> str:
    """The part that the passage of this id belongs to: `train`, `dev` or `test`, 80, 10 and 10 in a hundred."""
    place = int.from_bytes(hashlib.sha256(id.encode()).digest()[:4], "big") % 10
    return PARTS[max(0, place - 7)]


def evaluate(
    data: Path | None = None,
    part: str = "test",
    errors: bool = False,
    model: Path | str | None = None,
    without: Without | None = None,
) -> dict[str, Any]:
    """Code the passages of a part and compare, as for gold articles; `data` is a file or folder, by default our own.

    `nothing`: false events for 100 sentences that hold none. `calibration`: how far the confidence of events keeps its
    promise. `errors` lists what was missed and found in vain, of `train` and `dev` only. Raises `InputError`.
    """
    passages = chosen(read(data or PASSAGES), part)
    coder = Coder(model, without)
    tally = Tally(Matcher(spelling(coder.book.table.entries)))
    promises: list[tuple[float, bool]] = []
    quiet = vain = 0
    wrong: dict[str, dict[str, list[str]]] = {}
    for judged in code(coder, passages):
        missed, false = tally.add(marks(judged.passage), judged.marks)
        promises += promised(judged.marks.claims, false)
        calm = silent(judged)
        quiet += len(calm)
        vain += sum(any(low <= event.trigger_start < high for low, high in calm) for event in _events(false))
        if errors and split(judged.passage.id) != "test":
            wrong[judged.passage.id] = {"missed": told(judged, missed), "false": told(judged, false)}
    return {
        "part": part,
        "passages": len(passages),
        "nothing": {"sentences": quiet, "false_events_per_100": round(100 * vain / max(quiet, 1), 2)},
        "calibration": calibration(promises),
        **tally.scores(),
    } | ({"errors": wrong} if errors else {})


def chosen(passages: Iterable[Passage], part: str) -> list[Passage]:
    """Passages of one part, or `all`. Raises `InputError` when there are none."""
    if part not in (*PARTS, "all"):
        raise InputError(part, f"is no part; there are {', '.join(PARTS)}, all")
    found = [passage for passage in passages if part in ("all", split(passage.id))]
    if not found:
        raise InputError("corpus", f"there is no passage of the part '{part}'")
    return found


def promised(claims: Sequence[Claim], false: Sequence[Claim]) -> list[tuple[float, bool]]:
    """The confidence of each event that has one, and whether the event is right."""
    wrong = set(map(id, false))
    return [(event.confidence, id(event) not in wrong) for event in _events(claims) if event.confidence is not None]


def silent(judged: Judged) -> list[tuple[int, int]]:
    """Sentences in which nobody marked an event."""
    triggers = [event.trigger_start for event in _events(judged.passage.claims)]
    return [(low, high) for low, high in judged.sentences if not any(low <= at < high for at in triggers)]


def _events(claims: Iterable[Claim]) -> list[Event]:
    return [claim for claim in claims if isinstance(claim, Event)]
