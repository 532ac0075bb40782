"""Numbers as German and English readers write them."""

from __future__ import annotations

import math
from dataclasses import dataclass

_NO_BREAK = "\u00a0"
_MINUS = "\u2212"
_DASH = "\u2013"


@dataclass(frozen=True)
class Formats:
    """Writes numbers in one language; a value that does not exist becomes a dash."""

    language: str

    def number(self, value: float | None, digits: int = 0) -> str:
        """Return 1234.5 as '1.234,5' (de) or '1,234.5' (en)."""
        if value is None or not math.isfinite(value):
            return _DASH
        text = f"{abs(value):,.{digits}f}"
        if self.language == "de":
            text = text.translate(str.maketrans(",.", ".,"))
        negative = value < 0 and any(sign in text for sign in "123456789")
        return _MINUS + text if negative else text

    def percent(self, share: float | None) -> str:
        """Return 0.45 as '45 %' (de) or '45%' (en); a trace is not rounded down to nothing."""
        if share is None or not math.isfinite(share):
            return _DASH
        trace = 0 < share < 0.005
        return ("<" + _NO_BREAK if trace else "") + self._bare(1 if trace else share * 100) + self._sign()

    def interval(self, low: float | None, high: float | None) -> str:
        """Return (0.3, 0.6) as '30–60 %'; nothing when a limit is missing."""
        if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
            return ""
        return f"{self._bare(low * 100)}{_DASH}{self._bare(high * 100)}{self._sign()}"

    def points(self, difference: float | None) -> str:
        """Return a difference of shares in percentage points with its sign: '+12', '−5', '0'."""
        if difference is None or not math.isfinite(difference):
            return _DASH
        text = self._bare(difference * 100)
        return f"+{text}" if text[0] != _MINUS and text != "0" else text

    def size(self, n_bytes: float | None) -> str:
        """Return a file size in kB or MB."""
        if n_bytes is None:
            return _DASH
        if n_bytes < 1_000_000:
            return f"{self.number(math.ceil(n_bytes / 1000))}{_NO_BREAK}kB"
        return f"{self.number(n_bytes / 1_000_000, 1)}{_NO_BREAK}MB"

    def _bare(self, value: float) -> str:
        return self.number(value)

    def _sign(self) -> str:
        return f"{_NO_BREAK}%" if self.language == "de" else "%"
