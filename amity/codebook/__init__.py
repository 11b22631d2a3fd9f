"""The codebook: states, persons, organisations, arms, places and event types as data files, and their loader.

`load()` gives a `Codebook`; docs/codebook.md describes the files and how to add one's own.
"""

from amity.codebook.book import Codebook, load
from amity.codebook.phrases import Entry, Match
from amity.codebook.states import State

__all__ = ["Codebook", "Entry", "Match", "State", "load"]
