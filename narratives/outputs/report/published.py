"""What earlier studies found: config/published/<profile>.yaml, as context and never as a target."""

from __future__ import annotations

from pathlib import Path

from narratives import places, yamlfile
from narratives.settings import Group, Text


class Figure(Group):
    """One published figure and the codes of the codebook it may be read beside."""

    codes: tuple[str, ...] = ()
    statement: Text
    value: Text


class PublishedStudy(Group):
    """A published study with its sample and its source."""

    id: str
    label: Text
    sample: int
    method: Text
    source: str
    note: Text | None = None
    figures: list[Figure]


class Published(Group):
    """Published figures that belong to a codebook."""

    id: str
    label: Text
    caution: Text
    studies: list[PublishedStudy]


def published(profile: str, study: Path | None) -> Published | None:
    """Return the published figures beside a profile, or None when there are none."""
    known = places.listing("config", "published/*.yaml", study)
    return yamlfile.load(known[profile], Published) if profile in known else None
