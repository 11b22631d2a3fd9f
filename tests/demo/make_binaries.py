"""Builds the bundled PDF and DOCX from their text sources, byte for byte the same each time.

Run from the repository root: `python tests/demo/make_binaries.py`. A source is a headline, a byline and a dateline,
one line each, then the paragraphs, parted by empty lines.
"""

import datetime as dt
import io
import zipfile
from pathlib import Path

SOURCES = Path(__file__).parent / "binaries"
ARTICLES = Path(__file__).parents[2] / "amity" / "demo" / "articles"


def read(source: Path) -> tuple[str, str, str, list[str]]:
    """Headline, byline, dateline and paragraphs of a text source."""
    head, *paragraphs = source.read_text(encoding="utf-8").strip().split("\n\n")
    title, byline, dateline = head.split("\n")
    return title, byline, dateline, paragraphs


def pdf(source: Path) -> bytes:
    """The source as a PDF in Times, with furniture such as institutes print: running head and page numbers."""
    from fpdf import FPDF

    class Brief(FPDF):
        def header(self) -> None:
            self.set_font("Times", "I", 9)
            self.cell(
                0, 8, "Institute for Maritime Regions · Policy brief 14", align="R", new_x="LMARGIN", new_y="NEXT"
            )

        def footer(self) -> None:
            self.set_y(-15)
            self.set_font("Times", size=9)
            self.cell(0, 8, f"Page {self.page_no()} of {{nb}}", align="C")

    title, byline, dateline, paragraphs = read(source)
    page = Brief(format="A4")
    page.core_fonts_encoding = "windows-1252"  # Latin-1 has no curly quotes
    page.set_creation_date(day_of(source))
    page.set_title(title)
    page.set_author(byline.rpartition("Author: ")[2])
    page.set_margins(30, 20)
    page.add_page()
    page.set_font("Times", "B", 16)
    page.multi_cell(0, 8, title, align="L", new_x="LMARGIN", new_y="NEXT")
    page.set_font("Times", "I", 11)
    page.multi_cell(0, 7, f"{byline}\n{dateline}", align="L", new_x="LMARGIN", new_y="NEXT")
    page.set_font("Times", size=12)
    for paragraph in paragraphs:
        page.ln(4)
        page.multi_cell(0, 6.5, paragraph, align="L", new_x="LMARGIN", new_y="NEXT")
    return bytes(page.output())


def docx(source: Path) -> bytes:
    """The source as a Word document."""
    from docx import Document

    title, byline, dateline, paragraphs = read(source)
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, byline.removeprefix("By "), ""
    properties.created = properties.modified = day_of(source)
    document.add_heading(title, level=1)
    for text in (byline, dateline, *paragraphs):
        document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return with_fixed_times(buffer.getvalue())


def with_fixed_times(archive: bytes) -> bytes:
    """The zip archive with every member dated 1980, since Word stamps the hour of saving on each."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def day_of(source: Path) -> dt.datetime:
    """Noon on the day that the file's name begins with."""
    return dt.datetime.fromisoformat(f"{source.name[:10]}T12:00:00+00:00")


BINARIES = {
    "2019-05-20-horn-security-complex.pdf": pdf,
    "2022-11-03-horn-pretoria.docx": docx,
}


def main() -> None:
    for name, build in BINARIES.items():
        (ARTICLES / name).write_bytes(build((SOURCES / name).with_suffix(".txt")))


if __name__ == "__main__":
    main()
