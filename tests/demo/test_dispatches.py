"""The bundled dispatches are what their folder's README says: well-formed, dated, many-voiced, and nobody else's."""

import csv
import datetime as dt
import json
import re
from collections import Counter
from functools import cache
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from amity.demo import folder

from .dispatches import ATOM, every_text, html
from .make_binaries import BINARIES, SOURCES

FILES = sorted(folder().iterdir())
COLUMNS = {"id", "text", "title", "published", "url", "publisher", "author", "language"}
COMPLEXES = (
    "south-caucasus gulf south-asia horn east-asia southeast-asia central-asia "
    "balkans eastern-europe sahel great-lakes latin-america"
).split()
RESERVED = re.compile(r"^(?:[\w-]+\.)*example\.(?:org|com|net)$")
VOCABULARIES = {"https://schema.org", "http://www.w3.org/2005/Atom"}  # names of vocabularies, not places to go to
MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return every_text()


def files(suffix: str) -> list[Path]:
    return [path for path in FILES if path.suffix == suffix]


def test_there_are_many_in_many_formats() -> None:
    formats = Counter(path.suffix for path in FILES)
    assert len(FILES) >= 44
    assert {".txt", ".md", ".html", ".pdf", ".docx", ".eml", ".atom", ".jsonl", ".csv"} <= set(formats)
    assert formats[".html"] >= 6
    assert sum(path.stat().st_size for path in FILES) < 400_000


def test_names_are_plain_and_dated() -> None:
    for path in FILES:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d-[a-z0-9-]+\.[a-z]+", path.name), path.name
        dt.date.fromisoformat(path.name[:10])


def test_each_complex_has_connected_dispatches() -> None:
    per_complex = {name: [path for path in FILES if path.name[11:].startswith(name)] for name in COMPLEXES}
    assert all(len(found) >= 3 for found in per_complex.values()), {k: len(v) for k, v in per_complex.items()}


def test_every_dispatch_is_listed_once() -> None:
    listed = re.findall(r"^\| `([^`]+)`", (folder().parent / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == [path.name for path in FILES]


def test_lengths(texts: dict[str, str]) -> None:
    short = {name for name in texts if Path(name.partition("#")[0]).suffix in {".jsonl", ".csv", ".atom"}}
    for name, text in texts.items():
        low, high = (60, 250) if name in short else (150, 520)
        assert low <= len(text.split()) <= high, f"{name}: {len(text.split())} words"


def test_every_dispatch_tells_its_date() -> None:
    for path in FILES:
        day = dt.date.fromisoformat(path.name[:10])
        raw = path.read_bytes() if path.name not in BINARIES else (SOURCES / path.name).with_suffix(".txt").read_bytes()
        text = raw.decode("utf-8")
        month = f"(?:{MONTHS[day.month - 1]}|{MONTHS[day.month - 1][:3]}|{'janvier' if day.month == 1 else '-'})"
        manners = [
            f"{day:%Y-%m-%d}",
            rf"\b{day.day} {month} {day.year}",
            rf"\b{month}t? {day.day},? {day.year}",
            f"{day:%d.%m.%Y}",
        ]
        assert re.search("|".join(manners), text), path.name


def test_weekdays_agree_with_the_calendar(texts: dict[str, str]) -> None:
    written = re.compile(
        rf"\b({'|'.join(WEEKDAYS)}),? (?:(\d{{1,2}}) ({'|'.join(MONTHS)})|({'|'.join(MONTHS)}) (\d{{1,2}}),?) (\d{{4}})"
    )
    seen = 0
    for name, text in texts.items():
        for weekday, day1, month1, month2, day2, year in written.findall(text):
            date = dt.date(int(year), MONTHS.index(month1 or month2) + 1, int(day1 or day2))
            assert WEEKDAYS[date.weekday()] == weekday, f"{name}: {date} was no {weekday}"
            seen += 1
    assert seen >= 5


def test_no_address_outside_the_reserved_domains() -> None:
    for path in FILES:
        if path.name in BINARIES:
            continue
        text = path.read_text(encoding="utf-8")
        for address in re.findall(r"https?://[^\s\"'<>)]+", text):
            assert address in VOCABULARIES or RESERVED.match(address.split("/")[2]), f"{path.name}: {address}"
        for host in re.findall(r"[\w.-]+@([\w.-]+)", text):
            assert RESERVED.match(host), f"{path.name}: {host}"
        assert not re.search(r"\bwww\.(?!w3\.org/2005/Atom)", text), path.name


@pytest.mark.parametrize("path", files(".html"), ids=lambda path: path.name)
def test_pages_are_well_formed_and_furnished(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(html(source)) > 6
    assert "<nav" in source or 'class="menu"' in source
    assert 'name="author"' in source
    for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', source, re.DOTALL):
        described = json.loads(block)
        assert described["datePublished"][:10] == path.name[:10]
        assert described["headline"] in source


def test_tables_have_the_documented_columns() -> None:
    for path in files(".jsonl"):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        assert len(rows) == 4
        assert all(set(row) == COLUMNS for row in rows)
    for path in files(".csv"):
        with path.open(encoding="utf-8", newline="") as table:
            rows = list(csv.DictReader(table))
        assert len(rows) == 4
        assert all(set(row) == COLUMNS and all(row.values()) for row in rows)


def test_the_feed_has_three_dated_entries_with_their_text() -> None:
    (path,) = files(".atom")
    entries = list(ElementTree.parse(path).getroot().iter(f"{ATOM}entry"))
    assert len(entries) == 3
    for entry in entries:
        dt.datetime.fromisoformat(entry.findtext(f"{ATOM}published") or "")
        assert len(entry.findtext(f"{ATOM}content") or "") > 600


def test_the_binaries_come_from_their_sources() -> None:
    for name, build in BINARIES.items():
        assert (folder() / name).read_bytes() == build((SOURCES / name).with_suffix(".txt")), f"rebuild {name}"


@cache
def shingles(text: str, words: int = 3) -> frozenset[tuple[str, ...]]:
    """The runs of so many words in the text."""
    tokens = re.findall(r"\w+", text.lower())
    return frozenset(tuple(tokens[at : at + words]) for at in range(len(tokens) - words + 1))


def similarity(one: str, other: str) -> float:
    """Jaccard similarity of the word shingles."""
    a, b = shingles(one), shingles(other)
    return len(a & b) / len(a | b)


def test_one_report_is_a_near_copy_and_no_other_is(texts: dict[str, str]) -> None:
    pair = ("2016-04-02-south-caucasus-dozens-dead.html", "2016-04-02-south-caucasus-line-of-contact.txt")
    assert similarity(texts[pair[0]], texts[pair[1]]) > 0.7
    others = [two for two in combinations(sorted(texts), 2) if two != pair]
    assert max(similarity(texts[a], texts[b]) for a, b in others) < 0.2


def test_typography_is_that_of_newspapers(texts: dict[str, str]) -> None:
    assert sum("“" in text and "’" in text for text in texts.values()) > 50
    assert not [name for name, text in texts.items() if re.search(r"\w'\w", text)]
