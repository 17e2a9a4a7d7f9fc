"""The command as its readers start it: a process of its own, which must leave nothing behind."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import psutil
import pytest

from grader.sandbox import syscalls

PROJECT = Path(__file__).resolve().parents[2]
Done = subprocess.CompletedProcess[str]


@pytest.fixture(scope="session")
def project() -> Path:
    return PROJECT


@pytest.fixture(scope="session")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of every command: a temporary folder that can be looked through."""
    folder = tmp_path_factory.mktemp("temporary")
    given = {**os.environ, "TMPDIR": str(folder), "COLUMNS": "100", "NO_COLOR": "1"}
    return {name: text for name, text in given.items() if not name.startswith("PYTEST_")}


@pytest.fixture(scope="module")
def nothing_left(surroundings: Mapping[str, str]) -> Iterator[Callable[[], None]]:
    """Asserts that no process and no temporary file of an earlier command is left."""
    # Whoever loses its parent becomes our child, and is seen. Not for longer than this module:
    # the processes that other tests leave to the system would stay with us, dead and uncollected.
    syscalls.prctl(syscalls.PR_SET_CHILD_SUBREAPER, 1)
    before = set(psutil.Process().children())  # zygotes that tests of this session share

    def look() -> None:
        new = set(psutil.Process().children()) - before
        left = [child for child in new if "grader" in _said(child)]
        _, alive = psutil.wait_procs(left, timeout=5)
        assert alive == []
        names = [path.name for path in Path(surroundings["TMPDIR"]).iterdir()]
        assert [name for name in names if name.startswith("grade-")] == []

    yield look
    look()
    syscalls.prctl(syscalls.PR_SET_CHILD_SUBREAPER, 0)
    for child in psutil.Process().children():
        if child.status() == psutil.STATUS_ZOMBIE:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(child.pid, os.WNOHANG)


@pytest.fixture(scope="module")
def grade(surroundings: Mapping[str, str], nothing_left: Callable[[], None]) -> Callable[..., Done]:
    """Runs `grade` with arguments to its end."""

    def run(*arguments: object, cwd: Path = PROJECT, prefix: tuple[str, ...] = ()) -> Done:
        done = subprocess.run(
            [*prefix, sys.executable, "-m", "grader", *map(str, arguments)],
            cwd=cwd,
            env=surroundings,
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )
        nothing_left()
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return run


def _said(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


@pytest.fixture(scope="session")
def write_course() -> Callable[[Path, Mapping[str, Mapping[str, str]]], Path]:
    """Writes a small course of authors: per exercise its files, path to text."""

    def write(root: Path, exercises: Mapping[str, Mapping[str, str]]) -> Path:
        names = ", ".join(f'"{name}"' for name in exercises)
        root.mkdir(parents=True, exist_ok=True)
        heading = 'name = "small"\ntitle = "Small"\nversion = "1"\n'
        (root / "course.toml").write_text(f"{heading}exercises = [{names}]\n")
        for name, files in exercises.items():
            for place, text in files.items():
                path = root / name / place
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
        return root

    return write
