"""The model card: what the model is, measured scores, limits."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

BANKS = ("EWT", "GUM", "PUD")
NAMES = ("UNER EWT", "WNUT17", "CrossNER politics")


def card(folder: Path, scores: dict[str, Any], part: str) -> str:
    """Return the card in Markdown from the model's meta.json and the scores of `training.evaluate`."""
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    size = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
    pace = scores["speed"]
    data = "\n".join(f"- {item['name']} ({item['licence']}): {item['use']}" for item in meta["data"])
    return CARD.format(
        **meta,
        size=size,
        data_list=data,
        part=part,
        syntax=_syntax(scores),
        names=_names(scores),
        pace=pace["words per second"],
        cpu=pace["words per second of processor time"],
        memory=pace["peak memory MB"],
    )


def _syntax(scores: dict[str, Any]) -> str:
    banks = [bank for bank in BANKS if bank in scores]
    measures = list(scores[banks[0]]["raw text"])
    head = "| | " + " | ".join(f"{bank}, {given}" for bank in banks for given in ("gold words", "raw text")) + " |"
    rows = [
        f"| {measure} | "
        + " | ".join(f"{scores[bank][given][measure]:.1f}" for bank in banks for given in ("gold words", "raw text"))
        + " |"
        for measure in measures
    ]
    return "\n".join([head, "|---" * (1 + 2 * len(banks)) + "|", *rows])


def _names(scores: dict[str, Any]) -> str:
    kinds = ("all", "PERSON", "ORG", "GPE", "LOC")
    rows = [
        f"| {name} | "
        + " | ".join(f"{scores[name][kind]:.1f}" if kind in scores[name] else "" for kind in kinds)
        + " |"
        for name in NAMES
    ]
    return "\n".join(["| names, F1 | " + " | ".join(kinds) + " |", "|---" * (1 + len(kinds)) + "|", *rows])


CARD = """# Model card: {name} {version}

{description}.
Written by `python -m training.evaluate --card`; the recipe is in [`training/`](../training/README.md).

**In**: English text. **Out**: a spaCy `Doc` with words as Universal Dependencies has them, sentences, parts of speech,
features, lemmas, dependencies (with subtypes), and names: PERSON, ORG, GPE (states), LOC (other places, cities
included), NORP (nationalities). `token._.parse_score` is the probability of a word's head.

**Size** {size:.1f} MB. **Speed** {pace:,} words/s wall clock and {cpu:,} words per second of processor time (whole
pipeline, one thread, other work running beside it). **Memory** {memory} MB at the peak, spaCy and Python included.
**Licence** {licence}.

## Scores

F1 in percent on the {part} sets, as in the CoNLL 2018 shared task (Zeman et al. 2018): words are aligned by their
characters. On *gold words*, words and sentences are given; on *raw text*, the model finds them (blank lines between
paragraphs are kept). LAS leaves subtypes of relations out, as the shared task did; GUM is without its non-commercial
genres. Features: those of grammar (no Typo, Style, ExtPos, Abbr, Foreign); PUD follows an older guideline for them.

{syntax}

Names are compared with each corpus's own labels: GPE counts as LOC except in CrossNER (country), NORP as no name.
WNUT17 and CrossNER are read sentence by sentence with their own words; their guidelines differ from ours (there, a
country in the name of an election is no name of its own; `misc` and products are left out).

{names}

## Learned from

{data_list}

Start: {encoder[name]} ({encoder[licence]}).

## Know its limits

- Trained on web text, Wikipedia, academic prose and news up to about 2020; later names are recognised by context alone.
- Organisations are its weakest names. Titles are not part of a person's name.
- Typing errors, hashtags and tables are read as best it can; other languages come out as nonsense.
- It reads; it does not judge. What a text claims of a person is the text's claim.
"""
