"""A pipeline file -> steps -> a finished study. A step whose input did not change is not done again."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narratives import steps
from narratives.errors import InputError
from narratives.manifest import describe, describe_input
from narratives.progress import Progress
from narratives.run import Run
from narratives.settings import Pipeline
from narratives.study import Study

if TYPE_CHECKING:
    from narratives.coding.codebook import Codebook
    from narratives.language import Language


def run_pipeline(
    inputs: Sequence[str],
    study: Study,
    pipeline: Pipeline,
    metadata: Path | None = None,
    progress: Progress | None = None,
) -> Run:
    """Read the reports, find themes, suggest codes, count, and write the study folder.

    `inputs` are files, folders and patterns. Killed at any moment, the same call ends in the same bytes.
    Raises InputError when nothing can be read or a setting does not fit.
    """
    from narratives.coding.codebook import load_codebook

    run = Run(study, pipeline, progress or Progress(quiet=True), metadata)
    own = study.folder
    coding = pipeline.coding
    books = [load_codebook(name, own) for name in coding.codebooks]
    warnings = load_codebook(coding.warnings, own) if coding.warnings else None
    _clean_up(study)
    files = steps.find(inputs, run)
    steps.read(run, files)
    languages = steps.load_languages(run)
    steps.cut_passages(run, languages)
    steps.encode_passages(run)
    _find_themes(run, languages)
    steps.suggest_codes(run, languages, [*books, *([warnings] if warnings else [])])
    steps.count(run, books)
    read = describe_input(run.metadata, run.unmatched, run.entries)
    _report(run, {**describe(study, pipeline), **read}, books, warnings)
    return run


def renew(study: Study, progress: Progress | None = None) -> Run:
    """Apply what people decided about a finished study (themes.yaml, its own coder); no report is read again.

    Settings are those of the last run. Raises InputError when the study is not finished.
    """
    content = study.manifest
    run, languages, books, warnings = _finished(study, progress)
    _find_themes(run, languages)
    steps.suggest_codes(run, languages, [*books, *([warnings] if warnings else [])])
    steps.count(run, books)
    read = {name: content[name] for name in ("metadata", "files")}
    _report(run, {**describe(study, run.pipeline), **read}, books, warnings)
    return run


def learn_from_decisions(study: Study, progress: Progress | None = None) -> steps.Learnt:
    """Learn from the decisions on a finished study, and suggest again.

    Raises InputError when the study is not finished or nothing was decided.
    """
    run, languages, books, warnings = _finished(study, progress)
    learnt = steps.learn(run, languages, [*books, *([warnings] if warnings else [])])
    if learnt.better:
        renew(study, progress)
    return learnt


def _finished(
    study: Study, progress: Progress | None
) -> tuple[Run, dict[str, Language], list[Codebook], Codebook | None]:
    from narratives.coding.codebook import load_codebook

    pipeline = Pipeline.model_validate(study.manifest["pipeline"]["settings"])
    run = Run(study, pipeline, progress or Progress(quiet=True))
    coding, own = pipeline.coding, study.folder
    books = [load_codebook(name, own) for name in coding.codebooks]
    warnings = load_codebook(coding.warnings, own) if coding.warnings else None
    return run, steps.load_languages(run), books, warnings


def _find_themes(run: Run, languages: dict[str, Language]) -> None:
    steps.group_passages(run)
    steps.find_all_themes(run, languages)
    steps.lay_out_passages(run)


def _clean_up(study: Study) -> None:
    """Remove the partial files a killed run left behind."""
    for folder in (study.folder, study.folder / "tables"):
        for partial in folder.glob(".*.part"):
            partial.unlink()


def _report(run: Run, content: dict[str, Any], books: Sequence[Codebook], warnings: Codebook | None) -> None:
    """Write report.html and manifest.json when anything they say has changed."""
    from narratives.outputs.report import render_report

    study = run.study
    try:
        before = study.manifest
    except InputError:
        before = {}
    same = {name: value for name, value in before.items() if name != "times"} == content
    if same and (study.folder / "report.html").is_file():
        return
    begun = time.perf_counter()
    language = run.pipeline.report.language
    html = render_report(study, run.pipeline, books, warnings, content, language)
    study.write_text("report.html", html)
    run.made.append("report")
    run.seconds["report"] = round(time.perf_counter() - begun, 2)
    finished = time.strftime("%Y-%m-%dT%H:%M:%S%z")
    study.write_manifest({**content, "times": {"finished": finished, "seconds": run.seconds}})
