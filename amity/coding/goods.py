"""Military goods in the text: designations and kinds of arms that the codebook knows, as noun phrases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from amity.coding.syntax import adposition, children, coordinated, label

if TYPE_CHECKING:
    from amity.codebook import Codebook
    from amity.codebook.phrases import Entry
    from amity.coding.parse import Doc, Span, Token

LISTING = ("of", "including", "include", "such as", "like", "from", "to", "as well as", "as")
STANDING_IN = frozenset({"it", "them", "some", "both", "these", "those", "none", "one", "ones", "more"})
CUT = frozenset({"acl:relcl", "acl", "punct", "cc", "det", "case", "nmod:poss", "parataxis", "advcl", "ccomp"})


@dataclass(frozen=True, slots=True)
class Good:
    """A noun phrase for arms: its head, the words that name the system, its category (null for "weapons").

    `origin` is the state that makes the system, where a designation tells it. `civil` goods, like lorries, are military
    only in the hands of forces.
    """

    token: Token
    system: str
    category: str | None
    origin: str | None = None
    civil: bool = False


@dataclass(slots=True)
class Goods:
    """Finds arms in noun phrases, sentence by sentence, on demand."""

    doc: Doc
    codebook: Codebook
    _sentences: dict[int, dict[int, tuple[str, Entry | None]]] = field(default_factory=dict)

    def among(self, nominal: Token) -> list[Good]:
        """Arms that a noun phrase names, lists and "including …" spelled out."""
        found: list[Good] = []
        for head in coordinated(nominal):
            good = self.of(head) or self._meant(head)
            if good is not None:
                found.append(good)
            for part in children(head, "nmod", "obl", "appos"):
                described = label(part) == "appos" and good is not None and good.origin is not None
                if described:  # "the Cheongung II, a surface-to-air missile system"
                    continue
                if label(part) == "appos" or adposition(part) in LISTING:
                    found += self.among(part)
        return list({good.token.i: good for good in found}.values())

    def of(self, head: Token) -> Good | None:
        """The arms that a noun with its modifiers names, coordination left out; null when it is no arms."""
        named = self._named(head.sent)
        span = [head, *_modifiers(head)]
        hits = [named[word.i] for word in sorted(span, key=lambda word: word.i) if word.i in named]
        if not hits:
            return self._again(head, named) or self._civil(head)
        designated = [hit for hit in hits if hit[1] is not None and hit[1].role == "designation"]
        own = named.get(head.i)
        if own is None and not designated:
            return None
        text, entry = (designated or [own or hits[0]])[0]
        generic = own[1] if own is not None else None
        category = next((known.sector for known in (entry, generic) if known is not None), None)
        if entry is None or not designated:
            return Good(head, text, category)
        return Good(head, entry.name, category, entry.country)

    def _again(self, head: Token, named: Mapping[int, object]) -> Good | None:
        """ "the boats" after "patrol boats" in the same sentence."""
        if not any(word.lower_ in ("the", "these", "those") for word in children(head, "det")):
            return None
        before = [i for i in named if i < head.i and self.doc[i].lemma_ == head.lemma_ and self.doc[i].pos_ == "NOUN"]
        earlier = self.of(self.doc[before[-1]]) if before else None
        return replace(earlier, token=head) if earlier is not None else None

    def _meant(self, word: Token) -> Good | None:
        """ "bought them", "leases fourteen": arms that the sentence before, or this one, has named last."""
        alone = word.lower_ in STANDING_IN or (word.pos_ == "NUM" and not word.text[:1].isdigit())
        if not alone or children(word, "nmod"):
            return None
        for sentence in _back(word, 3):
            named = self._named(sentence)
            for i in sorted((i for i in named if i < word.i), reverse=True):
                good = self.of(self.doc[i]) if self.doc[i].pos_ in ("NOUN", "PROPN") else None
                if good is not None:
                    return replace(good, token=word)
        return None

    def _civil(self, head: Token) -> Good | None:
        """What anybody may have, but forces use in their trade: "lorries", "flak jackets"."""
        if head.pos_ != "NOUN" or head.lemma_.lower() not in self.codebook.transfers.civil:
            return None
        return Good(head, head.text, "equipment", civil=True)

    def _named(self, sentence: Span) -> dict[int, tuple[str, Entry | None]]:
        if sentence.start not in self._sentences:
            self._sentences[sentence.start] = self._find(sentence)
        return self._sentences[sentence.start]

    def _find(self, sentence: Span) -> dict[int, tuple[str, Entry | None]]:
        found: dict[int, tuple[str, Entry | None]] = {}
        for token in sentence:
            lemma = token.lemma_.lower()
            before = f"{self.doc[token.i - 1].lower_} {lemma}" if token.i > sentence.start else lemma
            if {lemma, token.lower_, before} & self.codebook.transfers.umbrella:
                found[token.i] = (token.text, None)
        offset = sentence.start_char
        for match in self.codebook.find(sentence.text):
            arms = [entry for entry in match.entries if entry.kind == "arms"]
            span = self.doc.char_span(offset + match.start, offset + match.end, alignment_mode="expand")
            if arms and span is not None:
                found |= {token.i: (span.text, arms[0]) for token in span}
        return found | {
            token.i: plural for token in sentence if token.i not in found and (plural := self._plural(token))
        }

    def _plural(self, token: Token) -> tuple[str, Entry | None] | None:
        """ "Eurofighters", "Gripens": a designation with the ending of a common noun."""
        text = token.text
        if len(text) < 5 or not text[0].isupper() or not text.endswith("s"):
            return None
        matches = self.codebook.find(text[:-1])
        named = (
            entry for match in matches if match.end == len(text) - 1 and not match.start for entry in match.entries
        )
        arms = next((entry for entry in named if entry.kind == "arms" and entry.role == "designation"), None)
        return (text, arms) if arms is not None else None


def _back(word: Token, sentences: int) -> Iterator[Span]:
    """The sentence of the word and those before it, so many in all."""
    sentence = word.sent
    for _ in range(sentences):
        yield sentence
        if not sentence.start:
            return
        sentence = word.doc[sentence.start - 1].sent


def _modifiers(head: Token) -> list[Token]:
    found = []
    for other in head.children:
        if (
            other.dep_ not in CUT
            and label(other) in ("amod", "compound", "flat", "nmod", "nummod", "appos")
            and other.i < head.i
        ) or label(other) in ("flat",):
            found += [other, *_modifiers(other)]
    return found
