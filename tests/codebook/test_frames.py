"""Frames, transfers and relations as data: what is checked, and how one's own folder adds to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from amity.codebook.frames import Example, Role, as_example, as_roles, inflections, load_frames, load_words
from amity.codebook.plover import load_plover
from amity.codebook.relations import load_relations
from amity.codebook.transfers import load_transfers
from amity.errors import CodebookError

FRAME = """
type: ASSAULT
verbs:
- name: zap
  lemmas: zap, blow up
  actor: subj
  recipient: obj, obj.owner
  examples: ["Iran zapped Iraq. | IRN > IRQ"]
"""


def test_roles_and_examples_are_parsed() -> None:
    assert as_roles("subj, obj.owner, on behalf of") == (Role("subj"), Role("obj", "owner"), Role("on behalf of"))
    assert as_example("A hit B. | X > Y", "here") == Example("A hit B.", "X", "Y")
    with pytest.raises(CodebookError, match="here"):
        as_example("A hit B.", "here")


@pytest.mark.parametrize(
    ("lemma", "form"),
    [
        ("bomb", "bombed"),
        ("stop", "stopped"),
        ("carry", "carried"),
        ("agree", "agreeing"),
        ("strike", "struck"),
        ("accuse", "accusing"),
        ("punish", "punishes"),
    ],
)
def test_inflections(lemma: str, form: str) -> None:
    assert form in inflections(lemma, "verbs", load_words().irregular)


def test_own_folder_adds_and_replaces(tmp_path: Path) -> None:
    (tmp_path / "frames_assault.yaml").write_text(
        FRAME + FRAME.replace("type: ASSAULT\nverbs:", "").replace("zap", "attack")
    )
    frames = load_frames(tmp_path)
    assert [(particle, frame.rule) for particle, frame in frames.verbs["zapped"]] == [("", "assault/verb/zap")]
    assert ("up", "assault/verb/zap") in [(particle, frame.rule) for particle, frame in frames.verbs["blow"]]
    assert len(frames.rules) == len(load_frames().rules) + 1
    assert frames.rules["assault/verb/attack"].examples[0].actor == "IRN"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("type: WAR\n", "WAR"),
        (FRAME.replace("  actor: subj\n", ""), "zap"),
        (FRAME.replace("actor:", "actors:"), "actors"),
        (FRAME.replace("blow up", "blow sideways"), "blow sideways"),
        (FRAME.replace(" | IRN > IRQ", ""), "zap"),
        ("- a list\n", "mapping"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "frames_assault.yaml").write_text(text)
    with pytest.raises(CodebookError, match=reason) as error:
        load_frames(tmp_path)
    assert "frames_assault.yaml" in str(error.value) and "\n" not in str(error.value)


def test_transfers_and_relations_take_additions(tmp_path: Path) -> None:
    (tmp_path / "transfers.yaml").write_text(
        'verbs:\n- {name: hurl, lemmas: hurl, goods: obj, supplier: subj, recipient: to, examples: ["A | X > Y"]}\n'
    )
    assert [frame.rule for _, frame in load_transfers(tmp_path).verbs["hurled"]] == ["transfer/verb/hurl"]
    assert "sell" in load_transfers(tmp_path).verbs
    (tmp_path / "relations.yaml").write_text("nouns: {amity: [bromance]}\n")
    assert load_relations(tmp_path).nouns["bromance"] == "amity"
    (tmp_path / "relations.yaml").write_text("nouns: {love: [bromance]}\n")
    with pytest.raises(CodebookError, match=r"relations\.yaml"):
        load_relations(tmp_path)


def test_plover_scores(tmp_path: Path) -> None:
    plover = load_plover()
    assert plover.intensity("RETREAT", "disarm") == 10
    assert plover.intensity("ACCUSE") == -3  # the manual prints +3, a misprint
    assert plover.intensity("ASSAULT", "unheard-of") == plover.intensity("ASSAULT")
    (tmp_path / "plover.csv").write_text("type,mode,score\nASSAULT,,high\n")
    with pytest.raises(CodebookError, match="not a number"):
        load_plover(tmp_path)
