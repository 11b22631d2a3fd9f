"""The stages in order, joined to an engine and a ledger."""

from amity.pipeline.options import Options
from amity.pipeline.running import code, code_articles, read, remerge
from amity.pipeline.watching import Tally, Watcher

__all__ = ["Options", "Tally", "Watcher", "code", "code_articles", "read", "remerge"]
