"""Plain text: the lines stay as they are."""

from __future__ import annotations

from narratives.corpus.document import Document, clean
from narratives.corpus.encoding import decode
from narratives.corpus.readers.options import ReadOptions


def read(raw: bytes, name: str, options: ReadOptions) -> list[Document]:
    """Return the one account in a text file; raises UnreadableFile when it holds no text."""
    return [Document(clean(decode(raw, name, options.encoding)))]
