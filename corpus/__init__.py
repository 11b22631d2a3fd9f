"""The open corpus: passages with all their claims, what checks them, and what writes them out. See README.md."""

from pathlib import Path

PASSAGES = Path(__file__).parent / "passages"
