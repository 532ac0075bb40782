"""`narratives themes`: list, name, merge, split and hide the themes of a study."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from narratives.cli import options
from narratives.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from narratives.themes.choices import Choices


@click.command("themes")
@click.argument("study", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--name", "names", type=(int, str), multiple=True, metavar="ID NAME", help="Give a theme a name."
)
@click.option(
    "--merge", "merges", type=(int, int), multiple=True, metavar="ID INTO", help="Put two together."
)
@click.option("--split", "splits", type=(int, int), multiple=True, metavar="ID PARTS", help="Take one apart.")
@click.option(
    "--hide", type=int, multiple=True, metavar="ID", help="Leave a theme out of report and findings."
)
@click.option("--show", type=int, multiple=True, metavar="ID", help="Show a hidden theme again.")
@click.option("--undo", type=int, multiple=True, metavar="ID", help="Forget all decisions on a theme.")
@click.option("--guide", metavar="FILE|CODEBOOK", help="Words that themes begin from; `none` for none.")
@click.option("--fixed/--free", default=None, help="New passages only join the themes there are, or not.")
@click.option("--anew", is_flag=True, help="Find themes anew; decisions are kept aside.")
@options.quiet
@options.as_json
def command(
    study: Path, guide: str | None, fixed: bool | None, anew: bool, quiet: bool, as_json: bool, **given: Any
) -> None:
    """List the themes of STUDY, or decide about them; decisions lie in STUDY/themes.yaml and are kept.

    Every option may be given several times. A merged theme goes on under the id it was merged INTO; the
    largest part of a split theme keeps its id.

    \b
    Examples:
      narratives themes my-study
      narratives themes my-study --name 3 "Zwang und Gewalt" --hide 5
      narratives themes my-study --merge 4 1 --split 2 3
      narratives themes my-study --guide words.yaml      # Garten: [Beet, ernten]
    """
    from narratives.pipeline import renew
    from narratives.progress import Progress
    from narratives.study import Study, records
    from narratives.themes.choices import load_choices

    opened = Study(study)
    _ = opened.manifest  # says at once that a study is not finished
    choices = load_choices(study)
    table = opened.themes
    changed = _decide(choices, table, given)
    if guide is not None:
        changed = changed.model_copy(update={"guide": _guide(guide, study)})
    if fixed is not None:
        changed = changed.model_copy(update={"fixed": fixed})
    if anew:
        changed = type(changed)(guide=changed.guide)
    if changed != choices or anew:
        with _kept(study, changed, aside=anew):
            if anew:
                opened.remove("theme_groups", "passage_themes")
            renew(opened, Progress(quiet))
        table = opened.themes
    rows = records(table.drop(columns=["representative_passage_ids"]))
    if as_json:
        options.print_json([{**row, "words": list(row["words"])} for row in rows])
    else:
        _print(rows, study)


def _decide(choices: Choices, table: pd.DataFrame, given: dict[str, Any]) -> Choices:
    from narratives.themes.choices import Choice, decide, largest_id

    known = {int(theme) for theme in table["theme_id"]} | set(choices.themes)
    free = max([-1, *known, largest_id(choices)]) + 1

    def check(theme: int) -> int:
        if theme not in known:
            raise InputError(f"There is no theme {theme}; there are {', '.join(map(str, sorted(known)))}.")
        return theme

    for theme in given["undo"]:
        choices = decide(choices, check(theme), **Choice().model_dump())
    for theme, name in given["names"]:
        choices = decide(choices, check(theme), name=name.strip() or None)
    for theme, parts in given["splits"]:
        if parts < 2:
            raise InputError("A theme can be taken apart into two or more.")
        choices = decide(choices, check(theme), parts=[theme, *range(free, free + parts - 1)])
        known |= set(range(free, free + parts - 1))
        free += parts - 1
    for theme, into in given["merges"]:
        if choices.target(check(into)) == check(theme):
            raise InputError(f"Theme {theme} cannot be put into {into}, which was put into it.")
        choices = decide(choices, theme, into=into)
    for theme in given["hide"]:
        choices = decide(choices, check(theme), hidden=True)
    for theme in given["show"]:
        choices = decide(choices, check(theme), hidden=False)
    return choices


def _guide(given: str, study: Path) -> Any:
    from narratives.coding.codebook import load_codebook
    from narratives.themes.choices import Choices
    from narratives.yamlfile import read

    if given == "none":
        return {}
    if not given.endswith((".yaml", ".yml")):
        return load_codebook(given, study).id
    words, _ = read(Path(given))
    try:
        return Choices.model_validate({"guide": words}).guide
    except ValueError:
        raise InputError(
            f"{given}: this file must hold names with lists of words, `Garten: [Beet]`."
        ) from None


@contextlib.contextmanager
def _kept(study: Path, choices: Choices, aside: bool) -> Iterator[None]:
    """Write the decisions; those before come back when they cannot be followed, or are kept `aside`."""
    from narratives.study import atomic, keep_aside
    from narratives.themes.choices import FILE, save_choices

    path = study / FILE
    before = path.read_bytes() if path.is_file() else None
    if aside and before is not None:
        keep_aside(path)
    save_choices(study, choices)
    try:
        yield
    except InputError:
        if before is None:
            path.unlink()
        else:
            with atomic(path) as partial:
                partial.write_bytes(before)
        raise


def _print(rows: list[dict[str, Any]], study: Path) -> None:
    if not rows:
        click.echo("This study has no themes; there was too little text.")
        return
    width = max(len(str(row["label"])) for row in rows)
    click.echo(f"{'id':>4}  {'name':{width}}  {'passages':>8}  {'narratives':>10}  found again")
    for row in rows:
        again = f"{row['stability']:.0%} ({row['stability_low']:.0%} to {row['stability_high']:.0%})"
        hidden = "  hidden" if row["hidden"] else ""
        click.echo(
            f"{row['theme_id']:>4}  {row['label']:{width}}  {row['n_passages']:>8}  "
            f"{row['n_narratives']:>10}  {again}{hidden}"
        )
    click.echo(
        f"Found again: share of resamples of the narratives, with 95 % interval. Report: {study}/report.html"
    )
