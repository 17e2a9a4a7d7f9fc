"""Starting zygotes and asking them for workers; the trusted side."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import socket
import subprocess
from typing import TYPE_CHECKING, Final, Self

import msgspec

from grader.errors import SandboxError, WorkerError
from grader.records.limits import Limits
from grader.records.result import Tier
from grader.sandbox import lifetime, memory, scratch
from grader.sandbox.memory import MemoryGroup
from grader.sandbox.privileges import NOBODY, worker_users
from grader.sandbox.scratch import Scratch
from grader.worker.channel import Output
from grader.worker.client import Worker
from grader.worker.hold import Hold
from grader.worker.ignition import Ignition, ignite
from grader.worker.posted import PostedWorker
from grader.worker.zygote_protocol import MAX_REQUEST, Post, Spawn, Status, Sweep

if TYPE_CHECKING:
    from grader.device.memory import MemoryWatch

_START_SECONDS: Final = 120.0
_SPAWN_SECONDS: Final = 30.0
_MAX_LEAVING: Final = 2
_DISCARD_SECONDS: Final = 1.0
_MAX_LOG: Final = 1 << 20
_workers: Final = itertools.count()


class PendingWorker:
    """A worker that was asked for; by the time it is needed it is usually there."""

    def __init__(
        self,
        zygote: Zygote,
        limits: Limits,
        *,
        control: socket.socket,
        status: socket.socket,
        output: int,
        scratch: Scratch | None,
        post: Post | None = None,
        gpu: MemoryWatch | None = None,
    ) -> None:
        self.limits = limits
        self._zygote = zygote
        self._control = control
        self._status = status
        self._output = output
        self._scratch = scratch
        self._post = post
        self._gpu = gpu

    def ready(self) -> Worker:
        """The worker, forked and confined.

        Raises:
            SandboxError: A layer of the sandbox did not hold.
            WorkerError: The zygote died or does not answer.
        """
        self._status.settimeout(_SPAWN_SECONDS)
        pidfd = -1
        try:
            with self._status:
                # The zygote says "forked", the keeper "confined"; either may be first.
                for _ in range(2):
                    message, descriptors, _, _ = socket.recv_fds(self._status, MAX_REQUEST, 1)
                    pidfd = descriptors[0] if descriptors else pidfd
                    status = _status(message)
                    if status.error is not None:
                        raise SandboxError(status.error)  # noqa: TRY301 - discarded below
        except (OSError, SandboxError, WorkerError) as error:
            self.discard(pidfd)
            if isinstance(error, OSError):
                raise WorkerError(f"the worker's zygote does not answer: {error}") from None
            raise
        return self._worker(pidfd)

    def _worker(self, pidfd: int) -> Worker:
        on_gpu = self._post is not None
        hold = Hold(
            pidfd, self.limits, self._zygote, self._scratch, is_on_gpu=on_gpu, gpu=self._gpu
        )
        output = Output(self._output, self.limits.output_bytes)
        kind = PostedWorker if on_gpu else Worker
        return kind(self._control, output, self.limits, hold)

    def discard(self, pidfd: int = -1) -> None:
        """Give the worker up before it was used."""
        if pidfd < 0:
            with contextlib.suppress(OSError):  # it was never forked, or nobody says so any more
                self._status.settimeout(_DISCARD_SECONDS)
                for _ in range(2):
                    _, descriptors, _, _ = socket.recv_fds(self._status, MAX_REQUEST, 1)
                    if descriptors:
                        pidfd = descriptors[0]
                        break
        if pidfd >= 0:
            lifetime.kill(pidfd)
            os.close(pidfd)
        self._control.close()
        self._status.close()
        os.close(self._output)
        if self._scratch is not None:
            self._scratch.remove()


class Zygote:
    """A running zygote. Start it before any suite is read; it takes seconds, in the background."""

    def __init__(self, ignition: Ignition) -> None:
        self.tier = ignition.tier
        self._ignition = ignition
        self._requests = ignition.requests
        self._is_ready = False
        self._leaving: list[tuple[int, MemoryGroup | None, float]] = []
        # What a grader left that was killed outright.
        scratch.sweep()
        memory.sweep()

    @classmethod
    def start(cls, tier: Tier, *, is_warm: bool = True, is_for_many: bool = False) -> Self:
        """Start one that confines its workers in `tier`. Returns at once."""
        return cls(ignite(tier, is_warm=is_warm, is_for_many=is_for_many))

    def wait_ready(self) -> None:
        """Until it has torch imported and is closed in.

        Raises:
            SandboxError: The tier does not hold on this machine.
            WorkerError: It could not start.
        """
        if self._is_ready:
            return
        self._requests.settimeout(_START_SECONDS)
        try:
            message = self._requests.recv(MAX_REQUEST)
        except OSError as error:
            raise WorkerError(f"the worker's zygote does not start: {error}{self._log()}") from None
        finally:
            self._requests.settimeout(None)
        if not message:
            raise WorkerError(f"the worker's zygote ended while it started{self._log()}")
        status = _status(message)
        if status.error is not None:
            raise SandboxError(status.error)
        self._is_ready = True

    def prove(self, limits: Limits) -> None:
        """Confine one worker and let it go: the layers of the tier hold, or this says why not.

        Raises:
            SandboxError: The tier does not hold on this machine.
            WorkerError: It could not start.
        """
        self.request(limits).ready().close()

    def request(
        self, limits: Limits, post: Post | None = None, gpu: MemoryWatch | None = None
    ) -> PendingWorker:
        """Ask for a worker with these limits. Returns at once.

        Args:
            limits: What it may use.
            post: The device it is for, if not the CPU.
            gpu: Looks after what it holds of that device.
        """
        self.wait_ready()
        ours, theirs = socket.socketpair()
        our_status, their_status = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        output_read, output_write = os.pipe()
        folder = user = None
        if self.tier is not Tier.FULL:
            is_root = self.tier is Tier.GUARDED and os.geteuid() == 0
            user = self._next_user() if is_root else None
            folder = Scratch.make(user or (NOBODY if is_root else None))
        pending = PendingWorker(
            self,
            limits,
            control=ours,
            status=our_status,
            output=output_read,
            scratch=folder,
            post=post,
            gpu=gpu,
        )
        spawn = Spawn(limits, None if folder is None else str(folder.path), user, post)
        try:
            with theirs, their_status:
                descriptors = [theirs.fileno(), output_write, their_status.fileno()]
                socket.send_fds(self._requests, [msgspec.msgpack.encode(spawn)], descriptors)
        except OSError as error:
            pending.discard()
            raise WorkerError(f"the worker's zygote is gone: {error}{self._log()}") from None
        finally:
            os.close(output_write)
        return pending

    def _next_user(self) -> int | None:
        """As root: a user for the next worker, or None where they have to share one."""
        users = worker_users()
        return users[next(_workers) % len(users)] if users else None

    def sweep(self) -> None:
        """Have the zygote end what dead keepers left to it; one that has ended has done so.

        Raises:
            WorkerError: It does not answer.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with ours:
            with theirs:
                message = msgspec.msgpack.encode(Sweep())
                try:
                    socket.send_fds(self._requests, [message], [theirs.fileno()])
                except OSError:
                    return
            ours.settimeout(_SPAWN_SECONDS)
            try:
                ours.recv(MAX_REQUEST)
            except OSError as error:
                raise WorkerError(
                    f"the worker's zygote does not answer: {error}{self._log()}"
                ) from None

    def dismiss(
        self, pidfd: int, group: MemoryGroup | None, seconds: float = lifetime.END_SECONDS
    ) -> None:
        """End a worker of tier `full`: left to the kernel now, and made sure of later.

        Taking down processes that hold torch takes milliseconds in which others can be graded.
        """
        self._leaving.append((pidfd, group, seconds))
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(pidfd, signal.SIGKILL)
        self._see_off(_MAX_LEAVING)

    def _see_off(self, still: int) -> None:
        """Make sure that workers that were ended are gone, all but the last few.

        Raises:
            SandboxError: One of them is still there.
        """
        while len(self._leaving) > still:
            pidfd, group, seconds = self._leaving.pop(0)
            try:
                lifetime.kill(pidfd, seconds)
            finally:
                os.close(pidfd)
                if group is not None:
                    group.remove()

    def close(self) -> None:
        """End it; its last keepers end with it."""
        self._see_off(0)
        self._requests.close()
        try:
            self._ignition.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._ignition.process.kill()
            self._ignition.process.wait()
        self._ignition.log.close()
        # What a station left that was killed outright.
        scratch.sweep()
        memory.sweep()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _log(self) -> str:
        text = ""
        with contextlib.suppress(OSError, ValueError):  # it may be closed
            # Where the zygote writes is where this would read on: the two share a position.
            said = os.pread(self._ignition.log.fileno(), _MAX_LOG, 0)
            text = said.decode(errors="replace").strip()[-2000:]
        return f"\nIt said:\n{text}" if text else ""


def _status(message: bytes) -> Status:
    try:
        return msgspec.msgpack.decode(message, type=Status)
    except msgspec.DecodeError:
        raise WorkerError("the worker's zygote ended while it forked a worker") from None
