"""`grade export`: stored results in another program's format."""

from __future__ import annotations

from pathlib import Path

import click
from rich_click import RichCommand

from grader.cli import console
from grader.cli.stored import open_run, run_argument
from grader.export import FORMATS


@click.command("export", cls=RichCommand)
@run_argument
@click.option("--to", "name", type=click.Choice(tuple(FORMATS)), required=True, help="The format.")
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write there instead of to standard output.",
)
def command(run: Path, name: str, output: Path | None) -> int:
    """Write the results of a run in another program's format. Nothing is regraded.

    \b
    Examples:
      grade export reports/week-1 --to csv --output grades.csv
      grade export reports/week-1 --to junit
    """  # noqa: D301  (click reads the backslash: keep these lines apart)
    with open_run(run) as store:
        results = store.results(store.info.exercises)
    console.write(FORMATS[name](results), output)
    return 0
