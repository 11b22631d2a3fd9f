"""What all figures share."""

from __future__ import annotations

from pathlib import Path

import pytest

from amity.errors import InputError
from amity.report import figures

STARTS = {".png": b"\x89PNG", ".svg": b"<?xml", ".pdf": b"%PDF"}


@pytest.mark.parametrize("ending", figures.FORMATS)
def test_a_figure_is_written_as_its_name_says_and_twice_alike(tmp_path: Path, ending: str) -> None:
    written = []
    for name in ("one", "two"):
        figure, (above, below) = figures.sheet(2, title="Relations", note="events " * 40, sharex=True)
        above.plot([1, 2, 3], label="kept", **figures.line(1))
        below.imshow([[0.0, 1.0]], cmap=figures.signed())
        path = tmp_path / f"{name}{ending}"
        figures.save(figure, path)
        written.append(path.read_bytes())
    assert written[0].startswith(STARTS[ending]) and written[0] == written[1]


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    figure, _ = figures.sheet()
    with pytest.raises(InputError, match=r"figure\.bmp: a figure is written as \.png"):
        figures.save(figure, tmp_path / "figure.bmp")
    with pytest.raises(InputError, match="No such file"):
        figures.save(figure, tmp_path / "nowhere" / "figure.png")


def test_the_sign_of_a_value_is_seen() -> None:
    red, _, blue, _ = zip(*(figures.signed()(value) for value in (0.0, 0.5, 1.0)), strict=True)
    assert red[0] > red[2] and blue[2] > blue[0]
