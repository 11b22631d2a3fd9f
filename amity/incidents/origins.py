"""Independent sources: who a claim comes from, with copies folded and quotations traced to whom they quote."""

from __future__ import annotations

import re
from collections.abc import Mapping

from amity.records import Actor, Article, Claim


def original(article: str, articles: Mapping[str, Article]) -> str:
    """The id of the article that this one repeats, through any number of copies; itself when it repeats none."""
    seen = {article}
    while (known := articles.get(article)) and known.copy_of and known.copy_of not in seen:
        article = known.copy_of
        seen.add(article)
    return article


def origin(claim: Claim, articles: Mapping[str, Article]) -> str:
    """The name of the source a claim rests on.

    The innermost voice that can be told from others, since one source quoted by ten papers is one source. Who stays
    unnamed ("officials", "a diplomat") is a source of the paper that quotes them: those of two papers are not known to
    be the same. Where nobody is quoted, it is the original article's publisher, its author, or the article itself.
    """
    publisher = _publisher(articles.get(original(claim.article, articles)), claim.article)
    for voice in reversed(claim.attribution):
        if label := _label(voice, publisher):
            return label
    return publisher


def _publisher(article: Article | None, id: str) -> str:
    return _plain(article.publisher or article.author or article.title or article.id) if article else id


def _plain(name: str) -> str:
    """The name without its article, so that "The Caspian Courier" and "Caspian Courier" are one source."""
    return " ".join(name.split()).removeprefix("The ").removeprefix("the ")


BODY = re.compile(
    r"\b(?:Ministry|Department|Government|Cabinet|Parliament|Presidency|Army|Navy|Forces?|Military|Guard|Staff|Command"
    r"|Police|Embassy|Office|Bank|Court|Council|Committee|Commission|Agency|Service)\b"
)
"""In names that many states have one of."""
PRONOUNS = frozenset("he she it they we i you who him her them this that these those both all".split())


def _label(voice: Actor, publisher: str) -> str | None:
    """What a voice is called among sources; null for a pronoun that stands for nobody known."""
    text = _plain(voice.name or voice.text or voice.country or "")
    if voice.name and not BODY.search(voice.name):
        return text
    if voice.country:
        return f"{text} ({voice.country})" if text else voice.country
    if not text or text.lower() in PRONOUNS:
        return None
    return text if voice.name else f"{text} ({publisher})"
