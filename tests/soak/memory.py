"""How much memory the processes hold that live as long as a batch does."""

from __future__ import annotations

import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Final, Self

import msgspec
import psutil

_PAUSE_SECONDS: Final = 0.5
_WARM: Final = 0.2
"""The first part of a run, in which caches fill."""
_MIB: Final = 1 << 20
_PROGRAMS: Final = {"zygote": "grader.worker", "reader": "grader.intake.reader_process"}
KINDS: Final = ("main", "station", *_PROGRAMS)


class Sample(msgspec.Struct, frozen=True):
    """What one process held at one moment."""

    pid: int
    kind: str
    done: int
    """How many submissions were stored by then."""
    bytes: int


class Growth(msgspec.Struct, frozen=True, kw_only=True):
    """How a process grew between the first part of its run and the last.

    Attributes:
        kind: One of `KINDS`.
        submissions: How many were graded in between.
        early_mib: What it held once it was warm.
        late_mib: What it held at the end.
        most_mib: The most it ever held.
    """

    kind: str
    submissions: int
    early_mib: float
    late_mib: float
    most_mib: float

    @property
    def mib(self) -> float:
        """How much more it holds."""
        return self.late_mib - self.early_mib


class Watch:
    """Looks at a batch's long-lived processes twice a second, in a thread.

    Args:
        pid: The batch's own process.
        done: How many submissions are stored.
    """

    def __init__(self, pid: int, done: Callable[[], int]) -> None:
        self._pid = pid
        self._done = done
        self._samples: list[Sample] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def growths(self) -> list[Growth]:
        """Of each process that was there for most of the time."""
        by_pid: defaultdict[int, list[Sample]] = defaultdict(list)
        for sample in self._samples:
            by_pid[sample.pid].append(sample)
        longest = max(map(len, by_pid.values()), default=0)
        return [_growth(own) for own in by_pid.values() if len(own) > longest * (1 - _WARM)]

    def _look(self) -> None:
        while not self._stop.wait(_PAUSE_SECONDS):
            done = self._done()
            for pid, kind in self._long_lived():
                held = _anonymous_bytes(pid)
                if held:
                    self._samples.append(Sample(pid, kind, done, held))

    def _long_lived(self) -> list[tuple[int, str]]:
        """The batch and its children, as long as it has stations: then only pages are written."""
        try:
            main = psutil.Process(self._pid)
            said = main.cmdline()
            children = [(child.pid, child.cmdline()) for child in main.children()]
        except psutil.Error:
            return []
        stations = [(pid, "station") for pid, words in children if words == said]
        others = [
            (pid, kind)
            for pid, words in children
            for kind, program in _PROGRAMS.items()
            if program in words
        ]
        return [(self._pid, "main"), *others, *stations] if stations else []


def _growth(samples: list[Sample]) -> Growth:
    tenth = max(1, len(samples) // 10)
    start = int(len(samples) * _WARM)
    early, late = samples[start : start + tenth], samples[-tenth:]
    return Growth(
        kind=samples[0].kind,
        submissions=late[-1].done - early[0].done,
        early_mib=statistics.median(sample.bytes for sample in early) / _MIB,
        late_mib=statistics.median(sample.bytes for sample in late) / _MIB,
        most_mib=max(sample.bytes for sample in samples) / _MIB,
    )


def _anonymous_bytes(pid: int) -> int:
    """What is not read from a file: the heap, as the kernel counts it; 0 if it has ended."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as file:  # noqa: PTH123
            fields = dict(line.split(":", 1) for line in file if ":" in line)
        return int(fields["RssAnon"].split()[0]) * 1024
    except (OSError, KeyError):
        return 0


def wait_for(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether it came true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
