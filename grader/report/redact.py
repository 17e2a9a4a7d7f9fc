"""What a student may see of a result, decided once, in one pure function.

The decision is made on the `Result`, before any view exists: what is not in the redacted result
cannot reach a page, a JSON document or a log, whatever a template does. Fields are copied by
name, so a field that is added later stays out until somebody decides that it may go in.
"""

from __future__ import annotations

from grader.records import Elsewhere, Finding, Result, Status, TestResult, Verdict, Visibility
from grader.records.notebook import CellRun

OUR_FAULT = (
    "This could not be judged, and the cause lies with us, not with your work. It costs you "
    "nothing; your teacher can see why and will have it graded again."
)
NOT_READ = "What you handed in could not be read, so it has no points yet, which is not a zero."


def for_student(result: Result) -> Result:
    """The part of a result that may be handed to the student it is about.

    Of a test that is not `visible` there remain: verdict, points, rule, line in the student's own
    file, diagnosis, the hint unless the test is `hidden`, and public figures. Gone are inputs,
    expected and given values, exception text, captured output, parameters in names (a pytest id
    often spells them out), and every seed, from which inputs could be drawn again.

    Of a notebook's statements that failed there remain the student's own: what is not there where
    work is graded is told by a note, and nobody has to mend it.

    Of a notebook's cells there remain where they lie and how they ended. What they showed is gone:
    the student has it in the notebook, and it would weigh more than all the rest.
    """
    return Result(
        student=result.student,
        exercise=result.exercise,
        title=result.title,
        points=result.points,
        max_points=result.max_points,
        status=result.status,
        sandbox_tier=result.sandbox_tier,
        device=result.device,
        other_device=result.other_device,
        seed=0,
        started_at=result.started_at,
        wall_seconds=result.wall_seconds,
        filename=result.filename,
        sha256=result.sha256,
        suite_sha256="",
        source=result.source,
        reason=_why_not_gradable(result),
        unread=result.unread,
        cells=tuple(map(_cell, result.cells)),
        load_problems=tuple(each for each in result.load_problems if not each.is_foreign),
        notes=result.notes,
        versions=result.versions,
        tests=_tests(result.tests),
    )


def _why_not_gradable(result: Result) -> str | None:
    """What may be known of it: of the suite nothing, of the student's own file all that is said."""
    if result.unread is not None:
        return f"{NOT_READ} {result.unread}"
    return OUR_FAULT if result.status is Status.NOT_GRADABLE else None


def _cell(cell: CellRun) -> CellRun:
    return CellRun(
        number=cell.number,
        line=cell.line,
        count=cell.count,
        outcome=cell.outcome,
        left_out=cell.left_out,
    )


def _tests(tests: tuple[TestResult, ...]) -> tuple[TestResult, ...]:
    cases: dict[str, int] = {}
    shown: list[TestResult] = []
    for test in tests:
        base, bracket, _ = test.name.partition("[")
        case = ""
        if bracket:
            cases[base] = cases.get(base, 0) + 1
            case = f"case {cases[base]}"
        shown.append(_shown(test, case))
    return tuple(shown)


def _shown(test: TestResult, case: str) -> TestResult:
    is_visible = test.visibility is Visibility.VISIBLE
    return TestResult(
        name=test.name if is_visible else _name(test, case),
        title=test.title if is_visible else _title(test, case),
        function=test.function,
        verdict=test.verdict,
        points=test.points,
        max_points=test.max_points,
        visibility=test.visibility,
        wall_seconds=test.wall_seconds,
        seed=0,
        diagnosis=test.diagnosis,
        diagnosis_title=test.diagnosis_title,
        diagnosis_hint=test.diagnosis_hint,
        hint=None if test.visibility is Visibility.HIDDEN else test.hint,
        finding=test.finding if is_visible else _finding(test.finding),
        reason=_reason(test),
        output=test.output if is_visible else "",
        figures=tuple(figure for figure in test.figures if is_visible or figure.is_public),
        elsewhere=_elsewhere(test.elsewhere),
    )


def _elsewhere(seen: Elsewhere | None) -> Elsewhere | None:
    """What another device says about devices; nothing else that happened there."""
    if seen is None or seen.fault is None:
        return None
    return Elsewhere(device=seen.device, verdict=seen.verdict, fault=seen.fault, rule=seen.rule)


def _name(test: TestResult, case: str) -> str:
    return test.name.partition("[")[0] + (f"[{case}]" if case else "")


def _title(test: TestResult, case: str) -> str:
    parameters = test.name.partition("[")[2].removesuffix("]")
    title = test.title
    if parameters:
        # A title may repeat the parameters at its end, with or without brackets.
        for spelling in (f"[{parameters}]", f"({parameters})", parameters):
            if title.endswith(spelling):
                title = title.removesuffix(spelling).rstrip(" :,-\N{EN DASH}\N{EM DASH}")
                break
    return f"{title} ({case})" if case else title


def _finding(finding: Finding | None) -> Finding | None:
    return None if finding is None else Finding(rule=finding.rule, line=finding.line)


def _reason(test: TestResult) -> str | None:
    if test.verdict is Verdict.GRADER_ERROR:
        return OUR_FAULT
    return test.reason if test.verdict is Verdict.SKIPPED else None
