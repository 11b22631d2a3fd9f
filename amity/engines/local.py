"""The local engine: a stage over batches, in this process or in several, results always in the order of the input.

A worker that dies or hangs costs the one item that made it so: its batch is tried again item by item in a fresh worker.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, islice
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from amity.errors import AmityError, CodebookError, ModelError

_In = TypeVar("_In", contravariant=True)
_Out = TypeVar("_Out")
_T = TypeVar("_T")
_R = TypeVar("_R")


class Stage(Protocol[_In, _Out]):
    """Work on batches. Travels to the workers by pickling; `load` is called once in each of them, before any batch."""

    def load(self) -> Callable[[Sequence[_In]], list[_Out]]:
        """Get everything heavy ready; what comes back takes a batch and gives one result for each item, in order."""
        ...

    def seconds(self, batch: Sequence[_In]) -> float:
        """How long a batch may take before its worker counts as hung."""
        ...


class Lost(msgspec.Struct, frozen=True):
    """What stands in place of a result that a worker did not give, and why."""

    reason: str


def run(
    stage: Stage[_T, _R], batches: Iterable[Sequence[_T]], jobs: int = 1
) -> Iterator[tuple[Sequence[_T], list[_R | Lost]]]:
    """Every batch with its results, in order. With one job in this process, else in that many workers.

    At most a few batches a worker are under way, however many there are. Closing the iterator ends the workers.

    Raises:
        AmityError: what `load` raised.
    """
    if jobs <= 1:
        work: Callable[[Sequence[_T]], list[_R]] | None = None
        for batch in batches:
            work = work or stage.load()
            yield batch, list(work(batch))
        return
    yield from _Pool(stage, jobs).run(iter(batches))


class _Task(Generic[_T]):
    """A batch on its way: its results come in once, or piece by piece when it has to be taken apart."""

    def __init__(self, batch: Sequence[_T]) -> None:
        self.batch = batch
        self.results: list[Any] = [None] * len(batch)
        self.missing = len(batch)

    def put(self, first: int, results: Sequence[Any]) -> None:
        self.results[first : first + len(results)] = results
        self.missing -= len(results)


class _Piece(msgspec.Struct, frozen=True):
    """Part of a task that a worker gets at once: `count` items from `first` on."""

    task: Any
    first: int
    count: int

    @property
    def items(self) -> Sequence[Any]:
        items: Sequence[Any] = self.task.batch[self.first : self.first + self.count]
        return items


class _Pool(Generic[_T, _R]):
    AHEAD = 3  # batches under way for each worker: enough to bridge a slow one, few enough to bound memory

    def __init__(self, stage: Stage[_T, _R], jobs: int) -> None:
        self._stage = stage
        self._jobs = jobs
        self._workers: list[_Worker] = []
        self._pieces: deque[_Piece] = deque()

    def run(self, batches: Iterator[Sequence[_T]]) -> Iterator[tuple[Sequence[_T], list[_R | Lost]]]:
        order: deque[_Task[_T]] = deque()
        try:
            while True:
                for batch in islice(batches, self._jobs * self.AHEAD - len(order)):
                    task = _Task(batch)
                    order.append(task)
                    self._pieces.append(_Piece(task, 0, len(batch)))
                    self._dispatch()
                    self._collect(0)
                if not order:
                    return
                while order and not order[0].missing:
                    task = order.popleft()
                    yield task.batch, task.results
                if order and order[0].missing:
                    self._dispatch()
                    self._collect(None)
        finally:
            for worker in self._workers:
                worker.end()

    def _dispatch(self) -> None:
        """Hire as long as there is more to do than people, and give waiting pieces to the idle."""
        engaged = sum(worker.piece is not None for worker in self._workers)
        while len(self._workers) < min(self._jobs, engaged + len(self._pieces)):
            self._workers.append(_Worker(self._stage))
        for worker in self._workers:
            if self._pieces and worker.ready and worker.piece is None:
                piece = self._pieces.popleft()
                worker.give(piece, self._stage.seconds(piece.items))

    def _collect(self, patience: float | None) -> None:
        """Take what workers have finished; wait for the first of them as long as `patience` says."""
        awaited = {worker.pipe: worker for worker in self._workers if worker.piece or not worker.ready}
        if not awaited:
            return
        due = max(0.0, min(worker.due for worker in awaited.values()) - time.monotonic())
        for pipe in wait(list(awaited), due if patience is None else min(patience, due)):
            self._take(awaited[pipe])  # type: ignore[index]
        for worker in awaited.values():
            if (worker.piece or not worker.ready) and time.monotonic() > worker.due:
                self._lose(worker, f"took longer than {worker.allowed:.0f} seconds")

    def _take(self, worker: _Worker) -> None:
        try:
            kind, content = worker.pipe.recv()
        except (EOFError, OSError):
            self._lose(worker, worker.epitaph())
            return
        if kind == "error":
            raise content
        if kind == "ready":
            worker.ready = True
        elif worker.piece:
            worker.piece.task.put(worker.piece.first, content)
            worker.piece = None

    def _lose(self, worker: _Worker, reason: str) -> None:
        """A worker is gone: hand its piece on item by item, or give up the item that did it."""
        piece = worker.piece
        worker.end()
        self._workers.remove(worker)
        if piece is None:
            raise AmityError(f"a worker {reason} while it loaded model and codebook")
        if piece.count == 1:
            piece.task.put(piece.first, [Lost(reason)])
        else:
            singles = (_Piece(piece.task, piece.first + number, 1) for number in range(piece.count))
            self._pieces = deque(chain(singles, self._pieces))


class _Worker:
    """A process of its own, its pipe, and what it is at."""

    def __init__(self, stage: Stage[Any, Any]) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, other = context.Pipe()
        self.piece: _Piece | None = None
        self.ready = False
        self.allowed = LOADING_SECONDS
        self.due = time.monotonic() + LOADING_SECONDS
        self._process = context.Process(target=_work, args=(stage, other), daemon=True)
        with _uninterrupted():
            self._process.start()
        other.close()

    def give(self, piece: _Piece, seconds: float) -> None:
        self.piece = piece
        self.allowed = seconds
        self.due = time.monotonic() + seconds
        with suppress(OSError):  # it died; reading from it will tell
            self.pipe.send(piece.items)

    def epitaph(self) -> str:
        """Why the process ended."""
        self._process.join(5)
        code = self._process.exitcode
        if code is not None and code < 0:
            return f"ended it ({signal.Signals(-code).name}{', out of memory?' if code == -9 else ''})"
        return f"ended it (exit status {code})"

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self.pipe.close()


LOADING_SECONDS = 120.0
"""How long a fresh worker may take to load model and codebook."""


def _work(stage: Stage[Any, Any], pipe: Connection[Any, Any]) -> None:
    """What a worker does until its pipe closes. Ctrl-C is for the parent, which ends the workers."""
    try:
        work = stage.load()
    except Exception as error:
        said = str(error) if isinstance(error, AmityError) else f"{type(error).__name__}: {error}"
        kind = next((kind for kind in (ModelError, CodebookError) if isinstance(error, kind)), AmityError)
        pipe.send(("error", kind(said)))
        return
    told = _tell(pipe, ("ready", None))
    while told:
        try:
            batch = pipe.recv()
        except (EOFError, OSError):
            return
        told = _tell(pipe, ("results", work(batch)))


def _tell(pipe: Connection[Any, Any], message: tuple[str, Any]) -> bool:
    """Whether there is still a parent to tell it to."""
    try:
        pipe.send(message)
    except OSError:
        return False
    return True


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Processes that start meanwhile ignore Ctrl-C from their first moment; the parent hears it again afterwards."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not the main thread, which alone may say so
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
