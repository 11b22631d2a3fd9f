"""Judgements: what is judged, how, and how cautiously. The words that judge are in `assessments.yaml`.

A judgement is somebody's: its attribution says whose, none when it is the author's. The author's disbelief in a claim
is a judgement on the claim and leaves the claim's own status alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from amity.coding.drafts import base
from amity.coding.phrases import actors, clause_text, in_furniture, is_stand_in, title, wording
from amity.coding.status import status
from amity.coding.syntax import adposition, ancestors, antecedent, arguments, children, label, mark, surface_subjects
from amity.records import Assessment

if TYPE_CHECKING:
    from amity.codebook.judgements import Judgements
    from amity.coding.parse import Token
    from amity.coding.reading import Reading

_EMPTY = frozenset({"it", "there", "this", "that", "what", "which", "one"})
_SUPPOSING = frozenset("believe think imagine say claim accept conclude assume suppose see deny suggest expect".split())
_REFLEXIVE = frozenset("himself herself itself themselves themself".split())
_STANDING = frozenset({"relation", "tie", "relationship"})  # how two stand is a relation
_POINTING = frozenset({"it", "this", "that"})
_PERSONAL = frozenset({"i", "we", "you", "me", "us"})


@dataclass(slots=True)
class Judgement:
    """A judging word, the words of the verdict, and the head of what is judged (or its text)."""

    token: Token
    rule: str
    verdict: list[Token]
    target: Token | None = None
    clause: Token | None = None
    words: list[Token] = field(default_factory=list)


def assessments(reading: Reading) -> Iterator[Assessment]:
    """All judgements of an article."""
    book = reading.codebook.judgements
    known = {*book.adjectives, *book.existential, *book.nouns, *book.verbs, *book.naming, *book.dismissing, *_POINTING}
    judged: set[int] = set()
    for token in reading.doc.matching(known.__contains__):
        if in_furniture(reading, token):
            continue
        judgement = _of_pointing(reading, token) or _of_naming(reading, token, book) or _judgement(reading, token, book)
        if judgement is None or judgement.token.i in judged:
            continue
        claim = _claim(reading, judgement, book)
        if claim is not None:
            judged.add(judgement.token.i)
            yield claim
    yield from _set_phrases(reading, book)


def _of_naming(reading: Reading, verb: Token, book: Judgements) -> Judgement | None:
    """ "called the report a fabrication", "dismissed it as baseless": what somebody says that it is."""
    lemma = verb.lemma_.lower()
    if verb.pos_ != "VERB" or lemma not in book.naming | book.dismissing:
        return None
    found = arguments(verb)
    word = _amount(verb) if lemma == "amount" else _named_as(verb, lemma in book.naming)
    if word is None or word.pos_ not in ("NOUN", "ADJ", "VERB") or actors(reading, word) or _is_role(reading, word):
        return None
    if lemma in book.links and word.pos_ == "ADJ" and word.lower_ not in book.adjectives:
        return None  # "considered it secret"
    things = surface_subjects(verb) if lemma == "amount" else []
    things += [other for other in (*found.object, *found.nominals("")) if other.i != word.i]
    things += [antecedent(other) for other in (*children(word, "nsubj"), *children(verb, "nsubj")) if other.i > verb.i]
    if not things or things[0].lemma_.lower() in _REFLEXIVE or word.lemma_ == things[0].lemma_:
        return None
    negation = [other for other in verb.children if other.lower_ in ("not", "n't", "n’t", "never")]
    verdict = [*negation, *_phrase(word)] if word.pos_ == "NOUN" else _verdict(word)
    return Judgement(word, "assessment/naming", verdict, target=things[0])


def _of_pointing(reading: Reading, word: Token) -> Judgement | None:
    """ "It is a storm in a teacup", "this amounts to an invasion": what something just told is said to be."""
    noun = word.head
    if word.lower_ not in _POINTING or label(word) != "nsubj" or noun.pos_ != "NOUN" or not children(noun, "cop"):
        return None
    indefinite = any(other.lower_ in ("a", "an", "no") for other in children(noun, "det"))
    told = children(noun, "acl:relcl", "acl", "nummod") or actors(reading, noun) or _is_role(reading, noun)
    if not indefinite or told or actors(reading, word):
        return None
    return Judgement(noun, "assessment/pointing", _phrase(noun), target=word)


def _named_as(verb: Token, plainly: bool) -> Token | None:
    """The word for what something is called: a complement, or what stands after "as"."""
    for other in verb.children:
        introduced = mark(other) if other.pos_ == "VERB" else adposition(other)
        if other.i > verb.i and introduced == "as" and label(other) in ("obl", "advcl", "ccomp", "xcomp", "nmod"):
            return other
    if not plainly:
        return next((one for thing in children(verb, "obj") for one in children(thing, "nmod") if _is_as(one)), None)
    objects = children(verb, "obj") + [other for other in children(verb, "nsubj") if other.i > verb.i]
    objects += [other for other in children(verb, "nsubj:pass") if other.i < verb.i]
    for other in children(verb, "xcomp", "parataxis", "obj"):
        before = [one for one in objects if one.i < other.i]
        if other.i > verb.i and before and mark(other) != "to" and not children(other, "nsubj", "cop"):
            return other
    return None


def _is_as(nominal: Token) -> bool:
    return adposition(nominal) == "as"


def _is_role(reading: Reading, word: Token) -> bool:
    """Whether it says what part somebody plays rather than what to think of it: "regards it as an ally"."""
    lemma = word.lemma_.lower()
    return lemma in reading.codebook.structures.by_noun or lemma in reading.codebook.relations.roles


def _judgement(reading: Reading, token: Token, book: Judgements) -> Judgement | None:
    lemma = token.lemma_.lower()
    match token.pos_:
        case "ADJ" | "VERB" | "ADV" if token.lower_ in book.adjectives or (
            token.pos_ == "ADJ" and lemma in book.adjectives
        ):
            return _of_adjective(token, book)
        case "NOUN" if lemma in book.existential and _is_existential(token):
            return _of_existence(token)
        case "NOUN" if lemma in book.nouns:
            return _of_noun(token)
        case "VERB" if lemma in book.verbs:
            return _of_verb(token, book.verbs[lemma], book)
    return None


def _of_adjective(word: Token, book: Judgements) -> Judgement | None:
    """ "X is ADJ", "X became ADJ", "it is ADJ that …", "X was ADJ and ADJ", "a crude campaign"."""
    first = word
    while label(first) == "conj" and first.head.pos_ in ("ADJ", "VERB", "ADV"):
        first = first.head
    if (
        label(word) == "amod"
        and word.i > word.head.i
        and children(word, "advmod")
        and book.adjectives[word.lower_] in ("effect", "value")
    ):
        return Judgement(
            word, "assessment/adjective", _verdict(word), target=word.head
        )  # "a weapon even more effective"
    if label(word) == "amod" and word.pos_ in ("ADJ", "VERB") and word.lower_ in book.attributive:
        noun = word.head
        if noun.lemma_.lower() in book.attributed_nouns and noun.i > word.i:
            return Judgement(word, "assessment/attributive", [word], target=noun)
    if label(word) == "amod" and word.pos_ == "ADJ" and word.i < word.head.i:
        return _of_attribute(word, book)
    if first is not word:
        return None  # the first adjective's verdict has the others in it
    predicative = bool(children(word, "cop"))
    link = (
        word.head
        if label(word) == "xcomp" and word.head.lemma_.lower() in book.links and word.head.i < word.i
        else None
    )
    if not predicative and link is None:
        return None
    governor = word if predicative else link
    assert governor is not None
    clause = _judged_clause(word, governor)
    target = next((subject for subject in _subjects(word, governor)), None)
    rule = f"assessment/{book.adjectives.get(word.lower_, 'adjective')}"
    words = [link] if link is not None else []
    if clause is not None and (target is None or target.lower_ in _EMPTY or label(target) == "expl"):
        return Judgement(word, rule, _verdict(word), clause=clause, words=words)
    if target is None or target.lower_ in _PERSONAL:
        return None
    if word.lower_ in ("able", "capable", "ready") and not any(
        other.lower_ in ("not", "n't", "n’t", "never") for other in word.children
    ):
        return None  # a readiness, not a judgement
    if target.pos_ == "VERB" or label(target) == "csubj":
        return Judgement(word, rule, _verdict(word), clause=target, words=words)
    return Judgement(word, rule, _verdict(word), target=target, words=words)


def _of_attribute(word: Token, book: Judgements) -> Judgement | None:
    """ "It is a fair question", "the most serious incident": a judging word before what it judges."""
    noun = word.head
    group = book.adjectives.get(word.lower_) or book.adjectives.get(word.lemma_.lower())
    degree = [other for other in children(word, "advmod") if other.lower_ in ("most", "least")]
    if (degree or word.tag_ == "JJS") and group in ("value", "weight"):
        return Judgement(word, "assessment/superlative", [*degree, word], target=noun)
    subjects = surface_subjects(noun) if children(noun, "cop") else []
    plain = [subject for subject in subjects if subject.lower_ not in _PERSONAL and not subject.ent_type_]
    if not plain or group is None or group == "weight" or plain[0].lower_ in ("there", "he", "she", "they"):
        return None
    return Judgement(noun, "assessment/attribute", _phrase(noun), target=plain[0])


def _subjects(word: Token, governor: Token) -> list[Token]:
    if governor is not word and children(governor, "obj"):
        return [antecedent(other) for other in children(governor, "obj")]  # "makes the deal risky"
    own = children(governor, "nsubj", "csubj") or children(word, "nsubj", "csubj")
    return [antecedent(other) for other in own] or surface_subjects(governor)


def _judged_clause(word: Token, governor: Token) -> Token | None:
    """ "impossible to believe that X": what is impossible to believe; "plausible that X": X."""
    for clause in (
        *children(word, "ccomp", "csubj", "advcl", "xcomp"),
        *(children(governor, "ccomp", "csubj") if governor is not word else []),
    ):
        if clause.i < word.i:
            continue
        introduced = mark(clause)
        if introduced == "to" or clause.dep_ in ("xcomp", "csubj"):
            return _believed(clause, word) or clause
        if introduced.startswith("that") or (introduced == "" and clause.dep_ in ("ccomp", "csubj")):
            return clause
    return None


def _believed(clause: Token, word: Token) -> Token | None:
    """ "impossible to believe, as X claims, that …": what is hard to believe, wherever the parser hangs it."""
    if clause.lemma_.lower() not in _SUPPOSING:
        return None
    asides = [
        aside for aside in (*children(clause, "advcl", "parataxis"), *children(word, "advcl")) if mark(aside) == "as"
    ]
    inner = [*children(clause, "ccomp"), *(below for aside in asides for below in children(aside, "ccomp"))]
    return next((one for one in inner if one.i > clause.i), None)


def _verdict(word: Token) -> list[Token]:
    """The judging word with its degree, negation and the adjectives joined to it."""
    found = [word]
    for other in word.children:
        if (label(other) in ("advmod", "obl:npmod") and other.i < word.i) or other.lower_ in (
            "not",
            "n't",
            "n’t",
            "never",
            "enough",
        ):
            found += [other, *(deep for deep in other.children if label(deep) == "advmod")]
        if label(other) == "conj" and other.pos_ == "ADJ" and not children(other, "nsubj"):
            found += [*children(other, "cc"), *_verdict(other)]
    return sorted({token.i: token for token in found}.values(), key=lambda token: token.i)


def _is_existential(noun: Token) -> bool:
    """ "there is no doubt", "there can be little hope"."""
    if label(noun) not in ("nsubj", "root", "ccomp") or (
        noun.head.lemma_ != "be" and noun.lemma_ != "be" and not children(noun, "cop")
    ):
        return False
    return any(other.lower_ == "there" for other in (*noun.head.children, *noun.children))


def _of_existence(noun: Token) -> Judgement | None:
    clause = next(
        (
            other
            for other in (*children(noun, "acl", "ccomp"), *children(noun.head, "ccomp", "acl"))
            if other.i > noun.i
        ),
        None,
    )
    about = next(
        (
            other
            for other in children(noun, "nmod")
            if adposition(other) in ("of", "about", "for", "in") and other.i > noun.i
        ),
        None,
    )
    degree = [
        other
        for other in children(noun, "det", "amod", "advmod")
        if other.i < noun.i and other.lower_ not in ("a", "an", "the")
    ]
    if clause is None and about is None:
        return None
    return Judgement(
        noun, "assessment/existential", [*degree, noun], target=None if clause is not None else about, clause=clause
    )


def _of_noun(noun: Token) -> Judgement | None:
    """ "X was a success", "the problem is that …"."""
    if children(noun, "cop"):
        target = next((subject for subject in surface_subjects(noun)), None)
        if target is None or target.lower_ in _PERSONAL or not children(noun, "amod", "det"):
            return None
        before = [
            other
            for other in children(noun, "amod", "advmod", "det", "case")
            if other.i < noun.i and other.lower_ not in ("a", "an", "the")
        ]
        return Judgement(noun, "assessment/noun", [*before, noun], target=target)
    if label(noun) in ("nsubj", "nsubj:outer") and noun.head.i > noun.i:
        head = noun.head
        clause = (
            head
            if mark(head).startswith("that") and any(other.lemma_ == "be" for other in children(head, "cop"))
            else None
        )
        clause = clause or next((other for other in children(head, "ccomp") if head.lemma_ == "be"), None)
        if clause is not None:
            before = [other for other in children(noun, "amod") if other.i < noun.i]
            return Judgement(noun, "assessment/noun", [*before, noun], clause=clause)
    return None


def _amount(verb: Token) -> Token | None:
    """ "amounted to an invasion by instalments", but not to a sum."""
    nominals = (other for other in children(verb, "obl") if adposition(other) == "to")
    return next((one for one in nominals if any(word.lower_ in ("a", "an") for word in children(one, "det"))), None)


def _of_verb(verb: Token, needs: str, book: Judgements) -> Judgement | None:
    """ "X succeeded", "X proved its effectiveness"."""
    subjects = [subject for subject in surface_subjects(verb) if subject.lower_ not in _PERSONAL]
    if not subjects or label(verb) in ("amod", "acl", "xcomp", "compound"):
        return None
    objects = children(verb, "obj")
    helpers = [other for other in verb.children if label(other) in ("aux", "advmod") and other.i < verb.i]
    negation = [other for other in helpers if other.lower_ in ("not", "n't", "n’t", "never")]
    auxiliary = [other for other in helpers if label(other) == "aux"] if negation else []
    if needs == "effectiveness":
        merits = [other for other in objects if other.lemma_.lower() in book.merits]
        return (
            Judgement(verb, "assessment/verb", [*auxiliary, *negation, verb, *_phrase(merits[0])], target=subjects[0])
            if merits
            else None
        )
    if needs == "that":  # "doubt that the truce will hold"
        clause = next((one for one in children(verb, "ccomp") if one.i > verb.i), None)
        if clause is None and not objects:
            return None
        target = None if clause is not None else objects[0]
        return Judgement(verb, "assessment/verb", [*auxiliary, *negation, verb], target=target, clause=clause)
    if needs == "obj":
        return Judgement(verb, "assessment/verb", [*auxiliary, *negation, verb], target=objects[0]) if objects else None
    if needs and not any(other.lower_ == needs for other in verb.subtree):
        return None
    if (not needs and (objects or children(verb, "xcomp", "ccomp"))) or (
        verb.lemma_ == "work" and (children(verb, "obl") or (subjects[0].pos_ == "PROPN" and not negation))
    ):
        return None
    extra = [other for other in verb.subtree if needs and other.lower_ == needs]
    return Judgement(verb, "assessment/verb", [*auxiliary, *negation, verb, *extra], target=subjects[0])


def _phrase(noun: Token) -> list[Token]:
    return [*(other for other in children(noun, "nmod:poss", "amod") if other.i < noun.i), noun]


def _set_phrases(reading: Reading, book: Judgements) -> Iterator[Assessment]:
    """Judgements that are set phrases; the target is the sentence's subject or the clause that follows."""
    text = reading.article.text.lower()
    for phrase in book.phrases:
        at = text.find(phrase)
        while at >= 0:
            span = reading.doc.char_span(at, at + len(phrase))
            if span is not None and not in_furniture(reading, span[0]):
                head = span.root
                subject = next(
                    (other for other in surface_subjects(head) if other.i not in range(span.start, span.end)), None
                )
                clause = next((other for other in children(head, "ccomp", "csubj") if other.i >= span.end), None)
                judgement = Judgement(
                    head,
                    "assessment/phrase",
                    list(span),
                    target=subject,
                    clause=None if subject is not None else clause,
                )
                if (subject is not None or clause is not None) and (
                    claim := _claim(reading, judgement, book)
                ) is not None:
                    yield claim
            at = text.find(phrase, at + 1)


def _claim(reading: Reading, judgement: Judgement, book: Judgements) -> Assessment | None:
    target = _target(reading, judgement)
    if not target or _is_supposed(judgement.token):
        return None
    if judgement.target is not None and judgement.target.lemma_.lower() in _STANDING:
        return None
    words = sorted({token.i: token for token in judgement.verdict}.values(), key=lambda token: token.i)
    heads = [token for token in (judgement.target,) if token is not None]
    return Assessment(
        **base(reading, judgement.token, judgement.rule, [*words, *heads, *judgement.words], None, _run(judgement))
        | _standing(reading, judgement),
        target=target,
        verdict=" ".join(token.text for token in words),
        hedges=_hedges(judgement, book),
    )


def _run(judgement: Judgement) -> list[Token]:
    """The words of the verdict that stand side by side with the judging word."""
    places = {word.i: word for word in judgement.verdict}
    low = high = judgement.token.i
    while low - 1 in places:
        low -= 1
    while high + 1 in places:
        high += 1
    return [places[i] for i in range(low, high + 1) if i in places]


def _standing(reading: Reading, judgement: Judgement) -> dict[str, Any]:
    """Status and certainty of the judging: its negation is part of the verdict."""
    stated, certainty = status(reading, judgement.token, negation=False)
    return {"status": stated, "certainty": certainty}


def _target(reading: Reading, judgement: Judgement) -> str:
    if judgement.clause is not None:
        return clause_text(reading, judgement.clause)
    token = judgement.target
    if token is None:
        return ""
    if token.lower_ in ("this", "that", "it") and not actors(reading, token):
        return _sentence_before(reading, token)
    if is_stand_in(reading, token) or token.lower_ in _EMPTY:
        return ""
    return title(reading, token) if token.pos_ == "PRON" else wording(reading, token)


def _sentence_before(reading: Reading, token: Token) -> str:
    """What "this" and "it" stand for at the beginning of a sentence: what the sentence before says."""
    sentence = token.sent
    if sentence.start == 0:
        return ""
    before = reading.doc[sentence.start - 1].sent
    return clause_text(reading, before.root) if any(word.pos_ in ("VERB", "AUX") for word in before) else ""


def _is_supposed(token: Token) -> bool:
    """Whether the judgement itself is only asked for or supposed: "if the talks are successful", "is it dangerous?"."""
    subject = min((other.i for other in children(token, "nsubj")), default=-1)
    if any(other.lower_ in ("should", "had", "were") and other.i < subject for other in children(token, "aux", "cop")):
        return True  # "should the truce fail"
    for word in (token, *ancestors(token)):
        if label(word) == "advcl" and mark(word) in ("if", "unless", "whether", "in case"):
            return True
    return any(word.text == "?" for word in token.sent[-2:])


def _hedges(judgement: Judgement, book: Judgements) -> tuple[str, ...]:
    """What softens the verdict: modals and adverbs beside the judging word and its link, set phrases in the clause."""
    token = judgement.token
    near = {
        other.i: other for word in (token, *judgement.words) for other in (word, *word.children) if other.i != token.i
    }
    for word in judgement.verdict:
        near[word.i] = word
    found = [
        near[i].lower_ for i in sorted(near) if near[i].lemma_.lower() in book.hedges or near[i].lower_ in book.hedges
    ]
    found = [word for word in found if word != token.lower_]
    clause = " ".join(
        other.lower_
        for other in token.doc[min(word.left_edge.i for word in (token, *judgement.words)) : token.right_edge.i + 1]
    )
    found += [phrase for phrase in sorted(book.hedges) if " " in phrase and f" {phrase} " in f" {clause} "]
    return tuple(dict.fromkeys(found))
