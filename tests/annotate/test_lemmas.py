from __future__ import annotations

import pytest

from amity.annotate import MODEL
from amity.annotate.lemmas import Lemmatizer

PAST = "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin"
PASSIVE = "Tense=Past|VerbForm=Part|Voice=Pass"


@pytest.mark.parametrize(
    ("form", "upos", "feats", "lemma"),
    [
        ("sold", "VERB", PAST, "sell"),
        ("fought", "VERB", PAST, "fight"),
        ("fled", "VERB", PAST, "flee"),
        ("accused", "VERB", PASSIVE, "accuse"),
        ("signed", "VERB", PASSIVE, "sign"),
        ("Visiting", "VERB", "VerbForm=Ger", "visit"),
        ("denies", "VERB", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "deny"),
        ("were", "AUX", "Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin", "be"),
        ("countries", "NOUN", "Number=Plur", "country"),
        ("UAVs", "NOUN", "Number=Plur", "UAV"),
        ("Baku", "PROPN", "Number=Sing", "Baku"),
        ("Iranian", "ADJ", "Degree=Pos", "Iranian"),
        ("Other", "ADJ", "Degree=Pos", "other"),
        ("worst", "ADJ", "Degree=Sup", "bad"),
        ("I", "PRON", "Case=Nom|Number=Sing|Person=1|PronType=Prs", "I"),
    ],
)
def test_lemmas(form: str, upos: str, feats: str, lemma: str) -> None:
    vocabulary = set((MODEL / "vocabulary.txt").read_text(encoding="utf-8").split("\n"))
    assert Lemmatizer(MODEL / "lemmas.json", vocabulary)(form, upos, feats) == lemma
