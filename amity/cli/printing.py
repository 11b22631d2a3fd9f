"""Records and rows in the formats that commands print."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from amity.errors import InputError
from amity.records import Article, Claim, Incident, to_json
from amity.records.flat import Row, flat

if TYPE_CHECKING:
    from amity.ledger import Answer, Ledger

WIDE = 160
"""Columns of a table where standard output is no terminal."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_answer(answer: Answer[Any], format: str, to: Path | None) -> int:
    """Write records to a file or standard output; returns how many there were."""
    counter = _Counter(answer)
    match format:
        case "parquet":
            _parquet(answer.to_arrow(), to)
            return len(answer)
        case "json" | "jsonl":
            _json(map(to_json, counter), format, to)
        case _:
            _rows(map(flat, counter), answer.columns, format, to)
    return counter.count


def write_rows(rows: Sequence[Row], format: str, to: Path | None, name: str) -> None:
    """Write plain rows, all with the same columns."""
    match format:
        case "parquet":
            import pyarrow

            _parquet(pyarrow.Table.from_pylist(list(rows)), to)
        case "json" | "jsonl":
            _json(map(msgspec.json.encode, rows), format, to)
        case _:
            _rows(iter(rows), tuple(rows[0]) if rows else (), format, to)


class _Counter:
    """Counts what passes."""

    def __init__(self, records: Iterable[Any]) -> None:
        self._records = records
        self.count = 0

    def __iter__(self) -> Iterator[Any]:
        for record in self._records:
            self.count += 1
            yield record


@contextmanager
def _binary(to: Path | None) -> Iterator[BinaryIO]:
    if to is None:
        yield sys.stdout.buffer
        return
    try:
        with to.open("wb") as file:
            yield file
    except OSError as error:
        raise InputError(str(to), error.strerror or str(error)) from error


def _parquet(table: Any, to: Path | None) -> None:
    from pyarrow import parquet

    if to is None and sys.stdout.isatty():
        raise InputError("--format parquet", "is binary; name a file with --output, or pipe it")
    with _binary(to) as out:
        buffer = io.BytesIO()
        parquet.write_table(table, buffer)
        out.write(buffer.getbuffer())


def _json(lines: Iterable[bytes], format: str, to: Path | None) -> None:
    with _binary(to) as out:
        if format == "jsonl":
            out.writelines(line + b"\n" for line in lines)
            return
        separator = b"[\n"
        for line in lines:
            out.write(separator + line)
            separator = b",\n"
        out.write(b"\n]\n" if separator == b",\n" else b"[]\n")


def _rows(rows: Iterator[Row], columns: Sequence[str], format: str, to: Path | None) -> None:
    if format == "csv":
        with _binary(to) as out, io.TextIOWrapper(io.BufferedWriter(_Unclosed(out)), "utf-8", newline="") as text:
            writer = csv.writer(text)
            writer.writerow(columns)
            writer.writerows([_guarded(row[name]) for name in columns] for row in rows)
    elif format == "md":
        with _binary(to) as out:
            for line in _markdown(rows):
                out.write(line.encode() + b"\n")
    else:
        _table(list(rows), to)


class _Unclosed(io.RawIOBase):
    """Passes bytes on, and leaves the stream below open."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return self._out.write(data)


def _guarded(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _markdown(rows: Iterator[Row]) -> Iterator[str]:
    """The columns that people read, with whole ids."""
    for number, row in enumerate(rows):
        shaped = _shape(row)(row) | {key: row[key] for key in ("id", "quote") if key in row}
        if number == 0:
            yield f"| {' | '.join(shaped)} |"
            yield f"|{'---|' * len(shaped)}"
        yield f"| {' | '.join(map(_inline, shaped.values()))} |"


def _inline(value: Any) -> str:
    if value is None:
        return ""
    escaped = " ".join(str(value).split())
    for sign in "\\|<>*_[]`":
        escaped = escaped.replace(sign, f"\\{sign}")
    return escaped


# Tables for people ------------------------------------------------------------------------------------------------


def _table(rows: list[Row], to: Path | None) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not rows:
        return
    shaped = list(map(_shape(rows[0]), rows))
    with _text(to) as file:
        console = Console(file=file, highlight=False)
        if not console.is_terminal:
            console = Console(file=file, highlight=False, width=WIDE, no_color=True)
        dropped = _DISPENSABLE if console.width < NARROW else ()
        kept = [one for one in shaped[0] if one not in dropped and any(row[one] not in (None, "") for row in shaped)]
        table = Table(box=None, pad_edge=False, header_style="bold", expand=bool(_FILLING.intersection(kept)))
        for name in kept:
            table.add_column(name, **_layout(name, shaped))
        for row in shaped:
            table.add_row(*(Text(_plain(row[name])) for name in kept))
        console.print(table)


@contextmanager
def _text(to: Path | None) -> Iterator[Any]:
    if to is None:
        yield sys.stdout
        return
    with _binary(to) as out:
        text = io.StringIO()
        yield text
        out.write(text.getvalue().encode())


NARROW = 120
_DISPENSABLE = frozenset({"what", "status", "language", "copy of", "articles", "from"})
"""Columns that a narrower terminal goes without: what matters of them can be read in the quote or with `amity show`."""

_FILLING = frozenset({"quote", "happening", "title", "from", "stands for", "through"})
"""Columns that take what room is left."""


def _layout(name: str, rows: list[Row]) -> dict[str, Any]:
    if all(isinstance(row[name], int | float) or row[name] is None for row in rows):
        return {"justify": "right"}
    if name in _FILLING:
        return {"ratio": 1, "overflow": "fold", "min_width": 30}
    longest = max(len(str(row[name] or "")) for row in rows)
    return {"no_wrap": True} if longest <= 12 else {"max_width": 24, "overflow": "fold"}


def _plain(value: Any) -> str:
    """A value on one line, without characters that move the cursor or turn the direction of writing."""
    if value is None:
        return ""
    return "".join(char if char.isprintable() else " " for char in str(value))


def _shape(sample: Row) -> Callable[[Row], Row]:
    """What a table shows of a flat row: the columns that people read, ids cut to what tells them apart."""
    if "said_by" in sample:
        return _claim_shape
    if "contradictions" in sample:
        return _incident_shape
    if "media_type" in sample:
        return _article_shape
    return lambda row: row


def _claim_shape(row: Row) -> Row:
    return {
        "id": row["id"][:8],
        "date": row["date"],
        "kind": row["type"] if row["kind"] == "event" else row["kind"],
        "who": row["actors"],
        "whom": row["recipients"],
        "what": _what(row),
        "status": row["status"],
        "said by": row["said_by"],
        "quote": _short(row["quote"]),
    }


def _what(row: Row) -> str | None:
    """The content of a claim in a few words, by its kind."""
    match row["kind"]:
        case "event":
            return str(row["trigger"])
        case "transfer":
            return " ".join(part for part in (_figure(row), row["system"] or row["category"]) if part) or None
        case "relation":
            return f"{row['label']} ({row['type']})"
        case "quantity":
            return f"{_figure(row)} {row['unit'] or ''} ({row['subject']})"
        case "structure":
            return f"{row['subject']} {row['predicate']} {row['object']}"
        case _:
            return f"{row['target']}: {row['verdict']}"


def _figure(row: Row) -> str:
    low, high = row["value_low"], row["value_high"]
    if low is None:
        return ""
    return f"{low:,g}" if low == high else f"{low:,g}–{high:,g}"


def _incident_shape(row: Row) -> Row:
    return {
        "id": row["id"][:8],
        "date": row["date"],
        "type": row["type"] if row["kind"] == "event" else f"{row['kind']} ({row['type']})",
        "happening": row["title"],
        "status": row["status"],
        "claims": row["claims"],
        "articles": row["articles"],
        "sources": row["sources"],
        "contested": row["contradictions"] or None,
    }


def _article_shape(row: Row) -> Row:
    return {
        "id": row["id"][:8] if len(row["id"]) == 16 else row["id"],
        "published": (row["published"] or "")[:10],
        "title": row["title"],
        "publisher": row["publisher"],
        "language": row["language"],
        "copy of": (row["copy_of"] or "")[:8],
        "from": row["source"],
    }


def _short(quote: str, most: int = 200) -> str:
    return quote if len(quote) <= most else f"{quote[:most].rsplit(' ', 1)[0]} …"


# One record -------------------------------------------------------------------------------------------------------


def show_record(ledger: Ledger, record: Article | Claim | Incident, superseded: str | None) -> None:
    """One record whole, for people: its fields, its evidence in context, what it belongs to."""
    lines: Iterable[str]
    match record:
        case Article():
            lines = _article_lines(ledger, record)
        case Incident():
            lines = _incident_lines(ledger, record)
        case _:
            lines = _claim_lines(ledger, record)
    if superseded:
        lines = chain([f"superseded {superseded}: another record has taken its place", ""], lines)
    for line in lines:
        print("".join(char if char.isprintable() or char == "\n" else " " for char in line))


def _fields(row: Mapping[str, Any], without: Iterable[str] = ()) -> Iterator[str]:
    left_out = {*without, "first_day", "last_day"}
    for name, value in row.items():
        if value not in (None, "", False) and name not in left_out:
            yield f"{name:14} {value}"


def _claim_lines(ledger: Ledger, claim: Claim) -> Iterator[str]:
    article = ledger.article(claim.article)
    yield from _fields(
        flat(claim), without=("quote", "trigger", "start", "end", "trigger_start", "article", "sentence")
    )
    yield ""
    yield from _context(article.text, claim.start, claim.end)
    yield ""
    yield f"{article.title or 'untitled'}, {article.publisher or 'unknown publisher'}, {article.published or 'undated'}"
    yield f"{article.url or article.source} (article {article.id}, characters {claim.start}–{claim.end})"


def _context(text: str, start: int, end: int, around: int = 240) -> Iterator[str]:
    """The quote in [brackets] with what stands around it."""
    before, after = text[max(0, start - around) : start], text[end : end + around]
    yield " ".join(f"{'…' if start > around else ''}{before}[{text[start:end]}]{after}{'…' if after else ''}".split())


def _incident_lines(ledger: Ledger, incident: Incident) -> Iterator[str]:
    yield from _fields(flat(incident), without=("claims", "articles", "sources", "contradictions"))
    yield ""
    yield f"sources: {'; '.join(incident.sources)}"
    for contradiction in incident.contradictions:
        yield f"contested: {contradiction.about} ({contradiction.aspect})"
        for side in contradiction.sides:
            yield f"    {side.value}: {'; '.join(side.sources)}"
    yield ""
    for id in incident.claims:
        claim = ledger.claim(id)
        said = " > ".join(voice.name or voice.text for voice in claim.attribution)
        yield f"{id[:8]}  {claim.status:12} {f'{said}: ' if said else ''}{' '.join(claim.quote.split())}"


def _article_lines(ledger: Ledger, article: Article) -> Iterator[str]:
    yield from _fields(flat(article), without=("text",))
    if ledger.unread(article.id):
        yield f"{'not coded':14} the language model does not read {article.language}"
    yield ""
    yield article.text
    yield ""
    for claim in islice(ledger.claims(article=article.id), 200):
        yield f"{claim.id[:8]}  {claim.kind:10} {claim.status:12} {' '.join(claim.quote.split())}"
