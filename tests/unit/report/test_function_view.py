from __future__ import annotations

from types import ModuleType

from grader.records import Result, Verdict
from grader.report.function_view import FunctionView, function_view
from grader.report.source import lines_of


def _function(result: Result, name: str) -> FunctionView:
    tests = [test for test in result.tests if test.function == name]
    return function_view(name, tests, "e1-f1", lines_of(result.source), result.cells)


def test_tests_that_failed_in_the_same_way_are_one_card(sample: ModuleType) -> None:
    result = sample.result_of("ada", "tensors", {"to_float32": (Verdict.NOT_ATTEMPTED,) * 4})
    function = _function(result, "to_float32")
    (card,) = function.cards
    assert len(card.tests) == 4
    assert (card.score.points, card.score.max_points) == (0, 2)
    assert card.hint is None
    assert function.passed == ()


def test_tests_that_failed_differently_keep_their_own_cards(sample: ModuleType) -> None:
    verdicts = {"softmax": (Verdict.WRONG, Verdict.WRONG, Verdict.RAISED)}
    function = _function(sample.result_of("ada", "activations", verdicts), "softmax")
    assert [len(card.tests) for card in function.cards] == [1, 1, 1]
    assert len(function.passed) == 3


def test_a_mistake_and_a_line_are_explained_at_the_first_card_only(sample: ModuleType) -> None:
    verdicts = {"softmax": (Verdict.WRONG, Verdict.WRONG, Verdict.RAISED, Verdict.RAISED)}
    cards = _function(sample.result_of("ada", "activations", verdicts), "softmax").cards
    assert [card.is_diagnosis_repeated for card in cards[:2]] == [False, True]
    assert [card.is_line_repeated for card in cards] == [False, False, False, True]
    assert [bool(card.excerpt) for card in cards] == [False, False, True, False]


def test_a_line_beyond_the_file_does_no_harm(sample: ModuleType) -> None:
    result = sample.result_of("ada", "tensors", {"describe": (Verdict.RAISED,)}, source="x = 1")
    (card, *_) = _function(result, "describe").cards
    assert (card.where, card.excerpt) == ("file, line 20", ())


def test_in_a_notebook_a_line_is_named_and_numbered_by_its_cell(sample: ModuleType) -> None:
    (card, *_) = _function(sample.notebook_result(), "tanh").cards
    assert card.where == "notebook, line 2 of cell [4]"
    assert [(line.number, line.is_marked) for line in card.excerpt] == [
        (1, False),
        (2, True),
        (3, False),
    ]
    assert card.traceback is not None
    assert card.traceback.startswith('  File "activations.ipynb", line 2 of cell [4], in tanh')
