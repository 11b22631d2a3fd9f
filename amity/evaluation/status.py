"""Status and certainty, against UDS-IH2 (Rudinger et al. 2018, NAACL) and MEANTIME (Minard et al. 2016, LREC).

Both give every event word a factuality from −3 (certainly did not happen) over 0 (unknown) to 3 (certainly happened),
but not on one scale: UDS asks whether something has happened, so that the future counts as no; MEANTIME takes an
announced future for a fact. So each status and certainty stands for the mean of the values that the *train* half of the
set gives to the words so judged, and the other half is predicted from that. Reported are the mean absolute error,
Pearson's r, and the share of words with the same sign (below −1, between, above 1), beside the best constant.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from amity.errors import InputError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from amity.records import Certainty, Status

SETS = ("uds_ih2", "meantime")
Judgement: TypeAlias = "tuple[Status, Certainty]"


def evaluate(data: Path, split: str = "dev", model: Path | str | None = None) -> dict[str, Any]:
    """Judge the annotated words of each set's `split`; `data` is the folder with `factuality/`. Raises `InputError`."""
    import amity.annotate
    import amity.codebook

    nlp, codebook = amity.annotate.load(model), amity.codebook.load()
    folder = data / "factuality"
    results = {}
    for name in SETS:
        scale = fitted(judged(nlp, codebook, folder, f"{name}-train"))
        found = judged(nlp, codebook, folder, f"{name}-{split}")
        results[f"{name}-{split}"] = score([(gold, scale.get(judgement, 0.0)) for gold, judgement in found])
    return results


def fitted(judgements: Iterable[tuple[float, Judgement]]) -> dict[Judgement, float]:
    """What each status and certainty stands for on the scale of a set: the mean of the annotated values."""
    values: dict[Judgement, list[float]] = {}
    for gold, judgement in judgements:
        values.setdefault(judgement, []).append(gold)
    return {judgement: sum(found) / len(found) for judgement, found in values.items()}


def judged(nlp: Language, codebook: Any, folder: Path, name: str) -> Iterator[tuple[float, Judgement]]:
    """Annotated value and found judgement of every word that the tokenisation of the set and of the model share."""
    from amity.coding import parse
    from amity.coding.mentions import Mentions
    from amity.coding.reading import Reading
    from amity.coding.status import status
    from amity.coding.voices import Voices
    from amity.records import Article

    for row, doc in ((row, parse.Doc(read)) for row, read in parsed(nlp, folder, name)):
        article = Article(id=str(row["idx"]), text=doc.text, source=name)
        mentions = Mentions.find(article, doc, codebook)
        voices = Voices.find(article, doc, codebook, mentions)
        reading = Reading(article, doc, codebook, mentions, voices, None, None, [])  # type: ignore[arg-type]
        for target in row["targets"]:
            yield float(target["label"]), status(reading, doc[target["span1"][0]])


def parsed(nlp: Language, folder: Path, name: str) -> Iterator[tuple[dict[str, Any], Doc]]:
    """Every sentence of a set with its parse on the set's own tokens."""
    from spacy.tokens import Doc

    rows = list(read(folder, name))
    docs = (Doc(nlp.vocab, words=row["text"].split(" ")) for row in rows)
    yield from zip(rows, nlp.pipe(docs), strict=True)


def read(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """Rows of a set: `text` (words apart by a blank) and `targets` with `span1` (first word, end) and `label`."""
    plain, packed = folder / f"{name}.jsonl", folder / f"{name}.jsonl.gz"
    try:
        text = plain.read_text("utf-8") if plain.exists() else gzip.decompress(packed.read_bytes()).decode("utf-8")
        yield from map(json.loads, text.splitlines())
    except (OSError, ValueError) as error:
        raise InputError(str(plain), str(error)) from error


def score(values: list[tuple[float, float]]) -> dict[str, Any]:
    """Agreement of annotated (first) with found (second) values."""
    import numpy as np

    gold, found = np.array(values).T
    constant = float(np.median(gold))
    return {
        "words": len(values),
        "mae": round(float(np.abs(gold - found).mean()), 3),
        "mae_constant": round(float(np.abs(gold - constant).mean()), 3),
        "pearson_r": round(float(np.corrcoef(gold, found)[0, 1]), 3),
        "sign_accuracy": round(float((_sign(gold) == _sign(found)).mean()), 3),
        "sign_constant": round(float((_sign(gold) == _sign(np.full_like(gold, constant))).mean()), 3),
    }


def _sign(values: Any) -> Any:
    import numpy as np

    return np.where(values < -1, -1, np.where(values > 1, 1, 0))
