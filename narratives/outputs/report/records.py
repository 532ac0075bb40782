"""The rows of the tables as plain, typed records."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Narrative:
    """One account; `consent` is None when nothing was recorded."""

    id: str
    title: str
    language: str
    perspective: str
    words: int
    consent: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a narrative."""

    id: str
    narrative_id: str
    start: int
    end: int
    position: float
    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words (offsets into the narrative) that speak for a suggestion."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code proposed by the machine for a passage."""

    passage_id: str
    codebook_id: str
    code_id: str
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Membership:
    """The theme of a passage."""

    theme_id: int
    weight: float
    outlier: bool


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme found from the data up."""

    id: int
    label: str
    words: tuple[str, ...]
    n_passages: int
    n_narratives: int
    representative: tuple[str, ...]
    comes_back: tuple[float, float, float]
    named: bool


def rows_of(table: pd.DataFrame | None) -> list[dict[str, Any]]:
    return [] if table is None else [{str(k): v for k, v in row.items()} for row in table.to_dict("records")]


def is_missing(value: Any) -> bool:
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(value, float) and math.isnan(value)


def text_of(value: Any) -> str:
    """Return a table value as text; nothing for a missing one."""
    return "" if is_missing(value) else str(value)


def items_of(value: Any) -> list[Any]:
    """Return a list column's value as a list; Parquet gives arrays, and None for nothing."""
    return [] if is_missing(value) else list(value)


def narrative(row: dict[str, Any]) -> Narrative:
    consent = row.get("consent")
    words = row.get("n_words")
    return Narrative(
        id=str(row["narrative_id"]),
        title=text_of(row.get("title")),
        language=text_of(row.get("language")),
        perspective=text_of(row.get("perspective")),
        words=0 if is_missing(words) else int(words or 0),
        consent=None if is_missing(consent) else tuple(str(scope) for scope in items_of(consent)),
    )


def passage(row: dict[str, Any]) -> Passage:
    return Passage(
        id=str(row["passage_id"]),
        narrative_id=str(row["narrative_id"]),
        start=int(row["start"]),
        end=int(row["end"]),
        position=float(row["position"]),
        speaker=text_of(row.get("speaker")),
        text=str(row["text"]),
    )


def suggestion(row: dict[str, Any]) -> Suggestion:
    evidence = tuple(
        Evidence(int(item["start"]), int(item["end"]), text_of(item.get("reason")))
        for item in items_of(row.get("evidence"))
    )
    return Suggestion(
        str(row["passage_id"]),
        str(row["codebook_id"]),
        str(row["code_id"]),
        float(row["confidence"]),
        evidence,
    )


def theme(row: dict[str, Any]) -> Theme:
    return Theme(
        id=int(row["theme_id"]),
        label=text_of(row["label"]),
        words=tuple(str(word) for word in items_of(row["words"])),
        n_passages=int(row["n_passages"]),
        n_narratives=int(row["n_narratives"]),
        representative=tuple(str(item) for item in items_of(row["representative_passage_ids"])),
        comes_back=(float(row["stability"]), float(row["stability_low"]), float(row["stability_high"])),
        named=bool(row["named"]),
    )
