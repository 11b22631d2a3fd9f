"""The sections of the briefing: which lines they have, and the claims that each line rests on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from amity.records import Assessment, Claim, Event, Incident, Relation, Structure, Transfer
from amity.report.material import DONE, Material, Pair, pairs
from amity.report.names import counted, decoded, goods, listed

A_PAIR = 6
"""Lines that one pair of states may take in a section, where there is room for several pairs."""
TOLD = 4
"""How many pairs, and how many other happenings, the findings tell."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the briefing: columns of text, and the claims it rests on.

    `group` is the heading it stands under, `words` are those of the text, for readers without tables.
    """

    cells: tuple[str, ...]
    claims: tuple[str, ...]
    group: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A titled list of lines. `columns` names the cells; `more` counts the lines left out, `command` lists them all.

    `pattern` makes a sentence of the cells and words, for readers without tables.
    """

    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    pattern: str
    more: int = 0
    command: str = ""
    note: str = ""


def findings(material: Material) -> Section:
    """What strikes first: between whom most happens, what is best attested, who arms whom, what is contested."""
    lines = [*_busiest(material), *_attested(material), *_armed(material), *_disputed(material)]
    return Section("Key findings", ("finding",), tuple(lines), "{0}")


def _busiest(material: Material) -> Iterator[Line]:
    for (a, b), group in _ranked(material)[: min(TOLD, material.limit)]:
        if len(group) < 2:
            return
        hostile, friendly = (len(some) for some in _sorted_out(group, material))
        text = (
            f"{material.names(a)} and {material.names(b)}: {len(group)} happenings, {hostile} hostile and "
            f"{friendly} cooperative, {_span(group, material)}."
        )
        yield Line((text,), _cited(material.foremost(group)))


def _attested(material: Material) -> Iterator[Line]:
    for one in material.foremost(material.done())[: min(TOLD, material.limit)]:
        if len(one.sources) > 1:
            lead = material.lead(one)
            words = f" {_quoted(lead)}," if lead else ""
            told = f"{counted(len(one.sources), 'independent source')}: {material.sources(one.sources)}"
            yield Line((f"{material.between(one)}, {material.when(one)}:{words} told by {told}.",), one.claims)


def _armed(material: Material) -> Iterator[Line]:
    supplied: dict[str, list[Incident]] = defaultdict(list)
    for one in material.incidents:
        if one.kind == "transfer" and one.status in DONE | {"future"} and one.actors and one.recipients:
            supplied[one.actors[0]].append(one)
    for supplier, group in sorted(supplied.items(), key=lambda item: (-len(item[1]), item[0]))[:2]:
        receiving = list(dict.fromkeys(one.recipients[0] for one in material.foremost(group)))
        text = f"{material.names(supplier)} supplies arms to {listed(receiving, material.names, 5)}."
        yield Line((text,), _cited(material.foremost(group)))


def _disputed(material: Material) -> Iterator[Line]:
    points = [(one, conflict) for one in material.foremost(material.incidents) for conflict in one.contradictions]
    for one, conflict in points[: min(TOLD, material.limit)]:
        sides = " against ".join(f"{side.value} ({material.sources(side.sources, 2)})" for side in conflict.sides)
        text = f"Contested: {material.headline(one)}: {conflict.about}: {sides}."
        yield Line((text,), tuple(claim for side in conflict.sides for claim in side.claims))


def deeds(material: Material) -> Section:
    """What happened, pair by pair, those with most to do with each other first."""
    shown: dict[str, None] = {}
    lines: list[Line] = []
    ranked = _ranked(material)
    room = material.limit if len(ranked) == 1 else min(A_PAIR, material.limit // 3 + 1)
    for (a, b), group in ranked:
        fresh = [one for one in material.foremost(group) if one.id not in shown][:room]
        if len(lines) >= material.limit:
            break
        heading = f"{material.names(a)} – {material.names(b)}"
        for one in sorted(fresh, key=lambda one: (material.moment(one), one.id))[: material.limit - len(lines)]:
            shown[one.id] = None
            lines.append(_deed(one, material, heading))
    columns = ("when", "who", "what", "whom", "according to")
    rest = len(material.done()) - len(lines)
    pattern = "{0}: {1} → {3}: {words} ({4})"
    return Section("Who did what to whom", columns, tuple(lines), pattern, rest, "amity incidents --kind event")


def _deed(one: Incident, material: Material, heading: str) -> Line:
    lead = material.lead(one)
    words = f"{lead.trigger} ({one.type})" if lead else one.type
    who, whom = material.who(one)
    cells = (material.when(one), who, words, whom, material.sources(one.sources))
    return Line(cells, one.claims, heading, _quoted(lead) if lead else "")


def arms(material: Material) -> Section:
    """Who arms whom with what; transfers of which most is known are chosen, and told in the order of time."""
    found = [(one, lead) for one in material.incidents if (lead := _transfer(one, material))]
    found.sort(key=lambda item: _known(*item), reverse=True)
    kept = sorted(found[: material.limit], key=lambda item: (material.moment(item[0]), item[0].id))
    lines = []
    for one, lead in kept:
        supplier, recipient = (
            listed([code] if code else [], material.names) for code in (lead.supplier, lead.recipient)
        )
        mode = "" if lead.mode == "unspecified" else lead.mode
        sources = material.sources(one.sources)
        cells = (material.when(one), supplier, recipient, goods(lead), mode, one.status, sources)
        lines.append(Line(cells, one.claims))
    columns = ("when", "supplier", "recipient", "goods", "mode", "status", "according to")
    rest = len(found) - len(kept)
    pattern = "{0}: {1} → {2}: {3}, {5} ({6})"
    return Section("Arms transfers", columns, tuple(lines), pattern, rest, "amity claims --kind transfer")


def _transfer(one: Incident, material: Material) -> Transfer | None:
    claims = [claim for key in one.claims if isinstance(claim := material.claims.get(key), Transfer)]
    return max(claims, key=lambda claim: (claim.quantity is not None, claim.system is not None), default=None)


def _known(one: Incident, lead: Transfer) -> tuple[int, int, str]:
    told = (lead.supplier, lead.recipient, lead.system, lead.quantity, one.date)
    return sum(value is not None for value in told), len(one.sources), one.id


def contested(material: Material) -> Section:
    """Each side of every contradiction, with its sources and words."""
    lines = []
    for one in material.foremost(material.incidents):
        for conflict in one.contradictions:
            heading = f"{material.headline(one)} ({material.when(one)}): {conflict.about}"
            for side in conflict.sides:
                quotes = dict.fromkeys(_quoted(material.claims[key]) for key in side.claims if key in material.claims)
                cells = (side.value, material.sources(side.sources), " · ".join(list(quotes)[:2]))
                lines.append(Line(cells, side.claims, heading))
    columns = ("what they say", "sources", "in their words")
    return _section(material, "Contested", columns, lines, "{0}: {1}", "amity incidents --contested")


def doubtful(material: Material) -> Section:
    """What is only alleged, unconfirmed or denied, with everybody through whom it comes."""
    homes = {key: one for one in material.incidents for key in one.claims}
    told: list[Event | Transfer] = [*material.pick(Event), *material.pick(Transfer)]
    lines = [
        Line(
            (claim.status, _subject(claim, homes, material), _quoted(claim), material.says(claim)),
            (claim.id,),
        )
        for claim in told
        if claim.status in ("alleged", "unconfirmed", "denied")
    ]
    note = "Claims that the texts themselves mark as alleged, unconfirmed or denied, with everybody they come through."
    columns = ("status", "claim", "in the words of the text", "says")
    command = "amity claims --status alleged,unconfirmed,denied"
    return _section(material, "Alleged, unconfirmed, denied", columns, lines, "{0}, by {3}: {1}: {2}", command, note)


def _subject(claim: Claim, homes: dict[str, Incident], material: Material) -> str:
    one = homes.get(claim.id)
    return material.headline(one) if one else claim.trigger


def relations(material: Material) -> Section:
    """Pairs by layer: how often they did each other good or ill there, and what the sources call their relation."""
    found: dict[tuple[Pair, str], list[Incident]] = defaultdict(list)
    called: dict[tuple[Pair, str], list[Relation]] = defaultdict(list)
    for one in material.done():
        for pair in pairs(one):
            found[pair, one.layer or "unspecified"].append(one)
    for claim in material.pick(Relation):
        called[(min(claim.a, claim.b), max(claim.a, claim.b)), claim.layer or "unspecified"].append(claim)
    sums: Counter[Pair] = Counter()
    for key in (*found, *called):
        sums[key[0]] += len(found.get(key, ())) + len(called.get(key, ()))
    wanted = set(material.about)
    order = sorted({*found, *called}, key=lambda key: (-len(wanted & {*key[0]}), -sums[key[0]], key))
    lines = [_relation(pair, layer, found[pair, layer], called[pair, layer], material) for pair, layer in order]
    columns = ("between", "layer", "hostile", "cooperative", "when", "the sources call it")
    note = "How many happenings of each layer were hostile or cooperative, and what relation the sources name."
    command = "amity claims --pair A,B"
    pattern = "{0}, {1}: {2} hostile, {3} cooperative; {5}"
    return _section(material, "Relations by layer", columns, lines, pattern, command, note)


def _relation(pair: Pair, layer: str, group: list[Incident], stated: list[Relation], material: Material) -> Line:
    hostile, friendly = (len(some) for some in _sorted_out(group, material))
    labels = ", ".join(dict.fromkeys(f"{claim.label} ({claim.valence})" for claim in stated))
    cited = (*(claim.id for claim in stated), *_cited(material.foremost(group)))
    between = f"{material.names(pair[0])} – {material.names(pair[1])}"
    return Line((between, layer, str(hostile or "–"), str(friendly or "–"), _span(group, material), labels), cited)


def structure(material: Material) -> Section:
    """Statements on how the system hangs together, where they concern somebody that amity knows."""
    lines = [
        Line((*_triple(claim, material), material.says(claim)), (claim.id,))
        for claim in material.pick(Structure)
        if any(actor.code for actor in claim.parties)
    ]
    columns = ("who or what", "is", "of", "says")
    pattern = "{0}: {1} {2} ({3})"
    return _section(material, "Structure of the system", columns, lines, pattern, "amity claims --kind structure")


def _triple(claim: Structure, material: Material) -> tuple[str, str, str]:
    codes = [actor.country for actor in claim.parties]
    subject, object = (decoded(end, codes, material.names) for end in (claim.subject, claim.object))
    return subject, claim.predicate, object


def judgements(material: Material) -> Section:
    """Opinions, as those who hold them put them."""
    lines = [
        Line((claim.target, claim.verdict, _quoted(claim), material.says(claim)), (claim.id,))
        for claim in material.pick(Assessment)
    ]
    note = "Opinions of those named, not findings of this briefing."
    columns = ("of what", "verdict", "in the words of the text", "says")
    pattern = "{3}: {2}"
    return _section(material, "Assessments", columns, lines, pattern, "amity claims --kind assessment", note)


def timeline(material: Material) -> Section:
    """Dated happenings in the order of time; where there are too many, those that matter most."""
    dated = [
        one
        for one in material.incidents
        if one.kind != "quantity" and one.date and one.status in DONE | {"future", "alleged"}
    ]
    kept = sorted(material.foremost(dated)[: material.limit], key=lambda one: (one.date or "", one.id))
    lines = [
        Line((material.when(one), material.headline(one), one.status, str(len(one.sources))), one.claims)
        for one in kept
    ]
    columns = ("when", "happening", "status", "independent sources")
    pattern = "{0}: {1} ({2})"
    return Section("Timeline", columns, tuple(lines), pattern, len(dated) - len(kept), "amity incidents")


def questions(material: Material) -> Section:
    """What somebody who writes this up would still have to find out."""
    lines = [*_single(material), *_announced(material), *_unsettled(material), *_undated(material)]
    return _section(material, "Open questions", ("question",), lines, "{0}", "amity incidents")


def _unsettled(material: Material) -> Iterator[Line]:
    for one in material.incidents:
        for conflict in one.contradictions:
            values = " or ".join(side.value for side in conflict.sides)
            text = f"{material.headline(one)}: {conflict.about}: {values}?"
            yield Line((text,), tuple(claim for side in conflict.sides for claim in side.claims))


def _single(material: Material) -> Iterator[Line]:
    for one in material.incidents:
        if one.status in ("alleged", "unconfirmed") and len(one.sources) == 1:
            by = material.sources(one.sources)
            yield Line((f"{material.headline(one)}: {one.status}, by {by} alone. Who else says so?",), one.claims)


def _announced(material: Material) -> Iterator[Line]:
    for one in material.incidents:
        if one.status == "future" and one.kind == "transfer":
            told = f"announced, {material.when(one)}"
            yield Line((f"{material.headline(one)}: {told}. Was it delivered?",), one.claims)


def _undated(material: Material) -> Iterator[Line]:
    for one in material.incidents:
        if one.kind == "transfer" and one.date is None and one.status in DONE:
            yield Line((f"{material.headline(one)}: {material.when(one)}. When was it?",), one.claims)


SECTIONS = (findings, deeds, arms, contested, doubtful, relations, structure, judgements, timeline, questions)
SHORT = (findings, deeds, arms, doubtful, questions)
"""What a terminal shows."""


def _section(
    material: Material,
    title: str,
    columns: Sequence[str],
    lines: Sequence[Line],
    pattern: str,
    command: str,
    note: str = "",
) -> Section:
    end = material.limit
    while 0 < end < len(lines) and lines[end].group and lines[end].group == lines[end - 1].group:
        end += 1  # what stands under one heading stays together
    kept = tuple(lines[:end])
    return Section(title, tuple(columns), kept, pattern, len(lines) - len(kept), command, note)


def _ranked(material: Material) -> list[tuple[Pair, list[Incident]]]:
    """Pairs with what happened between them: those asked for first, then those with most to do with each other."""
    groups: dict[Pair, list[Incident]] = defaultdict(list)
    for one in material.done():
        for pair in pairs(one):
            groups[pair].append(one)
    wanted = set(material.about)
    return sorted(groups.items(), key=lambda item: (-len(wanted & {*item[0]}), -len(item[1]), item[0]))


def _sorted_out(group: Iterable[Incident], material: Material) -> tuple[list[Incident], list[Incident]]:
    """Hostile and cooperative happenings, by the PLOVER score of their leading claim."""
    hostile: list[Incident] = []
    friendly: list[Incident] = []
    for one in group:
        lead = material.lead(one)
        intensity = lead.intensity if isinstance(lead, Event) else None
        if intensity:
            (hostile if intensity < 0 else friendly).append(one)
    return hostile, friendly


def _span(group: Sequence[Incident], material: Material) -> str:
    years = sorted(moment[:4] for one in group if (moment := material.moment(one)) < "9999")
    if not years:
        return ""
    return years[0] if years[0] == years[-1] else f"{years[0]}–{years[-1]}"


def _cited(group: Iterable[Incident]) -> tuple[str, ...]:
    """One claim of each happening."""
    return tuple(one.claims[0] for one in group if one.claims)


def _quoted(claim: Claim, most: int = 160) -> str:
    """The words of a claim in quotation marks, on one line, cut between words where they are many."""
    words = " ".join(claim.quote.split())
    return f"“{words if len(words) <= most else words[:most].rsplit(' ', 1)[0] + ' …'}”"
