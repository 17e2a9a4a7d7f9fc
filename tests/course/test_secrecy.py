"""A student who fails a hidden test learns none of its numbers, whatever the mistake.

What a student may know is left out of the comparison: their own file and its lines, shapes, which
are told, and pictures that their author calls public. Of these it is shown that they hold nothing
that is drawn anew for each submission.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Protocol

import msgspec
import pytest

from grader.course import Exercise, load_course, make_stub
from grader.records import Result, TestResult, Visibility
from grader.report import for_student, render_student

COURSE = load_course(Path(__file__).resolve().parents[2] / "solutions")
EXERCISES = {exercise.name: exercise for exercise in COURSE.exercises}
NUMBER = re.compile(r"(?<![\w.])-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?(?![\w])")
DIGITS = 3
SHAPE = re.compile(r"(?:bool|b?float|u?int|complex)\d* \[[\d, ]*\]|\bshape \[[\d, ]*\]")
LINE = re.compile(r"\bline \d+")
WELL_KNOWN = {127.0, 128.0, 255.0, 256.0}
"""Where the integers of a byte end."""


class Verified(Protocol):
    @property
    def results(self) -> Mapping[tuple[str, str], Result]: ...


class Page(HTMLParser):
    """What can be read of a page: its text, and what is read aloud or shown on hovering."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self._is_hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_hidden = tag in {"style", "script"}
        self.text += [text or "" for name, text in attrs if name in {"title", "alt", "aria-label"}]

    def handle_endtag(self, tag: str) -> None:
        del tag
        self._is_hidden = False

    def handle_data(self, data: str) -> None:
        if not self._is_hidden:
            self.text.append(data)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_no_number_of_a_hidden_test_reaches_a_student_who_fails_it(
    exercise: str, verified: Verified
) -> None:
    public = _numbers(_handed_out(EXERCISES[exercise]))
    checked = 0
    leaks = []
    for (name, student), result in verified.results.items():
        if name != exercise or not student.startswith("misconception "):
            continue
        secret = {
            number: test.name
            for test in result.tests
            if not test.is_passed and test.visibility is not Visibility.VISIBLE
            for number in _numbers(_secrets(test)) - public
        }
        checked += len(secret)
        seen = _numbers(_seen(result))
        leaks += [f"{student}, {secret[number]}: {number}" for number in secret.keys() & seen]

    assert leaks == []
    assert checked > 0


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_public_picture_shows_nothing_that_is_drawn_anew(
    exercise: str, verified: Verified
) -> None:
    pictures: dict[str, set[bytes]] = {}
    seeds = set()
    for (name, student), result in verified.results.items():
        if name == exercise and student.startswith("reference "):
            seeds.add(result.seed)
            for test in result.tests:
                public = [figure for figure in test.figures if figure.is_public]
                pictures.setdefault(test.name, set()).add(msgspec.json.encode(public))

    assert len(seeds) > 1
    assert [name for name, drawn in pictures.items() if len(drawn) > 1] == []


def _secrets(test: TestResult) -> Iterator[str]:
    """What the teacher is told of a failed test: its inputs, what was expected, what came."""
    finding = test.finding
    if finding is not None:
        yield finding.call or ""
        yield finding.detail
        for answer in (finding.expected, finding.got):
            if answer is not None:
                yield answer.preview


def _seen(result: Result) -> Iterator[str]:
    """What the student gets but for their own file: the result cut down, and the page."""
    # How long it took is another thing that a student may know.
    tests = [msgspec.structs.replace(test, figures=(), wall_seconds=0.0) for test in result.tests]
    own = msgspec.structs.replace(
        result, source="", tests=tuple(tests), versions={}, wall_seconds=0.0
    )
    for test in for_student(own).tests:
        yield f"{test.name} {test.title} {test.hint} {test.reason} {test.output}"
        yield f"{test.diagnosis_title} {test.diagnosis_hint}"
        if test.finding is not None:
            yield msgspec.json.encode(msgspec.structs.replace(test.finding, line=None)).decode()
    page = Page()
    page.feed(render_student([own], course_title=COURSE.title))
    yield from page.text


def _handed_out(exercise: Exercise) -> Iterator[str]:
    """What every student has anyway: the task, its examples and the public tests."""
    reference = exercise.reference_path.read_text(encoding="utf-8")
    yield make_stub(reference, exercise.file, [function.name for function in exercise.functions])
    yield exercise.public_suite_path.read_text(encoding="utf-8")
    yield exercise.readme_path.read_text(encoding="utf-8")


def _numbers(texts: Iterator[str]) -> set[float]:
    """The numbers of at least three significant digits, without their signs."""
    plain = (LINE.sub("", SHAPE.sub("", text)) for text in texts)
    found = (match for text in plain for match in NUMBER.findall(text))
    return {abs(float(number)) for number in found if _digits(number) >= DIGITS} - WELL_KNOWN


def _digits(number: str) -> int:
    mantissa = number.lstrip("-").partition("e")[0]
    return len(mantissa.replace(".", "").lstrip("0"))
