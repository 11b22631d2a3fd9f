"""docs/codebook.md against the files and the code."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from amity.codebook import Codebook
from amity.codebook.files import DATA

DOCS = (Path(__file__).parents[2] / "docs" / "codebook.md").read_text(encoding="utf-8")


def test_every_file_is_described() -> None:
    for path in DATA.iterdir():
        assert f"`{path.name}`" in DOCS or (path.name.startswith("frames_") and "`frames_*.yaml`" in DOCS), path.name


def test_every_column_is_described() -> None:
    for path in DATA.glob("*.csv"):
        for column in path.read_text(encoding="utf-8").splitlines()[0].split(","):
            assert f"`{column}`" in DOCS, (path.name, column)


def test_the_python_examples_say_the_truth(book: Codebook) -> None:
    examples = re.findall(r"^(book\.\S.*?)\s+# ('[^']+'|None|[\d.]+)", DOCS, re.MULTILINE)
    assert len(examples) >= 5
    for code, value in examples:
        assert eval(code, {"book": book, "date": date}) == eval(value), code
