"""Word files: paragraphs and tables in their order, as the reader of the final version sees them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from narratives.corpus.document import Document, clean, clean_line
from narratives.corpus.readers.archive import children, get, local, open_archive
from narratives.corpus.readers.cells import row_text
from narratives.corpus.readers.options import ReadOptions

# Tracked deletions, field codes, notes and the second copy of a drawing are not part of the text.
_SKIPPED = {
    "del", "moveFrom", "instrText", "delText", "delInstrText", "footnoteReference", "endnoteReference",
    "commentReference", "Fallback", "pPr", "rPr", "sdtPr", "tblPr", "trPr", "tcPr", "sectPr", "rt",
}  # fmt: skip
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": "\t"}
_OFF = {"0", "false", "off"}


def read(raw: bytes, name: str, options: ReadOptions) -> list[Document]:
    """Return the one account in a Word file; raises UnreadableFile when it is locked, unsafe or damaged."""
    open_archive(raw, name).close()
    import docx

    document = docx.Document(BytesIO(raw))
    blocks: list[str] = []
    _blocks(document.element.body, blocks)
    title = clean_line(document.core_properties.title or "")
    return [Document(clean("\n\n".join(blocks)), title=title)]


def _blocks(node: Any, blocks: list[str]) -> None:
    """Append the paragraphs below `node`, tables row by row, in the order of the page."""
    carried = ""  # text of a paragraph whose end mark was deleted: it runs on into the next one
    for child in node:
        kind = local(child)
        if kind == "p":
            boxes: list[str] = []
            text = carried + _text(child, boxes)
            carried = text if _end_deleted(child) else ""
            if not carried and not _in_contents(child):
                blocks.append(text)
            blocks.extend(boxes)
        elif kind == "tbl":
            for row in _rows(child):
                _row(row, blocks)
        elif kind not in _SKIPPED:
            _blocks(child, blocks)
    if carried:
        blocks.append(carried)


def _rows(table: Any) -> list[Any]:
    rows = []
    for child in table:
        if local(child) == "tr":
            deleted = any(local(mark) == "del" for props in children(child, "trPr") for mark in props)
            rows += [] if deleted else [child]
        elif local(child) not in _SKIPPED:
            rows += _rows(child)  # rows wrapped in content controls
    return rows


def _row(row: Any, blocks: list[str]) -> None:
    cells: list[list[str]] = []
    for cell in (node for node in row.iter() if local(node) == "tc" and _nearest_row(node) is row):
        cells.append([])
        _blocks(cell, cells[-1])
    blocks.extend(row_text(cells))


def _nearest_row(node: Any) -> Any:
    return next((parent for parent in node.iterancestors() if local(parent) == "tr"), None)


def _text(node: Any, boxes: list[str]) -> str:
    """The text of a paragraph; paragraphs of text boxes anchored in it go to `boxes`."""
    parts: list[str] = []
    for child in node:
        kind = local(child)
        if kind == "t":
            parts.append(child.text or "")
        elif kind in _CHARACTERS:
            parts.append(_CHARACTERS[kind])
        elif kind == "txbxContent":
            _blocks(child, boxes)
        elif kind not in _SKIPPED and not (kind == "r" and _hidden(child)):
            parts.append(_text(child, boxes))
    return "".join(parts)


def _hidden(run: Any) -> bool:
    marks = [mark for props in children(run, "rPr") for mark in children(props, "vanish")]
    return any((get(mark, "val") or "1") not in _OFF for mark in marks)


def _end_deleted(paragraph: Any) -> bool:
    marks = (props for outer in children(paragraph, "pPr") for props in children(outer, "rPr"))
    return any(True for props in marks for _ in children(props, "del"))


def _in_contents(paragraph: Any) -> bool:
    """A line of the table of contents: repeats the headings and carries no account."""
    styles = (style for props in children(paragraph, "pPr") for style in children(props, "pStyle"))
    return any((get(style, "val") or "").startswith(("TOC", "Verzeichnis")) for style in styles)
