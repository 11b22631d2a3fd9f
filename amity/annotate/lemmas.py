"""Lemmas by table: known forms, then the longest known ending of the word's group of tags."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

LONGEST_ENDING = 5
KEPT_CASE = frozenset({"PROPN", "X", "SYM", "PUNCT"})
DECIDING = frozenset({"Number", "Person", "Degree", "Tense", "VerbForm"})
INFLECTED = frozenset({"NOUN", "PROPN", "VERB", "AUX", "ADJ", "ADV"})

Script = tuple[int, str]


def group(upos: str, feats: str) -> str:
    """Return the name of the group of tags that decides how a word is inflected."""
    if upos not in INFLECTED:
        return upos
    return "|".join([upos, *(pair for pair in feats.split("|") if pair.split("=")[0] in DECIDING)])


def apply(form: str, endings: Mapping[str, Sequence[Script]], known: Collection[str]) -> str:
    """Return the lemma by the longest ending of the form in the table: its first script that makes a known word.

    Where none does, the commonest script decides. A stem is never empty.
    """
    lowered = form.lower()
    for size in range(min(LONGEST_ENDING, len(form)), -1, -1):
        scripts = endings.get(lowered[len(form) - size :])
        if scripts is not None:
            lemmas = [form[: len(form) - cut] + added for cut, added in scripts if cut < len(form)] or [form]
            return next((lemma for lemma in lemmas if lemma.lower() in known), lemmas[0])
    return form


class Lemmatizer:
    """Reads the table that `training.lemmas` learned; `known` words help to choose between scripts."""

    def __init__(self, path: Path, known: Collection[str]) -> None:
        table = json.loads(path.read_text(encoding="utf-8"))
        self._forms: dict[str, dict[str, str]] = table["forms"]
        self._endings: dict[str, dict[str, list[Script]]] = table["endings"]
        self._known = known

    def __call__(self, form: str, upos: str, feats: str, named: bool = False) -> str:
        """Return the lemma of a form with its universal part of speech and features.

        Names and mixed spellings keep their capitals ("Azerbaijani", "UAVs"), other words lose them.
        """
        name = group(upos, feats)
        forms = self._forms.get(name, {})
        word = form if upos in KEPT_CASE or named or _is_mixed(form) else form.lower()
        known = forms.get(form) or forms.get(word)
        return known or apply(word, self._endings.get(name, {}), self._known)


def _is_mixed(form: str) -> bool:
    return not (form.islower() or form.isupper() or form.istitle()) and any(map(str.isupper, form[1:]))
