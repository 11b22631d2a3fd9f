"""Word documents, e-mail and web archives."""

from __future__ import annotations

import gzip
import io
import time
import zipfile

import pytest

from amity.errors import InputError
from amity.records import Article

from .reading import PROSE, article, error, read

ENDLESS = 60  # seconds; far more than any machine needs, far less than what is guarded against

W = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>Talks</dc:title>'
    "<dc:creator>Ann Smith</dc:creator><dcterms:created>2024-01-01T00:00:00Z</dcterms:created></cp:coreProperties>"
)


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(body: str, **parts: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", W % body)
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return data.getvalue()


def test_word_documents_give_their_paragraphs_and_properties() -> None:
    body = (
        paragraph("Talks on border to go on") + paragraph("14 October 2021")
        + "<w:p><w:r><w:t>Split </w:t></w:r><w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>text</w:t><w:tab/><w:t>here.</w:t></w:r></w:ins></w:p>"
        + f"<w:tbl><w:tr><w:tc>{paragraph('cell one')}</w:tc><w:tc>{paragraph('cell two')}</w:tc></w:tr></w:tbl>"
    )  # fmt: skip
    found = article(docx(body, **{"docProps__core.xml": CORE}), "a.docx")
    assert found.text == "Talks on border to go on\n\n14 October 2021\n\nSplit text here.\n\ncell one\n\ncell two"
    assert (found.title, found.author, found.published) == ("Talks", "Ann Smith", "2021-10-14")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (docx(paragraph("x" * 60_000_000)), "unpacks to more than 20,000,000 bytes"),
        (docx("<w:p/>" * 5_000_000), "unpacks to more than 20,000,000 bytes"),
        (docx("<w:p>" * 50_000), "is a damaged Word document"),
        (docx(paragraph("x"))[:-30], "is a damaged or encrypted Word document"),
        (docx(paragraph("x")).replace(b"word/document", b"else/document"), "is a zip archive, but no Word document"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "is a damaged or encrypted Word document"),
    ],
)
def test_bad_word_documents_are_an_error(data: bytes, reason: str) -> None:
    start = time.monotonic()
    assert error(data, "a.docx").startswith(reason)
    assert time.monotonic() - start < ENDLESS


def test_entities_in_word_documents_lead_nowhere(tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("secret") / "secret.txt"
    secret.write_text("the secret")
    bomb = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    xml = f'<!DOCTYPE d [<!ENTITY a0 "boom">{bomb}<!ENTITY x SYSTEM "{secret.as_uri()}">]>' + W % (
        paragraph("&a9;&x;") + paragraph("What is left.")
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", xml)
    for found in read(data.getvalue(), "a.docx"):
        assert isinstance(found, InputError) or found.text == "What is left."


HEADERS = (
    b"From: =?utf-8?q?Ann_Sm=C3=ADth?= <a@paper.example>\r\nSubject: =?utf-8?b?VGFsa3M=?=\r\n"
    b"Date: Thu, 25 Feb 2021 15:42:00 +0530\r\n"
)


def test_mail_gives_the_text_part() -> None:
    found = article(
        HEADERS + b"MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>html</p>\r\n"
        b"--b\r\nContent-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"The minister=92s talks with Iran and Azerbaijan went on for three hours\r\non Tuesday, officials said.\r\n"
        b"\r\n> What did he say?\r\n> Nothing.\r\n-- \r\nAnn Smith\r\nEditor\r\n--b--\r\n",
        "a.eml",
    )
    assert found.text == (
        "The minister’s talks with Iran and Azerbaijan went on for three hours on Tuesday, officials said.\n\n"
        "> What did he say?\n> Nothing."
    )
    assert (found.title, found.author, found.published) == ("Talks", "Ann Smíth", "2021-02-25T15:42:00+05:30")


def test_mail_without_text_part_gives_the_page() -> None:
    html = "".join(f"<p>{line}</p>" for line in PROSE.strip().split("\n\n"))
    found = article(HEADERS + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + html.encode(), "a.eml")
    assert found.text == PROSE.strip() and found.title == "Talks"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\0\1\2 nothing", "is no e-mail message"),
        (HEADERS + b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0=", "has no text part"),
        (b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" * 50_000, "has more than 200 parts within parts"),
    ],
)  # fmt: skip
def test_bad_mail_is_an_error(data: bytes, reason: str) -> None:
    start = time.monotonic()
    assert error(data, "a.eml") == reason
    assert time.monotonic() - start < ENDLESS


def warc(*answers: tuple[str, bytes, str], packed: bool = False) -> bytes:
    """An archive of these answers: address, body, headers of the answer."""
    data = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    records = [data]
    for url, body, headers in answers:
        answer = f"HTTP/1.1 {headers}\r\n\r\n".encode() + body
        records.append(
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
            f"WARC-Date: 2021-10-14T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n".encode()
            + answer
            + b"\r\n\r\n"
        )
    return b"".join(gzip.compress(record) if packed else record for record in records)


PAGE = f"<html><head><title>Talks</title></head><body><p>{PROSE}</p></body></html>".encode()
PACKED = "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip"
ANSWERS = (
    ("https://paper.example/1", PAGE, "200 OK\r\nContent-Type: text/html; charset=utf-8"),
    ("https://paper.example/gone", PAGE, "404 Not Found\r\nContent-Type: text/html"),
    ("https://paper.example/x.png", b"\x89PNG", "200 OK\r\nContent-Type: image/png"),
    ("https://paper.example/2", gzip.compress(PAGE), PACKED),
    ("https://paper.example/3", PROSE.encode(), "200 OK\r\nContent-Type: text/plain"),
    ("https://paper.example/bomb", gzip.compress(bytes(60_000_000)), PACKED),
    ("https://paper.example/bad", b"\0\1\2", "200 OK\r\nContent-Type: text/plain"),
)  # fmt: skip


@pytest.mark.parametrize("packed", [False, True])
def test_archives_give_pages_and_pass_over_the_rest(packed: bool) -> None:
    name = "a.warc.gz" if packed else "a.warc"
    found = read(warc(*ANSWERS, packed=packed), name)
    articles = [one for one in found if isinstance(one, Article)]
    assert [one.url for one in articles] == [f"https://paper.example/{number}" for number in (1, 2, 3)]
    assert articles[0].title == "Talks" and articles[0].publisher == "paper.example"
    errors = [str(one) for one in found if isinstance(one, InputError)]
    assert errors == [
        f"{name}: https://paper.example/bomb: is larger than 20,000,000 bytes",
        f"{name}: https://paper.example/bad: is binary, not text",
    ]


def test_damaged_archives_give_what_can_be_read() -> None:
    found = read(warc(*ANSWERS[:1]) + b"rubbish that is no record\r\n\r\n", "a.warc")
    assert isinstance(found[0], Article)
    assert all(isinstance(one, InputError) for one in found[1:])
