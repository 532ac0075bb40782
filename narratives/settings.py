"""The settings of an analysis: what a file in `pipelines/` may say, with its defaults and limits."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from narratives import places, yamlfile
from narratives.errors import InputError

Scope = Literal[
    "analysis",
    "research_quote",
    "teaching",
    "publication",
    "reuse",
    "machine_processing",
    "external_processing",
]
Language = Literal["de", "en"]


class Group(BaseModel):
    """A block of settings; an unknown key is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Group):
    """A text in German and English."""

    de: str
    en: str

    def of(self, language: str) -> str:
        """Return the text in `language` ("de" or "en")."""
        return self.de if language == "de" else self.en


class Reading(Group):
    """How report files are read."""

    max_megabytes: float = Field(50, gt=0)
    encoding: str | None = None
    text_columns: tuple[str, ...] = ()
    id_columns: tuple[str, ...] = ()
    title_columns: tuple[str, ...] = ()


class LanguageSettings(Group):
    """Which language tools are used; a name asks for an installed spaCy pipeline."""

    default: Language = "de"
    spacy_de: str | None = None
    spacy_en: str | None = None


class Consent(Group):
    """What people must have agreed to. A scope that was recorded as missing is not granted."""

    analysis: Scope = "analysis"
    quotes: Scope = "research_quote"


class Passages(Group):
    """How a narrative is cut into passages."""

    unit: Literal["sentence", "passage", "paragraph", "turn"] = "passage"
    min_words: int = Field(15, ge=1)
    max_words: int = Field(80, ge=5)
    max_sentences: int = Field(5, ge=1)

    @model_validator(mode="after")
    def _order(self) -> Passages:
        if self.min_words >= self.max_words:
            raise ValueError("min_words must be smaller than max_words")
        return self


class Themes(Group):
    """How themes are found."""

    number: int | Literal["auto"] = "auto"
    min_passages: int = Field(5, ge=2)
    max_number: int = Field(60, ge=2)
    words: int = Field(10, ge=3, le=30)
    representative: int = Field(4, ge=1, le=20)
    dimensions: int = Field(20, ge=2)
    resamples: int = Field(20, ge=5, le=200)
    sample: int = Field(20_000, ge=1000)
    map_passages: int = Field(1500, ge=0, le=5000)


class Coding(Group):
    """Which codebooks are used, by which machine coder, and from what confidence on a suggestion is shown."""

    codebooks: tuple[str, ...] = ("susi", "chime", "exin", "peer")
    warnings: str | None = "cw"
    coder: str = "recovery-coder"
    address: str = "http://127.0.0.1:11434/v1"
    external: bool = False
    seconds: float = Field(120, gt=0)
    show_from: float = Field(0.20, ge=0, le=1)
    precision: float = Field(0.35, ge=0, le=0.95)
    warn_from: float = Field(0.10, ge=0, le=1)


class Findings(Group):
    """Which statistics are made."""

    profile: str = "susi"
    by: tuple[str, ...] = ("perspective", "language")
    min_group: int = Field(5, ge=1)
    confidence: float = Field(0.95, gt=0.5, lt=1)
    resamples: int = Field(500, ge=50)


class Report(Group):
    """What the report shows."""

    language: Language = "de"
    audience: Literal["research", "teaching", "coding"] = "research"
    passages_per_code: int = Field(60, ge=1)


class Pipeline(Group):
    """One analysis: everything that decides what comes out."""

    name: str
    title: Text
    description: Text
    seed: int = 20261123
    reading: Reading = Reading()
    language: LanguageSettings = LanguageSettings()
    consent: Consent = Consent()
    passages: Passages = Passages()
    encoder: str = "passage-encoder-de-en-contextual"
    themes: Themes = Themes()
    coding: Coding = Coding()
    findings: Findings = Findings()
    report: Report = Report()


def load_pipeline(name_or_file: str, study: Path | None = None) -> Pipeline:
    """Return a pipeline by name (shipped, or in the study's own `pipelines/`) or by the path of a file.

    Raises InputError when it does not exist or holds a mistake (file and line are named).
    """
    return yamlfile.load(pipeline_path(name_or_file, study), Pipeline)


def pipeline_path(name_or_file: str, study: Path | None = None) -> Path:
    """Return the file of a pipeline given by name or by path; raises InputError when there is none."""
    if name_or_file.endswith((".yaml", ".yml")) or "/" in name_or_file:
        path = Path(name_or_file)
        if not path.is_file():
            raise InputError(f"{name_or_file}: there is no such pipeline file.")
        return path
    known = places.listing("pipelines", "*.yaml", study)
    if name_or_file not in known:
        raise InputError(
            f"There is no pipeline named {name_or_file!r}; there are {', '.join(known)}, "
            "or give the path of a .yaml file."
        )
    return known[name_or_file]
