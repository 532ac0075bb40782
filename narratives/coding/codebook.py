"""Codebooks: agreed categories with definitions, indicators and examples, in YAML people can edit."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator, model_validator

from narratives import places, yamlfile
from narratives.errors import InputError
from narratives.settings import Group, Text


class TextList(Group):
    """Lists of expressions or passages by language."""

    de: list[str] = Field(default_factory=list)
    en: list[str] = Field(default_factory=list)

    def of(self, language: str) -> list[str]:
        """Return the list in `language` ("de" or "en")."""
        return self.de if language == "de" else self.en


class Code(Group):
    """One category. Label and definition are needed; the rest helps people and the machine."""

    id: str
    parent: str | None = None
    group: str | None = None
    polarity: str | None = None
    color: str = "#4a6572"
    label: Text
    definition: Text
    include: Text | None = None
    exclude: Text | None = None
    indicators: TextList = TextList()
    examples: TextList = TextList()
    counterexamples: TextList = TextList()
    module: int | None = None
    aliases: TextList = TextList()
    material: bool | None = None

    @field_validator("id")
    @classmethod
    def _plain_id(cls, value: str) -> str:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", value):
            raise ValueError("an id has only the letters a to z, digits and _, and starts with a letter")
        return value

    @field_validator("color")
    @classmethod
    def _hex(cls, value: str) -> str:
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
            raise ValueError("a color is written like '#2a6f97'")
        return value


class Codebook(Group):
    """A set of codes, or (kind: flags) of content warnings, which are never codings."""

    id: str
    kind: Literal["codebook", "flags"] = "codebook"
    version: str = "1.0"
    label: Text
    description: Text | None = None
    sources: list[str] = Field(default_factory=list)
    notes: Text | None = None
    codes: list[Code] = Field(min_length=1)

    @model_validator(mode="after")
    def _consistent(self) -> Codebook:
        ids = [code.id for code in self.codes]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ValueError(f"the code id {twice[0]!r} is used twice")
        for code in self.codes:
            if code.parent is not None and code.parent not in ids:
                raise ValueError(f"the parent {code.parent!r} of {code.id!r} is not a code of this book")
            if code.parent == code.id or self._loops(code):
                raise ValueError(f"the parents of {code.id!r} run in a circle")
        return self

    def _loops(self, code: Code) -> bool:
        parents = {item.id: item.parent for item in self.codes}
        seen = {code.id}
        above = code.parent
        while above is not None:
            if above in seen:
                return True
            seen.add(above)
            above = parents.get(above)
        return False

    def code(self, code_id: str) -> Code:
        """Return the code with this id; raises KeyError."""
        return next(code for code in self.codes if code.id == code_id)

    def children(self, code_id: str | None) -> list[Code]:
        """Return the codes directly below `code_id` (None: the top level), in the order of the file."""
        return [code for code in self.codes if code.parent == code_id]

    def leaves(self) -> list[Code]:
        """Return the codes that have no children: those that passages are coded with."""
        parents = {code.parent for code in self.codes}
        return [code for code in self.codes if code.id not in parents]


def codebook_path(name_or_file: str, study: Path | None = None) -> Path:
    """Return the file of a codebook given by id or by path; raises InputError when there is none."""
    if name_or_file.endswith((".yaml", ".yml")) or "/" in name_or_file:
        path = Path(name_or_file)
        if not path.is_file():
            raise InputError(f"{name_or_file}: there is no such codebook file.")
        return path
    known = codebooks(study)
    if name_or_file not in known:
        raise InputError(
            f"There is no codebook named {name_or_file!r}; there are {', '.join(known)}, "
            "or give the path of a .yaml file."
        )
    return known[name_or_file]


def codebooks(study: Path | None = None) -> dict[str, Path]:
    """Return {name: file} of the shipped codebooks and of the study's own in config/codebooks/."""
    return places.listing("config", "codebooks/*.yaml", study)


def load_codebook(name_or_file: str, study: Path | None = None) -> Codebook:
    """Return a codebook by id or file; raises InputError naming file and line of a mistake."""
    return yamlfile.load(codebook_path(name_or_file, study), Codebook)
