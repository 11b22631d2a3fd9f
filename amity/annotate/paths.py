"""How words hang together: the way through the tree from one word to another, as a short name.

A way goes up to what both depend on and down again: `>nsubj` is a word's subject, `<xcomp>nsubj` that of the verb
that governs it, `>obl:by` an agent. Subtypes are left out; obliques and modifiers carry their preposition.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

REACH = 4
MARKED = frozenset({"obl", "nmod"})


class Ways:
    """The tree of a Doc in lists."""

    def __init__(self, doc: Doc) -> None:
        self.heads = [token.head.i for token in doc]
        self.children: list[list[int]] = [[] for _ in self.heads]
        for place, head in enumerate(self.heads):
            if head != place:
                self.children[head].append(place)
        labels = [token.dep_.partition(":")[0] for token in doc]
        case: dict[int, str] = {}
        for token in doc:
            if labels[token.i] == "case":
                case.setdefault(token.head.i, token.lower_)
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
