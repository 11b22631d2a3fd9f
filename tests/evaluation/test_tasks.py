"""Tasks by name, and the data and options they are given."""

from __future__ import annotations

from pathlib import Path

import pytest

from amity.errors import InputError
from amity.evaluation.tasks import TASKS, Task, task


def test_every_task_says_what_it_is_and_takes_other_data() -> None:
    for one in TASKS.values():
        assert one.about.endswith((".", ":")) and one.takes("data"), one.name


def test_unknown_tasks_and_options_are_named() -> None:
    with pytest.raises(InputError, match="there are pairs"):
        task("nonsense")
    with pytest.raises(InputError, match="--part: the task 'pairs' has no such option"):
        task("pairs").run(None, None, part="dev")


def test_data_come_from_the_folder_unless_they_come_with_amity(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Path | None] = []
    for name in ("pairs", "nothing"):
        monkeypatch.setattr(f"amity.evaluation.{name}.evaluate", lambda data: given.append(data) or {})
    folder, file = Path("folder"), Path("file")
    task("pairs").run(None, folder)
    task("nothing").run(None, folder)
    task("nothing").run(file, folder)
    assert given == [folder, None, file]
    with pytest.raises(InputError, match="AMITY_DATA"):
        Task("pairs", "", "").run(None)
