"""What can only be found out on a machine with an NVIDIA GPU, by one command: `make gpu`.

It proves the course on CUDA, grades submissions that are hard on a GPU, and measures. Its last
lines are the table for `docs/gpu.md`. Without a GPU it says so, measures nothing and exits with 3.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import click
import psutil

from grader.device.inventory import Gpu, take_inventory
from tests.gpu.hostile import FAILS, write_class, write_course

PROJECT: Final = Path(__file__).resolve().parents[2]
RIGHT: Final = PROJECT / "solutions" / "activations" / "activations.py"
REPEATS: Final = 16
_NOT_HERE: Final = 3
_CONTEXT: Final = """
import time, torch
from grader.worker.numerics import settle
start = time.perf_counter()
settle(torch.device("cuda", 0))
print(time.perf_counter() - start)
"""


def grade(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run `grade` to its end."""
    command = [sys.executable, "-m", "grader", *map(str, arguments)]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)


def batch(course: Path, students: Path, out: Path, *options: object) -> list[dict[str, Any]]:
    """Grade a class; its results."""
    done = grade("batch", students, "--course", course, "--out", out, "--format", "json", *options)
    if not done.stdout:
        raise SystemExit(f"grade batch said nothing but:\n{done.stderr}")
    found = json.loads(done.stdout)
    results: list[dict[str, Any]] = found if isinstance(found, list) else found["results"]
    return results


def prove(device: str) -> bool:
    """Whether every claim of `grade verify` holds on the device too."""
    done = grade("verify", "--course", "solutions", "--device", device, "--seeds", 3)
    click.echo(f"{done.stdout}\n{done.stderr}")
    return done.returncode == 0


def be_rough(device: str, folder: Path) -> bool:
    """Whether the rough submissions came to what they must, and nothing of them is left."""
    course, students = write_course(folder / "rough"), write_class(folder / "students")
    before = {process.pid for process in psutil.process_iter()}
    options = ("--device", device, "--jobs", 1)
    is_well = True
    for result in batch(course, students, folder / "out", *options):
        (test,) = result["tests"]
        seen = (test["elsewhere"] or {}).get("verdict", "not looked at")
        is_right = (seen == "PASSED") is (result["student"] not in FAILS) and test["points"] == 1
        is_well &= is_right
        said = f"{result['student']:40} {seen} {' '.join(result['notes'])}"
        click.echo(f"{'ok ' if is_right else 'BAD'} {said}")
    left = [
        process
        for process in psutil.process_iter()
        if process.pid not in before and "grader" in " ".join(process.cmdline())
    ]
    click.echo(f"{'BAD' if left else 'ok '} processes left behind: {len(left)}")
    return is_well and not left


def seconds_each(device: str, jobs: int, gpu_jobs: int, folder: Path) -> float:
    """Seconds per submission of a class of right ones, start included in none of them."""
    students = folder / "class"
    for number in range(REPEATS):
        (students / f"student-{number:02}").mkdir(parents=True, exist_ok=True)
        shutil.copy(RIGHT, students / f"student-{number:02}" / "activations.py")
    options: list[object] = ["--device", device, "--jobs", jobs, "--exercise", "activations"]
    if device != "cpu":
        options += ["--gpu-jobs", gpu_jobs]
    results = batch(
        PROJECT / "solutions", students, folder / f"{device}-{jobs}", "--fresh", *options
    )
    return float(sum(result["wall_seconds"] for result in results)) / len(results) / jobs


def context_seconds(gpu: Gpu) -> float:
    """How long a process waits for its first kernel."""
    surroundings = {**os.environ, "CUDA_VISIBLE_DEVICES": gpu.visible}
    done = subprocess.run(
        [sys.executable, "-c", _CONTEXT],
        env=surroundings,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def measure(gpu: Gpu, folder: Path) -> None:
    """Print the table."""
    rows = [("starting a context in a process", context_seconds(gpu))]
    rows.append(("one submission, CPU only", seconds_each("cpu", 1, 1, folder)))
    for jobs in range(1, 5):
        seconds = seconds_each(f"cuda:{gpu.number}", jobs, jobs, folder)
        rows.append((f"one submission, CPU and GPU, {jobs} at a time on it", seconds))
    today = dt.datetime.now(dt.UTC).date().isoformat()
    click.echo(f"\nMeasured on {today}: {gpu.name}, {platform.processor() or platform.machine()}, ")
    click.echo(
        f"{os.cpu_count()} cores, torch {take_inventory().torch}\n\n| what | seconds |\n|---|---|"
    )
    for what, seconds in rows:
        click.echo(f"| {what} | {seconds:.3f} |")


def main() -> int:
    """Everything; 0 if all of it is well, 1 if not, 3 if there is no GPU."""
    found = take_inventory()
    if not found.gpus:
        why = found.error or "no CUDA device"
        click.echo(
            f"There is no NVIDIA GPU that torch {found.torch} could use here ({why}): nothing was "
            "tried and nothing measured. A torch built for the CPU finds none, either: name the "
            "index of PyTorch's CUDA builds, TORCH_INDEX=… make clean gpu."
        )
        return _NOT_HERE
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        device = f"cuda:{found.gpus[0].number}"
        is_well = be_rough(device, folder)
        is_well &= prove(device)
        measure(found.gpus[0], folder)
    click.echo(
        f"\n{'All is well' if is_well else 'NOT ALL IS WELL'}: {time.monotonic() - start:.0f} s"
    )
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
