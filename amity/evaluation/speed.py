"""How fast articles become claims: words a second on one core, reading of files and start of the program apart."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from amity.errors import InputError
from amity.pipeline import Options, Tally, Watcher
from amity.pipeline.coding import Coding, batched
from amity.pipeline.gathering import gather

TURNS = 5


def evaluate(data: Path | None = None, model: Path | str | None = None) -> dict[str, Any]:
    """Code articles five times over; `data` is a file or folder of articles, by default those bundled with amity.

    Returns the best turn, by the processor's time, which other work on the machine slows little, and by the clock.
    Raises `InputError` when there is nothing to read.
    """
    from amity.demo import folder

    articles = list(gather([str(data or folder())], Options(jobs=1), Tally(), Watcher()))
    words = sum(len(article.text.split()) for article in articles)
    if not words:
        raise InputError(str(data), "holds no articles")
    work = Coding(str(model) if model else None).load()
    batches = list(batched(articles))
    processor, clock = [], []
    for _ in range(TURNS):
        began, cpu = time.perf_counter(), time.process_time()
        for batch in batches:
            work(batch)
        processor.append(words / (time.process_time() - cpu))
        clock.append(words / (time.perf_counter() - began))
    return {
        "articles": len(articles),
        "words": words,
        "words_per_second": round(max(processor)),
        "words_per_second_by_the_clock": round(max(clock)),
    }
