"""Builds the bundled PDF and DOCX from their text sources, byte for byte the same each time.

Run from the repository root: `python tests/demo/make_binaries.py`. A source is a headline, a byline and a dateline,
one line each, then the paragraphs, parted by empty lines.
"""

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

SOURCES = Path(__file__).parent / "binaries"
ARTICLES = Path(__file__).parents[2] / "amity" / "demo" / "articles"


def read(source: Path) -> tuple[str, str, str, list[str]]:
    """Headline, byline, dateline and paragraphs of a text source."""
    head, *paragraphs = source.read_text(encoding="utf-8").strip().split("\n\n")
    title, byline, dateline = head.split("\n")
    return title, byline, dateline, paragraphs


def pdf(source: Path) -> bytes:
    """The source as a PDF in Times, with furniture such as institutes print: running head and page numbers."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    title, byline, dateline, paragraphs = read(source)
    text = ParagraphStyle("text", fontName="Times-Roman", fontSize=12, leading=17, spaceBefore=10)
    head = ParagraphStyle("head", parent=text, fontName="Times-Bold", fontSize=16, leading=21)
    small = ParagraphStyle("small", parent=text, fontName="Times-Italic", fontSize=11, leading=15, spaceBefore=2)
    styled = [(title, head), (byline, small), (dateline, small), *((paragraph, text) for paragraph in paragraphs)]

    def furniture(canvas: Any, page: Any) -> None:
        canvas.setFont("Times-Italic", 9)
        canvas.drawRightString(180 * mm, 283 * mm, "Institute for Maritime Regions · Policy brief 14")
        canvas.setFont("Times-Roman", 9)
        canvas.drawCentredString(105 * mm, 12 * mm, f"Page {page.page}")

    buffer = io.BytesIO()
    page = SimpleDocTemplate(
        buffer, pagesize=A4, leftMargin=30 * mm, rightMargin=30 * mm, topMargin=22 * mm, bottomMargin=22 * mm,
        title=title, author=byline.rpartition("Author: ")[2], invariant=1,
    )  # fmt: skip
    story = [Paragraph(escape(" ".join(words.split())), style) for words, style in styled]
    page.build(story, onFirstPage=furniture, onLaterPages=furniture)
    return buffer.getvalue()


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
