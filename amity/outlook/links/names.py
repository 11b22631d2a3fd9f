"""What names tell: "Police (Nigeria)" is of Nigeria, and of the kind "Police"."""

from __future__ import annotations

import re

import numpy as np
from scipy import sparse

from amity.outlook.links.graph import NONE, Floats, Graph, Index, Ints
from amity.outlook.links.memory import Counts, Memory

SPEED = 2
"""By which counts of kinds fade."""
SLOW = 3
HOME = 0.3
"""Share of its dealings with one country from which on an entity counts as at home there, when its name tells none."""
_TOLD = re.compile(r"^(.*?)\s*\(([^()]+)\)$")
_STATE, _OTHER = "a state", "another"


class Names:
    """Countries and kinds of entities, how often kinds did what to kinds, and with which countries entities deal."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        names = [graph.named(entity) for entity in range(len(graph.entities))]
        told = [_TOLD.match(name) for name in names]
        self.countries = sorted({match[2].strip() for match in told if match})
        number = {country: place for place, country in enumerate(self.countries)}
        of = [match[2].strip() if match else name for name, match in zip(names, told, strict=True)]
        self.country = np.array([number.get(country, NONE) for country in of], dtype=np.int64)
        kinds = [
            match[1] if match else _STATE if name in number else _OTHER for name, match in zip(names, told, strict=True)
        ]
        self._kinds, kind = np.unique(kinds, return_inverse=True)
        self._kind = kind.astype(np.int64)
        self._pairs = Index.of(self._key(graph.subject, graph.relation, graph.object))
        self._counts = Counts(len(self._pairs.keys))
        self.home: Ints = self.country
        self.dealings: Floats = np.zeros((len(names), max(len(number), 1)), np.float32)

    def pass_day(self, day: int) -> None:
        """Take in the facts of a day."""
        self._counts.pass_day(self._pairs.rows[self.graph.on(day)], day)

    def look(self, memory: Memory) -> None:
        """Find the countries that each entity deals with, as shares of its dealings, and where those without are at
        home."""
        graph, size = self.graph, len(self.graph.entities)
        subject, partner = graph.dyads.keys // size, graph.dyads.keys % size
        weight = np.log1p(memory.dyads.faded[:, SLOW])
        told = self.country[partner] >= 0
        place = subject[told], self.country[partner[told]]
        dealings = sparse.csr_matrix((weight[told], place), shape=self.dealings.shape).toarray()
        whole = np.bincount(subject, weight, minlength=size)[:, None]
        self.dealings = (dealings / (whole + 0.5)).astype(np.float32)
        most = self.dealings.argmax(axis=1)
        mostly = self.dealings.max(axis=1) > HOME
        self.home = np.where(self.country >= 0, self.country, np.where(mostly, most, NONE))

    def kinds(self, subject: Ints, relation: Ints, candidate: Ints) -> tuple[Floats, Floats]:
        """log(1 + how often) such a kind did this to such a kind, of the same country or not: of late, and ever."""
        place = self._counts.known(self._pairs.find(self._key(subject, relation, candidate)))
        faded = np.where(place[:, None] >= 0, self._counts.faded[place], np.float32(0.0))
        return np.log1p(faded[:, SPEED]), np.log1p(faded[:, -1])

    def share(self, entity: Ints, other: Ints) -> Floats:
        """What share of the entity's dealings is with the other's country; 0 when that is not known."""
        home = self.home[other]
        return np.where(home >= 0, self.dealings[entity, home], np.float32(0.0))

    def told(self, entity: int) -> str:
        """Its kind in words."""
        return str(self._kinds[self._kind[entity]])

    def _key(self, subject: Ints, relation: Ints, candidate: Ints) -> Ints:
        same = (self.country[subject] == self.country[candidate]) & (self.country[subject] >= 0)
        pair = (self._kind[subject] * self.graph.both + relation) * len(self._kinds) + self._kind[candidate]
        key: Ints = pair * 2 + same
        return key
