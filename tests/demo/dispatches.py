"""The plain text of every bundled dispatch, taken with the simplest means, so that readers can be held against it."""

import csv
import email
import email.policy
import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from amity.demo import folder

ATOM = "{http://www.w3.org/2005/Atom}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Paragraphs(HTMLParser):
    """Collects the text of headings and paragraphs; notes whether every tag that was opened is closed again."""

    VOID = frozenset({"meta", "link", "input", "br", "img", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)
        if tag in {"p", "h1"}:
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        if {"p", "h1"} & set(self.open):
            self.texts[-1] += data


def html(source: str) -> list[str]:
    parser = Paragraphs()
    parser.feed(source)
    parser.close()
    assert not parser.open, f"left open: {parser.open}"
    return parser.texts


def texts(path: Path) -> list[str]:
    """The texts of the article or articles in a file: paragraphs joined by empty lines."""
    match path.suffix:
        case ".txt" | ".md":
            return [path.read_text(encoding="utf-8")]
        case ".html":
            return ["\n\n".join(html(path.read_text(encoding="utf-8")))]
        case ".jsonl":
            return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
        case ".csv":
            with path.open(encoding="utf-8", newline="") as table:
                return [row["text"] for row in csv.DictReader(table)]
        case ".eml":
            mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            return [mail.get_body().get_content()]
        case ".atom":
            entries = ElementTree.parse(path).getroot().iter(f"{ATOM}entry")
            return ["\n\n".join(html(entry.findtext(f"{ATOM}content") or "")) for entry in entries]
        case ".docx":
            with zipfile.ZipFile(path) as archive:
                body = ElementTree.fromstring(archive.read("word/document.xml"))
            return ["\n\n".join("".join(p.itertext()) for p in body.iter(f"{WORD}p"))]
        case ".pdf":
            from pypdf import PdfReader

            pages = (page.extract_text() for page in PdfReader(path).pages)
            return [re.sub(r"\s+", " ", " ".join(pages))]
        case other:
            raise AssertionError(f"{path.name}: no reader for {other}")


def every_text() -> dict[str, str]:
    """File name, with a number after # where a file holds several articles, to text."""
    found: dict[str, str] = {}
    for path in sorted(folder().iterdir()):
        several = texts(path)
        for number, text in enumerate(several, 1):
            found[path.name if len(several) == 1 else f"{path.name}#{number}"] = text
    return found
