"""The linear model of given pairs: what it sees, and that it is judged by what it has not seen."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from amity.evaluation.gating import features, guesses, path

WORDS = "Norland 's envoy openly scolded Sudland".split()


def doc() -> Doc:
    return Doc(
        spacy.blank("en").vocab,
        words=WORDS,
        heads=[2, 0, 4, 4, 4, 4],
        deps="nmod:poss case nsubj advmod ROOT obj".split(),
        lemmas="Norland 's envoy openly scold Sudland".split(),
        spaces=[False, True, True, True, True, False],
    )


def test_the_path_leaves_its_ends_out() -> None:
    read = doc()
    assert [token.text for token in path(read[0], read[5])] == ["envoy", "scolded"]
    assert [token.text for token in path(read[2], read[5])] == ["scolded"]
    assert path(read[4], read[4]) == []


def test_words_are_seen_by_where_they_stand() -> None:
    seen = features(doc(), (0, 7), (28, 35), {"claims ACCUSE": 0.6})
    assert {"source norland", "outside scold", "target sudland", "between envoy", "path envoy scold"} <= seen.keys()
    assert seen["source is nmod:poss"] == 1.0 and seen["claims ACCUSE"] == 0.6
    assert not any(name.startswith(("path", "target")) for name in features(doc(), (0, 7), None, {}))


def test_what_other_sentences_show_is_learned() -> None:
    seen = [{f"outside {'praise' if n % 2 else 'scold'}": 1.0, "outside the": 1.0} for n in range(60)]
    types = ["SUPPORT" if n % 2 else "ACCUSE" for n in range(60)]
    assert guesses(seen, types, [f"sentence {n}" for n in range(60)]) == types


def test_nothing_is_learned_from_the_same_sentence() -> None:
    """All pairs are of one sentence: there is nothing to learn from, and one class is guessed for all."""
    seen = [{"outside praise": 1.0}] * 4
    assert len(set(guesses(seen, ["SUPPORT", "ACCUSE"] * 2, ["one"] * 4))) == 1
