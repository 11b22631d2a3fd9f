"""Names of persons, organisations and places, against corpora that have them marked, on their own words and sentences.

UNER on EWT (Mayhew et al. 2024, NAACL), WNUT 2017 (Derczynski et al. 2017) and CrossNER politics (Liu et al. 2021). A
name is right when its first and last word and its kind are. Each corpus is compared by its own kinds: states count as
places except in CrossNER, nationalities are no names. The scores are those of the model card, but for a paragraph's
blank lines, which these files do not tell.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amity.errors import InputError
from amity.evaluation.coder import Coder
from amity.evaluation.figures import prf

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Name = tuple[int, int, str]
COMMENTS = ("# newdoc", "# newpar", "# sent_id", "# text")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Where a corpus lies, and what its labels (and amity's) are called in the comparison."""

    file: str
    labels: dict[str, str]
    ours: dict[str, str]


PLACES = {"PERSON": "PERSON", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC"}
CORPORA = {
    "UNER EWT test": Corpus("uner_ewt-test.iob2.gz", {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}, PLACES),
    "WNUT17 test": Corpus(
        "wnut17-test.conll", {"person": "PERSON", "location": "LOC", "corporation": "ORG", "group": "ORG"}, PLACES
    ),
    "CrossNER politics test": Corpus(
        "crossner_politics-test.txt",
        {"politician": "PERSON", "person": "PERSON", "organisation": "ORG", "politicalparty": "ORG"}
        | {"country": "GPE", "location": "LOC"},
        {kind: kind for kind in ("PERSON", "ORG", "LOC", "GPE")},
    ),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words, whether a blank follows each, and the labels (BIO) as the corpus has them."""

    words: list[str]
    spaces: list[bool]
    labels: list[str]


def evaluate(data: Path, model: Path | str | None = None) -> dict[str, Any]:
    """Find the names of each corpus; `data` is the folder that has `names/`, or a file of one of the formats.

    A file is judged by the labels of the corpus whose labels it uses. Raises `InputError`.
    """
    nlp = Coder(model).nlp
    if data.is_dir():
        return {name: score(nlp, read(data / "names" / one.file), one) for name, one in CORPORA.items()}
    documents = list(read(data))
    return {data.name: score(nlp, documents, _corpus(data, documents))}


def _corpus(path: Path, documents: Iterable[Iterable[Sentence]]) -> Corpus:
    used = {label[2:] for document in documents for sentence in document for label in sentence.labels} - {""}
    best = max(CORPORA.values(), key=lambda corpus: len(used & corpus.labels.keys()))
    if not used & best.labels.keys():
        raise InputError(str(path), "has no label that one of the corpora has")
    return best


def read(path: Path) -> Iterator[list[Sentence]]:
    """Documents of a file with a word and its label a line; where it tells none, a sentence is one."""
    document: list[Sentence] = []
    told = False
    for block in _blocks(path):
        comments = [line for line in block if line.startswith(COMMENTS)]
        starts = any(line.startswith("# newdoc") for line in comments)
        told = told or starts
        if document and (starts or not told):
            yield document
            document = []
        rows = [line.split("\t") if "\t" in line else line.split() for line in block if line not in comments]
        rows = [row for row in rows if len(row) > 1]
        numbered = bool(comments)  # the word's number comes first
        words = [row[int(numbered)] for row in rows]
        labels = [row[2] if numbered else row[-1] for row in rows]
        text = next((line.removeprefix("# text = ") for line in comments if line.startswith("# text = ")), None)
        if words:
            document.append(Sentence(words, _spaces(words, text), labels))
    if document:
        yield document


def _blocks(path: Path) -> Iterator[list[str]]:
    try:
        content = path.read_bytes()
        lines = (gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content).decode("utf-8").splitlines()
    except (OSError, ValueError, EOFError) as error:
        raise InputError(str(path), str(error)) from error
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []


def _spaces(words: Sequence[str], text: str | None) -> list[bool]:
    """Whether a blank follows each word, as the text has it; without a text, one always does."""
    spaces: list[bool] = []
    at = 0
    for word in words:
        found = text.find(word, at) if text else -1
        at = found + len(word) if found >= 0 else at
        spaces.append(text is None or found < 0 or text[at : at + 1] in ("", " "))
    return spaces


def score(nlp: Language, documents: Iterable[list[Sentence]], corpus: Corpus) -> dict[str, Any]:
    """Figures over all kinds and by kind."""
    gold: Counter[str] = Counter()
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for document in documents:
        marked = {
            name
            for number, sentence in enumerate(document)
            for name in _names(sentence.labels, corpus.labels, sum(len(one.words) for one in document[:number]))
        }
        doc = _read(nlp, document)
        ours = {(ent.start, ent.end, corpus.ours[ent.label_]) for ent in doc.ents if ent.label_ in corpus.ours}
        for counter, names in ((gold, marked), (found, ours), (right, marked & ours)):
            counter.update(kind for *_, kind in names)
    kinds = sorted(set(corpus.labels.values()))
    total = prf(right.total(), found.total(), gold.total())
    return {"all": total} | {kind: prf(right[kind], found[kind], gold[kind]) for kind in kinds}


def _names(labels: Sequence[str], kinds: dict[str, str], offset: int) -> Iterator[Name]:
    """Names in BIO (or IO) labels, by their place in the document."""
    start = 0
    for place, label in enumerate(labels):
        after = labels[place + 1] if place + 1 < len(labels) else "O"
        if label == "O":
            continue
        if place == 0 or label[:2] == "B-" or labels[place - 1][2:] != label[2:]:
            start = place
        if (after[:2] == "B-" or after[2:] != label[2:]) and label[2:] in kinds:
            yield offset + start, offset + place + 1, kinds[label[2:]]


def _read(nlp: Language, document: Sequence[Sentence]) -> Doc:
    """The document with its own words and sentences, as the language pipeline reads it."""
    from spacy.tokens import Doc

    from amity.annotate.pipeline import READER

    words = [word for sentence in document for word in sentence.words]
    spaces = [space for sentence in document for space in sentence.spaces]
    starts = [place == 0 for sentence in document for place in range(len(sentence.words))]
    doc = Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=starts)
    reader = nlp.get_pipe(READER) if READER in nlp.pipe_names else None
    if reader is None:
        return nlp(doc)
    reader.gold_sentences = True
    try:
        return nlp(doc)
    finally:
        reader.gold_sentences = False
