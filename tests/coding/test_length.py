"""Long and broken texts: the work for a word must not grow with the length of the text."""

from __future__ import annotations

import sys
from types import FrameType

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from amity.codebook import Codebook
from amity.coding import code
from amity.records import Article
from tests.coding.conftest import parsed

SENTENCES = {
    "paragraphs": "“Iran left,” he said.\n\nMr Smith told Reuters on Monday:\n\nIran sold 12 drones to Syria.\n\n",
    "one paragraph": "“We won,” Israel’s minister said. He told Reuters that Iran attacked, “which we saw”. They met. ",
    "persons": "President Ivan Petrov met Anna Petrova. Petrov left. Its army chief, John Smith, stayed.\n",
    "interview": "Q: Did Iran attack?\n\nA: We never attacked Israel.\n\n",
}


@pytest.mark.parametrize("text", SENTENCES.values(), ids=SENTENCES)
def test_work_grows_with_the_text_and_no_faster(text: str, nlp: Language, book: Codebook) -> None:
    part = parsed(nlp, text)
    part.user_data.clear()
    short, long = (Doc.from_docs([part] * times, ensure_whitespace=False) for times in (20, 80))
    code(_article(short), short, book)  # what is loaded once is loaded now
    assert _calls(long, book) < 1.3 * 4 * _calls(short, book)


def test_quotations_without_end_cost_no_more_than_words(nlp: Language, book: Codebook) -> None:
    few, many = (_words(nlp, ["“"] * depth + ["Israel", "left"] + ["”"] * depth) for depth in (300, 1200))
    assert _calls(many, book) < 1.3 * 4 * _calls(few, book)


def _words(nlp: Language, words: list[str]) -> Doc:
    """A sentence whose words all hang on the first."""
    rest = len(words) - 1
    return Doc(nlp.vocab, words, [False] * (rest + 1), deps=["ROOT", *["punct"] * rest], heads=[0] * (rest + 1))


def _article(doc: Doc) -> Article:
    return Article(id="test", text=doc.text, source="test")


def _calls(doc: Doc, book: Codebook) -> int:
    """Calls of functions while a text is coded: a measure of work that no busy machine disturbs."""
    count = 0

    def called(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        code(_article(doc), doc, book)
    finally:
        sys.setprofile(before)
    return count
