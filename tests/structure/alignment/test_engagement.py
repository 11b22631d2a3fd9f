"""Engagement, and the words for where a state stands."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc
import pytest

from amity.structure.alignment import holdings
from amity.structure.alignment.engagement import Engagement, engagement, hedging, verdicts
from amity.structure.alignment.parts import Holdings
from tests.structure.alignment.planted import planted, truth


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def told(level: float, alignment: float) -> str:
    shape = (400, 1)
    side = np.clip(alignment + rng().normal(0, 0.05, shape), -1, 1)
    words = verdicts(np.full(shape, level), side, "A", "B")
    assert sum(float(chance[0]) for chance in words.values()) == pytest.approx(1.0)
    return max(words, key=lambda word: float(words[word][0]))


def test_the_same_alignment_is_hedging_or_disengaged_by_engagement() -> None:
    assert told(0.9, 0.0) == "hedging"
    assert told(0.05, 0.0) == "disengaged"
    assert told(0.9, 0.8) == "aligned with A"
    assert told(0.9, -0.8) == "aligned with B"
    assert told(0.05, 0.8) == "disengaged"


def test_hedging_is_engagement_in_the_middle() -> None:
    assert hedging(np.array([0.8]), np.array([0.0]))[0] == pytest.approx(0.8)
    assert hedging(np.array([0.8]), np.array([-1.0]))[0] == pytest.approx(0.0)
    assert hedging(np.array([0.0]), np.array([0.0]))[0] == pytest.approx(0.0)


def test_evenness_is_entropy_over_the_poles() -> None:
    draws = np.array([[[0.6], [0.6], [0.6]], [[0.9], [0.0], [0.0]], [[0.4], [0.4], [0.0]], [[0.0], [0.0], [0.0]]])
    found = Engagement(draws, np.array([3])).evenness()[:, 0]
    assert found == pytest.approx([1.0, 0.0, np.log(2) / np.log(3), 0.0])


def test_states_deal_more_with_the_pole_that_they_lean_to() -> None:
    held, at = holdings(planted()), truth()
    near, far = int(np.argmax(at[2:])) + 2, int(np.argmin(at[2:])) + 2
    for state, pole in ((near, 0), (far, 1)):
        found = engagement(held, state, 50, rng())
        assert found is not None and (found.measures == 3).all()
        means = found.draws.mean(axis=(0, 2))
        assert means[pole] > means[1 - pole] and found.draws.min() >= 0 and found.draws.max() <= 1


def test_more_of_everything_is_the_same_engagement() -> None:
    one, many = (engagement(holdings(planted(times=times)), 4, 200, rng()) for times in (1.0, 100.0))
    assert one is not None and many is not None
    assert np.allclose(one.draws.mean(axis=0), many.draws.mean(axis=0), atol=0.05)


def test_what_is_not_covered_widens_engagement_and_what_is_not_there_gives_none() -> None:
    material = planted()
    early = material.deliveries.filter(pc.less(material.deliveries["year"], 2005))  # type: ignore[union-attr]
    found = engagement(holdings(planted(deliveries=early)), 4, 400, rng())
    assert found is not None
    assert found.measures.tolist() == [3] * 5 + [2] * 5
    assert found.draws[:, 0, 5:].std(axis=0).min() > 1.3 * found.draws[:, 0, :5].std(axis=0).mean()
    assert engagement(Holdings(None, None, None, None), 4, 10, rng()) is None


def test_beyond_all_data_engagement_is_carried_for_some_years_and_then_unknown() -> None:
    material = planted()
    early = {
        name: getattr(material, name).filter(pc.less(getattr(material, name)["year"], 2004))
        for name in ("alliances", "deliveries")
    }
    found = engagement(holdings(planted(**early, panel=None)), 4, 400, rng(), carry=2)
    assert found is not None
    assert np.isfinite(found.draws[..., :6]).all() and np.isnan(found.draws[..., 6:]).all()
    assert found.draws[:, 0, 5].mean() == pytest.approx(found.draws[:, 0, 3].mean(), abs=0.2)
