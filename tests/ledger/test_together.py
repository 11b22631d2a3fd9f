"""Several readers beside a writer; two writers at once both succeed; a kill loses nothing that was finished."""

from __future__ import annotations

import multiprocessing
import random
import sqlite3
import time
from contextlib import closing
from typing import Any

import msgspec

from amity.ledger import Ledger
from amity.records import Article, Event, identified
from tests.ledger.samples import ARTICLE, EVENT

SPAWN = multiprocessing.get_context("spawn")


def piece(number: int) -> tuple[Article, tuple[Event, ...]]:
    """An article of its own, with two claims."""
    article = msgspec.structs.replace(ARTICLE, id=f"article {number}", text=f"{ARTICLE.text} {number}")
    drafts = (msgspec.structs.replace(EVENT, article=article.id, trigger_start=at) for at in (1, 2))
    return article, tuple(identified(draft) for draft in drafts)


def write(path: str, numbers: list[int], pause: float = 0.0) -> None:
    """What a run does with articles that are ready, each committed by itself."""
    with Ledger.open(path, "write") as ledger, ledger.writing("test", "coder") as writer:
        for number in numbers:
            article, found = piece(number)
            if adopted := writer.adopt(article):
                time.sleep(pause)
                writer.add(adopted, found)
                writer.commit()


def start(*arguments: Any) -> Any:
    process = SPAWN.Process(target=write, args=arguments)
    process.start()
    return process


def consistent(path: str) -> dict[str, int]:
    """Articles and how many claims each has; no article stands without its claims, none twice."""
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        rows = database.execute(
            "SELECT a.id, count(c.key) FROM articles a LEFT JOIN claims c ON c.article_key = a.key "
            "WHERE a.superseded IS NULL AND c.superseded IS NULL GROUP BY a.key"
        ).fetchall()
    assert len(rows) == len(dict(rows))
    return dict(rows)


def test_two_writers_at_once(path: str) -> None:
    writers = [start(path, list(range(40))), start(path, list(range(20, 60)))]
    for process in writers:
        process.join(60)
        assert process.exitcode == 0
    assert consistent(path) == {f"article {number}": 2 for number in range(60)}


def test_readers_see_whole_articles_while_somebody_writes(path: str) -> None:
    Ledger.open(path, "write").close()
    writer = start(path, list(range(60)), 0.005)
    seen: list[int] = []
    while writer.is_alive():
        articles = consistent(path)
        assert set(articles.values()) <= {2}
        seen.append(len(articles))
    assert writer.exitcode == 0
    assert seen == sorted(seen)
    assert consistent(path) == {f"article {number}": 2 for number in range(60)}


def test_kill_9_at_random_moments(path: str) -> None:
    moments = random.Random(20201110)
    numbers = list(range(60))
    for _ in range(6):
        writer = start(path, numbers, 0.002)
        before = stored(path)
        enough = len(before) + moments.randrange(10)  # none at all: while the ledger is being made
        while writer.is_alive() and len(before := stored(path)) < enough:
            time.sleep(moments.random() / 100)
        time.sleep(moments.random() / 50)
        writer.kill()
        writer.join()
        after = consistent(path) if stored(path) else {}
        assert before <= after.keys()
        assert set(after.values()) <= {2}
    write(path, numbers)
    assert consistent(path) == {f"article {number}": 2 for number in numbers}
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT count(*) FROM claims").fetchone() == (2 * len(numbers),)


def stored(path: str) -> set[str]:
    """Ids of the articles that are there, none while the ledger is still being made."""
    try:
        with closing(sqlite3.connect(path)) as database:
            return {id for (id,) in database.execute("SELECT id FROM articles")}
    except sqlite3.OperationalError:
        return set()
