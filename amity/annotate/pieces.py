"""Words as the encoder sees them: normalised characters, word pieces, and the shape that lower-casing loses."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

# Places in the vocabulary of BERT (uncased).
UNKNOWN, FIRST, LAST = "[UNK]", "[CLS]", "[SEP]"
PARAGRAPH, LINE = "[unused0]", "[unused1]"  # markers between words: a blank line, a single line break

MAX_PIECES = 12  # of one word; the rest of a web address or of 50 million letters says nothing new
MAX_CHARACTERS = 60
CACHED_WORDS = 100_000

# The training text is mostly ASCII; what newspapers set instead must look the same to the encoder.
PLAIN = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″〝〞＂", '"'),
        **dict.fromkeys("‘’‚‛‹›′ʼ`´ʻ＇", "'"),
        **dict.fromkeys("‐‑‒–−⁃﹣－", "-"),
        **dict.fromkeys("—―⸺", "--"),
        **dict.fromkeys("•·●▪■◦", "*"),
        "…": "...",
        "ı": "i", "ł": "l", "đ": "d", "ð": "d", "ø": "o", "ə": "a", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th",
        "Ł": "l", "Đ": "d", "Ø": "o", "Ə": "a", "Æ": "ae", "Œ": "oe",
    }
)  # fmt: skip

NO_CASE, LOWER, TITLE, UPPER, INITIAL, MIXED, DIGITS, MARK = range(8)
SHAPES = 16  # the eight above, and the same eight after a space


def plain(form: str) -> str:
    """Return the form in lower case, without accents, in newspaper ASCII where there is such a spelling."""
    if form.isascii():
        return form.lower().replace("`", "'")
    decomposed = unicodedata.normalize("NFKD", form.translate(PLAIN).lower())
    return "".join(c for c in decomposed if unicodedata.category(c) not in ("Mn", "Cf", "Cc"))


def shape(form: str, spaced: bool) -> int:
    """Return the number of the case shape of a word; `spaced` says whether white space stands before it."""
    return _case(form) + 8 * spaced


def _case(form: str) -> int:
    if form.islower():
        return LOWER
    if form.isupper():
        return INITIAL if sum(map(str.isalpha, form)) == 1 else UPPER
    if form[:1].isupper() and form[1:].islower():
        return TITLE
    if form.isdigit():
        return DIGITS
    if not any(map(str.isalnum, form)):
        return MARK
    return MIXED if any(map(str.isupper, form)) else NO_CASE


class WordPieces:
    """Greedy longest-match word pieces (Wu et al. 2016) of single words, remembered in a bounded cache."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.index = {piece: number for number, piece in enumerate(vocabulary)}
        self.unknown = self.index[UNKNOWN]
        self._cache: dict[str, tuple[int, ...]] = {}

    def __call__(self, form: str) -> tuple[int, ...]:
        """Return the numbers of one to `MAX_PIECES` pieces for a word."""
        known = self._cache.get(form)
        if known is None:
            if len(self._cache) >= CACHED_WORDS:
                self._cache.clear()
            known = self._split(form[:MAX_CHARACTERS])
            self._cache[form] = known
        return known

    def _split(self, form: str) -> tuple[int, ...]:
        pieces: list[int] = []
        for run in _runs(plain(form)):
            pieces += self._longest_matches(run)
        return tuple(pieces[:MAX_PIECES]) or (self.unknown,)

    def _longest_matches(self, run: str) -> list[int]:
        pieces: list[int] = []
        start = 0
        while start < len(run):
            for end in range(len(run), start, -1):
                piece = self.index.get(("##" if start else "") + run[start:end])
                if piece is not None:
                    pieces.append(piece)
                    start = end
                    break
            else:
                return [self.unknown]
        return pieces


def _runs(form: str) -> list[str]:
    """Split into runs of letters and digits and single other signs, as BERT's tokenizer does before the pieces."""
    runs: list[str] = []
    open_run = False
    for character in form:
        if character.isspace():
            open_run = False
        elif character.isalnum() and ord(character) < 0x2E80:
            if open_run:
                runs[-1] += character
            else:
                runs.append(character)
            open_run = True
        else:
            runs.append(character)
            open_run = False
    return runs


class WordTable:
    """Embeddings of word pieces in 8 bits, one scale a row; all encoders read with the same table."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as table:
            self._rows, self._scales = table["rows"], table["scales"]

    def __call__(self, ids: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        """Return a vector for every piece."""
        embedded: NDArray[np.float32] = self._rows[ids].astype(np.float32) * self._scales[ids]
        return embedded
