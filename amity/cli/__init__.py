"""The command line. `main` is its entry; commands load what they need when they run."""

from amity.cli.main import main

__all__ = ["main"]
