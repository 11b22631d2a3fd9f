"""Relations: how two parties stand to each other for a time, as allies, rivals, friends or enemies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

from amity.coding.drafts import base
from amity.coding.events.pairs import is_known_happening, pair_before
from amity.coding.events.roles import Cast, Participant
from amity.coding.events.triggers import Trigger, packed
from amity.coding.phrases import in_furniture
from amity.coding.syntax import adposition, arguments, children, label, surface_subjects
from amity.records import Layer, Relation, Valence

if TYPE_CHECKING:
    from amity.codebook.relations import Relations
    from amity.coding.parse import Token
    from amity.coding.reading import Reading

TOWARDS = ("with", "to", "towards", "toward", "against", "for", "of", "at", "about", "from", "on", "over", "in")
TOPICAL = frozenset({"over", "about", "on", "in", "for", "at"})  # what two quarrel over is none of the parties
MUTUAL = ("between", "among")
SCOPES = frozenset({"military", "political", "economic", "security", "defence", "defense", "energy", "trade"})
APPROACHING = frozenset("draw move grow come bring edge get stand inch become".split())
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
    book = reading.codebook.relations
    known, prefixes = {*book.nouns, *book.kinds, *book.adjectives, *book.verbs}, tuple(book.prefixes)
    for token in reading.doc.matching(lambda form: form in known or form.startswith(prefixes)):
        if in_furniture(reading, token):
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
    if token.lower_ in book.adjectives and token.head.lemma_.lower() in APPROACHING and label(token) == "advmod":
        return _of_predicate(reading, token, "relation/adverb", book.adjectives[token.lower_])
    if token.pos_ == "VERB" and lemma in book.verbs:
        return _of_predicate(reading, token, "relation/verb", book.verbs[lemma])
    prefix = next((prefix for prefix in book.prefixes if token.lower_.startswith(prefix)), None)
    return _of_prefix(reading, token, book.prefixes[prefix], book) if prefix else None


def _of_noun(reading: Reading, noun: Token, lemma: str, book: Relations) -> Bond | None:
    beside = _beside(noun, book)
    valence = _joint(book.nouns.get(lemma), {_valence(word, book) for word in beside} - {None})
    if valence is None:
        if lemma not in book.plain:
            return None
        valence = "neutral"
    found = Trigger(noun, reading.codebook.frames.words)
    pairs = _pairs(Cast(reading, found, HAVING), noun)
    if not pairs and lemma in book.known and is_known_happening(found, anywhere=lemma in book.nouns):
        pairs = list(combinations(pair_before(reading, noun), 2))  # "relations have cooled since"
    return Bond(noun, f"relation/noun/{lemma}", valence, [*beside, noun], pairs) if pairs else None


def _joint(own: Valence | None, beside: set[Valence | None]) -> Valence | None:
    """The noun's own valence, mixed where words beside it run against a friendly one; else that of the words."""
    if own is None:
        return next(iter(beside)) if len(beside) == 1 else "mixed" if beside else None
    return "mixed" if own == "amity" and beside == {"enmity"} else own


def _beside(noun: Token, book: Relations) -> list[Token]:
    """Words that colour the noun: modifiers, the predicate ("relations are tense"), words of change above it."""
    found = list(children(noun, "amod", "compound"))
    found += [deep for word in found for deep in children(word, "conj", "amod")]
    governor = noun.head
    if label(noun) in ("nsubj", "obj"):
        predicate = [word for word in children(governor, "xcomp", "acl", "amod", "conj") if word.i > governor.i]
        full_of = [word for word in children(governor, "obl", "nmod") if adposition(word) == "of"]
        found += [
            governor,
            *predicate,
            *full_of,
            *(deep for word in full_of for deep in children(word, "amod", "nmod")),
        ]
    if label(noun) in ("nmod", "obl") and adposition(noun) in ("in", "of") and governor.pos_ == "NOUN":
        found += [governor, *children(governor, "amod")]  # "positive changes in relations", "the deterioration of ties"
    coloured = {
        word.i: word for word in found if _valence(word, book) or (word.head.i == noun.i and word.lower_ in SCOPES)
    }
    return [coloured[i] for i in sorted(coloured)]


def _valence(word: Token, book: Relations) -> Valence | None:
    """What a word beside the noun says of it, null when nothing."""
    lemma = word.lemma_.lower()
    if word.pos_ in ("VERB", "NOUN") and (lemma in book.better or lemma in book.worse):
        return "amity" if lemma in book.better else "enmity"
    if word.pos_ == "NOUN" and lemma in book.nouns:
        return book.nouns[lemma]
    return book.beside.get(word.lower_) or book.beside.get(lemma)


def _pairs(cast: Cast, noun: Token) -> list[tuple[Participant, Participant]]:
    found = cast.trigger.arguments
    for preposition in MUTUAL:
        members = [
            one for nominal in found.nominals(preposition) for one in cast.all(nominal) or cast.modifiers(nominal)
        ]
        if len(members) > 1:
            return list(combinations(members, 2))
    first = cast.modifiers(noun)
    if len(first) > 1 and noun.lemma_.lower() not in cast.reading.codebook.relations.one_sided:
        return list(combinations(first, 2))
    near = _bearers(cast, noun)
    sides = {preposition: _all(cast, preposition, noun) for preposition in TOWARDS}
    far = next((members for members in sides.values() if members), [])
    if sides["of"] and far is not sides["of"]:  # "tensions of Iran with Turkey", "partners of Baku (with Moscow)"
        near, far = (near + far, sides["of"]) if near else (sides["of"], far)
    for here, there in ((first, far), (near, first), (near, far)):
        if here and there:
            return list(product(here[:3], there))
    return list(combinations(near, 2))


def _all(cast: Cast, preposition: str, noun: Token) -> list[Participant]:
    nominals = [nominal for nominal in cast.trigger.arguments.nominals(preposition) if nominal.i > noun.i]
    return [one for nominal in nominals for one in cast.all(nominal)[:6]]


def _bearers(cast: Cast, noun: Token) -> list[Participant]:
    """Who is or has it: subject of a copula, of "have", the noun in apposition, what is named "as" it."""
    top = packed(noun, cast.reading.codebook.frames.words)
    governor = top.head
    subjects: list[Token] = []
    if children(top, "cop"):
        subjects = surface_subjects(top)
    elif label(top) == "appos" or (label(top) == "nsubj" and children(governor, "cop")):
        subjects = [governor]  # "the enemy of this republic is the junta"
    elif aside := children(top, "appos"):
        subjects = aside
    elif label(top) in ("obj", "obl") and governor.pos_ == "VERB" and governor.lemma_.lower() in HAVING:
        subjects = surface_subjects(governor)
    elif label(top) == "obl" and adposition(top) == "as" and governor.pos_ == "VERB":
        subjects = children(governor, "obj") or surface_subjects(governor)
    return next((found for subject in subjects if (found := cast.all(subject))), [])


def _of_predicate(reading: Reading, token: Token, rule: str, valence: Valence) -> Bond | None:
    found = Trigger(token, reading.codebook.frames.words)
    cast = Cast(reading, found)
    verb = token.head if label(token) == "advmod" else token
    subjects = next((who for subject in surface_subjects(verb) if (who := cast.all(subject))), [])
    towards = [preposition for preposition in TOWARDS if len(subjects) < 2 or preposition not in TOPICAL]
    nominals = [*found.arguments.object, *found.arguments.nominals(*towards)]
    if verb is not token:  # "has drawn closer | to Cairo"
        nominals += arguments(verb).nominals(*TOWARDS)
    objects = next((who for nominal in nominals if (who := cast.all(nominal))), [])
    pairs = list(product(subjects, objects)) or list(combinations(subjects, 2))  # "the two quarrelled"
    return Bond(token, f"{rule}/{token.lemma_.lower()}", valence, [token], pairs) if pairs else None


def _of_prefix(reading: Reading, token: Token, valence: Valence, book: Relations) -> Bond | None:
    """ "anti-Israeli rhetoric of its leaders", "takes a pro-Palestinian line"."""
    targets = [Participant(token, actor) for actor in reading.mentions.of(token)]
    noun = token.head if label(token) in ("amod", "compound") else None
    if not targets or noun is None or noun.lemma_.lower() not in book.stances:
        return None
    found = Trigger(noun, reading.codebook.frames.words)
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
        **base(reading, bond.token, bond.rule, [a.token, b.token, *bond.words], layer, standing=True),
        a=a.actor.code or a.actor.text,
        b=b.actor.code or b.actor.text,
        valence=bond.valence,
        label=" ".join(
            word.text for word in sorted({word.i: word for word in bond.words}.values(), key=lambda word: word.i)
        ),
        parties=(a.actor, b.actor),
    )
