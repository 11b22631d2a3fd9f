"""Annotate text: words, sentences, parts of speech, features, lemmas, Universal Dependencies, names.

Reads strings, gives `spacy.tokens.Doc`. spaCy and onnxruntime are imported on first use.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["MODEL", "annotate", "load", "model_name"]

MODEL = Path(__file__).parent / "model"


def load(model: str | Path | None = None, threads: int = 1, events: bool = True) -> Language:
    """Return the language pipeline: amity's own, or any spaCy pipeline with Universal Dependencies labels.

    `model` is a folder (amity's or spaCy's) or the name of an installed spaCy package. `threads` is for amity's own,
    and so is `events`: whether the event reader runs too (without it, events rest on the codebook's frames alone).
    Raises `ModelError` when there is no such pipeline or it does not annotate dependencies.
    """
    from amity.annotate.pipeline import load_pipeline

    return load_pipeline(MODEL if model is None else model, threads, events)


def model_name() -> str:
    """Name and version of the model that is shipped, without loading it: `amity_reader_en 1.0.0`."""
    import json

    about = json.loads((MODEL / "meta.json").read_text(encoding="utf-8"))
    return f"{about['name']} {about['version']}"


def annotate(nlp: Language, texts: Iterable[str], batch_size: int = 32) -> Iterator[Doc]:
    """Yield one annotated Doc per text, in order; offsets into the Doc are offsets into the text.

    Memory is bounded by the longest text. Lone surrogates count as U+FFFD.
    """
    from amity.annotate.pipeline import read

    return read(nlp, texts, batch_size)
