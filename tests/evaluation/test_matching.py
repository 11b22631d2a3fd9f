"""Whether claims are the same, on little passages in the notation that annotators write."""

from __future__ import annotations

import pytest

from amity.evaluation.attribution import Attribution, characters
from amity.evaluation.matching import Marks, Matcher, Tally, matched, months, spelling
from amity.evaluation.notation import parse
from amity.records import Claim

TEXT = (
    "The envoy said Chad shelled Niger in March 2011. Gunmen killed a judge. Mali and Togo met. "
    "Benin sold Ghana nine boats. Chad and Niger are rivals. Some 400 tents burned. Togo is a member of the Pact. "
    "The plan is unwise."
)
SHELLED = (
    'event ASSAULT | shelled | by Chad =TCD | to Niger =NER | said The envoy =TCD | "Chad shelled Niger in March 2011"'
)


def claims(*lines: str) -> tuple[Claim, ...]:
    """Claims of the text, in the notation."""
    (passage,) = parse("\n".join(("=== one", "", TEXT, "---", *lines)))
    return passage.claims


def same(one: str, other: str) -> tuple[bool, bool]:
    """Whether two lines are the same claim, strictly and leniently."""
    first, second = claims(one, other)
    matcher = Matcher()
    return matcher.strict(first, second), matcher.lenient(first, second)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (SHELLED, (True, True)),
        (SHELLED.replace("ASSAULT", "COERCE"), (False, True)),
        (SHELLED.replace(" | to Niger =NER", ""), (False, True)),
        (SHELLED.replace("Niger =NER", "Mali =MLI"), (False, False)),
        (SHELLED.replace("by Chad =TCD | to Niger =NER", "by Niger =NER | to Chad =TCD"), (False, False)),
        ('event ASSAULT | killed | by Gunmen =? | to a judge =? | "Gunmen killed a judge"', (False, False)),
    ],
)
def test_events_need_type_and_both_sides(other: str, expected: tuple[bool, bool]) -> None:
    assert same(SHELLED, other) == expected


def test_who_has_no_code_is_known_by_words() -> None:
    killed = 'event ASSAULT | killed | by Gunmen =? | to a judge =? | "Gunmen killed a judge"'
    assert same(killed, killed) == (True, True)
    assert same(killed, killed.replace("a judge =?", "judge =TCD.JUD")) == (False, True)


@pytest.mark.parametrize("sides", ["by Togo =TGO | to Mali =MLI", "by Mali =MLI + Togo =TGO"])
def test_sides_of_mutual_events_change_places(sides: str) -> None:
    met = 'event CONSULT | met | by Mali =MLI | to Togo =TGO | mutual | "Mali and Togo met"'
    assert same(met, met.replace("by Mali =MLI | to Togo =TGO", sides)) == (True, True)


@pytest.mark.parametrize(
    ("one", "change", "expected"),
    [
        ('transfer sale | sold | from Benin =BEN | to Ghana =GHA | "Benin … boats"', ("to Ghana =GHA | ", ""), (0, 1)),
        ('transfer sale | sold | from Benin =BEN | to Ghana =GHA | "Benin … boats"', ("=GHA", "=TGO"), (0, 0)),
        ('relation enmity | rivals | a Chad =TCD | b Niger =NER | "Chad and … rivals"', ("enmity", "mixed"), (0, 1)),
        (
            'relation enmity | rivals | a Chad =TCD | b Niger =NER | "Chad and … rivals"',
            ("a Chad =TCD | b Niger =NER", "a Niger =NER | b Chad =TCD"),
            (1, 1),
        ),
        ('quantity | 400 | of tents | value 400 | "Some 400 tents"', ("value 400", "value 300..500"), (0, 1)),
        ('quantity | 400 | of tents | value 400 | "Some 400 tents"', ("value 400", "value 40"), (0, 0)),
        (
            'structure member of | member | s Togo =TGO | o the Pact =.IGO(Pact) | "Togo … Pact"',
            ("member of", "role in"),
            (0, 1),
        ),
        ('assessment | unwise | target the plan | "The plan is unwise"', ("unwise", "plan"), (0, 1)),
    ],
)
def test_other_kinds(one: str, change: tuple[str, str], expected: tuple[int, int]) -> None:
    assert same(one, one) == (True, True)
    other = one.replace(f"| {change[0]} |", f"| {change[1]} |") if "assessment" in one else one.replace(*change)
    assert same(one, other) == expected


def test_chain_goes_by_order_and_by_name() -> None:
    said = "said The envoy =TCD(Idriss) > Chad =TCD"
    one, other, third = claims(
        SHELLED.replace("said The envoy =TCD", said),
        SHELLED.replace("said The envoy =TCD", "said The envoy =TCD(Mahamat) > Chad =TCD"),
        SHELLED.replace("said The envoy =TCD", "said Chad =TCD > The envoy =TCD(Idriss)"),
    )
    matcher = Matcher()
    assert matcher.chain(one, one)
    assert not matcher.chain(one, other)
    assert matcher.chain(one, third), "one of them names nobody, and both are Chad's"


def test_details_tell_what_applies() -> None:
    gold, found = claims(
        SHELLED.replace("| said", "| date 2011-03 | said"),
        SHELLED.replace("| said", "| status alleged | date 2011-03-09 | said"),
    )
    details = dict(Matcher().details(gold, found))
    assert details == {"chain": True, "status": False, "certainty": True, "date": True, "dated": True, "span": 1.0}


def test_months_of_years_are_no_month() -> None:
    assert months("2011-03-09") == months("2011-03") != months("2011")
    assert months(None) is None


def test_as_many_as_possible_are_matched() -> None:
    """The likest pair would leave the other two alone."""
    fits = {("a", "x"): 1.0, ("a", "y"): 0.1, ("b", "x"): 0.1}
    pairs = matched(["a", "b"], ["x", "y"], lambda i, j: (i, j) in fits, lambda i, j: fits[i, j])
    assert sorted(pairs) == [(0, 1), (1, 0)]


def test_tally_counts_and_gives_what_is_wrong() -> None:
    killed = 'event ASSAULT | killed | by Gunmen =? | to a judge =? | "Gunmen killed a judge"'
    tally = Tally()
    missed, false = tally.add(Marks(claims(SHELLED, killed)), Marks(claims(SHELLED, SHELLED)))
    assert [claim.trigger for claim in missed] == ["killed"] and [claim.trigger for claim in false] == ["shelled"]
    assert tally.scores()["strict"]["event"] == {"gold": 2, "found": 2, "precision": 0.5, "recall": 0.5, "f1": 0.5}
    assert tally.scores()["matched"]["event"]["chain"] == 1.0


def test_speech_needs_its_source() -> None:
    content = characters(TEXT, [(15, 47)])
    gold = Attribution(characters(TEXT, [(0, 9)]), characters(TEXT, [(10, 14)]), content)
    tally = Tally()
    tally.add(Marks((), [gold]), Marks((), [Attribution(characters(TEXT, [(49, 55)]), gold.cue, content)]))
    assert tally.scores()["strict"]["says"]["f1"] == 0.0
    assert tally.scores()["lenient"]["says"]["f1"] == 1.0


def test_names_of_one_organisation_are_one() -> None:
    class Entry:
        name = "Arctic Pact"

    normal = spelling(lambda name: [Entry()] if name in ("the AP", "Arctic Pact") else [])
    assert normal("the AP") == normal("Arctic Pact") != normal("Baltic Pact")
    assert normal("TCD") == "tcd"


def test_events_are_matched_more_and_more_loosely() -> None:
    alone = SHELLED.replace(" | to Niger =NER", "")
    tally = Tally()
    tally.add(Marks(claims(SHELLED)), Marks(claims(alone)))
    tally.add(Marks(claims(SHELLED)), Marks(claims(SHELLED.replace("ASSAULT", "COERCE"))))
    recalls = {name: row["recall"] for name, row in tally.scores()["events"].items()}
    assert recalls == {"strict": 0.0, "a side may be missing": 0.5, "any type": 0.5, "lenient": 1.0}
