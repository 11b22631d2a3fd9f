"""From material to records: one state between poles, year by year."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from amity.errors import InputError
from amity.records.alignment import (
    PARTS,
    SECURITY,
    Alignment,
    Alignments,
    Measured,
    Part,
    Reliability,
    Response,
    Tie,
    Vectors,
)
from amity.structure.alignment import response
from amity.structure.alignment.engagement import Engagement, drawn, engagement, hedging, verdicts
from amity.structure.alignment.latent import Loading, Scores, fit, score, weights
from amity.structure.alignment.parts import (
    COOPERATION,
    EVENTFUL,
    NEEDS,
    WINDOW,
    Z90,
    Estimate,
    Holdings,
    Material,
    between,
    carried,
    holdings,
    net,
    positions,
    share,
)
from amity.structure.alignment.portfolios import COMMITMENT, renamed

Floats = NDArray[np.float64]

DRAWS = 1000
"""Draws from which intervals and probabilities of verdicts are read."""


def align(material: Material, state: str, since: int, until: int, parts: Collection[str] | None = None) -> Alignments:
    """Where a state stands between each pair of the material's poles, by year.

    The measurement model is fitted on all states and years that there are, whatever years are asked for. `parts` limits
    what alignment is measured by (null: all).

    Raises:
        InputError: for a state or pole that there is not, fewer than two poles, or an unknown part.
    """
    _check(material, state, parts)
    reading = Reading(material, state, since, until, parts)
    pairs = [Pair(reading, *pair) for pair in combinations(range(len(material.poles)), 2)]
    return Alignments(
        state=state,
        poles=material.poles,
        alignments=tuple(one for pair in pairs for one in pair.alignments()),
        ties=tuple(reading.ties()),
        vectors=tuple(reading.vectors()),
        responses=tuple(one for pair in pairs for one in pair.responses()),
        reliabilities=tuple(one for pair in pairs for one in pair.reliabilities()),
        datasets=material.panel.datasets if material.panel is not None else (),
        missing=tuple(_missing(material)),
        notes=tuple(_notes(reading)),
    )


def _check(material: Material, state: str, parts: Collection[str] | None) -> None:
    for one in (state, *material.poles):
        if one not in material.index:
            raise InputError(one, "was no state in these years; amity codebook NAME looks names up")
    if len(set(material.poles)) < 2:
        raise InputError("--poles", "alignment lies between poles; name two or more, such as USA,RUS")
    if state in material.poles:
        raise InputError(state, "is one of the poles itself; name other poles with --poles")
    if unknown := [part for part in parts or () if part not in (*PARTS, *SECURITY)]:
        raise InputError(unknown[0], f"is no component; there are {', '.join(dict.fromkeys((*PARTS, *SECURITY)))}")


@dataclass(frozen=True)
class Reading:
    """One state of the material, in the years asked for."""

    material: Material
    state: str
    since: int
    until: int
    only: Collection[str] | None = None

    @cached_property
    def held(self) -> Holdings:
        """All that parts are read from."""
        return holdings(self.material)

    @cached_property
    def at(self) -> int:
        """The row of the state."""
        return self.material.index[self.state]

    @cached_property
    def columns(self) -> list[tuple[int, int]]:
        """Years asked for in which the state existed, with their columns."""
        there = self.material.members[self.at]
        return [
            (column, year)
            for column, year in enumerate(self.material.years)
            if self.since <= year <= self.until and there[column]
        ]

    def rng(self, salt: int = 0) -> np.random.Generator:
        """Randomness that is the same each time."""
        return np.random.default_rng((self.material.seed, salt))

    @cached_property
    def engaged(self) -> Engagement | None:
        """Engagement with each pole."""
        return engagement(self.held, self.at, DRAWS, self.rng(1), self.material.carry)

    # Ties with single poles -------------------------------------------------------------------------------------------

    def ties(self) -> Iterator[Tie]:
        """The state and each pole, by year."""
        figures = [self._figures(pole) for pole in range(len(self.material.poles))]
        obligations = self._obligations()
        for column, year in self.columns:
            for pole, name in enumerate(self.material.poles):
                found = {key: _at(one, self.at, column) for key, one in figures[pole].items()}
                yield Tie(
                    state=self.state,
                    pole=name,
                    year=year,
                    commitments=self._commitments(obligations, name, column, year),
                    kappa=found.get("kappa"),
                    pi=self._similar("pi", column, pole),
                    s=self._similar("s", column, pole),
                    distance=found.get("distance"),
                    arms=found.get("arms"),
                    tiv=self._tiv(column, pole),
                    cooperation=found.get("cooperation"),
                    valence=found.get("valence"),
                    events=self._events(column, pole),
                    engagement=_spread(self.engaged.draws[:, pole, column]) if self.engaged else None,
                )

    def _figures(self, pole: int) -> dict[str, Estimate]:
        held, found = self.held, {}
        if held.portfolios is not None:
            draws = held.portfolios.kappa[..., pole]
            low, high = between(draws)
            found["kappa"] = Estimate(draws[0], low, high, held.portfolios.third)
        if held.voting is not None:
            ideal, error = held.voting.ideal, held.voting.error
            gap = np.abs(ideal - ideal[self.material.poles_at[pole]])
            doubt = Z90 * np.hypot(error, error[self.material.poles_at[pole]])
            found["distance"] = Estimate(gap, np.maximum(gap - doubt, 0.0), gap + doubt, held.voting.votes)
        if held.supplies is not None:
            part = held.supplies.shares[..., held.supplies.suppliers.index(self.material.poles[pole])]
            known = (held.supplies.total > 0) & held.supplies.covered
            found["arms"] = share(part * held.supplies.weight, held.supplies.weight).where(known)
        if held.deeds is not None:
            whole = held.deeds.all[: len(COOPERATION)].sum(axis=0)
            known = held.deeds.covered & (whole > 0)
            found["cooperation"] = share(held.deeds.to[: len(COOPERATION), pole].sum(axis=0), whole).where(known)
            valence = net(held.deeds, pole)
            found["valence"] = valence.where(held.deeds.covered & (valence.rests > 0))
        return found

    def _obligations(self) -> dict[tuple[int, str], tuple[str, ...]]:
        """Kinds of obligation between the state and each pole by year."""
        table = self.material.alliances
        if table is None:
            return {}
        table = renamed(table, ("a", "b"), self.material.codes)
        table = table.filter(pc.or_(pc.equal(table["a"], self.state), pc.equal(table["b"], self.state)))
        found: dict[tuple[int, str], set[str]] = {}
        for row in table.to_pylist():
            other = row["b"] if row["a"] == self.state else row["a"]
            found.setdefault((row["year"], other), set()).update(kind for kind in COMMITMENT if row[kind])
        return {key: tuple(kind for kind in COMMITMENT if kind in kinds) for key, kinds in found.items()}

    def _commitments(
        self, obligations: Mapping[tuple[int, str], tuple[str, ...]], pole: str, column: int, year: int
    ) -> tuple[str, ...] | None:
        held = self.held.portfolios
        if held is None or not np.isfinite(held.ties[self.at, column]).any():
            return None
        return obligations.get((year, pole), ())

    def _similar(self, which: str, column: int, pole: int) -> float | None:
        if self.held.portfolios is None:
            return None
        values = self.held.portfolios.pi if which == "pi" else self.held.portfolios.s
        return _known(values[self.at, column, pole])

    def _tiv(self, column: int, pole: int) -> float | None:
        held = self.held.supplies
        return _known(held.from_poles[pole, self.at, column]) if held is not None and held.covered[column] else None

    def _events(self, column: int, pole: int) -> float | None:
        held = self.held.deeds
        if held is None or not held.covered[self.at, column]:
            return None
        return _known(held.to[:, pole, self.at, column].sum())

    # All poles together -----------------------------------------------------------------------------------------------

    def vectors(self) -> Iterator[Vectors]:
        """How evenly the state deals with all poles, and from how many its arms come, by year."""
        level = even = None
        if self.engaged is not None:
            level, even = self.engaged.level(list(range(len(self.material.poles)))), self.engaged.evenness()
        diversified = self._diversified()
        for column, year in self.columns:
            yield Vectors(
                state=self.state,
                poles=self.material.poles,
                year=year,
                index=None if level is None or even is None else _spread((level * even)[:, column]),
                evenness=None if even is None else _spread(even[:, column]),
                level=None if level is None else _spread(level[:, column]),
                suppliers=diversified.get(column),
            )

    def _diversified(self) -> dict[int, Measured]:
        """1 - Σs² over all suppliers, with shares drawn as if there were as many deliveries as Kish's number says."""
        held = self.held.supplies
        if held is None:
            return {}
        rng, found = self.rng(2), {}
        for column, _ in self.columns:
            if held.covered[column] and held.total[self.at, column] > 0:
                shares = held.shares[self.at, column]
                shares = shares[shares > 0]
                drawn_ = rng.dirichlet(shares * held.weight[self.at, column], size=DRAWS)
                value = float(1.0 - (shares**2).sum())
                low, high = np.quantile(1.0 - (drawn_**2).sum(axis=1), (0.05, 0.95))
                found[column] = Measured(value, min(float(low), value), max(float(high), value))
        return found


@dataclass(frozen=True)
class Pair:
    """The state of a reading between two of its poles."""

    reading: Reading
    toward: int
    against: int

    @cached_property
    def names(self) -> tuple[str, str]:
        """The codes of the poles."""
        return self.reading.material.poles[self.toward], self.reading.material.poles[self.against]

    @cached_property
    def positions(self) -> dict[str, Estimate]:
        """Every part that there is, as far as its data go."""
        found = positions(self.reading.material, self.reading.held, self.toward, self.against)
        only = self.reading.only
        return {name: part for name, part in found.items() if only is None or name in only}

    @cached_property
    def ends(self) -> dict[str, int]:
        """The column of the last year of every part's data."""
        return {name: carried(part, 0)[1] for name, part in self.positions.items()}

    def _model(self, names: Sequence[str]) -> tuple[dict[str, Estimate], dict[str, Loading], Scores]:
        """Fitted to the data, applied also where these are carried on."""
        parts = {name: self.positions[name] for name in names if name in self.positions}
        loadings = fit(parts)
        there = self.reading.material.members
        parts = {name: carried(part, self.reading.material.carry)[0].where(there) for name, part in parts.items()}
        return parts, loadings, score(parts, loadings)

    @cached_property
    def whole(self) -> tuple[dict[str, Estimate], dict[str, Loading], Scores]:
        """The measurement model of all parts."""
        return self._model(PARTS)

    @cached_property
    def secure(self) -> tuple[dict[str, Estimate], dict[str, Loading], Scores]:
        """The measurement model of the security layer."""
        return self._model(SECURITY)

    def alignments(self) -> Iterator[Alignment]:
        """Alignment, engagement and verdict by year."""
        reading, (parts, loadings, scores) = self.reading, self.whole
        pulls = weights(parts, loadings)
        without = {name: score(parts, loadings, (name,)).quantile(0.0) for name in parts}
        side = drawn(self.secure[2], reading.at, DRAWS, reading.rng(3)) if self.secure[0] else None
        level = reading.engaged.level([self.toward, self.against]) if reading.engaged else None
        words = verdicts(level, side, *self.names) if level is not None and side is not None else {}
        for column, year in reading.columns:
            said = {word: float(chance[column]) for word, chance in words.items() if np.isfinite(chance[column])}
            word = max(said, key=lambda one: said[one]) if said else None
            found = [
                Part(
                    name=name,
                    position=Measured(*(float(np.clip(one, -1.0, 1.0)) for one in (at.value, at.low, at.high))),
                    weight=float(pulls[name][reading.at, column]),
                    rests=float(part.rests[reading.at, column]),
                    basis=self._basis(name, part, column, year),
                    carried=column > self.ends[name],
                )
                for name, part in parts.items()
                if (at := _at(part, reading.at, column)) is not None
            ]
            yield Alignment(
                state=reading.state,
                toward=self.names[0],
                against=self.names[1],
                year=year,
                alignment=_scored(scores, reading.at, column),
                security=_scored(self.secure[2], reading.at, column),
                engagement=_spread(level[:, column]) if level is not None else None,
                hedging=_spread(hedging(level, side)[:, column]) if level is not None and side is not None else None,
                verdict=word,
                probability=said[word] if word else None,
                verdicts=said,
                parts=tuple(found),
                without={
                    name: float(value[reading.at, column])
                    for name, value in without.items()
                    if np.isfinite(value[reading.at, column]) and np.isfinite(parts[name].value[reading.at, column])
                },
                covered=sum(not part.carried for part in found),
                of=len(parts),
            )

    def _basis(self, name: str, part: Estimate, column: int, year: int) -> str:
        reading = self.reading
        rests = float(part.rests[reading.at, column])
        if column > self.ends[name]:
            return f"as in {year - column + self.ends[name]}, when its data end"
        match name:
            case "alliances":
                return f"portfolios over {rests:.0f} states"
            case "votes":
                return f"{rests:.0f} votes"
            case "arms":
                held = reading.held.supplies
                assert held is not None
                total = held.total[reading.at, column]
                return f"{total:,.0f} million TIV {year - WINDOW + 1}–{year}, worth {rests:.1f} equal deliveries"
            case _:
                return f"{rests:,.0f} event{'' if rests == 1 else 's'}"

    def reliabilities(self) -> Iterator[Reliability]:
        """How much each part agrees with the score."""
        for security, (_, loadings, _) in ((False, self.whole), (True, self.secure)):
            for name, loading in loadings.items():
                yield Reliability(
                    toward=self.names[0],
                    against=self.names[1],
                    part=name,
                    security=security,
                    reliability=loading.reliability,
                    slope=loading.slope,
                    known=int(np.isfinite(self.positions[name].value).sum()),
                )

    def responses(self) -> Iterator[Response]:
        """Balancing or bandwagoning towards each pole of the pair."""
        uneventful = [name for name in PARTS if name not in EVENTFUL]
        parts = {name: self.positions[name] for name in uneventful if name in self.positions}
        deeds = self.reading.held.deeds
        if deeds is None or not parts:
            return
        scores = score(parts, fit(parts))
        known = np.stack([np.isfinite(part.value) for part in parts.values()])
        same = (known[:, :, 1:] == known[:, :, :-1]).all(axis=0)
        for pole, rival, sign in ((self.toward, self.against, 1.0), (self.against, self.toward, -1.0)):
            by = deeds.by[:, pole]
            good, bad = by[: len(COOPERATION)].sum(axis=0), by[len(COOPERATION) :].sum(axis=0)
            on = response.pressure(bad, good, deeds.covered)
            how = {"seed": self.reading.material.seed, "rounds": self.reading.material.rounds}
            found = response.respond(sign * scores.mean, on, same, **how)
            after = response.respond(sign * scores.mean, on, same, lag=-1, **how)
            if found is not None:
                yield self._response(found, after, pole, rival)

    def _response(self, found: response.Responses, after: response.Responses | None, pole: int, rival: int) -> Response:
        material = self.reading.material
        strength = found.of(self.reading.at, self.reading.rng(4)) / found.noise
        placebo = after.of(self.reading.at, self.reading.rng(5)) if after else None
        row = np.flatnonzero(found.states == self.reading.at)
        return Response(
            state=self.reading.state,
            pole=material.poles[pole],
            against=material.poles[rival],
            strength=_certain(strength),
            balancing=float((strength < 0).mean()),
            bandwagoning=float((strength >= 0).mean()),
            placebo=None if placebo is None else float((placebo < 0).mean()),
            typical=_certain(found.typical / found.noise),
            years=int(found.years[row[0]]) if len(row) else 0,
            since=material.years[found.since],
            until=material.years[found.until],
            states=len(found.states),
        )


# Shared -----------------------------------------------------------------------------------------------------------


def _known(value: float | np.floating) -> float | None:
    return float(value) if np.isfinite(value) else None


def _at(estimate: Estimate, state: int, column: int) -> Measured | None:
    figures = [float(one[state, column]) for one in (estimate.value, estimate.low, estimate.high)]
    return Measured(*figures) if np.isfinite(figures).all() else None


def _spread(draws: Floats) -> Measured | None:
    return _certain(draws) if np.isfinite(draws).all() else None


def _certain(draws: Floats) -> Measured:
    low, high = np.quantile(draws, (0.05, 0.95))
    return Measured(float(np.mean(draws)), float(low), float(high))


def _scored(scores: Scores, state: int, column: int) -> Measured | None:
    if not scores.mean.size or not np.isfinite(scores.mean[state, column]):
        return None
    return Measured(*(float(scores.quantile(side)[state, column]) for side in (0.0, -Z90, Z90)))


def _missing(material: Material) -> Iterator[str]:
    for part, table in NEEDS.items():
        if not _rows(getattr(material, table)):
            yield f"{part}: nothing imported; {IMPORTS[table]}"
    if material.panel is None:
        yield f"{', '.join(EVENTFUL)}: no events; {IMPORTS['events']}"


IMPORTS = {
    "alliances": "amity import atop FILE (ATOP, dyad-years) brings it",
    "votes": "amity import unga FILE (ideal points of Bailey, Strezhnev and Voeten) brings it",
    "deliveries": "amity import sipri-tiv FILE (SIPRI, TIV by supplier, recipient and year) brings it",
    "events": "amity import FILE (ICEWS and other event data) or amity read ARTICLES brings them",
}


def _rows(table: pa.Table | None) -> int:
    return 0 if table is None else int(table.num_rows)


def _notes(reading: Reading) -> Iterator[str]:
    material = reading.material
    for table in ("alliances", "votes", "deliveries"):
        held = getattr(material, table)
        if _rows(held) and (last := pc.max(held["year"]).as_py()) < reading.until:
            yield f"{table} end in {last}; {_goes_on(material, last)}"
    deeds = reading.held.deeds
    if deeds is not None:
        own, all_ = deeds.covered[reading.at], deeds.covered.any(axis=0)
        if all_.any() and not own.any():
            yield f"the events know nothing of {reading.state}; parts read from them are left out"
        if all_.any() and reading.until > (last := max(np.array(material.years)[all_])):
            yield f"events end in {last}; {_goes_on(material, last)}"
    if len(material.panel.datasets if material.panel else ()) > 1:
        yield "several data sets of events may hold the same event twice; --dataset takes one"


def _goes_on(material: Material, last: int) -> str:
    return f"until {last + material.carry} the last position is carried on, ever less surely"
