"""Measure everything and write `benchmarks/results.md`; `--quick` for a first impression, which is only printed."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measures import FULL, MEASURES, QUICK, Line

HERE = Path(__file__).parent


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a small sample, printed and not written down")
    parser.add_argument("--only", metavar="TITLE", choices=list(MEASURES), help=f"one of: {', '.join(MEASURES)}")
    chosen = parser.parse_args()
    size = QUICK if chosen.quick else FULL
    parts = [_heading()]
    for title, measure in MEASURES.items():
        if chosen.only in (None, title):
            parts.append(f"\n## {title}\n\n{(measure.__doc__ or '').strip()}\n\n| | | goal |\n|---|---:|---|\n")
            print(parts[-1], end="", flush=True)
            for line in measure(size):
                parts.append(_row(line))
                print(parts[-1], end="", flush=True)
    if not chosen.quick and not chosen.only:
        (HERE / "results.md").write_text("".join(parts), encoding="utf-8")


def _row(line: Line) -> str:
    return f"| {line.what} | {line.value} | {line.goal} |\n"


def _heading() -> str:
    return (
        "# Benchmarks\n\nWritten by `make benchmark`. "
        f"Commit {_commit()}, {datetime.now(UTC).date()}; {_processor()}, {os.cpu_count()} cores, "
        f"{_memory():.0f} GB, {platform.system()}, Python {platform.python_version()}.\n"
    )


def _commit() -> str:
    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], capture_output=True, text=True, cwd=HERE, check=False).stdout.strip()

    changed = " with changes" if git("status", "--porcelain", "--untracked-files=no") else ""
    return f"{git('rev-parse', '--short', 'HEAD') or 'unknown'}{changed}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _memory() -> float:
    """Gigabytes of the machine."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)


if __name__ == "__main__":
    main()
