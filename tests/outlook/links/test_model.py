"""The model on worlds with habits: it learns them, never looks ahead, and gives the same twice."""

from __future__ import annotations

import numpy as np
import pytest

from amity.errors import InputError
from amity.outlook.links.baselines import Recurrency, relaxed, strict
from amity.outlook.links.explain import answered, coming, told
from amity.outlook.links.graph import Graph
from amity.outlook.links.memory import Memory
from amity.outlook.links.model import Learner, Model
from amity.outlook.links.past import questions, walk

from .worlds import ENTITIES, RELATIONS, graph, habits

FIRST = 80


def learned(world: Graph, first: int = FIRST, without: tuple[str, ...] = ()) -> tuple[Model, dict[int, np.ndarray]]:
    """The model from the days before, and its scores of each day's questions from then on."""
    learner, model, tables = Learner(world, 60), None, {}
    for past in walk(world, first - 60, world.last):
        if past.day < first:
            learner.gather(past)
            continue
        model = model or learner.learn(without)
        subject, relation, _, _ = questions(world, past.day)
        tables[past.day] = model.scores(past.ask(subject, relation), past.memory.entities.faded[:, 3])
    assert model is not None
    return model, tables


def hosted(world: Graph, tables: dict[int, np.ndarray]) -> float:
    """How often whom Aland hosts is put first."""
    right = []
    for day, table in tables.items():
        subject, relation, number, answer = questions(world, day)
        asked = np.flatnonzero((subject[number] == 0) & (relation[number] == 1))
        right += [table[number[one]].argmax() == answer[one] for one in asked[:1]]
    return float(np.mean(right))


def test_it_learns_what_follows_what() -> None:
    world = Graph.of(habits(), ENTITIES, RELATIONS)
    assert hosted(world, learned(world)[1]) > 0.75


def test_without_rules_it_cannot() -> None:
    world = Graph.of(habits(), ENTITIES, RELATIONS)
    assert hosted(world, learned(world, without=("rules", "turned", "dyad", "role", "activity", "likeness"))[1]) < 0.7
    with pytest.raises(InputError, match="is no reason"):
        learned(world, without=("nonsense",))


def test_the_future_plays_no_part() -> None:
    facts = habits()
    late = facts[:, 3] >= FIRST
    other = facts.copy()
    other[late, 2] = (other[late, 2] + 1) % len(ENTITIES)
    other[late, 0] = (other[late, 0] + 2) % len(ENTITIES)
    last = facts[facts[:, 3] <= FIRST]
    subject, relation = np.array([0, 0, 2, 5]), np.array([0, 1, 2, 3])
    told = []
    for rows in (facts, other, last):
        days = walk(Graph.of(rows, ENTITIES, RELATIONS), FIRST - 20, FIRST)
        told.append([past.ask(subject, relation) for past in days])
    for one, two, three in zip(*told, strict=True):
        for changed in (two, three):
            assert np.array_equal(one.candidate, changed.candidate)
            np.testing.assert_allclose(one.figures, changed.figures, atol=1e-3)
            np.testing.assert_allclose(one.context, changed.context, atol=1e-3)


def test_answers_of_the_day_asked_about_play_no_part() -> None:
    facts = habits()
    here = (facts[:, 3] == FIRST) & (facts[:, 0] == 0)
    other = facts.copy()
    other[here, 2] = 4
    tables = []
    for rows in (facts, other):
        world = Graph.of(rows, ENTITIES, RELATIONS)
        for past in walk(world, FIRST, FIRST):
            asked = past.ask(np.array([0, 0, 2]), np.array([0, 1, 2]))
            tables.append((asked.question, asked.candidate, asked.figures))
    for one, two in zip(*tables, strict=True):
        np.testing.assert_allclose(one, two, atol=1e-5)


def test_the_same_twice() -> None:
    world = Graph.of(habits(), ENTITIES, RELATIONS)
    one, two = learned(world)[1], learned(world)[1]
    assert all(np.array_equal(one[day], two[day]) for day in one)


def test_shifted_days_and_renumbered_entities_change_nothing() -> None:
    facts, order = habits(), np.array([3, 1, 5, 0, 2, 4])
    moved = facts.copy()
    moved[:, 0], moved[:, 2] = order[facts[:, 0]], order[facts[:, 2]]
    names = [ENTITIES[list(order).index(number)] for number in range(6)]
    world, renamed = Graph.of(facts, ENTITIES, RELATIONS), Graph.of(moved, names, RELATIONS)
    assert hosted(world, learned(world)[1]) > 0.75
    model, tables = learned(renamed)
    right = []
    for day, table in tables.items():
        subject, relation, number, answer = questions(renamed, day)
        asked = np.flatnonzero((subject[number] == order[0]) & (relation[number] == 1))
        right += [table[number[one]].argmax() == answer[one] for one in asked[:1]]
    assert np.mean(right) > 0.75 and np.isfinite(model.choice.base).all()


def test_answers_are_explained_by_what_was_counted() -> None:
    world = Graph.of(habits(), ENTITIES, RELATIONS)
    learner = Learner(world, 60)
    for past in walk(world, FIRST - 60, FIRST):
        if past.day < FIRST:
            learner.gather(past)
            continue
        found = answered(learner.learn(), past, 2, 2, most=2, also=4)
        first = found.answers[0]
        assert (found.subject, found.relation, first.entity) == ("Police (Aland)", "arrest", "Citizen (Aland)")
        reasons = {reason.name: reason for reason in first.reasons}
        assert "80 times before, last yesterday" in reasons["recurrence"].words
        assert reasons["names"].words.startswith("Aland; Aland; 8")
        assert first.facts[0].relation == "arrest" and first.facts[0].ago == 1
        # What the reasons add comes to the log-odds and what the evenness of the other five adds.
        for answer in found.answers:
            odds = np.log(answer.probability / (1 - answer.probability))
            added = sum(reason.share for reason in answer.reasons)
            assert odds - 0.01 <= added <= odds + np.log(5) + 0.01
        lines = list(told(found, ("Citizen (Aland)",)))
        assert "✓" in lines[1] and "came true: Citizen (Aland)" in lines[0]


def test_what_is_likely_next_between_two() -> None:
    world = Graph.of(habits(), ENTITIES, RELATIONS)
    for past in walk(world, FIRST, FIRST):
        likely = coming(past, 2, 3)
        assert likely[0].relation == "arrest" and likely[0].rate == pytest.approx(1, abs=0.3)
        assert sum(one.share for one in likely) <= 1 + 1e-6 and likely[0].share > 0.7
    for past in walk(world, 0, 0):
        assert coming(past, 2, 3) == ()


def test_nothing_to_learn_from() -> None:
    with pytest.raises(InputError, match="no past to learn from"):
        Learner(graph([(0, 0, 1, 0)]), 10).learn()


def test_baselines_by_hand() -> None:
    memory = Memory(graph([(0, 0, 1, 0), (0, 0, 1, 1), (0, 0, 5, 3), (2, 0, 1, 3), (0, 0, 5, 9)]))
    for _ in range(4):
        memory.pass_day()
    subject, relation = np.array([0]), np.array([0])
    assert list(relaxed(memory, subject, relation)[0]) == pytest.approx([0, 0.75, 0, 0, 0, 0.25])
    every = 1 + 1 / 2 + 1 / 4 + 1 / 8
    table = strict(memory, subject, relation, 0)[0]
    assert table[1] == pytest.approx((2**-3 + 2**-2) / every) and table[5] == pytest.approx(1 / every)
    assert table[[0, 2, 3, 4]].sum() == 0


def test_the_published_baseline_picks_what_ranked_best() -> None:
    # Whoever was visited last is visited again: the shortest half-life wins.
    rows = [(0, 0, 1, day) for day in range(20)] + [(0, 0, 5, day) for day in range(20, 30)]
    world = graph(rows)
    memory, published = Memory(world), Recurrency(world.both)
    for _ in range(30):
        if memory.day > 15:
            published.observe(memory, 10)
        memory.pass_day()
    assert published.scores(memory, np.array([0]), np.array([0]))[0].argmax() == 5


def test_rules_stay_as_they_were_when_judging_begins() -> None:
    world = Graph.of(habits(), ENTITIES, RELATIONS)
    kept = [past.rules.weights.copy() for past in walk(world, FIRST - 10, FIRST + 20, judged=FIRST)]
    assert not np.array_equal(kept[0], kept[10])
    assert all(np.array_equal(kept[10], weights) for weights in kept[10:])
