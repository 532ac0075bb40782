"""What researchers decided about themes, kept in themes.yaml of a study."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from narratives import yamlfile
from narratives.study import atomic
from narratives.themes.identity import keep_ids
from narratives.themes.kmeans import k_means, nearest

FILE = "themes.yaml"
_HEAD = """# Decisions on the themes of this study, by number; yours to edit.
# Entscheidungen zu den Themen dieser Studie, nach Nummer; Sie können diese Datei ändern.
#   name: ...       the name people gave        hidden: true    not in report and findings
#   into: 3         put together with theme 3   parts: [2, 9]   taken apart into themes 2 and 9
#   fixed: true     new passages go to the themes there are
#   guide: {Garten: [Beet, ernten]}, or the id of a codebook: words that themes begin from
"""


class Choice(BaseModel):
    """What was decided about one theme."""

    model_config = ConfigDict(extra="forbid")

    name: str | None = Field(None, min_length=1)
    hidden: bool = False
    into: int | None = Field(None, ge=0)
    parts: tuple[int, ...] = ()


class Choices(BaseModel):
    """All decisions on the themes of a study; `guide` are words that themes are to begin from, by name."""

    model_config = ConfigDict(extra="forbid")

    fixed: bool = False
    guide: dict[str, Annotated[tuple[str, ...], Field(min_length=1)]] | str = Field(default_factory=dict)
    themes: dict[int, Choice] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _no_circle(self) -> Choices:
        for theme in self.themes:
            self.target(theme)
        return self

    def target(self, theme: int) -> int:
        """Return the theme a theme was merged into, or itself; raises ValueError for a circle."""
        seen = [theme]
        while (choice := self.themes.get(seen[-1])) is not None and choice.into is not None:
            if choice.into in seen:
                raise ValueError(f"themes {', '.join(map(str, seen))} are merged into each other")
            seen.append(choice.into)
        return seen[-1]


def load_choices(study: Path) -> Choices:
    """Return themes.yaml of a study, or no decisions when there is none; mistakes name file and line."""
    path = study / FILE
    return yamlfile.load(path, Choices) if path.is_file() else Choices()


def largest_id(choices: Choices) -> int:
    """Return the largest theme id the decisions name, -1 for none."""
    named = [choice.into for choice in choices.themes.values() if choice.into is not None]
    parts = [part for choice in choices.themes.values() for part in choice.parts]
    return max([-1, *choices.themes, *named, *parts])


def apply_choices(
    ids: np.ndarray, placed: np.ndarray, choices: Choices, earlier: np.ndarray, seed: int
) -> np.ndarray:
    """Return the theme id of each passage after splits and merges.

    `ids` (n) are the ids found, -1 for none; `placed` (n, d) the passages in the space of themes; `earlier`
    (n) the ids after splits and merges of the last run, -1 unknown, so that parts keep their ids.
    """
    result = ids.copy()
    for theme, choice in sorted(choices.themes.items()):
        inside = np.flatnonzero(ids == theme)
        if len(choice.parts) < 2 or len(inside) < len(choice.parts):
            continue
        groups = nearest(placed[inside], k_means(placed[inside], len(choice.parts), seed, starts=10))
        wanted = np.array(choice.parts)
        before = np.where(np.isin(earlier[inside], wanted), earlier[inside], -1)
        kept = keep_ids(groups, before)
        free = iter([part for part in choice.parts if part not in set(kept)])
        order = np.argsort(-np.bincount(groups), kind="stable")
        names = {group: int(kept[group]) if kept[group] in wanted else next(free) for group in order}
        result[inside] = [names[group] for group in groups]
    return np.array([choices.target(int(theme)) if theme >= 0 else -1 for theme in result], dtype=int)


def save_choices(study: Path, choices: Choices) -> None:
    """Write themes.yaml of a study, whole or not at all."""
    import yaml

    content = choices.model_dump(exclude_defaults=True)
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=True)
    with atomic(study / FILE) as partial:
        partial.write_text(_HEAD + text, encoding="utf-8", newline="\n")


def decide(choices: Choices, theme: int, **changes: Any) -> Choices:
    """Return the decisions with one changed; what was decided about the theme before stays."""
    before = choices.themes.get(theme, Choice())
    after = Choice.model_validate({**before.model_dump(), **changes})
    themes = {**choices.themes, theme: after}
    if after == Choice():
        del themes[theme]
    return Choices.model_validate({**choices.model_dump(), "themes": themes})
