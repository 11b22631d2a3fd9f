"""From what the user names (files, folders, globs, `-`, URLs, feeds) to raw documents."""

from amity.sources.fetch import FetchOptions, fetch_all
from amity.sources.files import Skipped
from amity.sources.manners import Manners

__all__ = ["FetchOptions", "Manners", "Skipped", "fetch_all"]
