"""What is said: the stretches of a sentence that a reporting word governs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from amity.coding.syntax import adposition, ancestors, children, is_passive, label, mark, predicate, surface_subjects
from amity.coding.voices.asides import is_gerund, phrase_end, what_follows
from amity.coding.voices.quotes import Span

if TYPE_CHECKING:
    from amity.codebook.speech import Speech
    from amity.coding.parse import Token

NOBODY = frozenset({"it", "there", "this", "that", "which", "what", "these", "those", "such"})
_ADDING = frozenset({"add", "note"})  # always said by who said the words before


def content_of_verb(verb: Token, lemma: str, source: list[Token], speech: Speech) -> Iterator[Span]:
    """The words that a reporting verb gives as those of `source`; none when the grammar does not show them."""
    effects = speech.verbs.get(lemma, ())
    clauses = [other for other in verb.children if _is_content(other, verb, lemma, effects, speech)]
    clauses = clauses or list(_strayed(verb, effects, speech))
    if clauses:
        clauses += [other for other in children(verb, "conj") if _goes_on(other, clauses[0])]
    if effects and source and _is_aside(verb, source, clauses):
        yield from _around(verb, source, clauses)
        return
    for clause in clauses:
        before = clause.i < verb.i and label(verb) == "root" and label(clause) == "ccomp"
        span = Span(verb.sent.start, _said(clause).end) if before else _said(clause)
        yield from _outside(_beyond(_until_next_report(span, clause, verb, speech), clause, verb), verb, source)


def _goes_on(other: Token, clause: Token) -> bool:
    """ "said that A and that B", "said A had fallen and B had been shot": a second clause that the verb governs."""
    if mark(other) == "that":
        return True
    tense = {word.lower_ for word in children(clause, "aux")} & {"had", "would"}
    return bool(tense & {word.lower_ for word in children(other, "aux")})


def _is_content(other: Token, verb: Token, lemma: str, effects: tuple[str, ...], speech: Speech) -> bool:
    """Whether a dependent of a reporting verb says what is reported."""
    introduced = introduced_by(other)
    match label(other):
        case "ccomp":
            return (bool(effects) or _holds_quote(other)) and not _is_joined(other) and not _is_apart(other, verb)
        case "csubj":
            return bool(effects) and is_passive(verb)
        case "xcomp":
            if mark(other) == "to":
                return lemma in speech.infinitives or "expects" in effects
            if other.pos_ == "VERB" and lemma in speech.gerunds:
                return True
            return lemma in speech.labelling and (other.pos_ in ("NOUN", "PROPN", "ADJ") or is_gerund(other))
        case "advcl" | "obl" | "acl":
            if introduced & speech.content_prepositions.get(lemma, frozenset()):
                return True
            if introduced & {"as"} and label(other) != "acl":
                return lemma in speech.labelling or lemma in ("quote", "cite")
        case "obj":
            if lemma in speech.labelling and any(first.i < other.i for first in children(verb, "obj")):
                return True  # "branded the policy | a game"
            named = lemma in ("deny", "report", "allege") or bool(children(other, "acl", "nmod"))
            return lemma in speech.voicing and other.pos_ == "NOUN" and named
        case "parataxis":
            return bool(effects) and other.i > verb.i and _introduced_by_colon(other) and finite(other)
    return False


def _is_joined(clause: Token) -> bool:
    """ "told jokes, spoke of the war", "told him, adding …": a second verb of the same subject, taken for content."""
    if is_gerund(clause) and clause.doc[clause.i - 1].text == "," and clause.i > clause.head.i:
        return True
    before = clause.doc[clause.left_edge.i - 1].text if clause.left_edge.i else ""
    bare = clause.pos_ == "VERB" and not children(clause, "nsubj", "csubj", "expl", "aux", "mark", "cop")
    past = "Fin" in clause.morph.get("VerbForm") and "Past" in clause.morph.get("Tense")
    return bare and past and "," in (before, clause.left_edge.text) and clause.i > clause.head.i


def _is_apart(clause: Token, verb: Token) -> bool:
    """ "…, he said; it had …": a clause behind a semicolon is another sentence."""
    between = verb.doc[verb.i + 1 : clause.i]
    return label(verb) != "root" and any(word.text == ";" for word in between)


def _said(other: Token) -> Span:
    """The words of a content without the preposition that introduces it."""
    span = subtree(other)
    first = span.start
    if label(other) in ("obl", "advcl", "acl"):
        while first < other.i and other.doc[first].head.i == other.i and label(other.doc[first]) in ("case", "mark"):
            first += 1
    return Span(first, span.end)


def _strayed(verb: Token, effects: tuple[str, ...], speech: Speech) -> Iterator[Token]:
    """ "claimed in an interview that …", "accused | Chad of …": the clause that a parser hangs on a nominal."""
    prepositions = speech.content_prepositions.get(verb.lemma_.lower(), frozenset())
    for judged in children(verb, "obj"):
        yield from (other for other in children(judged, "acl", "nmod") if introduced_by(other) & prepositions)
    if not effects or effects[0] not in ("states", "alleges", "denies", "confirms"):
        return
    for nominal in children(verb, "obl", "obj"):
        for clause in children(nominal, "acl", "ccomp"):
            that = next((word for word in clause.children if word.lower_ == "that"), None)
            whole = that is not None and (that.pos_ == "SCONJ" or nominal.lemma_.lower() in speech.venues)
            if nominal.i > verb.i and whole and finite(clause) and children(clause, "nsubj"):
                yield clause


def _is_aside(verb: Token, source: list[Token], clauses: list[Token]) -> bool:
    """Whether source and verb interrupt or follow what is said: "Baku, officials said, would pay" · "…, he said"."""
    phrase = _phrase(verb, source)
    doc = verb.doc
    if phrase.start <= verb.sent.start + 1 or doc[phrase.start - 1].text not in (",", "–", "—", "-", "("):
        return False
    if not clauses:
        return label(verb) == "parataxis" and not children(verb, "obj") and not _after_stop(verb)
    comma = phrase.end < len(doc) and doc[phrase.end].text == ","
    opens = phrase.end + 1 < len(doc) and doc[phrase.end + 1].is_quote and not doc[phrase.start - 2].is_quote
    if comma and opens and label(_top(doc[phrase.start - 2], phrase.start)) == "advcl":
        return False  # "As the crowd left, the mayor said, “…”"
    return bool(comma and clauses[-1].right_edge.i > verb.i and not mark(clauses[-1]))


def _clause(word: Token) -> Token:
    """The head of the clause that a word stands in: of the relative clause in "houses which, he said, had burned"."""
    while label(word) not in ("root", "ccomp", "csubj", "advcl", "acl", "parataxis"):
        if label(word) == "conj" and children(word, "nsubj"):
            break
        word = word.head
    return word


def _top(word: Token, end: int) -> Token:
    """The highest word above a word that stands before `end` too."""
    while word.head is not word and word.head.i < end:
        word = word.head
    return word


def _around(verb: Token, source: list[Token], clauses: list[Token]) -> Iterator[Span]:
    """What is said on both sides of an aside, up to the smallest clause that goes on behind it."""
    phrase = _phrase(verb, source)
    doc, sentence = verb.doc, verb.sent
    left = max((i for i in range(sentence.start, phrase.start) if doc[i].is_alpha), default=sentence.start)
    if clauses:
        start = sentence.start if label(verb) == "root" else subtree(predicate(doc[left])).start
        whole, aside = Span(start, subtree(clauses[-1]).end), phrase
    else:
        aside = subtree(verb)
        aside = Span(aside.start, max(aside.end, phrase_end(verb) or 0))
        right = min((i for i in range(aside.end, sentence.end) if doc[i].is_alpha), default=-1)
        over = (head for head in (doc[left], *ancestors(doc[left])) if right in subtree(head))
        whole = subtree(_clause(next(over, verb.head)))
        whole = _until_counterpart(whole, verb, phrase)
    for part in without(whole, aside):
        yield from (part,) if part.start < aside.start else what_follows(doc, part.start, part.end)


def _until_counterpart(whole: Span, verb: Token, phrase: Span) -> Span:
    """ "…, he said, whereas B denied that …": what another source says after the aside is not his."""
    for other in verb.doc[phrase.end : whole.end]:
        apart = label(other) in ("advcl", "conj") and other.left_edge.i >= phrase.end
        if apart and children(other, "nsubj") and children(other, "ccomp"):
            return Span(whole.start, other.left_edge.i)
    return whole


def _phrase(verb: Token, source: list[Token]) -> Span:
    """The reporting word with its source, as one stretch."""
    parts = [Span(verb.i, verb.i + 1), *(subtree(token) for token in source if verb.i not in subtree(token))]
    return Span(min(part.start for part in parts), max(part.end for part in parts))


def _after_stop(verb: Token) -> bool:
    """Whether the verb begins a sentence of its own, after a semicolon."""
    start = verb.left_edge.i
    return bool(start > 0 and ";" in (verb.doc[start - 1].text, verb.doc[start].text))


def _beyond(span: Span, clause: Token, verb: Token) -> Span:
    """The span on its own side of the reporting word, whatever a crossing branch of the parse encloses."""
    return Span(max(span.start, verb.i + 1), span.end) if clause.i > verb.i else Span(span.start, min(span.end, verb.i))


def _until_next_report(span: Span, clause: Token, verb: Token, speech: Speech) -> Span:
    """ "said that A and added that B", "said that A, adding that B": a second report is no content of the first."""
    for other in children(clause, "advcl"):
        if span.start < other.i - 1 < span.end and is_second_report(other, clause, speech):
            return Span(span.start, other.i - 1)
    for other in children(clause, "conj"):
        reports = other.i > verb.i and speech.verbs.get(other.lemma_.lower(), ("",))[0] == "states"
        alike = other.morph.get("Tense") == verb.morph.get("Tense") and not children(other, "nsubj", "aux")
        if reports and alike and children(other, "ccomp"):
            return Span(span.start, other.left_edge.i)
    return span


def is_second_report(verb: Token, clause: Token, speech: Speech) -> bool:
    """ "said roads were blocked, saying …": a participle of who reports the clause, when its subject cannot speak."""
    reporter, lemma = clause.head, verb.lemma_.lower()
    if label(clause) != "ccomp" or reporter.lemma_.lower() not in speech.verbs or verb.i < max(clause.i, reporter.i):
        return False
    if not is_gerund(verb) or lemma not in speech.verbs or verb.doc[verb.i - 1].text != ",":
        return False
    return (
        lemma in _ADDING
        or clause.i < reporter.i
        or not any(_is_somebody(one, speech) for one in surface_subjects(clause))
    )


def _is_somebody(subject: Token, speech: Speech) -> bool:
    named = subject.ent_type_ in ("PERSON", "ORG", "GPE", "NORP") or subject.lemma_.lower() in speech.people
    return named or (subject.pos_ == "PRON" and subject.lower_ not in NOBODY)


def commented(verb: Token) -> list[Span]:
    """ "It is absurd, as X claims, that …": the clause that follows the aside; else the clause around it."""
    head, aside = verb.head, subtree(verb)
    for other in children(head, "ccomp", "csubj"):
        if other.left_edge.i >= aside.end - 1 and other.i > verb.i:
            return [subtree(other)]
    return list(without(subtree(head), aside))


def introduced_by(other: Token) -> set[str]:
    """The word that introduces a clause or nominal."""
    words = (mark(other), adposition(other))
    return {word for word in words if word}


def _introduced_by_colon(clause: Token) -> bool:
    start = clause.left_edge.i
    return start > 0 and (":" in (clause.doc[start - 1].text, clause.left_edge.text))


def finite(clause: Token) -> bool:
    """Whether a word heads a clause of its own."""
    return clause.pos_ in ("VERB", "AUX") or bool(children(clause, "cop", "nsubj"))


def _holds_quote(clause: Token) -> bool:
    return any(token.is_quote for token in clause.doc[max(0, clause.left_edge.i - 1) : clause.right_edge.i + 2])


def _outside(span: Span, verb: Token, source: list[Token]) -> Iterator[Span]:
    """The span without the reporting word, its helpers and its source, which crossing branches may enclose."""
    holes = [Span(verb.i, verb.i + 1), *(subtree(other) for other in (*children(verb, "aux"), *source))]
    yield from without(
        span, *(hole for hole in holes if hole.start in span and hole.end <= span.end and len(hole) < len(span))
    )


def subtree(token: Token) -> Span:
    """A word with all that depends on it, as one stretch."""
    return Span(token.left_edge.i, token.right_edge.i + 1)


def without(span: Span, *holes: Span) -> Iterator[Span]:
    """What is left of a stretch when others are cut out."""
    at = span.start
    for hole in sorted(holes, key=lambda hole: hole.start):
        if hole.start > at:
            yield Span(at, min(hole.start, span.end))
        at = max(at, hole.end)
    if at < span.end:
        yield Span(at, span.end)
