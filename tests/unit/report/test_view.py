from __future__ import annotations

from types import ModuleType

import msgspec
import pytest

from grader.records import Result, Status, Tier, Verdict
from grader.report.view import FunctionView, PageView, page_view, reproduction, total
from grader.report.wording import flags, tier_words, verdict_words


def _view(*results: Result, is_ta: bool = True) -> PageView:
    notes = {Tier.FULL: ("A kernel bug.",)}
    return page_view(results, course_title="Course", is_ta=is_ta, tier_notes=notes, links={})


def _function(view: PageView, name: str) -> FunctionView:
    return next(f for e in view.exercises for f in e.functions if f.name == name)


def test_tests_that_failed_in_the_same_way_are_one_card(sample: ModuleType) -> None:
    result = sample.result_of("ada", "tensors", {"to_float32": (Verdict.NOT_ATTEMPTED,) * 4})
    function = _function(_view(result), "to_float32")
    (card,) = function.cards
    assert len(card.tests) == 4
    assert (card.score.points, card.score.max_points) == (0, 2)
    assert card.hint is None
    assert function.passed == ()


def test_tests_that_failed_differently_keep_their_own_cards(sample: ModuleType) -> None:
    verdicts = {"softmax": (Verdict.WRONG, Verdict.WRONG, Verdict.RAISED)}
    function = _function(_view(sample.result_of("ada", "activations", verdicts)), "softmax")
    assert [len(card.tests) for card in function.cards] == [1, 1, 1]
    assert len(function.passed) == 3


def test_a_mistake_and_a_line_are_explained_at_the_first_card_only(sample: ModuleType) -> None:
    verdicts = {"softmax": (Verdict.WRONG, Verdict.WRONG, Verdict.RAISED, Verdict.RAISED)}
    cards = _function(_view(sample.result_of("ada", "activations", verdicts)), "softmax").cards
    assert [card.is_diagnosis_repeated for card in cards[:2]] == [False, True]
    assert [card.is_line_repeated for card in cards] == [False, False, False, True]
    assert [bool(card.excerpt) for card in cards] == [False, False, True, False]


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


@pytest.mark.parametrize(
    ("filename", "device", "command"),
    [
        ("relu.py", "cpu", "grade run relu.py --exercise tensors --seed 7"),
        ("a b.py", "cuda:0", "grade run 'a b.py' --exercise tensors --seed 7 --device cuda:0"),
        ("$(rm -rf ~).py", "cpu", "grade run '$(rm -rf ~).py' --exercise tensors --seed 7"),
        ("--help.py", "cpu", "grade run ./--help.py --exercise tensors --seed 7"),
        ("", "cpu", "grade run tensors.py --exercise tensors --seed 7"),
    ],
)  # fmt: skip
def test_the_command_grades_the_file_again_whatever_its_name(
    sample: ModuleType, filename: str, device: str, command: str
) -> None:
    result = sample.result_of("ada", "tensors", {}, filename=filename, device=device, seed=7)
    assert reproduction(result) == command


def test_a_line_beyond_the_file_does_no_harm(sample: ModuleType) -> None:
    result = sample.result_of("ada", "tensors", {"describe": (Verdict.RAISED,)}, source="x = 1")
    (card, *_) = _function(_view(result), "describe").cards
    assert (card.line, card.excerpt) == (20, ())


def test_every_verdict_and_tier_has_words_and_only_passing_is_good() -> None:
    tones = {verdict: verdict_words(verdict).tone for verdict in Verdict}
    assert [verdict for verdict, tone in tones.items() if tone == "good"] == [Verdict.PASSED]
    assert tones[Verdict.GRADER_ERROR] == "ours"
    assert len({verdict_words(verdict).word for verdict in Verdict}) == len(Verdict)
    assert len({tier_words(tier) for tier in Tier}) == len(Tier)


def test_flags_say_what_to_know_before_opening(sample: ModuleType) -> None:
    plain = sample.result_of("ada", "tensors", {})
    odd = sample.result_of("ada", "tensors", {"describe": (Verdict.CRASHED,)}, sha256="")
    assert list(flags(plain)) == []
    assert list(flags(odd)) == ["no file", "crashed"]
    assert list(flags(msgspec.structs.replace(plain, sandbox_tier=Tier.NONE))) == ["not isolated"]
