"""`grade batch` as a process that can be killed, and what is left of it when it has ended."""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec
import psutil

from grader.cli.stored import STORE_FILE
from grader.records import Result
from grader.store import Store
from tests.hostile import detectors
from tests.soak.memory import Growth, Watch, wait_for

_LOOK_SECONDS: Final = 0.05
_CLEARING_SECONDS: Final = 15.0
"""How long whatever a killed batch leaves may take to end itself."""
_UNTIL_THE_NEXT_START: Final = ("cgroup: ", "temporary file: grade-scratch-")
"""What SIGKILL leaves to whoever grades next, as docs/security.md says."""


class Kill(msgspec.Struct, frozen=True):
    """When a batch is killed, and how."""

    after: int
    """So many more submissions are stored."""
    signal: signal.Signals
    delay_seconds: float
    """And so long after that: no moment is safer than another."""


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """One start of the batch.

    Attributes:
        kill: What ended it, or None if it came to its own end.
        seconds: How long it ran.
        stored: How many submissions were stored when it ended.
        code: Its exit code; minus the signal's number if it was killed.
        said: The end of what it said.
        left: What was left of it.
        growths: Of its long-lived processes.
    """

    kill: Kill | None
    seconds: float
    stored: int
    code: int
    said: str
    left: list[str]
    growths: list[Growth]


class Batch:
    """One class, graded into one folder, however often that takes.

    Args:
        course: The authors' folder.
        submissions: What the class handed in.
        root: An empty folder for reports and temporary files.
        jobs: How many at a time.
        tier: How workers are confined; "auto" for the best.
        secret: From which hidden data is drawn.
    """

    def __init__(
        self, course: Path, submissions: Path, root: Path, jobs: int, tier: str, secret: str
    ) -> None:
        self.out = root / "out"
        self._temporary = root / "temporary"
        self._temporary.mkdir(parents=True)
        self._command = [
            *(sys.executable, "-m", "grader", "batch", str(submissions), "--course", str(course)),
            *("--out", str(self.out), "--jobs", str(jobs), "--tier", tier),
        ]
        self._standing = detectors.standing(self._mark)
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self._environment = kept | {"TMPDIR": str(self._temporary), "GRADE_SECRET": secret}

    def run(self, kill: Kill | None = None) -> Piece:
        """Start it and wait for its end; kill it if that is asked for and it has not ended."""
        known = {child.pid for child in psutil.Process().children(recursive=True)}
        start, before = time.monotonic(), self.stored()
        log = self._temporary.with_name("said.txt")
        with log.open("wb") as said:
            process = subprocess.Popen(
                self._command, env=self._environment, stdout=said, stderr=said
            )
        with Watch(process.pid, self.stored) as watch:
            if kill is not None and self._reaches(process, before + kill.after):
                time.sleep(kill.delay_seconds)
                process.send_signal(kill.signal)
            code = process.wait()
        seconds = time.monotonic() - start

        def look() -> list[str]:
            _collect(known)
            left = [
                *detectors.processes_left(known),
                *detectors.left_standing(self._standing, self._mark),
                *(f"temporary file: {path.name}" for path in self._temporary.iterdir()),
            ]
            may_be_left = _UNTIL_THE_NEXT_START if code == -signal.SIGKILL else ()
            return [each for each in left if not each.startswith(may_be_left)]

        wait_for(lambda: not look(), _CLEARING_SECONDS)
        return Piece(
            kill=kill if code not in (0, 3) else None,
            seconds=seconds,
            stored=self.stored(),
            code=code,
            said=log.read_text("utf-8", errors="replace")[-2000:],
            left=look(),
            growths=watch.growths(),
        )

    @property
    def _mark(self) -> str:
        """What the names of this soak's sockets have in them."""
        return self._temporary.parent.parent.name

    def stored(self) -> int:
        """How many results are stored by now."""
        address = f"file:{self.out / STORE_FILE}?mode=ro"
        try:
            with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
                (count,) = connection.execute("select count(*) from results").fetchone()
        except sqlite3.OperationalError:  # it is not there yet
            return 0
        return int(count)

    def results(self) -> dict[tuple[str, str], Result]:
        """What is stored, by student and exercise."""
        with Store.open(self.out / STORE_FILE, must_exist=True) as store:
            return {(each.student, each.exercise): each for each in store.results()}

    def half_written(self) -> list[str]:
        """Pages that were not finished when a process ended."""
        return sorted(str(path.relative_to(self.out)) for path in self.out.rglob(".*"))

    def _reaches(self, process: subprocess.Popen[bytes], count: int) -> bool:
        """Whether so many are stored before it ends by itself."""
        while process.poll() is None:
            if self.stored() >= count:
                return True
            time.sleep(_LOOK_SECONDS)
        return False


def kills(count: int, total: int, seed: int) -> Iterator[Kill]:
    """At random moments of a batch of so many results, spread over all of it."""
    chance = random.Random(seed)
    moments = [0, *sorted(chance.sample(range(total * 9 // 10), count))]
    for number, (last, moment) in enumerate(itertools.pairwise(moments)):
        # Both kinds occur, whatever the seed.
        with_what = (signal.SIGTERM, signal.SIGKILL)[number % 2]
        yield Kill(moment - last, with_what, chance.uniform(0, 1))


def _collect(known: set[int]) -> None:
    """Bury those who have ended and whose parent was killed: they are ours now."""
    for child in psutil.Process().children():
        if child.pid not in known and child.status() == psutil.STATUS_ZOMBIE:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(child.pid, os.WNOHANG)
