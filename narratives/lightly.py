"""Import a package without the heavy optional parts it would pull in and that nobody here uses."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType
from typing import Any


class _Hide(MetaPathFinder):
    def __init__(self, packages: tuple[str, ...]) -> None:
        self.packages = packages

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> Any:
        if name.partition(".")[0] in self.packages:
            raise ModuleNotFoundError(f"{name} is left out here", name=name)
        return None


@contextlib.contextmanager
def without(*packages: str) -> Iterator[None]:
    """Let imports in this block find `packages` not installed, unless they were imported before.

    spaCy and BERTopic import torch, transformers, umap and hdbscan at start-up when those are installed
    (they come along as dependencies) and do without them when they are not. We use none of these
    by default; leaving them out saves several seconds and some 400 MB.
    """
    hide = _Hide(packages)
    sys.meta_path.insert(0, hide)
    try:
        yield
    finally:
        sys.meta_path.remove(hide)
