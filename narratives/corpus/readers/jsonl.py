"""JSON lines (.jsonl, .ndjson): one account a line, with the column rules of tables."""

from __future__ import annotations

import json
from typing import Any

from narratives.corpus.document import Document
from narratives.corpus.encoding import decode
from narratives.corpus.readers.options import ReadOptions
from narratives.corpus.readers.rows import documents
from narratives.errors import UnreadableFile


def read(raw: bytes, name: str, options: ReadOptions) -> list[Document]:
    """Return one account a line; raises UnreadableFile naming the first line that is no JSON object."""
    rows = []
    for number, line in enumerate(decode(raw, name, options.encoding).split("\n"), start=1):
        if line.strip():
            rows.append(_row(line, number, name))
    return documents(rows, name, options)


def _row(line: str, number: int, name: str) -> dict[str, str]:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"{name} has no valid JSON in line {number}; mend or remove it.") from error
    if not isinstance(values, dict):
        raise UnreadableFile(f"{name} has no JSON object in line {number}; write one {{...}} a line.")
    return {str(key): _cell(value) for key, value in values.items()}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
