"""Themes, meaning and recovery in anonymised experience reports, on the reader's own machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Study", "__version__"]

if TYPE_CHECKING:
    from narratives.study import Study


def __getattr__(name: str) -> Any:
    # pandas costs half a second; `narratives --help` must not pay for it.
    if name == "Study":
        from narratives.study import Study

        return Study
    raise AttributeError(f"module 'narratives' has no attribute {name!r}")
