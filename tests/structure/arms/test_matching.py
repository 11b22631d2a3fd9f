"""Reports beside lines of a register."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.records import Interval
from amity.records.arms import ArmsTransfer, Order, Report
from amity.structure.arms import Designations, transfers
from tests.structure.arms.making import book, dated, order, report

NAMES = Designations(book().arms)


def found(orders: list[Order], *reports: Report, **more: Any) -> list[ArmsTransfer]:
    return transfers(orders, reports, NAMES, **{"known": (1950, 2023)} | more)


def only(orders: list[Order], told: Report, **more: Any) -> ArmsTransfer:
    """The one transfer that the report came to."""
    (one,) = [each for each in found(orders, told, **more) if each.reports]
    return one


def test_a_register_and_no_text_is_the_register() -> None:
    (one,) = found([order()])
    assert (one.outcome, one.system, one.claims, one.years) == ("register", "Heron", (), (2011, 2013))
    assert found([]) == []


def test_the_same_designation_is_the_same_transfer() -> None:
    one = only([order("line 2", designation="Hermes-450"), order("line 3")], report(**dated(2013)))
    assert one.outcome == "both" and one.order is not None and one.order.id == "line 3"
    assert one.why == "same designation: Heron" and one.claims == ("c1",) and not one.differences


def test_a_comment_of_the_register_may_name_it() -> None:
    told = report(system="A-29", category="aircraft", supplier="BRA", recipient="AFG")
    line = order(
        designation="Trainer-1", category="aircraft", supplier="BRA", recipient="AFG", comment="A-29 version; financed"
    )
    assert only([line], told).why == "the register's comment names A-29"


def test_a_name_that_the_codebook_does_not_have_may_stand_in_the_register() -> None:
    line = order(designation="Zephyrion-3 mod", category="drone")
    assert only([line], report(system="Zephyrion-3")).why == "same name: Zephyrion-3"
    assert only([line], report(system="Zephyrion-3", category="ship")).outcome == "adds"
    engine = order(designation="aircraft engine", category="engine")
    assert only([engine], report(system="aircraft", category="engine")).why == "the only line of that kind: engine"


def test_of_several_lines_the_one_that_fits_number_and_year_is_meant() -> None:
    lines = [
        order("1996", designation="Su-30K", category="aircraft", ordered=1996, number=18, delivery_years=(1997,)),
        order("2001", designation="Su-30MK", category="aircraft", ordered=2001, number=140, licence=True),
    ]
    told = report(system="Su-30", category="aircraft", value=140, told=date(2000, 12, 29), status="hypothetical")
    one = only(lines, told)
    assert one.order is not None and one.order.id == "2001" and not one.differences


def test_a_text_may_give_the_number_of_several_lines_of_one_year() -> None:
    lines = [
        order("a", designation="Su-30K", category="aircraft", number=18, delivered=18),
        order("b", designation="Su-30MK", category="aircraft", number=22, delivered=22),
    ]
    one = only(lines, report(system="Su-30", category="aircraft", value=40, **dated(2011)))
    assert one.outcome == "both" and not one.differences


@pytest.mark.parametrize(
    ("line", "told", "aspects"),
    [
        ({}, {"value": 5}, []),
        ({}, {"value": 10}, ["number"]),
        ({"number": 100, "delivered": 98}, {"value": 104}, []),
        ({}, {"value": 3}, ["number"]),
        ({}, {"value": 3, "delivery": True}, []),
        ({}, {"value": Interval(4, 6)}, []),
        ({"number": None, "delivered": 0}, {"value": 10}, []),
        ({}, dated(2010), []),
        ({}, dated(2009), ["year"]),
        ({}, dated(2016), ["year"]),
        ({"number": 10}, dated(2016), []),
        ({}, {**dated(2016), "status": "future"}, ["status"]),
        ({}, {"status": "denied"}, ["status"]),
        ({"delivered": 0, "delivery_years": ()}, {"delivery": True}, ["status"]),
        ({}, {"mode": "licensed production"}, ["licence"]),
        ({"licence": True}, {"mode": "licensed production"}, []),
        ({"licence": None}, {"mode": "licensed production"}, []),
    ],
)
def test_differences_are_told(line: dict[str, Any], told: dict[str, Any], aspects: list[str]) -> None:
    one = only([order(**line)], report(**told))
    assert one.outcome == "both"
    assert [diff.aspect for diff in one.differences] == aspects
    assert all(diff.claims == ("c1",) and diff.text and diff.register for diff in one.differences)


def test_a_number_without_a_date_may_be_of_all_lines_so_far() -> None:
    lines = [
        order("a", ordered=1993, number=2, delivery_years=(1994,), category="submarine"),
        order("b", ordered=1995, number=2, delivery_years=(1997,), category="submarine"),
        order("c", ordered=2008, number=8, delivery_years=(2012,), category="submarine"),
    ]
    told = report(system="submarines", category="submarine", value=12, told=date(2014, 1, 1))
    assert only(lines, told).differences == ()
    assert [one.aspect for one in only(lines, report(system="submarines", category="submarine", value=20)).differences]
    several = [order("a"), order("b", designation="Hermes-450", number=10)]
    assert only(several, report(system="drones", value=15)).why == "2 lines of that kind, together 15 ordered"


def test_what_is_still_to_come_is_no_delivery_of_long_ago() -> None:
    old = order(ordered=2002, delivery_years=(2003,))
    assert only([old], report(status="future")).outcome == "adds"
    assert only([old], report()).outcome == "both"


def test_what_is_told_after_the_register_ends_is_no_disagreement() -> None:
    line = order(ordered=2022, delivered=0, delivery_years=())
    one = only([line], report(delivery=True, **dated(2024)))
    assert one.differences == () and one.why == "same designation: Heron, told of after the register ends"


def test_what_the_register_has_only_in_other_years_is_added() -> None:
    one = only([order()], report(**dated(1999)))
    assert (one.outcome, one.why) == ("adds", "the register has it in other years only: 2011-2013")


def test_a_kind_of_arms_is_the_only_line_of_that_kind_or_one_of_several() -> None:
    told = report(system="drones")
    assert only([order()], told).why == "the only line of that kind: drone"
    several = only([order("a"), order("b", designation="Hermes-450"), order("c", category="ship")], told)
    assert (several.outcome, several.lines, several.why) == ("kind", ("a", "b"), "2 lines of that kind")
    assert only([order()], report(system="drones", supplier=None)).outcome == "kind"
    assert only([order(ordered=1980, delivery_years=(1981,))], told).outcome == "adds"


@pytest.mark.parametrize(
    ("lines", "told", "why"),
    [
        ([], {}, "the register has nothing between the two"),
        ([order(designation="Shaldag", category="ship")], {}, "the register has 1 other line between the two"),
        ([], {"told": date(2025, 1, 1)}, "after the register ends (2023)"),
        ([], {"system": "rifles", "category": "small arms"}, "registers of major arms leave out small arms"),
        ([], {"supplier": None}, "the text does not name the supplier"),
    ],
)
def test_what_the_text_adds_says_why_the_register_may_lack_it(
    lines: list[Order], told: dict[str, Any], why: str
) -> None:
    one = only(lines, report(**told))
    assert (one.outcome, one.why, one.order) == ("adds", why, None)


def test_a_system_from_somebody_else_is_told() -> None:
    one = only(
        [order(supplier="TUR"), order("b", supplier="TUR", ordered=1980, delivery_years=(1981,))], report(**dated(2013))
    )
    assert (one.outcome, one.why, one.lines) == ("adds", "the register has it from TUR", ("line 2",))


def test_without_a_register_there_is_nothing_to_compare_with() -> None:
    assert only([], report(), known=None).why == "there is no register"


def test_what_is_denied_or_names_nothing_is_no_addition() -> None:
    assert only([], report(status="denied")).outcome == "denied"
    assert only([order()], report(system="weapons", category="equipment")).outcome == "general"
    assert only([order()], report(system=None, category=None)).outcome == "general"


def test_reports_of_the_same_arms_make_one_transfer() -> None:
    one, other = report(claims=("c1",)), report(claims=("c2",), status="future")
    (together,) = found([], one, other)
    assert together.claims == ("c1", "c2") and len(together.reports) == 2


def test_predecessors_are_told_by_name() -> None:
    def lineage(state: str) -> Collection[str]:
        return {"RUS", "SUN"} if state in ("RUS", "SUN") else {state}

    line = order(supplier="SUN", designation="MiG-29", category="aircraft")
    told = report(supplier="RUS", system="MiG-29", category="aircraft")
    assert only([line], told, lineage=lineage).why == "same designation: MiG-29, in the register SUN"
    assert only([line], told).outcome == "adds"


def test_the_register_may_not_know_the_supplier_that_the_text_names() -> None:
    line = order(supplier="unknown supplier(s)")
    assert only([line], report()).why == "same designation: Heron, the register does not know the supplier"
    one = only([line], report(system="drones"))
    assert (one.outcome, one.why, one.lines) == ("kind", "1 line of that kind, of an unknown supplier", ("line 2",))
    assert only([line], report(recipient="GEO")).outcome == "adds"


def test_use_is_kept_with_its_claims() -> None:
    uses = {("AZE", "Heron"): ["u1"], ("ISR", "Heron"): ["u2"]}
    assert only([order()], report(), uses=uses).uses == ("u1",)
    assert only([], report(), uses=uses).uses == ("u1",)


STATES = ("AZE", "ISR", "TUR")


@given(
    st.lists(st.tuples(st.sampled_from(STATES), st.sampled_from(STATES), st.integers(1990, 2020)), max_size=5),
    st.lists(st.tuples(st.sampled_from(STATES), st.sampled_from(STATES), st.integers(1990, 2020)), max_size=5),
    st.integers(-20, 20),
    st.permutations(STATES),
)
def test_names_and_calendar_do_not_matter_and_nothing_is_lost(
    lines: list[tuple[str, str, int]], told: list[tuple[str, str, int]], shift: int, names: tuple[str, ...]
) -> None:
    def outcomes(moved: int, called: dict[str, str]) -> list[tuple[str, tuple[str, ...]]]:
        orders = [
            order(f"line {at}", supplier=called[a], recipient=called[b], ordered=y + moved, delivery_years=(y + moved,))
            for at, (a, b, y) in enumerate(lines)
        ]
        reports = [
            report(supplier=called[a], recipient=called[b], told=None, claims=(f"c{at}",), **dated(y + moved))
            for at, (a, b, y) in enumerate(told)
        ]
        made = found(orders, *reports, known=(1900 + moved, 2100 + moved))
        assert sorted(id for one in made for id in one.claims) == sorted(f"c{at}" for at in range(len(told)))
        assert [one.order.id for one in made if one.order] == [f"line {at}" for at in range(len(lines))]
        return sorted((one.outcome, one.claims) for one in made)

    same = {state: state for state in STATES}
    assert outcomes(0, same) == outcomes(shift, dict(zip(STATES, names, strict=True)))
