"""`narratives codebook`: the codebooks, what is in them, and what is wrong with one."""

from __future__ import annotations

from pathlib import Path

import click

from narratives.cli import options

_study = click.option(
    "--study", type=click.Path(file_okay=False, path_type=Path), help="Study whose own codebooks count too."
)
_language = click.option("--language", type=click.Choice(["de", "en"]), default="de", show_default=True)


@click.group("codebook")
def command() -> None:
    """List, show and check codebooks.

    \b
    Examples:
      narratives codebook list
      narratives codebook show susi --language en
      narratives codebook check my-study/config/codebooks/mine.yaml
    """


@command.command("list")
@_study
@_language
@options.as_json
def list_(study: Path | None, language: str, as_json: bool) -> None:
    """List the codebooks that ship with narratives and those of a study.

    \b
    Example:
      narratives codebook list --study my-study
    """
    from narratives.coding.codebook import codebooks, load_codebook

    found = [(path, load_codebook(str(path))) for path in codebooks(study).values()]
    if as_json:
        options.print_json(
            [
                {"id": book.id, "kind": book.kind, "codes": len(book.codes), "label": book.label.of(language)}
                for _, book in found
            ]
        )
        return
    for _, book in found:
        kind = "flags" if book.kind == "flags" else "codes"
        click.echo(f"{book.id:<10} {len(book.codes):>3} {kind}  {book.label.of(language)}")


@command.command("show")
@click.argument("name")
@click.option("--code", "code_id", help="Only this code.")
@_study
@_language
@options.as_json
def show(name: str, code_id: str | None, study: Path | None, language: str, as_json: bool) -> None:
    """Show a codebook (by id or file): labels, definitions, what is included and excluded.

    \b
    Example:
      narratives codebook show chime --code chime_hope_belief
    """
    from narratives.coding.codebook import load_codebook
    from narratives.errors import InputError

    book = load_codebook(name, study)
    codes = [code for code in book.codes if code_id in (None, code.id)]
    if not codes:
        raise InputError(f"The codebook {book.id} has no code {code_id!r}.")
    if as_json:
        options.print_json({**book.model_dump(), "codes": [code.model_dump() for code in codes]})
        return
    words = {"de": ("Ja", "Nein", "zum Beispiel"), "en": ("Yes", "No", "for example")}[language]
    if code_id is None:
        click.secho(f"{book.label.of(language)} ({book.id} {book.version})", bold=True)
        if book.description:
            click.echo(book.description.of(language))
    for code in codes:
        click.echo()
        click.secho(f"{'  ' if code.parent else ''}{code.label.of(language)}  [{code.id}]", bold=True)
        lines = [code.definition.of(language)]
        lines += [f"{words[0]}: {code.include.of(language)}"] if code.include else []
        lines += [f"{words[1]}: {code.exclude.of(language)}"] if code.exclude else []
        lines += [f"{words[2]}: {text}" for text in code.examples.of(language)[:2]]
        for line in lines:
            click.echo(click.wrap_text(line, 100, initial_indent="    ", subsequent_indent="    "))


@command.command("check")
@click.argument("name")
@_study
@options.as_json
def check(name: str, study: Path | None, as_json: bool) -> None:
    """Say what is wrong with a codebook, with file and line. Exit status 1 when something is.

    \b
    Example:
      narratives codebook check my-study/config/codebooks/mine.yaml
    """
    from narratives.coding.codebook import codebook_path, load_codebook
    from narratives.yamlfile import YamlMistake

    try:
        path = codebook_path(name, study)
        book = load_codebook(str(path))
    except YamlMistake as error:
        if as_json:
            options.print_json({"mistakes": error.mistakes})
        else:
            click.echo("\n".join(error.mistakes))
        raise click.exceptions.Exit(1) from None
    silent = [
        code.id
        for code in book.leaves()
        if not any(texts.de + texts.en for texts in (code.examples, code.indicators))
    ]
    if as_json:
        options.print_json({"mistakes": [], "without_indicators_or_examples": silent})
        return
    click.echo(f"{path}: {len(book.codes)} codes, no mistake.")
    if silent:
        click.echo(f"Known by their definition only, without indicators or examples: {', '.join(silent)}")
