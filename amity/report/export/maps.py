"""Incidents on the map."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from amity.records import Incident
from amity.report.names import Names, listed


def geojson(incidents: Sequence[Incident], names: Names) -> str:
    """GeoJSON (RFC 7946): a point for each incident whose place is known, the others as features without geometry."""
    features = [_feature(one, names) for one in incidents]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1) + "\n"


def _feature(one: Incident, names: Names) -> dict[str, Any]:
    place = one.place
    located = place is not None and place.longitude is not None and place.latitude is not None
    return {
        "type": "Feature",
        "id": one.id,
        "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]} if place and located else None,
        "properties": {
            "title": one.title,
            "kind": one.kind,
            "type": one.type,
            "date": one.date,
            "actors": listed(one.actors, names),
            "recipients": listed(one.recipients, names),
            "status": one.status,
            "layer": one.layer,
            "place": place.name or place.text if place else None,
            "sources": list(one.sources),
            "contested": bool(one.contradictions),
        },
    }
