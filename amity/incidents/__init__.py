"""Incidents: claims about the same happening brought together, with their independent sources and contradictions."""

from amity.incidents.merging import merge

__all__ = ["merge"]
