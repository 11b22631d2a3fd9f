"""Events settled between the frames and the event reader, whose words are made up here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from spacy.language import Language

from amity.codebook import Codebook
from amity.coding.events import events
from amity.coding.reading import Reading, read
from amity.records import Article, Event
from amity.records.happening import KEY, Happening
from tests.coding.conftest import parsed

Told = Callable[..., list[Event]]


@pytest.fixture
def told(nlp: Language, book: Codebook) -> Told:
    """Events of a text in which the reader hears what is given: word, types, who acts, who is acted upon."""

    def make(
        text: str, *heard: tuple[str, Mapping[str, float], Mapping[str, float], Mapping[str, float]]
    ) -> list[Event]:
        doc = parsed(nlp, text)
        place = {token.text: token.i for token in doc}
        doc.user_data[KEY] = {
            place[word]: Happening(place[word], types, {}, {}, _placed(actors, place), _placed(recipients, place))
            for word, types, actors, recipients in heard
        }
        article = Article(id="test", text=text, source="test")
        reading: Reading = read(article, doc, book)
        return list(events(reading))

    return make


def _placed(chances: Mapping[str, float], place: Mapping[str, int]) -> dict[int, float]:
    return {place[word]: chance for word, chance in chances.items()}


def sides(event: Event) -> tuple[Any, ...]:
    return event.type, [one.code for one in event.actors], [one.code for one in event.recipients], event.mutual


def test_what_both_say_is_coded_by_the_frame(told: Told) -> None:
    (event,) = told("Kenya bombed Somalia.", ("bombed", {"ASSAULT": 0.9}, {"Kenya": 0.9}, {"Somalia": 0.9}))
    assert sides(event) == ("ASSAULT", ["KEN"], ["SOM"], False)
    assert event.coder.rule.startswith("assault/")


def test_what_the_reader_alone_is_sure_of_is_coded(told: Told) -> None:
    heard = ("elbowed", {"ACCUSE": 0.9, "NOTHING": 0.1}, {"Kenya": 0.9}, {"Somalia": 0.7})
    (event,) = told("Kenya elbowed Somalia in public.", heard)
    assert sides(event) == ("ACCUSE", ["KEN"], ["SOM"], False)
    assert event.coder.rule == "reader/accuse"


def test_what_the_reader_takes_for_nothing_is_left_out(told: Told) -> None:
    assert told("Kenya bombed Somalia.") == []
    assert told("Kenya bombed Somalia.", ("bombed", {"NOTHING": 0.95}, {}, {})) == []


def test_what_the_reader_doubts_is_left_out(told: Told) -> None:
    assert told("Kenya elbowed Somalia.", ("elbowed", {"ACCUSE": 0.2, "NOTHING": 0.8}, {"Kenya": 0.9}, {})) == []


def test_a_surer_reader_overrules_the_type_of_a_frame(told: Told) -> None:
    heard = ("bombed", {"THREATEN": 0.95}, {"Kenya": 0.9}, {"Somalia": 0.9})
    assert sides(told("Kenya bombed Somalia.", heard)[0])[0] == "THREATEN"


def test_both_on_both_sides_make_talks_mutual_and_fighting_two_events(told: Told) -> None:
    both = {"Kenya": 0.9, "Somalia": 0.8}
    (talks,) = told("Kenya and Somalia sat down.", ("sat", {"CONSULT": 0.9}, both, both))
    assert sides(talks) == ("CONSULT", ["KEN"], ["SOM"], True)
    fights = told("Kenya and Somalia came to blows.", ("came", {"ASSAULT": 0.9}, both, both))
    assert [sides(event)[1:] for event in fights] == [(["KEN"], ["SOM"], False), (["SOM"], ["KEN"], False)]


def test_a_word_names_whose_it_is(told: Told) -> None:
    heard = ("struck", {"ASSAULT": 0.9}, {"jets": 0.9}, {"camp": 0.9})
    (event,) = told("Kenyan jets struck a camp in Somalia.", heard)
    assert [one.code for one in event.actors] == ["KEN"]


def test_what_is_less_than_sure_is_taken_among_political_events_only(told: Told) -> None:
    text = "Kenya elbowed Somalia. Chad bombed Niger. Mali bombed Togo. Ghana bombed Benin."
    doubtful = ("elbowed", {"ACCUSE": 0.8, "NOTHING": 0.2}, {"Kenya": 0.9}, {})
    assert told("Kenya elbowed Somalia.", doubtful) == []
    bombs = [("bombed", {"ASSAULT": 0.9}, {"Ghana": 0.9}, {"Benin": 0.9})]
    assert [event.type for event in told(text, doubtful, *bombs)] == ["ASSAULT"]
    strikes = [
        (word, {"ASSAULT": 0.9}, {one: 0.9}, {other: 0.9})
        for word, one, other in (("bombed", "Chad", "Niger"), ("shelled", "Mali", "Togo"), ("raided", "Ghana", "Benin"))
    ]
    text = "Kenya elbowed Somalia. Chad bombed Niger. Mali shelled Togo. Ghana raided Benin."
    assert [event.type for event in told(text, doubtful, *strikes)] == ["ACCUSE", "ASSAULT", "ASSAULT", "ASSAULT"]


def test_nobody_known_makes_no_event(told: Told) -> None:
    assert told("Rain struck the roof.", ("struck", {"ASSAULT": 0.9}, {"Rain": 0.9}, {"roof": 0.9})) == []


def test_confidence_goes_up_with_what_speaks_for_it(told: Told) -> None:
    sure = ("bombed", {"ASSAULT": 0.97}, {"Kenya": 0.97}, {"Somalia": 0.97})
    unsure = ("bombed", {"ASSAULT": 0.3, "NOTHING": 0.7}, {"Kenya": 0.6}, {"Somalia": 0.3})
    first, second = (told("Kenya bombed Somalia.", heard)[0].confidence for heard in (sure, unsure))
    assert first is not None and second is not None and first > second
