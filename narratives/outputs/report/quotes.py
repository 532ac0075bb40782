"""Quotes: a passage as it may be shown, with consent, content warnings and evidence looked after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from narratives.outputs.report.anchors import Anchors
from narratives.outputs.report.formats import Formats
from narratives.outputs.report.material import Material
from narratives.outputs.report.records import Evidence, Narrative, Passage, Suggestion
from narratives.outputs.report.texts import Texts

FAIRLY_SURE = 0.7
MODERATELY_SURE = 0.5


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a quote; `depth` says how many pieces of evidence cover it."""

    text: str
    depth: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage ready for the page; `parts` is empty when the wording is not released."""

    place: str
    href: str
    released: bool
    flags: tuple[str, ...]
    speaker: str
    language: str
    parts: tuple[Part, ...]
    reasons: tuple[str, ...] = ()
    confidence: str = ""
    note: str = ""


class Quotes:
    """Decides for every passage of a study whether and how its words are shown."""

    def __init__(self, material: Material, anchors: Anchors, texts: Texts, formats: Formats) -> None:
        self._material = material
        self._anchors = anchors
        self._texts = texts
        self._formats = formats
        self._narratives = {narrative.id: narrative for narrative in material.narratives}
        self.consent_recorded = any(item.consent is not None for item in material.narratives)
        warnings = material.warnings
        self._flag_labels = (
            {code.id: code.label.of(formats.language) for code in warnings.codes} if warnings else {}
        )

    def released(self, narrative: Narrative) -> bool:
        """Return whether a narrative may be quoted word for word.

        A study that records no consent at all is for its owner's eyes (the page says so); in a study that
        records consent, a narrative without a record has not been released.
        """
        if not self.consent_recorded:
            return True
        return self._material.pipeline.consent.quotes in (narrative.consent or ())

    def may_quote(self, passage: Passage) -> bool:
        """Return whether the words of a passage may be shown."""
        return self.released(self._narratives[passage.narrative_id])

    def flagged(self, passage: Passage) -> bool:
        """Return whether the machine warns of the content of a passage."""
        return passage.id in self._material.flags

    def place(self, passage: Passage) -> str:
        """Return where a passage stands: 'narrative, 34 %'."""
        return f"{passage.narrative_id}, {self._formats.percent(passage.position)}"

    def of(self, passage: Passage, suggestion: Suggestion | None = None, note: str = "") -> Quote:
        """Return a passage as it may be shown; a suggestion adds marked evidence and its confidence."""
        narrative = self._narratives[passage.narrative_id]
        released = self.released(narrative)
        evidence = [self._in_words(item) for item in suggestion.evidence] if suggestion and released else []
        labels = [self._flag_labels.get(name, name) for name in self._material.flags.get(passage.id, ())]
        return Quote(
            place=self.place(passage),
            href=self._anchors.passage(passage.id, passage.narrative_id),
            released=released,
            flags=tuple(labels),
            speaker=passage.speaker if released else "",
            language=narrative.language,
            parts=mark(passage, evidence) if released else (),
            reasons=tuple(dict.fromkeys(item.reason for item in evidence if item.reason)),
            confidence=self.confidence(suggestion.confidence) if suggestion else "",
            note=note,
        )

    def _in_words(self, evidence: Evidence) -> Evidence:
        """Return the evidence with its reason in the language of the page, where the texts know the kind."""
        kind, colon, words = evidence.reason.partition(": ")
        known = self._texts.entry("reasons")
        if not colon or kind not in known:
            return evidence
        return replace(evidence, reason=str(known[kind]).format(words=words))

    def confidence(self, value: float) -> str:
        """Return a confidence in words and as a number."""
        name = "fair" if value >= FAIRLY_SURE else "moderate" if value >= MODERATELY_SURE else "unsure"
        return str(self._texts(f"confidence.{name}", value=self._formats.percent(value)))


def mark(passage: Passage, evidence: Iterable[Evidence]) -> tuple[Part, ...]:
    """Return the text of a passage cut where evidence begins and ends.

    Evidence may lie within other evidence (a word in a telling sentence): `depth` counts the layers.
    """
    spans = []
    for item in evidence:
        start, end = max(item.start - passage.start, 0), min(item.end - passage.start, len(passage.text))
        if start < end:
            spans.append((start, end, item.reason))
    edges = sorted({0, len(passage.text), *(edge for start, end, _ in spans for edge in (start, end))})
    parts = []
    for start, end in pairwise(edges):
        over = [reason for first, last, reason in spans if first <= start and end <= last]
        parts.append(Part(passage.text[start:end], len(over), "; ".join(dict.fromkeys(filter(None, over)))))
    return tuple(parts)
