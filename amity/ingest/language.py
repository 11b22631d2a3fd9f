"""Which language a text is in, told from its body."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

from amity.records import Article

# What news on states is written in. Few and distinct: every rare relative added costs errors on the frequent ones.
LANGUAGES = (
    "am", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr",
    "he", "hi", "hr", "hu", "hy", "id", "it", "ja", "ka", "kk", "km", "ko", "ku", "ky", "lo", "lt", "lv", "mk",
    "mn", "ms", "my", "ne", "nl", "no", "pl", "ps", "pt", "ro", "ru", "si", "sk", "sl", "so", "sq", "sr", "sv",
    "sw", "ta", "te", "th", "tl", "tr", "uk", "ur", "uz", "vi", "zh",
)  # fmt: skip
MIN_LETTERS = 40
SAMPLE = 2_000


def identify(body: str) -> str | None:
    """ISO 639-1 code of the language of `body`, null when there are fewer than 40 letters to tell it from."""
    sample = body[:SAMPLE] if len(body) < 3 * SAMPLE else body[len(body) // 3 :][:SAMPLE]
    if sum(map(str.isalpha, sample)) < MIN_LETTERS:
        return None
    return str(_identifier().classify(sample)[0])


def readable(article: Article, languages: Collection[str] = ("en",)) -> bool:
    """Whether a model for `languages` may read the article; a text too short to tell counts as readable."""
    return article.language is None or article.language.split("-")[0].lower() in languages


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
