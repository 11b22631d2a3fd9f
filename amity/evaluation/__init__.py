"""Measuring amity against annotated text: one module a task, each with `evaluate(data) -> dict`."""
