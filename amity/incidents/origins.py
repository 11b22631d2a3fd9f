"""Independent sources: who a claim comes from, with copies folded and quotations traced to whom they quote."""

from __future__ import annotations

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

    The innermost voice that is named, since one source quoted by ten papers is one source; where nobody is quoted,
    the publisher of the original article, its author, or the article itself.
    """
    for voice in reversed(claim.attribution):
        if label := _label(voice):
            return _plain(label)
    known = articles.get(original(claim.article, articles))
    if known is None:
        return claim.article
    return _plain(known.publisher or known.author or known.title or known.id)


def _plain(name: str) -> str:
    """The name without its article, so that "The Caspian Courier" and "Caspian Courier" are one source."""
    return " ".join(name.split()).removeprefix("The ").removeprefix("the ")


def _label(voice: Actor) -> str | None:
    if voice.name:
        return voice.name
    if voice.country:
        return f"{voice.text} ({voice.country})" if voice.text else voice.country
    return voice.text or None
