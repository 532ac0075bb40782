"""Rows of a table become accounts: which column is the text, which the id, which the title."""

from __future__ import annotations

from collections.abc import Sequence

from narratives.corpus.document import Document, clean, clean_line
from narratives.corpus.readers.options import ReadOptions
from narratives.errors import UnreadableFile

_PROSE = 40  # characters in the mean: below that a column holds labels, not accounts
_SAMPLE = 500


def documents(rows: Sequence[dict[str, str]], name: str, options: ReadOptions) -> list[Document]:
    """Return one account a row with text; columns are guessed by name, then by what they hold.

    An id column is used when its ids are all there and all different; else the rows are numbered from 1
    and the column stays an attribute. Raises UnreadableFile when no column holds the text.
    """
    columns = list(dict.fromkeys(column for row in rows for column in row))
    text = text_column(rows, columns, name, options)
    told = [row for row in rows if row.get(text, "").strip()]
    ids = [column for column in _named(columns, options.id_columns) if _is_id(told, column, text)]
    titles = [column for column in _named(columns, options.title_columns) if column != text]
    number, title = (ids or [""])[0], (titles or [""])[0]
    others = [column for column in columns if column not in (text, number, title)]
    found = []
    for position, row in enumerate(rows, start=1):
        if row.get(text, "").strip():
            rest = {column: clean_line(row.get(column, "")) for column in others}
            found.append(
                Document(
                    text=clean(row[text]),
                    title=clean_line(row.get(title, "")),
                    row_id=clean_line(row[number]) if number else str(position),
                    attributes={column: value for column, value in rest.items() if value},
                )
            )
    return found


def text_column(rows: Sequence[dict[str, str]], columns: list[str], name: str, options: ReadOptions) -> str:
    """Return the column that holds the accounts; raises UnreadableFile when none does."""
    sample = rows[:_SAMPLE]
    for column in _named(columns, options.text_columns):
        if any(row.get(column, "").strip() for row in sample):
            return column
    lengths = {column: sum(len(row.get(column, "")) for row in sample) for column in columns}
    longest = max(columns, key=lambda column: lengths[column], default="")
    if sample and lengths[longest] >= _PROSE * len(sample):
        return longest
    there = ", ".join(columns) or "none"
    raise UnreadableFile(f"{name} has no column with texts (columns: {there}); name that column 'text'.")


def _named(columns: list[str], names: Sequence[str]) -> list[str]:
    """The columns that bear one of `names`, in the order of `names`, whatever the case."""
    folded = {column.strip().casefold(): column for column in reversed(columns)}
    return [folded[name.casefold()] for name in names if name.casefold() in folded]


def _is_id(rows: list[dict[str, str]], column: str, text: str) -> bool:
    ids = [row.get(column, "").strip() for row in rows]
    return column != text and all(ids) and len(set(ids)) == len(ids)
