"""amity keeps a ledger of who said that whom did what to whom, when, and how surely, from what is written about states."""

from amity.version import __version__

__all__ = ["__version__"]
