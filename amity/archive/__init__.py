"""The archive: imported data sets as Parquet files beside the ledger, asked through DuckDB."""

from amity.archive.archive import Archive, Holding, archive_of

__all__ = ["Archive", "Holding", "archive_of"]
