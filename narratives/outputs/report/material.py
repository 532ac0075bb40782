"""Everything the report is made of, read once from the tables into plain, typed records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from narratives.coding.codebook import Code, Codebook
from narratives.outputs.report import records
from narratives.outputs.report.estimates import Estimates
from narratives.outputs.report.records import Membership, Narrative, Passage, Suggestion, Theme, rows_of
from narratives.settings import Pipeline
from narratives.study import Study

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Material:
    """The study in memory, in the order in which it was read; nothing here is sorted by outcome."""

    pipeline: Pipeline
    codebooks: tuple[Codebook, ...]
    warnings: Codebook | None
    table: pd.DataFrame
    narratives: tuple[Narrative, ...]
    passages: dict[str, Passage]
    themes: tuple[Theme, ...]
    memberships: dict[str, Membership]
    places: dict[str, tuple[float, float]]
    tree: tuple[tuple[int, int, float], ...]
    suggestions: dict[tuple[str, str], list[Suggestion]]
    flags: dict[str, tuple[str, ...]]
    estimates: Estimates
    by_narrative: dict[str, list[Passage]] = field(default_factory=dict)
    _below: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    @cached_property
    def _place(self) -> dict[str, int]:
        return {passage_id: place for place, passage_id in enumerate(self.passages)}

    @cached_property
    def codes_of(self) -> dict[str, list[Suggestion]]:
        """Return the suggestions of each passage, in codebook order."""
        found: dict[str, list[Suggestion]] = {}
        for rows in self.suggestions.values():
            for row in rows:
                found.setdefault(row.passage_id, []).append(row)
        return found

    @cached_property
    def by_theme(self) -> dict[int, list[str]]:
        """Return the passages of each theme, heaviest first."""
        found: dict[int, list[str]] = {theme.id: [] for theme in self.themes}
        for passage_id, row in sorted(self.memberships.items(), key=lambda item: -item[1].weight):
            if row.theme_id in found:
                found[row.theme_id].append(passage_id)
        return found

    def book(self, codebook_id: str) -> Codebook | None:
        """Return a codebook of this analysis."""
        return next((book for book in self.codebooks if book.id == codebook_id), None)

    def below(self, book: Codebook, code: Code) -> list[Suggestion]:
        """Return the suggestions of a code and of all codes below it, one row a passage and code."""
        rows = list(self.suggestions.get((book.id, code.id), ()))
        for child in book.children(code.id):
            rows += self.below(book, child)
        return rows

    def passages_below(self, book: Codebook, code: Code) -> list[str]:
        """Return the passages of a code and of all codes below it, each once, in reading order."""
        key = (book.id, code.id)
        if key not in self._below:
            ids = {row.passage_id for row in self.below(book, code)}
            self._below[key] = sorted(ids, key=self._place.__getitem__)
        return self._below[key]

    def n_narratives(self, passage_ids: Sequence[str]) -> int:
        """Return from how many narratives these passages come."""
        return len({self.passages[item].narrative_id for item in passage_ids})


def read_material(
    study: Study, pipeline: Pipeline, codebooks: Sequence[Codebook], warnings: Codebook | None
) -> Material:
    """Return the tables of a study as records; a table that was not made counts as empty."""
    table = study.narratives
    narratives = tuple(records.narrative(row) for row in rows_of(table))
    known = {narrative.id for narrative in narratives}
    by_narrative: dict[str, list[Passage]] = {narrative.id: [] for narrative in narratives}
    # Two narratives with the same text have the same passage ids: the first one keeps them.
    rows = {row.id: row for row in (records.passage(item) for item in reversed(rows_of(study.passages)))}
    for row in sorted(rows.values(), key=lambda item: item.start):
        if row.narrative_id in known:
            by_narrative[row.narrative_id].append(row)
    passages = {row.id: row for group in by_narrative.values() for row in group}
    suggestions: dict[tuple[str, str], list[Suggestion]] = {
        (book.id, code.id): [] for book in codebooks for code in book.codes
    }
    flags: dict[str, list[str]] = {}
    for suggestion in (records.suggestion(item) for item in rows_of(_optional(study, "suggestions"))):
        if suggestion.passage_id not in passages:
            continue
        if warnings is not None and suggestion.codebook_id == warnings.id:
            flags.setdefault(suggestion.passage_id, []).append(suggestion.code_id)
        elif (suggestion.codebook_id, suggestion.code_id) in suggestions:
            suggestions[suggestion.codebook_id, suggestion.code_id].append(suggestion)
    memberships = {
        str(row["passage_id"]): Membership(int(row["theme_id"]), float(row["weight"]), bool(row["outlier"]))
        for row in rows_of(_optional(study, "passage_themes"))
        if str(row["passage_id"]) in passages and not records.is_missing(row["theme_id"])
    }
    return Material(
        pipeline=pipeline,
        codebooks=tuple(codebooks),
        warnings=warnings,
        table=table,
        narratives=narratives,
        passages=passages,
        themes=tuple(records.theme(row) for row in rows_of(_optional(study, "themes")) if not row["hidden"]),
        memberships=memberships,
        places={
            str(row["passage_id"]): (float(row["x"]), float(row["y"]))
            for row in rows_of(_optional(study, "passage_map"))
        },
        tree=tuple(
            (int(row["first"]), int(row["second"]), float(row["distance"]))
            for row in rows_of(_optional(study, "theme_tree"))
        ),
        suggestions=suggestions,
        flags={name: tuple(dict.fromkeys(ids)) for name, ids in flags.items()},
        estimates=Estimates.from_rows(rows_of(_optional(study, "findings"))),
        by_narrative=by_narrative,
    )


def _optional(study: Study, name: str) -> pd.DataFrame | None:
    return study.read(name) if study.path(name).is_file() else None
