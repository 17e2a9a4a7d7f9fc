"""Submissions that nobody handed in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from grader.course import Course, Exercise
from grader.errors import CourseError, SuiteError
from grader.verify import Claim
from grader.verify.candidates import Candidates, Kind, candidates_of, empty_answers

REFERENCE = '''def double(x):
    """Twice as much."""
    # BEGIN SOLUTION
    return 2 * x
    # END SOLUTION


def half(x):
    """Half as much."""
    # BEGIN SOLUTION
    return x / 2
    # END SOLUTION
'''
ADDS = '''"""It adds.

Is three times two the same as three and two?
"""

function = "double"
code = "ADD"
fails = ("test_double_of_three",)


def double(x):
    return x + 2
'''
TOML = 'title = "Twice"\n[functions.double]\npoints = 1\n[functions.half]\npoints = 1\n'
FILES = {
    "exercise.toml": TOML,
    "twice.py": REFERENCE,
    "test_hidden.py": "",
    "misconceptions/adds.py": ADDS,
}
Make = Callable[..., Exercise]


@pytest.fixture
def make(tmp_path: Path, build_course: Callable[[Path, Any], Course]) -> Make:
    """Writes an exercise; two underscores are a slash."""

    def write(**changes: str) -> Exercise:
        changed = {name.replace("__", "/") + ".py": text for name, text in changes.items()}
        return build_course(tmp_path, {"twice": FILES | changed}).exercise("twice")

    return write


def of(candidates: Candidates, kind: Kind) -> dict[str, str]:
    sources = {}
    for candidate in candidates.candidates:
        if candidate.kind is kind:
            assert candidate.submission.source is not None
            sources[candidate.name] = candidate.submission.source.decode()
    return sources


def test_the_reference_is_handed_in_once_per_seed_by_different_students(make: Make) -> None:
    candidates = candidates_of(make(), 3)
    assert of(candidates, Kind.REFERENCE) == dict.fromkeys(("1", "2", "3"), REFERENCE)
    students = [candidate.submission.student for candidate in candidates.candidates]
    assert len(set(students)) == len(students)
    references = [each for each in candidates.candidates if each.kind is Kind.REFERENCE]
    assert {each.submission.filename for each in references} == {"twice.py"}


def test_a_misconception_stands_below_the_reference_and_is_asked_about_its_function(
    make: Make,
) -> None:
    candidates = candidates_of(make(), 1)
    assert of(candidates, Kind.MISCONCEPTION) == {"adds": f"{REFERENCE}\n{ADDS}"}
    assert candidates.misconceptions["adds"].mistake.code == "ADD"
    (candidate,) = [each for each in candidates.candidates if each.kind is Kind.MISCONCEPTION]
    assert candidate.functions == frozenset({"double"})


def test_the_stub_has_lost_its_answers(make: Make) -> None:
    (stub,) = of(candidates_of(make(), 1), Kind.STUB).values()
    assert "return" not in stub
    assert stub.count("raise NotImplementedError") == 2


def test_a_stub_that_cannot_be_made_is_a_problem_and_stops_nothing_else(make: Make) -> None:
    candidates = candidates_of(make(twice=REFERENCE.replace("# END", "# END OF", 1)), 1)
    (problem,) = candidates.problems
    assert (problem.claim, problem.where) == (Claim.STUB, "twice/twice.py")
    assert of(candidates, Kind.STUB) == {}
    assert of(candidates, Kind.REFERENCE)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("None", "None"),
        ("an empty tensor", "tensor([])"),
        ("0.0", "0.0"),
        ("zeros", "tensor([0, 0])"),
        ("its first argument", "tensor([3, 4])"),
    ],
)
def test_every_function_gives_the_same_empty_answer_however_it_is_called(
    make: Make, answer: str, expected: str
) -> None:
    namespace: dict[str, Any] = {}
    exec(empty_answers(make(), answer), namespace)
    for name in ("double", "half"):
        assert repr(namespace[name](torch.tensor([3, 4]))) == expected
        assert repr(namespace[name](x=torch.tensor([3, 4]), by=2)) == expected


def test_empty_answers_need_no_argument_and_no_tensor(make: Make) -> None:
    for answer, words in (("zeros", "tensor(0.)"), ("its first argument", "None")):
        namespace: dict[str, Any] = {}
        exec(empty_answers(make(), answer), namespace)
        assert str(namespace["double"]()) == words


@pytest.mark.parametrize(
    "broken", [ADDS.replace("code =", "kode ="), ADDS.replace("(x):", "(x:"), "raise SystemExit"]
)
def test_a_misconception_that_cannot_be_read_is_an_error_of_the_suite(
    make: Make, broken: str
) -> None:
    with pytest.raises(SuiteError, match="twice"):
        candidates_of(make(misconceptions__adds=broken), 1)


def test_a_reference_that_is_not_there_is_an_error_of_the_course(make: Make) -> None:
    exercise = make()
    exercise.reference_path.unlink()
    with pytest.raises(CourseError, match=r"twice\.py: the reference cannot be read"):
        candidates_of(exercise, 1)
