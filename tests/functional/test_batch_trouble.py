"""`grade batch` on a bad day: stopped, killed, out of disk. Nothing that was graded is lost."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess

import psutil
import pytest

Grade = Callable[..., CompletedProcess[str]]
REFERENCE = "def double(x):\n    return 2 * x\n"
SLOW = f"import time\ntime.sleep(0.8)\n{REFERENCE}"
NAMES = [f"student-{number}" for number in range(1, 11)]
COURSE = {
    "twice": {
        "exercise.toml": 'title = "Twice"\n[functions.double]\npoints = 2\n',
        "twice.py": REFERENCE,
        "test_hidden.py": "def test_double(agree):\n    agree('double', 3)\n",
    }
}


@pytest.fixture
def handed_in(
    tmp_path: Path, write_course: Callable[[Path, Mapping[str, Mapping[str, str]]], Path]
) -> Path:
    """A course, and a class whose files take their time."""
    write_course(tmp_path / "solutions", COURSE)
    for name in NAMES:
        (tmp_path / "class" / name).mkdir(parents=True)
        (tmp_path / "class" / name / "twice.py").write_text(SLOW)
    return tmp_path / "class"


def stored(folder: Path) -> dict[str, str]:
    """Who is graded so far, and when."""
    path = folder / "results.sqlite"
    if not path.exists():
        return {}
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
            rows = connection.execute(
                "SELECT student, document ->> 'started_at' FROM results"
            ).fetchall()
        connection.close()
    except sqlite3.OperationalError:  # it is just being made
        return {}
    return dict(rows)


def start(handed_in: Path, surroundings: Mapping[str, str], *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "grader", "batch", str(handed_in), "--jobs", "2", *options]
    return subprocess.Popen(
        command,
        cwd=handed_in.parent,
        env=dict(surroundings),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # a process group of its own, as a shell gives it
    )


def wait_for(folder: Path, count: int) -> dict[str, str]:
    deadline = time.monotonic() + 60
    while len(found := stored(folder)) < count:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return found


def family(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


def test_a_class_survives_ctrl_c_and_kill(
    handed_in: Path,
    surroundings: Mapping[str, str],
    nothing_left: Callable[[], None],
    grade: Grade,
) -> None:
    folder = handed_in.parent / "reports" / "class"

    first = start(handed_in, surroundings)
    wait_for(folder, 2)
    os.killpg(first.pid, signal.SIGINT)
    _, errors = first.communicate(timeout=20)
    assert first.returncode == 130
    assert "Stopped: what was graded is kept." in errors
    assert "Traceback" not in errors
    nothing_left()
    kept = stored(folder)
    assert 2 <= len(kept) < len(NAMES)

    second = start(handed_in, surroundings)
    wait_for(folder, len(kept) + 2)
    processes = family(second)
    assert len(processes) > 3
    os.killpg(second.pid, signal.SIGKILL)
    second.communicate(timeout=20)
    _, alive = psutil.wait_procs(processes, timeout=10)
    assert alive == []
    for path in Path(surroundings["TMPDIR"]).glob("grade-*"):  # nobody was left to clear up
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    survived = stored(folder)
    assert kept.items() <= survived.items()
    assert len(survived) < len(NAMES)

    done = grade("batch", handed_in, cwd=handed_in.parent)
    assert done.returncode == 0
    assert f"Done: 10 submissions, {len(survived)} of them as graded before." in done.stderr
    finished = stored(folder)
    assert survived.items() <= finished.items()
    assert sorted(finished) == sorted(NAMES)
    assert len(list((folder / "students").glob("*.html"))) == len(NAMES)


def test_a_station_that_is_killed_costs_nobody_anything(
    handed_in: Path,
    surroundings: Mapping[str, str],
    nothing_left: Callable[[], None],
) -> None:
    folder = handed_in.parent / "out"
    running = start(handed_in, surroundings, "--out", str(folder))
    wait_for(folder, 1)
    parent = psutil.Process(running.pid)
    stations = [p for p in parent.children() if p.cmdline() == parent.cmdline()]
    assert len(stations) == 2
    stations[0].kill()
    _, errors = running.communicate(timeout=60)
    assert running.returncode == 0, errors
    assert sorted(stored(folder)) == sorted(NAMES)
    for path in Path(surroundings["TMPDIR"]).glob("grade-scratch-*"):
        shutil.rmtree(path)  # of tiers below `full`: the killed one could not clear up
    nothing_left()


def test_a_full_disk_is_told_and_what_was_stored_stays(
    handed_in: Path, tmp_path: Path, grade: Grade
) -> None:
    for name in NAMES:
        (handed_in / name / "twice.py").write_text(REFERENCE + f"# {name * 3000}\n")
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = f"mount -t tmpfs -o size=260k tmpfs {disk}"
    probe = subprocess.run(
        ["unshare", "--mount", "sh", "-c", mount], capture_output=True, text=True, check=False
    )
    if probe.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {probe.stderr.strip()}")
    keep = f"cp {disk}/out/results.sqlite* {tmp_path}; exit $code"
    script = f'{mount} && "$@"; code=$?; {keep}'
    prefix = ("unshare", "--mount", "sh", "-c", script, "sh")
    done = grade("batch", handed_in, "--out", disk / "out", cwd=tmp_path, prefix=prefix)
    assert done.returncode == 3
    assert "Error:" in done.stderr
    assert "the disk is full" in done.stderr or "No space left on device" in done.stderr
    assert str(disk / "out") in done.stderr
    assert "stored" in done.stderr
    assert len(stored(tmp_path)) > 0


def test_a_folder_that_cannot_be_written_is_told(handed_in: Path, grade: Grade) -> None:
    done = grade("batch", handed_in, "--out", "/proc/reports", cwd=handed_in.parent)
    assert done.returncode == 3
    assert "Error: The folder /proc/reports for the results cannot be made" in done.stderr
    assert "Choose another folder." in done.stderr


def test_in_tier_guarded_no_scratch_folder_is_left(handed_in: Path, grade: Grade) -> None:
    for name in NAMES[2:]:
        shutil.rmtree(handed_in / name)
    done = grade("batch", handed_in, "--tier", "guarded", cwd=handed_in.parent)
    assert done.returncode == 0, done.stderr
