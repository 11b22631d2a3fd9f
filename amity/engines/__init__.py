"""Engines run a stage over many batches: here, in one process or several. Others (Spark) take the same stages."""

from amity.engines.local import Lost, Stage, run

__all__ = ["Lost", "Stage", "run"]
