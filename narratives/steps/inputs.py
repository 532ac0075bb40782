"""What several steps need of a study and of its settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from narratives import places
from narratives.study import Study, file_digest

if TYPE_CHECKING:
    import pandas as pd


def with_language(study: Study) -> pd.DataFrame:
    """Return the passages with the language of their narrative."""
    language = study.narratives.set_index("narrative_id")["language"]
    passages = study.passages
    return passages.assign(language=passages["narrative_id"].map(language))


def config_digest(study: Path, *names: str) -> list[str]:
    return [file_digest(places.find("config", name, study)) for name in names]
