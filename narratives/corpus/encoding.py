"""From bytes to text: byte order marks, UTF-16 without one, UTF-8, and the old one-byte code pages."""

from __future__ import annotations

import codecs
import re

from narratives.errors import UnreadableFile

_BOMS = [  # UTF-32 before UTF-16, whose mark it contains
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
_CODE_PAGES = ("cp1252", "mac_roman", "cp850")  # Windows, old Macs, DOS; the first wins a tie
_LATIN_NAMES = {"ascii", "us-ascii", "iso8859-1", "latin-1", "cp1252"}  # all of them mean cp1252 in practice

_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_GOOD_LETTERS = frozenset("äöüßÄÖÜéèêëàáâçñíìîïóòôúùûøåæœÉÈÀÇØÅ")
_GOOD_MARKS = frozenset("„“”‚‘’»«›‹–—…€§°·•\u00a0´")
_MOJIBAKE = re.compile("[\u00c2\u00c3\u00e2][\u0080-\u00bf\u0152-\u02dc\u2013-\u2122]")


def decode(raw: bytes, name: str, declared: str | None = None) -> str:
    """Return the text in `raw`; `declared` is what the user or the file says about its encoding.

    Proof goes before claim: a byte order mark and valid UTF-8 win over `declared`, since text in another
    encoding is practically never valid UTF-8 by accident. Raises UnreadableFile when `raw` is no text.
    """
    text = _decoded(raw, declared)
    if text is None or _is_binary(text):
        raise UnreadableFile(f"{name} holds binary data, no text; save it again as plain text (UTF-8).")
    return _repaired(text)


def _decoded(raw: bytes, declared: str | None) -> str | None:
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _units(raw[len(mark) :], encoding)
    if b"\0" in raw:
        wide = _wide_encoding(raw)
        return _units(raw, wide) if wide else None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _claimed(raw, declared) or _damaged_utf8(raw) or _code_page(raw)


def _units(raw: bytes, encoding: str) -> str | None:
    """Decode whole code units only: a file cut in the middle of a character loses that character."""
    size = {"utf-32": 4, "utf-16": 2}.get(encoding[:6], 1)
    try:
        return raw[: len(raw) // size * size].decode(encoding, errors="replace" if size == 1 else "strict")
    except UnicodeDecodeError:
        return None


def _wide_encoding(raw: bytes) -> str | None:
    """UTF-16 without a mark: in Western prose one byte of nearly every pair is zero."""
    pairs = max(1, len(raw) // 2)
    first, second = raw[0::2].count(0) / pairs, raw[1::2].count(0) / pairs
    if second > 0.5 and first < 0.1:
        return "utf-16-le"
    return "utf-16-be" if first > 0.5 and second < 0.1 else None


def _claimed(raw: bytes, declared: str | None) -> str | None:
    try:
        encoding = codecs.lookup(declared).name if declared else ""
        if not encoding or encoding in _LATIN_NAMES or encoding.startswith(("utf-8", "utf-16", "utf-32")):
            return None  # the Unicode claims have failed already; Latin-1 is said where cp1252 is meant
        return raw.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return None


def _damaged_utf8(raw: bytes) -> str | None:
    """UTF-8 with a few foreign bytes: those are read as cp1252, the rest stays UTF-8."""
    text = raw.decode("utf-8", errors="surrogateescape")
    bad = sum(1 for char in text if "\udc80" <= char <= "\udcff")
    good = sum(1 for char in text if char > "\x7f") - bad
    if good < 3 * bad:
        return None
    table = {0xDC00 + byte: _one(byte) for byte in range(0x80, 0x100)}
    return text.translate(table)


def _one(byte: int) -> str:
    return bytes([byte]).decode("cp1252", errors="replace")


def _code_page(raw: bytes) -> str:
    """The code page under which most of the foreign bytes become letters and marks of Western prose."""
    texts = [raw.decode(page, errors="replace") for page in _CODE_PAGES]
    return max(texts, key=_plausible)


def _plausible(text: str) -> int:
    score = 0
    for found in re.finditer(r"[^\x00-\x7f]", text):
        char, before = found.group(), text[max(0, found.start() - 1) : found.start()]
        after = text[found.end() : found.end() + 1]
        if char in _GOOD_LETTERS:
            beside = before.isalpha() or after.isalpha()
            strange = char.isupper() if before.islower() else char.islower() and (before + after).isupper()
            score += (3 if char in "äöüßÄÖÜ" else 2) if beside and not strange else -1  # 'gl€cklich', 'fŠr'
        elif char in _GOOD_MARKS:
            score += -1 if before.isalpha() and after.isalpha() and char != "’" else 1
        else:
            score -= 2
    return score


def _is_binary(text: str) -> bool:
    controls = len(_CONTROL.findall(text))
    return controls > 0 and controls > len(text) / 200


def _repaired(text: str) -> str:
    """UTF-8 that was once read as cp1252 ('fÃ¼r'), undone when the whole text proves it.

    The proof: every character of the text goes back into one byte, and all bytes together are valid UTF-8.
    One honest umlaut anywhere breaks the proof, and the text stays as it is.
    """
    if not _MOJIBAKE.search(text):
        return text
    try:
        return b"".join(_byte(char) for char in text).decode("utf-8")
    except UnicodeError:
        return text


def _byte(char: str) -> bytes:
    if "\x80" <= char <= "\x9f":  # the five bytes that cp1252 leaves open come through as control characters
        return char.encode("latin-1")
    return char.encode("cp1252")
