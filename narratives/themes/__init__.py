"""Themes: what the narratives share, found from the data up."""

from __future__ import annotations

from narratives.themes.find import find_groups, find_themes

__all__ = ["find_groups", "find_themes"]
