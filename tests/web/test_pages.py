"""The interface in a real browser: every view, from disk and served, by mouse and by keyboard."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
AXE = ROOT / "interface" / "node_modules" / "axe-core" / "axe.min.js"
VIEWS = (
    *("story", "timeline", "map", "network", "incidents", "claims", "articles", "sources"),
    *("relations", "arms", "complexes", "alignment"),
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@contextmanager
def looking(browser: Any, at: str, **options: Any) -> Iterator[Any]:
    """A page that must neither fail, nor log errors, nor ask anybody but its own server."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "accept_downloads": True} | options)
    page = context.new_page()
    wrong: list[str] = []
    own = re.match(r"https?://[^/]+", at)
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)

    def asked(request: Any) -> None:
        if not request.url.startswith(("file:", "data:", "blob:", own[0] if own else "file:")):
            wrong.append(f"request: {request.url}")

    page.on("request", asked)
    page.goto(at)
    page.wait_for_selector("main h2")
    yield page
    context.close()
    assert wrong == []


def settled(page: Any) -> None:
    """Wait until nothing is being fetched or worked out."""
    page.wait_for_function("() => !document.querySelector('[aria-busy]')", timeout=60_000)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_of_a_dossier(browser: Any, dossier: Path, view: str) -> None:
    with looking(browser, f"{dossier.as_uri()}#/{view}") as page:
        settled(page)
        assert page.inner_text("main h2").lower() == view
        assert len(page.inner_text("main")) > 60
        assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize("view", ["story", "map", "incidents", "claims", "articles", "relations", "review"])
def test_every_view_of_a_server(browser: Any, address: str, view: str) -> None:
    with looking(browser, f"{address}/#/{view}") as page:
        settled(page)
        assert page.inner_text("main h2").lower() == view


@pytest.mark.skipif(not AXE.exists(), reason="axe-core comes with npm's packages of the interface")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_views_can_be_used_by_everybody(browser: Any, dossier: Path, view: str, scheme: str) -> None:
    with looking(browser, f"{dossier.as_uri()}#/{view}", color_scheme=scheme, bypass_csp=True) as page:
        settled(page)
        page.add_script_tag(path=str(AXE))
        found = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
        told = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]
        assert told == []


@pytest.mark.parametrize("view", VIEWS)
def test_narrow_screens_need_no_sideways_scrolling(browser: Any, dossier: Path, view: str) -> None:
    with looking(browser, f"{dossier.as_uri()}#/{view}", viewport={"width": 380, "height": 800}) as page:
        settled(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 381
        assert not page.is_visible("input[list=parties]")
        page.click(".unfold")
        assert page.is_visible("input[list=parties]")


def test_the_filter_lives_in_the_address(browser: Any, dossier: Path) -> None:
    with looking(browser, f"{dossier.as_uri()}#/incidents?actor=AZE&status=occurred") as page:
        assert all("Azerbaijan" in row for row in page.locator("tbody tr").all_inner_texts())
        filtered = page.inner_text(".count")
        page.click("text=Azerbaijan ×")
        page.wait_for_function("old => document.querySelector('.count').innerText !== old", arg=filtered)
        assert "actor" not in page.url
        page.go_back()
        page.wait_for_function("old => document.querySelector('.count').innerText === old", arg=filtered)
        assert "actor=AZE" in page.url


def test_from_words_to_claim_and_back(browser: Any, dossier: Path) -> None:
    with looking(browser, f"{dossier.as_uri()}#/articles") as page:
        page.click("tbody a >> nth=3")
        page.click("a.words.trigger >> nth=0")
        assert page.inner_text(".chosen-claim h4")
        page.click(".told a >> nth=-1")
        page.wait_for_function("() => [...document.querySelectorAll('.told a')].at(-1).ariaCurrent === 'true'")
        assert page.locator(".words.lit").count() > 0


def test_words_stand_where_the_claims_say(browser: Any, dossier: Path) -> None:
    """Offsets count code points; astral characters before a quote must not shift it."""
    with looking(browser, f"{dossier.as_uri()}#/claims") as page:
        quotes = page.locator("tbody a.quote").all_inner_texts()[:5]
        for number, quote in enumerate(quotes):
            page.goto(f"{dossier.as_uri()}#/claims")
            page.wait_for_selector("tbody a.quote")
            page.click(f"tbody a.quote >> nth={number}")
            page.wait_for_selector(".words.lit")
            lit = "".join(page.locator(".words.lit").all_inner_texts())
            assert "".join(lit.split()) == "".join(quote.split())


def test_facets_count_what_they_lead_to(browser: Any, address: str, dossier: Path) -> None:
    for start in (dossier.as_uri(), f"{address}/"):
        with looking(browser, f"{start}#/claims") as page:
            settled(page)
            page.wait_for_selector(".facets")
            chip = page.locator(".facet[aria-label=kind] button", has_text="transfer")
            count = chip.locator("small").inner_text()
            chip.click()
            page.wait_for_selector(".facet[aria-label=kind] button[aria-pressed=true]")
            page.wait_for_function("told => document.body.innerText.includes(told)", arg=f"{count} in all")
            assert "kind=transfer" in page.url


def test_one_claim_and_one_incident_have_pages(browser: Any, dossier: Path) -> None:
    with looking(browser, f"{dossier.as_uri()}#/claims") as page:
        quote = page.locator("tbody tr >> nth=1").locator("a.quote").inner_text()
        page.locator("tbody tr >> nth=1").locator("a").first.click()
        page.wait_for_selector(".record h3")
        assert quote in page.inner_text(".record")
        page.goto(f"{dossier.as_uri()}#/incidents?contested=1")
        page.wait_for_selector("tbody a")
        page.click("tbody a >> nth=0")
        page.wait_for_selector(".sides .side:nth-child(2) a")
        assert page.locator(".sides .side .figure").count() >= 2
        title = page.inner_text(".record h3")
        assert title in page.inner_text(".cite")


def test_what_no_text_dates_stands_by_its_first_report(browser: Any, dossier: Path) -> None:
    with looking(browser, f"{dossier.as_uri()}#/timeline") as page:
        settled(page)
        assert page.locator(".timeline .tail").count() > 0


@pytest.mark.parametrize("mode", ["IND", "IND,arms", "IND,complex"])
def test_modes_of_the_map(browser: Any, dossier: Path, mode: str) -> None:
    with looking(browser, f"{dossier.as_uri()}#/map/{mode}") as page:
        settled(page)
        assert page.locator(".mode[aria-current=true]").count() == 1
        assert page.locator("svg.map").count() > 0 or page.inner_text("main .none")


def test_charts_can_be_taken_away(browser: Any, dossier: Path) -> None:
    with looking(browser, f"{dossier.as_uri()}#/story") as page:
        for kind, start in (("SVG", b"<svg"), ("PNG", b"\x89PNG"), ("CSV", b"year,")):
            with page.expect_download() as download:
                page.click(f"figure >> text={kind}")
            assert Path(download.value.path()).read_bytes().startswith(start)
        page.click("figure >> text=Table")
        assert page.locator("figure table tbody tr").count() > 3


def test_a_hostile_article_is_only_text(browser: Any, address: str, dossier: Path) -> None:
    for start in (dossier.as_uri(), f"{address}/"):
        with looking(browser, f"{start}#/articles") as page:
            settled(page)
            page.click("tbody a:has-text('hacked')")
            page.wait_for_selector(".reading .text")
            assert page.evaluate("window.hacked") is None
            assert "<script>" in page.inner_text(".reading .text")
            assert "\u202e" not in page.inner_text("body")
            assert page.evaluate("document.documentElement.scrollWidth") <= 1281


def test_everything_is_reached_by_keyboard(browser: Any, dossier: Path) -> None:
    with looking(browser, f"{dossier.as_uri()}#/story") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.innerText") == "Skip to the content"
        for _ in range(4):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.querySelector('main h2').innerText !== 'Story'")


@pytest.mark.skipif(not AXE.exists(), reason="axe-core comes with npm's packages of the interface")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desk_can_be_used_by_everybody(browser: Any, address: str, scheme: str) -> None:
    with looking(browser, f"{address}/#/review", color_scheme=scheme, bypass_csp=True) as page:
        page.fill("input[name=name]", "Ben")
        page.click("text=Begin")
        page.wait_for_selector(".case .context")
        page.keyboard.press("?")
        page.keyboard.press("e")
        page.wait_for_selector(".edit select")
        page.add_script_tag(path=str(AXE))
        found = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
        assert [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]] == []


def test_review_with_one_key_each(browser: Any, address: str) -> None:
    with looking(browser, f"{address}/#/review") as page:
        page.fill("input[name=name]", "Ada")
        page.click("text=Begin")
        page.wait_for_selector(".case")
        first = page.inner_text(".case h3")
        for key, said in (("a", "Accepted"), ("x", "Rejected"), (" ", "Ignored")):
            page.keyboard.press(key)
            page.wait_for_function(f"() => document.querySelector('.status').innerText.startsWith('{said}')")
        for _ in range(3):
            page.keyboard.press("Backspace")
            page.wait_for_function("() => document.querySelector('.status').innerText.startsWith('Taken back')")
            page.wait_for_timeout(150)
        assert page.inner_text(".case h3") == first
        page.keyboard.press("e")
        page.select_option(".edit label:has-text('certainty') select", "possible")
        page.click("text=Keep")
        page.wait_for_function("() => document.querySelector('.status').innerText.startsWith('Edited')")
        page.keyboard.press("?")
        assert "Accept" in page.inner_text(".keys")


@pytest.mark.skipif(
    not AXE.exists() or not shutil.which("node"), reason="needs node and npm's packages of the interface"
)
def test_functions_under_the_components() -> None:
    """The unit tests of the interface itself (interface/tests)."""
    vitest = ROOT / "interface" / "node_modules" / "vitest" / "vitest.mjs"
    ran = subprocess.run(["node", vitest, "run"], cwd=ROOT / "interface", capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_dossier_is_small_and_carries_no_address(dossier: Path) -> None:
    page = dossier.read_text(encoding="utf-8")
    assert len(page.encode()) < 1_500_000
    assert "<script>window.hacked" not in page
    assert re.findall(r'(?:src|href)="(?!data:)[^"#]+"', page.split("<body>")[0]) == []


def test_nothing_moves_or_breaks_in_print(browser: Any, dossier: Path) -> None:
    with looking(browser, f"{dossier.as_uri()}#/story") as page:
        page.emulate_media(media="print")
        assert not page.is_visible(".filters")
        assert not page.is_visible("nav")
        assert page.is_visible("main h2")
