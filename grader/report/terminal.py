"""A result in the terminal: what is right in a line each, what is wrong explained first.

Verdicts are told by a glyph and a word, never by colour alone. A student's page and a terminal say
the same, because both are made from the result that `for_student` has cut down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.records import Answer, Finding, Result, TestResult, Verdict
from grader.records.notebook import CellPlace, place_of, traceback_of
from grader.report.redact import for_student
from grader.report.trouble import troubles
from grader.screen import plain, plain_line

_GLYPHS: Final = {
    Verdict.PASSED: ("✓", "passed", "good"),
    Verdict.WRONG: ("✗", "wrong", "bad"),
    Verdict.RAISED: ("✗", "raised", "bad"),
    Verdict.TIMED_OUT: ("⧗", "timed out", "bad"),
    Verdict.OUT_OF_MEMORY: ("✗", "out of memory", "bad"),
    Verdict.CRASHED: ("✗", "crashed", "bad"),
    Verdict.MISSING: ("–", "missing", "warn"),
    Verdict.NOT_ATTEMPTED: ("○", "not written yet", "muted"),
    Verdict.FORBIDDEN: ("✗", "forbidden", "bad"),
    Verdict.SKIPPED: ("·", "skipped", "muted"),
    Verdict.GRADER_ERROR: ("!", "our fault", "ours"),
}
_MAX_OUTPUT: Final = 400
_MAX_TROUBLES: Final = 8


def show_result(screen: Console, result: Result, *, is_student: bool) -> None:
    """Print one result.

    Args:
        screen: Where to.
        result: What to print.
        is_student: Whether a student reads it; a TA also gets details, seeds and confinement.
    """
    shown = for_student(result) if is_student else result
    screen.print()
    screen.print(_headline(shown))
    for note in shown.notes:
        screen.print(Text(f"Note: {plain_line(note)}", style="muted"))
    for text, style in _troubles(shown):
        screen.print(Text(text, style=style))
    for function, tests in groupby(shown.tests, key=lambda test: test.function):
        screen.print()
        screen.print(_function(function, list(tests), shown.cells, is_student=is_student))
    if not is_student:
        confined = (
            f"Confined: {result.sandbox_tier}. Device: {result.devices.replace('+', ', also ')}. "
            f"Seed: {result.seed}."
        )
        screen.print()
        screen.print(Text(confined, style="muted"))


def _headline(result: Result) -> Text:
    if result.points is None:
        score, style = "not gradable", "ours"
    else:
        score = f"{_points(result.points)} of {_points(result.max_points)} points"
        style = "good" if result.is_full_marks else "title"
    title = plain_line(result.title)
    return Text.assemble((title, "title"), "  ", (score, style))


def _troubles(result: Result) -> Iterator[tuple[str, str]]:
    """What could not be run, a line of text each with its style."""
    found = troubles(result)
    for trouble in found[:_MAX_TROUBLES]:
        what = "could not be run here" if trouble.is_foreign else "failed while loading"
        style = "muted" if trouble.is_foreign else "warn"
        said = plain_line(trouble.errors[0])
        yield f"{trouble.where} {what}: {said}" if trouble.where else said, style
        for error in trouble.errors[1:]:
            yield f"    {plain_line(error)}", style
        if trouble.statement:
            yield f"    {plain_line(trouble.statement)}", "muted"
    more = len(found) - _MAX_TROUBLES
    if more > 0:
        yield f"{more} more failed while loading; the first ones often cause the rest.", "warn"


def _function(
    name: str, tests: list[TestResult], cells: Sequence[CellPlace], *, is_student: bool
) -> Group:
    earned, worth = sum(t.points for t in tests), sum(t.max_points for t in tests)
    is_whole = all(test.verdict in (Verdict.PASSED, Verdict.SKIPPED) for test in tests)
    score = f"{_points(earned)} / {_points(worth)}"
    heading = Text.assemble(
        (plain_line(name), "title"), "  ", (score, "good" if is_whole else "warn")
    )
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    table.add_column(justify="right", no_wrap=True)
    parts: list[Group | Text | Padding] = [heading]
    same = _in_common(tests)
    for test in tests:
        glyph, word, style = _GLYPHS[test.verdict]
        score = f"{_points(test.points)} / {_points(test.max_points)}"
        table.add_row(
            Text(glyph, style), Text(word, style), plain(test.title), Text(score, "muted")
        )
    parts.append(Padding(table, (0, 0, 0, 2)))
    if same is not None:
        parts.append(_explanation(same, cells, is_student=is_student))
    else:
        parts += [
            _explanation(test, cells, is_student=is_student)
            for test in tests
            if test.verdict not in (Verdict.PASSED, Verdict.SKIPPED)
        ]
        parts += [part for test in tests if (part := _abroad(test, is_student=is_student))]
    return Group(*parts)


def _abroad(test: TestResult, *, is_student: bool) -> Padding | None:
    """What a test that passed says of another device."""
    seen = test.elsewhere
    if seen is None or not test.is_passed or not (seen.rule or (seen.detail and not is_student)):
        return None
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True, style="muted")
    grid.add_column(ratio=1)
    style = "muted" if seen.verdict is Verdict.PASSED else "warn"
    grid.add_row(Text("@", style), Text(plain(test.title), "title"))
    grid.add_row("", Text(plain(seen.rule or f"Not judged on {seen.device}."), style))
    if seen.detail and not is_student:
        grid.add_row(plain(seen.device), plain(seen.detail))
    return Padding(grid, (1, 0, 0, 2))


def _in_common(tests: list[TestResult]) -> TestResult | None:
    """One test to stand for all, where all fail for the same plain reason."""
    rules = {test.finding.rule if test.finding else None for test in tests}
    plainly = {Verdict.MISSING, Verdict.NOT_ATTEMPTED}
    is_same = len(rules) == 1 and all(test.verdict in plainly for test in tests)
    return tests[0] if is_same else None


def _explanation(test: TestResult, cells: Sequence[CellPlace], *, is_student: bool) -> Padding:
    """What was asked, what came back, the rule, and what it may be."""
    glyph, _, style = _GLYPHS[test.verdict]
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True, style="muted")
    grid.add_column(ratio=1)
    if test.verdict not in (Verdict.MISSING, Verdict.NOT_ATTEMPTED):
        grid.add_row(Text(glyph, style), Text(plain(test.title), "title"))
    finding = test.finding
    if finding is not None:
        grid.add_row("", plain(finding.rule))
        for label, text in _facts(finding, cells, is_student=is_student):
            grid.add_row(label, plain(text))
    if test.reason:
        grid.add_row("", plain(test.reason))
    if test.diagnosis_title:
        grid.add_row(Text("likely", "warn"), Text(plain(test.diagnosis_title), "warn"))
    question = test.diagnosis_hint or test.hint
    if question and test.verdict is not Verdict.NOT_ATTEMPTED:
        grid.add_row(Text("hint", "hint"), Text(plain(question), "hint"))
    if test.output:
        grid.add_row("printed", plain(test.output[:_MAX_OUTPUT].rstrip()))
    return Padding(grid, (1, 0, 0, 2))


def _facts(
    finding: Finding, cells: Sequence[CellPlace], *, is_student: bool
) -> list[tuple[str, str]]:
    facts = [("call", finding.call or "")]
    for label, answer in (("expected", finding.expected), ("got", finding.got)):
        if answer is not None:
            facts.append((label, _answer(answer)))
    facts.append(("where", finding.detail))
    if finding.traceback and not is_student:
        facts.append(("traceback", traceback_of(finding.traceback, cells).rstrip()))
    elif finding.line is not None:
        facts.append(("line", place_of(finding.line, cells).removeprefix("line ")))
    return [(label, text) for label, text in facts if text]


def _answer(answer: Answer) -> str:
    if answer.summary == answer.preview:
        return answer.summary
    return f"{answer.summary}  {answer.preview}"


def _points(points: float) -> str:
    return f"{points:.2f}".rstrip("0").rstrip(".")
