"""Whether something is said to have happened: on short texts of our own."""

from __future__ import annotations

import pytest

from amity.coding.status import status
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
        ("The captain claimed that Iran attacked the ship.", "attacked", "alleged"),
        ("The captain accused Iran of attacking the ship.", "attacking", "alleged"),
        ("Iran denied that it attacked the ship.", "attacked", "denied"),
        ("Iran allegedly attacked the ship.", "attacked", "alleged"),
        ("Iran is believed to have attacked the ship.", "attacked", "unconfirmed"),
        ("There is no evidence that Iran attacked the ship.", "attacked", "unconfirmed"),
        # nouns
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
