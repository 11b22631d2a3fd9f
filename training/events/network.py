"""The event reader's network: the encoder with heads for types, statuses, certainties and roles."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from amity.annotate.events import KINDS
from amity.records import CERTAINTIES, STATUSES
from training.events.material import IGNORE, TYPES
from training.network import WIDTH, Encoder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from training.events.material import Window

ROLE = 128
SMOOTHING = 0.05


@dataclass
class Batch:
    """Padded tensors of some windows."""

    ids: Tensor
    shapes: Tensor
    kinds: Tensor
    lexicon: Tensor
    first: Tensor
    words: Tensor
    windows: list[Window]

    @classmethod
    def of(cls, windows: list[Window]) -> Batch:
        def pad(name: str) -> Tensor:
            tensors = [torch.from_numpy(getattr(window.given, name)) for window in windows]
            return nn.utils.rnn.pad_sequence(tensors, batch_first=True)

        words = nn.utils.rnn.pad_sequence(
            [torch.ones(len(window.types), dtype=torch.bool) for window in windows], batch_first=True
        )
        return cls(pad("ids"), pad("shapes"), pad("kinds"), pad("lexicon"), pad("first"), words, windows)


@dataclass
class Scores:
    """Logits by word of types, statuses and certainties; features of triggers, actors and recipients for roles."""

    types: Tensor
    statuses: Tensor
    certainties: Tensor
    triggers: Tensor
    actors: Tensor
    recipients: Tensor


class EventNetwork(Encoder):
    """Encoder, what names and lexicon add to it, and heads."""

    def __init__(self, vocabulary: int, layers: int, ways: Sequence[str]) -> None:
        super().__init__(vocabulary, layers)
        self.ways = {way: number for number, way in enumerate(ways, 1)}  # 0 is a way not known
        self.way = nn.Embedding(len(ways) + 1, 2)
        nn.init.zeros_(self.way.weight)
        self.kinds = nn.Embedding(2 * len(KINDS) - 1, WIDTH)
        self.lexicon = nn.Linear(len(TYPES), WIDTH, bias=False)
        for added in (self.kinds, self.lexicon):
            nn.init.zeros_(added.weight)
        self.head_dropout = nn.Dropout(0.33)
        self.types = nn.Linear(WIDTH, len(TYPES))
        self.statuses = nn.Linear(WIDTH, len(STATUSES))
        self.certainties = nn.Linear(WIDTH, len(CERTAINTIES))
        self.triggers = nn.Linear(WIDTH, ROLE)
        self.actors = nn.Linear(WIDTH, ROLE)
        self.recipients = nn.Linear(WIDTH, ROLE)

    def forward(self, batch: Batch) -> Scores:
        extra = self.kinds(batch.kinds) + self.lexicon(batch.lexicon)
        x = self.encoded(batch.ids, batch.shapes, batch.ids > 0, extra)
        x = x.gather(1, batch.first[..., None].expand(-1, -1, WIDTH))
        x = self.head_dropout(x)
        return Scores(
            self.types(x), self.statuses(x), self.certainties(x),
            self.triggers(x) / ROLE**0.5, self.actors(x), self.recipients(x),
        )  # fmt: skip

    def roles(self, scores: Scores, row: int, window: Window, triggers: Sequence[int]) -> tuple[Tensor, Tensor]:
        """Return logits of triggers by words: who acts, and who is acted upon."""
        size = len(window.types)
        numbers = torch.zeros(len(triggers), size, dtype=torch.long)
        for number, trigger in enumerate(triggers):
            for place, way in window.ways[trigger]:
                numbers[number, place] = self.ways.get(way, 0)
        known = (numbers > 0)[..., None]
        leaning = self.way(numbers) * known
        features = scores.triggers[row, list(triggers)]
        actors = (features @ scores.actors[row, :size].T).float() + leaning[..., 0]
        return actors, (features @ scores.recipients[row, :size].T).float() + leaning[..., 1]


def known_ways(windows: Iterable[Window], least: int = 3) -> list[str]:
    """Ways from triggers to participants that occur at least so often."""
    counts: Counter[str] = Counter()
    for window in windows:
        taking = (window.actors == 1) | (window.recipients == 1)
        for number, trigger in enumerate(window.triggers):
            counts.update(way for place, way in window.ways[trigger] if taking[number, place])
    return sorted(way for way, count in counts.items() if count >= least)


def loss(network: EventNetwork, batch: Batch) -> Tensor:
    """Return the sum of the losses of all heads, per trigger."""
    scores = network(batch)
    total = scores.types.new_zeros((), dtype=torch.float32)
    triggers = 1
    for row, window in enumerate(batch.windows):
        size = len(window.types)
        types = torch.from_numpy(window.types)
        total = total + functional.cross_entropy(
            scores.types[row, :size].float(), types, ignore_index=IGNORE, reduction="sum", label_smoothing=SMOOTHING
        )
        if len(window.triggers):
            total = total + _of_triggers(network, scores, row, window)
            triggers += len(window.triggers)
    return total / triggers


def _of_triggers(network: EventNetwork, scores: Scores, row: int, window: Window) -> Tensor:
    at = torch.from_numpy(window.triggers)
    lost = scores.types.new_zeros((), dtype=torch.float32)
    for name in ("statuses", "certainties"):
        gold = torch.from_numpy(getattr(window, name))
        lost = lost + 0.5 * functional.cross_entropy(getattr(scores, name)[row, at].float(), gold, reduction="sum")
    actors, recipients = network.roles(scores, row, window, window.triggers.tolist())
    lost = lost + _binary(actors, torch.from_numpy(window.actors))
    return lost + _binary(recipients, torch.from_numpy(window.recipients))


def _binary(scores: Tensor, gold: Tensor) -> Tensor:
    known = gold != IGNORE
    return functional.binary_cross_entropy_with_logits(scores[known], gold[known].float(), reduction="sum")


def between(network: EventNetwork, scores: Scores, row: int, window: Window) -> Tensor:
    """Return a log-probability of each type for what the window's source does to its target, over all words.

    A place in the window counts as the party when any of its words does.
    """
    source, target = window.extra["source"], window.extra["target"]
    types = scores.types[row, : len(window.types)].float().log_softmax(-1)
    actors, recipients = network.roles(scores, row, window, range(len(window.types)))
    roles = functional.logsigmoid(actors[:, source].amax(-1))
    if target:
        roles = roles + functional.logsigmoid(recipients[:, target].amax(-1))
    return (types[:, 1:] + roles[:, None]).logsumexp(0).log_softmax(-1)
