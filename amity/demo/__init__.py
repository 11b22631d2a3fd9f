"""The bundled dispatches: our own short articles on several regional complexes, read by `make demo`."""

from importlib.resources import files
from pathlib import Path


def folder() -> Path:
    """The folder of the bundled articles, ready to be read like any other folder of sources."""
    return Path(str(files(__name__))) / "articles"
