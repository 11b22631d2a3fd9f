"""Train a network: AdamW, warm-up, linear decay, everything from one seed."""

from __future__ import annotations

import random
import sys
import time
from typing import TYPE_CHECKING

import torch

from training.network import Batch, Network, loss
from training.windows import Noise, batches, windows

if TYPE_CHECKING:
    from amity.annotate.pieces import WordPieces
    from training.corpora import Document
    from training.windows import Labels

WINDOW = 176  # pieces
BATCH = 1100  # padded pieces


def fit(
    network: Network,
    gold: list[Document],
    silver: list[Document],
    pieces: WordPieces,
    labels: Labels,
    noise: Noise,
    *,
    epochs: int,
    silver_share: int,
    rate: float = 2e-4,
    head_factor: float = 10,
    seed: int = 1,
) -> None:
    """Train in place on all gold documents and `silver_share` fresh silver ones an epoch.

    The encoder learns at `rate`, the heads at `head_factor` times that. Progress goes to standard error.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)
    encoder, heads = _parameters(network)
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": rate}, {"params": heads, "lr": head_factor * rate}],
        betas=(0.9, 0.98),
        weight_decay=0.01,
    )
    plan = [_epoch(gold, silver, pieces, labels, noise, silver_share, rng) for _ in range(epochs)]
    total = sum(map(len, plan))
    schedule = warmed(optimizer, total)
    network.train()
    began, step, running = time.monotonic(), 0, 0.0
    for number, epoch in enumerate(plan):
        for group in epoch:
            with torch.autocast("cpu", torch.bfloat16):
                value = loss(network, Batch.of(group))
            optimizer.zero_grad(set_to_none=True)
            value.backward()
            torch.nn.utils.clip_grad_norm_(encoder + heads, 5.0)
            optimizer.step()
            schedule.step()
            step += 1
            running = 0.98 * running + 0.02 * value.item() if step > 1 else value.item()
            if step % 50 == 0:
                pace = (time.monotonic() - began) / step
                left = pace * (total - step) / 60
                print(f"epoch {number + 1}/{epochs} step {step}/{total} loss {running:.3f} left {left:.1f} min",
                      file=sys.stderr, flush=True)  # fmt: skip
    network.eval()


def warmed(optimizer: torch.optim.Optimizer, steps: int) -> torch.optim.lr_scheduler.LambdaLR:
    """The rate goes up over the first 6 % of the steps and then down to nothing, both in a straight line."""
    warm_up = int(0.06 * steps) + 1
    return torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm_up, max(0.0, (steps - step) / (steps - warm_up)))
    )


def _parameters(network: Network) -> tuple[list[torch.nn.Parameter], list[torch.nn.Parameter]]:
    encoder, heads = [], []
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            (encoder if name.startswith(("layers", "positions", "norm")) else heads).append(parameter)
    return encoder, heads


def _epoch(
    gold: list[Document],
    silver: list[Document],
    pieces: WordPieces,
    labels: Labels,
    noise: Noise,
    share: int,
    rng: random.Random,
) -> list[list]:
    chosen = rng.sample(silver, min(share, len(silver)))
    joined = [[s for document in chosen[n : n + 6] for s in document] for n in range(0, len(chosen), 6)]
    items = list(windows(gold, pieces, labels, WINDOW, rng, noise)) + list(
        windows(joined, pieces, labels, WINDOW, rng, noise)
    )
    return batches(items, BATCH, rng, lambda window: len(window.ids))
