"""Tables of cells out of .csv, .tsv and .xlsx: for reports and for metadata alike."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time
from typing import Any

from narratives.corpus.document import clean, clean_line
from narratives.corpus.encoding import decode
from narratives.corpus.readers.archive import open_archive
from narratives.corpus.readers.sentences import damaged
from narratives.errors import UnreadableFile

_DELIMITERS = ";,\t|"
_SAMPLE = 200  # rows looked at to guess the delimiter
_MAX_COLUMNS = 1000


def read_grid(raw: bytes, name: str, encoding: str | None = None) -> list[dict[str, str]]:
    """Return the rows below the header as {column: cell}; empty rows are left out.

    Columns without a name are called 'column 3'; a name that comes twice gets a number. Raises UnreadableFile
    when the file has no header with a row below it.
    """
    if name.casefold().endswith(".xlsx"):
        lines = _sheet(raw, name)
    else:
        delimiter = "\t" if name.casefold().endswith(".tsv") else None
        lines = _separated(decode(raw, name, encoding), name, delimiter)
    lines = [line for line in lines if any(cell.strip() for cell in line)]
    if len(lines) < 2:
        raise UnreadableFile(f"{name} has no row below a header; begin it with the names of the columns.")
    width = max(len(line) for line in lines)
    header = _names(lines[0] + [""] * (width - len(lines[0])))
    return [dict(zip(header, line + [""] * (width - len(line)), strict=True)) for line in lines[1:]]


def _names(cells: list[str]) -> list[str]:
    names: list[str] = []
    for position, cell in enumerate(cells, start=1):
        plain = clean_line(cell) or f"column {position}"
        name, copy = plain, 2
        while name in names:
            name, copy = f"{plain} {copy}", copy + 1
        names.append(name)
    return names


def _separated(text: str, name: str, delimiter: str | None) -> list[list[str]]:
    text = text.removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:  # Excel's own way to name the delimiter
        text, delimiter = rest, first[4]
    limit = csv.field_size_limit(max(len(text), 131_072))  # an account may be longer than the default allows
    try:
        delimiter = delimiter or _delimiter(text)
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise damaged(name) from error
    finally:
        csv.field_size_limit(limit)


def _delimiter(text: str) -> str:
    """The delimiter under which the rows agree best on a number of cells; a quoted one does not count."""

    def agreement(delimiter: str) -> tuple[float, int]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        widths = [len(row) for row, _ in zip(reader, range(_SAMPLE), strict=False) if row]
        if not widths or widths[0] < 2:
            return 0.0, 0
        return sum(width == widths[0] for width in widths) / len(widths), widths[0]

    return max(_DELIMITERS, key=agreement)


def _sheet(raw: bytes, name: str) -> list[list[str]]:
    """The first visible sheet with cells in it."""
    open_archive(raw, name).close()
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                sheet.reset_dimensions()  # which may claim a million empty cells
                rows = ([_cell(value) for value in row[:_MAX_COLUMNS]] for row in sheet.values)
                lines = [_unpadded(row) for row in rows if any(row)]
                if lines:
                    return lines
        return []
    finally:
        book.close()


def _unpadded(line: list[str]) -> list[str]:
    while line and not line[-1]:
        line.pop()
    return line


def _cell(value: Any) -> str:
    """A cell as a person reads it: 3 instead of 3.0, a date without midnight."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, date | time) else clean(str(value))
