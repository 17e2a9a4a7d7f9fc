"""The class of attackers and honest students, graded by the real command line, once each way."""

from __future__ import annotations

import json
import os
import py_compile
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

import msgspec
import psutil

from grader.cli.stored import STORE_FILE
from grader.records import Tier
from grader.report import page_names
from grader.sandbox import syscalls
from tests import machine, unprivileged
from tests.hostile import detectors
from tests.hostile.corpus import (
    COURSE,
    EXERCISE_FILE,
    Attack,
    hand_in,
    honest_students,
    neighbours,
)
from tests.hostile.listeners import Listeners

HERE = Path(__file__).parent
SECRET = "cnry-secret-kestrel"
_MOST_SECONDS = 600
_CLEARING_SECONDS = 20
_PROJECT = HERE.parents[1]
_PROGRAMS = (
    Path(sysconfig.get_path("purelib")),
    *(_PROJECT / name for name in ("grader", "solutions", "tests")),
)
"""What a worker that can write would change to be run by the next grader."""
_SHARED = tuple(map(Path, ("/tmp", "/var/tmp", "/dev/shm", "/run", "/")))
"""Folders of the whole machine: attackers are told a mark for what they leave there."""

Document = dict[str, Any]


class Configuration(msgspec.Struct, frozen=True):
    """How a class is graded: in which tier, and as the user of these tests or as nobody."""

    tier: Tier
    is_nobody: bool

    @property
    def id(self) -> str:
        user = "nobody" if self.is_nobody else "root" if os.geteuid() == 0 else "user"
        return f"{self.tier}-{user}"


class Graded(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it.

    Attributes:
        done: The command's end.
        results: By student.
        tap: Per student all bytes that left a worker of theirs.
        out: The folder with the reports.
        changed: Files outside all scratch folders that are not as they were.
        left: Processes, mounts, groups, segments and sockets that were left.
        reached: Sockets of ours that somebody called.
    """

    done: subprocess.CompletedProcess[str]
    results: dict[str, Document]
    tap: dict[str, bytes]
    out: Path
    changed: list[str]
    left: list[str]
    reached: list[str]

    def student_page(self, student: str) -> str:
        """The page that the student is given."""
        name = page_names(self.results)[student]
        return (self.out / "students" / f"{name}.html").read_text(encoding="utf-8")


def why_not(configuration: Configuration) -> str | None:
    """Why this machine cannot grade so, or None."""
    return machine.why_not(configuration.tier, is_nobody=configuration.is_nobody)


def grade_class(root: Path, configuration: Configuration, attacks: Sequence[Attack]) -> Graded:
    """Make a class of these attacks, all honest students and neighbours, and grade it."""
    folders = {name: root / name for name in ("solutions", "class", "home", "temporary")}
    out, tap = root / "out", root / "tap"
    shutil.copytree(COURSE, folders["solutions"])
    for name in ("class", "home", "temporary"):
        folders[name].mkdir()
    tap.mkdir()
    leave_behind(folders["solutions"], folders["temporary"])
    (folders["home"] / "diary.txt").write_text("cnry-home-diary")
    honest = honest_students()
    copies = {name: honest[student] for name, student in neighbours(attacks).items()}
    for student, text in (honest | copies).items():
        (folders["class"] / student).mkdir()
        (folders["class"] / student / EXERCISE_FILE).write_text(text)
    with Listeners() as listeners:
        told = {
            "course": str(folders["solutions"]),
            "class": str(folders["class"]),
            "home": str(folders["home"]),
            "temporary": str(folders["temporary"]),
            "out": str(out),
            "root": str(root),
            "project": str(_PROJECT),
            "grader": str(os.getpid()),
            **listeners.told,
        }
        for attack in attacks:
            hand_in(attack, folders["class"], told)
        _open_to_all(root)
        return _grade(configuration, root, folders, listeners)


def leave_behind(course: Path, temporary: Path) -> None:
    """What Python leaves of a suite that was imported, and pytest of one that was run."""
    suite = course / "vault" / "test_hidden.py"
    py_compile.compile(str(suite), doraise=True)
    kept = temporary / "pytest-of-grader" / "pytest-0"
    kept.mkdir(parents=True, exist_ok=True)
    shutil.copy(suite, kept)


def _open_to_all(root: Path) -> None:
    """Let no permission bit do the sandbox's work: whoever gets past it may read and write."""
    for folder, _, files in os.walk(root):
        Path(folder).chmod(0o777)
        for name in files:
            path = Path(folder) / name
            if not path.is_symlink() and path.is_file():
                path.chmod(0o666)


def _grade(
    configuration: Configuration, root: Path, folders: Mapping[str, Path], listeners: Listeners
) -> Graded:
    watched = tuple(folders.values())
    command = [
        *(sys.executable, str(HERE / "tapped.py"), str(root / "tap")),
        *("batch", str(folders["class"]), "--out", str(root / "out"), "--jobs", "2"),
        *("--course", str(folders["solutions"]), "--tier", str(configuration.tier)),
        *("--format", "json"),
    ]
    if configuration.is_nobody:
        shown = [Path(listeners.told["unix"]).parent]
        command = unprivileged.as_nobody(command, readable=shown, writable=[root])
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folders["home"]),
        "TMPDIR": str(folders["temporary"]),
        "GRADE_SECRET": SECRET,
        "PYTHONPATH": str(_PROJECT),
    }
    # Whoever loses its parent becomes our child, and is seen.
    syscalls.prctl(syscalls.PR_SET_CHILD_SUBREAPER, 1)
    known = {child.pid for child in psutil.Process().children(recursive=True)}
    standing = detectors.standing(listeners.mark)
    if configuration.is_nobody:
        _give(root)
    before = detectors.snapshot(*watched) | detectors.large_snapshot(*_PROGRAMS)
    try:
        done = subprocess.run(
            command,
            cwd=root,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=_MOST_SECONDS,
        )
        left = _left(known, standing, listeners.mark)
    finally:
        syscalls.prctl(syscalls.PR_SET_CHILD_SUBREAPER, 0)
    results = _results(done)
    after = detectors.snapshot(*watched) | detectors.large_snapshot(*_PROGRAMS)
    changed = detectors.changes(before, after)
    others = _others(root, {*watched, root / "tap"})
    changed += sorted(map(str, others ^ _pages(root / "out", results)))
    for shared in _SHARED:
        changed += sorted(
            str(shared / it) for it in detectors.listing(shared) if listeners.mark in it
        )
    return Graded(
        done=done,
        results=results,
        tap={path.name: path.read_bytes() for path in (root / "tap").iterdir()},
        out=root / "out",
        changed=changed,
        left=left,
        reached=listeners.reached(),
    )


def _others(root: Path, known: AbstractSet[Path]) -> set[Path]:
    """All that lies in the root beside the folders that are known."""
    beside = set(root.iterdir()) - known
    return beside.union(*(top.rglob("*") for top in beside))


def _pages(out: Path, results: Mapping[str, Document]) -> set[Path]:
    """What the command is to leave: pages, grades and results."""
    names = page_names(results).values()
    pages = {out / kind / f"{name}.html" for kind in ("students", "ta") for name in names}
    own = {out / name for name in ("students", "ta", "index.html", "grades.csv", STORE_FILE)}
    return {out, *own, *pages}


def _left(known: set[int], standing: Mapping[str, set[str]], mark: str) -> list[str]:
    """What stays. A grader that another test kills leaves something until that starts the next."""
    psutil.wait_procs([c for c in psutil.Process().children() if c.pid not in known], timeout=2)
    processes = detectors.processes_left(known)
    deadline = time.monotonic() + _CLEARING_SECONDS
    while (left := detectors.left_standing(standing, mark)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return [*processes, *left]


def _give(root: Path) -> None:
    """What `as_nobody` does later, done before the look at how things were."""
    for folder, folders, files in os.walk(root):
        for path in (folder, *(os.path.join(folder, name) for name in (*folders, *files))):  # noqa: PTH118
            os.lchown(path, unprivileged.NOBODY, unprivileged.NOBODY)


def _results(done: subprocess.CompletedProcess[str]) -> dict[str, Document]:
    if not done.stdout:
        return {}
    found = json.loads(done.stdout)
    results = found if isinstance(found, list) else found["results"]
    return {result["student"]: result for result in results}
