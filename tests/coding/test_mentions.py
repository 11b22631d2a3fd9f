"""Whom words mean: names, offices, groups, descriptions, pronouns."""

from __future__ import annotations

import pytest

from amity.coding.mentions import Mentions
from amity.coding.parse import Doc
from amity.coding.reading import Reading
from amity.records import Article, Span
from tests.coding.conftest import Read, parsed, word


def codes(reading: Reading, text: str, nth: int = 0) -> list[str | None]:
    return [who.country for who in reading.mentions.of(word(reading.doc, text, nth))]


def everybody(reading: Reading, text: str, nth: int = 0) -> list[str | None]:
    return [who.country for who in reading.mentions.all(word(reading.doc, text, nth))]


def modifying(reading: Reading, text: str, nth: int = 0) -> list[str | None]:
    return [who.country for who in reading.mentions.modifiers(word(reading.doc, text, nth))]


# ------------------------------------------------------------------------------------------------ names


@pytest.mark.parametrize(
    ("text", "token", "code"),
    [
        ("Azerbaijan accused Armenia of shelling its villages.", "Azerbaijan", "AZE"),
        ("The United States has imposed sanctions on Iran.", "States", "USA"),
        ("Officials in the U.S. refused to comment.", "U.S.", "USA"),
        ("The Kremlin published the decree on Monday.", "Kremlin", "RUS"),
        ("The president visited the Islamic Republic of Iran.", "Republic", "IRN"),
        ("Jerusalem rejected the report.", "Jerusalem", "ISR"),
    ],
)
def test_names_stand_for_states(reader: Read, text: str, token: str, code: str) -> None:
    assert codes(reader(text), token) == [code]


def test_mention_is_the_text_as_written(reader: Read) -> None:
    reading = reader("Israel sold drones to the Republic of Azerbaijan last year.")
    for mention in reading.mentions:
        for who in mention.actors:
            assert reading.article.text[who.start : who.end] == who.text


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Baku rejected the accusation.", "actor"),
        ("Israel sold weapons to Baku.", "actor"),
        ("The talks between Baku and Tehran failed.", "actor"),
        ("Baku's decision surprised its neighbours.", "actor"),
        ("The ministers met in Baku.", "place"),
        ("The minister visited Baku on Monday.", "place"),
        ("The minister travelled to Baku on Monday.", "place"),
    ],
)
def test_capital_is_government_when_it_acts_and_place_when_things_happen_there(
    reader: Read, text: str, role: str
) -> None:
    reading = reader(text)
    mention = reading.mentions.mention(word(reading.doc, "Baku"))
    assert mention is not None
    assert mention.role == role
    assert [who.country for who in mention.actors] == ["AZE"]
    assert mention.actors[0].sector == ("GOV" if role == "actor" else None)


def test_word_with_a_prefix_names_no_nationality(reader: Read) -> None:
    reading = reader("Turkish anti-Israel activists sailed to Gaza.")
    assert codes(reading, "activists") == ["TUR"]


def test_lower_case_words_are_no_states(reader: Read) -> None:
    reading = reader("They ate turkey from fine china and told us about it.")
    assert not [who for mention in reading.mentions for who in mention.actors if who.country]


def test_furniture_has_no_mentions(nlp, book) -> None:  # type: ignore[no-untyped-def]
    text = "More from Russia\n\nIsrael sold drones to Azerbaijan."
    article = Article(id="a", text=text, source="a", furniture=(Span(0, 16),))
    mentions = Mentions.find(article, Doc(parsed(nlp, text)), book)
    assert [who.country for mention in mentions for who in mention.actors] == ["ISR", "AZE"]


# ------------------------------------------------------------------------------------------------ groups


@pytest.mark.parametrize(
    ("text", "token", "code", "sector"),
    [
        ("Iranian officials answered the charge.", "officials", "IRN", "GOV"),
        ("Azerbaijani troops crossed the river.", "troops", "AZE", "MIL"),
        ("The Azerbaijani parliament ratified the treaty.", "parliament", "AZE", "LEG"),
        ("The army of Azerbaijan attacked at dawn.", "army", "AZE", "MIL"),
        ("Iranian police arrested two drivers.", "police", "IRN", "COP"),
        ("An Iranian journalist made the claim.", "journalist", "IRN", "JRN"),
        ("The Saudi ambassador left the country.", "ambassador", "SAU", "GOV"),
        ("Turkish companies build the drones.", "companies", "TUR", "BUS"),
        ("Mossad agents stole the documents.", "agents", "ISR", "SPY"),
    ],
)
def test_nouns_with_a_nationality_have_country_and_sector(
    reader: Read, text: str, token: str, code: str, sector: str
) -> None:
    (who,) = reader(text).mentions.of(word(reader(text).doc, token))
    assert (who.country, who.sector) == (code, sector)


def test_troops_of_an_organisation_bear_its_name(reader: Read) -> None:
    reading = reader("NATO troops left the base.")
    (who,) = reading.mentions.of(word(reading.doc, "troops"))
    assert (who.country, who.sector, who.name) == (None, "MIL", "NATO")


def test_protesters_of_unknown_country_keep_their_sector(reader: Read) -> None:
    reading = reader("Angry protesters stormed the building.")
    (who,) = reading.mentions.of(word(reading.doc, "protesters"))
    assert (who.country, who.sector) == (None, "CVL")


def test_an_ally_of_a_state_is_not_that_state(reader: Read) -> None:
    reading = reader("Azerbaijan is a close ally of Turkey.")
    assert "TUR" not in codes(reading, "ally")


def test_part_stands_for_the_whole(reader: Read) -> None:
    assert codes(reader("Dozens of Iranian diplomats left the kingdom."), "Dozens") == ["IRN"]


# ------------------------------------------------------------------------------------------------ persons


def test_title_and_name_need_no_dictionary(reader: Read) -> None:
    text = "Iranian defence minister Brig. Gen. Karim Rahmani visited Baku."
    reading = reader(text)
    for token in ("minister", "Karim", "Rahmani"):
        (who,) = reading.mentions.of(word(reading.doc, token))
        assert (who.country, who.sector, who.name) == ("IRN", "MIL", "Karim Rahmani")
        assert who.text == "Iranian defence minister Brig. Gen. Karim Rahmani"


@pytest.mark.parametrize(
    "text",
    [
        "Tarlan Mammadov, the president of Azerbaijan, rejected the plan.",
        "The president of Azerbaijan, Tarlan Mammadov, rejected the plan.",
        "Tarlan Mammadov is the president of Azerbaijan.",
    ],
)
def test_apposition_and_predicate_describe_a_person(reader: Read, text: str) -> None:
    reading = reader(text)
    (who,) = reading.mentions.of(word(reading.doc, "Tarlan"))
    assert (who.country, who.sector, who.name) == ("AZE", "GOV", "Tarlan Mammadov")


def test_surname_goes_back_to_the_full_name(reader: Read) -> None:
    reading = reader("Iranian journalist Karim Rahmani made a claim. Rahmani offered no evidence.")
    (who,) = reading.mentions.of(word(reading.doc, "Rahmani", 1))
    assert (who.country, who.sector, who.name) == ("IRN", "JRN", "Karim Rahmani")


def test_unknown_person_stays_without_country(reader: Read) -> None:
    reading = reader("Wilbert Johnson welcomed the decision.")
    (who,) = reading.mentions.of(word(reading.doc, "Wilbert"))
    assert (who.country, who.name) == (None, "Wilbert Johnson")


# ------------------------------------------------------------------------------------------------ modifiers and lists


@pytest.mark.parametrize(
    ("text", "token", "expected"),
    [
        ("Azerbaijan used Israeli drones.", "drones", ["ISR"]),
        ("Iran's tensions with the West grew.", "tensions", ["IRN"]),
        ("Patrols on the Iran-Azerbaijan border were doubled.", "border", ["IRN", "AZE"]),
        ("The Russo-Georgian war lasted five days.", "war", ["RUS", "GEO"]),
        ("The U.S.–Iranian rapprochement is important.", "rapprochement", ["USA", "IRN"]),
        ("Russian and Iranian interests meet in Syria.", "interests", ["RUS", "IRN"]),
        ("They fired Israeli-made missiles.", "missiles", ["ISR"]),
        ("The weapons are good.", "weapons", []),
    ],
)
def test_modifiers_qualify_a_noun(reader: Read, text: str, token: str, expected: list[str]) -> None:
    assert modifying(reader(text), token) == expected


def test_lists_are_distributed(reader: Read) -> None:
    reading = reader("Baku buys weapons from Russia, Turkey, Iran, Israel and Pakistan.")
    assert everybody(reading, "Russia") == ["RUS", "TUR", "IRN", "ISR", "PAK"]
    assert codes(reading, "Russia") == ["RUS"]


def test_relative_pronoun_stands_for_its_head(reader: Read) -> None:
    reading = reader("Russia, which sold the missiles to Iran, lifted the ban.")
    assert codes(reading, "which") == ["RUS"]


# ------------------------------------------------------------------------------------------------ descriptions


def test_two_countries_are_those_just_named(reader: Read) -> None:
    reading = reader("Israel has sold weapons to Azerbaijan. The two countries have friendly relations.")
    assert sorted(filter(None, codes(reading, "countries"))) == ["AZE", "ISR"]


def test_two_countries_stay_open_after_three(reader: Read) -> None:
    reading = reader("Israel sold drones while Russia armed Georgia. The two countries have friendly relations.")
    assert codes(reading, "countries") == []


def test_the_kingdom_is_a_monarchy(reader: Read) -> None:
    reading = reader("Saudi Arabia broke with Iran. Diplomats left the kingdom.")
    assert codes(reading, "kingdom") == ["SAU"]


def test_southern_neighbour_lies_south(reader: Read) -> None:
    reading = reader("Russia and Iran watch the war. Azerbaijan has decent relations with its southern neighbour.")
    assert codes(reading, "neighbour") == ["IRN"]


@pytest.mark.parametrize(
    ("text", "pronoun", "expected"),
    [
        ("Iran moved troops to the north. It accused Azerbaijan of treason.", "It", ["IRN"]),
        ("Israel has deployed its army.", "its", ["ISR"]),
        ("Israeli commandos boarded the ship. They arrested ten activists.", "They", ["ISR"]),
        ("Russia and Turkey signed an agreement. They promised to withdraw.", "They", ["RUS", "TUR"]),
        ("It is clear that Iran is worried.", "It", []),
        ("The report was published in Israel. It contains many mistakes.", "It", []),
    ],
)
def test_pronouns(reader: Read, text: str, pronoun: str, expected: list[str]) -> None:
    assert codes(reader(text), pronoun) == expected


def test_he_is_the_last_man_who_fits(reader: Read) -> None:
    reading = reader("Iranian minister Karim Rahmani arrived in Baku. He praised the talks.")
    (who,) = reading.mentions.of(word(reading.doc, "He"))
    assert (who.country, who.name, who.text) == ("IRN", "Karim Rahmani", "He")


def test_she_is_not_he(reader: Read) -> None:
    reading = reader("Mr Karim Rahmani arrived in Baku. She praised the talks.")
    assert reading.mentions.of(word(reading.doc, "She")) == ()


def test_possessed_office_belongs_to_whom_the_possessive_means(reader: Read) -> None:
    reading = reader("Iran protested. Its leaders threatened to close the strait.")
    (who,) = reading.mentions.of(word(reading.doc, "leaders"))
    assert (who.country, who.sector) == ("IRN", "GOV")


def test_description_goes_back_to_the_person_so_called(reader: Read) -> None:
    reading = reader("Iranian journalist Karim Rahmani made a claim. The journalist offered no evidence.")
    (who,) = reading.mentions.of(word(reading.doc, "journalist", 1))
    assert (who.country, who.name) == ("IRN", "Karim Rahmani")


def test_we_is_the_country_of_the_speaker(reader: Read) -> None:
    reading = reader("“We will defend our border,” said Karim Rahmani, the Iranian foreign minister.")
    assert codes(reading, "We") == ["IRN"]


def test_in_span_gives_actors_in_the_order_of_the_text(reader: Read) -> None:
    reading = reader("Israel and Turkey are planning to attack Iran from Azerbaijan.")
    found = reading.mentions.in_span(0, len(reading.doc))
    assert [who.country for who in found] == ["ISR", "TUR", "IRN", "AZE"]


def test_same_text_gives_same_mentions(reader: Read) -> None:
    text = "Iran said its army would help Syria. The two countries are allies, and they buy arms from Russia."
    first, second = reader(text), reader(text)
    tokens = range(len(first.doc))
    assert [first.mentions.of(first.doc[i]) for i in tokens] == [second.mentions.of(second.doc[i]) for i in tokens]


def test_spokesman_speaks_for_the_subject_of_what_he_says(reader: Read) -> None:
    reading = reader("The White House had raised its objections, a spokesman, Karim Rahmani, said.")
    (who,) = reading.mentions.of(word(reading.doc, "Karim"))
    assert (who.country, who.sector) == ("USA", "GOV")


def test_surname_alone_is_whom_the_article_names_in_full(reader: Read) -> None:
    reading = reader("Clinton warns Iran.\n\nHillary Clinton warned Iran on Monday, and she praised Israel.")
    for token in ("Clinton", "she"):
        (who,) = reading.mentions.of(word(reading.doc, token))
        assert who.name == "Hillary Clinton"


def test_given_name_tells_him_from_her(reader: Read) -> None:
    reading = reader("Angela Merkel met Vladimir Putin in Moscow. She praised the talks.")
    (who,) = reading.mentions.of(word(reading.doc, "She"))
    assert who.country == "DEU"


def test_city_happens_to_its_state(reader: Read) -> None:
    reading = reader("Rebels shelled Mashhad in Iran.")
    mention = reading.mentions.mention(word(reading.doc, "Mashhad"))
    assert mention is not None
    assert (mention.role, mention.actors[0].country) == ("place", "IRN")


def test_disputed_area_is_nobodys(reader: Read) -> None:
    assert codes(reader("The army attacked in Nagorno-Karabakh."), "Karabakh") == []


def test_either_of_a_pair_has_its_army(reader: Read) -> None:
    reading = reader("Israel and Egypt signed a truce. The two countries' armies withdrew.")
    assert [(who.country, who.sector) for who in reading.mentions.of(word(reading.doc, "armies"))] == [
        ("ISR", "MIL"),
        ("EGY", "MIL"),
    ]


def test_designation_is_no_organisation(reader: Read) -> None:
    reading = reader("Russia delivered the more modern PMU-2 version.")
    assert codes(reading, "PMU") == []


def test_pronouns_know_what_they_go_back_to(reader: Read) -> None:
    reading = reader("Israel has deployed its army.")
    mention = reading.mentions.mention(word(reading.doc, "its"))
    assert mention is not None
    assert reading.doc[mention.antecedent].text == "Israel"


def test_seller_is_not_the_country_that_it_sells_to(reader: Read) -> None:
    reading = reader("Russia sold missiles to Iran but the Council banned the sale of weapons to the country.")
    assert codes(reading, "country") != ["RUS"]


def test_they_are_not_sought_in_a_list_whose_members_have_other_prepositions(reader: Read) -> None:
    reading = reader("Vladimir Putin spoke. Aides made the case for him (and against his ministers) before they left.")
    mention = reading.mentions.mention(word(reading.doc, "they"))
    assert mention is None or reading.doc[mention.antecedent].text == "Aides"


@pytest.mark.parametrize("text", ["", "\n\n", "…", "‫יִשְׂרָאֵל‬ and ​Iran​", "the the the", "IT ITS THEY", "’s of the"])
def test_odd_texts_do_no_harm(reader: Read, text: str) -> None:
    reading = reader(text, "2016-05-18")
    for token in reading.doc:
        reading.mentions.all(token)
        reading.mentions.modifiers(token)
        reading.dates.of(token)
        reading.places.of(token)


@pytest.mark.parametrize(
    ("text", "token", "expected"),
    [
        ("Egypt and Turkey met in Doha. In June the latter sent a note.", "latter", ["TUR"]),
        ("Egypt and Turkey met. The former sent a note.", "former", ["EGY"]),
        ("Kenya armed both Ethiopia and Somalia, and signed a pact with the latter.", "latter", ["SOM"]),
        ("Egypt sent a note. The latter was long.", "latter", []),
    ],
)
def test_former_and_latter(reader: Read, text: str, token: str, expected: list[str]) -> None:
    assert codes(reader(text), token) == expected


@pytest.mark.parametrize(
    ("text", "token", "states"),
    [
        ("Peru rejected the plan. Bolivia did, too. Both sides want talks.", "sides", {"PER", "BOL"}),
        ("Chad fought Sudan. Each government wants talks.", "government", {"TCD", "SDN"}),
        ("In Mali the quarrel with France goes on. The junta cancelled the visit.", "junta", {"MLI"}),
        ("Egypt broke off relations with Qatar and closed the border to the emirate.", "emirate", {"QAT"}),
        ("Peru needs tanks, and Russia is near. Israel has them. Peru has bought tanks from it.", "it", {"ISR"}),
        ("Israel has a base. It would be able to strike the port.", "It", {"ISR"}),
    ],
)
def test_descriptions_go_back_to_states(reader: Read, text: str, token: str, states: set[str]) -> None:
    assert set(codes(reader(text), token)) == states


@pytest.mark.parametrize(
    ("text", "token", "nth", "expected"),
    [
        ("Russia and Iran signed a pact. The leaders then dined.", "leaders", 0, ["RUS", "IRN"]),
        ("The Ministers of Foreign Affairs of Mali and Niger met.", "Ministers", 0, ["MLI", "NER"]),
        (
            "Mali and Niger met. The Ministers praised Chad and Togo. The Ministers left.",
            "Ministers",
            1,
            ["MLI", "NER"],
        ),
        ("Kenya lost. The leaders of the strike won.", "leaders", 0, []),
        ("The leaders were tired.", "leaders", 0, []),
    ],
)
def test_those_who_meet(reader: Read, text: str, token: str, nth: int, expected: list[str]) -> None:
    assert everybody(reader(text), token, nth) == expected


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("Sweden imposed sanctions on Belarus for its purchase of helicopters.", "BLR"),
        ("Canada thanked Qatar for its mediation.", "QAT"),
        ("Chile apologised to Peru for its spying.", "CHL"),
    ],
)
def test_what_somebody_is_punished_or_thanked_for_is_their_own(reader: Read, text: str, whose: str) -> None:
    reading = reader(text)
    (its,) = [word for word in reading.doc if word.lower_ == "its"]
    assert [actor.country for actor in reading.mentions.of(its)] == [whose]
