"""What any careful annotator finds in the bundled dispatches, amity finds for the most part."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

import amity
from amity.demo import folder
from amity.records import to_json
from tests.demo.matching import Fields, met

EXPECTED = yaml.safe_load((Path(__file__).parent / "expected.yaml").read_text(encoding="utf-8"))
SHARE = 0.66
"""Rises with the coder; `python -m tests.demo.test_expected` lists what is missed."""


def judged() -> list[tuple[str, Fields, bool]]:
    """Each expectation with the article it belongs to, and whether a claim meets it."""
    results = []
    for name, expectations in EXPECTED.items():
        article, claims = coded(folder() / name)
        results += [(name, one, met(one, claims, article)) for one in expectations]
    return results


def coded(path: Path) -> tuple[str, list[Fields]]:
    """The text of an article and its claims, as `amity code` prints them."""
    from amity import ingest, sources

    (raw,) = sources.fetch_all([str(path)])
    (article,) = ingest.articles(raw)
    return article.text, [json.loads(to_json(claim)) for claim in amity.code(str(path))]


@pytest.mark.skipif(not EXPECTED, reason="no expectations")
def test_most_expectations_are_met() -> None:
    results = judged()
    share = sum(found for _, _, found in results) / len(results)
    assert share >= SHARE, f"{share:.2f} of {len(results)} found"


if __name__ == "__main__":
    for name, expectation, found in judged():
        if not found:
            print(name, json.dumps(expectation, ensure_ascii=False, default=str))
    print(sum(found for *_, found in judged()) / len(judged()))
