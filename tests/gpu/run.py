"""What can only be found out on a machine with an NVIDIA GPU, part by part: `make gpu`.

    python -m tests.gpu.run              all of it, one part after the other
    python -m tests.gpu.run --part rough one part, four minutes at the most

The parts, in the order in which their answers are worth something: whether a worker can use the GPU
at all from within each tier; whether every reference is right there; submissions that are hard on a
GPU; points that are earned there; and what it costs, the table for `docs/gpu.md`. Without a GPU it
says so, measures nothing and exits with 3.
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
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click
import psutil

from grader.cli.trial import trouble_on
from grader.device.inventory import Gpu, take_inventory
from grader.device.memory import meter_of
from grader.records import Tier
from grader.sandbox.probe import probe
from grader.worker.zygote_protocol import Post
from tests.gpu.hostile import EXPECTED, SEEN_FROM_OUTSIDE, write_abroad, write_class, write_course

PROJECT: Final = Path(__file__).resolve().parents[2]
RIGHT: Final = PROJECT / "solutions" / "activations" / "activations.py"
REPEATS: Final = 16
_NOT_HERE: Final = 3
_JOBS: Final = 4
_CONTEXT: Final = """
import time, torch
from grader.worker.numerics import settle
start = time.perf_counter()
settle(torch.device("cuda", 0))
print(time.perf_counter() - start)
"""

Graded = dict[str, Any]


def batch(course: Path, students: Path, out: Path, *options: object) -> list[Graded]:
    """Grade a class with `grade batch`; its results."""
    where: tuple[object, ...] = (students, "--course", course, "--out", out, "--format", "json")
    done = subprocess.run(
        [sys.executable, "-m", "grader", "batch", *map(str, (*where, *options))],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    if not done.stdout:
        raise SystemExit(f"grade batch said nothing but:\n{done.stderr}")
    found = json.loads(done.stdout)
    results: list[Graded] = found if isinstance(found, list) else found["results"]
    return results


def seen_on(result: Graded, device: str) -> list[str]:
    """What each test came to on a device that is not of record; "not looked at" is one of it."""
    return [
        test["elsewhere"]["verdict"]
        if test["elsewhere"] is not None and test["elsewhere"]["device"] == device
        else "not looked at"
        for test in result["tests"]
    ]


def tell(what: str, *, is_right: bool) -> bool:
    """Print one line."""
    click.echo(f"{'ok ' if is_right else 'BAD'} {what}")
    return is_right


def try_workers(gpu: Gpu) -> bool:
    """Whether a worker of each tier can use the GPU at all."""
    is_well = True
    for tier in probe().tiers:
        trouble = trouble_on(Post("cuda:0", gpu.visible), tier)
        is_well &= tell(f"a worker of tier {tier}: {trouble or 'computes'}", is_right=not trouble)
    return is_well


def try_references(device: str, folder: Path) -> bool:
    """Whether the reference of every exercise is right on the device, in every test."""
    student = folder / "references" / "reference"
    student.mkdir(parents=True)
    for reference in (PROJECT / "solutions").glob("*/exercise.toml"):
        name = reference.parent.name
        shutil.copy(reference.parent / f"{name}.py", student)
    options = ("--device", device, "--jobs", _JOBS, "--gpu-jobs", _JOBS)
    is_well = True
    for result in batch(PROJECT / "solutions", student.parent, folder / "proof", *options):
        seen = seen_on(result, device)
        is_right = set(seen) == {"PASSED"}
        said = f"{result['exercise']:12} {seen.count('PASSED')} of {len(seen)} tests"
        is_well &= tell(f"{said} {' '.join(result['notes'])}", is_right=is_right)
        for test, verdict in zip(result["tests"], seen, strict=True):
            if verdict != "PASSED":
                elsewhere = test["elsewhere"] or {"rule": ""}
                click.echo(f"        {test['name']}: {verdict} {elsewhere['rule']}")
    return is_well


def is_as_it_must(result: Graded, device: str, *, has_meter: bool) -> bool:
    """Whether a rough submission kept its points and came to what it must on the device."""
    (test,), (seen,) = result["tests"], seen_on(result, device)
    student = result["student"]
    is_right = test["points"] == 1 and seen == EXPECTED.get(student, "PASSED")
    if student in SEEN_FROM_OUTSIDE and has_meter:
        is_right &= "the GPU's memory" in (test["elsewhere"] or {}).get("rule", "")
    return is_right


def be_rough(gpu: Gpu, tier: Tier, folder: Path) -> bool:
    """Whether the rough submissions came to what they must, and nothing of them is left."""
    course, students = write_course(folder / "rough"), write_class(folder / "students")
    before = {process.pid for process in psutil.process_iter()}
    device = f"cuda:{gpu.number}"
    has_meter = tell(
        "NVML can be asked (pip install 'torchgrade[gpu]')", is_right=meter_of(gpu) is not None
    )
    is_well = has_meter
    options = ("--device", device, "--jobs", 1, "--tier", tier)
    for result in batch(course, students, folder / "out", *options):
        is_right = is_as_it_must(result, device, has_meter=has_meter)
        said = f"{result['student']:40} {seen_on(result, device)[0]} {' '.join(result['notes'])}"
        is_well &= tell(said, is_right=is_right)
    left = left_behind(before)
    return is_well & tell(f"processes left behind: {len(left)}", is_right=not left)


def left_behind(before: set[int]) -> list[int]:
    """Processes of the grader that were not there before; one that ends meanwhile is none."""
    return [
        process.pid
        for process in psutil.process_iter(["cmdline"])
        if process.pid not in before and "grader" in " ".join(process.info["cmdline"] or ())
    ]


def earn_abroad(device: str, folder: Path) -> bool:
    """Whether points are earned on a GPU where an exercise says so, and `needs` is served."""
    course, students = write_abroad(folder / "abroad")
    is_well = True
    for result in batch(course, students, folder / "abroad-out", "--device", device, "--jobs", 1):
        points = {"right": 3, "hard-codes-the-cpu": 2}[result["student"]]
        verdicts = [test["verdict"] for test in result["tests"]]
        is_right = result["points"] == points and "SKIPPED" not in verdicts
        said = f"{result['student']:20} {result['points']} of {points} points: {verdicts}"
        is_well &= tell(f"{said} {' '.join(result['notes'])}", is_right=is_right)
    return is_well


def seconds_each(results: Sequence[Graded]) -> float:
    """Seconds per submission from the first one's start to the last one's end, waiting included."""
    began = [dt.datetime.fromisoformat(result["started_at"]).timestamp() for result in results]
    ended = [at + result["wall_seconds"] for at, result in zip(began, results, strict=True)]
    return float(max(ended) - min(began)) / len(results)


def measured(device: str, jobs: int, folder: Path) -> float:
    """Seconds per submission of a class of right ones, each of them looked at on the device."""
    students = folder / "class"
    for number in range(REPEATS):
        (students / f"student-{number:02}").mkdir(parents=True, exist_ok=True)
        shutil.copy(RIGHT, students / f"student-{number:02}" / "activations.py")
    options: list[object] = ["--device", device, "--jobs", jobs, "--exercise", "activations"]
    if device != "cpu":
        options += ["--gpu-jobs", jobs]
    out = folder / f"{device}-{jobs}"
    results = batch(PROJECT / "solutions", students, out, "--fresh", *options)
    for result in results:
        if device != "cpu" and "not looked at" in seen_on(result, device):
            raise SystemExit(f"Nothing was measured: not looked at on {device}. {result['notes']}")
    return seconds_each(results)


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


def measure(gpu: Gpu, folder: Path) -> bool:
    """Print the table."""
    rows = [("starting a context in a process", context_seconds(gpu))]
    rows.append(("one submission, CPU only", measured("cpu", 1, folder)))
    for jobs in range(1, _JOBS + 1):
        seconds = measured(f"cuda:{gpu.number}", jobs, folder)
        rows.append((f"one submission, CPU and GPU, {jobs} at a time on it", seconds))
    today = dt.datetime.now(dt.UTC).date().isoformat()
    click.echo(f"\nMeasured on {today}: {gpu.name}, {platform.processor() or platform.machine()}, ")
    click.echo(
        f"{os.cpu_count()} cores, torch {take_inventory().torch}\n\n| what | seconds |\n|---|---|"
    )
    for what, seconds in rows:
        click.echo(f"| {what} | {seconds:.3f} |")
    return True


PARTS: Final = {
    "workers": lambda gpu, _: try_workers(gpu),
    "references": lambda gpu, folder: try_references(f"cuda:{gpu.number}", folder),
    "rough": lambda gpu, folder: be_rough(gpu, Tier.FULL, folder),
    "rough-guarded": lambda gpu, folder: be_rough(gpu, Tier.GUARDED, folder),
    "abroad": lambda gpu, folder: earn_abroad(f"cuda:{gpu.number}", folder),
    "measure": measure,
}


@click.command()
@click.option("--part", "parts", type=click.Choice(list(PARTS)), multiple=True)
def main(parts: tuple[str, ...]) -> None:
    """Exit with 0 if all of it is well, 1 if not, 3 if there is no GPU."""
    found = take_inventory()
    if not found.gpus:
        why = found.error or "no CUDA device"
        click.echo(
            f"There is no NVIDIA GPU that torch {found.torch} could use here ({why}): nothing was "
            "tried and nothing measured. A torch built for the CPU finds none, either: name the "
            "index of PyTorch's CUDA builds, TORCH_INDEX=… make clean gpu."
        )
        sys.exit(_NOT_HERE)
    is_well = True
    for part in parts or PARTS:
        start = time.monotonic()
        with tempfile.TemporaryDirectory() as name:
            is_right = PARTS[part](found.gpus[0], Path(name))
        is_well &= is_right
        said = "All is well" if is_right else "NOT ALL IS WELL"
        click.echo(f"{said} with {part}: {time.monotonic() - start:.0f} s\n")
    sys.exit(0 if is_well else 1)


if __name__ == "__main__":
    main()
