"""The evaluation of alignment: scores that can be worked out by hand, and the figures on the research data."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from amity.evaluation import alignment

DATA = Path("/work/shared/data")


def test_auc_is_the_share_of_pairs_in_the_right_order() -> None:
    came = np.array([True, False, True, False])
    assert alignment.auc(came, np.array([0.9, 0.1, 0.8, 0.2])) == 1.0
    assert alignment.auc(came, np.array([0.5, 0.5, 0.5, 0.5])) == 0.5
    assert alignment.auc(came, np.array([0.9, 0.95, 0.3, 0.1])) == 0.5
    assert np.isnan(alignment.auc(np.ones(3, bool), np.ones(3)))


def test_logistic_regression_recovers_odds() -> None:
    rng = np.random.default_rng(0)
    x = rng.standard_normal((1, 20000))
    y = (rng.random(20000) < 1 / (1 + np.exp(-(0.5 + 1.5 * x[0])))).astype(float)
    found = alignment._logistic(x, y, np.array([[0.0, 1.0]]))
    assert found == pytest.approx([1 / (1 + np.exp(-0.5)), 1 / (1 + np.exp(-2.0))], abs=0.02)


def test_an_interval_over_states_is_wider_than_over_years() -> None:
    """Years of one state are alike: many of them are little evidence."""
    state = np.repeat(np.arange(10), 100).astype(float)
    values = np.random.default_rng(0).normal(size=10)[state.astype(int)]
    found = alignment._interval(values, state)
    assert found["high"] - found["low"] > 0.3


def test_nothing_is_learned_from_what_was_not_yet_known() -> None:
    came = np.zeros((1, 1, 20))
    learned, foretold = alignment._split(came, 10)
    assert np.flatnonzero(learned[0, 0]).max() == 10 - alignment.AHEAD
    assert np.flatnonzero(foretold[0, 0]).tolist() == [11, 12, 13, 14, 15]


@pytest.mark.shared
@pytest.mark.skipif(not DATA.is_dir(), reason="the research data are not here")
def test_azerbaijan_in_2014_on_the_real_tables(tmp_path: Path) -> None:
    from amity import codebook
    from amity.archive import Archive
    from amity.pipeline.alignment import alignment as read
    from amity.pipeline.importing import bring
    from amity.pipeline.world import World

    files = ("states/atop_alliance.csv.gz", "states/unga_idealpoints.csv.gz", "states/sipri_tiv.csv.gz")
    archive, book = Archive(tmp_path), codebook.load()
    bring(None, [str(DATA / file) for file in files], archive, book)
    found = read(World(archive, None, book), "AZE", ["USA", "RUS"], since=2014, until=2014)
    one = found.alignments[0]
    assert one.covered == 3 and one.alignment is not None and one.alignment.high < 0
    assert one.verdict == "aligned with RUS"
    arms = {tie.pole: tie.arms for tie in found.ties}
    assert arms["RUS"] is not None and arms["RUS"].value == pytest.approx(0.80, abs=0.01)
