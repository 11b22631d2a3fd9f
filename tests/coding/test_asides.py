"""Reports in passing, however a parser hangs them: who speaks a word, on sentences of our own."""

from __future__ import annotations

import pytest

from tests.coding.conftest import Read, word


@pytest.mark.parametrize(
    ("text", "token", "sources"),
    [
        ("Tanks have been seen near the dam, travellers from Brno report, and Chad has left.", "seen", ["travellers"]),
        (
            "Miners called off their strike in return for pay, a Finnish envoy announced in Oslo.",
            "called",
            ["a Finnish envoy"],
        ),
        ("The glacier shrank last year, surveyors from Bergen and Turku report.", "shrank", ["surveyors"]),
        ("The port earned the rebels, a watchdog in Nairobi reckons, 35 million dollars.", "earned", ["watchdog"]),
        ("Mali will fly maize to Gao, the mayor's spokesman disclosed, while Chad will not.", "fly", ["spokesman"]),
        ("Mali would call off the vote, its chairwoman, Ana Lima, said, were Chad to go.", "call", ["Ana Lima"]),
        ("Mali let the sale go ahead, a clerk said, after the premier had answered.", "let", ["clerk"]),
        ("Chad's navy shadows a fleet, the sailor said on Tuesday, and the mayor has left.", "shadows", ["sailor"]),
        ("Chad's navy shadows a fleet, the sailor said on Tuesday, and the mayor has left.", "left", []),
        ("Chad's navy shadows a fleet, the sailor said on Tuesday, and it has fired.", "fired", ["sailor"]),
        ("Norway, said the miners' union, would not become a port.", "become", ["union"]),
        ("The bridge, she had told the judges, was never closed.", "closed", []),
        ("No threat, the envoy told a Finnish agency, had been made; Chad left.", "threat", ["envoy"]),
        ("No threat, the envoy told a Finnish agency, had been made; Chad left.", "left", []),
        ("Mali bought boats from Brno, and radars whose origin nobody will confirm.", "bought", []),
        ("Norway has left the pact; only Togo, alone, has agreed.", "left", []),
        ("Mali let it be known that Chad had left.", "left", ["Mali"]),
        ("Mali blew up a house which, the sailor said, had hidden men.", "hidden", ["sailor"]),
        ("Mali blew up a house which, the sailor said, had hidden men.", "blew", []),
        ("It would not be moved, a clerk said; Chad had asked Togo to help.", "moved", ["clerk"]),
        ("It would not be moved, a clerk said; Chad had asked Togo to help.", "asked", []),
        ("The paper in Brno has it that Chad had left.", "left", ["paper"]),
        ("Seven men were stopped, beaten and driven off, according to a nurse.", "beaten", ["nurse"]),
        ("Seven men were stopped, beaten and driven off, according to a nurse.", "driven", ["nurse"]),
    ],
)
def test_asides_have_a_speaker(reader: Read, text: str, token: str, sources: list[str]) -> None:
    reading = reader(text)
    found = [source.text for source in reading.voices.chain(word(reading.doc, token))]
    assert len(found) == len(sources)
    assert all(source in name for source, name in zip(sources, found, strict=True))


@pytest.mark.parametrize(
    ("text", "token", "sources"),
    [
        ("The office in Oslo spoke of a raid by Chad.", "raid", ["office"]),
        ("Norway denied any bombing.", "bombing", ["Norway"]),
        ("Two boats left; a charity in Oslo branded the policy a game.", "game", ["charity"]),
        ("Norway expects Chad to widen its ban.", "widen", ["Norway"]),
        ("Norway rejected the report and accused Chad of harbouring rebels.", "harbouring", ["Norway"]),
        ("The judge in Oslo judged the matter a relief.", "relief", ["judge"]),
        ("The miners lost, by the count of a charity, ninety men.", "ninety", ["charity"]),
    ],
)
def test_words_that_give_somebodys_view(reader: Read, text: str, token: str, sources: list[str]) -> None:
    reading = reader(text)
    found = [source.text for source in reading.voices.chain(word(reading.doc, token))]
    assert len(found) == len(sources)
    assert all(source in name for source, name in zip(sources, found, strict=True))
