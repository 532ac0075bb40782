"""OpenDocument text (LibreOffice), read straight from its XML: odfpy would expand entities."""

from __future__ import annotations

import re
from typing import Any

from narratives.corpus.document import Document, clean, clean_line
from narratives.corpus.readers.archive import children, get, local, open_archive, parse_xml, refuse_locked
from narratives.corpus.readers.cells import row_text
from narratives.corpus.readers.options import ReadOptions
from narratives.errors import UnreadableFile

# Deleted text of tracked changes, notes, comments and indexes are not part of the account.
_SKIPPED = {
    "tracked-changes", "note", "annotation", "table-of-content", "alphabetical-index", "illustration-index",
    "table-index", "user-index", "bibliography", "sequence-decls", "variable-decls", "forms", "title", "desc",
    "ruby-text",
}  # fmt: skip
_MAX_SPACES = 1000  # <text:s text:c="..."/> may ask for any number


def read(raw: bytes, name: str, options: ReadOptions) -> list[Document]:
    """Return the one account in an .odt file; raises UnreadableFile when it is locked, unsafe or damaged."""
    with open_archive(raw, name) as archive:
        refuse_locked(archive, name)
        if "content.xml" not in archive.namelist():
            raise UnreadableFile(f"{name} has no text inside; open it in LibreOffice and save it as .odt.")
        content = parse_xml(archive.read("content.xml"), name)
        meta = parse_xml(archive.read("meta.xml"), name) if "meta.xml" in archive.namelist() else None
    blocks: list[str] = []
    for body in content.iter("{*}body"):
        for text in children(body, "text"):
            _blocks(text, blocks)
    titles = [node.text or "" for node in meta.iter() if local(node) == "title"] if meta is not None else []
    return [Document(clean("\n\n".join(blocks)), title=clean_line(titles[0]) if titles else "")]


def _blocks(node: Any, blocks: list[str]) -> None:
    for child in node:
        kind = local(child)
        if kind in ("p", "h"):
            boxes: list[str] = []
            blocks.append(_text(child, boxes))
            blocks.extend(boxes)
        elif kind == "table-row":
            _row(child, blocks)
        elif kind and kind not in _SKIPPED:
            _blocks(child, blocks)


def _row(row: Any, blocks: list[str]) -> None:
    cells: list[list[str]] = []
    for cell in row:
        cells.append([])
        _blocks(cell, cells[-1])
    blocks.extend(row_text(cells))


def _text(node: Any, boxes: list[str]) -> str:
    """The text of a paragraph; paragraphs of frames anchored in it go to `boxes`."""
    parts = [_collapsed(node.text)]
    for child in node:
        kind = local(child)
        if kind == "s":
            parts.append(" " * min(int(get(child, "c") or 1), _MAX_SPACES))
        elif kind == "tab":
            parts.append("\t")
        elif kind == "line-break":
            parts.append("\n")
        elif kind == "text-box":
            _blocks(child, boxes)
        elif kind and kind not in _SKIPPED:
            parts.append(_text(child, boxes))
        parts.append(_collapsed(child.tail))
    return "".join(parts)


def _collapsed(text: str | None) -> str:
    """OpenDocument counts any run of white space in the XML as one space; true spaces have elements."""
    return re.sub(r"[ \t\r\n]+", " ", text or "")
