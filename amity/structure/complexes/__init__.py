"""Regional security complexes from the intensity of security interaction. The method: docs/complexes.md."""

from amity.structure.complexes.finding import Background, Found, find
from amity.structure.complexes.interaction import Course, Standing, course, standing

__all__ = ["Background", "Course", "Found", "Standing", "course", "find", "standing"]
