"""Theme cards: a theme with its words, its size and a few voices from different narratives."""

from __future__ import annotations

from dataclasses import dataclass

from narratives.coding.codebook import Codebook
from narratives.outputs.report.anchors import Anchors
from narratives.outputs.report.estimates import Estimate
from narratives.outputs.report.material import Material
from narratives.outputs.report.quotes import Quote, Quotes
from narratives.outputs.report.records import Passage, Theme

VOICES = 4
_MODULE_VOICES = 2


@dataclass(frozen=True)
class Card:
    """A theme or module at a glance."""

    id: str
    href: str
    label: str
    words: tuple[str, ...]
    n_passages: int
    n_narratives: int
    shares: list[tuple[str, Estimate]]
    voices: list[Quote]
    module: int | None = None
    definition: str = ""
    comes_back: tuple[float, float, float] | None = None


def theme_cards(material: Material, quotes: Quotes, anchors: Anchors) -> list[Card]:
    """Return one card a theme, in the order of the themes."""
    return [
        Card(
            id=f"card-{anchors.theme(theme.id)}",
            href=anchors.theme(theme.id),
            label=theme.label,
            words=theme.words,
            n_passages=theme.n_passages,
            n_narratives=theme.n_narratives,
            shares=_theme_share(material, f"share:theme:{theme.id}"),
            voices=voices(_candidates(material, theme), quotes, VOICES),
            comes_back=theme.comes_back,
        )
        for theme in material.themes
    ]


def module_cards(
    book: Codebook, material: Material, quotes: Quotes, anchors: Anchors, language: str
) -> list[Card]:
    """Return one card a teaching module of a codebook whose codes name modules."""
    cards = []
    for code in sorted((code for code in book.codes if code.module is not None), key=lambda c: c.module or 0):
        rows = sorted(material.suggestions[book.id, code.id], key=lambda row: -row.confidence)
        everything = material.passages_below(book, code)
        cards.append(
            Card(
                id=f"card-{anchors.code(book.id, code.id)}",
                href=anchors.code(book.id, code.id),
                label=code.label.of(language),
                words=(),
                n_passages=len(everything),
                n_narratives=material.n_narratives(everything),
                shares=_shares(material, code.id),
                voices=voices([material.passages[row.passage_id] for row in rows], quotes, _MODULE_VOICES),
                module=code.module,
                definition=code.definition.of(language),
            )
        )
    return cards


def module_book(material: Material) -> Codebook | None:
    """Return the codebook whose codes are teaching modules, if there is one."""
    return next(
        (book for book in material.codebooks if any(code.module is not None for code in book.codes)), None
    )


def voices(candidates: list[Passage], quotes: Quotes, number: int) -> list[Quote]:
    """Return up to `number` quotes from different narratives.

    Passages that may be quoted and carry no warning go first; a card with only a withheld passage says so
    rather than pretend there was none.
    """
    ordered = sorted(candidates, key=lambda item: (not quotes.may_quote(item), quotes.flagged(item)))
    chosen: list[Passage] = []
    for passage in ordered:
        if len(chosen) == number or (chosen and not quotes.may_quote(passage)):
            break
        if passage.narrative_id not in {item.narrative_id for item in chosen}:
            chosen.append(passage)
    return [quotes.of(passage) for passage in chosen]


def _candidates(material: Material, theme: Theme) -> list[Passage]:
    ids = [item for item in theme.representative if item in material.passages]
    ids += [item for item in material.by_theme[theme.id] if not material.memberships[item].outlier]
    return [material.passages[item] for item in dict.fromkeys(ids)]


def _theme_share(material: Material, finding: str) -> list[tuple[str, Estimate]]:
    source = material.estimates.theme_source(finding)
    estimate = material.estimates.get(source, finding)
    return [(source, estimate)] if estimate else []


def _shares(material: Material, name: str) -> list[tuple[str, Estimate]]:
    found = []
    for source in material.estimates.sources:
        estimate = material.estimates.get(source, f"share:{name}")
        if estimate is not None:
            found.append((source, estimate))
    return found
