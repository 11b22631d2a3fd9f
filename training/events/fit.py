"""Train the event reader: AdamW, warm-up, linear decay, everything from one seed."""

from __future__ import annotations

import random
import sys
import time
from typing import TYPE_CHECKING

import torch

from training.events.network import Batch, EventNetwork, loss
from training.fit import warmed
from training.windows import batches

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from training.events.material import Window

BATCH = 1000  # padded pieces
SPREAD = 8  # pieces, by which windows of one batch may differ at random
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

    def length(window: Window) -> int:
        return len(window.given.ids)

    plan = [group for _ in range(epochs) for group in batches(windows, BATCH, rng, length, SPREAD)]
    schedule = warmed(optimizer, len(plan))
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
