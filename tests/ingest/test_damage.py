"""Damaged files of every format end in articles or in errors of ours, never in anything else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity import ingest
from amity.errors import InputError
from amity.records import Article

from .reading import PROSE, read
from .test_office import ANSWERS, CORE, HEADERS, docx, paragraph, warc

pytest.importorskip("reportlab", reason="reportlab writes the files to be read")
from .test_html import JSON_LD, page
from .test_pdf import printed

WHOLE = {
    "a.txt": f"Talks go on\n\nBy Ann Smith, 2 May 2021\n\n{PROSE}\n\n2 COMMENTS\n\nLEAVE A REPLY".encode(),
    "a.md": f"---\ntitle: Talks\ndate: 2021-05-02\n---\n\n# Talks\n\n{PROSE}\n\n> [x](y)".encode(),
    "a.html": page(JSON_LD, "<nav><a href=/>Home</a></nav>").encode(),
    "a.pdf": printed(PROSE),
    "a.docx": docx(paragraph(PROSE), **{"docProps__core.xml": CORE}),
    "a.eml": HEADERS
    + b"Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
    + PROSE.encode()
    + b"\r\n--b--",
    "a.warc": warc(*ANSWERS[:5]),
    "a.warc.gz": warc(*ANSWERS[:5], packed=True),
    "a.jsonl": (json.dumps({"id": 1, "text": PROSE}) + "\n").encode() * 3,
    "a.csv": f'id,text\n1,"{PROSE}"\n2,two\n'.encode(),
}
edits = st.lists(
    st.tuples(
        st.floats(0, 1), st.integers(0, 40), st.binary(max_size=20) | st.sampled_from([b"<", b'"', b"\0", b"--b"])
    ),
    max_size=8,
)


@pytest.mark.parametrize("name", WHOLE)
@settings(max_examples=40, deadline=None, derandomize=True)
@given(edits=edits)
def test_damage_does_no_harm(name: str, edits: list[tuple[float, int, bytes]]) -> None:
    data = bytearray(WHOLE[name])
    for place, cut, new in edits:
        start = int(place * len(data))
        data[start : start + cut] = new
    for found in read(bytes(data), name):
        if isinstance(found, Article):
            assert found.text.encode() and len(ingest.normalise(found.text)) == len(found.text)
            assert all(0 <= span.start < span.end <= len(found.text) for span in found.furniture)
        else:
            assert isinstance(found, InputError) and "\n" not in str(found)
