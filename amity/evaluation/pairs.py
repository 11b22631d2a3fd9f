"""Events, against sentences whose two parties and PLOVER type are annotated: the pair given, and end to end.

The table has the columns `sentence`, `source`, `target` and `gold_root` (tab-separated; `YIELD` stands for CONCEDE or
RETREAT).

End to end, a plain sentence goes in. It is a hit when a claim of the right type has an actor that overlaps the source
and a recipient that overlaps the target; sides of a mutual claim may change places. A target that stands nowhere in the
sentence ("a recipient") is met by a claim without recipient too. A sentence may hold more events than the one
annotated, so precision is given twice: `precision` counts types of claims about the annotated source or target,
`strict` every claim at all, speech acts' contents included.

Gated, source and target are given and one type is asked for: of the `claims`, that of the claim that fits the pair
best; of the `reader`, the likeliest, where the language pipeline has an event reader; `cross-validated`, what a linear
model makes of both and of the words and the parse around the pair (`amity.evaluation.gating`).
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amity.errors import InputError
from amity.evaluation import gating, reader
from amity.evaluation.coder import Coder, Without
from amity.evaluation.figures import by_class, macro, share
from amity.records import Article

if TYPE_CHECKING:
    from amity.records import Actor, Claim, Event

COLUMNS = ("sentence", "source", "target", "gold_root")
YIELD = "YIELD"
LOSSES = ("no event", "other type", "target missed", "source missed", "both missed")


@dataclass(frozen=True, slots=True)
class Pair:
    """An annotated sentence. `source` and `target` are character spans, null when the words are not in it."""

    text: str
    source: tuple[int, int] | None
    target: tuple[int, int] | None
    type: str


def evaluate(data: Path, model: Path | str | None = None, without: Without | None = None) -> dict[str, Any]:
    """Code every sentence of a table and score the events.

    `data` is the table or a folder that has it as `coding/plover_pairs.tsv`. Returns `end to end` (micro and macro
    precision, recall and F1, and the same by type) and `gated` (accuracy, macro F1). Raises `InputError`.
    """
    from amity.records import Event

    pairs = list(load(data))
    coder = Coder(model, without)
    judged: list[tuple[Pair, list[Claim]]] = []
    guesses: dict[str, list[str]] = {"claims": [], "reader": []}
    seen: list[dict[str, float]] = []
    articles = (Article(id="pair", text=pair.text, source="pairs") for pair in pairs)
    for pair, (doc, claims) in zip(pairs, coder.claims(articles), strict=True):
        judged.append((pair, claims))
        events = [claim for claim in claims if isinstance(claim, Event)]
        types = {"claims": of_claims(events, pair), "reader": reader.types(doc, pair.source, pair.target)}
        for name, weights in types.items():
            guesses[name].append(likeliest(weights))
        seen.append(gating.features(doc, pair.source, pair.target, _named(types)))
    gold = [pair.type for pair in pairs]
    guesses["cross-validated"] = gating.guesses(seen, gold, [pair.text for pair in pairs])
    gated = {name: classified(gold, found) if any(found) else None for name, found in guesses.items()}
    return {"end to end": score(judged), "gated": gated}


def load(data: Path) -> Iterator[Pair]:
    """Read the table; raises `InputError` when it is not there or a column is missing."""
    path = data / "coding" / "plover_pairs.tsv" if data.is_dir() else data
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = csv.DictReader(stream, delimiter="\t")
            if missing := [column for column in COLUMNS if column not in (rows.fieldnames or ())]:
                raise InputError(str(path), f"column '{missing[0]}' is missing")
            for row in rows:
                text = row["sentence"]
                yield Pair(text, _span(text, row["source"]), _span(text, row["target"]), row["gold_root"])
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(str(path), str(error)) from error


def _span(text: str, part: str) -> tuple[int, int] | None:
    start = text.find(part.strip())
    return (start, start + len(part.strip())) if start >= 0 and part.strip() else None


def of_claims(events: Iterable[Event], pair: Pair) -> dict[str, float]:
    """How well claims of each type fit a pair, up to 1: both sides before one, one before none."""
    worth: dict[str, float] = {}
    for event in events:
        sides = (_overlaps(event.actors, pair.source), _overlaps(event.recipients, pair.target))
        swapped = (_overlaps(event.actors, pair.target), _overlaps(event.recipients, pair.source))
        fit = 1 + 2 * sum(sides) + (sum(swapped) if event.mutual else 0)
        worth[event.type] = max(min(fit, 5) / 5, worth.get(event.type, 0.0))
    return worth


def _named(types: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Weights of types, and how great each is in tenths, as features."""
    named: dict[str, float] = {}
    for name, weights in types.items():
        for kind, weight in weights.items():
            named[f"{name} {folded(kind)}"] = max(weight, named.get(f"{name} {folded(kind)}", 0.0))
            named[f"{name} {folded(kind)} {weight:.1f}"] = 1.0
    return named


def likeliest(types: Mapping[str, float]) -> str:
    """The type with the greatest weight, as the annotation has it; the empty string when there is none."""
    folds: Counter[str] = Counter()
    for kind, weight in types.items():
        folds[folded(kind)] += weight  # type: ignore[assignment]  # a Counter of weights
    return max(folds, key=folds.__getitem__, default="")


def classified(gold: Sequence[str], found: Sequence[str]) -> dict[str, Any]:
    """Accuracy, macro F1 and figures by type, where each sentence has one type."""
    types = by_class(gold, found, sorted(set(gold)))
    right = share(one == other for one, other in zip(gold, found, strict=True))
    return {"accuracy": right, "macro_f1": macro(types.values()), "types": types}


def score(judged: Iterable[tuple[Pair, list[Claim]]]) -> dict[str, Any]:
    """Precision, recall and F1 of claims against pairs."""
    from amity.records import Event

    gold: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    near: Counter[str] = Counter()
    coded: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    silent = 0
    for pair, claims in judged:
        events = [claim for claim in claims if isinstance(claim, Event)]
        gold[pair.type] += 1
        hit = any(is_hit(pair, event) for event in events)
        hits[pair.type] += hit
        lost[loss(pair, events)] += not hit
        near.update({folded(event.type) for event in events if _touches(pair, event)})
        coded.update(folded(event.type) for event in events)
        silent += not events
    types = sorted(gold)
    by_type = {kind: _figures(hits[kind], near[kind], gold[kind]) for kind in types}
    total = _figures(hits.total(), near.total(), gold.total())
    return {
        "sentences": gold.total(),
        **total,
        "strict": round(hits.total() / max(coded.total(), 1), 3),
        "macro_f1": round(sum(figures["f1"] for figures in by_type.values()) / max(len(types), 1), 3),
        "without_event": round(silent / max(gold.total(), 1), 3),
        "losses": {name: round(lost[name] / max(gold.total(), 1), 3) for name in LOSSES},
        "types": by_type,
    }


def loss(pair: Pair, events: Sequence[Event]) -> str:
    """What is wrong with events none of which is the annotated one."""
    if not events:
        return "no event"
    if any(_acts(pair, event) and _suffers(pair, event) for event in events):
        return "other type"
    if any(_acts(pair, event) for event in events):
        return "target missed"
    return "source missed" if any(_suffers(pair, event) for event in events) else "both missed"


def is_hit(pair: Pair, event: Event) -> bool:
    """Whether the event is the annotated one."""
    return folded(event.type) == pair.type and _acts(pair, event) and _suffers(pair, event)


def folded(kind: str) -> str:
    """The type as the annotation has it."""
    return YIELD if kind in ("CONCEDE", "RETREAT") else kind


def _with_names(actors: tuple[Actor, ...], named: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """The actors and other mentions of them in the same claim: "Farc said it will" has the name in its attribution."""
    known = {(actor.country, actor.name, actor.sector) for actor in actors if actor.code}
    return (*actors, *(other for other in named if (other.country, other.name, other.sector) in known))


def _acts(pair: Pair, event: Event) -> bool:
    return _overlaps(_side(event, event.actors), pair.source)


def _suffers(pair: Pair, event: Event) -> bool:
    recipients = _side(event, event.recipients)
    return (pair.target is None and not event.recipients) or _overlaps(recipients, pair.target)


def _side(event: Event, actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Who stands on a side, under all their names; in mutual events everybody does."""
    everybody = (*event.actors, *event.recipients)
    return _with_names(everybody if event.mutual else actors, (*everybody, *event.attribution))


def _overlaps(actors: tuple[Actor, ...], span: tuple[int, int] | None) -> bool:
    return span is not None and any(actor.start < span[1] and span[0] < actor.end for actor in actors)


def _touches(pair: Pair, event: Event) -> bool:
    everybody = (*event.actors, *event.recipients)
    return _overlaps(everybody, pair.source) or _overlaps(everybody, pair.target)


def _figures(hits: int, coded: int, gold: int) -> dict[str, Any]:
    precision, recall = hits / max(coded, 1), hits / max(gold, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"gold": gold, "precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}
