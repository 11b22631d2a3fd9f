"""The archive: imported data sets as Parquet files beside the ledger, asked through DuckDB."""

from amity.archive.archive import Archive, Intake, archive_of
from amity.archive.files import Holding

__all__ = ["Archive", "Holding", "Intake", "archive_of"]
