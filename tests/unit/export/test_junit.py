from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import msgspec

from grader.export import junit_xml
from grader.records import Finding, Status, Verdict

GOLDEN = Path(__file__).parent / "golden" / "junit.xml"


def test_the_document_of_one_student_is_as_agreed(sample: ModuleType) -> None:
    assert junit_xml(sample.student_results()) == GOLDEN.read_text("utf-8")


def test_counts_add_up_over_the_class(sample: ModuleType) -> None:
    results = sample.sample_class()
    root = ET.fromstring(junit_xml(results))
    cases = root.findall("testsuite/testcase")
    assert int(root.attrib["tests"]) == len(cases) == sum(len(r.tests) for r in results) + 1
    assert int(root.attrib["failures"]) == len(root.findall("*/testcase/failure"))
    assert int(root.attrib["errors"]) == 1


def test_what_is_our_fault_is_an_error_and_never_a_failure(sample: ModuleType) -> None:
    broken = sample.result_of("ada", "tensors", {"describe": (Verdict.GRADER_ERROR,)})
    lost = sample.result_of(
        "ada", "learning", {}, status=Status.NOT_GRADABLE, points=None, tests=(), reason="no space"
    )
    root = ET.fromstring(junit_xml([broken, lost]))
    errors = root.findall("*/testcase/error")
    assert [error.attrib["type"] for error in errors] == ["GRADER_ERROR", "not_gradable"]
    assert errors[1].attrib["message"] == "no space"
    assert not root.findall("*/testcase/failure")


def test_a_skipped_test_gives_its_reason(sample: ModuleType) -> None:
    result = sample.result_of("ada", "activations", {"relu": (Verdict.SKIPPED,)})
    (skipped,) = ET.fromstring(junit_xml([result])).findall("*/testcase/skipped")
    assert skipped.attrib["message"] == "This machine has no GPU."


def test_characters_that_xml_cannot_hold_are_replaced(sample: ModuleType) -> None:
    result = sample.result_of("a\x00b\x1b\ufffe\ud800]]><x>&\u0085", "tensors", {})
    (suite,) = ET.fromstring(junit_xml([result]))
    assert suite.attrib["name"] == "a\ufffdb\ufffd\ufffd\ufffd]]><x>&\ufffd.tensors"


def test_an_exception_text_cannot_end_its_element(sample: ModuleType) -> None:
    result = sample.result_of("ada", "tensors", {"describe": (Verdict.RAISED,)})
    rule = '</failure></testcase><testcase name="free points"/>'
    test = next(each for each in result.tests if each.verdict is Verdict.RAISED)
    forged = msgspec.structs.replace(test, finding=Finding(rule=rule, detail=rule))
    root = ET.fromstring(junit_xml([msgspec.structs.replace(result, tests=(forged,))]))
    (failure,) = root.findall("*/testcase/failure")
    assert failure.attrib["message"] == rule
    assert len(root.findall("*/testcase")) == 1


def test_a_line_of_a_notebook_is_named_by_its_cell(sample: ModuleType) -> None:
    (suite,) = ET.fromstring(junit_xml([sample.notebook_result()]))
    texts = [failure.text or "" for failure in suite.findall("testcase/failure")]
    assert len(texts) == 2
    for text in texts:
        assert "\nline 2 of cell [4] of the submission\n" in text
        assert 'File "activations.ipynb", line 2 of cell [4], in tanh' in text


def test_what_a_notebook_showed_is_no_test_output(sample: ModuleType) -> None:
    text = junit_xml([sample.notebook_result()])
    assert "window.hit" not in text
    assert "base64" not in text
