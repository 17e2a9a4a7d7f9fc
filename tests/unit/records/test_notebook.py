from __future__ import annotations

import pytest

from grader.records.notebook import CellPlace, cell_at, place_of, traceback_of

CELLS = (CellPlace(number=1, line=2, count=3), CellPlace(number=2, line=7, count=1))


@pytest.mark.parametrize(
    ("line", "place"),
    [
        (1, "line 1"),
        (2, "line 1 of cell [1]"),
        (4, "line 3 of cell [1]"),
        (5, "line 5"),
        (7, "line 1 of cell [2]"),
        (8, "line 8"),
    ],
)
def test_a_line_is_named_by_the_cell_that_holds_it(line: int, place: str) -> None:
    assert place_of(line, CELLS) == place
    assert (cell_at(line, CELLS) is None) is ("cell" not in place)


def test_frames_of_a_traceback_are_named_by_their_cells_and_its_code_is_left_alone() -> None:
    text = (
        '  File "a b.ipynb", line 4, in tanh\n'
        '    raise ValueError("File \\"x\\", line 2")\n'
        '  File "a b.ipynb", line 7, in <module>\n'
    )
    assert traceback_of(text, CELLS) == (
        '  File "a b.ipynb", line 3 of cell [1], in tanh\n'
        '    raise ValueError("File \\"x\\", line 2")\n'
        '  File "a b.ipynb", line 1 of cell [2], in <module>\n'
    )
    assert traceback_of(text, ()) == text


def test_a_number_that_no_line_has_is_left_as_it_was_written() -> None:
    text = f'  File "x.ipynb", line {"9" * 5000}, in tanh\n'
    assert traceback_of(text, CELLS) == text
