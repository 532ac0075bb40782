"""One run on a study: which tables it made, and which it could leave as they were."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narratives.manifest import program_digest
from narratives.progress import Progress
from narratives.settings import Pipeline
from narratives.study import Study, digest

if TYPE_CHECKING:
    import pandas as pd


@dataclass
class Run:
    """What one run has found out so far; the steps below fill it in order."""

    study: Study
    pipeline: Pipeline
    progress: Progress
    metadata: Path | None = None
    entries: list[dict[str, Any]] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    def table(
        self, names: str, settings: Any, inputs: Any, make: Callable[[], Sequence[pd.DataFrame]]
    ) -> None:
        """Make the tables (names joined by blanks) unless made from the same settings and inputs."""
        wanted = names.split()
        key = f"{digest([settings, program_digest()])}:{digest(inputs)}"
        if all(self.study.key(name) == key for name in wanted):
            return
        begun = time.perf_counter()
        for name, table in zip(wanted, make(), strict=True):
            self.study.write(name, table, key)
        self.made += wanted
        self.seconds[names] = round(time.perf_counter() - begun, 2)

    def earlier(self, name: str, settings: Any) -> pd.DataFrame | None:
        """Return the table of an earlier run when it was made with the same settings, whatever its input."""
        key = self.study.key(name)
        same = key is not None and key.startswith(f"{digest([settings, program_digest()])}:")
        return self.study.read(name) if same else None
