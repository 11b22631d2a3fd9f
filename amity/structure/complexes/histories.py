"""Complexes period by period, matched into histories: births, merges, splits, ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linear_sum_assignment

from amity.records.complexes import Change, History, Settings, Slice, Turn
from amity.structure.complexes.finding import Background, grouped, setup
from amity.structure.complexes.interaction import Course, Floats, standing
from amity.structure.complexes.naming import name

MEMORY = 0.5
"""How much the period before counts in what divisions agree on."""

PROFILE = 0.7
"""How much of a history's profile of members stays from one period to the next."""

LEAST = 0.2
"""Overlap (weighted Jaccard) below which a complex is no continuation of a history."""

PATIENCE = 3
"""Periods that a history may be out of sight."""

CORE, FORGOTTEN = 0.25, 0.02
"""Weight in a profile from which a state counts as a member, and below which it is dropped."""

SHARE = 0.5
"""Share of a complex's members that must come from a history, or go to one, to speak of a split or merge."""


@dataclass(frozen=True)
class Cut:
    """The complexes of one period: members with their probabilities, and names."""

    at: str
    complexes: tuple[dict[str, float], ...]
    names: tuple[str, ...]


def cuts(
    course: Course,
    ends: Sequence[str],
    chosen: Sequence[int],
    halflife: float,
    background: Mapping[int, Background],
    settings: Settings,
) -> Iterator[Cut]:
    """The complexes after each of the `chosen` periods, in their order, each remembering the one before.

    `ends` are the last days of all periods, `halflife` is in periods, `background` what was known at each.
    """
    rng = np.random.default_rng(settings.seed)
    before: Floats | None = None
    for period in chosen:
        around = background[period]
        now = standing(course, period, halflife)
        ready = setup(now, around, settings)
        known = before if before is not None and len(before) == len(ready.regional) else None
        grouping = grouped(ready, settings, rng, known, MEMORY)
        before = grouping.share
        states = [course.states[one] for one in ready.regional]
        size = around.size if around.size is not None else now.events.sum(axis=1)
        found = []
        names = []
        for k in range(grouping.complexes):
            inside = np.flatnonzero(grouping.member[:, k])
            found.append({states[one]: float(grouping.company[one, k]) for one in inside})
            leaders = sorted(inside, key=lambda one: (-np.nan_to_num(size[ready.regional[one]]), states[one]))
            names.append(name([states[one] for one in inside], [states[one] for one in leaders], around.regions))
        yield Cut(ends[period], tuple(found), tuple(names))


@dataclass
class _Thread:
    """A history while it is being followed: its profile of members, and the step at which it was last seen."""

    id: str
    profile: dict[str, float]
    seen: int
    slices: list[Slice] = field(default_factory=list)

    @property
    def core(self) -> set[str]:
        """States that were in it lately."""
        return {state for state, weight in self.profile.items() if weight >= CORE}

    def take(self, step: int, cut: Cut, k: int) -> None:
        """Go on with a complex."""
        members = cut.complexes[k]
        states = self.profile.keys() | members.keys()
        blended = {s: PROFILE * self.profile.get(s, 0.0) + (1 - PROFILE) * members.get(s, 0.0) for s in states}
        self.profile = {state: weight for state, weight in blended.items() if weight > FORGOTTEN}
        self.seen = step
        self.slices.append(Slice(at=cut.at, name=cut.names[k], members=members))


def follow(found: Sequence[Cut]) -> tuple[tuple[History, ...], tuple[Turn, ...]]:
    """Histories and what happened to them.

    In each period, complexes are assigned to histories so that the sum of overlaps is largest (Kuhn 1955): overlap is
    Σ min / Σ max of membership probabilities against the history's profile, which changes slowly and lasts through
    `PATIENCE` periods out of sight. A complex without a history is a split when `SHARE` of its members were in one that
    goes on, else a birth; a history without a complex has merged when `SHARE` of its members were in another's complex
    in the period after its last, else it ended.
    """
    going: list[_Thread] = []
    every: list[_Thread] = []
    owners: list[dict[int, _Thread]] = []
    turns: list[Turn] = []
    for step, cut in enumerate(found):
        owner = _matched(going, cut)
        old = list(owner.values())
        for k, members in enumerate(cut.complexes):
            if k not in owner:
                owner[k] = _Thread(f"H{len(every) + 1}", dict(members), step)
                going.append(owner[k])
                every.append(owner[k])
                if step:
                    turns.append(_beginning(owner[k].id, cut.at, set(members), old))
            owner[k].take(step, cut, k)
        owners.append(owner)
        going = [thread for thread in going if step - thread.seen < PATIENCE]
    for thread in every:
        if thread.seen + 1 < len(found):
            turns.append(_ending(thread, found[thread.seen + 1], owners[thread.seen + 1]))
    longest = sorted(every, key=lambda thread: -len(thread.slices))
    return tuple(_history(thread) for thread in longest), tuple(sorted(turns, key=lambda turn: turn.at))


def _matched(threads: Sequence[_Thread], cut: Cut) -> dict[int, _Thread]:
    """Which complex goes on with which history."""
    if not threads or not cut.complexes:
        return {}
    overlaps = np.array([[overlap(thread.profile, members) for members in cut.complexes] for thread in threads])
    rows, columns = linear_sum_assignment(-overlaps)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return {column: threads[row] for row, column in pairs if overlaps[row, column] >= LEAST}


def overlap(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Weighted Jaccard: Σ min / Σ max over all states."""
    states = one.keys() | other.keys()
    most = sum(max(one.get(state, 0.0), other.get(state, 0.0)) for state in states)
    return sum(min(one.get(state, 0.0), other.get(state, 0.0)) for state in states) / most if most else 0.0


def _beginning(id: str, at: str, members: set[str], others: Sequence[_Thread]) -> Turn:
    source = max(others, key=lambda thread: len(thread.core & members), default=None)
    if source is not None and len(source.core & members) < SHARE * len(members):
        source = None
    change: Change = "split" if source else "birth"
    return Turn(at=at, change=change, complex=id, other=source.id if source else None, states=tuple(sorted(members)))


def _ending(thread: _Thread, cut: Cut, owner: Mapping[int, _Thread]) -> Turn:
    core = thread.core
    target = max(owner, key=lambda k: len(core & cut.complexes[k].keys()), default=None)
    if target is not None and len(core & cut.complexes[target].keys()) < SHARE * len(core):
        target = None
    return Turn(
        at=cut.at,
        change="end" if target is None else "merge",
        complex=thread.id,
        other=None if target is None else owner[target].id,
        states=tuple(sorted(core)),
    )


def _history(thread: _Thread) -> History:
    always = set(thread.slices[0].members)
    sometime = set(always)
    for one in thread.slices:
        always &= one.members.keys()
        sometime |= one.members.keys()
    return History(
        id=thread.id,
        name=thread.slices[-1].name,
        slices=tuple(thread.slices),
        always=tuple(sorted(always)),
        sometime=tuple(sorted(sometime - always)),
    )
