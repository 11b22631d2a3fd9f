"""Statements on the structure of the system: who belongs to what, plays which role, drives, controls or borders what.

The predicates and the words that carry them are in `structures.yaml`. A statement needs somebody or something of the
system (an actor, a place, or one of the vocabulary's `things`) on at least one side, and words on both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from amity.coding.drafts import base
from amity.coding.phrases import NOMINAL, actors, in_furniture, is_stand_in, members, title, wording
from amity.coding.presence import stationed
from amity.coding.syntax import adposition, antecedent, arguments, child, children, label, surface_subjects
from amity.records import Structure

if TYPE_CHECKING:
    from amity.codebook.structures import Vocabulary
    from amity.coding.parse import Token
    from amity.coding.reading import Reading

_OWNED = frozenset(
    {"interest in", "presence in", "controls", "depends on", "territory of"}
)  # "Russia's interests in Syria"
_ALIGNMENT = frozenset({"balances", "bandwagons with", "hedges"})
_PEOPLE = frozenset({"fighter", "recruit", "volunteer"})
_PLAIN = frozenset(
    "only first last small smallest large largest young old safe poor poorest rich richest great big other new".split()
)
_BETWEEN = frozenset("wedge wedged sandwich sandwiched squeeze squeezed lie lies".split())
_COUNTS = frozenset({"one", "some", "two", "three", "part", "number", "several", "many", "most", "sum"})
_BEING = frozenset({"is", "part of"})
_BE = frozenset("be remain become form constitute represent consider regard see view use stay describe".split())
_CONCEDING = frozenset({"although", "though", "while", "being"})
_BEFORE_NOUN = frozenset({"DET", "ADJ", "ADV", "CCONJ", "ADP", "SCONJ"})
_SITES = frozenset(
    """territory land region enclave province area island corridor strait outpost height part city town village valley
    strip bridge tunnel port harbour harbor airport airfield road hill hills mine oilfield field district township bank
    coast plateau desert peninsula north south east west post customs border crossing canal pass capital quarter water
    waters river sea zone half quarry country countryside suburb islet reef exclave""".split()
)
_SHARES = frozenset("third quarter half percent most much all two-thirds fifth tenth rest bit portion".split())
_DASHES = frozenset({"-", "–", "—"})
_PLACES = frozenset({"GPE", "LOC", "NORP", "ORG", "FAC"})


@dataclass(slots=True)
class Statement:
    """A predicate with its subjects and objects as heads of noun phrases; `words` belong to the trigger."""

    predicate: str
    token: Token
    rule: str
    subjects: list[Token]
    objects: list[Token]
    words: list[Token] = field(default_factory=list)


def structures(reading: Reading) -> Iterator[Structure]:
    """All statements on structure of an article, lists spelled out."""
    book = reading.codebook.structures
    seen: set[tuple[str, str, str, int]] = set()
    known = {*book.by_noun, *book.by_verb, *book.by_adjective, *book.forces, *_BETWEEN}
    known |= {reading.doc[mention.head].lower_ for mention in reading.mentions if mention.kind == "demonym"}
    for token in reading.doc.matching(lambda form: form in known or form.rpartition("-")[2] in book.compounds):
        if token.pos_ not in ("NOUN", "VERB", "ADJ", "PROPN") or in_furniture(reading, token):
            continue
        for statement in _statements(reading, token, book):
            for claim in _claims(reading, statement, book):
                key = (claim.subject, claim.predicate, claim.object, token.sent.start)
                if key not in seen:
                    seen.add(key)
                    yield claim


def _statements(reading: Reading, token: Token, book: Vocabulary) -> Iterator[Statement]:
    lemma = token.lemma_.lower()
    if token.pos_ in ("NOUN", "PROPN") and lemma in book.by_noun:
        yield from _of_noun(reading, token, book.by_noun[lemma], book)
    elif token.pos_ == "VERB" and lemma in book.by_verb and label(token) not in ("amod", "compound"):
        for name in book.by_verb[lemma]:
            yield from _of_verb(reading, token, lemma, name, book)
    elif token.pos_ == "ADJ" and lemma in book.by_adjective and children(token, "cop"):
        yield from _of_adjective(token, lemma, book)
    if token.lower_.rpartition("-")[2] in book.compounds and label(token) == "amod":
        yield from _of_compound(reading, token, book)
    if token.pos_ in ("ADJ", "PROPN") and (place := _belonging(reading, token)) is not None:
        yield Statement("territory of", token, "structure/demonym", [place], [token])
    if token.pos_ == "NOUN" and lemma in book.forces:
        owners, places = stationed(reading, token)
        for owner in owners:
            yield Statement("presence in", token, "structure/forces", [owner], places[:1])
    if token.pos_ == "VERB" and (lemma in _BETWEEN or token.lower_ in _BETWEEN):
        yield from _between(token)


def _belonging(reading: Reading, word: Token) -> Token | None:
    """ "Nakhchivan is Azerbaijani", "the western half became Indonesian": the place that is said to be somebody's."""
    mention = reading.mentions.mention(word)
    if mention is None or mention.kind != "demonym":
        return None
    if label(word) == "xcomp" and word.head.lemma_.lower() in ("become", "remain", "stay"):
        subjects = surface_subjects(word.head)
    else:
        subjects = surface_subjects(word) if children(word, "cop") else []
    places = [one for one in subjects if _is_place(one)]
    named = (reading.mentions.mention(one) for one in places)
    return next((one for one, who in zip(places, named, strict=True) if who is None or who.kind != "state"), None)


def _between(verb: Token) -> Iterator[Statement]:
    """ "a valley wedged between Chad and Niger", "Nepal lies between India and China"."""
    sides = [antecedent(other) for other in children(verb, "obl") if adposition(other) == "between"]
    subject = next(iter(surface_subjects(verb)), None)
    if subject is not None and label(verb) in ("acl", "advcl"):  # "Batken is a tail of orchards wedged between"
        while label(subject) == "nmod" and adposition(subject) == "of":
            subject = subject.head
        subject = next(iter(surface_subjects(subject)), subject) if children(subject, "cop") else subject
        subject = subject.head if label(subject) == "appos" else subject
    if subject is not None and len(members(sides[0]) if sides else []) > 1:
        yield Statement("borders", verb, "structure/between", [subject], sides[:1])


def _of_compound(reading: Reading, word: Token, book: Vocabulary) -> Iterator[Statement]:
    """ "the Moscow-centered organization", as one token or three."""
    leaders = [
        other
        for other in children(word, "compound", "obl", "amod", "nmod")
        if actors(reading, other) and other.i < word.i
    ]
    leaders = leaders or ([word] if "-" in word.text and actors(reading, word) else [])
    if leaders:
        yield Statement(
            book.compounds[word.lower_.rpartition("-")[2]], word, "structure/compound", leaders[:1], [word.head]
        )


# -- nouns: "X is a member of Y" ---------------------------------------------------------------------------------------


def _of_noun(reading: Reading, noun: Token, name: str, book: Vocabulary) -> Iterator[Statement]:
    if noun.pos_ != "NOUN" or (label(noun) == "compound" and not children(noun, "cop")):
        return
    predicate = book.predicates[name]
    lemma = noun.lemma_.lower()
    rule = f"structure/noun/{lemma}"
    if name == "borders":
        yield from _borders(reading, noun, rule)
        return
    subjects, words = _bearers(noun, name, book)
    objects = _objects(noun, predicate.prepositions)
    owners = _owners(noun)
    if not subjects and (owned := lemma == "role" or name in _OWNED):
        subjects = owners or (_qualifiers(reading, noun) if objects and name in _OWNED else [])
        owners = [] if owned and subjects is owners else owners
    if not subjects and lemma in _PEOPLE and objects:
        subjects = [noun]  # "Azerbaijani fighters in ISIS"
    if not subjects and name in _ALIGNMENT:
        subjects = _beneficiaries(noun)
    if subjects and not objects and name in ("role in", "guarantor of", "partner of", "threat to", "part of"):
        objects = owners or _shared(noun, predicate.prepositions)
    if name == "driver of" and subjects and actors(reading, subjects[0]):
        return  # "a taxi driver", "the keys of the house"
    if name == "is" and any(word.lower_ in _PLAIN for word in children(noun, "amod", "nummod")):
        return
    if predicate.bodies:
        objects = [other for other in objects if _is_body(reading, other, book)]
    if subjects and (name == "is" or (not objects and name == "role in" and _is_described(noun))):
        yield Statement(name, noun, rule, subjects, [noun], words)
    elif subjects and objects:
        yield Statement(name, noun, rule, subjects, objects, words)


def _objects(noun: Token, prepositions: tuple[str, ...]) -> list[Token]:
    """Nominals below a noun that stand with its preposition; only the first preposition counts."""
    counted = label(noun) == "nmod" and adposition(noun) == "of" and noun.head.lemma_.lower() in _COUNTS
    loose = label(noun) == "compound" or counted  # "actor Number One in the region", "the sum of all fears for X"
    heads = [noun, noun.head, noun.head.head] if loose else [noun]
    below = [other for head in heads for other in children(head, "nmod", "obl")]
    found = [other for other in below if adposition(other) in prepositions and other.i > noun.i]
    for clause in children(noun, "acl") if not found else ():
        if children(clause, "obj", "nsubj"):
            found += [other for other in children(clause, "obl") if adposition(other) in prepositions][:1]
    return [antecedent(other) for other in found if adposition(other) == adposition(found[0])]


def _owners(noun: Token) -> list[Token]:
    """Possessors, those of the first of several joined nouns too: "Armenia's ally and guarantor"."""
    first = noun.head if label(noun) == "conj" else noun
    return [
        owner
        for owner in (*children(noun, "nmod:poss"), *children(first, "nmod:poss"))
        if owner.i < noun.i and owner.lower_ != "whose"
    ]


def _borders(reading: Reading, noun: Token, rule: str) -> Iterator[Statement]:
    """ "its border with Azerbaijan", "the Iran-Azerbaijan border", "its southern neighbour"."""
    owners = _owners(noun) or _qualifiers(reading, noun)
    others = [antecedent(other) for other in children(noun, "nmod") if adposition(other) in ("with", "to")]
    starts = {actor.start for actor in reading.mentions.modifiers(noun)}
    sides = [word for word in reading.doc[noun.left_edge.i : noun.i] if word.idx in starts]
    if noun.lemma_.lower() in ("neighbor", "neighbour"):
        subjects, _ = _bearers(noun, "borders", reading.codebook.structures)
        if owners and (subjects or actors(reading, noun)):
            yield Statement("borders", noun, rule, owners, subjects or [noun])
    elif owners and others:
        yield Statement("borders", noun, rule, owners, others)
    elif len(sides) == 2:
        yield Statement("borders", noun, rule, sides[:1], sides[1:])


def _beneficiaries(noun: Token) -> list[Token]:
    """ "bandwagoning … is inevitable for Baku": for whom."""
    above = [noun, noun.head, noun.head.head]
    found = [
        other
        for head in above
        for word in (head, *children(head, "xcomp"))
        for other in children(word, "obl")
        if adposition(other) == "for"
    ]
    return [antecedent(other) for other in found[:1]]


def _is_body(reading: Reading, token: Token, book: Vocabulary) -> bool:
    """Whether one can be a member of it."""
    return (
        token.lemma_.lower() in book.bodies
        or token.ent_type_ == "ORG"
        or any(actor.country is None for actor in actors(reading, token))
    )


def _is_described(noun: Token) -> bool:
    """Whether the role itself says enough: "a Shia stronghold", "a key player"."""
    return bool(children(noun, "amod", "compound"))


def _bearers(noun: Token, name: str, book: Vocabulary) -> tuple[list[Token], list[Token]]:
    """Of whom the noun is said, and the words that say it: copula, apposition, light verb, "as"."""
    first = noun
    while label(first) == "conj" or (
        label(first) == "nmod" and adposition(first) == "of" and first.head.lemma_.lower() in _COUNTS
    ):
        first = first.head
    if children(first, "cop") and (subjects := _nearest(first, surface_subjects(first))):
        return _named_by(subjects), []
    if (name_before := _name_before(noun)) is not None:
        return [name_before], []
    head = first.head
    if label(first) in ("appos", "parataxis") and head.i != first.i and head.pos_ in NOMINAL:
        return (surface_subjects(head) if children(head, "cop") else [head]), []
    if label(first) == "nmod" and adposition(first) == "with" and name == "driver of":
        return [head], []  # "events with implications for the region"
    played = next((clause for clause in children(noun, "acl") if clause.lemma_.lower() == "play"), None)
    if played is not None and name == "role in" and children(played, "nsubj"):
        return [antecedent(other) for other in children(played, "nsubj")], [played]  # "the role that Baku played"
    lemma = head.lemma_.lower()
    if head.pos_ != "VERB" or lemma not in book.carriers or (name in _BEING and lemma not in _BE):
        return [], []
    if label(first) == "obj" and adposition(first) == "" and lemma not in book.objective:
        return _equated(surface_subjects(head)), [head]
    if label(first) in ("xcomp", "obl", "advcl") and (adposition(first) in ("as", "") or _is_as(first)):
        if lemma in book.objective:
            patients = [antecedent(other) for other in children(head, "obj")]
            return patients or [antecedent(other) for other in children(head, "nsubj") if other.dep_ == "nsubj:pass"], [
                head
            ]
        return surface_subjects(head), [head]
    return [], []


def _nearest(clause: Token, subjects: list[Token]) -> list[Token]:
    """ "from Russia, which is an ally": the name before the comma, wherever the parser hangs the clause."""
    relative = next((word for word in children(clause, "nsubj") if word.lower_ in ("which", "who")), None)
    if relative is None or relative.i < 2 or relative.doc[relative.i - 1].text != ",":
        return subjects
    before = relative.doc[relative.i - 2]
    return [before] if before.pos_ == "PROPN" and before.ent_type_ in _PLACES else subjects


def _name_before(noun: Token) -> Token | None:
    """ "Armenia – member of the treaty", "Azerbaijan, although leader of the region": the name before the sign."""
    doc, i = noun.doc, noun.i - 1
    while i > 1 and noun.i - i < 5 and doc[i].pos_ in _BEFORE_NOUN and doc[i].lower_ not in {"as", *_CONCEDING}:
        i -= 1
    dash = doc[i].text in _DASHES and i > 0 and doc[i - 1].whitespace_
    if i < 1 or not (dash or doc[i].lower_ in _CONCEDING):
        return None
    i -= 2 if doc[i - 1].text == "," else 1
    return doc[i] if doc[i].pos_ == "PROPN" and doc[i].ent_type_ in _PLACES else None


def _named_by(subjects: list[Token]) -> list[Token]:
    """ "Azerbaijan, although leader of the region, is …": whose the subject's own role is."""
    name = _name_before(subjects[0]) if subjects and subjects[0].pos_ == "NOUN" else None
    return [name] if name is not None else subjects


def _equated(subjects: list[Token]) -> list[Token]:
    """ "those who play the role are Russia and Iran": whom "those" are said to be."""
    for subject in subjects[:1]:
        if (
            subject.lower_ in ("those", "one", "ones", "it")
            and label(subject) == "nsubj"
            and children(subject.head, "cop")
        ):
            return [subject.head]
    return subjects


def _is_as(token: Token) -> bool:
    return any(word.lower_ == "as" for word in children(token, "case", "mark"))


def _shared(noun: Token, prepositions: tuple[str, ...]) -> list[Token]:
    """ "plays a role | in Syria": the parser may hang the place on the verb."""
    head = noun.head
    if head.pos_ != "VERB" or label(noun) not in ("obj", "xcomp", "obl"):
        return []
    found = [other for other in children(head, "obl") if adposition(other) in prepositions]
    return [antecedent(other) for other in found if other.i > noun.i or other.lower_ in ("which", "whom")]


def _qualifiers(reading: Reading, noun: Token) -> list[Token]:
    """Modifiers that name whose it is: "Russian interests", "Western presence"."""
    known = {actor.start for actor in reading.mentions.modifiers(noun)}
    found = [
        word
        for word in children(noun, "amod", "compound", "nmod:poss")
        if word.idx in known or word.ent_type_ == "NORP"
    ]
    return found or [
        word
        for word in children(noun, "amod")
        if word.lower_ in ("western", "foreign", "external", "military") and word.text[0].isupper()
    ]


# -- verbs: "X undermines Y", "X belongs to Y" -------------------------------------------------------------------------


def _of_verb(reading: Reading, verb: Token, lemma: str, name: str, book: Vocabulary) -> Iterator[Statement]:
    predicate = book.predicates[name]
    place = predicate.verbs[lemma]
    found = arguments(verb)
    if place == "object":
        subjects, objects = _summed(found.subject), found.object[:1]
        if predicate.places and objects and not _is_place(objects[0]):
            objects = _place_before(verb)
    elif place == "part":
        subjects, objects = _part_of(verb)
    else:
        subjects = (found.object if found.passive or children(verb, "obj") else found.subject)[:1]
        objects = [other for other in found.nominals(*place.split("|")) if other not in subjects][:1]
        if not objects and "on" in place:  # "lives | on the rents", taken for an object
            objects = [other for other in children(verb, "obj") if adposition(other) in place.split("|")][:1]
    if name in _ALIGNMENT and (not objects or not subjects):
        subjects = subjects or _beneficiaries(verb)
        objects = objects or ([verb] if verb.lower_.endswith("ing") else [])
    if not subjects or not objects or (_is_person(reading, subjects[0]) and name != "leads"):
        return
    if name == "leads" and _is_own(reading, subjects[0], objects[0]):
        return
    if predicate.bodies and name == "member of" and _is_place(subjects[0]) and _is_state(reading, objects[0]):
        yield Statement("territory of", verb, f"structure/verb/{lemma}", subjects, objects)
        return
    if name == "interest in" and not (_wants(reading, verb, subjects[0], objects[0])):
        return
    if name == "controls" and _is_state(reading, objects[0]) and lemma in ("hold", "own"):
        return
    if predicate.places and not (actors(reading, subjects[0]) and any(map(_is_place, members(objects[0])))):
        return
    if predicate.bodies and not _is_body(reading, objects[0], book):
        return
    if predicate.about and not _is_about(reading, name, subjects[0], objects[0], book):
        return
    yield Statement(name, verb, f"structure/verb/{lemma}", subjects, objects)


def _is_own(reading: Reading, subject: Token, body: Token) -> bool:
    """Whether somebody only leads a party or a list at home."""
    return body.pos_ == "PRON" and not actors(reading, body)


def _is_state(reading: Reading, token: Token) -> bool:
    return any(actor.country and actor.code == actor.country for actor in actors(reading, token))


def _wants(reading: Reading, verb: Token, subject: Token, target: Token) -> bool:
    """Whether a state or a movement wants a thing: "Bolivia wants a port", not "he wants to leave"."""
    if verb.lemma_.lower() not in ("want", "need", "like", "covet"):
        return True
    would = verb.lemma_.lower() != "like" or any(word.lower_ in ("would", "'d", "’d") for word in verb.children)
    party = any(actor.code for actor in actors(reading, subject)) and subject.pos_ != "PRON"
    return would and party and target.pos_ in ("NOUN", "PROPN") and not children(verb, "xcomp", "ccomp")


def _is_person(reading: Reading, token: Token) -> bool:
    return token.ent_type_ == "PERSON" and not _is_state(reading, token)


def _summed(subjects: list[Token]) -> list[Token]:
    """ "war, plague and famine – all these factors raised …": the list, not the words that sum it up."""
    for subject in subjects[:2]:
        dash = subject.left_edge.i - 1
        if subject.doc[subject.left_edge.i].text in _DASHES:
            dash += 1
        if any(word.lower_ in ("these", "this") for word in subject.children) and subject.doc[dash].text in _DASHES:
            top = subject.doc[dash - 1]
            while label(top) in ("nmod", "conj", "flat", "compound") and top.head.i < dash:
                top = top.head
            return [top]
    return subjects[:1]


def _place_before(verb: Token) -> list[Token]:
    """ "the valley, which belongs to X but is controlled by Y": the place that the relative clause before is about."""
    for word in reversed(list(verb.doc[verb.sent.start : verb.i])):
        if word.lower_ == "which" and word.i > 1:
            before = word.doc[word.i - 2] if word.doc[word.i - 1].text == "," else word.doc[word.i - 1]
            place = before.head if label(before) == "flat" else before
            return [place] if _is_place(place) else []
    return []


def _part_of(verb: Token) -> tuple[list[Token], list[Token]]:
    part = next((other for other in children(verb, "obj") if other.lemma_.lower() == "part"), None)
    if part is None:
        return [], []
    return surface_subjects(verb)[:1], [other for other in children(part, "nmod") if adposition(other) == "of"]


def _is_about(reading: Reading, name: str, subject: Token, target: Token, book: Vocabulary) -> bool:
    """Whether the statement is about the system: something abstract of it is acted upon, or acts.

    That a state raises its own tariffs is an event; that a war raised the role of a region is structure.
    """
    thing, actor = _is_thing(target, book), bool(actors(reading, subject))
    if actor and name == "depends on" and actors(reading, target):
        return True
    if actor:
        return thing and not _owners(target)
    if thing:
        return subject.pos_ in ("NOUN", "PROPN", "VERB")
    return _is_thing(subject, book) and target.pos_ in ("NOUN", "PROPN")


def _is_thing(token: Token, book: Vocabulary) -> bool:
    return any(member.lemma_.lower() in book.things for member in members(token))


def _is_place(token: Token) -> bool:
    whole = [part for part in children(token, "nmod") if adposition(part) == "of"]
    if token.lemma_.lower() in _SHARES and whole:  # "a third of Tete", "seventy percent of the country"
        return _is_place(whole[0])
    return token.ent_type_ in _PLACES or token.lemma_.lower() in _SITES


def _of_adjective(adjective: Token, lemma: str, book: Vocabulary) -> Iterator[Statement]:
    name = book.by_adjective[lemma]
    preposition = book.predicates[name].adjectives[lemma]
    subjects = surface_subjects(adjective)[:1]
    if not preposition:
        objects = [adjective]
    else:
        objects = [
            antecedent(other) for other in children(adjective, "obl", "nmod") if adposition(other) == preposition
        ]
    if subjects and objects:
        yield Statement(name, adjective, f"structure/adjective/{lemma}", subjects, objects)


# -- claims ------------------------------------------------------------------------------------------------------------


def _claims(reading: Reading, statement: Statement, book: Vocabulary) -> Iterator[Structure]:
    predicate = book.predicates[statement.predicate]
    subjects = [member for token in statement.subjects[:1] for member in members(token)]
    objects = [member for token in statement.objects for member in members(token) if not is_stand_in(reading, member)]
    if statement.predicate == "depends on" and not any(actors(reading, member) for member in objects):
        objects = objects[:1]  # "lives off two steelworks and a harbour" is one dependence
    if not objects and statement.predicate == "role in":
        objects = [statement.token]
    for subject, target in product(subjects, objects):
        if (
            is_stand_in(reading, subject)
            or (_is_person(reading, subject) and statement.predicate != "leads")
            or (subject.i == target.i and statement.token is not subject)
        ):
            continue
        if not _is_anchored(reading, subject, target, book):
            continue
        if statement.predicate == "member of" and not _can_belong(reading, subject):
            continue
        if statement.predicate == "is" and not (actors(reading, subject) or _is_place(subject)):
            continue
        shared = base(
            reading,
            statement.token,
            statement.rule,
            [subject, target],
            predicate.layer,
            statement.words,
            standing=statement.token.pos_ != "VERB",
        )
        if (
            shared["status"] == "hypothetical"
            and statement.predicate in ("driver of", "undermines")
            and actors(reading, subject)
        ):
            continue
        names = title(reading, subject), _object(reading, statement, target)
        if names[0] == names[1]:
            continue
        found = [
            actor
            for token in (subject, target)
            for actor in (*actors(reading, token), *reading.mentions.modifiers(token))
        ]
        yield Structure(
            **shared,
            subject=names[0],
            predicate=statement.predicate,
            object=names[1],
            parties=tuple({actor.start: actor for actor in found}.values()),
        )


def _object(reading: Reading, statement: Statement, target: Token) -> str:
    """The object's name; a role keeps its words ("major role in the complex")."""
    if target.pos_ == "ADJ":
        return str(target.lower_)
    name = wording(reading, target) if statement.predicate == "is" else title(reading, target)
    if statement.predicate == "role in" and target is not statement.token:
        joint = child(target, "case")
        return f"{_bare(reading, statement.token)} {joint.lower_ if joint is not None else 'of'} {name}"
    return name


def _bare(reading: Reading, noun: Token) -> str:
    """A role noun with the adjectives before it."""
    start = min([noun.i, *(word.i for word in children(noun, "amod", "compound") if word.i < noun.i)])
    return " ".join(
        token.text for token in reading.doc[start : noun.i + 1] if not token.is_space and not token.is_quote
    )


def _can_belong(reading: Reading, subject: Token) -> bool:
    """Whether it is a state, a body or fighters that may be members of something."""
    lemma = subject.lemma_.lower()
    return (
        bool(actors(reading, subject))
        or subject.ent_type_ in _PLACES
        or lemma in _PEOPLE | {"state", "country", "nation", "government"}
    )


def _is_anchored(reading: Reading, subject: Token, target: Token, book: Vocabulary) -> bool:
    return any(
        actors(reading, token)
        or _is_place(token)
        or token.lemma_.lower() in book.things
        or reading.mentions.modifiers(token)
        for token in (subject, target)
    ) and bool(wording(reading, subject))
