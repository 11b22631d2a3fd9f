"""Pronouns and definite descriptions: whom "it", "his", "the country" or "both states" go back to.

Precision first: candidates that agree in number, gender and kind are weighed by grammatical role and distance (after
Lappin and Leass 1994, aclanthology.org/J94-4002), and a tie between two of them resolves nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from amity.coding.mentions.mention import Gender, Mention
from amity.coding.syntax import (
    adposition,
    children,
    coordinated,
    first_conjunct,
    is_predicate,
    is_stray,
    label,
    predicate,
    surface_subjects,
)
from amity.records.claim import AGAINST_STATES

if TYPE_CHECKING:
    from amity.codebook import Codebook
    from amity.coding.mentions.nominals import Nominals
    from amity.coding.parse import Doc, Token
    from amity.records import Actor

REACH = 3  # sentences
MOST = 100  # candidates, in sentences that do not end
MARGIN = 0.5  # by which the best candidate must lead
LEAP = 2.0  # by which one in an earlier sentence must lead those in the same
FAR_BACK = 12  # sentences, for "the journalist" where the article has called one person so
# Weights by grammatical role; each sentence back costs `STEP`.
WEIGHTS = {
    "nsubj": 4.0, "nsubj:outer": 4.0, "nsubj:pass": 3.5, "obl:agent": 3.0, "ROOT": 3.0, "root": 3.0, "obj": 2.5,
    "iobj": 2.5, "nmod:poss": 2.0, "conj": 2.0, "obl": 1.8, "xcomp": 1.5, "ccomp": 1.5, "nmod": 1.2, "appos": 1.0,
    "compound": 0.8, "amod": 0.8,
}  # fmt: skip
STEP = 1.6
FLAT = 0.2  # how much of the difference between roles is left for descriptions
NEARNESS = 0.3  # bonus for the same clause

HE = frozenset("he him his himself".split())
SHE = frozenset("she her hers herself".split())
IT = frozenset("it its itself".split())
THEY = frozenset("they them their theirs themselves".split())
WE = frozenset("i me my mine myself we us our ours ourselves".split())
PRONOUNS = HE | SHE | IT | THEY | WE
POSSESSIVE = frozenset("his her its their my our".split())

SPOKESMEN = frozenset({"spokesman", "spokeswoman", "spokesperson"})
IDLE = frozenset({"whole", "entire", "same", "former", "post", "oil", "rich", "latter"})  # they narrow nothing
OTHERS = frozenset(
    {"other", "host", "third", "neighbouring", "neighboring", "one", "another"}
)  # not the one just spoken of
MEETING = frozenset({"minister", "president", "leader", "side", "party", "delegation", "negotiator"})
TABLE = 5  # states around one
COUNTING = frozenset("one two three four five both either neither each".split())  # as nouns: "called on the two"
TRADING = frozenset("buy purchase acquire import order receive sell export deliver supply".split())
ABLE = frozenset("able unable willing unwilling ready prepared eager reluctant determined keen".split())  # somebody is
DEFINITE = frozenset("the this that these those their his its her".split())
NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5}
COMPASS = {"northern": (1, 0), "southern": (-1, 0), "eastern": (0, 1), "western": (0, -1)}
OFTEN = 3  # mentions of each state in an article about two
FAR = 15.0  # degrees between the capitals of neighbours


class Coreference:
    """Finds antecedents among the mentions of one article."""

    def __init__(self, doc: Doc, codebook: Codebook, nominals: Nominals) -> None:
        self.doc = doc
        self.codebook = codebook
        self.words = codebook.reference
        self.nominals = nominals
        self._text = nominals.article.text
        self._sentence = [number for number, sentence in enumerate(doc.sents) for _ in sentence]
        heads = {i: m for i, m in nominals.by_token.items() if m.head == i} | nominals.by_head
        self._mentions = [(i, heads[i]) for i in sorted(heads) if heads[i].actors and not nominals.is_within(i)]
        self._positions = [i for i, _ in self._mentions]
        self._at = set(self._positions)
        self._states: Counter[str] | None = None

    # ------------------------------------------------------------------------------------------ entry

    def add(self, token: Token, mention: Mention) -> None:
        """Take a resolved pronoun for a candidate of those that follow."""
        at = bisect_left(self._positions, token.i)
        if at < len(self._positions) and self._positions[at] == token.i:
            self._mentions[at] = (token.i, mention)
        else:
            self._positions.insert(at, token.i)
            self._mentions.insert(at, (token.i, mention))
        self._at.add(token.i)

    def resolve(self, token: Token) -> Mention | None:
        """Whom a pronoun or definite description stands for; null when that is not clear."""
        word = token.lower_
        if word in PRONOUNS:
            return self._pronoun(token, word)
        if word in ("former", "latter") and label(token) not in ("amod", "compound", "advmod"):
            return self._one_of_two(token, word == "latter")
        if token.pos_ in ("NOUN", "PROPN"):
            return self._description(token)
        if word in NUMBERS and label(token) not in ("nummod", "det", "cc", "advmod", "compound"):
            return self._several(token, NUMBERS[word]) if not children(token, "nmod") else None
        return None

    def _pronoun(self, token: Token, word: str) -> Mention | None:
        if word.endswith(("self", "selves")):
            return self._reflexive(token)
        if word in HE or word in SHE:
            gender = "f" if word in HE else "m"
            people = self.nominals.person_at
            fit = [
                (i, m)
                for i, m in self._candidates(token)
                if m.person and not m.plural and m.gender != gender and (i not in people or people[i].gender != gender)
            ]
            return self._best(token, fit, "pronoun")
        if word in IT:
            if self._is_dummy(token):
                return None
            fit = [(i, m) for i, m in self._candidates(token) if self._is_single_body(m)]
            if not self._asks_for_somebody(token):
                fit = [(i, m) for i, m in fit if self._parallel(i, token)]
            best = self._answering(token) or self._unrivalled(token, self._best(token, fit, "pronoun"), "Plur")
            return best or self._controlled(token, [m for _, m in fit])
        if word in THEY:
            return self._they(token) or self._controlled(token, [m for _, m in self._candidates(token, 0) if m.plural])
        return None

    def _answering(self, token: Token) -> Mention | None:
        """ "imposed sanctions on Turkey for its purchase", "thanked Qatar for its help": of whom it is done to."""
        deed = token.head
        if token.dep_ != "nmod:poss":
            return None
        if adposition(deed) != "for" or label(deed) not in ("obl", "nmod"):
            return None
        verb = predicate(deed)
        nominals = [
            *children(verb, "obj"),
            *(part for noun in children(verb, "obj") for part in children(noun, "nmod")),
        ]
        nominals += children(verb, "obl")
        done_to = [noun for noun in nominals if noun.i < token.i and adposition(noun) in ("", "on", "against", "upon")]
        found = [self.nominals.by_head[noun.i] for noun in done_to if noun.i in self.nominals.by_head]
        single = [mention for mention in found if self._is_single_body(mention)]
        return self._mention_like(token, single[0], "pronoun") if len(single) == 1 else None

    def _controlled(self, token: Token, fit: Iterable[Mention]) -> Mention | None:
        """ "London let it be known that it would …": the subject of the verb that tells it."""
        verb = first_conjunct(token.head)
        if label(token) != "nsubj" or label(verb) != "ccomp":
            return None
        subjects = {subject.i for subject in surface_subjects(verb.head)}
        return next((self._mention_like(token, m, "pronoun") for m in fit if m.head in subjects), None)

    def _parallel(self, i: int, token: Token) -> bool:
        """Whether the candidate is subject or agent in this sentence, or subject before as the pronoun is now."""
        if self._sentence[i] == self._sentence[token.i]:
            return self.doc[i].dep_ in ("nsubj", "nsubj:pass", "obl:agent")
        return (
            self.doc[i].dep_ == "nsubj" and label(token) == "nsubj" and self._sentence[token.i] - self._sentence[i] == 1
        )

    def _reflexive(self, token: Token) -> Mention | None:
        """ "itself", "themselves": the subject of the clause, or what it stands beside."""
        if token.head.i in self.nominals.by_head and label(token) in ("nmod", "appos"):
            return self.nominals.by_head[token.head.i]
        verb = token.head
        while verb.head.i != verb.i and not is_predicate(verb):
            verb = verb.head
        found = next((self.nominals.by_head[s.i] for s in surface_subjects(verb) if s.i in self.nominals.by_head), None)
        return found if found is not None and found.actors else None

    def _is_dummy(self, token: Token) -> bool:
        """Whether "it" stands for nobody: expletives, clefts, and objects of verbs that take things or statements."""
        if label(token) == "expl" and not (children(token.head, "obj") and token.head.lemma_ in self.words.agentive):
            return True
        if label(token) == "obj" and token.head.lemma_ not in self.words.targeting:
            return True
        predicate = token.head
        if label(token) != "nsubj" or not children(predicate, "cop"):
            return False
        if predicate.lemma_.lower() in ABLE and children(predicate, "xcomp"):
            return False
        if children(predicate, "csubj", "ccomp", "xcomp", "advcl", "acl") or predicate.pos_ == "ADJ":
            return True
        noun = predicate.lemma_.lower()  # "it was the first visit", but "it is a member"
        return predicate.pos_ == "NOUN" and noun not in self.words.countries and noun not in self.nominals.roles.heads

    def _they(self, token: Token) -> Mention | None:
        candidates = list(self._candidates(token, reach=1))
        groups = [
            (i, m)
            for i, m in candidates
            if m.plural and m.role == "actor" and (not self._is_coordinated(i) or self._holds(i, token))
        ]
        groups += [(i, self._joined(i)) for i, m in candidates if self._leads(i) and m.role == "actor"]
        best = self._best(token, groups, "pronoun")
        if best is not None:
            return None if self._has_unknown_people(token) else self._unrivalled(token, best, "Sing")
        if groups or not self._asks_for_somebody(token) or self._has_unknown_people(token):
            return None
        bodies = [(i, m) for i, m in candidates if m.kind == "organisation" or (m.kind == "group" and not m.person)]
        return self._best(token, bodies, "pronoun")

    def _has_unknown_people(self, token: Token) -> bool:
        """Whether this sentence has spoken of people whom nothing names ("told the neighbours that … them")."""
        for i in range(token.sent.start, token.i):
            word = self.doc[i]
            people = word.lemma_ in self.nominals.roles.heads or word.lemma_ in self.words.relational
            if people and word.pos_ == "NOUN" and "Plur" in word.morph.get("Number") and i not in self._at:
                return True
        return False

    # ------------------------------------------------------------------------------------------ descriptions

    def _description(self, token: Token) -> Mention | None:
        noun = token.lemma_.lower()
        if noun in SPOKESMEN and not children(token, "nmod", "compound"):
            return self._spokesman(token)
        determiner = next((c.lower_ for c in token.children if c.dep_ == "det" or c.dep_ == "det:predet"), "")
        number = next((NUMBERS[c.lower_] for c in token.children if c.lower_ in NUMBERS), 0)
        if noun in self.words.sides and "Plur" in token.morph.get("Number") and (number or determiner == "both"):
            return self._several(token, number or 2)
        if noun in MEETING and determiner == "the" and "Plur" in token.morph.get("Number"):
            return self._meeting(token) if not children(token, "nmod", "acl", "compound") else None
        if noun in self.words.sides and determiner == "each" and not children(token, "nmod"):
            return self._several(token, 2)
        if noun in ("neighbour", "neighbor"):
            return self._neighbour(token)
        if determiner in ("the", "these", "those") and "Plur" in token.morph.get("Number"):
            return self._same_people(token, noun)
        if determiner not in ("the", "this", "that") or "Plur" in token.morph.get("Number"):
            return None
        if any(child.lower_ in OTHERS for child in token.children):
            return None
        if noun in self.words.countries:
            return self._country(token, noun)
        role, phrase = self.nominals.role(token)
        if role is not None:
            return self._office(token, phrase, role.person, role.sector)
        return self._body(token, None) if noun in self.words.bodies else None

    def _body(self, token: Token, sector: str | None) -> Mention | None:
        """ "The alliance", "the group": an organisation named before, of that sector where it has one."""
        bodies = [(i, m) for i, m in self._candidates(token) if m.kind == "organisation" and m.role == "actor"]
        kin = [(i, m) for i, m in bodies if m.actors and (sector is None or m.actors[0].sector in (None, sector))]
        return self._best(token, kin, "description")

    def _same_people(self, token: Token, noun: str) -> Mention | None:
        """ "The soldiers", where "American soldiers" have been spoken of."""
        if any(child.lower_ in OTHERS for child in token.children) or children(token, "nmod"):
            return None
        same = [
            (i, m)
            for i, m in self._candidates(token)
            if m.kind == "group" and self.doc[i].lemma_.lower() == noun and any(a.country or a.name for a in m.actors)
        ]
        return self._mention_like(token, same[-1][1], "description") if same else None

    def fighters(self, token: Token) -> Mention | None:
        """ "The guerrillas", "the gunmen": the armed group last spoken of."""
        if not any(child.lower_ in DEFINITE for child in token.children):
            return None
        armed = [m for _, m in self._candidates(token) if m.actors and m.actors[0].sector in AGAINST_STATES]
        named = [m for m in armed if m.actors[0].country or m.actors[0].name]
        return self._mention_like(token, named[-1], "description") if named else None

    def staff(self, token: Token, of_courts: bool) -> Mention | None:
        """ "The secretary-general", "the judges": those of the international body or court last spoken of."""
        bodies = [m for _, m in self._candidates(token, reach=2) if m.kind in ("organisation", "group") and m.actors]
        found = [m for m in bodies if m.actors[0].name and not m.actors[0].country]
        if of_courts:
            found = [m for m in found if self._is_court(m.actors[0].name)]
        return self._mention_like(token, found[-1], "description") if found else None

    def _is_court(self, name: str | None) -> bool:
        body = self.codebook.organisations.get(name or "")
        return body is not None and body.kind == "court"

    def _country(self, token: Token, noun: str) -> Mention | None:
        """ "the country", "the kingdom", "the former Soviet republic"."""
        allowed = self.words.kinds.get(noun)
        modifiers = {child.lower_ for child in token.children if child.dep_ in ("amod", "compound")}
        for word, described in self.words.qualities.items():
            if word in modifiers:
                allowed = described if allowed is None else allowed & described
                modifiers -= {word, "former", "post"}
        if (modifiers - IDLE and allowed is None) or modifiers & OTHERS or children(token, "nmod", "acl"):
            return None
        single = [(i, m) for i, m in self._candidates(token) if not m.plural and len(self._codes(m)) == 1]
        states = [
            (i, self._as_state(m))
            for i, m in single
            if m.kind not in ("organisation", "place") and (allowed is None or self._codes(m) <= allowed)
        ]
        bare = [(i, m) for i, m in states if not self._is_person(i)]  # rather than the country of somebody named
        return self._best(token, bare or states, "description", by_country=True) or self._sole_of_kind(token, allowed)

    def _sole_of_kind(self, token: Token, allowed: frozenset[str] | None) -> Mention | None:
        """ "The kingdom", however long ago the only one was named."""
        before = [m for _, m in self._mentions[: bisect_left(self._positions, token.i)] if not m.plural]
        fitting = [m for m in before if allowed and self._codes(m) and self._codes(m) <= allowed]
        codes = {code for mention in fitting for code in self._codes(mention)}
        return self._mention_like(token, self._as_state(fitting[-1]), "description") if len(codes) == 1 else None

    def _is_person(self, i: int) -> bool:
        mention = self.nominals.by_head.get(i)
        return mention is not None and mention.person

    def _office(self, token: Token, phrase: str, person: bool, sector: str | None) -> Mention | None:
        """ "the minister", "the ministry", "the group": the latest of whom the article said so."""
        wanted = {phrase, self.words.synonyms.get(phrase, phrase), phrase.split()[-1]}

        def described(i: int, mention: Mention) -> bool:
            known = self.nominals.person_at.get(mention.head)
            nouns = (known.nouns if known else set()) | ({mention.role_noun} if mention.role_noun else set())
            nouns |= {self.words.synonyms[noun] for noun in nouns if noun in self.words.synonyms} | {
                noun.split()[-1] for noun in nouns
            }
            return bool(nouns & wanted)

        candidates = [
            (i, m) for i, m in self._candidates(token) if m.actors and any(a.country or a.name for a in m.actors)
        ]
        same = [(i, m) for i, m in candidates if m.person == person and not m.plural and described(i, m)]
        if same:
            return self._best(token, same, "description")
        if person and sector != "GOV":  # an article may well speak of several presidents
            before = [(i, m) for i, m in self._candidates(token, reach=FAR_BACK) if m.person and described(i, m)]
            if len({self.nominals.person_at[m.head].name for _, m in before if m.head in self.nominals.person_at}) == 1:
                return self._mention_like(token, before[-1][1], "description")
        if not person and token.lemma_.lower() in self.words.bodies:
            return self._body(token, sector)
        if phrase in self.words.offices:
            return self._of_sole_state(token, phrase, sector)
        return None

    def _spokesman(self, token: Token) -> Mention | None:
        """ "The White House had protested, a spokesman said": he speaks for the subject of what he says."""
        verb = first_conjunct(token).head
        if verb.pos_ != "VERB":  # the parse may take him for an apposition
            verb = next((word for word in self.doc[token.i : token.sent.end] if word.pos_ == "VERB"), verb)
        for clause in (verb.head, *children(verb, "ccomp", "parataxis")):
            for subject in children(clause, "nsubj"):
                mention = self.nominals.by_head.get(subject.i)
                if mention is not None and mention.actors and not mention.person and mention.role == "actor":
                    who = self._actor(
                        token, mention.actors[0], country=mention.actors[0].country, sector="GOV", name=None
                    )
                    spoken = self._mention(token, (who,), "description: spokesman")
                    spoken.person, spoken.role_noun = True, token.lemma_.lower()
                    return spoken
        return None

    def _of_sole_state(self, token: Token, phrase: str, sector: str | None) -> Mention | None:
        """ "the government" where this sentence and the one before speak of a single state."""
        near = [(i, m) for i, m in self._candidates(token, reach=1) if self._codes(m) and m.kind != "organisation"]
        near = [(i, m) for i, m in near if self._opens(i)] or near
        codes = {code for _, m in near for code in self._codes(m)}
        if len(codes) != 1:
            return None
        who = self._actor(token, near[-1][1].actors[0], country=codes.pop(), sector=sector, name=None)
        mention = self._mention(token, (who,), "description:sole state")
        mention.role_noun = phrase
        return mention

    def _opens(self, i: int) -> bool:
        """Whether the sentence is set in the state: "In Niger the quarrel with France goes on"."""
        word = self.doc[i]
        return label(word) == "obl" and word.i == word.sent.start + 1 and self.doc[i - 1].lower_ == "in"

    def _several(self, token: Token, count: int) -> Mention | None:
        """ "the two countries", "both sides": the last sentence before that speaks of just so many states."""
        for back in range(REACH + 1):
            inside = [(i, m) for i, m in self._of_sentence(token, back) if m.kind != "place"]
            everybody = _by_state(inside)
            acting = _by_state([(i, m) for i, m in inside if m.role == "actor"])
            found = everybody if len(everybody) <= count else acting
            if len(found) == count:
                return self._states_like(token, found)
            if len(everybody) > count:
                return self._coordinated_states(token, inside, count)
        return (self._gathered(token) or self._dyad(token)) if count == 2 else None

    def _gathered(self, token: Token) -> Mention | None:
        """Two states that the sentences before name one by one: "Baku denied it. Yerevan did, too. Both sides …"."""
        found: dict[str, Actor] = {}
        for back in range(1, REACH + 1):
            inside = [(i, m) for i, m in self._of_sentence(token, back) if m.role == "actor"]
            found = _by_state(inside) | found
            if len(found) > 1:
                return self._states_like(token, found) if len(found) == 2 else None
        return None

    def _one_of_two(self, token: Token, latter: bool) -> Mention | None:
        """ "the latter": of the two states that its sentence or the one before it names; of more, of the last pair."""
        for back in range(2):
            inside = [(i, m) for i, m in self._of_sentence(token, back) if m.kind != "place"]
            states = _by_state(inside)
            if len(states) > 2:
                paired = [(i, m) for i, m in inside if self._is_joined(i)]
                states = _by_state(paired[-2:])
            if len(states) == 2:
                country, who = list(states.items())[latter]
                return self._states_like(token, {country: who})
        return None

    def _is_joined(self, i: int) -> bool:
        token = self.doc[i]
        return label(token) == "conj" or bool(children(token, "conj"))

    def _meeting(self, token: Token) -> Mention | None:
        """ "The Ministers", "the sides": those so called before, else the states that a sentence before joins."""
        lemma = token.lemma_.lower()
        for i, m in reversed(self._mentions[: bisect_left(self._positions, token.i)]):
            so_called = lemma in ("side", "party") or self.doc[i].lemma_.lower() == lemma
            near = token.text[0].isupper() or self._sentence[token.i] - self._sentence[i] <= REACH
            if near and so_called and self.doc[i].lemma_.lower() in MEETING and len(self._codes(m)) > 1:
                return self._states_like(token, _by_state([(i, m)]))
        if token.text[0].isupper() and lemma not in ("side", "party"):
            called = _by_state((i, m) for i, m in self._mentions if i < token.i and self._is_called(m, lemma))
            if 1 < len(called) <= TABLE:
                return self._states_like(token, called)
        for back in range(1, REACH + 1):
            inside = [(i, m) for i, m in self._of_sentence(token, back) if m.kind != "place" and m.role == "actor"]
            plural = [m for _, m in inside if m.plural and len(self._codes(m)) > 1]
            states = _by_state([(0, plural[-1])]) if plural else _by_state(inside)
            if len(states) > 1:
                return self._states_like(token, states) if len(states) <= TABLE else None
        return None

    def _is_called(self, mention: Mention, lemma: str) -> bool:
        """Whether the text names a person as one of these: "the Minister of Foreign Affairs of Albania, X"."""
        person = self.nominals.person_at.get(mention.head)
        return person is not None and any(lemma in noun.split() for noun in person.nouns)

    def _of_sentence(self, token: Token, back: int) -> list[tuple[int, Mention]]:
        """Mentions before the token in its sentence, or in the one so many sentences back."""
        at, number = bisect_left(self._positions, token.i), self._sentence[token.i] - back
        while at > 0 and self._sentence[self._positions[at - 1]] > number:
            at -= 1
        found = []
        while at > 0 and self._sentence[self._positions[at - 1]] == number:
            at -= 1
            found.append(self._mentions[at])
        return [(i, m) for i, m in reversed(found) if back or not self._inside(i, token)]

    def _states_like(self, token: Token, found: Mapping[str, Actor]) -> Mention:
        """The token as a mention of several states, with the sector that its noun tells."""
        sector = self._shared_sector(token)
        actors = tuple(
            self._actor(token, who, country=country, sector=sector, name=None) for country, who in found.items()
        )
        return self._mention(token, actors, "description:pair", plural=True)

    def _dyad(self, token: Token) -> Mention | None:
        """The two states that the whole article is about: each named often, every other one far less."""
        if self._states is None:
            self._states = Counter(code for _, m in self._mentions for code in self._codes(m))
        ranking = [*self._states.most_common(3), ("", 0)]
        if len(ranking) < 3 or ranking[1][1] < OFTEN or ranking[2][1] * 2 > ranking[1][1]:
            return None
        pair = {code for code, _ in ranking[:2]}
        found = {who.country: who for _, m in self._mentions for who in m.actors if who.country in pair}
        return self._states_like(token, {code: found[code] for code in sorted(pair)})

    def _shared_sector(self, token: Token) -> str | None:
        """ "both armies" are military, "both sides" just the states."""
        role = self.nominals.roles.get(token.lemma_.lower())
        return (
            role.sector
            if role and not role.open and token.lemma_.lower() not in self.words.countries | {"party"}
            else None
        )

    def _coordinated_states(self, token: Token, inside: list[tuple[int, Mention]], count: int) -> Mention | None:
        """Of more states in a sentence: those that it names side by side."""
        for i, mention in reversed(inside):
            if mention.kind in ("state", "demonym"):
                members = [self.nominals.by_token.get(word.i) for word in coordinated(first_conjunct(self.doc[i]))]
                found = {who.country: who for member in members if member for who in member.actors if who.country}
                if len(found) == count:
                    return self._states_like(token, found)
        return None

    def _neighbour(self, token: Token) -> Mention | None:
        """ "its southern neighbour": the state named in the article whose capital lies that way, not too far."""
        owner = next(iter(children(token, "nmod:poss")), None)
        direction = next((COMPASS[c.lower_] for c in children(token, "amod") if c.lower_ in COMPASS), None)
        if owner is None or "Plur" in token.morph.get("Number"):
            return None
        whose = self.nominals.by_token.get(owner.i) or (
            self._pronoun(owner, owner.lower_) if owner.lower_ in PRONOUNS else None
        )
        if direction is None:
            return self._other_one(token, whose) if whose else None
        home = self._seat(next(iter(self._codes(whose)), None)) if whose else None
        if home is None or whose is None:
            return None
        distances = []
        for code in {code for _, m in self._mentions for code in self._codes(m)} - self._codes(whose):
            seat = self._seat(code)
            if seat is None:
                continue
            north, east = seat[0] - home[0], seat[1] - home[1]
            along = north * direction[0] + east * direction[1]
            aside = abs(east if direction[0] else north)
            if along > aside / 2 and along + aside < FAR:
                distances.append((along + aside, code))
        distances.sort()
        if not distances or (len(distances) > 1 and distances[1][0] < distances[0][0] * 1.3):
            return None
        source = next(m.actors[0] for _, m in self._mentions if distances[0][1] in self._codes(m))
        return self._mention(
            token,
            (self._actor(token, source, country=distances[0][1], sector=None, name=None),),
            "description:neighbour",
        )

    def _other_one(self, token: Token, one: Mention) -> Mention | None:
        """ "Its neighbour", where the sentences around speak of a single other state."""
        others = _by_state((i, m) for i, m in self._candidates(token) if not self._codes(m) & self._codes(one))
        return self._states_like(token, others) if len(others) == 1 and self._codes(one) else None

    def _seat(self, code: str | None) -> tuple[float, float] | None:
        state = self.codebook.states.get(code) if code else None
        seat = state.capital() if state else None
        return (
            (seat.latitude, seat.longitude)
            if seat and seat.latitude is not None and seat.longitude is not None
            else None
        )

    # ------------------------------------------------------------------------------------------ weighing

    def _candidates(self, token: Token, reach: int = REACH) -> Iterator[tuple[int, Mention]]:
        """Mentions before the token, nearest last, at most `reach` sentences back, that grammar does not rule out."""
        here = self._sentence[token.i]
        last = bisect_left(self._positions, token.i)
        first = last
        while first > max(0, last - MOST) and here - self._sentence[self._positions[first - 1]] <= reach:
            first -= 1
        for i, mention in self._mentions[first:last]:
            # Only in its own sentence can grammar rule a candidate out.
            if self._sentence[i] != here or not (self._bound(i, token) or self._inside(i, token)):
                yield i, mention
        if token.lower_ in POSSESSIVE:
            yield from self._ahead(token)

    def _ahead(self, token: Token) -> Iterator[tuple[int, Mention]]:
        """The subject right after a fronted phrase: "In its report, Iran said"."""
        verb = token
        while verb.head.i != verb.i and not is_predicate(verb):
            verb = verb.head
        for subject in children(verb, "nsubj"):
            mention = self.nominals.by_head.get(subject.i)
            if subject.i > token.i and mention is not None and mention.actors and label(token.head) in ("obl", "advcl"):
                yield subject.i, mention

    def _bound(self, i: int, token: Token) -> bool:
        """Whether both are arguments of one verb, so that only "itself" could mean the same."""
        if token.lower_ in POSSESSIVE or label(token) == "nmod":
            return bool(token.head.i == i)
        candidate = first_conjunct(self.doc[i])
        argument = token.pos_ == "NOUN" or label(token) in ("obj", "iobj", "obl")
        if argument and any(subject.i == i for subject in surface_subjects(token.head)):
            return True  # "invited Netanyahu to visit the country", "border guards seized them"
        if label(candidate) in ("nmod", "compound", "amod"):
            return False
        return (
            candidate.head.i == token.head.i
            and label(token) in ("nsubj", "obj", "iobj", "obl")
            and not token.lower_.endswith(("self", "selves"))
        )

    def _inside(self, i: int, token: Token) -> bool:
        """Whether the candidate is part of the token's own phrase, or around it."""
        for above in (self.doc[i], *self.doc[i].ancestors):
            if above.i == token.i:
                return True
            if is_predicate(above):
                break
        return False

    def _weight(self, i: int, token: Token) -> float:
        word = self.doc[i]
        role = word.dep_ if word.dep_ in WEIGHTS else label(word)
        if role == "conj":
            role = first_conjunct(word).dep_
        weight = WEIGHTS.get(role, WEIGHTS.get(role.partition(":")[0], 1.0))
        distance = self._sentence[token.i] - self._sentence[i]
        described = token.lower_ not in PRONOUNS  # "the country" is less bound to the subject than "it"
        if described:
            weight = 2.0 + (weight - 2.0) * FLAT
        owned = token.lower_ in POSSESSIVE or token.dep_ == "nmod:poss"
        if distance == 0 and role.startswith("nsubj") and (not described or owned) and self._commands(word, token):
            weight += 2.0
        if label(token) == "nsubj" and role.startswith("nsubj"):
            weight += 0.5
        if self._holds(i, token):
            weight += 3.0
        return float(weight - STEP * distance + (NEARNESS if distance == 0 else 0.0))

    def _commands(self, word: Token, token: Token) -> bool:
        """Whether the candidate is subject of a clause that the token stands in."""
        verb = first_conjunct(word).head
        return any(above.i == verb.i for above in token.ancestors)

    def _holds(self, i: int, token: Token) -> bool:
        """Whether a possessive stands in the candidate's own complement: "the Iranians, with their exercises"."""
        return token.lower_ in POSSESSIVE and label(token.head) == "nmod" and bool(token.head.head.i == i)

    def _best(
        self, token: Token, fit: list[tuple[int, Mention]], kind: str, by_country: bool = False
    ) -> Mention | None:
        """The candidate that leads; repeated mentions add up a little, ties between different ones resolve nothing."""
        scores: dict[tuple[object, ...], float] = {}
        found: dict[tuple[object, ...], Mention] = {}
        nearest: dict[tuple[object, ...], int] = {}
        for i, mention in fit:
            key = tuple(
                (a.country, None if by_country else a.name or mention.role_noun or None) for a in mention.actors
            )
            weight = self._weight(i, token)
            scores[key] = max(scores.get(key, -99.0), weight) + (0.2 if key in scores else 0.0)
            nearest[key] = min(nearest.get(key, REACH), self._sentence[token.i] - self._sentence[i])
            found[key] = mention
        if not scores:
            return None
        ranking = sorted(scores, key=lambda key: scores[key], reverse=True)
        first = ranking[0]
        closer = [key for key in ranking[1:] if nearest[key] < nearest[first] and scores[first] - scores[key] < LEAP]
        if len(closer) == 1 and nearest[closer[0]] == 1 and not by_country:
            return self._mention_like(token, found[closer[0]], kind)  # the only one in the sentence before
        rivals = closer or [key for key in ranking[1:] if scores[first] - scores[key] < MARGIN]
        if rivals:
            return self._agreed(token, found[ranking[0]], [found[key] for key in rivals], kind)
        if scores[ranking[0]] < -2.0:
            return None
        return self._mention_like(token, found[ranking[0]], kind)

    def _agreed(self, token: Token, best: Mention, rivals: list[Mention], kind: str) -> Mention | None:
        """What candidates have in common that none leads: the state, where all are of the same one ("its forces")."""
        codes = self._codes(best)
        if len(codes) != 1 or best.person or any(self._codes(rival) != codes for rival in rivals):
            return None
        return self._mention_like(token, self._as_state(best), kind)

    def _mention_like(self, token: Token, antecedent: Mention, kind: str) -> Mention:
        """The token as one more mention of what the antecedent stands for."""
        actors = tuple(
            self._actor(token, who, country=who.country, sector=who.sector, name=who.name) for who in antecedent.actors
        )
        text = self.doc.span(antecedent.start, antecedent.end).text
        mention = self._mention(token, actors, f"{kind}: {text}", plural=antecedent.plural)
        mention.role_noun = antecedent.role_noun
        mention.antecedent = antecedent.head
        mention.person, mention.gender = antecedent.person, antecedent.gender
        if kind == "pronoun":
            mention.kind = "pronoun"
        told: Gender = "m" if token.lower_ in HE else "f" if token.lower_ in SHE else ""
        mention.gender = told or mention.gender
        person = self.nominals.person_at.get(antecedent.head)
        if person is not None:
            person.gender = person.gender or told  # what a pronoun told once holds for those that follow
            self.nominals.person_at[token.i] = person
        return mention

    def _asks_for_somebody(self, token: Token) -> bool:
        """Whether only somebody can do or own what the pronoun does or owns: "it accused", "its army"."""
        if token.lower_ in POSSESSIVE:
            owned = token.head.lemma_.lower()
            return owned in self.words.stately or owned in self.nominals.roles.heads
        verb = token.head
        if label(token) == "obl":  # "has bought missiles from it"
            return verb.lemma_ in TRADING and any(c.lower_ in ("from", "to") for c in children(token, "case"))
        if label(token) != "nsubj":
            return label(token) == "obj" and verb.lemma_ in self.words.targeting
        return verb.lemma_ in self.words.agentive or any(
            c.lemma_ in self.words.agentive for c in children(verb, "xcomp")
        )

    def _unrivalled(self, token: Token, best: Mention | None, other: str) -> Mention | None:
        """The candidate unless a thing, subject of the clause or sentence before, may be meant as well."""
        if best is None or self._asks_for_somebody(token):
            return best
        for word in self._subjects(token):
            if self._sentence[token.i] - self._sentence[word.i] > 1:
                break
            mention = self.nominals.by_head.get(word.i)
            if other in word.morph.get("Number"):
                continue
            if mention is not None and mention.actors:
                break
            if word.pos_ == "NOUN":
                return None
        return best

    def _subjects(self, token: Token) -> Iterator[Token]:
        """Subjects before the token, the nearest first."""
        for i in range(token.i - 1, max(-1, token.i - 60), -1):
            word = self.doc[i]
            if (
                word.dep_ in ("nsubj", "nsubj:pass")
                and word.pos_ in ("NOUN", "PROPN")
                and not self._inside(token.i, word)
            ):
                yield word

    # ------------------------------------------------------------------------------------------ small parts

    def _is_single_body(self, mention: Mention) -> bool:
        if mention.plural or mention.person or mention.kind in ("demonym", "place"):
            return False
        return len(mention.actors) == 1

    def _is_coordinated(self, i: int) -> bool:
        """Whether the mention is a member of a coordination of mentions."""
        return label(self.doc[i]) == "conj" or self._leads(i)

    def _leads(self, i: int) -> bool:
        """Whether the mention is the first of several coordinated ones."""
        word = self.doc[i]
        members = (other for other in children(word, "conj") if not is_stray(other))
        return label(word) != "conj" and any(other.i in self.nominals.by_head for other in members)

    def _joined(self, i: int) -> Mention:
        members = [self.nominals.by_head[w.i] for w in coordinated(self.doc[i]) if w.i in self.nominals.by_head]
        actors = tuple(who for mention in members for who in mention.actors)
        return Mention(i, members[0].start, members[-1].end, "group", actors, "coordination", plural=True)

    def _codes(self, mention: Mention) -> set[str]:
        return {who.country for who in mention.actors if who.country}

    def _as_state(self, mention: Mention) -> Mention:
        actors = tuple({a.country: msgspec.structs.replace(a, sector=None, name=None) for a in mention.actors}.values())
        return Mention(mention.head, mention.start, mention.end, "state", actors, mention.rule)

    def _actor(self, token: Token, who: Actor, *, country: str | None, sector: str | None, name: str | None) -> Actor:
        start, end = self._extent(token)
        first, last = self.doc[start].idx, self.doc[end - 1].idx + len(self.doc[end - 1])
        return msgspec.structs.replace(
            who, text=self._text[first:last], country=country, sector=sector, name=name, start=first, end=last
        )

    def _extent(self, token: Token) -> tuple[int, int]:
        return (token.i, token.i + 1) if token.lower_ in PRONOUNS else self.nominals.extent(token)

    def _mention(self, token: Token, actors: tuple[Actor, ...], rule: str, plural: bool = False) -> Mention:
        start, end = self._extent(token)
        return Mention(token.i, start, end, "description", actors, rule, plural=plural)


def _by_state(mentions: Iterable[tuple[int, Mention]]) -> dict[str, Actor]:
    """One actor for each state that the mentions speak of, in the order of the text."""
    found: dict[str, Actor] = {}
    for _, mention in mentions:
        for who in mention.actors:
            if who.country:
                found.setdefault(who.country, who)
    return found
