"""What is written comes back whole, by every filter, as it was known on any date; nothing is ever erased."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.errors import InputError
from amity.ledger import Filter, Ledger
from amity.ledger.dialect import query
from amity.ledger.schema import articles, claims, incidents
from amity.records import Article, Claim, Incident, arrow
from amity.records.flat import columns
from tests.ledger.samples import (
    ARTICLE,
    ASSESSMENT,
    CLAIMS,
    EVENT,
    INCIDENT,
    QUANTITY,
    RELATION,
    STRUCTURE,
    TRANSFER,
    actor,
)

replace = msgspec.structs.replace


def kinds(found: Any) -> set[str]:
    return {claim.kind for claim in found}


def add(ledger: Ledger, article: Article, found: tuple[Claim, ...], coder: str = "coder 1", **more: Any) -> bool:
    """Read one article as a run does; whether it was coded."""
    with ledger.writing("test", coder, **more) as writer:
        adopted = writer.adopt(article)
        if adopted is not None:
            writer.add(adopted, found)
        return adopted is not None


# What goes in comes out --------------------------------------------------------------------------------------------


def test_records_come_back_whole(ledger: Ledger) -> None:
    assert {claim.id: claim for claim in ledger.claims()} == {claim.id: claim for claim in CLAIMS}
    assert list(ledger.articles()) == [ARTICLE]
    assert list(ledger.incidents()) == [INCIDENT]
    assert ledger.claim(EVENT.id) == EVENT
    assert ledger.counts() == {"articles": 1, "claims": 6, "incidents": 1, "contested": 1, "unread": 0, "failures": 0}


def test_claims_come_in_the_order_of_the_text(ledger: Ledger) -> None:
    assert [claim.trigger_start for claim in ledger.claims()] == sorted(claim.trigger_start for claim in CLAIMS)


def test_a_view_brings_everything_that_it_cites(ledger: Ledger) -> None:
    view = ledger.view(kind="event")
    assert kinds(view.claims) == {"event", "quantity"}  # the figure that the incident's sources disagree on
    assert view.incidents == (INCIDENT,)
    assert view.articles == (ARTICLE,)


def test_flat_columns_are_columns_of_the_tables() -> None:
    for kind, table in ((Claim, claims), (Incident, incidents)):
        assert set(columns(kind)) <= set(table.c.keys())
    assert set(columns(Article)) - {"copy_of"} <= set(articles.c.keys())


def test_tables_for_other_tools(ledger: Ledger) -> None:
    flat = ledger.claims(kind="transfer").to_pandas()
    assert flat.loc[0, ["actors", "recipients", "type", "value_low"]].tolist() == ["ISR", "AZE", "sale", 24.0]
    assert flat.loc[0, "said_by"] == "MEMRI > Mostafa Khoshcheshm"
    frame = ledger.claims().to_polars()
    assert frame.shape == (6, len(columns(Claim)))
    nested = ledger.claims().to_arrow()
    assert list(arrow.records(nested, Claim)) == list(ledger.claims())
    assert ledger.claims(kind="event").to_pandas(nested=True).loc[0, "actors"][0]["country"] == "IRN"


def test_an_empty_answer_is_an_empty_table(ledger: Ledger) -> None:
    nothing = ledger.claims(actor="ZWE")
    assert not nothing
    assert len(nothing) == 0
    assert list(nothing.to_pandas().columns) == list(columns(Claim))
    assert nothing.to_arrow().num_rows == 0


def test_notebooks_show_a_table_that_is_safe_to_show(empty: Ledger) -> None:
    add(empty, replace(ARTICLE, title="<script>alert(1)</script>"), ())
    shown = empty.articles()._repr_html_()
    assert "&lt;script&gt;" in shown
    assert "<script>" not in shown


# Filters -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"actor": "AZE"}, {"event", "transfer", "relation"}),
        ({"actor": ["ISR", "IRN"]}, {"event", "transfer", "relation"}),
        ({"pair": "AZE,ISR"}, {"transfer"}),
        ({"pair": ("IRN", "AZE")}, {"event", "relation"}),
        ({"kind": "event,transfer"}, {"event", "transfer"}),
        ({"type": "threaten"}, {"event"}),
        ({"type": "sale"}, {"transfer"}),
        ({"status": "alleged"}, {"event"}),
        ({"certainty": "possible"}, {"event"}),
        ({"layer": "political"}, {"relation"}),
        ({"since": "2012-02-27"}, {"transfer"}),  # February may be its last days
        ({"until": "2012-02-25"}, {"transfer"}),
        ({"since": "2012", "until": "2012"}, {"event", "transfer"}),
        ({"since": "2013"}, set()),
        ({"source": "memri"}, {"event", "transfer"}),
        ({"source": "IRN"}, {"event", "transfer"}),
        ({"source": "khosh"}, {"event", "transfer"}),
        ({"article": "dro"}, {"event", "transfer", "relation", "quantity", "structure", "assessment"}),
        ({"article": "dr%"}, set()),
        ({"text": "sold azerbaijan"}, {"transfer"}),
        ({"text": '"Azerbaijan sold"'}, set()),
        ({"text": "azerb*"}, {"transfer"}),
        ({"contested": True}, {"event"}),
        ({"actor": "AZE", "kind": "transfer", "source": "MEMRI"}, {"transfer"}),
        ({"actor": "ZWE"}, set()),
    ],
)
def test_filters(ledger: Ledger, asked: dict[str, Any], expected: set[str]) -> None:
    assert kinds(ledger.claims(**asked)) == expected
    assert len(ledger.claims(**asked)) == len(list(ledger.claims(**asked)))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"actor": "IRN"}, 1),
        ({"pair": "IRN,AZE"}, 1),
        ({"pair": "IRN,ISR"}, 0),
        ({"source": "khosh"}, 1),
        ({"contested": True}, 1),
        ({"article": "drones"}, 1),
        ({"text": "tense"}, 1),
        ({"text": "sold"}, 0),
        ({"certainty": "certain"}, 0),
        ({"until": "2012-02"}, 1),
    ],
)
def test_filters_of_incidents(ledger: Ledger, asked: dict[str, Any], found: int) -> None:
    assert len(ledger.incidents(**asked)) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"since": "2012-03"}, 1),
        ({"until": "2012-02"}, 0),
        ({"text": "tehran tense"}, 1),
        ({"actor": "ISR"}, 1),
        ({"actor": "ZWE"}, 0),
    ],
)
def test_filters_of_articles(ledger: Ledger, asked: dict[str, Any], found: int) -> None:
    assert len(ledger.articles(**asked)) == found


def test_persons_and_organisations_are_found_by_name_in_any_case(empty: Ledger) -> None:
    visit = replace(EVENT, actors=(actor("Tehran", None, "United Nations"),), id="visit")
    add(empty, ARTICLE, (visit,))
    assert len(empty.claims(actor="united nations")) == 1
    assert len(empty.claims(actor="united_nations")) == 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"kind": "evnt"}, "'evnt' is none of event, transfer"),
        ({"since": "yesterday"}, "since: 'yesterday' is no date"),
        ({"as_of": "2026-13-01"}, "as_of: '2026-13-01' is no date"),
        ({"pair": "AZE"}, "takes two actors"),
        ({"acter": "AZE"}, "acter: is no filter"),
    ],
)
def test_wrong_filters_are_named(ledger: Ledger, asked: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        ledger.claims(**asked)


def test_limits(ledger: Ledger) -> None:
    assert len(list(ledger.claims(limit=2))) == len(ledger.claims(limit=2)) == 2


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_query(words: str) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE VIRTUAL TABLE t USING fts5(x)")
        database.execute("SELECT * FROM t WHERE t MATCH ?", (query(words),)).fetchall()


def test_search_shows_where(ledger: Ledger) -> None:
    (hit,) = ledger.search("khoshcheshm")
    assert hit.article == "drones"
    assert "[Khoshcheshm]" in hit.excerpt
    assert ledger.search("nothing like that") == []


# Ids ---------------------------------------------------------------------------------------------------------------


def test_ids_may_be_cut_short(ledger: Ledger) -> None:
    assert ledger.find(TRANSFER.id[:10]) == ("claim", TRANSFER.id)
    assert ledger.find("dro") == ("article", "drones")
    assert ledger.find("incident") == ("incident", "incident1")
    with pytest.raises(InputError, match="stands for several"):
        ledger.find("")
    with pytest.raises(InputError, match="no claim, incident or article"):
        ledger.find("zzz")
    with pytest.raises(InputError, match="is the id of an article, not of a claim"):
        ledger.claim("drones")


# As known on a date ------------------------------------------------------------------------------------------------


def test_recoding_supersedes_and_the_past_stays(empty: Ledger, clock: Callable[[str], None]) -> None:
    clock("2025-06-01")
    add(empty, ARTICLE, (EVENT, TRANSFER))
    clock("2026-02-01")
    assert add(empty, ARTICLE, (TRANSFER, RELATION), "coder 2")
    assert kinds(empty.claims()) == {"transfer", "relation"}
    assert kinds(empty.claims(as_of="2026-01-31")) == {"event", "transfer"}
    assert kinds(empty.claims(as_of="2026-02")) == {"transfer", "relation"}
    assert not empty.claims(as_of="2025-05-31")
    assert not empty.articles(as_of="2025-05-31")
    assert empty.superseded(EVENT.id) == "2026-02-01T12:00:00.000000Z"
    assert empty.claim(EVENT.id) == EVENT


def test_an_older_coder_may_come_back(empty: Ledger, clock: Callable[[str], None]) -> None:
    for day, coder, found in (("2025-01-01", "1", EVENT), ("2025-02-01", "2", RELATION), ("2025-03-01", "1", EVENT)):
        clock(day)
        add(empty, ARTICLE, (found,), coder)
    assert [kinds(empty.claims(as_of=month)) for month in ("2025-01", "2025-02", "2025-03")] == [
        {"event"},
        {"relation"},
        {"event"},
    ]
    assert empty.superseded(EVENT.id) is None


def test_incidents_are_versions_too(empty: Ledger, clock: Callable[[str], None]) -> None:
    other = replace(INCIDENT, id="incident2", contradictions=())
    for day, derived in (("2025-01-01", [INCIDENT]), ("2025-02-01", [INCIDENT, other]), ("2025-03-01", [other])):
        clock(day)
        with empty.writing("test") as writer:
            writer.replace_incidents(derived)
    assert list(empty.incidents()) == [other]
    assert [len(empty.incidents(as_of=month)) for month in ("2024", "2025-01", "2025-02", "2025-03")] == [0, 1, 2, 1]
    with closing(sqlite3.connect(empty.where)) as database:
        assert database.execute("SELECT count(*) FROM incidents").fetchone() == (
            2,
        )  # unchanged ones were not rewritten


def test_incidents_know_whether_they_are_up_to_date(ledger: Ledger) -> None:
    assert ledger.merged()
    add(ledger, replace(ARTICLE, id="other"), ())
    assert not ledger.merged()


def test_the_database_itself_refuses_to_forget(ledger: Ledger) -> None:
    with closing(sqlite3.connect(ledger.where)) as database:
        for statement in (
            "DELETE FROM claims",
            "DELETE FROM articles",
            "UPDATE claims SET quote = 'other'",
            "UPDATE articles SET text = ''",
            "UPDATE incidents SET superseded = NULL WHERE superseded IS NULL",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                database.execute(statement)


# Articles that come again --------------------------------------------------------------------------------------------


def test_the_same_thing_twice_adds_nothing(ledger: Ledger) -> None:
    before = ledger.counts()
    assert not add(ledger, ARTICLE, CLAIMS)
    assert not add(ledger, replace(ARTICLE, source="elsewhere.txt"), CLAIMS)
    assert ledger.counts() == before


def test_recode_codes_again(ledger: Ledger) -> None:
    assert add(ledger, ARTICLE, (EVENT,), recode=True)
    assert kinds(ledger.claims()) == {"event"}


def test_a_later_reading_fills_gaps_and_replaces_nothing(empty: Ledger) -> None:
    add(empty, replace(ARTICLE, published=None), (EVENT,))
    assert add(empty, replace(ARTICLE, title="Another title"), (EVENT,))  # a date of publication: code again
    (stored,) = empty.articles()
    assert (stored.title, stored.published) == ("Drones for Baku", "2012-03-01")
    assert [claim.id for claim in empty.claims()] == [EVENT.id]
    assert not add(empty, replace(ARTICLE, title="Another title"), (EVENT,))


def test_corrections_replace(ledger: Ledger) -> None:
    with ledger.writing("test", "coder 1") as writer:
        adopted = writer.adopt(replace(ARTICLE, published="2012-03-02"), corrections={"published"})
        assert adopted is not None
        assert adopted.published == "2012-03-02"


def test_one_id_for_two_texts_is_an_error_unless_the_page_changed(ledger: Ledger) -> None:
    with ledger.writing("test", "coder 1") as writer:
        with pytest.raises(InputError, match=r"'drones' stands for another text, from articles/drones.txt"):
            writer.adopt(replace(ARTICLE, text="other", source="elsewhere.jsonl"))
        assert writer.adopt(replace(ARTICLE, text="other")) is not None


def test_a_changed_page_supersedes_what_it_said(ledger: Ledger, clock: Callable[[str], None]) -> None:
    clock("2030-01-01")
    add(ledger, replace(ARTICLE, text="Nothing happened."), ())
    assert [article.text for article in ledger.articles()] == ["Nothing happened."]
    assert not ledger.claims()
    assert len(ledger.claims(as_of="2029")) == 6


def test_copies_are_linked_and_relinked(empty: Ledger, clock: Callable[[str], None]) -> None:
    clock("2025-01-01")
    with empty.writing("test", "coder 1") as writer:
        for name, links in (("a", {}), ("b", {"b": "a"})):
            writer.recognise(name, name.encode(), links)
            writer.add(replace(ARTICLE, id=name), ())
    clock("2025-02-01")
    with empty.writing("test", "coder 1") as writer:  # an earlier article comes to light: both were its copies
        writer.recognise("c", b"c", {"a": "c", "b": "c"})
        writer.add(replace(ARTICLE, id="c"), ())
    assert {one.id: one.copy_of for one in empty.articles()} == {"a": "c", "b": "c", "c": None}
    assert {one.id: one.copy_of for one in empty.articles(as_of="2025-01")} == {"a": None, "b": "a"}
    assert list(empty.fingerprints()) == [
        ("a", b"a", "2012-03-01", "c"),
        ("b", b"b", "2012-03-01", "c"),
        ("c", b"c", "2012-03-01", None),
    ]


def test_failures_are_kept(empty: Ledger) -> None:
    with empty.writing("test") as writer:
        writer.fail("broken.pdf", "is damaged")
    assert [(one.source, one.reason) for one in empty.failures()] == [("broken.pdf", "is damaged")]


def test_every_kind_of_claim_is_in_the_sample() -> None:
    assert kinds((EVENT, TRANSFER, RELATION, QUANTITY, STRUCTURE, ASSESSMENT)) == kinds(CLAIMS)
    assert len(msgspec.structs.fields(Filter)) == 15
