"""Put pipelines together and run them over texts of any size."""

from __future__ import annotations

import json
import re
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from amity.annotate.events import EventReader
from amity.annotate.reader import Reader
from amity.annotate.tokenizer import build_tokenizer
from amity.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokenizer import Tokenizer
    from spacy.vocab import Vocab

READER, EVENTS = "amity_reader", "amity_events"
LONGEST_RUN = 1_000  # characters without white space that the tokenizer's rules still look into
LONG_RUN = re.compile(rf"\S{{{LONGEST_RUN},}}")
SURROGATE = re.compile("[\ud800-\udfff]")
PART = 500_000  # characters that a pipeline not ours gets at once
PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
WORD_BREAK = re.compile(r"\s+")


class BoundedTokenizer:
    """A tokenizer that cuts endless runs without white space by length, where rules would take for ever."""

    def __init__(self, vocab: Vocab, tokenizer: Tokenizer) -> None:
        self.vocab = vocab
        self._tokenizer = tokenizer

    def __call__(self, text: str) -> Doc:
        """Return the Doc of a text; its text is the same, character for character."""
        if LONG_RUN.search(text) is None:
            return self._tokenizer(text)
        parts: list[Doc] = []
        place = 0
        for run in LONG_RUN.finditer(text):
            if run.start() > place:
                parts.append(self._tokenizer(text[place : run.start()]))
            words = [text[n : min(n + LONGEST_RUN, run.end())] for n in range(run.start(), run.end(), LONGEST_RUN)]
            parts.append(Doc(self.vocab, words=words, spaces=[False] * len(words)))
            place = run.end()
        if place < len(text):
            parts.append(self._tokenizer(text[place:]))
        return _joined(parts)

    def to_bytes(self, **_: object) -> bytes:
        """Nothing to store: the rules are code."""
        return b""

    def from_bytes(self, _data: bytes, **_: object) -> BoundedTokenizer:
        """Return itself: the rules are code."""
        return self


def _joined(parts: list[Doc]) -> Doc:
    joined = parts[0] if len(parts) == 1 else Doc.from_docs(parts, ensure_whitespace=False)
    assert joined is not None
    return joined


def load_pipeline(model: str | Path, threads: int, events: bool) -> Language:
    """Return the pipeline of a folder or package; see `amity.annotate.load`."""
    if (Path(model) / "reader.onnx").is_file():
        return _own(Path(model), threads, events)
    try:
        nlp = spacy.load(model)
    except (OSError, ValueError, ImportError) as error:
        raise ModelError(f"{model}: no language pipeline there ({str(error).splitlines()[0]})") from error
    _check(nlp, str(model))
    return nlp


def _own(folder: Path, threads: int, events: bool) -> Language:
    nlp = spacy.blank("en")
    nlp.tokenizer = BoundedTokenizer(nlp.vocab, build_tokenizer(nlp))
    nlp.max_length = 10**9
    if not Language.has_factory(READER):
        Language.factory(READER, func=_create_reader, default_config={"folder": str(folder), "threads": 1})
    nlp.add_pipe(READER, config={"folder": str(folder), "threads": threads})
    if events and (folder / "events.onnx").is_file():
        if not Language.has_factory(EVENTS):
            Language.factory(EVENTS, func=_create_event_reader, default_config={"folder": str(folder), "threads": 1})
        nlp.add_pipe(EVENTS, config={"folder": str(folder), "threads": threads})
    about = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    nlp.meta["name"], nlp.meta["version"] = about["name"], about["version"]
    return nlp


def _create_reader(nlp: Language, name: str, folder: str, threads: int) -> Reader:
    return Reader(nlp.vocab, Path(folder), name, threads)


def _create_event_reader(nlp: Language, name: str, folder: str, threads: int) -> EventReader:
    from amity.codebook.frames import load_frames

    reader = cast("Reader", nlp.get_pipe(READER))
    return EventReader(Path(folder), load_frames(), reader.table, reader.markers, threads)


def _check(nlp: Language, model: str) -> None:
    doc = nlp("The minister visited the capital.")
    if not doc.has_annotation("DEP") or not doc.has_annotation("POS"):
        raise ModelError(f"{model}: this pipeline gives no dependencies or parts of speech")
    if not {token.dep_ for token in doc} & {"obj", "nsubj", "det", "root", "ROOT"} or "dobj" in {
        token.dep_ for token in doc
    }:
        raise ModelError(f"{model}: its dependency labels are not those of Universal Dependencies")


def read(nlp: Language, texts: Iterable[str], batch_size: int) -> Iterator[Doc]:
    """Yield one Doc per text; see `amity.annotate.annotate`."""
    own = READER in nlp.pipe_names
    model = f"{nlp.meta['name']} {nlp.meta['version']}"
    stream = iter(texts)
    while batch := list(islice(stream, batch_size)):
        for text in batch:
            clean = SURROGATE.sub("\ufffd", text)
            doc = nlp(clean) if own or len(clean) <= PART else _in_parts(nlp, clean)
            doc.user_data["model"] = model
            yield doc


def _in_parts(nlp: Language, text: str) -> Doc:
    """Read a huge text in parts that end with a paragraph, or else with a word."""
    parts: list[Doc] = []
    place = 0
    while place < len(text):
        end = min(place + PART, len(text))
        if end < len(text):
            end = _last_break(PARAGRAPH_BREAK, text, place, end) or _last_break(WORD_BREAK, text, place, end) or end
        parts.append(nlp(text[place:end]))
        place = end
    return _joined(parts)


def _last_break(pattern: re.Pattern[str], text: str, start: int, end: int) -> int | None:
    middle = start + (end - start) // 2
    last = None
    for found in pattern.finditer(text, middle, end):
        last = found.end()
    return last
