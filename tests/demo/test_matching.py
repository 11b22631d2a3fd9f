"""What counts as a met expectation, and what does not."""

import pytest

from .matching import met

TEXT = "Officials said that Russia had sold two frigates to India in June 2009. Delhi denied it."
EXPECTED = {
    "kind": "transfer",
    "supplier": "RUS",
    "recipient": "IND",
    "mode": "sale",
    "status": ["alleged", "occurred"],
    "date": "2009-06",
    "attribution": ["officials"],
    "quote": "Russia had sold two frigates to India",
}
CLAIM = {
    "kind": "transfer",
    "start": 20,
    "end": 57,
    "supplier": {"text": "Russia", "country": "RUS"},
    "recipient": {"text": "India", "country": "IND"},
    "mode": "sale",
    "status": "occurred",
    "date": "2009-06",
    "attribution": [{"text": "Officials", "name": None}],
}


def test_a_claim_that_agrees_meets_the_expectation() -> None:
    assert met(EXPECTED, [CLAIM], TEXT)


@pytest.mark.parametrize(
    "difference",
    [
        {"kind": "event"},
        {"start": 72, "end": 88},
        {"supplier": {"text": "India", "country": "IND"}},
        {"recipient": None},
        {"status": "denied"},
        {"date": "2010"},
        {"date": None},
        {"attribution": []},
        {"attribution": [{"text": "Officials"}, {"text": "Delhi"}]},
    ],
)
def test_a_claim_that_differs_does_not(difference: dict[str, object]) -> None:
    assert not met(EXPECTED, [CLAIM | difference], TEXT)


def test_what_is_not_expected_is_not_judged() -> None:
    bare = {"kind": "transfer", "quote": EXPECTED["quote"]}
    assert met(bare, [CLAIM | {"status": "denied", "attribution": []}], TEXT)
