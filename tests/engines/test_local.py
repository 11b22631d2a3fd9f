"""The local engine keeps order, bounds what is under way, and loses no more than the item that kills a worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from amity.engines import Lost, run
from amity.errors import AmityError, ModelError

ROOT = Path(__file__).parents[2]


@dataclass
class Doubling:
    """Doubles numbers; dies on 13, hangs on 14, and cannot be loaded when told so."""

    fault: str = ""

    def load(self) -> Callable[[Sequence[int]], list[int]]:
        if self.fault == "load":
            raise ModelError("model: is not there")
        if self.fault == "die":
            os._exit(3)
        return self.work

    def work(self, batch: Sequence[int]) -> list[int]:
        for number in batch:
            if number == 13:
                os._exit(7)
            if number == 14:
                time.sleep(60)
        return [2 * number for number in batch]

    def seconds(self, batch: Sequence[int]) -> float:
        return 1.0


BATCHES = [[1, 2], [3], [4, 5, 6], [7, 8], [9]]


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_input(jobs: int) -> None:
    assert list(run(Doubling(), BATCHES, jobs)) == [(batch, [2 * one for one in batch]) for batch in BATCHES]


def test_a_worker_that_dies_or_hangs_costs_one_item() -> None:
    results = [result for _, part in run(Doubling(), [[1, 13, 2], [3, 14], [4]], 2) for result in part]
    assert [one for one in results if not isinstance(one, Lost)] == [2, 4, 6, 8]
    dead, hung = (one.reason for one in results if isinstance(one, Lost))
    assert "exit status 7" in dead
    assert "longer than 1 second" in hung


def test_what_cannot_be_loaded_ends_the_run() -> None:
    for jobs in (1, 2):
        with pytest.raises(ModelError, match="model: is not there"):
            list(run(Doubling("load"), BATCHES, jobs))
    with pytest.raises(AmityError, match="exit status 3"):
        list(run(Doubling("die"), BATCHES, 2))


def test_nothing_is_loaded_where_there_is_nothing_to_do() -> None:
    for jobs in (1, 2):
        assert list(run(Doubling("load"), [], jobs)) == []


def test_the_input_is_not_swallowed_at_once() -> None:
    taken = 0

    def endless():
        nonlocal taken
        while True:
            taken += 1
            yield [taken]

    results = run(Doubling(), endless(), 2)
    try:
        for _ in range(5):
            next(results)
        assert taken < 20
    finally:
        results.close()


def test_ctrl_c_is_for_the_parent() -> None:
    """A terminal interrupts all processes at once; the workers say nothing and are ended by the parent."""
    code = (
        "import os, signal, sys\n"
        "from amity.engines import run\n"
        "from tests.engines.test_local import Doubling\n"
        "if __name__ == '__main__':\n"
        "    signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background ignores it\n"
        "    results = run(Doubling(), ([n] for n in range(20, 10**6)), 2)\n"
        "    next(results)\n"
        "    os.killpg(0, signal.SIGINT)\n"
        "    list(results)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, start_new_session=True, check=False
    )
    assert ended.returncode in (130, -signal.SIGINT)
    assert ended.stderr.count("Traceback") == 1
    assert ended.stderr.rstrip().endswith("KeyboardInterrupt")


def test_workers_end_with_a_parent_that_is_killed() -> None:
    code = (
        "import multiprocessing, os, signal\n"
        "from amity.engines import run\n"
        "from tests.engines.test_local import Doubling\n"
        "if __name__ == '__main__':\n"
        "    signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background ignores it\n"
        "    results = run(Doubling(), ([n] for n in range(20, 10**6)), 2)\n"
        "    next(results)\n"
        "    print(*(child.pid for child in multiprocessing.active_children()), flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    workers = ended.stdout.split()
    assert workers
    deadline = time.monotonic() + 10
    while any(_alive(int(pid)) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(_alive(int(pid)) for pid in workers)
    assert ended.stderr == ""


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")
