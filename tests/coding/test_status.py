"""Whether something is said to have happened: on short texts of our own."""

from __future__ import annotations

import pytest

from amity.coding.status import status
from amity.records.happening import KEY, Happening
from tests.coding.conftest import Read, word


@pytest.mark.parametrize(
    ("text", "token", "expected"),
    [
        # tense and aspect
        ("Iran attacked the ship.", "attacked", "occurred"),
        ("Iran has attacked the ship.", "attacked", "occurred"),
        ("Iran is attacking the ship.", "attacking", "ongoing"),
        ("Azerbaijan has been buying drones from Israel.", "buying", "ongoing"),
        ("Iran controls the strait.", "controls", "ongoing"),
        ("Iran will attack the ship.", "attack", "future"),
        ("The minister is to visit Baku in May.", "visit", "future"),
        ("Putin visits Baku next week.", "visits", "future"),
        ("Iran would attack the ship.", "attack", "hypothetical"),
        ("Officials said that Iran would attack the ship.", "attack", "future"),
        ("The deliveries are to begin in May.", "begin", "future"),
        ("Iran should release the ship.", "release", "hypothetical"),
        # negation
        ("Iran did not attack the ship.", "attack", "denied"),
        ("Iran never attacked the ship.", "attacked", "denied"),
        ("Nobody attacked the ship.", "attacked", "denied"),
        ("Iran could not sink the ship.", "sink", "denied"),
        ("Iran left without attacking the ship.", "attacking", "denied"),
        ("Iran failed to sink the ship.", "sink", "denied"),
        ("Iran refused to release the ship.", "release", "denied"),
        ("Iran did not fail to sink the ship.", "sink", "occurred"),
        ("Iran managed to sink the ship.", "sink", "occurred"),
        ("Iran was forced to release the ship.", "release", "occurred"),
        # supposed, wanted, planned
        ("If Iran attacks the ship, the price rises.", "attacks", "hypothetical"),
        ("Iran plans to attack the ship.", "attack", "future"),
        ("Iran vowed to attack the ship.", "attack", "future"),
        ("Iran wants to attack the ship.", "attack", "hypothetical"),
        ("Washington urged Iran to release the ship.", "release", "hypothetical"),
        ("Iran threatened to attack the ship.", "attack", "hypothetical"),
        ("Is Iran attacking the ship?", "attacking", "hypothetical"),
        ("Iran will meet its neighbours and sign a treaty.", "sign", "future"),
        # reports
        ("The captain said that Iran attacked the ship.", "attacked", "occurred"),
        ("The captain claimed that Iran attacked the ship.", "attacked", "occurred"),
        ("The captain alleged that Iran attacked the ship.", "attacked", "alleged"),
        ("The captain accused Iran of attacking the ship.", "attacking", "alleged"),
        ("Iran denied that it attacked the ship.", "attacked", "denied"),
        ("Iran allegedly attacked the ship.", "attacked", "alleged"),
        ("Iran is believed to have attacked the ship.", "attacked", "unconfirmed"),
        ("There is no evidence that Iran attacked the ship.", "attacked", "unconfirmed"),
        ("The captain accused the navy, and the army claimed that Iran attacked the ship.", "attacked", "occurred"),
        ("The captain rejected the report that Iran attacked the ship.", "attacked", "denied"),
        ("The captain asked why Iran attacked the ship.", "attacked", "occurred"),
        # who and how much
        ("Neither side attacked the ship.", "attacked", "denied"),
        ("The ship was attacked by nobody.", "attacked", "denied"),
        ("Iran not only attacked the ship but sank it.", "attacked", "occurred"),
        ("Iran has yet to release the ship.", "release", "denied"),
        # what lasts
        ("Iran has held the ship since May.", "held", "ongoing"),
        ("Iran has attacked nine ships since May.", "attacked", "occurred"),
        ("Iran goes on attacking the ships.", "attacking", "ongoing"),
        ("The talks about the ship continue.", "talks", "ongoing"),
        # purposes and plans
        ("Iran used divers to sink the ship.", "sink", "occurred"),
        ("Iran will send a crew to repair the ship.", "repair", "future"),
        ("Iran was the first state to attack the ship.", "attack", "occurred"),
        ("They signed an accord under which Iran would release the ship.", "release", "future"),
        ("The parliament voted to release the ship.", "release", "future"),
        # nouns
        ("The navy could not confirm the attack.", "attack", "unconfirmed"),
        ("Russia held talks with Iran.", "talks", "occurred"),
        ("Russia will hold talks with Iran.", "talks", "future"),
        ("Russia cancelled the talks with Iran.", "talks", "denied"),
        ("Russia called for talks with Iran.", "talks", "hypothetical"),
        ("The planned visit worries Iran.", "visit", "future"),
        ("The alleged attack worries Iran.", "attack", "alleged"),
        ("The ongoing war worries Iran.", "war", "ongoing"),
        ("The threat of war worries Iran.", "war", "hypothetical"),
        ("There were no attacks on the ship.", "attacks", "denied"),
    ],
)
def test_status_of_a_happening(reader: Read, text: str, token: str, expected: str) -> None:
    reading = reader(text)
    assert status(reading, word(reading.doc, token))[0] == expected


@pytest.mark.parametrize(
    ("text", "token", "expected"),
    [
        ("Iran attacked the ship.", "attacked", "certain"),
        ("Iran may attack the ship.", "attack", "possible"),
        ("Iran probably attacked the ship.", "attacked", "probable"),
        ("The captain believes that Iran attacked the ship.", "attacked", "probable"),
        ("Iran appears to have attacked the ship.", "attacked", "probable"),
        ("Perhaps Iran attacked the ship.", "attacked", "possible"),
    ],
)
def test_certainty_of_a_happening(reader: Read, text: str, token: str, expected: str) -> None:
    reading = reader(text)
    assert status(reading, word(reading.doc, token))[1] == expected


def test_a_rule_may_own_the_negation(reader: Read) -> None:
    reading = reader("Iran will not tolerate the exercise.")
    token = word(reading.doc, "tolerate")
    assert status(reading, token)[0] == "denied"
    assert status(reading, token, negation=False)[0] == "future"


@pytest.mark.parametrize(
    ("text", "token", "act", "expected"),
    [
        # what is said is done once it is uttered
        ("Iran wants the ships to leave.", "wants", "REQUEST", "occurred"),
        ("Iran is demanding an apology.", "demanding", "REQUEST", "ongoing"),
        ("The ships must leave the strait.", "leave", "REQUEST", "occurred"),
        ("Iran will release the ship.", "release", "AGREE", "occurred"),
        ("Iran will sink the ship.", "sink", "THREATEN", "occurred"),
        ("Iran will not release the ship.", "release", "REJECT", "occurred"),
        ("Iran will shelter nobody.", "shelter", "REJECT", "occurred"),
        ("Iran did not reject the offer.", "reject", "REJECT", "denied"),
        ("If Iran agrees to it, the ship will sail.", "agrees", "AGREE", "hypothetical"),
        ("The envoy came to Baku and rose to condemn the attack.", "condemn", "ACCUSE", "occurred"),
        ("The premier offered warm congratulations to Iran.", "congratulations", "SUPPORT", "occurred"),
        ("Iran will release the ship.", "release", "RETREAT", "future"),
        # arms that are promised or offered are not delivered
        ("Russia promised Iran forty tanks.", "promised", "TRANSFER", "future"),
        ("Russia offered Iran forty tanks.", "offered", "TRANSFER", "hypothetical"),
        ("Russia ordered forty tanks.", "ordered", "TRANSFER", "occurred"),
        ("Russia dismissed the report on tanks for Iran.", "report", "TRANSFER", "denied"),
    ],
)
def test_status_of_an_act_whose_type_is_known(reader: Read, text: str, token: str, act: str, expected: str) -> None:
    reading = reader(text)
    assert status(reading, word(reading.doc, token), act=act)[0] == expected


def test_what_is_dated_after_publication_lies_ahead(reader: Read) -> None:
    reading = reader("The minister flies to Baku on 3 June 2016.", "2016-05-18")
    assert status(reading, word(reading.doc, "flies"))[0] == "future"


def test_the_event_reader_may_tell_how_certain_it_is(reader: Read) -> None:
    reading = reader("Iran attacked the ship.")
    token = word(reading.doc, "attacked")
    for likely, expected in ((0.9, "possible"), (0.5, "certain")):
        heard = Happening(
            token.i, {"ASSAULT": 1.0}, {"denied": 1.0}, {"possible": likely, "certain": 1 - likely}, {}, {}
        )
        reading.doc.user_data[KEY] = {token.i: heard}
        assert status(reading, token) == ("occurred", expected)
