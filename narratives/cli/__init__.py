"""The command line: one command, one file. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import importlib
import sys
import traceback
from typing import Any

import click

from narratives import __version__
from narratives.errors import InputError

_COMMANDS = ("demo", "run", "check", "themes", "learn", "evaluate", "codebook", "pipeline")

EXIT_INPUT = 3
EXIT_UNEXPECTED = 70
EXIT_STOPPED = 130


class _Commands(click.Group):
    """Loads the file of a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"narratives.cli.{cmd_name}").command
        return command


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="narratives")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.pass_context
def cli(ctx: click.Context, debug: bool) -> None:
    """Themes, meaning and recovery in anonymised experience reports, on your own machine.

    \b
    Start with:
      narratives demo
      narratives run my-reports/ --study my-study
    """
    ctx.obj = {"debug": debug}


def main(args: list[str] | None = None) -> Any:
    """Run the command line; every error is one sentence, with its exit status."""
    arguments = sys.argv[1:] if args is None else args
    debug = "--debug" in arguments
    # --debug may stand anywhere; the group itself only knows it in front.
    arguments = [argument for argument in arguments if argument != "--debug"]
    try:
        status = cli.main(arguments, prog_name="narratives", standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except InputError as error:
        _complain(str(error), debug)
        sys.exit(EXIT_INPUT)
    except (KeyboardInterrupt, click.Abort):
        _complain("Stopped. Nothing is lost; the same command goes on where that is possible.", debug)
        sys.exit(EXIT_STOPPED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        # The message of an unexpected error could hold words of a narrative, so only its kind is named.
        _complain(f"Something unexpected happened ({type(error).__name__}); --debug shows where.", debug)
        sys.exit(EXIT_UNEXPECTED)


def _complain(sentence: str, debug: bool) -> None:
    if debug:
        traceback.print_exc()
    click.echo(f"Error: {sentence}", err=True)
