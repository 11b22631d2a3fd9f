"""Quick looks over all words of a parse: strings are compared once per distinct word, not once per token."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from spacy.tokens import Doc


def positions(doc: Doc, attribute: int, wanted: Callable[[str], bool]) -> list[int]:
    """Indices of the tokens whose attribute (`spacy.attrs.LOWER`, `LEMMA` …) is a wanted string."""
    column = doc.to_array([attribute])
    keys, where = np.unique(column, return_inverse=True)
    strings = doc.vocab.strings
    chosen = np.fromiter((wanted(strings[int(key)]) for key in keys), dtype=bool, count=len(keys))
    found: list[int] = np.flatnonzero(chosen[where]).tolist()
    return found


def sentence_numbers(doc: Doc) -> list[int]:
    """The number of each token's sentence, from 0."""
    from spacy.attrs import SENT_START

    starts = doc.to_array([SENT_START]).astype(np.int64) == 1
    if len(starts):
        starts[0] = True
    numbers: list[int] = (np.cumsum(starts) - 1).tolist()
    return numbers
