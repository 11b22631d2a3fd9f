"""Coding: from a parsed article to claims. `code` is the whole of it; each kind of claim has a module of its own."""

from amity.coding.coder import code

__all__ = ["code"]
