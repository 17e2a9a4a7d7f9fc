"""What a worker says of its cells, made fit for a reader."""

from grader.grading.cells import runs
from grader.intake.notebook import Cell, CellKind
from grader.records.notebook import CellOutcome
from grader.worker.notebook_messages import Ran, Shown

MANY = 2_000


def test_cells_full_of_long_lines_are_read_over_at_once() -> None:
    """An expression that looked for the end of a line from each of its letters took hours."""
    cells = [
        Cell(kind=CellKind.CODE, source="1", number=number, line=2 * number)
        for number in range(1, MANY + 1)
    ]
    long = (Shown("a" * 10_000), Shown("b" * 9_999 + "\r"))
    told = [Ran(cell.number, CellOutcome.RAN, long) for cell in cells]

    shown = [each.text for run in runs(cells, told) for each in run.shown]

    assert shown == ["a" * 10_000] * 50
