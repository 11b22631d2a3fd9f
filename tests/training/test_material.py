from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np
import pytest
import spacy

from amity.annotate import MODEL
from amity.annotate.pieces import MAX_PIECES, WordPieces, plain, shape
from amity.annotate.tokenizer import build_tokenizer
from training import corpora, gazetteer
from training.windows import IGNORE, NAME_LABELS, Labels, Noise, batches, windows

if TYPE_CHECKING:
    from pathlib import Path

CONLLU = """# newdoc id = one
# newpar
1-2	Don't	_	_	_	_	_	_	_	_
1	Do	do	AUX	VBP	Mood=Imp|VerbForm=Fin	3	aux	_	_
2	n't	not	PART	RB	Polarity=Neg	3	advmod	_	_
3	go	go	VERB	VB	VerbForm=Inf	0	root	_	SpaceAfter=No
4	.	.	PUNCT	.	_	3	punct	_	_

1	Iran	Iran	PROPN	NNP	Number=Sing|Typo=Yes	2	nsubj	_	_
2	sold	sell	VERB	VBD	Tense=Past|VerbForm=Fin	0	root	_	_
3	it	it	PRON	PRP	Case=Acc	2	obj	_	SpaceAfter=No
4	.	.	PUNCT	.	_	2	punct	_	_

# newdoc id = two
1	Yes	yes	INTJ	UH	_	0	root	_	_

"""

VOCABULARY = (MODEL / "vocabulary.txt").read_text(encoding="utf-8").split("\n")[:-1]


@pytest.fixture
def documents(tmp_path: Path) -> list[corpora.Document]:
    path = tmp_path / "bank.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    return corpora.treebank(path)


def test_treebank_gives_text_back(documents: list[corpora.Document]) -> None:
    assert [corpora.text_of(document)[0] for document in documents] == ["Don't go. Iran sold it.", "Yes"]
    text, offsets = corpora.text_of(documents[0])
    assert [text[start:end] for start, end in offsets[1]] == ["Iran", "sold", "it", "."]


def test_only_features_of_grammar_are_kept(documents: list[corpora.Document]) -> None:
    assert documents[0][1].feats[0] == "Number=Sing"


def test_names_of_other_corpora_become_ours() -> None:
    labels = corpora.rename(["B-geo", "I-geo", "O", "B-tim", "I-per"], corpora.GMB)
    assert labels == ["B-LOC", "I-LOC", "O", "O", "B-PERSON"]
    assert corpora.spans(labels) == [(0, 2, "LOC"), (4, 5, "PERSON")]


def test_nationalities_are_found_outside_names() -> None:
    forms = ["South", "Korean", "troops", "met", "Iranian", "ones"]
    assert corpora.demonyms(forms, ["O"] * 6) == ["B-NORP", "I-NORP", "O", "O", "B-NORP", "O"]
    assert gazetteer.is_demonym("ISRAELI")
    assert not gazetteer.is_demonym("Baku")


def test_words_of_another_tokenization_are_split_as_ours() -> None:
    tokenizer = build_tokenizer(spacy.blank("en"))
    forms, labels = ["Israeli-made", "drones", "of", "al-Qaida", "."], ["B-gpe", "O", "O", "B-org", "O"]
    sentence = corpora.retokenized(forms, labels, tokenizer)
    assert sentence.forms == ["Israeli", "-", "made", "drones", "of", "al", "-", "Qaida", "."]
    assert sentence.spaced == [False, False, False, True, True, True, False, False, False]
    assert sentence.names[5:8] == ["B-org", "I-org", "I-org"]


def test_machine_labels_are_settled_by_majority() -> None:
    def sentence(label: str) -> corpora.Sentence:
        return corpora.Sentence(["Xanadu"], [False], names=[f"B-{label}"])

    documents = [[sentence("LOC")] for _ in range(9)] + [[sentence("ORG")]]
    corpora.settle(documents)
    assert {document[0].names[0] for document in documents} == {"B-LOC"}


def test_windows_say_what_the_corpus_says(documents: list[corpora.Document]) -> None:
    labels = Labels.from_documents(documents, least=1)
    window = next(windows(documents, WordPieces(VOCABULARY), labels, 100, random.Random(1)))
    assert len(window.first) == 8
    assert window.starts.tolist() == [IGNORE, 0, 0, 0, 1, 0, 0, 0]  # the paragraph says it already
    assert window.heads.tolist() == [3, 3, 0, 3, 6, 0, 6, 6]
    assert labels.relations[window.relations[4]] == "nsubj"
    assert (window.names == IGNORE).all()
    assert len(window.ids) == len(window.shapes)


def test_windows_with_noise_stay_well_formed(documents: list[corpora.Document]) -> None:
    labels = Labels.from_documents(documents, least=1)
    for sentence in documents[0]:
        sentence.names = ["B-PERSON" if form == "Iran" else "O" for form in sentence.forms]
    noise = Noise(persons=["Erdoğan"], places=["Baku"])
    for seed in range(60):
        for window in windows(documents * 3, WordPieces(VOCABULARY), labels, 24, random.Random(seed), noise):
            assert len({len(getattr(window, name)) for name in ("first", "starts", "tags", "heads", "names")}) == 1
            assert window.heads.max() <= len(window.first)
            assert window.first.max() < len(window.ids)
            assert set(window.names.tolist()) <= {*range(len(NAME_LABELS)), IGNORE}


def test_batches_hold_what_fits(documents: list[corpora.Document]) -> None:
    labels = Labels.from_documents(documents, least=1)
    items = list(windows(documents * 20, WordPieces(VOCABULARY), labels, 30, random.Random(1)))
    groups = batches(items, 60, random.Random(2), lambda window: len(window.ids))
    assert sum(map(len, groups)) == len(items)
    assert all(len(group) == 1 or max(len(w.ids) for w in group) * len(group) <= 60 for group in groups)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("Erdoğan", "erdogan"),
        ("“", '"'),
        ("–", "-"),
        ("—", "--"),
        ("Əliyev", "aliyev"),
        ("İstanbul", "istanbul"),
        ("\u200bIran", "iran"),
    ],
)
def test_plain_forms(form: str, expected: str) -> None:
    assert plain(form) == expected


def test_pieces_and_shapes() -> None:
    pieces = WordPieces(VOCABULARY)
    assert [VOCABULARY[number] for number in pieces("Azerbaijan")] == ["azerbaijan"]
    assert len(pieces("x" * 100_000)) <= MAX_PIECES
    assert pieces("\u200b") == (pieces.unknown,)
    assert len({shape(form, True) for form in ("iran", "Iran", "IRAN", "I", "McCain", "12", "?!", "3rd")}) >= 7
    assert shape("Iran", True) != shape("Iran", False)
    assert np.all([0 <= shape(form, spaced) < 16 for form in ("", "é", "中") for spaced in (True, False)])
