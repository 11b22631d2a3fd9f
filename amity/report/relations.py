"""Relations in plain words: a few lines that say how two stand, when it turned, and what that rests on."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import date

from amity.records.relations import Change, Estimate, Partner, Point, Relation, Relations

Naming = Callable[[str], str]

STRIKING = 0.01
"""A last period that was less probable than this is told."""

CLEAR = 0.5
"""Valences between minus this and this are neither friendly nor hostile."""


def lines(answer: Relations, names: Naming) -> Iterator[str]:
    """The answer in sentences: each relation, its turns, how the two directions differ, what all of it rests on."""
    for one in answer.relations:
        yield from told(one, names)
    if answer.relations:
        turns = sum(len(one.changes) for one in answer.relations)
        yield _scanned(answer, turns)
        yield from _asymmetric(answer, names)
        yield from _scales(answer)
    elif answer.partners:
        first = answer.partners[0]
        share = sum(one.share for one in answer.partners)
        told_of = f"the {len(answer.partners)} states below are {share:.0%} of what it does and is done to it"
        yield f"{names(first.state)} as of {first.start}: {told_of}."
        yield _scanned(answer, sum(len(one.changes) + len(one.changes_back) for one in answer.partners))
    yield f"Data: {'; '.join(f'{one.dataset} {one.since} – {one.until}' for one in answer.sources)}."


def told(one: Relation, names: Naming) -> Iterator[str]:
    """One relation: how it is, how it was, when it turned, what it rests on."""
    known = [point for point in one.points if point.covered]
    who = f"{names(one.actor)} {'and' if one.derived else 'towards'} {names(one.recipient)}"
    head = f"{who}{f', {one.layer}' if one.layer else ''}"
    if not known:
        yield f"{head}: nothing was recorded in that time, which says nothing of calm."
        return
    if not one.coverage.events:
        yield f"{head}: no event in {_rests(one)} The series is what the activity of both lets expect."
        return
    last, first = known[-1], known[0]
    yield (
        f"{head}: {_mood(last.valence)}{_mix(one)}; valence {shown(last.valence, '+')} in {period(last, one.unit)}"
        f"{_averages(one)}."
    )
    yield (
        f"    Intensity {shown(last.intensity)} events per thousand recorded, {_times(first, last, one.unit)} "
        f"(recorded on average {_recorded(known):.2g}); half-life {one.pace.half_life:.1f} {one.unit}s, "
        f"of valence {one.temper.half_life:.1f}."
    )
    for turn in one.changes:
        yield f"    Turned {change(turn, one.unit)}"
    yield from _striking(last, one.unit)
    events = f"{one.coverage.events:,.1f}".removesuffix(".0")
    yield f"    Rests on {events} event{'s' * (events != '1')}, {_rests(one)}"


def _averages(one: Relation) -> str:
    """What its own events score on average, and those of all, by which the word for its valence is to be read."""
    scored = [(point.count, point.mean) for point in one.points if point.count and point.mean is not None]
    own = sum(count * mean for count, mean in scored) / sum(count for count, _ in scored) if scored else None
    parts = [(own, "its own events"), (one.everybody, "all pairs")]
    told = [f"{value:+.1f} of {who}" for value, who in parts if value is not None]
    return f" (mean score {', '.join(told)})" if told else ""


def _recorded(known: list[Point]) -> float:
    """Events per thousand recorded, over all covered periods: a plain ratio."""
    return 1000 * sum(point.count or 0 for point in known) / sum(point.exposure for point in known)


def _striking(last: Point, unit: str) -> Iterator[str]:
    """What is out of the ordinary about the last period: it may be a turn, or pass."""
    when = period(last, unit)
    if last.count_surprise is not None and last.count_surprise < STRIKING:
        yield f"    Out of the ordinary: {last.count:,.0f} events in {when} ({_odds(last.count_surprise)})."
    if last.mean_surprise is not None and last.mean is not None and last.mean_surprise < STRIKING:
        yield f"    Out of the ordinary: a mean score of {last.mean:+.1f} in {when} ({_odds(last.mean_surprise)})."


def _odds(p: float) -> str:
    """A small probability; how small is not for a model to say."""
    return f"p = {p:.3f}" if p >= 0.001 else "p < 0.001"


def change(turn: Change, unit: str) -> str:
    """A turn in words."""
    when = stamp(turn.start, unit)
    if turn.since != turn.until:
        when += f" [{stamp(turn.since, unit)} – {stamp(turn.until, unit)}]"
    chance = f"p = {turn.p:.2g}, adjusted {turn.adjusted:.2g}"
    if turn.aspect == "intensity":
        way = "up" if turn.effect.value > 1 else "down"
        told = f"intensity {way} from {turn.before.value:.2g} to {turn.after.value:.2g}, ×{shown(turn.effect)}"
    else:
        way = "friendlier" if turn.effect.value > 0 else "more hostile"
        told = f"{way}, valence from {turn.before.value:+.1f} to {turn.after.value:+.1f}, {shown(turn.effect, '+')}"
    return f"{when}: {told} ({chance})."


def shown(estimate: Estimate, sign: str = "") -> str:
    """A figure with its interval."""
    size = max(abs(estimate.value), abs(estimate.high), 1e-9)
    digits = 1 if sign else max(0, 2 - math.floor(math.log10(size))) if size < 100 else 0
    digits = min(digits, 2 if size >= 0.1 else 5)
    return f"{estimate.value:{sign}.{digits}f} [{estimate.low:{sign}.{digits}f}, {estimate.high:{sign}.{digits}f}]"


def stamp(day: date, unit: str) -> str:
    """The first day of a period as people write the period."""
    return {"year": f"{day:%Y}", "month": f"{day:%Y-%m}"}.get(unit, day.isoformat())


def period(point: Point, unit: str) -> str:
    """A period as people write it."""
    return stamp(point.start, unit)


def short(turns: tuple[Change, ...], unit: str) -> str | None:
    """The last turn in a word or two, for a table."""
    if not turns:
        return None
    last = max(turns, key=lambda turn: turn.start)
    word = ("more" if last.effect.value > 1 else "less") if last.aspect == "intensity" else None
    return f"{stamp(last.start, unit)} {word or ('friendlier' if last.effect.value > 0 else 'more hostile')}"


def _mood(valence: Estimate) -> str:
    if valence.low > CLEAR:
        return "friendly"
    if valence.high < -CLEAR:
        return "hostile"
    return "rather friendly" if valence.low > 0 else "rather hostile" if valence.high < 0 else "mixed"


def _mix(one: Relation) -> str:
    """What kind of events prevails."""
    if not one.shares:
        return ""
    quad, share = max(one.shares.items(), key=lambda item: item[1].value)
    return f", {'mostly' if share.value > 0.5 else 'most often'} {quad} ({share.value:.0%})"


def _times(first: Point, last: Point, unit: str) -> str:
    if first is last or not first.intensity.value:
        return "in the only period covered"
    ratio = last.intensity.value / first.intensity.value
    told = f"{ratio:.1f} times as in" if ratio >= 1.05 or ratio <= 0.95 else "as much as in"
    apart = last.intensity.low > first.intensity.high or last.intensity.high < first.intensity.low
    return f"{told} {period(first, unit)}{'' if apart else ' (no clear difference)'}"


def _rests(one: Relation) -> str:
    cover = one.coverage
    gaps = ", ".join(f"{gap.since} – {gap.until}" for gap in cover.gaps[:3])
    more = f" and {len(cover.gaps) - 3} more" if len(cover.gaps) > 3 else ""
    return f"{cover.covered} of {cover.periods} {one.unit}s covered{f'; unknown: {gaps}{more}' if gaps else ''}."


def _scanned(answer: Relations, turns: int) -> str:
    if not answer.scanned:
        return "Too little was recorded to look for turns."
    if not turns:
        return f"No turn stands out from how such relations fluctuate ({answer.scanned} series scanned)."
    false = f"at most {answer.false * turns:.2g} of them expected to be false alarms"
    return f"{turns} turn{'s' if turns > 1 else ''} found in {answer.scanned} series, {false}."


def _asymmetric(answer: Relations, names: Naming) -> Iterator[str]:
    last = {(one.actor, one.recipient, one.layer): one for one in answer.asymmetries}
    for one in last.values():
        yield (
            f"Both directions together are derived; {names(one.actor)} acts {shown(one.ratio)} times as often as "
            f"{names(one.recipient)}, and its valence lies {shown(one.difference, '+')} from the other's."
        )


def _scales(answer: Relations) -> Iterator[str]:
    for one in answer.sensitivities[:1]:
        if one.everywhere is None:
            yield f"By {one.scale} scores nothing can be said: the events have none."
            continue
        own = "" if one.correlation is None else f"{one.correlation:.2f} over these periods, "
        yield f"Valence by {one.scale} scores goes with this: correlation {own}{one.everywhere:.2f} over all dyads."


def partner_row(one: Partner, names: Naming, unit: str) -> dict[str, str | float | None]:
    """A partner as a line of a table."""
    return {
        "partner": names(one.partner),
        "share": f"{one.share:.0%}",
        "events": round(one.events),
        "intensity towards": shown(one.intensity),
        "valence towards": shown(one.valence, "+"),
        "intensity back": shown(one.intensity_back),
        "valence back": shown(one.valence_back, "+"),
        "turned": short(one.changes, unit),
        "turned back": short(one.changes_back, unit),
    }
