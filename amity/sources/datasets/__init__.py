"""Data sets of others as rows of events and tables of states: one importer for each format. See docs/datasets.md."""

from amity.sources.datasets.delimited import NotThis
from amity.sources.datasets.formats import Delivery, Desk, Format
from amity.sources.datasets.opening import Source, named
from amity.sources.datasets.registry import FORMATS, guess, recognised
from amity.sources.datasets.rejects import Rejects

__all__ = ["FORMATS", "Delivery", "Desk", "Format", "NotThis", "Rejects", "Source", "guess", "named", "recognised"]
