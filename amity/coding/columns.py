"""Quick looks over all words of a parse: strings are compared once per distinct word, not once per token."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Column:
    """One attribute (`spacy.attrs.LOWER`, `LEMMA` …) of all words of a parse."""

    def __init__(self, doc: Doc, attribute: int) -> None:
        keys, self._where = np.unique(doc.to_array([attribute]), return_inverse=True)
        strings = doc.vocab.strings
        self._strings = [strings[key] for key in keys.tolist()]

    def positions(self, wanted: Callable[[str], bool]) -> list[int]:
        """Indices of the tokens whose attribute is a wanted string."""
        chosen = np.fromiter(map(wanted, self._strings), dtype=bool, count=len(self._strings))
        found: list[int] = np.flatnonzero(chosen[self._where]).tolist()
        return found


def sentence_numbers(doc: Doc) -> list[int]:
    """The number of each token's sentence, from 0."""
    from spacy.attrs import SENT_START

    starts = doc.to_array([SENT_START]).astype(np.int64) == 1
    if len(starts):
        starts[0] = True
    numbers: list[int] = (np.cumsum(starts) - 1).tolist()
    return numbers
