"""The zygote: a warmed process without secrets that forks one keeper per submission.

Run as `python -I -m grader.worker FD` with a clean environment and every other descriptor
closed, before any suite is read. It imports torch and this package's worker half only, takes one
tiny training step so that children need not (without its gradient where there are GPUs to use, for
that would start their driver), and then answers requests on the seqpacket socket
FD: a `Spawn` with three descriptors (the keeper's control channel, its output, a status channel).
On the status channel it sends a pidfd of the keeper, and the keeper says when it is confined.

What a dead keeper leaves behind falls to the zygote where no pid namespace ends it. The zygote
alone knows which of its children are keepers, so it sweeps up the others: when it is asked to,
and before it ends itself.
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
import psutil
import torch

from grader.errors import SandboxError
from grader.records.result import Tier
from grader.sandbox import gpu
from grader.sandbox.jail import Jail
from grader.sandbox.privileges import outlive_parent
from grader.worker.heap import collapse
from grader.worker.keeper import keep
from grader.worker.numerics import practise
from grader.worker.zygote_protocol import (
    MAX_REQUEST,
    Configuration,
    Request,
    Spawn,
    Status,
    Sweep,
)

_REAP_SECONDS: Final = 0.5
_SWEEP_SECONDS: Final = 5.0
_PAUSE_SECONDS: Final = 0.005


def main(descriptor: int) -> None:
    """Set up, then fork keepers until the other side closes the request channel."""
    requests = socket.socket(fileno=descriptor)
    configuration = msgspec.msgpack.decode(requests.recv(MAX_REQUEST), type=Configuration)
    try:
        _warm_up(configuration)
        jail = Jail.enter(
            configuration.tier, configuration.readable, has_gpus=configuration.has_gpus
        )
    except SandboxError as error:
        requests.send(msgspec.msgpack.encode(Status("failed", str(error))))
        sys.exit(3)
    if configuration.tier is not Tier.FULL and sys.platform == "linux":
        # Killed with its parent, it could not sweep up first: the end of its channel is its end.
        outlive_parent()
    requests.send(msgspec.msgpack.encode(Status("ready")))
    _serve(requests, jail)


def _serve(requests: socket.socket, jail: Jail) -> None:
    poller = select.poll()
    poller.register(requests, select.POLLIN)
    keepers: set[int] = set()
    while True:
        if poller.poll(_REAP_SECONDS * 1000):
            message, descriptors, _, _ = socket.recv_fds(requests, MAX_REQUEST, 3)
            if not message:
                _sweep(set(), jail)
                return
            match msgspec.msgpack.decode(message, type=Request):
                case Spawn() as spawn:
                    keepers.add(_spawn(spawn, descriptors, requests, jail))
                case Sweep():
                    _reap(keepers)
                    _sweep(keepers, jail)
                    _say(descriptors[0], Status("swept"))
        _reap(keepers)


def _reap(keepers: set[int]) -> None:
    with contextlib.suppress(ChildProcessError):
        while pid := os.waitpid(-1, os.WNOHANG)[0]:
            keepers.discard(pid)


def _sweep(keepers: set[int], jail: Jail) -> None:
    """End all children but the keepers.

    One that forks and ends faster than a look at all processes takes is never met alive, but each
    time it does it leaves an entry that only this process can collect. So none is collected
    meanwhile: who flees runs into the limit on processes, and a look that finds nobody alive and
    no new entry has missed nobody.
    """
    if jail.tier is Tier.FULL or sys.platform != "linux":
        return
    deadline = time.monotonic() + _SWEEP_SECONDS
    before: set[int] = set()
    while time.monotonic() < deadline:
        orphans = _children() - keepers
        if not sum(map(_kill_living, orphans)) and orphans == before:
            return
        before = orphans
        time.sleep(_PAUSE_SECONDS)


def _children() -> set[int]:
    """The children of this process, those included that have ended and not been collected."""
    try:
        return set(map(int, Path("/proc/thread-self/children").read_text().split()))
    except OSError:  # a kernel built without that file
        return {child.pid for child in psutil.Process().children()}


def _kill_living(child: int) -> bool:
    """Kill a child; whether it was still alive. What it leaves comes to us in turn."""
    state = Path(f"/proc/{child}/stat").read_bytes().rpartition(b")")[2].split()[0]
    if state == b"Z":
        return False
    os.kill(child, signal.SIGKILL)
    return True


def _spawn(spawn: Spawn, descriptors: Sequence[int], requests: socket.socket, jail: Jail) -> int:
    """Fork a keeper; its pid, or 0 if the machine has no room for one."""
    control, output, status = descriptors
    try:
        if spawn.post is not None:
            _stay_fit_for_gpus()
        pid = jail.fork()
    except SandboxError as error:
        _say(status, Status("failed", str(error)))
        os.close(control)
        os.close(output)
        return 0
    if pid == 0:
        requests.close()
        _become_keeper(spawn, socket.socket(fileno=control), output, status, jail)
    pidfd = os.pidfd_open(pid)
    _say(status, Status("forked"), pidfd)
    os.close(pidfd)
    os.close(control)
    os.close(output)
    return pid


def _say(descriptor: int, status: Status, *pidfds: int) -> None:
    """Send on a status channel and close it; whoever asked may have lost interest meanwhile."""
    with socket.socket(fileno=descriptor) as channel, contextlib.suppress(OSError):
        socket.send_fds(channel, [msgspec.msgpack.encode(status)], pidfds)


def _become_keeper(
    spawn: Spawn, control: socket.socket, output: int, status: int, jail: Jail
) -> None:
    """In the child: close in, report, keep. Never returns."""
    code = 1
    try:
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.close(output)
        # A student's print must arrive in order with what C code writes.
        sys.stdout = open(1, "w", buffering=1, encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", buffering=1, encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
        channel = socket.socket(fileno=status)
        try:
            has_gpu = spawn.post is not None and spawn.post.device.startswith("cuda")
            jail.confine(spawn.limits, spawn.scratch, user=spawn.user, bounds_memory=not has_gpu)
        except SandboxError as error:
            channel.send(msgspec.msgpack.encode(Status("failed", str(error))))
            return
        channel.send(msgspec.msgpack.encode(Status("confined")))
        channel.close()
        # Nothing else can be written to; torch makes itself a folder there, and so does matplotlib.
        os.environ["TMPDIR"] = os.environ["MPLCONFIGDIR"] = tempfile.tempdir = str(Path.cwd())
        keep(control, spawn.post)
        code = 0
    except BaseException as error:  # noqa: BLE001 - the child must end here, whatever happens
        with contextlib.suppress(Exception):
            print(f"keeper: {type(error).__name__}: {error}", file=sys.stderr)  # noqa: T201
    finally:
        os._exit(code)


def _warm_up(configuration: Configuration) -> None:
    """Settle on one thread; do once what makes torch import half of itself."""
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    if configuration.has_notebooks:
        # Workers do not see this package on the disk: what a keeper needs is imported here.
        from grader.worker import notebook  # noqa: F401, PLC0415 - imports IPython
        from grader.worker.shell import import_plotting, make_shell  # noqa: PLC0415

        make_shell()
        if configuration.is_warm:
            import_plotting()
    if configuration.is_warm:
        practise(torch.device("cpu"), has_gradient=not configuration.has_gpus)
    if configuration.has_gpus:
        _stay_fit_for_gpus()
    gc.collect()
    gc.freeze()
    if configuration.is_for_many:
        collapse()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tasks = Path("/proc/self/task")
    if tasks.is_dir() and len(list(tasks.iterdir())) != 1:
        raise RuntimeError(
            "the zygote has more than one thread: forking it would deadlock children"
        )


def _stay_fit_for_gpus() -> None:
    """A process that has used CUDA cannot be forked: no worker of it could ever use a GPU.

    Raises:
        SandboxError: This process has used some of it.
    """
    if trouble := gpu.driver_in_use():
        raise SandboxError(
            f"the process that workers are forked from has begun to use CUDA's driver: {trouble}. "
            "No worker could use a GPU any more, so nothing is graded on one. This is a fault of "
            "grade, or of something that torch imports here: please report it. --device cpu works"
        )
