"""What every claim has in common: its evidence, status, voice, time and place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from amity.coding.status import status
from amity.coding.syntax import clause_span, is_past, predicate
from amity.records import Coder
from amity.version import __version__

if TYPE_CHECKING:
    from amity.coding.parse import Token
    from amity.coding.reading import Reading
    from amity.records import Article, Layer


LONGEST_DATELINE = 120
DATELINE = re.compile(
    r"(?:[A-ZÀ-Þ][A-ZÀ-Þ/.,’' -]{2,}[^\n–—(]{0,40}|[A-ZÀ-Þ][^\n–—(]{2,60}(?=\())(?:\([^)\n]{1,40}\)\s*)?(?:[–—-]|--)\s+"
)


def base(
    reading: Reading,
    token: Token,
    rule: str,
    tokens: Iterable[Token] = (),
    layer: Layer | None = None,
    trigger: Iterable[Token] = (),
    negation: bool = True,
    standing: bool = False,
    act: str = "",
) -> dict[str, Any]:
    """Fields common to all claims, for the claim that `token` carries by `rule`.

    `tokens` are argument heads that the quoted clause has to contain; `trigger` are further words that belong to the
    trigger ("impose … sanctions"). `negation=False` leaves the trigger's own negation out of the status, for rules that
    have it in their meaning; `standing` is for what lasts rather than happens: it is ongoing unless told in the past;
    `act` is the PLOVER type of an event, or `amity.coding.status.DEAL`.
    The quote is an exact substring of the article's text.
    """
    article, doc = reading.article, reading.doc
    start, end = clause_span(token, (*tokens, *trigger))
    start = _after_headings(article, start, min(word.idx for word in (token, *tokens, *trigger)))
    words = sorted({token, *trigger}, key=lambda word: word.i)
    stated, certainty = status(reading, token, negation, act)
    if standing and stated == "occurred" and not is_past(predicate(token)):
        stated = "ongoing"
    announced = act in reading.codebook.factuality.announced
    date, date_text = reading.dates.uttered(token) if announced else reading.dates.of(token)
    return {
        "article": article.id,
        "source": article.source,
        "quote": article.text[start:end],
        "start": start,
        "end": end,
        "sentence": reading.sentences[token.i],
        "trigger": _words(article.text, words),
        "trigger_start": words[0].idx,
        "status": stated,
        "certainty": certainty,
        "attribution": reading.voices.chain(token),
        "date": date,
        "date_text": date_text,
        "place": reading.places.of(token),
        "layer": layer,
        "coder": Coder(version=__version__, model=model_name(doc.user_data), rule=rule),
    }


def _after_headings(article: Article, start: int, first: int) -> int:
    """Where a clause begins that byline or dateline stand before: "DOHA, 4 May 2015 (Agency) – Qatar signed …"."""
    text = article.text
    for span in article.furniture:
        if start < span.end <= first:
            start = span.end
    while start < first and text[start].isspace():
        start += 1
    opens = start == 0 or text[start - 1] == "\n"
    found = DATELINE.match(text, start, start + LONGEST_DATELINE) if opens else None
    return found.end() if found and found.end() <= first else start


def model_name(user_data: dict[Any, Any]) -> str:
    """Name and version of the language model that parsed the document, empty when it did not say."""
    return str(user_data.get("model", ""))


def _words(text: str, words: list[Token]) -> str:
    """The trigger as it stands in the text; words that are no neighbours are joined by an ellipsis."""
    runs: list[list[Token]] = []
    for word in words:
        if runs and runs[-1][-1].i == word.i - 1:
            runs[-1].append(word)
        else:
            runs.append([word])
    return " … ".join(text[run[0].idx : run[-1].idx + len(run[-1].text)] for run in runs)
