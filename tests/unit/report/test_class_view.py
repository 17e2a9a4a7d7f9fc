from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType

from grader.records import Result, Status, Verdict
from grader.report.class_view import ClassView, class_view
from grader.report.histogram import histogram


def _view(results: Sequence[Result], exercises: Sequence[str] = ()) -> ClassView:
    return class_view(results, course_title="Course", exercises=exercises, tier_notes={}, pages={})


def test_the_histogram_counts_by_tens_and_full_marks_are_in_the_last_bar() -> None:
    drawing = histogram([0, 9.99, 10, 55, 90, 100, 30.000000001, 29.9999999999])
    assert [bar.count for bar in drawing.bars] == [2, 1, 0, 2, 0, 1, 0, 0, 0, 2]
    heights = [bar.height for bar in drawing.bars]
    assert heights[0] == max(heights)
    assert heights[2] == 0
    assert "90 to 100 percent: 2 students" in drawing.description
    assert histogram([]).description == "No totals yet"


def test_a_student_counts_once_for_a_mistake_and_the_commonest_comes_first(
    sample: ModuleType,
) -> None:
    wrong = (Verdict.WRONG,) * 3
    results = [
        sample.result_of("ada", "activations", {"softmax": wrong, "sigmoid": wrong}),
        sample.result_of("bob", "activations", {"softmax": wrong[:1]}),
    ]
    mistakes = _view(results).mistakes
    assert [(m.code, m.function, m.students) for m in mistakes] == [
        ("GMAX", "softmax", ("ada", "bob")),
        ("OVF", "sigmoid", ("ada",)),
    ]
    assert mistakes[0].title == "The maximum of the whole tensor is subtracted, not each row's own."


def test_the_pass_rate_counts_students_with_all_points_of_a_function(sample: ModuleType) -> None:
    half = (Verdict.PASSED, Verdict.WRONG)
    results = [
        sample.result_of("ada", "tensors", {}),
        sample.result_of("bob", "tensors", {"make_deliveries": half}),
        sample.result_of("eve", "tensors", {}, status=Status.NOT_GRADABLE, points=None),
    ]
    ((title, rates),) = _view(results).rates
    assert title == "Data as tensors"
    assert (rates[0].full, rates[0].students, rates[0].percent) == (1, 2, 50)
    assert rates[0].mean_percent == 87.5
    assert rates[1].percent == 100


def test_what_is_not_gradable_has_no_number_and_is_no_part_of_the_mean(sample: ModuleType) -> None:
    results = [
        sample.result_of("ada", "tensors", {}),
        sample.result_of("bob", "tensors", {}, status=Status.NOT_GRADABLE, points=None, tests=()),
    ]
    view = _view(results)
    assert view.mean_percent == 100
    assert view.full_marks == 1
    assert [bar.count for bar in view.histogram.bars][-1] == 1
    assert view.not_gradable == (results[1],)
    bob = view.rows[1]
    assert (bob.cells[0].text, bob.cells[0].sort, bob.total.sort) == ("–", -1, -1)


def test_a_missing_result_is_flagged_and_its_points_still_count_as_possible(
    sample: ModuleType,
) -> None:
    results = [
        sample.result_of("ada", "tensors", {}),
        sample.result_of("ada", "learning", {}),
        sample.result_of("bob", "tensors", {}),
    ]
    ada, bob = _view(results, ("learning", "tensors")).rows
    assert [cell.text for cell in ada.cells] == ["18", "8"]
    assert bob.flags == ("incomplete",)
    assert bob.cells[0].note == "nothing graded"
    assert bob.score.max_points == 26


def test_numbers_in_a_column_have_equally_many_decimals(sample: ModuleType) -> None:
    wrong = {"describe": (Verdict.WRONG,)}
    view = _view(
        [sample.result_of("ada", "tensors", wrong), sample.result_of("bob", "tensors", {})]
    )
    assert [row.total.text for row in view.rows] == ["7.67", "8.00"]


def test_a_class_without_results_is_an_empty_page() -> None:
    view = _view(())
    assert (view.rows, view.columns, view.mean_percent, view.rates) == ((), (), None, ())
