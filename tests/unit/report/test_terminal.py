from __future__ import annotations

import io
from types import ModuleType

import msgspec
from rich.console import Console

from grader.records import LoadProblem, Result
from grader.report.terminal import show_result
from grader.screen import THEME


def _said(result: Result, *, is_student: bool = True) -> str:
    page = io.StringIO()
    screen = Console(file=page, theme=THEME, width=100, markup=False, highlight=False)
    show_result(screen, result, is_student=is_student)
    return page.getvalue()


def test_lines_of_a_notebook_are_named_by_their_cells(sample: ModuleType) -> None:
    said = _said(sample.notebook_result())
    assert "Line 3 of cell [1] failed while loading: ModuleNotFoundError" in said
    assert "2 of cell [4]" in said


def test_what_is_not_there_where_work_is_graded_is_told_to_teachers_and_as_nobodys_fault(
    sample: ModuleType,
) -> None:
    result = sample.notebook_result()
    told = "Lines 2 and 3 of cell [2] could not be run here: ModuleNotFoundError"
    assert told in _said(result, is_student=False)
    assert "of cell [2]" not in _said(result)


def test_a_teacher_reads_a_traceback_with_its_cells(sample: ModuleType) -> None:
    said = _said(sample.notebook_result(), is_student=False)
    assert 'File "activations.ipynb", line 2 of cell [4], in tanh' in said


def test_only_the_first_of_many_troubles_are_told(sample: ModuleType) -> None:
    problems = tuple(
        LoadProblem(line=line, error="NameError: name 'x' is not defined", statement=f"x{line}")
        for line in range(1, 12)
    )
    result = sample.result_of("ada", "tensors", {}, load_problems=problems)
    said = _said(result)
    assert said.count("failed while loading: NameError") == 8
    assert "3 more failed while loading; the first ones often cause the rest." in said


def test_a_notebook_that_could_not_be_read_is_told_without_a_line(sample: ModuleType) -> None:
    problem = LoadProblem(line=0, error="The notebook is empty: nothing was saved.", statement="")
    result = sample.result_of("ada", "tensors", {}, load_problems=(problem,))
    said = _said(result)
    assert "The notebook is empty: nothing was saved." in said
    assert "Line 0" not in said


def test_nothing_that_a_cell_showed_reaches_the_terminal(sample: ModuleType) -> None:
    for is_student in (True, False):
        said = _said(sample.notebook_result(), is_student=is_student)
        assert "window.hit" not in said
        assert "\x1b" not in said


def test_a_file_is_spoken_of_by_its_lines(sample: ModuleType) -> None:
    (tensors, *_) = sample.student_results()
    assert "Line 6 failed while loading: NameError" in _said(tensors)
    bare = msgspec.structs.replace(tensors, load_problems=())
    assert "failed while loading" not in _said(bare)
