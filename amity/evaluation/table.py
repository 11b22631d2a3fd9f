"""Scores as text: single figures a line each, figures of several things as a table, lists a line each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def table(scores: Mapping[str, Any], most: int | None = None) -> str:
    """All scores of a task, to be read; `most` items of each list are shown."""
    return "\n".join(_lines("", scores, most))


def _lines(name: str, scores: Mapping[str, Any], most: int | None) -> Iterator[str]:
    plain = {key: value for key, value in scores.items() if not isinstance(value, (Mapping, list))}
    width = max((len(key) for key in plain), default=0)
    if name and scores:
        yield ""
        yield name
    yield from (f"{key:{width}}  {shown(value)}" for key, value in plain.items())
    for key, value in scores.items():
        title = f"{name} · {key}" if name else key
        if isinstance(value, list):
            yield f"\n{title}: {len(value)}"
            yield from (f"  {item}" for item in value[:most])
            if most is not None and len(value) > most:
                yield f"  … and {len(value) - most:,} more"
        elif isinstance(value, Mapping) and is_grid(value):
            yield f"\n{title}"
            yield from _grid(value)
        elif isinstance(value, Mapping):
            yield from _lines(title, value, most)


def is_grid(scores: Mapping[str, Any]) -> bool:
    """Whether all values are mappings of plain figures, so that they make the rows of a table."""
    rows = list(scores.values())
    return bool(rows) and all(
        isinstance(row, Mapping) and not any(isinstance(value, (Mapping, list)) for value in row.values())
        for row in rows
    )


def _grid(scores: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    columns = list(dict.fromkeys(column for row in scores.values() for column in row))
    cells = [["", *columns]]
    cells += [
        [key, *(shown(row[column]) if column in row else "" for column in columns)] for key, row in scores.items()
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for first, *rest in cells:
        yield "  ".join((first.ljust(widths[0]), *map(str.rjust, rest, widths[1:]))).rstrip()


def shown(value: Any) -> str:
    """A figure as it is printed; what could not be measured is a dash."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.3f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else str(value)
