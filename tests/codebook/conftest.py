"""What the tests of the codebook share."""

from __future__ import annotations

import pytest

from amity.codebook import Codebook, load


@pytest.fixture(scope="session")
def book() -> Codebook:
    """The codebook that amity ships."""
    return load()
