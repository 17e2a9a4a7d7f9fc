"""One function on a student's page: which tests it failed and why, each story told once."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from grader.records import Answer, TestResult, Verdict
from grader.records.notebook import CellPlace, place_of, traceback_of
from grader.report.chart import Drawing, draw
from grader.report.score import Score
from grader.report.source import Line, excerpt
from grader.report.wording import Words, verdict_words

_NOTHING_TO_HINT_AT = (Verdict.MISSING, Verdict.NOT_ATTEMPTED, Verdict.SKIPPED)


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What one or more tests that failed in the same way have to say."""

    tests: tuple[TestResult, ...]
    words: Words
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
    where: str
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
    words: Words
    cards: tuple[Card, ...]
    passed: tuple[TestResult, ...]
    drawings: tuple[Drawing, ...]

    @property
    def has_pictures(self) -> bool:
        """Whether a drawing holds pixels."""
        every = (*self.drawings, *(each for card in self.cards for each in card.drawings))
        return any(drawing.tiles for drawing in every)


def function_view(
    name: str,
    tests: Sequence[TestResult],
    anchor: str,
    lines: Sequence[str],
    cells: Sequence[CellPlace],
) -> FunctionView:
    """Arrange the tests of one function.

    Args:
        name: The function's.
        tests: Its tests, at least one, in the order of the suite.
        anchor: What links to it name.
        lines: Of the student's file, from `lines_of`.
        cells: Where the cells lie, if the file is a notebook.
    """
    failed = [test for test in tests if not test.is_passed]
    passed = tuple(test for test in tests if test.is_passed)
    score = Score(sum(test.points for test in tests), sum(test.max_points for test in tests))
    groups: dict[object, list[TestResult]] = {}
    for test in failed:
        groups.setdefault(_story(test), []).append(test)
    said: set[str | int] = set()
    cards = [_card(group, lines, cells, said) for group in groups.values()]
    return FunctionView(
        anchor=anchor,
        name=name,
        score=score,
        words=_worst(cards),
        cards=tuple(cards),
        passed=passed,
        drawings=tuple(draw(figure) for test in passed for figure in test.figures),
    )


def _worst(cards: Sequence[Card]) -> Words:
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


def _card(
    tests: Sequence[TestResult],
    lines: Sequence[str],
    cells: Sequence[CellPlace],
    said: set[str | int],
) -> Card:
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
        where=_where(line, cells),
        is_line_repeated=is_line_repeated,
        excerpt=excerpt(lines, [line], cells) if line and not is_line_repeated else (),
        traceback=traceback_of(finding.traceback, cells) if finding and finding.traceback else None,
        output=test.output,
        drawings=tuple(draw(figure) for figure in test.figures),
    )


def _where(line: int | None, cells: Sequence[CellPlace]) -> str:
    if not line:
        return ""
    return f"{'notebook' if cells else 'file'}, {place_of(line, cells)}"
