"""Small worlds of facts."""

from __future__ import annotations

import numpy as np

from amity.outlook.links.graph import Graph, Ints

ENTITIES = ("Aland", "Bland", "Police (Aland)", "Citizen (Aland)", "Citizen (Bland)", "League")
RELATIONS = ("visit", "host", "arrest")


def graph(facts: list[tuple[int, int, int, int]]) -> Graph:
    """The graph of a few facts."""
    return Graph.of(np.array(facts, dtype=np.int64), ENTITIES, RELATIONS)


def habits(days: int = 130, seed: int = 1) -> Ints:
    """A world in which Aland visits Bland or the League, hosts them the day after, and the police arrest citizens; with
    some noise."""
    chance = np.random.default_rng(seed)
    rows = []
    visited = 1
    for day in range(days):
        rows.append((0, 1, visited, day))
        visited = int(chance.choice([1, 5]))
        rows.append((0, 0, visited, day))
        rows.append((2, 2, 3, day))
        rows.append((*chance.integers(0, (6, 3, 6)), day))
    return np.array(rows, dtype=np.int64)
