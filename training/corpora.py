"""Read the treebanks and name corpora into one form: documents of sentences of words."""

from __future__ import annotations

import gzip
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from training import gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from spacy.tokenizer import Tokenizer

# Features that say something on grammar; the rest (Typo, Style, ExtPos, Abbr, Foreign) says something on spelling.
FEATURES = frozenset(
    "Case Definite Degree Gender Mood Number NumForm NumType Person Polarity Poss PronType Reflex Tense VerbForm "
    "Voice".split()
)


@dataclass
class Sentence:
    """A sentence in words. What a corpus does not annotate is None; heads count from 1, 0 is the root."""

    forms: list[str]
    spaced: list[bool]  # white space before the word
    paragraph: bool = False  # begins a paragraph
    whole: bool = True  # is one sentence, no more and no less
    upos: list[str] | None = None
    feats: list[str] | None = None
    lemmas: list[str] | None = None
    heads: list[int] | None = None
    labels: list[str] | None = None
    names: list[str] | None = None  # BIO
    multiword: list[tuple[int, int]] = field(default_factory=list)


Document = list[Sentence]


def _open(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n")


def _blocks(path: Path) -> Iterator[list[str]]:
    block: list[str] = []
    for line in _open(path):
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def treebank(path: Path) -> list[Document]:
    """Read a CoNLL-U file; a document starts at `# newdoc`, a paragraph at `# newdoc` or `# newpar`."""
    documents: list[Document] = []
    for block in _blocks(path):
        comments = [line for line in block if line.startswith("#")]
        opens = any(line.startswith("# newdoc") for line in comments)
        if opens or not documents:
            documents.append([])
        sentence = _sentence([line.split("\t") for line in block if not line.startswith("#")])
        sentence.paragraph = opens or any(line.startswith("# newpar") for line in comments)
        documents[-1].append(sentence)
    return documents


def _sentence(rows: list[list[str]]) -> Sentence:
    joined: set[int] = set()  # words that stand directly before the next one
    multiword: list[tuple[int, int]] = []
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            multiword.append((first - 1, last))
            joined.update(range(first, last if "SpaceAfter=No" not in row[9] else last + 1))
    words = [row for row in rows if row[0].isdigit()]
    inside = {number for first, last in multiword for number in range(first + 1, last + 1)}
    joined |= {int(row[0]) for row in words if int(row[0]) not in inside and "SpaceAfter=No" in row[9].split("|")}
    return Sentence(
        forms=[row[1] for row in words],
        spaced=[number not in joined for number in range(len(words))],
        upos=[row[3] for row in words],
        feats=[features(row[5]) for row in words],
        lemmas=[row[2] for row in words],
        heads=[int(row[6]) for row in words],
        labels=[row[7] for row in words],
        multiword=multiword,
    )


def features(feats: str) -> str:
    """Return the features that the model predicts, in the order of the treebank."""
    return "|".join(pair for pair in feats.split("|") if pair.split("=")[0] in FEATURES)


def add_names(documents: Iterable[Document], path: Path) -> int:
    """Put UNER's names on the sentences of EWT; returns how many sentences did not fit (and stay without)."""
    misfits = 0
    sentences = (sentence for document in documents for sentence in document)
    named = {tuple(row[1] for row in rows): [row[2] for row in rows] for rows in _rows(path) if len(rows[0]) > 2}
    for sentence in sentences:
        labels = named.get(tuple(sentence.forms))
        if labels is None:
            misfits += 1
            continue
        sentence.names = demonyms(sentence.forms, countries(sentence.forms, rename(labels, UNER)))
    return misfits


def _rows(path: Path) -> Iterator[list[list[str]]]:
    for block in _blocks(path):
        yield [line.split("\t") for line in block if not line.startswith("#")]


UNER = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}
GMB = {"per": "PERSON", "org": "ORG", "geo": "LOC", "gpe": "NORP"}
WIKIGOLD = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}
WNUT = {"person": "PERSON", "location": "LOC", "corporation": "ORG", "group": "ORG"}
CROSSNER = {
    "politician": "PERSON", "person": "PERSON", "organisation": "ORG", "politicalparty": "ORG", "country": "GPE",
    "location": "LOC",
}  # fmt: skip


def rename(labels: list[str], names: dict[str, str]) -> list[str]:
    """Map BIO (or IO) labels to amity's names as strict BIO; labels without a name become O."""
    renamed: list[str] = []
    before = "O"
    for label in labels:
        kind = names.get(label[2:], "") if label != "O" else ""
        begins = label[:2] == "B-" or label[2:] != before[2:] or before == "O"
        renamed.append(f"{'B' if begins else 'I'}-{kind}" if kind else "O")
        before = label
    return renamed


def spans(names: list[str]) -> list[tuple[int, int, str]]:
    """Return (start, end, label) of every name in strict BIO labels."""
    found: list[tuple[int, int, str]] = []
    for place, label in enumerate(names):
        if label[0] == "B":
            found.append((place, place + 1, label[2:]))
        elif label[0] == "I" and found and found[-1][1] == place:
            found[-1] = (found[-1][0], place + 1, found[-1][2])
    return found


def write_span(names: list[str], start: int, end: int, label: str) -> None:
    """Write one name into BIO labels; an empty label removes it."""
    for place in range(start, end):
        names[place] = f"{'B' if place == start else 'I'}-{label}" if label else "O"


def countries(forms: list[str], names: list[str]) -> list[str]:
    """Relabel names that are a country's as GPE, whatever place or body the corpus took them for."""
    for start, end, label in spans(names):
        if label != "PERSON" and gazetteer.is_country(forms[start:end]):
            write_span(names, start, end, "GPE")
        elif label == "GPE":
            write_span(names, start, end, "LOC")
    return names


ALONE = ("O", "B-LOC", "B-GPE", "B-NORP")  # of "South" in "South Korean", whatever the corpus made of it


def demonyms(forms: list[str], names: list[str]) -> list[str]:
    """Label nationalities outside other names as NORP."""
    for place, form in enumerate(forms):
        if names[place] in ("O", "B-NORP") and gazetteer.is_demonym(form):
            opened = place > 0 and forms[place - 1] in gazetteer.DEMONYM_OPENERS and names[place - 1] in ALONE
            write_span(names, place - opened, place + 1, "NORP")
    return names


TITLES = frozenset(
    "mr. mrs. ms. dr. president prime minister secretary general senator king queen prince pope chancellor "
    "vice premier "
    "ayatollah justice judge governor mayor lieutenant colonel major captain sergeant brigadier admiral ambassador sir "
    "lord sheikh mullah imam rev. reverend professor former chief commander spokesman spokeswoman deputy foreign "
    "u.s. defense representative congressman attorney crown".split()
)  # fmt: skip


def silver(path: Path, tokenizer: Tokenizer) -> list[Document]:
    """Read the Groningen Meaning Bank's news sentences with mapped, partly repaired machine labels.

    The corpus keeps no order of documents: every sentence is a document.
    """
    documents: list[Document] = []
    for block in _blocks(path):
        rows = [line.split() for line in block]
        rows = [row for row in rows if len(row) == 3]
        if len(rows) < 3:
            continue
        forms, labels = [row[0] for row in rows], rename([row[2] for row in rows], GMB)
        documents.append([_repaired(retokenized(forms, labels, tokenizer))])
    return documents


PARTICLES = frozenset("al el bin bint ibn abu umm de da del della di du la le van von den der ter dos das zu".split())
LOOSE_ENDS = frozenset(
    "s 's of and the for militants navy summit parties group 1980s old rich southern south nominee".split()
)


def _trim(forms: list[str], names: list[str]) -> None:
    """Take words off names' ends that no name begins or ends with."""
    for start, end, label in spans(names):
        first, last = start, end
        while first < last and forms[first].islower() and forms[first] not in PARTICLES:
            first += 1
        while last > first and forms[last - 1] in LOOSE_ENDS:
            last -= 1
        write_span(names, start, end, "")
        write_span(names, first, last, label)


def _repaired(sentence: Sentence) -> Sentence:
    names, forms = sentence.names or [], sentence.forms
    _trim(forms, names)
    for start, end, label in spans(names):
        words = [form.lower() for form in forms[start:end]]
        if label == "PERSON":
            skip = next((n for n, word in enumerate(words) if word not in TITLES), len(words))
            write_span(names, start, start + skip, "")
            write_span(names, start + skip, end, label)
        elif label == "NORP" and not any(map(gazetteer.is_demonym, forms[start:end])):
            write_span(names, start, end, "LOC")
        elif label == "ORG" and end - start == 1 and gazetteer.is_demonym(forms[start]):
            write_span(names, start, end, "NORP")
        elif label in ("ORG", "NORP", "LOC") and all(word in gazetteer.NOT_NATIONS for word in words):
            write_span(names, start, end, "")
    sentence.names = demonyms(forms, countries(forms, names))
    return sentence


BODIES = {
    **dict.fromkeys(("U.N.", "UN", "African Union", "Fatah", "EU", "Hezbollah", "Taliban", "Taleban"), "ORG"),
    **dict.fromkeys(("West Bank", "Gaza Strip", "Gaza", "Kabul", "Pyongyang", "Darfur", "Earth"), "LOC"),
    **dict.fromkeys(("Aung San Suu Kyi", "Bush"), "PERSON"),
    **dict.fromkeys(("Islam", "AIDS", "Lanka", "Sri", "Republic"), ""),
}


def settle(documents: list[Document], least: int = 8) -> None:
    """Give names that machine labels call now this, now that the label of their majority (or of `BODIES`)."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    sentences = [sentence for document in documents for sentence in document]
    for sentence in sentences:
        for start, end, label in spans(sentence.names or []):
            votes[" ".join(sentence.forms[start:end])][label] += 1
    settled = {name: count.most_common(1)[0][0] for name, count in votes.items() if count.total() >= least} | BODIES
    for sentence in sentences:
        for start, end, label in spans(sentence.names or []):
            write_span(sentence.names, start, end, settled.get(" ".join(sentence.forms[start:end]), label))
        for place in range(len(sentence.forms) - 1):
            if sentence.forms[place : place + 2] == ["Sri", "Lanka"]:
                write_span(sentence.names, place, place + 2, "GPE")


def retokenized(forms: list[str], labels: list[str], tokenizer: Tokenizer) -> Sentence:
    """Split words of another tokenization as ours does, guess the spaces, carry the BIO labels over."""
    new = Sentence([], [], names=[])
    quoted = False
    for place, (form, label) in enumerate(zip(forms, labels, strict=True)):
        form = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}.get(form, form)
        spaced = place > 0 and not re.fullmatch(r"[.,;:!?)\]%]|\.\.\.|'s|'|n't|'(?:re|ve|ll|d|m)", form)
        spaced &= not (new.forms and new.forms[-1] in ("(", "[", "$"))
        if form == '"':
            spaced, quoted = (False, False) if quoted else (place > 0, True)
        elif place and new.forms[-1] == '"' and quoted:
            spaced = False
        for number, word in enumerate(tokenizer(form)):
            new.forms.append(word.text)
            new.spaced.append(spaced and not number)
            new.names.append(label if not number or label == "O" else f"I{label[1:]}")  # type: ignore[union-attr]
    return new


def names_only(path: Path, mapping: dict[str, str], tokenizer: Tokenizer | None) -> list[Document]:
    """Read a CoNLL file of names (word first, label last). Without a tokenizer its words are kept."""
    documents: list[Document] = []
    for block in _blocks(path):
        rows = [line.split() for line in block]
        rows = [row for row in rows if len(row) > 1 and row[0] != "-DOCSTART-"]
        if not rows:
            continue
        forms, labels = [row[0] for row in rows], rename([row[-1] for row in rows], mapping)
        if tokenizer is None:
            sentence = Sentence(forms, [place > 0 for place in range(len(forms))], names=labels)
        else:
            sentence = retokenized(forms, labels, tokenizer)
        sentence.names = demonyms(sentence.forms, countries(sentence.forms, sentence.names or []))
        sentence.whole = False
        documents.append([sentence])
    return documents


def text_of(document: Document) -> tuple[str, list[list[tuple[int, int]]]]:
    """Return a document's text (blank lines between paragraphs) and the offsets of its words by sentence."""
    text, offsets = "", []
    for sentence in document:
        if text:
            text += "\n\n" if sentence.paragraph else " "
        offsets.append([])
        for place, form in enumerate(sentence.forms):
            text += " " if place and sentence.spaced[place] else ""
            offsets[-1].append((len(text), len(text) + len(form)))
            text += form
    return text, offsets
