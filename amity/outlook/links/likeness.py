"""Who acts like whom: entities as directions in a space of the partners they share."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds

from amity.outlook.links.graph import Floats, Graph
from amity.outlook.links.memory import Memory

DIMENSIONS = 64
SLOW, QUICK = 3, 1
"""The speeds of fading by which likeness is counted: the slowest that fades, and one for what was of late."""


class Likeness:
    """Unit vectors u_e of the entities from a truncated singular value decomposition of D^-½ A D^-½, A[s, o] the
    logarithm of one plus the fading count of facts between s and o and D its row sums; and what follows from them.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        size, both = len(graph.entities), graph.both
        triples = graph.triples.keys
        self._subject = graph.dyads.keys[graph.dyads.rows] // size
        self._object = graph.dyads.keys[graph.dyads.rows] % size
        role = graph.roles.find(triples % both * size + self._object)
        self._by_role = np.argsort(role, kind="stable")
        self._roles = np.searchsorted(role[self._by_role], np.arange(len(graph.roles.keys) + 1))
        self.entities: Floats = np.zeros((size, min(DIMENSIONS, size - 1)), np.float32)

    def learn(self, memory: Memory) -> None:
        """Find the directions anew."""
        together = self._together(memory)
        dimensions = self.entities.shape[1]
        scale = sparse.diags((np.asarray(together.sum(axis=1)).ravel() + 1.0) ** -0.5)
        if not together.nnz or dimensions < 1:
            return
        left, strength = _decomposed(scale @ together @ scale, dimensions)
        left = left * np.sqrt(strength)
        self.entities = (left / (np.linalg.norm(left, axis=1, keepdims=True) + 1e-3)).astype(np.float32)

    def look(self, memory: Memory) -> None:
        """Take in what has happened meanwhile, with the same directions.

        `roles[r, o]` sums the directions of those who had relation r to o, weighted by how often; `partners[o]` those
        who had any, over the root of the sum of weights; `late_roles` and `late_partners` count what was of late.
        `doings[s, r]` is the mean direction of those to whom s had r.
        """
        self.roles, self.late_roles = (self._doers(memory, speed) for speed in (SLOW, QUICK))
        together = self._together(memory)
        weights = np.asarray(together.sum(axis=1)) + 1.0
        self.partners: Floats = ((together @ self.entities) / np.sqrt(weights)).astype(np.float32)
        self.late_partners: Floats = self._together(memory, QUICK) @ self.entities
        graph = self.graph
        weight = np.log1p(memory.triples.faded[:, SLOW])
        shape = (len(graph.doings.keys), len(graph.entities))
        self.doings: Floats = sparse.csr_matrix((weight, (graph.doings.rows, self._object)), shape) @ self.entities
        self.doings /= np.linalg.norm(self.doings, axis=1, keepdims=True) + 1e-3

    def _doers(self, memory: Memory, speed: int) -> Floats:
        weight = np.log1p(memory.triples.faded[self._by_role, speed])
        shape = (len(self.graph.roles.keys), len(self.graph.entities))
        doers: Floats = sparse.csr_matrix((weight, self._subject[self._by_role], self._roles), shape) @ self.entities
        return doers

    def _together(self, memory: Memory, speed: int = SLOW) -> sparse.csr_matrix:
        graph, size = self.graph, len(self.graph.entities)
        weight = np.log1p(memory.dyads.faded[:, speed])
        return sparse.csr_matrix((weight, (graph.dyads.keys // size, graph.dyads.keys % size)), shape=(size, size))


def _decomposed(matrix: sparse.csr_matrix, dimensions: int) -> tuple[Floats, Floats]:
    """The first left singular vectors and their values."""
    size = matrix.shape[0]
    if size <= 4 * DIMENSIONS:
        left, strength, _ = np.linalg.svd(matrix.toarray())
        return left[:, :dimensions], strength[:dimensions]
    start = np.random.default_rng(0).standard_normal(size)
    left, strength, _ = svds(matrix, k=dimensions, v0=start)
    return left, strength
