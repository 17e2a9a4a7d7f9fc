"""One student's page as plain data: what is shown, in which order, and what is said only once.

Built from results that are already cut down to what the reader may see (`redact.for_student`),
so nothing here decides about secrecy; it decides about attention. Tests that failed come before
those that passed, tests that failed in the very same way are told together, and a mistake that
explains several tests is explained at the first.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence

import msgspec

from grader.records import Answer, LoadProblem, Result, Status, TestResult, Tier, Verdict
from grader.report.chart import Drawing, draw
from grader.report.source import Line, excerpt, highlighted, lines_of
from grader.report.text import moment_text, seconds_text
from grader.report.wording import VerdictWords, tier_words, verdict_words

_NOTHING_TO_HINT_AT = (Verdict.MISSING, Verdict.NOT_ATTEMPTED, Verdict.SKIPPED)


class Score(msgspec.Struct, frozen=True):
    """Points of points. `points` is None where nothing was judged."""

    points: float | None
    max_points: float

    @property
    def percent(self) -> float:
        """The share earned, 0 to 100."""
        if not self.points or self.max_points <= 0:
            return 0.0
        return min(max(100 * self.points / self.max_points, 0.0), 100.0)

    @property
    def is_full(self) -> bool:
        """Whether every point was earned."""
        return self.points is not None and self.points >= self.max_points - 1e-9


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What one or more tests that failed in the same way have to say."""

    tests: tuple[TestResult, ...]
    words: VerdictWords
    score: Score
    rule: str
    diagnosis: str | None
    diagnosis_title: str | None
    diagnosis_hint: str | None
    is_diagnosis_repeated: bool
    hint: str | None
    call: str | None
    expected: Answer | None
    got: Answer | None
    detail: str
    line: int | None
    is_line_repeated: bool
    excerpt: tuple[Line, ...]
    traceback: str | None
    output: str
    drawings: tuple[Drawing, ...]


class FunctionView(msgspec.Struct, frozen=True, kw_only=True):
    """One function of an exercise: what went wrong, then what went well."""

    anchor: str
    name: str
    score: Score
    words: VerdictWords
    cards: tuple[Card, ...]
    passed: tuple[TestResult, ...]
    drawings: tuple[Drawing, ...]


class ExerciseView(msgspec.Struct, frozen=True, kw_only=True):
    """One exercise on the page."""

    anchor: str
    result: Result
    score: Score
    is_gradable: bool
    functions: tuple[FunctionView, ...]
    load_problems: tuple[tuple[LoadProblem, tuple[Line, ...]], ...]
    source: tuple[Line, ...]
    line_count: int
    command: str
    facts: tuple[tuple[str, str], ...]


class PageView(msgspec.Struct, frozen=True, kw_only=True):
    """All of one student's exercises, for one reader."""

    student: str
    course_title: str
    is_ta: bool
    score: Score
    exercises: tuple[ExerciseView, ...]
    chances: tuple[tuple[FunctionView, str], ...]
    """The functions with the most points still to earn, each with its exercise's title."""
    tiers: tuple[tuple[Tier, str, tuple[str, ...]], ...]
    links: Mapping[str, str]


def page_view(
    results: Sequence[Result],
    *,
    course_title: str,
    is_ta: bool,
    tier_notes: Mapping[Tier, Sequence[str]],
    links: Mapping[str, str],
) -> PageView:
    """Arrange one student's results.

    Args:
        results: One per exercise, of one student, in the course's order; cut down already if the
            reader is the student.
        course_title: The course, for people.
        is_ta: Whether to add what only a teacher needs: source, seeds, commands.
        tier_notes: For each tier, what it does not stop.
        links: Label → address of related pages.
    """
    exercises = tuple(
        _exercise(result, f"e{number}", is_ta=is_ta) for number, result in enumerate(results, 1)
    )
    return PageView(
        student=results[0].student,
        course_title=course_title,
        is_ta=is_ta,
        score=total(results),
        exercises=exercises,
        chances=_chances(exercises),
        tiers=tiers(results, tier_notes) if is_ta else (),
        links=links,
    )


def total(results: Sequence[Result]) -> Score:
    """The sum over exercises; no points at all if one of them could not be graded."""
    is_gradable = all(each.status is Status.GRADED for each in results)
    points = sum(each.points or 0.0 for each in results) if is_gradable else None
    return Score(points, sum(each.max_points for each in results))


def tiers(
    results: Sequence[Result], tier_notes: Mapping[Tier, Sequence[str]]
) -> tuple[tuple[Tier, str, tuple[str, ...]], ...]:
    """The tiers that occur, weakest first, each in words and with what it does not stop."""
    present = {each.sandbox_tier for each in results}
    return tuple(
        (tier, tier_words(tier), tuple(tier_notes.get(tier, ())))
        for tier in reversed(Tier)
        if tier in present
    )


def reproduction(result: Result) -> str:
    """The command that grades this file again, with the same hidden data."""
    filename = result.filename or f"{result.exercise}.py"
    if filename.startswith("-"):
        filename = f"./{filename}"
    words = ["grade", "run", filename, "--exercise", result.exercise, "--seed", str(result.seed)]
    if result.device != "cpu":
        words += ["--device", result.device]
    return shlex.join(words)


def _exercise(result: Result, anchor: str, *, is_ta: bool) -> ExerciseView:
    lines = lines_of(result.source)
    by_function: dict[str, list[TestResult]] = {}
    for test in result.tests:
        by_function.setdefault(test.function, []).append(test)
    functions = tuple(
        _function(name, tests, f"{anchor}-f{number}", lines)
        for number, (name, tests) in enumerate(by_function.items(), 1)
    )
    marked = {each.line for each in result.load_problems}
    marked |= {test.finding.line for test in result.tests if test.finding and test.finding.line}
    return ExerciseView(
        anchor=anchor,
        result=result,
        score=Score(result.points, result.max_points),
        is_gradable=result.status is Status.GRADED,
        functions=functions,
        load_problems=tuple(
            (each, excerpt(lines, each.line, around=1)) for each in result.load_problems
        ),
        source=highlighted(lines, frozenset(marked)) if is_ta and result.source else (),
        line_count=len(lines),
        command=reproduction(result) if is_ta else "",
        facts=_facts(result, is_ta=is_ta),
    )


def _facts(result: Result, *, is_ta: bool) -> tuple[tuple[str, str], ...]:
    facts = [
        ("File", result.filename or "none handed in"),
        ("Graded", moment_text(result.started_at)),
    ]
    if is_ta:
        facts += [
            ("File, SHA-256", result.sha256 or "\N{EN DASH}"),
            ("Suite, SHA-256", result.suite_sha256),
            ("Seed", str(result.seed)),
            ("Device", result.device),
            ("Confinement", f"{result.sandbox_tier.value}: {tier_words(result.sandbox_tier)}"),
            ("Time", seconds_text(result.wall_seconds)),
        ]
    facts += [(name, version) for name, version in result.versions.items()]
    return tuple(facts)


def _function(
    name: str, tests: Sequence[TestResult], anchor: str, lines: list[str]
) -> FunctionView:
    failed = [test for test in tests if not test.is_passed]
    passed = tuple(test for test in tests if test.is_passed)
    score = Score(sum(test.points for test in tests), sum(test.max_points for test in tests))
    groups: dict[object, list[TestResult]] = {}
    for test in failed:
        groups.setdefault(_story(test), []).append(test)
    said: set[str | int] = set()
    cards = [_card(group, lines, said) for group in groups.values()]
    return FunctionView(
        anchor=anchor,
        name=name,
        score=score,
        words=_worst(cards),
        cards=tuple(cards),
        passed=passed,
        drawings=tuple(draw(figure) for test in passed for figure in test.figures),
    )


def _worst(cards: Sequence[Card]) -> VerdictWords:
    order = ("ours", "bad", "wait", "calm")
    found = sorted((card.words for card in cards), key=lambda words: order.index(words.tone))
    return found[0] if found else verdict_words(Verdict.PASSED)


def _story(test: TestResult) -> object:
    """What must be equal for two tests to be told as one."""
    if test.figures or test.output:
        return id(test)
    hint = None if test.verdict in _NOTHING_TO_HINT_AT else test.hint
    # A finding is made of strings and numbers; its JSON is a key that can be compared.
    return (test.verdict, msgspec.json.encode(test.finding), test.diagnosis, hint, test.reason)


def _card(tests: Sequence[TestResult], lines: list[str], said: set[str | int]) -> Card:
    """The tests of one story. `said` holds the mistakes and lines that earlier cards showed."""
    test = tests[0]
    finding = test.finding
    words = verdict_words(test.verdict)
    line = finding.line if finding else None
    is_diagnosis_repeated, is_line_repeated = test.diagnosis in said, line in said
    said |= {each for each in (test.diagnosis, line) if each is not None}
    return Card(
        tests=tuple(tests),
        words=words,
        score=Score(sum(each.points for each in tests), sum(each.max_points for each in tests)),
        rule=test.reason or (finding.rule if finding else "") or words.sentence,
        diagnosis=test.diagnosis,
        diagnosis_title=test.diagnosis_title,
        diagnosis_hint=test.diagnosis_hint,
        is_diagnosis_repeated=is_diagnosis_repeated,
        hint=None if test.verdict in _NOTHING_TO_HINT_AT else test.hint,
        call=finding.call if finding else None,
        expected=finding.expected if finding else None,
        got=finding.got if finding else None,
        detail=finding.detail if finding else "",
        line=line,
        is_line_repeated=is_line_repeated,
        excerpt=excerpt(lines, line) if line and not is_line_repeated else (),
        traceback=finding.traceback if finding else None,
        output=test.output,
        drawings=tuple(draw(figure) for figure in test.figures),
    )


def _chances(exercises: Sequence[ExerciseView]) -> tuple[tuple[FunctionView, str], ...]:
    open_points = [
        (function, exercise.result.title)
        for exercise in exercises
        if exercise.is_gradable
        for function in exercise.functions
        if not function.score.is_full and function.words.tone in {"bad", "wait"}
    ]
    open_points.sort(key=lambda pair: (pair[0].score.points or 0) - pair[0].score.max_points)
    return tuple(open_points[:3])
