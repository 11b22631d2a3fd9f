"""What is measured. Each measure returns lines of a table: what, how much, and the goal where there is one."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

from benchmarks import corpus, events, outlook, structure

T = TypeVar("T")
PYTHON = sys.executable
CODE = "from amity.cli import main; main()"
MEGABYTE = 1 << 20


class Line(NamedTuple):
    """One line of the results."""

    what: str
    value: str
    goal: str = ""


class Size(NamedTuple):
    """How much is measured."""

    speed_articles: int
    stream_articles: int
    stream_words: int
    claims: tuple[int, ...]
    written_articles: int
    events: int


FULL = Size(400, 20_000, 150, (25_000, 50_000, 100_000), 5_000, 10_000_000)
QUICK = Size(60, 600, 150, (5_000, 10_000), 500, 200_000)


def start(size: Size) -> Iterator[Line]:
    """Processor time of short commands, the median of five."""
    for what, arguments in (("amity --help", [CODE, "--help"]), ("amity version", [CODE, "version"])):
        yield Line(what, f"{_processor(['-c', *arguments]):.2f} s", "under 0.3 s")
    yield Line("import amity", f"{_processor(['-c', 'import amity']):.2f} s", "under 0.3 s")


def language(size: Size) -> Iterator[Line]:
    """Words a second on one core: the bare language pipeline, coding in the same process, and the whole command."""
    from amity import annotate
    from amity.pipeline.coding import Coding, batched

    articles = list(corpus.articles(size.speed_articles, 500))
    words = sum(len(article.text.split()) for article in articles)
    with one_core():
        nlp = annotate.load()
        work = Coding().load()
        for _ in annotate.annotate(nlp, [article.text for article in articles[:5]]):
            pass
        work(articles[:5])
        bare, _ = _clock(lambda: [None for _ in annotate.annotate(nlp, [article.text for article in articles])])
        coded, claims = _clock(lambda: sum(len(one.claims) for batch in batched(articles) for one in work(batch)))
    yield Line("language pipeline alone, one core", f"{words / bare:,.0f} words/s", "at least 10,000")
    yield Line("coding, one core", f"{words / coded:,.0f} words/s", "at least 5,000")
    yield Line("coding / language pipeline alone", f"{bare / coded:.0%}", "at least 80 %")
    yield Line("claims", f"{1000 * claims / words:.1f} in 1,000 words")


def command(size: Size) -> Iterator[Line]:
    """Words a second of `amity code` from file to JSON Lines, start included, on one core and on two."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "articles.jsonl")
        words = corpus.write(file, 2 * size.speed_articles, 500)
        for jobs in (1, 2):
            if jobs > (os.cpu_count() or 1):
                return
            with cores(jobs), Path(folder, "claims.jsonl").open("wb") as out:
                process = subprocess.Popen(
                    [PYTHON, "-c", CODE, "code", str(file), "--quiet", "--jobs", str(jobs)], stdout=out
                )
                seconds, status = _clock(process.wait)
                assert status == 0
            yield Line(f"amity code, {jobs} {'core' if jobs == 1 else 'cores'}", f"{words / seconds:,.0f} words/s")


def memory(size: Size) -> Iterator[Line]:
    """Peak memory of every process of `amity read` on a long stream, early and late."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "articles.jsonl")
        words = corpus.write(file, size.stream_articles, size.stream_words)
        jobs = min(2, os.cpu_count() or 1)
        read = ["read", str(file), "--ledger", str(Path(folder, "amity.db")), "--quiet", "--jobs", str(jobs)]
        process = subprocess.Popen([PYTHON, "-c", CODE, *read, "--no-merge"])
        watch = _Watch(process.pid)
        seconds, status = _clock(process.wait)
        assert status == 0
        watch.join()
        bytes_ = Path(folder, "amity.db").stat().st_size
    yield Line(f"amity read, {size.stream_articles:,} articles, {jobs} processes", f"{words / seconds:,.0f} words/s")
    yield Line("largest process after a quarter of the stream", f"{watch.at(0.25) / MEGABYTE:,.0f} MB")
    yield Line("largest process at the end", f"{watch.at(1.0) / MEGABYTE:,.0f} MB", "flat, under 1,500 MB")
    yield Line("ledger", f"{bytes_ / MEGABYTE:,.0f} MB")


def ledger(size: Size) -> Iterator[Line]:
    """Claims written a second, ten to an article, and the time of questions to what was written."""
    from amity.ledger import Ledger

    articles, claims = corpus.reports(10 * size.written_articles)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "amity.db"))
        opened = Ledger.open(path, "write")

        def write() -> None:
            with opened.writing("benchmark", "benchmark") as writer:
                for number, article in enumerate(articles):
                    if adopted := writer.adopt(article):
                        writer.add(adopted, claims[10 * number : 10 * number + 10])

        seconds, _ = _clock(write)
        yield Line("ledger writes", f"{len(claims) / seconds:,.0f} claims/s, {len(articles) / seconds:,.0f} articles/s")
        seconds, _ = _clock(lambda: Ledger.open(path).close())
        yield Line("opening a ledger", f"{1000 * seconds:.0f} ms")
        seconds, found = _clock(lambda: len(list(opened.claims(pair="AZE,ARM", kind="event"))))
        yield Line(f"a pair's events ({found:,} of {len(claims):,} claims)", f"{1000 * seconds:.0f} ms")
        seconds, _ = _clock(lambda: len(list(opened.claims())))
        yield Line("reading all claims", f"{len(claims) / seconds:,.0f} claims/s")
        opened.close()


def merging(size: Size) -> Iterator[Line]:
    """Seconds to merge claims into incidents."""
    from amity.incidents import merge

    for count in size.claims:
        articles, claims = corpus.reports(count)
        seconds, incidents = _clock(lambda: len(merge(claims, articles)))  # noqa: B023 (called at once)
        goal = "near-linear, under 60 s" if count == size.claims[-1] else ""
        yield Line(f"merging {count:,} claims into {incidents:,} incidents", f"{seconds:.1f} s", goal)


PANEL = """
import sys, time
from amity.pipeline.world import World
world = World.open(sys.argv[1])
began, worked = time.perf_counter(), time.process_time()
panel = world.panel(unit="month")
print(time.perf_counter() - began, time.process_time() - worked, len(panel.dyads), panel.cells.num_rows)
"""


def datasets(size: Size) -> Iterator[Line]:
    """Event data in the form of GDELT 2.0, made up: import by `amity import`, and the table of dyad-months."""
    with tempfile.TemporaryDirectory() as folder:
        file, ledger = Path(folder, "events.csv"), str(Path(folder, "amity.db"))
        bytes_ = events.write(file, size.events)
        process = subprocess.Popen([PYTHON, "-c", CODE, "import", "gdelt2", str(file), "--ledger", ledger, "--quiet"])
        watch = _Watch(process.pid)
        seconds, status = _clock(process.wait)
        assert status == 0
        watch.join()
        yield Line(f"import of {size.events:,} events, {bytes_ / 1e9:.1f} GB", f"{seconds:.0f} s", "minutes")
        yield Line("the same", f"{size.events / seconds:,.0f} events/s")
        yield Line("largest process", f"{watch.at(1.0) / MEGABYTE:,.0f} MB", "under 2,000 MB")
        kept = sum(path.stat().st_size for path in Path(folder).glob("amity.archive/**/*.parquet"))
        yield Line("archive", f"{kept / MEGABYTE:,.0f} MB")
        asking = subprocess.Popen([PYTHON, "-c", PANEL, ledger], stdout=subprocess.PIPE, text=True)
        watch = _Watch(asking.pid)
        told, _ = asking.communicate()
        watch.join()
        taken, worked, dyads, cells = told.split()
        yield Line(
            f"{size.events:,} events to dyad-months ({int(dyads):,} dyads, {int(cells):,} cells)",
            f"{float(taken):.1f} s",
            "under 10 s",
        )
        yield Line("processor time of that, all cores together", f"{float(worked):.1f} s")
        yield Line("largest process", f"{watch.at(1.0) / MEGABYTE:,.0f} MB", "under 2,000 MB")


def complexes(size: Size) -> Iterator[Line]:
    """Security complexes of 190 made-up states month by month, matched into histories, on two cores."""
    months = 240 if size == FULL else 12
    with cores(2):
        seconds, found = structure.histories(190, months)
    yield Line(f"{months} months ({found} histories)", f"{seconds:.0f} s", f"under {months / 2:.0f} s")


def backtests(size: Size) -> Iterator[Line]:
    """Outlooks of 500 made-up dyads, ten years by month, from 80 origins at 1, 3, 6 and 12 months, on two cores."""
    dyads, months = (500, 120) if size == FULL else (100, 36)
    with cores(2), tempfile.TemporaryDirectory() as folder:
        seconds, scored = _clock(lambda: outlook.backtested(Path(folder), dyads, months))
    yield Line(f"back-test of {dyads} dyads ({scored:,} forecasts)", f"{seconds:.0f} s", "under 300 s")


MEASURES: dict[str, Callable[[Size], Iterator[Line]]] = {
    "Start": start,
    "Language and coding": language,
    "The command": command,
    "A long stream": memory,
    "Ledger": ledger,
    "Merging": merging,
    "Event data": datasets,
    "Complexes": complexes,
    "Back-test": backtests,
}


@contextmanager
def one_core() -> Iterator[None]:
    """Run on a single core."""
    with cores(1):
        yield


@contextmanager
def cores(count: int) -> Iterator[None]:
    """Run on so many cores, as far as the system lets one choose; child processes inherit it."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(allowed)[:count])
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


class _Watch(threading.Thread):
    """Samples the largest resident set among a process and its children until it ends."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._sizes: list[int] = []
        self.start()

    def run(self) -> None:
        while size := max((_resident(pid) for pid in (self._pid, *_children(self._pid))), default=0):
            self._sizes.append(size)
            time.sleep(0.2)

    def at(self, share: float) -> int:
        """Bytes at the peak of the first `share` of the time."""
        return max(self._sizes[: max(1, int(share * len(self._sizes)))], default=0)


def _resident(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/statm").read_text().split()
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return 0
    return 0 if state == "Z" else int(fields[1]) * os.sysconf("SC_PAGE_SIZE")


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _clock(work: Callable[[], T]) -> tuple[float, T]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def _processor(arguments: Sequence[str]) -> float:
    """Processor seconds of a Python process, the median of five."""

    def once() -> float:
        before = os.times()
        subprocess.run([PYTHON, *arguments], check=True, capture_output=True)
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    return sorted(once() for _ in range(5))[2]
