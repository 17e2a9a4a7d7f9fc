from __future__ import annotations

from types import ModuleType

import msgspec
import pytest

from grader.records import Status, Tier, Verdict, Visibility, to_json
from grader.report import for_student
from grader.report.redact import NOT_READ, OUR_FAULT


def _with_visibility(result: object, visibility: Visibility) -> object:
    tests = tuple(msgspec.structs.replace(each, visibility=visibility) for each in result.tests)  # type: ignore[attr-defined]
    return msgspec.structs.replace(result, tests=tests)  # type: ignore[type-var]


@pytest.mark.parametrize("visibility", [Visibility.HINT, Visibility.HIDDEN])
def test_nothing_of_a_hidden_tests_evidence_is_left(
    sample: ModuleType, visibility: Visibility
) -> None:
    for result in sample.student_results():
        document = to_json(for_student(_with_visibility(result, visibility))).decode()  # type: ignore[arg-type]
        for secret in (sample.SECRET_VALUE, "7.0-29.05", "GMAX,", str(result.seed), "7193482"):
            assert secret not in document


def test_rule_points_diagnosis_and_line_are_left(sample: ModuleType) -> None:
    (_, learning, activations) = sample.student_results()
    before = next(t for t in activations.tests if t.diagnosis == "GMAX")
    after = next(t for t in for_student(activations).tests if t.diagnosis == "GMAX")
    assert after.finding is not None
    assert after.finding.rule == before.finding.rule
    for name in ("points", "max_points", "verdict", "diagnosis_title", "diagnosis_hint"):
        assert getattr(after, name) == getattr(before, name)
    late = next(t for t in for_student(learning).tests if t.verdict is Verdict.TIMED_OUT)
    assert late.finding is not None
    assert late.finding.line == 20


def test_a_visible_test_keeps_everything_but_its_seed(sample: ModuleType) -> None:
    (_, learning, _) = sample.student_results()
    before = next(t for t in learning.tests if t.visibility is Visibility.VISIBLE)
    after = for_student(learning).tests[learning.tests.index(before)]
    assert after == msgspec.structs.replace(before, seed=0)


def test_a_hint_is_given_for_hint_and_not_for_hidden(sample: ModuleType) -> None:
    result = sample.result_of("ada", "tensors", {"to_float32": (Verdict.WRONG,) * 4})
    hints = {
        test.visibility: test.hint
        for before, test in zip(result.tests, for_student(result).tests, strict=True)
        if before.hint
    }
    assert hints == {Visibility.HINT: "Which axis do the rows run along?", Visibility.HIDDEN: None}


def test_parameters_become_case_numbers_in_name_and_title(sample: ModuleType) -> None:
    result = sample.result_of("ada", "tensors", {})
    base = result.tests[1]
    tests = tuple(
        msgspec.structs.replace(
            base, name=f"test_can_deliver[{miles}-{answer}]", title=f"delivers [{miles}-{answer}]"
        )
        for miles, answer in ((7.0, True), (9.5, False))
    )
    shown = for_student(msgspec.structs.replace(result, tests=tests)).tests
    assert [test.name for test in shown] == ["test_can_deliver[case 1]", "test_can_deliver[case 2]"]
    assert [test.title for test in shown] == ["delivers (case 1)", "delivers (case 2)"]


def test_only_public_figures_of_a_hidden_test_are_left(sample: ModuleType) -> None:
    result = sample.result_of("ada", "activations", {})
    public, private = sample.activation_figure("relu", is_right=True), sample.image_figure()
    test = msgspec.structs.replace(
        result.tests[1], figures=(public, private), visibility=Visibility.HINT
    )
    (shown,) = for_student(msgspec.structs.replace(result, tests=(test,))).tests
    assert shown.figures == (public,)


def test_how_the_grader_broke_is_not_the_students_business(sample: ModuleType) -> None:
    secret = "KeyError in /course/solutions/activations/test_hidden.py"
    result = sample.result_of(
        "ada", "tensors", {}, status=Status.NOT_GRADABLE, points=None, reason=secret
    )
    broken = msgspec.structs.replace(
        result.tests[0], verdict=Verdict.GRADER_ERROR, reason=secret, visibility=Visibility.VISIBLE
    )
    shown = for_student(msgspec.structs.replace(result, tests=(broken,)))
    assert shown.reason == OUR_FAULT
    assert shown.tests[0].reason == OUR_FAULT


def test_why_a_students_own_file_cannot_be_read_is_theirs_to_know(sample: ModuleType) -> None:
    result = sample.result_of(
        *("ada", "tensors", {}),
        status=Status.NOT_GRADABLE,
        points=None,
        reason="/srv/class/ada/tensors.py: a link, and links are not followed.",
        unread="tensors.py: a link, and links are not followed.",
        sha256="",
    )
    shown = for_student(result)
    assert shown.reason == f"{NOT_READ} tensors.py: a link, and links are not followed."
    assert not shown.is_missing
    assert for_student(shown) == shown


def test_why_a_test_was_skipped_may_be_known(sample: ModuleType) -> None:
    result = sample.result_of("ada", "activations", {"relu": (Verdict.SKIPPED,)})
    assert for_student(result).tests[0].reason == "This machine has no GPU."


def test_redacting_twice_changes_nothing(sample: ModuleType) -> None:
    for result in sample.student_results():
        once = for_student(result)
        assert [t.points for t in for_student(once).tests] == [t.points for t in once.tests]
        assert for_student(once).tests == once.tests


def test_the_tier_and_the_students_own_source_stay(sample: ModuleType) -> None:
    result = sample.result_of("ada", "tensors", {}, sandbox_tier=Tier.GUARDED)
    shown = for_student(result)
    assert (shown.sandbox_tier, shown.source) == (Tier.GUARDED, result.source)


def test_of_what_failed_a_student_gets_what_is_their_own(sample: ModuleType) -> None:
    result = sample.notebook_result()
    own, *foreign, stopped = result.load_problems
    foreign = [msgspec.structs.replace(each, is_foreign=True) for each in foreign]
    result = msgspec.structs.replace(result, load_problems=(own, *foreign, stopped))
    assert for_student(result).load_problems == (own, stopped)


def test_of_a_notebooks_cells_a_student_gets_how_they_ended_and_not_what_they_showed(
    sample: ModuleType,
) -> None:
    result = sample.notebook_result(text="what was printed")
    cells = for_student(result).cells
    assert cells == tuple(msgspec.structs.replace(cell, shown=()) for cell in result.cells)
    document = to_json(for_student(result))
    assert b"what was printed" not in document
    assert b"<Figure" not in document
    assert len(document) < len(to_json(result))
