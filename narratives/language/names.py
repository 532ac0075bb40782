"""Common given and family names, which never name a theme."""

from __future__ import annotations

from functools import cache

from narratives.places import find


@cache
def common_names() -> frozenset[str]:
    """Return the names of config/names/, lower case; names that are also words are not among them."""
    folder = find("config", "names")
    files = sorted(folder.glob("*.txt"))
    return frozenset(name.lower() for file in files for name in file.read_text(encoding="utf-8").split())
