"""Events: who did what to whom, in PLOVER's terms (manual 0.8, Open Event Data Alliance).

A word that can tell of an event (`triggers`) is held against the codebook's frames (`matching`), which say where its
participants stand (`roles`). No frame, no event: nothing is filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from amity.coding.confidence import confidence
from amity.coding.drafts import base
from amity.coding.events.intentions import intended_type
from amity.coding.events.match import SYMMETRIC, Match
from amity.coding.events.matching import is_prevented, is_refused, misfit
from amity.coding.events.opinions import settled
from amity.coding.events.pairs import (
    addressee,
    is_addressed,
    is_known_happening,
    is_reciprocal,
    means_pair,
    pair_before,
    points_back,
)
from amity.coding.events.roles import Cast, Participant, identity
from amity.coding.events.triggers import Trigger
from amity.coding.goods import Goods
from amity.coding.phrases import in_furniture
from amity.coding.syntax import child, children, predicate
from amity.coding.transfers import is_transfer
from amity.records import Actor, Event, Layer, PloverType

if TYPE_CHECKING:
    from amity.codebook.frames import Frame, Words
    from amity.coding.parse import Span, Token
    from amity.coding.reading import Reading


THIRD_PERSON = frozenset({"its", "their"})
POSSESSIVES = frozenset({"its", "his", "her", "their", "our", "my"})
DOMESTIC_VICTIMS: frozenset[PloverType] = frozenset({"ASSAULT", "ACCUSE", "SANCTION", "PROTEST", "REJECT"})
TRANSFERRING: frozenset[PloverType] = frozenset({"AID", "COOPERATE", "AGREE", "SUPPORT", "MOBILIZE"})

SUFFERING = frozenset({"obj", "against", "on", "of"})  # where those stand whom force hits

DOMESTIC: frozenset[PloverType] = frozenset({"PROTEST", "MOBILIZE", "RETREAT", "COERCE"})


def events(reading: Reading) -> Iterator[Event]:
    """All events of an article, in the order of the text."""
    words, goods = reading.codebook.frames.words, Goods(reading.doc, reading.codebook)
    told = [
        (sentence, list(matches(reading, sentence))) for sentence in reading.doc.sents if not _is_sport(sentence, words)
    ]
    for found in settled(reading, told):
        for match in _distinct(found):
            if match.frame.type not in TRANSFERRING or not is_transfer(reading, goods, match.trigger.token):
                yield from (_event(reading, side) for side in match.sides())


def matches(reading: Reading, sentence: Span) -> Iterator[Match]:
    """Frames that fit words of one sentence, one for each word at most."""
    used: set[int] = set()
    for token in sentence:
        if token.i in used or not candidates(reading, token) or in_furniture(reading, token):
            continue
        fitting = [match for match in consider(reading, token) if isinstance(match, Match) and match.is_political]
        if fitting:
            found = intended(max(fitting, key=Match.weight))
            used |= {nominal.i for nominal in found.trigger.arguments.object if found.frame.object}
            yield found


def intended(match: Match) -> Match:
    """The match as the promise, threat or refusal that it is when somebody only says that they will or will not."""
    kind = intended_type(match.frame.type, match.trigger)
    if kind is None or match.frame.negated:
        return match
    frame = msgspec.structs.replace(match.frame, type=kind, mode=None, modes={}, rule=f"{match.frame.rule} + will")
    frame = msgspec.structs.replace(frame, negated=kind == "REJECT")
    mutual = match.mutual and kind in SYMMETRIC  # "will hold joint exercises": both promise it
    return Match(frame, match.trigger, match.actors, match.recipients, mutual)


def candidates(reading: Reading, token: Token) -> list[tuple[str, Frame]]:
    """Frames that the word could stand for, with the particle each needs."""
    frames = reading.codebook.frames
    match token.pos_:
        case "VERB":
            table = frames.verbs
        case "NOUN":
            table = frames.nouns
        case "ADJ":
            table = frames.adjectives
        case "AUX":
            table = frames.auxiliaries
        case _:
            return []
    return table.get(token.lemma_.lower()) or table.get(token.lower_, [])


def consider(reading: Reading, token: Token) -> Iterator[Match | tuple[Frame, str]]:
    """Each frame of the word in turn: a match, or the frame with the reason why it does not apply."""
    words = reading.codebook.frames.words
    found = Trigger(token, words)
    for particle, frame in candidates(reading, token):
        reason = misfit(frame, found, particle, words)
        if not reason and is_prevented(token, words):
            reason = "kept from happening"
        if not reason and is_refused(found, words):
            reason = "only refused"
        yield (frame, reason) if reason else _cast(reading, frame, found)


def _cast(reading: Reading, frame: Frame, found: Trigger) -> Match | tuple[Frame, str]:
    through = bool(frame.object or frame.parties)
    cast = Cast(reading, found, frame.light, frame.undergo, through, forces=frame.layer == "military")
    if frame.parties:
        return _mutual(frame, found, cast)
    actors = cast.find(frame.actor)
    if not actors:
        victims = _victims(frame, found, cast)
        return Match(frame, found, [], victims, False) if victims else (frame, "no actor")
    if len({one.actor.country for one in actors} - {None}) > 1 and is_reciprocal(found, frame.recipient):
        others = [one for one in actors if one.actor.country != actors[0].actor.country]
        mutual = frame.type in SYMMETRIC
        return Match(frame, found, actors[:1], others, mutual, reciprocal=not mutual)
    recipients = cast.find([role for role in frame.recipient if role.of != "content" and not role.part], actors)
    if frame.joint and not recipients and len({one.actor.code for one in actors} - {None}) > 1:
        mutual = frame.type in SYMMETRIC
        return Match(frame, found, actors[:1], actors[1:], mutual, reciprocal=not mutual)
    recipients = [one for one in recipients or cast.find(frame.recipient, actors) if not _is_own(one, actors, frame)]
    if not recipients and is_addressed(frame) and points_back(found, reading.codebook.frames.words):
        recipients = addressee(reading, found.token, actors)
    recipients = _speakers(reading, found, actors, recipients)
    recipients = _told(reading, frame, found, actors, recipients)
    if recipients or frame.lone or _is_answer(frame, found, actors, reading.codebook.frames.words):
        return Match(frame, found, actors, recipients or _at_home(reading, frame, found, actors), False)
    return frame, "no recipient"


def _speakers(
    reading: Reading, found: Trigger, actors: list[Participant], recipients: list[Participant]
) -> list[Participant]:
    """Whose "its" is in a report of another's deeds, the reporter's: "Armenia said Azerbaijan shelled its towns"."""
    if any(one.actor.country or one.actor.name for one in recipients):
        return recipients
    owned = ((nominal, child) for nominal in found.arguments.object for child in children(nominal, "nmod:poss"))
    nominal, owner = next(((nominal, child) for nominal, child in owned if child.lower_ in THIRD_PERSON), (None, None))
    speaker = next(iter(reading.voices.chain(found.token)[-1:]), None)
    if nominal is None or owner is None or speaker is None or speaker.country is None:
        return recipients
    if speaker.country in {one.actor.country for one in actors}:
        return recipients
    end = nominal.idx + len(nominal.text)
    whose = Actor(text=reading.article.text[owner.idx : end], country=speaker.country, start=owner.idx, end=end)
    return [Participant(nominal, whose)]


def _told(
    reading: Reading, frame: Frame, found: Trigger, actors: list[Participant], recipients: list[Participant]
) -> list[Participant]:
    """Recipients, those without a country given that of the one state it can be: "Britain expelled 23 diplomats"."""
    if frame.type != "SANCTION" or any(one.actor.country or _is_body(one) for one in recipients):
        return recipients
    whose = addressee(reading, found.token, actors) if recipients else []
    countries = {one.actor.country for one in whose}
    if len(countries) != 1:
        return recipients
    country = countries.pop()
    return [Participant(one.token, msgspec.structs.replace(one.actor, country=country)) for one in recipients]


def _is_body(one: Participant) -> bool:
    return one.actor.name is not None and one.token.ent_type_ != "PERSON"


def _is_answer(frame: Frame, found: Trigger, actors: list[Participant], words: Words) -> bool:
    """Whether a state answers what was said before, to whomever: "Doha rejected the charges"."""
    objects = found.arguments.object
    if not objects or frame.negated or frame.mode == "yield" or not all(one.actor.country for one in actors):
        return False
    if any(children(nominal, "nmod", "compound", "acl", "ccomp") for nominal in objects):
        return False  # "the demand by residents" tells whose it is
    fitting = frame.type in ("REJECT", "SANCTION") or (
        frame.type == "ACCUSE" and objects[0].pos_ == "PRON" and not children(found.token, "xcomp")  # "called it wrong"
    )
    return fitting and points_back(found, words)


def _victims(frame: Frame, found: Trigger, cast: Cast) -> list[Participant]:
    """Who suffered force from somebody unnamed: "Iranian officers were killed", "the attack on Turkish troops"."""
    agent = found.arguments.subject or found.arguments.nominals("by")
    if frame.type != "ASSAULT" or agent or not (found.arguments.passive or found.token.pos_ == "NOUN"):
        return []
    sentence = {token.lemma_.lower() for token in found.token.sent}
    if sentence & cast.reading.codebook.frames.words.accident:
        return []
    places = {"place"} if found.token.pos_ == "NOUN" else set()  # "the attacks in Paris"
    suffered = cast.find(
        [role for role in frame.recipient if role.of in SUFFERING | places and role.part in ("", "owner")]
    )
    return [one for one in suffered if one.actor.country]


def _is_own(recipient: Participant, actors: list[Participant], frame: Frame) -> bool:
    """Whether it is only something of the actor's: "sent its troops", "received its first regiment"."""
    if frame.type in DOMESTIC_VICTIMS or recipient.actor.country not in {one.actor.country for one in actors}:
        return False
    return frame.type == "CONSULT" or recipient.actor.text.partition(" ")[0].lower() in POSSESSIVES


def _at_home(reading: Reading, frame: Frame, found: Trigger, actors: list[Participant]) -> list[Participant]:
    """The place of a lone act when it lies in the actor's own country: "troops remained on alert in Manila"."""
    place = reading.places.of(found.token) if frame.type in DOMESTIC else None
    if place is None or place.country is None or place.country not in {one.actor.country for one in actors}:
        return []
    return [Participant(found.token, Actor(text=place.text, country=place.country, start=place.start, end=place.end))]


def _mutual(frame: Frame, found: Trigger, cast: Cast) -> Match | tuple[Frame, str]:
    parties: dict[tuple[str | None, ...], Participant] = {}
    first: int = 0
    countries: set[str | None] = set()
    for group in cast.gather(frame.parties):
        new = [one for one in group if one.actor.name or one.actor.country not in countries or not one.actor.country]
        parties |= {identity(one.actor): one for one in new if identity(one.actor) not in parties}
        countries |= {one.actor.country for one in group}
        first = first or len(parties)
    known = not parties and is_known_happening(found)
    if len(parties) < 2 and (known or means_pair(found, cast.reading.codebook.frames.words)):
        pair = pair_before(cast.reading, found.token)
        if not parties or {one.actor.country for one in parties.values()} <= {one.actor.country for one in pair}:
            parties, first = {identity(one.actor): one for one in pair}, 1
    named = found.arguments.nominals("'s") or any(verb.lemma_.lower() in frame.light for verb in found.light)
    if len(parties) == 1 and frame.type in SYMMETRIC and found.arguments.nominals("with") and not named:
        others = [one for one in cast.above(parties) if one.actor.country not in countries]
        parties, first = {identity(one.actor): one for one in others} | parties, 1
    if len(parties) < 2:
        return frame, "fewer than two parties"
    everybody = list(parties.values())
    side = first if first < len(everybody) else 1
    return Match(frame, found, everybody[:side], everybody[side:], True)


def _distinct(found: Iterable[Match]) -> list[Match]:
    """One match for one happening in a clause: a verb and the noun it governs often tell of the same."""
    kept: list[Match] = []
    for match in found:
        rival = next((old for old in kept if _same_happening(old, match)), None)
        if rival is None:
            kept.append(match)
        elif match.parties > rival.parties:
            kept[kept.index(rival)] = match
    return kept


def _same_happening(one: Match, other: Match) -> bool:
    if one.frame.type != other.frame.type or not (one.parties <= other.parties or other.parties <= one.parties):
        return False
    first, second = one.trigger.token, other.trigger.token
    if first.i == second.i or second in one.trigger.light or first in other.trigger.light:
        return True
    return int(predicate(first).i) == int(predicate(second).i)


def _event(reading: Reading, match: Match) -> Event:
    frame, found = match.frame, match.trigger
    extra = [*(nominal for nominal in found.arguments.object if frame.object)]
    verb = next((light for light in found.light if light.lemma_.lower() in frame.light), None)
    particle = child(found.token, "compound:prt")
    extra += [word for word in (verb, particle) if word is not None]
    mode = next((mode for word, mode in frame.modes.items() if word in found.vocabulary), frame.mode)
    tokens = [participant.token for participant in (*match.actors, *match.recipients)]
    layer = _layer(frame, found, reading.codebook.frames.words)
    return Event(
        **base(reading, found.token, frame.rule, tokens, layer, extra, negation=not frame.negated, act=frame.type),
        type=frame.type,
        mode=mode,
        contexts=frame.contexts,
        actors=_actors(match.actors),
        recipients=_actors(match.recipients),
        mutual=match.mutual,
        intensity=reading.codebook.plover.intensity(frame.type, mode),
        confidence=confidence(match.evidence),
    )


def _actors(found: list[Participant]) -> tuple[Actor, ...]:
    return tuple({(one.actor.start, identity(one.actor)): one.actor for one in found}.values())


def _layer(frame: Frame, found: Trigger, words: Words) -> Layer:
    if frame.layer != "political":
        return frame.layer
    return next((layer for layer, markers in words.layers.items() if markers & found.vocabulary), frame.layer)


def _is_sport(sentence: Span, words: Words) -> bool:
    lemmas = {token.lemma_.lower() for token in sentence}
    return len(lemmas & words.sport) > 1 and bool(lemmas & words.strong_sport)
