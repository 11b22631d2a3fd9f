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

SENTENCES = Path(__file__).parent / "data" / "nothing.txt"


def evaluate(data: Path | None = None, model: Path | str | None = None) -> dict[str, Any]:
    """Code every sentence; returns false events for 100 sentences, in all and by group. Raises `InputError`."""
    import amity.annotate
    import amity.codebook
    from amity.coding import code
    from amity.records import Article, Event

    groups, sentences = zip(*load(data if data and data.is_file() else SENTENCES), strict=True)
    nlp, codebook = amity.annotate.load(model), amity.codebook.load()
    total: Counter[str] = Counter(groups)
    false: Counter[str] = Counter()
    examples: list[str] = []
    for group, doc in zip(groups, amity.annotate.annotate(nlp, sentences), strict=True):
        claims = code(Article(id="nothing", text=doc.text, source="nothing"), doc, codebook)
        events = [claim for claim in claims if isinstance(claim, Event)]
        false[group] += len(events)
        examples += [f"{event.type} ({event.trigger}): {doc.text}" for event in events]
    return {
        "sentences": total.total(),
        "false_events_per_100": round(100 * false.total() / max(total.total(), 1), 2),
        "groups": {group: round(100 * false[group] / total[group], 2) for group in total},
        "false_events": examples,
    }


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
