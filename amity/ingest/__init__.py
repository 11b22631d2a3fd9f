"""Bytes to articles: formats, encodings, metadata, language, copies. Pure: no file and no network is touched here."""

from amity.ingest.articles import articles
from amity.ingest.language import identify, readable
from amity.ingest.metadata import Metadata
from amity.ingest.normalise import normalise
from amity.ingest.raw import Limits, Raw, receive

__all__ = ["Limits", "Metadata", "Raw", "articles", "identify", "normalise", "readable", "receive"]
