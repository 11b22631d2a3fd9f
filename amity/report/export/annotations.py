"""The evidence as W3C Web Annotations."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from amity.records import Article, Claim

CONTEXT = 32
"""Characters of prefix and suffix, so that a quotation is found again in an edited page."""


def web_annotations(claims: Sequence[Claim], articles: Sequence[Article]) -> str:
    """JSON-LD after the Web Annotation Data Model (W3C Recommendation, 2017): each claim annotates its words."""
    known = {article.id: article for article in articles}
    document = {
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"amity": "urn:amity:"}],
        "id": "urn:amity:annotations",
        "type": "AnnotationCollection",
        "total": len(claims),
        "first": {
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": [_annotation(claim, known) for claim in claims],
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _annotation(claim: Claim, articles: Mapping[str, Article]) -> dict[str, Any]:
    article = articles.get(claim.article)
    text = article.text if article else ""
    return {
        "id": f"urn:amity:claim:{claim.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": {"type": "Dataset", "format": "application/json", "amity:claim": msgspec.to_builtins(claim)},
        "target": {
            "source": (article.url if article else None) or f"urn:amity:article:{claim.article}",
            "selector": [
                {"type": "TextPositionSelector", "start": claim.start, "end": claim.end},
                {
                    "type": "TextQuoteSelector",
                    "exact": claim.quote,
                    "prefix": text[max(0, claim.start - CONTEXT) : claim.start],
                    "suffix": text[claim.end : claim.end + CONTEXT],
                },
            ],
        },
    }
