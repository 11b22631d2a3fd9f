"""The patterns of `layout.yaml`, compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Patterns:
    """Media words, and the lines that are furniture, open a comment section, or head links to other articles."""

    media: frozenset[str]
    furniture: re.Pattern[str]
    comments: re.Pattern[str]
    related: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """Read once per process: the file is part of the package and does not change."""
    text = files("amity.ingest").joinpath("layout.yaml").read_text("utf-8")
    data = yaml.safe_load(text)
    lines = {name: _any_of(data[name]) for name in ("furniture", "comments", "related")}
    return Patterns(media=frozenset(data["media"]), **lines)


def _any_of(alternatives: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{alternative})" for alternative in alternatives), re.IGNORECASE)
