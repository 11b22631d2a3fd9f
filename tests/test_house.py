"""The house rules that no linter knows."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = {
    "spacy",
    "onnxruntime",
    "numpy",
    "pandas",
    "pyarrow",
    "sqlalchemy",
    "alembic",
    "duckdb",
    "trafilatura",
    "httpx",
    "networkx",
}
HOSTS = re.compile(rb"(pythonhosted|pypi|registry\.npm\w*|debian)\.(org|js|com)", re.IGNORECASE)


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listing.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listing.stdout.decode().split("\0") if name]


@pytest.mark.parametrize("statement", ["import amity", "import amity.cli; amity.cli.main"])
def test_importing_costs_nothing(statement: str) -> None:
    code = f"{statement}\nimport sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not HEAVY & set(loaded)


def test_no_registry_host_is_named() -> None:
    named = [path for path in tracked() if path.is_file() and HOSTS.search(path.read_bytes())]
    assert [path.relative_to(ROOT) for path in named if path.name != "test_house.py"] == []


def test_locked_packages_have_hashes() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        lines = (ROOT / name).read_text().split("\n")
        pins = [number for number, line in enumerate(lines) if "==" in line and not line.startswith(("#", " "))]
        assert len(pins) > 20
        assert all("--hash=sha256:" in lines[number + 1] for number in pins)


def test_versions_agree() -> None:
    from amity import __version__

    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text()
