"""The articles as references for Zotero, LaTeX and their kin."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from amity.records import Article

LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def bibtex(articles: Sequence[Article]) -> str:
    """BibTeX, one `@misc` an article, keys from publisher, year and id."""
    return "\n".join(_bibtex(article) for article in articles)


def _bibtex(article: Article) -> str:
    year, month, day = _date(article)
    fields = {
        "title": article.title,
        "author": article.author,
        "publisher": article.publisher,
        "year": year,
        "month": month,
        "day": day,
        "url": article.url,
        "language": article.language,
        "note": f"amity article {article.id}",
    }
    lines = [f"  {name} = {_braced(name, _latex(value))}" for name, value in fields.items() if value]
    return f"@misc{{{_key(article)},\n" + ",\n".join(lines) + "\n}\n"


def _braced(name: str, value: str) -> str:
    """Names and titles twice, so that no style takes newspapers for persons or capitals away."""
    return f"{{{{{value}}}}}" if name in ("title", "author", "publisher") else f"{{{value}}}"


def _key(article: Article) -> str:
    plain = unicodedata.normalize("NFKD", article.publisher or article.title or "article").encode("ascii", "ignore")
    name = re.sub(r"[^a-z0-9]+", "", plain.decode().lower())[:20] or "article"
    tail = re.sub(r"[^A-Za-z0-9]+", "", article.id)[:8]
    return f"{name}{_date(article)[0] or ''}-{tail}"


def _latex(text: str) -> str:
    return "".join(LATEX.get(character, character) for character in _line(text))


def ris(articles: Sequence[Article]) -> str:
    """RIS (Research Information Systems), type NEWS."""
    return "".join(_ris(article) for article in articles)


def _ris(article: Article) -> str:
    year, month, day = _date(article)
    date = "/".join(part or "" for part in (year, month, day, "")) if year else None
    tags: Iterable[tuple[str, str | None]] = (
        ("TI", article.title),
        ("AU", article.author),
        ("T2", article.publisher),
        ("PY", year),
        ("DA", date),
        ("UR", article.url),
        ("LA", article.language),
        ("ID", article.id),
    )
    lines = ["TY  - NEWS", *(f"{tag}  - {_line(value)}" for tag, value in tags if value), "ER  - "]
    return "\r\n".join(lines) + "\r\n"


def csl_json(articles: Sequence[Article]) -> str:
    """CSL-JSON, the format of citeproc and Zotero."""
    return json.dumps([_csl(article) for article in articles], ensure_ascii=False, indent=1) + "\n"


def _csl(article: Article) -> dict[str, Any]:
    parts = [int(part) for part in _date(article) if part]
    item = {
        "id": article.id,
        "type": "article-newspaper",
        "title": article.title,
        "author": [{"literal": article.author}] if article.author else None,
        "container-title": article.publisher,
        "issued": {"date-parts": [parts]} if parts else None,
        "URL": article.url,
        "language": article.language,
    }
    return {name: value for name, value in item.items() if value is not None}


def _date(article: Article) -> tuple[str | None, str | None, str | None]:
    match = DATE.match(article.published or "")
    return match.groups() if match else (None, None, None)  # type: ignore[return-value]


def _line(text: str) -> str:
    """On one line: a line break in a title must not start a field of its own."""
    return " ".join(text.split())
