"""Learn the lemmatizer's table: whole forms first, then endings, per group of tags (edit scripts, Chrupala 2006)."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from amity.annotate.lemmas import KEPT_CASE, LONGEST_ENDING, apply, group

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from training.corpora import Document

Script = tuple[int, str]  # letters to cut from the end, letters to put there


def learn(documents: Iterable[Document], known: Collection[str]) -> dict[str, dict[str, dict[str, object]]]:
    """Return the table that `amity.annotate.lemmas` reads; `known` are words of the encoder's vocabulary."""
    seen: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for sentence in (s for document in documents for s in document):
        for form, upos, feats, lemma in zip(
            sentence.forms, sentence.upos, sentence.feats, sentence.lemmas, strict=True
        ):
            if lemma != "_":
                seen[group(upos, feats)][form, lemma] += 1
    endings = {name: _endings(counts) for name, counts in seen.items()}
    forms = {
        name: _exceptions(counts, endings[name], name.split("|")[0] in KEPT_CASE, known)
        for name, counts in seen.items()
    }
    for name, table in forms.items():
        if name.startswith("VERB|") and "Tense=Past" in name:
            forms[name] = dict(sorted((irregular_verbs() | table).items()))
    return {"endings": endings, "forms": forms}


def irregular_verbs() -> dict[str, str]:
    """Return the past forms and past participles of English irregular verbs with their lemmas."""
    entries = (entry.split() for entry in IRREGULAR.split(","))
    return {form: lemma for lemma, *forms in entries for form in forms}


IRREGULAR = """
arise arose arisen, awake awoke awoken, bear bore borne born, beat beat beaten, become became, begin began
begun, bend bent, bet bet, bind bound, bite bit bitten, bleed bled, blow blew blown, break broke broken, breed
bred, bring brought, broadcast broadcast, build built, burn burnt, burst burst, buy bought, cast cast, catch
caught, choose chose chosen, cling clung, come came, cost cost, creep crept, cut cut, deal dealt, dig dug,
draw drew drawn, dream dreamt, drink drank drunk, drive drove driven, dwell dwelt, eat ate eaten, fall fell
fallen, feed fed, feel felt, fight fought, find found, flee fled, fling flung, fly flew flown, forbid forbade
forbidden, forecast forecast, foresee foresaw foreseen, forget forgot forgotten, forgive forgave forgiven,
forgo forwent forgone, forsake forsook forsaken, freeze froze frozen, get got gotten, give gave given, go went
gone, grind ground, grow grew grown, hang hung, have had, hear heard, hide hid hidden, hit hit, hold held,
hurt hurt, keep kept, kneel knelt, know knew known, lay laid, lead led, lean leant, leap leapt, learn learnt,
leave left, lend lent, let let, light lit, lose lost, make made, mean meant, meet met, mislead misled, mistake
mistook mistaken, offset offset, outbid outbid, outgrow outgrew outgrown, overcome overcame, oversee oversaw
overseen, override overrode overridden, overrun overran, overtake overtook overtaken, overthrow overthrew
overthrown, partake partook partaken, pay paid, prove proven, put put, quit quit, read read, rebuild rebuilt,
remake remade, repay repaid, rethink rethought, rewrite rewrote rewritten, rid rid, ride rode ridden, ring
rang rung, rise rose risen, run ran, say said, see saw seen, seek sought, sell sold, send sent, set set, shake
shook shaken, shed shed, shine shone, shoot shot, show shown, shrink shrank shrunk, shut shut, sing sang sung,
sink sank sunk, sit sat, slay slew slain, sleep slept, slide slid, speak spoke spoken, speed sped, spend
spent, spill spilt, spin spun, split split, spoil spoilt, spread spread, spring sprang sprung, stand stood,
steal stole stolen, stick stuck, sting stung, strike struck stricken, strive strove striven, swear swore
sworn, sweep swept, swell swollen, swim swam swum, swing swung, take took taken, teach taught, tear tore torn,
tell told, think thought, throw threw thrown, thrust thrust, tread trod trodden, undergo underwent undergone,
understand understood, undertake undertook undertaken, undo undid undone, uphold upheld, upset upset, wake
woke woken, wear wore worn, weave wove woven, weep wept, win won, wind wound, withdraw withdrew withdrawn,
withhold withheld, withstand withstood, wring wrung, write wrote written, do did done, be was were been
"""


def _script(form: str, lemma: str) -> Script:
    common = 0
    while common < min(len(form), len(lemma)) and form[common] == lemma[common]:
        common += 1
    return len(form) - common, lemma[common:]


def _endings(counts: Counter[tuple[str, str]]) -> dict[str, list[Script]]:
    """Return the commonest scripts (up to three) of every ending, unless the shorter ending has the same."""
    votes: dict[str, Counter[Script]] = defaultdict(Counter)
    for form, lemma in {(form.lower(), lemma.lower()) for form, lemma in counts}:
        script = _script(form, lemma)
        for size in range(min(LONGEST_ENDING, len(form)) + 1):
            if script[0] <= size:
                votes[form[len(form) - size :]][script] += 1
    chosen: dict[str, list[Script]] = {}
    for ending in sorted(votes, key=len):
        scripts = [script for script, count in votes[ending].most_common(3) if count > 1]
        shorter = next((chosen[ending[n:]] for n in range(1, len(ending) + 1) if ending[n:] in chosen), None)
        if scripts and scripts != shorter:
            chosen[ending] = scripts
    chosen.setdefault("", [(0, "")])
    return chosen


def _exceptions(
    counts: Counter[tuple[str, str]], endings: dict[str, list[Script]], kept: bool, known: Collection[str]
) -> dict[str, str]:
    """Return the forms whose commonest lemma the endings miss; capitalised ones only if the lemma keeps the capital."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for (form, lemma), count in counts.items():
        votes[form][lemma] += count
        if not kept and form != form.lower() and lemma == lemma.lower():
            votes[form.lower()][lemma] += count
    best = {form: lemmas.most_common(1)[0][0] for form, lemmas in votes.items()}
    if not kept:
        best = {form: lemma for form, lemma in best.items() if form == form.lower() or lemma != lemma.lower()}
    return {
        form: lemma
        for form, lemma in sorted(best.items())
        if apply(form if kept else form.lower(), endings, known) != lemma
    }
