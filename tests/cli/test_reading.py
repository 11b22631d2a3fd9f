"""Commands that read, with a coder that needs no language model; and those that look things up."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

import amity.pipeline.running
from amity.cli.progress import Progress
from amity.cli.reading import summary
from amity.errors import InputError
from amity.ledger import Ledger
from amity.pipeline import Tally
from amity.pipeline.coding import Coding
from tests.cli.conftest import Amity
from tests.pipeline.faking import FakeCoding


@pytest.fixture(autouse=True)
def coding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(amity.pipeline.running, "Coding", FakeCoding)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, one in (
        ("a", "AZE attacked ARM on the border."),
        ("b", ""),
        ("c", "IRN attacked ISR at sea, they said."),
    ):
        (folder / f"{name}.txt").write_text(one)
    return folder


def test_failures_are_told_and_the_run_goes_on(amity: Amity, folder: Path, tmp_path: Path) -> None:
    said = amity("read", folder, "--ledger", tmp_path / "amity.db")
    assert said.status == 1
    assert said.err.splitlines() == [
        f"amity: {folder}/b.txt: is empty",
        "2 new articles, 2 claims, 2 incidents in all, 1 failure; "
        f"see amity claims --ledger {tmp_path}/amity.db, amity brief --ledger {tmp_path}/amity.db",
    ]
    again = amity("read", folder / "a.txt", "--ledger", tmp_path / "amity.db")
    assert (again.status, again.err) == (0, "0 new articles, 0 claims, 1 article known before\n")


def test_strict_stops(amity: Amity, folder: Path, tmp_path: Path) -> None:
    said = amity("read", folder, "--ledger", tmp_path / "amity.db", "--strict")
    assert said.status == 1
    assert said.err.splitlines() == [
        f"amity: {folder}/b.txt: is empty",
        f"amity: stopped at the first failure ({folder}/b.txt); what was finished is kept",
    ]
    assert amity("code", folder, "--strict").status == 1


def test_metadata_given_replaces_what_is_found(amity: Amity, folder: Path, tmp_path: Path) -> None:
    given = ("--published", "2020-09-27", "--publisher", "Courier", "--title", "Shots", "--author", "A. Writer")
    amity("read", folder / "a.txt", "--ledger", tmp_path / "amity.db", *given, "--url", "https://example.org/1")
    (article,) = Ledger.open(str(tmp_path / "amity.db")).articles()
    assert (article.published, article.publisher, article.title) == ("2020-09-27", "Courier", "Shots")
    assert (article.author, article.url) == ("A. Writer", "https://example.org/1")


def test_code_prints_claims_and_stores_nothing(amity: Amity, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    said = amity("code", "a.txt", "c.txt")
    assert [json.loads(line)["quote"] for line in said.out.splitlines()] == ["AZE attacked ARM", "IRN attacked ISR"]
    assert said.status == 0
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "b.txt", "c.txt"]
    failed = amity("code", ".")
    assert failed.status == 1
    assert len(failed.out.splitlines()) == 2


def test_the_demonstration(amity: Amity, tmp_path: Path) -> None:
    page = tmp_path / "demo.html"
    said = amity("demo", "--output", page, "--ledger", tmp_path / "demo.db", "--jobs", "1")
    assert said.status == 0
    assert said.out.startswith("Briefing")
    assert "<html" in page.read_text()
    assert Ledger.open(str(tmp_path / "demo.db")).counts()["articles"] > 40
    assert str(page) in said.err
    assert 'id="dossier"' in page.with_suffix(".dossier.html").read_text()
    assert "amity explain" in said.err


@pytest.mark.parametrize("count", [0, 1, 2])
def test_summaries_count_in_english(count: int) -> None:
    line = summary(Tally(articles=count, claims=count, copies=count, incidents=count))
    assert (
        line
        == {
            0: "0 new articles, 0 claims, 0 incidents in all",
            1: "1 new article, 1 claim, 1 incident in all, 1 copy of another",
            2: "2 new articles, 2 claims, 2 incidents in all, 2 copies of others",
        }[count]
    )


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_a_bar_with_rate_and_remaining_time(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("amity.cli.progress.REFRESH_SECONDS", 0)
    with Progress(quiet=False) as progress:
        tally = Tally(size=1000, done=500, articles=5, claims=40, words=3000)
        progress._bar.tasks[0].start_time -= 2
        progress.advanced(tally)
        progress._bar.refresh()
        progress.failed(InputError("a.pdf", "is damaged"))
        progress.noted("b.txt: is in fr")
    shown = terminal.getvalue()
    assert "50 %" in shown
    assert "5 articles, 40 claims, 1,500 words/s" in shown or "words/s" in shown
    assert "left" in shown
    assert "amity: a.pdf: is damaged" in shown


def test_quiet_means_errors_only(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(quiet=True) as progress:
        progress.advanced(Tally(size=10, done=5))
        progress.noted("nothing to worry about")
        progress.failed(InputError("a.pdf", "is damaged\nreally"))
    assert capsys.readouterr().err == "amity: a.pdf: is damaged really\n"


# Who codes ---------------------------------------------------------------------------------------------------------


def test_another_codebook_or_model_is_another_coder(tmp_path: Path) -> None:
    plain = Coding().identity()
    assert plain.startswith("amity ")
    book = tmp_path / "mine"
    book.mkdir()
    (book / "metonyms.csv").write_text("phrase,state\n")
    first = Coding(codebook=book).identity()
    (book / "metonyms.csv").write_text("phrase,state\nFoggy Bottom,USA\n")
    second = Coding(codebook=book).identity()
    assert len({plain, first, second, Coding(model="en_core_web_sm").identity()}) == 4


# Looking up --------------------------------------------------------------------------------------------------------


def test_the_codebook_answers(amity: Amity) -> None:
    rows = json.loads(amity("codebook", "Baku", "--format", "json").out)
    assert rows[0]["id"] == "AZE"
    assert rows[0]["as"] == "capital"
    assert "state" in amity("codebook").out
    unknown = amity("codebook", "Atlantis")
    assert (unknown.status, unknown.err) == (1, "amity: Atlantis: nothing in the codebook is called so\n")
    assert amity("codebook", "Baku", "--on", "soon").status == 2


def test_the_codebook_knows_dates(amity: Amity) -> None:
    def stands_for(day: str) -> set[str]:
        said = amity("codebook", "Sukhumi", "--on", day, "--format", "json")
        return {row["id"] for row in json.loads(said.out)} if said.status == 0 else set()

    assert "AZE" in {row["id"] for row in json.loads(amity("codebook", "Baku", "--on", "2020", "-f", "json").out)}
    assert amity("codebook", "Baku", "--on", "1970").status == 1
    assert stands_for("2020") != stands_for("1970") or not stands_for("2020")


def test_evaluations_are_listed_and_run(amity: Amity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = amity("eval")
    assert {line.split()[0] for line in listed.out.splitlines()} >= {"attribution", "status", "incidents"}
    monkeypatch.setattr("amity.evaluation.incidents.evaluate", lambda data: {"B3": {"F1": 0.5}, "mentions": 7})
    said = amity("eval", "incidents", "--data", tmp_path)
    assert said.out.split() == ["mentions", "7", "B3", "F1", "0.500"]
    assert json.loads(amity("eval", "incidents", "--data", tmp_path, "--json").out)["mentions"] == 7
    assert amity("eval", "incidents").status == 2


def test_all_evaluations_make_a_page(amity: Amity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "amity.evaluation.tasks.Task.run", lambda self, data, folder, **options: {"words_per_second": 9000}
    )
    page = tmp_path / "quality.md"
    said = amity("eval", "all", "--data", tmp_path, "--output", page)
    assert "speed" in said.out and "reached" in said.out and "speed …" in said.err
    assert "| speed | words per second | 9,000 | ≥ 5,000 | reached |" in page.read_text()
    assert json.loads(amity("eval", "all", "--json", "--output", page).out)["names"] == {"words_per_second": 9000}
