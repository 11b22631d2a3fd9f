"""Imports from files to the archive."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from amity import codebook
from amity.archive import Archive
from amity.errors import InputError
from amity.pipeline.importing import bring
from amity.pipeline.watching import Brought, Onlooker
from amity.pipeline.world import World
from tests.sources.datasets import files
from tests.sources.datasets.test_events import CLASH, ENTITIES, RELATIONS, VISIT, WORDS


@pytest.fixture(scope="module")
def book() -> codebook.Codebook:
    return codebook.load()


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "amity.archive")


class Notes(Onlooker):
    def __init__(self) -> None:
        self.errors: list[str] = []
        self.notes: list[str] = []
        self.steps: list[tuple[int, int]] = []

    def failed(self, error: InputError) -> None:
        self.errors.append(str(error))

    def noted(self, message: str) -> None:
        self.notes.append(message)

    def brought(self, so_far: Brought) -> None:
        self.steps.append((so_far.done, so_far.rows))


def test_a_folder_of_weekly_and_yearly_files(archive: Archive, book: codebook.Codebook, tmp_path: Path) -> None:
    folder = tmp_path / "icews"
    folder.mkdir()
    second = VISIT | {"Event ID": 502, "Target Name": "Ruritania", "Target Country": "NULL"}
    files.write(folder / "20060604-icews.tab", files.icews(VISIT, second))
    files.write(folder / "events.2006.tab.zip", files.icews(second | {"CAMEO Code": "190"}, VISIT | {"Event ID": 503}))
    notes = Notes()
    brought = bring("icews", [str(folder)], archive, book, onlooker=notes)
    assert (brought.files, brought.rows, brought.unresolved, brought.failures) == (2, 4, 2, 0)
    assert [one.rows for one in archive.holdings()] == [1, 2]
    assert archive.unresolved().to_pylist() == [{"dataset": "icews", "name": "Ruritania", "rows": 1}]
    assert brought.done == brought.size == sum(path.stat().st_size for path in folder.iterdir())
    assert notes.steps[-1] == (brought.size, 4)
    assert [done for done, _ in notes.steps] == sorted(done for done, _ in notes.steps)

    again = bring("icews", [str(folder)], archive, book, onlooker=notes)
    assert (again.files, again.known, again.rows) == (0, 2, 0)
    assert "held already as icews" in notes.notes[-1]
    anew = bring("icews", [str(folder)], archive, book, again=True)
    assert (anew.files, anew.known) == (2, 0)
    assert sum(one.rows for one in archive.holdings()) == 3


def test_a_row_that_was_left_out_is_told_with_its_line(
    archive: Archive, book: codebook.Codebook, tmp_path: Path
) -> None:
    path = files.write(tmp_path / "a.tab", files.icews(VISIT, VISIT | {"Event Date": "?"}))
    notes = Notes()
    brought = bring("icews", [str(path)], archive, book, onlooker=notes)
    assert brought.rejected == 1
    assert notes.notes == [f"{path}: 1 row left out: no event date (a.tab:3)"]
    assert archive.holdings()[0].rejected == {"no event date (a.tab:3)": 1}


def test_one_bad_file_does_not_keep_the_others_out(archive: Archive, book: codebook.Codebook, tmp_path: Path) -> None:
    good = files.write(tmp_path / "a.tab", files.icews(VISIT))
    other = files.write(tmp_path / "b.csv", files.acled(CLASH))
    useless = files.write(tmp_path / "c.tab", files.icews(VISIT | {"Event Date": ""}))
    notes = Notes()
    brought = bring("icews", [str(other), str(useless), "missing.tab", str(good)], archive, book, onlooker=notes)
    assert (brought.files, brought.failures) == (1, 3)
    assert notes.errors == [
        "missing.tab: is no file, no folder, and matches none",
        f"b.csv: is no icews file: lacks columns: {', '.join(files.ICEWS[:5])}, CAMEO Code, Intensity, Target Name, "
        "Target Sectors, Target Country (it has 31: event_id_cnty, event_date, year, time_precision, disorder_type, "
        "event_type, sub_event_type, actor1, …); it looks like acled: " + _what("acled"),
        f"{useless}: holds no row that can be used: 1 no event date (c.tab:2)",
    ]
    assert len(archive.holdings()) == 1


def _what(name: str) -> str:
    from amity.sources.datasets import FORMATS

    return FORMATS[name].what


def test_files_without_a_format_are_taken_for_what_they_look_like(
    archive: Archive, book: codebook.Codebook, tmp_path: Path
) -> None:
    mixed = tmp_path / "mixed"
    (mixed / "deep").mkdir(parents=True)
    files.quadruples(mixed / "deep" / "icews14", ENTITIES, RELATIONS, [(0, 0, 1, 0)])
    files.write(mixed / "deep" / "a.export.CSV.zip", files.gdelt(61, WORDS))
    files.write(mixed / "b.csv", files.acled(CLASH))
    files.write(mixed / "c.csv", "what,is,this\n1,2,3\n")
    notes = Notes()
    brought = bring(None, [str(mixed)], archive, book, onlooker=notes)
    assert archive.datasets() == ("acled", "gdelt2", "icews14")
    assert (brought.files, brought.failures) == (3, 0)
    assert notes.notes == [f"{mixed}: passed over what looks like no format there is (1): c.csv"]
    named = bring(None, [str(mixed / "c.csv"), str(mixed / "deep" / "icews14" / "train.txt")], archive, book)
    assert (named.failures, named.known) == (1, 1)  # a file that was named must be of some use


def test_a_name_of_ones_own_and_a_first_day(archive: Archive, book: codebook.Codebook, tmp_path: Path) -> None:
    folder = files.quadruples(tmp_path / "mine", ENTITIES, RELATIONS, [(0, 0, 1, 0)])
    brought = bring("quadruples", [str(folder / "train.txt")], archive, book, name="ours", first=date(2020, 1, 1))
    assert brought.files == 1
    (one,) = archive.holdings()
    assert (one.name, one.since) == ("ours", date(2020, 1, 1))


def test_a_format_that_there_is_none_of(archive: Archive, book: codebook.Codebook) -> None:
    with pytest.raises(InputError, match="did you mean icews"):
        bring("icew", ["a.tab"], archive, book)


def test_the_world_asks_what_was_imported(archive: Archive, book: codebook.Codebook, tmp_path: Path) -> None:
    path = files.write(tmp_path / "a.tab", files.icews(VISIT))
    bring("icews", [str(path)], archive, book)
    world = World(archive, None, book)
    panel = world.panel(unit="month")
    assert panel.dyads == (("AZE", "SCG"),)
    assert panel.datasets == ("icews",)
    (row,) = world.evidence([("AZE", "SCG")]).to_pylist()
    assert (row["actor_name"], row["code"]) == ("Foreign Minister of Azerbaijan", "042")


SHARED = Path("/work/shared/data/events")


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the research data are not here")
def test_the_real_files(archive: Archive, book: codebook.Codebook) -> None:
    notes = Notes()
    specs = [str(SHARED / "icews14"), str(SHARED / "icews_dyad_year_2002_2014.csv.gz")]
    brought = bring(None, specs, archive, book, onlooker=notes)
    assert (brought.failures, brought.rejected, notes.errors) == (0, 0, [])
    held = {one.name: one for one in archive.holdings()}
    assert (held["icews14"].rows, held["icews14"].since, held["icews14"].until) == (
        90730,
        date(2014, 1, 1),
        date(2014, 12, 31),
    )
    assert held["icews14"].unresolved < 0.2 * held["icews14"].rows
    assert held["icews-years"].unresolved == 0
