"""From what the user names (files, folders, globs, `-`, URLs, feeds) to raw documents."""

from amity.sources.fetch import FetchOptions, Skipped, fetch_all

__all__ = ["FetchOptions", "Skipped", "fetch_all"]
