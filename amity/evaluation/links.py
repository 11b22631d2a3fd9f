"""Links that come next: mean reciprocal rank of true answers on a temporal knowledge graph, beside simple baselines.

The folder has train, valid and perhaps test (.txt or .txt.gz: subject, relation, object, time, tab-separated) and
entity2id.txt, relation2id.txt. Judged is one part, by default test where there is one, else valid: for every fact of it
both (subject, relation, ?) and (?, relation, object) are asked on the morning of its day, all facts of earlier days
being known (single-step). All entities are ranked; other true answers of the same day do not count against the one
asked for (time-aware filter); of a tie, the mean rank counts. Weights are learned on the parts before the judged one.
"""

from __future__ import annotations

import gzip
import resource
import time
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from amity.errors import InputError
from amity.outlook.links.baselines import Recurrency, followed, relaxed, strict
from amity.outlook.links.explain import answered, told
from amity.outlook.links.graph import Graph, Ints
from amity.outlook.links.measures import REASONS
from amity.outlook.links.model import Learner, Model
from amity.outlook.links.past import Past, questions, walk
from amity.outlook.links.ranks import Tally, figures, ranks

PARTS = ("train", "valid", "test")
LEARNED_DAYS = 90
"""Days before the judged part from which weights are learned, at most half of what there is."""
TUNED_DAYS, TUNED_A_DAY = 30, 100
"""The same for the published baseline, and questions a day."""
CHUNK = 256
"""Questions whose scores of all entities are held at once."""
MODEL = "amity"
EACH = "each"
EXPLAINED = 25
"""Questions that `errors` explains."""


def evaluate(data: Path, part: str | None = None, without: str | None = None, errors: bool = False) -> dict[str, Any]:
    """Ranks of the judged part's answers by the model and by baselines, with time and memory, by data set.

    `data` is a folder of quadruples, or one that has such folders in it or in its `events`. `without` also judges the
    model without a reason (`amity.outlook.links.measures.REASONS`), or without each in turn (`each`); `errors` explains
    answers of the last day. Raises `InputError` for a folder of another form, or a part or reason that is not
    there.
    """
    if without not in (None, EACH, *REASONS):
        raise InputError(str(without), f"is no reason; there are {', '.join(REASONS)}, {EACH}")
    return {folder.resolve().name: _evaluate(folder, part, without, errors) for folder in _folders(data)}


def _folders(data: Path) -> list[Path]:
    """The folders of quadruples there."""
    if _file(data, PARTS[0]) is None:
        for place in (data, data / "events"):
            if found := [one for one in sorted(place.glob("*/")) if _file(one, PARTS[0]) is not None]:
                return found
    return [data]


def _evaluate(data: Path, part: str | None, without: str | None, errors: bool) -> dict[str, Any]:
    began, worked = time.perf_counter(), time.process_time()
    graph, first = read(data, part)
    lines: list[str] = []
    left_out = tuple(REASONS) if without == EACH else (without,) if without else ()
    tallies, seconds = judge(graph, first, left_out, lines if errors else None)
    scores = {name: figures(tally.joined()) for name, tally in tallies.items()}
    return {
        "facts judged": int((graph.day >= first).sum() // 2),
        "days judged": graph.last - first + 1,
        "entities": len(graph.entities),
        "seconds": time.perf_counter() - began,
        "seconds of the processor": time.process_time() - worked,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "seconds of": seconds,
        "ranks": scores,
        **({"answers": lines} if errors else {}),
    }


def judge(
    graph: Graph, first: int, without: Collection[str] = (), explained: list[str] | None = None
) -> tuple[Mapping[str, Tally], dict[str, float]]:
    """Rank the answers of all days from `first` on, by the model and by each baseline; and the seconds that took.

    The model is also judged with each of the reasons in `without` left out of the choice between close candidates;
    `explained` takes the lines that explain answers of the last day.
    """
    days = min(LEARNED_DAYS, first // 2)
    learner, published = Learner(graph, days), Recurrency(graph.both)
    variants = {MODEL: (), **{f"{MODEL} without {reason}": (reason,) for reason in without}}
    tallies = {
        name: Tally() for name in (*variants, "rules alone", "recurrency baseline", "recurrence alone", "popularity")
    }
    seconds = dict.fromkeys(("walking", "learning", "ranking", "baselines"), 0.0)
    models: dict[str, Model] = {}
    since = time.perf_counter()

    def spent(on: str) -> None:
        nonlocal since
        now = time.perf_counter()
        seconds[on] += now - since
        since = now

    for past in walk(graph, first - days, graph.last, judged=first):
        spent("walking")
        if past.day < first:
            learner.gather(past)
            spent("learning")
            if past.day >= first - TUNED_DAYS:
                published.observe(past.memory, TUNED_A_DAY)
                spent("baselines")
            continue
        if not models:
            models = {name: learner.learn(out) for name, out in variants.items()}
            spent("learning")
        for subject, relation, number, answer in _chunks(graph, past.day):
            inverse = relation[number] >= len(graph.relations)
            popularity = np.log1p(past.memory.entities.faded[:, 3])
            asked = past.ask(subject, relation)
            for name, model in models.items():
                tallies[name].add(ranks(model.scores(asked, popularity), number, answer, inverse))
            spent("ranking")
            for name, simple in (
                ("rules alone", followed(asked, popularity)),
                ("recurrency baseline", published.scores(past.memory, subject, relation)),
                ("recurrence alone", strict(past.memory, subject, relation)),
                ("popularity", relaxed(past.memory, subject, relation)),
            ):
                tallies[name].add(ranks(simple, number, answer, inverse))
            spent("baselines")
        if explained is not None and past.day == graph.last:
            explained.extend(_explained(models[MODEL], past))
    return tallies, seconds


def _explained(model: Model, past: Past) -> Iterator[str]:
    """Questions of the day that begins, here and there, with their likeliest answers, the true one, and the reasons."""
    subject, relation, number, answer = questions(past.graph, past.day)
    for asked in range(0, len(subject), max(1, len(subject) // EXPLAINED)):
        right = answer[number == asked]
        found = answered(model, past, int(subject[asked]), int(relation[asked]), 1, int(right[0]))
        yield from told(found, tuple(past.graph.named(int(one)) for one in right))


def _chunks(graph: Graph, day: int) -> Iterator[tuple[Ints, Ints, Ints, Ints]]:
    """The questions of a day and their answers, some at a time."""
    subject, relation, number, answer = questions(graph, day)
    for start in range(0, len(subject), CHUNK):
        here = (number >= start) & (number < start + CHUNK)
        some = slice(start, start + CHUNK)
        yield subject[some], relation[some], number[here] - start, answer[here]


def read(folder: Path, part: str | None = None) -> tuple[Graph, int]:
    """The graph of the parts up to the judged one, and the first day of that; raises `InputError`."""
    there = [name for name in PARTS if _file(folder, name) is not None]
    if part is None:
        part = there[-1] if there[1:] else "test"
    if part not in PARTS[1:]:
        raise InputError(part, "is no part that can be judged; there are valid and test")
    used = PARTS[: PARTS.index(part) + 1]
    if missing := [name for name in used if name not in there]:
        raise InputError(str(folder), f"has no {missing[0]}.txt; a folder of quadruples has train, valid and test")
    parts = {name: _quadruples(folder, name) for name in used}
    times = np.unique(np.concatenate([rows[:, 3] for rows in parts.values()]))
    step = int(np.gcd.reduce(np.diff(times))) if len(times) > 1 else 1
    facts = np.concatenate(list(parts.values()))
    facts[:, 3] = (facts[:, 3] - times[0]) // step
    judged = (parts[part][:, 3].min() - times[0]) // step
    if any(rows[:, 3].max() >= parts[part][:, 3].min() for name, rows in parts.items() if name != part):
        raise InputError(f"{part}.txt", "begins before the earlier parts end, so that it cannot be forecast from them")
    return Graph.of(facts, _names(folder, "entity2id"), _names(folder, "relation2id")), int(judged)


def _file(folder: Path, name: str) -> Path | None:
    files = (folder / f"{name}.txt", folder / f"{name}.txt.gz")
    return next((file for file in files if file.is_file()), None)


def _lines(folder: Path, name: str) -> tuple[Path, list[list[str]]]:
    file = _file(folder, name)
    if file is None:
        raise InputError(str(folder), f"has no {name}.txt")
    packed = file.read_bytes()
    text = (gzip.decompress(packed) if file.suffix == ".gz" else packed).decode("utf-8")
    return file, [line.split("\t") for line in text.splitlines() if line.strip()]


def _quadruples(folder: Path, name: str) -> Ints:
    file, lines = _lines(folder, name)
    try:
        return np.array([line[:4] for line in lines], dtype=np.int64).reshape(-1, 4)
    except ValueError:
        raise InputError(str(file), "is no list of subject, relation, object and time as whole numbers") from None


def _names(folder: Path, name: str) -> list[str]:
    file, lines = _lines(folder, name)
    try:
        numbered = {int(line[1]): line[0].strip() for line in lines}
    except (IndexError, ValueError):
        raise InputError(str(file), "is no list of names with their numbers") from None
    return [numbered.get(number, f"({number})") for number in range(max(numbered, default=-1) + 1)]
