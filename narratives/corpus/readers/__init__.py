"""Readers of report files: one module a format family, found by suffix in one table."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from narratives.corpus.document import Document
from narratives.corpus.readers.options import ReadOptions
from narratives.corpus.readers.sentences import damaged
from narratives.errors import UnreadableFile

__all__ = ["READERS", "Document", "ReadOptions", "read_file"]

# Every module has one function: read(raw: bytes, name: str, options: ReadOptions) -> list[Document].
READERS: dict[str, str] = {
    ".csv": "table",
    ".docx": "docx",
    ".htm": "html",
    ".html": "html",
    ".jsonl": "jsonl",
    ".markdown": "markdown",
    ".md": "markdown",
    ".ndjson": "jsonl",
    ".odt": "odt",
    ".pdf": "pdf",
    ".rtf": "rtf",
    ".srt": "subtitles",
    ".text": "text",
    ".tsv": "table",
    ".txt": "text",
    ".vtt": "subtitles",
    ".xhtml": "html",
    ".xlsx": "table",
}

_WAYS_OUT = {
    ".doc": "open it in Word or LibreOffice and save it as .docx",
    ".pages": "export it from Pages as .docx",
    ".ods": "open it in LibreOffice and save it as .xlsx or .csv",
    ".xls": "open it in Excel or LibreOffice and save it as .xlsx",
    ".numbers": "export it from Numbers as .csv",
    ".epub": "convert it to .html or .txt",
    ".json": "save it as .jsonl, one account a line",
}


def read_file(path: Path, raw: bytes, options: ReadOptions | None = None) -> list[Document]:
    """Return the accounts in a file: one for a text, one a row for a table.

    `raw` is the content of `path`, of which only the name is used here. Raises UnreadableFile with one
    sentence that names the file and the way out.
    """
    options = options or ReadOptions()
    name, suffix = path.name, path.suffix.casefold()
    if suffix not in READERS:
        raise UnreadableFile(_unknown(name, suffix))
    if len(raw) > options.max_bytes:
        limit = options.max_bytes // 1_000_000
        raise UnreadableFile(f"{name} is larger than {limit} MB; split it into smaller files.")
    if not raw.strip():
        raise UnreadableFile(f"{name} is empty; remove it or put the text into it.")
    module = import_module(f"{__name__}.{READERS[suffix]}")
    try:
        documents: list[Document] = [found for found in module.read(raw, name, options) if found.text]
    except UnreadableFile:
        raise
    except Exception as error:  # a damaged file can make a library raise anything; the other files go on
        raise damaged(name) from error
    if not documents:
        raise UnreadableFile(f"{name} holds no text; remove it or put the text into it.")
    return documents


def _unknown(name: str, suffix: str) -> str:
    kind = f"a {suffix} file" if suffix else "a file without a suffix"
    way_out = _WAYS_OUT.get(suffix, f"narratives reads {', '.join(sorted(READERS))}")
    return f"{name} is {kind}, which cannot be read; {way_out}."
