"""What is counted, and that it fades."""

from __future__ import annotations

import numpy as np
import pytest

from amity.errors import InputError
from amity.outlook.links.graph import Graph, Index, spread
from amity.outlook.links.memory import HALF_LIVES, NEVER, Memory

from .worlds import ENTITIES, RELATIONS, graph


def test_facts_are_told_both_ways_and_once() -> None:
    world = graph([(0, 0, 1, 0), (0, 0, 1, 0), (1, 2, 3, 2)])
    both = list(zip(world.subject, world.relation, world.object, world.day, strict=True))
    assert sorted(both) == [(0, 0, 1, 0), (1, 2, 3, 2), (1, 3, 0, 0), (3, 5, 1, 2)]
    assert world.told(3) == "← visit" and world.last == 2
    assert list(world.turned(np.array([0, 3]))) == [3, 0]


def test_counts_fade_by_their_half_lives() -> None:
    memory = Memory(graph([(0, 0, 1, 0), (0, 0, 1, 4), (2, 2, 3, 6)]))
    for _ in range(6):
        memory.pass_day()
    triple = memory.graph.triples.find(np.array([(0 * 6 + 1) * 6 + 0]))
    assert memory.triples.last[triple[0]] == 4
    expected = [2 ** (-5 / life) + 2 ** (-1 / life) for life in HALF_LIVES]
    assert memory.triples.faded[triple[0]] == pytest.approx([*expected, 2.0])


def test_what_comes_later_is_not_known() -> None:
    memory = Memory(graph([(0, 0, 1, 0), (2, 2, 3, 6)]))
    memory.pass_day()
    later = memory.graph.dyads.find(np.array([2 * 6 + 3]))
    assert later[0] >= 0 and list(memory.dyads.known(later)) == [NEVER]


def test_numbers_without_names_are_refused() -> None:
    with pytest.raises(InputError, match="number without a name"):
        graph([(0, 0, 6, 0)])
    with pytest.raises(InputError, match="there are none"):
        Graph.of(np.zeros((0, 4), np.int64), ENTITIES, RELATIONS)


def test_index_and_ranges() -> None:
    index = Index.of(np.array([7, 3, 7]))
    assert list(index.find(np.array([3, 4, 7, 9]))) == [0, -1, 1, -1]
    owner, place = spread(np.array([5, 0, 9]), np.array([2, 0, 1]))
    assert list(owner) == [0, 0, 2] and list(place) == [5, 6, 9]
