"""Histories: births, merges, splits and ends that were planted are told, noise is not."""

from __future__ import annotations

import numpy as np

from amity.records.complexes import Settings
from amity.structure.complexes import Background, course
from amity.structure.complexes.histories import Cut, cuts, follow, overlap
from tests import worlds


def cut(at: int, *groups: str) -> Cut:
    return Cut(f"20{at:02}-12-31", tuple(dict.fromkeys(group, 1.0) for group in groups), groups)


def test_a_complex_goes_on_while_members_come_and_go() -> None:
    histories, turns = follow([cut(1, "abcde"), cut(2, "abcd"), cut(3, "bcdef"), cut(4, "cdefg")])
    (one,) = histories
    assert [slice.at[:4] for slice in one.slices] == ["2001", "2002", "2003", "2004"] and not turns
    assert one.always == ("c", "d") and set(one.sometime) == set("abefg")


def test_births_splits_merges_and_ends() -> None:
    found = [
        cut(1, "abcdef", "uvwx"),
        cut(2, "abcdef", "uvwx", "klm"),
        cut(3, "abc", "def", "uvwx", "klm"),
        cut(4, "abc", "def", "klm"),
        cut(5, "abcdef", "klm"),
        cut(6, "abcdef", "klm"),
        cut(7, "abcdef", "klm"),
    ]
    histories, turns = follow(found)
    told = [(turn.at[:4], turn.change, "".join(turn.states)) for turn in turns]
    assert told[:2] == [("2002", "birth", "klm"), ("2003", "split", "def")]
    assert ("2004", "end", "uvwx") in told
    assert [what for when, what, _ in told if when == "2005"] == ["merge"]
    assert len(histories) == 4 and {turn.complex for turn in turns} == {"H2", "H3", "H4"}
    split = next(turn for turn in turns if turn.change == "split")
    merge = next(turn for turn in turns if turn.change == "merge")
    assert split.other == merge.other == "H1" and merge.complex == split.complex


def test_who_was_out_of_sight_for_a_while_is_the_same() -> None:
    histories, turns = follow([cut(1, "abcd", "xyz"), cut(2, "xyz"), cut(3, "abcd", "xyz")])
    assert {len(one.slices) for one in histories} == {2, 3}
    assert [turn.change for turn in turns] == []


def test_overlap() -> None:
    assert overlap({"a": 1.0, "b": 0.5}, {"a": 0.5, "c": 0.5}) == 0.25
    assert overlap({}, {}) == 0.0


def test_noise_makes_no_history() -> None:
    world = worlds.complexes(seed=8, groups=3, size=5, inside=6.0, periods=24)
    flow = course(world.panel)
    n = len(flow.states)
    around = Background(latitude=np.full(n, np.nan), longitude=np.full(n, np.nan))
    ends = [str(edge) for edge in world.panel.edges[1:]]
    chosen = list(range(11, 24))
    found = list(cuts(flow, ends, chosen, 6.0, dict.fromkeys(chosen, around), Settings(draws=4)))
    histories, turns = follow(found)
    assert len(histories) == 3 and not turns
    assert all(len(one.slices) == len(chosen) and not one.sometime for one in histories)


def test_a_planted_merger_is_told() -> None:
    rng = np.random.default_rng(2)
    label = np.repeat([0, 1, 2], 5)
    before = np.where(label[:, None] == label, 5.0, 0.05)
    merged = np.minimum(label, 1)
    after = np.where(merged[:, None] == merged, 5.0, 0.05)
    rate = np.stack([before] * 12 + [after] * 12, axis=2)
    rate[np.arange(15), np.arange(15)] = 0.0
    counts = np.zeros((15, 15, 24, 4))
    counts[..., 3] = rng.poisson(rate)
    panel = worlds.panel_of(counts)
    flow = course(panel)
    around = Background(latitude=np.full(15, np.nan), longitude=np.full(15, np.nan))
    chosen = list(range(6, 24))
    ends = [str(edge) for edge in panel.edges[1:]]
    found = list(cuts(flow, ends, chosen, 3.0, dict.fromkeys(chosen, around), Settings(draws=4)))
    _, turns = follow(found)
    assert [turn.change for turn in turns] == ["merge"]
    assert ends[12] <= turns[0].at <= ends[18]
