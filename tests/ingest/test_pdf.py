"""PDF: what is set is what is read, and hostile files end in an error."""

from __future__ import annotations

import datetime
import time
import zlib

import pytest

from .reading import article, error

fpdf = pytest.importorskip("fpdf", reason="fpdf2 writes the files to be read")

PARAGRAPHS = (
    "Iran has accused Azerbaijan of helping its enemies, the foreign ministry in Tehran said on Tuesday, after a week "
    "of exercises along the river that forms the border between the two neighbours.",
    "Baku rejected the charge as slander and summoned the Iranian ambassador, according to state media in the capital. "
    "Its spokeswoman said that the territory of Azerbaijan would not be used.",
    "The military cooperation of the two countries has been a matter of controversy since 2012, when a reported arms "
    "agreement worth 1.6 billion dollars became known.",
)


class Paper(fpdf.FPDF):  # type: ignore[name-defined,misc]
    """Pages with a running head and a page number."""

    def header(self) -> None:
        self.set_font("helvetica", "", 8)
        self.cell(0, 8, "Caspian Courier - Friday edition", align="C")
        self.ln(10)

    def footer(self) -> None:
        self.set_y(-15)
        self.cell(0, 10, f"Page {self.page_no()} of 3", align="C")


def printed(text: str, width: float = 0, **encryption: str) -> bytes:
    pdf = fpdf.FPDF()
    if encryption:
        pdf.set_encryption(**encryption)
    pdf.add_page()
    pdf.set_font("helvetica", "", 11)
    pdf.multi_cell(width, 6, text)
    return bytes(pdf.output())


def newspaper() -> bytes:
    pdf = Paper()
    pdf.set_title("Tehran accuses Baku")
    pdf.set_author("Rena Talibova")
    pdf.set_creation_date(datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC))
    for number in range(3):
        pdf.add_page()
        if number == 0:
            pdf.set_font("helvetica", "B", 16)
            pdf.multi_cell(0, 9, "Tehran accuses Baku of helping its enemies")
            pdf.ln(3)
            pdf.set_font("helvetica", "", 10)
            pdf.multi_cell(0, 6, "By Rena Talibova, Caspian Courier, 14 October 2021")
            pdf.ln(4)
        pdf.set_font("helvetica", "", 11)
        pdf.multi_cell(0, 6, PARAGRAPHS[number])
    return bytes(pdf.output())


def test_pages_become_paragraphs_without_running_heads() -> None:
    found = article(newspaper(), "a.pdf")
    head = ["Tehran accuses Baku of helping its enemies", "By Rena Talibova, Caspian Courier, 14 October 2021"]
    assert found.text.split("\n\n") == [*head, *PARAGRAPHS]
    assert (found.title, found.author, found.publisher) == ("Tehran accuses Baku", "Rena Talibova", "Caspian Courier")
    assert found.published == "2021-10-14"


def test_the_date_of_the_file_is_not_the_date_of_publication() -> None:
    pdf = fpdf.FPDF()
    pdf.set_creation_date(datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC))
    pdf.add_page()
    pdf.set_font("helvetica", "", 11)
    pdf.multi_cell(0, 6, PARAGRAPHS[0])
    assert article(bytes(pdf.output()), "a.pdf").published is None


def test_divided_words_are_whole_again() -> None:
    text = (
        "The agree-\nment between Azer-\nbaijan and Israel is a well-\nknown fact, and anti-\nIsraeli rhetoric has not"
        "\nchanged it. A long-range missile, a long-\nrange missile.\n\nA second paragraph fol-\nlows here."
    )
    found = article(printed(text, 60), "a.pdf")
    assert found.text == (
        "The agreement between Azerbaijan and Israel is a well-known fact, and anti-Israeli rhetoric has not changed "
        "it. A long-range missile, a long-range missile.\n\nA second paragraph follows here."
    )


def test_columns_are_read_one_after_the_other() -> None:
    pdf = fpdf.FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", "", 10)
    for column, paragraph in enumerate(PARAGRAPHS[:2]):
        pdf.set_xy(10 + column * 100, 20)
        pdf.multi_cell(85, 5, paragraph)
    assert article(bytes(pdf.output()), "a.pdf").text.split("\n\n") == list(PARAGRAPHS[:2])


def test_encrypted_files_are_an_error_unless_anybody_may_read_them() -> None:
    assert error(printed("secret", owner_password="o", user_password="u"), "a.pdf") == "is encrypted"
    assert (
        article(printed("Readable, though protected.", owner_password="o"), "a.pdf").text
        == "Readable, though protected."
    )


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
    assert time.monotonic() - start < 15


def test_many_heavy_pages_run_out_of_time() -> None:
    from amity.ingest import Limits

    assert error(bomb(SHOW, pages=500), "a.pdf", limits=Limits(seconds=0.3)) == "takes longer than 0.3 seconds to read"
