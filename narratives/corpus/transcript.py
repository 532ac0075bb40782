"""Transcripts: who speaks where, and which marks are no speech."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict

from narratives import yamlfile
from narratives.places import find

_NAME = r"[^\W\d_a-zäöüß][\w.\-*]*(?: (?:[^\W\d_a-zäöüß][\w.\-*]*|\d{1,2})){0,2}"
_SHORT = re.compile(r"[A-ZÄÖÜ]{1,3}\d{0,2}\.?\Z")
_BRACKETED = re.compile(r"\(\(([^()\n]{0,80})\)\)|\(([^()\n]{0,80})\)|\[([^\[\]\n]{0,80})\]")
_PAUSE = re.compile(
    r"(?:\.{1,5}|…|-{1,3}|\?{1,3}|\d{1,2}(?:[.,]\d)?(?: ?(?:s|sec|sek|sekunden|seconds)\.?)?)\Z", re.I
)
_GUESS = re.compile(r"[^\W\d_][\w\-]*(?: [^\W\d_][\w\-]*)?\?\Z")
_OVERLAP = re.compile(r"(?<!:)//[^/\n]{0,40}?//|(?<!:)//|(?<![^\s])/(?!/)|(?<!/)/(?![^\s])|@\(\.?\d*\)@")
_WORD = re.compile(r"[^\W\d_]+")
_HEADER = 0.25  # a longer share of the text before the first label is no header but the account itself
_QUESTIONS, _FEW_QUESTIONS, _MUCH_SHORTER = 0.7, 0.3, 1 / 3  # an unmistakable interviewer without a label


def _words(value: Any) -> frozenset[str]:
    if not isinstance(value, str):
        raise ValueError("words are one string, apart by spaces")
    return frozenset(value.lower().split())


def _expressions(value: Any) -> tuple[str, ...]:
    for expression in value if isinstance(value, list) else [value]:
        try:
            re.compile(expression)
        except (re.error, TypeError) as error:
            raise ValueError(f"{expression!r} is no regular expression ({error})") from None
    return tuple(value)


Words = Annotated[frozenset[str], BeforeValidator(_words)]


class Conventions(BaseModel):
    """config/transcripts.yaml; word lists hold lower-case words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    interviewer: Words
    perhaps_interviewer: Words
    narrator: Words
    no_label: Words
    remarks: Words
    unintelligible: Words
    time_stamps: Annotated[tuple[str, ...], BeforeValidator(_expressions)]

    @cached_property
    def stamp(self) -> re.Pattern[str]:
        """One expression for every time stamp; it finds nothing when there are none."""
        return re.compile("|".join(f"(?:{expression})" for expression in self.time_stamps) or r"(?!)")

    @cached_property
    def label(self) -> re.Pattern[str]:
        """What may be a speaker label at the beginning of a line, with a time stamp before or after it."""
        stamp = rf"(?:(?:{self.stamp.pattern})[ \t]*)?"
        return re.compile(
            rf"^[ \t]*{stamp}(?:(?P<name>{_NAME})[ \t]?{stamp}:"
            r"|\[(?P<marked>[^\[\]\n:]{1,30})\](?P<colon>[ \t]?:)?)"
            r"(?=\s|\Z|[^\s/\d])",
            re.MULTILINE,
        )


@dataclass(frozen=True)
class Turn:
    """What one speaker says at a stretch; half-open code point offsets without label and edge time stamps."""

    start: int
    end: int
    speaker: str
    role: str  # "narrator" | "interviewer"


class _Label(NamedTuple):
    start: int
    end: int
    name: str
    key: str  # the name without dots and case


def load_conventions(study: Path | None = None) -> Conventions:
    """Return config/transcripts.yaml of the study, or the shipped one; InputError when it has mistakes."""
    return yamlfile.load(find("config", "transcripts.yaml", study), Conventions)


def turns(text: str, conventions: Conventions) -> list[Turn]:
    """Return the turns of a transcript in order, or one narrator's turn for a text without speaker labels.

    Text before the first label is context (role "interviewer", speaker ""), turns without text are left out.
    """
    labels = _labels(text, conventions)
    ends = [label.start for label in labels[1:]] + [len(text)] if labels else []
    first = labels[0].start if labels else len(text)
    header_role = "interviewer" if labels and first <= _HEADER * len(text) else "narrator"
    roles = _roles(text, labels, ends, conventions)
    found = [_turn(text, 0, first, "", header_role, conventions)]
    found += [
        _turn(text, label.end, end, label.name, roles[label.key], conventions)
        for label, end in zip(labels, ends, strict=True)
    ]
    return [turn for turn in found if turn is not None]


def blank_marks(text: str, conventions: Conventions) -> str:
    """Return the text at the same length with labels, time stamps, pauses and remarks as spaces.

    A guess such as "(Axt?)" keeps its word; other brackets stay. Blanking twice changes nothing more.
    """
    while True:
        blanked = _blank_once(text, conventions)
        if blanked == text:
            return text
        text = blanked


def _turn(text: str, start: int, end: int, speaker: str, role: str, conventions: Conventions) -> Turn | None:
    """Return the turn without space and time stamps at its edges, None when nothing is left."""
    stamps = [match.span() for match in conventions.stamp.finditer(text, start, end) if match[0]]
    while True:
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip())
        end = start + len(piece.strip())
        if stamps and stamps[0][0] <= start < stamps[0][1]:
            start = stamps.pop(0)[1]
        elif stamps and stamps[-1][1] == end:
            end = stamps.pop()[0]
        else:
            return Turn(start, end, speaker, role) if start < end else None


def _labels(text: str, conventions: Conventions) -> list[_Label]:
    """Return the speaker labels of a text that is a transcript, none for prose."""
    certain: list[_Label] = []
    names: list[_Label] = []
    for match in conventions.label.finditer(text):
        name = match["name"] or match["marked"]
        key = name.lower().rstrip(".:* ")
        if key in conventions.no_label:
            continue
        base = re.sub(r" ?\d+\Z", "", key)
        listed = base in conventions.interviewer or base in conventions.narrator
        if match["marked"] and not match["colon"] and base not in conventions.interviewer:
            continue  # a placeholder such as [Name] begins a sentence
        label = _Label(match.start(), match.end(), name, key)
        (certain if listed or _SHORT.match(name) else names).append(label)
    counts = Counter(label.key for label in certain)
    asked = any(re.sub(r" ?\d+\Z", "", key) in conventions.interviewer for key in counts)
    if not _recurs(counts) and not (asked and len(certain) + len(names) >= 2):
        certain, asked = [], False
    named = Counter(label.key for label in names)
    if certain:
        least = 1 if asked and len(counts) == 1 else 2
        kept = {key for key, count in named.items() if count >= least}
    else:
        kept = {key for key, count in named.items() if count >= 2} if _recurs(named) else set()
    return sorted([*certain, *(label for label in names if label.key in kept)])


def _recurs(counts: Counter[str]) -> bool:
    """Say whether labels come back as in a conversation: two of them twice, or one three times."""
    return sum(count >= 2 for count in counts.values()) >= 2 or any(count >= 3 for count in counts.values())


def _roles(text: str, labels: list[_Label], ends: list[int], conventions: Conventions) -> dict[str, str]:
    """Return the role of every label key."""
    bases = {label.key: re.sub(r" ?\d+\Z", "", label.key) for label in labels}
    asking = {key for key, base in bases.items() if base in conventions.interviewer}
    perhaps = {key for key, base in bases.items() if base in conventions.perhaps_interviewer}
    if set(bases) - asking - perhaps:
        asking |= perhaps
    if not asking:
        speech: dict[str, list[str]] = {key: [] for key in bases}
        for label, end in zip(labels, ends, strict=True):
            speech[label.key].append(conventions.stamp.sub("", text[label.end : end]).strip())
        asking = _unmistakable(speech)
    return {key: "interviewer" if key in asking else "narrator" for key in bases}


def _unmistakable(speech: dict[str, list[str]]) -> set[str]:
    """Return the one speaker who nearly only asks and is much shorter than the others, otherwise nobody."""
    if len(speech) < 2 or min(map(len, speech.values())) < 3:
        return set()
    asks = {key: sum(said.endswith("?") for said in parts) / len(parts) for key, parts in speech.items()}
    words = {key: sum(len(said.split()) for said in parts) / len(parts) for key, parts in speech.items()}
    asking = {key for key, share in asks.items() if share >= _QUESTIONS}
    others = set(speech) - asking
    if len(asking) != 1 or any(asks[key] > _FEW_QUESTIONS for key in others):
        return set()
    shorter = max(words[key] for key in asking) < _MUCH_SHORTER * min(words[key] for key in others)
    return asking if shorter else set()


def _blank_once(text: str, conventions: Conventions) -> str:
    spans = [(label.start, label.end) for label in _labels(text, conventions)]
    spans += [match.span() for match in conventions.stamp.finditer(text)]
    spans += [match.span() for match in _OVERLAP.finditer(text)]
    for match in _BRACKETED.finditer(text):
        start, end = match.span()
        doubled = match[1] is not None
        content = (match[1] or match[2] or match[3] or "").strip()
        if doubled or _is_mark(content, conventions):
            spans.append((start, end))
        elif match[2] is not None and _GUESS.match(content):
            spans += [(start, start + 1), (end - 2 if text[end - 2] == "?" else end - 1, end)]
    characters = list(text)
    for start, end in spans:
        characters[start:end] = [
            character if character.isspace() else " " for character in characters[start:end]
        ]
    return "".join(characters)


def _is_mark(content: str, conventions: Conventions) -> bool:
    """Say whether the content of a bracket is a pause, a remark or a note that speech was unintelligible."""
    if _PAUSE.match(content):
        return True
    words = _WORD.findall(content.lower())
    if not words or len(words) > 5:
        return False
    if words[0] in conventions.unintelligible or words[0] in conventions.remarks:
        return True
    return len(words) <= 3 and words[-1] in conventions.remarks
