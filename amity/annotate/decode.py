"""From scores to structures: trees (Chu-Liu/Edmonds) and names (Viterbi over BIO)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

NEVER = -1e6


def trees(arcs: Floats, sentence: Ints) -> tuple[Ints, Floats]:
    """Return the head of every word (0 for the root of its sentence, else its number from 1) and its probability.

    `arcs` (words by root and words) holds the score of every arc, `sentence` the number of every word's sentence.
    Each sentence becomes a tree with one root; where the best arcs make none, the best tree is searched. The
    probability is that of the arc among those of its word inside the sentence.
    """
    scores = arcs.copy()
    scores[:, 1:][sentence[:, None] != sentence[None, :]] = NEVER
    np.fill_diagonal(scores[:, 1:], NEVER)
    heads: Ints = scores.argmax(1)
    powers = np.exp(scores - scores.max(1, keepdims=True))
    for number in _broken(heads, sentence):
        words = np.flatnonzero(sentence == number)
        first, last = int(words[0]), int(words[-1]) + 1
        columns = np.r_[0, first + 1 : last + 1]
        local = best_tree(scores[first:last][:, columns])
        heads[first:last] = np.where(local > 0, local + first, 0)
    return heads, powers[np.arange(len(heads)), heads] / powers.sum(1)


def _broken(heads: Ints, sentence: Ints) -> Ints:
    """Return the sentences whose arcs have not exactly one root, or a cycle."""
    count = int(sentence[-1]) + 1 if len(sentence) else 0
    roots = np.bincount(sentence[heads == 0], minlength=count)
    above = np.concatenate([[0], heads])
    for _ in range(max(1, len(heads).bit_length())):
        above = above[above]
    cyclic = np.bincount(sentence[above[1:] != 0], minlength=count)
    return np.flatnonzero((roots != 1) | (cyclic > 0))


def best_tree(scores: Floats) -> Ints:
    """Return the heads of the highest-scoring tree with exactly one root (0), for words by root and words."""
    words = len(scores)
    if words == 1:
        return np.zeros(1, np.int64)
    best, most = np.zeros(words, np.int64), -np.inf
    for root in _candidates(scores):
        square = np.full((words + 1, words + 1), NEVER * (words + 1))
        square[1:, 1:] = scores[:, 1:]
        square[root + 1] = NEVER
        square[root + 1, 0] = 0
        np.fill_diagonal(square, NEVER * (words + 1))
        heads = _edmonds(square)[1:]
        total = float(scores[np.arange(words), heads].sum())
        if total > most:
            best, most = heads, total
    return best


def _candidates(scores: Floats) -> Ints:
    """Return the words that lose least by hanging on the root: those whose best arc it is, else the likeliest three."""
    loss = scores[:, 1:].max(1) - scores[:, 0]
    ordered: Ints = np.argsort(loss, kind="stable")
    return ordered[: max(3, min(5, int((loss <= 0).sum())))]


def _edmonds(scores: NDArray[np.float64]) -> Ints:
    """Chu-Liu/Edmonds on a square matrix of dependents by heads; node 0 is the root."""
    heads: Ints = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    rest = np.array([node for node in range(len(heads)) if node not in cycle])
    inside = np.array(sorted(cycle))
    own = scores[inside, heads[inside]]
    size = len(rest) + 1
    contracted = np.full((size, size), NEVER * len(heads))
    contracted[:-1, :-1] = scores[np.ix_(rest, rest)]
    into = scores[np.ix_(inside, rest)] - own[:, None] + own.sum()
    out = scores[np.ix_(rest, inside)]
    contracted[-1, :-1] = into.max(0)
    contracted[:-1, -1] = out.max(1)
    contracted[0, -1] = NEVER * len(heads)
    solved = _edmonds(contracted)
    result = heads.copy()
    for place, node in enumerate(rest[1:], 1):
        result[node] = inside[out[place].argmax()] if solved[place] == size - 1 else rest[solved[place]]
    outer = int(solved[-1])
    broken = inside[into[:, outer].argmax()]
    result[broken] = rest[outer]
    return result


def _cycle(heads: Ints) -> set[int] | None:
    state = np.zeros(len(heads), np.int8)
    state[0] = 2
    for start in range(1, len(heads)):
        path: list[int] = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return set(path[path.index(node) :])
        state[path] = 2
    return None


class NameDecoder:
    """The best sequence of BIO labels in which no name begins with I: argmax, and Viterbi where that fails."""

    def __init__(self, labels: list[str]) -> None:
        kinds = [label[2:] for label in labels]
        self._follows = np.array(
            [
                [after[0] != "I" or (before[0] in "BI" and kinds[b] == kinds[a]) for a, after in enumerate(labels)]
                for b, before in enumerate(labels)
            ]
        )
        self._begins = np.array([label[0] != "I" for label in labels])

    def __call__(self, scores: Floats, sentence: Ints) -> Ints:
        """Return a label's number for every word; `scores` are words by labels."""
        best: Ints = scores.argmax(1)
        first = np.ones(len(best), bool)
        first[1:] = sentence[1:] != sentence[:-1]
        wrong = np.where(first, ~self._begins[best], ~self._follows[np.r_[0, best[:-1]], best])
        for number in np.unique(sentence[wrong]):
            words = sentence == number
            best[words] = self._viterbi(scores[words])
        return best

    def _viterbi(self, scores: Floats) -> Ints:
        closed = np.where(self._follows, 0.0, NEVER)
        total = scores[0] + np.where(self._begins, 0.0, NEVER)
        back = np.zeros(scores.shape, np.int64)
        for place in range(1, len(scores)):
            reached = total[:, None] + closed
            back[place] = reached.argmax(0)
            total = reached.max(0) + scores[place]
        path = np.empty(len(scores), np.int64)
        path[-1] = total.argmax()
        for place in range(len(scores) - 1, 0, -1):
            path[place - 1] = back[place, path[place]]
        return path


class NameEnds:
    """Takes words off names that no name begins or ends with: "United Nations and" becomes "United Nations"."""

    def __init__(self, labels: list[str]) -> None:
        self._out = labels.index("O")
        self._inside = np.array([label[0] == "I" for label in labels])
        self._begin_of = np.array([labels.index(f"B-{label[2:]}") if label != "O" else self._out for label in labels])

    def __call__(self, names: Ints, loose: NDArray[np.bool_]) -> None:
        """Rewrite the labels `names` in place; `loose` says of every word whether it cannot be an end."""
        for _ in range(len(names)):
            named, inside = names != self._out, self._inside[names]
            follows = np.r_[inside[1:], False]
            cut = loose & named & (~inside | ~follows)
            if not cut.any():
                break
            after = np.flatnonzero(cut & ~inside & follows) + 1
            names[after] = self._begin_of[names[after]]
            names[cut] = self._out


class NameKinds:
    """Makes a document's names consistent: the same words get the same kind, the likeliest over all their places."""

    def __init__(self, labels: list[str]) -> None:
        self._kinds = sorted({label[2:] for label in labels} - {""})
        self._columns = [[n for n, label in enumerate(labels) if label[2:] == kind] for kind in self._kinds]
        self._begin = np.array([labels.index(f"B-{kind}") for kind in self._kinds])
        self._inside = np.array([labels.index(f"I-{kind}") for kind in self._kinds])
        self._insides = set(self._inside.tolist())

    def __call__(self, names: Ints, scores: Floats, forms: list[str]) -> None:
        """Rewrite the labels `names` in place; `scores` are words by labels."""
        places: dict[tuple[str, ...], list[tuple[int, int]]] = {}
        for start in np.flatnonzero(np.isin(names, self._begin)).tolist():
            end = start + 1
            while end < len(names) and int(names[end]) in self._insides:
                end += 1
            places.setdefault(tuple(forms[start:end]), []).append((start, end))
        for spans in places.values():
            if len({int(names[start]) for start, _ in spans}) > 1:
                kind = int(sum(self._likelihood(scores[start:end]) for start, end in spans).argmax())  # type: ignore[union-attr]
                for start, end in spans:
                    names[start:end] = self._inside[kind]
                    names[start] = self._begin[kind]

    def _likelihood(self, scores: Floats) -> Floats:
        powers = np.exp(scores - scores.max(1, keepdims=True))
        shares = np.stack([powers[:, columns].sum(1) for columns in self._columns], 1) / powers.sum(1, keepdims=True)
        mean: Floats = np.log(shares + 1e-4).mean(0)
        return mean
