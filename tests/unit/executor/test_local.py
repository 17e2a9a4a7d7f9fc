"""Several stations on this machine: shared work, and what becomes of it when one of them dies."""

import gc
import itertools
import os
import signal
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec
import psutil
import pytest

from grader.course import Course
from grader.device.health import Health
from grader.device.inventory import Gpu
from grader.device.memory import Reading
from grader.device.pool import GpuPool, _locked
from grader.errors import StoreError
from grader.executor import Assignment, run_inline, run_local
from grader.executor.local import _Station
from grader.grading import Terms, not_gradable
from grader.records import Result, Status, Submission, Tier, Verdict
from grader.worker.launch import Zygote

REFERENCE = "def double(x):\n    return 2 * x\n"
SLOW = f"import time\ntime.sleep(1.5)\n{REFERENCE}"
TOML = 'title = "Twice"\n[functions.double]\npoints = 1\n'
EXERCISES = {
    "twice": {
        "exercise.toml": TOML,
        "twice.py": REFERENCE,
        "test_hidden.py": "def test_double_of_three(agree):\n    agree('double', 3)\n",
    },
    "tensors": {
        "exercise.toml": TOML,
        "tensors.py": REFERENCE,
        "test_hidden.py": "import torch\n\ndef test_double_of_one(agree):\n"
        "    agree('double', torch.ones(1))\n",
    },
    "deadly": {
        "exercise.toml": TOML,
        "deadly.py": REFERENCE,
        "test_hidden.py": "import os, signal\n\ndef test_double_of_three(agree):\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n",
    },
}


@pytest.fixture(scope="module")
def assignment(
    tmp_path_factory: pytest.TempPathFactory, build_course: Callable[[Path, Any], Course]
) -> Assignment:
    course = build_course(tmp_path_factory.mktemp("course"), EXERCISES)
    return Assignment(course, course.exercises, Terms(Tier.NONE))


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where workers write; no process may be left over."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    before = {child.pid for child in psutil.Process().children()}
    yield folder
    assert {child.pid for child in psutil.Process().children()} <= before


def submission(student: str, text: str = REFERENCE, exercise: str = "twice") -> Submission:
    return Submission(
        student=student, exercise=exercise, filename=f"{exercise}.py", source=text.encode()
    )


def stations(zygote: Zygote) -> list[psutil.Process]:
    """Of this process's children those that grade: forks of it, unlike whatever was exec'd."""
    del zygote
    own = psutil.Process()
    return [child for child in own.children() if _command(child) == own.cmdline()]


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def graded(
    assignment: Assignment, zygote: Zygote, submissions: list[Submission], jobs: int
) -> list[Result]:
    results: list[Result] = []
    run_local(assignment, submissions, jobs, results.append, zygote)
    return results


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_every_submission_is_graded_once(
    assignment: Assignment, zygote: Zygote, scratch: Path, jobs: int
) -> None:
    names = ["ada", "bob", "cat", "dan"]
    results = graded(assignment, zygote, [submission(name) for name in names], jobs)
    assert sorted(result.student for result in results) == names
    assert all(result.is_full_marks for result in results)
    assert list(scratch.iterdir()) == []


def test_no_submissions_are_no_work(assignment: Assignment, zygote: Zygote) -> None:
    assert graded(assignment, zygote, [], 2) == []


def test_stations_grade_as_this_process_would(assignment: Assignment, zygote: Zygote) -> None:
    text = "def double(x):\n    return x\n"
    (near,) = run_inline(assignment, [submission("ada", text)], zygote)
    (far,) = graded(assignment, zygote, [submission("ada", text)], 1)
    assert [(t.name, t.verdict, t.seed, t.finding) for t in near.tests] == [
        (t.name, t.verdict, t.seed, t.finding) for t in far.tests
    ]
    assert (near.points, near.seed) == (far.points, far.seed)


def test_a_station_that_dies_is_replaced_and_its_submission_tried_again(
    assignment: Assignment, zygote: Zygote
) -> None:
    results: list[Result] = []
    killed: list[int] = []

    def done(result: Result) -> None:
        results.append(result)
        if not killed:  # the quick one is done; the slow one is being graded
            for station in stations(zygote):
                killed.append(station.pid)
                station.send_signal(signal.SIGKILL)

    run_local(assignment, [submission("slow", SLOW), submission("quick")], 2, done, zygote)
    assert len(killed) == 2
    assert [result.student for result in results] == ["quick", "slow"]
    assert all(result.is_full_marks for result in results)


def test_a_submission_whose_station_dies_twice_is_ours_to_mend(
    assignment: Assignment, zygote: Zygote
) -> None:
    queue = [submission("ada", exercise="deadly"), submission("bob"), submission("cat")]
    results = {result.student: result for result in graded(assignment, zygote, queue, 2)}
    assert results["ada"].status is Status.NOT_GRADABLE
    assert results["ada"].points is None
    assert "ended unexpectedly, twice" in (results["ada"].reason or "")
    assert results["bob"].is_full_marks
    assert results["cat"].is_full_marks


@pytest.mark.parametrize("error", [StoreError("the disk is full"), KeyboardInterrupt()])
def test_when_results_cannot_be_taken_everything_stops_at_once(
    assignment: Assignment, zygote: Zygote, error: BaseException
) -> None:
    def refuse(_: Result) -> None:
        raise error

    endless = submission("slow", f"import time\ntime.sleep(60)\n{REFERENCE}")
    start = time.monotonic()
    with pytest.raises(type(error)):
        run_local(assignment, [submission("quick"), endless], 2, refuse, zygote)
    assert time.monotonic() - start < 20
    assert stations(zygote) == []


def test_submissions_are_read_as_they_are_needed(assignment: Assignment, zygote: Zygote) -> None:
    taken: list[str] = []
    results: list[Result] = []
    ahead: list[int] = []

    def read() -> Iterator[Submission]:
        for name in ("ada", "bob", "cat", "dan", "eve"):
            taken.append(name)
            yield submission(name)

    def done(result: Result) -> None:
        results.append(result)
        ahead.append(len(taken) - len(results))

    run_local(assignment, read(), 1, done, zygote)
    assert len(results) == 5
    assert max(ahead) <= 1


class Round:
    """Refers to itself, so that only the collector clears it away; and says who did."""

    def __init__(self, log: Path, name: str) -> None:
        self.itself = self
        self.log = log
        self.name = name

    def __del__(self) -> None:
        with self.log.open("a") as file:
            file.write(f"{self.name} {os.getpid()}\n")


def test_a_station_clears_away_what_grading_left_and_nothing_of_its_parents(
    assignment: Assignment, zygote: Zygote, tmp_path: Path
) -> None:
    log = tmp_path / "log"

    def staff(_: Zygote, submissions: Any, done: Callable[[Result], None], **__: Any) -> None:
        for each in submissions:
            Round(log, f"left by {each.student}")
            done(not_gradable(each, assignment.exercises[0], assignment.terms, "not looked at"))

    gc.collect()
    gc.disable()  # in the stations, too: nothing is collected by chance
    try:
        Round(log, "left by the parent")
        standing_in = mock.Mock(staff=staff)
        graded(standing_in, zygote, [submission("ada"), submission("bob")], 1)
    finally:
        gc.enable()
    first, second = log.read_text().splitlines()
    assert (first.split()[2], second.split()[2]) == ("ada", "bob")
    assert str(os.getpid()) not in first + second
    gc.collect()
    assert log.read_text().splitlines()[2:] == [f"left by the parent {os.getpid()}"]


def test_a_zygote_that_died_costs_no_zero(assignment: Assignment) -> None:
    with Zygote.start(Tier.NONE, is_warm=False) as doomed:
        doomed.wait_ready()
        doomed._ignition.process.kill()
        doomed._ignition.process.wait()
        (result,) = graded(assignment, doomed, [submission("ada")], 1)
    assert result.status is Status.NOT_GRADABLE
    assert "zygote" in (result.reason or "")


@pytest.mark.parametrize(
    ("sick", "checks", "seen"),
    [
        pytest.param(("it hangs", ""), "0 1 ", (True, True), id="replaced"),
        pytest.param(("it hangs", "it hangs"), "0 1 ", (False, False), id="none-left"),
        pytest.param(("it hangs", "it hangs", ""), "0 1 ", (False, True), id="fells-two-of-three"),
    ],
)
def test_a_station_whose_gpu_is_sick_gives_way_to_one_at_another(
    tmp_path: Path,
    build_course: Callable[[Path, Any], Course],
    zygote: Zygote,
    sick: tuple[str, ...],
    checks: str,
    seen: tuple[bool, bool],
) -> None:
    gpus = tuple(Gpu(number, "A", 8 << 30, f"GPU-{number}") for number in range(len(sick)))
    checked = tmp_path / "checked"

    def check(gpu: Gpu) -> Health:
        # Nobody else may be sent there while it is in doubt.
        lock = _locked(pool._folder / f"turn-{gpu.number}-0")
        if lock is not None:
            os.close(lock)
        with checked.open("a") as file:
            file.write(f"{gpu.number} " if lock is None else f"{gpu.number} in nobody's turn ")
        return Health(sick[gpu.number])

    files = {
        "exercise.toml": f"{TOML}[limits]\ncall_seconds = 0.2\n",
        "twice.py": REFERENCE,
        "test_hidden.py": "import torch\n\ndef test_double_of_one(agree):\n"
        "    agree('double', torch.ones(1))\n",
    }
    course = build_course(tmp_path / "course", {"twice": files})
    # torch's `meta` stands for the GPUs: who hangs there has the GPU checked that it hung on.
    hangs = submission("ada", "def double(x):\n    while x.is_meta: pass\n    return 2 * x\n")
    with GpuPool(gpus, 1, check) as pool:
        assignment = Assignment(course, course.exercises, Terms(Tier.NONE, "meta"), gpus=pool)
        ada, bob = graded(assignment, zygote, [hangs, submission("bob")], 1)
    assert checked.read_text() == checks
    assert (ada.student, bob.student) == ("ada", "bob")
    for result, is_seen in zip((ada, bob), seen, strict=True):
        assert result.is_full_marks
        assert (result.tests[0].elsewhere is not None) is is_seen
        assert ("(A) was taken out of use: it hangs." in " ".join(result.notes)) is not is_seen


def test_who_holds_too_much_of_a_gpu_is_told_so_and_keeps_the_points_of_the_cpu(
    assignment: Assignment, zygote: Zygote, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = Reading(8 << 30, 8 << 30)
    meter = mock.Mock(**{"read.side_effect": itertools.chain([None], itertools.repeat(full))})
    monkeypatch.setattr("grader.grading.bench.meter_of", lambda _: meter)
    text = "import time\n\ndef double(x):\n    return time.sleep(600) if x.is_meta else 2 * x\n"
    with GpuPool([Gpu(0, "A", 8 << 30, "0")], 1, lambda _: Health()) as pool:
        abroad = msgspec.structs.replace(assignment, terms=Terms(Tier.NONE, "meta"), gpus=pool)
        (result,) = run_inline(abroad, [submission("ada", text, "tensors")], zygote)
    assert result.is_full_marks
    assert (seen := result.tests[0].elsewhere) is not None
    assert seen.verdict is Verdict.OUT_OF_MEMORY
    assert "asked for more of the GPU's memory than it may have" in seen.rule


def test_a_station_that_cannot_be_killed_is_not_waited_for_in_vain(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A process stuck in a driver does not hear SIGKILL; this one is sent something milder.
    monkeypatch.setattr("grader.executor.local._CLEARING_SECONDS", 0.0)
    monkeypatch.setattr("grader.executor.local._KILL_SECONDS", 0.0)
    sent = mock.Mock()
    pid = os.fork()
    if pid == 0:
        signal.pause()
    ours, theirs = socket.socketpair()
    station = _Station(pid, ours)
    with monkeypatch.context() as patch:
        patch.setattr("signal.pidfd_send_signal", sent)
        station.end()
    sent.assert_called_once_with(mock.ANY, signal.SIGKILL)
    assert psutil.Process(pid).is_running()
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    ours.close()
    theirs.close()
