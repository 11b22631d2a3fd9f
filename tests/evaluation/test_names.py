"""Names of corpora: reading them, and what counts as right."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from amity.errors import InputError
from amity.evaluation.names import CORPORA, evaluate, read, score

NUMBERED = """\
# newdoc id = one
# sent_id = 1
# text = Ann saw (Oslo).
1\tAnn\tB-PER\t-\tx
2\tsaw\tO\t-\t-
3\t(\tO\t-\t-
4\tOslo\tB-LOC\t-\tx
5\t)\tO\t-\t-
6\t.\tO\t-\t-

# sent_id = 2
# text = She left.
1\tShe\tO\t-\t-
2\tleft\tO\t-\t-
3\t.\tO\t-\t-

# newdoc id = two
# text = Hm
1\tHm\tO\t-\t-
"""


def test_documents_keep_their_sentences_and_blanks(tmp_path: Path) -> None:
    path = tmp_path / "names.iob2"
    path.write_text(NUMBERED)
    first, second = read(path)
    assert [len(sentence.words) for sentence in first] == [6, 3] and second[0].words == ["Hm"]
    assert first[0].spaces == [True, True, False, False, False, True]
    assert first[0].labels[3] == "B-LOC"


def test_plain_sentences_are_documents(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("Ann B-person\nLee I-person\n\n# O\nOslo\tB-location\n")
    assert [[sentence.words for sentence in document] for document in read(path)] == [[["Ann", "Lee"]], [["#", "Oslo"]]]


def test_a_name_needs_its_borders_and_its_kind(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("Ann B-person\nLee I-person\nsaw O\nOslo B-location\nUNO B-corporation\n")
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    found = {"Ann": "PERSON", "Oslo": "GPE", "UNO": "ORG", "saw": "NORP"}
    ruler.add_patterns([{"pattern": word, "label": kind} for word, kind in found.items()])  # type: ignore[attr-defined]
    figures = score(nlp, read(path), CORPORA["WNUT17 test"])
    assert {kind: row["f1"] for kind, row in figures.items()} == {"all": 0.667, "LOC": 1.0, "ORG": 1.0, "PERSON": 0.0}


def test_files_without_known_labels_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("Ann B-vegetable\n")
    with pytest.raises(InputError, match="no label"):
        evaluate(path)
    with pytest.raises(InputError, match="absent"):
        evaluate(tmp_path / "absent.txt")
