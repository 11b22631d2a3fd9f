"""Reviews win over what a program finds."""

from __future__ import annotations

from typing import Any

import msgspec

from amity.records import Actor, Claim, Event, identified
from amity.records.review import decided, settled


def event(start: int = 10, **other: Any) -> Claim:
    about: dict[str, Any] = {
        "article": "a1",
        "quote": "Kenya met Uganda",
        "start": start,
        "end": start + 16,
        "trigger": "met",
        "trigger_start": start + 6,
        "type": "CONSULT",
        "actors": (Actor(text="Kenya", country="KEN", start=start, end=start + 5),),
        "recipients": (Actor(text="Uganda", country="UGA", start=start + 10, end=start + 16),),
        "confidence": 0.4,
    }
    return identified(Event(**about | other))


FIRST, SECOND = event(), event(100)


def test_nothing_decided_nothing_changed() -> None:
    assert settled([FIRST, SECOND], []) == [FIRST, SECOND]


def test_a_rejected_claim_is_gone_and_stays_gone_when_coded_anew() -> None:
    review = decided(FIRST, "reject", "Ada")
    assert settled([FIRST, SECOND], [review]) == [SECOND]
    again = identified(msgspec.structs.replace(FIRST, start=8, quote="ly Kenya met Uganda"))
    assert again.id != FIRST.id
    assert settled([again, SECOND], [review]) == [SECOND]


def test_what_says_the_same_beside_it_stays_while_the_claim_itself_is_there() -> None:
    beside = event(start=12, quote="nya met Uganda at")
    assert settled([FIRST, beside], [decided(FIRST, "reject", "Ada")]) == [beside]
    assert [claim.id for claim in settled([FIRST, beside], [decided(FIRST, "accept", "Ada")])] == [FIRST.id, beside.id]


def test_something_else_on_the_same_words_is_not_rejected() -> None:
    other = event(type="ACCUSE")
    assert settled([other], [decided(FIRST, "reject", "Ada")]) == [other]


def test_an_accepted_claim_is_sure_and_survives_being_lost() -> None:
    review = decided(FIRST, "accept", "Ada")
    (kept,) = settled([FIRST], [review])
    assert (kept.id, kept.confidence) == (FIRST.id, 1.0)
    assert settled([], [review]) == [kept]


def test_an_edited_claim_takes_the_place_of_the_machines() -> None:
    wanted = msgspec.structs.replace(FIRST, type="AGREE")
    review = decided(FIRST, "edit", "Ada", edited=wanted)
    (kept,) = settled([FIRST], [review])
    assert isinstance(kept, Event)
    assert (kept.type, kept.coder.name, kept.confidence) == ("AGREE", "Ada", 1.0)
    assert kept.id != FIRST.id
    assert settled([kept], [review]) == [kept]


def test_the_last_decision_wins() -> None:
    accept, reject = decided(FIRST, "accept", "Ada"), decided(FIRST, "reject", "Ben")
    assert settled([FIRST], [accept, reject]) == []
    assert [claim.id for claim in settled([FIRST], [reject, accept])] == [FIRST.id]


def test_a_decision_on_an_edited_claim_or_on_its_origin_takes_it_away() -> None:
    edit = decided(FIRST, "edit", "Ada", edited=msgspec.structs.replace(FIRST, type="AGREE"))
    assert edit.after is not None
    assert settled([FIRST], [edit, decided(edit.after, "reject", "Ben")]) == []
    assert settled([FIRST], [edit, decided(FIRST, "reject", "Ben")]) == []


def test_to_ignore_changes_nothing() -> None:
    assert settled([FIRST], [decided(FIRST, "ignore", "Ada")]) == [FIRST]
