"""Opening what `grade batch` left behind, for the commands that only read it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.store import Store

STORE_FILE: Final = "results.sqlite"

run_argument = click.argument("run", metavar="RUN", type=click.Path(path_type=Path))


def open_run(run: Path) -> Store:
    """The store in a run's folder.

    Raises:
        UsageError: The folder is not one that `grade batch` wrote.
        StoreError: The store cannot be read.
    """
    from grader.store import Store  # noqa: PLC0415  (imports sqlalchemy)

    path = run / STORE_FILE
    if not path.is_file():
        raise UsageError(
            f"{run}: not the folder of a run, there is no {STORE_FILE} in it. "
            "Name the folder that `grade batch` wrote, such as reports/week-1."
        )
    return Store.open(path, must_exist=True)
