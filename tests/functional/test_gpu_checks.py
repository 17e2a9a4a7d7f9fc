"""The checks for a machine with a GPU, as far as they go on one without."""

import subprocess
import sys
from pathlib import Path

import psutil
import pytest
import torch

from tests.gpu.hostile import (
    EXPECTED,
    ROUGH,
    SEEN_FROM_OUTSIDE,
    write_abroad,
    write_class,
    write_course,
)
from tests.gpu.run import Graded, batch, is_as_it_must, left_behind, seconds_each, seen_on

PROJECT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has a GPU: use `make gpu`")
def test_without_a_gpu_it_is_said_and_nothing_is_measured() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.gpu.run"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    assert "There is no NVIDIA GPU" in done.stdout
    assert "nothing was tried and nothing measured" in done.stdout
    assert "seconds" not in done.stdout


def test_what_is_rough_on_a_gpu_is_right_on_the_cpu(tmp_path: Path) -> None:
    course, students = write_course(tmp_path / "course"), write_class(tmp_path / "class")
    results = batch(course, students, tmp_path / "out", "--device", "cpu", "--jobs", 2)
    assert len(results) == 2 * len(ROUGH)
    assert {result["points"] for result in results} == {1}
    assert set(ROUGH) >= set(EXPECTED) >= SEEN_FROM_OUTSIDE
    assert seconds_each(results) > 0
    assert {*seen_on(results[0], "cuda:0")} == {"not looked at"}


def test_what_earns_its_points_on_a_gpu_is_right_on_the_cpu(tmp_path: Path) -> None:
    course, students = write_abroad(tmp_path)
    results = batch(course, students, tmp_path / "out", "--device", "cpu", "--jobs", 1)
    # The test that needs a GPU is counted for nobody here; its two points are part of three.
    assert {result["student"]: result["points"] for result in results} == {
        "right": 1,
        "hard-codes-the-cpu": 1,
    }
    assert [test["verdict"] for test in results[0]["tests"]] == ["PASSED", "SKIPPED"]


def rough(student: str, verdict: str, rule: str = "", points: int = 1) -> Graded:
    seen = {"device": "cuda:0", "verdict": verdict, "rule": rule} if verdict else None
    return {"student": student, "tests": [{"points": points, "elsewhere": seen}]}


FROM_OUTSIDE = "Your code asked for more of the GPU's memory than it may have."


@pytest.mark.parametrize(
    ("result", "is_right"),
    [
        (rough("a-endless-kernel", "TIMED_OUT"), True),
        (rough("a-endless-kernel", "CRASHED"), False),
        (rough("a-endless-kernel", "TIMED_OUT", points=0), False),
        (rough("a-endless-kernel-then-honest", "PASSED"), True),
        (rough("a-endless-kernel-then-honest", ""), False),
        (rough("c-memory-hog", "OUT_OF_MEMORY", FROM_OUTSIDE), True),
        (rough("c-memory-hog", "OUT_OF_MEMORY", "CUDA out of memory"), False),
    ],
)
def test_each_rough_one_has_to_come_to_what_is_expected_of_it(
    result: Graded, is_right: bool
) -> None:
    assert is_as_it_must(result, "cuda:0", has_meter=True) is is_right


def test_time_is_taken_from_the_first_start_to_the_last_end() -> None:
    results = [
        {"started_at": "2026-01-01T12:00:00+00:00", "wall_seconds": 3.0},
        {"started_at": "2026-01-01T12:00:01+00:00", "wall_seconds": 5.0},
    ]
    assert seconds_each(results) == 3.0


def test_what_was_there_before_was_not_left_behind() -> None:
    before = {process.pid for process in psutil.process_iter()}
    command = [sys.executable, "-c", "import time; time.sleep(600)", "grader"]
    with subprocess.Popen(command) as process:
        assert process.pid in left_behind(before)
        assert process.pid not in left_behind(before | {process.pid})
        process.kill()
