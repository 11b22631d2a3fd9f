"""`amity whatif`, from an archive to lines, rows and figures."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pytest

from amity.archive import Archive
from amity.cli.main import run
from amity.records.events import EVENTS, TABLES

STATES = ("AZE", "ARM", "TUR", "RUS", "IRN")


class Said(NamedTuple):
    """How a command ended and what it printed."""

    status: int
    out: str
    err: str


Amity = Callable[..., Said]


@pytest.fixture
def amity(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, held: Path) -> Amity:
    """Ask `whatif` of the archive, in this process."""
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("AMITY_ARCHIVE", str(held))

    def call(*arguments: object) -> Said:
        capfd.readouterr()
        status = run(["whatif", "--ledger", str(tmp_path / "none.db"), *map(str, arguments)])
        return Said(status, *capfd.readouterr())

    return call


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of two years of weekly events among five states, and who borders on whom."""
    folder = tmp_path_factory.mktemp("whatif") / "world.archive"
    with Archive(folder).adding("events", "made", "made up", "0" * 24) as intake:
        intake.write(events())
    borders = [{"a": "ARM", "b": other, "kind": 1} for other in ("AZE", "IRN", "TUR")]
    rows = [{**{k: row[k] for k in ("kind",)}, **dict(zip("ab", sorted((row["a"], row["b"])), strict=True))}
            | {"start": date(1992, 1, 1), "end": date(2016, 12, 31)} for row in borders]  # fmt: skip
    with Archive(folder).adding("tables", "contiguity", "made up", "1" * 24) as intake:
        intake.write(pa.Table.from_pylist(rows, TABLES["contiguity"]))
    return folder


def events() -> pa.Table:
    """Poisson conflict and cooperation, week by week."""
    rng = np.random.default_rng(3)
    rows = []
    for week in range(104):
        day = date(2012, 1, 2) + timedelta(weeks=week)
        for actor in STATES:
            for recipient in STATES:
                if actor != recipient:
                    for quad, score in (("material conflict", -9.0), ("verbal cooperation", 2.5)):
                        count = int(rng.poisson(1.5))
                        name = f"{week}{actor}{recipient}{quad[0]}"
                        if count:
                            rows.append(_event(name, day, actor, recipient, quad, score, count))
    return pa.Table.from_pylist(rows, EVENTS)


def _event(name: str, day: date, actor: str, recipient: str, quad: str, score: float, count: int) -> dict[str, object]:
    named = dict.fromkeys(EVENTS.names)
    told = {"id": name, "day": day, "until": day, "known": day, "actor": actor, "recipient": recipient, "quad": quad}
    return named | told | {"dataset": "made", "plover": score, "layer": "military", "count": count, "certainty": 1.0}


def test_lines_say_that_it_is_no_cause_and_what_it_rests_on(amity: Amity) -> None:
    said = amity("--shock", "Azerbaijan:ARM:ASSAULT+5", "--by", "week", "--horizon", 3)
    assert said.status == 0, said.err
    assert "If AZE → ARM has 5.00 events of conflict more than usual" in said.out
    assert "conditional on the model, not causal" in said.out
    assert "does not forecast better than none" in said.out and "--anyway" in said.out
    assert "104 of 104 weeks" in said.out and "made" in said.out and "among 5 states" in said.out
    assert "allies (needs alliances)" in said.out and "neighbours" not in said.out
    assert "ARM answers" in said.out and "TUR" not in said.out.split("through")[1]


def test_anyway_shows_the_others_marked(amity: Amity) -> None:
    said = amity("--shock", "AZE:ARM:+2sd", "--by", "week", "--anyway", "--most", 3, "--format", "jsonl")
    rows = [json.loads(line) for line in said.out.splitlines()]
    dyads = {(row["actor"], row["recipient"]) for row in rows}
    assert len(dyads) == 5 and len(rows) == 5 * 6
    assert {row["how"] for row in rows} == {"shocked", "reciprocal", "propagated"}
    assert not any(row["propagation_earned"] for row in rows)
    assert all(row["label"] == "conditional on the model, not causal" for row in rows)


def test_json_is_the_whole_answer(amity: Amity, tmp_path: Path) -> None:
    file = tmp_path / "answer.json"
    said = amity("--shock", "AZE:ARM:+1", "--by", "week", "--measure", "score", "--format", "json", "--output", file)
    answer = json.loads(file.read_text())
    assert said.out == "" and answer["measure"] == "score" and answer["evidence"]["overall"]["periods"] > 0
    assert answer["shocks"][0]["change"] == pytest.approx(1.0)


def test_a_figure_is_drawn(amity: Amity, tmp_path: Path) -> None:
    file = tmp_path / "shock.svg"
    assert amity("--shock", "AZE:ARM:+1", "--by", "week", "--plot", file, "--quiet").status == 0
    assert "not causal" in file.read_text()


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ((), "name at least one shock"),
        (("--shock", "AZE:Narnia:+1"), "Narnia: is no state we know"),
        (("--shock", "AZE:Azerbaijan:+1"), "name two states"),
        (("--shock", "AZE:ARM:+1", "--layer", "magic"), "magic: is no layer"),
        (("--shock", "AZE:ARM:+1", "--layer", "cultural"), "no conflict between states in the layer cultural"),
        (("--shock", "AZE:PER:+1", "--by", "week"), "nothing was recorded of PER"),
        (("--shock", "AZE:ARM:+1", "--by", "year"), "too few to learn influence"),
        (("--shock", "AZE:ARM:+1", "--since", "2050-01-01"), "none lies in the time asked for"),
        (("--shock", "AZE:ARM:+1", "--since", "lately"), "is no date"),
        (("--shock", "AZE:ARM:+1", "--dataset", "nothing"), "nothing: is not held; there are made"),
    ],
)
def test_bad_questions_end_in_one_line(amity: Amity, arguments: tuple[str, ...], why: str) -> None:
    said = amity(*arguments)
    assert said.status == 2 and why in said.err and len(said.err.splitlines()) == 1
