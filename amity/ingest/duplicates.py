"""Near-duplicates: which articles repeat which, so that agency copy in ten papers counts as one source.

Candidates come from MinHash (Broder 1997) with 64 bands of two values, which finds even a text of which the other has
kept a third. They are verified on the full sets of shingles, and on figures and names: reports from one template
(results, weather, casualty counts) share their wording but put other figures and names in the same places.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from amity.ingest.normalise import normalise
from amity.records import Article

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint32]
    Details = NDArray[np.uint64]

SHINGLE = 4  # words
PERMUTATIONS = 128
MIN_SHINGLES = 30  # below this only equal texts are copies
SAME_JACCARD = 0.5
SAME_CONTAINMENT = 0.6  # of the shorter text in the longer one, if that is at most four times as long
LONGEST_RATIO = 4
SAME_DETAILS = 0.6  # of figures and of names in the same context, if there are at least three such contexts
MIN_DETAILS = 3

_WORD = re.compile(r"\w+")
_NUMERALS = {
    word: str(number)
    for number, word in enumerate(
        (
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen twenty"
        ).split(),
        start=1,
    )
}
# Capitalised at the beginning of sentences, and no names.
_OPENERS = frozenset(
    "A After All An And As At Before But By Even For From He Her His How If In It Its More Most No Not Of On "
    "One Our She Since So Some That The Their There These They This Those To Under Was We When While With You".split()
)
_BATCH = 8_192  # shingles hashed at a time, which bounds memory on long texts
_RECENT = 1_024  # articles after which the index is settled
_MULTIPLIERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], np.uint64)
_BANDS = PERMUTATIONS // 2
_BAND_SALT = np.arange(1, _BANDS + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of a text to compare it: MinHash values, hashes of shingles, figures and names by their places."""

    minhash: Hashes
    shingles: Hashes
    figures: Details
    names: Details

    def to_bytes(self) -> bytes:
        """For storage: the lengths of the last three arrays, then all four, as little-endian 32-bit numbers."""
        parts = [self.shingles, self.figures.view(np.uint32), self.names.view(np.uint32)]
        lengths = np.array([len(part) for part in parts], np.uint32)
        return np.concatenate([lengths, self.minhash, *parts]).astype("<u4").tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Fingerprint:
        """The inverse of `to_bytes`."""
        values = np.frombuffer(data, "<u4").astype(np.uint32)
        ends = np.cumsum([3, PERMUTATIONS, *values[:3].tolist()]).tolist()
        _, minhash, shingles, figures, names, _ = np.split(values, ends)
        return cls(minhash, shingles, figures.view(np.uint64), names.view(np.uint64))


def fingerprint(article: Article) -> Fingerprint:
    """The fingerprint of an article's prose."""
    words = _WORD.findall(_prose(article))
    figures = np.fromiter((word[0].isdigit() or word.lower() in _NUMERALS for word in words), bool, len(words))
    names = np.fromiter((word[0].isupper() and word not in _OPENERS for word in words), bool, len(words)) & ~figures
    lower = (_NUMERALS.get(word, word) for word in map(str.lower, words))
    hashes = np.fromiter((zlib.crc32(word.encode()) for word in lower), np.uint32, len(words))
    contexts = _contexts(np.where(figures | names, np.uint32(0), hashes))
    shingles = _shingles(hashes)
    return Fingerprint(
        _minhash(shingles), shingles, _details(contexts, hashes, figures), _details(contexts, hashes, names)
    )


class Copies:
    """An index of articles that knows which repeat which. It grows by some six kilobytes an article.

    It can be rebuilt from stored fingerprints, so that a new run recognises copies of what earlier ones read.
    """

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._entries: dict[str, _Entry] = {}
        self._originals: dict[str, str] = {}
        self._copies: dict[str, set[str]] = {}
        self._index = _BandIndex()

    def __contains__(self, id: str) -> bool:
        return id in self._entries

    def add(self, article: Article, known: Fingerprint | None = None) -> dict[str, str]:
        """Take an article in; gives the links that this changes, from copy to original, both ids.

        Mostly none, or one from the article to the earliest published (then first read) of those that it repeats. When
        the article turns out to be the earliest itself, the links lead from the others to it.
        """
        if article.id in self:
            return {}
        print_ = known or fingerprint(article)
        alike = self._most_alike(print_)
        self._keep(article.id, print_, article.published)
        return self._link(article.id, self.original(alike)) if alike else {}

    def restore(self, id: str, fingerprint: bytes, published: str | None, original: str | None) -> None:
        """Take in what an earlier run stored about an article."""
        self._keep(id, Fingerprint.from_bytes(fingerprint), published)
        if original is not None:
            self._originals[id] = original
            self._copies.setdefault(original, set()).add(id)

    def original(self, id: str) -> str:
        """The id of the article that this one repeats, its own if it repeats none."""
        return self._originals.get(id, id)

    def _keep(self, id: str, print_: Fingerprint, published: str | None) -> None:
        if len(print_.shingles):
            self._index.add(print_.minhash, len(self._ids))
        self._entries[id] = _Entry(print_, (*_moment(published), len(self._ids)))
        self._ids.append(id)

    def _most_alike(self, print_: Fingerprint) -> str | None:
        """The article that this text repeats most of. A text made of two reports does not make these one."""
        candidates = [self._ids[number] for number in self._index.find(print_.minhash)]
        likeness = {id: similarity(print_, self._entries[id].print) for id in candidates}
        return max((id for id in candidates if likeness[id] > 0), key=lambda id: likeness[id], default=None)

    def _link(self, article: str, original: str) -> dict[str, str]:
        """Bring an article into a group; the earliest member is its original."""
        if self._entries[original].order < self._entries[article].order:
            links = {article: original}
        else:
            links = dict.fromkeys([original, *sorted(self._copies.pop(original, ()))], article)
        self._originals |= links
        for copy, first in links.items():
            self._copies.setdefault(first, set()).add(copy)
        return links


@dataclass(frozen=True, slots=True)
class _Entry:
    print: Fingerprint
    order: tuple[str, str, int]


def is_copy(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether two texts are versions of one report."""
    return similarity(one, other) > 0


def similarity(one: Fingerprint, other: Fingerprint) -> float:
    """Jaccard similarity of two versions of one report, 0 for texts that are none."""
    short, long = sorted((one, other), key=lambda print_: len(print_.shingles))
    if len(short.shingles) < MIN_SHINGLES:
        return float(len(short.shingles) > 0 and np.array_equal(short.shingles, long.shingles))
    shared = len(np.intersect1d(short.shingles, long.shingles, assume_unique=True))
    jaccard = shared / (len(short.shingles) + len(long.shingles) - shared)
    contained = shared / len(short.shingles)
    comparable = len(long.shingles) <= LONGEST_RATIO * len(short.shingles)
    if jaccard < SAME_JACCARD and not (comparable and contained >= SAME_CONTAINMENT):
        return 0.0
    return jaccard if _agree(short.figures, long.figures) and _agree(short.names, long.names) else 0.0


def _agree(one: Details, other: Details) -> bool:
    """Whether both texts put the same details in the same places, as far as they have such places in common."""
    one, other = _unrepeated(one), _unrepeated(other)
    _, left, right = np.intersect1d(_place(one), _place(other), assume_unique=True, return_indices=True)
    same = int(np.count_nonzero(one[left] == other[right]))
    return len(left) < MIN_DETAILS or same >= SAME_DETAILS * len(left)


def _place(details: Details) -> Hashes:
    return (details >> np.uint64(32)).astype(np.uint32)


def _unrepeated(details: Details) -> Details:
    """Without the places that the text has twice."""
    _, first, count = np.unique(_place(details), return_index=True, return_counts=True)
    once: Details = details[first[count == 1]]
    return once


def _prose(article: Article) -> str:
    """The text without furniture."""
    pieces, end = [], 0
    for span in article.furniture:
        pieces.append(article.text[end : span.start])
        end = span.end
    return normalise("".join([*pieces, article.text[end:]]))


def _shingles(words: Hashes) -> Hashes:
    """Sorted hashes of every four words in a row; of all words, if there are fewer."""
    count = max(1, len(words) - SHINGLE + 1) if len(words) else 0
    return np.unique(_mixed(words[place : place + count] for place in range(SHINGLE)))


def _contexts(words: Hashes) -> Hashes:
    """For each word a hash of the two words on either side of it."""
    around = np.pad(words, 2)
    return _mixed(around[place : place + len(words)] for place in (0, 1, 3, 4))


def _mixed(columns: Iterable[Hashes]) -> Hashes:
    """One hash for each row; a column that is shorter counts as ending in zeros."""
    rows: NDArray[np.uint64] = np.zeros(0, np.uint64)
    for column, factor in zip(columns, _MULTIPLIERS, strict=True):
        rows = rows if len(rows) else np.zeros(len(column), np.uint64)
        rows[: len(column)] += (column.astype(np.uint64) + np.uint64(1)) * factor
    return (rows >> np.uint64(32)).astype(np.uint32)


def _details(contexts: Hashes, words: Hashes, chosen: NDArray[np.bool_]) -> Details:
    """Where the chosen words stand, in the upper half, and which they are, in the lower."""
    return np.unique(contexts[chosen].astype(np.uint64) << np.uint64(32) | words[chosen].astype(np.uint64))


def _minhash(shingles: Hashes) -> Hashes:
    from datasketch import MinHash

    sketch = MinHash(PERMUTATIONS, hashfunc=int, scheme="affine32", permutations=_permutations())
    for start in range(0, len(shingles), _BATCH):
        sketch.update_batch(shingles[start : start + _BATCH])
    return np.asarray(sketch.hashvalues, np.uint32)


@cache
def _permutations() -> Any:
    from datasketch import MinHash

    return MinHash(PERMUTATIONS, scheme="affine32").permutations


def _moment(published: str | None) -> tuple[str, str]:
    """Day and UTC time for ordering; a day alone comes before its hours, an unknown day last."""
    if not published:
        return "~", ""
    if len(published) <= 10:
        return published, ""
    moment = datetime.fromisoformat(published)
    moment = moment.astimezone(UTC) if moment.tzinfo else moment
    return moment.date().isoformat(), moment.time().isoformat()


class _BandIndex:
    """Band values to article numbers, in sorted arrays that are merged as they grow: 768 bytes an article."""

    def __init__(self) -> None:
        self._recent: dict[int, list[int]] = {}
        self._count = 0
        self._segments: list[tuple[NDArray[np.uint64], Hashes]] = []

    def add(self, minhash: Hashes, number: int) -> None:
        for key in _bands(minhash).tolist():
            self._recent.setdefault(key, []).append(number)
        self._count += 1
        if self._count == _RECENT:
            self._settle()

    def find(self, minhash: Hashes) -> list[int]:
        """Numbers of the articles that share a band, ascending."""
        keys = _bands(minhash)
        found = {number for key in keys.tolist() for number in self._recent.get(key, ())}
        for segment, numbers in self._segments:
            starts, ends = np.searchsorted(segment, keys, "left"), np.searchsorted(segment, keys, "right")
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
                found.update(numbers[start:end].tolist())
        return sorted(found)

    def _settle(self) -> None:
        keys = np.fromiter((key for key, all_ in self._recent.items() for _ in all_), np.uint64)
        numbers = np.fromiter((number for all_ in self._recent.values() for number in all_), np.uint32)
        self._recent, self._count = {}, 0
        while self._segments and len(self._segments[-1][0]) <= 2 * len(keys):
            older_keys, older_numbers = self._segments.pop()
            keys, numbers = np.concatenate([older_keys, keys]), np.concatenate([older_numbers, numbers])
        order = np.argsort(keys, kind="stable")
        self._segments.append((keys[order], numbers[order]))


def _bands(minhash: Hashes) -> NDArray[np.uint64]:
    """One 64-bit value for each pair of MinHash values, different in each band."""
    return minhash.view(np.uint64) ^ _BAND_SALT
