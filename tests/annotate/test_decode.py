from __future__ import annotations

import itertools

import numpy as np
import pytest

from amity.annotate.decode import NameDecoder, NameEnds, NameKinds, best_tree, trees

LABELS = ["O", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]


def is_tree(heads: tuple[int, ...]) -> bool:
    def depth(word: int) -> int:
        steps = 0
        while word and steps <= len(heads):
            word, steps = heads[word - 1], steps + 1
        return steps

    return sum(head == 0 for head in heads) == 1 and all(depth(n + 1) <= len(heads) for n in range(len(heads)))


@pytest.mark.parametrize("seed", range(40))
def test_best_tree_is_the_best_of_all_trees(seed: int) -> None:
    rng = np.random.default_rng(seed)
    words = int(rng.integers(2, 6))
    scores = rng.normal(size=(words, words + 1)).astype(np.float32)
    np.fill_diagonal(scores[:, 1:], -1e6)
    trees = [heads for heads in itertools.product(range(words + 1), repeat=words) if is_tree(heads)]
    best = max(sum(scores[word, head] for word, head in enumerate(heads)) for heads in trees)
    found = best_tree(scores)
    assert is_tree(tuple(int(head) for head in found))
    assert scores[np.arange(words), found].sum() == pytest.approx(best, abs=1e-4)


def test_heads_stay_inside_their_sentence() -> None:
    rng = np.random.default_rng(7)
    arcs = rng.normal(size=(60, 61)).astype(np.float32)
    sentence = np.repeat(np.arange(6), 10)
    heads, confidence = trees(arcs, sentence)
    assert ((confidence > 0) & (confidence <= 1)).all()
    for number in range(6):
        own = heads[sentence == number]
        assert (own == 0).sum() == 1
        inside = own[own > 0] - 1
        assert (sentence[inside] == number).all()
        assert is_tree(tuple(int(head) - number * 10 if head else 0 for head in own))


def test_names_never_begin_inside() -> None:
    decode = NameDecoder(LABELS)
    scores = np.array([[0, 1, 2, 0, 0], [0, 0, 3, 0, 0], [1, 0, 0, 0, 2], [5, 0, 0, 0, 0]], np.float32)
    found = [LABELS[label] for label in decode(scores, np.zeros(4, np.int64))]
    assert found[:2] == ["B-ORG", "I-ORG"]
    assert found[2] != "I-LOC"


def test_valid_names_are_left_alone() -> None:
    decode = NameDecoder(LABELS)
    scores = np.eye(5, dtype=np.float32)[[0, 1, 2, 0, 3]]
    assert decode(scores, np.array([0, 0, 0, 1, 1])).tolist() == [0, 1, 2, 0, 3]


def test_the_same_name_has_one_kind_in_a_document() -> None:
    names = np.array([1, 0, 3, 0, 3, 4])
    scores = np.eye(5, dtype=np.float32)[names] * 2
    scores[2, 3] = 9
    NameKinds(LABELS)(names, scores, ["Baku", "and", "Baku", "or", "Black", "Sea"])
    assert names.tolist() == [3, 0, 3, 0, 3, 4]


def test_names_do_not_end_in_function_words() -> None:
    names = np.array([1, 2, 2, 1, 0, 3, 4, 4, 1])
    loose = np.array([False, False, True, False, True, True, False, True, True])
    NameEnds(LABELS)(names, loose)
    assert names.tolist() == [1, 2, 0, 1, 0, 0, 3, 0, 0]
