"""Every task at once, beside the goals: the table of `amity eval all`, and the page docs/quality.md."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from amity.errors import AmityError
from amity.evaluation.table import shown, table
from amity.evaluation.tasks import TASKS

HOME = Path(__file__).parents[2]
PAGE = HOME / "docs" / "quality.md"
MISSING = "missing"
LISTED = 40
"""Items of a list that the page shows."""

PARTS = {"gold": ("dev", "scored")}


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: which score of which run, and what it should come to (`most`: at most)."""

    run: str
    path: tuple[str, ...]
    goal: float | None = None
    most: bool = False

    @property
    def name(self) -> str:
        """The score in words."""
        return ", ".join(part.replace("_", " ") for part in self.path)

    def of(self, results: Mapping[str, Any]) -> Any:
        """The score; null where it is not there."""
        value: Any = results.get(self.run)
        for part in self.path:
            value = value.get(part) if isinstance(value, Mapping) else None
        return None if isinstance(value, Mapping) else value

    def reached(self, results: Mapping[str, Any]) -> bool | None:
        """Whether the goal is reached; null without a goal or a score."""
        value = self.of(results)
        if value is None or self.goal is None:
            return None
        return bool(value <= self.goal if self.most else value >= self.goal)


def _gold(part: str) -> Iterator[Figure]:
    aims = (0.70, 0.80, 0.60, 0.70, None, None, None) if part == "scored" else (None,) * 7
    kinds = ("event", "transfer", "relation", "quantity", "structure", "assessment", "says")
    for kind, goal in zip(kinds, aims, strict=True):
        yield Figure(f"gold, {part}", ("strict", kind, "f1"), goal)
    details = {"chain": 0.80, "status": 0.90, "date": 0.85} if part == "scored" else {}
    for detail in ("chain", "status", "certainty", "date", "dated", "undated", "span"):
        yield Figure(f"gold, {part}", ("matched", "all", detail), details.get(detail))


def _influence() -> Iterator[Figure]:
    for name in ("icews14", "icews18", "icews-years"):
        for measure in ("conflict", "cooperation", "score"):
            yield Figure("influence", (name, measure, "gain_per_1000"))
            yield Figure("influence", (name, measure, "after_breaks", "gain_per_1000"))
    for score in ("correlation_senders", "correlation_receivers", "signs", "coverage", "propagates"):
        yield Figure("influence", ("planted", score))
    yield Figure("influence", ("nothing planted", "propagates"), 0.10, most=True)


def _complexes() -> Iterator[Figure]:
    for name in ("complexes", "contiguity only", "UN subregions", "raw counts", "signed"):
        yield Figure("complexes", ("map of 2003", "agreement", name, "ari"))
    for name in ("complexes", "complexes, division only", "UN subregions", "distance", "persistence"):
        yield Figure("complexes", ("ahead, 2012-2014", "dense", "models", name, "skill"))


def _relations() -> Iterator[Figure]:
    for name in ("amity", "last period", "mean so far"):
        yield Figure("relations", ("counts of years", name, "log_score"))
    yield Figure("relations", ("intervals of years", "80 %", "counts"))
    for name in ("rivals", "dispute next year"):
        for figure in ("amity, hostility", "raw, conflict"):
            yield Figure("relations", ("states", name, figure, "auc"))
    yield Figure("relations", ("turns of years", "nothing planted", "share"), 0.05, most=True)


def _outlook() -> Iterator[Figure]:
    spans = {"icews18": ("1 week", "3 weeks", "6 weeks", "12 weeks"), "icews-years": ("1 year", "3 years")}
    for name, horizons in spans.items():
        for target in ("conflict", "cooperation"):
            for horizon in horizons:
                yield Figure("outlook", (name, target, horizon, "share"), 0.0, most=True)
                yield Figure("outlook", (name, target, horizon, "in 90 %"))


FIGURES = (
    Figure("pairs", ("gated", "cross-validated", "macro_f1"), 0.80),
    Figure("pairs", ("gated", "cross-validated", "accuracy")),
    Figure("pairs", ("gated", "reader", "macro_f1")),
    Figure("pairs", ("gated", "claims", "macro_f1")),
    Figure("pairs", ("end to end", "precision"), 0.70),
    Figure("pairs", ("end to end", "recall"), 0.60),
    Figure("pairs", ("end to end", "f1")),
    Figure("pairs", ("end to end", "macro_f1")),
    Figure("nothing", ("false_events_per_100",), 2.0, most=True),
    Figure("direction", ("claims", "macro_f1")),
    Figure("direction", ("reader", "macro_f1")),
    Figure("direction", ("both", "macro_f1"), 0.60),
    Figure("attribution", ("amity", "overlap", "f1"), 0.70),
    Figure("attribution", ("amity", "half", "f1")),
    Figure("attribution", ("amity", "exact", "f1")),
    Figure("attribution", ("chains", "one source", "right")),
    Figure("attribution", ("chains", "author", "right")),
    Figure("status", ("uds_ih2-dev", "pearson_r")),
    Figure("status", ("uds_ih2-dev", "accuracy")),
    Figure("status", ("meantime-test", "pearson_r")),
    Figure("status", ("meantime-test", "accuracy")),
    Figure("names", ("UNER EWT test", "all", "f1")),
    Figure("names", ("WNUT17 test", "all", "f1")),
    Figure("names", ("CrossNER politics test", "all", "f1")),
    Figure("incidents", ("amity", "conll", "f1")),
    *_gold("scored"),
    *_gold("dev"),
    Figure("corpus", ("strict", "event", "f1")),
    Figure("corpus", ("strict", "transfer", "f1")),
    Figure("corpus", ("strict", "relation", "f1")),
    Figure("corpus", ("nothing", "false_events_per_100")),
    Figure("corpus", ("calibration", "expected_calibration_error"), 0.05, most=True),
    Figure("hard", ("right",)),
    Figure("hard", ("claims",)),
    Figure("clauses", ("right", "all", "status")),
    Figure("clauses", ("right", "all", "date")),
    Figure("mentions", ("all", "right")),
    Figure("mentions", ("all", "another")),
    Figure("agreement", ("gold", "strict", "event", "f1")),
    Figure("agreement", ("corpus", "strict", "event", "f1")),
    Figure("peers", ("pairs", "naive, on amity's parse", "f1")),
    Figure("peers", ("nothing", "naive, on amity's parse", "false_events_per_100")),
    *_relations(),
    *_complexes(),
    *_influence(),
    *_outlook(),
    Figure("alignment", ("foretelling", "orders", "persistence", "auc")),
    Figure("alignment", ("foretelling", "orders", "persistence and score", "auc")),
    Figure("alignment", ("foretelling", "orders anew", "persistence", "auc")),
    Figure("alignment", ("foretelling", "orders anew", "persistence and score", "auc")),
    Figure("alignment", ("foretelling", "alliances", "score", "auc")),
    Figure("arms", ("values", "recipients, 1992 to 2021", "correlation")),
    Figure("arms", ("matching", "by designation, dated", "its line")),
    Figure("arms", ("matching", "strangers, by designation, dated", "an addition")),
    Figure("links", ("icews14", "ranks", "amity", "mrr"), 44),
    Figure("links", ("icews14", "ranks", "recurrency baseline", "mrr")),
    Figure("links", ("icews18", "ranks", "amity", "mrr"), 33),
    Figure("links", ("icews18", "ranks", "recurrency baseline", "mrr")),
    Figure("speed", ("words_per_second",), 5000),
)


def evaluate(
    folder: Path | None, model: str | None = None, told: Callable[[str], None] = lambda run: None
) -> dict[str, Any]:
    """The scores of every run; where one cannot be made, `missing` says why. `told` hears each run's name before it."""
    results: dict[str, Any] = {}
    for name, task in TASKS.items():
        for part in PARTS.get(name, (None,)):
            run = f"{name}, {part}" if part else name
            told(run)
            options = {option: value for option, value in (("part", part), ("model", model)) if task.takes(option)}
            try:
                results[run] = task.run(None, folder, **options)
            except AmityError as error:
                results[run] = {MISSING: " ".join(str(error).split())}
    return results


def summary(results: Mapping[str, Any]) -> str:
    """The figures beside their goals, a line each, and what is missing."""
    rows = [("", "figure", "amity", "goal", ""), *_rows(results)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        f"{run:{widths[0]}}  {name:{widths[1]}}  {value:>{widths[2]}}  {goal:>{widths[3]}}  {mark}".rstrip()
        for run, name, value, goal, mark in rows
    ]
    return "\n".join([*lines, *(f"{run}: not measured ({why})" for run, why in missing(results))])


def _rows(results: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str, str]]:
    for figure in FIGURES:
        value = figure.of(results)
        if value is None and figure.goal is None:
            continue
        goal = "" if figure.goal is None else f"{'≤' if figure.most else '≥'} {figure.goal:,}"
        mark = {True: "reached", False: "missed", None: ""}[figure.reached(results)]
        yield figure.run, figure.name, shown(value), goal, mark


def missing(results: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Runs that could not be made, and why."""
    return [(run, scores[MISSING]) for run, scores in results.items() if MISSING in scores]


def page(results: Mapping[str, Any], folder: Path | None, model: str | None = None) -> str:
    """All of it as Markdown: where and when, goals, what was seen while tuning, and every figure."""
    return "\n".join((*_heading(model), *_goals(results), *_material(folder), *_details(results)))


def _heading(model: str | None) -> Iterator[str]:
    from amity.annotate import model_name
    from amity.version import __version__

    yield "# Quality: what amity gets right, in figures\n"
    yield "Written by `amity eval all --data FOLDER`; `amity eval TASK` measures one task, `--data` takes other data of"
    yield "the same format. What counts as right stands at the head of each task's module in `amity/evaluation/`.\n"
    yield "| | |\n|---|---|"
    yield f"| date | {datetime.now(UTC):%Y-%m-%d} |"
    yield f"| commit | {_commit()} |"
    yield f"| amity | {__version__} |"
    yield f"| language model | {model or model_name()} |"
    yield f"| machine | {_machine()} |"
    yield "| seeds | none: coding, splits (by a hash of the passage's id) and scores are deterministic |"


def _goals(results: Mapping[str, Any]) -> Iterator[str]:
    yield "\n## Goals\n"
    yield "Shares are of one; a dash is what could not be measured.\n"
    yield "| run | figure | amity | goal | |\n|---|---|---:|---:|---|"
    yield from (f"| {' | '.join(row)} |" for row in _rows(results))
    if absent := missing(results):
        yield "\nNot measured:\n"
        yield from (f"- **{run}**: {_homeless(why)}" for run, why in absent)


def _material(folder: Path | None) -> Iterator[str]:
    yield "\n## What it is measured on, and who has read that\n"
    yield "What was read while amity was built flatters it.\n"
    yield "| task | on | seen |\n|---|---|---|"
    yield from (f"| {task.name} | {task.material} | {task.seen} |" for task in TASKS.values())
    yield "\nThe files, with the beginning of their SHA-256:\n"
    yield from (f"- `{name}` {digest}" for name, digest in _files(folder))


def _files(folder: Path | None) -> Iterator[tuple[str, str]]:
    places = [(folder / part, f"{part}/") for part in DATA] if folder else []
    places += [(HOME / part, f"{part}/") for part in OWN]
    for place, name in places:
        files = sorted(file for file in place.rglob("*") if file.is_file()) if place.is_dir() else []
        if files:
            digest = hashlib.sha256()
            for file in files:
                digest.update(file.name.encode() + file.read_bytes())
            yield f"{name} ({len(files)} files)", digest.hexdigest()[:12]


DATA = ("coding", "attribution", "factuality", "names", "incidents", "events", "states")
OWN = ("amity/evaluation/data", "tests/gold/adjudicated", "corpus/passages")


def _details(results: Mapping[str, Any]) -> Iterator[str]:
    for run, scores in results.items():
        if MISSING not in scores:
            yield f"\n## {run}\n"
            yield TASKS[run.split(",")[0]].about + "\n"
            yield f"```text\n{table(scores, LISTED)}\n```"
    yield ""


def _commit() -> str:
    def git(*arguments: str) -> str:
        run = subprocess.run(["git", *arguments], capture_output=True, text=True, cwd=HOME, check=False)
        return run.stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no", "--", "amity", "tests/gold", "corpus")
    return f"{git('rev-parse', '--short', 'HEAD') or 'unknown'}{', with changes' if changed else ''}"


def _machine() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    processor = names[0] if names else platform.processor() or "unknown processor"
    return f"{processor}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def _homeless(text: str) -> str:
    """Without the folder that the checkout happens to lie in."""
    return text.replace(f"{HOME}/", "")
