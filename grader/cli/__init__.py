"""The command line `grade`: one module per command, imported when that command is called.

This is the only place that turns errors into exit codes:

    0    full marks, or the work asked for is done
    1    graded and points lost, `release --check` found drift, or `verify` a broken claim
    2    usage
    3    not gradable: our fault or the machine's, never the student's
    130  stopped, with Ctrl-C or by SIGTERM

A command is a module of this package with a click command named `command`. What it returns, if it
is a number, becomes the exit code.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import sys
from typing import Any, NoReturn

import click
from rich_click import RichCommand, RichGroup, rich_config

from grader import __version__
from grader.cli.console import say, show_error, show_fault
from grader.course.suggest import did_you_mean
from grader.errors import GraderError, UsageError

USAGE = 2
NOT_GRADABLE = 3
STOPPED = 130
PIPE_CLOSED = 141

COMMANDS = {
    "check": "Run the public tests on your own file.",
    "submit": "Pack your files into submission.zip, ready to hand in.",
    "run": "Grade one submission with the hidden suite.",
    "batch": "Grade a whole class, with reports.",
    "report": "Make reports again from stored results.",
    "export": "Write stored results in another program's format.",
    "new": "Begin an exercise that is whole and passes every check.",
    "release": "Make exercises/, what students get, from solutions/.",
    "verify": "Prove a course: references, stubs and every classic mistake.",
    "doctor": "Say what this machine can do, and what is missing.",
}


class Grade(RichGroup):
    """The group of all commands; knows their names and loads none before it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, those for students first."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A placeholder that can be listed; `resolve_command` loads the command itself."""
        del ctx
        summary = COMMANDS.get(cmd_name)
        return None if summary is None else RichCommand(name=cmd_name, help=summary)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names, imported now."""
        name, *rest = args
        if name not in COMMANDS:
            ctx.fail(f"There is no command `{name}`. {did_you_mean(name, COMMANDS)}")
        module = importlib.import_module(f"{__name__}.{name}")
        command: click.Command = module.command
        return name, command, rest

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, and turn whatever it raises into a message and an exit code."""
        try:
            result = super().invoke(ctx)
        except (click.exceptions.Exit, click.Abort, click.UsageError):
            raise
        except click.ClickException as error:
            raise click.UsageError(error.format_message(), ctx=ctx) from error
        except GraderError as error:
            show_error(error)
            ctx.exit(USAGE if isinstance(error, UsageError) else NOT_GRADABLE)
        except KeyboardInterrupt:
            say("Stopped:", "what was graded is kept.", "warn")
            ctx.exit(STOPPED)
        except BrokenPipeError:
            # Whoever read our output has seen enough. Python would complain once more at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(PIPE_CLOSED)
        except Exception as error:  # noqa: BLE001  (the outermost edge: a person gets words)
            show_fault(error, is_debugging=bool(ctx.params.get("is_debugging")))
            ctx.exit(NOT_GRADABLE)
        if isinstance(result, int):
            ctx.exit(result)
        return result


@rich_config(help_config={"text_paragraph_linebreaks": "\n\n"})
@click.group(
    cls=Grade,
    context_settings={"help_option_names": ["--help", "-h"]},
    epilog="Each command explains itself, with an example: `grade check --help`.",
)
@click.version_option(__version__, prog_name="grade")
@click.option(
    "--debug", "is_debugging", is_flag=True, help="Show the traceback of a fault of grade."
)
def grade(is_debugging: bool) -> None:
    """Grade PyTorch exercises: student code only ever produces data, judged elsewhere."""
    del is_debugging  # read where faults are shown


def main() -> None:
    """Run the command line and end the process with its exit code."""
    # Whoever shuts the machine down asks politely first: time enough to end workers and clear up.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that cannot show a letter gets a question mark, not a traceback.
            stream.reconfigure(errors="replace")
    try:
        grade(prog_name="grade")
    except SystemExit as end:
        _leave(end.code if isinstance(end.code, int) else 0)


def _leave(code: int) -> NoReturn:
    """End the process at once: to take torch down object by object takes a third of a second.

    All that needs an end has had it, for commands close what they open. What is left is what
    Python does last: to hand over what was printed.
    """
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        code = PIPE_CLOSED
    except OSError as error:
        with contextlib.suppress(OSError):
            show_error(GraderError(f"not all could be printed: {error.strerror}."))
        code = NOT_GRADABLE
    os._exit(code)
