import pytest

from amity.errors import InputError
from amity.evaluation.notation import parse, problems
from amity.records import Event, Interval, Quantity, Transfer

PASSAGE = """\
=== gulf-014
published: 2014-03-02

Qatari officials said that Oman had hosted talks between Doha and Riyadh.

"Turkey sold us 24 drones", he said. It sold us 300 to 400 trucks.
---
event CONSULT/third-party | talks | by Doha =QAT.GOV | to Riyadh =SAU.GOV | mutual | said Qatari officials =QAT.GOV | "Oman had … Riyadh"
transfer sale | sold | from Turkey =TUR | to us =QAT | n 24 | what drones | cat drone | said he =QAT | "Turkey sold us … drones"
quantity | 300 to 400 | of trucks | value 300..400 | said he =QAT | "It sold us 300 to 400 trucks"
says | said | by he =? | "Turkey sold us 24 drones"
"""  # noqa: E501


def test_claims_stand_in_the_text() -> None:
    (passage,) = parse(PASSAGE)
    event, transfer, quantity = passage.claims
    assert isinstance(event, Event) and isinstance(transfer, Transfer) and isinstance(quantity, Quantity)
    assert (event.quote, event.mode, event.mutual) == (
        "Oman had hosted talks between Doha and Riyadh",
        "third-party",
        True,
    )
    assert [actor.code for actor in (*event.actors, *event.recipients, *event.attribution)] == ["QAT", "SAU", "QAT"]
    assert passage.text[event.trigger_start :].startswith("talks")
    assert (transfer.supplier, transfer.recipient, transfer.quantity) == ("TUR", "QAT", 24)
    assert quantity.value == Interval(300, 400)
    assert not problems([passage])


def test_a_cue_may_follow_what_is_said() -> None:
    (passage,) = parse(PASSAGE)
    (speech,) = passage.speech
    assert [passage.text[slice(*span)] for span in (speech.cue, speech.content)] == ["said", "Turkey sold us 24 drones"]


def test_the_nearest_mention_is_meant() -> None:
    (passage,) = parse(PASSAGE)
    us = passage.claims[1].parties[1]  # type: ignore[union-attr]
    assert passage.text[: us.start].endswith('"Turkey sold ')


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('event TALK | talks | by Doha =QAT | "talks"', "TALK"),
        ('event CONSULT | met | by Doha =QAT | "talks"', "the trigger 'met'"),
        ('event CONSULT | talks | by Muscat =OMN | "talks"', "'Muscat' does not stand"),
        ('event CONSULT | talks | by Doha | "talks"', "is no mention"),
        ('event CONSULT | talks | by Doha =QAT | when now | "talks"', "'when now' is no field"),
        ('quantity | 24 | of drones | value many | "24 drones"', "'many' is no number"),
        ('event CONSULT | talks | by Doha =QAT | "Doha … Oman"', "'Oman' does not follow"),
        ('event CONSULT | talks | "talks"', "nobody takes part"),
    ],
)
def test_faults_are_told_with_their_line(line: str, fault: str) -> None:
    with pytest.raises(InputError, match="line 12: ") as error:
        list(parse(PASSAGE + line))
    assert fault in str(error.value)


def test_codes_that_do_not_exist_are_doubted() -> None:
    (passage,) = parse(PASSAGE.replace("QAT.GOV |", "QQQ.XXX |").replace("CONSULT/third-party", "CONSULT/dance"))
    assert [fault.split(":")[1].strip().split(" (")[0] for fault in problems([passage])] == [
        "CONSULT has no mode 'dance'",
        "there is no sector 'XXX'",
        "there is no state 'QQQ'",
        "there is no sector 'XXX'",
        "there is no state 'QQQ'",
    ]
