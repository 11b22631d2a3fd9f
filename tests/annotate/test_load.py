from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from amity.annotate import MODEL, annotate, load, pipeline
from amity.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path


@Language.component("tests_tiny_parser")
def tiny_parser(doc: Doc) -> Doc:
    """Every word hangs on the first; enough to stand for somebody else's pipeline."""
    for token in doc:
        token.pos_ = "VERB" if token.i == 0 else "NOUN"
        token.dep_ = "ROOT" if token.i == 0 else "obj"
        token.head = doc[0]
    return doc


@Language.component("tests_other_labels")
def other_labels(doc: Doc) -> Doc:
    """Labels of another school."""
    for token in tiny_parser(doc):
        token.dep_ = "ROOT" if token.i == 0 else "dobj"
    return doc


def saved(folder: Path, component: str | None) -> Path:
    nlp = spacy.blank("en")
    if component:
        nlp.add_pipe(component)
    nlp.to_disk(folder)
    return folder


def test_another_pipeline_takes_its_place(tmp_path: Path) -> None:
    nlp = load(saved(tmp_path / "tiny", "tests_tiny_parser"))
    (doc,) = annotate(nlp, ["See the minister"])
    assert [token.dep_ for token in doc] == ["ROOT", "obj", "obj"]


def test_huge_texts_reach_another_pipeline_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = load(saved(tmp_path / "tiny", "tests_tiny_parser"))
    monkeypatch.setattr(pipeline, "PART", 200)
    text = "Iran spoke again.\n\n" * 50
    (doc,) = annotate(nlp, [text])
    assert doc.text == text
    assert sum(token.dep_ == "ROOT" for token in doc) > 3


@pytest.mark.parametrize("component", [None, "tests_other_labels"])
def test_a_pipeline_without_universal_dependencies_is_refused(tmp_path: Path, component: str | None) -> None:
    folder = saved(tmp_path / "other", component)
    with pytest.raises(ModelError, match="other"):
        load(folder)


def test_no_model_there(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="nothing_here"):
        load(tmp_path / "nothing_here")


def test_a_broken_model_is_named(tmp_path: Path) -> None:
    for file in MODEL.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "reader.onnx").write_bytes(b"not a graph")
    with pytest.raises(ModelError, match=str(tmp_path)):
        load(tmp_path)


def test_the_package_is_small_and_says_what_it_is() -> None:
    assert sum(file.stat().st_size for file in MODEL.iterdir()) < 40e6
    assert {"meta.json", "LICENSE"} <= {file.name for file in MODEL.iterdir()}


def test_importing_is_light() -> None:
    code = "import sys, amity.annotate; print([m for m in ('spacy', 'onnxruntime', 'numpy') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
