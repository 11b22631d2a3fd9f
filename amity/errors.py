"""What amity raises. Every message names the thing and the reason in one line."""

from __future__ import annotations


class AmityError(Exception):
    """Base of all errors that amity raises on purpose."""


class InputError(AmityError):
    """Something from outside (a file, a URL, a row) cannot be read; names it and says why."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str]]:
        """Errors cross process borders."""
        return InputError, (self.source, self.reason)


class CodebookError(AmityError):
    """A codebook file is malformed; names the file and the entry."""


class ModelError(AmityError):
    """A language model cannot be loaded or used."""


class LedgerError(AmityError):
    """The ledger cannot be opened, read or written."""
