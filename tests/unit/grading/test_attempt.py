"""One submission end to end, with the failures that are ours told from those that are not."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.course import Course
from grader.errors import SandboxError, WorkerError
from grader.grading import Terms, grade, not_gradable
from grader.records import Limits, Result, Status, Submission, Tier, Verdict
from grader.suite.station import Station, open_station
from grader.worker.client import Worker
from grader.worker.launch import Zygote

REFERENCE = "def double(x):\n    return 2 * x\n"
EXERCISES = {
    "twice": {
        "exercise.toml": 'title = "Twice"\n[functions.double]\npoints = 3\n',
        "twice.py": REFERENCE,
        "test_hidden.py": "def test_double_of_three(agree):\n    agree('double', 3)\n\n"
        "def test_double_of_a_random_number(agree, rng):\n    import torch\n"
        "    agree('double', float(torch.rand((), generator=rng)))\n",
    }
}
Hire = Callable[[], Worker]
Judging = Callable[[Submission, Terms, Hire], Result]


@pytest.fixture(scope="module")
def course(
    tmp_path_factory: pytest.TempPathFactory, build_course: Callable[[Path, Any], Course]
) -> Course:
    return build_course(tmp_path_factory.mktemp("course"), EXERCISES)


@pytest.fixture
def judging(course: Course) -> Judging:
    def judge(submission: Submission, terms: Terms, hire: Hire) -> Result:
        def body(station: Station) -> Result:
            return grade(submission, station.judge("twice"), terms, hire)

        return open_station(course, course.exercises, body)

    return judge


@pytest.fixture
def hire(zygote: Zygote) -> Hire:
    return lambda: zygote.request(Limits()).ready()


def submission(source: bytes | None = REFERENCE.encode(), student: str = "ada") -> Submission:
    return Submission(
        student=student, exercise="twice", filename="twice.py", source=source, notes=("Late.",)
    )


TERMS = Terms(Tier.NONE, secret=b"secret")


def test_a_result_says_all_that_there_is_to_say(judging: Judging, hire: Hire) -> None:
    text = f"{REFERENCE}\nplot()\n"
    result = judging(submission(text.encode()), TERMS, hire)
    assert (result.student, result.exercise, result.title) == ("ada", "twice", "Twice")
    assert (result.points, result.max_points, result.status) == (3.0, 3.0, Status.GRADED)
    assert (result.sandbox_tier, result.device) == (Tier.NONE, "cpu")
    assert (result.filename, result.sha256) == ("twice.py", submission(text.encode()).sha256)
    assert (result.source, result.notes, result.reason) == (text, ("Late.",), None)
    (problem,) = result.load_problems
    assert (problem.line, problem.statement) == (4, "plot()")
    assert problem.error == "NameError: name 'plot' is not defined"
    assert dt.datetime.fromisoformat(result.started_at).utcoffset() == dt.timedelta(0)
    assert 0 < result.wall_seconds < 60
    assert set(result.versions) == {"python", "torch", "torchgrade"}
    assert result.suite_sha256


def test_a_file_that_was_not_handed_in_is_missing_and_needs_no_worker(judging: Judging) -> None:
    def nobody() -> Worker:
        raise WorkerError("nobody is needed")

    result = judging(submission(None), TERMS, nobody)
    assert (result.status, result.points, result.filename) == (Status.GRADED, 0.0, "")
    assert {test.verdict for test in result.tests} == {Verdict.MISSING}
    assert {t.finding.rule for t in result.tests if t.finding} == {
        "Neither twice.py nor twice.ipynb was handed in."
    }


def test_a_syntax_error_is_the_students_and_told_with_its_line(
    judging: Judging, hire: Hire
) -> None:
    result = judging(submission(b"x = 1\ndef double(x:\n"), TERMS, hire)
    assert (result.status, result.points) == (Status.GRADED, 0.0)
    assert [problem.line for problem in result.load_problems] == [2]
    assert {test.verdict for test in result.tests} == {Verdict.MISSING}


def test_latin_1_is_read_and_noted(judging: Judging, hire: Hire) -> None:
    result = judging(submission(f"# Verspätung\n{REFERENCE}".encode("latin-1")), TERMS, hire)
    assert result.is_full_marks
    assert len(result.notes) == 2
    assert "Verspätung" in result.source


def test_bytes_that_are_no_text_are_no_crash(judging: Judging, hire: Hire) -> None:
    result = judging(submission(bytes(range(256)) * 3), TERMS, hire)
    assert result.points in (0.0, None)
    assert (result.status is Status.NOT_GRADABLE) == (result.points is None)


def test_a_worker_that_does_not_start_is_asked_for_once_more(judging: Judging, hire: Hire) -> None:
    tries: list[int] = []

    def second_time() -> Worker:
        tries.append(1)
        if len(tries) == 1:
            raise SandboxError("no room")
        return hire()

    result = judging(submission(), TERMS, second_time)
    assert len(tries) == 2
    assert result.is_full_marks


def test_a_worker_that_never_starts_is_ours_and_no_zero(judging: Judging) -> None:
    tries: list[int] = []

    def never() -> Worker:
        tries.append(1)
        raise WorkerError("the machine is full")

    result = judging(submission(), TERMS, never)
    assert len(tries) == 2
    assert (result.status, result.points) == (Status.NOT_GRADABLE, None)
    assert result.reason == "the machine is full"
    assert result.source == REFERENCE


@pytest.mark.parametrize("starved", [1, 2])
def test_a_worker_that_can_be_asked_no_more_is_ours_and_another_is_hired(
    judging: Judging, hire: Hire, starved: int
) -> None:
    hired: list[Worker] = []

    def starving(*_: Any, **__: Any) -> Any:
        raise WorkerError("no process was left")

    def hire_one() -> Worker:
        hired.append(hire())
        if len(hired) <= starved:
            vars(hired[-1])["begin"] = starving
        return hired[-1]

    result = judging(submission(), TERMS, hire_one)
    assert len(hired) == 2
    if starved == 1:
        assert result.is_full_marks
    else:
        assert (result.status, result.points) == (Status.NOT_GRADABLE, None)
        assert result.reason == "no process was left"


def test_a_fault_of_the_machine_room_is_no_zero_either(judging: Judging) -> None:
    def broken() -> Worker:
        raise OSError("too many open files")

    result = judging(submission(), TERMS, broken)
    assert (result.status, result.points) == (Status.NOT_GRADABLE, None)
    assert result.reason == "a fault of grade itself: OSError: too many open files"


def test_the_same_file_gets_the_same_hidden_data(judging: Judging, hire: Hire) -> None:
    wrong = b"def double(x):\n    return 3 * x\n"
    first, second = (judging(submission(wrong), TERMS, hire) for _ in range(2))
    assert [t.finding for t in first.tests] == [t.finding for t in second.tests]
    again = judging(submission(wrong), Terms(Tier.NONE, seed=first.seed), hire)
    assert [t.finding for t in again.tests] == [t.finding for t in first.tests]


def test_seeds_differ_by_student_file_and_secret() -> None:
    seeds = {
        TERMS.seed_for(submission()),
        TERMS.seed_for(submission(student="bob")),
        TERMS.seed_for(submission(b"x = 1")),
        Terms(Tier.NONE, secret=b"another").seed_for(submission()),
        Terms(Tier.NONE, secret=b"s" * 1000).seed_for(submission()),
    }
    assert len(seeds) == 5
    assert all(0 <= seed < 1 << 63 for seed in seeds)
    assert Terms(Tier.NONE, secret=b"secret", seed=7).seed_for(submission()) == 7


def test_what_nobody_could_judge_has_no_points(course: Course) -> None:
    result = not_gradable(submission(), course.exercise("twice"), TERMS, "the power went")
    assert (result.points, result.max_points) == (None, 3.0)
    assert (result.status, result.reason) == (Status.NOT_GRADABLE, "the power went")
    assert not result.is_full_marks
    assert result.tests == ()
