"""What somebody is said to want, know, favour, oppose or speak of: attributions that make nobody the source of a claim.

"Chad backs the plan to send troops" gives the plan a stance and no voice: its words remain those of the author. So
attitudes never enter the chain of `Voices`; they are for those who look for every attribution in the wide sense of
PolNeAR (Newell, Margolin and Ruths 2018): statements, stances, wishes, intentions, knowledge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from amity.coding.syntax import (
    adposition,
    children,
    first_conjunct,
    is_passive,
    label,
    mark,
    predicate,
    surface_subjects,
)
from amity.coding.voices.content import subtree, without
from amity.coding.voices.cues import Cue
from amity.coding.voices.quotes import Quote, Span

if TYPE_CHECKING:
    from amity.codebook.speech import Attitudes, Speech
    from amity.coding.parse import Doc, Token

_HOLDERS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "SYM", "X"})
_IMPERSONAL = frozenset({"there", "this", "that", "what", "which", "these", "such"})
_OWNING = frozenset({"by", "from", "among"})
_COMPLETING = frozenset({"for", "as", "over", "against", "to"})
_HELD = ("holds",)


def attitudes(doc: Doc, speech: Speech, reports: Iterable[Cue]) -> Iterator[Cue]:
    """Every attitude of a text, in its order; `reports` are its reporting words.

    Reports are among them, with the author, "you" and "it" as speakers, whom the chain of a claim leaves out.
    """
    reported = {cue.word.i: cue for cue in reports if cue.content}
    for token in doc:
        if (cue := reported.get(token.i)) is None:
            yield from _of_word(token, speech)
        elif token.pos_ == "VERB" and (holder := cue.source or ([] if is_passive(token) else _holder(token))):
            yield Cue(token, cue.effects, holder, _whole(cue, speech))


def trimmed(doc: Doc, span: Span) -> Span:
    """ "said the dam was safe, which nobody believes": without a relative clause that the author may have added."""
    if isinstance(span, Quote) or not len(span):
        return span
    last = span.end - 1
    while last > span.start and doc[last].is_punct and not doc[last].is_quote:
        last -= 1
    for other in doc[span.start : span.end]:
        start = other.left_edge.i
        if (
            other.dep_ in ("acl:relcl", "advcl:relcl")
            and span.start <= other.head.i < start
            and other.right_edge.i >= last
        ):
            comma = start if doc[start].text == "," else start - 1
            if doc[comma].text == "," and not any(word.is_quote for word in doc[start : span.end]):
                return Span(span.start, comma)
    return span


def _whole(cue: Cue, speech: Speech) -> list[Span]:
    """ "accused Chad of theft", "called Chad a thief": what is said of somebody, and of whom."""
    verb, lemma = cue.word, cue.word.lemma_.lower()
    for wide in _of_word(verb, speech):  # "pledged “firm” support": more than the words in quotation marks
        if wide.word is verb and all(
            wide.content[0].start <= span.start and span.end <= wide.content[0].end for span in cue.content
        ):
            return wide.content
    if lemma in speech.labelling or lemma in speech.content_prepositions:
        for judged in children(verb, "obj"):
            if verb.i < judged.i and judged.right_edge.i < cue.content[0].start:
                return [Span(judged.left_edge.i, cue.content[0].end), *cue.content[1:]]
    return cue.content


def _of_word(token: Token, speech: Speech) -> Iterator[Cue]:
    words, lemma = speech.attitudes, token.lemma_.lower()
    match token.pos_:
        case "VERB" if lemma in words.verbs and label(token) not in ("amod", "compound", "case", "fixed"):
            yield from _undergone(token, lemma, words) if is_passive(token) else _of_verb(token, lemma, words)
        case "NOUN" if token.lower_ in words.surveys and adposition(token) == "in":
            yield from _of_survey(token)
        case "NOUN" if lemma in words.nouns:
            yield from _of_noun(token, words.nouns[lemma], speech)
        case "ADJ" if lemma in words.adjectives:
            yield from _of_adjective(token, words.adjectives[lemma])


def _of_verb(verb: Token, lemma: str, words: Attitudes) -> Iterator[Cue]:
    if verb.dep_ == "acl" or (label(verb) == "advcl" and mark(verb) == "as"):
        return  # "a group opposing it", "as Chad wants": in passing, of no account
    content = [other for other in verb.children if _is_held(other, lemma, words)]
    if content and (holder := _holder(verb)):
        yield Cue(verb, _HELD, holder, [_stretch(verb, _completed(verb, content))])


def _completed(verb: Token, content: list[Token]) -> list[Token]:
    """With the phrases right behind it that say why or as what: "praised the mayor | for the dam"."""
    end = max(other.right_edge.i for other in content)
    for other in verb.children:
        if other.left_edge.i == end + 1 and other.i > verb.i and (mark(other) or adposition(other)) in _COMPLETING:
            content.append(other)
            end = other.right_edge.i
    return content


def _is_held(other: Token, lemma: str, words: Attitudes) -> bool:
    """Whether a dependent of a verb is what the attitude is about."""
    match label(other):
        case "obj":
            return lemma in words.objects
        case "ccomp":
            return lemma in words.clauses
        case "xcomp":
            return lemma in (words.infinitives if mark(other) == "to" else words.objects)
        case "advcl" | "obl":
            introduced = mark(other) or adposition(other)
            return introduced in words.prepositions.get(lemma, ()) or (
                introduced == "to" and lemma in words.infinitives
            )
    return False


def _holder(verb: Token) -> list[Token]:
    """Who holds the attitude: the subject, "I", "you" and "it" included."""
    found = [
        subject for subject in surface_subjects(verb) if subject.pos_ in _HOLDERS and subject.lower_ not in _IMPERSONAL
    ]
    return found[:1]


def _stretch(verb: Token, content: Sequence[Token]) -> Span:
    """From the first to the last word of what an attitude is about, on one side of the verb."""
    behind = [other for other in content if other.i > verb.i] or content
    spans = [subtree(other) for other in behind]
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    first = behind[0]
    if label(first) in ("obl", "nmod", "advcl", "acl"):
        while start < first.i and verb.doc[start].head is first and label(verb.doc[start]) in ("case", "mark"):
            start += 1
    return Span(max(start, verb.i + 1), end) if first.i > verb.i else Span(start, min(end, verb.i))


def _undergone(verb: Token, lemma: str, words: Attitudes) -> Iterator[Cue]:
    """ "The plan was backed by Chad": what is passive subject is what the attitude of "by …" is about."""
    holders = [agent for agent in children(verb, "obl") if adposition(agent) == "by"]
    content = children(verb, "nsubj") or ([verb.head] if label(verb) == "acl" else [])
    if lemma in words.objects and holders and content:
        first = content[0]
        start = first.left_edge.i
        while start < first.i and label(verb.doc[start]) in ("case", "fixed", "mark", "punct"):
            start += 1
        yield Cue(verb, _HELD, holders, [Span(start, min(first.right_edge.i + 1, verb.i))])


def _of_noun(noun: Token, prepositions: frozenset[str], speech: Speech) -> Iterator[Cue]:
    """ "Chad's support for the plan", "opposition to it from Mali", "voiced concern about it"."""
    content = [
        other
        for other in noun.children
        if other.i > noun.i
        and (
            (label(other) == "acl" and mark(other) in ("to", "that", *prepositions))
            or (label(other) == "nmod" and adposition(other) in prepositions)
        )
    ]
    holder = children(noun, "nmod:poss") or [
        other for other in children(noun, "nmod") if other not in content and adposition(other) in _OWNING
    ]
    governor = first_conjunct(noun).head
    if not holder and label(noun) == "obj" and governor.lemma_.lower() in speech.light_verbs:
        holder = _holder(governor)
    if content and holder:
        yield Cue(noun, _HELD, holder[:1], [_stretch(noun, content[:1])])


def _of_survey(noun: Token) -> Iterator[Cue]:
    """ "In a poll by the Gazette, most voters backed the mayor"."""
    phrase, clause = subtree(noun), subtree(predicate(noun.head))
    content = list(without(clause, phrase))
    if content and phrase.start in clause:
        yield Cue(next(iter(children(noun, "case")), noun), ("shows",), [noun], content)


def _of_adjective(adjective: Token, prepositions: frozenset[str]) -> Iterator[Cue]:
    """ "Chad is wary of the plan", "is ready to join"."""
    content = [
        other
        for other in children(adjective, "obl", "advcl", "xcomp", "ccomp")
        if other.i > adjective.i and (mark(other) or adposition(other)) in prepositions
    ]
    if content and (holder := _holder(adjective)):
        yield Cue(adjective, _HELD, holder, [_stretch(adjective, content[:1])])
