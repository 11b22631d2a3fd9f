"""Everything that training starts from: corpora, labels, pieces, noise."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import spacy

from amity.annotate.pieces import WordPieces
from amity.annotate.tokenizer import build_tokenizer
from training import corpora
from training.windows import Labels, Noise

if TYPE_CHECKING:
    from training.corpora import Document


@dataclass
class Material:
    """The training material; `gold` has syntax, `silver` has names only."""

    gold: list[Document]
    silver: list[Document]
    labels: Labels
    pieces: WordPieces
    vocabulary: list[str]
    noise: Noise


def material(data: Path, minilm: Path) -> Material:
    """Read the data folder (treebank/, names/) and the vocabulary beside the MiniLM weights."""
    vocabulary = (minilm.parent / "vocab.txt").read_text(encoding="utf-8").split("\n")
    vocabulary = vocabulary[:-1] if not vocabulary[-1] else vocabulary
    tokenizer = build_tokenizer(spacy.blank("en"))
    ewt = corpora.treebank(data / "treebank/en_ewt-ud-train.conllu.gz")
    corpora.add_names(ewt, data / "names/uner_ewt-train.iob2.gz")
    gum = corpora.treebank(data / "treebank/en_gum-ud-train.conllu.gz")
    news = corpora.silver(data / "names/gmb.conll.gz", tokenizer)
    corpora.settle(news)
    other = [
        *corpora.names_only(data / "names/wikigold.conll", corpora.WIKIGOLD, tokenizer),
        *corpora.names_only(data / "names/wnut17-train.conll.gz", corpora.WNUT, tokenizer),
        *corpora.names_only(data / "names/crossner_politics-train.txt", corpora.CROSSNER, tokenizer) * 3,
    ]
    return Material(
        gold=ewt + gum,
        silver=news + other,
        labels=Labels.from_documents(ewt + gum),
        pieces=WordPieces(vocabulary),
        vocabulary=vocabulary,
        noise=Noise(persons=_name_words(news, "PERSON"), places=_name_words(news, "LOC")),
    )


def _name_words(documents: list[Document], kind: str) -> list[str]:
    """Return the capitalised words of names of one kind, each once, frequent or not."""
    counts: Counter[str] = Counter()
    for sentence in (s for document in documents for s in document):
        for start, end, label in corpora.spans(sentence.names or []):
            if label == kind:
                counts.update(form for form in sentence.forms[start:end] if form.istitle() and len(form) > 2)
    return sorted(counts)
