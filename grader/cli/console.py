"""Where the command line prints: results to standard output, everything else to standard error.

Nothing printed here is markup, so that no text of a student, a course or a path can style or
steer a terminal; what is to be coloured is passed as rich's own objects. NO_COLOR, and output
that is no terminal, are respected by rich.
"""

from __future__ import annotations

import io
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.text import Text

from grader.errors import UsageError
from grader.screen import THEME, plain

_FAULT = """This is a fault of grade, not yours: {summary}.
Nothing that was graded is lost, and nobody loses points by it.
{where}"""


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the command line: rich would end with 1, which says that points are lost."""
        raise BrokenPipeError


def output() -> Console:
    """Standard output, for what the command was asked for."""
    return _Console(theme=THEME, markup=False, highlight=False, emoji=False)


_standard_output = output


def messages() -> Console:
    """Standard error, for progress, notes and errors."""
    return _Console(theme=THEME, markup=False, highlight=False, emoji=False, stderr=True)


def say(label: str, text: str, style: str) -> None:
    """Print a message to standard error, its label coloured."""
    line = Text.assemble((label, f"bold {style}"), " ", plain(text))
    # Wrapped by the terminal, not by us: a path that is cut in two cannot be copied.
    messages().print(line, soft_wrap=True)


def show_error(error: Exception) -> None:
    """Print an error that says what happened, where, and what to do next."""
    say("Error:", str(error), "bad")


def show_fault(error: Exception, *, is_debugging: bool) -> None:
    """Print an error that nobody foresaw, and keep its traceback.

    Args:
        error: The exception.
        is_debugging: Whether to print the traceback rather than keep it in a file.
    """
    trace = plain("".join(traceback.format_exception(error)))
    text = " ".join(str(error).split()) or "no details"
    summary = f"{type(error).__name__}: {text}{_place(error)}"
    if is_debugging:
        messages().print(Text(trace), soft_wrap=True)
        where = "The traceback above says where it happened; please report it."
    else:
        log = _write_log(trace)
        kept = f"The details are in {log}; please report them." if log else "Please report it."
        where = f"{kept} `grade --debug …` shows them at once."
    say("Fault:", _FAULT.format(summary=summary, where=where), "ours")


def print_json(document: bytes) -> None:
    """Print one JSON document to standard output, and nothing else."""
    sys.stdout.write(document.decode() + "\n")
    sys.stdout.flush()  # a reader that went away is noticed here, not at the end of the process


def write(document: str, output: Path | None) -> None:
    """Write a document to a file, or to standard output and nothing else there.

    Raises:
        UsageError: The file cannot be written.
    """
    if output is None:
        sys.stdout.write(document if document.endswith("\n") else document + "\n")
        sys.stdout.flush()  # a reader that went away is noticed here, not at the end
        return
    try:
        output.write_text(document, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{output}: cannot be written ({error.strerror}).") from None


@contextmanager
def output_to(output: Path | None) -> Iterator[Console]:
    """A console on standard output, or on a file, without colours.

    Raises:
        UsageError: The file cannot be written.
    """
    if output is None:
        yield _standard_output()
        return
    text = io.StringIO()
    yield Console(theme=THEME, markup=False, highlight=False, emoji=False, file=text, width=100)
    write(text.getvalue(), output)


def _place(error: Exception) -> str:
    """Where in this package it happened: a frame of a library says little to who reports it."""
    package = Path(__file__).parent.parent
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if package in path.parents:
            return f" (in {path.relative_to(package).as_posix()}, line {frame.lineno})"
    return ""


def _write_log(text: str) -> Path | None:
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="grade-fault-", suffix=".log", delete=False
        ) as stream:
            stream.write(text)
    except OSError:  # a full disk may be the very fault; the message must still appear
        return None
    return Path(stream.name)
