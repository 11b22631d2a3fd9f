"""The tutorial can be run as it stands, where the data set is at hand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "tutorial.md"
DATA = Path(os.environ.get("AMITY_DATA", ROOT.parent / "shared" / "data"))
SLOW = ("backtest", "eval links", "--anyway", "outlook", "complexes --state", "relations IRN")
"""Commands whose like is tested elsewhere, left out to keep the tests quick; AMITY_TUTORIAL=whole runs them too."""


def commands() -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", TUTORIAL.read_text(encoding="utf-8"), re.DOTALL)
    return [line for block in blocks for line in block.strip().splitlines()]


def test_every_command_is_one_that_there_is() -> None:
    from typer.main import get_command

    from amity.cli.main import app

    known = set(get_command(app).commands)  # type: ignore[attr-defined]
    named = [line.split()[1] for line in commands() if line.startswith("amity ")]
    assert len(named) > 8
    assert set(named) <= known


@pytest.mark.shared
@pytest.mark.skipif(not (DATA / "events" / "icews14").is_dir(), reason="ICEWS14 is not at hand")
def test_the_tutorial_runs_as_it_stands(tmp_path: Path) -> None:
    whole = os.environ.get("AMITY_TUTORIAL") == "whole"
    lines = [line for line in commands() if whole or not any(part in line for part in SLOW)]
    script = "set -euo pipefail\n" + "\n".join(line for line in lines if not line.startswith("export ICEWS14"))
    environment = os.environ | {
        "ICEWS14": str(DATA / "events" / "icews14"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "90,730" in done.stdout + done.stderr
    assert "conditional on the model, not causal" in done.stdout
    assert (tmp_path / "relations.svg").stat().st_size > 1000
