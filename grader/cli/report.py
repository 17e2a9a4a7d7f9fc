"""`grade report`: the pages of a run again, from what is stored. Nothing is regraded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich_click import RichCommand

from grader.cli import console
from grader.cli.stored import open_run, run_argument
from grader.errors import StoreError
from grader.records import Result, Tier
from grader.sandbox.probe import explain

if TYPE_CHECKING:
    from grader.store import Store


@click.command("report", cls=RichCommand)
@run_argument
def command(run: Path) -> int:
    """Write the pages and grades.csv of a run again, from its stored results.

    \b
    Example:
      grade report reports/week-1
    """  # noqa: D301  (click reads the backslash: keep these lines apart)
    from grader.export import grades_csv  # noqa: PLC0415
    from grader.report import outline, write_reports  # noqa: PLC0415  (imports jinja2)

    results: list[Result] = []

    def each(store: Store) -> Iterator[Result]:
        for result in store.each():
            results.append(outline(result))
            yield result

    with open_run(run) as store:
        info = store.info
        index = write_reports(
            each(store),
            run,
            students=store.students(),
            course_title=info.title,
            exercises=info.exercises,
            tier_notes={tier: explain(tier) for tier in Tier},
        )
    path = run / "grades.csv"
    try:
        path.write_text(grades_csv(results), encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}.") from error
    console.say("Written:", f"{len(results)} results. {index}", "good")
    return 0
