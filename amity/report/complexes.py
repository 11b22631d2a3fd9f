"""Complexes in words: a few lines for each, for one state, for histories; and rows for tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from amity.records.complexes import Complex, Complexes, Histories, History, Reach, Tie

Names = Callable[[str], str]
Row = dict[str, Any]

FIRM = 0.5
"""Probability from which a member is listed without its figure."""


def lines(found: Complexes, names: Names) -> Iterator[str]:
    """Everything that was found, for people."""
    yield _heading(found)
    for one in found.complexes:
        yield ""
        yield from _complex(one, found, names)
    yield ""
    yield from _outside(found, names)


def _heading(found: Complexes) -> str:
    covered = f"{found.covered} of {found.periods} {found.unit}s covered"
    return (
        f"{len(found.complexes)} complexes at {found.at}, from {found.events:,.0f} weighted security events between "
        f"{found.states} states since {found.since} ({covered}; {', '.join(found.datasets)})"
    )


def _complex(one: Complex, found: Complexes, names: Names) -> Iterator[str]:
    yield f"{one.name} [{one.id}]: {len(one.members)} states, together in {one.together:.0%} of trials"
    firm = [member.state for member in one.members if member.probability >= FIRM]
    loose = [f"{member.state} {member.probability:.0%}" for member in one.members if member.probability < FIRM]
    yield f"  members     {' '.join(sorted(firm))}{'; less surely ' + ', '.join(loose) if loose else ''}"
    yield f"  polarity    {_polarity(one)}"
    yield f"  amity       {_pattern(one)}"
    if one.reach:
        yield f"  reaching in {'; '.join(map(_reach, one.reach))}"
    yield f"  overlay     {one.overlay.probability:.0%}: {one.overlay.why}"
    if one.subcomplexes:
        yield f"  inside it   {'; '.join(' '.join(part.members) for part in one.subcomplexes)}"
    yield f"  rests on    {'; '.join(map(_tie, one.ties[:4])) or 'no pair with an event'}"


def _polarity(one: Complex) -> str:
    polarity = one.polarity
    if polarity.effective is None:
        return "unknown"
    first = ", ".join(f"{state} {share:.0%}" for state, share in list(polarity.shares.items())[:3])
    return f"{polarity.kind}, {polarity.effective:.1f} effective poles by {polarity.basis}: {first}"


def _pattern(one: Complex) -> str:
    pattern = one.pattern
    text = f"{pattern.amity} pairs friendly, {pattern.enmity} hostile, {pattern.neither} neither"
    if pattern.camps and pattern.frustration is not None:
        exact = "" if pattern.exact else f", at least {pattern.bound}"
        against = f"{pattern.frustration} of {pattern.amity + pattern.enmity} pairs against it{exact}"
        sides = " | ".join(" ".join(camp) for camp in pattern.camps)
        text += f"; camps {sides} ({against})" if len(pattern.camps) == 2 else f"; no second camp ({against})"
    if pattern.balanced is not None and pattern.chance is not None:
        text += f"; {pattern.balanced:.0%} of {pattern.triads} triads balanced, {pattern.chance:.0%} by chance"
    return text


def _reach(one: Reach) -> str:
    more = [f"{one.allied:.0%} allied"] if one.allied else []
    more += [f"{one.arms:.0%} of arms"] if one.arms else []
    return f"{one.state} {one.share:.0%} ({one.low:.0%} to {one.high:.0%}{'; ' + ', '.join(more) if more else ''})"


def _tie(one: Tie) -> str:
    return f"{one.a}-{one.b} {one.events:,.0f} events, {one.ratio:.1f} times the expected, {one.mood}"


def _outside(found: Complexes, names: Names) -> Iterator[str]:
    titles = {one.id: one.name for one in found.complexes}
    for power in found.powers:
        home = f"at home in {titles[power.home]} ({power.probability:.0%})" if power.home else "at home in none"
        far = sorted(power.reach.items(), key=lambda item: -item[1])[:3]
        where = (
            "; of its interaction " + ", ".join(f"{share:.0%} with {titles[id]}" for id, share in far) if far else ""
        )
        yield f"{names(power.state)}, {power.level}, held out: {home}{where}"
    for insulator in found.insulators[:8]:
        sides = " and ".join(f"{titles[id]} ({share:.0%})" for id, share in insulator.between.items())
        yield f"{names(insulator.state)} stands between {sides}"
    if found.unassigned:
        few = [one.state for one in found.unassigned if one.reason.startswith("too little")]
        rest = [f"{one.state} ({one.reason})" for one in found.unassigned if one.state not in few]
        yield f"in none: {'; '.join(rest)}" if rest else "all others have too little evidence"
        if few:
            yield f"too little evidence: {' '.join(few)}"


def state_lines(found: Complexes, state: str, names: Names) -> Iterator[str]:
    """One state: where it belongs, with whom, who reaches in there."""
    titles = {one.id: one.name for one in found.complexes}
    home = next((one for one in found.complexes if state in one.states), None)
    if home is not None:
        own = next(member for member in home.members if member.state == state)
        yield f"{names(state)} belongs to {home.name} at {found.at}: {own.probability:.0%} of its company is there"
        if own.elsewhere:
            yield "  elsewhere   " + ", ".join(f"{titles[id]} {share:.0%}" for id, share in own.elsewhere.items())
        yield from _complex(home, found, names)
    for alone in found.unassigned:
        if alone.state == state:
            yield f"{names(state)} is in no complex at {found.at}: {alone.reason}"
            company = ", ".join(f"{titles[id]} {share:.0%}" for id, share in alone.company.items())
            yield f"  company     {company or 'none'}"
    for power in found.powers:
        if power.state == state:
            yield from (text for text in _outside(found, names) if text.startswith(names(state)))
    for insulator in found.insulators:
        if insulator.state == state:
            sides = " and ".join(titles[id] for id in insulator.between)
            yield f"{names(state)} stands between {sides}: {insulator.why}"
    for one in found.complexes:
        reach = next((reach for reach in one.reach if reach.state == state), None)
        if reach is not None:
            yield f"{names(state)} reaches into {one.name}: {_reach(reach)}, with {', '.join(reach.partners)}"


# Rows -------------------------------------------------------------------------------------------------------------


def members(found: Complexes) -> Iterator[Row]:
    """Every state, where it is, and how surely."""
    for one in found.complexes:
        for member in one.members:
            yield {
                "complex": one.id,
                "name": one.name,
                "state": member.state,
                "probability": round(member.probability, 4),
                "events": round(member.events, 2),
                "power": member.power,
                "reason": None,
            }
    for alone in found.unassigned:
        yield {
            "complex": None,
            "name": None,
            "state": alone.state,
            "probability": round(max(alone.company.values(), default=0.0), 4),
            "events": round(alone.events, 2),
            "power": None,
            "reason": alone.reason,
        }


def ties(found: Complexes, state: str | None = None) -> Iterator[Row]:
    """The pairs that complexes rest on."""
    for one in found.complexes:
        for tie in one.ties:
            if state in (None, tie.a, tie.b):
                yield {"complex": one.id, **{field: _round(getattr(tie, field)) for field in tie.__struct_fields__}}


def reaches(found: Complexes) -> Iterator[Row]:
    """Outside states in complexes."""
    for one in found.complexes:
        for reach in one.reach:
            row = {field: _round(getattr(reach, field)) for field in reach.__struct_fields__}
            yield {"complex": one.id, "name": one.name, **row, "partners": " ".join(reach.partners)}


def patterns(found: Complexes) -> Iterator[Row]:
    """A line for each complex: size, power, amity and enmity, overlay."""
    for one in found.complexes:
        pattern = one.pattern
        yield {
            "complex": one.id,
            "name": one.name,
            "states": len(one.members),
            "together": _round(one.together),
            "inside": _round(one.inside),
            "events": _round(one.events),
            "polarity": one.polarity.kind,
            "poles": _round(one.polarity.effective),
            "amity": pattern.amity,
            "enmity": pattern.enmity,
            "neither": pattern.neither,
            "frustration": pattern.frustration,
            "exact": pattern.exact,
            "balanced": _round(pattern.balanced),
            "chance": _round(pattern.chance),
            "overlay": _round(one.overlay.probability),
        }


def _round(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value


# Histories --------------------------------------------------------------------------------------------------------


def history_lines(found: Histories) -> Iterator[str]:
    """Histories, the longest first, and what happened to them."""
    silent = f", {len(found.silent)} of them not covered" if found.silent else ""
    yield (
        f"{len(found.histories)} complexes from {found.since} to {found.until}, {len(found.periods)} {found.unit}s"
        f"{silent} ({', '.join(found.datasets)})"
    )
    for one in found.histories:
        yield ""
        yield f"{one.id} {one.name}: {_span(one)}"
        yield f"  always      {' '.join(one.always) or 'nobody'}"
        if one.sometime:
            yield f"  at times    {' '.join(_while(one, state) for state in one.sometime)}"
    yield ""
    for turn in found.turns:
        what = {"birth": "appears", "end": "ends", "merge": "merges into", "split": "splits from"}[turn.change]
        yield f"{turn.at}  {turn.complex} {what} {turn.other or ''}".rstrip() + f": {' '.join(turn.states)}"


def _span(one: History) -> str:
    first, last = one.slices[0].at, one.slices[-1].at
    return f"{first} to {last}" if first != last else first


def _while(one: History, state: str) -> str:
    inside = sum(state in slice.members for slice in one.slices)
    return f"{state} {inside}/{len(one.slices)}"


def slices(found: Histories, state: str | None = None) -> Iterator[Row]:
    """A row for each state in each slice of each history."""
    for one in found.histories:
        for slice in one.slices:
            for member, probability in slice.members.items():
                if state in (None, member):
                    yield {
                        "at": slice.at,
                        "complex": one.id,
                        "name": slice.name,
                        "state": member,
                        "probability": _round(probability),
                    }


def turns(found: Histories) -> Iterator[Row]:
    """A row for each birth, merge, split and end."""
    for turn in found.turns:
        yield {
            "at": turn.at,
            "complex": turn.complex,
            "change": turn.change,
            "other": turn.other,
            "states": " ".join(turn.states),
        }
