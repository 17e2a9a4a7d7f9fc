"""What a student's machine knows: recorded answers, and how a changed suite is noticed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from grader.course import Course
from grader.errors import SuiteError
from grader.suite import recording
from grader.suite.compare import Comparison
from grader.suite.recording import RecordedOracle, is_same_recording
from grader.suite.release import record
from grader.suite.telling import JudgedCall
from grader.worker.invoke import Observation
from grader.worker.messages import Raised

FILES = {
    "exercise.toml": 'title = "Lab"\n[functions]\ndouble = {points = 1}\nroot = {points = 1}\n',
    "lab.py": """
def double(x):
    return 2 * x

def root(x):
    if x < 0:
        raise ValueError(f"no root of {x}")
    return x ** 0.5
""",
    "test_hidden.py": "def test_double(agree):\n    agree('double', 1.0)\n",
    "test_public.py": """
import torch

def test_double_a_row(agree):
    agree("double", torch.tensor([1.0, 3.0]))
    agree.gradient("double", torch.tensor([5.0, 7.0]))

def test_double_again(agree):
    agree.twice("double", torch.tensor([1.0]))

def test_double_random(agree, rng):
    agree("double", torch.randn(3, generator=rng))

def test_root_of_a_negative(agree):
    agree("root", -4.0)
""",
    "misconceptions/double_sq.py": '''"""It is squared.

Twice is not what?
"""
function = "double"
code = "SQ"
fails = ()

def double(x):
    return x * x
''',
    "misconceptions/double_inplace.py": '''"""It is overwritten.

What does calculus need later?
"""
import torch
function = "double"
code = "OVER"
fails = ()

def double(x):
    y = torch.exp(x)
    y.add_(2 * x - y)
    return y
''',
}
ROW = (torch.tensor([1.0, 3.0]),)
SLOPE = (torch.tensor([5.0, 7.0]),)


@pytest.fixture(scope="module")
def course(
    tmp_path_factory: pytest.TempPathFactory, build_course: Callable[[Path, Any], Course]
) -> Course:
    return build_course(tmp_path_factory.mktemp("course"), {"lab": FILES})


@pytest.fixture(scope="module")
def document(course: Course) -> bytes:
    return record(course.exercise("lab"))


@pytest.fixture
def oracle(document: bytes, tmp_path: Path) -> RecordedOracle:
    path = tmp_path / "test_public.answers.json"
    path.write_bytes(document)
    return RecordedOracle.load(path)


def call(function: str, *args: Any, **settings: Any) -> JudgedCall:
    return JudgedCall(function, args, {}, 0, **settings)


def test_recorded_answers_are_the_references(oracle: RecordedOracle) -> None:
    told = oracle.expected("test_double_a_row", [call("double", *ROW)])
    assert isinstance(told, Observation)
    assert told.value.tolist() == [2.0, 6.0]
    raised = oracle.expected("test_root_of_a_negative", [call("root", -4.0)])
    assert isinstance(raised, Raised)
    assert raised.kinds[0] == "ValueError"


def test_mistakes_are_known_without_the_misconceptions(oracle: RecordedOracle) -> None:
    calls = [call("double", *ROW)]
    squared = Observation(torch.tensor([1.0, 9.0]))
    names = oracle.candidates("test_double_a_row", calls, squared, Comparison())
    assert names == ("double_sq",)
    assert [m.code for m in oracle.mistakes if m.name == "double_sq"] == ["SQ"]
    right = Observation(torch.tensor([2.0, 6.0]))
    assert oracle.candidates("test_double_a_row", calls, right, Comparison()) == ()


def test_what_was_recorded_lies_where_the_call_was_made(oracle: RecordedOracle) -> None:
    calls = [call("double", *ROW, device="meta")]
    told = oracle.expected("test_double_a_row", calls)
    assert isinstance(told, Observation)
    assert told.value.is_meta
    there = Observation(torch.empty(2, device="meta"))
    # Without numbers one wrong answer is like another; none is like what stayed on the CPU.
    names = oracle.candidates("test_double_a_row", calls, there, Comparison())
    assert "double_sq" in names
    calls.append(call("double", *SLOPE, gradient_seed=1, device="meta"))
    told = oracle.expected("test_double_a_row", calls)
    assert isinstance(told, Observation)
    assert [each is not None and each.is_meta for each in told.gradients] == [True]


def test_a_question_about_an_answer_on_a_device_is_the_one_that_was_recorded(
    oracle: RecordedOracle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "_is_close", lambda *_: True)  # it has no numbers to compare
    monkeypatch.setattr(recording, "_given", lambda _: [])
    asked = call("double", torch.empty(2, device="meta"), device="meta")
    assert isinstance(oracle.expected("test_double_a_row", [asked]), Observation)


def test_nothing_is_known_of_an_answer_that_was_not_recorded(oracle: RecordedOracle) -> None:
    calls = [call("double", torch.tensor([2.0]))]
    squared = Observation(torch.tensor([4.0]))
    assert oracle.candidates("test_double_of_my_own", calls, squared, Comparison()) == ()


def test_a_mistake_that_shows_only_on_the_way_back_is_known(oracle: RecordedOracle) -> None:
    calls = [call("double", *ROW), call("double", *SLOPE, gradient_seed=1)]
    recorded = json.loads(oracle._path.read_bytes())
    entry = recorded["tests"]["test_double_a_row"][1]["mistaken"]
    (plain,) = [each for name, each in entry.items() if name.startswith("double_inplace")]
    seen = Raised(0, tuple(plain["raised"]), plain["message"], 3, "", while_backward=True)
    names = oracle.candidates("test_double_a_row", calls, seen, Comparison())
    assert names == ("double_inplace",)


def test_a_recording_holds_no_code_and_no_hidden_number(document: bytes) -> None:
    text = document.decode()
    assert "x * x" not in text
    assert "def " not in text


def test_the_same_suite_is_recorded_to_the_same_bytes(course: Course, document: bytes) -> None:
    assert record(course.exercise("lab")) == document


@pytest.mark.parametrize(
    ("test", "asked"),
    [
        ("test_double_a_row", [call("double", torch.tensor([1.0, 3.5]))]),
        ("test_double_a_row", [call("double", torch.tensor([1.0]))]),
        ("test_double_a_row", [call("double", [1.0, 3.0])]),
        ("test_double_a_row", [call("double", *ROW, gradient_seed=3)]),
        ("test_double_a_row", [call("root", *ROW)]),
        ("test_double_a_row", [call("double", *ROW)] * 2),
        ("test_double_a_row", [call("double", *ROW), call("double", *SLOPE)] * 2),
        ("test_double_of_my_own", [call("double", *ROW)]),
    ],
    ids=["number", "shape", "type", "gradient", "function", "second", "third", "test"],
)
def test_what_was_not_recorded_is_told_as_a_changed_suite(
    oracle: RecordedOracle, test: str, asked: list[JudgedCall]
) -> None:
    with pytest.raises(SuiteError, match=f"test_public.py: {test} was changed since"):
        oracle.expected(test, asked)


def test_the_last_digits_of_an_input_may_differ(oracle: RecordedOracle) -> None:
    nearly = ROW[0] * (1 + 1e-6)
    assert isinstance(oracle.expected("test_double_a_row", [call("double", nearly)]), Observation)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "No such file"),
        (b"", "not a recording"),
        (b"\xff\xfe", "not a recording"),
        (b"[]", "not a recording"),
        (b'{"schema": 1}', "not a recording"),
        (b'{"schema": 99, "mistakes": [], "tests": {}}', "another version of grade"),
        (b'{"schema": 1, "mistakes": [{"code": 1}], "tests": {}}', "not a recording"),
    ],
)
def test_a_recording_that_cannot_be_read_says_what_to_do(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    path = tmp_path / "test_public.answers.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SuiteError, match=said) as caught:
        RecordedOracle.load(path)
    assert "anew" in str(caught.value)


def test_recordings_agree_but_for_the_last_digits(document: bytes) -> None:
    content = json.loads(document)
    values = content["tests"]["test_double_random"][0]["expected"]["value"]["values"]
    values[0] *= 1 + 1e-6
    assert is_same_recording(document, json.dumps(content).encode())
    values[0] += 0.01
    assert not is_same_recording(document, json.dumps(content).encode())
    assert not is_same_recording(document, b"{")


@pytest.mark.parametrize("change", ["type", "order", "fewer"])
def test_recordings_that_say_something_else_differ(document: bytes, change: str) -> None:
    content = json.loads(document)
    tests = content["tests"]
    if change == "type":
        tests["test_double_random"][0]["expected"]["value"]["tensor"] = "float64"
    elif change == "order":
        content["tests"] = dict(reversed(tests.items()))
    else:
        tests["test_double_a_row"].pop()
    assert not is_same_recording(document, json.dumps(content).encode())


def test_a_reference_that_fails_its_own_public_suite_is_refused(
    tmp_path: Path, build_course: Callable[[Path, Any], Course]
) -> None:
    text = "def test_double(student, expect):\n    expect(student.double(1.0), 3.0)\n"
    course = build_course(tmp_path, {"lab": {**FILES, "test_public.py": text}})
    with pytest.raises(SuiteError, match="test_double: the reference itself is WRONG"):
        record(course.exercise("lab"))


def test_what_cannot_be_recorded_is_refused_at_release(
    tmp_path: Path, build_course: Callable[[Path, Any], Course]
) -> None:
    files = {**FILES, "lab.py": "def double(x):\n    return {1}\n\ndef root(x):\n    return x\n"}
    course = build_course(tmp_path, {"lab": files})
    with pytest.raises(SuiteError, match="a value of type set cannot be recorded"):
        record(course.exercise("lab"))
