"""Fetching: what it obeys, what it refuses, and that everything ends."""

from __future__ import annotations

import gzip
import ipaddress
import time
from pathlib import Path

import pytest

from amity import ingest
from amity.errors import InputError
from amity.ingest import Limits, Raw
from amity.records import Article
from amity.sources import FetchOptions, Manners, fetch_all
from amity.sources.addresses import check_url, is_public
from amity.sources.web import Web

from .conftest import Site, bomb

QUICK = Manners(connect=1, read=0.4, total=1.0, delay=0, attempts=1)
PAGE = """<html><head><title>Tehran accuses Baku</title></head>
<body><nav>Home</nav><article><h1>Tehran accuses Baku</h1>
<p>Iran has accused Azerbaijan of helping its enemies, the foreign ministry in Tehran said on Tuesday afternoon.</p>
<p>Baku rejected the charge as slander and summoned the Iranian ambassador, according to state media in the capital.</p>
</article></body></html>"""


def fetch(*specs: str, **options: object) -> list[Raw | object]:
    options = {"allow_private": True, "manners": QUICK, **options}
    return list(fetch_all(specs, FetchOptions(**options)))  # type: ignore[arg-type]


def reason(url: str, **options: object) -> str:
    (found,) = fetch(url, **options)
    assert isinstance(found, InputError), found
    assert found.source == url and "\n" not in str(found)
    return found.reason


def test_a_page_becomes_an_article_with_its_address(site: Site) -> None:
    site.page("/new", PAGE)
    site.redirect("/old", "/new")
    (raw,) = fetch(f"{site.url}/old")
    assert isinstance(raw, Raw)
    (article,) = ingest.articles(raw)
    assert isinstance(article, Article)
    assert (article.source, article.url) == (f"{site.url}/old", f"{site.url}/new")
    assert article.title == "Tehran accuses Baku" and "Home" not in article.text
    assert all(headers["User-Agent"].startswith("amity/") for _, headers in site.asked)


def test_private_addresses_are_refused_unless_allowed(site: Site) -> None:
    site.page("/", PAGE)
    assert "private address 127.0.0.1" in reason(f"{site.url}/", allow_private=False)
    assert site.asked == []


def test_no_redirect_leads_into_a_private_address(site: Site) -> None:
    """The first host counts as public here; the one that it sends visitors to does not."""
    site.redirect("/", "http://10.0.0.8/secret")
    port = int(site.url.rpartition(":")[2])
    hosts = {"paper.example": ["127.0.0.1"], "10.0.0.8": ["10.0.0.8"]}
    web = Web(manners=QUICK, resolver=lambda host, _: hosts[host])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("amity.sources.addresses.is_public", lambda address: address != ipaddress.ip_address("10.0.0.8"))
        with pytest.raises(InputError, match=r"redirects to http://10\.0\.0\.8/secret: leads to the private address"):
            web.fetch(f"http://paper.example:{port}/")
    web.close()


def test_the_address_that_was_checked_is_the_one_connected_to(site: Site) -> None:
    """A name server that says something harmless first and 127.0.0.1 after that gets nowhere."""
    answers = iter([["93.184.215.14"], ["127.0.0.1"], ["127.0.0.1"]])
    web = Web(manners=QUICK, resolver=lambda *_: next(answers))
    with pytest.raises(InputError, match=r"private address 127\.0\.0\.1"):
        web.fetch(site.url.replace("127.0.0.1", "rebind.example"))
    web.close()
    assert site.asked == []


def test_the_host_header_keeps_the_name(site: Site) -> None:
    site.page("/", PAGE)
    web = Web(allow_private=True, manners=QUICK, resolver=lambda *_: ["127.0.0.1"])
    web.fetch(site.url.replace("127.0.0.1", "paper.example"))
    web.close()
    assert {headers["Host"].partition(":")[0] for _, headers in site.asked} == {"paper.example"}


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
     "::ffff:10.0.0.1", "::7f00:1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:0:0:0:0:80ff:fffe"],
)  # fmt: skip
def test_what_is_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_what_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://a.example/x", "http://me:secret@a.example/", "http://2130706433/", "http://0x7f.1/",
     "http://0177.0.0.1/", "http://127.1/", "http:///x", "http://a.example:99999/", "http://[::1"],
)  # fmt: skip
def test_urls_that_are_never_fetched(url: str) -> None:
    with pytest.raises(InputError):
        check_url(url)


def test_endless_redirects_end(site: Site) -> None:
    site.redirect("/", "/")
    assert reason(f"{site.url}/") == "redirects more than 5 times"
    assert len(site.paths()) == 6


def test_a_silent_server_times_out(site: Site) -> None:
    site.stall("/", 3)
    start = time.monotonic()
    assert reason(f"{site.url}/") == "took too long to answer"
    assert time.monotonic() - start < 2


def test_a_server_that_drips_times_out(site: Site) -> None:
    site.drip("/", 0.05)
    start = time.monotonic()
    assert reason(f"{site.url}/") == "took too long to answer"
    assert time.monotonic() - start < 2.5


def test_large_pages_are_cut_short(site: Site) -> None:
    site.page("/big", bytes(3_000_000))
    site.drip("/chunked", 0)
    assert "larger than 1 MB" in reason(f"{site.url}/big", limits=Limits(document=1_000_000))
    assert "larger than" in reason(f"{site.url}/chunked", limits=Limits(document=1_000))


def test_packed_pages_are_read_and_bombs_are_not(site: Site) -> None:
    site.page("/packed", gzip.compress(PAGE.encode()), Content_Encoding="gzip")
    site.page("/bomb", bomb(60_000_000), Content_Encoding="gzip")
    site.page("/double", gzip.compress(bomb(60_000_000)), Content_Encoding="gzip, gzip")
    (raw,) = fetch(f"{site.url}/packed")
    assert isinstance(raw, Raw) and b"Tehran" in raw.stream.read()
    assert "larger than 20 MB" in reason(f"{site.url}/bomb")
    assert "unknown coding" in reason(f"{site.url}/double")


def test_robots_txt_is_obeyed(site: Site) -> None:
    site.page(
        "/robots.txt", "User-agent: *\nDisallow: /private\nUser-agent: amity\nDisallow: /secret", type="text/plain"
    )
    site.page("/secret", PAGE)
    site.page("/private", PAGE)
    site.redirect("/way", "/secret")
    assert reason(f"{site.url}/secret") == "robots.txt of the site forbids it"
    assert "forbids" in reason(f"{site.url}/way")
    assert isinstance(fetch(f"{site.url}/private")[0], Raw)
    assert "/secret" not in site.paths()


def test_a_site_whose_robots_txt_is_broken_is_left_alone(site: Site) -> None:
    site.page("/robots.txt", "", 503)
    site.page("/", PAGE)
    assert "503" in reason(f"{site.url}/")
    assert site.paths() == []


def test_requests_to_one_host_are_spaced_as_it_asks(site: Site) -> None:
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 7", type="text/plain")
    site.page("/a", PAGE)
    site.page("/b", PAGE)
    waits: list[float] = []
    web = Web(allow_private=True, manners=Manners(delay=0.5), sleep=waits.append)
    web.fetch(f"{site.url}/a")
    web.fetch(f"{site.url}/b")
    web.close()
    assert [round(wait) for wait in waits] == [7, 14] or [round(wait) for wait in waits] == [0, 7]


def test_busy_servers_are_asked_again_after_the_time_they_name(site: Site) -> None:
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        site.page("/", PAGE)

    site.page("/", "", 503, Retry_After="9")
    web = Web(allow_private=True, manners=Manners(delay=0), sleep=sleep)
    assert b"Tehran" in web.fetch(f"{site.url}/").data
    web.close()
    assert waits == [9]


def test_errors_of_the_server_are_told(site: Site) -> None:
    assert reason(f"{site.url}/none") == "the server answers 404 Not Found"
    site.page("/image", b"GIF89a", type="image/gif")
    assert reason(f"{site.url}/image") == "is image/gif, which amity does not read"
    assert "cannot be fetched" in reason("http://127.0.0.1:1/")
    site.page("/empty", "")
    (raw,) = fetch(f"{site.url}/empty")
    assert isinstance(raw, Raw)
    assert [str(error) for error in ingest.articles(raw)] == [f"{site.url}/empty: is empty"]


def test_pages_are_cached_as_their_server_permits(site: Site, tmp_path: Path) -> None:
    site.page("/kept", PAGE, Cache_Control="max-age=600")
    site.page("/fresh", PAGE, Cache_Control="no-store")
    for _ in range(2):
        fetch(f"{site.url}/kept", f"{site.url}/fresh", cache=tmp_path / "pages")
    assert sorted(site.paths()) == ["/fresh", "/fresh", "/kept"]


def test_a_cache_that_cannot_be_written_does_not_stop_fetching(site: Site, tmp_path: Path) -> None:
    site.page("/", PAGE)
    tmp_path.joinpath("file").write_text("in the way")
    assert isinstance(fetch(f"{site.url}/", cache=tmp_path / "file" / "cache")[0], Raw)


def test_one_failure_does_not_stop_the_rest(site: Site) -> None:
    site.page("/good", PAGE)
    kinds = [type(item) for item in fetch(f"{site.url}/missing", "ftp://x/", f"{site.url}/good", "no-such-file")]
    assert [issubclass(kind, InputError) for kind in kinds] == [True, True, False, True]


LONG = " ".join(["The foreign minister said that talks on the border would go on."] * 12)
RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Caspian Wire</title>
<item><title>Talks &amp; more talks</title><link>URL/full</link><dc:creator>Rena Talibova</dc:creator>
<pubDate>Thu, 25 Feb 2021 15:42:00 +0530</pubDate><content:encoded><![CDATA[<p>{LONG}</p>]]></content:encoded></item>
<item><title>Teaser</title><link>URL/page</link><description>Short.</description>
<pubDate>Fri, 26 Feb 2021 10:00:00 GMT</pubDate></item>
<item><title>Gone</title><link>URL/gone</link><description>Short.</description></item>
</channel></rss>"""


def test_feeds_give_full_texts_and_fetch_the_others(site: Site, tmp_path: Path) -> None:
    site.page("/feed", RSS.replace("URL", site.url), type="application/rss+xml")
    site.page("/page", PAGE)
    local = tmp_path / "feed.xml"
    local.write_text(RSS.replace("URL", site.url))
    for spec in (f"{site.url}/feed", str(local)):
        full, page, gone = fetch(spec)
        assert isinstance(full, Raw) and isinstance(page, Raw) and isinstance(gone, InputError)
        (article,) = ingest.articles(full)
        assert isinstance(article, Article)
        assert (article.title, article.author, article.publisher) == (
            "Talks & more talks",
            "Rena Talibova",
            "Caspian Wire",
        )
        assert article.published == "2021-02-25T15:42:00+05:30" and article.text == LONG
        (article,) = ingest.articles(page)
        assert isinstance(article, Article)
        assert (article.title, article.published) == ("Tehran accuses Baku", "2021-02-26T10:00:00+00:00")
        assert gone.source == f"{site.url}/gone"
    assert "/full" not in site.paths()


def test_a_link_that_is_no_url_costs_its_entry(site: Site) -> None:
    site.page("/page", PAGE)
    site.page("/feed", RSS.replace("URL/gone", "http://[broken").replace("URL", ""), type="application/rss+xml")
    full, page, broken = fetch(f"{site.url}/feed")
    assert isinstance(full, Raw) and isinstance(page, Raw) and isinstance(broken, InputError)
    assert page.given.url == f"{site.url}/page"


def test_atom_feeds_are_read(site: Site, tmp_path: Path) -> None:
    local = tmp_path / "a.atom"
    local.write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Gulf Ledger</title><entry><title>One</title>'
        f'<id>1</id><updated>2019-09-14T08:00:00Z</updated><content type="html">&lt;p&gt;{LONG}&lt;/p&gt;</content>'
        "</entry></feed>"
    )
    (raw,) = fetch(str(local))
    assert isinstance(raw, Raw)
    (article,) = ingest.articles(raw)
    assert isinstance(article, Article)
    assert (article.title, article.published, article.text) == ("One", "2019-09-14T08:00:00+00:00", LONG)


def test_a_feed_bomb_is_an_error(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    local = tmp_path / "bomb.xml"
    local.write_text(
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "boom">{entities}]><rss version="2.0"><channel>'
        "<item><title>&a9;</title></item></channel></rss>"
    )
    start = time.monotonic()
    assert all(isinstance(item, InputError) for item in fetch(str(local)))
    assert time.monotonic() - start < 3
