import pytest

from grader.course import Course
from grader.intake import Inspection, inspect

STUB = """
def relu(x):
    # Your code here.
    raise NotImplementedError("relu: write your answer here")
"""


def look(course: Course, text: str) -> Inspection:
    return inspect(text, course.exercises[0])


def test_a_stub_is_unwritten_and_the_rest_missing(course: Course) -> None:
    assert look(course, STUB) == Inspection(unwritten=("relu",), missing=("tanh",))


def test_a_finished_file_has_nothing_to_say(course: Course) -> None:
    text = "def relu(x):\n    return x\ntanh = relu\n"
    assert look(course, text) == Inspection()


@pytest.mark.parametrize(
    ("statement", "is_unwritten"),
    [
        ("raise NotImplementedError", True),
        ("if x:\n        raise NotImplementedError()", True),
        ("raise ValueError('no')", False),
        ("raise", False),
    ],
)
def test_only_what_raises_not_implemented_is_unwritten(
    course: Course, statement: str, is_unwritten: bool
) -> None:
    found = look(course, f"def relu(x):\n    {statement}\ndef tanh(x): return x\n")
    assert found.unwritten == (("relu",) if is_unwritten else ())


def test_a_syntax_error_is_told_with_its_line(course: Course) -> None:
    found = look(course, "x = 1\ndef relu(x:\n")
    assert found.problem == "line 2: '(' was never closed"


def test_text_that_python_cannot_take_is_a_problem_not_a_crash(course: Course) -> None:
    assert look(course, "x = " + "(" * 5000).problem is not None
    assert look(course, "x = '\ud800'").problem is not None
