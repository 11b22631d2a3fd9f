"""κ, π and S against figures worked out by hand, and what must hold of them for any portfolios."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from amity.records.events import TABLES
from amity.structure.alignment.portfolios import agreement, commitments, kappa, pi, renamed, s_score

portfolios = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=3, max_size=20)


def both(pairs: list[tuple[int, int]]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    x, y = np.array(pairs, float).T
    assume(x.std() > 0 or y.std() > 0)
    return x, y


def test_two_portfolios_of_the_same_mean() -> None:
    # Σ|d| = 2 and Σd² = 2 of four; means 1 and 1; sums of squares about them 6 and 6.
    x, y = np.array([3.0, 0, 0, 1]), np.array([3.0, 0, 1, 0])
    assert s_score(x, y) == pytest.approx(1 - 2 * 2 / (4 * 3))
    assert kappa(x, y) == pytest.approx(1 - 2 / 12)
    assert pi(x, y) == pytest.approx(1 - 2 / 12)


def test_two_portfolios_of_different_means() -> None:
    # Σd² = 9; means 1.5 and 0.75; squares about them 9 and 6.75, means apart 4 · 0.5625 = 2.25, half of it for π.
    x, y = np.array([3.0, 3, 0, 0]), np.array([3.0, 0, 0, 0])
    assert kappa(x, y) == pytest.approx(1 - 9 / 18)
    assert pi(x, y) == pytest.approx(1 - 9 / 16.875)
    assert s_score(x, y) == pytest.approx(0.5)


def test_common_absent_ties_make_s_but_not_kappa_high() -> None:
    x, y = np.zeros(100), np.zeros(100)
    x[:5], y[5:10] = 3.0, 3.0
    assert s_score(x, y) == pytest.approx(0.8)
    assert kappa(x, y) < 0.0


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=3, max_size=30))
def test_of_yes_and_no_they_are_cohens_and_scotts(pairs: list[tuple[bool, bool]]) -> None:
    x, y = both([(int(one), int(other)) for one, other in pairs])
    agreed = float((x == y).mean())
    cohen = x.mean() * y.mean() + (1 - x.mean()) * (1 - y.mean())
    middle = (x.mean() + y.mean()) / 2
    scott = middle**2 + (1 - middle) ** 2
    assert kappa(x, y) == pytest.approx((agreed - cohen) / (1 - cohen))
    assert pi(x, y) == pytest.approx((agreed - scott) / (1 - scott))


@given(portfolios, st.randoms(use_true_random=False), st.floats(0.5, 20.0))
def test_order_and_unit_of_ties_do_not_matter(pairs: list[tuple[int, int]], random: object, times: float) -> None:
    x, y = both(pairs)
    order = np.argsort([random.random() for _ in x])  # type: ignore[attr-defined]
    assert kappa(x[order] * times, y[order] * times) == pytest.approx(kappa(x, y), abs=1e-9)
    assert kappa(y, x) == pytest.approx(kappa(x, y), abs=1e-9)
    assert s_score(x[order], y[order]) == pytest.approx(s_score(x, y))


@given(portfolios)
def test_pi_is_never_above_kappa_and_one_means_the_same(pairs: list[tuple[int, int]]) -> None:
    x, y = both(pairs)
    assert pi(x, y) <= kappa(x, y) + 1e-12 <= 1.0 + 1e-12
    assert (kappa(x, y) == pytest.approx(1.0)) == bool((x == y).all())


def test_constant_and_equal_portfolios_have_no_kappa() -> None:
    assert np.isnan(kappa(np.ones(4), np.ones(4)))


def test_all_states_at_once_is_each_by_itself() -> None:
    ties = np.array([[3.0, 1, 0, 0], [1, 3, 0, 2], [0, 0, 3, 3], [0, 2, 3, 3]])
    found, scott = agreement(ties, [1, 3], draws=20, rng=np.random.default_rng(0))
    assert found.shape == (21, 4, 2)
    assert found[0, 2, 1] == pytest.approx(kappa(ties[2], ties[3]))
    assert scott[0, 0, 0] == pytest.approx(pi(ties[0], ties[1]))


def test_the_strongest_commitment_counts_whichever_way_and_how_often_it_is_told() -> None:
    def row(a: str, b: str, year: int, *kinds: str) -> dict[str, object]:
        names = ("defense", "offense", "neutrality", "nonaggression", "consultation")
        return {"a": a, "b": b, "year": year} | {name: name in kinds for name in names}

    table = pa.Table.from_pylist(
        [
            row("AAA", "BBB", 2000, "nonaggression"),
            row("AAA", "BBB", 2000, "consultation"),
            row("AAA", "BBB", 2001, "defense"),
            row("CCC", "AAA", 2000, "nonaggression"),
            row("BBB", "CCC", 2000, "neutrality", "consultation"),
            row("BBB", "ZZZ", 2000, "defense"),
        ],
        schema=TABLES["alliances"],
    )
    found = commitments(table, ["AAA", "BBB", "CCC"], 2000)
    assert found.tolist() == [[3, 1, 0], [1, 3, 2], [0, 2, 3]]
    other = commitments(renamed(table, ("a", "b"), {"ZZZ": "CCC"}), ["BBB", "CCC"], 2000)
    assert other.tolist() == [[3, 3], [3, 3]]
