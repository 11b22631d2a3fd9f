from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.annotate.pipeline import BoundedTokenizer
from amity.annotate.tokenizer import build_tokenizer

BLANK = spacy.blank("en")
TOKENIZER = BoundedTokenizer(BLANK.vocab, build_tokenizer(BLANK))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He can't, won’t and cannot go.", "He ca n't , wo n’t and can not go ."),
        ("Iran’s and Israel's", "Iran ’s and Israel 's"),
        ("the states' armies", "the states ' armies"),
        ("on 2–5 April, 1988–1994", "on 2 – 5 April , 1988 – 1994"),
        ("2 – 5 April", "2 – 5 April"),
        ("Russo–Iranian and U.S.-led talks", "Russo – Iranian and U.S. - led talks"),
        ("anti-Israeli, non-Muslim", "anti-Israeli , non-Muslim"),
        ("Brig. Gen. Dehqan said on Oct. 4.", "Brig. Gen. Dehqan said on Oct. 4 ."),
        ("Dr. Smith of the U.S. left.", "Dr. Smith of the U.S. left ."),
        ("$3.5bn (20km) 7%", "$ 3.5 bn ( 20 km ) 7 %"),
        ("“We will,” he said…", "“ We will , ” he said …"),
        ("see https://example.org/a-b?c=1.", "see https://example.org/a-b?c=1 ."),
        ("He left.He came back", "He left . He came back"),
        ("F-16s and S-300", "F - 16s and S - 300"),
        ("Didn't it?!", "Did n't it ?!"),
    ],
)
def test_words_are_those_of_universal_dependencies(text: str, words: str) -> None:
    assert " ".join(token.text for token in TOKENIZER(text)) == words


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_offsets_are_exact_for_any_text(text: str) -> None:
    doc = TOKENIZER(text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


def test_endless_runs_are_cut_and_kept() -> None:
    text = "Before " + "(" * 300_000 + " after, and " + "x" * 50_000
    doc = TOKENIZER(text)
    assert doc.text == text
    assert max(map(len, doc)) <= 1000
    assert [doc[0].text, doc[-1].text[0]] == ["Before", "x"]
