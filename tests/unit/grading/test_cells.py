"""What a worker says of its cells, made fit for a reader."""

import pytest

from grader.grading.care import Care
from grader.grading.cells import notes, runs
from grader.grading.names import Names
from grader.intake.bindings import Bindings
from grader.intake.notebook import Cell, CellKind
from grader.records import Limits
from grader.records.notebook import CellOutcome
from grader.worker.endings import Ended, Reason
from grader.worker.messages import Loaded
from grader.worker.notebook_messages import Ran, Shown

MANY = 2_000
LOADED = Loaded((), ())


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


def noted(care: Care, *outcomes: CellOutcome, loaded: Loaded | Ended = LOADED) -> tuple[str, ...]:
    """What is noted of a notebook whose cells ended so."""
    cells = [
        Cell(kind=CellKind.CODE, source="1", number=number, line=2 * number)
        for number in range(1, len(outcomes) + 1)
    ]
    became = runs(cells, [Ran(number, each) for number, each in enumerate(outcomes, 1)])
    names = Names(cells, became, (), Bindings())
    return notes(cells, became, (), care, names, loaded, Limits(notebook_seconds=20.0))


def test_cells_that_ended_python_alike_are_told_together() -> None:
    reasons = {1: Reason.MEMORY, 2: Reason.CRASHED, 3: Reason.MEMORY, 4: Reason.CRASHED}
    care = Care((1, 2, 3), (4,), is_definitions_only=True, reasons=reasons)

    first, *rest = noted(care)
    assert first == (
        "Cells [1], [3] filled the memory. All cells were run again; of these only what they "
        "define."
    )
    assert rest == [
        "Cell [2] ended Python. All cells were run again; of this one only what it defines.",
        "Cell [4] ended Python. It was left out, and all other cells were run again.",
        "So many cells did so that of all others, too, only what they define was run.",
    ]


@pytest.mark.parametrize("reason", Reason)
def test_every_way_to_end_python_has_its_words(reason: Reason) -> None:
    (note,) = noted(Care((), (1, 2), reasons={1: reason, 2: reason}))
    assert note.startswith("Cells [1], [2] ")
    assert note.endswith(". They were left out, and all other cells were run again.")


def test_why_only_definitions_were_run_is_told_and_nothing_where_python_ended() -> None:
    late = (CellOutcome.RAN, CellOutcome.LEFT_OUT)
    only = "Of cell [2] only imports, definitions and plain assignments were run: "

    assert noted(Care(), *late) == (f"{only}the notebook's 20 seconds were used up.",)
    assert noted(Care(is_definitions_only=True), *late) == (
        f"{only}this exercise runs nothing else.",
    )
    assert noted(Care(), *late, loaded=Ended(Reason.CRASHED, 4)) == ()
