"""Folders of quadruples, read and judged."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from amity.errors import InputError
from amity.evaluation.links import evaluate, read

NAMES = ("Aland", "Bland", "Police_(Aland)", "Citizen_(Aland)", "League")
KINDS = ("visit", "arrest")


def world(folder: Path, parts: tuple[int, ...] = (60, 70, 75), pack: bool = False) -> Path:
    """Aland visits Bland and the League in turn, the police arrest every other day; a day has 24 hours."""
    rows = [(0, 0, (1, 4)[day % 2], day * 24) for day in range(parts[-1])]
    rows += [(2, 1, 3, day * 24) for day in range(0, parts[-1], 2)]
    for name, first, last in zip(("train", "valid", "test"), (0, *parts), parts, strict=False):
        lines = ["\t".join(map(str, (*row, -1))) for row in rows if first <= row[3] // 24 < last]
        text = "".join(f"{line}\n" for line in lines).encode()
        (folder / f"{name}.txt{'.gz' if pack else ''}").write_bytes(gzip.compress(text) if pack else text)
    for name, words in (("entity2id", NAMES), ("relation2id", KINDS)):
        (folder / f"{name}.txt").write_text("".join(f"{word}\t{place}\n" for place, word in enumerate(words)))
    return folder


def test_parts_are_read_plain_and_packed(tmp_path: Path) -> None:
    graph, first = read(world(tmp_path))
    assert (first, graph.last, len(graph.entities)) == (70, 74, 5) and graph.named(2) == "Police (Aland)"
    assert read(tmp_path, "valid")[1] == 60 and read(tmp_path, "valid")[0].last == 69
    packed = tmp_path / "packed"
    packed.mkdir()
    again, _ = read(world(packed, (60, 70), pack=True))
    assert again.last == 69
    with pytest.raises(InputError, match=r"has no test\.txt"):
        read(packed, "test")
    with pytest.raises(InputError, match="can be judged"):
        read(packed, "train")


def test_what_is_wrong_with_a_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"has no train\.txt"):
        read(tmp_path)
    world(tmp_path)
    (tmp_path / "valid.txt").write_text("0\tvisit\t1\t1500\n")
    with pytest.raises(InputError, match="whole numbers"):
        read(tmp_path)
    (tmp_path / "valid.txt").write_text("0\t0\t1\t24\n")
    with pytest.raises(InputError, match="begins before"):
        read(tmp_path, "valid")


def test_the_model_learns_what_alternates_and_tells_why(tmp_path: Path) -> None:
    scores = evaluate(world(tmp_path), without="each", errors=True)[tmp_path.name]
    assert scores["facts judged"] == 8 and scores["days judged"] == 5
    found = scores["ranks"]
    assert found["amity"]["mrr"] > found["popularity"]["mrr"] and found["amity"]["mrr"] > 95
    assert found["amity"]["mrr"] == pytest.approx(
        (found["amity"]["mrr, objects"] + found["amity"]["mrr, subjects"]) / 2
    )
    assert "amity without rules" in found and any("Police (Aland) · arrest · ?" in line for line in scores["answers"])


def test_folders_within_a_folder_are_judged_each(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / "events" / name).mkdir(parents=True)
        world(tmp_path / "events" / name, (40, 44))
    results = evaluate(tmp_path)
    assert list(results) == ["one", "two"]
    assert results["one"]["ranks"] == results["two"]["ranks"]
    assert np.isfinite(results["one"]["ranks"]["amity"]["mrr"])
    with pytest.raises(InputError, match="is no reason"):
        evaluate(tmp_path / "events" / "one", without="nonsense")
