"""`narratives pipeline`: the analyses, their settings, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from narratives.cli import options

_study = click.option(
    "--study", type=click.Path(file_okay=False, path_type=Path), help="Study whose own pipelines count too."
)


@click.group("pipeline")
def command() -> None:
    """List, show and check pipelines: one YAML file is one analysis.

    \b
    Examples:
      narratives pipeline list
      narratives pipeline show subjective-meaning > my-study/pipelines/mine.yaml
      narratives pipeline check my-study/pipelines/mine.yaml
    """


@command.command("list")
@_study
@options.as_json
def list_(study: Path | None, as_json: bool) -> None:
    """List the pipelines that ship with narratives and those of a study.

    \b
    Example:
      narratives pipeline list
    """
    from narratives import places
    from narratives.settings import load_pipeline

    files = places.listing("pipelines", "*.yaml", study)
    found = {name: load_pipeline(str(path)) for name, path in files.items()}
    if as_json:
        options.print_json([{"name": name, "title": item.title.model_dump()} for name, item in found.items()])
        return
    for name, item in found.items():
        click.echo(f"{name:<20} {item.title.en} / {item.title.de}")


@command.command("show")
@click.argument("name")
@_study
@options.as_json
def show(name: str, study: Path | None, as_json: bool) -> None:
    """Print a pipeline file as it is, to read or to copy (--json: every setting with its value).

    \b
    Example:
      narratives pipeline show curriculum
    """
    from narratives.settings import load_pipeline, pipeline_path

    if as_json:
        options.print_json(load_pipeline(name, study).model_dump(mode="json"))
    else:
        click.echo(pipeline_path(name, study).read_text(encoding="utf-8"), nl=False)


@command.command("check")
@click.argument("name")
@_study
@options.as_json
def check(name: str, study: Path | None, as_json: bool) -> None:
    """Say what is wrong with a pipeline file, with file and line. Exit status 1 when something is.

    \b
    Example:
      narratives pipeline check my-study/pipelines/mine.yaml
    """
    from narratives.errors import InputError
    from narratives.settings import load_pipeline, pipeline_path
    from narratives.yamlfile import YamlMistake

    mistakes: list[str] = []
    path = pipeline_path(name, study)
    try:
        mistakes = _unfit(load_pipeline(str(path), study), path, study)
    except YamlMistake as error:
        mistakes = error.mistakes
    except InputError as error:
        mistakes = [str(error)]
    if as_json:
        options.print_json({"mistakes": mistakes})
    else:
        click.echo("\n".join(mistakes) or f"{path}: no mistake.")
    raise click.exceptions.Exit(1 if mistakes else 0)


def _unfit(pipeline: object, path: Path, study: Path | None) -> list[str]:
    """Return what the settings name and the machine does not have, with file and line."""
    from narratives.coding.codebook import load_codebook
    from narratives.coding.proposers import load_coder
    from narratives.encoders import load_encoder
    from narratives.errors import InputError
    from narratives.language import load_language
    from narratives.settings import Pipeline
    from narratives.yamlfile import line_of, read

    assert isinstance(pipeline, Pipeline)
    _, lines = read(path)
    coding, language = pipeline.coding, pipeline.language
    attempts: list[tuple[tuple[str, ...], Callable[..., object], tuple[Any, ...]]] = [
        (("coding", "codebooks"), load_codebook, (name, study)) for name in coding.codebooks
    ]
    if coding.warnings:
        attempts.append((("coding", "warnings"), load_codebook, (coding.warnings, study)))
    attempts.append((("coding", "coder"), load_coder, (coding.coder, study)))
    attempts.append((("encoder",), load_encoder, (pipeline.encoder, 0, study)))
    for code, name in (("de", language.spacy_de), ("en", language.spacy_en)):
        if name:
            attempts.append((("language", f"spacy_{code}"), load_language, (code, name)))
    mistakes = []
    for place, attempt, arguments in attempts:
        try:
            attempt(*arguments)
        except InputError as error:
            mistakes.append(f"{path}:{line_of(lines, place)}: {error}")
    return mistakes
