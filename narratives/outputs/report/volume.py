"""How much fits on the page: a report above some 15 MB no longer opens well on an ordinary laptop."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from narratives.outputs.report.material import Material
from narratives.outputs.report.records import Passage, Suggestion

_Item = TypeVar("_Item")
LIMIT = 11_500_000
_QUOTE_MARKUP = 520
_PASSAGE_MARKUP = 190
_CHIP = 110
_CELL = 28
_LESS = (40, 25, 15, 10, 6)


@dataclass(frozen=True)
class Volume:
    """What is shown: how many passages a section, and which passages stand in their narrative."""

    per_section: int
    codes: dict[tuple[str, str], list[Suggestion]]
    themes: dict[int, list[str]]
    in_narratives: frozenset[str]
    complete: bool


def plan_volume(material: Material, readable: Callable[[Passage], bool]) -> Volume:
    """Return the largest selection that stays below the limit.

    First every passage stands in its narrative and the sections get shorter; only then are passages that
    no section shows left out of their narratives. In a section, passages that are `readable` come first:
    those whose wording is withheld must not take the place of those that can be read.
    """
    ordered = _ordered(material, readable)
    asked = material.pipeline.report.passages_per_code
    everything = frozenset(material.passages)
    cells = _CELL * len(material.narratives) * len(material.suggestions)
    volume = _select(ordered, asked, everything)
    for cap in (asked, *(number for number in _LESS if number < asked)):
        volume = _select(ordered, cap, everything)
        if cells + _bytes(material, volume) < LIMIT:
            return volume
    for cap in (asked, *(number for number in _LESS if number < asked)):
        volume = _select(ordered, cap, None)
        if cells + _bytes(material, volume) < LIMIT:
            return volume
    return volume


@dataclass(frozen=True)
class _Ordered:
    codes: dict[tuple[str, str], list[Suggestion]]
    themes: dict[int, list[str]]


def _ordered(material: Material, readable: Callable[[Passage], bool]) -> _Ordered:
    may = {name for name, passage in material.passages.items() if readable(passage)}

    def order(items: list[_Item], ids: list[str]) -> list[_Item]:
        owners = [(item not in may, material.passages[item].narrative_id) for item in ids]
        withheld = [owner[0] for owner in owners]
        turns = taking_turns(list(zip(withheld, items, strict=True)), owners)
        return [item for hidden in (False, True) for place, item in turns if place is hidden]

    codes = {}
    for key, rows in material.suggestions.items():
        ranked = sorted(rows, key=lambda row: -row.confidence)
        codes[key] = order(ranked, [row.passage_id for row in ranked])
    return _Ordered(codes, {theme: order(ids, ids) for theme, ids in material.by_theme.items()})


def _select(ordered: _Ordered, cap: int, in_narratives: frozenset[str] | None) -> Volume:
    codes = {key: rows[:cap] for key, rows in ordered.codes.items()}
    themes = {theme: ids[:cap] for theme, ids in ordered.themes.items()}
    if in_narratives is None:
        cited = {row.passage_id for rows in codes.values() for row in rows}
        cited |= {item for ids in themes.values() for item in ids}
        return Volume(cap, codes, themes, frozenset(cited), False)
    return Volume(cap, codes, themes, in_narratives, True)


def taking_turns(items: list[_Item], owners: Sequence[Hashable]) -> list[_Item]:
    """Return the items so that every owner gets a turn before anyone gets a second one."""
    turn: dict[Hashable, int] = {}
    rounds: list[tuple[int, int]] = []
    for number, owner in enumerate(owners):
        turn[owner] = turn.get(owner, 0) + 1
        rounds.append((turn[owner], number))
    return [items[number] for _, number in sorted(rounds)]


def _bytes(material: Material, volume: Volume) -> int:
    quoted = [material.passages[row.passage_id] for rows in volume.codes.values() for row in rows]
    quoted += [material.passages[item] for ids in volume.themes.values() for item in ids]
    size = _text_bytes(quoted) + _QUOTE_MARKUP * len(quoted)
    home = [material.passages[item] for item in material.passages if item in volume.in_narratives]
    chips = sum(len(material.codes_of.get(passage.id, ())) + 1 for passage in home)
    return size + _text_bytes(home) + _PASSAGE_MARKUP * len(home) + _CHIP * chips


def _text_bytes(passages: Iterable[Passage]) -> int:
    return sum(len(passage.text.encode()) for passage in passages)
