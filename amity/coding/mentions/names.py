"""Names in the text: phrases of the codebook, and names that the language model recognises, as stretches of tokens."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from amity.coding.timex import cue
from amity.records import Actor

if TYPE_CHECKING:
    from amity.codebook import Codebook
    from amity.codebook.phrases import Entry
    from amity.codebook.reference import Honorific, Reference
    from amity.codebook.roles import Roles
    from amity.coding.parse import Doc, Span, Token
    from amity.records import Article

IGNORED = frozenset({"arms", "title"})
NATIONAL = frozenset({"adjective", "people", "prefix"})  # roles of phrases that name a nation, not a state


_DESIGNATION = re.compile(r"[-‑–]\d")  # "PMU-2" is no militia


@dataclass(slots=True)
class Name:
    """A name: token span, head token, and what the codebook knows of it (`entry` is null for unknown names)."""

    start: int
    end: int
    head: Token
    entry: Entry | None
    label: str = ""  # of the language model, for names the codebook does not know
    within: bool = False  # only part of a token: "anti-Israeli"

    @property
    def national(self) -> bool:
        """Whether it is an adjective or noun of nationality."""
        return self.entry is not None and self.entry.role in NATIONAL

    @property
    def person(self) -> bool:
        """Whether it names a person."""
        return self.entry.kind == "person" if self.entry else self.label == "PERSON"


class Titles(NamedTuple):
    """What can stand before a name: offices, and forms of address."""

    roles: Roles
    honours: Mapping[str, Honorific]


def find_names(article: Article, doc: Doc, codebook: Codebook, on: date | None) -> list[Name]:
    """Names in the order of the text, none overlapping: first the codebook's, then the model's, then titled ones."""
    titles = Titles(codebook.roles, codebook.reference.honours())
    furniture = [(span.start, span.end) for span in article.furniture]
    known = [name for name in _known(article, doc, codebook, on, titles) if not _inside(doc[name.start].idx, furniture)]
    taken = {i for name in known for i in range(name.start, name.end)}
    names = [name for name in known if name.entry is not None and name.entry.kind not in IGNORED]
    for entity in doc.ents:
        if not _inside(entity.start_char, furniture) and taken.isdisjoint(range(entity.start, entity.end)):
            titled = entity.label_ in ("GPE", "LOC") and (
                _follows_title(entity[0], titles) or _stands_aside(entity, titles)
            )
            if titled or (entity.label_ in ("PERSON", "ORG") and not _is_office(entity, titles)):
                names += _unknown(entity, "PERSON" if titled else entity.label_, titles)
    taken.update(i for name in names for i in range(name.start, name.end))
    names += _titled(doc, taken, titles)
    return sorted(names, key=lambda name: name.start)


def _is_office(entity: Span, titles: Titles) -> bool:
    """An office is no body of its own, nor is what it is for: "the Ministers of | Foreign Affairs"."""
    doc, first = entity.doc, entity.start
    if len(entity) > 1 and (role := titles.roles.get(doc[first].lower_)) is not None and role.person:
        return entity.label_ == "ORG" and doc[first + 1].lower_ == "of"
    while first and doc[first - 1].lower_ == "the":
        first -= 1
    return first > 1 and doc[first - 1].lower_ == "of" and doc[first - 2].lemma_.lower() in ("minister", "ministry")


def is_place(name: Name, words: Reference) -> bool:
    """Whether a capital or state names where something happens rather than who acts."""
    head = name.head
    while head.dep_ == "conj" and not any(child.dep_ == "case" for child in head.children):
        head = head.head
    case = next((child.lower_ for child in head.children if child.dep_ == "case"), "")
    governor = head.head
    if case in words.placing:
        return True
    if case in ("to", "from", "for"):
        return governor.lemma_.lower() in words.motion or (case == "from" and governor.lemma_ in words.launching)
    capital = name.entry is not None and name.entry.role == "capital"
    if capital and _opens_dateline(name):
        return True
    if head.dep_ == "obj":
        return governor.lemma_ in words.placed
    if head.dep_ in ("ROOT", "list", "dep", "nmod:unmarked", "obl:unmarked", "flat"):
        return capital  # a dateline
    if head.dep_ in ("compound", "appos") and capital:
        return bool(head.dep_ == "appos" and governor.ent_type_ == "GPE")
    return (
        capital
        and case == "of"
        and governor.lower_ in ("city", "capital", "town", "streets", "outskirts", "suburb", "north", "south")
    )


def _opens_dateline(name: Name) -> bool:
    """Whether a capital is written in capitals at the head of a story: "TEHRAN, 11 May (Agency) – Iran has …"."""
    first, doc = name.head, name.head.doc
    shouted = first.text.isupper() and len(first.text) > 3 and first.is_sent_start
    following = doc[name.end].text if name.end < len(doc) else ""
    return shouted and following in (",", "/", "(", "–", "—", "-", ":", "|", "\n\n", ".")


def actor(name: Name, article: Article, doc: Doc, sector: str | None = None) -> Actor | None:
    """The name as somebody who acts; null for places and arms."""
    start, end = doc[name.start].idx, doc[name.end - 1].idx + len(doc[name.end - 1])
    text, entry = article.text[start:end], name.entry
    if entry is None:
        return Actor(text=text, name=text, start=start, end=end, sector=sector)
    named = entry.kind in ("person", "organisation", "group") or entry.role == "metonym"
    country = entry.country or (entry.id if entry.kind in ("state", "dependency") else None)
    if entry.kind == "place" and country is None:
        return None
    return Actor(
        text=text,
        country=country,
        sector=sector or entry.sector,
        name=entry.name if named else None,
        start=start,
        end=end,
    )


def _known(article: Article, doc: Doc, codebook: Codebook, on: date | None, titles: Titles) -> Iterator[Name]:
    starts = [word.idx for word in doc]
    for match in codebook.find(article.text, on):
        entry = next((entry for entry in match.entries if entry.kind not in IGNORED), match.entries[0])
        if entry.kind not in IGNORED and _DESIGNATION.match(article.text, match.end):
            continue
        first, last = bisect_right(starts, match.start) - 1, bisect_left(starts, match.end)
        unless = codebook.table.unless(article.text[match.start : match.end])
        if unless and doc[first].ent_type_ in unless:
            continue
        token = doc[first]
        whole = entry.role in NATIONAL or (entry.kind == "person" and entry.role != "surname")
        if not whole and _is_part_of_person(doc, first, last, titles):
            continue
        entry = _of_its_time(entry, codebook, on)
        within = token.idx != match.start or doc[last - 1].idx + len(doc[last - 1]) != match.end
        yield Name(first, last, doc.span(first, last).root, entry, within=within)


def _of_its_time(entry: Entry, codebook: Codebook, on: date | None) -> Entry:
    """A body of a state that was not there yet belongs to the one that had its capital: TASS of 1980 is Soviet."""
    state = codebook.states.get(entry.country)
    if entry.kind != "organisation" or on is None or state is None or state.exists(on):
        return entry
    seats = {seat.city for seat in state.capitals}
    before = (other for other in codebook.states if other.exists(on) and seats & {s.city for s in other.capitals})
    return msgspec.structs.replace(entry, country=next((other.id for other in before), entry.country))


def _is_part_of_person(doc: Doc, start: int, end: int, titles: Titles) -> bool:
    """Whether the name is only one of another person's: "Israel Katz" is no state, "Ivana Trump" not the president."""
    if doc[start].ent_type_ != "PERSON" or not all(doc[i].ent_type_ == "PERSON" for i in range(start, end)):
        return False
    before = doc[start].ent_iob_ == "I" and start > 0 and doc[start - 1].pos_ == "PROPN"
    before = before and doc[start - 1].lower_ not in titles.honours and doc[start - 1].lower_ not in titles.roles
    after = end < len(doc) and doc[end].ent_iob_ == "I" and doc[end].pos_ == "PROPN"
    return before or after


def _unknown(entity: Span, label: str, titles: Titles) -> Iterator[Name]:
    """A name of the model's, as far as the parse takes it, without a possessive at its end."""
    if not any(character.isupper() for character in entity.text):
        return
    doc, end = entity.doc, entity.end
    while end > entity.start + 1 and doc[end - 1].dep_ in ("case", "punct"):
        end -= 1
    while label == "PERSON" and end < len(doc) and doc[end].dep_ == "flat" and _is_free(doc[end]):
        end += 1
    if all(doc[i].lower_ in titles.honours for i in range(entity.start, end)):
        return
    body = titles.roles.get(doc[end - 1].lower_)  # "Robert Gordon University" is no person
    if body is not None and not body.person and end - entity.start > 1:
        label = "ORG"
    yield Name(entity.start, end, doc.span(entity.start, end).root, None, label)


def _titled(doc: Doc, taken: set[int], titles: Titles) -> Iterator[Name]:
    """Names that nothing knows but the title before them: "Colonel Zurab Abashvili"."""
    for i in doc.lowers.positions(lambda word: word in titles.honours or word in titles.roles):
        end = i + 1
        while (
            end < len(doc)
            and end not in taken
            and _is_free(doc[end])
            and doc[end].pos_ == "PROPN"
            and doc[end].text[0].isupper()
        ):
            end += 1
        if end > i + 1 and i not in taken and _follows_title(doc[i + 1], titles):
            start = next(
                (
                    k
                    for k in range(i + 1, end)
                    if doc[k].lower_ not in titles.honours and doc[k].lower_ not in titles.roles
                ),
                end,
            )
            if start < end:
                yield Name(start, end, doc.span(start, end).root, None, "PERSON")


def _is_free(token: Token) -> bool:
    return not token.ent_type_ and not cue(token.lower_)


def _stands_aside(entity: Span, titles: Titles) -> bool:
    """Whether first and last name stand between commas after an office: "the president of Azerbaijan, X Y,"."""
    doc, start, end = entity.doc, entity.start, entity.end
    if end - start < 2 or start < 2 or end >= len(doc) or doc[start - 1].text != "," or doc[end].text != ",":
        return False
    word = doc[start - 2]
    offices = (titles.roles.get(above.lower_) for above in (word, word.head, word.head.head) if above.i < start)
    return any(office is not None and office.person for office in offices)


def _follows_title(token: Token, titles: Titles) -> bool:
    """Whether a singular title stands right before."""
    if not token.i:
        return False
    before = token.nbor(-1)
    role = titles.roles.get(before.lower_)
    named = before.lower_ in titles.honours or (role is not None and role.person)
    return named and not before.ent_type_ and "Plur" not in before.morph.get("Number") and before.pos_ != "VERB"


def _inside(start: int, spans: list[tuple[int, int]]) -> bool:
    return any(first <= start < last for first, last in spans)
