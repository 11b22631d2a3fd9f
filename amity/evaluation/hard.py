"""Hard sentences, one by one: what is annotated in each, what amity makes of it, and where it still fails.

The thirty passages in data/hard.txt each hold one difficulty, told in their head as `hard`; `why` says what amity
stumbles over. `python -m amity.evaluation.hard docs/hard-sentences.md` writes the page that shows them all.

A claim is right when it matches strictly (`amity.evaluation.matching`) and has the status and the voices of the
annotation, partly right when it matches leniently or misses one of these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amity.evaluation.coder import Coder
from amity.evaluation.gold import code, line
from amity.evaluation.matching import Matcher, likeness, matched, spelling
from amity.evaluation.notation import Passage, read
from amity.records import Claim

PASSAGES = Path(__file__).parent / "data" / "hard.txt"
MARKS = {"right": "✓", "partly": "~", "missed": "✗", "false": "✗"}
NEEDED = {"chain": "voices", "author": "voices", "status": "status"}
"""Details that a right claim must have, and what they are called on the page."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A claim that is annotated, found by amity, or both, and what to think of it; `amiss` tells what differs."""

    mark: str
    gold: Claim | None = None
    found: Claim | None = None
    amiss: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A passage with a verdict on each of its claims and on each claim found in vain."""

    passage: Passage
    verdicts: tuple[Verdict, ...]

    @property
    def perfect(self) -> bool:
        """Whether everything is right and nothing false."""
        return all(verdict.mark == "right" for verdict in self.verdicts)


def evaluate(data: Path | None = None, model: Path | str | None = None) -> dict[str, Any]:
    """Code passages in the notation, by default our own, and count claims by verdict; raises `InputError`."""
    found = results(read(data or PASSAGES), Coder(model))
    return {**_counts(found), "by passage": {result.passage.id: _marks(result) for result in found}}


def results(passages: Sequence[Passage], coder: Coder) -> list[Result]:
    """Each passage as amity codes it, beside its annotation."""
    matcher = Matcher(spelling(coder.book.table.entries))
    return [
        Result(judged.passage, tuple(compare(judged.passage.claims, judged.marks.claims, matcher)))
        for judged in code(coder, passages)
    ]


def compare(gold: Sequence[Claim], found: Sequence[Claim], matcher: Matcher) -> Iterator[Verdict]:
    """Verdicts on all claims of a passage: the annotated ones in their order, then the false ones."""
    pairs = dict(matched(gold, found, matcher.strict, likeness))
    left = [i for i in range(len(gold)) if i not in pairs]
    free = [j for j in range(len(found)) if j not in pairs.values()]
    loose = matched([gold[i] for i in left], [found[j] for j in free], matcher.lenient, likeness)
    alike = {left[i]: free[j] for i, j in loose}
    for i, claim in enumerate(gold):
        if i in pairs:
            yield _judged(claim, found[pairs[i]], matcher)
        elif i in alike:
            yield Verdict("partly", claim, found[alike[i]])
        else:
            yield Verdict("missed", claim)
    yield from (Verdict("false", found=found[j]) for j in free if j not in alike.values())


def _judged(gold: Claim, found: Claim, matcher: Matcher) -> Verdict:
    details = matcher.details(gold, found)
    amiss = tuple(NEEDED[name] for name, value in details if name in NEEDED and not value)
    return Verdict("partly" if amiss else "right", gold, found, amiss)


def _marks(result: Result) -> dict[str, int]:
    counts = Counter(verdict.mark for verdict in result.verdicts)
    return {mark: counts[mark] for mark in MARKS}


def _counts(found: Sequence[Result]) -> dict[str, int]:
    """Passages, those without any fault, annotated claims, and verdicts."""
    verdicts = [verdict for result in found for verdict in result.verdicts]
    counts = Counter(verdict.mark for verdict in verdicts)
    return {
        "passages": len(found),
        "without fault": sum(result.perfect for result in found),
        "claims": sum(verdict.gold is not None for verdict in verdicts),
        **{mark: counts[mark] for mark in MARKS},
    }


def page(found: Sequence[Result]) -> str:
    """All of it as Markdown: the summary, every passage, and what fails."""
    return "\n".join((*_summary(_counts(found)), *_passages(found), *_failures(found)))


def _summary(counts: dict[str, int]) -> Iterator[str]:
    yield "# Hard sentences: what amity makes of them\n"
    yield f"{counts['passages']} passages of our own making, each with one thing that coders of text stumble over, and"
    yield "with all claims in them annotated, once, after [the guide](../tests/gold/GUIDE.md)."
    yield "`python -m amity.evaluation.hard docs/hard-sentences.md` writes this page, `amity eval hard` prints the"
    yield "figures.\n"
    yield f"| of {counts['claims']} claims | | |\n|---|---|---|"
    yield f"| ✓ right | {counts['right']} | kind, type and parties, and also status and voices |"
    yield f"| ~ partly | {counts['partly']} | another type, a party missing, or wrong status or voices |"
    yield f"| ✗ missed | {counts['missed']} | |"
    yield f"| ✗ false | {counts['false']} | nothing that is annotated; beside the {counts['claims']} |\n"
    yield f"{counts['without fault']} of the {counts['passages']} passages are without any fault."
    yield "States are three-letter codes; in brackets stand the words that carry the claim,"
    yield "and *said* names whose word it is. Modes, dates and certainty may differ where a claim counts as right."


def _passages(found: Sequence[Result]) -> Iterator[str]:
    for number, result in enumerate(found, 1):
        about = result.passage.about
        yield f"\n## {number}. {_title(result)}\n"
        yield f"> {result.passage.text}\n"
        yield f"Hard: {about['hard']}. Published {result.passage.published}.\n"
        if result.verdicts:
            yield "| | annotated | amity finds |\n|---|---|---|"
            yield from (f"| {MARKS[one.mark]} | {_annotated(one)} | {_amity(one)} |" for one in result.verdicts)
        else:
            yield "✓ Nothing is claimed, and amity finds nothing."


def _title(result: Result) -> str:
    return result.passage.id[0].upper() + result.passage.id[1:]


def _annotated(verdict: Verdict) -> str:
    return line(verdict.gold) if verdict.gold else "nothing"


def _amity(verdict: Verdict) -> str:
    if not verdict.found:
        return "nothing"
    told = line(verdict.found)
    same = verdict.gold is not None and told == line(verdict.gold)
    return "the same" if same else told + "".join(f" **({name} differ)**" for name in verdict.amiss)


def _failures(found: Sequence[Result]) -> Iterator[str]:
    counts = _counts(found)
    yield "\n## Where it still fails, and why\n"
    yield "These sentences were not used to make amity, and it was not changed to please them. So few, and picked for"
    yield "being hard, they tell less by their counts than by the reasons; [quality.md](quality.md) has figures on many"
    yield "more claims. The reasons come from coding each sentence again with the difficulty taken out."
    yield f"What amity cannot give to somebody it leaves out: {counts['missed']} claims are missed,"
    yield f"{counts['false']} are made up.\n"
    for result in found:
        if not result.perfect:
            marks = ", ".join(f"{count} {mark}" for mark, count in _marks(result).items() if count)
            why = result.passage.about.get("why")
            yield f"- **{_title(result)}** ({marks})" + (f": {why}." if why else "")


def main(arguments: list[str] | None = None) -> int:
    """Write the page: `python -m amity.evaluation.hard [FILE]`, by default to standard output."""
    import sys

    given = sys.argv[1:] if arguments is None else arguments
    text = page(results(read(PASSAGES), Coder())) + "\n"
    if given:
        Path(given[0]).write_text(text, encoding="utf-8")
    else:
        print(text, end="")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
