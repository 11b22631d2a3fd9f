"""amity reads what is written about states and keeps a ledger of who said that whom did what to whom."""

from amity.version import __version__

__all__ = ["__version__"]
