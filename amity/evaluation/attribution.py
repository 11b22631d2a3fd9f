"""Who says what, against PolNeAR (Newell, Margolin and Ruths 2018, LREC): news with source, cue and content marked.

PolNeAR marks more than speech (wants, support, decisions); an attribution that amity takes for no reporting counts as
missed. Scores are micro-averaged over attributions with a source.
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amity.errors import InputError

if TYPE_CHECKING:
    from amity.coding.parse import Doc, Token
    from amity.coding.voices import Voice, Voices

ARCHIVE = "attribution/polnear.tar.gz"
Characters = frozenset[int]
_SPANS = re.compile(r"(T\d+)\t\S+ ([\d ;]+)\t")
_EVENT = re.compile(r"(Source|Cue|Content)\d*:(T\d+)")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Characters that name the source, report, and are reported (letters and digits only)."""

    source: Characters
    cue: Characters
    content: Characters


def evaluate(data: Path, split: str = "dev", model: Path | str | None = None) -> dict[str, Any]:
    """Find the attributions of PolNeAR's `split` and compare.

    `data` is the folder with `attribution/polnear.tar.gz`. An attribution is found when its source shares words with
    the annotated one and its content half of the letters of both together (`overlap`), or when both are the same to
    the letter (`exact`). Raises `InputError` when the archive is missing.
    """
    import amity.annotate
    import amity.codebook
    from amity.coding.mentions import Mentions
    from amity.coding.parse import Doc
    from amity.coding.voices import Voices
    from amity.records import Article

    articles = list(read(data / ARCHIVE, split))
    nlp, codebook = amity.annotate.load(model), amity.codebook.load()
    docs = amity.annotate.annotate(nlp, (text for _, text, _ in articles))
    tally = Tally()
    for (name, text, answers), doc in zip(articles, map(Doc, docs), strict=True):
        article = Article(id=name, text=text, source=name)
        voices = Voices.find(article, doc, codebook, Mentions.find(article, doc, codebook))
        for gold in answers:
            tally.add(gold, found(doc, voices))
    return {"data": f"PolNeAR {split}", "articles": len(articles), **tally.scores()}


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
    """The attributions that amity finds, as characters."""
    text = doc.text
    return [_attribution(doc, text, voice) for voice in voices.voices if voice.named]


def _attribution(doc: Doc, text: str, voice: Voice) -> Attribution:
    sources = [_noun_phrase(doc, token, voice.word) for token in voice.named]
    content = [(doc[span.start].idx, _end(doc, span.end - 1)) for span in voice.content if span.start < span.end]
    cue = [(voice.word.idx, voice.word.idx + len(voice.word.text))]
    return Attribution(*(characters(text, spans) for spans in (sources, cue, content)))


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


class Tally:
    """Counts of attributions annotated, found, and found rightly."""

    def __init__(self) -> None:
        self.gold = self.found = self.overlap = self.exact = self.content = self.right_words = self.gold_words = (
            self.found_words
        ) = 0

    def add(self, gold: Sequence[Attribution], predicted: Sequence[Attribution]) -> None:
        """Count one article."""
        self.gold += len(gold)
        self.found += len(predicted)
        self.overlap += len(
            pairs(gold, predicted, lambda one, other: bool(one.source & other.source) and jaccard(one, other) >= 0.5)
        )
        self.content += len(pairs(gold, predicted, lambda one, other: jaccard(one, other) >= 0.5))
        self.exact += len(
            pairs(gold, predicted, lambda one, other: one.source == other.source and one.content == other.content)
        )
        ours: Characters = frozenset().union(*(item.content for item in predicted))
        theirs: Characters = frozenset().union(*(item.content for item in gold))
        self.right_words += len(ours & theirs)
        self.found_words += len(ours)
        self.gold_words += len(theirs)

    def scores(self) -> dict[str, Any]:
        """Precision, recall and F1 of each way to compare; `letters` counts letters of content, whoever says them."""
        return {
            "attributions": self.gold,
            "found": self.found,
            "overlap": prf(self.overlap, self.found, self.gold),
            "exact": prf(self.exact, self.found, self.gold),
            "content": prf(self.content, self.found, self.gold),
            "letters": prf(self.right_words, self.found_words, self.gold_words),
        }


def jaccard(one: Attribution, other: Attribution) -> float:
    """Shared letters of two contents over all letters of both."""
    union = len(one.content | other.content)
    return len(one.content & other.content) / union if union else 0.0


def pairs(gold: Sequence[Attribution], predicted: Sequence[Attribution], same: Any) -> list[tuple[int, int]]:
    """Pairs of annotated and found attributions that are the same, each used once, likest first."""
    candidates = [
        (jaccard(one, other), i, j)
        for i, one in enumerate(gold)
        for j, other in enumerate(predicted)
        if same(one, other)
    ]
    matched: list[tuple[int, int]] = []
    for _, i, j in sorted(candidates, key=lambda item: (-item[0], item[1], item[2])):
        if all(i != a and j != b for a, b in matched):
            matched.append((i, j))
    return matched


def prf(right: int, found: int, gold: int) -> dict[str, float]:
    """Precision, recall and F1 in per cent."""
    precision, recall = right / found if found else 0.0, right / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return {"precision": round(100 * precision, 1), "recall": round(100 * recall, 1), "f1": round(100 * f1, 1)}
