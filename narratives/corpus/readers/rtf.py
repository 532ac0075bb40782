"""Rich Text Format, by way of striprtf."""

from __future__ import annotations

import re

from narratives.corpus.document import Document, clean, clean_line
from narratives.corpus.readers.options import ReadOptions
from narratives.corpus.readers.sentences import damaged

# What striprtf would get wrong is said to it in other words first.
_OTHER_WORDS = [
    (re.compile(r"\\line(?![a-z])\s?"), r"\\u8232?"),  # a line break is not the end of a paragraph
    (re.compile(r"\\(?:nest)?cell(?![a-z])\s?"), r"\\tab "),  # it would print '|'
    (re.compile(r"\\(deleted|v)(?![a-z0-9])"), r"\\*\\\1"),  # tracked deletions and hidden text are no text
    (re.compile(r"HYPERLINK"), "LINK"),  # it would print the address behind the words
]
_TITLE = re.compile(r"\{\\title\s([^{}]*)\}")
_CODE_PAGE = re.compile(r"\\ansicpg\d+")


def read(raw: bytes, name: str, options: ReadOptions) -> list[Document]:
    """Return the one account in an .rtf file; raises UnreadableFile when it is no RTF."""
    source = _source(raw)
    if not source.startswith("{\\rtf"):
        raise damaged(name)
    for pattern, words in _OTHER_WORDS:
        source = pattern.sub(words, source)
    text = _plain(source).replace("\n", "\n\n")
    return [Document(clean(text), title=clean_line(_title(source)))]


def _source(raw: bytes) -> str:
    """RTF is ASCII by rule; programs that break the rule write UTF-8 or cp1252."""
    raw = raw.lstrip(b"\xef\xbb\xbf \t\r\n\0")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _plain(source: str) -> str:
    from striprtf.striprtf import rtf_to_text

    text: str = rtf_to_text(source, errors="replace")
    # An emoji is written as two halves; put them together.
    return text.encode("utf-16-le", errors="surrogatepass").decode("utf-16-le", errors="replace")


def _title(source: str) -> str:
    title, page = _TITLE.search(source), _CODE_PAGE.search(source)
    return _plain(f"{{\\rtf1{page.group() if page else ''} {title.group(1)}}}") if title else ""
