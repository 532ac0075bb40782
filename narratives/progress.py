"""Progress bars: on standard error, only on a terminal, silent on request."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

_T = TypeVar("_T")


class Progress:
    """Tells a person how far a long step is; `quiet` says nothing at all."""

    def __init__(self, quiet: bool = False) -> None:
        self.quiet = quiet

    def bar(self, items: Iterable[_T], label: str, total: int | None = None) -> Iterator[_T]:
        """Yield `items`, with a bar and the remaining time when standard error is a terminal."""
        if self.quiet or not sys.stderr.isatty():
            yield from items
            return
        from tqdm import tqdm

        yield from tqdm(items, desc=label, total=total, file=sys.stderr, leave=False, mininterval=0.3)

    def say(self, sentence: str) -> None:
        """Print one sentence on standard error."""
        if not self.quiet:
            print(sentence, file=sys.stderr, flush=True)
