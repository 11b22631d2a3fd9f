"""What follows what between the same two: weights from relation to relation, learned from the past as it grows."""

from __future__ import annotations

import numpy as np
from scipy import linalg, sparse

from amity.outlook.links.graph import Floats, Graph, Ints, spread
from amity.outlook.links.memory import SPEEDS, Memory

RIDGE = 30.0
"""Weight of the prior that nothing follows, in squared units of log(1 + count)."""


class Rules:
    """A linear model of how many facts with relation r a dyad has in a day, from what there was on it before:

        E[y_r] = Σ_r' Σ_h W[r', h, r] log(1 + n_r'h)

    with n_r'h the count of relation r' on the dyad (either way) that fades with half-life h. W is the least-squares
    solution with a ridge, kept up to date through its sums of products, over the dyads of whoever acted that day: the
    least-squares contrast of a multivariate Hawkes process (Hansen, Reynaud-Bouret and Rivoirard 2015) with the
    logarithm against single bursts.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        size = graph.both * SPEEDS
        self._within = np.zeros((size, size))
        self._across = np.zeros((size, graph.both))
        self.weights: Floats = np.zeros((graph.both, SPEEDS, graph.both), np.float32)

    def observe(self, memory: Memory) -> None:
        """Learn from the day that begins now what followed what was known."""
        graph, facts = self.graph, self.graph.on(memory.day)
        active = np.unique(graph.subject[facts])
        _, dyads = spread(graph.dyads_of[active], graph.dyads_of[active + 1] - graph.dyads_of[active])
        dyads = dyads[memory.dyads.last[dyads] >= 0]
        if not len(dyads):
            return
        row, triples = self.history(memory, dyads)
        column = triples_relation(graph, triples)[:, None] * SPEEDS + np.arange(SPEEDS)
        values = np.log1p(memory.triples.faded[triples, :SPEEDS]).ravel()
        before = sparse.csr_matrix(
            (values, (np.repeat(row, SPEEDS), column.ravel())), shape=(len(dyads), len(self._within))
        )
        came = np.unique(graph.triples.rows[facts])
        place = np.minimum(np.searchsorted(dyads, graph.dyads.rows[came]), len(dyads) - 1)
        met = dyads[place] == graph.dyads.rows[came]
        after = sparse.csr_matrix(
            (np.ones(int(met.sum())), (place[met], triples_relation(graph, came[met]))),
            shape=(len(dyads), graph.both),
        )
        self._within += (before.T @ before).toarray()
        self._across += (before.T @ after).toarray()

    def learn(self) -> None:
        """Solve for the weights, with what was observed so far."""
        penalised = self._within + np.eye(len(self._within)) * RIDGE
        solved = linalg.solve(penalised, self._across, assume_a="pos")
        self.weights = solved.astype(np.float32).reshape(self.weights.shape)

    def history(self, memory: Memory, dyads: Ints) -> tuple[Ints, Ints]:
        """The triples that happened on each dyad: the dyad's number in the list, the triple."""
        graph = self.graph
        row, triples = spread(graph.triples_of[dyads], graph.triples_of[dyads + 1] - graph.triples_of[dyads])
        happened = memory.triples.last[triples] >= 0
        return row[happened], triples[happened]

    def parts(self, memory: Memory, triples: Ints, relations: Ints) -> Floats:
        """What each triple of the past adds to the expectation of the relation beside it."""
        values = np.log1p(memory.triples.faded[triples, :SPEEDS])
        weights = self.weights[triples_relation(self.graph, triples), :, relations]
        parts: Floats = np.einsum("ij,ij->i", weights, values)
        return parts


def triples_relation(graph: Graph, triples: Ints) -> Ints:
    """The relation of each triple."""
    relations: Ints = graph.triples.keys[triples] % graph.both
    return relations
