"""`grade`: an autograder for PyTorch courses that isolates by design and names the mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

__version__ = "0.1.0"


def load_ipython_extension(shell: InteractiveShell) -> None:
    """`%load_ext grader`: bring `%check` to a notebook."""
    from grader.extension.magic import load  # noqa: PLC0415 - importing `grader` stays cheap

    load(shell)


def unload_ipython_extension(shell: InteractiveShell) -> None:
    """`%unload_ext grader`: take it away again."""
    from grader.extension.magic import unload  # noqa: PLC0415 - as above

    unload(shell)
