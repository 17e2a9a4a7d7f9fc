"""A place to work on a device besides the CPU: one seat at one GPU, and what is hired for it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import NoReturn, Self

import torch

from grader.device.memory import MemoryWatch, meter_of
from grader.device.name import kind_of
from grader.device.pool import GpuPool, Seat
from grader.errors import DeviceError, DeviceLostError
from grader.grading.loading import Hire
from grader.records import Limits
from grader.worker.launch import Zygote
from grader.worker.numerics import settle
from grader.worker.zygote_protocol import Post


class Bench:
    """Where one station works on a device; for its whole life on the same one.

    Args:
        asked: The device's name: "cuda", "cuda:1", "mps", or "meta", torch's own device without
            numbers, on which nothing but shapes and places can be seen.
        zygote: Where workers come from.
        seat: The station's GPU, if it is one.
        error: Why nothing can be done here, if that is known already.

    Attributes:
        device: The device as it is called in this process and in workers: a station sees its own
            GPU only, as "cuda:0".
        error: Why nothing can be done here; empty as a rule.
        is_replaceable: Whether this process may end when its GPU does, because another will take
            over its work; it may change from one submission to the next.
    """

    def __init__(
        self,
        asked: str,
        zygote: Zygote,
        seat: Seat | None = None,
        *,
        error: str = "",
    ) -> None:
        kind = kind_of(asked)
        self.device = torch.device("cuda", 0) if kind == "cuda" else torch.device(kind)
        self.error = error
        self._zygote = zygote
        self._seat = seat
        self.is_replaceable = False
        self._failure = ""
        self._is_lost = False
        if seat is not None:
            seat.face()
        if not error and kind != "meta":
            self._start()

    @classmethod
    def at(cls, asked: str, zygote: Zygote, pool: GpuPool | None) -> Self:
        """The bench of this process, at a GPU of the pool if there is one."""
        if pool is None:
            return cls(asked, zygote)
        try:
            seat = pool.sit()
        except DeviceError as error:
            return cls(asked, zygote, error=str(error))
        return cls(asked, zygote, seat)

    @property
    def name(self) -> str:
        """What the GPU's maker calls it; empty if it is none."""
        return self._seat.gpu.name if self._seat is not None else ""

    @contextlib.contextmanager
    def turn(self, limits: Limits) -> Iterator[Hire]:
        """Hold the device while one submission uses it; gives who hires workers for it.

        Raises:
            DeviceLostError: Its GPU was found to be sick; another process may go on with another.
            DeviceError: It cannot be used.
        """
        if self.error:
            self._give_up()
        seat = self._seat
        if seat is None:
            post = Post(str(self.device))
            yield lambda: self._zygote.request(limits, post).ready()
            self._failure = ""
            return
        gpu = seat.gpu
        post = Post(str(self.device), gpu.visible, limits.gpu_memory_bytes / gpu.memory_bytes)
        with seat.turn():
            if not seat.is_sound():  # whoever was there before us may have felled it
                self._lose(seat.pool.complaint())
            watch = self._watch(seat, limits)
            yield lambda: self._zygote.request(limits, post, watch).ready()
            self._failure = ""

    def _watch(self, seat: Seat, limits: Limits) -> MemoryWatch | None:
        meter = meter_of(seat.gpu)
        if meter is None:
            return None
        return MemoryWatch(
            meter,
            limits.gpu_memory_bytes,
            is_alone=seat.pool.jobs == 1,
            own_bytes=lambda: torch.cuda.memory_reserved(self.device),
        )

    def look_after(self, failure: str = "") -> None:
        """Check the GPU after something went wrong on it; in one's turn, before the next one's.

        Args:
            failure: Why nobody could be judged there, if that is so. Said twice in a row of a GPU
                that is well, it is believed: nobody waits for the same again.

        Raises:
            DeviceLostError: It is sick, or this process has lost its hold on it; another process
                may go on.
            DeviceError: It is sick or lost, and nothing is left.
        """
        if failure and failure == self._failure:
            self.error = failure
            return
        self._failure = failure
        if self._seat is None:
            return
        if not self._seat.examine():
            self._lose(self._seat.pool.complaint())
        if self.device.type == "cuda":
            # What failed in here fails for good, however well the GPU is: a context does not heal.
            self._start("the GPU is well, but this process can use it no more")
            if self.error:
                self._lose(self.error)

    def _lose(self, error: str) -> NoReturn:
        self.error, self._is_lost = error, True
        self._give_up()

    def _give_up(self) -> NoReturn:
        """Leave the work to another process, if there is one for this and a GPU left for it."""
        sound = self._seat.pool.sound() if self._seat is not None else ()
        if self._is_lost and self.is_replaceable and sound:
            raise DeviceLostError(self.error)
        raise DeviceError(self.error)

    def _start(self, trouble: str = "the device does not start here") -> None:
        try:
            settle(self.device)
        except Exception as error:  # noqa: BLE001 - a driver fails in ways of its own
            self.error = f"{trouble}: {type(error).__name__}: {error}"[:500]

    def close(self) -> None:
        """Give the seat back."""
        if self._seat is not None:
            self._seat.leave()
            self._seat = None
