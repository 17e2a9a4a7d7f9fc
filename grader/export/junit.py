"""JUnit XML, which every continuous-integration service can show: one suite per submission."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence

from grader.records import Answer, Finding, Result, Status, TestResult, Verdict
from grader.records.notebook import CellPlace, place_of, traceback_of
from grader.screen import UNSEEN

_INVALID = re.compile(f"[{UNSEEN}\ufffe\uffff]")
"""What XML 1.0 has no way to say, what it discourages, and what no reader would see."""


def junit_xml(results: Sequence[Result]) -> str:
    """Results as JUnit XML.

    A test that lost points is a `failure`; what is our fault, a broken test or a submission that
    could not be graded, is an `error`; a skipped test is `skipped`.
    """
    root = ET.Element("testsuites", name="grade")
    for result in results:
        root.append(_suite(result))
    for key in ("tests", "failures", "errors", "skipped"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    root.set("time", f"{sum(each.wall_seconds for each in results):.3f}")
    ET.indent(root)
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _suite(result: Result) -> ET.Element:
    suite = ET.Element(
        "testsuite",
        name=_clean(f"{result.student}.{result.exercise}"),
        timestamp=_clean(result.started_at),
        time=f"{result.wall_seconds:.3f}",
    )
    properties = ET.SubElement(suite, "properties")
    for key, value in _properties(result):
        ET.SubElement(properties, "property", name=key, value=_clean(value))
    for test in result.tests:
        suite.append(_case(result, test))
    if result.status is Status.NOT_GRADABLE:
        case = ET.SubElement(
            suite, "testcase", classname=_clean(result.exercise), name="grading", time="0.000"
        )
        reason = _clean(result.reason or "not gradable")
        ET.SubElement(case, "error", type=result.status.value, message=reason)
    suite.set("tests", str(len(suite.findall("testcase"))))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("errors", str(len(suite.findall("testcase/error"))))
    suite.set("skipped", str(len(suite.findall("testcase/skipped"))))
    return suite


def _properties(result: Result) -> Iterable[tuple[str, str]]:
    yield "student", result.student
    yield "exercise", result.exercise
    if result.points is not None:
        yield "points", f"{result.points:g}"
    yield "max_points", f"{result.max_points:g}"
    yield "status", result.status.value
    yield "sandbox_tier", result.sandbox_tier.value
    yield "device", result.device
    if result.other_device:
        yield "other_device", result.other_device


def _case(result: Result, test: TestResult) -> ET.Element:
    case = ET.Element(
        "testcase",
        classname=_clean(f"{result.exercise}.{test.function}"),
        name=_clean(test.name),
        time=f"{test.wall_seconds:.3f}",
    )
    if test.verdict is Verdict.SKIPPED:
        ET.SubElement(case, "skipped", message=_clean(test.reason or "skipped"))
    elif test.verdict is Verdict.GRADER_ERROR:
        message = _clean(test.reason or "the grader failed here")
        ET.SubElement(case, "error", type=test.verdict.value, message=message)
    elif not test.is_passed:
        rule = test.finding.rule if test.finding else test.verdict.value
        failure = ET.SubElement(case, "failure", type=test.verdict.value, message=_clean(rule))
        failure.text = _clean("\n".join(_story(test, result.cells)))
    if test.elsewhere is not None and test.elsewhere.rule:
        ET.SubElement(case, "system-err").text = _clean(test.elsewhere.rule)
    if test.output:
        ET.SubElement(case, "system-out").text = _clean(test.output)
    return case


def _story(test: TestResult, cells: Sequence[CellPlace]) -> Iterable[str]:
    yield f"{test.title} ({test.points:g} of {test.max_points:g} points)"
    if test.finding is not None:
        yield from _evidence(test.finding, cells)
    if test.diagnosis_title:
        yield f"You may have: {test.diagnosis_title} [{test.diagnosis}]"
    if test.diagnosis_hint:
        yield f"To think about: {test.diagnosis_hint}"
    if test.hint:
        yield f"Hint: {test.hint}"


def _evidence(finding: Finding, cells: Sequence[CellPlace]) -> Iterable[str]:
    yield finding.rule
    if finding.call:
        yield f"call: {finding.call}"
    if finding.expected:
        yield f"expected: {_answer(finding.expected)}"
    if finding.got:
        yield f"got: {_answer(finding.got)}"
    if finding.detail:
        yield finding.detail
    if finding.line is not None:
        yield f"{place_of(finding.line, cells)} of the submission"
    if finding.traceback:
        yield traceback_of(finding.traceback, cells).rstrip()


def _answer(answer: Answer) -> str:
    return f"{answer.summary} {answer.preview}".rstrip()


def _clean(text: str) -> str:
    return _INVALID.sub("\N{REPLACEMENT CHARACTER}", text)
