"""Relations: how two parties stand to each other for a time, as allies, rivals, friends or enemies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

from amity.coding.drafts import base
from amity.coding.events.pairs import is_known_happening, pair_before
from amity.coding.events.roles import Cast, Participant
from amity.coding.events.triggers import Trigger, packed
from amity.coding.heard import heard, parties
from amity.coding.phrases import in_furniture
from amity.coding.syntax import adposition, arguments, children, first_conjunct, label, surface_subjects
from amity.records import Actor, Layer, Relation, Valence
from amity.records.happening import RELATION

if TYPE_CHECKING:
    from amity.codebook.relations import Relations
    from amity.coding.parse import Token
    from amity.coding.reading import Reading
    from amity.records.happening import Happening

TOWARDS = ("with", "to", "towards", "toward", "against", "for", "of", "from")
TOPICAL = frozenset({"over", "about", "on", "in", "for", "at"})  # what two quarrel over is none of the parties
LIKELY = 0.3
"""From what probability on a relation is believed that only the event reader hears."""
WISHING = frozenset({"want", "wish", "like", "mean", "intend", "refuse", "dare", "afford"})
VAGUE = frozenset({"something", "anything", "kind", "sort"})
PAIRING = frozenset({"two", "both", "each", "either"})
DISBELIEF = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "no", "hardly"})
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
    known = {*book.nouns, *book.kinds, *book.adjectives, *book.verbs, *book.phrases, *book.contested}
    prefixes = tuple(book.prefixes)
    words = {token.i for token in reading.doc.matching(lambda form: form in known or form.startswith(prefixes))}
    likely = heard(reading, RELATION, LIKELY)
    for i in sorted(words | likely.keys()):
        token = reading.doc[i]
        if in_furniture(reading, token):
            continue
        bond = _bond(reading, token) if i in words else None
        if bond is None and i in likely:
            bond = _heard(reading, token, likely[i], book)
        if bond is not None:
            yield from (_relation(reading, bond, a, b) for a, b in _distinct(bond.pairs))


def _heard(reading: Reading, token: Token, happening: Happening, book: Relations) -> Bond | None:
    """What the reader alone hears, where the words around tell whether it is good or bad."""
    near, far = parties(reading, happening.actors), parties(reading, happening.recipients)
    pairs = list(product(near, far)) if far else list(combinations(near, 2)) if len(near) == 2 else []
    lemma = token.lemma_.lower()
    own = book.nouns.get(lemma) or book.adjectives.get(lemma) or book.verbs.get(lemma) or _valence(token, book)
    around = {_valence(word, book) for word in (*token.children, token.head)} - {None}
    valence = own or _joint(None, around)
    if valence is None or not pairs:
        return None
    return Bond(token, "relation/reader", valence, [token], pairs)


def _bond(reading: Reading, token: Token) -> Bond | None:
    book = reading.codebook.relations
    lemma = token.lemma_.lower()
    if (phrase := book.phrases.get(token.lower_) or book.phrases.get(lemma)) and adposition(token) in phrase:
        return _of_phrase(reading, token, phrase[adposition(token)], book)
    if lemma in book.contested:
        return _of_claims(reading, token, book)
    if token.pos_ == "NOUN" and (lemma in book.nouns or lemma in book.kinds):
        return _of_noun(reading, token, lemma, book)
    if token.pos_ == "ADJ" and lemma in book.adjectives and _is_stated(token):
        return _of_predicate(reading, token, "relation/adjective", book.adjectives[lemma])
    if token.lower_ in book.adjectives and token.head.lemma_.lower() in APPROACHING and label(token) == "advmod":
        return _of_predicate(reading, token, "relation/adverb", book.adjectives[token.lower_])
    if token.pos_ == "VERB" and lemma in book.verbs:
        if label(token) == "xcomp" and token.head.lemma_.lower() in WISHING:
            return None  # "we do not want to quarrel with a friend"
        return _of_predicate(reading, token, "relation/verb", book.verbs[lemma])
    prefix = next((prefix for prefix in book.prefixes if token.lower_.startswith(prefix)), None)
    return _of_prefix(reading, token, book.prefixes[prefix], book) if prefix else None


def _is_stated(adjective: Token) -> bool:
    """Whether somebody is said to be so: "is hostile to", "drew closer to", not "puts the price closer"."""
    if label(adjective) in ("amod", "compound"):
        return False
    above = adjective.head.lemma_.lower()
    return label(adjective) != "xcomp" or above in APPROACHING or above in ("be", "remain", "seem", "feel", "stay")


def _of_phrase(reading: Reading, noun: Token, valence: Valence | None, book: Relations) -> Bond | None:
    """ "is at war with", "still at odds with", "are on good terms"."""
    beside = _beside(noun, book)
    told = valence or _joint(None, {_valence(word, book) for word in beside} - {None})
    if told is None:
        return None
    cast = Cast(reading, Trigger(noun, reading.codebook.frames.words))
    near = next((who for bearer in _standing(noun) if (who := _parties(cast, bearer))), [])
    far = next((who for other in cast.trigger.arguments.nominals("with") if (who := _parties(cast, other))), [])
    pairs = list(product(near, far)) or (list(combinations(near, 2)) if len(near) == 2 else [])
    return Bond(noun, f"relation/phrase/{noun.lemma_.lower()}", told, [*beside, noun], pairs) if pairs else None


def _standing(noun: Token) -> list[Token]:
    """Of whom a phrase is said: its subject, the noun that it hangs on, the name before the aside that it is in."""
    if children(noun, "cop") or children(noun, "nsubj"):
        return surface_subjects(noun)
    first = first_conjunct(noun)
    for top in (first, first.head):
        start = top.left_edge.i
        if start > 1 and noun.doc[start - 1].text == "," and noun.doc[start - 2].pos_ in ("PROPN", "NOUN"):
            return [noun.doc[start - 2]]
    head = first.head
    return surface_subjects(head) if head.pos_ in ("VERB", "AUX") else [head]


def _of_claims(reading: Reading, token: Token, book: Relations) -> Bond | None:
    """Two states that both claim what only one can have: "waters that both countries claim", "is disputed"."""
    found = arguments(token)
    things = [*found.object, *(found.subject if found.passive else ())]
    if token.pos_ == "ADJ" or label(token) == "amod":
        things = [token.head]
    if not any(part.lemma_.lower() in book.grounds for thing in things for part in (thing, *children(thing, "nmod"))):
        return None
    cast = Cast(reading, Trigger(token, reading.codebook.frames.words))
    who = next((who for subject in found.subject if len(who := _parties(cast, subject)) == 2), [])
    known = (found.passive and label(token) != "amod") or any(
        word.lower_ == "the" for word in children(token.head, "det")
    )
    if not who and known and not found.nominals("by"):
        who = context_pair(reading, token)
    pairs = list(combinations(who, 2))
    return Bond(token, f"relation/claims/{token.lemma_.lower()}", "enmity", [token], pairs) if pairs else None


def _parties(cast: Cast, nominal: Token) -> list[Participant]:
    """Whom a nominal names; "both sides", "the two neighbours" mean the pair that the text is about."""
    found = cast.all(nominal)
    if found or not _means_two(nominal, cast.reading):
        return found
    return context_pair(cast.reading, nominal)


def _means_two(nominal: Token, reading: Reading) -> bool:
    counted = any(word.lower_ in PAIRING for word in children(nominal, "nummod", "det", "amod", "det:predet"))
    return (counted and nominal.lemma_.lower() in reading.codebook.relations.pairs) or nominal.lower_ in ("both", "two")


def context_pair(reading: Reading, token: Token) -> list[Participant]:
    """The two states that the text so far is about, else the two named together just before."""
    named: dict[str, Actor] = {}
    counts: Counter[str] = Counter()
    for mention in reading.mentions:
        for actor in mention.actors:
            if mention.start < token.i and actor.country and actor.code == actor.country:
                counts[actor.country] += 1
                named[actor.country] = actor
    top = counts.most_common(3)
    if len(top) > 1 and (len(top) == 2 or 2 * top[2][1] <= top[1][1]):
        return [Participant(token, named[country]) for country, _ in top[:2]]
    found = pair_before(reading, token)
    return found if all(one.actor.code == one.actor.country for one in found) else []


def _of_noun(reading: Reading, noun: Token, lemma: str, book: Relations) -> Bond | None:
    beside = _beside(noun, book)
    valence = _joint(book.nouns.get(lemma), {_valence(word, book) for word in beside} - {None})
    if valence is None:
        if lemma not in book.plain:
            return None
        valence = "neutral"
    if any(actor.name for actor in reading.mentions.of(noun)):
        return None  # "the alliance" that is NATO
    if any(word.lower_ == "no" for word in children(noun, "det")):  # "has no ties with", "no quarrel with"
        valence = "neutral" if valence == "enmity" else "enmity"
    found = Trigger(noun, reading.codebook.frames.words)
    cast = Cast(reading, found, HAVING)
    pairs = _told(cast, noun) if lemma in book.roles else _pairs(cast, noun)
    if not pairs and _is_known(noun, found, book):
        pairs = list(combinations(context_pair(reading, noun), 2))  # "relations have cooled since"
    return Bond(noun, f"relation/noun/{lemma}", valence, [*beside, noun], pairs) if pairs else None


def _is_known(noun: Token, found: Trigger, book: Relations) -> bool:
    """Whether it is the relation that the text is about: "the quarrel", "friction remains", "the two rivals"."""
    lemma = noun.lemma_.lower()
    if lemma in book.roles:
        return any(word.lower_ in PAIRING for word in children(noun, "nummod", "det", "det:predet"))
    if lemma not in book.known or any(word.lower_ in ("a", "an", "no") for word in children(noun, "det")):
        return False
    if is_known_happening(found, anywhere=lemma in book.nouns):
        return True
    bare = not children(noun, "det", "nmod", "nmod:poss", "compound", "amod")
    return bare and label(noun) == "nsubj" and lemma in book.nouns


def _told(cast: Cast, noun: Token) -> list[tuple[Participant, Participant]]:
    """Who is whose ally or rival: "Kenya, an ally of Chad", "its rival", "Chad and Mali are allies"."""
    near = _bearers(cast, noun) or _same(cast, noun)
    own = {one.actor.code for one in near}
    places = [
        [one for owner in children(first_conjunct(noun), "nmod:poss") for one in cast.all(owner)],
        *(_all(cast, preposition, noun) for preposition in ("of", "to", "with")),
        cast.modifiers(noun),
    ]
    for far in places:
        if near and (others := [one for one in far if one.actor.code not in own]):
            return list(product(near[:4], others[:4]))
    if near and not any(places[:4]) and label(noun) in ("obj", "obl") and noun.head.pos_ == "VERB":
        above = next((who for subject in surface_subjects(noun.head) if (who := cast.all(subject))), [])
        return [(one, other) for one in above for other in near]  # "does not want to quarrel with a friend"
    joint = len(near) == 2 and "Plur" in noun.morph.get("Number") and not any(places[:4])
    return list(combinations(near, 2)) if joint else []


def _same(cast: Cast, noun: Token) -> list[Participant]:
    """Whom the words themselves mean: "Kenya's eastern rival", once it is known who that is."""
    return [Participant(noun, actor) for actor in cast.reading.mentions.of(noun) if actor.country]


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
            one for nominal in found.nominals(preposition) for one in _parties(cast, nominal) or cast.modifiers(nominal)
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
    return list(combinations(near, 2)) if len(near) == 2 else []


def _all(cast: Cast, preposition: str, noun: Token) -> list[Participant]:
    nominals = [nominal for nominal in cast.trigger.arguments.nominals(preposition) if nominal.i > noun.i]
    return [one for nominal in nominals for one in cast.all(nominal)[:6]]


def _bearers(cast: Cast, noun: Token) -> list[Participant]:
    """Who is or has it: subject of a copula, of "have", the noun in apposition, what is named "as" it."""
    top = packed(noun, cast.reading.codebook.frames.words)
    if adposition(top) in ("like", "of") and top.head.lemma_.lower() in VAGUE:  # "something like friends"
        top = top.head
    governor = top.head
    subjects: list[Token] = []
    if children(top, "cop"):
        subjects = surface_subjects(top)
    elif (name := _name_before(noun)) is not None:
        subjects = [name]
    elif label(top) == "appos" or (label(top) == "nsubj" and children(governor, "cop")):
        subjects = [governor]  # "the enemy of this republic is the junta"
    elif aside := children(top, "appos"):
        subjects = aside
    elif label(top) in ("obj", "obl") and governor.pos_ == "VERB" and governor.lemma_.lower() in HAVING:
        subjects = surface_subjects(governor)
    elif label(top) == "obl" and adposition(top) == "as" and governor.pos_ == "VERB":
        subjects = children(governor, "obj") or surface_subjects(governor)
    return next((found for subject in subjects if (found := _parties(cast, subject))), [])


def _name_before(noun: Token) -> Token | None:
    """ "Iran, Oman's friend, …", "Namibia and Angola, allies of Harare": the names before the comma."""
    start = min([noun.i, *(word.left_edge.i for word in children(noun, "nmod:poss", "det", "amod", "compound"))])
    if start < 2 or noun.doc[start - 1].text != "," or noun.doc[start - 2].pos_ != "PROPN":
        return None
    return first_conjunct(noun.doc[start - 2])


def _of_predicate(reading: Reading, token: Token, rule: str, valence: Valence) -> Bond | None:
    found = Trigger(token, reading.codebook.frames.words)
    cast = Cast(reading, found)
    verb = token.head if label(token) == "advmod" else token
    subjects = next((who for subject in surface_subjects(verb) if (who := _parties(cast, subject))), [])
    towards = [preposition for preposition in TOWARDS if len(subjects) < 2 or preposition not in TOPICAL]
    nominals = [*found.arguments.object, *found.arguments.nominals(*towards)]
    if verb is not token:  # "has drawn closer | to Cairo"
        nominals += arguments(verb).nominals(*TOWARDS)
    kinds = [nominal for nominal in nominals if any(word.lower_ in ("a", "an") for word in children(nominal, "det"))]
    objects = next((who for nominal in nominals if nominal not in kinds and (who := cast.all(nominal))), [])
    pairs = list(product(subjects, objects))
    if not pairs and len(subjects) == 2:  # "the two quarrelled"
        pairs = list(combinations(subjects, 2))
    if not pairs and label(token) == "amod" and _means_two(token.head, reading):  # "both quarrelling neighbours"
        pairs = list(combinations(context_pair(reading, token), 2))
    if valence == "amity" and token.pos_ == "VERB" and _is_denied(token):
        valence = "enmity"  # who does not trust somebody distrusts them
    return Bond(token, f"{rule}/{token.lemma_.lower()}", valence, [token], pairs) if pairs else None


def _is_denied(verb: Token) -> bool:
    words = [*verb.children, *(deep for other in children(verb, "nsubj", "obj") for deep in (other, *other.children))]
    return any(word.lower_ in DISBELIEF for word in words)


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
        inside = one == other and a.actor.start != b.actor.start and a.actor.sector and b.actor.sector  # rival parties
        if (one != other or inside) and a.actor.code and b.actor.code:
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
