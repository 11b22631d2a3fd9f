"""Over-coding: how many events amity sees where there are none.

The sentences (one a line, `#` starts a comment that names the group) have no political interaction in them: sport,
weather, biography, technical description, page furniture, figures of speech. Every event is a false one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from amity.errors import InputError
from amity.evaluation.coder import Coder, Without
from amity.records import Event, Relation, Transfer

SENTENCES = Path(__file__).parent / "data" / "nothing.txt"


def evaluate(
    data: Path | None = None, model: Path | str | None = None, without: Without | None = None
) -> dict[str, Any]:
    """Code every sentence of `data`, by default of our own; raises `InputError`.

    Returns false events for 100 sentences, in all and by group, and the same of transfers and relations together.
    """
    groups, sentences = zip(*load(data or SENTENCES), strict=True)
    total: Counter[str] = Counter(groups)
    false: Counter[str] = Counter()
    others = 0
    examples: list[str] = []
    coded = Coder(model, without).sentences(sentences)
    for group, text, claims in zip(groups, sentences, coded, strict=True):
        events = [claim for claim in claims if isinstance(claim, Event)]
        false[group] += len(events)
        others += sum(isinstance(claim, (Transfer, Relation)) for claim in claims)
        examples += [f"{event.type} ({event.trigger}): {text}" for event in events]
    return {
        "sentences": total.total(),
        "false_events_per_100": _per_100(false.total(), total.total()),
        "false_transfers_and_relations_per_100": _per_100(others, total.total()),
        "groups": {
            group: {"sentences": total[group], "false_per_100": _per_100(false[group], total[group])} for group in total
        },
        "false_events": examples,
    }


def _per_100(count: int, sentences: int) -> float:
    return round(100 * count / max(sentences, 1), 2)


def load(path: Path) -> Iterator[tuple[str, str]]:
    """Group and sentence of every line; raises `InputError` when there are none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), str(error)) from error
    group, found = "", 0
    for line in filter(None, map(str.strip, lines)):
        if line.startswith("#"):
            group = line.lstrip("# ")
        else:
            found += 1
            yield group, line
    if not found:
        raise InputError(str(path), "no sentences")
