"""One account as a reader found it, and the rules that every stored text follows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n{3,}")

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = [0xAD, 0x34F, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]
_UNUSABLE = [0xFEFF, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000), *range(0x20), *range(0x7F, 0xA0)]
_LIGATURES = dict(zip(range(0xFB00, 0xFB07), ["ff", "fi", "fl", "ffi", "ffl", "st", "st"], strict=True))

_TABLE: dict[int, str | None] = {
    **dict.fromkeys(_UNUSABLE),
    **dict.fromkeys(_INVISIBLE),
    **dict.fromkeys(map(ord, _SPACES), " "),
    **_LIGATURES,
    0x2010: "-",
    0x2011: "-",
    0xF0A7: "•",  # Word's bullets in the Symbol and Wingdings fonts
    0xF0B7: "•",
    ord("\n"): "\n",
    ord("\t"): "\t",
}


@dataclass(frozen=True)
class Document:
    """One account as a reader found it, before metadata.

    `text` follows the rules of `clean`. `row_id` names the row when the file is a table. `attributes` holds
    what the file itself says about the account: further columns of a row, front matter of a Markdown file.
    """

    text: str
    title: str = ""
    row_id: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


def clean(text: str) -> str:
    """Return `text` as it is stored: NFC, LF, no invisible or control characters, tidy white space.

    Tabs stay; lines have no trailing space; at most one blank line in a row; nothing around the whole.
    Cleaning twice changes nothing.
    """
    text = _NEWLINES.sub("\n", text).translate(_TABLE)
    text = unicodedata.normalize("NFC", text)
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", text).strip()


def clean_line(text: str) -> str:
    """Return `text` cleaned and on one line: a title, a name of a column, a cell of metadata."""
    return " ".join(clean(text).split())
