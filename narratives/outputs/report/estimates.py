"""The findings table by name: an estimate is never shown without saying whose work it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

SUGGESTIONS = "suggestions"
CODINGS = "codings"
THEMES = "themes"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its interval and the number of cases below it."""

    value: float
    low: float
    high: float
    n: int
    method: str

    @property
    def clear(self) -> bool:
        """Return whether the interval of a difference leaves zero out."""
        return self.low > 0 or self.high < 0


class Estimates:
    """All findings, kept apart by source: suggestions (machine) and codings (people) never mix."""

    def __init__(self, rows: dict[tuple[str, str], dict[str, Estimate]]) -> None:
        self._rows = rows

    @classmethod
    def from_rows(cls, rows: Iterable[dict[str, Any]]) -> Estimates:
        """Return the estimates of the findings table; `method` starts with the source and a colon."""
        found: dict[tuple[str, str], dict[str, Estimate]] = {}
        for row in rows:
            method = str(row["method"])
            estimate = Estimate(
                float(row["estimate"]), float(row["low"]), float(row["high"]), int(row["n"]), method
            )
            key = (method.split(":", 1)[0], str(row["finding"]))
            found.setdefault(key, {})[str(row["group"])] = estimate
        return cls(found)

    @property
    def sources(self) -> list[str]:
        """Return what there are findings for; suggestions come first and are there even when empty."""
        present = {source for source, _ in self._rows}
        return [SUGGESTIONS, *([CODINGS] if CODINGS in present else [])]

    @property
    def methods(self) -> list[str]:
        """Return the names of the statistical methods used."""
        return sorted({row.method for groups in self._rows.values() for row in groups.values()})

    def get(self, source: str, finding: str, group: str = "all") -> Estimate | None:
        """Return one estimate, or None when the table does not have it."""
        return self._rows.get((source, finding), {}).get(group)

    def theme_source(self, finding: str) -> str:
        """Return under which source a finding on themes is kept: themes are the machine's in either case."""
        return THEMES if (THEMES, finding) in self._rows else SUGGESTIONS

    def groups(self, source: str, finding: str) -> dict[str, Estimate]:
        """Return the estimates of one finding by group, in the order of the table."""
        return self._rows.get((source, finding), {})

    def named(self, source: str, kind: str) -> dict[str, Estimate]:
        """Return {rest of the name: estimate} of all findings `kind:...` for the group all."""
        start = f"{kind}:"
        return {
            name.removeprefix(start): groups["all"]
            for (owner, name), groups in self._rows.items()
            if owner == source and name.startswith(start) and "all" in groups
        }
