"""An article made ready for coding: its parse, and what its words mean before any claim is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amity.coding.dates import Dates
from amity.coding.mentions import Mentions
from amity.coding.parse import Doc
from amity.coding.places import Places
from amity.coding.voices import Voices

if TYPE_CHECKING:
    from spacy import tokens

    from amity.codebook import Codebook
    from amity.records import Article


@dataclass(slots=True)
class Reading:
    """What every extractor works on.

    `mentions` knows whom a phrase stands for, `voices` who says a word, `dates` and `places` when and where a
    predicate happens, `sentences` the number of each token's sentence, from 1. Each is computed once for the article.
    """

    article: Article
    doc: Doc
    codebook: Codebook
    mentions: Mentions
    voices: Voices
    dates: Dates
    places: Places
    sentences: list[int]


def read(article: Article, parse: tokens.Doc, codebook: Codebook) -> Reading:
    """Resolve actors, voices, dates and places of one parsed article."""
    doc = Doc(parse)
    mentions = Mentions.find(article, doc, codebook)
    return Reading(
        article=article,
        doc=doc,
        codebook=codebook,
        mentions=mentions,
        voices=Voices.find(article, doc, codebook, mentions),
        dates=Dates.find(article, doc),
        places=Places.find(doc, codebook, mentions),
        sentences=[number for number, sentence in enumerate(doc.sents, start=1) for _ in sentence],
    )
