"""What is written in the notation reads as it was."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from amity.errors import InputError
from amity.evaluation.notation import Passage, parse, read
from amity.evaluation.writing import plain, told, written
from amity.records import Actor, Coder, Event, Place

ROOT = Path(__file__).parents[2]
TEXT = "Iran spoke to Iraq, then Iraq spoke to Iran.\nIran spoke again."


@pytest.mark.parametrize("folder", ["corpus/second", "tests/gold/adjudicated"])
def test_passages_read_as_they_were_written(folder: str) -> None:
    for passage in read(ROOT / folder):
        (again,) = parse(written(passage))
        assert again == passage


@pytest.mark.parametrize("file", ["orient-1.txt", "south-2.txt"])
def test_passages_of_the_corpus_read_as_they_were_written(file: str) -> None:
    passages = read(ROOT / "corpus" / "passages" / file)
    assert list(parse("\n".join(map(written, passages)))) == passages


def event(trigger: int, actor: int, recipient: int, **more: object) -> Event:
    sides = {
        "actors": (Actor(text="Iran", country="IRN", start=actor, end=actor + 4),),
        "recipients": (Actor(text="Iraq", country="IRQ", start=recipient, end=recipient + 4),),
    }
    span = {"quote": TEXT, "start": 0, "end": len(TEXT), "trigger": "spoke", "trigger_start": trigger}
    return Event(article="a", type="CONSULT", **sides, **span, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("trigger", [5, 30, 50])
@pytest.mark.parametrize(("actor", "recipient"), [(0, 14), (39, 25), (45, 14)])
def test_every_occurrence_can_be_meant(trigger: int, actor: int, recipient: int) -> None:
    claim = event(trigger, actor, recipient)
    line = told(claim, TEXT)
    assert line is not None
    (again,) = parse(written(Passage("a", TEXT, (claim,))))
    assert again.claims == (claim,)


def test_what_has_no_field_is_not_written() -> None:
    place = Place(text="Iraq", name="Iraq", country="IRQ", latitude=33.0, longitude=44.0, start=14, end=18)
    claim = event(5, 0, 14, layer="political", confidence=0.7, coder=Coder(rule="x"), place=place, sentence=1, id="f")
    (again,) = parse(written(Passage("a", TEXT, (claim,))))
    assert again.claims == (plain(claim),)
    assert msgspec.structs.asdict(again.claims[0])["place"].country == "IRQ"


def test_what_cannot_be_told_is_said() -> None:
    claim = msgspec.structs.replace(event(5, 0, 14), trigger="nowhere")
    assert told(claim, TEXT) is None
    with pytest.raises(InputError, match="cannot tell the event"):
        written(Passage("a", TEXT, (claim,)))


@pytest.mark.parametrize("line", ["---", "=== gulf", "\u2028"])
def test_a_text_that_looks_like_the_notation_is_refused(line: str) -> None:
    with pytest.raises(InputError, match="takes for its own"):
        written(Passage("a", f"Iran spoke.\n{line}\nIraq did not.", ()))
