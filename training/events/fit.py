"""Train the event reader: AdamW, warm-up, linear decay, everything from one seed."""

from __future__ import annotations

import random
import sys
import time
from typing import TYPE_CHECKING

import torch

from training.events.network import Batch, EventNetwork, loss

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from training.events.material import Window

BATCH = 1000  # padded pieces
ENCODER = ("layers", "positions", "norm", "shapes")


def fit(
    network: EventNetwork,
    windows: Sequence[Window],
    *,
    epochs: int,
    rate: float = 1e-4,
    head_factor: float = 10,
    seed: int = 1,
    objective: Callable[[EventNetwork, Batch], torch.Tensor] = loss,
) -> None:
    """Train in place. The encoder learns at `rate`, the heads at `head_factor` times that."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    encoder = [p for name, p in network.named_parameters() if p.requires_grad and name.startswith(ENCODER)]
    heads = [p for name, p in network.named_parameters() if p.requires_grad and not name.startswith(ENCODER)]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": rate}, {"params": heads, "lr": head_factor * rate}],
        betas=(0.9, 0.98),
        weight_decay=0.01,
    )
    plan = [group for _ in range(epochs) for group in batches(windows, BATCH, rng)]
    warm_up = int(0.06 * len(plan)) + 1
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm_up, max(0.0, (len(plan) - step) / (len(plan) - warm_up)))
    )
    network.train()
    began, running = time.monotonic(), 0.0
    for step, group in enumerate(plan, 1):
        with torch.autocast("cpu", torch.bfloat16):
            value = objective(network, Batch.of(group))
        optimizer.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(encoder + heads, 5.0)
        optimizer.step()
        schedule.step()
        running = 0.95 * running + 0.05 * value.item() if step > 1 else value.item()
        if step % 25 == 0:
            left = (time.monotonic() - began) / step * (len(plan) - step) / 60
            print(f"step {step}/{len(plan)} loss {running:.3f} left {left:.1f} min", file=sys.stderr, flush=True)
    network.eval()


def batches(windows: Sequence[Window], pieces: int, rng: random.Random) -> list[list[Window]]:
    """Group windows of like length into batches of at most `pieces` padded pieces, in random order."""
    ordered = sorted(windows, key=lambda window: len(window.given.ids) + 8 * rng.random())
    groups: list[list[Window]] = [[]]
    for window in ordered:
        if groups[-1] and len(window.given.ids) * (len(groups[-1]) + 1) > pieces:
            groups.append([])
        groups[-1].append(window)
    rng.shuffle(groups)
    return groups
