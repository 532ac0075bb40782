"""A run, and what it says when it is finished: a few lines for people, or JSON."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from narratives.cli import options

if TYPE_CHECKING:
    from narratives.run import Run
    from narratives.settings import Pipeline

_MOST_NAMED = 20


def run_and_tell(
    inputs: list[str],
    study: Path,
    pipeline: Pipeline,
    metadata: Path | None,
    language: str | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Run a pipeline on a study folder and print its numbers; `language` wins over the pipeline's."""
    from narratives.pipeline import run_pipeline
    from narratives.progress import Progress
    from narratives.study import Study

    if language is not None:
        report = pipeline.report.model_copy(update={"language": language})
        pipeline = pipeline.model_copy(update={"report": report})
    numbers = summary(run_pipeline(inputs, Study(study), pipeline, metadata, Progress(quiet)))
    if as_json:
        options.print_json(numbers)
    else:
        print_summary(numbers, quiet)


def summary(run: Run) -> dict[str, Any]:
    """Return the numbers of a finished run."""
    study = run.study
    narratives = study.narratives
    return {
        "study": str(study.folder),
        "report": str(study.folder / "report.html"),
        "files": dict(Counter(entry["status"] for entry in run.entries)),
        "not_read": [
            {key: entry[key] for key in ("source", "status", "reason")}
            for entry in run.entries
            if entry["status"] != "read" or entry["reason"]
        ],
        "metadata_without_report": run.unmatched,
        "narratives": len(narratives),
        "words": int(narratives["n_words"].sum()),
        "passages": len(study.passages),
        "themes": len(study.themes),
        "suggestions": len(study.suggestions),
        "made": run.made,
        "seconds": run.seconds,
    }


def print_summary(numbers: dict[str, Any], quiet: bool) -> None:
    """Print the numbers of a run as sentences; what was not read goes to standard error."""
    if not quiet:
        left = numbers["not_read"]
        for item in left[:_MOST_NAMED]:
            click.echo(f"{item['source']} ({item['status']}): {item['reason']}", err=True)
        if len(left) > _MOST_NAMED:
            click.echo(f"... and {len(left) - _MOST_NAMED} more, all in manifest.json.", err=True)
        without = numbers["metadata_without_report"]
        if without:
            named = ", ".join(without[:5]) + (", ..." if len(without) > 5 else "")
            click.echo(f"{len(without)} rows of the metadata belong to no report: {named}", err=True)
    read, files = numbers["files"].get("read", 0), sum(numbers["files"].values())
    if not numbers["made"]:
        click.echo("Nothing has changed; everything is as the last run made it.")
    click.echo(
        f"{read} of {files} files read: {numbers['narratives']} narratives, {numbers['words']:,} words, "
        f"{numbers['passages']:,} passages."
    )
    click.echo(
        f"{numbers['themes']} themes; {numbers['suggestions']:,} suggestions "
        "(proposals of the machine, not codings)."
    )
    click.echo(f"Report: {numbers['report']}")
