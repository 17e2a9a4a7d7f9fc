from __future__ import annotations

from types import ModuleType

import msgspec

from grader.records import LoadProblem, Result
from grader.records.result import STOPPED
from grader.report.trouble import troubles


def _with(result: Result, *problems: tuple[int, str]) -> Result:
    found = tuple(LoadProblem(line=line, error=error, statement=" f()") for line, error in problems)
    return msgspec.structs.replace(result, load_problems=found)


def test_what_failed_in_one_cell_is_told_together_and_each_error_once(sample: ModuleType) -> None:
    result = sample.notebook_result()
    (_, second, *_) = result.cells
    named = "NameError: name 'plt' is not defined"
    problems = [(second.line + 1, named), (second.line + 2, named), (second.line + 2, "OSError")]
    (trouble,) = troubles(_with(result, *problems))
    assert trouble.where == "Lines 2 and 3 of cell [2]"
    assert trouble.errors == (named, "OSError")
    assert (trouble.lines, trouble.statement) == ((second.line + 1, second.line + 2), "f()")


def test_many_lines_of_one_cell_are_not_all_named(sample: ModuleType) -> None:
    result = sample.notebook_result()
    cell = result.cells[2]
    (trouble,) = troubles(_with(result, *((cell.line + step, "OSError") for step in range(7))))
    assert trouble.where == "Lines 1, 2, 3, 4, 5, 6 and 1 more of cell [3]"


def test_lines_of_a_file_are_told_one_by_one(sample: ModuleType) -> None:
    result = _with(sample.result_of("ada", "tensors", {}), (3, "OSError"), (4, "OSError"))
    assert [trouble.where for trouble in troubles(result)] == ["Line 3", "Line 4"]


def test_a_file_that_could_not_be_read_at_all_has_no_line(sample: ModuleType) -> None:
    result = _with(sample.result_of("ada", "tensors", {}), (0, "The notebook is empty."))
    (trouble,) = troubles(result)
    assert (trouble.where, trouble.errors) == ("", ("The notebook is empty.",))


def test_a_cell_that_ran_out_of_time_was_stopped_and_not_broken(sample: ModuleType) -> None:
    found = troubles(sample.notebook_result())
    assert [(each.where, each.is_stopped) for each in found] == [
        ("Line 3 of cell [1]", False),
        ("Line 2 of cell [6]", True),
        ("Lines 2 and 3 of cell [2]", False),
    ]


def test_what_failed_before_a_cell_was_stopped_is_told_apart(sample: ModuleType) -> None:
    result = sample.notebook_result()
    line = result.cells[5].line
    found = troubles(_with(result, (line, "OSError"), (line + 1, STOPPED)))
    assert [(each.where, each.is_stopped) for each in found] == [
        ("Line 1 of cell [6]", False),
        ("Line 2 of cell [6]", True),
    ]


def test_where_only_something_foreign_was_missing_nobody_is_to_blame_and_others_come_first(
    sample: ModuleType,
) -> None:
    result = sample.notebook_result()
    problems = [
        LoadProblem(line=cell.line, error="OSError", statement="", is_foreign=is_foreign)
        for cell, is_foreign in (
            *((result.cells[0], True), (result.cells[1], True), (result.cells[1], False)),
        )
    ]
    found = troubles(msgspec.structs.replace(result, load_problems=tuple(problems)))
    assert [(each.where, each.is_foreign) for each in found] == [
        ("Line 1 of cell [2]", False),
        ("Line 1 of cell [1]", True),
    ]
