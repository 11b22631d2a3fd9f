"""All tasks at once: figures beside goals, and what could not be measured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from amity.errors import InputError
from amity.evaluation import quality
from amity.evaluation.quality import FIGURES, Figure
from amity.evaluation.tasks import TASKS, Task

RESULTS: dict[str, Any] = {
    "nothing": {"false_events_per_100": 1.5},
    "pairs": {"end to end": {"precision": 0.5, "recall": 0.6}},
    "names": {"missing": f"{quality.HOME}/names: not there"},
}


def test_goals_are_reached_or_missed() -> None:
    assert Figure("nothing", ("false_events_per_100",), 2.0, most=True).reached(RESULTS) is True
    assert Figure("pairs", ("end to end", "precision"), 0.7).reached(RESULTS) is False
    assert Figure("pairs", ("gated", "cross-validated", "macro_f1"), 0.8).reached(RESULTS) is None
    assert Figure("pairs", ("end to end",)).of(RESULTS) is None


def test_figures_are_of_tasks_that_there_are() -> None:
    assert {figure.run.split(",")[0] for figure in FIGURES} == TASKS.keys()


def test_the_table_tells_what_is_missing() -> None:
    lines = quality.summary(RESULTS).splitlines()
    assert any(line.split() == "nothing false events per 100 1.500 ≤ 2.0 reached".split() for line in lines)
    assert any(line.split() == "pairs end to end, precision 0.500 ≥ 0.7 missed".split() for line in lines)
    assert any("gated, cross-validated" in line and "–" in line for line in lines)
    assert lines[-1] == f"names: not measured ({quality.HOME}/names: not there)"


def test_the_page_has_every_figure_and_no_folder_of_the_machine(tmp_path: Path) -> None:
    (tmp_path / "coding").mkdir()
    (tmp_path / "coding" / "table.tsv").write_text("x")
    page = quality.page(RESULTS, tmp_path)
    assert "| nothing | false events per 100 | 1.500 | ≤ 2.0 | reached |" in page
    assert "- **names**: names: not there" in page and str(quality.HOME) not in page
    assert "`coding/ (1 files)`" in page and "amity_reader_en" in page
    assert "## pairs\n" in page and "## names\n" not in page


def test_a_task_without_data_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def run(self: Task, data: Path | None, folder: Path | None = None, **options: Any) -> dict[str, Any]:
        if self.name == "direction":
            raise InputError("stances", "are not there")
        return dict(options)

    monkeypatch.setattr(Task, "run", run)
    heard: list[str] = []
    results = quality.evaluate(tmp_path, "own", heard.append)
    assert results["direction"] == {"missing": "stances: are not there"}
    assert results["gold, scored"] == {"part": "scored", "model": "own"} and results["incidents"] == {}
    assert heard == list(results)


def test_the_page_in_the_documentation_tells_of_every_task() -> None:
    page = quality.PAGE.read_text(encoding="utf-8")
    for name in TASKS:
        assert f"\n## {name}" in page or f"- **{name}" in page, f"{name}: run `amity eval all`"
