"""Answers of the server: JSON of records with an entity tag, and streams of rows for what is large."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import msgspec
from fastapi import Request, Response
from fastapi.responses import StreamingResponse

FORMULA = ("=", "+", "-", "@", "\t", "\r")
ROWS = 2_000
"""Rows that a stream holds at a time."""

QUICK = 1
"""Level of gzip: the least, since making the index should not wait for it."""


def json(request: Request, content: Any) -> Response:
    """Records as JSON; not sent again to who has them."""
    body = msgspec.json.encode(content)
    tag = _tag(body)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if _has(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


class Packed(msgspec.Struct, frozen=True):
    """An answer that is kept: its entity tag, and its bytes plain and gzipped."""

    tag: str
    plain: bytes
    zipped: bytes

    @classmethod
    def of(cls, content: Any) -> Packed:
        """Records as JSON."""
        body = msgspec.json.encode(content)
        return cls(_tag(body), body, gzip.compress(body, QUICK, mtime=0))


def packed(request: Request, answer: Packed) -> Response:
    """An answer that is kept, gzipped for who takes it so; not sent again to who has it."""
    headers = {"ETag": answer.tag, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding"}
    if _has(request, answer.tag):
        return Response(status_code=304, headers=headers)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(answer.plain, media_type="application/json", headers=headers)
    return Response(answer.zipped, media_type="application/json", headers=headers | {"Content-Encoding": "gzip"})


def _tag(body: bytes) -> str:
    return f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'


def _has(request: Request, tag: str) -> bool:
    return tag in (part.strip() for part in request.headers.get("if-none-match", "").split(","))


def rows_csv(columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]], name: str) -> StreamingResponse:
    """Flat rows as CSV; cells that a spreadsheet would run as a formula get an apostrophe before them."""

    def lines() -> Iterator[str]:
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(columns)
        for number, row in enumerate(rows, 1):
            writer.writerow([_safe(row.get(column)) for column in columns])
            if number % ROWS == 0:
                yield out.getvalue()
                out.seek(0)
                out.truncate()
        yield out.getvalue()

    return StreamingResponse(lines(), media_type="text/csv; charset=utf-8", headers=_attached(f"{name}.csv"))


def rows_arrow(records: Iterable[Any], kind: Any, name: str) -> StreamingResponse:
    """Records as an Arrow stream, nested as in Parquet."""
    import pyarrow as pa

    from amity.records import arrow

    def parts() -> Iterator[bytes]:
        sink = io.BytesIO()
        with pa.ipc.new_stream(sink, arrow.schema(kind)) as writer:
            for batch in _batches(records, kind):
                writer.write_batch(batch)
                yield sink.getvalue()
                sink.seek(0)
                sink.truncate()
        yield sink.getvalue()

    return StreamingResponse(
        parts(), media_type="application/vnd.apache.arrow.stream", headers=_attached(f"{name}.arrows")
    )


def _batches(records: Iterable[Any], kind: Any) -> Iterator[Any]:
    from amity.records import arrow

    rest = iter(records)
    while some := list(islice(rest, ROWS)):
        yield arrow.batch(some, kind)


def _safe(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _attached(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
