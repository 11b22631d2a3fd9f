"""Grammar that every extractor shares: who is subject and object of a word once the syntax is undone.

Works on any parse with Universal Dependencies labels (de Marneffe et al. 2021, doi:10.1162/coli_a_00402); subtypes that
a pipeline lacks (`obl:agent`, `acl:relcl`) are recognised by their shape. Nothing here knows of states or events.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from amity.coding.parse import Doc, Token

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "csubj:outer"})
CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl", "csubj", "parataxis"})
NOMINALS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "SYM"})
RELATIVES = frozenset({"who", "whom", "which", "that", "whose"})
QUOTES = frozenset("\"'“”‘’«»„`")

# Prepositions whose phrase may belong to the noun before last: "the expulsion of diplomats | by Britain".
ATTACHING = frozenset({"by", "against", "with", "to", "on", "from", "between", "toward", "towards"})
# Prepositions of phrases that only give circumstances: "under pressure from Moscow, Baku stopped".
ADJOINING = frozenset("under after before during amid since despite until following because without".split())
# Prepositions of places, whose own complements are no parties: "on its border | with Iran".
PLACING = frozenset("on at along near around off outside across".split())
PARTICLES = frozenset("down up off out away back".split())  # hardly ever prepositions of an argument
INTENSIFYING = frozenset({"right", "just", "even", "only", "directly", "straight"})  # "right on the border"
# "Y promised X to leave" leaves Y in charge; any other verb with an object hands the infinitive over to the object.
SUBJECT_CONTROL = frozenset("promise threaten vow pledge swear offer use lack need propose commit owe summon".split())
ASKING = frozenset({"call", "appeal", "plead"})  # "called on both sides to stop firing"
DATELINE_ENDS = frozenset({":", "–", "—", "-"})
# "accused Y of bombing", "thanked Y for mediating": the gerund belongs to the object.
OBJECT_GERUND = frozenset(
    """accuse acquit absolve arrest ban bar block blame censure charge chide commend condemn congratulate convict
    criticise criticize denounce deter detain discourage dissuade exclude excuse expel fault fine forgive honour honor
    indict investigate jail keep lambaste laud persuade pardon praise press pressure prevent probe prohibit prosecute
    punish rebuke reprimand reproach restrain retaliate sanction scold slam stop sue suspect thank try warn""".split()
)


def label(token: Token) -> str:
    """The Universal Dependencies label without its subtype; `root` for the head of the sentence."""
    return token.label


def children(token: Token, *labels: str) -> list[Token]:
    """Dependents with one of `labels`; a bare label also stands for its subtypes (`obl` for `obl:agent`)."""
    return [child for child in token.children if child.label in labels or child.dep_ in labels]


def child(token: Token, *labels: str) -> Token | None:
    """The first dependent with one of `labels`, null when there is none."""
    for other in token.children:
        if other.label in labels or other.dep_ in labels:
            return other
    return None


def adposition(nominal: Token) -> str:
    """The preposition that marks a nominal, lower case: `with`, `on behalf of`, `'s`; empty when there is none."""
    first = nominal
    while label(first) == "conj" and not children(first, "case"):
        first = first.head
    marks = [mark for mark in children(first, "case") if not _is_stolen(mark, first)]
    if not marks:
        return _stolen_adposition(first)
    while (
        len(marks) > 1 and marks[-1].i - marks[0].i >= len(marks) and not any(children(mark, "fixed") for mark in marks)
    ):
        marks.pop(0)  # "the week before | on its border"
    if len(marks) > 1 and marks[-1].lower_ in ("'s", "’s", "'", "’"):
        marks = marks[:-1]
    words = [word for mark in marks for word in (mark, *children(mark, "fixed")) if word.lower_ not in INTENSIFYING]
    return " ".join(word.lower_ for word in sorted(words, key=lambda word: word.i))


def _is_stolen(mark: Token, nominal: Token) -> bool:
    """ "sold to Baku various arms": parsers hang "to" on "arms"; what stands between is its own object."""
    following = nominal.doc[min(mark.i + 1, len(nominal.doc) - 1)]
    if following.pos_ == "CCONJ" and following.dep_ != "cc:preconj":
        return True  # "buys arms from | and develops ties with Russia"
    between = (nominal.doc[i] for i in range(mark.i + 1, nominal.i))
    return any(other.head.i == nominal.head.i and label(other) in ("obj", "iobj", "obl") for other in between)


def _stolen_adposition(nominal: Token) -> str:
    if nominal.i == 0 or label(nominal) not in ("obj", "iobj", "obl"):
        return ""
    before = nominal.doc[nominal.left_edge.i - 1] if nominal.left_edge.i else nominal
    is_taken = before.dep_ == "case" and before.head.i > nominal.i and before.head.head.i == nominal.head.i
    return str(before.lower_) if is_taken else ""


def mark(clause: Token) -> str:
    """What introduces a clause: `to`, `that`, `if`, `of`, `by`; empty when nothing does."""
    words = [word for mark in children(clause, "mark", "case") for word in (mark, *children(mark, "fixed"))]
    return " ".join(word.lower_ for word in sorted(words, key=lambda word: word.i))


def particle(verb: Token) -> str:
    """The particle of a phrasal verb (`call off`), lower case, empty when there is none."""
    found = child(verb, "compound:prt")
    return found.lower_ if found is not None else ""


def is_predicate(token: Token) -> bool:
    """Whether the word heads a clause: a verb that is no auxiliary or attribute, or anything with a copula."""
    if token.pos_ == "VERB":
        return label(token) not in ("amod", "compound", "aux", "cop", "case", "mark", "fixed", "flat")
    return label(token) in ("root", "ccomp", "advcl", "parataxis") or child(token, "cop") is not None


def is_past(verb: Token) -> bool:
    """Whether a clause is told in the simple past: "was an ally", not "has been", "is" or a headline."""
    finite = "Past" in verb.morph.get("Tense") and "Part" not in verb.morph.get("VerbForm")
    auxiliaries = {other.lower_ for other in children(verb, "aux", "cop")}
    return (finite and not auxiliaries) or (bool(auxiliaries) and auxiliaries <= {"was", "were", "did", "not", "n't"})


def predicate(token: Token) -> Token:
    """The head of the clause that the word stands in: itself, or the nearest predicate above."""
    while not is_predicate(token) and label(token) != "root":
        token = token.head
    return token


def ancestors(token: Token) -> Iterator[Token]:
    """The heads above a word, nearest first."""
    while token.head.i != token.i:
        token = token.head
        yield token


def first_conjunct(token: Token) -> Token:
    """The first member of the coordination that the word belongs to."""
    while label(token) == "conj":
        token = token.head
    return token


def coordinated(token: Token) -> list[Token]:
    """The word and what is coordinated below it, in the order of the text."""
    found = [token]
    for conjunct in (*children(token, "conj"), *_misplaced_conjuncts(token)):
        if not is_stray(conjunct):
            found += coordinated(conjunct)
    return sorted(found, key=lambda word: word.i)


def is_stray(conjunct: Token) -> bool:
    """ "buys weapons, including drones, from Israel": what has another preposition than its list is no member of it."""
    if not children(conjunct, "case") or conjunct.head.pos_ not in NOMINALS:
        return False
    own, first = adposition(conjunct), adposition(conjunct.head)
    return own != first and (first, own) != ("from", "to")  # "from rifles, mines, to tanks" is one list


def _misplaced_conjuncts(token: Token) -> list[Token]:
    """ "Russia, which is its ally, Turkey and Iran": parsers hang the rest of the list on "ally"."""
    if token.pos_ != "PROPN":
        return []
    asides = [aside for aside in children(token, "acl") if aside.pos_ == "NOUN" and child(aside, "cop")]
    after = token.doc[token.i + 2] if token.i + 2 < len(token.doc) else token
    if not asides and after.lower_ in RELATIVES and after.head.pos_ == "NOUN" and child(after.head, "cop"):
        asides = [after.head]
    if asides and (members := [other for other in children(token, "appos") if other.pos_ == "PROPN"]):
        return members
    nouns = [noun for aside in asides for noun in (aside, *children(aside, "conj")) if noun.pos_ == "NOUN"]
    return [other for noun in nouns for other in children(noun, "conj", "appos") if other.pos_ == "PROPN"]


def is_passive(verb: Token) -> bool:
    """Whether a verb is passive: by its auxiliary, its subject, or as a reduced participle ("weapons sold to Baku")."""
    if verb.tag_ not in ("VBN", "VBD", "") and verb.pos_ == "VERB" and verb.tag_:
        return False
    for other in verb.children:
        if other.dep_ in ("aux:pass", "nsubj:pass", "csubj:pass"):
            return True
    if label(verb) == "conj" and not children(verb, "nsubj", "aux"):
        return verb.tag_ == "VBN" and is_passive(verb.head)
    return label(verb) in ("acl", "amod", "advcl") and _is_past_participle(verb) and not children(verb, "nsubj", "aux")


def _is_past_participle(verb: Token) -> bool:
    if verb.tag_:
        return bool(verb.tag_ == "VBN")
    return "Part" in verb.morph.get("VerbForm") and "Past" in verb.morph.get("Tense")


def is_negated(token: Token) -> bool:
    """Whether "not", "never" or "no" depends on the word itself."""
    return any(
        other.lower_ in NEGATIONS and label(other) in ("advmod", "det", "cc", "case") for other in token.children
    )


NEGATIONS = frozenset(
    {"not", "n't", "n’t", "nt", "never", "no", "neither", "nor", "hardly", "without", "nowhere", "cannot"}
)


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for: the noun its clause modifies; any other word stands for itself."""
    if token.pos_ in ("DET", "NUM", "PRON", "ADJ"):  # "both of which", "one of whom"
        token = next((part for part in children(token, "nmod") if part.lower_ in RELATIVES), token)
    if token.lower_ not in RELATIVES or token.pos_ not in ("PRON", "DET", "SCONJ"):
        return token
    above = token
    for _ in range(8):
        if above.head.i == above.i:
            return token
        if label(above) == "acl" and above.i != token.i:
            return above.head
        above = above.head
    return token


@dataclass(slots=True)
class Arguments:
    """Who and what belongs to a word, passive and control undone. Coordinated members are not spelled out.

    `subject` and `object` hold candidates, likeliest first: only the first that makes sense counts. `oblique` maps each
    preposition to its nominals; `clause` maps each introducing word (`to`, `that`, `of`, `""`) to clause heads.
    """

    subject: list[Token] = field(default_factory=list)
    object: list[Token] = field(default_factory=list)
    indirect: list[Token] = field(default_factory=list)
    oblique: dict[str, list[Token]] = field(default_factory=dict)
    clause: dict[str, list[Token]] = field(default_factory=dict)
    passive: bool = False

    def nominals(self, *prepositions: str) -> list[Token]:
        """Nominals marked with any of the prepositions, in the order given."""
        return [nominal for preposition in prepositions for nominal in self.oblique.get(preposition, ())]


def arguments(token: Token) -> Arguments:
    """The arguments of a verb or noun.

    Of a noun: `subject` is empty, possessors stand under `'s` in `oblique`, and the obliques of a light verb that
    governs it ("launched an attack | on Baku") count as its own, after the noun's.
    """
    return _verb_arguments(token) if token.pos_ == "VERB" or children(token, "cop") else _noun_arguments(token)


def _verb_arguments(verb: Token) -> Arguments:
    found = Arguments(passive=is_passive(verb))
    subject: list[Token] = []
    for other in verb.children:
        match other.dep_:
            case "nsubj" | "nsubj:outer" | "csubj" | "csubj:outer" | "nsubj:pass" | "csubj:pass":
                subject.append(antecedent(other))
            case "obj" | "iobj" if case := adposition(other):  # labelled as if the preposition were not there
                found.oblique.setdefault(case, []).append(antecedent(other))
            case "obj":
                found.object.append(antecedent(other))
            case "iobj":
                found.indirect.append(antecedent(other))
            case "obl:agent":
                found.oblique.setdefault("by", []).append(antecedent(other))
            case "xcomp" if other.pos_ == "PROPN" and not children(verb, "obj"):  # "called President Macron"
                found.object.append(antecedent(other))
            case "ccomp" | "xcomp" | "advcl" | "advcl:relcl":
                found.clause.setdefault(mark(other), []).append(other)
            case dep if dep.startswith("obl") or (dep in ("nmod", "advmod") and other.pos_ in ("PROPN", "NOUN")):
                case = adposition(other)
                stolen = not case and children(other, "case") and other.i > verb.i
                if stolen or (case in PARTICLES and not children(verb, "obj")):  # "shot down | an aircraft"
                    found.object.append(antecedent(other))
                if not stolen:
                    found.oblique.setdefault(case, []).append(antecedent(other))
    if len(found.object) > 1 and not found.indirect and not _verbs_between(verb, *found.object[:2]):
        found.indirect.append(found.object.pop(0))  # "gave Syria an ultimatum", both labelled `obj`
    found.object = found.object or list(found.indirect)  # "urged India to withdraw"
    _share_with_conjuncts(verb, found)
    _share_stranded(verb, found)
    subject.sort(key=lambda word: _distance(verb, word))  # "CAIRO - Egypt has …": of two subjects the nearer is meant
    if not subject:
        subject = list(implicit_subjects(verb))
    _attach_nested(found)
    if found.passive:
        found.object = subject + found.object if not found.object else found.object
        found.indirect = found.indirect or (subject if found.object and found.object != subject else [])
        found.subject = list(found.oblique.get("by", ()))
    else:
        found.subject = subject
        found.object = found.object or list(_gapped_object(verb))
    return found


def _distance(verb: Token, subject: Token) -> tuple[bool, int]:
    """Sorts subjects: those before the verb first, the nearest foremost."""
    return subject.i > verb.i, abs(verb.i - subject.i)


def _verbs_between(verb: Token, first: Token, second: Token) -> bool:
    return any(first.i < other.i < second.i for other in children(verb, "conj"))


def _share_with_conjuncts(verb: Token, found: Arguments) -> None:
    """ "Russia buys and sells weapons to Baku": an object after both verbs belongs to both; so do its obliques."""
    for other in children(verb, "conj"):
        if other.pos_ == "VERB" and not found.object and not found.oblique and not children(other, "nsubj", "mark"):
            found.object += [antecedent(shared) for shared in children(other, "obj")]
            for shared in children(other, "obl"):
                found.oblique.setdefault(adposition(shared), []).append(antecedent(shared))
    if label(verb) == "conj" and verb.head.pos_ == "VERB" and not found.object:
        for shared in children(verb.head, "obj"):
            if shared.i > verb.i:
                found.object.append(antecedent(shared))
    if label(verb) == "conj" and verb.head.pos_ == "VERB" and not found.oblique:
        for shared in children(verb.head, "obl"):
            if shared.i > verb.i:
                found.oblique.setdefault(adposition(shared), []).append(antecedent(shared))


def _share_stranded(verb: Token, found: Arguments) -> None:
    """ "buys weapons from and works with Russia": a preposition before "and" takes the next verb's nominal."""
    for other in children(verb, "conj"):
        for alone in (verb.doc[i] for i in range(verb.i + 1, other.i - 1)):
            if alone.pos_ == "ADP" and verb.doc[alone.i + 1].pos_ == "CCONJ" and alone.lower_ not in found.oblique:
                places = (other, *children(other, "obj"), *(word for word in found.object if word.i > alone.i))
                nominals = [part for place in places for part in children(place, "obl", "nmod") if part.i > alone.i]
                found.object = [word for word in found.object if word.i < alone.i] or found.object
                found.oblique |= {alone.lower_: [antecedent(nominals[0])]} if nominals else {}


def implicit_subjects(verb: Token) -> Iterator[Token]:
    """Who does it when the verb has no subject of its own: coordination, control, participles, infinitives of nouns.

    Candidates come likeliest first; those of a passive verb are its objects in the logical sense.
    """
    head = verb.head
    match label(verb):
        case "conj":
            if head.pos_ == "VERB" or children(head, "cop"):
                yield from surface_subjects(_partner(verb) or head)
        case "parataxis" if (subject := _after_dateline(verb)) is not None:
            yield subject
        case "xcomp" | "ccomp" | "advcl" | "parataxis" | "dep":
            yield from _controllers(verb, head)
        case "acl":
            yield from _noun_controllers(verb, head)
        case "amod":
            yield head


def _partner(verb: Token) -> Token | None:
    """ "Chad left after Mali had protested and had …": the clause in between whose auxiliary the verb repeats."""
    helpers = [other.lower_ for other in children(verb, "aux")]
    if not helpers or helpers == [other.lower_ for other in children(verb.head, "aux")]:
        return None
    clauses = (other for other in children(verb.head, "advcl", "ccomp") if verb.head.i < other.i < verb.i)
    return next((one for one in clauses if helpers == [other.lower_ for other in children(one, "aux")]), None)


def _after_dateline(verb: Token) -> Token | None:
    """ "DOHA: Kuwait and Oman closed …": parsers take the subject for an apposition to the dateline."""
    place = verb.head
    if label(place) != "root" or place.pos_ != "PROPN" or place.doc[min(place.i + 1, verb.i)].text not in DATELINE_ENDS:
        return None
    return next((other for other in children(place, "appos", "conj") if place.i < other.i < verb.i), None)


def surface_subjects(verb: Token) -> list[Token]:
    """Grammatical subjects of a verb, its own or implied; of a passive verb these undergo the action."""
    own = [antecedent(other) for other in children(verb, "nsubj", "csubj")]
    return sorted(own, key=lambda word: _distance(verb, word)) or list(implicit_subjects(verb))


def _controllers(verb: Token, head: Token) -> Iterator[Token]:
    if head.pos_ != "VERB" and not children(head, "cop"):
        yield from _noun_controllers(verb, head)
        return
    patients = [antecedent(other) for other in children(head, "iobj", "obj")]
    hands_over = label(verb) in ("xcomp", "ccomp") and head.lemma_ not in SUBJECT_CONTROL
    hands_over = hands_over or (
        head.lemma_ in OBJECT_GERUND and mark(verb) in ("of", "for", "with", "from", "against", "over", "to")
    )
    if hands_over:
        yield from patients
        if not patients and label(verb) == "xcomp":
            for nominal in children(head, "obl"):  # "called on Israel to withdraw"
                if adposition(nominal) in ("on", "upon", "for", "with") and nominal.i < verb.i:
                    yield antecedent(nominal)
    if head.lemma_ in ASKING and label(verb) == "advcl" and mark(verb) == "to":  # parsers take it for a purpose
        for nominal in children(head, "obl"):
            if adposition(nominal) in ("on", "upon", "to") and nominal.i < verb.i:
                yield antecedent(nominal)
                return
    yield from surface_subjects(head)


def _noun_controllers(verb: Token, noun: Token) -> Iterator[Token]:
    """ "drones sold to Baku", "agents operating there": the noun itself; "Iran's readiness to start": whose it is."""
    if mark(verb) not in ("to", "of", "for", "in", "against"):
        yield noun
        return
    for owner in children(noun, "nmod:poss", "nmod"):
        if adposition(owner) in ("", "'s", "’s", "'", "’", "of", "by", "from", "between", "on", "to", "for"):
            yield antecedent(owner)
    if noun.dep_ in ("obj", "obl", "xcomp", "conj", "ccomp") or label(noun) in ("obl",):
        governor = first_conjunct(noun).head
        if governor.pos_ == "VERB":
            yield from surface_subjects(governor)
    elif children(noun, "cop"):
        yield from surface_subjects(noun)
    yield noun


def _gapped_object(verb: Token) -> Iterator[Token]:
    """ "the drones Israel sold": a relative clause without its pronoun lends the noun as object."""
    if label(verb) == "acl" and children(verb, "nsubj") and not _has_relative(verb):
        yield verb.head
    elif label(verb) == "acl" and mark(verb) == "to" and not children(verb, "obj", "ccomp", "xcomp"):
        yield verb.head  # "weapons to sell"


def _has_relative(verb: Token) -> bool:
    return any(other.lower_ in RELATIVES and other.pos_ in ("PRON", "DET") for other in verb.children)


def _hanging(worth: Token) -> Iterator[Token]:
    """Phrases behind a price, however parsers hang them on it and on one another."""
    for nominal in children(worth, "obj", "obl"):
        if adposition(nominal):
            yield nominal
        yield from (inner for inner in children(nominal, "nmod") if adposition(inner) in ATTACHING | {"for"})


def _noun_arguments(noun: Token) -> Arguments:
    found = Arguments()
    for other in noun.children:
        match other.dep_:
            case "nmod:poss":
                found.oblique.setdefault("'s", []).append(antecedent(other))
            case dep if dep.startswith(("nmod", "obl")):
                found.oblique.setdefault(adposition(other), []).append(antecedent(other))
            case "acl" if other.lemma_ == "worth":  # "contracts worth two billion | for tanks with French firms"
                for nominal in _hanging(other):
                    found.oblique.setdefault(adposition(nominal), []).append(antecedent(nominal))
            case "acl" | "advcl" | "ccomp" | "xcomp":
                found.clause.setdefault(mark(other), []).append(other)
    first = first_conjunct(noun)
    if first is not noun:  # "attacks and threats against Iran by Israel"
        for shared in (*children(first, "nmod:poss"), *children(first, "nmod")):
            if shared.dep_ == "nmod:poss" or shared.i > noun.i:
                key = "'s" if shared.dep_ == "nmod:poss" else adposition(shared)
                found.oblique.setdefault(key, []).append(antecedent(shared))
    for conjunct in coordinated(noun)[1:]:
        for shared in children(conjunct, "nmod"):
            if shared.dep_ != "nmod:poss" and adposition(shared) not in found.oblique:
                found.oblique.setdefault(adposition(shared), []).append(antecedent(shared))
    governor = first.head
    if first.dep_ in ("obj", "nsubj:pass", "nsubj") and governor.pos_ == "VERB":
        for shared in map(_affirmed, children(governor, "obl")):
            found.oblique.setdefault(adposition(shared), []).append(antecedent(shared))
    _attach_nested(found)
    return found


def _affirmed(nominal: Token) -> Token:
    """ "not from the press but from an officer": the member that is not denied."""
    if not is_negated(nominal):
        return nominal
    return next((other for other in children(nominal, "conj") if not is_negated(other)), nominal)


def _attach_nested(found: Arguments) -> None:
    """ "protests by students | against Russia": which noun a phrase belongs to is a guess, so it counts for both."""
    for nominal in [*found.object, *(nominal for nominals in found.oblique.values() for nominal in nominals)]:
        for stray in filter(is_stray, _below(nominal)):
            found.oblique.setdefault(adposition(stray), []).append(antecedent(stray))
    for inner in (deep for nominal in found.object for deep in children(nominal, "nmod")):
        for nested in children(inner, "nmod"):  # "provided 2 million in help | to Fiji"
            if nested.dep_ != "nmod:poss" and adposition(nested) in ATTACHING:
                found.oblique.setdefault(adposition(nested), [antecedent(nested)])
    for case, nominals in [item for item in found.oblique.items() if item[0] not in ADJOINING]:
        wanted = {"by"} if case.rpartition(" ")[2] in PLACING else ATTACHING
        for nested in (deep for nominal in nominals for deep in children(nominal, "nmod")):
            if nested.dep_ != "nmod:poss" and (own := adposition(nested)) not in found.oblique and own in wanted:
                found.oblique[own] = [antecedent(nested)]


def _below(nominal: Token) -> Iterator[Token]:
    """Members of the lists inside a noun phrase."""
    for other in nominal.children:
        match label(other):
            case "conj":
                yield other
            case "nmod" | "obl" | "appos":
                yield from _below(other)


def subtree(token: Token, without: Iterable[str] = ()) -> list[Token]:
    """The word with everything below it, in the order of the text; branches labelled `without` are left out."""
    cut = frozenset(without)
    found = [token]
    for other in token.children:
        if other.dep_ not in cut and other.dep_.partition(":")[0] not in cut:
            found += subtree(other, cut)
    return sorted(found, key=lambda word: word.i)


def clause_span(token: Token, tokens: Iterable[Token] = ()) -> tuple[int, int]:
    """Characters `start`, `end` of the smallest clause that has the word and all of `tokens` in it.

    Coordinated clauses, adverbial clauses, asides and the reporting clause around it stay outside unless one of
    `tokens` stands in them. Punctuation at the edges is cut; the span never crosses a blank line or the sentence.
    """
    sentence = token.sent
    wanted = [word for word in (token, *tokens) if sentence.start <= word.i < sentence.end]
    head = predicate(token)
    members = {word.i for word in _clause_members(head)} | {word.i for word in wanted}
    low, high = min(members), max(members)
    return _trimmed(token.doc, low, high, {word.i for word in wanted})


def _clause_members(head: Token) -> Iterator[Token]:
    yield head
    for other in head.children:
        if not _is_outside(other, head):
            yield from _clause_members(other)


def _is_outside(other: Token, head: Token) -> bool:
    """Whether a dependent belongs to another clause than its head, or only joins it to one."""
    match label(other):
        case "parataxis" | "discourse" | "vocative" | "punct" | "dep":
            return True
        case "conj":
            return is_predicate(head) and (other.pos_ == "VERB" or bool(children(other, "cop", "nsubj")))
        case "cc":
            return (other.i < head.i and is_predicate(head)) or (is_predicate(head) and _joins_clause(other, head))
        case "mark":
            return other.lower_ in ("that", "if", "whether", "because", "as", "while", "although", "though", "since")
        case "advcl":
            return mark(other) not in ("of", "for", "with", "from", "to", "into", "against", "over", "in")
        case "acl":
            return other.dep_ == "acl:relcl" and any(sign.lower_ in (",", "–", "—", "-") for sign in other.children)
    return False


def _joins_clause(conjunction: Token, head: Token) -> bool:
    following = [other for other in children(head, "conj") if other.i > conjunction.i]
    return not following or _is_outside(following[0], head)


def _trimmed(doc: Doc, low: int, high: int, keep: set[int]) -> tuple[int, int]:
    anchor = min(keep)
    low = max((i + 1 for i in range(low, anchor) if _is_blank_line(doc[i])), default=low)
    high = min((i - 1 for i in range(anchor, high + 1) if _is_blank_line(doc[i])), default=high)
    while low < high and low not in keep and (doc[low].is_punct or doc[low].is_space or doc[low].pos_ == "CCONJ"):
        low += 1
    while high > low and high not in keep and (doc[high].is_punct or doc[high].is_space):
        high -= 1
    return doc[low].idx, doc[high].idx + len(doc[high].text)


def _is_blank_line(token: Token) -> bool:
    return bool(token.is_space) and token.text.count("\n") > 1


def path(token: Token, top: Token) -> list[Token]:
    """The words from `token` up to `top`, both included; up to the root when `top` is not above."""
    found = [token]
    for above in ancestors(token):
        if found[-1].i == top.i:
            break
        found.append(above)
    return found
