"""Themes: what the narratives share, found from the data up."""

from __future__ import annotations

from narratives.themes.model import find_themes

__all__ = ["find_themes"]
