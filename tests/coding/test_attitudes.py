"""What people want, know, favour, oppose or speak of: every construction on a sentence of our own."""

from __future__ import annotations

import pytest
from spacy.language import Language

from amity.codebook import Codebook
from amity.coding.mentions import Mentions
from amity.coding.parse import Doc
from amity.coding.voices import attributions
from amity.records import Article
from tests.coding.conftest import Read, parsed, word


@pytest.mark.parametrize(
    ("text", "cue", "source", "content"),
    [
        ("Chad backs the plan for a railway.", "backs", "Chad", "the plan for a railway"),
        ("The miners criticised the owners for closing the shaft.", "criticised", "miners", "the owners for closing"),
        ("Niger wants to join the bank.", "wants", "Niger", "to join the bank"),
        ("The envoys urged both sides to stop firing.", "urged", "envoys", "both sides to stop firing"),
        ("Farmers know that the well is dry.", "know", "Farmers", "that the well is dry"),
        ("The premier called for new elections.", "called", "premier", "new elections"),
        ("The bridge was condemned by the engineers.", "condemned", "engineers", "The bridge"),
        ("The treaty, opposed by Mali, was signed.", "opposed", "Mali", "The treaty"),
        ("Chad's support for the railway is old.", "support", "Chad", "the railway"),
        ("Mali voiced concern about the dam.", "concern", "Mali", "the dam"),
        ("The villagers are wary of the dam.", "wary", "villagers", "the dam"),
        ("Togo is willing to pay its share.", "willing", "Togo", "to pay its share"),
        ("I said that the well was dry.", "said", "I", "that the well was dry"),
        ("The mayor called the dam a danger.", "called", "mayor", "the dam a danger"),
        ("The mayor pledged “full” support for the dam.", "pledged", "mayor", "“full” support for the dam"),
        ("Chad said the dam was safe, which nobody believes.", "said", "Chad", "the dam was safe"),
        ("In a poll by the Gazette, most voters backed the dam.", "In", "poll", "most voters backed the dam"),
    ],
)
def test_attitudes_have_a_holder_and_a_content(
    nlp: Language, book: Codebook, text: str, cue: str, source: str, content: str
) -> None:
    article, doc = Article(id="a", text=text, source="a"), Doc(parsed(nlp, text))
    found = {voice.word.text: voice for voice in attributions(article, doc, book, Mentions.find(article, doc, book))}
    voice = found[cue]
    assert [token.text for token in voice.named] == [source]
    said = " … ".join(doc.span(span.start, span.end).text for span in voice.content)
    assert content in said
    assert "nobody" not in said


@pytest.mark.parametrize("text", ["Chad backs the plan.", "Niger wants to join.", "I said that the well was dry."])
def test_attitudes_make_nobody_the_source_of_a_claim(reader: Read, text: str) -> None:
    reading = reader(text)
    assert all(reading.voices.chain(token) == () for token in reading.doc)


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "said", ", said", "He, said", "Chad, said,", "in polls", "“, said", "; it said; it said;", "the the"],
)
def test_odd_texts_do_no_harm(nlp: Language, book: Codebook, text: str) -> None:
    article, doc = Article(id="a", text=text, source="a"), Doc(parsed(nlp, text))
    for voice in attributions(article, doc, book, Mentions.find(article, doc, book)):
        assert all(0 <= span.start <= span.end <= len(doc) for span in voice.content)


def test_a_wish_inside_a_report_stands_beside_it(nlp: Language, book: Codebook) -> None:
    text = "The envoy said that Niger wants to join the bank."
    article, doc = Article(id="a", text=text, source="a"), Doc(parsed(nlp, text))
    voices = attributions(article, doc, book, Mentions.find(article, doc, book))
    assert [voice.word for voice in voices] == [word(doc, "said"), word(doc, "wants")]  # type: ignore[arg-type]
