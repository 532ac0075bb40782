"""YAML files people write: read safely, checked against a model, mistakes named with file and line."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from narratives.errors import InputError

# The same safe loader, and ten times faster where PyYAML was built with libyaml.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Model = TypeVar("_Model", bound=BaseModel)
_Place = tuple[str, ...]


class YamlMistake(InputError):  # noqa: N818 - the name is the message
    """A YAML file that cannot be used; `mistakes` holds one sentence each, with file and line."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


def load(path: Path, model: type[_Model]) -> _Model:
    """Return the file as `model`; raises YamlMistake naming file, line and the way out."""
    data, lines = read(path)
    if not isinstance(data, dict):
        raise YamlMistake([f"{path}:1: this file must hold keys and values, such as `id: ...`."])
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise YamlMistake([_sentence(path, lines, model, item) for item in error.errors()]) from None


def read(path: Path) -> tuple[Any, dict[_Place, int]]:
    """Return the data of a YAML file and the line (from 1) of every place in it.

    Raises YamlMistake for a file that is missing, not UTF-8, not YAML, or that names a key twice.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise YamlMistake([f"{path}: cannot be read as UTF-8 text ({type(error).__name__})."]) from None
    try:
        root = yaml.compose(text, Loader=_LOADER)
        data = yaml.load(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        raise YamlMistake([_syntax_sentence(path, error)]) from None
    lines: dict[_Place, int] = {}
    mistakes: list[str] = []
    if root is not None:
        _collect(root, (), lines, mistakes, path)
    if mistakes:
        raise YamlMistake(mistakes)
    return data, lines


def _syntax_sentence(path: Path, error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = f":{mark.line + 1}" if mark else ""
    problem = getattr(error, "problem", None) or "this is not YAML"
    return f"{path}{line}: {problem}; texts with a colon or a quote need quotes around them."


def _collect(
    node: yaml.Node, place: _Place, lines: dict[_Place, int], mistakes: list[str], path: Path
) -> None:
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                mistakes.append(f"{path}:{key.start_mark.line + 1}: `{name}` is given twice.")
            seen.add(name)
            _collect(value, (*place, name), lines, mistakes, path)
            lines[(*place, name)] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            _collect(item, (*place, str(number)), lines, mistakes, path)


def line_of(lines: dict[_Place, int], place: Sequence[str | int]) -> int:
    """Return the line of the deepest known place on the way to `place`."""
    way = tuple(str(part) for part in place)
    while way and way not in lines:
        way = way[:-1]
    return lines.get(way, 1)


def _sentence(path: Path, lines: dict[_Place, int], model: type[BaseModel], item: Any) -> str:
    place = tuple(item["loc"])
    where = f"{path}:{line_of(lines, place)}"
    name = ".".join(str(part) for part in place) or "file"
    if item["type"] == "extra_forbidden":
        near = difflib.get_close_matches(str(place[-1]), _field_names(model), n=1)
        hint = f", did you mean `{near[0]}`?" if near else "."
        return f"{where}: `{name}` is not a setting{hint}"
    if item["type"] == "missing":
        return f"{where}: `{place[-1]}` is missing."
    message = str(item["msg"]).removeprefix("Value error, ")
    given = item.get("input")
    shown = f" (given: {given!r})" if isinstance(given, str | int | float | bool) else ""
    return f"{where}: `{name}`: {message[0].lower() + message[1:]}{shown}."


def _field_names(model: type[BaseModel]) -> list[str]:
    """Return the names of all settings of a model and of the models within it."""
    names: list[str] = []
    for name, field in model.model_fields.items():
        names.append(name)
        for part in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(part, type) and issubclass(part, BaseModel):
                names += _field_names(part)
    return names
