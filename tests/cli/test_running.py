"""The program as a user meets it: quick to start, quiet when interrupted, at home in a shell."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from amity.annotate import MODEL
from amity.cli.main import run
from amity.ledger import Ledger
from amity.records import Claim
from tests.cli.conftest import Amity
from tests.ledger.samples import ARTICLE

ROOT = Path(__file__).parents[2]
HEAVY = {
    "spacy",
    "numpy",
    "pandas",
    "polars",
    "pyarrow",
    "sqlalchemy",
    "alembic",
    "onnxruntime",
    "trafilatura",
    "httpx",
}
HEAVY |= {"lxml", "duckdb", "networkx", "jinja2", "datasketch", "babel", "yaml", "msgspec"}


def amity_command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from amity.cli import main; main()", *arguments]


@pytest.mark.parametrize("code", ["import amity", "from amity.cli.main import run; run(['--help'])"])
def test_start_is_instant(code: str) -> None:
    """Under 0.3 seconds of processor time, which other work on the machine does not lengthen."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=ROOT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.3


def test_help_loads_nothing_heavy() -> None:
    code = "import sys; from amity.cli.main import run; run(['claims', '--help']); print(*sys.modules, file=sys.stderr)"
    ended = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT)
    assert not {name.split(".")[0] for name in ended.stderr.split()} & HEAVY


def test_version(amity: Amity) -> None:
    from amity import __version__

    assert amity("--version").out == f"amity {__version__}\n"
    assert amity("version").out.startswith(f"amity {__version__}, ")


def test_no_arguments_show_the_help(amity: Amity) -> None:
    said = amity()
    assert "Usage: amity" in said.out
    assert said.status == 2


def test_a_closed_pipe_ends_it_quietly(tmp_path: Path) -> None:
    path = tmp_path / "long.db"
    with Ledger.open(str(path), "write") as ledger, ledger.writing("test") as writer:
        for number in range(2000):
            writer.add(msgspec.structs.replace(ARTICLE, id=f"article {number}"), ())
    for format in ("jsonl", "csv", "md", "json"):
        command = amity_command("articles", "--ledger", str(path), "--format", format)
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


def interruptible() -> None:
    """A run started in the background ignores Ctrl-C, and so would its children: give them the default back."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_it_cleanly_and_keeps_what_was_finished(tmp_path: Path, jobs: str) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number:03}.txt").write_text(f"AZE attacked ARM in the morning. SLOW {number}. {'word ' * 900}")
    path = tmp_path / "ledger.db"
    code = (
        "import amity.pipeline.running as running; from tests.pipeline.faking import FakeCoding\n"
        "running.Coding = FakeCoding\n"
        "from amity.cli import main; main()"
    )
    command = [sys.executable, "-c", code, "read", str(folder), "--ledger", str(path), "--jobs", jobs]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, cwd=ROOT, start_new_session=True, preexec_fn=interruptible
    )
    while not (path.exists() and _articles(path)):
        assert process.poll() is None
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)  # the terminal sends it to the whole group
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    assert 0 < _articles(path) < 400


def _articles(path: Path) -> int:
    from amity.errors import LedgerError

    try:
        with Ledger.open(str(path)) as ledger:
            return ledger.counts()["articles"]
    except LedgerError:
        return 0


@pytest.mark.parametrize(
    ("words", "expected"),
    [("amity cla", "claims"), ("amity claims --kind tr", "transfer"), ("amity claims --status de", "denied")],
)
def test_completion(words: str, expected: str) -> None:
    count = str(len(words.split()) - 1)
    environment = os.environ | {"_AMITY_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": count}
    ended = subprocess.run(amity_command(), env=environment, capture_output=True, text=True, cwd=ROOT, check=False)
    assert expected in ended.stdout.split()


# With the real coder -----------------------------------------------------------------------------------------------

NEWS = (
    "Israel sold drones to Azerbaijan for 1.6 billion dollars in February 2012, an Israeli official said. "
    "Iran accused Azerbaijan of helping Israel. Azerbaijan denied the accusation."
)
needs_model = pytest.mark.skipif(not MODEL.exists(), reason="the language model is not in this checkout")


@needs_model
def test_code_sits_in_a_shell_pipe() -> None:
    command = amity_command("code", "--published", "2012-03-01", "--quiet")
    ended = subprocess.run(command, input=NEWS.encode(), capture_output=True, cwd=ROOT, check=False)
    assert ended.returncode == 0
    assert ended.stderr == b""
    found = [msgspec.json.decode(line, type=Claim) for line in ended.stdout.splitlines()]
    assert {"transfer", "event"} <= {claim.kind for claim in found}
    assert all(NEWS[claim.start : claim.end] == claim.quote for claim in found)


@needs_model
def test_from_a_folder_to_answers(amity: Amity, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "one.txt").write_text(NEWS)
    (tmp_path / "news" / "two.txt").write_bytes(b"")
    ledger = ("--ledger", tmp_path / "amity.db")
    said = amity("read", tmp_path / "news", *ledger)
    assert said.status == 1
    assert "two.txt: is empty" in said.err
    assert "1 new article, " in said.err
    assert amity("read", tmp_path / "news" / "one.txt", *ledger, "--quiet").err == ""
    rows = [json.loads(line) for line in amity("claims", *ledger, "-f", "jsonl", "--pair", "IRN,AZE").out.splitlines()]
    assert "ACCUSE" in {row.get("type") for row in rows}
    explained = amity("explain", rows[0]["id"], *ledger)
    assert explained.status == 0
    assert rows[0]["trigger"] in explained.out
    assert amity("brief", *ledger).status == 0


@needs_model
def test_python_has_the_same_verbs(tmp_path: Path) -> None:
    import amity

    (tmp_path / "one.txt").write_text(NEWS)
    tally = amity.read(tmp_path / "one.txt", ledger=tmp_path / "amity.db", jobs=1)
    assert tally.articles == 1
    frame = amity.open(tmp_path / "amity.db").claims(actor="Azerbaijan", kind="transfer").to_pandas()
    assert frame["actors"].tolist() == ["ISR"]
    coded = list(amity.code(text=NEWS))
    assert {claim.kind for claim in coded} >= {"transfer", "event"}
    assert amity.brief(tmp_path / "amity.db", about="Israel").startswith("# Briefing: Israel")
    assert "<graphml" in amity.export("graphml", tmp_path / "amity.db")
    assert "rule" in amity.explain(coded[0].id, tmp_path / "amity.db")
    assert amity.open(tmp_path / "amity.db").sources()
    with pytest.warns(UserWarning, match=r"gone.txt: No such file"):
        assert not list(amity.code(tmp_path / "gone.txt"))
    with pytest.raises(AttributeError):
        amity.nothing  # noqa: B018
    assert run(["version"]) == 0
