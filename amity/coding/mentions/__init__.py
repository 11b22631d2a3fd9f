"""Whom the words of an article mean: names, offices, groups, descriptions and pronouns, resolved to actors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from amity.coding.mentions.coreference import COUNTING, PRONOUNS, WE, Coreference
from amity.coding.mentions.focus import Focus
from amity.coding.mentions.mention import Kind, Mention
from amity.coding.mentions.names import find_names
from amity.coding.mentions.nominals import CITY, STATELESS, Nominals, Owner, owners
from amity.coding.syntax import adposition, antecedent, children, coordinated, label
from amity.coding.timex import publication_day
from amity.records import Actor
from amity.records.claim import AGAINST_STATES

if TYPE_CHECKING:
    from amity.codebook import Codebook, Entry
    from amity.codebook.roles import Role
    from amity.coding.parse import Doc, Token
    from amity.records import Article

__all__ = ["Kind", "Mention", "Mentions"]

QUALIFYING = frozenset({"amod", "compound", "nmod:poss", "nmod:desc", "nmod:unmarked"})

UNPLACED = frozenset({"name:model", "apposition"})  # rules by which a name may lack its country

WITHIN_MODIFIER = frozenset(
    {"nmod:poss", "obl", "obl:unmarked", "obl:agent", "advmod", "nsubj", "nmod:unmarked", "nmod"}
)


class Mentions:
    """Mentions of actors in one article, resolved from left to right; "I" and "we" when the voices are known."""

    def __init__(self, doc: Doc, codebook: Codebook, nominals: Nominals) -> None:
        self.doc = doc
        self._codebook = codebook
        self._words = codebook.reference
        self._nominals = nominals
        self._coreference = Coreference(doc, codebook, nominals)
        self._focus = Focus(doc, self)
        self._resolved: dict[int, Mention | None] = {}
        self._near: frozenset[str] | None = None
        self._speakers: Callable[[Token], tuple[Actor, ...]] | None = None

    @classmethod
    def find(cls, article: Article, doc: Doc, codebook: Codebook) -> Mentions:
        """All mentions of the article; terms of office and the like are judged on its day of publication."""
        names = find_names(article, doc, codebook, publication_day(article.published))
        nominals = Nominals(article, doc, codebook, names)
        nominals.build()
        mentions = cls(doc, codebook, nominals)
        mentions._resolve_in_order()
        return mentions

    def hear(self, speakers: Callable[[Token], tuple[Actor, ...]]) -> None:
        """Tell who says a word, so that "I" and "we" can be resolved: the attribution chain, outermost first."""
        self._speakers = speakers

    def mention(self, token: Token) -> Mention | None:
        """The mention that the token heads or belongs to; null for words that stand for nobody known."""
        token = antecedent(token)
        found = self._nominals.by_head.get(token.i) or self._nominals.by_token.get(token.i)
        if found is not None and found.rule != STATELESS:
            return found
        if token.lower_ in WE:
            return self._speaker(token)
        if self._speakers is None and any(owner.lower_ in WE for owner in children(token, "nmod:poss")):
            return found
        if token.i not in self._resolved:
            self._resolved[token.i] = None
            self._resolved[token.i] = self._resolve(token)
        return self._resolved[token.i] or found

    def of(self, token: Token) -> tuple[Actor, ...]:
        """Whom the noun phrase headed by the token stands for, coordinated members left out; empty when nobody."""
        mention = self.mention(token)
        return mention.actors if mention else ()

    def all(self, token: Token) -> tuple[Actor, ...]:
        """As `of`, with the members coordinated with the token, in the order of the text, each once."""
        token = antecedent(token)
        members = [*coordinated(token), *self._listed(token)]
        return _unique(who for member in members for who in self.of(member))

    def _listed(self, token: Token) -> list[Token]:
        """Members of a list that the parse puts into a relative clause: "Russia, which is an ally, Turkey and Iran"."""
        clause = next((child for child in children(token, "acl") if child.i > token.i), None)
        if clause is None or token.i not in self._nominals.by_token:
            return []
        names = [t for t in self.doc[token.i + 1 : clause.right_edge.i + 1] if t.i in self._nominals.by_head]
        found: list[Token] = []
        for name in reversed(names):
            before = self.doc[name.i - 1]
            if found and self.doc[name.i + 1].lower_ not in (",", "and"):
                break
            if self._nominals.by_head[name.i].kind != "state" or before.lower_ not in (",", "and"):
                break
            found.append(name)
        return list(reversed(found)) if len(found) > 2 else []

    def modifiers(self, token: Token) -> tuple[Actor, ...]:
        """Actors that qualify a noun: "Israeli drones", "Iran's tensions", "the Iran-Azerbaijan border"."""
        found: list[Actor] = []
        for child in token.children:
            if child.dep_ in QUALIFYING:
                found += self._qualifiers(child)
        if not found and label(token) == "conj":
            found = [
                who for child in token.head.children if child.dep_ in QUALIFYING for who in self._qualifiers(child)
            ]
        return _unique(sorted(found, key=lambda who: who.start))

    def home(self, token: Token) -> tuple[Actor, ...]:
        """Whose a thing or place is that nothing says the owner of: the state in view; empty when that is not clear.

        For words known to take part in what happens ("burned sawmills"); not every noun is somebody's.
        """
        if token.pos_ not in ("NOUN", "PROPN") or not self._nominals.may_be_at_home(token):
            return ()
        if any(owner.lower_ in PRONOUNS for owner in children(token, "nmod:poss")):
            return ()  # "her master": somebody's, but nobody can tell whose
        state = self._focus.state(token)
        start, end = self.extent(token)
        first, last = self.doc[start].idx, self.doc[end - 1].idx + len(self.doc[end - 1])
        return (Actor(text=self.doc.span(start, end).text, country=state, start=first, end=last),) if state else ()

    def in_span(self, start: int, end: int) -> tuple[Actor, ...]:
        """Actors mentioned in tokens `start` to `end`, in the order of the text; pronouns count where resolved."""
        found: list[Actor] = []
        for token in self.doc[start:end]:
            mention = self._nominals.by_head.get(token.i) or self._nominals.by_token.get(token.i)
            if mention is None and token.lower_ in PRONOUNS:
                mention = self.mention(token)
            if mention is not None and mention.rule != CITY and not self._nominals.is_within(token.i):
                found += mention.actors
        return _unique(found)

    def sites(self) -> Iterator[tuple[int, int, Entry]]:
        """Places of the codebook that the article names: token span and entry."""
        for name in self._nominals.names:
            if name.entry is not None and name.entry.kind == "place":
                yield name.start, name.end, name.entry

    def near(self) -> frozenset[str]:
        """The states that the article names, as ISO 3166 alpha-2: a city of an ambiguous name lies in one of them."""
        if self._near is None:
            codes = {who.country for mention in self for who in mention.actors if who.country}
            states = (self._codebook.states.get(code) for code in codes)
            self._near = frozenset(state.alpha2 for state in states if state and state.alpha2)
        return self._near

    def role(self, token: Token) -> tuple[Role | None, str]:
        """What a noun says of its bearer, null when it is neither person nor body, and the phrase that says it."""
        return self._nominals.role(token)

    def extent(self, token: Token) -> tuple[int, int]:
        """Token span of the noun phrase that the token heads, without clauses and asides."""
        return self._nominals.extent(token)

    def __iter__(self) -> Iterator[Mention]:
        """Mentions with an actor, in the order of the text, pronouns and descriptions left out."""
        heads = {m.head: m for m in (*self._nominals.by_token.values(), *self._nominals.by_head.values()) if m.actors}
        return iter(sorted(heads.values(), key=lambda mention: mention.start))

    def _resolve_in_order(self) -> None:
        """Pronouns and descriptions from left to right, so that each can go back to the ones before it."""
        by_head = self._nominals.by_head
        open_names = [i for i, m in by_head.items() if m.rule in UNPLACED and m.actors and not m.actors[0].country]
        open_groups = [i for i, group in by_head.items() if group.rule == STATELESS]
        described = self._words.countries | self._words.sides
        nouns = [i for i in self.doc.lemmas.positions(described.__contains__) if i not in by_head]
        pronouns = self.doc.lowers.positions((PRONOUNS - WE | COUNTING).__contains__)
        for i in sorted({*open_names, *open_groups, *nouns, *pronouns}):
            token, known = self.doc[i], by_head.get(i)
            if known is not None and known.rule in UNPLACED:
                if known.kind == "person":
                    self._place_person(token, known)
                else:
                    self._place_body(token, known)
                continue
            if any(owner.lower_ in WE for owner in children(token, "nmod:poss")):
                continue  # "our soldiers": when it is known who says so
            mention = self._resolved[i] = self._resolve(token)
            if mention is not None:
                self._coreference.add(token, mention)

    def _place_person(self, token: Token, person: Mention) -> None:
        """ "Its police chief, General X", "the minister, Y": whose they are may be clear from what came before."""
        if any(who.country for who in person.actors):
            return  # told by another description since
        mention, owner = None, next(iter(children(token, "nmod:poss")), None)
        if owner is not None:
            mention = self.mention(owner)
        elif person.rule == "apposition":
            mention = self._coreference.resolve(token)
        countries = {who.country for who in mention.actors if who.country} if mention else set()
        known = self._nominals.person_at[person.head]
        if mention is not None and len(countries) == 1:
            state: str | None = countries.pop()
            sector = mention.actors[0].sector
        elif not known.nouns & self._words.abroad_alone:  # "gave Ambassador X three days to leave"
            state, sector = self._focus.state(token), None
        else:
            return
        if state:
            self._nominals.learn(person.head, state, sector)

    def _place_body(self, token: Token, body: Mention) -> None:
        """A body that only the language model knows: a short form of a name before, else of the state in view."""
        name = self._nominals.full_name(body)
        if name is not None:
            who = name.actors[0]
        elif (state := self._focus.state(token)) and not self._nominals.is_international(body):
            who = msgspec.structs.replace(body.actors[0], country=state)
        else:
            return
        own = body.actors[0]
        body.actors = (msgspec.structs.replace(who, text=own.text, start=own.start, end=own.end),)
        if who.country:
            self._nominals.pass_on(own.name, body.actors[0])

    def _resolve(self, token: Token) -> Mention | None:
        for aside in children(token, "appos"):  # "three powers: Russia, Turkey and Iran"
            if (
                "Plur" in token.morph.get("Number")
                and token.pos_ == "NOUN"
                and len(members := self.all(aside)) > 1
                and all(who.country for who in members)
            ):
                return Mention(
                    token.i, token.i, token.i + 1, "description", members, "apposition", plural=len(members) > 1
                )
        if token.lower_ in self._words.partitive:
            part = next((child for child in children(token, "nmod") if adposition(child) in ("of", "among")), None)
            if part is not None:
                return self._part(token, part)
        return self._owned(token) or self._recalled(token) or self._coreference.resolve(token) or self._at_home(token)

    def _recalled(self, token: Token) -> Mention | None:
        """Fighters, staff: those of the armed group or international body last spoken of."""
        group = self._nominals.by_head.get(token.i)
        role, noun = self._nominals.role(token)
        if group is None or group.rule != STATELESS or role is None:
            return None
        if role.sector in AGAINST_STATES:
            return self._coreference.fighters(token)
        if noun in self._words.staff or role.sector == "JUD":
            return self._coreference.staff(token, of_courts=noun not in self._words.staff)
        return None

    def _at_home(self, token: Token) -> Mention | None:
        """ "Police", "the minister", "protesters": those of the state in view."""
        group = self._nominals.by_head.get(token.i)
        if group is None or group.rule != STATELESS or not self._nominals.may_be_at_home(token):
            return None
        state = self._focus.state(token)
        return self._nominals.belonging(group, [Owner(state)], "group:focus") if state else None

    def _part(self, token: Token, whole: Token) -> Mention | None:
        """ "dozens of activists", "most of the ministers": some of those who are named."""
        mention = self.mention(whole)
        if mention is None or not mention.actors:
            return None
        single = token.lower_ in ("one", "each")
        return replace(
            mention, head=token.i, rule=f"part: {mention.rule}", plural=not single, person=single or mention.person
        )

    def _owned(self, token: Token) -> Mention | None:
        """ "its leaders", "his army": offices and groups take their country from whom the possessive stands for."""
        group = self._nominals.by_head.get(token.i)
        owner = next(iter(children(token, "nmod:poss")), None)
        if group is None or owner is None or token.lemma_.lower() in self._words.relational:
            return None
        whose = self.mention(owner)
        found = dict.fromkeys(owners(whose)) if whose else {}
        return self._nominals.belonging(group, found, "group:possessor") if found else None

    def _speaker(self, token: Token) -> Mention | None:
        chain = self._speakers(token) if self._speakers else ()
        if not chain:
            return None
        who, plural = chain[-1], token.lower_ in ("we", "us", "our", "ours", "ourselves")
        spoken = msgspec.structs.replace(who, text=token.text, start=token.idx, end=token.idx + len(token))
        if plural and who.country:
            spoken = msgspec.structs.replace(spoken, name=None, sector=None)
        return Mention(token.i, token.i, token.i + 1, "pronoun", (spoken,), "speaker", person=not plural, plural=plural)

    def _qualifiers(self, child: Token) -> list[Actor]:
        if self._nominals.is_within(child.i):
            return []
        own = self._nominals.by_token.get(child.i)
        found = list(own.actors) if own else list(self.of(child)) if child.dep_ == "nmod:poss" else []
        name = self._nominals.name_at(child.i)
        for inner in child.children:
            if name is not None and name.start <= inner.i < name.end:
                continue
            if inner.dep_ in ("amod", "compound") or (not found and inner.dep_ in WITHIN_MODIFIER):
                found += self._qualifiers(inner)
        for other in children(child, "conj"):
            found += self._qualifiers(other)
        return found


def _unique(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Actors without repetitions of the same text and party."""
    return tuple({(who.country, who.name, who.sector, who.start): who for who in actors}.values())
