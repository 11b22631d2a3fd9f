"""What can be judged: every task by name, with what it needs."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from amity.errors import InputError


@dataclass(frozen=True, slots=True)
class Task:
    """One measurement: the module of its name has `evaluate(data, …)`, which returns scores.

    `own`: the data come with amity, so that the folder with the evaluation data is not asked for.
    """

    name: str
    own: bool = False

    @property
    def about(self) -> str:
        """The first line of the module's docstring."""
        return (self._module().__doc__ or "").split("\n")[0]

    def run(self, data: Path | None, folder: Path | None = None, **options: Any) -> dict[str, Any]:
        """Scores on `data` (a file or folder of the task's format), else on the task's own file in `folder`.

        Raises `InputError` when there are no data, or the task has no such option.
        """
        evaluate: Callable[..., dict[str, Any]] = self._module().evaluate
        given = {name: value for name, value in options.items() if value not in (None, False)}
        taken = inspect.signature(evaluate).parameters
        if unknown := [name for name in given if name not in taken]:
            raise InputError(f"--{unknown[0]}", f"the task '{self.name}' has no such option")
        if data is None and not self.own:
            data = folder
            if data is None:
                raise InputError("--data", "name the folder with the evaluation data, or set AMITY_DATA")
        return evaluate(data, **given)

    def _module(self) -> Any:
        return import_module(f"amity.evaluation.{self.name}")


TASKS = {
    task.name: task
    for task in (
        Task("pairs"),
        Task("nothing", own=True),
        Task("direction"),
        Task("attribution"),
        Task("status"),
        Task("names"),
        Task("incidents"),
        Task("gold", own=True),
        Task("corpus", own=True),
        Task("peers"),
    )
}


def task(name: str) -> Task:
    """The task of that name; raises `InputError`."""
    if name not in TASKS:
        raise InputError(name, f"is no task; there are {', '.join(TASKS)}, all")
    return TASKS[name]
