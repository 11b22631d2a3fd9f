"""Web pages as content management systems write them, and as nobody should."""

from __future__ import annotations

import time

import pytest

from amity.ingest.tags import bare_text, tame

from .reading import article, error

ENDLESS = 60  # seconds; far more than any machine needs, far less than what is guarded against

PARAGRAPHS = (
    "Tehran watches the purchases of drones that Azerbaijan has made abroad with unconcealed anger, officials in Baku "
    "said on Monday, after a week of exercises along the river that forms the border.",
    "The Azerbaijani foreign ministry summoned the Iranian ambassador and handed him a note of protest. “We expect an "
    "explanation,” its spokeswoman, Leyla Abdullayeva, said.",
    "Tehran rejected the note. Its army has the right to train on its own soil, the foreign minister told television.",
)
BODY = "\n".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
JSON_LD = """<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
{"@type":"WebSite","name":"Gulf Ledger"},{"@type":"NewsArticle","headline":"Border quarrel grows",
"datePublished":"2021-10-16T14:00:21+00:00","dateModified":"2021-11-02T08:01:00+00:00",
"author":[{"@type":"Person","name":"Nvard Petrosyan"},{"@type":"Person","name":"Nailia Karimova"}],
"publisher":{"@type":"Organization","name":"Gulf Ledger"}}]}</script>"""


def page(head: str = "", above: str = "", below: str = "", body: str = BODY) -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{above}<article>{body}</article>{below}</body></html>"


def test_a_page_with_open_graph_and_all_the_trimmings() -> None:
    found = article(
        page(
            '<title>Border quarrel grows - Gulf Ledger</title><meta property="og:site_name" content="Gulf Ledger">'
            '<meta property="article:published_time" content="2021-10-16T14:00:21+00:00">'
            '<meta property="article:modified_time" content="2021-11-02T08:01:00+00:00">'
            '<link rel="canonical" href="https://gulf.example/2021/quarrel">',
            '<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>'
            '<div class="cookie">We use cookies.</div><h1>Border quarrel grows</h1>'
            '<div class="byline">By <a rel="author" href="/a">Hugh Miller</a></div>',
            '<div class="comments"><h3>1 COMMENT</h3><p>I totally disagree with the author, a knave and a fool.</p>'
            "<h3>LEAVE A REPLY</h3></div><aside><h4>RELATED</h4><a>Five other things</a></aside>",
        ),
        "a.html",
    )
    assert (found.title, found.author, found.publisher) == ("Border quarrel grows", "Hugh Miller", "Gulf Ledger")
    assert (found.published, found.url) == ("2021-10-16T14:00:21+00:00", "https://gulf.example/2021/quarrel")
    assert all(paragraph in found.text for paragraph in PARAGRAPHS)
    assert not any(word in found.text for word in ("cookies", "knave", "Five other things", "World"))
    assert "\n\n".join(PARAGRAPHS) in found.text


def test_a_page_with_json_ld() -> None:
    found = article(page(JSON_LD), "a.html")
    assert (found.title, found.publisher) == ("Border quarrel grows", "Gulf Ledger")
    assert found.author == "Nvard Petrosyan; Nailia Karimova"
    assert found.published == "2021-10-16T14:00:21+00:00"


def test_a_page_without_any_markup_for_machines() -> None:
    found = article(
        "<html><head><title>Border quarrel grows</title></head><body><table width=100%><tr><td><a href=/>Home</a> | "
        f"<a href=/n>Nation</a></td></tr></table><div>2 February 2017 10:14 (UTC+04:00)</div>"
        f"<div>By <b>Trend</b></div>{BODY}"
        "<p>Copyright 2024 The Daily Plain</p></body></html>",
        "a.html",
    )
    assert (found.author, found.publisher, found.published) == ("Trend", "The Daily Plain", "2017-02-02T10:14:00+04:00")


def test_the_day_of_an_update_is_not_the_day_of_publication() -> None:
    above = "<h1>Border quarrel grows</h1><p>Last updated: 5 June 2022</p><p>Posted by Ann Smith on 3 June 2022</p>"
    assert article(page(above=above), "a.html").published == "2022-06-03"
    modified = '<meta property="article:modified_time" content="2021-11-02T08:01:00+00:00">'
    assert article(page(modified, "<p>By Ann Smith, 3 June 2021</p>"), "a.html").published == "2021-06-03"


def test_a_page_that_names_no_date_has_none() -> None:
    page_ = page("<title>Quarrel</title>", below="<p>The ceasefire of 12 May 1994 held.</p><footer>© 2024 X</footer>")
    assert article(page_, "a.html").published is None


def test_a_date_in_the_future_is_left_out() -> None:
    assert (
        article(page('<meta property="article:published_time" content="2087-01-01T00:00:00Z">'), "a.html").published
        is None
    )


def test_only_addresses_of_the_web_are_taken_from_pages() -> None:
    assert article(page('<link rel="canonical" href="javascript:alert(1)">'), "a.html").url is None


def test_the_host_stands_for_the_publisher_where_no_name_is_given() -> None:
    found = article(page('<link rel="canonical" href="https://www.paper.example/2019/07/20/quarrel">'), "a.html")
    assert (found.publisher, found.published) == ("paper.example", "2019-07-20")


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "windows-1251", "nonsense"])
def test_wrong_charsets_survive(declared: str) -> None:
    head = f'<meta charset="{declared}"><title>Quarrel</title>'
    assert PARAGRAPHS[1] in article(page(head), "a.html").text
    assert PARAGRAPHS[1] in article(page(head).encode("cp1252"), "a.html").text or declared == "windows-1251"


P = "<p>Iran has accused Azerbaijan of helping its enemies, the ministry said on Tuesday in a long statement.</p>"
BOMBS = {
    "deep": "<div>" * 300_000 + P * 3,
    "flat": P * 31_000,
    "unclosed": "<html><body>" + "<b>x" * 55_000,
    "attributes": "<div " + " ".join(f'a{n}="x"' for n in range(100_000)) + f">{P}</div>",
    "hidden attributes": "<div " + " ".join(f"a{n} <b" for n in range(50_000)) + f">{P}</div>",
    "many long tags": f"<p {'a ' * 499}>x" * 4_000 + P,
    "long attribute": f'<div class="{"a " * 2_000_000}">{P}</div>',
    "unclosed quote": f'{P}<div class="' + "<p>x" * 50_000,
    "brackets": P + "<" * 3_000_000,
    "comments": P + "<!--" * 1_000_000,
    "scripts": P + "<script>" * 200_000,
    "json": '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + P,
    "tables": "<table><tr><td>" * 20_000 + P,
    "spaces": "<p>" + " \n" * 3_000_000 + P,
    "entities": "<p>" + "&amp;" * 1_000_000 + "</p>" + P,
}


@pytest.mark.parametrize("name", BOMBS)
def test_html_bombs_end_in_time(name: str) -> None:
    start = time.monotonic()
    assert "Iran has accused" in article(BOMBS[name], "a.html").text or name in (
        "unclosed",
        "unclosed quote",
        "entities",
    )
    assert time.monotonic() - start < ENDLESS


def test_pages_that_are_too_large_give_their_bare_text() -> None:
    text = article(f"<html><title>T</title><script>var x = '<p>no</p>'</script>{'<div>' * 500}{BODY}", "a.html").text
    assert text == "T\n\n" + "\n\n".join(PARAGRAPHS)


def test_a_page_without_text_is_an_error() -> None:
    assert error(b"<html><head><title></title></head><body><img src=x></body></html>", "a.html") == "has no text"


def test_taming_keeps_what_is_harmless() -> None:
    harmless = "<p class=\"a > b\" title='x'>1 < 2 &amp; 3</p><br/>"
    assert tame(harmless) == harmless
    assert tame("a<!-- x --><style>p{}</style>b<script>x<y</script>c") == "a<style></style>b<script></script>c"
    assert bare_text("<p>one <b>two</b></p><p>three&nbsp;four</p>") == "one two\n\nthree four"
