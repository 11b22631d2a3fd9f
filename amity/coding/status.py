"""Whether a happening is said to be real: from tense, mood and negation of its word, and from what governs it.

The word's own form is read first; then the sentence is climbed, and every governing word says what becomes of what
stands below it ("failed to", "plans to", "the threat of", "if"). The tables are in `status.yaml` and `reporting.yaml`.
After Saurí and Pustejovsky (2012, doi:10.1162/COLI_a_00096), with their polarity and certainty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amity.coding.syntax import adposition, child, children, first_conjunct, is_passive, label, mark, particle
from amity.records import Certainty, Status
from amity.records.claim import CERTAINTIES
from amity.records.happening import happenings

if TYPE_CHECKING:
    from amity.codebook import Codebook
    from amity.coding.parse import Token
    from amity.coding.reading import Reading

Judgement = tuple[Status, Certainty]

REAL: tuple[Status, ...] = ("occurred", "ongoing")
_IRREALIS: tuple[Status, ...] = ("future", "hypothetical")
_DEEPEST = 12  # governing words that are climbed at most
# Effects of reporting words (reporting.yaml) as outcomes for what they report.
_REPORTED: dict[str, Status] = {
    "alleges": "alleged",
    "denies": "denied",
    "directs": "hypothetical",
    "asks": "hypothetical",
}
_TEMPORAL = frozenset({"when", "whenever", "once", "until", "till", "before", "after"})
DEAL = "TRANSFER"
RULED = 0.6  # what the rules' certainty weighs beside the event reader's probabilities
OBLIGING = frozenset({"must", "should", "ought", "shall", "let"})
BEGINNING = frozenset({"begin", "start", "resume", "continue"})
_MERELY = frozenset({"only", "just", "merely", "simply", "least"})
_NOBODY = frozenset({"nobody", "nothing", "none", "neither"})
_STRETCHES = frozenset("minute hour day night week fortnight month year decade century generation".split())
_ASKING = frozenset("who what why when where how which whom whose".split())
_KNOWING = frozenset({"know", "realize", "realise", "regret", "forget", "remember"})
_SINGLING = frozenset({"first", "second", "last", "latest", "only"})
_LATER = frozenset({"tomorrow", "next", "coming", "later", "soon"})


def status(reading: Reading, token: Token, negation: bool = True, act: str = "") -> Judgement:
    """Status and certainty of the happening that `token` names.

    `negation=False` leaves the word's own negation aside, for rules that have it as trigger ("will not tolerate").
    `act` is the PLOVER type that the word stands for, or `DEAL`, where that is known: what is said is done once it is
    uttered, and arms that are promised are still to come.
    """
    book = reading.codebook
    if act == "REJECT" and not _is_refusal(book, token):
        negation = False  # "will not sign": what is not done for somebody is refused
    if act and act not in book.factuality.utterances and _is_rejected_charge(book, token):
        return _heard(reading, token, ("denied", "certain"))
    own, outer = _own(book, token, negation), _outer(book, token, 1)
    if act in book.factuality.utterances:
        own = _uttered(book, token, own, act)
        if (label(token) == "advcl" and mark(token) == "to") or _is_offered(token):
            outer = _judge(book, token.head, 2)  # "rose to warn", "offered condolences"
    elif act == DEAL and own[0] in REAL:
        own = _status(book.factuality.deals.get(token.lemma_.lower(), own[0])), own[1]
    judged = _combined(own, outer)
    if (judged[0] == "ongoing" or token.pos_ == "NOUN") and judged[0] in REAL and _lies_ahead(reading, token):
        judged = "future", judged[1]
    return _heard(reading, token, _voiced(reading, token, judged))


def _heard(reading: Reading, token: Token, judged: Judgement) -> Judgement:
    """The judgement, its certainty weighed with the event reader's where one ran; of statuses the rules know more."""
    happening = happenings(reading.doc.user_data).get(token.i)
    if happening is None:
        return judged
    weights = {certainty: happening.certainties.get(certainty, 0.0) for certainty in CERTAINTIES}
    weights[judged[1]] += RULED
    return judged[0], max(CERTAINTIES, key=weights.__getitem__)


def _lies_ahead(reading: Reading, token: Token) -> bool:
    """Whether it is dated after publication: "flies to London tomorrow"."""
    published, date = reading.dates.published, reading.dates.of(token)[0]
    if published is None or date is None:
        return False
    first = date.partition("/")[0]
    return first > published.isoformat()[: len(first)]


def _is_refusal(book: Codebook, token: Token) -> bool:
    lemma = token.lemma_.lower()
    return book.factuality.verbs.get(lemma) == "denied" or lemma in book.factuality.rejecting


def _uttered(book: Codebook, token: Token, own: Judgement, act: str) -> Judgement:
    """What becomes of something that is done by saying it: "we will not sign" rejects, "they must leave" demands."""
    stated, certainty = own
    verbal = token.pos_ in ("VERB", "AUX")
    if stated == "ongoing" and not token.lower_.endswith("ing"):
        return "occurred", certainty
    if stated in _IRREALIS and verbal and act in book.factuality.announced:
        return "occurred", certainty
    if stated == "hypothetical" and verbal and act == "REQUEST" and _demands(token):
        return "occurred", certainty
    return own


def _is_offered(noun: Token) -> bool:
    return noun.pos_ == "NOUN" and label(noun) == "obj" and noun.head.lemma_.lower() == "offer"


def _demands(verb: Token) -> bool:
    return _has(verb, "Mood", "Imp") or any(other.lower_ in OBLIGING for other in children(verb, "aux"))


def _is_rejected_charge(book: Codebook, token: Token) -> bool:
    """ "dismissed the report", where the report is all that is told of what it reports."""
    return token.pos_ == "NOUN" and token.lemma_.lower() in book.speech.nouns and _is_rejected(book, token)


def _is_rejected(book: Codebook, noun: Token) -> bool:
    """Whether somebody denies what the noun stands for: "rejected the charge that"."""
    verb = noun.head
    rejected = label(noun) == "obj" or noun.dep_ == "nsubj:pass"
    return rejected and verb.lemma_.lower() in book.factuality.rejecting and not _is_negated(book, verb)


def _voiced(reading: Reading, token: Token, judged: Judgement) -> Judgement:
    """The judgement as the innermost voice leaves it: an accuser alleges, who believes is not certain."""
    accusing = reading.codebook.factuality.accusing
    for voice in reversed(reading.voices.layers(token)):
        effect = voice.effects[0] if voice.effects else "states"
        if effect == "alleges" and judged[0] in REAL and voice.word.lemma_.lower() in accusing:
            return "alleged", judged[1]
        if effect == "believes" and judged[1] == "certain" and judged[0] in REAL and voice.word.pos_ == "VERB":
            return judged[0], "probable"
        break
    return judged


def _judge(book: Codebook, token: Token, depth: int = 0, negation: bool = True) -> Judgement:
    own = _own(book, token, negation)
    if depth >= _DEEPEST:
        return own
    return _combined(own, _outer(book, token, depth + 1))


def _combined(own: Judgement, outer: Judgement | None) -> Judgement:
    """The word's own reading inside what governs it."""
    if outer is None:
        return own
    certainty = _weaker(own[1], outer[1])
    if outer[0] == "denied":
        return ("occurred" if own[0] == "denied" else "denied"), certainty
    if own[0] == "denied" or (outer[0] in REAL and own[0] not in REAL):
        return own[0], certainty
    if outer[0] in REAL:
        return ("ongoing" if "ongoing" in (own[0], outer[0]) else "occurred"), certainty
    if outer[0] in ("alleged", "unconfirmed") and own[0] in _IRREALIS:
        return own[0], certainty
    return ("hypothetical" if "hypothetical" in (own[0], outer[0]) else outer[0]), certainty


def _weaker(one: Certainty, other: Certainty) -> Certainty:
    order: tuple[Certainty, ...] = ("certain", "probable", "possible")
    return max(one, other, key=order.index)


# -- the word itself ---------------------------------------------------------------------------------------------------


def _own(book: Codebook, token: Token, negation: bool) -> Judgement:
    """What form, helpers, adverbs and adjectives of the word itself tell."""
    if token.pos_ == "NOUN" and (verb := _bringing_about(book, token)) is not None:
        return _own(book, verb, negation)  # "another thing is the exercise that they held"
    verbal = token.pos_ in ("VERB", "AUX") or child(token, "cop") is not None
    found, certainty = _form(book, token) if verbal else _noun_form(book, token)
    certainty = _weaker(certainty, _adverbs_certainty(book, token))
    if negation and _is_negated(book, token):
        unable = any(helper.lower_ in ("could", "can", "ca") for helper in children(token, "aux"))
        return "denied", "certain" if unable else certainty  # who could not did not
    for adverb in children(token, "advmod"):
        outcome = book.factuality.adverbs.get(adverb.lower_)
        if (
            found in REAL
            and outcome in ("alleged", "future", "ongoing")
            and not (outcome == "future" and found == "occurred")
        ):
            found = _status(outcome)
    return found, certainty


def _bringing_about(book: Codebook, noun: Token) -> Token | None:
    """The verb of a relative clause that makes a predicative noun happen."""
    if child(noun, "cop") is None:
        return None
    clauses = (verb for verb in children(noun, "acl") if _is_relative(verb) and not _has_own_object(verb))
    return next((verb for verb in clauses if verb.lemma_.lower() in book.factuality.carriers), None)


def _has_own_object(verb: Token) -> bool:
    return any(other.lower_ not in ("that", "which") for other in children(verb, "obj"))


def _status(outcome: str) -> Status:
    return outcome  # type: ignore[return-value]


def _adverbs_certainty(book: Codebook, token: Token) -> Certainty:
    for adverb in children(token, "advmod", "discourse"):
        outcome = book.factuality.adverbs.get(adverb.lower_)
        if outcome == "possible":
            return "possible"
        if outcome == "probable":
            return "probable"
    return "certain"


def _is_negated(book: Codebook, token: Token) -> bool:
    for other in token.children:
        if other.lower_ in book.factuality.negations and label(other) in ("advmod", "det", "cc") and other.i < token.i:
            if other.i + 1 < len(token.doc) and token.doc[other.i + 1].lower_ in _MERELY:
                continue  # "not only tolerated it but"
            return other.lower_ != "no" or label(other) == "det"
        takes_part = label(other) in ("nsubj", "obj") or adposition(other) in ("by", "from")
        if takes_part and (other.lower_ in _NOBODY or any(_excludes(word, other) for word in other.children)):
            return True
        if (
            label(other) == "advmod"
            and other.lower_ in ("longer", "more")
            and any(word.lower_ in ("no", "not", "any") for word in other.children)
        ):
            return any(word.lower_ == "no" for word in other.children)
    return False


def _excludes(word: Token, noun: Token) -> bool:
    """ "no attack", "neither side", "neither the one nor the other", "not one of them"."""
    if word.lower_ in ("no", "neither"):
        return label(word) in ("det", "cc", "advmod")
    return word.lower_ == "not" and noun.lower_ in ("one", "a", "single")


def _form(book: Codebook, token: Token) -> Judgement:
    """Tense, mood and aspect of a verb or of a predicate with a copula."""
    helpers = [other for other in token.children if label(other) in ("aux", "cop")]
    if label(token) == "conj" and not helpers and not children(token, "nsubj", "mark") and token.pos_ == "VERB":
        return _shared_form(book, token)
    perfect = any(other.lemma_ == "have" for other in helpers)
    for other in helpers:
        modal = book.factuality.auxiliaries.get(other.lower_)
        if modal == "future":
            return "future", "certain"
        if modal == "possible":
            return ("unconfirmed" if perfect else "hypothetical"), "possible"
        if other.lower_ == "would" and (_in_past_report(book, token) or _is_agreed(book, token)):
            return "future", "certain"
        if modal == "hypothetical" and other.lemma_ not in ("have",) and not (other.lower_ in ("'d", "’d") and perfect):
            return "hypothetical", "certain"
    if (
        any(other.lemma_ == "be" and _has(other, "VerbForm", "Fin") for other in helpers)
        and any(other.lower_ == "to" for other in token.children)
        and label(token) in ("root", "ccomp")
    ):
        return "future", "certain"
    if label(token) == "root" and not helpers and mark(token) == "to" and _in_headline(token):
        return "future", "certain"
    if _has(token, "Mood", "Imp") and not helpers:
        return "hypothetical", "certain"
    return _tense(book, token, helpers, perfect), "certain"


def _in_past_report(book: Codebook, token: Token) -> bool:
    """ "said that it would pay": what was the future then, unless a condition goes with it."""
    clause = token
    while label(clause) == "conj":
        clause = clause.head
    reported = label(clause) == "ccomp" and clause.head.lemma_.lower() in book.speech.verbs
    conditional = any(mark(other) in ("if", "unless") for other in children(token, "advcl"))
    return reported and not conditional and _has(clause.head, "Tense", "Past")


def _is_agreed(book: Codebook, token: Token) -> bool:
    """ "an accord under which they would hand over the coast"."""
    return _is_relative(token) and book.factuality.nouns.get(token.head.lemma_.lower()) == "future"


def _shared_form(book: Codebook, token: Token) -> Judgement:
    """ "will meet and sign": a second verb without helpers takes those of the first, unless it is a past tense."""
    first = token.head
    if _has(token, "Mood", "Imp"):
        return "hypothetical", "certain"
    if first.pos_ != "VERB" or (_has(token, "Tense", "Past") and _verb_form(token) == "Fin"):
        return _tense(book, token, [], False), "certain"
    return _form(book, first)


def _tense(book: Codebook, token: Token, helpers: list[Token], perfect: bool) -> Status:
    finite = next((other for other in helpers if _has(other, "VerbForm", "Fin")), token)
    present = _has(finite, "Tense", "Pres") and _verb_form(finite) == "Fin"
    progressive = (
        _verb_form(token) in ("Ger", "Part")
        and token.lower_.endswith("ing")
        and any(other.lemma_ == "be" for other in helpers)
    )
    if progressive and present:
        return "future" if _is_later(token) else "ongoing"
    if present and perfect and _lasts(book, token):
        return "ongoing"
    if not present or perfect:
        return "occurred"
    speaks = token.lemma_.lower() in book.speech.verbs and token.lemma_.lower() not in BEGINNING
    if (speaks and finite is token) or _in_headline(token):
        return "occurred"
    return "future" if _is_later(token) and token.pos_ == "VERB" else "ongoing"


def _lasts(book: Codebook, verb: Token) -> bool:
    """ "has held the town since May", "have stood there for a month"."""
    lasting = verb.lemma_.lower() in book.factuality.lasting or child(verb, "cop") is not None
    return lasting and any(
        adposition(other) == "since" or (adposition(other) == "for" and other.lemma_.lower() in _STRETCHES)
        for other in children(verb, "obl")
    )


def _is_later(token: Token) -> bool:
    """ "visits Baku next week": the present with a day to come."""
    return any(
        other.lower_ in _LATER or any(word.lower_ in _LATER for word in other.children)
        for other in children(token, "obl", "advmod")
    )


def _in_headline(token: Token) -> bool:
    sentence = token.sent
    last = next((sentence[i] for i in range(len(sentence) - 1, -1, -1) if not sentence[i].is_space), token)
    return len(sentence) < 25 and (last.is_alpha or last.text.isdigit())


def _noun_form(book: Codebook, token: Token) -> Judgement:
    for adjective in children(token, "amod", "det", "nmod"):
        outcome = book.factuality.adjectives.get(adjective.lower_)
        if outcome is not None:
            return _status(outcome), "certain"
    return "occurred", "certain"


def _verb_form(token: Token) -> str:
    return next(iter(token.morph.get("VerbForm")), "")


def _has(token: Token, feature: str, value: str) -> bool:
    return value in token.morph.get(feature)


# -- what governs it ---------------------------------------------------------------------------------------------------


def _outer(book: Codebook, token: Token, depth: int) -> Judgement | None:
    """What the governing word makes of the happening; null when it leaves it as it is."""
    head = token.head
    match label(token):
        case "root" | "parataxis" | "discourse" | "appos" | "vocative":
            return _question(token)
        case "conj":
            return _outer(book, head, depth) if not (child(token, "mark") and child(token, "nsubj")) else None
        case "ccomp" | "xcomp" | "csubj":
            return _under_predicate(book, token, head, depth)
        case "advcl":
            return _adverbial(book, token, head, depth)
        case "acl":
            return None if _is_relative(token) else _under_noun(book, token, head, depth)
        case "obj" | "nsubj" | "iobj":
            return _argument(book, token, head, depth)
        case "obl" | "nmod" | "compound" | "amod":
            return _nominal(book, token, head, depth)
    return None


def _question(token: Token) -> Judgement | None:
    """A question whether something is so leaves it open; "why did …?" takes it for granted."""
    if label(token) != "root" or (
        token.sent[-1].text[-1:] != "?" and not any(word.text == "?" for word in token.sent[-3:])
    ):
        return None
    return None if any(word.lower_ in _ASKING for word in token.sent) else ("hypothetical", "certain")


def _asks_for_part(clause: Token) -> bool:
    return any(word.lower_ in _ASKING and word.i < clause.i for word in clause.children)


def _under_predicate(book: Codebook, token: Token, head: Token, depth: int) -> Judgement | None:
    """Content of a verb or of a predicative adjective."""
    lemma = head.lemma_.lower()
    tables = book.factuality
    infinitive = mark(token) == "to"
    if label(token) == "xcomp" and not infinitive and lemma in book.speech.labelling:
        return None  # "called it provocative": what somebody says it is
    if head.pos_ == "ADJ" or (lemma in tables.predicates and child(head, "cop") is not None):
        outcome = tables.predicates.get(lemma)
        if outcome is None:
            return None
        uncertain: Certainty = (
            "probable" if lemma == "likely" else "possible" if lemma in ("possible", "unlikely") else "certain"
        )
        return _apply(book, outcome, head, depth, uncertain)
    if head.pos_ not in ("VERB", "AUX"):
        return _under_noun(book, token, head, depth)
    if mark(token) in ("whether", "if"):
        return "hypothetical", "certain"
    if not infinitive and label(token) == "ccomp" and (lemma in _KNOWING or _asks_for_part(token)):
        return None  # "let it be known that", "asked why"
    if infinitive and lemma == "be":
        return _apply(book, "future", head, depth)  # "deliveries are to begin"
    if not infinitive and label(token) != "xcomp" and (effects := book.speech.verbs.get(lemma)) is not None:
        return _reported(book, head, effects, depth)
    outcome = tables.verbs.get(lemma)
    if lemma == "go" and infinitive and _verb_form(head) in ("Part", "Ger"):
        outcome = "future"
    if lemma == "have" and infinitive:
        outcome = "same"
    if infinitive and lemma in ("have", "be", "remain") and _is_pending(head):
        return "denied", "certain"  # "has yet to sign"
    if lemma == "go" and particle(head) == "on":
        outcome = "ongoing"
    if (
        infinitive
        and is_passive(head)
        and lemma in ("say", "report", "claim", "allege", "rumor", "believe", "think", "know", "understand", "consider")
    ):
        return _hearsay(lemma, token)
    if outcome is None:
        return (
            _judge(book, head, depth)
            if label(token) == "xcomp" and not infinitive
            else ("hypothetical", "certain")
            if infinitive
            else None
        )
    return _apply(book, outcome, head, depth)


def _is_pending(verb: Token) -> bool:
    return any(other.lower_ in ("yet", "still") for other in children(verb, "advmod"))


def _hearsay(lemma: str, token: Token) -> Judgement:
    """ "is believed to have", "is said to be": nobody vouches for it."""
    if lemma in ("say", "report", "claim", "allege", "rumor"):
        return "alleged", "certain"
    return ("occurred", "certain") if lemma == "know" else ("unconfirmed", "probable")


def _reported(book: Codebook, head: Token, effects: tuple[str, ...], depth: int) -> Judgement | None:
    """Content of a reporting verb: a plain report leaves it as it is worded."""
    effect = effects[0]
    if effect == "alleges" and head.lemma_.lower() not in book.factuality.accusing:
        return None  # "claimed that"
    if effect in _REPORTED:
        outer = _REPORTED[effect]
        if outer == "denied" and _is_negated(book, head):
            return None
        return outer, "certain"
    if effect == "expects":
        return "hypothetical", "probable"
    if _is_negated(book, head) and effect in ("states", "shows", "confirms", "believes"):
        return "unconfirmed", "certain"
    if effect == "believes":
        return "occurred", "probable"
    return None


def _apply(book: Codebook, outcome: str, head: Token, depth: int, certainty: Certainty = "certain") -> Judgement:
    """An outcome of the tables, given what is said of the governing word itself."""
    fate = _judge(book, head, depth)
    if outcome == "same":
        return fate
    if outcome == "probable":
        return fate[0], _weaker(fate[1], "probable")
    if outcome == "ongoing":
        return ("ongoing", certainty) if fate[0] in REAL and _has_present(head) else fate
    if outcome == "denied":
        if fate[0] == "denied":
            return "occurred", certainty
        return ("denied", certainty) if fate[0] in REAL else ("hypothetical", certainty)
    if fate[0] == "denied" and outcome == "future":
        return "denied", certainty
    if fate[0] in ("hypothetical", "denied"):
        return "hypothetical", certainty
    return _status(outcome), certainty


def _has_present(head: Token) -> bool:
    return any(_has(word, "Tense", "Pres") for word in (head, *children(head, "aux")))


def _adverbial(book: Codebook, token: Token, head: Token, depth: int) -> Judgement | None:
    introduced = mark(token)
    outcome = book.factuality.marks.get(introduced) or book.factuality.marks.get(introduced.partition(" ")[0])
    if outcome is not None:
        return _status(outcome), "certain"
    if introduced == "to" and _verb_form(token) != "Ger":
        governing = book.factuality.verbs.get(head.lemma_.lower()) or book.factuality.predicates.get(
            head.lemma_.lower()
        )
        if head.lemma_.lower() in BEGINNING:  # parsers take it for a purpose
            return _apply(book, "same", head, depth)
        if head.lemma_.lower() in book.factuality.purposes:
            return _judge(book, head, depth)
        if governing in (None, "same", "ongoing"):
            return ("future" if _judge(book, head, depth)[0] == "future" else "hypothetical"), "certain"
        return _apply(book, governing, head, depth) if governing is not None else None
    if introduced == "on" and head.lemma_.lower() == "go":
        return _apply(book, "ongoing", head, depth)  # "goes on building": parsers split the particle off
    if introduced in ("of", "for", "from", "with", "against", "into", "about", "to", "on"):
        return _preposition(book, token, head, introduced, depth)
    if any(word.lower_ in _TEMPORAL for word in children(token, "advmod", "mark")) and _has_present(token):
        fate = _judge(book, head, depth)
        return ("hypothetical", fate[1]) if fate[0] in _IRREALIS else None
    participle = _verb_form(token) in ("Ger", "Part") and not children(token, "aux")
    if participle and introduced not in ("after", "since", "following", "before"):
        fate = _judge(book, head, depth)
        return fate if fate[0] in _IRREALIS else None
    return None


def _preposition(book: Codebook, token: Token, head: Token, introduced: str, depth: int) -> Judgement | None:
    """ "accused of bombing", "stopped them from landing", "sanctioned for selling"."""
    lemma = head.lemma_.lower()
    if introduced == "for" and lemma not in ("call", "ask", "push", "plan", "prepare"):
        return ("alleged", "certain") if lemma in ("blame", "accuse") else None
    if introduced == "into" and head.pos_ == "VERB":
        return _judge(book, head, depth)
    outcome = book.factuality.verbs.get(lemma)
    return _apply(book, outcome, head, depth) if outcome is not None and outcome not in ("same", "ongoing") else None


def _is_relative(token: Token) -> bool:
    if token.dep_ == "acl:relcl":
        return True
    return any(word.lower_ in ("who", "which", "whom", "whose") for word in token.children)


def _under_noun(book: Codebook, token: Token, head: Token, depth: int) -> Judgement | None:
    """Content of a noun: "plans to", "the claim that", "no evidence that"; participles stand for themselves."""
    introduced = mark(token)
    lemma = head.lemma_.lower()
    if (not introduced and label(token) == "acl") or _is_singled_out(head):
        return None
    if lemma in book.speech.nouns and _is_rejected(book, head):
        return "denied", "certain"
    if lemma in book.factuality.proofs:
        return ("unconfirmed", "certain") if _is_lacking(book, head) else _weak_proof(book, head)
    outcome = book.factuality.nouns.get(lemma)
    if outcome is None:
        effects = book.speech.nouns.get(lemma)
        if effects is not None and introduced in ("that", "of"):
            return (
                (_REPORTED[effects[0]], "certain")
                if effects[0] in _REPORTED
                else ("occurred", "probable")
                if effects[0] == "believes"
                else None
            )
        return (_to_come(token, head), "certain") if introduced == "to" else None
    return _apply(book, outcome, head, depth) if outcome in ("denied", "future") else (_status(outcome), "certain")


def _is_singled_out(noun: Token) -> bool:
    """ "the first state to have signed", "the only one to refuse": those who did."""
    return any(
        word.lower_ in ("first", "second", "last", "latest", "only") and word.i < noun.i for word in noun.children
    )


def _to_come(token: Token, noun: Token) -> Status:
    """ "talks to be held in May", and the headline "Baku to buy drones", lie ahead; "drones to sell" are supposed."""
    headline = noun.pos_ == "PROPN" and label(first_conjunct(noun)) == "root"
    return "future" if headline or child(token, "aux:pass") is not None else "hypothetical"


def _is_lacking(book: Codebook, noun: Token) -> bool:
    """ "no evidence", "did not find evidence", "lack of evidence"."""
    if _is_negated(book, noun) or any(word.lower_ in ("no", "little", "without", "scant") for word in noun.children):
        return True
    governor = noun.head
    return governor.lemma_.lower() in ("lack", "absence") or (
        governor.pos_ in ("VERB", "AUX") and _is_negated(book, governor)
    )


def _weak_proof(book: Codebook, noun: Token) -> Judgement | None:
    form = _noun_form(book, noun)
    return form if form[0] in ("unconfirmed", "alleged") else None


def _argument(book: Codebook, token: Token, head: Token, depth: int) -> Judgement | None:
    """A happening as subject or object: "held talks", "prevented a war", "the talks will begin"."""
    if head.pos_ not in ("VERB", "AUX", "NOUN", "ADJ") or token.pos_ not in ("NOUN", "PROPN"):
        return None
    if _is_negated(book, token):
        return None  # "there was no attack" negates once
    lemma = head.lemma_.lower()
    undergoes = label(token) == "obj" or token.dep_ == "nsubj:pass"
    if undergoes and lemma in book.factuality.proving and _is_negated(book, head):
        return "unconfirmed", "certain"
    if (undergoes and lemma in book.factuality.carriers) or (not undergoes and lemma in book.factuality.unfolding):
        return _judge(book, head, depth)
    outcome = book.factuality.objects.get(lemma) if undergoes else None
    if lemma == "call" and undergoes:
        labels = children(head, "xcomp") or _is_definite(token)
        outcome = None if labels else "future"  # "called the clashes a disgrace", "called a strike"
    if outcome in ("denied", "future", "alleged") or (outcome is not None and not _is_definite(token)):
        return _apply(book, outcome, head, depth)
    if outcome is not None or _is_definite(token):
        return None
    fate = _judge(book, head, depth)
    return fate if fate[0] not in REAL else None


def _is_definite(noun: Token) -> bool:
    return any(
        word.lower_ in ("the", "this", "that", "these", "those") or word.dep_ == "nmod:poss" for word in noun.children
    )


def _nominal(book: Codebook, token: Token, head: Token, depth: int) -> Judgement | None:
    """A happening inside a noun phrase or after a preposition: "the threat of war", "called for talks"."""
    if token.pos_ not in ("NOUN", "PROPN", "VERB"):
        return None
    preposition = adposition(token)
    lemma = head.lemma_.lower()
    if head.pos_ == "NOUN":
        if lemma in book.factuality.proofs:
            return ("unconfirmed", "certain") if _is_lacking(book, head) else _weak_proof(book, head)
        outcome = book.factuality.nouns.get(lemma)
        if outcome is None or preposition not in ("", "of", "for", "about", "on", "against"):
            return None
        if preposition == "of" and lemma in book.frames.words.partitives:
            return None  # "a campaign of intimidation" is intimidation
        return _apply(book, outcome, head, depth) if outcome in ("denied", "future") else (_status(outcome), "certain")
    if preposition == "without":
        return "denied", "certain"
    outcome = book.factuality.objects.get(lemma)
    if outcome is not None and preposition in ("for", "of", "with", "from", "against", "about"):
        return _apply(book, outcome, head, depth) if outcome == "alleged" or not _is_definite(token) else None
    if (
        head.pos_ == "VERB"
        and lemma in book.factuality.carriers
        and preposition in ("in", "into", "to", "on", "by", "with")
    ):
        return _judge(book, head, depth)
    return None
