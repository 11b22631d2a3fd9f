"""The structure of the system: complexes, alignment, arms."""
