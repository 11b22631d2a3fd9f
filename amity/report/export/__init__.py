"""Exports: the ledger in the formats of the tools that researchers work with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from amity.errors import AmityError
from amity.records import Article, Claim, Incident
from amity.report.export.annotations import web_annotations
from amity.report.export.citations import bibtex, csl_json, ris
from amity.report.export.graphs import gexf, graphml
from amity.report.export.maps import geojson
from amity.report.names import Names

Export = Callable[[Sequence[Claim], Sequence[Incident], Sequence[Article], Names], str]

FORMATS: Mapping[str, Export] = {
    "graphml": lambda claims, incidents, articles, names: graphml(incidents, names),
    "gexf": lambda claims, incidents, articles, names: gexf(incidents, names),
    "geojson": lambda claims, incidents, articles, names: geojson(incidents, names),
    "bibtex": lambda claims, incidents, articles, names: bibtex(articles),
    "ris": lambda claims, incidents, articles, names: ris(articles),
    "csl-json": lambda claims, incidents, articles, names: csl_json(articles),
    "annotations": lambda claims, incidents, articles, names: web_annotations(claims, articles),
}
"""Name of each format to the function that writes it."""


def export(
    format: str,
    claims: Iterable[Claim],
    incidents: Iterable[Incident],
    articles: Iterable[Article],
    names: Names = str,
) -> str:
    """The material as one document of the named format; raises `AmityError` for a format that there is not."""
    if format not in FORMATS:
        raise AmityError(f"{format}: no such export format; there are {', '.join(FORMATS)}")
    return FORMATS[format](tuple(claims), tuple(incidents), tuple(articles), names)
