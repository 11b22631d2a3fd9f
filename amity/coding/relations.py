"""Relations: how two parties stand to each other for a time, as allies, rivals, friends or enemies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

from amity.coding.drafts import base
from amity.coding.events.roles import Cast, Participant
from amity.coding.events.triggers import Trigger, trigger
from amity.coding.syntax import adposition, children, label, surface_subjects
from amity.records import Layer, Relation, Valence

if TYPE_CHECKING:
    from spacy.tokens import Token

    from amity.codebook.relations import Relations
    from amity.coding.reading import Reading

TOWARDS = ("with", "to", "towards", "toward", "against", "for", "of", "at", "about", "from", "on", "over", "in")
MUTUAL = ("between", "among")
HAVING = frozenset(
    "have enjoy maintain keep share develop build establish cultivate foster pursue improve take adopt".split()
)


@dataclass(slots=True)
class Bond:
    """A word for a relation, its valence and wording, and the parties on either side of it."""

    token: Token
    rule: str
    valence: Valence
    words: list[Token]
    pairs: list[tuple[Participant, Participant]]


def relations(reading: Reading) -> Iterator[Relation]:
    """All relations of an article, each pair once per phrase."""
    for token in reading.doc:
        if any(span.start <= token.idx < span.end for span in reading.article.furniture):
            continue
        bond = _bond(reading, token)
        if bond is not None:
            yield from (_relation(reading, bond, a, b) for a, b in _distinct(bond.pairs))


def _bond(reading: Reading, token: Token) -> Bond | None:
    book = reading.codebook.relations
    lemma = token.lemma_.lower()
    if token.pos_ == "NOUN" and (lemma in book.nouns or lemma in book.kinds):
        return _of_noun(reading, token, lemma, book)
    if token.pos_ == "ADJ" and lemma in book.adjectives and label(token) not in ("amod", "compound"):
        return _of_predicate(reading, token, "relation/adjective", book.adjectives[lemma])
    if token.pos_ == "VERB" and lemma in book.verbs:
        return _of_predicate(reading, token, "relation/verb", book.verbs[lemma])
    prefix = next((prefix for prefix in book.prefixes if token.lower_.startswith(prefix)), None)
    return _of_prefix(reading, token, book.prefixes[prefix], book) if prefix else None


def _of_noun(reading: Reading, noun: Token, lemma: str, book: Relations) -> Bond | None:
    beside = _beside(noun, book)
    valences = {book.beside[_key(word)] for word in beside if _key(word) in book.beside}
    valences |= {"amity" for word in beside if word.lemma_.lower() in book.better and lemma in book.kinds}
    valences |= {"enmity" for word in beside if word.lemma_.lower() in book.worse and lemma in book.kinds}
    own = book.nouns.get(lemma)
    valence = _joint(own, valences)
    if valence is None:
        return None
    found = trigger(noun, reading.codebook.frames.words)
    pairs = _pairs(Cast(reading, found, HAVING), noun)
    return Bond(noun, f"relation/noun/{lemma}", valence, [*beside, noun], pairs) if pairs else None


def _joint(own: Valence | None, beside: set[Valence]) -> Valence | None:
    """The noun's own valence, softened to mixed by a contrary word; without one, that of the words beside it."""
    if own is None:
        return None if not beside else next(iter(beside)) if len(beside) == 1 else "mixed"
    contrary: Valence = "enmity" if own == "amity" else "amity"
    return "mixed" if own in ("amity", "enmity") and beside == {contrary} and own == "amity" else own


def _beside(noun: Token, book: Relations) -> list[Token]:
    """Words that colour the noun: its modifiers, its predicate ("relations are tense"), verbs of change."""
    found = [word for word in children(noun, "amod", "compound") if _colours(word, book)]
    found += [
        deep
        for word in children(noun, "amod")
        for deep in children(word, "conj", "amod", "advmod")
        if _colours(deep, book)
    ]
    governor = noun.head
    if label(noun) in ("nsubj", "obj") or noun.dep_ == "nsubj:pass":
        if _colours(governor, book) or governor.lemma_.lower() in book.better | book.worse:
            found.append(governor)
        found += [
            word
            for word in children(governor, "xcomp", "amod", "obl", "acl")
            if _colours(word, book) and word.i > governor.i
        ]
    return sorted({word.i: word for word in found}.values(), key=lambda word: word.i)


def _key(word: Token) -> str:
    return str(word.lower_) if word.pos_ != "VERB" else str(word.lemma_).lower()


def _colours(word: Token, book: Relations) -> bool:
    return word.lower_ in book.beside or word.lemma_.lower() in book.beside or word.lower_ in ("military", "political")


def _pairs(cast: Cast, noun: Token) -> list[tuple[Participant, Participant]]:
    found = cast.trigger.arguments
    for preposition in MUTUAL:
        members = [one for nominal in found.nominals(preposition) for one in cast.all(nominal)]
        if len(members) > 1:
            return list(combinations(members, 2))
    first = cast.modifiers(noun)
    if len(first) > 1:
        return list(combinations(first, 2))
    near = _bearers(cast, noun)
    far = [one for preposition in TOWARDS for nominal in found.nominals(preposition) for one in cast.all(nominal)[:6]]
    far = [one for one in far if one.token.i > noun.i]
    for here, there in ((first, far), (near, first), (near, far)):
        if here and there:
            return list(product(here[:3], there))
    return list(combinations(near, 2))


def _bearers(cast: Cast, noun: Token) -> list[Participant]:
    """Who is or has it: subject of a copula, of "have", the noun in apposition."""
    subjects: list[Token] = []
    if children(noun, "cop"):
        subjects = surface_subjects(noun)
    elif label(noun) == "appos":
        subjects = [noun.head]
    elif aside := children(noun, "appos"):
        subjects = aside
    elif label(noun) in ("obj", "obl") and noun.head.pos_ == "VERB" and noun.head.lemma_.lower() in HAVING:
        subjects = surface_subjects(noun.head)
    elif label(noun) == "obl" and adposition(noun) == "as" and noun.head.pos_ == "VERB":
        subjects = children(noun.head, "obj") or surface_subjects(noun.head)
    return next((found for subject in subjects if (found := cast.all(subject))), [])


def _of_predicate(reading: Reading, token: Token, rule: str, valence: Valence) -> Bond | None:
    found = trigger(token, reading.codebook.frames.words)
    cast = Cast(reading, found)
    subjects = next((who for subject in surface_subjects(token) if (who := cast.all(subject))), [])
    nominals = [*found.arguments.object, *found.arguments.nominals(*TOWARDS)]
    objects = next((who for nominal in nominals if (who := cast.all(nominal))), [])
    pairs = list(product(subjects, objects))
    return Bond(token, f"{rule}/{token.lemma_.lower()}", valence, [token], pairs) if pairs else None


def _of_prefix(reading: Reading, token: Token, valence: Valence, book: Relations) -> Bond | None:
    """ "anti-Israeli rhetoric of its leaders", "takes a pro-Palestinian line"."""
    targets = [Participant(token, actor) for actor in reading.mentions.of(token)]
    noun = token.head if label(token) in ("amod", "compound") else None
    if not targets or noun is None or noun.lemma_.lower() not in book.stances:
        return None
    found = Trigger(noun, trigger(noun, reading.codebook.frames.words).arguments)
    cast = Cast(reading, found)
    taken = {one.actor.code for one in targets}
    holders = [one for one in cast.modifiers(noun) if one.actor.code not in taken]
    holders = holders or [
        one for nominal in found.arguments.nominals("of", "by", "in", "from") for one in cast.all(nominal)
    ]
    if not holders and noun.head.pos_ == "VERB":
        holders = next((who for subject in surface_subjects(noun.head) if (who := cast.all(subject))), [])
    pairs = list(product(holders[:2], targets))
    return Bond(noun, f"relation/prefix/{token.lower_}", valence, [token, noun], pairs) if pairs else None


def _distinct(pairs: list[tuple[Participant, Participant]]) -> list[tuple[Participant, Participant]]:
    found: dict[frozenset[str], tuple[Participant, Participant]] = {}
    for a, b in pairs:
        one, other = a.actor.code or a.actor.text, b.actor.code or b.actor.text
        if one != other:
            found.setdefault(frozenset((one, other)), (a, b))
    return list(found.values())


def _relation(reading: Reading, bond: Bond, a: Participant, b: Participant) -> Relation:
    frames = reading.codebook.frames.words
    layer: Layer = next(
        (layer for layer, markers in frames.layers.items() if any(word.lower_ in markers for word in bond.words)),
        "political",
    )
    return Relation(
        **base(reading, bond.token, bond.rule, [a.token, b.token, *bond.words], layer),
        a=a.actor.code or a.actor.text,
        b=b.actor.code or b.actor.text,
        valence=bond.valence,
        label=" ".join(
            word.text for word in sorted({word.i: word for word in bond.words}.values(), key=lambda word: word.i)
        ),
        parties=(a.actor, b.actor),
    )
