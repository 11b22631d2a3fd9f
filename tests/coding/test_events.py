"""Events: every frame by its own example, then what goes beyond single frames."""

from __future__ import annotations

import pytest

from amity.codebook import Codebook
from amity.codebook.frames import Example, Frame, load_frames
from amity.coding.events import candidates, consider, events
from amity.coding.events.match import Match
from amity.coding.reading import Reading
from amity.records import Actor, Article, Event, Span
from tests.coding.conftest import Read

EXAMPLES = [
    pytest.param(frame, example, id=f"{rule}: {example.text}")
    for rule, frame in load_frames().rules.items()
    for example in frame.examples
]


def codes(actors: tuple[Actor, ...]) -> set[str]:
    """Everything that a table could call these actors."""
    return {name for actor in actors for name in (actor.country, actor.name, actor.text) if name}


def coded(reading: Reading) -> list[tuple[str, set[str], set[str]]]:
    """Type, actors and recipients of each event."""
    return [(event.type, codes(event.actors), codes(event.recipients)) for event in events(reading)]


def only(reading: Reading, kind: str) -> Event:
    """The one event of a type."""
    (event,) = [event for event in events(reading) if event.type == kind]
    return event


@pytest.mark.parametrize(("frame", "example"), EXAMPLES)
def test_frame_fits_its_example(frame: Frame, example: Example, reader: Read) -> None:
    reading = reader(example.text, "2021-10-14")
    matches = [
        match
        for token in reading.doc
        if candidates(reading, token)
        for match in consider(reading, token)
        if isinstance(match, Match) and match.frame.rule == frame.rule
    ]
    ways = [
        (codes(tuple(one.actor for one in actors)), codes(tuple(one.actor for one in recipients)))
        for match in matches
        for actors, recipients in (
            (match.actors, match.recipients),
            *([(match.recipients, match.actors)] if match.mutual else []),
        )
    ]
    assert any(
        (not example.actor or example.actor in actors) and (not example.recipient or example.recipient in recipients)
        for actors, recipients in ways
    )


def test_codebook_is_rich(book: Codebook) -> None:
    types = {frame.type for frame in book.frames.rules.values()}
    assert len(types) == 16
    assert sum(frame.part == "verbs" for frame in book.frames.rules.values()) > 150


@pytest.mark.parametrize(
    ("text", "kind", "actor", "recipient"),
    [
        ("Iran was accused by Israel of arming Hezbollah.", "ACCUSE", "ISR", "IRN"),
        ("Pakistan, which was attacked by India in May, called for help.", "ASSAULT", "IND", "PAK"),
        ("The Israeli attacks on Iran continued.", "ASSAULT", "ISR", "IRN"),
        ("Israel carried out a series of strikes against Syria.", "ASSAULT", "ISR", "SYR"),
        ("The United States wants to help Ukraine.", "AID", "USA", "UKR"),
        ("Turkey expelled two diplomats of Syria and recalled its ambassador from Damascus.", "SANCTION", "TUR", "SYR"),
        ("Estonia is standing firm against threats from Russia.", "THREATEN", "RUS", "EST"),
        ("China demanded that Japan end its cooperation with Taiwan.", "REQUEST", "CHN", "JPN"),
        ("Norway said that Russia had shelled its villages.", "ASSAULT", "RUS", "NOR"),
    ],
)
def test_constructions(reader: Read, text: str, kind: str, actor: str, recipient: str) -> None:
    found = [(type_, actors, recipients) for type_, actors, recipients in coded(reader(text)) if type_ == kind]
    assert any(actor in actors and recipient in recipients for _, actors, recipients in found), found


def test_speech_act_and_content_are_two_claims(reader: Read) -> None:
    reading = reader("Ukraine accused Russia of bombing Syrian villages.")
    accusation, assault = only(reading, "ACCUSE"), only(reading, "ASSAULT")
    assert accusation.attribution == ()
    assert codes(assault.actors) >= {"RUS"} and codes(assault.recipients) >= {"SYR"}
    assert "UKR" in codes(assault.attribution)
    assert assault.status == "alleged"


@pytest.mark.parametrize(
    "text",
    [
        "The Iranian foreign minister and the Turkish foreign minister met in Ankara.",
        "Talks between Iran and Turkey took place in Geneva.",
        "Iran and Turkey held talks in Geneva.",
        "Iranian-Turkish talks took place in Geneva.",
    ],
)
def test_meetings_are_one_mutual_claim(reader: Read, text: str) -> None:
    event = only(reader(text), "CONSULT")
    assert event.mutual
    assert codes(event.actors) | codes(event.recipients) >= {"IRN", "TUR"}
    assert event.actors and event.recipients


def test_joint_exercises_cooperate_and_lone_ones_mobilise(reader: Read) -> None:
    joint = coded(reader("Turkey and Azerbaijan held joint military exercises near Nakhchivan."))
    assert [kind for kind, *_ in joint] == ["COOPERATE"]
    lone = coded(reader("Iran held military exercises on its border with Azerbaijan."))
    assert [kind for kind, *_ in lone] == ["MOBILIZE"]
    assert "AZE" in lone[0][2]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Turkey will release two German journalists.", "AGREE"),
        ("Russia will attack Ukraine.", "THREATEN"),
        ("Slovakia will not accept Syrian refugees.", "REJECT"),
    ],
)
def test_announced_acts_are_promises_threats_and_refusals(reader: Read, text: str, kind: str) -> None:
    event = only(reader(text), kind)
    assert event.status == "occurred"  # they are done by being said
    assert event.coder.rule


def test_one_happening_in_a_clause_is_one_claim(reader: Read) -> None:
    assert len(coded(reader("Israel launched an attack on Iran."))) == 1
    assert len(coded(reader("Iran signed an agreement with China in Tehran."))) == 1


def test_pair_named_before_takes_part_in_bilateral_acts(reader: Read) -> None:
    reading = reader("The Iranian president visited Azerbaijan in November. Bilateral documents were signed.")
    event = only(reading, "SUPPORT")
    assert codes(event.actors) | codes(event.recipients) >= {"IRN", "AZE"}


@pytest.mark.parametrize(
    "text",
    [
        "Such dangers are faced by Nairobi along the coast.",
        "The government has declared war on inflation.",
        "Germany beat Brazil 7-1 in the semi-final of the football tournament.",
        "The lawmakers struck a deal on the budget.",
        "Israel has a population of nine million.",
    ],
)
def test_nothing_political_gives_nothing(reader: Read, text: str) -> None:
    assert coded(reader(text)) == []


def test_arms_deliveries_are_no_events_besides(reader: Read) -> None:
    assert coded(reader("Russia delivered missiles to Iran.")) == []


def test_quote_is_the_clause_and_offsets_are_exact(reader: Read) -> None:
    text = "Officials said on Monday that Israel had attacked Iran, and markets fell."
    event = only(reader(text), "ASSAULT")
    assert event.quote == text[event.start : event.end] == "Israel had attacked Iran"
    assert text[event.trigger_start :].startswith(event.trigger) and event.trigger == "attacked"


def test_furniture_is_skipped(reader: Read, book: Codebook) -> None:
    reading = reader("Israel attacked Iran. Leave a reply.")
    article = Article(id="test", text=reading.article.text, source="test", furniture=(Span(0, 21),))
    reading.article = article
    assert coded(reading) == []


def test_intensity_follows_type_and_mode(reader: Read, book: Codebook) -> None:
    event = only(reader("Israeli jets shelled Syrian positions."), "ASSAULT")
    assert event.intensity == book.plover.intensity("ASSAULT", event.mode) < -8


@pytest.mark.parametrize(
    ("text", "kind", "actor", "recipient"),
    [
        ("Pakistan accused India of an attack. New Delhi rejected the charge.", "REJECT", "IND", "PAK"),
        ("Somalia condemned Ethiopia and recalled its ambassador.", "SANCTION", "SOM", "ETH"),
        ("Pakistan complained about India, Iran and China. New Delhi rejected the charge.", "REJECT", "", ""),
        ("China praised Russia. Japan rejected a budget.", "REJECT", "", ""),
    ],
)
def test_answers_go_to_whoever_was_named_before(reader: Read, text: str, kind: str, actor: str, recipient: str) -> None:
    found = [(type_, actors, recipients) for type_, actors, recipients in coded(reader(text)) if type_ == kind]
    assert any(actor in actors and recipient in recipients for _, actors, recipients in found) == bool(actor)


def test_claims_of_misdeeds_accuse(reader: Read) -> None:
    claimed = coded(reader("Israel claimed that Iran had plotted to kill its diplomats."))
    assert [(kind, "ISR" in actors, "IRN" in recipients) for kind, actors, recipients in claimed][:1] == [
        ("ACCUSE", True, True)
    ]
    assert "ACCUSE" not in [kind for kind, _, _ in coded(reader("Israel claimed that Iran had grown."))]
    assert "ACCUSE" not in [kind for kind, _, _ in coded(reader("Israel said that Iran had attacked its diplomats."))]


@pytest.mark.parametrize(
    ("text", "kind", "parties"),
    [
        ("In 1995 Peru quarrelled with Ecuador. The fighting went on for a month.", "ASSAULT", {"PER", "ECU"}),
        ("Egypt quarrelled with Sudan. After the talks the armies withdrew.", "CONSULT", {"EGY", "SDN"}),
        ("Peru quarrelled with Ecuador. A war is expensive.", "ASSAULT", set()),
        ("Peru quarrelled with Ecuador. The Gulf War was expensive.", "ASSAULT", set()),
        ("Peru quarrelled with Ecuador. They discussed the war.", "ASSAULT", set()),
        ("The discussion of farmers from Paris to Prague goes on.", "CONSULT", set()),
    ],
)
def test_known_happenings_have_the_parties_named_before(reader: Read, text: str, kind: str, parties: set[str]) -> None:
    found = [actors | recipients for type_, actors, recipients in coded(reader(text)) if type_ == kind]
    assert any(parties <= everybody for everybody in found) == bool(parties)


@pytest.mark.parametrize(
    ("text", "victim"),
    [
        ("Two Iranian officers were killed in Damascus.", "IRN"),
        ("The attacks on Turkish troops continued.", "TUR"),
        ("Two Iranian officers were killed in an earthquake.", ""),
        ("A tourist was killed in Damascus.", ""),
    ],
)
def test_force_from_somebody_unnamed_has_no_actor(reader: Read, text: str, victim: str) -> None:
    found = [(actors, recipients) for kind, actors, recipients in coded(reader(text)) if kind == "ASSAULT"]
    assert [(actors, victim in recipients) for actors, recipients in found] == ([(set(), True)] if victim else [])


@pytest.mark.parametrize(
    ("text", "kind", "actor", "recipient"),
    [
        ("France condemned Russia for interference in the election.", "COERCE", "RUS", ""),
        ("The Eritrean attacks on Ethiopia, condemned by Kenya, went on.", "ASSAULT", "ERI", "ETH"),
        ("Poland measured the effects of the Russian invasion of Ukraine.", "ASSAULT", "RUS", "UKR"),
    ],
)
def test_who_brought_it_about(reader: Read, text: str, kind: str, actor: str, recipient: str) -> None:
    event = only(reader(text), kind)
    assert actor in codes(event.actors) and (recipient in codes(event.recipients) or not recipient)


def test_showing_something_is_no_protest(reader: Read) -> None:
    assert coded(reader("Iran demonstrated that it could wait.")) == []


@pytest.mark.parametrize(
    ("text", "kind", "mutual"),
    [
        ("India and Pakistan accused each other.", "ACCUSE", False),
        ("Indian and Pakistani soldiers fired at one another.", "ASSAULT", False),
        ("India and Pakistan fought for a month.", "ASSAULT", False),
        ("India and Pakistan consulted each other.", "CONSULT", True),
    ],
)
def test_what_two_do_to_each_other(reader: Read, text: str, kind: str, mutual: bool) -> None:
    found = [(codes(one.actors), codes(one.recipients), one.mutual) for one in events(reader(text)) if one.type == kind]
    ways = [("IND" in actors and "PAK" in recipients) for actors, recipients, _ in found]
    assert {one for _, _, one in found} == {mutual}
    assert sorted(ways) == ([True] if mutual else [False, True])


def test_part_of_a_campaign_is_done_by_whoever_leads_it(reader: Read) -> None:
    event = only(reader("Iran began a campaign that included military exercises on Azerbaijan's border."), "MOBILIZE")
    assert "IRN" in codes(event.actors) and "AZE" in codes(event.recipients)


@pytest.mark.parametrize(
    ("text", "kind", "parties"),
    [
        ("Obama announced an agreement with Iran.", "SUPPORT", {"USA", "IRN"}),
        ("Kenya said that the meeting with Uganda went well.", "CONSULT", {"KEN", "UGA"}),
        ("Russia criticised the agreement with Ukraine.", "SUPPORT", set()),
        ("After her meeting with Lula, the Kremlin spoke of progress.", "CONSULT", set()),
    ],
)
def test_dealings_with_somebody_are_those_of_whom_the_clause_tells(
    reader: Read, text: str, kind: str, parties: set[str]
) -> None:
    found = [actors | recipients for type_, actors, recipients in coded(reader(text)) if type_ == kind]
    assert [parties <= everybody for everybody in found] == [True] * bool(parties)


def test_an_answer_stands_without_its_addressee(reader: Read) -> None:
    assert ("REJECT", set()) in [(kind, to) for kind, _, to in coded(reader("Sudan dismissed the allegations."))]
    assert coded(reader("Sudan dismissed the allegations that the clerk had made.")) == []


def test_those_expelled_are_of_the_only_other_state(reader: Read) -> None:
    event = only(reader("Relations with Libya were bad. In May Malta expelled two diplomats."), "SANCTION")
    assert [one.country for one in event.recipients] == ["LBY"]


def test_each_and_the_other_are_two_directions(reader: Read) -> None:
    found = coded(reader("Chad and Sudan have clashed. Each side blames the other."))
    blamed = [("TCD" in by, "SDN" in to) for kind, by, to in found if kind == "ACCUSE"]
    assert sorted(blamed) == [(False, False), (True, True)]


def test_what_two_promise_together_is_mutual(reader: Read) -> None:
    assert only(reader("Greece and Cyprus will hold joint drills in June."), "AGREE").mutual


def test_called_on_somebody_hands_the_infinitive_over(reader: Read) -> None:
    reading = reader(
        "Chile met Peru and Bolivia. Peru protested. Bolivia did, too. Chile called on both sides to cease fire."
    )
    request, truce = only(reading, "REQUEST"), only(reading, "RETREAT")
    assert {one.country for one in request.recipients} == {one.country for one in truce.actors} == {"PER", "BOL"}
    assert truce.status == "hypothetical"


def test_what_began_on_a_day_was_done_on_it(reader: Read) -> None:
    event = only(reader("India began on Friday to pull back troops from the border.", "2021-02-14"), "RETREAT")
    assert (event.status, event.date) == ("occurred", "2021-02-12")


def test_a_war_that_broke_out_is_that_of_the_states_its_sentence_names(reader: Read) -> None:
    event = only(reader("The war broke out in 1980, a year after Iran had quarrelled with Iraq."), "ASSAULT")
    assert {one.country for one in (*event.actors, *event.recipients)} == {"IRN", "IRQ"}


def test_the_subject_after_a_dateline_acts(reader: Read) -> None:
    event = only(reader("MUSCAT: Qatar, Bahrain and Kuwait cut ties with Syria on Monday."), "SANCTION")
    assert codes(event.actors) >= {"QAT", "BHR", "KWT"} and "SYR" in codes(event.recipients)


@pytest.mark.parametrize(
    ("text", "kind", "actor", "recipient"),
    [
        ("The United Nations passed a resolution condemning North Korea.", "ACCUSE", "United Nations", "PRK"),
        ("France published a statement praising Egypt.", "SUPPORT", "FRA", "EGY"),
        ("Pakistan summoned the French ambassador to complain.", "ACCUSE", "PAK", "FRA"),
        ("Little has changed since the attacks in Paris.", "ASSAULT", "", "FRA"),
    ],
)
def test_whose_words_and_acts_they_are(reader: Read, text: str, kind: str, actor: str, recipient: str) -> None:
    found = [(actors, recipients) for type_, actors, recipients in coded(reader(text)) if type_ == kind]
    assert all((actor in actors or not actor) and recipient in recipients for actors, recipients in found) and found


def test_a_journey_at_home_is_no_visit(reader: Read) -> None:
    assert coded(reader("President Obama flew to Chicago.", "2012-05-01")) == []


def test_a_named_envoy_sent_away_is_of_the_other_state(reader: Read) -> None:
    text = "The quarrel of Chile with Peru goes on. Chile gave Ambassador Juan Torres three days to leave."
    assert [one.country for one in only(reader(text), "SANCTION").recipients] == ["PER"]


def test_whom_a_phrase_for_the_actor_names_is_no_addressee(reader: Read) -> None:
    event = only(reader("The Swedish embassy in Lima rejected the claim."), "REJECT")
    assert [one.country for one in event.actors] == ["SWE"] and not event.recipients


def test_a_repeated_auxiliary_goes_on_with_its_clause(reader: Read) -> None:
    reading = reader("Chile cut ties with Iran after Peru had protested and had expelled two Iranian diplomats.")
    expelled = [one for one in events(reading) if one.mode == "expel"]
    assert [codes(one.actors) >= {"PER"} for one in expelled] == [True]


def test_what_is_described_as_held_was_held(reader: Read) -> None:
    event = only(reader("One reason is the joint exercise that Greece and Cyprus held in May."), "COOPERATE")
    assert event.status == "occurred"
