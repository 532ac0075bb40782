"""The pictures: where codes occur, how they run through the narratives, what occurs together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from narratives.coding.codebook import Code, Codebook
from narratives.outputs.report.anchors import Anchors
from narratives.outputs.report.courses import Course, courses
from narratives.outputs.report.estimates import SUGGESTIONS
from narratives.outputs.report.formats import Formats
from narratives.outputs.report.material import Material
from narratives.outputs.report.sections import blocks

ROWS_IN_ONE_TABLE = 120
ROWS_A_BLOCK = 50
_PAIRS_ACROSS = 15
_PAIRS_FROM = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """A number in a matrix; `level` 0 to 4 is its shade."""

    text: str
    href: str
    level: int


@dataclass(frozen=True)
class Matrix:
    """Rows and columns of linked numbers; long ones come in blocks."""

    label: str
    columns: list[tuple[str, str]]
    blocks: list[tuple[str, list[tuple[str, str, list[Cell | None]]]]]


@dataclass(frozen=True)
class Pair:
    """Two codes that share passages."""

    first: tuple[str, str]
    second: tuple[str, str]
    value: float
    n: int
    href: str


@dataclass(frozen=True)
class Pictures:
    """Makes the pictures of one study; all of them rest on `source`."""

    material: Material
    anchors: Anchors
    formats: Formats
    language: str

    def heat(self, book: Codebook, codes: Sequence[Code]) -> Matrix:
        """Return narratives (as read, never ranked) by codes: the number of passages."""
        found: dict[tuple[str, str], list[str]] = {}
        for code in codes:
            for passage_id in self.material.passages_below(book, code):
                owner = self.material.passages[passage_id].narrative_id
                found.setdefault((owner, code.id), []).append(passage_id)
        rows = []
        for narrative in self.material.narratives:
            cells = [self._count(found.get((narrative.id, code.id))) for code in codes]
            rows.append((self.anchors.narrative(narrative.id), narrative.id, cells))
        parts = blocks(rows, ROWS_A_BLOCK, ROWS_IN_ONE_TABLE)
        titles = [f"{part[0][1]} – {part[-1][1]}" if len(parts) > 1 else "" for part in parts if part]
        return Matrix(
            book.label.of(self.language), self._heads(book, codes), list(zip(titles, parts, strict=False))
        )

    def _count(self, passage_ids: list[str] | None) -> Cell | None:
        if not passage_ids:
            return None
        n = len(passage_ids)
        return Cell(self.formats.number(n), self._first(passage_ids), 1 + (n > 1) + (n > 2) + (n > 4))

    def together(self, book: Codebook) -> Matrix | None:
        """Return how much of the passages of two codes they share (within a codebook)."""
        estimates = self.material.estimates.named(SUGGESTIONS, "together")
        for codes in (book.leaves(), book.children(None)):
            pairs = {}
            for first, second in combinations(codes, 2):
                row = estimates.get(f"{first.id}:{second.id}") or estimates.get(f"{second.id}:{first.id}")
                if row is not None:
                    pairs[first.id, second.id] = row
            if pairs:
                break
        else:
            return None
        used = [code for code in codes if any(code.id in pair and row.value for pair, row in pairs.items())]
        rows = []
        for number, code in enumerate(used):
            cells: list[Cell | None] = []
            for place, other in enumerate(used[:-1]):
                estimate = pairs.get((other.id, code.id)) if place < number else None
                both = self._both((book, other), (book, code)) if estimate and estimate.value > 0 else []
                cells.append(self._share(estimate.value, both) if estimate and both else None)
            if number:
                rows.append(
                    (
                        self.anchors.code(book.id, code.id),
                        code.label.of(self.language),
                        cells[: len(used) - 1],
                    )
                )
        if not rows:
            return None
        return Matrix(book.label.of(self.language), self._heads(book, used[:-1]), [("", rows)])

    def across(self) -> list[Pair]:
        """Return the closest pairs of codes from different codebooks."""
        owner = {code.id: (book, code) for book in self.material.codebooks for code in book.leaves()}
        found = []
        for name, row in self.material.estimates.named(SUGGESTIONS, "together").items():
            first, _, second = name.partition(":")
            if first in owner and second in owner and owner[first][0] is not owner[second][0]:
                both = self._both(owner[first], owner[second])
                if len(both) >= _PAIRS_FROM:
                    found.append((row, owner[first], owner[second], both))
        found.sort(key=lambda item: -item[0].value)
        return [
            Pair(self._head(*first), self._head(*second), row.value, len(both), self._first(both))
            for row, first, second, both in found[:_PAIRS_ACROSS]
        ]

    def themes_by_code(self, book: Codebook) -> Matrix | None:
        """Return the share of each theme's passages that carry a code."""
        estimates = self.material.estimates.named(SUGGESTIONS, "theme_code")
        top, leaves = book.children(None), book.leaves()
        names = set(estimates)
        known = [theme.id for theme in self.material.themes]
        codes = next(
            (
                some
                for some in (top, leaves)
                if any(f"{theme}:{code.id}" in names for theme in known for code in some)
            ),
            None,
        )
        if codes is None:
            return None
        members = {code.id: set(self.material.passages_below(book, code)) for code in codes}
        rows = []
        for theme in self.material.themes:
            cells: list[Cell | None] = []
            for code in codes:
                row = estimates.get(f"{theme.id}:{code.id}")
                both = [item for item in self.material.by_theme[theme.id] if item in members[code.id]]
                cells.append(self._share(row.value, both) if row and both else None)
            rows.append((self.anchors.theme(theme.id), theme.label, cells))
        return Matrix(book.label.of(self.language), self._heads(book, codes), [("", rows)])

    def courses(self, codes: list[tuple[str, str, str, str]]) -> list[Course]:
        """Return the courses of codes or themes given as (finding, href, label, color)."""
        source = self.source_of(codes)
        return courses(self.material.estimates, source, codes)

    def source_of(self, codes: list[tuple[str, str, str, str]]) -> str:
        """Return the source of a group of courses: that of its first finding."""
        return self.material.estimates.theme_source(codes[0][0]) if codes else SUGGESTIONS

    def _share(self, value: float, passage_ids: list[str]) -> Cell:
        level = 1 + (value >= 0.1) + (value >= 0.25) + (value >= 0.5)
        return Cell(self.formats.number(max(value * 100, 1)), self._first(passage_ids), level)

    def _both(self, one: tuple[Codebook, Code], other: tuple[Codebook, Code]) -> list[str]:
        wanted = set(self.material.passages_below(*other))
        return [item for item in self.material.passages_below(*one) if item in wanted]

    def _first(self, passage_ids: list[str]) -> str:
        passage = self.material.passages[passage_ids[0]]
        return self.anchors.passage(passage.id, passage.narrative_id)

    def _heads(self, book: Codebook, codes: Sequence[Code]) -> list[tuple[str, str]]:
        return [self._head(book, code) for code in codes]

    def _head(self, book: Codebook, code: Code) -> tuple[str, str]:
        return self.anchors.code(book.id, code.id), code.label.of(self.language)


def present(make: Callable[[Codebook], Matrix | None], books: Sequence[Codebook]) -> list[Matrix]:
    """Return the matrices of those codebooks that have one."""
    return [matrix for matrix in map(make, books) if matrix is not None]
