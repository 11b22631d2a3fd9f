"""Reporting words in a parse: who is named as the source, and which words are theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
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
from amity.coding.voices.asides import TELLING, aside, inverted, is_gerund
from amity.coding.voices.content import (
    NOBODY,
    commented,
    content_of_verb,
    finite,
    is_second_report,
    subtree,
    without,
)
from amity.coding.voices.quotes import Span

if TYPE_CHECKING:
    from amity.codebook.speech import Speech
    from amity.coding.parse import Doc, Token

AUTHOR = frozenset({"i", "we", "you", "one", "let", "myself", "ourselves"})
_MANNERS = frozenset(
    "plan schedule law rule need custom tradition principle size type ability taste merit rank".split()
)
GIVING = frozenset({"give", "number"})  # report only figures
FIGURING = frozenset({"at", "as"})  # before the figure that somebody gives
_COUNTS = frozenset(
    """number group majority minority plurality dozen handful couple lot some many several one most all few both none
    percent % half third quarter share rest""".split()
)
_KNOWING = frozenset({"know", "understand", "have"})  # in "let it be known", "has it that"
_PASSING = frozenset({"states", "alleges", "confirms", "shows", "believes", "expects", "denies"})
_COMMENTING = _PASSING - {"expects"}
POSSESSIVE = frozenset({"", "'s", "’s", "'", "’"})


@dataclass(slots=True)
class Cue:
    """One act of reporting: the word that reports, whom it names, and what is said.

    `effects` are what the word lets us think of its content, likeliest first (see `reporting.yaml`). `source` holds the
    heads of the noun phrases that speak, none when nobody is named; `content` are the token spans of what is said, and
    `carried` those of what another goes on saying whom this source has reported before. `rank` orders sources that
    report the same words: a higher one stands further inside.
    """

    word: Token
    effects: tuple[str, ...]
    source: list[Token] = field(default_factory=list)
    content: list[Span] = field(default_factory=list)
    carried: list[Span] = field(default_factory=list)
    rank: int = 0


def cues(doc: Doc, speech: Speech) -> Iterator[Cue]:
    """Every reporting word of a text, in its order; those whose content the grammar does not show have none."""
    for token in doc:
        lemma = token.lemma_.lower()
        if lemma in speech.words:
            yield from _of_word(token, lemma, speech)
        elif lemma in GIVING and token.pos_ == "VERB":
            yield from _of_figure(token, speech)
        elif token.pos_ == "VERB" and lemma in _KNOWING:
            yield from _of_idiom(token)


def _of_word(token: Token, lemma: str, speech: Speech) -> Iterator[Cue]:
    if token.lower_ == "according":
        yield from _according(token)
        return
    match token.pos_:
        case "VERB" if lemma in speech.reporting:
            yield from _of_verb(token, lemma, speech)
        case "NOUN":
            yield from _of_mistaken(token)
            if lemma in speech.nouns:
                yield from _of_noun(token, lemma, speech)
            if any(lemma in group for group in speech.phrases.values()):
                yield from _of_phrase(token, lemma, speech)
        case "ADJ" if lemma in speech.adjectives:
            yield from _of_adjective(token, lemma, speech)


def _of_mistaken(noun: Token) -> Iterator[Cue]:
    """ "…, travellers report, …": a verb that parsers take for a noun."""
    found = aside(noun) if noun.lower_ == "report" else None
    if found is not None and "Plur" in found[0].morph.get("Number"):
        yield Cue(noun, ("states",), [found[0]], found[1])


def _of_verb(verb: Token, lemma: str, speech: Speech) -> Iterator[Cue]:
    if lemma == "put" and mark(verb) != "as":
        yield from _of_figure(verb, speech)
        return  # "as X put it" reports, putting does not
    if label(verb) in ("amod", "compound", "case", "fixed"):
        return
    effects = speech.verbs.get(lemma, ("states",))
    source = _speakers(verb, effects, speech)
    if lemma in speech.rejecting:
        yield from _rejection(verb, source, speech)
    content = list(content_of_verb(verb, lemma, source, speech))
    if not content and _is_comment(verb, lemma, speech):
        content = commented(verb)
    elif lemma in speech.verbs and effects[0] in _PASSING and not children(verb, "aux:pass"):
        found = inverted(verb) or (None if source and content and not _is_partial(content, verb) else aside(verb))
        if found is not None:
            source, content = ([found[0]] if _can_speak(found[0]) else []), found[1]
    cue = Cue(verb, effects, source, content)
    if (not content and effects[0] in ("believes", "expects")) or (mark(verb) == "to" and verb.head.pos_ == "ADJ"):
        return
    yield cue
    yield from _cited(cue)


def _is_partial(content: list[Span], verb: Token) -> bool:
    """Whether a parser shows only what is said behind a verb of telling, which commas set off on both sides."""
    return verb.lemma_ in TELLING and all(span.start > verb.i for span in content)


def _is_comment(verb: Token, lemma: str, speech: Speech) -> bool:
    """ "as officials say", "as Chad put it"; but not "as insurers figure out the price"."""
    if label(verb) != "advcl" or not mark(verb).startswith(("as", "like")):
        return False
    if lemma not in speech.verbs or speech.verbs[lemma][0] not in _COMMENTING:
        return False
    complements = children(verb, "obj", "xcomp", "ccomp", "compound:prt")
    return all(other.lower_ in ("it", "this", "that", "so") for other in complements)


def _of_figure(verb: Token, speech: Speech) -> Iterator[Cue]:
    """ "officials put it at two billion", "the ministry gave the number as 34": the figure is what is said."""
    figures = [subtree(nominal) for nominal in children(verb, "obl") if adposition(nominal) in FIGURING]
    figures = [span for span in figures if any(verb.doc[i].like_num for i in range(span.start, span.end))]
    spoken = figures and (is_passive(verb) or children(verb, "nsubj"))
    source = _speakers(verb, ("states",), speech) if spoken else []
    if source:
        yield Cue(verb, ("states",), source, figures)


def _of_idiom(verb: Token) -> Iterator[Cue]:
    """ "let it be known that …", "has it that …"."""
    if verb.lemma_ == "have":
        told, clauses = verb, children(verb, "ccomp") if any(other.lower_ == "it" for other in verb.children) else []
    else:
        told, clauses = verb.head, children(verb, "ccomp") if verb.head.lemma_ in ("let", "make") else []
    source = [subject for subject in surface_subjects(told)[:1] if clauses and _can_speak(subject)]
    content = [subtree(clause) for clause in clauses if mark(clause) in ("that", "")]
    if source and content:
        yield Cue(verb, ("states",), source, content)


def _speakers(verb: Token, effects: tuple[str, ...], speech: Speech) -> list[Token]:
    """Heads of the noun phrases that name who says it."""
    if is_passive(verb) and verb.lemma_ not in ("quote", "cite"):
        return [agent for agent in children(verb, "obl") if adposition(agent) == "by"]
    if verb.lemma_ in ("learn", "hear"):
        tellers = [teller for teller in children(verb, "obl") if adposition(teller) == "from"]
        if tellers or verb.lemma_ == "hear":
            return tellers
    if effects[0] in ("believes", "shows") and label(verb) in ("advcl", "acl", "xcomp") and not children(verb, "nsubj"):
        return []
    subjects = [
        _who(subject) if subject.i < verb.i else subject
        for subject in (_loose_subjects(verb, speech) or _subjects(verb))
        if _can_speak(subject) or subject.lower_ == "it"
    ][:1]
    if verb.lemma_.lower() in speech.inanimate:
        subjects = [subject for subject in subjects if subject.lower_ != "it" and _shows(subject, speech)]
    return subjects


def _subjects(verb: Token) -> list[Token]:
    """Who is subject, nearest first; after what is said the verb may stand before it: “…,” said the minister."""
    if (after := _inverted_subject(verb)) is not None:
        return [after]
    if label(verb) == "conj" and not children(verb, "nsubj") and (reporter := _reporter_above(verb)) is not None:
        return _subjects(reporter)
    found = sorted(surface_subjects(verb), key=lambda subject: (subject.i > verb.i, abs(subject.i - verb.i)))
    return found or _standing_before(verb)


def _inverted_subject(verb: Token) -> Token | None:
    """The subject right behind a finite verb that follows a quotation mark or comma; parsers may hang it elsewhere."""
    before = verb.doc[verb.i - 1] if verb.i > verb.sent.start and "Fin" in verb.morph.get("VerbForm") else None
    if before is None or not (before.is_quote or before.text == ","):
        return None
    subject_before = any(other.i < verb.i for other in children(verb, "nsubj"))
    if subject_before and not before.is_quote:
        return None
    for other in (*children(verb, "nsubj", "obj"), *_strayed_subjects(verb)):
        if other.i > verb.i and other.left_edge.i <= verb.i + 1 and other.pos_ in ("PROPN", "PRON", "NOUN"):
            return other
    return None


def _strayed_subjects(verb: Token) -> Iterator[Token]:
    """The noun phrase behind a verb without subject or object, of which a parser makes part of what is said."""
    if verb.i + 1 >= verb.sent.end or children(verb, "nsubj", "obj") or not children(verb, "ccomp"):
        return
    word = verb.doc[verb.i + 1]
    if word.is_punct:
        return
    while word.head.i > verb.i and label(word) in ("det", "amod", "nummod", "compound", "nmod", "case", "punct"):
        word = word.head
    if label(word) in ("appos", "nmod", "parataxis", "dep", "dislocated", "obl", "vocative"):
        yield word


def _reporter_above(verb: Token) -> Token | None:
    """ "denied that it had fired and said …": the verb before the content, when forms tell that it goes on there."""
    content, reporter = verb.head, verb.head.head
    if label(content) != "ccomp" or reporter.pos_ != "VERB" or children(verb, "aux"):
        return None
    if is_gerund(verb):
        return None if is_gerund(content) else reporter
    alike = verb.morph.get("Tense") == reporter.morph.get("Tense")
    return reporter if alike and children(content, "aux", "cop") else None


def _loose_subjects(verb: Token, speech: Speech) -> list[Token] | None:
    """Whose a participle is that a parser hangs on the words before it: "held a vote on the dam, saying …".

    Behind a comma it goes with the subject of the clause, or with who reports that clause if its subject cannot speak;
    "issued a statement saying …" goes with who issued it.
    """
    if not is_gerund(verb) or label(verb) not in ("acl", "advcl", "ccomp") or children(verb, "nsubj", "mark"):
        return None
    above = verb.head
    if label(verb) == "ccomp":
        return _subjects(above) if verb.doc[verb.i - 1].text == "," and above.lemma_.lower() in speech.verbs else None
    if label(verb) == "acl":
        giver = above.head
        if verb.doc[verb.i - 1].text != ",":
            given = (
                label(above) == "obj" and above.lemma_.lower() in speech.documents and not children(above, "nmod:poss")
            )
            return _subjects(giver) if given and giver.lemma_.lower() in speech.light_verbs else None
        above = predicate(above)
        if verb.head in children(above, "nsubj"):
            return None
    if is_second_report(verb, above, speech):
        return _subjects(above.head)
    return surface_subjects(above) if label(verb) == "acl" else None


def _standing_before(verb: Token) -> list[Token]:
    """ "Russia, the minister said, …": the name between comma and verb that a parser takes for an apposition."""
    doc, last = verb.doc, verb.i - 1
    last -= doc[last].text == ","
    if last <= verb.sent.start or doc[last].pos_ not in ("PROPN", "PRON", "NOUN"):
        return []
    head = doc[last]
    while label(head) == "flat" or (label(head) == "appos" and label(head.head) == "appos"):
        head = head.head
    start = head.left_edge.i
    return [head] if label(head) == "appos" and "," in (doc[start - 1].text, doc[start].text) else []


def counted(subject: Token) -> Token:
    """ "a number of officials", "60 percent of voters": the officials, the voters."""
    if subject.lemma_.lower() in _COUNTS:
        for other in children(subject, "nmod"):
            if adposition(other) == "of":
                return other
    return subject


def _who(subject: Token) -> Token:
    """ "a phrase that worried officials, who feared …": "who" stands for the person named just before it."""
    relative = next(
        (word for word in subject.doc[subject.i + 1 : subject.right_edge.i + 1] if word.lower_ == "who"), None
    )
    if relative is None:
        return subject
    i = relative.i - 1
    while i > subject.i and (subject.doc[i].is_punct or subject.doc[i].is_space):
        i -= 1
    last = subject.doc[i]
    while label(last) in ("flat", "compound") and last.head.i > subject.i:
        last = last.head
    related = last
    while label(related) in ("nmod", "conj", "appos", "flat") and related.i != subject.i:
        related = related.head
    several = last.pos_ == "NOUN" and "Plur" in last.morph.get("Number")
    return last if related.i != subject.i and (several or last.pos_ == "PROPN") else subject


def _can_speak(subject: Token) -> bool:
    word = subject.lower_
    return (
        subject.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET", "SYM", "X")
        and (word not in AUTHOR or (word == "one" and bool(children(subject, "nmod"))))
        and (word not in NOBODY or (word == "those" and bool(children(subject, "acl"))))
    )


def _shows(subject: Token, speech: Speech) -> bool:
    return bool(subject.ent_type_ in ("PERSON", "ORG", "GPE", "NORP") or subject.pos_ in ("PROPN", "PRON")) or (
        subject.lemma_.lower() in speech.documents or subject.lemma_.lower() in speech.people
    )


def _cited(cue: Cue) -> Iterator[Cue]:
    """ "reported, citing officials, that …" and "was quoted by X as saying": one more source for the same words."""
    for other in cue.word.children:
        if other.lemma_ in ("cite", "quote") and label(other) == "advcl" and cue.content and not _gives_example(other):
            sources = [cited for cited in children(other, "obj") if _can_speak(cited)]
            if sources:
                yield Cue(other, cue.effects, sources, cue.content, rank=cue.rank + 1)
    if cue.word.lemma_ in ("quote", "cite") and cue.content and not _gives_example(cue.word):
        agents = [agent for agent in children(cue.word, "obl") if adposition(agent) == "by"]
        quoted = [person for person in children(cue.word, "obj") if _can_speak(person)]
        if is_passive(cue.word) and agents:
            yield Cue(cue.word, ("states",), agents, cue.content, rank=cue.rank - 1)
        elif quoted:
            yield Cue(cue.word, ("states",), quoted, cue.content, rank=cue.rank + 1)


def _gives_example(verb: Token) -> bool:
    """ "cited the dam as a reason": the dam says nothing."""
    return any(adposition(other) == "as" and other.pos_ != "VERB" for other in children(verb, "obl", "xcomp"))


def _rejection(verb: Token, source: list[Token], speech: Speech) -> Iterator[Cue]:
    """ "dismissed claims that …": whoever dismisses denies what is claimed."""
    for noun in children(verb, "obj"):
        if noun.lemma_.lower() in speech.nouns:
            content = [span for clause in _clauses(noun) for span in [subtree(clause)]]
            if content:
                yield Cue(verb, ("denies",), source, content, rank=-1)


def _of_noun(noun: Token, lemma: str, speech: Speech) -> Iterator[Cue]:
    clauses = _clauses(noun)
    if not clauses:
        return
    source = [owner for owner in children(noun, "nmod:poss") if _can_speak(owner)]
    source += [
        owner
        for owner in children(noun, "nmod")
        if adposition(owner) in ("by", "from", "of", "among") and _can_speak(owner) and owner.i < clauses[0].i
    ]
    governor = first_conjunct(noun).head
    if (
        not source
        and label(noun) in ("obj", "obl")
        and governor.lemma_.lower() in speech.light_verbs
        and not is_passive(governor)
    ):
        source = [subject for subject in surface_subjects(governor)[:1] if _can_speak(subject)]
    yield Cue(noun, speech.nouns[lemma], source, [subtree(clause) for clause in clauses])


def _clauses(noun: Token) -> list[Token]:
    """Clauses that say what a claim, view or threat is: "that …", not relative clauses; "of bombing"."""
    found = []
    for other in children(noun, "acl", "ccomp"):
        introduced = mark(other)
        relative = other.dep_ == "acl:relcl" and not introduced.startswith(("that", "of"))
        if other.i > noun.i and not relative and introduced in ("that", "of", "whether", "to", "about"):
            found.append(other)
    if not found and children(noun, "cop"):
        return found
    if not found and label(noun) in ("nsubj", "nsubj:pass") and noun.head.i > noun.i:
        found = [
            clause for clause in children(noun.head, "ccomp") if mark(clause) == "that" and children(noun.head, "cop")
        ]
    return found


def _of_adjective(adjective: Token, lemma: str, speech: Speech) -> Iterator[Cue]:
    """ "is confident that …", "made it clear that …"."""
    clauses = [clause for clause in children(adjective, "ccomp", "advcl") if mark(clause) in ("that", "")]
    made = adjective.lower_ in ("clear", "plain") and label(adjective) == "xcomp" and adjective.head.lemma_ == "make"
    if (
        clauses
        and (made or children(adjective, "cop"))
        and not any(other.lower_ in ("not", "n't", "n’t", "never") for other in adjective.children)
    ):
        subjects = surface_subjects(adjective.head)[:1] if made else children(adjective, "nsubj")
        source = [subject for subject in subjects if _can_speak(subject)]
        if source:
            yield Cue(
                adjective, speech.adjectives[lemma], source, [subtree(clause) for clause in clauses if finite(clause)]
            )


def _of_phrase(noun: Token, lemma: str, speech: Speech) -> Iterator[Cue]:
    """ "in Barry Buzan's terms", "in the view of officials"."""
    predicative = bool(children(noun, "cop"))  # a parser may take "is, in X's terms, a pole" for the predicate
    if lemma not in speech.phrases.get(adposition(noun), ()):
        return
    if label(noun) not in ("obl", "nmod", "advmod", "parataxis") and not predicative:
        return
    source = [
        owner
        for owner in children(noun, "nmod:poss")
        if _can_speak(owner) and owner.lower_ not in ("my", "our", "your")
    ]
    if lemma not in ("term", "point", "version", "phrase"):
        source += [owner for owner in children(noun, "nmod") if adposition(owner) == "of" and _can_speak(owner)]
    if source and predicative:
        phrase = Span(children(noun, "case")[0].i, noun.i + 1)
        yield Cue(noun, ("states",), source, list(without(Span(noun.left_edge.i, noun.sent.end), phrase)))
    elif source and noun.head.i != noun.i:
        yield Cue(noun, ("states",), source, list(without(subtree(noun.head), subtree(noun))))


def _according(token: Token) -> Iterator[Cue]:
    """ "according to X", with "according" as preposition or as a verb with "to X" below it."""
    nominal, top = token.head, token.head
    if label(token) not in ("case", "fixed", "mark"):
        below = [other for other in children(token, "obl", "nmod", "obj", "pobj") if other.i > token.i]
        if not below:
            return
        nominal, top = below[0], token
    if top.head.i == top.i or not _can_speak(nominal) or nominal.lemma_.lower() in _MANNERS:
        return
    phrase = subtree(top)
    around = _parenthesis(token) or subtree(_governor(top))
    content = list(without(around, phrase)) or list(without(around, Span(phrase.start, nominal.i + 1)))
    yield Cue(token, ("states",), [nominal], content)


def _governor(top: Token) -> Token:
    """The clause that a source phrase qualifies: up from a noun that it hangs on by accident at a clause's edge.

    Behind a comma it qualifies all verbs of one subject: "were beaten and driven off, according to …".
    """
    head = top.head
    edge = top.left_edge
    if edge.i > head.i and "," in (edge.text, top.doc[edge.i - 1].text):
        while label(head) in ("conj", "advcl") and head.pos_ == "VERB" and not children(head, "nsubj", "mark"):
            head = head.head
    if head.pos_ in ("NOUN", "PROPN", "NUM") and not children(head, "cop") and label(head) != "root":
        comma_before = top.left_edge.i > 0 and top.doc[top.left_edge.i - 1].text == ","
        if comma_before or label(top) == "nmod":
            while label(head) not in ("root", "ccomp", "parataxis", "advcl", "acl", "conj") and head.head.i != head.i:
                head = head.head
    return head


def _parenthesis(token: Token) -> Span | None:
    """The brackets around a word within its sentence, without the marks."""
    start = next((i for i in range(token.i, token.sent.start - 1, -1) if token.doc[i].text in "()"), None)
    end = next((i for i in range(token.i, token.sent.end) if token.doc[i].text in "()"), None)
    if start is None or end is None or token.doc[start].text != "(" or token.doc[end].text != ")":
        return None
    return Span(start + 1, end)
