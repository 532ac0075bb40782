"""What was read: the files with their fate, and how the narratives are spread over the attributes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from narratives.corpus.narratives import FIXED
from narratives.outputs.report.anchors import Anchors
from narratives.outputs.report.material import Material
from narratives.outputs.report.records import items_of, text_of
from narratives.outputs.report.texts import Texts

FILES_IN_ONE_TABLE = 60
_FURTHER = 6
_VALUES = 12


@dataclass(frozen=True)
class FileRow:
    """A report file and what became of it."""

    source: str
    size: int | None
    status: str
    reason: str
    narratives: list[tuple[str, str]]


@dataclass(frozen=True)
class Attribute:
    """How many narratives have which value; `merged` says that small groups were put together."""

    label: str
    counts: list[tuple[str, int]]
    merged: bool


def file_rows(manifest: Mapping[str, Any], anchors: Anchors, material: Material) -> list[FileRow]:
    """Return the files of the manifest in their order."""
    known = {narrative.id for narrative in material.narratives}
    return [
        FileRow(
            source=str(item.get("source", "")),
            size=item.get("bytes"),
            status=str(item.get("status", "read")),
            reason=text_of(item.get("reason")),
            narratives=[
                (str(name), anchors.narrative(str(name)))
                for name in item.get("narratives") or ()
                if str(name) in known
            ],
        )
        for item in manifest.get("files") or ()
    ]


def status_counts(rows: list[FileRow]) -> list[tuple[str, int]]:
    """Return how many files have which status, in a fixed order."""
    counts = Counter(row.status for row in rows)
    order = ("read", "left out", "duplicate", "empty", "unreadable")
    return [(status, counts[status]) for status in order if counts[status]]


def attributes(material: Material, texts: Texts) -> tuple[list[Attribute], list[str]]:
    """Return the overview of perspective, language and further attributes, and the names of those left out.

    Further attributes are the ones that could point to a person, so their small groups are put together
    until a group has as many narratives as the pipeline asks of a group.
    """
    shown = []
    missing = str(texts("read.not_given"))
    for name, family in (("perspective", "perspectives"), ("language", "languages")):
        values = [getattr(narrative, name) for narrative in material.narratives]
        labels = [texts.known(family, value) if value else missing for value in values]
        shown.append(Attribute(texts.known("attributes", name), Counter(labels).most_common(), False))
    left_out = []
    least = material.pipeline.findings.min_group
    for column in material.table.columns:
        if column in FIXED:
            continue
        labels = [texts.known("values", _label(value)) or missing for value in material.table[column]]
        name = texts.known("attributes", str(column))
        if set(labels) == {missing}:
            continue
        if len(set(labels)) > _VALUES or len(shown) - 2 >= _FURTHER:
            left_out.append(name)
            continue
        counts, merged = merge_small(Counter(labels).most_common(), least)
        shown.append(Attribute(name, counts, merged))
    return shown, left_out


def merge_small(counts: list[tuple[str, int]], least: int) -> tuple[list[tuple[str, int]], bool]:
    """Return the counts with groups below `least` put together.

    One small group alone would be found by subtraction: then the next larger one joins it.
    """
    large = [(name, n) for name, n in counts if n >= least]
    small = [(name, n) for name, n in counts if n < least]
    if not small:
        return counts, False
    while large and (len(small) < 2 or sum(n for _, n in small) < least):
        small.insert(0, large.pop())
    names = " / ".join(sorted((name for name, _ in small), key=str.casefold))
    return [*large, (names, sum(n for _, n in small))], len(small) > 1


def _label(value: Any) -> str:
    if hasattr(value, "__len__") and not isinstance(value, str):
        return ", ".join(str(item) for item in items_of(value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return text_of(value)
