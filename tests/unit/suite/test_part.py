from collections.abc import Callable
from pathlib import Path

from grader.course import Course
from grader.suite.part import judge_of
from grader.suite.station import open_station

FILES = {
    "exercise.toml": """
title = "Two"
summary = ""
file = "two.py"
[functions.one]
points = 1.0
[functions.other]
points = 2.0
""",
    "two.py": "def one():\n    return 1\n\n\ndef other():\n    return 2\n",
    "test_public.py": "def test_one(agree):\n    agree('one')\n",
    "test_hidden.py": """
def test_one(agree):
    agree("one")

def test_other(agree):
    agree("other")

def test_one_again(agree):
    agree("one")
""",
    "README.md": "# Two\n",
}


def test_a_part_has_the_tests_and_the_points_of_its_functions(
    tmp_path: Path, build_course: Callable[..., Course]
) -> None:
    course = build_course(tmp_path, {"two": FILES})
    whole, part = open_station(
        course,
        course.exercises,
        lambda station: (station.judge("two"), judge_of(station.judge("two"), {"one"})),
    )
    assert [s.name for s in part.specifications] == ["test_one", "test_one_again"]
    assert part.exercise.max_points == 1
    assert [s.name for s in whole.specifications] == ["test_one", "test_other", "test_one_again"]
    assert whole.exercise.max_points == 3
    assert part.suite.error is None
