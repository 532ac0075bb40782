"""Identifiers that have a form: e-mail, web address, telephone, IBAN (not names or places)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PATTERNS = (
    ("email", "EMAIL", re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")),
    ("url", "URL", re.compile(r"\b(?:https?://|www\.)[^\s<>\"')\]]+[^\s<>\"')\].,;:!?]")),
    ("iban", "IBAN", re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")),
    (
        "phone",
        "TEL",
        re.compile(r"(?<![\w.,/-])(?:(?:\+|00)\d{1,3}(?:[ /()-]{0,2}\d){7,12}|0\d{2,4}[ /-]{1,3}\d{5,9})\b"),
    ),
)


@dataclass(frozen=True)
class Masked:
    """Where a placeholder stands in the masked text, and what kind of identifier it took the place of."""

    start: int
    end: int
    kind: str
    placeholder: str


def mask(text: str) -> tuple[str, list[Masked]]:
    """Return the text with numbered placeholders and where they stand (code points, half-open).

    The same identifier gets the same number within the text. The identifier itself is kept nowhere.
    """
    found: list[tuple[int, int, str, str]] = []
    for kind, name, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if all(match.end() <= start or match.start() >= end for start, end, _, _ in found):
                found.append((match.start(), match.end(), kind, name))
    parts: list[str] = []
    masked: list[Masked] = []
    numbers: dict[tuple[str, str], int] = {}
    done = length = 0
    for start, end, kind, name in sorted(found):
        same = (kind, text[start:end].casefold())
        number = numbers.setdefault(same, 1 + sum(1 for other, _ in numbers if other == kind))
        placeholder = f"[{name}_{number}]"
        length += start - done
        parts += [text[done:start], placeholder]
        masked.append(Masked(length, length + len(placeholder), kind, placeholder))
        length += len(placeholder)
        done = end
    return "".join([*parts, text[done:]]), masked
