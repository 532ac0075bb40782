"""How the study was made: settings, versions and hashes as tables, for the methods section of a paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from narratives.coding.chat import is_loopback
from narratives.coding.proposers import LANGUAGE_MODEL
from narratives.outputs.report.formats import Formats
from narratives.outputs.report.texts import Texts
from narratives.settings import Pipeline


@dataclass(frozen=True)
class Setting:
    """One setting with its value and what it does."""

    name: str
    value: str
    meaning: str


def settings(pipeline: Pipeline, texts: Texts) -> list[Setting]:
    """Return every setting of the pipeline by its dotted name."""
    meanings = texts.entry("settings")
    rows = []
    for name, value in _flat(pipeline.model_dump()):
        if name.split(".")[0] in ("title", "description"):
            continue
        rows.append(Setting(name, _plain(value, texts), str(meanings.get(name, ""))))
    return rows


def versions(manifest: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return program, Python, platform and packages with their versions."""
    program = manifest.get("program") or {}
    rows = [(str(program.get("name", "narratives")), str(program.get("version", "")))]
    rows += [(name, str(manifest[key])) for name, key in (("Python", "python"), ("Platform", "platform"))
             if manifest.get(key)]  # fmt: skip
    return rows + sorted((str(name), str(value)) for name, value in (manifest.get("packages") or {}).items())


def hashes(manifest: Mapping[str, Any], texts: Texts, formats: Formats) -> list[tuple[str, str, str]]:
    """Return (kind, name, SHA-256) of everything that decides the result, and of the tables."""
    rows = []
    for key in ("pipeline", "encoder", "coder"):
        part = manifest.get(key) or {}
        if part.get("sha256"):
            rows.append((str(texts(f"method.kinds.{key}")), str(part.get("name", "")), str(part["sha256"])))
    metadata = manifest.get("metadata") or {}
    if metadata.get("sha256"):
        kind = str(texts("method.kinds.metadata"))
        rows.append((kind, str(metadata.get("file", "")), str(metadata["sha256"])))
    for name, value in (manifest.get("config") or {}).items():
        rows.append((str(texts("method.kinds.config")), f"config/{name}", str(value)))
    for name, part in (manifest.get("tables") or {}).items():
        count = str(texts("method.rows", n=int(part.get("rows", 0))))
        kind = str(texts("method.kinds.table"))
        rows.append((kind, f"tables/{name}.parquet ({count})", str(part.get("sha256", ""))))
    return rows


def citation(manifest: Mapping[str, Any], pipeline: Pipeline, texts: Texts) -> str:
    """Return how to cite the program and the pipeline of this study."""
    program = manifest.get("program") or {}
    return str(
        texts(
            "method.citation",
            program=str(program.get("name", "narratives")),
            version=str(program.get("version", "")),
            pipeline=pipeline.name,
            sha256=str((manifest.get("pipeline") or {}).get("sha256", ""))[:12] or "–",
            encoder=str((manifest.get("encoder") or {}).get("name", pipeline.encoder)),
            coder=str((manifest.get("coder") or {}).get("name", pipeline.coding.coder)),
            seed=str(pipeline.seed),
        )
    )


def stayed(pipeline: Pipeline, texts: Texts) -> str:
    """Return whether texts left the machine."""
    coding = pipeline.coding
    if not coding.coder.startswith(LANGUAGE_MODEL):
        return str(texts("method.stayed"))
    entry = "method.asked" if is_loopback(coding.address) else "method.sent"
    model = coding.coder.removeprefix(LANGUAGE_MODEL)
    return str(texts(entry, model=model, address=coding.address))


def reach(manifest: Mapping[str, Any], texts: Texts, formats: Formats) -> str:
    """Return how much of what people code the machine proposes, as measured; nothing when it was not."""
    measured = (manifest.get("coder") or {}).get("measured")
    if not measured:
        return ""
    return texts(
        "method.reach",
        n=int(measured["passages"]),
        recall=formats.percent(float(measured["recall"])),
        precision=formats.percent(float(measured["precision"])),
    )


def _flat(values: Mapping[str, Any], start: str = "") -> list[tuple[str, Any]]:
    rows: list[tuple[str, Any]] = []
    for name, value in values.items():
        if isinstance(value, dict):
            rows += _flat(value, f"{start}{name}.")
        else:
            rows.append((start + name, value))
    return rows


def _plain(value: Any, texts: Texts) -> str:
    if value is None or value == ():
        return str(texts("method.unset"))
    if isinstance(value, tuple | list):
        return ", ".join(str(item) for item in value)
    return str(value)
