"""How far two annotations of the same passages agree, by the measure that amity is judged by.

`amity eval agreement` compares our own, `python -m amity.evaluation.agreement FIRST SECOND` any two. Both print F1 by
kind (the share of claims that both have; it does not matter which counts as gold), the details of those that match, and
Cohen's kappa on type, status and certainty.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from amity.errors import AmityError, InputError
from amity.evaluation.gold import chosen, marks
from amity.evaluation.matching import Matcher, Tally, spelling
from amity.evaluation.notation import Passage, read

HOME = Path(__file__).parents[2]
TWICE = {"gold": HOME / "tests" / "gold", "corpus": HOME / "corpus"}
FIRST = ("first", "passages")
SECOND = "second"


def evaluate(data: Path | None = None) -> dict[str, Any]:
    """Agreement on what was annotated twice: in the folders `first` (or `passages`) and `second` of `data`.

    By default on our own articles and passages. Raises `InputError` when nothing was annotated twice.
    """
    places = {data.name: data} if data else TWICE
    found = {
        name: compare(read(place / first), read(place / SECOND))
        for name, place in places.items()
        for first in FIRST
        if (place / first).is_dir() and (place / SECOND).is_dir()
    }
    if not found:
        raise InputError(str(data or HOME), "has no folders with a first and a second annotation")
    return found


def compare(first: list[Passage], second: list[Passage]) -> dict[str, Any]:
    """Agreement on the passages that both annotated. Raises `InputError` when there are none or their texts differ."""
    import amity.codebook

    others = {passage.id: passage for passage in second}
    both = [(passage, others[passage.id]) for passage in first if passage.id in others]
    if not both:
        raise InputError("agreement", "no passage is annotated twice")
    tally = Tally(Matcher(spelling(amity.codebook.load().table.entries)))
    for one, other in both:
        if one.text != other.text:
            raise InputError(one.id, "the two annotations are of different texts")
        tally.add(marks(one), marks(other))
    once = sorted({passage.id for passage in (*first, *second)} - {one.id for one, _ in both})
    return {"passages": len(both), "annotated once": once, **tally.scores(), "kappa": tally.kappas()}


def main(arguments: list[str] | None = None) -> int:
    """Compare two files or folders; `--part dev` or `--part scored` takes a part of them, `--json` prints JSON."""
    import argparse

    from amity.evaluation.table import table
    from amity.records import to_json

    parser = argparse.ArgumentParser(prog="python -m amity.evaluation.agreement", description=__doc__)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("--part", default="all")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    try:
        scores = compare(*(chosen(read(path), given.part) for path in (given.first, given.second)))
    except AmityError as error:
        print(f"amity: {error}", file=sys.stderr)
        return 2
    print(to_json(scores).decode() if given.json else table(scores))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
