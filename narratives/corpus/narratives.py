"""The table of narratives: texts with language, attributes and consent; and what was left out, and why."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from narratives.anonymity.consent import may_analyse
from narratives.anonymity.patterns import mask
from narratives.corpus.attributes import normalised
from narratives.corpus.metadata import Metadata
from narratives.corpus.readings import by_file, suffix
from narratives.language import detect_language

if TYPE_CHECKING:
    import pandas as pd

FIXED = [
    "narrative_id",
    "source",
    "title",
    "language",
    "perspective",
    "consent",
    "text",
    "text_sha256",
    "n_words",
]
_IDENTIFIERS = ["narrative_id", "start", "end", "kind", "placeholder"]


def make_narratives(
    readings: pd.DataFrame,
    entries: list[dict[str, Any]],
    metadata: Metadata | None,
    default_language: str,
    analysis_scope: str,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tables `narratives` and `identifiers`; the entries (one a file) are completed in place.

    A document is left out, with its reason in the entry, when nothing is in it, when the same text was
    read before, or when consent is recorded and does not cover the analysis.
    """
    import pandas as pd

    documents = by_file(readings)
    names = _names([entry["source"] for entry in entries])
    rows: list[dict[str, Any]] = []
    identifiers: list[dict[str, Any]] = []
    first_with: dict[str, str] = {}
    taken: set[str] = set()
    for entry in entries:
        entry["narratives"] = []
        if entry["status"] != "read":
            continue
        found = documents[(entry["sha256"], suffix(entry["source"]))]
        reasons = []
        for document in found:
            name = _narrative_id(names[entry["source"]], document, len(found), taken)
            row = _row(name, entry["source"], document, metadata, default_language)
            reason = _reason_against(row, first_with, analysis_scope)
            if reason:
                reasons.append(f"{name}: {reason}" if len(found) > 1 else reason)
                continue
            taken.add(name)
            first_with[row["text_sha256"]] = name
            entry["narratives"].append(name)
            rows.append(row)
            identifiers += [{"narrative_id": name, **item} for item in json.loads(document["identifiers"])]
        if reasons:
            entry["reason"] = "; ".join(reasons)
            if not entry["narratives"]:
                entry["status"] = "duplicate" if "same text" in reasons[0] else "left out"
    further = list(dict.fromkeys(column for row in rows for column in row if column not in FIXED))
    table = pd.DataFrame(rows, columns=[*FIXED, *further])
    table[further] = table[further].fillna("")
    return table, pd.DataFrame(identifiers, columns=_IDENTIFIERS)


def _names(sources: Sequence[str]) -> dict[str, str]:
    """Return a speaking id for each file: its stem, or as much of its path as makes it the only one."""
    stems = [PurePosixPath(source).stem for source in sources]
    named = {}
    for source, stem in zip(sources, stems, strict=True):
        if stems.count(stem) == 1:
            named[source] = stem
        else:
            named[source] = source.replace("/", "-")
    return named


def _narrative_id(name: str, document: dict[str, Any], documents: int, taken: set[str]) -> str:
    numbered = name if documents == 1 else f"{name}-{document['number'] + 1:03d}"
    wanted = document["row_id"].strip() or numbered
    candidate, number = wanted, 2
    while candidate in taken:
        candidate, number = f"{wanted}-{number}", number + 1
    return candidate


def _row(
    name: str, source: str, document: dict[str, Any], metadata: Metadata | None, default_language: str
) -> dict[str, Any]:
    text = document["text"]
    known = normalised(json.loads(document["attributes"]), f"{source}, {name}")
    matched = metadata.match(source, document["row_id"] or None) if metadata is not None else None
    known.update(matched or {})
    language = known.pop("language", None) or detect_language(text, default_language)[0]
    row: dict[str, Any] = {
        "narrative_id": name,
        "source": source,
        "title": str(known.pop("title", "") or document["title"]),
        "language": language,
        "perspective": known.pop("perspective", None) or "",
        "consent": known.pop("consent", None),
        "text": text,
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "n_words": len(text.split()),
    }
    for column, value in known.items():
        # An attribute never takes the place of what the program itself found out.
        row[f"{column}_" if column in FIXED else column] = "" if value is None else mask(str(value))[0]
    return row


def _reason_against(row: dict[str, Any], first_with: dict[str, str], analysis_scope: str) -> str:
    if not row["n_words"]:
        return "there is no text in it"
    if row["text_sha256"] in first_with:
        return f"the same text as {first_with[row['text_sha256']]}"
    if not may_analyse(row["consent"], analysis_scope):
        return f"the recorded consent does not cover {analysis_scope}"
    return ""
