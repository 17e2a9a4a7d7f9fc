"""The checks for a machine with a GPU, as far as they go on one without."""

import subprocess
import sys
from pathlib import Path

import pytest
import torch

from tests.gpu.hostile import FAILS, ROUGH, write_class, write_course
from tests.gpu.run import batch

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
    assert set(ROUGH) >= FAILS
