"""Noun phrases that stand for somebody: persons with their titles, offices, troops, groups with a nationality."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from amity.codebook.roles import LONGEST, Role
from amity.coding.mentions.mention import Gender, Mention
from amity.coding.mentions.names import Name, actor, is_place
from amity.coding.syntax import adposition, children, label
from amity.records import Actor
from amity.records.claim import AGAINST_STATES

if TYPE_CHECKING:
    from amity.codebook import Codebook
    from amity.coding.parse import Doc, Token
    from amity.records import Article

# How a noun's owner depends on it, and which prepositions its complement has.
NATIONALITY = frozenset({"amod", "compound", "nmod:poss", "nmod:desc", "flat", "nmod:unmarked", "advmod"})
BELONGING = frozenset({"of", "for", "at", "from", "in", "'s", "’s", "'", "’", "with", "within", "under", ""})
INNER = frozenset({"compound", "amod", "flat", "fixed", "goeswith"})  # words that only qualify another
PREMODIFIERS = frozenset(
    {"amod", "compound", "nmod:poss", "det", "nummod", "nmod:desc", "nmod:unmarked", "det:predet", "advmod"}
)
QUARTERS = frozenset("the north south east west northern southern eastern western central downtown greater".split())
HYPHENS = frozenset({"-", "–", "‑"})
SEVERAL = frozenset("two three four five".split())
LONG = 6  # tokens of one modifier
CITY = "name:city"
HOMELESS = AGAINST_STATES | {"NGO", "IGO", "REF"}  # sectors of those who may be anybody's
STATELESS = "group:stateless"  # "protesters", "the ministry": coreference may tell whose


class Owner(NamedTuple):
    """Whose somebody is: a state's (alpha-3), or an organisation's: its name, for those who fight states its sector."""

    country: str | None = None
    organisation: str | None = None
    sector: str | None = None

    @classmethod
    def of(cls, who: Actor) -> Owner:
        """Somebody as the owner of what is said to be theirs."""
        if who.name and who.sector in AGAINST_STATES:
            return cls(who.country, who.name, who.sector)
        return cls(who.country, None if who.country else who.name)


@dataclass(slots=True)
class Person:
    """Somebody whom the article names: what is known so far, filled in from every description."""

    name: str
    country: str | None = None
    sector: str | None = None
    gender: Gender = ""
    nouns: set[str] = field(default_factory=set)
    places: list[int] = field(default_factory=list)  # first tokens of the names, in order

    def learn(self, country: str | None, sector: str | None, noun: str = "") -> None:
        """Take in what a description says; what is known already stays."""
        self.country = self.country or country
        self.sector = self.sector or sector
        self.nouns |= {noun} - {""}


class Nominals:
    """Builds the mentions of one article from its names; `by_head` and `by_token` are the result."""

    def __init__(self, article: Article, doc: Doc, codebook: Codebook, names: list[Name]) -> None:
        self.article = article
        self.doc = doc
        self.roles = codebook.roles
        self.words = codebook.reference
        self._codebook = codebook
        self._sites = codebook.sites
        self._honours = codebook.reference.honours()
        self.names = names
        self.by_head: dict[int, Mention] = {}
        self.by_token: dict[int, Mention] = {}
        self.persons: dict[str, list[Person]] = {}
        self.person_at: dict[int, Person] = {}
        self._name_at = {i: name for name in names for i in range(name.start, name.end)}
        self._building: set[int] = set()
        self._mentioned: dict[int, list[Mention]] | None = None

    def name_at(self, i: int) -> Name | None:
        """The name that a token belongs to."""
        return self._name_at.get(i)

    def is_within(self, i: int) -> bool:
        """Whether a token only contains a name ("anti-Israeli")."""
        name = self._name_at.get(i)
        return name is not None and name.within

    def build(self) -> None:
        """Names first, then offices and groups, then persons, who take title and country from the words around them."""
        for name in self.names:
            if not name.person and name.entry is not None:
                self._add_name(name)
        self._add_cities()
        for name in self.names:
            if not name.person and name.entry is None:
                self._add_organisation(name)
        for token in self._role_nouns():
            if token.i not in self.by_head and token.dep_ not in INNER and token.pos_ in ("NOUN", "PROPN"):
                self.group(token)
        for name in sorted((name for name in self.names if name.person), key=lambda name: name.end - name.start == 1):
            self._add_person(name)  # full names first, so that surnames find them
        self._describe_persons()
        for mention in [m for m in self.by_head.values() if m.rule == STATELESS]:
            self._regroup(mention)  # "Aliyev's administration": now it is known whose country

    def _role_nouns(self) -> Iterator[Token]:
        """Words that may name persons or bodies, in the order of the text."""
        heads = self.roles.heads
        lemmas = self.doc.lemmas.positions(lambda lemma: lemma.lower() in heads)
        found = {*lemmas, *self.doc.lowers.positions(heads.__contains__)}
        return (self.doc[i] for i in sorted(found))

    # -------------------------------------------------------------------------------------- names

    def _add_name(self, name: Name) -> None:
        entry, who = name.entry, actor(name, self.article, self.doc)
        if entry is None or who is None or (entry.kind == "place" and self._sites[entry.id].claimants):
            return  # what happens in a disputed area happens to none of its claimants for sure
        place = is_place(name, self.words)
        if entry.role == "capital":
            who = msgspec.structs.replace(who, sector=None if place else "GOV")
        kind = {"organisation": "organisation", "group": "organisation", "place": "place"}.get(entry.kind, "state")
        head = name.head
        mention = Mention(
            head=head.i, start=name.start, end=name.end, kind="demonym" if name.national else kind,  # type: ignore[arg-type]
            actors=(who,), rule=f"name:{entry.role}", role="place" if place else "actor",
            plural=entry.role == "people" and "Plur" in head.morph.get("Number"),
        )  # fmt: skip
        for i in range(name.start, name.end):
            self.by_token[i] = mention
        if not name.within and not (name.national and _modifies(head)):
            self.by_head[head.i] = mention

    def _add_cities(self) -> None:
        """Cities that only the gazetteer knows: what happens there happens in their state."""
        states = self._codebook.states
        named = (states.get(who.country) for mention in self.by_token.values() for who in mention.actors)
        near = frozenset(state.alpha2 for state in named if state is not None and state.alpha2)
        for entity in self.doc.ents:
            root = entity.root
            if entity.label_ not in ("GPE", "LOC") or root.pos_ != "PROPN":
                continue
            if any(i in self.by_token or i in self._name_at for i in range(entity.start, entity.end)):
                continue
            name = entity.text.rstrip("’'")
            while name and name.partition(" ")[0].lower() in QUARTERS:
                name = name.partition(" ")[2]  # "west Beirut"
            city = self._codebook.gazetteer.resolve(name, near)
            state = states.by_alpha2(city.country) if city else None
            if state is None:
                continue
            who = Actor(text=entity.text, country=state.id, start=entity.start_char, end=entity.end_char)
            mention = Mention(root.i, entity.start, entity.end, "place", (who,), CITY, role="place")
            self.by_token.update(dict.fromkeys(range(entity.start, entity.end), mention))

    def _add_organisation(self, name: Name) -> None:
        """An organisation that only the language model knows: sector and country come from its words."""
        head = name.head
        role, noun = self.role(head)
        country = self._states(head)
        found = self.doc.span(name.start, name.end).text.strip(" ’'")
        start = self.doc[name.start].idx
        sector = role.sector if role and not role.person and role.sector != "LAB" else None
        who = Actor(
            text=found, name=found, sector=sector,
            country=country[0] if len(country) == 1 else None, start=start, end=start + len(found),
        )  # fmt: skip
        mention = Mention(head.i, name.start, name.end, "organisation", (who,), "name:model", role_noun=noun)
        for i in range(name.start, name.end):
            self.by_token.setdefault(i, mention)
        self.by_head.setdefault(head.i, mention)

    def full_name(self, body: Mention) -> Mention | None:
        """The organisation named before that a single word of its name is meant to recall ("the Council")."""
        word = self.doc[body.head].text
        if body.end - body.start > 1 or word.isupper():
            return None
        before = (m for m in self.by_token.values() if m.kind == "organisation" and m.end <= body.start)
        longer = [m for m in before if m.actors and word in (m.actors[0].name or "").split()[-1:]]
        return max(longer, key=lambda mention: mention.start, default=None)

    def pass_on(self, name: str | None, body: Actor) -> None:
        """Let those who belong to a body be of its state: "snipers of the Securitate"."""
        whose = Owner.of(body)
        for group in self.by_head.values():
            if group.kind == "group" and any(who.name == name and not who.country for who in group.actors):
                group.actors = tuple(
                    msgspec.structs.replace(who, country=whose.country, name=whose.organisation)
                    if who.name == name
                    else who
                    for who in group.actors
                )

    def is_international(self, body: Mention) -> bool:
        """Whether its name says that it belongs to no state."""
        return any(word.lower_ in self.words.international for word in self.doc[body.start : body.end])

    # -------------------------------------------------------------------------------------- groups

    def group(self, head: Token) -> Mention | None:
        """The mention of an office, body or group with a known country or sector; null for any other noun."""
        if head.i in self.by_head:
            return self.by_head[head.i]
        if head.i in self._building or (head.i in self._name_at and not self._name_at[head.i].national):
            return self.by_token.get(head.i)
        role, noun = self.role(head)
        if role is None or (noun == "fighter" and self._is_machine(head)) or self._is_partitive(head):
            return None
        self._building.add(head.i)
        try:
            return self._group(head, role, noun)
        finally:
            self._building.discard(head.i)

    def _group(self, head: Token, role: Role, noun: str) -> Mention | None:
        owners = self._owners(head)
        sector = self._sector(head, role, noun, bool(owners))
        if not owners and (role.open or (head.pos_ == "NOUN" and not _is_determined(head))):
            sector = None  # "standing firm", "in general", "a member": nobody is meant, or anybody
        start, end = self.extent(head)
        first, last = self.doc[start].idx, self.doc[end - 1].idx + len(self.doc[end - 1])
        title = None if role.person else self._proper_name(head, sector)
        actors = tuple(
            Actor(
                text=self.article.text[first:last], country=owner.country, sector=owner.sector or sector,
                name=owner.organisation if owner.sector else title or owner.organisation, start=first, end=last,
            )
            for owner in owners or [Owner()]
            if owner != Owner() or sector
        )  # fmt: skip
        plural = "Plur" in head.morph.get("Number")
        mention = Mention(
            head.i, start, end, "group", actors, "group" if owners else STATELESS, role_noun=noun,
            person=role.person and not plural, plural=plural, gender=self.gender(noun),
        )  # fmt: skip
        self.by_head[head.i] = mention
        return mention

    def _regroup(self, mention: Mention) -> None:
        head = self.doc[mention.head]
        role, noun = self.role(head)
        if role is not None and self._owners(head):
            self._group(head, role, noun)

    def may_be_at_home(self, head: Token) -> bool:
        """Whether a noun that nothing says the owner of belongs to the state in view, as most do."""
        role, noun = self.role(head)
        if noun in self.words.relational | self.words.abroad_alone or (role is not None and role.sector in HOMELESS):
            return False
        words = {child.lower_ for child in head.children}
        if "both" in words or ("the" in words and words & SEVERAL):
            return False  # "the two presidents", "both armies" are of as many states
        if any(self._is_unknown(child) for child in head.children):
            return False  # "the governor of Riau": somebody's, but nobody knows whose
        if role is not None and role.open and any(map(self._is_thing, children(head, "nmod"))):
            return False  # "the leaders of the strike"
        return not any(word in self.words.foreign and word not in noun for word in words)

    def _is_thing(self, whole: Token) -> bool:
        """Whether a complement is neither somebody nor a body."""
        return adposition(whole) in ("of", "for") and whole.pos_ == "NOUN" and self.role(whole)[0] is None

    def _is_unknown(self, child: Token) -> bool:
        """Whether a word that says whose something is names somebody without a country."""
        own = child.head.pos_ == "PROPN" and label(child) != "nmod"  # "the Renewal Party"
        if own or child.pos_ != "PROPN" or label(child) not in ("nmod", "compound", "amod"):
            return False
        known = self.by_head.get(child.i) or self.by_token.get(child.i)
        return adposition(child) in BELONGING and not (known and any(who.country for who in known.actors))

    def belonging(self, mention: Mention, owners: Iterable[Owner], rule: str) -> Mention:
        """A group of whose owners only the context tells."""
        head = self.doc[mention.head]
        role, noun = self.role(head)
        sector = self._sector(head, role, noun, True) if role else None
        first, last = self.doc[mention.start].idx, self.doc[mention.end - 1].idx + len(self.doc[mention.end - 1])
        actors = tuple(
            Actor(
                text=self.article.text[first:last], country=owner.country, sector=owner.sector or sector,
                name=owner.organisation, start=first, end=last,
            )
            for owner in owners
        )  # fmt: skip
        return replace(mention, actors=actors, rule=rule)

    def role(self, head: Token) -> tuple[Role | None, str]:
        """What a noun says of its bearer, by the longest phrase of the codebook that ends or begins with it."""
        lemma = self._lemma(head)
        if lemma not in self.roles.heads:
            return None, lemma
        before = []
        for step in range(1, LONGEST):
            i = head.i - step
            if (
                i < 0
                or self.doc[i].pos_ not in ("ADJ", "NOUN", "PROPN")
                or (i in self._name_at and self._name_at[i].entry)
            ):
                break
            before.append(self.doc[i].lower_)
        for length in range(len(before), 0, -1):
            phrase = " ".join((*reversed(before[:length]), lemma))
            if phrase in self.roles:
                return self.roles[phrase], phrase
        for child in children(head, "nmod"):
            phrase = f"{lemma} {adposition(child)} {child.lower_}"
            if phrase in self.roles:
                return self.roles[phrase], phrase
        return self.roles.get(lemma), lemma

    def _lemma(self, head: Token) -> str:
        lemma, word = str(head.lemma_).lower(), str(head.lower_)
        forms = (lemma, word, word.removesuffix("s"), word.removesuffix("es"))
        return next((form for form in forms if form in self.roles.heads), lemma)

    def _sector(self, head: Token, role: Role, noun: str, national: bool) -> str | None:
        if role.open:
            for child in children(head, "compound", "amod", "nmod:poss", "nmod"):
                if (
                    label(child) == "nmod"
                    and child.dep_ != "nmod:poss"
                    and adposition(child) not in ("of", "for", "from", "at", "in")
                ):
                    continue
                known = self.by_token.get(child.i) if child.i not in self.by_head else self.by_head[child.i]
                if known is None and (inner := self.role(child)[0]) is not None and inner.sector and not inner.person:
                    return inner.sector  # "army chief", not "deputy chief"
                if (
                    known is not None
                    and known.kind in ("organisation", "group")
                    and known.actors
                    and known.actors[0].sector
                ):
                    return known.actors[0].sector
        if role.sector:
            return role.sector
        return "GOV" if national and noun in self.words.speaking_for_states else None

    def _owners(self, head: Token) -> list[Owner]:
        """Whose a noun is by its modifiers, possessor or complement; several for coordinated ones."""
        found: list[Owner] = []
        relational = head.lemma_.lower() in self.words.relational
        for child in head.children:
            if child.dep_ in NATIONALITY and not (relational and child.dep_ == "nmod:poss"):
                found += self._owners_by(child)
        if not found and not relational:
            complements = children(head, "nmod")
            if self._lemma(head) in ("minister", "ministry"):  # "the ministers of foreign affairs | of Mali and Niger"
                complements += [inner for child in complements for inner in children(child, "nmod")]
            for child in complements:
                case = adposition(child)
                if case in BELONGING and not (case == "in" and self._lemma(head) in self.words.abroad):
                    found += self._owners_by(child, every=case == "of" and "Plur" in head.morph.get("Number"))
        if not found and label(head) == "conj" and "Plur" in head.morph.get("Number"):
            shared = [child for child in children(head.head, "amod") if child.i < head.head.i]
            found = [owner for child in shared for owner in self._owners_by(child)]
        return list(dict.fromkeys(found))

    def _owners_by(self, token: Token, every: bool = True) -> Iterator[Owner]:
        """The state or organisation that a modifier names, and (where `every`) those coordinated with it."""
        if self.is_within(token.i):
            return
        known = self.by_token.get(token.i)
        if known is None and token.pos_ in ("NOUN", "PROPN"):
            known = self.group(token)
        if known is not None:
            yield from owners(known)
        elif label(token) in ("compound", "amod") and token.pos_ in ("NOUN", "PROPN", "ADJ"):
            for child in children(token, "compound", "amod"):  # "South Ossetian police chief"
                yield from self._owners_by(child)
        for other in children(token, "conj") if every else ():
            yield from self._owners_by(other)

    def _states(self, head: Token) -> list[str]:
        return [owner.country for owner in self._owners(head) if owner.country]

    def _proper_name(self, head: Token, sector: str | None) -> str | None:
        """The name of a body as written in capitals, a state's own without its nationality; null for a common noun."""
        if not head.text[0].isupper() or head.pos_ != "PROPN":
            return None
        words = [
            child for child in head.children if child.dep_ in ("compound", "amod", "flat") and child.text[0].isupper()
        ]
        if sector not in ("BUS", "JRN", "EDU", "NGO", "PTY", None):
            words = [word for word in words if not ((name := self._name_at.get(word.i)) and name.entry)]
        return " ".join(word.text for word in sorted((*words, head), key=lambda word: word.i))

    def gender(self, noun: str) -> Gender:
        """The gender that a noun tells of its bearer."""
        return "m" if noun in self.words.male else "f" if noun in self.words.female else ""

    def _is_partitive(self, head: Token) -> bool:
        """Whether the noun only tells how many: "a crowd of soldiers", "a group of ministers"."""
        if head.lower_ not in self.words.partitive:
            return False
        return any(adposition(c) == "of" and "Plur" in c.morph.get("Number") for c in children(head, "nmod"))

    def _is_machine(self, fighter: Token) -> bool:
        """Whether a fighter is an aircraft: something bought, sold or flown."""
        verbs = (fighter.head, *children(fighter, "acl"))
        return any(verb.lemma_ in self.words.handling for verb in verbs) or any(
            c.lower_ == "jet" for c in fighter.children
        )

    def extent(self, head: Token) -> tuple[int, int]:
        """The phrase as written: the noun, what stands before it and its complements, without clauses and asides."""
        start, end = head.i, head.i + 1
        for child in sorted(head.lefts, key=lambda child: -child.i):
            adjoins = child.right_edge.i + 1 == start or (
                child.right_edge.i + 2 == start and self.doc[start - 1].text in HYPHENS
            )
            if child.dep_ not in PREMODIFIERS or not adjoins or child.right_edge.i - child.left_edge.i > LONG:
                break
            start = child.left_edge.i
        for child in head.rights:
            if child.left_edge.i != end or child.dep_ not in ("flat", "goeswith", "nmod"):
                break
            if child.dep_ == "nmod" and (
                adposition(child) not in ("of", "for", "in", "from", "at") or child.i - end > LONG
            ):
                break
            name = self._name_at.get(child.i)
            end = name.end if name else child.i + 1
        return start, end

    # -------------------------------------------------------------------------------------- persons

    def _add_person(self, name: Name) -> None:
        root = name.head
        start, titles = self._titles(name)
        core = name.start
        while (
            core < name.end - 1
            and (self.doc[core].lower_ in self._honours or self._is_title(self.doc[core]))
            and name.entry is None
        ):
            titles.append(self.doc[core])  # the model takes ranks for part of the name
            core += 1
        written = self.doc.span(core, name.end).text
        person = self._registered(name, written)
        titles += [title.head for title in titles if title.dep_ == "conj" and self._is_title(title.head)]
        for title in sorted(titles, key=lambda title: title.i):
            honour = self._honours.get(title.lower_)
            if honour:
                person.sector = person.sector or honour.sector
                person.gender = person.gender or ("m" if honour.gender == "m" else "f" if honour.gender == "f" else "")
            mention = self.group(title)
            role, noun = self.role(title)
            if role and role.person:
                countries = [who.country for who in mention.actors if who.country] if mention else []
                person.learn(
                    countries[0] if len(countries) == 1 else None,
                    self._sector(title, role, noun, bool(countries)),
                    noun,
                )
        for country in self._states(root):
            person.learn(country, None)
        for child in children(root, "nmod:poss", "nmod:desc"):
            inner = self.by_head.get(child.i) or self.by_token.get(child.i)
            if inner is not None and inner.actors:
                person.learn(inner.actors[0].country, inner.actors[0].sector)
        self._place_person(name, person, start)
        for title in titles:
            self.by_head[title.i] = self.by_head[root.i]

    def _place_person(self, name: Name, person: Person, start: int) -> None:
        mention = Mention(
            name.head.i, start, name.end, "person", (), "name:person" if name.entry else "name:model", person=True,
            gender=person.gender,
        )  # fmt: skip
        insort(person.places, name.start)
        for i in range(name.start, name.end):
            self.by_token[i] = mention
            self.person_at[i] = person
        self.by_head[name.head.i] = mention

    def _titles(self, name: Name) -> tuple[int, list[Token]]:
        """Titles before a name, and where the phrase with them begins."""
        doc, titles = self.doc, []
        i = name.start - 1
        while i >= 0 and (doc[i].lower_ in self._honours or self._is_title(doc[i])):
            if self._separate(doc[i], name.head):
                break
            titles.append(doc[i])
            i -= 1
            while i >= 0 and doc[i].dep_ == "compound" and doc[i].head.i in {title.i for title in titles}:
                i -= 1
        if not titles:
            titles = list(self._long_titles(name))
        start = name.start
        for title in titles:
            start = min(start, self._left(title))
        if titles:
            start = min(start, self._left(name.head))
        return start, titles

    def _long_titles(self, name: Name) -> Iterator[Token]:
        """ "Minister of Education", "Secretary of State" before a name: the title has a complement."""
        for token in (name.head.head, *name.head.lefts, *name.head.head.lefts):
            if token.i < name.start and self._is_title(token) and not self._separate(token, name.head):
                between = self.doc[token.i + 1 : name.start]
                if (
                    all(word.pos_ in ("ADP", "NOUN", "PROPN", "ADJ", "DET", "CCONJ") for word in between)
                    and len(between) <= LONG
                ):
                    yield token
                    return

    def _left(self, token: Token) -> int:
        """Where the modifiers of a title or name begin, its article left out."""
        first = token.i
        for child in token.children:
            if child.i < first and child.dep_ in ("amod", "compound", "nmod:poss", "nmod:desc", "flat", "nmod"):
                first = min(first, child.left_edge.i)
        while first < token.i and self.doc[first].pos_ in ("DET", "ADP", "PUNCT", "CCONJ"):
            first += 1
        return int(first)

    def _is_title(self, token: Token) -> bool:
        if token.pos_ not in ("NOUN", "PROPN", "ADJ") or "Plur" in token.morph.get("Number"):
            return False
        role = self.roles.get(token.lower_)
        return role is not None and role.person and token.i not in self._name_at

    def _separate(self, title: Token, root: Token) -> bool:
        """Whether a noun before a name is another argument ("told the minister Aliyev had left")."""
        if title.head.i == root.i or root.head.i == title.i:
            return False
        return (
            label(root) == "nsubj" and root.head.i != title.head.i and label(title) in ("obj", "iobj", "obl", "nsubj")
        )

    def _registered(self, name: Name, written: str) -> Person:
        """The person of this name: known from before, from the codebook, or new."""
        words = [word for word in written.replace("’s", "").replace("'s", "").split() if word]
        surname = words[-1].lower()
        entry = name.entry
        known = self.persons.get(surname, [])
        if len(words) == 1:
            fitting = [p for p in known if entry is None or entry.name == p.name or entry.role == "surname"]
            if fitting:
                return self._last_named(fitting, name.start)
        for person in known:
            if (entry is not None and entry.name == person.name) or person.name.lower() == written.lower():
                return person
        person = Person(entry.name if entry else written)
        if entry is not None:
            person.country, person.sector, person.gender = entry.country, entry.sector, "m"
        if person.name.split()[0] in self.words.female_names:
            person.gender = "f"
        self.persons.setdefault(surname, []).append(person)
        if len(words) > 1 and entry is None:
            self.persons.setdefault(words[0].lower(), []).append(person)
        return person

    def _last_named(self, persons: list[Person], before: int) -> Person:
        """Of several of that surname: who was named last before a token, else first after it."""

        def distance(person: Person) -> tuple[bool, int]:
            at = bisect_left(person.places, before)
            return (False, before - person.places[at - 1]) if at else (True, person.places[0] - before)

        return min(persons, key=distance) if len(persons) > 1 else persons[0]

    def _describe_persons(self) -> None:
        """Let appositions and predicates describe persons, then write what is known into every mention of them."""
        groups = [(i, m) for i, m in self.by_head.items() if m.kind == "group" and m.person]
        begins, ends = {m.start: i for i, m in groups}, {m.end: i for i, m in groups}
        for i, mention in [(i, m) for i, m in self.by_head.items() if m.kind == "person" and m.head == i]:
            person = self.person_at[i]
            office = self._office_before(mention)
            beside = [at for at in (ends.get(mention.start - 1), begins.get(mention.end + 1)) if at is not None]
            nouns = [noun.i for noun in self._descriptions(self.doc[i])]
            nouns += [at for at in beside if self._is_aside(mention, at)]
            for noun in dict.fromkeys(nouns if office is None else [office]):
                described = self.by_head.get(noun)
                if described is None or described.kind != "group" or not described.person:
                    continue
                who = described.actors[0] if described.actors else None
                person.learn(who.country if who else None, who.sector if who else None, described.role_noun)
                self.by_head[noun] = replace(
                    mention, head=noun, start=described.start, end=described.end, rule="apposition"
                )
                self.person_at[noun] = person
            for led in self._led(self.doc[i]):
                person.learn(
                    led.actors[0].country if led.actors else None, led.actors[0].sector if led.actors else None
                )
        for mention in {id(m): m for m in (*self.by_head.values(), *self.by_token.values())}.values():
            if mention.kind == "person":
                self._fill(mention)

    def _office_before(self, mention: Mention) -> int | None:
        """The office of a state that stands right before a name: "the Minister of Foreign Affairs of Mali, X"."""
        comma = mention.start - 1
        if comma < 0 or self.doc[comma].text != ",":
            return None
        for i in range(comma - 1, max(-1, comma - 2 * LONG), -1):
            group = self.by_head.get(i)
            if group is not None and group.kind == "group" and group.person and len(group.actors) == 1:
                return i if group.actors[0].country else None
            if self.doc[i].pos_ not in ("ADP", "NOUN", "PROPN", "ADJ", "DET", "PART", "CCONJ"):
                return None
        return None

    def learn(self, i: int, country: str, sector: str | None) -> None:
        """Take in whose the person mentioned at a token is, and write it into all mentions of that person."""
        person = self.person_at[i]
        person.learn(country, sector)
        if self._mentioned is None:
            self._mentioned = {}
            for mention in {id(m): m for m in (*self.by_head.values(), *self.by_token.values())}.values():
                if mention.kind == "person" and mention.head in self.person_at:
                    self._mentioned.setdefault(id(self.person_at[mention.head]), []).append(mention)
        for mention in self._mentioned.get(id(person), ()):
            self._fill(mention)

    def _is_aside(self, mention: Mention, noun: int) -> bool:
        """Whether commas set off name and description from each other and from the rest, whatever the parse."""
        described = self.by_head[noun]
        first, second = sorted((mention, described), key=lambda m: m.start)
        after = self.doc[second.end] if second.end < len(self.doc) else None
        return self.doc[first.end].text == "," and (after is None or after.text in (",", ".", ";", ":", ")"))

    def _led(self, root: Token) -> Iterator[Mention]:
        """What a person heads: "Dmitry Shugaev, who heads Russia's Federal Service"."""
        for clause in children(root, "acl"):
            for led in children(clause, "obj") if clause.lemma_ in self.words.leading else ():
                if led.i in self.by_head:
                    yield self.by_head[led.i]

    def _descriptions(self, root: Token) -> Iterator[Token]:
        yield from children(root, "appos")
        if label(root) == "appos":
            yield root.head
            yield from (other for other in children(root.head, "appos") if other.i != root.i)
        if label(root) == "nsubj" and children(root.head, "cop") and root.head.pos_ in ("NOUN", "PROPN"):
            yield root.head

    def _fill(self, mention: Mention) -> None:
        person = self.person_at.get(mention.head)
        if person is None:
            return
        first, last = self.doc[mention.start].idx, self.doc[mention.end - 1].idx + len(self.doc[mention.end - 1])
        text = self.article.text[first:last]
        told = [gender for noun in sorted(person.nouns) if (gender := self.gender(noun))]
        mention.gender = person.gender or (told[0] if told else mention.gender)
        mention.actors = (
            Actor(text=text, country=person.country, sector=person.sector, name=person.name, start=first, end=last),
        )


def owners(mention: Mention) -> Iterator[Owner]:
    """Those whom a mention stands for, as far as somebody can be theirs: states, and organisations by their names."""
    for who in mention.actors:
        if who.country or (who.name and not mention.person):
            yield Owner.of(who)


def _modifies(token: Token) -> bool:
    """Whether a word of nationality only qualifies a noun ("Iranian officials")."""
    return label(token) in ("amod", "compound") or (token.pos_ == "ADJ" and label(token) in ("conj", "nmod"))


def _is_determined(noun: Token) -> bool:
    """Whether a common noun stands for somebody: plural, or with an article, possessor or modifier."""
    return "Plur" in noun.morph.get("Number") or any(
        child.dep_ in ("det", "nmod:poss", "amod", "compound", "nummod") for child in noun.children
    )
