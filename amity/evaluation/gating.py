"""The type of a given pair by a linear model that learns from other pairs of the same set, in cross-validation.

It sees what amity sees around the pair: types of its claims and of the event reader, words inside and outside of the
two, and the words above and between them in the parse. Pairs of one sentence are always in the same fold. The model is
thrown away: it shows how far the features carry when a set's own conventions may be learned.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FOLDS = 5
PENALTY = 1.0
STEPS = 60
RARE = 1  # a feature that stands in no more sentences is left out

Span = tuple[int, int]
Features = Mapping[str, float]


def features(doc: Doc, source: Span | None, target: Span | None, types: Mapping[str, float]) -> dict[str, float]:
    """What is seen of a pair; `types` are the weights that amity gives to event types, under names of their own."""
    seen = dict.fromkeys(_words(doc, source, target), 1.0)
    ends = [_head(doc, span) for span in (source, target)]
    for name, head in zip(("source", "target"), ends, strict=True):
        if head is not None:
            seen |= dict.fromkeys(_above(name, head), 1.0)
    if ends[0] is not None and ends[1] is not None:
        between = [token.lemma_.lower() for token in path(ends[0], ends[1])]
        seen |= dict.fromkeys((f"between {lemma}" for lemma in between), 1.0)
        seen[f"path {' '.join(between)}"] = 1.0
    return seen | dict(types)


def _words(doc: Doc, source: Span | None, target: Span | None) -> Iterator[str]:
    for token in doc:
        if not (token.is_punct or token.is_space):
            place = "source" if _inside(token, source) else "target" if _inside(token, target) else "outside"
            yield f"{place} {token.lemma_.lower()}"


def _inside(token: Token, span: Span | None) -> bool:
    return span is not None and span[0] <= token.idx < span[1]


def _head(doc: Doc, span: Span | None) -> Token | None:
    words = doc.char_span(*span, alignment_mode="expand") if span else None
    return words.root if words is not None else None


def _above(name: str, head: Token) -> Iterator[str]:
    """The words that govern a party, what else they govern, and how the party depends on them."""
    yield f"{name} is {head.dep_}"
    for height, token in enumerate(list(head.ancestors)[:2]):
        yield f"{name} under {height} {token.lemma_.lower()}"
        yield f"under {token.lemma_.lower()}"
    if name == "source":
        for child in head.head.children:
            yield f"with {head.head.lemma_.lower()} {child.lemma_.lower()}"
            yield f"with {child.dep_} {child.lemma_.lower()}"


def path(one: Token, other: Token) -> list[Token]:
    """The words that join two in the parse, both left out; none when they are in different sentences."""
    up, down = [one, *one.ancestors], [other, *other.ancestors]
    known = {token.i: height for height, token in enumerate(up)}
    for depth, token in enumerate(down):
        if token.i in known:
            return [*up[1 : known[token.i] + 1], *down[1:depth]]
    return []


def guesses(seen: Sequence[Features], types: Sequence[str], sentences: Iterable[str]) -> list[str]:
    """The type of every pair, each guessed by a model that has not seen its fold."""
    import numpy as np

    classes = sorted(set(types))
    numbers = np.array([classes.index(kind) for kind in types])
    folds = np.array([_fold(sentence) for sentence in sentences])
    table = _matrix(seen)
    found = np.zeros(len(types), int)
    for fold in range(FOLDS):
        held = folds == fold
        if held.any() and not held.all():
            weights = _fitted(table[~held], numbers[~held], len(classes))
            found[held] = (table[held] @ weights).argmax(axis=1)
    return [classes[number] for number in found]


def _fold(sentence: str) -> int:
    return hashlib.sha256(sentence.encode()).digest()[0] % FOLDS


def _matrix(seen: Sequence[Features]) -> Any:
    """Pairs by features, rare ones left out."""
    from scipy import sparse

    common = Counter(name for one in seen for name in one)
    place = {name: column for column, name in enumerate(sorted(name for name in common if common[name] > RARE))}
    cells = [(row, place[name], value) for row, one in enumerate(seen) for name, value in one.items() if name in place]
    rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(seen), max(len(place), 1)))


def _fitted(table: Any, numbers: Any, classes: int) -> Any:
    """Weights of a multinomial logistic regression with a quadratic penalty: features by classes."""
    import numpy as np
    from scipy.optimize import minimize

    shape = (table.shape[1], classes)
    wanted = np.eye(classes)[numbers]

    def loss(flat: Any) -> tuple[float, Any]:
        scores = table @ flat.reshape(shape)
        scores -= scores.max(axis=1, keepdims=True)
        logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        slope = table.T @ (np.exp(logs) - wanted) + PENALTY * flat.reshape(shape)
        return -float((logs * wanted).sum()) + PENALTY / 2 * float(flat @ flat), slope.ravel()

    start = np.zeros(shape[0] * classes)
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return best.x.reshape(shape)
