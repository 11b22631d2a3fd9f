"""Status and certainty, against UDS-IH2 (Rudinger et al. 2018, NAACL) and MEANTIME (Minard et al. 2016, LREC).

Both give every event word a factuality from −3 (certainly did not happen) over 0 (unknown) to 3 (certainly happened),
but not on one scale: UDS asks whether something has happened, so that the future counts as no; MEANTIME takes an
announced future for a fact.

- **Correlation**: each status and certainty stands for the mean of the values that the *train* part of the set gives to
  the words so judged, and the other part is predicted from that: mean absolute error, Pearson's r.
- **Accuracy**: without anything learned, a status and certainty stand for `did`, `open` or `did not`, and so do
  values above 1, between, and below −1.

Beside both stands the best constant.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from amity.errors import InputError
from amity.evaluation.coder import Coder
from amity.evaluation.figures import by_class, macro, share

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from amity.records import Certainty, Status

PARTS = {"uds_ih2": "dev", "meantime": "test"}
DID, OPEN, DID_NOT = ANSWERS = ("did", "open", "did not")
FUTURE = {"uds_ih2": DID_NOT, "meantime": DID}
Judgement: TypeAlias = "tuple[Status, Certainty]"


def evaluate(data: Path, model: Path | str | None = None) -> dict[str, Any]:
    """Judge the annotated words of UDS dev and MEANTIME test; `data` is the folder that has `factuality/`.

    `data` may be a file of the same format instead, of a set whose train part lies beside it (`NAME-train.jsonl`,
    packed or not). Raises `InputError`.
    """
    parts = [data / "factuality" / f"{name}-{part}.jsonl" for name, part in PARTS.items()]
    files = parts if data.is_dir() else [data]
    coder = Coder(model)
    return {file.name.split(".")[0]: _set(coder, file) for file in files}


def _set(coder: Coder, file: Path) -> dict[str, Any]:
    name, _, _ = file.name.partition("-")
    if name not in PARTS:
        raise InputError(str(file), f"is of no known set; its name begins with {' or '.join(PARTS)} and '-'")
    found = list(judged(coder.nlp, coder.book, file))
    scale = fitted(judged(coder.nlp, coder.book, file.with_name(f"{name}-train.jsonl")))
    predicted = score([(gold, scale.get(judgement, 0.0)) for gold, judgement in found])
    return predicted | answers([(gold, answer(judgement, name)) for gold, judgement in found])


def fitted(judgements: Iterable[tuple[float, Judgement]]) -> dict[Judgement, float]:
    """What each status and certainty stands for on the scale of a set: the mean of the annotated values."""
    values: dict[Judgement, list[float]] = {}
    for gold, judgement in judgements:
        values.setdefault(judgement, []).append(gold)
    return {judgement: sum(found) / len(found) for judgement, found in values.items()}


def judged(nlp: Language, codebook: Any, file: Path) -> Iterator[tuple[float, Judgement]]:
    """Annotated value and found judgement of every word that the tokenisation of the set and of the model share."""
    from amity.coding import parse
    from amity.coding.dates import Dates
    from amity.coding.mentions import Mentions
    from amity.coding.reading import Reading
    from amity.coding.status import status
    from amity.coding.voices import Voices
    from amity.records import Article

    for row, doc in ((row, parse.Doc(read)) for row, read in parsed(nlp, file)):
        article = Article(id=str(row["idx"]), text=doc.text, source=file.name)
        mentions = Mentions.find(article, doc, codebook)
        voices = Voices.find(article, doc, codebook, mentions)
        reading = Reading(article, doc, codebook, mentions, voices, Dates(doc, None), None, [])  # type: ignore[arg-type]
        for target in row["targets"]:
            yield float(target["label"]), status(reading, doc[target["span1"][0]])


def parsed(nlp: Language, file: Path) -> Iterator[tuple[dict[str, Any], Doc]]:
    """Every sentence of a set with its parse on the set's own tokens."""
    from spacy.tokens import Doc

    rows = list(read(file))
    docs = (Doc(nlp.vocab, words=row["text"].split(" ")) for row in rows)
    yield from zip(rows, nlp.pipe(docs), strict=True)


def read(file: Path) -> Iterator[dict[str, Any]]:
    """Rows of a file, packed (`.gz`) or not: `text` (words apart by a blank), `targets` with `span1` and `label`."""
    packed = file.with_name(f"{file.name}.gz")
    try:
        content = (packed if packed.exists() and not file.exists() else file).read_bytes()
        text = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
        yield from map(json.loads, text.decode("utf-8").splitlines())
    except (OSError, ValueError, EOFError) as error:
        raise InputError(str(file), str(error)) from error


def answer(judgement: Judgement, name: str) -> str:
    """Whether it happened, as far as a status and certainty tell, in the sense of a set."""
    status, certainty = judgement
    match status:
        case "denied":
            return DID_NOT
        case "occurred" | "ongoing":
            return DID if certainty == "certain" else OPEN
        case "future":
            return FUTURE[name]
        case _:
            return OPEN


def answers(values: list[tuple[float, str]]) -> dict[str, Any]:
    """Agreement of annotated values, as answers, with the answers found."""
    gold = [_answer(value) for value, _ in values]
    figures = by_class(gold, [found for _, found in values], ANSWERS)
    return {
        "accuracy": share(one == found for one, (_, found) in zip(gold, values, strict=True)),
        "accuracy_constant": round(Counter(gold).most_common(1)[0][1] / len(gold), 3),
        "macro_f1": macro(figures.values()),
        "answers": figures,
    }


def _answer(value: float) -> str:
    return DID_NOT if value < -1 else DID if value > 1 else OPEN


def score(values: list[tuple[float, float]]) -> dict[str, Any]:
    """Error and correlation of annotated (first) with predicted (second) values."""
    import numpy as np

    gold, found = np.array(values).T
    constant = float(np.median(gold))
    return {
        "words": len(values),
        "mae": round(float(np.abs(gold - found).mean()), 3),
        "mae_constant": round(float(np.abs(gold - constant).mean()), 3),
        "pearson_r": round(float(np.corrcoef(gold, found)[0, 1]), 3) if gold.std() and found.std() else None,
    }
