"""What `amity relations` tells beside the figures."""

from __future__ import annotations

from datetime import date

from amity.pipeline.relations import _layers, _notes
from amity.records.panel import Dyad
from amity.records.relations import Source
from amity.relations import with_dyads
from tests import worlds

WHOLE = Source("one", date(2000, 1, 1), date(2001, 12, 31))
LATER = Source("two", date(2002, 1, 1), date(2002, 12, 31))
WITHIN = Source("three", date(2001, 6, 1), date(2002, 6, 30))


def test_data_sets_that_meet_or_overlap_are_told() -> None:
    panel = worlds.constant()
    assert list(_notes([WHOLE], panel, ())) == []
    (meeting,) = _notes([WHOLE, LATER], panel, ())
    assert "a turn where one begins may be theirs (2002-01-01)" in meeting
    overlapping = [note for note in _notes([WHOLE, LATER, WITHIN], panel, ()) if "overlap" in note]
    assert len(overlapping) == 2 and overlapping[0].startswith("one and three overlap in time")


def test_a_pair_without_an_event_is_told() -> None:
    panel = with_dyads(worlds.one_event(), [Dyad("AAB", "AAA")])
    (note,) = _notes([WHOLE], panel, [Dyad("AAA", "AAB"), Dyad("AAB", "AAA")])
    assert note.startswith("AAB AAA: nothing was recorded")


def test_each_layer_is_asked_for_at_once() -> None:
    panel = worlds.complexes(size=3).panel
    assert _layers(panel, ()) == [None]
    assert _layers(panel, ["each"]) == [None, "economic", "military", "political"]
    assert _layers(panel, ["military", "military"]) == ["military"]
