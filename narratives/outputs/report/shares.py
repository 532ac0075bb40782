"""Tables of shares: how many narratives carry a code or theme, for all and by group."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from narratives.coding.codebook import Codebook
from narratives.outputs.report.anchors import Anchors
from narratives.outputs.report.estimates import SUGGESTIONS, Estimate
from narratives.outputs.report.material import Material
from narratives.outputs.report.records import text_of
from narratives.outputs.report.sections import in_order
from narratives.outputs.report.texts import Texts


@dataclass(frozen=True)
class Row:
    """One code of a table; `n_passages` is None where only people's codings are shown."""

    href: str
    label: str
    definition: str
    include: str
    exclude: str
    color: str
    depth: int
    parent: bool
    module: int | None
    n_passages: int | None
    n_narratives: int
    share: Estimate | None


@dataclass(frozen=True)
class ShareTable:
    """A codebook as a table, from one source."""

    codebook_id: str
    label: str
    description: str
    source: str
    rows: list[Row]


@dataclass(frozen=True)
class GroupTable:
    """Shares side by side: one column a group."""

    attribute: str
    source: str
    columns: list[tuple[str, int]]
    rows: list[tuple[str, str, list[Estimate | None]]]
    left_out: list[str]


@dataclass(frozen=True)
class Shares:
    """Makes the tables of one study."""

    material: Material
    anchors: Anchors
    texts: Texts
    language: str

    def table(self, book: Codebook, source: str) -> ShareTable:
        """Return the table of a codebook: passages, narratives and share of narratives."""
        return ShareTable(
            codebook_id=book.id,
            label=book.label.of(self.language),
            description=book.description.of(self.language) if book.description else "",
            source=source,
            rows=[self._row(book, code.id, depth, source) for code, depth in in_order(book)],
        )

    def _row(self, book: Codebook, code_id: str, depth: int, source: str) -> Row:
        code = book.code(code_id)
        share = self.material.estimates.get(source, f"share:{code_id}")
        passages = self.material.passages_below(book, code) if source == SUGGESTIONS else None
        if passages is None:
            n_narratives = round(share.value * share.n) if share else 0
        else:
            n_narratives = self.material.n_narratives(passages)
        return Row(
            href=self.anchors.code(book.id, code_id),
            label=code.label.of(self.language),
            definition=code.definition.of(self.language),
            include=code.include.of(self.language) if code.include else "",
            exclude=code.exclude.of(self.language) if code.exclude else "",
            color=code.color,
            depth=depth,
            parent=bool(book.children(code_id)),
            module=code.module,
            n_passages=None if passages is None else len(passages),
            n_narratives=n_narratives,
            share=share,
        )

    def by_group(self, book: Codebook, source: str) -> list[GroupTable]:
        """Return one table an attribute; groups that are too small for a share are named, not shown."""
        return self._by_group(
            [
                (f"share:{code.id}", self.anchors.code(book.id, code.id), code.label.of(self.language))
                for code, _ in in_order(book)
            ],
            source,
        )

    def themes_by_group(self) -> list[GroupTable]:
        """Return the same for the themes."""
        themes = [
            (f"share:theme:{theme.id}", self.anchors.theme(theme.id), theme.label)
            for theme in self.material.themes
        ]
        return self._by_group(themes, self.material.estimates.theme_source(themes[0][0])) if themes else []

    def _by_group(self, wanted: list[tuple[str, str, str]], source: str) -> list[GroupTable]:
        """Return the tables of (finding, href, label)."""
        found: dict[str, dict[str, int]] = {}
        for finding, *_ in wanted:
            for group, row in self.material.estimates.groups(source, finding).items():
                if "=" in group:
                    attribute, value = group.split("=", 1)
                    found.setdefault(attribute, {})[value] = row.n
        tables = []
        for attribute in self.material.pipeline.findings.by:
            groups = found.get(attribute, {})
            least = self.material.pipeline.findings.min_group
            small = [
                self.value(attribute, value)
                for value, n in self._values(attribute).items()
                if value not in groups and n < least
            ]
            if not groups and not small:
                continue
            rows = []
            for finding, href, label in wanted:
                estimates = self.material.estimates.groups(source, finding)
                rows.append((href, label, [estimates.get(f"{attribute}={value}") for value in groups]))
            columns = [(self.value(attribute, value), n) for value, n in groups.items()]
            tables.append(GroupTable(self.attribute(attribute), source, columns, rows, small))
        return tables

    def attribute(self, name: str) -> str:
        """Return the name of an attribute in plain words."""
        return self.texts.known("attributes", name)

    def value(self, attribute: str, value: str) -> str:
        """Return the value of an attribute in plain words."""
        family = {"perspective": "perspectives", "language": "languages"}.get(attribute, "values")
        return self.texts.known(family, value)

    def _values(self, attribute: str) -> Counter[str]:
        if attribute not in self.material.table.columns:
            return Counter()
        values = [text_of(value) for value in self.material.table[attribute]]
        return Counter(value for value in values if value)


@dataclass(frozen=True)
class Link:
    """A dimension that goes together with another one."""

    first: str
    first_href: str
    second: str
    second_href: str
    difference: Estimate


def links(book: Codebook, material: Material, anchors: Anchors, source: str, language: str) -> list[Link]:
    """Return the links between the codes of a codebook, in its order."""
    codes = {code.id: code for code in book.codes}
    found = []
    for name, estimate in material.estimates.named(source, "link").items():
        first, _, second = name.partition(":")
        if first in codes and second in codes:
            found.append(
                Link(
                    codes[first].label.of(language),
                    anchors.code(book.id, first),
                    codes[second].label.of(language),
                    anchors.code(book.id, second),
                    estimate,
                )
            )
    return found
