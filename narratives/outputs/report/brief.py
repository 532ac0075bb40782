"""The report in short: a handful of plain sentences made from the numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup, escape

from narratives.outputs.report.anchors import Anchors
from narratives.outputs.report.estimates import SUGGESTIONS
from narratives.outputs.report.formats import Formats
from narratives.outputs.report.material import Material
from narratives.outputs.report.texts import Texts


@dataclass(frozen=True)
class Tile:
    """A large number with what it counts."""

    value: str
    label: str
    href: str


@dataclass(frozen=True)
class Brief:
    """Writes the short version of one study."""

    material: Material
    anchors: Anchors
    texts: Texts
    formats: Formats

    def tiles(self) -> list[Tile]:
        """Return the sizes of the study."""
        m = self.material
        sizes = [
            ("narratives", len(m.narratives), "by-narrative"),
            ("words", sum(row.words for row in m.narratives), "read"),
            ("passages", len(m.passages), "by-narrative"),
            ("themes", len(m.themes), "themes"),
        ]
        return [
            Tile(self.formats.number(n), str(self.texts(f"brief.tiles.{name}", n=n)), href)
            for name, n, href in sizes
        ]

    def sentences(self) -> list[Markup]:
        """Return what was read and what stands out, in plain language, every number with its link."""
        return [
            sentence for sentence in (self._read(), self._theme(), self._profile(), self._coded()) if sentence
        ]

    def _read(self) -> Markup:
        m = self.material
        words = sum(row.words for row in m.narratives)
        languages = Counter(row.language for row in m.narratives)
        spread = [
            str(self.texts(f"brief.in_{name}", n=languages[name])) for name in ("de", "en") if languages[name]
        ]
        return self.texts(
            "brief.read",
            narratives=_link("by-narrative", self.texts("counts.narratives", n=len(m.narratives))),
            words=_link("read", self.texts("counts.words", n=words)),
            passages=_link("by-narrative", self.texts("counts.passages", n=len(m.passages))),
            languages=str(self.texts("and")).join(spread) or str(self.texts("read.not_given")),
        )

    def _theme(self) -> Markup | None:
        themes = self.material.themes
        if not themes:
            return self.texts("brief.no_themes")
        largest = max(themes, key=lambda theme: (theme.n_narratives, theme.n_passages))
        return self.texts(
            "brief.themes",
            themes=_link("themes", self.texts("counts.themes", n=len(themes))),
            label=_link(self.anchors.theme(largest.id), largest.label),
            narratives=self._of_all(largest.n_narratives, self.anchors.theme(largest.id)),
        )

    def _profile(self) -> Markup | None:
        book = self.material.book(self.material.pipeline.findings.profile)
        if book is None:
            return None
        counts = []
        for code in book.leaves():
            found = self.material.passages_below(book, code)
            if found:
                counts.append((self.material.n_narratives(found), code))
        if not counts:
            return self.texts("brief.no_profile", book=book.label.of(self.formats.language))
        # max() keeps the order of the codebook among equals, so the sentence is the same every time.
        most, code = max(counts, key=lambda item: item[0])
        share = self.material.estimates.get(SUGGESTIONS, f"share:{code.id}")
        interval = self.formats.interval(share.low, share.high) if share else ""
        return self.texts(
            "brief.profile",
            book=_link("profile", book.label.of(self.formats.language)),
            label=_link(self.anchors.code(book.id, code.id), code.label.of(self.formats.language)),
            narratives=self._of_all(most, self.anchors.code(book.id, code.id)),
            interval=self.texts("brief.interval", share=self.formats.percent(share.value), interval=interval)
            if share and interval
            else "",
        )

    def _coded(self) -> Markup | None:
        m = self.material
        if not m.passages or not m.codebooks:
            return None
        coded = sum(1 for passage_id in m.passages if passage_id in m.codes_of)
        if not coded:
            return self.texts("brief.nothing_coded")
        return self.texts(
            "brief.coded",
            coded=_link("codes", self.formats.number(coded)),
            passages=_link("by-narrative", self.texts("counts.passages", n=len(m.passages))),
            share=self.formats.percent(coded / len(m.passages)),
            rest=_link("by-narrative", self.formats.number(len(m.passages) - coded)),
        )

    def _of_all(self, n: int, href: str) -> Markup:
        total = self.formats.number(len(self.material.narratives))
        return _link(href, self.texts("brief.of_all", n=n, total=total))


def _link(target: str, words: str) -> Markup:
    return Markup('<a class="n" href="#{}">{}</a>').format(target, escape(words))
