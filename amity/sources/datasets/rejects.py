"""Rows that could not be used: how many for which reason, and where the first of them stand."""

from __future__ import annotations

from collections.abc import Iterable

EXAMPLES = 3


class Rejects:
    """Counts by reason. `examples` are the first lines of each, as `file:line` or `line`."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.examples: dict[str, list[str]] = {}

    def note(self, reason: str, lines: Iterable[str | int], count: int | None = None) -> None:
        """Rows that a reason befell; `count` when there are more than `lines` names."""
        named = list(lines)
        if not (count if count is not None else named):
            return
        self.counts[reason] = self.counts.get(reason, 0) + (len(named) if count is None else count)
        examples = self.examples.setdefault(reason, [])
        examples.extend(str(line) for line in named[: EXAMPLES - len(examples)])

    def told(self) -> dict[str, int]:
        """Counts under reasons that name their examples, the commonest first."""
        ordered = sorted(self.counts.items(), key=lambda one: -one[1])
        return {f"{reason} ({self._where(reason)})": count for reason, count in ordered}

    def _where(self, reason: str) -> str:
        examples = self.examples[reason]
        return ", ".join(examples + ["…"] * (self.counts[reason] > len(examples)))
