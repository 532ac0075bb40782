"""Where a link leads: one unique, plain id for every narrative, passage, code and theme."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable


def slug(text: str) -> str:
    """Return the text as letters, digits and hyphens only; never empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9_]+", "-", plain.lower()).strip("-") or "x"


class Anchors:
    """Ids for the page; two names that look alike as a slug still get two ids."""

    def __init__(
        self, narratives: Iterable[str], codes: Iterable[tuple[str, str]], themes: Iterable[int]
    ) -> None:
        taken: set[str] = set()
        self._narratives = {name: _free(f"narrative-{slug(name)}", taken) for name in narratives}
        self._codes: dict[tuple[str, str], str] = {}
        for book, code in codes:
            # One codebook is the rule; only a second one with the same code id needs a longer name.
            self._codes[book, code] = _free(f"code-{slug(code)}", taken)
        self._themes = {theme: _free(f"theme-{theme}", taken) for theme in themes}
        self._shown: Collection[str] = ()

    def show(self, passages: Collection[str]) -> None:
        """Say which passages stand on the page; links to all others lead to their narrative."""
        self._shown = passages

    def narrative(self, narrative_id: str) -> str:
        """Return the id of a narrative's section."""
        return self._narratives[narrative_id]

    def code(self, codebook_id: str, code_id: str) -> str:
        """Return the id of a code's section."""
        return self._codes[codebook_id, code_id]

    def theme(self, theme_id: int) -> str:
        """Return the id of a theme's section."""
        return self._themes[theme_id]

    def passage(self, passage_id: str, narrative_id: str) -> str:
        """Return the id of a passage, or of its narrative where the passage itself is left out."""
        return own_passage(passage_id) if passage_id in self._shown else self._narratives[narrative_id]


def own_passage(passage_id: str) -> str:
    """Return the id a passage has where it stands in its narrative."""
    return f"p-{slug(passage_id)}"


def _free(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}-{number}", number + 1
    taken.add(name)
    return name
