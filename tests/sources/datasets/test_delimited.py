"""Delimited text: columns by name, rows of the wrong width, rows without end."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.errors import InputError
from amity.sources.datasets import delimited
from amity.sources.datasets.delimited import Layout, NotThis, read
from amity.sources.datasets.rejects import Rejects

PLAIN = Layout(columns=("a", ("b", "beta")), optional=("c",), separators=",\t;")


class Raw(io.RawIOBase):
    def __init__(self, text: str) -> None:
        self._bytes = io.BytesIO(text.encode())

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        return self._bytes.readinto(buffer)


def rows(text: str, layout: Layout = PLAIN, rejects: Rejects | None = None) -> list[tuple[str | None, ...]]:
    names = [one if isinstance(one, str) else one[0] for one in (*layout.columns, *layout.optional)]
    found: list[tuple[str | None, ...]] = []
    for batch in read("t", Raw(text), layout, rejects or Rejects()):
        found += zip(*(batch[name].to_pylist() for name in names), strict=True)
    return found


@pytest.mark.parametrize(
    "text",
    ["a,b\n1,2\n", "x\tA\tBETA\n0\t1\t2\n", "B ;a\n2;1\n", "Some title\n\nprinted 2020\na,b\n1,2\n", "a,b\r\n1,2\r\n"],
)
def test_columns_are_found_by_name(text: str) -> None:
    assert rows(text) == [("1", "2", None)]


def test_quotes_between_commas_and_not_between_tabs() -> None:
    assert rows('a,b\n"1, and more",2\n') == [("1, and more", "2", None)]
    assert rows('a\tb\n"1\t2"\n') == [('"1', '2"', None)]
    assert rows('"a"\t"b"\n"1"\t"2"\n') == [("1", "2", None)]


def test_cells_may_hold_lines_where_they_are_quoted() -> None:
    assert rows('a,b\n"1\nand 1",2\n3,4\n') == [("1\nand 1", "2", None), ("3", "4", None)]


def test_empty_cells_are_null() -> None:
    assert rows('a,b,c\n,"",x\n') == [(None, None, "x")]


def test_missing_columns_are_named_beside_what_there_is() -> None:
    with pytest.raises(NotThis, match=r"lacks columns: b \(it has 2: a, z\)"):
        rows("a,z\n1,2\n")


@pytest.mark.parametrize(("text", "reason"), [("", "is empty"), ("\n \n", "is empty"), ("a,b\n", "header and no rows")])
def test_files_without_rows(text: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        rows(text)


def test_headless_files_are_told_by_their_width() -> None:
    layout = Layout(columns=("a", "b", "c"), header=False)
    assert rows("1\t2\t3\n", layout) == [("1", "2", "3")]
    with pytest.raises(NotThis, match="has 2 columns, not 3"):
        rows("1\t2\n", layout)


def test_a_bad_first_row_does_not_tell_the_width() -> None:
    rejects = Rejects()
    assert rows("a,b\n1,2,oh\n1,2\n3,4\n", rejects=rejects) == [("1", "2", None), ("3", "4", None)]
    assert rejects.examples == {"not 2 columns": ["t:2"]}
    layout = Layout(columns=("a", "b", "c"), header=False)
    assert rows("1\n1\t2\t3\n4\t5\t6\n", layout) == [("1", "2", "3"), ("4", "5", "6")]


def test_row_names_without_a_header_are_refused() -> None:
    with pytest.raises(InputError, match="rows of 3 cells under 2 columns"):
        rows("a,b\n1,x,y\n2,z,w\n")


def test_rows_longer_than_any_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "LONGEST_ROW", 1 << 12)
    with pytest.raises(InputError, match="has a row of more than"):
        rows(f"a,b\n1,2\n{'x' * (1 << 14)},2\n")
    with pytest.raises(InputError, match="never closed"):
        rows('a,b\n"1,2\n' + "3,4\n" * (1 << 12))


@given(st.lists(st.sampled_from(["1,2", "1", "1,2,3", "x,"]), min_size=1, max_size=60))
@settings(deadline=None)
def test_every_row_is_kept_or_counted_with_its_line(lines: list[str]) -> None:
    rejects = Rejects()
    lines = ["1,2"] * 50 + lines  # the first rows say how wide the table is
    kept: list[tuple[str, str]] = []
    for batch in read("t", Raw("a,b\n" + "\n".join(lines) + "\n"), PLAIN, rejects):
        sound = batch.keep(pc.is_valid(batch["b"]), rejects, "no b")
        kept += zip(sound.lines(range(len(sound))), sound["a"].to_pylist(), strict=True)
    expected = [(f"t:{number}", "1") for number, line in enumerate(lines, 2) if line == "1,2"]
    assert kept == expected
    assert sum(rejects.counts.values()) + len(kept) == len(lines)
    short = [f"t:{number}" for number, line in enumerate(lines, 2) if line.count(",") != 1]
    assert rejects.examples.get("not 2 columns", []) == short[:3]
    assert rejects.examples.get("no b", []) == [f"t:{n}" for n, line in enumerate(lines, 2) if line == "x,"][:3]


def test_rejects_say_how_many_and_where() -> None:
    rejects = Rejects()
    rejects.note("odd", [1, 2])
    rejects.note("odd", [7, 8], count=90)
    rejects.note("none", [])
    rejects.note("bad", ["f:3"])
    assert rejects.told() == {"odd (1, 2, 7, …)": 92, "bad (f:3)": 1}


def test_batches_keep_types_of_text() -> None:
    (batch,) = read("t", Raw("a,b\n1,2\n"), PLAIN, Rejects())
    assert batch["a"].type == pa.string()
