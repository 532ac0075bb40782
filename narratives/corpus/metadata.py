"""The table of metadata: which row belongs to which narrative, and what its columns say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from narratives.corpus.attributes import normalised
from narratives.corpus.document import clean_line
from narratives.corpus.readers.grid import read_grid
from narratives.errors import InputError

_KEY_COLUMNS = (
    "file", "datei", "filename", "file_name", "dateiname", "source", "quelle", "path", "pfad", "report",
    "narrative_id", "id", "kennung", "name", "nr", "row_id",
)  # fmt: skip
_KINDS = (".csv", ".tsv", ".xlsx")


@dataclass(frozen=True)
class Metadata:
    """Rows of metadata by their key; remembers which ones a narrative has asked for."""

    name: str
    key_column: str
    columns: tuple[str, ...]
    rows: Mapping[str, dict[str, Any]]
    _index: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    _used: set[str] = field(default_factory=set, repr=False)

    def match(self, source: str, row_id: str | None) -> dict[str, Any] | None:
        """Return what the table says about a narrative, None when it says nothing.

        Tried in this order, whatever the case: path, file name, file name without suffix, id of the row. A
        name that fits several rows fits none. `consent` is missing when the table has no such column and
        empty when nothing was granted.
        """
        key = self._key(source, row_id)
        if key is None:
            return None
        self._used.add(key)
        return dict(self.rows[key])

    def unmatched(self) -> list[str]:
        """Return the keys of the rows that no narrative has asked for so far."""
        return [key for key in self.rows if key not in self._used]

    def _key(self, source: str, row_id: str | None) -> str | None:
        path = PurePosixPath(_folded(source))
        for form in (str(path), path.name, path.stem):
            keys = self._index.get(form, ())
            fitting = [key for key in keys if _agree(PurePosixPath(_folded(key)), path)]
            if len(keys) > 1:  # the same name in several folders: only the folder can tell
                fitting = [key for key in fitting if min(_depth(key), _depth(source)) > 1]
            if len(fitting) == 1:
                return fitting[0]
        return next(
            (key for key in self.rows if row_id is not None and _folded(key) == _folded(row_id)), None
        )


def read_metadata(path: Path) -> Metadata:
    """Return the metadata in a .csv, .tsv or .xlsx file.

    Raises InputError when the file cannot be read, no column names the files, a key stands in two rows or a
    cell holds an unknown perspective or consent.
    """
    if path.suffix.casefold() not in _KINDS:
        raise InputError(f"{path.name} is no table of metadata; save it as .csv, .tsv or .xlsx.")
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path.name} cannot be opened ({error.strerror}).") from error
    grid = read_grid(raw, path.name)
    columns = tuple(grid[0])
    key_column = _key_column(columns, path.name)
    rows: dict[str, dict[str, Any]] = {}
    numbers: dict[str, int] = {}
    for number, row in enumerate(grid, start=2):  # as a spreadsheet counts, below the header
        key = clean_line(row[key_column])
        if not key:
            raise InputError(
                f"{path.name} has no '{key_column}' in row {number}; name the file or remove the row."
            )
        earlier = numbers.setdefault(_folded(key), number)
        if earlier != number:
            raise InputError(f"{path.name} names {key} in rows {earlier} and {number}; keep one of them.")
        others = {column: value for column, value in row.items() if column != key_column}
        rows[key] = normalised(others, f"{path.name}, row {number}")
    return Metadata(path.name, key_column, columns, rows, _indexed(rows))


def _key_column(columns: tuple[str, ...], name: str) -> str:
    folded = {column.casefold(): column for column in reversed(columns)}
    for known in _KEY_COLUMNS:
        if known in folded:
            return folded[known]
    there = ", ".join(columns)
    raise InputError(
        f"{name} has no column that names the files (columns: {there}); call that column 'file'."
    )


def _folded(key: str) -> str:
    return clean_line(key).replace("\\", "/").removeprefix("./").casefold()


def _indexed(rows: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The keys by path and by name."""
    index: dict[str, tuple[str, ...]] = {}
    for key in rows:
        path = PurePosixPath(_folded(key))
        for form in {str(path), path.name}:
            index[form] = (*index.get(form, ()), key)
    return index


def _depth(key: str) -> int:
    return len(PurePosixPath(_folded(key)).parts)


def _agree(key: PurePosixPath, path: PurePosixPath) -> bool:
    """Whether the folders that both name are the same: 'texts/a.txt' and 'study/texts/a.txt' agree."""
    shared = min(len(key.parts), len(path.parts)) - 1
    return shared == 0 or key.parts[:-1][-shared:] == path.parts[:-1][-shared:]
