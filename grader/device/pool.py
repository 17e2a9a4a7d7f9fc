"""GPUs shared by the stations of one run: who sits where, whose turn it is, and which is sick.

A seat and a turn are locks on files: the kernel takes them back when their holder dies, however it
dies, so that no GPU is ever waited for in vain. Each station keeps to one GPU for its life, because
a process that has used one cannot be made to see another; stations are dealt out evenly.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, Self

from grader.device.health import Health, check_gpu
from grader.device.inventory import Gpu
from grader.errors import DeviceError

_PAUSE_SECONDS: Final = 0.02
_MOST_SEATS: Final = 1024


class GpuPool:
    """The GPUs of one run.

    Args:
        gpus: Those that may be used, at least one.
        jobs: How many submissions may use one GPU at a time.
        check: How a GPU is checked; another one in tests.
    """

    def __init__(
        self, gpus: Sequence[Gpu], jobs: int = 1, check: Callable[[Gpu], Health] = check_gpu
    ) -> None:
        self.gpus = tuple(gpus)
        self.jobs = jobs
        self._check = check
        self._folder = Path(tempfile.mkdtemp(prefix="grade-gpus-"))

    def sit(self) -> Seat:
        """Choose a GPU for this process: a sound one, with as few others on it as can be.

        Raises:
            DeviceError: None of them is sound any more.
        """
        for place in range(_MOST_SEATS):
            for gpu in self.sound():
                lock = _locked(self._folder / f"seat-{gpu.number}-{place}")
                if lock is not None:
                    return Seat(self, gpu, lock)
        raise DeviceError(f"no GPU is left to use. {self.complaint()}")

    def sound(self) -> tuple[Gpu, ...]:
        """Those that have not been found sick."""
        return tuple(gpu for gpu in self.gpus if not self._sick_note(gpu).exists())

    def complaint(self) -> str:
        """What is wrong with those that are sick, in a sentence each."""
        return " ".join(
            f"GPU {gpu.number} ({gpu.name}) was taken out of use: {note.read_text()}."
            for gpu in self.gpus
            if (note := self._sick_note(gpu)).exists()
        )

    def examine(self, gpu: Gpu) -> bool:
        """Check a GPU that something has gone wrong on; quarantined for good if it is sick.

        Returns:
            Whether it may be used further.
        """
        if self._sick_note(gpu).exists():
            return False  # it would have us wait as long again
        health = self._check(gpu)
        if not health.is_well:
            self._sick_note(gpu).write_text(health.error)
        return health.is_well

    def turn(self, gpu: Gpu) -> contextlib.AbstractContextManager[None]:
        """Hold one of a GPU's places while a submission uses it; waits until one is free."""
        return self._turn(gpu)

    @contextlib.contextmanager
    def _turn(self, gpu: Gpu) -> Iterator[None]:
        while True:
            for place in range(self.jobs):
                lock = _locked(self._folder / f"turn-{gpu.number}-{place}")
                if lock is not None:
                    try:
                        yield
                    finally:
                        os.close(lock)
                    return
            time.sleep(_PAUSE_SECONDS)

    def _sick_note(self, gpu: Gpu) -> Path:
        return self._folder / f"sick-{gpu.number}"

    def close(self) -> None:
        """Forget everything; in the process that made it."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Seat:
    """One process's place at one GPU, until it ends or gives it back."""

    def __init__(self, pool: GpuPool, gpu: Gpu, lock: int) -> None:
        self.pool = pool
        self.gpu = gpu
        self._lock = lock

    def face(self) -> None:
        """Make this process see its GPU alone, as "cuda:0"; before torch has used any."""
        os.environ["CUDA_VISIBLE_DEVICES"] = self.gpu.visible

    def turn(self) -> contextlib.AbstractContextManager[None]:
        """Hold one of the GPU's places; see `GpuPool.turn`."""
        return self.pool.turn(self.gpu)

    def is_sound(self) -> bool:
        """Whether nobody has found the GPU to be sick."""
        return self.gpu in self.pool.sound()

    def examine(self) -> bool:
        """Check the GPU; see `GpuPool.examine`."""
        return self.pool.examine(self.gpu)

    def leave(self) -> None:
        """Give the seat back."""
        os.close(self._lock)


def _locked(path: Path) -> int | None:
    """A descriptor that holds the file's lock, or None if somebody else does."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor
