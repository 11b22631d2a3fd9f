"""Telling it: the briefing, and exports to the formats that researchers already use."""

from amity.report.brief import brief
from amity.report.export import FORMATS, export
from amity.report.names import Names

__all__ = ["FORMATS", "Names", "brief", "export"]
