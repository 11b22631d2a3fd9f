"""What can be judged: every task by name, with what it needs."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from amity.errors import InputError


@dataclass(frozen=True, slots=True)
class Task:
    """One measurement: the module of its name has `evaluate(data, …)`, which returns scores.

    `material` says what it is measured on, `seen` who has read that while building amity. `own`: it comes with amity,
    so that the folder with the evaluation data is not asked for.
    """

    name: str
    material: str
    seen: str
    own: bool = False

    @property
    def about(self) -> str:
        """The first line of the module's docstring."""
        return (self._module().__doc__ or "").split("\n")[0]

    def run(self, data: Path | None, folder: Path | None = None, **options: Any) -> dict[str, Any]:
        """Scores on `data` (a file or folder of the task's format), else on the task's own file in `folder`.

        Raises `InputError` when there are no data, or the task has no such option.
        """
        given = {name: value for name, value in options.items() if value not in (None, False)}
        if unknown := [name for name in given if not self.takes(name)]:
            raise InputError(f"--{unknown[0]}", f"the task '{self.name}' has no such option")
        if data is None and not self.own:
            data = folder
            if data is None:
                raise InputError("--data", "name the folder with the evaluation data, or set AMITY_DATA")
        return cast(dict[str, Any], self._module().evaluate(data, **given))

    def takes(self, option: str) -> bool:
        """Whether the measurement can be told this."""
        return option in inspect.signature(self._module().evaluate).parameters

    def _module(self) -> Any:
        return import_module(f"amity.evaluation.{self.name}")


READ = "read while the rules were made"
KEPT = "the scored part by its annotators only"
TASKS = {
    task.name: task
    for task in (
        Task("pairs", "1,050 sentences with a source, a target and a PLOVER type", READ),
        Task(
            "nothing",
            "our own sentences without any event",
            "its errors were read after the first measurement, which gave 2.1",
            True,
        ),
        Task("direction", "1,461 news sentences with the direction of a stance", "only its figures"),
        Task("attribution", "PolNeAR, dev", READ),
        Task("status", "UDS-IH2 dev, MEANTIME test", "UDS dev " + READ + "; of MEANTIME test only figures"),
        Task("names", "UNER EWT test, WNUT17 test, CrossNER politics test", "only its figures, more than once"),
        Task(
            "hard",
            "thirty of our own passages with one difficulty each",
            "its errors, when the rules were made",
            True,
        ),
        Task("incidents", "ECB+, topics 31–35", "only its figures, more than once; topics 1–30 served for tuning"),
        Task("gold", "our own annotated articles", "the part dev " + READ + "; " + KEPT, True),
        Task(
            "corpus", "the open corpus, part test", "the parts train and dev; the event reader learned from train", True
        ),
        Task("clauses", "the events and transfers of the open corpus, part test", "as told of the corpus", True),
        Task("mentions", "the mentions of the open corpus, part test", "as told of the corpus", True),
        Task("agreement", "what was annotated twice", "by its annotators", True),
        Task("peers", "the pairs, the sentences without any event, gold, corpus", "as told there"),
        Task(
            "relations",
            "icews-years with rivalries, disputes, alliances, votes; icews14 and icews18 by week",
            "the filters' form was chosen on log scores of these sets; settings are learned on earlier parts",
        ),
        Task(
            "influence",
            "icews14 and icews18 by week, icews-years by year; synthetic worlds",
            "the model was chosen on their figures, as docs/whatif.md tells",
        ),
        Task(
            "complexes",
            "icews-years with disputes and the map of complexes of 2003",
            "settings were chosen on what came in 2008–2010; of the map only figures, more than once",
        ),
        Task(
            "alignment",
            "ATOP, UNGA ideal points, SIPRI, icews-years, between the United States and Russia; synthetic worlds",
            "the parts' correlations while the model was made; what it foretells only after",
        ),
        Task(
            "arms",
            "SIPRI's register and values; reports made of its lines; synthetic worlds",
            "lines of a few states while matching was made; the intervals were widened after a first measurement",
        ),
        Task(
            "links",
            "ICEWS14 and ICEWS18 as quadruples, the last part that is there",
            "only its figures; what was chosen was chosen on earlier parts",
        ),
        Task(
            "outlook",
            "icews14 and icews18 by week, icews-years by year",
            "settings were chosen on icews14; of the others only figures, more than once",
        ),
        Task("speed", "the articles bundled with amity", "does not matter", True),
    )
}


def task(name: str) -> Task:
    """The task of that name; raises `InputError`."""
    if name not in TASKS:
        raise InputError(name, f"is no task; there are {', '.join(TASKS)}, all")
    return TASKS[name]
