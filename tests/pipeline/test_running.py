"""Sources in, claims and incidents in the ledger: nothing lost, nothing doubled, failures told."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

import amity.pipeline.coding
import amity.pipeline.gathering
import amity.pipeline.running
from amity import pipeline
from amity.errors import InputError
from amity.ingest import Metadata
from amity.ledger import Ledger
from amity.pipeline import Options, Tally, Watcher
from amity.records import Article, Claim, arrow
from tests.pipeline.faking import FakeCoding

ROOT = Path(__file__).parents[2]
STATES = ("AZE", "ARM", "IRN", "ISR", "TUR", "RUS", "GEO")
FILLER = (
    "Correspondents in the region reported that the night was calm until shortly before dawn, when the first shots "
    "were heard near the river; officials of both sides declined to speak about numbers before the morning briefing."
)


@pytest.fixture(autouse=True)
def coding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(amity.pipeline.running, "Coding", FakeCoding)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.open(str(tmp_path / "ledger.db"), "write")


def text(number: int, more: str = "") -> str:
    """An article that resembles no other one: its own words in its own order."""
    words = FILLER.split()
    random.Random(number).shuffle(words)
    one, other = random.Random(number).sample(STATES, 2)
    return f"{one} attacked {other} in the morning. {' '.join(words)}. {more} Number {number}."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Sixty files of one article each."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:02}.txt").write_text(text(number))
    return folder


class Ears(Watcher):
    def __init__(self) -> None:
        self.failures: list[str] = []
        self.notes: list[str] = []
        self.steps: list[int] = []

    def failed(self, error: InputError) -> None:
        self.failures.append(str(error))

    def noted(self, message: str) -> None:
        self.notes.append(message)

    def advanced(self, tally: Tally) -> None:
        self.steps.append(tally.done)


def read(ledger: Ledger, *sources: Path, watcher: Watcher | None = None, **options: object) -> Tally:
    return pipeline.read(map(str, sources), ledger, Options(**{"jobs": 1} | options), watcher)  # type: ignore[arg-type]


@pytest.mark.parametrize("jobs", [1, 2, None])
def test_everything_is_read_once(ledger: Ledger, folder: Path, jobs: int | None) -> None:
    tally = read(ledger, folder, jobs=jobs)
    assert (tally.articles, tally.claims, tally.known, tally.failures) == (60, 60, 0, 0)
    assert ledger.counts()["claims"] == 60
    assert ledger.counts()["incidents"] == tally.incidents
    assert ledger.merged()
    again = read(ledger, folder, jobs=jobs)
    assert (again.articles, again.known, again.incidents) == (0, 60, None)
    assert ledger.counts()["claims"] == 60


def test_as_many_processes_give_the_same_ledger(tmp_path: Path, folder: Path) -> None:
    stored = []
    for jobs in (1, 2):
        with Ledger.open(str(tmp_path / f"{jobs}.db"), "write") as ledger:
            read(ledger, folder, jobs=jobs)
            stored.append((list(ledger.claims()), list(ledger.incidents()), list(ledger.articles())))
    assert stored[0] == stored[1]


def test_progress_knows_how_much_there_is(ledger: Ledger, folder: Path) -> None:
    ears = Ears()
    tally = read(ledger, folder, watcher=ears)
    assert tally.size == tally.done == sum(file.stat().st_size for file in folder.iterdir())
    assert ears.steps == sorted(ears.steps)
    assert tally.words > 60 * 30


def test_failures_are_told_and_kept_and_the_run_goes_on(ledger: Ledger, folder: Path) -> None:
    (folder / "10.txt").write_bytes(b"")
    (folder / "20.txt").write_text(text(20, "UNCODABLE"))
    ears = Ears()
    tally = read(ledger, folder, folder / "nowhere.txt", watcher=ears)
    assert (tally.articles, tally.failures) == (58, 3)
    assert sorted(line.split(": ", 1)[1] for line in ears.failures) == [
        "No such file or directory",
        "cannot be coded (ValueError: UNCODABLE)",
        "is empty",
    ]
    assert len(ledger.failures()) == 3
    (folder / "20.txt").write_text(text(20))
    assert read(ledger, folder).articles == 1


def test_an_article_that_kills_the_coder_costs_itself_only(ledger: Ledger, folder: Path) -> None:
    (folder / "30.txt").write_text(text(30, "DEADLY"))
    ears = Ears()
    tally = read(ledger, folder, watcher=ears, jobs=2)
    assert (tally.articles, tally.failures) == (59, 1)
    assert "30.txt: ended it (exit status 9)" in ears.failures[0]


def test_strict_stops_at_the_first_failure_and_keeps_what_was_finished(ledger: Ledger, folder: Path) -> None:
    (folder / "40.txt").write_bytes(b"")
    with pytest.raises(InputError, match=r"40\.txt: is empty"):
        read(ledger, folder, strict=True)
    assert 0 < ledger.counts()["articles"] <= 40


def test_other_languages_are_stored_and_marked_not_coded(ledger: Ledger, tmp_path: Path) -> None:
    french = tmp_path / "sommet.txt"
    french.write_text(
        "Les ministres des affaires étrangères se sont réunis mardi à Bamako pour parler de la sécurité de la région. "
        "AZE attacked ARM. Ils ont promis de se revoir avant la fin du mois, et de publier une déclaration commune."
    )
    ears = Ears()
    tally = read(ledger, french, watcher=ears)
    assert (tally.articles, tally.unread, tally.claims) == (1, 1, 0)
    assert [article.language for article in ledger.articles()] == ["fr"]
    assert "is in fr" in ears.notes[0]
    assert ledger.counts()["unread"] == 1
    assert ledger.unread(next(iter(ledger.articles())).id)
    assert read(ledger, french).known == 1


def test_copies_are_recognised_across_runs(ledger: Ledger, tmp_path: Path) -> None:
    first, second = tmp_path / "agency.txt", tmp_path / "paper.txt"
    first.write_text(text(1, FILLER))
    second.write_text(f"{text(1, FILLER)} The agency contributed to this report.")
    read(ledger, first, given=Metadata(published="2020-09-27", publisher="Agency"))
    tally = read(ledger, second, given=Metadata(published="2020-09-28", publisher="Paper"))
    assert tally.copies == 1
    original, copy = ledger.articles()
    assert copy.copy_of == original.id
    (incident,) = ledger.incidents()
    assert incident.sources == ("Agency",)


def test_what_the_user_says_of_an_article_corrects_it(ledger: Ledger, folder: Path) -> None:
    one = folder / "05.txt"
    read(ledger, one)
    assert read(ledger, one, given=Metadata(published="2020-09-27")).articles == 1
    (article,) = ledger.articles()
    assert article.published == "2020-09-27"
    assert [claim.date for claim in ledger.claims()] == ["2020-09-27"]
    assert read(ledger, one).known == 1


def test_a_new_coder_codes_anew(ledger: Ledger, folder: Path) -> None:
    read(ledger, folder)
    assert read(ledger, folder, model="2").articles == 60
    assert read(ledger, folder, model="2", recode=True).articles == 60
    assert ledger.counts()["claims"] == 60


def test_merging_can_wait(ledger: Ledger, folder: Path) -> None:
    assert read(ledger, folder, merge=False).incidents is None
    assert not ledger.merged()
    tally = read(ledger, folder)
    assert tally.articles == 0
    assert tally.incidents == ledger.counts()["incidents"] > 0


def test_lone_surrogates_cost_no_offset(ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text from a PDF may hold half of a pair, which neither SQLite nor JSON can."""
    odd = Article(id="odd", text=f"Odd \ud83d sign. {text(3)}", source="odd.pdf", title="\udc00")
    monkeypatch.setattr(amity.pipeline.gathering, "articles", lambda *_: [odd])
    read(ledger, folder / "01.txt")
    (claim,) = ledger.claims()
    assert ledger.article("odd").text[claim.start : claim.end] == claim.quote
    assert ledger.article("odd").title == "\ufffd"


def test_one_id_for_two_texts_in_one_file_is_a_failure(ledger: Ledger, tmp_path: Path) -> None:
    lines = tmp_path / "input.jsonl"
    texts = (text(1), text(2), text(1))
    lines.write_text("".join(json.dumps({"id": "same", "text": one}) + "\n" for one in texts))
    for known in (1, 2):
        ears = Ears()
        tally = read(ledger, lines, watcher=ears)
        assert (tally.failures, tally.known) == (1, known)
        assert "article id 'same' came before with another text" in ears.failures[0]
    assert [article.text for article in ledger.articles()] == [text(1)]


def test_code_passes_claims_through(folder: Path, tmp_path: Path) -> None:
    tally = Tally()
    found = list(pipeline.code([str(folder)], Options(jobs=1), tally=tally))
    assert len(found) == tally.claims == 60
    assert [claim.source for claim in found] == sorted(str(claim.source) for claim in found)


def test_the_stage_works_on_arrow_batches(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [Article(id=str(number), text=text(number), source=f"{number}.txt") for number in range(5)]
    batches = [arrow.batch(articles[:2], Article), arrow.batch(articles[2:], Article)]
    arrowed = amity.pipeline.coding.Coding.arrow(FakeCoding(), batches)  # type: ignore[arg-type]
    coded = list(arrowed)
    assert [batch.num_rows for batch in coded] == [2, 3]
    assert all(batch.schema == arrow.schema(Claim) for batch in coded)
    assert [claim for batch in coded for claim in arrow.records(batch, Claim)] == [
        claim for article in articles for claim in FakeCoding().code(article).claims
    ]


def test_batches_are_bounded() -> None:
    articles = [Article(id=str(number), text="x" * 20_000, source="x") for number in range(40)]
    sizes = [len(batch) for batch in amity.pipeline.coding.batched(articles)]
    assert sum(sizes) == 40
    assert max(sizes) <= 4


def test_a_run_that_is_killed_again_and_again_ends_as_if_it_had_not_been(tmp_path: Path, folder: Path) -> None:
    for file in folder.iterdir():
        file.write_text(f"{file.read_text()} SLOW")
    moments = random.Random(1994)
    killed = str(tmp_path / "killed.db")
    command = [sys.executable, "-m", "tests.pipeline.faking", str(folder)]
    for _ in range(3):
        run = subprocess.Popen([*command, killed], cwd=ROOT)
        time.sleep(0.8 + moments.random())
        run.kill()
        run.wait()
    assert subprocess.run([*command, killed], cwd=ROOT, check=False).returncode == 0
    with Ledger.open(killed) as one, Ledger.open(str(tmp_path / "quiet.db"), "write") as other:
        read(other, folder)
        assert one.counts() == other.counts()
        assert list(one.claims()) == list(other.claims())
        assert list(one.incidents()) == list(other.incidents())
