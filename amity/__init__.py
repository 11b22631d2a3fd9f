"""amity keeps a ledger of who said that whom did what to whom, from what is written about states."""

from typing import TYPE_CHECKING, Any

from amity.version import __version__

if TYPE_CHECKING:
    from amity.api import brief, code, dossier, explain, export, open, read, world

__all__ = ["__version__", "brief", "code", "dossier", "explain", "export", "open", "read", "world"]


def __getattr__(name: str) -> Any:
    """Load the verbs when they are first used, so that `import amity` is instant."""
    if name in __all__:
        from amity import api

        return getattr(api, name)
    raise AttributeError(f"module 'amity' has no attribute {name!r}")
