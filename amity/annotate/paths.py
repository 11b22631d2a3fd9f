"""How words hang together: the way through the tree from one word to another, as a short name.

A way goes up to what both depend on and down again: `>nsubj` is a word's subject, `<xcomp>nsubj` that of the verb
that governs it, `>obl:by` an agent. Subtypes are left out; obliques and modifiers carry their preposition.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from spacy.attrs import DEP, HEAD, LOWER

if TYPE_CHECKING:
    from spacy.tokens import Doc

REACH = 4
MARKED = frozenset({"obl", "nmod"})


class Ways:
    """The tree of a Doc in lists."""

    def __init__(self, doc: Doc) -> None:
        columns = doc.to_array([HEAD, DEP, LOWER])
        self.heads = (columns[:, 0].astype(np.int64) + np.arange(len(columns))).tolist()
        self.children: list[list[int]] = [[] for _ in self.heads]
        strings = doc.vocab.strings
        names = {number: strings[number].partition(":")[0] for number in set(columns[:, 1].tolist())}
        labels = [names[number] for number in columns[:, 1].tolist()]
        case: dict[int, str] = {}
        for place, (head, label) in enumerate(zip(self.heads, labels, strict=True)):
            if head != place:
                self.children[head].append(place)
            if label == "case":
                case.setdefault(head, strings[int(columns[place, 2])])
        self.labels = [
            f"{label}:{case[place]}" if label in MARKED and place in case else label
            for place, label in enumerate(labels)
        ]

    def of(self, start: int) -> Iterator[tuple[int, str]]:
        """Every word within reach of a word, with the way to it; the word itself has the empty way."""
        yield start, ""
        below, way, steps = start, "", 0
        yield from self._down(start, way, steps, None)
        while steps < REACH and self.heads[below] != below:
            way += f"<{self.labels[below]}"
            steps += 1
            above = self.heads[below]
            yield above, way
            yield from self._down(above, way, steps, below)
            below = above

    def _down(self, top: int, way: str, steps: int, besides: int | None) -> Iterator[tuple[int, str]]:
        if steps >= REACH:
            return
        for child in self.children[top]:
            if child != besides:
                further = f"{way}>{self.labels[child]}"
                yield child, further
                yield from self._down(child, further, steps + 1, None)
