"""What has happened so far, as counts that fade at several speeds."""

from __future__ import annotations

import numpy as np

from amity.outlook.links.graph import Floats, Graph, Ints

HALF_LIVES = (1.0, 4.0, 15.0, 60.0)
"""In days. The learned weights choose among them; beside them stands the count that does not fade."""
SPEEDS = len(HALF_LIVES)
FADE = np.append(2.0 ** (-1.0 / np.array(HALF_LIVES)), 1.0).astype(np.float32)
NEVER = -1


class Counts:
    """How often each of `size` things happened, by speed of fading, and on which day last (`NEVER`)."""

    def __init__(self, size: int) -> None:
        self.faded: Floats = np.zeros((size, SPEEDS + 1), np.float32)
        self.last = np.full(size, NEVER, np.int64)

    def known(self, places: Ints) -> Ints:
        """The places, `NEVER` for what has not happened yet."""
        return np.where((places >= 0) & (self.last[places] >= 0), places, NEVER)

    def pass_day(self, places: Ints, day: int) -> None:
        """Let a day pass on which these happened: what is older fades, x ← x · 2^(-1/half-life), then +1 for each."""
        self.faded *= FADE
        happened, times = np.unique(places, return_counts=True)
        self.faded[happened] += times[:, None]
        self.last[happened] = day


class Memory:
    """What is known on the morning of a day: of triples, dyads, roles (relation and object) and entities."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.day = 0
        self.triples = Counts(len(graph.triples.keys))
        self.dyads = Counts(len(graph.dyads.keys))
        self.roles = Counts(len(graph.roles.keys))
        self.entities = Counts(len(graph.entities))

    def pass_day(self) -> None:
        """Take in the facts of the day; it is the next morning then."""
        graph, facts = self.graph, self.graph.on(self.day)
        triples = graph.triples.rows[facts]
        self.triples.pass_day(triples, self.day)
        self.dyads.pass_day(graph.dyads.rows[triples], self.day)
        self.roles.pass_day(graph.roles.rows[facts], self.day)
        self.entities.pass_day(graph.object[facts], self.day)
        self.day += 1
