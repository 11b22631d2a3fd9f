"""Bytes to characters, whatever the sender says about them."""

from __future__ import annotations

import codecs

from amity.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Legacy encodings of news text; a longer list makes the guess on short texts worse, not better.
_LEGACY = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r", "iso8859_2", "iso8859_9",
    "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "mac_roman",
]  # fmt: skip
_UNTRUSTED = {"utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
_SAMPLE = 1 << 16
_TEXT_CONTROLS = frozenset("\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x1f\x85")


def decode(data: bytes, declared: str | None = None, source: str = "input") -> str:
    """The characters of `data`: by byte-order mark, as UTF-8, as declared, or as detected, in this order.

    A declaration that the bytes contradict is passed over. Raises `InputError` for what is no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _text(data[len(mark) :].decode(encoding, "replace"), source)
    if b"\0" in data[:_SAMPLE]:
        return _text(_without_mark(data, source), source)
    try:
        return _text(data.decode("utf-8"), source)
    except UnicodeDecodeError:
        return _text(_damaged_utf8(data) or _declared(data, declared) or _detected(data, source), source)


def _without_mark(data: bytes, source: str) -> str:
    """UTF-16 text without byte-order mark: Latin letters leave every other byte zero."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if half < 4 or max(even, odd) < 0.4 * half or min(even, odd) > 0.1 * half:
        raise InputError(source, "is binary, not text")
    return data.decode("utf-16-be" if even > odd else "utf-16-le", "replace")


def _damaged_utf8(data: bytes) -> str | None:
    """UTF-8 in which a few characters are broken, as truncated or pasted text is."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return text if sum(char > "\x7f" for char in text) > 10 * broken else None


def _declared(data: bytes, declared: str | None) -> str | None:
    try:
        encoding = codecs.lookup((declared or "").strip().strip("\"'")[:40])
        if encoding.name in _UNTRUSTED or encoding.name.startswith(("utf-16", "utf-32")):
            return None
        # Pages that declare Latin 1 mean Windows-1252 (WHATWG Encoding Standard, section 4.2).
        return data.decode("cp1252" if encoding.name in ("iso8859-1", "ascii") else encoding.name)
    except (LookupError, ValueError, TypeError):
        return None


def _detected(data: bytes, source: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], cp_isolation=_LEGACY, threshold=0.3).best()
    if best is None:
        raise InputError(source, "is in no character encoding that can be recognised")
    return data.decode(best.encoding, "replace")


def _text(text: str, source: str) -> str:
    sample = text[:_SAMPLE]
    strange = sum((char < " " and char not in _TEXT_CONTROLS) or char == "\x7f" for char in sample)
    if "\0" in text or strange > len(sample) / 100:
        raise InputError(source, "is binary, not text")
    return text
