"""Pictures of the themes: a map of the passages, and a tree of how themes join."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from narratives.outputs.report.anchors import Anchors
from narratives.outputs.report.estimates import THEMES
from narratives.outputs.report.formats import Formats
from narratives.outputs.report.material import Material
from narratives.outputs.report.quotes import Quotes
from narratives.outputs.report.records import Theme
from narratives.outputs.report.texts import Texts

WIDTH, HEIGHT = 760, 520
COLORS = 10  # classes c0..c9 of the style sheet, then from the beginning
_EDGE = 14
_TITLE = 220
_LETTERS = 34
_ROW, _LABELS, _TREE = 26, 300, 420


@dataclass(frozen=True, slots=True)
class Dot:
    """A passage on the map; `title` is what is shown under the pointer."""

    x: float
    y: float
    color: int
    href: str
    title: str


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a theme in a picture."""

    x: float
    y: float
    color: int
    href: str
    label: str


@dataclass(frozen=True)
class Map:
    """The passages in two dimensions, with the names of their themes; `left_out` are not drawn."""

    dots: list[Dot]
    names: list[Name]
    left_out: int


@dataclass(frozen=True)
class Tree:
    """Themes as leaves, their joins as lines, in the coordinates of a drawing of `height`."""

    leaves: list[Name]
    lines: list[str]
    height: int


def passage_map(material: Material, quotes: Quotes, anchors: Anchors, texts: Texts) -> Map | None:
    """Return the map, or None when no passage has a place on it.

    A title holds the words of a passage only where they may be quoted and no warning lies on them.
    """
    color = _colors(material.themes)
    dots = []
    places: dict[int, list[tuple[float, float]]] = {theme: [] for theme in color}
    for passage_id, (across, down) in material.places.items():
        theme = material.memberships[passage_id].theme_id if passage_id in material.memberships else None
        if theme not in color or passage_id not in material.passages:
            continue
        passage = material.passages[passage_id]
        x, y = _scale(across, WIDTH), _scale(down, HEIGHT)
        words = quotes.place(passage)
        if quotes.flagged(passage):
            words += f"\n{texts('themes.map_flagged')}"
        elif quotes.may_quote(passage):
            words += "\n" + _cut(passage.text, _TITLE)
        places[theme].append((x, y))
        dots.append(Dot(x, y, color[theme], anchors.passage(passage.id, passage.narrative_id), words))
    names = [
        Name(
            median(x for x, _ in places[theme.id]),
            median(y for _, y in places[theme.id]),
            color[theme.id],
            anchors.theme(theme.id),
            _cut(theme.label, _LETTERS),
        )
        for theme in material.themes
        if places[theme.id]
    ]
    return Map(dots, _apart(names), len(material.passages) - len(dots)) if dots else None


def theme_tree(material: Material, anchors: Anchors) -> Tree | None:
    """Return the tree of the themes shown, or None for fewer than three."""
    color = _colors(material.themes)
    if len(color) < 3:
        return None
    below: dict[int, list[int]] = {theme: [theme] for theme in color}
    depth: dict[int, float] = dict.fromkeys(color, 0.0)
    joins = []
    for first, second, distance in material.tree:
        # A hidden theme leaves no leaf; what it joined goes on without it.
        kept, joined = below.pop(first, []), below.pop(second, [])
        below[first] = kept + joined
        if kept and joined:
            joins.append((kept, joined, distance))
    order = [theme for leaves in below.values() for theme in leaves]
    largest = max((distance for *_, distance in joins), default=1.0) or 1.0
    row = {theme: place for place, theme in enumerate(order)}
    height: dict[int, float] = {theme: row[theme] * _ROW + _ROW / 2 for theme in order}
    lines = []
    for kept, joined, distance in joins:
        a, b = kept[0], joined[0]
        at = _LABELS + distance / largest * _TREE
        lines.append(
            f"M{_LABELS + depth[a]:.0f} {height[a]:.1f}H{at:.0f}V{height[b]:.1f}H{_LABELS + depth[b]:.0f}"
        )
        middle = (height[a] + height[b]) / 2
        for theme in (a, b):
            height[theme], depth[theme] = middle, at - _LABELS
    by_id = {theme.id: theme for theme in material.themes}
    leaves = [
        Name(
            _LABELS - 8,
            row[theme] * _ROW + _ROW / 2 + 4,
            color[theme],
            anchors.theme(theme),
            _cut(by_id[theme].label, _LETTERS),
        )
        for theme in order
    ]
    return Tree(leaves, lines, len(order) * _ROW)


def theme_quality(material: Material, texts: Texts, formats: Formats) -> str:
    """Return in a sentence or two how good the themes are; nothing when that was not measured."""
    found = {name: row.value for name, row in material.estimates.named(THEMES, "themes").items()}
    if "coverage" not in found:
        return ""
    shown: dict[str, Any] = {name: formats.percent(value) for name, value in found.items()}
    shown["coherence"] = formats.number(found["coherence"], 2)
    return str(texts("themes.quality", **shown))


def _colors(themes: Sequence[Theme]) -> dict[int, int]:
    return {theme.id: place % COLORS for place, theme in enumerate(themes)}


def _scale(value: float, size: int) -> float:
    return round(_EDGE + value * (size - 2 * _EDGE), 1)


def _cut(text: str, most: int) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"


def _apart(names: list[Name]) -> list[Name]:
    """Return the names moved down where they would cover each other."""
    placed: list[Name] = []
    for name in sorted(names, key=lambda item: item.y):
        half = 3.6 * len(name.label)
        x, y = min(max(name.x, half + 4), WIDTH - half - 4), max(name.y, 14)
        while any(
            abs(y - other.y) < 17 and abs(x - other.x) < half + 3.6 * len(other.label) for other in placed
        ):
            y += 3
        placed.append(Name(round(x, 1), round(min(y, HEIGHT - 4), 1), name.color, name.href, name.label))
    return placed
