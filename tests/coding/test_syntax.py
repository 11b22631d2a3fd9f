"""Grammar, on parses written down by hand so that no model's mistakes come in."""

from __future__ import annotations

import pytest
import spacy
from spacy import tokens

from amity.coding.parse import Doc
from amity.coding.syntax import (
    adposition,
    antecedent,
    arguments,
    clause_span,
    coordinated,
    is_passive,
    label,
    mark,
    predicate,
    surface_subjects,
)

VOCAB = spacy.blank("en").vocab


def tree(*rows: str) -> Doc:
    """A Doc from lines `word pos label head lemma? morph?`, heads counted from 1, 0 for the root."""
    cells = [row.split() for row in rows]
    heads = [int(cell[3]) - 1 if int(cell[3]) else number for number, cell in enumerate(cells)]
    parse = tokens.Doc(
        VOCAB,
        words=[cell[0] for cell in cells],
        pos=[cell[1] for cell in cells],
        deps=[cell[2] for cell in cells],
        heads=heads,
        lemmas=[cell[4] if len(cell) > 4 else cell[0].lower() for cell in cells],
        morphs=[cell[5] if len(cell) > 5 else "" for cell in cells],
    )
    return Doc(parse)


def texts(words: list) -> list[str]:
    """Forms of words."""
    return [word.text for word in words]


@pytest.fixture
def passive() -> Doc:
    """ "Missiles were sold to Baku by Israel in May"."""
    return tree(
        "Missiles NOUN nsubj:pass 3 missile",
        "were AUX aux:pass 3 be",
        "sold VERB ROOT 0 sell Tense=Past|VerbForm=Part",
        "to ADP case 5",
        "Baku PROPN obl 3",
        "by ADP case 7",
        "Israel PROPN obl:agent 3",
        "in ADP case 9",
        "May PROPN obl 3",
    )


def test_passive_is_undone(passive: Doc) -> None:
    found = arguments(passive[2])
    assert found.passive
    assert texts(found.subject) == ["Israel"]
    assert texts(found.object) == ["Missiles"]
    assert texts(found.nominals("to")) == ["Baku"]
    assert texts(surface_subjects(passive[2])) == ["Missiles"]


def test_reduced_participle_takes_the_noun_as_object() -> None:
    doc = tree(
        "drones NOUN ROOT 0 drone", "sold VERB acl 1 sell Tense=Past|VerbForm=Part", "to ADP case 4", "Baku PROPN obl 2"
    )
    assert is_passive(doc[1])
    assert texts(arguments(doc[1]).object) == ["drones"]


def test_relative_pronoun_stands_for_its_noun() -> None:
    doc = tree(
        "Erdogan PROPN ROOT 0",
        ", PUNCT punct 4",
        "who PRON nsubj 4 who",
        "denounced VERB acl:relcl 1 denounce",
        "Israel PROPN obj 4",
    )
    assert antecedent(doc[2]).text == "Erdogan"
    assert texts(arguments(doc[3]).subject) == ["Erdogan"]


def test_pronoun_with_a_relative_inside_stands_for_the_noun() -> None:
    doc = tree(
        "states NOUN ROOT 0 state",
        ", PUNCT punct 6",
        "both DET nsubj:pass 6",
        "of ADP case 5",
        "which PRON nmod 3",
        "threatened VERB acl:relcl 1 threaten Tense=Past|VerbForm=Part",
    )
    assert antecedent(doc[2]).text == "states"


def test_relative_clause_without_pronoun_lends_its_noun_as_object() -> None:
    doc = tree("drones NOUN ROOT 0 drone", "Israel PROPN nsubj 3", "sold VERB acl:relcl 1 sell")
    assert texts(arguments(doc[2]).object) == ["drones"]


@pytest.mark.parametrize(("verb", "subject"), [("urged", "Iran"), ("promised", "Turkey")])
def test_control_of_infinitives(verb: str, subject: str) -> None:
    lemma = {"urged": "urge", "promised": "promise"}[verb]
    doc = tree(
        "Turkey PROPN nsubj 2",
        f"{verb} VERB ROOT 0 {lemma}",
        "Iran PROPN obj 2",
        "to PART mark 5",
        "withdraw VERB xcomp 2",
    )
    assert texts(surface_subjects(doc[4]))[0] == subject


def test_gerund_after_accuse_belongs_to_the_accused() -> None:
    doc = tree(
        "Ukraine PROPN nsubj 2",
        "accused VERB ROOT 0 accuse",
        "Russia PROPN obj 2",
        "of SCONJ mark 5",
        "sending VERB advcl 2 send",
        "tanks NOUN obj 5 tank",
    )
    assert texts(surface_subjects(doc[4]))[0] == "Russia"


def test_infinitive_of_a_noun_belongs_to_whose_it_is() -> None:
    doc = tree(
        "Iran PROPN nmod:poss 3",
        "'s PART case 1",
        "readiness NOUN ROOT 0",
        "to PART mark 5",
        "start VERB acl 3",
        "cooperation NOUN obj 5",
    )
    assert texts(surface_subjects(doc[4]))[0] == "Iran"


def test_second_verb_shares_subject_and_object() -> None:
    doc = tree(
        "Russia PROPN nsubj 2",
        "buys VERB ROOT 0 buy",
        "and CCONJ cc 4",
        "sells VERB conj 2 sell",
        "weapons NOUN obj 4 weapon",
    )
    assert texts(arguments(doc[1]).object) == ["weapons"]
    assert texts(surface_subjects(doc[3])) == ["Russia"]


def test_preposition_left_alone_takes_the_next_nominal() -> None:
    doc = tree(
        "Baku PROPN nsubj 2",
        "buys VERB ROOT 0 buy",
        "weapons NOUN obj 2 weapon",
        "from ADP obl 2",
        "and CCONJ cc 6",
        "works VERB conj 2 work",
        "with ADP case 8",
        "Russia PROPN obl 6",
    )
    assert texts(arguments(doc[1]).nominals("from")) == ["Russia"]


def test_lists_keep_to_their_own_preposition() -> None:
    doc = tree(
        "bought VERB ROOT 0 buy",
        "weapons NOUN obj 1 weapon",
        "including VERB case 4 include",
        "drones NOUN nmod 2 drone",
        "from ADP case 6",
        "Israel PROPN conj 4",
    )
    assert texts(coordinated(doc[3])) == ["drones"]
    assert texts(arguments(doc[0]).nominals("from")) == ["Israel"]


def test_list_goes_on_after_a_relative_clause() -> None:
    doc = tree(
        "with ADP case 2",
        "Russia PROPN ROOT 0",
        "which PRON nsubj 6",
        "is AUX cop 6 be",
        "its PRON nmod:poss 6",
        "ally NOUN acl:relcl 2",
        "Turkey PROPN conj 6",
        "and CCONJ cc 9",
        "Iran PROPN conj 7",
    )
    assert texts(coordinated(doc[1])) == ["Russia", "Turkey", "Iran"]


def test_two_objects_are_receiver_and_thing() -> None:
    doc = tree(
        "Turkey PROPN nsubj 2", "gave VERB ROOT 0 give", "Syria PROPN obj 2", "an DET det 5", "ultimatum NOUN obj 2"
    )
    found = arguments(doc[1])
    assert (texts(found.indirect), texts(found.object)) == (["Syria"], ["ultimatum"])


def test_the_nearer_of_two_subjects_comes_first() -> None:
    doc = tree("CAIRO PROPN nsubj 3", "Egypt PROPN nsubj 3", "warned VERB ROOT 0 warn", "Sudan PROPN obj 3")
    assert texts(surface_subjects(doc[2])) == ["Egypt", "CAIRO"]


def test_noun_has_what_hangs_on_its_light_verb() -> None:
    doc = tree(
        "Israel PROPN nsubj 2",
        "launched VERB ROOT 0 launch",
        "attacks NOUN obj 2 attack",
        "on ADP case 5",
        "Iran PROPN obl 2",
    )
    assert texts(arguments(doc[2]).nominals("on")) == ["Iran"]


def test_compound_prepositions_are_one() -> None:
    doc = tree("spoke VERB ROOT 0 speak", "on ADP case 5", "behalf NOUN fixed 2", "of ADP fixed 2", "Iran PROPN obl 1")
    assert adposition(doc[4]) == "on behalf of"


def test_clause_leaves_out_reporting_and_neighbours() -> None:
    doc = tree(
        "Iran PROPN nsubj 2",
        "said VERB ROOT 0 say",
        "that SCONJ mark 5",
        "Israel PROPN nsubj 5",
        "attacked VERB ccomp 2 attack",
        "Syria PROPN obj 5",
        "and CCONJ cc 8",
        "left VERB conj 5 leave",
        ". PUNCT punct 2",
    )
    start, end = clause_span(doc[4])
    assert doc.text[start:end] == "Israel attacked Syria"
    start, end = clause_span(doc[7], [doc[3]])
    assert doc.text[start:end] == "Israel attacked Syria and left"


def test_clause_never_crosses_a_blank_line() -> None:
    parse = tokens.Doc(
        VOCAB,
        words=["Title", "\n\n", "Israel", "left"],
        spaces=[False, False, True, False],
        pos=["NOUN", "SPACE", "PROPN", "VERB"],
        deps=["dep", "dep", "nsubj", "ROOT"],
        heads=[3, 0, 3, 3],
    )
    doc = Doc(parse)
    start, end = clause_span(doc[3])
    assert doc.text[start:end] == "Israel left"


def test_labels_and_heads(passive: Doc) -> None:
    assert label(passive[2]) == "root"
    assert label(passive[6]) == "obl"
    assert predicate(passive[8]).text == "sold"
    assert mark(passive[2]) == ""
