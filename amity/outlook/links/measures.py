"""What can be said of a candidate answer: the figures that the choice among candidates weighs, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.outlook.links.graph import NONE, Floats, Ints, spread
from amity.outlook.links.likeness import Likeness
from amity.outlook.links.memory import SPEEDS, Counts, Memory
from amity.outlook.links.names import Names
from amity.outlook.links.rules import Rules

REASONS = {
    "recurrence": "the same event before",
    "turned": "the same event the other way round",
    "dyad": "how much the two deal with each other",
    "rules": "what usually follows what happened between them",
    "role": "how often this happens to it, whoever does it",
    "activity": "how active it is",
    "likeness": "it happens to it from actors alike, and to its likes from this actor",
    "names": "its country and kind",
}
"""Each figure belongs to one of these."""
LONG_AGO = -7.0
"""Instead of the logarithm of the days since, with its sign changed, for what never happened."""
_QUICK, _SLOW, _ALL = 1, 3, SPEEDS
_SPEEDS = range(SPEEDS + 1)
_KNOTS = {
    "since": tuple(-float(np.log(days)) for days in (400.0, 90.5, 30.5, 14.5, 7.5, 4.5, 2.5, 1.5)),
    "ever": (0.5, 1.0, 2.0, 3.5),
    "expected": (-7.0, -5.0, -3.5, -2.0),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of figures: its name, the reason it belongs to, and where the curve that weighs it may bend."""

    name: str
    reason: str
    knots: tuple[float, ...] = ()


def _counted(thing: str, reason: str, speeds: range | tuple[int, ...] = _SPEEDS, bent: bool = True) -> list[Measure]:
    columns = [Measure(f"{thing}, speed {speed}", reason) for speed in speeds]
    columns[-1] = Measure(f"{thing}, ever", reason, _KNOTS["ever"] if bent else ())
    return [*columns, Measure(f"{thing}, days since", reason, _KNOTS["since"] if bent else ())]


MEASURES = (
    *_counted("triple", "recurrence"),
    Measure("triple, share of late", "recurrence"),
    Measure("triple, share of long", "recurrence"),
    *_counted("turned", "turned", (_QUICK, _ALL), bent=False),
    *_counted("dyad", "dyad"),
    Measure("dyad, share", "dyad"),
    Measure("dyad, relations", "dyad"),
    Measure("rules", "rules", _KNOTS["expected"]),
    Measure("rules, share", "rules"),
    *_counted("role", "role"),
    *_counted("entity", "activity"),
    Measure("actors alike", "likeness"),
    Measure("actors alike, of late", "likeness"),
    Measure("actors alike, share", "likeness"),
    Measure("partners alike", "likeness"),
    Measure("partners alike, of late", "likeness"),
    Measure("like those before", "likeness"),
    Measure("like the actor", "likeness"),
    Measure("same country", "names"),
    Measure("another country", "names"),
    Measure("no country", "names"),
    Measure("same home", "names"),
    Measure("its dealings with the actor's country", "names"),
    Measure("the actor's dealings with its country", "names"),
    Measure("kinds, of late", "names"),
    Measure("kinds, ever", "names"),
    Measure("the actor itself", "names"),
)
"""The columns, in order."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions of one day and their candidates: row by row the question's number, the candidate and its figures.

    `context` says of each question how much is known: log(1 + facts with this subject and relation), log(1 + facts with
    this subject), and the days since the last of the former as in the measures.
    """

    day: int
    subject: Ints
    relation: Ints
    question: Ints
    candidate: Ints
    figures: Floats
    context: Floats


def measured(
    memory: Memory,
    rules: Rules,
    likeness: Likeness,
    names: Names,
    question: Ints,
    subject: Ints,
    relation: Ints,
    candidate: Ints,
) -> Floats:
    """The figures of each candidate (rows × `MEASURES`); `subject` and `relation` are those of the row's question."""
    graph = memory.graph
    size, questions = len(graph.entities), int(question[-1]) + 1 if len(question) else 0
    dyad = memory.dyads.known(graph.dyads.find(subject * size + candidate))
    met = np.flatnonzero(dyad >= 0)
    triple, turned = np.full(len(dyad), NONE), np.full(len(dyad), NONE)
    base = (subject[met] * size + candidate[met]) * graph.both
    triple[met] = graph.triples.find(base + relation[met])
    turned[met] = graph.triples.find(base + graph.turned(relation[met]))
    triple, turned = memory.triples.known(triple), memory.triples.known(turned)
    role = memory.roles.known(graph.roles.find(relation * size + candidate))

    def share(amount: NDArray[np.floating[Any]]) -> Floats:
        """The logarithm of the candidate's part of the sum over the question's candidates."""
        whole = np.bincount(question, amount, minlength=questions)
        return np.log((amount + 1e-4) / (whole[question] + 1e-3)).astype(np.float32)

    expected, relations = np.zeros(len(dyad)), np.zeros(len(dyad))
    row, past = rules.history(memory, dyad[met])
    parts = rules.parts(memory, past, relation[met][row])
    expected[met] = np.maximum(np.bincount(row, parts, minlength=len(met)), 0.0)
    relations[met] = np.log1p(np.bincount(row, minlength=len(met)))

    actor, other = likeness.entities[subject], likeness.entities[candidate]
    known = np.flatnonzero(role >= 0)
    alike, lately = np.zeros(len(dyad)), np.zeros(len(dyad))
    alike[known] = np.einsum("ij,ij->i", actor[known], likeness.roles[role[known]])
    lately[known] = np.einsum("ij,ij->i", actor[known], likeness.late_roles[role[known]])
    doing = graph.doings.find(subject * graph.both + relation)
    before = np.where(doing >= 0, np.einsum("ij,ij->i", likeness.doings[doing], other), 0.0)
    home, there = names.country[subject], names.country[candidate]
    columns = [
        *_counts(memory.triples, triple, memory.day),
        share(_faded(memory.triples, triple, _QUICK)),
        share(_faded(memory.triples, triple, _SLOW)),
        *_counts(memory.triples, turned, memory.day, (_QUICK, _ALL)),
        *_counts(memory.dyads, dyad, memory.day),
        share(_faded(memory.dyads, dyad, _SLOW)),
        relations,
        np.log(expected + 1e-4),
        share(expected),
        *_counts(memory.roles, role, memory.day),
        *_counts(memory.entities, memory.entities.known(candidate), memory.day),
        alike,
        lately,
        alike / np.sqrt(1.0 + _faded(memory.roles, role, _SLOW)),
        np.einsum("ij,ij->i", actor, likeness.partners[candidate]),
        np.einsum("ij,ij->i", actor, likeness.late_partners[candidate]),
        before,
        np.einsum("ij,ij->i", actor, other),
        (home == there) & (home >= 0),
        (home != there) & (home >= 0) & (there >= 0),
        there < 0,
        (names.home[subject] == names.home[candidate]) & (names.home[subject] >= 0),
        names.share(candidate, subject),
        names.share(subject, candidate),
        *names.kinds(subject, relation, candidate),
        subject == candidate,
    ]
    return np.stack([np.asarray(column, np.float32) for column in columns], axis=1)


def context(memory: Memory, question: Ints, figures: Floats, questions: int) -> Floats:
    """How much is known of each question, from its candidates' figures, among which is everything that happened."""
    place = {measure.name: number for number, measure in enumerate(MEASURES)}
    doings = np.bincount(question, np.expm1(figures[:, place["triple, ever"]]), minlength=questions)
    subject = np.bincount(question, np.expm1(figures[:, place["dyad, ever"]]), minlength=questions)
    since = np.full(questions, LONG_AGO)
    np.maximum.at(since, question, figures[:, place["triple, days since"]])
    return np.stack([np.log1p(doings), np.log1p(subject), since], axis=1).astype(np.float32)


def _faded(counts: Counts, places: Ints, speed: int) -> Floats:
    return np.where(places >= 0, counts.faded[places, speed], np.float32(0.0))


def _counts(counts: Counts, places: Ints, day: int, speeds: range | tuple[int, ...] = _SPEEDS) -> list[Floats]:
    columns = [np.log1p(_faded(counts, places, speed)) for speed in speeds]
    ago = np.maximum(day - counts.last[places], 1)
    return [*columns, np.where(places >= 0, -np.log(ago), LONG_AGO)]


def candidates(memory: Memory, likeness: Likeness, subject: Ints, relation: Ints) -> tuple[Ints, Ints]:
    """Who may be the answer to each question: its number, the candidate.

    Everybody the subject has ever dealt with; the `MANY` most frequent objects of the relation of late; the `MANY`
    whose doers are most like the subject; the `FEW` whose partners are.
    """
    graph, size = memory.graph, len(memory.graph.entities)
    owner, dyads = spread(graph.dyads_of[subject], graph.dyads_of[subject + 1] - graph.dyads_of[subject])
    met = memory.dyads.last[dyads] >= 0
    keys = [owner[met] * size + graph.dyads.keys[dyads[met]] % size]
    for one in np.unique(relation):
        roles = np.arange(graph.roles_of[one], graph.roles_of[one + 1])
        roles = roles[memory.roles.last[roles] >= 0]
        if not len(roles):
            continue
        asking = np.flatnonzero(relation == one)
        objects = graph.roles.keys[roles] % size
        frequent = objects[_most(memory.roles.faded[roles, 2], MANY)]
        keys.append((asking[:, None] * size + frequent).ravel())
        alike = _most(likeness.entities[subject[asking]] @ likeness.roles[roles].T, MANY)
        keys.append((asking[:, None] * size + objects[alike]).ravel())
    actors, which = np.unique(subject, return_inverse=True)
    for first in range(0, len(actors), 256):
        some = slice(first, first + 256)
        near = _most(likeness.entities[actors[some]] @ likeness.partners.T, FEW)
        asking = np.flatnonzero((which >= first) & (which < first + 256))
        keys.append((asking[:, None] * size + near[which[asking] - first]).ravel())
    key = np.unique(np.concatenate(keys))
    key = key[memory.entities.last[key % size] >= 0]
    return key // size, key % size


MANY, FEW = 60, 40


def _most(values: Floats, count: int) -> Ints:
    """The places of the `count` largest along the last axis."""
    if values.shape[-1] <= count:
        return np.broadcast_to(np.arange(values.shape[-1]), values.shape)
    return np.argpartition(-values, count, axis=-1)[..., :count]
