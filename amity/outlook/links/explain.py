"""Why an answer is likely: the counts behind each reason, what each adds, and the facts that were counted."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from amity.outlook.links.choice import TERMS, curved
from amity.outlook.links.graph import Floats, Ints, spread
from amity.outlook.links.measures import MEASURES, REASONS, Asked
from amity.outlook.links.memory import Counts
from amity.outlook.links.model import Model
from amity.outlook.links.past import Past
from amity.records.links import Answer, Answered, Fact, Next, Reason

FACTS = 5
FEW = 3
TOLD = 5e-4
"""The least part of an expectation that is told."""
_REASON = np.array([list(REASONS).index(MEASURES[term].reason) for term in TERMS])


def answered(
    model: Model, past: Past, subject: int, relation: int, most: int = FEW, also: int | None = None
) -> Answered:
    """The `most` likeliest answers to (subject, relation, ?) with their reasons, and `also` wherever it comes.

    What a reason adds is its part of Σ w (x - x̄), x̄ the mean of the other candidates' figures weighed by their
    probabilities. The parts sum to the answer's score over the others', which is its log-odds and, as much as the
    others are even, up to the logarithm of their number more.
    """
    asked = past.ask(np.array([subject]), np.array([relation]))
    near = model.close(asked)
    terms = curved(asked.figures[near])
    weights = model.choice.weights(asked.context, asked.relation)[0]
    scores = (terms - model.choice.mean) @ weights
    chance = np.exp(scores - scores.max())
    chance /= chance.sum()
    order = list(np.argsort(-scores, kind="stable")[:most])
    order += [row for row in np.flatnonzero(asked.candidate[near] == also) if row not in order]
    answers = tuple(
        Answer(
            entity=past.graph.named(int(asked.candidate[near[row]])),
            probability=float(chance[row]),
            reasons=_reasons(past, asked, int(asked.candidate[near[row]]), _over_others(terms, scores, row) * weights),
            facts=_facts(past, subject, int(asked.candidate[near[row]])),
        )
        for row in order
    )
    graph = past.graph
    return Answered(subject=graph.named(subject), relation=graph.told(relation), day=past.day, answers=answers)


def _over_others(terms: Floats, scores: Floats, row: int) -> Floats:
    """How far the terms of a candidate exceed those of the others, weighed by the others' probabilities."""
    others = np.delete(np.arange(len(scores)), row)
    if not len(others):
        return np.zeros_like(terms[row])
    chance = np.exp(scores[others] - scores[others].max())
    over: Floats = terms[row] - (chance / chance.sum()) @ terms[others]
    return over


def _reasons(past: Past, asked: Asked, candidate: int, parts: Floats) -> tuple[Reason, ...]:
    added = np.bincount(_REASON, parts, minlength=len(REASONS))
    words = dict(_words(past, int(asked.subject[0]), int(asked.relation[0]), candidate))
    order = np.argsort(-np.abs(added), kind="stable")
    names = list(REASONS)
    return tuple(
        Reason(name=names[place], share=float(added[place]), words=words[names[place]])
        for place in order
        if added[place]
    )


def _words(past: Past, subject: int, relation: int, candidate: int) -> Iterator[tuple[str, str]]:
    """For each reason, what was counted."""
    graph, memory, size = past.graph, past.memory, len(past.graph.entities)
    pair = np.array([subject * size + candidate])
    turned = int(graph.turned(np.array([relation]))[0])
    role = graph.roles.find(np.array([relation * size + candidate]))

    def told(counts: Counts, place: Ints) -> str:
        known = counts.known(place)[0]
        if known < 0:
            return "never before"
        return f"{_times(float(counts.faded[known, -1]))} before, last {_ago(past.day - int(counts.last[known]))}"

    yield "recurrence", told(memory.triples, graph.triples.find(pair * graph.both + relation))
    yield "turned", told(memory.triples, graph.triples.find(pair * graph.both + turned))
    dyad = graph.dyads.find(pair)
    yield "dyad", told(memory.dyads, dyad)
    yield "rules", _followed(past, memory.dyads.known(dyad), relation)
    yield "role", told(memory.roles, role)
    yield "activity", told(memory.entities, np.array([candidate]))
    yield "likeness", _alike(past, subject, memory.roles.known(role), relation)
    yield "names", _named(past, subject, relation, candidate)


def _followed(past: Past, dyad: Ints, relation: int) -> str:
    """What happened between the two that such an event follows most."""
    if dyad[0] < 0:
        return "nothing happened between them"
    _, triples = past.rules.history(past.memory, dyad)
    parts = past.rules.parts(past.memory, triples, np.full(len(triples), relation))
    order = [place for place in np.argsort(-parts) if parts[place] >= TOLD][:FEW]
    days = past.day - past.memory.triples.last[triples]
    names = [past.graph.told(int(one)) for one in past.graph.triples.keys[triples] % past.graph.both]
    told = [f"{names[place]} ({_ago(int(days[place]))}) {parts[place]:.3f}" for place in order]
    return f"{max(float(parts.sum()), 0.0):.3f} to expect a day: " + ("; ".join(told) or "after nothing that was")


def _alike(past: Past, subject: int, role: Ints, relation: int) -> str:
    """Who of those who did the same to it acts most like the subject."""
    if role[0] < 0:
        return "nobody did this to it before"
    graph, size = past.graph, len(past.graph.entities)
    candidate = int(graph.roles.keys[role[0]]) % size
    _, dyads = spread(graph.dyads_of[[candidate]], graph.dyads_of[[candidate + 1]] - graph.dyads_of[[candidate]])
    others = graph.dyads.keys[dyads] % size
    triples = graph.triples.find((others * size + candidate) * graph.both + relation)
    did = np.flatnonzero((past.memory.triples.known(triples) >= 0) & (others != subject))
    likeness = past.likeness.entities[others[did]] @ past.likeness.entities[subject]
    order = did[np.argsort(-likeness, kind="stable")[:FEW]]
    names = ", ".join(graph.named(int(other)) for other in others[order])
    return f"of those who did this to it, most alike: {names}" if names else "nobody else did this to it before"


def _named(past: Past, subject: int, relation: int, candidate: int) -> str:
    names = past.names
    _, ever = names.kinds(np.array([subject]), np.array([relation]), np.array([candidate]))
    homes = [names.countries[home] if home >= 0 else "of no known country" for home in names.home[[subject, candidate]]]
    return f"{homes[0]}; {homes[1]}; {_times(float(np.expm1(ever[0])))} between such kinds"


def _facts(past: Past, subject: int, candidate: int) -> tuple[Fact, ...]:
    """The last facts between the two, the latest first."""
    graph = past.graph
    known = slice(0, int(graph.days[past.day]))
    rows = np.flatnonzero((graph.subject[known] == subject) & (graph.object[known] == candidate))[::-1][:FACTS]
    return tuple(
        Fact(relation=graph.told(int(graph.relation[row])), ago=past.day - int(graph.day[row])) for row in rows
    )


def _times(count: float) -> str:
    return "once" if round(count) == 1 else f"{count:,.0f} times"


def _ago(days: int) -> str:
    return "yesterday" if days == 1 else f"{days} days ago"


def coming(past: Past, subject: int, candidate: int, most: int = 10) -> tuple[Next, ...]:
    """Which relations are likely next between two, either way: what the rules expect of each in the day that begins.

    A share is a relation's part of all that is expected; empty when nothing happened between the two yet.
    """
    graph = past.graph
    dyad = past.memory.dyads.known(graph.dyads.find(np.array([subject * len(graph.entities) + candidate])))
    if dyad[0] < 0:
        return ()
    _, triples = past.rules.history(past.memory, dyad)
    relations = np.arange(graph.both)
    row, which = np.divmod(np.arange(len(triples) * graph.both), graph.both)
    parts = past.rules.parts(past.memory, triples[row], relations[which])
    rates = np.maximum(np.bincount(which, parts, minlength=graph.both), 0.0)
    order = [one for one in np.argsort(-rates, kind="stable")[:most] if rates[one] > 0]
    whole = float(rates.sum()) or 1.0
    return tuple(
        Next(relation=graph.told(int(one)), rate=float(rates[one]), share=float(rates[one]) / whole) for one in order
    )


def told(question: Answered, right: tuple[str, ...] = ()) -> Iterator[str]:
    """The answers in lines."""
    yield f"{question.subject} · {question.relation} · ?" + (f"  (came true: {', '.join(right)})" if right else "")
    for answer in question.answers:
        mark = " ✓" if answer.entity in right else ""
        yield f"  {answer.entity} {answer.probability:.2f}{mark}"
        for reason in answer.reasons:
            yield f"    {reason.share:+.1f} {REASONS[reason.name]}: {reason.words}"
        if answer.facts:
            yield "    lately: " + "; ".join(f"{fact.relation} ({_ago(fact.ago)})" for fact in answer.facts)
