"""The ledger: SQLite by default, append-only, asked as known on any date. See docs/ledger.md."""

from amity.ledger.answer import Answer
from amity.ledger.filters import CHOICES, Filter
from amity.ledger.ledger import Failure, Hit, Ledger
from amity.ledger.writer import Writer

open = Ledger.open

__all__ = ["CHOICES", "Answer", "Failure", "Filter", "Hit", "Ledger", "Writer", "open"]
