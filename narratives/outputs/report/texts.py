"""The words of the interface: config/report/<language>.yaml, with plurals and safe placeholders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from narratives import places, yamlfile
from narratives.errors import InputError
from narratives.outputs.report.formats import Formats


class Texts:
    """Looks a text up by its dotted key; what a study brings in its own config/ wins."""

    def __init__(self, entries: dict[str, Any], formats: Formats) -> None:
        self._entries = entries
        self._formats = formats

    def __call__(self, key: str, n: float | None = None, **values: Any) -> Markup:
        """Return the text with its placeholders filled; `n` picks singular or plural and fills {n}.

        Values are escaped unless they are Markup already, so a text can carry a link but data never a tag.
        """
        entry = self.entry(key)
        if isinstance(entry, list):
            entry = entry[0] if n == 1 else entry[1]
        if not isinstance(entry, str):
            raise InputError(f"config/report: the text {key!r} must be words.")
        if n is not None:
            values.setdefault("n", self._formats.number(n))
        return Markup(escape(entry)).format(**values)

    def entry(self, key: str) -> Any:
        """Return whatever lies below a dotted key; raises InputError when there is nothing."""
        found: Any = self._entries
        for part in key.split("."):
            if not isinstance(found, dict) or part not in found:
                raise InputError(f"config/report/{self._formats.language}.yaml has no text {key!r}.")
            found = found[part]
        return found

    def known(self, family: str, name: str) -> str:
        """Return the label of a value the texts know (such as a perspective), or the value in plain words."""
        labels = self.entry(family)
        return str(labels[name]) if name in labels else name.replace("_", " ")

    def paragraphs(self, key: str, **values: Any) -> list[Markup]:
        """Return a list of paragraphs or items, each with its placeholders filled."""
        return [Markup(escape(text)).format(**values) for text in self.entry(key)]


def load_texts(language: str, study: Path | None, formats: Formats) -> Texts:
    """Return the interface texts; entries of the study's own file replace single shipped ones."""
    name = f"report/{language}.yaml"
    entries, _ = yamlfile.read(places.shipped("config") / name)
    own = places.find("config", name, study)
    if own != places.shipped("config") / name:
        entries = _merged(entries, yamlfile.read(own)[0])
    return Texts(entries, formats)


def _merged(shipped: dict[str, Any], own: Any) -> dict[str, Any]:
    merged = dict(shipped)
    for key, value in (own if isinstance(own, dict) else {}).items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _merged(merged[key], value) if both else value
    return merged
