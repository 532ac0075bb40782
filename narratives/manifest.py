"""manifest.json: everything that decides what came out, so that another person can make it again."""

from __future__ import annotations

import functools
import hashlib
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from narratives import __version__, places
from narratives.coding.codebook import load_codebook
from narratives.coding.coder import FILE as CODER_FILE
from narratives.coding.proposers import load_coder, thresholds
from narratives.encoders import encoder_digest
from narratives.settings import Pipeline
from narratives.study import TABLES, Study, digest, file_digest
from narratives.themes.choices import FILE as THEME_CHOICES

_PACKAGES = (
    "bertopic",
    "lxml",
    "numpy",
    "onnxruntime",
    "openpyxl",
    "pandas",
    "pyarrow",
    "pypdfium2",
    "python-docx",
    "scikit-learn",
    "scipy",
    "simplemma",
    "spacy",
)


@functools.cache
def program_digest() -> str:
    """Return a hash of the program's own source: another version never takes over what this one made."""
    root = Path(__file__).parent
    code = hashlib.sha256()
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.j2")]):
        code.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return code.hexdigest()[:16]


def describe(study: Study, pipeline: Pipeline) -> dict[str, Any]:
    """Return the manifest without times and input: program, settings, models, decisions, tables."""
    own = study.folder
    settings = pipeline.model_dump(mode="json")
    books = [*pipeline.coding.codebooks, *([pipeline.coding.warnings] if pipeline.coding.warnings else [])]
    config = [f"codebooks/{name}.yaml" for name in books if "/" not in name]
    config += ["coding.yaml", "languages", "names", "passages.yaml"]
    config += ["published", "report", "transcripts.yaml"]
    decisions = study.folder / THEME_CHOICES
    return {
        "program": {"name": "narratives", "version": __version__, "sha256": program_digest()},
        "python": platform.python_version(),
        "platform": platform.machine(),
        "packages": {name: _version(name) for name in _PACKAGES},
        "decisions": {THEME_CHOICES: file_digest(decisions)} if decisions.is_file() else {},
        "pipeline": {"name": pipeline.name, "sha256": digest(settings), "settings": settings},
        "seed": pipeline.seed,
        "encoder": {"name": pipeline.encoder, "sha256": encoder_digest(pipeline.encoder, own)},
        "coder": _coder(pipeline, own),
        "config": {name: file_digest(places.find("config", name, own)) for name in config},
        "tables": {
            name: {"sha256": file_digest(study.path(name)), "rows": len(study.read(name))} for name in TABLES
        },
    }


def describe_input(
    metadata: Path | None, unmatched: list[str], entries: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return what the manifest says of the files that were read and what became of them."""
    return {
        "metadata": {"file": metadata.name, "sha256": file_digest(metadata), "unmatched": unmatched}
        if metadata
        else None,
        "files": entries,
    }


def _coder(pipeline: Pipeline, own: Path) -> dict[str, Any]:
    """Return the coder's name and, of one that lies in models/, its hash and what was measured of it."""
    name = pipeline.coding.coder
    coder = load_coder(name, own)
    if coder is None or not coder.learned.codes:
        return {"name": name, "sha256": None, "measured": None}
    file = places.find("models", f"{name}/{CODER_FILE}", own)
    codebooks = [load_codebook(book, own) for book in pipeline.coding.codebooks]
    measured = coder.reach(thresholds(coder, pipeline.coding, codebooks))
    return {"name": name, "sha256": file_digest(file), "measured": measured}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
