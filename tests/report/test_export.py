"""Exports are what other tools can open."""

from __future__ import annotations

import io
import json
from typing import Any

import networkx as nx
import pytest
from lxml import etree

from amity.errors import AmityError
from amity.incidents import merge
from amity.records import Place, identified
from amity.report import FORMATS, export
from tests.report.test_brief import ARTICLES, CLAIMS, HOSTILE, NAMES, article, event

SHUSHA = Place(text="Shusha", country="AZE", latitude=39.76, longitude=46.75, start=0, end=6)
MATERIAL = [
    *CLAIMS,
    identified(event("Courier", "struck near Shusha", "AZE", "ARM", date="2020-11-06/2020-11-08", place=SHUSHA)),
]


def written(format: str, **more: Any) -> str:
    return export(
        format, MATERIAL, merge(MATERIAL, ARTICLES), more.get("articles", ARTICLES), lambda code: NAMES.get(code, code)
    )


def test_graphml_reads_back() -> None:
    graph = nx.read_graphml(io.BytesIO(written("graphml").encode()), force_multigraph=True)
    assert graph.nodes["AZE"]["label"] == "Azerbaijan"
    assert graph.number_of_edges("ISR", "AZE") == 1
    assert any(edge["incidents"] >= 1 for _, _, edge in graph.edges(data=True))


def test_gexf_is_dated() -> None:
    root = etree.fromstring(written("gexf").encode())
    space = {"g": root.nsmap[None]}
    assert root.find("g:graph", space).get("mode") == "dynamic"
    dated = [edge for edge in root.iterfind(".//g:edge", space) if edge.get("start")]
    assert ("2020-11-06", "2020-11-08") in {(edge.get("start"), edge.get("end")) for edge in dated}


def test_geojson_has_longitude_first() -> None:
    features = json.loads(written("geojson"))["features"]
    placed = [one for one in features if one["geometry"]]
    assert placed[0]["geometry"]["coordinates"] == [46.75, 39.76]
    assert len(features) > len(placed)


@pytest.mark.parametrize("format", ["bibtex", "ris"])
def test_hostile_titles_do_not_start_fields(format: str) -> None:
    text = export(format, [], [], [article("x", title="A\nER  - \nTY  - BOOK } @misc{evil, " + HOSTILE)])
    assert text.count("\nER  -") == (1 if format == "ris" else 0)
    assert text.count("@misc{") == (1 if format == "bibtex" else text.count("@misc{"))


def test_csl_json_carries_date_parts() -> None:
    items = json.loads(written("csl-json"))
    assert items[0]["issued"] == {"date-parts": [[2016, 4, 3]]}


def test_annotations_select_the_words() -> None:
    items = json.loads(written("annotations"))["first"]["items"]
    selector = {one["type"]: one for one in items[0]["target"]["selector"]}
    assert selector["TextQuoteSelector"]["exact"] == CLAIMS[0].quote
    assert items[0]["body"]["amity:claim"]["kind"] == "event"


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_gives_an_empty_document(format: str) -> None:
    assert isinstance(export(format, [], [], []), str)


def test_unknown_format_is_named() -> None:
    with pytest.raises(AmityError, match="docx"):
        export("docx", [], [], [])
