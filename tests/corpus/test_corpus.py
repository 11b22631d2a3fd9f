"""What the corpus promises, as far as it can be told without parsing; sameness; the export."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from amity.evaluation.notation import Passage, parse, problems, read
from amity.records import PLOVER_TYPES, Event, from_json
from amity.records.claim import Claim
from corpus import PASSAGES, check, export
from corpus.sameness import alike, persons, shared, states

TEXT = "Kenya condemned Uganda on Monday for closing the bridge at Busia, which lorries of both countries need."
PASSAGE = """\
=== {id}
published: 2014-03-05
genre: agency report
double: yes

{text}
---
event ACCUSE/disapprove | condemned | by Kenya =KEN | to Uganda =UGA | date 2014-03-03 | "Kenya condemned Uganda"
"""


def passage(id: str, text: str = TEXT) -> Passage:
    return next(parse(PASSAGE.format(id=id, text=text)))


@pytest.fixture(scope="module")
def corpus() -> list[Passage]:
    return read(PASSAGES)


def test_no_two_passages_are_alike_or_share_a_run_of_words(corpus: list[Passage]) -> None:
    assert list(alike(corpus)) == [] and shared(corpus) == {}


def test_every_passage_is_well_annotated_and_every_type_frequent(corpus: list[Passage]) -> None:
    types = Counter(claim.type for one in corpus for claim in one.claims if isinstance(claim, Event))
    assert problems(corpus) == []
    assert len(corpus) >= check.ENOUGH_PASSAGES
    assert min(types[type] for type in PLOVER_TYPES) >= check.ENOUGH_CLAIMS


def test_every_passage_tells_when_where_and_how_it_was_made(corpus: list[Passage]) -> None:
    assert all(one.about["made"] == "synthetic" for one in corpus)
    assert all({"published", "genre", "region"} <= set(one.about) for one in corpus)


def test_near_duplicates_are_found() -> None:
    one, same = passage("one"), passage("two", TEXT.replace("Monday", "Tuesday"))
    other = passage("three", "Kenya condemned Uganda. Rain fell in both capitals all night, and nobody minded.")
    assert [(first, second) for first, second, _ in alike([one, same, other])] == [("one", "two")]
    assert list(shared([one, same, other])) == [("one", "two")]


def test_states_and_names_count_once_a_passage() -> None:
    named = passage("one").claims * 2
    twice = Passage("one", TEXT, named)
    assert states([twice, passage("two")]) == {"KEN": 2, "UGA": 2}
    assert persons([twice]) == {}


def test_broken_promises_are_told() -> None:
    sentences = [check.Sentence(actors=True, event=True), check.Sentence(actors=True, event=False)]
    use = check.Use(passage("one").claims[0], "active", "condemn")  # type: ignore[arg-type]
    twice = [passage("one"), passage("two"), passage("one")]
    told = "\n".join(check.broken(check.Survey(twice, sentences, [use])))
    for fault in ("the id is used twice", "near-duplicates", "only 3 passages", "only 1 events of the type ACCUSE"):
        assert fault in told
    assert "name actors" not in told and check.quiet(sentences) == 0.5


def test_the_export_holds_claims_as_docs_claims_md_tells(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(PASSAGE.format(id="one", text=TEXT))
    assert export.main([str(tmp_path / "out.jsonl"), str(tmp_path / "one.txt")]) == 0
    (written,) = map(json.loads, (tmp_path / "out.jsonl").read_text().splitlines())
    assert written["id"] == "one" and written["annotated_twice"] and written["text"] == TEXT
    claim = from_json(json.dumps(written["claims"][0]), Claim)
    assert claim.type == "ACCUSE" and claim.id and claim.coder.name == "amity corpus"
    assert TEXT[claim.start : claim.end] == "Kenya condemned Uganda"


@pytest.mark.parametrize(
    ("words", "head", "form"),
    [
        ("Kenya/PROPN/nsubj/1 condemned/VERB/ROOT/1 Uganda/PROPN/obj/1", 1, "active"),
        ("Uganda/PROPN/nsubj:pass/2 was/AUX/aux:pass/2 condemned/VERB/ROOT/2", 2, "passive"),
        ("the/DET/det/1 shelling/NOUN/ROOT/1 of/ADP/case/3 Goma/PROPN/nmod/1", 1, "nominal"),
        ("Kenya/PROPN/nsubj/1 lodge/VERB/ROOT/1 a/DET/det/3 complaint/NOUN/obj/1", 3, "light verb"),
        ("forces/NOUN/ROOT/0 that/PRON/nsubj/2 attacked/VERB/acl:relcl/0", 2, "relative clause"),
        ("met/VERB/ROOT/0 and/CCONJ/cc/2 quarrelled/VERB/conj/0", 2, "coordinated, without subject"),
    ],
)
def test_constructions_are_told_by_the_parse(words: str, head: int, form: str) -> None:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    texts, tags, labels, heads = zip(*(word.split("/") for word in words.split()), strict=True)
    doc = Doc(Vocab(), texts, pos=tags, deps=labels, heads=list(map(int, heads)), lemmas=texts)
    assert check.construction(doc[head]) == form
