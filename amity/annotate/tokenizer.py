"""Word tokenization as Universal Dependencies does it for English, with spaCy's own tokenizer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacy.symbols import ORTH
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

# Prefixes that UD keeps in one word with what they modify: "anti-Israeli", but "Israeli - made" is three words.
BOUND_PREFIXES = (
    "anti ante arch bi co contra counter cross de e em ex extra hyper infra inter intra macro mega meta micro mid "
    "mini mono multi neo non para poly post pre pro proto pseudo psycho quasi re semi socio sub super trans tri "
    "ultra uni"
).split()

LETTER = r"[^\W\d_]"
DASH = r"(?:--+|[-–—‐‑‒―−~])"
APOSTROPHE = r"['’ʼ`´]"

UNITS = (
    r"km2? kms mm cm kg mg lbs? oz mph kph am pm AM PM a\.m\. p\.m\. bn mn tn m k K GB MB MW GW kW Hz MHz GHz ft mi "
    r"hrs? mins? secs? g %"
).split()

PREFIXES = (
    r"[.!?]{2,}", r"…", r"''", r"’’", r"‘’", r"<<+", r">>+", r"``", r"--+",
    r"[-–—―‒−](?=[^\W\d_]|[-–—\"“‘(\[])", r"[–—―‒−](?=\d)",
    r"['\"“”‘’‚„‛‟«»‹›`´]", r"[(){}\[\]<>]", r"[,;:!?¿¡•·●▪■*_|~^=§¶†‡]", r"/",
    r"#(?=\d)", r"[$£€¥₽₹₪₺₴¢]", r"(?:US|A|C|NZ|HK|NT)(?=\$)",
    r"[+±≈≤≥<>](?=\d)", r"[\U0001f300-\U0001faff\u2600-\u27bf]", r"&(?=$|&)", r"\.(?=[^\W\d_]{2,}$)",
    r"@(?=$)", r"\\",
)  # fmt: skip

SUFFIXES = (
    r"[.!?]{2,}", r"…", r"''", r"’’", r"<<+", r">>+", r"``", r"--+", r"(?<=\d)\.", r"[-–—―‒−]",
    r"(?<=[^\W_]{2})\.", r"(?<=['’][a-z])\.", r"(?<=[^\x00-\x7f])\.", r"(?<=[)\]}%\"”’'»!?:;,°²³$€£])\.",
    r"['\"“”‘’‚„‛‟«»‹›`´]", r"[(){}\[\]<>]", r"[,;:!?•·●▪■*_|~^=§¶†‡]", r"/", r"(?<=\d)%", r"%",
    r"[$£€¥₽₹₪₺₴¢]",
    APOSTROPHE + r"[sSmMdD](?=$)", APOSTROPHE + r"(?:ll|re|ve|LL|RE|VE)(?=$)", r"(?<=[A-Za-z])n['’]t",
    r"(?<=[A-Za-z])N['’]T", r"(?<=\d)\+", r"[\U0001f300-\U0001faff\u2600-\u27bf]", r"(?<=°)[CF]", r"[°º²³]",
    rf"(?<=\d)(?:{'|'.join(UNITS)})(?=$)",
    r"(?<=[^\W\d_]{2})\.(?=$)",
)  # fmt: skip

INFIXES = (
    r"\.\.+", r"…", r"--+", r"[–—―−]",
    rf"(?<=[^\W_]){DASH}(?=[^\W_])", rf"(?<=[.)\]'\"”’%]){DASH}(?=[^\W_\d(\"“])", rf"(?<=[^\W_]){DASH}(?=[(\"“‘$£€])",
    r"(?<=[^\W\d_])/(?=[^\W_])", r"(?<=\d)/(?=[^\W\d_])", r"(?<=[^\W\d_]{2})[,;:!?](?=[^\W\d_])",
    r"(?<=\d),(?=[^\W\d_])", r"(?<=[^\W\d_]),(?=\d)",
    r"(?<=[a-zß-ÿ]{2})[.?!](?=[A-ZÀ-Þ][a-zß-ÿ])", r"[()\[\]{}\"“”<>«»]", r"(?<=[^\W_])[=*_~|•](?=[^\W_])",
)  # fmt: skip

URL = re.compile(
    r"^(?:(?:https?|ftp)://\S+|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[@#][^\W\d]\w*"
    r"|(?:[\w-]+\.)+(?:com|org|net|edu|gov|mil|int|info|co|uk|us|ca|de|fr|ru|ir|il|tr|az|am|ge|eu|io|tv"
    r"|html?|pdf|doc|xls|txt|jpg)(?:/\S*)?)$",
    re.IGNORECASE,
)
WHOLE = re.compile(
    rf"^(?:(?:{'|'.join(BOUND_PREFIXES)})[-‑–]{LETTER}+"  # bound prefixes
    r"|(?:[^\W\d_]\.){2,}"  # U.S., a.m.
    r"|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}"  # 2004-11-02, 2/11/04
    r"|\(?\+?\d{1,3}\)?[-.]\d{3}[-.]\d{4}|\d{3}[-.]\d{3}[-.]\d{4}|\d{3}-\d{4}"  # telephone
    r"|[:;=8xX][-o^']?[()\[\]DPpOo/\\|*3]+|<3+|\^_\^|-_-|:'\(|[:;]-?\)+"  # smileys
    r"|\*+|-{2,}|={2,}|_{2,}|~{2,}|[!?]{2,}|\.{2,}|#+"  # rules of signs
    r")$",
    re.IGNORECASE,
)

ABBREVIATIONS = (
    "Mr. Mrs. Ms. Dr. Prof. Rev. Hon. Sen. Rep. Gov. Pres. Gen. Brig. Maj. Col. Lt. Capt. Cmdr. Adm. Sgt. "
    "Cpl. Pvt. Amb. Supt. Insp. Fr. Sr. Jr. St. Ste. Mt. Ft. Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sep. Sept. "
    "Oct. Nov. Dec. Mon. Tue. Tues. Wed. Thu. Thur. Thurs. Fri. Sat. Sun. Inc. Ltd. Co. Corp. Bros. Cie. Plc. "
    "LLC. vs. v. al. cf. viz. ca. c. approx. dept. Dept. est. Est. govt. Govt. Nos. nos. p. pp. vol. Vol. "
    "vols. ed. eds. ch. Ch. sec. Sec. fig. Fig. figs. Figs. para. Univ. Inst. Assn. Ave. Blvd. Rd. Hwy. Sq. "
    "tel. Tel. ext. Ext. Ala. Ariz. Ark. Calif. Colo. Conn. Del. Fla. Ga. Ill. Ind. Kan. Ky. La. Md. Mass. "
    "Mich. Minn. Miss. Mo. Mont. Neb. Nev. Okla. Ore. Pa. Penn. Tenn. Tex. Va. Vt. Wash. Wis. Wyo. D.C. Ph.D. "
    "Ph.Ds. B.A. M.A. M.D. M.Sc. B.Sc. i.e. e.g. a.k.a. a.m. p.m. des. h.c. Lt.Gen. Maj.Gen. Brig.Gen. "
    "Lt.Col. Dr.des. Ing. Dipl. Messrs. Mmes. Mme. Mlle. Esq. Gens. Cols. Reps. Sens. Drs. "
).split()

SPLITS: dict[str, tuple[str, ...]] = {
    "cannot": ("can", "not"), "gonna": ("gon", "na"), "gotta": ("got", "ta"), "wanna": ("wan", "na"),
    "lemme": ("lem", "me"), "gimme": ("gim", "me"), "dunno": ("du", "n", "no"), "whatcha": ("what", "cha"),
    "gotcha": ("got", "cha"), "'tis": ("'t", "is"), "'twas": ("'t", "was"), "d'you": ("d'", "you"),
    "dont": ("do", "nt"), "doesnt": ("does", "nt"), "didnt": ("did", "nt"), "cant": ("ca", "nt"), "wont": ("wo", "nt"),
    "isnt": ("is", "nt"), "arent": ("are", "nt"), "wasnt": ("was", "nt"), "werent": ("were", "nt"),
    "havent": ("have", "nt"), "hasnt": ("has", "nt"), "hadnt": ("had", "nt"), "couldnt": ("could", "nt"),
    "wouldnt": ("would", "nt"), "shouldnt": ("should", "nt"), "aint": ("ai", "nt"), "im": ("i", "m"),
    "ive": ("i", "ve"), "thats": ("that", "s"), "theyre": ("they", "re"), "youre": ("you", "re"),
    "youve": ("you", "ve"),
}  # fmt: skip
NEGATED = "do does did have has had is are was were could would should might must need dare ai ca wo sha ought".split()


def exceptions() -> Iterator[tuple[str, list[dict[int, str]]]]:
    """Strings with a fixed split: abbreviations (whole), contractions, in their usual casings."""
    for abbreviation in ABBREVIATIONS:
        for form in {abbreviation, abbreviation.upper()} if len(abbreviation) > 3 else {abbreviation}:
            yield form, [{ORTH: form}]
    splits = dict(SPLITS)
    for verb in NEGATED:
        splits |= {f"{verb}n{mark}t": (verb, f"n{mark}t") for mark in "'’"}
    for whole, parts in splits.items():
        for case in (str, str.capitalize, str.upper):
            yield case(whole), [{ORTH: part} for part in _cased(case(whole), parts)]


def _cased(whole: str, parts: tuple[str, ...]) -> Iterator[str]:
    start = 0
    for part in parts:
        yield whole[start : start + len(part)]
        start += len(part)


def build_tokenizer(nlp: Language) -> Tokenizer:
    """Return a tokenizer that splits as the English Web Treebank and GUM do; offsets stay exact."""
    tokenizer = Tokenizer(
        nlp.vocab,
        rules=dict(exceptions()),
        prefix_search=compile_prefix_regex(PREFIXES).search,
        suffix_search=compile_suffix_regex(SUFFIXES).search,
        infix_finditer=compile_infix_regex(INFIXES).finditer,
        token_match=WHOLE.match,
        url_match=URL.match,
    )
    return tokenizer
