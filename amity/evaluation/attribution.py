"""Who says what, against PolNeAR (Newell, Margolin and Ruths 2018, LREC): news with source, cue and content marked.

PolNeAR marks attributions in the wide sense: speech, and stances, wishes, intentions and knowledge as well. So every
report and attitude counts (`amity.coding.voices.attributions`), although only reports make the chain of a claim. Its
annotation is flat: no word belongs to two attributions, and of those inside one another the outermost is marked. So
what is found inside the content of another find is left out.

Finds and annotations are paired one to one, the likest contents first, under three conditions:

| | source | content |
|---|---|---|
| overlap | shares a word | shares a word |
| half | shares a word | at least half of the letters of both together |
| exact | the same | the same |

Figures are micro-averaged over attributions with a source and content. Some articles were annotated by several
people: each counts for as much as any other article, however many annotated it, and the annotators are compared with
one another by the same measure.

Chains, which PolNeAR does not have, are judged on the open corpus (part `test`): for every annotated claim, whether the
voices of its trigger are those annotated, all of them and in their order.
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from amity.errors import InputError
from amity.evaluation.coder import Coder
from amity.evaluation.figures import prf, share

if TYPE_CHECKING:
    from spacy import tokens

    from amity.coding.parse import Doc, Token
    from amity.coding.voices import Voice, Voices
    from amity.records import Claim

ARCHIVE = "attribution/polnear.tar.gz"
ROLES = ("source", "cue", "content")
Characters = frozenset[int]
_SPANS = re.compile(r"(T\d+)\t\S+ ([\d ;]+)\t")
_EVENT = re.compile(r"(Source|Cue|Content)\d*:(T\d+)")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Characters that name the source, report, and are reported (letters and digits only)."""

    source: Characters
    cue: Characters
    content: Characters


Same = Callable[[Attribution, Attribution], bool]


def evaluate(data: Path, split: str = "dev", model: Path | str | None = None, peer: bool = False) -> dict[str, Any]:
    """Find the attributions of PolNeAR's `split` and compare.

    `data` is the folder with `attribution/polnear.tar.gz`, or such an archive. `peer`: run textacy's extraction of
    direct quotations beside amity, on the same parse. Returns precision, recall and F1 by condition and by role.
    Raises `InputError` when the archive is missing, or textacy is asked for and not installed.
    """
    from amity.coding.mentions import Mentions
    from amity.coding.parse import Doc
    from amity.coding.voices import attributions
    from amity.records import Article

    articles = list(read(data / ARCHIVE if data.is_dir() else data, split))
    coder, extract = Coder(model), _textacy() if peer else None
    ours, theirs, people = Tally(), Tally(), Tally()
    for (name, text, answers), parsed in zip(articles, coder.docs(text for _, text, _ in articles), strict=True):
        article, doc = Article(id=name, text=text, source=name), Doc(parsed)
        voices = attributions(article, doc, coder.book, Mentions.find(article, doc, coder.book))
        predicted = flat([_attribution(doc, voice) for voice in voices])
        quoted = list(extract(parsed)) if extract else []
        for answer in answers:
            ours.add(answer, predicted, 1 / len(answers))
            theirs.add(answer, quoted, 1 / len(answers))
        for one, other in permutations(answers, 2):
            people.add(one, other)
    scores = {"data": f"PolNeAR {split}", "articles": len(articles), "amity": ours.scores()}
    scores |= ({"textacy": theirs.scores()} if peer else {}) | {"annotators": people.scores()}
    return scores | {"chains": chains(coder)}


def read(archive: Path, split: str) -> Iterator[tuple[str, str, list[list[Attribution]]]]:
    """Name and text of each article of a split, with the attributions that each of its annotators marked."""
    try:
        with tarfile.open(archive) as tar:
            files = {member.name.removeprefix("./"): tar.extractfile(member) for member in tar if member.isfile()}
            texts = {
                name: stream.read().decode()
                for name, stream in files.items()
                if stream is not None and name.startswith(f"{split}/")
            }
    except (OSError, tarfile.TarError, UnicodeDecodeError) as error:
        raise InputError(str(archive), str(error)) from error
    for name in sorted(texts):
        if name.endswith(".txt"):
            stem = Path(name).stem
            notes = [other for other in texts if other.endswith(".ann") and Path(other).stem.rpartition("_")[0] == stem]
            yield stem, texts[name], [parse(texts[note], texts[name]) for note in notes]


def parse(annotation: str, text: str) -> list[Attribution]:
    """Attributions of a brat file that have a source and content."""
    spans: dict[str, Characters] = {}
    events: list[str] = []
    for line in annotation.split("\n"):  # words that hold a line break go on in lines of their own
        if found := _SPANS.match(line):
            bounds = (part.split() for part in found[2].split(";"))
            spans[found[1]] = characters(text, ((int(start), int(end)) for start, end in bounds))
        elif line.startswith("E"):
            events.append(line)
    attributions = []
    for event in events:
        roles: dict[str, Characters] = {"Source": frozenset(), "Cue": frozenset(), "Content": frozenset()}
        for role, key in _EVENT.findall(event):
            roles[role] |= spans.get(key, frozenset())
        if roles["Source"] and roles["Content"]:
            attributions.append(Attribution(roles["Source"], roles["Cue"], roles["Content"]))
    return attributions


def characters(text: str, spans: Iterable[tuple[int, int]]) -> Characters:
    """The letters and digits of some spans."""
    return frozenset(i for start, end in spans for i in range(start, min(end, len(text))) if text[i].isalnum())


def found(doc: Doc, voices: Voices) -> list[Attribution]:
    """The voices with a named source, as characters."""
    return [_attribution(doc, voice) for voice in voices.voices if voice.named]


def flat(found: Sequence[Attribution]) -> list[Attribution]:
    """What is not said inside another attribution: the outermost ones. A colon is a cue without letters."""
    return [
        one
        for one in found
        if not any(one is not other and (one.cue or one.source) <= other.content for other in found)
    ]


def _attribution(doc: Doc, voice: Voice) -> Attribution:
    sources = [_noun_phrase(doc, token, voice.word) for token in voice.named]
    content = [(doc[span.start].idx, _end(doc, span.end - 1)) for span in voice.content if span.start < span.end]
    cue = [(token.idx, _end(doc, token.i)) for token in _cue(doc, voice.word)]
    return Attribution(*(characters(doc.text, spans) for spans in (sources, cue, content)))


def _cue(doc: Doc, word: Token) -> list[Token]:
    """The reporting word with its helpers next to it: "has not said", "is expected", "spoke out"."""
    first, last = word.i, word.i
    while first > 0 and doc[first - 1].head is word and doc[first - 1].label in ("aux", "advmod", "cop"):
        first -= 1
    while last + 1 < len(doc) and doc[last + 1].head is word and doc[last + 1].dep_ == "compound:prt":
        last += 1
    return doc[first : last + 1]


def _noun_phrase(doc: Doc, head: Token, cue: Token) -> tuple[int, int]:
    """A noun phrase without its preposition, up to the reporting word."""
    start, end = head.left_edge.i, head.right_edge.i
    while start < head.i and doc[start].dep_ in ("case", "fixed", "punct", "cc", "mark", "advmod"):
        start += 1
    if head.i < cue.i <= end:
        end = cue.i - 1
    if start <= cue.i < head.i:
        start = cue.i + 1
    return doc[start].idx, _end(doc, end)


def _end(doc: Doc, i: int) -> int:
    return int(doc[i].idx + len(doc[i].text))


# -- chains ------------------------------------------------------------------------------------------------------------


def chains(coder: Coder, part: str = "test") -> dict[str, dict[str, Any]]:
    """How many claims of a part of the open corpus the author makes, or others do, and the share of right chains."""
    from amity.evaluation import corpus
    from amity.evaluation.matching import Matcher, spelling
    from amity.evaluation.notation import read
    from amity.records import Article

    matcher = Matcher(spelling(coder.book.table.entries))
    right: dict[str, list[bool]] = {"one source": [], "several sources": [], "author": []}
    for passage in corpus.chosen(read(corpus.PASSAGES), part) if corpus.PASSAGES.is_dir() else ():
        article = Article(id=passage.id, text=passage.text, source=passage.id, published=passage.published)
        reading = coder.reading(article, next(coder.docs([passage.text])))
        for claim in passage.claims:
            said = replace(claim, attribution=reading.voices.chain(_trigger(reading.doc, claim)))
            kind = ("author", "one source", "several sources")[min(2, len(claim.attribution))]
            right[kind].append(matcher.chain(claim, said))
    return {kind: {"claims": len(judged), "right": share(judged)} for kind, judged in right.items()}


def _trigger(doc: Doc, claim: Claim) -> Token:
    """The head of the words that carry a claim, up to the first gap in them."""
    end = claim.trigger_start + len(claim.trigger.partition("…")[0].rstrip())
    words = doc.char_span(claim.trigger_start, end, alignment_mode="expand")
    return words.root if words is not None else doc[0]


# -- the peer ----------------------------------------------------------------------------------------------------------


def _textacy() -> Callable[[tokens.Doc], Iterator[Attribution]]:
    """textacy's rules for direct quotations (Krestel, Bergler and Witte 2008), paragraph by paragraph.

    They refuse a text with an odd number of quotation marks, so one that is left open costs only its paragraph.
    """
    try:
        from textacy.extract.triples import direct_quotations
    except ImportError as error:
        raise InputError("--peer", "textacy is not installed: pip install textacy") from error

    def extract(doc: tokens.Doc) -> Iterator[Attribution]:
        for found in re.finditer(r"[^\n]+", doc.text):
            span = doc.char_span(*found.span(), alignment_mode="expand")
            paragraph = span.as_doc()
            if sum(token.is_quote for token in paragraph) % 2 == 0:
                for speaker, cue, content in direct_quotations(paragraph):
                    spans = ([(word.idx, word.idx + len(word)) for word in words] for words in (speaker, cue, content))
                    places = (characters(paragraph.text, one) for one in spans)
                    yield Attribution(*(frozenset(i + span.start_char for i in place) for place in places))

    return extract


# -- scores ------------------------------------------------------------------------------------------------------------


class Tally:
    """Sums of attributions annotated, found, and found rightly, whole and by role; articles may have weights."""

    def __init__(self) -> None:
        self.gold = self.found = 0.0
        self.right = dict.fromkeys(CONDITIONS, 0.0)

    def add(self, gold: Sequence[Attribution], predicted: Sequence[Attribution], weight: float = 1) -> None:
        """Count one article."""
        self.gold += weight * len(gold)
        self.found += weight * len(predicted)
        for name, same in CONDITIONS.items():
            self.right[name] += weight * len(pairs(gold, predicted, same))

    def scores(self) -> dict[str, Any]:
        """How many, precision, recall and F1 under every condition."""
        found, gold = round(self.found), round(self.gold)
        return {name: prf(round(self.right[name]), found, gold) for name in CONDITIONS}


def _overlap(one: Attribution, other: Attribution) -> bool:
    return bool(one.source & other.source and one.content & other.content)


def _half(one: Attribution, other: Attribution) -> bool:
    return bool(one.source & other.source) and jaccard(one, other) >= 0.5


def _exact(one: Attribution, other: Attribution) -> bool:
    return one.source == other.source and one.content == other.content


def _sharing(role: str) -> Same:
    return lambda one, other: bool(getattr(one, role) & getattr(other, role))


def _same(role: str) -> Same:
    return lambda one, other: bool(getattr(one, role) == getattr(other, role))


CONDITIONS: dict[str, Same] = {
    "overlap": _overlap,
    "half": _half,
    "exact": _exact,
    **{f"{role} overlap": _sharing(role) for role in ROLES},
    **{f"{role} exact": _same(role) for role in ROLES},
}


def jaccard(one: Attribution, other: Attribution) -> float:
    """Shared letters of two contents over all letters of both."""
    union = len(one.content | other.content)
    return len(one.content & other.content) / union if union else 0.0


def pairs(gold: Sequence[Attribution], predicted: Sequence[Attribution], same: Same) -> list[tuple[int, int]]:
    """Pairs of annotated and found attributions that are the same, each used once, likest first."""
    candidates = [
        (_likeness(one, other), i, j)
        for i, one in enumerate(gold)
        for j, other in enumerate(predicted)
        if same(one, other)
    ]
    matched: list[tuple[int, int]] = []
    taken: tuple[set[int], set[int]] = set(), set()
    for _, i, j in sorted(candidates, key=lambda item: (-item[0], item[1], item[2])):
        if i not in taken[0] and j not in taken[1]:
            matched.append((i, j))
            taken[0].add(i)
            taken[1].add(j)
    return matched


def _likeness(one: Attribution, other: Attribution) -> float:
    """How much two have in common: of the contents first of all, else of sources and cues."""
    return jaccard(one, other) + (len(one.source & other.source) + len(one.cue & other.cue)) / 1e6
