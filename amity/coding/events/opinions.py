"""Two coders at one table: what the frames say of a word, and what the event reader says.

The event reader (`amity.annotate.events`) tells with what probability a word carries an event of each type and which
words name who takes part; it knows no rules and names nobody. Where it ran, every event is settled between the two.
What neither is sure of is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from amity.codebook.frames import Frame, PartOfSpeech
from amity.coding.confidence import Evidence
from amity.coding.events.match import SYMMETRIC, Match
from amity.coding.events.roles import Participant, identity
from amity.coding.events.triggers import Trigger
from amity.coding.phrases import in_furniture
from amity.records import PLOVER_TYPES, PloverType
from amity.records.happening import KEY, Happening, happenings

if TYPE_CHECKING:
    from amity.coding.parse import Span, Token
    from amity.coding.reading import Reading

KEPT = 0.2
"""How likely, to the reader, a word that a frame fits has to carry something."""
OVERRULED = 0.9
"""From what probability on the reader's type stands against the frame's, when it thinks nothing of that."""
SURE, PARTY = 0.85, 0.5
"""From what probability on the reader is sure of a type, and of somebody's part."""
TAKEN = 0.75
"""From what probability on it is believed in a text that tells of politics elsewhere."""
POLITICAL = 2
"""How many sure events make a text tell of politics; a single sentence may be about anything."""
LIKELIEST = 0.2
"""From what probability on the likeliest is taken where nobody reaches that."""
UNHEARD = 0.05
"""A probability that is as good as none."""


def settled(reading: Reading, told: Sequence[tuple[Span, list[Match]]]) -> Iterator[list[Match]]:
    """The matches of each sentence once the event reader was heard, with what it found besides, in order.

    What is less than sure is taken only in a text that tells of politics in other places too.
    """
    if KEY not in reading.doc.user_data:
        yield from (matches for _, matches in told)
        return
    weighed = [list(_weighed_sentence(reading, sentence, matches)) for sentence, matches in told]
    political = sum(_is_sure(match) for found in weighed for match in found) >= POLITICAL
    for found in weighed:
        taken = (match for match in found if political or _is_sure(match))
        yield sorted(taken, key=lambda match: match.trigger.token.i)


def _weighed_sentence(reading: Reading, sentence: Span, matches: Iterable[Match]) -> Iterator[Match]:
    heard = happenings(reading.doc.user_data)
    spoken: set[int] = set()
    for match in matches:
        happening = _heard(heard, match)
        if happening is None:
            continue
        spoken.add(happening.token)
        if 1 - happening.nothing >= KEPT:
            yield _joined(reading, match, happening)
    for token in sentence:
        happening = heard.get(token.i)
        if happening is not None and token.i not in spoken and not in_furniture(reading, token):
            alone = _alone(reading, token, happening)
            if alone is not None:
                yield alone


def _heard(heard: Mapping[int, Happening], match: Match) -> Happening | None:
    """What the reader says of the trigger, or of a word that goes with it."""
    words = (match.trigger.token, *match.trigger.light, *match.trigger.arguments.object)
    found = [heard[word.i] for word in words if word.i in heard]
    fitting = [one for one in found if one.types.get(match.frame.type, 0) > UNHEARD]
    return max(fitting, key=lambda one: one.types[match.frame.type], default=heard.get(match.trigger.token.i))


def _joined(reading: Reading, match: Match, happening: Happening) -> Match:
    """What both make of a trigger that a frame fits."""
    kind, frame = happening.best, match.frame
    if kind in PLOVER_TYPES and happening.types[kind] >= OVERRULED and happening.types.get(frame.type, 0) < UNHEARD:
        frame = _frame(reading, kind, match.trigger)
    actors = match.actors or _parties(reading, happening.actors, match.recipients)
    recipients = match.recipients or _parties(reading, happening.recipients, match.actors)
    joined = Match(frame, match.trigger, actors, recipients, match.mutual, match.reciprocal)
    return _weighed(joined, "both" if frame is match.frame else "reader", happening)


def _alone(reading: Reading, token: Token, happening: Happening) -> Match | None:
    """What the reader alone finds."""
    kind = happening.best
    if kind not in PLOVER_TYPES or happening.types[kind] < TAKEN:
        return None
    trigger = Trigger(token, reading.codebook.frames.words)
    frame = _frame(reading, kind, trigger)
    actors = _parties(reading, happening.actors)
    recipients = _parties(reading, happening.recipients, actors)
    match = _match(frame, trigger, actors, recipients)
    return _weighed(match, "reader", happening) if match is not None and match.is_political else None


def _is_sure(match: Match) -> bool:
    """Whether a frame fits, or the reader is sure of the type and of known parties on both sides."""
    evidence = match.evidence
    sides = min(evidence.actor or 0.0, evidence.recipient or 0.0)
    return evidence.group == "both" or (evidence.type >= SURE and evidence.known and sides >= PARTY)


def _weighed(match: Match, group: str, happening: Happening) -> Match:
    """The match with what speaks for it."""
    match.evidence = Evidence(
        group,
        happening.types.get(match.frame.type, 0.0),
        _least(happening.actors, match.actors),
        _least(happening.recipients, match.recipients),
        all(one.actor.code for one in (*match.actors, *match.recipients)),
    )
    return match


def _least(likely: Mapping[int, float], side: Iterable[Participant]) -> float | None:
    return min((likely.get(one.token.i, 0.0) for one in side), default=None)


def _frame(reading: Reading, kind: PloverType, trigger: Trigger) -> Frame:
    part: PartOfSpeech = "nouns" if trigger.token.pos_ == "NOUN" else "verbs"
    return reading.codebook.frames.of_type(kind, part)


def _match(frame: Frame, trigger: Trigger, actors: list[Participant], recipients: list[Participant]) -> Match | None:
    """The match of these participants: who is on both sides makes it mutual, or one for each direction."""
    both = {identity(one.actor) for one in actors} & {identity(one.actor) for one in recipients}
    if len(both) > 1:
        first = next(one for one in actors if identity(one.actor) in both)
        others = [one for one in recipients if identity(one.actor) != identity(first.actor)]
        symmetric = frame.type in SYMMETRIC
        return Match(frame, trigger, [first], others, symmetric, reciprocal=not symmetric)
    recipients = [one for one in recipients if identity(one.actor) not in both]
    return Match(frame, trigger, actors, recipients, False) if actors or recipients else None


def _parties(reading: Reading, likely: Mapping[int, float], besides: Iterable[Participant] = ()) -> list[Participant]:
    """Who takes part on one side; where nobody is likely enough, the likeliest who is not on the other side already."""
    weights: dict[tuple[str | None, ...], float] = {}
    found: dict[tuple[str | None, ...], Participant] = {}
    for place, probability in sorted(likely.items()):
        for one in _named(reading, reading.doc[place]):
            key = identity(one.actor)
            if probability > weights.get(key, 0.0):
                weights[key], found[key] = probability, one
    taken = [found[key] for key in found if weights[key] >= PARTY]
    if taken:
        return taken
    others = {one.actor.code for one in besides}
    left = [key for key in found if weights[key] >= LIKELIEST and found[key].actor.code not in others]
    best = max(left, key=weights.__getitem__, default=None)
    return [found[best]] if best is not None else []


def _named(reading: Reading, word: Token) -> list[Participant]:
    """Whom a word names, or whose it is: "Turkish jets", else whose a text has in view: "burned sawmills"."""
    mentions = reading.mentions
    actors = mentions.of(word) or mentions.modifiers(word) or mentions.home(word)
    return [Participant(word, actor) for actor in actors]
