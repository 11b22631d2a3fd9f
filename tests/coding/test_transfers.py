"""Transfers: frames by their examples, lists spelled out, goods handled by somebody else than their maker."""

from __future__ import annotations

import pytest

from amity.codebook.frames import Example
from amity.codebook.transfers import load_transfers
from amity.coding.transfers import transfers
from tests.coding.conftest import Read

EXAMPLES = [
    pytest.param(example, id=f"{rule}: {example.text}")
    for rule, frame in load_transfers().rules.items()
    for example in frame.examples
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_frame_fits_its_example(example: Example, reader: Read) -> None:
    found = [
        {claim.supplier, claim.recipient, *(party.name for party in claim.parties)}
        for claim in transfers(reader(example.text))
    ]
    assert any({example.actor, example.recipient} <= parties for parties in found), found


def test_lists_are_distributed(reader: Read) -> None:
    found = list(transfers(reader("Baku buys weapons from Russia, Turkey, Iran, Israel and Pakistan.")))
    assert [claim.supplier for claim in found] == ["RUS", "TUR", "IRN", "ISR", "PAK"]
    assert {claim.recipient for claim in found} == {"AZE"}
    goods = list(transfers(reader("Israel sold drones, radars and mortars to Azerbaijan.")))
    assert [claim.category for claim in goods] == ["drone", "radar and sensors", "artillery"]


def test_goods_in_other_hands_are_a_transfer_of_unspecified_mode(reader: Read) -> None:
    text = "Azerbaijani infantry armed with Israeli-made missiles destroyed the tanks."
    (claim,) = transfers(reader(text))
    assert (claim.supplier, claim.recipient, claim.mode) == ("ISR", "AZE", "unspecified")


def test_modes_quantities_and_status(reader: Read) -> None:
    (gift,) = transfers(reader("Poland donated 14 tanks to Ukraine."))
    assert (gift.mode, gift.quantity, gift.category) == ("gift", 14, "armoured vehicle")
    (licensed,) = transfers(reader("Azerbaijan produces drones under licence from Israel."))
    assert licensed.mode == "licensed production"
    (supposed,) = transfers(reader("If there were a war, Israel would supply Azerbaijan with missiles."))
    assert supposed.status == "hypothetical"
    (planned,) = transfers(reader("Israel will supply Azerbaijan with drones."))
    assert planned.status == "future"


@pytest.mark.parametrize(
    "text", ["Israel sold wheat to Azerbaijan.", "The museum bought a painting from France.", "Missiles are expensive."]
)
def test_no_arms_no_transfer(reader: Read, text: str) -> None:
    assert list(transfers(reader(text))) == []


def test_ban_on_delivering_is_no_delivery(reader: Read) -> None:
    assert list(transfers(reader("Russia cancelled the ban on delivering missiles to Iran."))) == []


def test_each_kind_of_goods_has_its_own_maker(reader: Read) -> None:
    found = transfers(reader("Azerbaijan's army relies on Israeli drones and Turkish missiles."))
    assert {(one.supplier, one.recipient, one.category) for one in found} == {
        ("ISR", "AZE", "drone"),
        ("TUR", "AZE", "missile"),
    }


@pytest.mark.parametrize(
    ("text", "supplier", "recipient"),
    [
        ("In 1971 Chile sold Ecuador rifles.", "CHL", "ECU"),
        ("Seoul lent the United States half a million artillery shells.", "KOR", "USA"),
        ("Norway bought tanks and, despite objections, twelve howitzers from Germany.", "DEU", "NOR"),
        ("Reporters found Belgian-made rifles in the hands of the Libyan army.", "BEL", "LBY"),
        ("Turkey has supplied drones to both Ethiopia and Somalia.", "TUR", "ETH"),
    ],
)
def test_parties_that_stand_elsewhere(reader: Read, text: str, supplier: str, recipient: str) -> None:
    assert (supplier, recipient) in {(one.supplier, one.recipient) for one in transfers(reader(text))}


def test_a_system_bought_new_comes_from_its_maker(reader: Read) -> None:
    (told,) = transfers(reader("South Korea exports arms. In July 2022 Poland ordered 980 K2 tanks."))
    assert (told.supplier, told.recipient) == ("KOR", "POL")
    (untold,) = transfers(reader("In July 2022 Poland ordered 980 K2 tanks."))
    assert (untold.supplier, untold.recipient) == (None, "POL")
    (described,) = transfers(reader("Iraq bought the Rafale, a fighter jet, from France."))
    assert described.system == "Rafale"
    (second_hand,) = transfers(reader("Russia protested. Angola received T-55 tanks."))
    assert second_hand.supplier is None


def test_own_arms_are_no_transfer(reader: Read) -> None:
    assert list(transfers(reader("The United States deployed American missiles."))) == []


def test_plural_designations_are_goods_and_warships_sent_are_none(reader: Read) -> None:
    (claim,) = transfers(reader("Britain delivered Eurofighters to Kuwait."))
    assert (claim.supplier, claim.recipient, claim.system) == ("GBR", "KWT", "Eurofighter")
    assert list(transfers(reader("Turkey sent warships to Greece."))) == []


@pytest.mark.parametrize(
    ("text", "supplier", "recipient", "mode"),
    [
        ("Oman has signed contracts worth 90 million dollars for tanks with German firms.", "DEU", "OMN", "sale"),
        ("Laos gets its missiles in Russia and China.", "CHN", "LAO", "sale"),
        (
            "France sold patrol vessels; the vessels are now built in a yard near Baku under a French licence.",
            "FRA",
            "AZE",
            "licensed production",
        ),
    ],
)
def test_deals_whose_words_stand_apart(reader: Read, text: str, supplier: str, recipient: str, mode: str) -> None:
    assert (supplier, recipient, mode) in {(one.supplier, one.recipient, one.mode) for one in transfers(reader(text))}


def parties(reader: Read, text: str) -> set[tuple[str | None, str | None]]:
    return {(claim.supplier, claim.recipient) for claim in transfers(reader(text))}


@pytest.mark.parametrize(
    ("text", "supplier", "recipient"),
    [
        ("Serbia sold the Kenyan army mortars.", "SRB", "KEN"),
        ("Italy handed over two boats and a number of missiles to the Tunisian navy.", "ITA", "TUN"),
        ("Togo took delivery of two gunboats from Spain.", "ESP", "TGO"),
        ("Libyan soldiers shelled the village with Soviet mortars.", "SUN", "LBY"),
        ("Qatar, whose Turkish howitzers were on parade, said nothing.", "TUR", "QAT"),
    ],
)
def test_arms_change_hands_in_many_words(reader: Read, text: str, supplier: str, recipient: str) -> None:
    assert (supplier, recipient) in parties(reader, text)


@pytest.mark.parametrize(
    ("text", "supplier", "recipient"),
    [
        ("Kenya is at war with Somalia. Moscow has supplied mortars. ", "RUS", None),
        (
            "Chile worried about Peru. It said that Russia had promised Peru mortars. Ten were delivered in May.",
            "RUS",
            "PER",
        ),
        ("Peru wants jets. “We would have bought them from France,” the Peruvian president said.", "FRA", "PER"),
    ],
)
def test_what_the_sentence_leaves_out_stands_before(
    reader: Read, text: str, supplier: str, recipient: str | None
) -> None:
    found = parties(reader, text)
    assert ((supplier, recipient) in found) if recipient else not found


def test_an_answer_takes_up_the_transfer_that_was_told(reader: Read) -> None:
    text = "A newspaper claimed that Iran had given the Sudanese army drones. The embassy rejected the allegation."
    found = list(transfers(reader(text)))
    assert [(claim.trigger, claim.supplier, claim.recipient) for claim in found] == [
        ("given", "IRN", "SDN"),
        ("allegation", "IRN", "SDN"),
    ]
    assert found[1].status == "denied"
    text = "A newspaper claimed that Iran had given Sudan drones. Tehran denied the report."
    assert [claim.status for claim in transfers(reader(text))] == ["occurred", "denied"]


@pytest.mark.parametrize(
    ("text", "fits"),
    [("Ghana gave the Malian army ten lorries.", True), ("Ghana gave a school in Mali ten lorries.", False)],
)
def test_lorries_are_military_in_the_hands_of_forces(reader: Read, text: str, fits: bool) -> None:
    assert bool(parties(reader, text)) == fits


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine gave up its missiles in 1994.",
        "London ordered two frigates to the island.",
        "Canada sent four fighter jets to Warsaw.",
        "Russian bombers flew along the coast of Japan.",
    ],
)
def test_nothing_changes_hands(reader: Read, text: str) -> None:
    assert not parties(reader, text)


def test_a_verb_that_is_taken_back_hands_nothing_over(reader: Read) -> None:
    found = [claim.trigger for claim in transfers(reader("Libya sold or rather gave Malta two helicopters."))]
    assert found == ["gave"]


def test_an_accusation_of_something_else_takes_up_no_deal(reader: Read) -> None:
    text = "Sweden sold jets to Hungary. Serbia accused Hungary of spying on its ports. Hungary denied the accusation."
    assert [found.trigger for found in transfers(reader(text))] == ["sold"]
