"""Report files to masked texts, each file read once: what was read before is taken from the last run."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narratives.anonymity.patterns import mask
from narratives.corpus.document import Document
from narratives.corpus.files import FoundFile
from narratives.corpus.readers import ReadOptions, read_file
from narratives.errors import UnreadableFile
from narratives.progress import Progress
from narratives.settings import Reading
from narratives.study import records

if TYPE_CHECKING:
    import pandas as pd

_DOCUMENT = ["title", "row_id", "attributes", "text", "identifiers"]
COLUMNS = ["file_sha256", "suffix", "number", *_DOCUMENT, "problem"]
_NO_REPORTS = {"readme", "liesmich", "license", "licence", "lizenz"}


def read_reports(
    files: Sequence[FoundFile], settings: Reading, known: pd.DataFrame | None, progress: Progress
) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
    """Return the table of readings (one row a document or an unreadable file) and one entry a file.

    `known` is the table of an earlier run with the same settings. An entry has source, sha256, bytes,
    status ("read", "unreadable", "empty", "left out") and reason; `status` is final only for files not read.
    """
    import pandas as pd

    earlier: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in [] if known is None else records(known):
        earlier.setdefault((row["file_sha256"], row["suffix"]), []).append(row)
    rows: list[dict[str, Any]] = []
    entries = []
    done: set[tuple[str, str]] = set()
    for file in progress.bar(files, "reading reports", total=len(files)):
        entry: dict[str, Any] = {"source": file.source, "sha256": "", "bytes": 0}
        entry |= {"status": "read", "reason": ""}
        entries.append(entry)
        if file.path.stem.lower() in _NO_REPORTS:
            entry.update(status="left out", reason="a file of this name is taken as a note, not as a report")
            continue
        try:
            size = file.path.stat().st_size
            if size > settings.max_megabytes * 1_000_000:
                raise UnreadableFile(
                    f"{file.source} has {size / 1e6:.0f} MB, more than the {settings.max_megabytes:g} MB "
                    "that the pipeline's reading.max_megabytes allows."
                )
            raw = file.path.read_bytes()
        except OSError as error:
            entry.update(status="unreadable", reason=f"{file.source} cannot be opened ({error.strerror}).")
            continue
        except UnreadableFile as error:
            entry.update(status="unreadable", reason=str(error))
            continue
        entry.update(sha256=hashlib.sha256(raw).hexdigest(), bytes=size)
        same = (entry["sha256"], file.path.suffix.lower())
        found = earlier.get(same) or _read(file, raw, same, settings)
        earlier[same] = found
        if same not in done:
            rows += found
            done.add(same)
        if found[0]["problem"]:
            entry.update(
                status="unreadable" if size else "empty",
                # The reading may come from a copy of the file under another name.
                reason=found[0]["problem"].replace("{file}", file.source),
            )
    return pd.DataFrame(rows, columns=COLUMNS), entries


def _read(file: FoundFile, raw: bytes, same: tuple[str, str], settings: Reading) -> list[dict[str, Any]]:
    base = {"file_sha256": same[0], "suffix": same[1]}
    try:
        documents = read_file(file.path, raw, _options(settings))
    except UnreadableFile as error:
        problem = str(error).replace(file.path.name, "{file}")
        return [{**base, "number": 0, "problem": problem, **_row(Document(text=""))}]
    return [
        {**base, "number": number, "problem": "", **_row(document)}
        for number, document in enumerate(documents)
    ]


def _row(document: Document) -> dict[str, Any]:
    text, masked = mask(document.text)
    return {
        "title": mask(document.title)[0],
        "row_id": _unless_identifier(document.row_id or ""),
        "attributes": json.dumps(
            {name: mask(value)[0] for name, value in document.attributes.items()}, ensure_ascii=False
        ),
        "text": text,
        "identifiers": json.dumps([dataclasses.asdict(item) for item in masked]),
    }


def _unless_identifier(row_id: str) -> str:
    """Return the id of a row, or nothing when it is an address or a number by which people are found."""
    return "" if mask(row_id)[1] else row_id


def _options(settings: Reading) -> ReadOptions:
    given: dict[str, Any] = {
        "max_bytes": int(settings.max_megabytes * 1_000_000),
        "encoding": settings.encoding,
    }
    for name in ("text_columns", "id_columns", "title_columns"):
        columns: tuple[str, ...] = getattr(settings, name)
        if columns:
            given[name] = columns
    return ReadOptions(**given)


def by_file(readings: pd.DataFrame) -> Mapping[tuple[str, str], list[dict[str, Any]]]:
    """Return the documents of each file, by (sha256, suffix)."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in records(readings):
        found.setdefault((row["file_sha256"], row["suffix"]), []).append(row)
    return found


def suffix(source: str) -> str:
    """Return the suffix of a source in lower case, as the readings use it."""
    return Path(source).suffix.lower()
