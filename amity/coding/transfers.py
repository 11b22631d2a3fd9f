"""Transfers: who gives whom which arms, sold, given, built under licence, or merely held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, product
from typing import TYPE_CHECKING

from amity.coding.drafts import base
from amity.coding.events.matching import is_prevented
from amity.coding.events.pairs import POINTING, addressee
from amity.coding.events.roles import Cast, Participant
from amity.coding.events.triggers import Trigger
from amity.coding.goods import Good, Goods
from amity.coding.heard import heard, parties
from amity.coding.numerals import number
from amity.coding.phrases import in_furniture
from amity.coding.status import DEAL
from amity.coding.syntax import (
    adposition,
    ancestors,
    arguments,
    children,
    first_conjunct,
    is_predicate,
    label,
    subtree,
    surface_subjects,
)
from amity.records import Transfer, TransferMode, Value
from amity.records.happening import TRANSFER

if TYPE_CHECKING:
    from amity.codebook.frames import Role
    from amity.codebook.transfers import TransferFrame, Transfers
    from amity.coding.parse import Token
    from amity.coding.reading import Reading
    from amity.records.happening import Happening

MEMORY = 3  # sentences over which the parties to a deal stay the same

SENDING = frozenset({"send", "dispatch", "return", "release", "fly", "rush", "order", "move"})
ANSWERING = frozenset("confirm deny reject dismiss refute repudiate cancel scrap approve defend denounce".split())
PROOFS = frozenset({"evidence", "proof", "sign", "confirmation"})
ENDING = frozenset({"up", "down", "out", "off", "back"})
CRAFT = frozenset({"ship", "submarine", "aircraft", "helicopter"})  # what goes somewhere by itself
FORCES = frozenset({"MIL", "REB", "PRM", "UAF", "COP", "SPY"})
COMPLETED = frozenset({f"transfer/verb/{name}" for name in ("sell", "supply", "donate", "bring in")})
COMPLETED |= {"transfer/noun/sale", "transfer/noun/gift"}
SPOKEN = frozenset("allegation accusation charge report claim rumour rumor story".split())
MADE, FOREIGN, RECALLED, HEARD = "transfer/made", "transfer/foreign", "transfer/recalled", "transfer/reader"
BUYING = frozenset({"buy", "purchase", "order", "procure", "commission"})
INCLUDING = frozenset({"include", "contain", "comprise"})


@dataclass(slots=True)
class Deal:
    """Goods on their way: what a trigger says of them. Suppliers or recipients may be unknown, not both."""

    token: Token
    rule: str
    mode: TransferMode
    goods: list[Good]
    suppliers: list[Participant]
    recipients: list[Participant]
    makers: dict[int, list[Participant]] = field(default_factory=dict)

    def pairs(self) -> Iterator[tuple[Participant | None, Good | None]]:
        """Each kind of goods with whom it comes from: "relies on Israeli drones and Turkish missiles"."""
        if not self.goods:  # "arms the rebels"
            yield from ((supplier, None) for supplier in self.suppliers)
        for good in self.goods:
            known = self.makers.get(good.token.i) or self.suppliers
            if not known:
                yield None, good
            yield from ((supplier, good) for supplier in known)


def transfers(reading: Reading) -> Iterator[Transfer]:
    """All transfers of an article, lists of parties and of goods spelled out."""
    goods = Goods(reading.doc, reading.codebook)
    told: set[tuple[str | None, str | None, int]] = set()
    before: list[Deal] = []
    for deal in chain(_found(reading, goods, before), _foreign(reading, goods)):
        if deal.rule != FOREIGN:
            _complete(reading, deal, before)
        again = deal.rule in (MADE, FOREIGN) and {good.token.i for good in deal.goods} <= _handled(before)
        if again or not deal.recipients:
            continue
        before.append(deal)
        recipients: Sequence[Participant | None] = deal.recipients or [None]
        for (supplier, good), recipient in product(deal.pairs(), recipients):
            at = good.token if good is not None and deal.rule != RECALLED else deal.token
            key = (_code(supplier), _code(recipient), at.i)
            if key[0] != key[1] and key not in told and _is_known(supplier, recipient):
                told.add(key)
                yield _transfer(reading, deal, supplier, recipient, good)


def _found(reading: Reading, goods: Goods, before: list[Deal]) -> Iterator[Deal]:
    """Deals in the order of the text, by the words that tell of them or of one told `before`, and by the reader."""
    book = reading.codebook.transfers
    words = {*book.verbs, *book.nouns, *book.made, *book.recalling}
    places = {token.i for token in reading.doc.matching(words.__contains__)}
    sure = heard(reading, TRANSFER)
    handled: set[int] = set()
    for i in sorted(places | sure.keys()):
        token = reading.doc[i]
        found = list(_deals(reading, goods, token)) if i in places else []
        found = found or list(_recalled(reading, token, before))
        if not found and i in sure and not in_furniture(reading, token) and not _is_corrected(token, book):
            alone = _heard(reading, goods, token, sure[i])
            again = bool(alone.goods) and {good.token.i for good in alone.goods} <= handled
            found = [alone] if _codes(alone.suppliers) and _codes(alone.recipients) and not again else []
        for deal in found:
            handled |= {good.token.i for good in deal.goods}
            if i in sure:
                _join(reading, deal, sure[i])
            yield deal


def _heard(reading: Reading, goods: Goods, token: Token, happening: Happening) -> Deal:
    """What the reader alone hears: its parties, with the arms that the words around name, if any."""
    trigger = Trigger(token, reading.codebook.frames.words)
    found = trigger.arguments
    nominals = [token, *found.object, *(found.subject if found.passive else ()), *found.nominals("of", "with", "for")]
    arms = next((arms for nominal in nominals if (arms := goods.among(nominal))), []) or _modifying(goods, token)
    if not arms and token.head.pos_ == "NOUN" and (good := goods.of(token.head)) is not None:
        arms = [good]
    suppliers = [one for one in parties(reading, happening.actors) if _may_deal(one)]
    codes = {_code(one) for one in suppliers}
    recipients = [one for one in parties(reading, happening.recipients) if _may_deal(one) and _code(one) not in codes]
    return Deal(token, HEARD, "unspecified", arms, suppliers, recipients)


def _may_deal(one: Participant) -> bool:
    """Whether it is a state or a force: a person of whom no more is known deals in no arms."""
    return bool(one.actor.country) or one.actor.sector in FORCES | {"IGO", "OPP", "PTY"}


def _join(reading: Reading, deal: Deal, happening: Happening) -> None:
    """Give a deal the parties that the rules have left open, as the reader hears them."""
    suppliers, recipients = _codes(deal.suppliers), _codes(deal.recipients)
    if not deal.recipients:
        deal.recipients = [one for one in parties(reading, happening.recipients) if one.actor.code not in suppliers]
    if not deal.suppliers and not any(deal.makers.values()):
        deal.suppliers = [one for one in parties(reading, happening.actors) if one.actor.code not in recipients]


def _recalled(reading: Reading, token: Token, before: list[Deal]) -> Iterator[Deal]:
    """ "would not confirm the deal", "rejected the allegation", "no evidence of such deliveries": what was told."""
    last = before[-1] if before else None
    if last is None or token.lemma_.lower() not in reading.codebook.transfers.recalling or token.pos_ != "NOUN":
        return
    reach = 1 if token.lemma_.lower() in SPOKEN else 2  # an accusation further back may be of something else
    if not 0 < reading.sentences[token.i] - reading.sentences[last.token.i] <= reach:
        return
    definite = any(word.lower_ in POINTING or word.lower_ == "such" for word in children(token, "det", "amod"))
    above = token.head.lemma_.lower()
    answered = label(token) == "obj" and above in ANSWERING
    proof = adposition(token) == "of" and above in PROOFS
    if definite and (answered or proof) and not reading.mentions.modifiers(token):
        told = [one for one in before if one.token.sent is last.token.sent]
        suppliers = [Participant(token, one.actor) for one in last.suppliers]
        recipients = [Participant(token, one.actor) for one in last.recipients]
        goods = list({good.token.i: good for one in told for good in one.goods}.values())
        yield Deal(token, RECALLED, last.mode, goods[:1], suppliers, recipients)


def _foreign(reading: Reading, goods: Goods) -> Iterator[Deal]:
    """Goods that say whose make they are, in the hands of somebody else: "shelled a post with a Chinese mortar"."""
    for mention in list(reading.mentions):
        word = reading.doc[mention.head]
        if mention.kind != "demonym" or label(first_conjunct(word)) not in ("amod", "compound", "nmod"):
            continue
        noun = first_conjunct(word).head
        good = goods.of(noun) if noun.pos_ in ("NOUN", "PROPN") and noun.i > word.i else None
        if good is not None and not good.civil and not in_furniture(reading, noun):
            cast = Cast(reading, Trigger(noun, reading.codebook.frames.words))
            makers = [Participant(noun, actor) for actor in mention.actors]
            codes = {_code(maker) for maker in makers}
            holders = [holder for holder in _owners(cast, noun) if _code(holder) not in codes]
            yield Deal(noun, FOREIGN, "unspecified", [good], makers, holders)


def _is_known(supplier: Participant | None, recipient: Participant | None) -> bool:
    return any(one is not None and one.actor.code for one in (supplier, recipient))


def _complete(reading: Reading, deal: Deal, before: list[Deal]) -> None:
    """Parties that the sentence leaves to the context: "Washington had supplied most of the weapons"."""
    last = next((one for one in before[-1:] if _distance(reading, deal, one) < MEMORY), None)
    unknown = not (deal.suppliers or deal.recipients or any(deal.makers.values()))
    again = bool(deal.goods) and all(good.token.pos_ in ("PRON", "NUM", "DET") for good in deal.goods)
    if last is not None and (unknown or again):  # "the first eight were delivered in 1976", "had we bought them"
        if not _codes(deal.recipients) & _codes(last.suppliers):
            deal.suppliers = deal.suppliers or [Participant(deal.token, one.actor) for one in last.suppliers]
        if not _codes(deal.suppliers) & _codes(last.recipients):
            deal.recipients = deal.recipients or [Participant(deal.token, one.actor) for one in last.recipients]
    if not deal.recipients and deal.suppliers:
        deal.recipients = _known_recipients(reading, deal, before)
        if not deal.recipients and deal.rule in COMPLETED:
            deal.recipients = addressee(reading, deal.token, deal.suppliers)
    elif not deal.suppliers and deal.recipients and deal.rule in COMPLETED:
        deal.suppliers = addressee(reading, deal.token, deal.recipients)


def _distance(reading: Reading, deal: Deal, other: Deal) -> int:
    return reading.sentences[deal.token.i] - reading.sentences[other.token.i]


def _codes(parties: Iterable[Participant]) -> set[str | None]:
    return {one.actor.code for one in parties} - {None}


def _handled(before: list[Deal]) -> set[int]:
    """Goods that a deal has told of already: "gave Ukraine Soviet-made tanks" is no news of who made them."""
    return {good.token.i for deal in before for good in deal.goods}


def _known_recipients(reading: Reading, deal: Deal, before: list[Deal]) -> list[Participant]:
    """Who got goods of the same maker a little earlier: "Israeli-made drones were no less effective"."""
    here = reading.sentences[deal.token.i]
    makers = {_code(one) for one in deal.suppliers}
    for other in reversed(before):
        if here - reading.sentences[other.token.i] > MEMORY:
            break
        if other.recipients and makers & {_code(one) for one in other.suppliers}:
            return [Participant(deal.token, one.actor) for one in other.recipients]
    return []


def is_transfer(reading: Reading, goods: Goods, token: Token) -> bool:
    """Whether a verb or noun tells of a transfer, so that it is no event besides."""
    frames = _frames(reading.codebook.transfers, token, token.lemma_.lower())
    return next(_framed(reading, goods, token, frames), None) is not None


def _deals(reading: Reading, goods: Goods, token: Token) -> Iterator[Deal]:
    book = reading.codebook.transfers
    lemma = token.lemma_.lower()
    frames = _frames(book, token, lemma)
    if in_furniture(reading, token):
        return
    found = next(_framed(reading, goods, token, frames), None)
    if found is not None:
        yield found
    elif lemma in book.made or token.lower_ in book.made:
        yield from _made(reading, goods, token)


def _frames(book: Transfers, token: Token, lemma: str) -> list[tuple[str, TransferFrame]]:
    match token.pos_:
        case "VERB":
            return book.verbs.get(lemma) or book.verbs.get(token.lower_, [])
        case "NOUN":
            return book.nouns.get(lemma) or book.nouns.get(token.lower_, [])
    return []


def _framed(reading: Reading, goods: Goods, token: Token, frames: list[tuple[str, TransferFrame]]) -> Iterator[Deal]:
    found = Trigger(token, reading.codebook.frames.words)
    if _is_corrected(token, reading.codebook.transfers):
        return
    for particle, frame in frames:
        if found.particle in ENDING and not particle:  # "gave up its warheads"
            continue
        if not found.has_particle(particle) or (frame.words and not frame.words & _vocabulary(found)):
            continue
        if is_prevented(token, reading.codebook.frames.words):
            continue
        cast = Cast(reading, found, frame.light, through_object=True, forces=True)
        arms = _goods(goods, cast, frame)
        deal = _deal(frame, found, cast, arms) if arms or frame.unnamed else None
        if deal is not None and not _goes_itself(reading, deal):
            yield deal


def _is_corrected(verb: Token, book: Transfers) -> bool:
    """ "sold or rather gave us helicopters": only the last of the verbs counts."""
    instead = any(word.lower_ == "rather" for word in verb.doc[verb.i + 1 : verb.i + 3])
    return instead and any(other.lemma_.lower() in book.verbs for other in children(verb, "conj"))


def _goes_itself(reading: Reading, deal: Deal) -> bool:
    """Whether nothing is handed over: "sent warships to the coast", "ordered the jets into the air"."""
    lemma = deal.token.lemma_.lower()
    if lemma not in SENDING or not deal.goods or any(good.category not in CRAFT for good in deal.goods):
        return False
    if lemma == "order":
        return bool(children(deal.token, "xcomp") or arguments(deal.token).nominals("to", "into", "off", "out", "back"))
    if any(good.category in ("ship", "submarine") for good in deal.goods):
        return True
    there = [reading.mentions.mention(one.token) for one in deal.recipients]
    cities = [mention for mention in there if mention and (mention.role == "place" or mention.rule == "name:capital")]
    return not there or bool(cities)


def _vocabulary(found: Trigger) -> frozenset[str]:
    return found.vocabulary | {word.lower_ for word in subtree(found.token, ("ccomp", "conj"))}


def _goods(goods: Goods, cast: Cast, frame: TransferFrame) -> list[Good]:
    for role in frame.goods:
        if role.of == "mod":
            found = _modifying(goods, cast.trigger.token)
        elif role.of == "obj":
            found = [good for nominal in cast.trigger.arguments.object for good in goods.among(nominal)]
        elif role.of == "including":
            found = [good for nominal in _included(cast.trigger.token) for good in goods.among(nominal)]
        elif role.of == "subj":
            found = [good for nominal in cast.trigger.arguments.subject for good in goods.among(nominal)]
        else:
            found = [good for nominal in cast.trigger.nominals(role.of, True) for good in goods.among(nominal)]
        if found:
            return found
    return []


def _modifying(goods: Goods, noun: Token) -> list[Good]:
    """ "arms sales", "S-300 deliveries": the goods stand before the noun."""
    found = (goods.of(other) for other in children(noun, "compound", "amod", "nmod") if other.i < noun.i)
    return [good for good in found if good is not None]


def _included(noun: Token) -> list[Token]:
    """ "a second shipment included guns": what the noun's verb says that it consists of."""
    verb = noun.head
    consists = label(noun) == "nsubj" and verb.lemma_.lower() in INCLUDING
    return arguments(verb).object if consists else []


def _deal(frame: TransferFrame, found: Trigger, cast: Cast, arms: list[Good]) -> Deal | None:
    suppliers = cast.find(frame.supplier)
    arms_words = {good.token.i for good in arms}
    owners = any(role.part == "owner" for role in frame.recipient)
    recipients = [one for one in cast.find(frame.recipient) if owners or one.token.i not in arms_words]
    codes = {_code(one) for one in recipients}
    if len(suppliers) > 1 and codes < {_code(one) for one in suppliers}:  # "they agreed on deliveries to one of them"
        suppliers = [one for one in suppliers if _code(one) not in codes]
    recipients = recipients or _hanging(cast, frame.recipient, arms)
    suppliers = suppliers or _hanging(cast, frame.supplier, arms)
    codes = {_code(one) for one in suppliers}
    recipients = [one for one in recipients if _code(one) not in codes] or _named_in_front(frame, cast, arms)
    if not recipients and arms:  # "the systems bought by Baku are now built under licence"
        recipients = [one for good in arms for group in cast.authors(good.token) for one in group]
    makers: dict[int, list[Participant]] = {}
    if not suppliers:  # "bought Israeli mortars"
        taken = {_code(one) for one in recipients}
        for good in arms:
            stated = cast.modifiers(good.token) or _makers_before(cast, good)
            makers[good.token.i] = [one for one in stated if _code(one) not in taken]
        suppliers = [maker for made in makers.values() for maker in made]
    mode = next((mode for lemma, mode in frame.modes.items() if found.token.lemma_.lower() == lemma), frame.mode)
    if frame.part == "verbs" and not (suppliers or recipients or found.arguments.passive):
        return None
    if (frame.makers or frame.unnamed) and not (suppliers and recipients):
        return None
    if frame.part == "nouns" and not suppliers and not recipients:
        return None
    forces = any(one.actor.sector in FORCES for one in (*suppliers, *recipients))
    if arms and not forces and all(good.civil for good in arms):
        return None
    return Deal(found.token, frame.rule, mode, arms, suppliers, recipients, makers)


def _hanging(cast: Cast, roles: Iterable[Role], arms: list[Good]) -> list[Participant]:
    """ "handed over boats and a number of missiles | to the navy": what parsers hang on the last of the goods."""
    wanted = {role.of for role in roles} & {"to", "for", "from"}
    nominals = [other for good in arms for other in children(good.token, "nmod", "obl") if adposition(other) in wanted]
    return next((found for nominal in nominals if (found := cast.all(nominal))), [])


def _makers_before(cast: Cast, good: Good) -> list[Participant]:
    """ "ordered 980 K2 tanks" once South Korea was named: who buys a system new has it from its maker."""
    if good.origin is None or cast.trigger.token.lemma_.lower() not in BUYING:
        return []
    named = (who for mention in cast.reading.mentions if mention.start < good.token.idx for who in mention.actors)
    return [Participant(good.token, who) for who in named if who.country == good.origin][-1:]


def _named_in_front(frame: TransferFrame, cast: Cast, arms: list[Good]) -> list[Participant]:
    """ "sold Ecuador rifles", "gave the army tanks": parsers take the recipient for a part of the goods' name."""
    if not any(role.of == "iobj" for role in frame.recipient):
        return []
    mentions, verb = cast.reading.mentions, cast.trigger.token
    for good in arms:
        for word in good.token.doc[verb.i + 1 : good.token.i]:
            mention = mentions.mention(word) if word.pos_ in ("PROPN", "NOUN") else None
            if mention is None or mention.kind == "demonym" or not any(one.code for one in mention.actors):
                continue
            hyphen = word.doc[mention.end].text == "-" or "-" in word.text
            inside = good.token.left_edge.i <= word.i and not children(word, "case")
            if inside and not hyphen and mention.head < good.token.i:
                return [Participant(word, actor) for actor in mention.actors]
        break
    return []


def _made(reading: Reading, goods: Goods, token: Token) -> Iterator[Deal]:
    """ "Israeli-made drones", "a drone manufactured by Israel": whoever handles them got them."""
    noun = next((above for above in ancestors(token) if above.pos_ in ("NOUN", "PROPN")), None)
    if noun is None or token.dep_ not in ("amod", "acl", "compound", "obl", "nmod"):
        return
    own = goods.of(noun)
    arms = goods.among(noun) if token.dep_ == "acl" else [own] if own is not None else []
    found = Trigger(token, reading.codebook.frames.words)
    cast = Cast(reading, found)
    makers = [maker for subject in found.arguments.subject for maker in cast.all(subject) if subject.i != noun.i]
    makers = makers or cast.modifiers(noun) or cast.modifiers(token)
    if not arms or not makers:
        return
    codes = {_code(maker) for maker in makers}
    holders = [holder for holder in _holders(reading, cast, noun) if _code(holder) not in codes]
    yield Deal(token, MADE, "unspecified", arms, makers, holders)


def _owners(cast: Cast, noun: Token) -> list[Participant]:
    """Whose the goods are: "Egypt's Czech guns", "rifles in the hands of the army", "shelled a post with a mortar"."""
    hands = [hand for part in (noun, noun.head) for hand in children(part, "nmod", "obl") if hand.lower_ == "hands"]
    owned = [*children(noun, "nmod:poss"), *(owner for hand in hands for owner in children(hand, "nmod", "nmod:poss"))]
    if adposition(noun) == "with":
        owned += [noun.head] if label(noun) == "nmod" else surface_subjects(noun.head)
    return [one for owner in owned for one in cast.all(owner)]


def _holders(reading: Reading, cast: Cast, noun: Token) -> list[Participant]:
    """Who has the goods in hand: their possessor, or the subject of what is done with them."""
    if owners := _owners(cast, noun):
        return owners
    for above in ancestors(noun):
        if above.pos_ == "VERB" and above.lemma_.lower() in reading.codebook.transfers.holding:
            found = arguments(above)
            for subject in (*found.subject, *found.object):
                if subject.i != noun.i and (holders := cast.all(subject) or cast.modifiers(subject)):
                    return holders
        if is_predicate(above):
            break
    return []


def _transfer(
    reading: Reading, deal: Deal, supplier: Participant | None, recipient: Participant | None, good: Good | None
) -> Transfer:
    parties = tuple(one for one in (supplier, recipient) if one is not None)
    words = [*((good.token,) if good is not None else ()), *(one.token for one in parties)]
    return Transfer(
        **base(reading, deal.token, deal.rule, words, "military", act=DEAL),
        supplier=supplier.actor.code if supplier is not None else None,
        recipient=recipient.actor.code if recipient is not None else None,
        system=good.system if good is not None else None,
        category=good.category if good is not None else "equipment",
        mode=deal.mode,
        quantity=_quantity(good) if good is not None else None,
        parties=tuple(one.actor for one in parties),
    )


def _code(one: Participant | None) -> str | None:
    return one.actor.code or one.actor.text if one is not None else None


def _quantity(good: Good) -> Value | None:
    numbers = [word for other in children(good.token, "nummod", "amod") for word in subtree(other)]
    return number(good.token.doc[numbers[0].i : numbers[-1].i + 1]) if numbers else None
