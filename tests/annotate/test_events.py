"""The event reader, and what it reads."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from spacy.tokens import Doc

from amity import annotate
from amity.annotate.events import Lexicon, windows
from amity.annotate.paths import Ways
from amity.annotate.reader import Words
from amity.codebook.frames import load_frames
from amity.errors import ModelError
from amity.records import PLOVER_TYPES
from amity.records.happening import KEY, NOTHING, happenings

if TYPE_CHECKING:
    from spacy.language import Language

STRIKE = "Kenyan jets bombed a rebel camp in southern Somalia on Monday."


def best(nlp: Language, text: str) -> dict[str, str]:
    """Words that carry something with more than even chances, and what."""
    doc = nlp(text)
    return {doc[n].text: one.best for n, one in happenings(doc.user_data).items() if one.nothing < 0.5}


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        (STRIKE, "bombed", "ASSAULT"),
        ("Peru expelled two Bolivian diplomats on Friday.", "expelled", "SANCTION"),
        ("Ghana accused Togo of harbouring deserters.", "accused", "ACCUSE"),
        ("Norway urged Chad to free the reporters.", "urged", "REQUEST"),
        ("The foreign ministers of Laos and Nepal met in Hanoi.", "met", "CONSULT"),
        ("Police in Lusaka arrested forty protesters.", "arrested", "COERCE"),
    ],
)
def test_plain_events_are_found(nlp: Language, text: str, word: str, kind: str) -> None:
    assert best(nlp, text).get(word) == kind


def test_who_takes_part_is_told_by_word(nlp: Language) -> None:
    doc = nlp(STRIKE)
    (bombed,) = [one for n, one in happenings(doc.user_data).items() if doc[n].text == "bombed"]
    assert doc[max(bombed.actors, key=bombed.actors.__getitem__)].text == "jets"
    assert doc[max(bombed.recipients, key=bombed.recipients.__getitem__)].text == "camp"
    assert sum(bombed.types.values()) <= 1.001 and set(bombed.types) <= {NOTHING, "TRANSFER", "RELATION", *PLOVER_TYPES}


def test_the_same_text_is_read_the_same(nlp: Language) -> None:
    assert happenings(nlp(STRIKE).user_data) == happenings(nlp(STRIKE).user_data)


def test_a_text_without_names_is_not_read(nlp: Language) -> None:
    assert nlp("It rained all day and the bread was late.").user_data[KEY] == {}


def test_without_the_reader_nothing_is_said() -> None:
    doc = annotate.load(events=False)(STRIKE)
    assert KEY not in doc.user_data and happenings(doc.user_data) == {}


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    for file in annotate.MODEL.iterdir():
        (tmp_path / file.name).symlink_to(file)
    (tmp_path / "events.json").unlink()
    (tmp_path / "events.json").write_text("{}")
    with pytest.raises(ModelError, match="this event reader cannot be read"):
        annotate.load(tmp_path)


def test_windows_hold_every_word_once_and_whole_sentences() -> None:
    words = Words(None, ["a"] * 50, [(1,)] * 50, [0] * 50, [0] * 50, None)  # type: ignore[arg-type]
    words.before[30] = 2
    ends = [10, 20, 30, 40, 50]
    cut = list(windows(words, ends, size=26))
    assert [begin for begin, _ in cut] == [0, *(end for _, end in cut[:-1])] and cut[-1][1] == 50
    assert {end for _, end in cut} <= set(ends)


def test_a_sentence_too_long_is_cut() -> None:
    words = Words(None, ["a"] * 2000, [(1,)] * 2000, [0] * 2000, [0] * 2000, None)  # type: ignore[arg-type]
    cut = list(windows(words, [2000]))
    assert len(cut) > 3 and cut[0][0] == 0 and cut[-1][1] == 2000
    assert all(first[1] == second[0] for first, second in pairwise(cut))


def test_ways_go_up_and_down_the_tree(nlp: Language) -> None:
    doc: Doc = nlp("Kenya was asked by Somalia to leave.")
    place = {token.text: token.i for token in doc}
    ways = {doc[n].text: way for n, way in Ways(doc).of(place["leave"])}
    assert ways["leave"] == "" and ways["asked"] == "<xcomp" and ways["Kenya"] == "<xcomp>nsubj"
    assert ways["Somalia"] == "<xcomp>obl:by"


def test_the_lexicon_knows_forms_of_the_frames() -> None:
    lexicon = Lexicon(load_frames(), (NOTHING, *PLOVER_TYPES, "TRANSFER", "RELATION"))
    assert 1 + PLOVER_TYPES.index("ASSAULT") in lexicon("bombed")
    assert lexicon("bread") == ()
