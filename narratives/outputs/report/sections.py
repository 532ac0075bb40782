"""The passages behind every number: one section for each theme, each code and each narrative."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

from narratives.coding.codebook import Code, Codebook
from narratives.outputs.report.anchors import Anchors, own_passage
from narratives.outputs.report.material import Material
from narratives.outputs.report.quotes import Quote, Quotes
from narratives.outputs.report.records import Narrative, Passage
from narratives.outputs.report.texts import Texts
from narratives.outputs.report.volume import Volume

_Item = TypeVar("_Item")
FIRST = 5


@dataclass(frozen=True)
class Section:
    """The passages of one theme or code; `first` is open to the eye, `more` folded, `left_out` counted."""

    id: str
    label: str
    color: str
    n_passages: int
    n_narratives: int
    first: list[Quote]
    more: list[Quote]
    left_out: int
    definition: str = ""
    children: tuple[tuple[str, str, int], ...] = ()
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A short link from a passage to a code or theme."""

    href: str
    label: str
    color: str
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """A passage in its narrative, with what was found in it."""

    id: str
    passage_id: str
    quote: Quote
    chips: list[Chip]


@dataclass(frozen=True)
class Account:
    """A narrative with its passages."""

    id: str
    narrative: Narrative
    released: bool
    lines: list[Line]
    left_out: int
    n_passages: int
    n_coded: int


@dataclass(frozen=True)
class Sections:
    """Builds the sections of a report from what fits on the page."""

    material: Material
    volume: Volume
    quotes: Quotes
    anchors: Anchors
    texts: Texts
    language: str

    def themes(self) -> list[Section]:
        """Return one section a theme."""
        found = []
        for theme in self.material.themes:
            everything = self.material.by_theme[theme.id]
            shown = []
            for item in self.volume.themes[theme.id]:
                late = self.material.memberships[item].outlier
                note = str(self.texts("passages.reassigned")) if late else ""
                shown.append(self.quotes.of(self.material.passages[item], note=note))
            found.append(
                Section(
                    id=self.anchors.theme(theme.id),
                    label=theme.label,
                    color="",
                    n_passages=len(everything),
                    n_narratives=self.material.n_narratives(everything),
                    first=shown[:FIRST],
                    more=shown[FIRST:],
                    left_out=len(everything) - len(shown),
                    definition=", ".join(theme.words),
                )
            )
        return found

    def codes(self, book: Codebook) -> list[Section]:
        """Return one section a code, parents before their children."""
        return [self._code(book, code) for code, _ in in_order(book)]

    def _code(self, book: Codebook, code: Code) -> Section:
        everything = self.material.passages_below(book, code)
        rows = self.volume.codes[book.id, code.id]
        shown = [self.quotes.of(self.material.passages[row.passage_id], row) for row in rows]
        children = tuple(
            (
                self.anchors.code(book.id, child.id),
                child.label.of(self.language),
                len(self.material.passages_below(book, child)),
            )
            for child in book.children(code.id)
        )
        return Section(
            id=self.anchors.code(book.id, code.id),
            label=code.label.of(self.language),
            color=code.color,
            n_passages=len(everything),
            n_narratives=self.material.n_narratives(everything),
            first=shown[:FIRST],
            more=shown[FIRST:],
            left_out=len(self.material.suggestions[book.id, code.id]) - len(shown),
            definition=code.definition.of(self.language),
            children=children,
            parent=self.anchors.code(book.id, code.parent) if code.parent else "",
        )

    def narratives(self) -> list[Account]:
        """Return one section a narrative, in the order in which they were read."""
        return [self._account(narrative) for narrative in self.material.narratives]

    def _account(self, narrative: Narrative) -> Account:
        passages = self.material.by_narrative[narrative.id]
        lines = [self._line(passage) for passage in passages if passage.id in self.volume.in_narratives]
        return Account(
            id=self.anchors.narrative(narrative.id),
            narrative=narrative,
            released=self.quotes.released(narrative),
            lines=lines,
            left_out=len(passages) - len(lines),
            n_passages=len(passages),
            n_coded=sum(1 for passage in passages if passage.id in self.material.codes_of),
        )

    def _line(self, passage: Passage) -> Line:
        chips = []
        member = self.material.memberships.get(passage.id)
        label = self._theme_labels.get(member.theme_id) if member else None
        if member and label is not None:
            kind = str(self.texts("words.theme"))
            chips.append(Chip(self.anchors.theme(member.theme_id), label, "", kind))
        for row in self.material.codes_of.get(passage.id, ()):
            book = self.material.book(row.codebook_id)
            if book is not None:
                code = book.code(row.code_id)
                href = self.anchors.code(book.id, code.id)
                title = self.quotes.confidence(row.confidence)
                chips.append(Chip(href, code.label.of(self.language), code.color, title))
        return Line(own_passage(passage.id), passage.id, self.quotes.of(passage), chips)

    @cached_property
    def _theme_labels(self) -> dict[int, str]:
        return {theme.id: theme.label for theme in self.material.themes}


def in_order(book: Codebook, parent: str | None = None, depth: int = 0) -> list[tuple[Code, int]]:
    """Return all codes with their depth: every parent directly before its children."""
    found: list[tuple[Code, int]] = []
    for code in book.children(parent):
        found += [(code, depth), *in_order(book, code.id, depth + 1)]
    return found


def blocks(items: list[_Item], size: int, most: int) -> list[list[_Item]]:
    """Return the items in blocks of `size`, or in one block when there are at most `most`."""
    if len(items) <= most:
        return [items]
    edges = [*range(0, len(items), size), len(items)]
    return [items[start:end] for start, end in pairwise(edges)]
