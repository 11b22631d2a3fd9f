"""How well the event reader tells types when the pair is given, and how well when it may learn from such pairs.

`python -m training.events.pairs --data FOLDER --reader FILE.pt` scores the sentences of `coding/plover_pairs.tsv`
twice: as the reader is, and five-fold, each fold by a reader that went on learning from the other four. What is shipped
may not learn from these sentences: nothing is written but the figures.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

import amity.annotate
from amity.annotate.events import Lexicon, inputs, name_labels
from amity.codebook.frames import load_frames
from amity.evaluation.pairs import YIELD, Pair, load
from training.events.__main__ import load as reader
from training.events.fit import fit
from training.events.material import TYPES, Window, ways
from training.events.network import Batch, EventNetwork, between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

CLASSES = tuple(dict.fromkeys(YIELD if kind in ("CONCEDE", "RETREAT") else kind for kind in TYPES[1:17]))
FOLDS = 5


def main() -> None:
    """Print the figures of both ways."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--reader", type=Path, required=True, help="weights as training.events writes them")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    windows = [window for pair in load(given.data) if (window := _window(pair)) is not None]
    gold = [CLASSES.index(str(window.extra["type"])) for window in windows]
    figures = {"untaught": measure(gold, guesses(reader(given.reader), windows))}
    found = np.zeros(len(windows), int)
    order = list(range(len(windows)))
    random.Random(1).shuffle(order)
    for fold in range(FOLDS):
        held = order[fold::FOLDS]
        network = reader(given.reader)
        taught = [windows[n] for n in order if n not in set(held)]
        fit(network, taught, epochs=given.epochs, rate=given.rate, head_factor=4, seed=fold, objective=loss)
        found[held] = guesses(network, [windows[n] for n in held])
    figures["cross-validated"] = measure(gold, found)
    print(json.dumps(figures, indent=1))


_NLP = amity.annotate.load(events=False)
_LEXICON = Lexicon(load_frames(), TYPES)


def _window(pair: Pair) -> Window | None:
    if pair.source is None:
        return None
    doc = _NLP(pair.text)
    words = doc.user_data["words"]
    places = {int(token): place for place, token in enumerate(words.tokens)}

    def within(span: tuple[int, int] | None) -> list[int]:
        found = doc.char_span(*span, alignment_mode="expand") if span else ()
        return [places[token.i] for token in found if token.i in places]

    given = inputs(words, 0, len(words.forms), name_labels(doc, words), _LEXICON, _NLP.get_pipe("amity_reader").markers)
    none = np.zeros(0, np.int64)
    empty = np.zeros((0, len(words.forms)), np.int64)
    window = Window(given, np.zeros(len(words.forms), np.int64), none, none, none, empty, empty)
    window.ways = ways(doc, places)
    window.extra = {"type": pair.type, "source": within(pair.source), "target": within(pair.target)}
    return window


def scores(network: EventNetwork, batch: Batch) -> Tensor:
    """Log-probabilities of the classes, a row a window."""
    found = network(batch)
    rows = []
    for row, window in enumerate(batch.windows):
        kinds = between(network, found, row, window)[:16]
        yielding = torch.logsumexp(kinds[[TYPES.index(kind) - 1 for kind in ("CONCEDE", "RETREAT")]], 0)
        rows.append(torch.stack([yielding if k == YIELD else kinds[TYPES.index(k) - 1] for k in CLASSES]))
    return torch.stack(rows).log_softmax(-1)


def loss(network: EventNetwork, batch: Batch) -> Tensor:
    """Mean cross-entropy of the classes."""
    gold = torch.tensor([CLASSES.index(str(window.extra["type"])) for window in batch.windows])
    return torch.nn.functional.nll_loss(scores(network, batch), gold)


def guesses(network: EventNetwork, windows: Sequence[Window]) -> np.ndarray:
    """The likeliest class of each window."""
    with torch.no_grad():
        return np.array([int(scores(network, Batch.of([window])).argmax()) for window in windows])


def measure(gold: Sequence[int], found: Sequence[int]) -> dict[str, float]:
    """Accuracy and macro-F1 over the classes that occur."""
    hits = Counter(g for g, f in zip(gold, found, strict=True) if g == f)
    golden, given = Counter(gold), Counter(found)
    f1 = [2 * hits[kind] / (golden[kind] + given[kind]) for kind in golden]
    return {"accuracy": round(hits.total() / len(gold), 3), "macro_f1": round(sum(f1) / len(f1), 3)}


if __name__ == "__main__":
    main()
