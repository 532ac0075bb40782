"""What a user may say about reading: limits, encoding, names of columns."""

from __future__ import annotations

from dataclasses import dataclass

TEXT_COLUMNS = (
    "text",
    "bericht",
    "erzählung",
    "erzaehlung",
    "narrative",
    "narrativ",
    "story",
    "report",
    "content",
    "inhalt",
    "body",
    "antwort",
    "answer",
    "response",
    "freitext",
    "transkript",
    "transcript",
)
ID_COLUMNS = (
    "narrative_id",
    "id",
    "nr",
    "no",
    "nummer",
    "number",
    "kennung",
    "code",
    "fall",
    "case",
    "case_id",
    "person_id",
    "file",
    "filename",
    "datei",
    "dateiname",
)
TITLE_COLUMNS = ("title", "titel", "überschrift", "ueberschrift", "heading", "headline")


@dataclass(frozen=True)
class ReadOptions:
    """Limits and guesses for reading; column names are tried in their order, whatever their case."""

    max_bytes: int = 50_000_000
    text_columns: tuple[str, ...] = TEXT_COLUMNS
    id_columns: tuple[str, ...] = ID_COLUMNS
    title_columns: tuple[str, ...] = TITLE_COLUMNS
    encoding: str | None = None
