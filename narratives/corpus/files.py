"""Which files the user means: files, folders and patterns become one sorted list."""

from __future__ import annotations

import glob
import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from narratives.errors import InputError

_MAGIC = "*?["
_METADATA = {"metadata", "metadaten"}
_LITTER = {"__macosx", "thumbs.db", "desktop.ini"}  # what operating systems leave behind


@dataclass(frozen=True)
class FoundFile:
    """A file and the name under which the user sees it: relative to the common folder, with '/'."""

    path: Path
    source: str


def find_files(inputs: Sequence[str]) -> list[FoundFile]:
    """Return every file that `inputs` (files, folders, patterns such as 'reports/*.docx') name, by source.

    Folders are searched all the way down; hidden files and lock files are passed over; files of kinds that
    cannot be read are returned too, so that the caller can name them. A file named twice counts once.
    Raises InputError when an input matches nothing.
    """
    paths: dict[Path, Path] = {}
    bases: list[Path] = []
    for given in inputs:
        found, base = _matches(given)
        if not found:
            way_out = "give a file, a folder or a pattern such as 'reports/*.docx'"
            raise InputError(f"{given} matches no file; {way_out}.")
        bases.append(base.resolve())
        for path in found:
            paths.setdefault(path.resolve(), path)
    root = _common(bases)
    files = [FoundFile(path, _source(path, root)) for path in paths.values()]
    return sorted(files, key=lambda file: file.source)


def find_reports(
    inputs: Sequence[str], metadata: Path | None = None, study: Path | None = None
) -> tuple[list[FoundFile], Path | None]:
    """Return the report files that `inputs` name and the metadata table, given or lying among them.

    A table named metadata or metadaten is never a report; what a run wrote into the study folder is none
    either, only what lies in its reports/. Raises InputError when no report is left.
    """
    found = find_files(inputs)
    tables = [file.path for file in found if file.path.stem.casefold() in _METADATA]
    metadata = metadata or (tables[0] if tables else None)
    passed = {path.resolve() for path in [*tables, *([metadata] if metadata else [])]}
    own = study.resolve() if study is not None else None
    files = [
        file
        for file in found
        if (path := file.path.resolve()) not in passed
        and (own is None or not path.is_relative_to(own) or path.is_relative_to(own / "reports"))
    ]
    if not files:
        raise InputError(f"There are no reports in {', '.join(inputs)}.")
    return files, metadata


def _matches(given: str) -> tuple[list[Path], Path]:
    """The files that one input names and the folder that their sources are relative to."""
    path = Path(given).expanduser()
    if path.is_dir():
        return list(_walk(path)), path
    if path.is_file():  # before patterns: a real name may contain brackets
        return [path], path.parent
    if not any(char in given for char in _MAGIC):
        return [], path.parent
    hits = [Path(hit) for hit in sorted(glob.glob(str(path), recursive=True))]  # noqa: PTH207 - absolute patterns
    files = [file for hit in hits for file in (_walk(hit) if hit.is_dir() else [hit])]
    depth = next(i for i, part in enumerate(path.parts) if any(char in part for char in _MAGIC))
    return [file for file in files if not _hidden(file.name)], Path(*path.parts[:depth])


def _walk(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):  # does not follow links to folders: no endless circles
        folders[:] = sorted(name for name in folders if not _hidden(name))
        for name in sorted(names):
            file = Path(where, name)
            if not _hidden(name) and file.is_file():
                yield file


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name.casefold() in _LITTER


def _common(bases: list[Path]) -> Path | None:
    try:
        return Path(os.path.commonpath(bases)) if bases else None
    except ValueError:  # two drives under Windows
        return None


def _source(path: Path, root: Path | None) -> str:
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - a linked file keeps the name the user sees
    for candidate in (absolute, path.resolve()):
        if root is not None and candidate.is_relative_to(root):
            return unicodedata.normalize("NFC", candidate.relative_to(root).as_posix())
    return unicodedata.normalize("NFC", f"{absolute.parent.name}/{absolute.name}")
