"""Measure a model folder as CoNLL 2018 did (Zeman et al. 2018), on raw text and on gold words, and its names.

`python -m training.evaluate --data FOLDER [--model FOLDER] [--part test] [--card docs/model-card.md] [--meta]`
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from amity.annotate import MODEL, load
from training import corpora

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.language import Language

    from training.corpora import Document

Span = tuple[int, int]
SAME = {"GPE": "LOC", "NORP": "O"}  # amity's names as the corpora have them


@dataclass
class Word:
    """A word by its place among the characters that are not white space."""

    span: Span
    upos: str
    feats: str
    lemma: str
    head: Span | None
    label: str


@dataclass
class Reading:
    """What is compared: words and sentence spans."""

    words: list[Word]
    sentences: list[Span]


def _dense(text: str) -> list[int]:
    """Return for every offset how many characters before it are not white space."""
    counts, count = [], 0
    for character in text:
        counts.append(count)
        count += not character.isspace()
    return [*counts, count]


def of_gold(document: Document) -> Reading:
    """Return the gold reading of a document."""
    text, offsets = corpora.text_of(document)
    dense = _dense(text)
    words: list[Word] = []
    sentences: list[Span] = []
    for sentence, places in zip(document, offsets, strict=True):
        spans = [(dense[start], dense[end]) for start, end in places]
        sentences.append((spans[0][0], spans[-1][1]))
        for n, span in enumerate(spans):
            head = spans[sentence.heads[n] - 1] if sentence.heads[n] else None
            words.append(Word(span, sentence.upos[n], sentence.feats[n], sentence.lemmas[n], head, sentence.labels[n]))
    return Reading(words, sentences)


def of_doc(doc: Doc) -> Reading:
    """Return the reading in a Doc; white space is no word."""
    dense = _dense(doc.text)

    def span(token) -> Span:
        return dense[token.idx], dense[token.idx + len(token)]

    words = [
        Word(
            span(token), token.pos_, corpora.features(str(token.morph)), token.lemma_,
            None if token.head.i == token.i else span(token.head), "root" if token.dep_ == "ROOT" else token.dep_,
        )
        for token in doc if not token.is_space
    ]  # fmt: skip
    sentences = [[token for token in sentence if not token.is_space] for sentence in doc.sents]
    return Reading(words, [(span(sentence[0])[0], span(sentence[-1])[1]) for sentence in sentences if sentence])


class Tally:
    """Counts of right, gold and found things by measure."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.gold: Counter[str] = Counter()
        self.found: Counter[str] = Counter()

    def add(self, name: str, gold: Iterable[object], found: Iterable[object]) -> None:
        """Count things (hashable, with their place) of one document."""
        gold, found = set(gold), set(found)
        self.right[name] += len(gold & found)
        self.gold[name] += len(gold)
        self.found[name] += len(found)

    def f1(self, name: str) -> float:
        """Return the F1 in percent."""
        return 200 * self.right[name] / max(1, self.gold[name] + self.found[name])


MEASURES = {
    "words": lambda word: word.span,
    "UPOS": lambda word: (word.span, word.upos),
    "features": lambda word: (word.span, word.feats),
    "lemmas": lambda word: (word.span, word.lemma),
    "UAS": lambda word: (word.span, word.head),
    "LAS": lambda word: (word.span, word.head, word.label.split(":")[0]),
    "LAS with subtypes": lambda word: (word.span, word.head, word.label),
}


def syntax(nlp: Language, documents: list[Document], raw: bool) -> dict[str, float]:
    """Return F1 by measure; on raw text, or with the gold words and sentences given."""
    tally = Tally()
    for document in documents:
        gold = of_gold(document)
        found = of_doc(nlp(corpora.text_of(document)[0]) if raw else _with_gold_words(nlp, document))
        tally.add("sentences", gold.sentences, found.sentences)
        for name, key in MEASURES.items():
            tally.add(name, map(key, gold.words), map(key, found.words))
    return {name: round(tally.f1(name), 2) for name in ("sentences", *MEASURES)}


def _with_gold_words(nlp: Language, document: Document) -> Doc:
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[bool] = []
    for sentence in document:
        if words and sentence.paragraph:
            words.append("\n\n")
            spaces.append(False)
            starts.append(False)
        elif words:
            spaces[-1] = True
        words += sentence.forms
        spaces += [*sentence.spaced[1:], False]
        starts += [True, *[False] * (len(sentence.forms) - 1)]
    doc = Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=starts)
    reader = nlp.get_pipe("amity_reader")
    reader.gold_sentences = True
    try:
        return reader(doc)
    finally:
        reader.gold_sentences = False


def names(nlp: Language, documents: list[Document], kinds: set[str], same: dict[str, str]) -> dict[str, float]:
    """Return names F1 in percent, over all kinds and by kind, on gold words and sentences."""
    tally = Tally()
    for number, document in enumerate(documents):
        doc = _with_gold_words(nlp, document)
        found = {(number, *_words(doc, ent.start, ent.end), same.get(ent.label_, ent.label_)) for ent in doc.ents}
        gold: set[tuple[int, int, int, str]] = set()
        offset = 0
        for sentence in document:
            gold |= {
                (number, start + offset, end + offset, label)
                for start, end, label in corpora.spans(sentence.names or [])
            }
            offset += len(sentence.forms)
        for kind in kinds:
            chosen = {item for item in gold if item[3] == kind}, {item for item in found if item[3] == kind}
            tally.add(kind, *chosen)
            tally.add("all", *chosen)
    return {name: round(tally.f1(name), 1) for name in ("all", *sorted(kinds))}


def _words(doc: Doc, start: int, end: int) -> Span:
    before = sum(not token.is_space for token in doc[:start])
    return before, before + sum(not token.is_space for token in doc[start:end])


def _plain_names(documents: list[Document], path: Path, mapping: dict[str, str]) -> list[Document]:
    """Put names on sentences as the corpus has them, without our own countries and nationalities."""
    blocks = {tuple(row[1] for row in rows): [row[2] for row in rows] for rows in corpora._rows(path)}
    for sentence in (s for document in documents for s in document):
        sentence.names = corpora.rename(blocks.get(tuple(sentence.forms), ["O"] * len(sentence.forms)), mapping)
    return documents


def _names_corpus(path: Path, mapping: dict[str, str]) -> list[Document]:
    """Read a corpus of names with the space between words guessed, words as given."""
    documents: list[Document] = []
    for block in corpora._blocks(path):
        rows = [line.split() for line in block if len(line.split()) > 1]
        if rows:
            forms = [row[0] for row in rows]
            labels = corpora.rename([row[-1] for row in rows], mapping)
            documents.append([corpora.Sentence(forms, [n > 0 for n in range(len(forms))], names=labels)])
    return documents


def measure(nlp: Language, data: Path, part: str) -> dict[str, object]:
    """Return all scores on the `part` (dev or test) of the corpora that have one."""
    scores: dict[str, object] = {}
    banks = {"EWT": f"en_ewt-ud-{part}", "GUM": f"en_gum-ud-{part}"} | (
        {"PUD": "en_pud-ud-test"} if part == "test" else {}
    )
    for name, file in banks.items():
        documents = corpora.treebank(data / f"treebank/{file}.conllu.gz")
        scores[name] = {"gold words": syntax(nlp, documents, raw=False), "raw text": syntax(nlp, documents, raw=True)}
    ewt = corpora.treebank(data / f"treebank/en_ewt-ud-{part}.conllu.gz")
    places = {"PERSON", "ORG", "LOC"}
    scores["UNER EWT"] = names(
        nlp, _plain_names(ewt, data / f"names/uner_ewt-{part}.iob2.gz", corpora.UNER), places, SAME
    )
    scores["WNUT17"] = names(nlp, _names_corpus(data / f"names/wnut17-{part}.conll", corpora.WNUT), places, SAME)
    politics = _names_corpus(data / f"names/crossner_politics-{part}.txt", corpora.CROSSNER)
    scores["CrossNER politics"] = names(nlp, politics, {*places, "GPE"}, {"NORP": "O"})
    return scores


def speed(nlp: Language, data: Path) -> dict[str, float]:
    """Return words per second of raw text (best of five runs) and the peak memory in MB."""
    texts = [corpora.text_of(document)[0] for document in corpora.treebank(data / "treebank/en_gum-ud-dev.conllu.gz")]
    wall, processor = [], []
    for _ in range(5):
        began, cpu = time.perf_counter(), time.process_time()
        words = sum(not token.is_space for text in texts for token in nlp(text))
        wall.append(words / (time.perf_counter() - began))
        processor.append(words / (time.process_time() - cpu))
    return {
        "words per second": round(max(wall)),
        "words per second of processor time": round(max(processor)),
        "peak memory MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> None:
    """Print the scores; write them into the model folder and the model card where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--part", choices=("dev", "test"), default="dev")
    parser.add_argument("--card", type=Path, help="write the model card here")
    parser.add_argument("--meta", action="store_true", help="write the scores into the model's meta.json")
    given = parser.parse_args()
    nlp = load(given.model)
    pace = speed(nlp, given.data)
    scores = measure(nlp, given.data, given.part) | {"speed": pace}
    print(json.dumps(scores, indent=1))
    if given.meta:
        meta = json.loads((given.model / "meta.json").read_text(encoding="utf-8"))
        (given.model / "meta.json").write_text(json.dumps(meta | {"scores": scores}, indent=1) + "\n", encoding="utf-8")
    if given.card:
        from training.card import card

        given.card.write_text(card(given.model, scores, given.part), encoding="utf-8")


if __name__ == "__main__":
    main()
