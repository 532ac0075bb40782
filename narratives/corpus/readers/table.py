"""Tables (.csv, .tsv, .xlsx): one account a row."""

from __future__ import annotations

from narratives.corpus.document import Document
from narratives.corpus.readers.grid import read_grid
from narratives.corpus.readers.options import ReadOptions
from narratives.corpus.readers.rows import documents


def read(raw: bytes, name: str, options: ReadOptions) -> list[Document]:
    """Return one account a row; raises UnreadableFile when no column holds the text."""
    return documents(read_grid(raw, name, options.encoding), name, options)
