from __future__ import annotations

from types import ModuleType

import msgspec
import pytest

from grader.records import Result, Status, Tier
from grader.report.score import total
from grader.report.view import PageView, page_view


def _view(*results: Result, is_ta: bool = True) -> PageView:
    notes = {Tier.FULL: ("A kernel bug.",)}
    return page_view(results, course_title="Course", is_ta=is_ta, tier_notes=notes, links={})


def test_the_functions_with_most_to_gain_come_first(sample: ModuleType) -> None:
    view = _view(*sample.student_results())
    assert [(f.name, title) for f, title in view.chances] == [
        ("train_neuron", "How a neuron learns"),
        ("max_stable_lr", "How a neuron learns"),
        ("softmax", "Activations"),
    ]


def test_source_and_command_are_for_the_teacher_only(sample: ModuleType) -> None:
    results = sample.student_results()
    for exercise in _view(*results).exercises:
        assert exercise.source
        assert "--seed 4815162342" in exercise.command
    for exercise in _view(*results, is_ta=False).exercises:
        assert (exercise.source, exercise.command) == ((), "")
    marked = [line.number for line in _view(*results).exercises[0].source if line.is_marked]
    assert marked == [6, 20]


def test_the_total_is_unknown_while_one_exercise_is(sample: ModuleType) -> None:
    graded = sample.result_of("ada", "tensors", {})
    lost = sample.result_of("ada", "learning", {}, status=Status.NOT_GRADABLE, points=None)
    assert total([graded, lost]).points is None
    assert total([graded]).percent == 100
    assert total([graded]).is_full


def test_a_notebook_is_shown_to_the_teacher_and_tallied_for_both(sample: ModuleType) -> None:
    result = sample.notebook_result()
    (ta,) = _view(result).exercises
    (student,) = _view(result, is_ta=False).exercises
    assert ta.notebook is not None
    assert (student.notebook, student.source, ta.source) == (None, (), ())
    assert [(each.words.word, each.count, each.which) for each in student.tallies] == [
        ("Ran", 3, ""),
        ("Failed", 1, "[1]"),
        ("Lacked something", 1, "[2]"),
        ("Stopped", 1, "[6]"),
        ("Only definitions run", 1, "[7]"),
    ]
    assert ta.tallies == student.tallies


def test_a_page_asks_leave_for_pictures_only_if_it_has_some(sample: ModuleType) -> None:
    result = sample.notebook_result()
    assert _view(result).has_pictures
    assert not _view(result, is_ta=False).has_pictures
    assert not _view(*sample.student_results()).has_pictures
    (test, *_) = result.tests
    drawn = msgspec.structs.replace(test, figures=(sample.image_figure(),))
    assert _view(msgspec.structs.replace(result, cells=(), tests=(drawn,))).has_pictures


def test_notebooks_on_one_page_share_the_room_for_pictures(
    sample: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = sample.notebook_result()
    picture = len(sample.png())
    monkeypatch.setattr("grader.report.view.PAGE_BYTES", 2 * picture)
    notebooks = [each.notebook for each in _view(result, result).exercises]
    assert all(each and each.has_pictures for each in notebooks)
    notebooks = [each.notebook for each in _view(result, result, result).exercises]
    assert not any(each and each.has_pictures for each in notebooks)
