"""Who does what to whom as a graph: one node a party, edges from actor to recipient."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import Any

from amity.records import Incident
from amity.report.names import Names

UNFIT = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot carry (section 2.2)."""


def graphml(incidents: Sequence[Incident], names: Names) -> str:
    """GraphML with one edge for each pair of parties and type: number of incidents, first and last date."""
    import networkx as nx

    graph = nx.MultiDiGraph()
    groups: dict[tuple[str, str, str], list[Incident]] = defaultdict(list)
    for incident, actor, recipient in _edges(incidents):
        groups[actor, recipient, incident.type].append(incident)
    _nodes(graph, incidents, names)
    for (actor, recipient, kind), group in sorted(groups.items()):
        dates = sorted(one.date for one in group if one.date)
        graph.add_edge(
            actor,
            recipient,
            key=kind,
            type=kind,
            layers=", ".join(sorted({one.layer for one in group if one.layer})),
            incidents=len(group),
            weight=float(len(group)),
            first=dates[0] if dates else "",
            last=dates[-1] if dates else "",
        )
    return _written(nx.write_graphml, graph)


def gexf(incidents: Sequence[Incident], names: Names) -> str:
    """Dated GEXF 1.2 (dynamic): one edge for each incident, with start and end where the incident is dated."""
    import networkx as nx

    graph = nx.MultiDiGraph(mode="dynamic", defaultedgetype="directed")
    _nodes(graph, incidents, names)
    for incident, actor, recipient in _edges(incidents):
        attributes: dict[str, Any] = {"type": incident.type, "layer": incident.layer or "", "status": incident.status}
        if incident.date:
            first, _, last = incident.date.partition("/")
            attributes |= {"start": first, "end": last or first}
        graph.add_edge(actor, recipient, key=incident.id, label=_clean(incident.title), **attributes)
    return _written(nx.write_gexf, graph)


def _edges(incidents: Sequence[Incident]) -> Iterator[tuple[Incident, str, str]]:
    """Each directed pair of an incident; a mutual one gives both directions of each pair."""
    for incident in incidents:
        if incident.mutual:
            pairs = combinations(dict.fromkeys((*incident.actors, *incident.recipients)), 2)
            yield from (
                (incident, *pair) for a, b in pairs for pair in ((_clean(a), _clean(b)), (_clean(b), _clean(a)))
            )
        else:
            for actor, recipient in product(incident.actors, incident.recipients):
                yield incident, _clean(actor), _clean(recipient)


def _nodes(graph: Any, incidents: Sequence[Incident], names: Names) -> None:
    codes = sorted({code for one in incidents for code in (*one.actors, *one.recipients)})
    for code in codes:
        graph.add_node(_clean(code), label=_clean(names(code)))


def _clean(text: str) -> str:
    return UNFIT.sub("�", text)


def _written(write: Any, graph: Any) -> str:
    buffer = io.BytesIO()
    write(graph, buffer)
    return buffer.getvalue().decode("utf-8")
