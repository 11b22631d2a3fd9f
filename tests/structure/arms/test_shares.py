"""Shares, diversification and flows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.records.arms import ArmsYear
from amity.structure.arms import diversification, flows, rolling, shares, spread_over_years
from tests.structure.arms.making import order

Amounts = list[dict[str, float]]
AMOUNTS = st.lists(
    st.dictionaries(st.sampled_from(["RUS", "ISR", "TUR", "USA"]), st.floats(0.5, 1000), max_size=4), max_size=8
)


def years(amounts: Amounts, first: int = 2000) -> list[ArmsYear]:
    return [ArmsYear(year=first + at, basis="values", amounts=one) for at, one in enumerate(amounts)]


def test_one_supplier_is_no_diversity_and_equal_ones_are_as_many() -> None:
    alone = diversification(years([{"RUS": 5.0}] * 6))
    assert alone is not None and (alone.value, alone.low, alone.high, alone.effective) == (0.0, 0.0, 0.0, 1.0)
    even = diversification(years([{"RUS": 1.0, "ISR": 1.0, "TUR": 1.0, "USA": 1.0}] * 6))
    assert even is not None and even.value == pytest.approx(0.75) and even.effective == pytest.approx(4.0)


def test_with_few_years_of_deliveries_there_is_no_interval() -> None:
    few = years([{"RUS": 1.0}, {}, {"ISR": 1.0}, {}, {"TUR": 1.0}])
    spread = diversification(few)
    assert spread is not None and spread.low is None and spread.high is None
    assert all(one.low is None for one in shares(few, [], "supplier"))
    assert diversification(years([*[{"RUS": 1.0}] * 2, *[{"ISR": 1.0}] * 2])).low is not None  # type: ignore[union-attr]


def test_intervals_are_wider_the_fewer_years_there_are() -> None:
    def widths(times: int) -> tuple[float, float]:
        known = years([{"RUS": 1.0}, {"RUS": 2.0, "ISR": 1.0}, {"ISR": 3.0}, {"TUR": 1.0}] * times)
        spread, first = diversification(known), shares(known, [], "supplier")[0]
        assert spread is not None and spread.low is not None and spread.high is not None
        assert first.low is not None and first.high is not None
        assert 0.0 <= spread.low <= spread.value <= spread.high <= 1.0 and first.low <= first.share <= first.high
        return spread.high - spread.low, first.high - first.low

    few, many = widths(1), widths(8)
    assert few[0] > 2 * many[0] and few[1] > 2 * many[1]


def test_diversification_rolls_over_covered_years() -> None:
    known = years([{"RUS": 1.0}] * 5 + [{"ISR": 1.0}] * 5)
    found = rolling(known)
    values = [one.spread.value if one.spread else None for one in found]
    assert values[:4] == [None] * 4 and values[4] == 0.0 and values[-1] == 0.0
    assert values[6] == pytest.approx(1 - (3 / 5) ** 2 - (2 / 5) ** 2)
    assert all(one.spread is None for one in rolling([one for one in known if one.year % 2]))
    assert [one.amounts for one in found] == [one.amounts for one in known] and rolling([]) == []


def test_nothing_has_no_shares() -> None:
    assert diversification([]) is None and shares([], [], "supplier") == ()
    assert diversification(years([{}, {}])) is None


def test_shares_say_when_and_how_much() -> None:
    first, second = shares(years([{"RUS": 30.0}, {}, {"RUS": 30.0, "ISR": 20.0}]), [], "supplier")
    assert (first.partner, first.amount, first.share, first.years, first.first, first.last) == (
        "RUS",
        60.0,
        0.75,
        2,
        2000,
        2002,
    )
    assert (second.partner, second.share, second.first) == ("ISR", 0.25, 2002)


@given(AMOUNTS, st.floats(0.1, 10), st.integers(-30, 30))
def test_unit_calendar_and_names_do_not_matter(amounts: Amounts, unit: float, shift: int) -> None:
    called = {"RUS": "A", "ISR": "B", "TUR": "C", "USA": "D"}
    before = shares(years(amounts), [], "supplier")
    changed = [{called[name]: value * unit for name, value in one.items()} for one in amounts]
    after = shares(years(changed, 2000 + shift), [], "supplier")
    assert sum(one.share for one in before) == pytest.approx(1.0 if before else 0.0)
    assert {called[one.partner]: pytest.approx(one.share) for one in before} == {
        one.partner: one.share for one in after
    }
    spread, other = diversification(years(amounts)), diversification(years(changed, 2000 + shift))
    assert (spread is None) == (other is None)
    if spread is not None and other is not None:
        assert spread.value == pytest.approx(other.value, abs=1e-9)
        assert 0.0 <= spread.value < 1.0 and spread.effective >= 1.0 - 1e-9


def test_values_of_a_line_are_spread_over_its_years() -> None:
    found = spread_over_years([order(delivery_years=(2012, 2013), tiv=10.0), order(delivery_years=())], "supplier")
    assert found == {2012: {"ISR": 5.0}, 2013: {"ISR": 5.0}}
    assert spread_over_years([order()], "recipient") == {2013: {"AZE": 15.0}}


def test_flows_have_shares_of_both_sides() -> None:
    made = flows({("ISR", "AZE"): {2012: 10.0, 2015: 20.0}, ("RUS", "AZE"): {2013: 70.0}, ("ISR", "IND"): {2013: 70.0}})
    assert [(one.supplier, one.recipient) for one in made] == [("ISR", "IND"), ("RUS", "AZE"), ("ISR", "AZE")]
    last = made[-1]
    assert (last.amount, last.of_recipient, last.of_supplier, last.first, last.last) == (30.0, 0.3, 0.3, 2012, 2015)
    assert flows({}) == [] and flows({("A", "B"): {2000: 0.0}}) == []
