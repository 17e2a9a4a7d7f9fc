"""A right answer that does not hold in a server that has seen nothing, and hidden tests' order."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.course import Course
from grader.grading import Terms, grade
from grader.records import Limits, Outcome, Result, Submission, Tier, Verdict
from grader.suite.session import Session
from grader.suite.station import open_station
from grader.worker.launch import Zygote

REFERENCE = "def double(x):\n    return 2 * x\n\n\ndef start(x):\n    return None\n"
TESTS = "".join(f"def test_double_of_{n}(agree):\n    agree('double', {n})\n\n\n" for n in range(8))
EXERCISES = {
    "twice": {
        "exercise.toml": 'title = "Twice"\n[functions.double]\npoints = 8\n'
        "[functions.start]\npoints = 1\n",
        "twice.py": REFERENCE,
        "test_hidden.py": f"{TESTS}def test_start_of_one(agree):\n    agree('start', 1)\n",
    }
}
STARVED = """
import os

calls = 0


def double(x):
    global calls
    calls += 1
    if calls == 1:
        with open("servers", "a") as servers:
            servers.write(".")
        if os.path.getsize("servers") {when}:
            raise {error}
    return 2 * x
"""
ANSWERS = {
    "raising in one fresh server": STARVED.format(when="== 2", error="BlockingIOError"),
    "raising in fresh servers": STARVED.format(when="> 1", error="BlockingIOError"),
    "out of memory in fresh servers": STARVED.format(when="> 1", error="MemoryError"),
    "right": REFERENCE,
    "counting": "calls = 0\n\n\ndef double(x):\n    global calls\n    calls += 1\n"
    "    return 2 * x if calls > 1 else -1\n\n\ndef start(x):\n    double(x)\n",
    "another": f"{REFERENCE}# another file\n",
    "spoiling each other": "called = set()\n\n\n"
    "def double(x):\n    called.add('double')\n    return -1 if 'start' in called else 2 * x\n\n\n"
    "def start(x):\n    called.add('start')\n    return -1 if 'double' in called else None\n",
}


@pytest.fixture(scope="module")
def graded(
    tmp_path_factory: pytest.TempPathFactory,
    build_course: Callable[[Path, Any], Course],
    zygote: Zygote,
) -> dict[str, tuple[Result, list[str]]]:
    """The result of each answer, and the order in which its tests were run."""
    course = build_course(tmp_path_factory.mktemp("course"), EXERCISES)
    ran: list[str] = []
    run = Session.run

    def noting(session: Session, item: Any, following: Any, examination: Any) -> Outcome:
        ran.append(item.name)
        return run(session, item, following, examination)

    def body(station: Any) -> dict[str, tuple[Result, list[str]]]:
        found: dict[str, tuple[Result, list[str]]] = {}
        for name in (*ANSWERS, "right"):
            ran.clear()
            work = Submission(
                student="ada",
                exercise="twice",
                filename="twice.py",
                source=ANSWERS[name].encode(),
            )
            result = grade(
                work,
                station.judge("twice"),
                Terms(Tier.NONE, secret=b"secret"),
                lambda: zygote.request(Limits()).ready(),
            )
            order = list(dict.fromkeys(ran))
            assert name not in found or found[name][1] == order, "the same file, the same order"
            found[name] = (result, order)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Session, "run", noting)
        return open_station(course, course.exercises, body)


def test_an_answer_that_hangs_on_earlier_calls_does_not_hold(
    graded: dict[str, tuple[Result, list[str]]],
) -> None:
    result, _ = graded["counting"]
    lost = [t for t in result.tests if t.function == "double" and t.verdict is Verdict.WRONG]
    assert lost
    assert any(
        t.finding and t.finding.rule.startswith("The same call gave another answer") for t in lost
    )


def test_a_right_answer_holds(graded: dict[str, tuple[Result, list[str]]]) -> None:
    assert graded["right"][0].points == 9
    assert graded["another"][0].points == 9


def test_no_answer_pays_for_what_another_function_left_behind_when_it_is_asked_again(
    graded: dict[str, tuple[Result, list[str]]],
) -> None:
    assert graded["spoiling each other"][0].points == 9


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ("raising in one fresh server", 8),
        ("raising in fresh servers", 7),
        ("out of memory in fresh servers", 8),
    ],
)
def test_what_raises_when_asked_again_is_asked_once_more_and_want_of_memory_is_excused(
    graded: dict[str, tuple[Result, list[str]]], answer: str, points: float
) -> None:
    result, _ = graded[answer]
    assert sum(t.points for t in result.tests if t.function == "double") == points


def test_hidden_tests_run_in_an_order_of_the_submissions_own(
    graded: dict[str, tuple[Result, list[str]]],
) -> None:
    right, another = graded["right"][1], graded["another"][1]
    assert right != another
    assert sorted(right) == sorted(another)


def test_outcomes_come_in_the_suites_order(graded: dict[str, tuple[Result, list[str]]]) -> None:
    names = [f"test_double_of_{n}" for n in range(8)] + ["test_start_of_one"]
    assert all([t.name for t in result.tests] == names for result, _ in graded.values())
