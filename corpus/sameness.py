"""What stands in the corpus twice: passages alike, runs of words shared, names that come back.

Near-duplicates are found by MinHash (Broder 1997) over shingles of three words and verified on the shingles themselves.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from amity.evaluation.notation import Passage
from amity.records import mentioned

SHINGLE = 3  # words
ALIKE = 0.2  # Jaccard index of two passages' shingles from which they are near-duplicates
RUN = 8  # words that no two passages have in a row
PERMUTATIONS = 128

_WORD = re.compile(r"\w+(?:['’]\w+)?")


def words(text: str) -> list[str]:
    """The words of a text in small letters."""
    return _WORD.findall(text.lower())


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    """All runs of `length` words; of a shorter text, the whole."""
    found = words(text)
    return {tuple(found[at : at + length]) for at in range(max(1, len(found) - length + 1))}


def alike(passages: Sequence[Passage]) -> Iterator[tuple[str, str, float]]:
    """Ids of near-duplicates and how alike they are, 0 to 1."""
    from datasketch import MinHash, MinHashLSH

    shingles = {passage.id: runs(passage.text, SHINGLE) for passage in passages}
    index = MinHashLSH(threshold=ALIKE / 2, num_perm=PERMUTATIONS)
    for id, own in shingles.items():
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([" ".join(shingle).encode() for shingle in own])
        for other in index.query(sketch):
            if (same := jaccard(own, shingles[other])) >= ALIKE:
                yield other, id, same
        index.insert(id, sketch)


def jaccard(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    """What two sets share, of all that is in them."""
    return len(one & other) / max(len(one | other), 1)


def shared(passages: Sequence[Passage]) -> dict[tuple[str, str], str]:
    """Pairs of passages with `RUN` words in a row in common, and such a run of theirs."""
    holders: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for passage in passages:
        for run in sorted(runs(passage.text, RUN)):
            if len(run) == RUN:
                holders[run].append(passage.id)
    return {pair: " ".join(run) for run, ids in holders.items() for pair in combinations(ids, 2)}


def states(passages: Sequence[Passage]) -> Counter[str]:
    """In how many passages each state has a part."""
    return Counter(
        state
        for passage in passages
        for state in {one.country for claim in passage.claims for one in mentioned(claim) if one.country}
    )


def persons(passages: Sequence[Passage]) -> Counter[str]:
    """In how many passages each person or organisation that the annotation names has a part."""
    return Counter(
        name
        for passage in passages
        for name in {one.name for claim in passage.claims for one in mentioned(claim) if one.name}
    )
