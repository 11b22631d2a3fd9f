"""Words as the merger compares them: lowercase stems without function words."""

import re
from functools import cache
from typing import Any

WORD = re.compile(r"[^\W_]+(?:[.’'-][^\W_]+)*")
FUNCTION_WORDS = frozenset(
    "a an the and or but nor so of in on at by for with from to into onto over under after before between against "
    "about as than then that this these those it its he she his her him they their them we our us i you your who "
    "whom whose which what when where why how is are was were be been being am do does did done has have had having "
    "will would shall should can could may might must not no n't s t also only just more most other such there here "
    "said say says told according mr mrs ms dr up out off if while because since until during through all any some "
    "one two both each new last first year month week day".split()
)


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@cache
def stem(word: str) -> str:
    """The stem of one lowercase word (Snowball's English stemmer)."""
    return str(_stemmer().stemWord(word))


def stems(text: str) -> frozenset[str]:
    """The stems of the content words of a text."""
    words = (match.group().lower() for match in WORD.finditer(text))
    return frozenset(stem(word) for word in words if word not in FUNCTION_WORDS)
