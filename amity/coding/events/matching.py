"""Does a frame fit a trigger? The answer says why not, so that `amity explain` can tell what was considered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amity.coding.syntax import child, children, is_negated, label

if TYPE_CHECKING:
    from amity.codebook.frames import Frame, Words
    from amity.coding.events.triggers import Trigger
    from amity.coding.parse import Token

QUESTIONS = frozenset({"why", "how", "whether", "what", "who", "when", "where", "which", "?"})
FUTURE = frozenset({"will", "'ll", "’ll", "wo", "shall", "would", "can", "could", "ca"})


def misfit(frame: Frame, found: Trigger, particle: str, words: Words) -> str:
    """Why the frame does not fit, in a few words; empty when it does."""
    if not found.has_particle(particle):
        return f"no '{particle}'"
    if found.particle and not particle and not frame.object:
        return f"'{found.particle}' makes it another verb"
    if frame.needs and not any(map(found.introduces, frame.needs)):
        return f"none of: {', '.join(sorted(frame.needs))}"
    if frame.clause and not frame.clause & found.arguments.clause.keys():
        return f"no clause with {', '.join(sorted(frame.clause))}"
    if frame.bare and any(head.pos_ != "VERB" for head in found.arguments.clause.get("", ())):
        return "calls it something"
    if frame.predicative and child(found.token, "cop") is None:
        return "is no predicate"
    if frame.part == "auxiliaries" and any(other.lower_ in QUESTIONS for other in found.token.head.children):
        return "stands in a question"
    if frame.intransitive and (found.arguments.object or "that" in found.arguments.clause):
        return "has an object"
    if frame.object and not frame.object & found.objects:
        return "object is none of the frame's"
    if frame.subject and not any(head.lemma_.lower() in frame.subject for head in found.arguments.subject):
        return "subject is none of the frame's"
    if frame.words and not frame.words & found.vocabulary:
        return "none of the frame's words near"
    if frame.without and (hits := frame.without & found.vocabulary):
        return f"excluded by {', '.join(sorted(hits))}"
    if frame.negated and not _will_not(found.token):
        return "not a 'will not'"
    return _content_misfit(frame, found, words)


def _content_misfit(frame: Frame, found: Trigger, words: Words) -> str:
    if frame.content is None:
        return ""
    clauses = [head for mark in ("to", "that", "", "of") for head in found.arguments.clause.get(mark, ())]
    hostile = any(head.lemma_.lower() in words.hostile for head in clauses)
    if frame.content == "misdeed" and not any(head.lemma_.lower() in words.misdeed for head in clauses):
        return "content is no misdeed"
    if frame.content == "departure" and not any(head.lemma_.lower() in words.departure for head in clauses):
        return "content is no departure"
    if frame.content == "hostile" and not hostile:
        return "content is not hostile"
    if frame.content == "cooperative" and hostile:
        return "content is hostile"
    return ""


def _will_not(verb: Token) -> bool:
    auxiliaries = {other.lower_ for other in children(verb, "aux")}
    return is_negated(verb) and bool(auxiliaries & FUTURE or "do" in {other.lemma_ for other in children(verb, "aux")})


def is_prevented(token: Token, words: Words) -> bool:
    """Whether a word stands under one that keeps it from happening: "averted a war", "the ban on delivering arms"."""
    above = token.head
    if label(token) in ("obj", "obl") and above.pos_ == "VERB":
        return above.lemma_.lower() in words.preventing
    if label(token) == "advcl" and (marks := children(token, "mark")) and marks[0].i:
        above = token.doc[marks[0].i - 1]
    return label(token) in ("nmod", "acl", "advcl") and above.pos_ == "NOUN" and above.lemma_.lower() in words.barring


def is_refused(found: Trigger, words: Words) -> bool:
    """Whether the act is what somebody refuses: "declined to meet"; the refusal is coded instead."""
    verb = found.light[0] if found.light else found.token
    return label(verb) == "xcomp" and verb.head.lemma_.lower() in words.refusing
