"""The table of passages; narratives whose text was cut before keep their passages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narratives.corpus.passages import cut, load_borders, passage_id
from narratives.corpus.transcript import blank_marks, load_conventions
from narratives.language import Language
from narratives.progress import Progress
from narratives.settings import Passages
from narratives.study import records

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ["passage_id", "narrative_id", "start", "end", "speaker", "position", "text"]


def make_passages(
    narratives: pd.DataFrame,
    languages: Mapping[str, Language],
    settings: Passages,
    study: Path | None,
    known: pd.DataFrame | None,
    progress: Progress,
) -> pd.DataFrame:
    """Return the table `passages`; `known` is the one of an earlier run with the same settings."""
    import pandas as pd

    conventions, borders = load_conventions(study), load_borders(study)
    earlier: dict[str, list[dict[str, Any]]] = {}
    if known is not None:
        earlier = {str(name): records(rows) for name, rows in known.groupby("narrative_id")}
    rows: list[dict[str, Any]] = []
    todo = records(narratives[["narrative_id", "text", "text_sha256", "language"]])
    for narrative in progress.bar(todo, "cutting passages", total=len(todo)):
        text, sha = narrative["text"], narrative["text_sha256"]
        before = earlier.get(narrative["narrative_id"], [])
        if before and all(passage_id(sha, row["start"], row["end"]) == row["passage_id"] for row in before):
            rows += before
            continue
        language = languages[narrative["language"]]
        for start, end, speaker in cut(
            text, language.code, language.sentences, settings, conventions, borders
        ):
            rows.append(
                {
                    "passage_id": passage_id(sha, start, end),
                    "narrative_id": narrative["narrative_id"],
                    "start": start,
                    "end": end,
                    "speaker": speaker,
                    "position": round(start / len(text), 6),
                    "text": text[start:end],
                }
            )
    return pd.DataFrame(rows, columns=COLUMNS)


def spoken(passages: pd.DataFrame, study: Path | None) -> list[str]:
    """Return the texts of passages with transcript marks blanked; every text keeps its length."""
    conventions = load_conventions(study)
    return [blank_marks(text, conventions) for text in passages["text"]]
