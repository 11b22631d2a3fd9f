"""Who says a word, by way of whom: on short texts of our own."""

from __future__ import annotations

import pytest
import spacy

from amity.coding.reading import Reading
from amity.coding.voices.quotes import Layout
from amity.records import Article
from tests.coding.conftest import Read, parsed, word


def chain(reading: Reading, text: str, nth: int = 0) -> list[str]:
    """The sources of a word, outermost first, by name, country or wording."""
    return [
        source.name or source.country or source.text for source in reading.voices.chain(word(reading.doc, text, nth))
    ]


# ------------------------------------------------------------------------------------------------ quotation marks


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("“We won,” he said.", ["“We won,”"]),
        ('"We won," he said. "And we stay."', ['"We won,"', '"And we stay."']),
        ("He said: «We won.»", ["«We won.»"]),
        ("''We won,'' he said.", ["''We won,''"]),
        (
            "“He told me: ‘Leave at once,’ and I left,” she said.",
            ["“He told me: ‘Leave at once,’ and I left,”", "‘Leave at once,’"],
        ),
        ("The states’ rights and the drone’s range of 5'", []),
        ("He is 6'2\" tall.", []),
        ("We won the war long ago,” he said.", ["We won the war long ago,”"]),
    ],
)
def test_quotations_are_found_with_any_marks(text: str, quotes: list[str]) -> None:
    doc = spacy.blank("en")(text)
    found = [doc[quote.start : quote.end].text for quote in Layout.of(doc, doc.text).quotes]
    assert [quote.replace(" ", "") for quote in found] == [quote.replace(" ", "") for quote in quotes]


def test_a_quotation_runs_on_over_paragraphs_that_each_open_it() -> None:
    doc = spacy.blank("en")("He said: “We won.\n\n“We stay.\n\n“We go.”\n\nNobody else spoke.")
    found = Layout.of(doc, doc.text).quotes
    assert [(quote.closed, quote.continues) for quote in found] == [(False, False), (False, True), (True, True)]


def test_lines_are_paragraphs_unless_they_are_wrapped() -> None:
    blank = spacy.blank("en")
    wrapped = (
        "The two sides met in the capital on\nMonday and agreed to go on with the\n"
        "talks that had been broken off last\nyear.\n\nNobody spoke."
    )
    assert len(Layout.of(blank(wrapped), wrapped).parts) == 2
    lines = "The two sides met.\nNobody spoke.\nThe talks go on."
    assert len(Layout.of(blank(lines), lines).parts) == 3


# ------------------------------------------------------------------------------------------------ grammar


@pytest.mark.parametrize(
    ("text", "token", "sources"),
    [
        ("Iran attacked the ship, officials said.", "attacked", ["officials"]),
        ("The minister claimed that Israel had bombed the bridge.", "bombed", ["minister"]),
        ("According to Reuters, Russia sold the missiles to Syria.", "sold", ["Reuters"]),
        ("Russia, Vladimir Putin said, will deliver the missiles.", "deliver", ["Vladimir Putin"]),
        ("Armenia accused Azerbaijan of shelling a village.", "shelling", ["ARM"]),
        ("Armenia accused Azerbaijan of shelling a village.", "accused", []),
        ("Claims by Armenia that Azerbaijan had shelled a village were false.", "shelled", ["ARM"]),
        ("Iran denied that it had sent weapons to Yemen.", "sent", ["IRN"]),
        ("Iran denied that it had sent weapons to Yemen.", "denied", []),
        ("In the words of Hassan Rouhani, the deal is dead.", "dead", ["Hassan Rouhani"]),
        ("As Ankara put it, the deal is dead.", "dead", ["TUR"]),
        ("It is said that Iran attacked the ship.", "attacked", []),
        ("I think that Iran attacked the ship.", "attacked", []),
        ("Iran allegedly attacked the ship.", "attacked", []),
        ("Turkey made it clear that Iran had attacked the ship.", "attacked", ["TUR"]),
        ("Turkey cited the attack as a reason to leave.", "leave", ["TUR"]),
        ("Diplomats hope that the strike ends as insurers figure out a price.", "ends", ["Diplomats"]),
        ("The captain issued a statement saying that Iran had attacked the ship.", "attacked", ["captain"]),
        ("Turkey called off the visit to the port, saying Iran had attacked the ship.", "attacked", ["TUR"]),
        ("Turkey said the port was closed, saying Iran had attacked the ship.", "attacked", ["TUR"]),
        ("Turkey said the port was closed, saying Iran had attacked the ship.", "closed", ["TUR"]),
        ("“We fired first,” said Turkey, adding that Iran had attacked the ship.", "attacked", ["TUR"]),
        ("85% of sailors said that Iran had attacked the ship.", "attacked", ["sailors"]),
        ("Prosecutors found that Iran had attacked the ship.", "attacked", ["Prosecutors"]),
        ("The blast shows that Iran attacked the ship.", "attacked", []),
    ],
)
def test_the_grammar_tells_who_says_it(reader: Read, text: str, token: str, sources: list[str]) -> None:
    assert [source.removeprefix("The ") for source in chain(reader(text), token)] == sources


def test_reports_nest(reader: Read) -> None:
    reading = reader("Reuters reported that Vladimir Putin had told Ilham Aliyev that Armenia would withdraw.")
    assert chain(reading, "withdraw") == ["Reuters", "Vladimir Putin"]
    assert chain(reading, "told") == ["Reuters"]
    assert chain(reading, "reported") == []


def test_whom_one_tells_is_no_source(reader: Read) -> None:
    reading = reader("Vladimir Putin told Reuters that Armenia had withdrawn.")
    assert chain(reading, "withdrawn") == ["Vladimir Putin"]


def test_it_may_speak(reader: Read) -> None:
    reading = reader("Israel closed the port. It said that Iran had attacked the ship.")
    assert chain(reading, "attacked") == ["ISR"]


def test_what_a_participle_adds_is_no_part_of_what_was_said_before(reader: Read) -> None:
    reading = reader("Vladimir Putin said the port was closed, adding that it was unsafe.")
    first, second = (voice.content for voice in reading.voices.voices)
    assert [reading.doc.span(span.start, span.end).text for span in first] == ["the port was closed"]
    assert [reading.doc.span(span.start, span.end).text for span in second] == ["that it was unsafe"]


# ------------------------------------------------------------------------------------------------ quotations spoken


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“Iran attacked us,” said one officer familiar with the matter.", "officer"),
        ("“The raid is a reply to what Iran did,” said Ilham Aliyev, an old friend.", "Ilham Aliyev"),
        ("As the crowd left, Ilham Aliyev said, “Iran attacked us.”", "Ilham Aliyev"),
    ],
)
def test_a_speaker_may_stand_behind_the_verb(reader: Read, text: str, speaker: str) -> None:
    reading = reader(text)
    (voice,) = reading.voices.voices
    assert voice.source is not None
    assert (voice.source.name or voice.source.text).endswith(speaker) or speaker in voice.source.text
    assert not any(word.text == "crowd" for span in voice.content for word in reading.doc[span.start : span.end])


def test_a_quotation_goes_on_after_its_reporting_word(reader: Read) -> None:
    reading = reader("“Armenia attacked us,” Ilham Aliyev said. “It shelled two villages.”")
    assert chain(reading, "attacked") == chain(reading, "shelled") == ["Ilham Aliyev"]


def test_a_quotation_without_its_opening_mark_begins_with_the_paragraph(reader: Read) -> None:
    reading = reader("Ilham Aliyev spoke.\n\nArmenia attacked us and it shelled two villages,” Aliyev said.")
    assert chain(reading, "attacked") == ["Ilham Aliyev"]


def test_paragraphs_of_one_quotation_have_one_speaker(reader: Read) -> None:
    reading = reader(
        "Vladimir Putin said: “Georgia attacked us.\n\n“It shelled a village of ours.”\n\nGeorgia withdrew."
    )
    assert chain(reading, "shelled") == ["Vladimir Putin"]
    assert chain(reading, "withdrew") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ilham Aliyev asked for calm and will: “Stand firm and stay calm,” he said.", "“Stand firm and stay calm,”"),
        ("But despite the sharp tone, “I think that Iran will sign,” said Ilham Aliyev.", "“I think that Iran"),
        ("Asked whether the dam, which is old, was safe, Ilham Aliyev said, “Iran built it.”", ", “Iran built it.”"),
    ],
)
def test_a_whole_sentence_that_is_quoted_is_all_that_is_said(reader: Read, text: str, said: str) -> None:
    reading = reader(text)
    (voice,) = (voice for voice in reading.voices.voices if voice.word.text == "said")
    found = {reading.doc.span(span.start, span.end).text.lstrip(", ") for span in voice.content}
    assert all(content.startswith(said.lstrip(", ")) for content in found)


def test_who_reports_within_a_quotation_reports_nothing_outside_it(reader: Read) -> None:
    reading = reader("“He has friends, but I think that's a very big role,” said Doyle, whose home state is a target.")
    inner, outer = reading.voices.voices
    assert (inner.word.text, outer.word.text) == ("think", "said")
    assert "target" not in [word.text for span in inner.content for word in reading.doc[span.start : span.end]]
    assert chain(reading, "role")[0] == "Doyle"
    assert chain(reading, "target") == []


def test_a_speaker_goes_on_without_a_verb(reader: Read) -> None:
    reading = reader("“Peace,” said Ilham Aliyev, a baker. “Peace for the whole country, everybody.”")
    assert chain(reading, "country") == ["Ilham Aliyev"]


def test_words_held_at_arms_length_have_no_speaker(reader: Read) -> None:
    reading = reader("Georgia sent its “peacekeepers” to the border.")
    assert chain(reading, "peacekeepers") == []


# ------------------------------------------------------------------------------------------------ passages

PASSAGE = """The Gazette reports:

Russia sent tanks to the border on Monday. The tanks crossed a river.

The tanks were seen by farmers near the bridge.

It is hard to believe that anybody sent tanks. Of course, Russia rejected the story."""


def test_a_passage_keeps_its_source_until_the_author_returns(reader: Read) -> None:
    reading = reader(PASSAGE)
    assert chain(reading, "sent") == chain(reading, "crossed") == chain(reading, "seen") == ["Gazette"]
    assert chain(reading, "rejected") == []


def test_a_passage_ends_where_the_lead_is_repeated(reader: Read) -> None:
    lead = "Georgia stands firm against all these old threats from the north."
    reading = reader(f"{lead}\n\nThe Gazette reports:\n\nRussia sent tanks to the border on Monday.\n\n{lead}")
    assert chain(reading, "sent") == ["Gazette"]
    assert chain(reading, "stands", 1) == []


def test_an_agency_is_a_source_only_in_somebody_elses_paper(reader: Read, nlp: object, book: object) -> None:
    from amity.coding.reading import read

    text = "TBILISI (Reuters) - Russia sent tanks to the border on Monday, witnesses near the bridge told reporters."
    doc = parsed(nlp, text)  # type: ignore[arg-type]
    own = read(Article(id="a", text=text, source="a", publisher="Reuters"), doc, book)  # type: ignore[arg-type]
    other = read(Article(id="a", text=text, source="a", publisher="The Gazette"), doc, book)  # type: ignore[arg-type]
    assert "Reuters" not in chain(own, "sent")
    assert chain(other, "sent")[0] == "Reuters"


def test_an_interview_gives_the_answers_to_the_guest(reader: Read) -> None:
    text = (
        "We spoke to Ilham Aliyev in his office.\n\nQ: Did Armenia attack?\n\n"
        "A: Armenia shelled two villages.\n\nQ: And now?\n\nA: We answered."
    )
    reading = reader(text)
    assert chain(reading, "shelled") == ["Ilham Aliyev"]
    assert chain(reading, "attack") == []


def test_a_headline_names_its_source_before_a_colon(reader: Read) -> None:
    reading = reader("Expert: Israel bombed the bridge\n\nThe bridge stands.")
    assert chain(reading, "bombed") == ["Expert"]


def test_a_body_is_named_with_whose_it_is(reader: Read) -> None:
    reading = reader("Norway's Defence Ministry said that a drone had crashed.")
    (ministry,) = reading.voices.chain(word(reading.doc, "crashed"))
    assert (ministry.text, ministry.country) == ("Norway's Defence Ministry", "NOR")


@pytest.mark.parametrize(
    "text",
    [
        "The Finnish officials put the damage at 40 million euros.",
        "The damage was put at 40 million euros by the Finnish officials.",
        "The Finnish officials gave the damage as 40 million euros.",
    ],
)
def test_figures_have_a_source(reader: Read, text: str) -> None:
    reading = reader(text)
    assert [one.country for one in reading.voices.chain(word(reading.doc, "40"))] == ["FIN"]
    assert chain(reading, "damage") == []
