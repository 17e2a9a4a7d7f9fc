"""What making and proving a course needs, and checking or grading does not: the extra `authors`."""

from __future__ import annotations

import importlib.util
import sys
from typing import Final

from grader.errors import UsageError

EXTRA: Final = ("ipykernel", "jupytext", "nbclient", "nbformat")


def require_extra(command: str) -> None:
    """See that what makes and runs notebooks is installed.

    Args:
        command: The command that needs it, as it is typed.

    Raises:
        UsageError: Some of it is missing; the text says what, and how to get it.
    """
    missing = [name for name in EXTRA if importlib.util.find_spec(name) is None]
    if missing:
        raise UsageError(
            f"`{command}` makes notebooks and runs them, and {sys.prefix} has no "
            f"{', no '.join(missing)}: the extra `authors` is not installed. Install it with "
            f"`{sys.executable} -m pip install {' '.join(missing)}`, and try again."
        )
