from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from amity.annotate import annotate
from amity.annotate.reader import _openings, _window_end

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

ARTICLE = """Azerbaijan Buys Drones From Israel

BAKU, Oct. 4 (Reuters) – Azerbaijan bought 20 drones from Israel, Brig. Gen. Houssein Dehqan told Recep Tayyip Erdoğan.
“We were not informed,” the Iranian minister said. The deal was signed by the Defence Ministry in Baku on 2–5 April.

It would not be the first such deal: in 1988–1994 Russia sold weapons to both sides.
"""


def word(doc: Doc, text: str) -> Token:
    return next(token for token in doc if token.text == text)


def sentences(doc: Doc) -> list[str]:
    return [sentence.text.strip() for sentence in doc.sents]


@pytest.fixture(scope="module")
def article(nlp: Language) -> Doc:
    return nlp(ARTICLE)


def test_sentences_of_news(article: Doc) -> None:
    found = sentences(article)
    assert found[0] == "Azerbaijan Buys Drones From Israel"
    assert any(sentence.endswith("Recep Tayyip Erdoğan.") and "Brig. Gen." in sentence for sentence in found)
    assert "“We were not informed,” the Iranian minister said." in found
    assert "The deal was signed by the Defence Ministry in Baku on 2–5 April." in found


def test_offsets_are_exact(article: Doc) -> None:
    assert article.text == ARTICLE
    assert all(ARTICLE[token.idx : token.idx + len(token)] == token.text for token in article)


def test_every_sentence_is_one_tree(article: Doc) -> None:
    for sentence in article.sents:
        roots = [token for token in sentence if token.dep_ == "ROOT"]
        assert len(roots) == 1
        assert all(sentence.start <= token.head.i < sentence.end for token in sentence)
        assert all((token.head.i == token.i) == (token.dep_ == "ROOT") for token in sentence)


def test_white_space_is_no_word(article: Doc) -> None:
    for token in article:
        assert (token.pos_ == "SPACE") == token.is_space
        assert not (token.is_space and token.dep_ == "ROOT")


def test_passive_and_agent(article: Doc) -> None:
    signed = word(article, "signed")
    assert signed.morph.get("Voice") == ["Pass"]
    assert signed.lemma_ == "sign"
    deps = {child.dep_: child.text for child in signed.children}
    assert deps["nsubj:pass"] == "deal"
    assert deps["obl:agent"] == "Ministry"


def test_active_past_with_recipient(article: Doc) -> None:
    sold = word(article, "sold")
    assert sold.lemma_ == "sell"
    assert sold.morph.get("Tense") == ["Past"]
    assert sold.morph.get("VerbForm") == ["Fin"]
    assert {child.text: child.dep_ for child in sold.children}["weapons"] == "obj"


def test_headline(article: Doc) -> None:
    buys = word(article, "Buys")
    assert (buys.pos_, buys.lemma_, buys.dep_) == ("VERB", "buy", "ROOT")
    assert {child.dep_ for child in buys.children} >= {"nsubj", "obj"}


def test_capital_headline(nlp: Language) -> None:
    doc = nlp("ISRAEL ATTACKS IRAN\n\nIsrael attacked Iran on Monday.")
    assert sentences(doc) == ["ISRAEL ATTACKS IRAN", "Israel attacked Iran on Monday."]
    assert (doc[1].pos_, doc[0].dep_, doc[2].dep_) == ("VERB", "nsubj", "obj")


def test_names(article: Doc) -> None:
    names = {(name.text, name.label_) for name in article.ents}
    assert {("Azerbaijan", "GPE"), ("Israel", "GPE"), ("Russia", "GPE"), ("Iranian", "NORP")} <= names
    assert {("Houssein Dehqan", "PERSON"), ("Recep Tayyip Erdoğan", "PERSON")} <= names
    assert ("Baku", "LOC") in names
    assert not any("Gen." in name for name, _ in names)


def test_names_without_article_of_their_own(nlp: Language) -> None:
    doc = nlp("The United Nations and NATO condemned France, Lagos and the Nigerian president Bola Tinubu.")
    assert {(name.text.removeprefix("the ").removeprefix("The "), name.label_) for name in doc.ents} == {
        ("United Nations", "ORG"), ("NATO", "ORG"), ("France", "GPE"), ("Lagos", "LOC"), ("Nigerian", "NORP"),
        ("Bola Tinubu", "PERSON"),
    }  # fmt: skip


def test_moods_and_modals(nlp: Language) -> None:
    doc = nlp("Iran will not attack. Iran could have attacked. Attack now!")
    assert word(doc, "attack").morph.get("VerbForm") == ["Inf"]
    assert {child.lemma_: child.dep_ for child in word(doc, "attack").children}["will"] == "aux"
    assert {child.lemma_ for child in word(doc, "attacked").children if child.dep_ == "aux"} == {"could", "have"} or {
        child.lemma_ for child in word(doc, "attacked").children if child.dep_ == "aux"
    } == {"can", "have"}


def test_typography_changes_nothing(nlp: Language) -> None:
    curly = nlp("“Iran’s plan won’t work,” he said — again.")
    plain = nlp("\"Iran's plan won't work,\" he said -- again.")
    assert [(t.pos_, t.dep_, t.head.i) for t in curly] == [(t.pos_, t.dep_, t.head.i) for t in plain]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n \t\n", ".", "\n\nIran.\n", "\u200b", "\ufeffIran spoke.", "\x00\x07", "😀😀 ok"]
)
def test_little_and_odd_texts(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert len(list(doc.sents)) <= 2
    assert list(doc.ents) is not None


def test_every_unicode_category(nlp: Language) -> None:
    text = " ".join(chr(point) for point in range(0x20, 0x30000, 97) if not 0xD800 <= point < 0xE000)
    (doc,) = annotate(nlp, [text])
    assert doc.text == text
    assert doc.has_annotation("DEP")


def test_lone_surrogates_are_replaced_in_place(nlp: Language) -> None:
    (doc,) = annotate(nlp, ["Iran \ud800 spoke."])
    assert doc.text == "Iran \ufffd spoke."


def test_long_sentences_and_words(nlp: Language) -> None:
    text = "Iran and " * 1500 + "x" * 5000 + " spoke"
    (doc,) = annotate(nlp, [text])
    assert doc.text == text
    assert len(list(doc.sents)) > 3


def test_texts_stay_in_order_and_apart(nlp: Language) -> None:
    texts = [ARTICLE, "", "Iran spoke.", ARTICLE * 2]
    together = [doc.to_json() for doc in annotate(nlp, texts, batch_size=2)]
    alone = [doc.to_json() for text in texts for doc in annotate(nlp, [text])]
    assert together == alone


def test_reading_twice_gives_the_same(nlp: Language) -> None:
    first, second = nlp(ARTICLE), nlp(ARTICLE)
    assert first.to_json() == second.to_json()
    assert [t._.parse_score for t in first] == [t._.parse_score for t in second]


def test_confidence_is_a_probability(article: Doc) -> None:
    scores = [token._.parse_score for token in article if not token.is_space]
    assert all(0 <= score <= 1.0001 for score in scores)
    assert sum(scores) / len(scores) > 0.7


def test_a_stream_is_read_lazily(nlp: Language) -> None:
    taken: list[int] = []

    def texts() -> object:
        for number in range(100):
            taken.append(number)
            yield "Iran spoke."

    stream = annotate(nlp, texts(), batch_size=4)
    next(stream)
    assert len(taken) <= 4


def test_windows_end_with_paragraphs_where_they_can(nlp: Language) -> None:
    reader = nlp.get_pipe("amity_reader")
    paragraph = "Iran and Israel spoke about weapons and borders in Baku. " * 6
    words = reader._words(nlp.make_doc(paragraph + "\n\n" + paragraph + "\n\n" + paragraph))
    end = _window_end(words, 0, 100)
    assert words.before[end] == 2
    assert _openings(np.array([-1.0, -1.0, 3.0]), [0, 2, 0]).tolist() == [0, 1, 2]


def test_sentences_do_not_break_after_a_date(nlp: Language) -> None:
    text = "In early October 2011 Turkish frigates left the harbour. On 12 February Iran handed over the note."
    assert sentences(nlp(text)) == [text[:56], text[57:]]
