"""Whether claims held with a confidence of seven in ten are right seven times in ten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

BINS = 10


def calibration(promises: Sequence[tuple[float, bool]]) -> dict[str, Any]:
    """Expected calibration error (Naeini, Cooper and Hauskrecht 2015) over ten bins of equal width, and the bins.

    A promise is a probability and whether it was kept. The error is null when there are none.
    """
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for promise, kept in promises:
        bins[min(int(promise * BINS), BINS - 1)].append((promise, kept))
    rows = {f"{place / BINS:.1f}–{(place + 1) / BINS:.1f}": _row(bin) for place, bin in enumerate(bins) if bin}
    gaps = [row["claims"] * abs(row["confidence"] - row["right"]) for row in rows.values()]
    return {
        "claims": len(promises),
        "expected_calibration_error": round(sum(gaps) / len(promises), 3) if promises else None,
        **({"bins": rows} if rows else {}),
    }


def _row(bin: Sequence[tuple[float, bool]]) -> dict[str, Any]:
    return {
        "claims": len(bin),
        "confidence": round(sum(promise for promise, _ in bin) / len(bin), 3),
        "right": round(sum(kept for _, kept in bin) / len(bin), 3),
    }
