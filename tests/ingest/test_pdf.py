"""PDF: what is set is what is read, and hostile files end in an error."""

from __future__ import annotations

import io
import time
import zlib
from typing import Any

import pytest

from .reading import article, error

pytest.importorskip("reportlab", reason="reportlab writes the files to be read")
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

ENDLESS = 60  # seconds; far more than any machine needs, far less than what is guarded against

PARAGRAPHS = (
    "Iran has accused Azerbaijan of helping its enemies, the foreign ministry in Tehran said on Tuesday, after a week "
    "of exercises along the river that forms the border between the two neighbours.",
    "Baku rejected the charge as slander and summoned the Iranian ambassador, according to state media in the capital. "
    "Its spokeswoman said that the territory of Azerbaijan would not be used.",
    "The military cooperation of the two countries has been a matter of controversy since 2012, when a reported arms "
    "agreement worth 1.6 billion dollars became known.",
)


class Paper:
    """Pages on which text is set line by line, from the top down."""

    def __init__(self, password: str | None = None, owner: str | None = None) -> None:
        self.buffer = io.BytesIO()
        encryption = StandardEncryption(password or "", ownerPassword=owner) if owner else None
        self.canvas: Any = Canvas(self.buffer, pagesize=(600, 800), encrypt=encryption)
        self.x, self.y = 50.0, 740.0

    def set(self, text: str, size: float = 11, width: float = 500) -> None:
        """A paragraph and the space below it; a line break in the text is one on the page."""
        self.canvas.setFont("Helvetica", size)
        for piece in text.split("\n"):
            for line in simpleSplit(piece, "Helvetica", size, width) or [""]:
                self.canvas.drawString(self.x, self.y, line)
                self.y -= 1.3 * size
        self.y -= 0.8 * size

    def edge(self, number: int) -> None:
        """A running head and a page number."""
        self.canvas.setFont("Helvetica", 8)
        self.canvas.drawCentredString(300, 780, "Caspian Courier - Friday edition")
        self.canvas.drawCentredString(300, 20, f"Page {number} of 3")

    def turn(self) -> None:
        """The next page."""
        self.canvas.showPage()
        self.y = 740.0

    def print(self) -> bytes:
        """The file."""
        self.canvas.save()
        return self.buffer.getvalue()


def printed(text: str, width: float = 500, **encryption: str) -> bytes:
    paper = Paper(**encryption)
    paper.set(text, width=width)
    return paper.print()


def newspaper() -> bytes:
    paper = Paper()
    paper.canvas.setTitle("Tehran accuses Baku")
    paper.canvas.setAuthor("Rena Talibova")
    for number, paragraph in enumerate(PARAGRAPHS, start=1):
        paper.edge(number)
        if number == 1:
            paper.set("Tehran accuses Baku of helping its enemies", 16)
            paper.set("By Rena Talibova, Caspian Courier, 14 October 2021", 10)
        paper.set(paragraph, width=420)
        paper.turn()
    return paper.print()


def test_pages_become_paragraphs_without_running_heads() -> None:
    found = article(newspaper(), "a.pdf")
    head = ["Tehran accuses Baku of helping its enemies", "By Rena Talibova, Caspian Courier, 14 October 2021"]
    assert found.text.split("\n\n") == [*head, *PARAGRAPHS]
    assert (found.title, found.author, found.publisher) == ("Tehran accuses Baku", "Rena Talibova", "Caspian Courier")
    assert found.published == "2021-10-14"


def test_the_date_of_the_file_is_not_the_date_of_publication() -> None:
    data = printed(PARAGRAPHS[0])
    assert b"/CreationDate" in data
    assert article(data, "a.pdf").published is None


def test_divided_words_are_whole_again() -> None:
    text = (
        "The agree-\nment between Azer-\nbaijan and Israel is a well-\nknown fact, and anti-\nIsraeli rhetoric has not"
        "\nchanged it. A long-range missile, a long-\nrange missile.\n\nA second paragraph fol-\nlows here."
    )
    found = article(printed(text, 400), "a.pdf")
    assert found.text == (
        "The agreement between Azerbaijan and Israel is a well-known fact, and anti-Israeli rhetoric has not changed "
        "it. A long-range missile, a long-range missile.\n\nA second paragraph follows here."
    )


def test_columns_are_read_one_after_the_other() -> None:
    paper = Paper()
    for column, paragraph in enumerate(PARAGRAPHS[:2]):
        paper.x, paper.y = 50.0 + column * 280, 740.0
        paper.set(paragraph, width=240)
    assert article(paper.print(), "a.pdf").text.split("\n\n") == list(PARAGRAPHS[:2])


def test_encrypted_files_are_an_error_unless_anybody_may_read_them() -> None:
    assert error(printed("secret", password="u", owner="o"), "a.pdf") == "is encrypted"
    assert article(printed("Readable, though protected.", owner="o"), "a.pdf").text == "Readable, though protected."


def test_truncated_files_are_an_error() -> None:
    data = newspaper()
    for share in (0.05, 0.3, 0.5, 0.8):
        assert error(data[: int(len(data) * share)], "a.pdf").startswith("is a damaged PDF")


def test_pictures_of_pages_are_an_error() -> None:
    assert error(printed(" "), "a.pdf").startswith("has no text")


def bomb(content: bytes, pages: int = 1) -> bytes:
    """A file whose pages all show the same packed content."""
    packed = zlib.compress(content, 9)
    kids = b" ".join(b"%d 0 R" % (5 + number) for number in range(pages))
    resources = b"/Resources << /Font << /F1 3 0 R >> >>"
    page = b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 600 800] %b >>" % resources
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, pages),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(packed), packed),
        *[page] * pages,
    ]
    data, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


SHOW = b"BT /F1 10 Tf 10 10 Td " + b"(x) Tj " * 20_000 + b"ET"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (bomb(b" " * 100_000_000), "is a damaged PDF: Limit"),
        (bomb(b"[" * 1_000_000), "is a damaged PDF"),
        (bomb(b"BT (x) Tj ET " * 250_000), "is a damaged PDF"),
        (bomb(b"", pages=2_500), "has more than 2,000 pages"),
    ],
    ids=["zeros", "brackets", "operators", "pages"],
)
def test_pdf_bombs_are_an_error(data: bytes, reason: str) -> None:
    start = time.monotonic()
    assert error(data, "a.pdf").startswith(reason)
    assert time.monotonic() - start < ENDLESS


def test_many_heavy_pages_run_out_of_time() -> None:
    from amity.ingest import Limits

    assert error(bomb(SHOW, pages=500), "a.pdf", limits=Limits(seconds=0.3)) == "takes longer than 0.3 seconds to read"
