"""The facts of a temporal knowledge graph, told both ways, with the indices that counting needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from amity.errors import InputError

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
NONE = -1
"""The place of what an index does not hold."""


@dataclass(frozen=True, slots=True)
class Index:
    """Distinct keys in order, and for each row the place of its key."""

    keys: Ints
    rows: Ints

    @staticmethod
    def of(keys: Ints) -> Index:
        """The index of the rows' keys."""
        distinct, rows = np.unique(keys, return_inverse=True)
        return Index(distinct, rows)

    def find(self, keys: Ints) -> Ints:
        """The places of `keys`, `NONE` where there is none."""
        if not len(self.keys):
            return np.full(len(keys), NONE)
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[places] == keys, places, NONE)

    def starts(self, groups: int, width: int) -> Ints:
        """Where the keys of each of `groups` groups begin, a key's group being `key // width`; one more at the end."""
        return np.searchsorted(self.keys, np.arange(groups + 1) * width)


@dataclass(frozen=True, slots=True)
class Graph:
    """Facts (subject, relation, object, day), each also told from the object's side with the relation turned round.

    Days count from 0; relation `r + len(relations)` is `r` turned round. The indices hold what happens on all days;
    that something has not happened yet is known to `Memory` alone, which everything asks.
    """

    entities: tuple[str, ...]
    relations: tuple[str, ...]
    subject: Ints
    relation: Ints
    object: Ints
    day: Ints
    triples: Index = field(init=False)
    """By subject, object and relation."""
    dyads: Index = field(init=False)
    """By subject and object."""
    roles: Index = field(init=False)
    """By relation and object."""
    doings: Index = field(init=False)
    """By subject and relation, of the triples."""
    days: Ints = field(init=False)
    """Where the facts of each day begin; one more at the end."""
    triples_of: Ints = field(init=False)
    """Where the triples of each dyad begin."""
    dyads_of: Ints = field(init=False)
    """Where the dyads of each subject begin."""
    roles_of: Ints = field(init=False)
    """Where the roles of each relation begin."""

    @staticmethod
    def of(facts: Ints, entities: Sequence[str], relations: Sequence[str]) -> Graph:
        """The graph of facts, rows of subject, relation, object and day; the same row twice is one fact.

        Raises `InputError` for a number that stands for no entity or relation.
        """
        rows = np.unique(np.asarray(facts, dtype=np.int64).reshape(-1, 4), axis=0)
        if not len(rows):
            raise InputError("facts", "there are none")
        if rows.min() < 0 or rows[:, [0, 2]].max() >= len(entities) or rows[:, 1].max() >= len(relations):
            raise InputError("facts", "a row has a number without a name, or a negative one")
        turned = np.stack([rows[:, 2], rows[:, 1] + len(relations), rows[:, 0], rows[:, 3]], axis=1)
        both = np.concatenate([rows, turned])
        both = both[np.argsort(both[:, 3], kind="stable")]
        return Graph(tuple(entities), tuple(relations), *(np.ascontiguousarray(column) for column in both.T))

    def __post_init__(self) -> None:
        entities, both = len(self.entities), self.both
        triples = Index.of((self.subject * entities + self.object) * both + self.relation)
        dyads = Index.of(triples.keys // both)
        roles = Index.of(self.relation * entities + self.object)
        doings = Index.of(dyads.keys[dyads.rows] // entities * both + triples.keys % both)
        values = {
            "triples": triples,
            "dyads": dyads,
            "roles": roles,
            "doings": doings,
            "days": np.searchsorted(self.day, np.arange(self.last + 2)),
            "triples_of": np.searchsorted(dyads.rows, np.arange(len(dyads.keys) + 1)),
            "dyads_of": dyads.starts(entities, entities),
            "roles_of": roles.starts(both, entities),
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @property
    def both(self) -> int:
        """Relations, each counted both ways."""
        return 2 * len(self.relations)

    @property
    def last(self) -> int:
        """The last day."""
        return int(self.day[-1])

    def on(self, day: int) -> slice:
        """The facts of a day."""
        return slice(int(self.days[day]), int(self.days[day + 1]))

    def turned(self, relations: Ints) -> Ints:
        """The relations seen from the other side."""
        return (relations + len(self.relations)) % self.both

    def told(self, relation: int) -> str:
        """A relation in words; `←` marks one from the object to the subject."""
        name = self.relations[relation % len(self.relations)].replace("_", " ")
        return name if relation < len(self.relations) else f"← {name}"

    def named(self, entity: int) -> str:
        """An entity in words."""
        return self.entities[entity].replace("_", " ")


def spread(starts: Ints, lengths: Ints) -> tuple[Ints, Ints]:
    """For each range, its number and the places in it, one row a place."""
    owner = np.repeat(np.arange(len(lengths)), lengths)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return owner, starts[owner] + within
