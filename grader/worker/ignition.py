"""Starting a zygote's process before this one has imported torch, so that both import at once.

Nothing here imports torch: the command line calls `ignite` first and imports the rest afterwards.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback
from typing import IO, Final, NoReturn, Protocol

import msgspec

from grader.errors import WorkerError
from grader.records.result import Tier
from grader.sandbox.jail import python_paths
from grader.worker.zygote_protocol import Configuration

_PAUSE_SECONDS: Final = 0.005
_PASSED_ON: Final = ("TZ",)
_PASSED_ON_TO_GPUS: Final = ("LD_LIBRARY_PATH",)
"""Where a driver's libraries lie that are not among the system's own."""


class Process(Protocol):
    """A child process, as `subprocess.Popen` is one."""

    @property
    def pid(self) -> int:
        """Its number."""
        ...

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; `subprocess.TimeoutExpired` if it takes longer."""
        ...

    def kill(self) -> None:
        """End it at once."""
        ...


class Ignition(msgspec.Struct, frozen=True):
    """A zygote's process that has just been started.

    Attributes:
        process: The process.
        requests: The trusted end of its request channel.
        tier: How it will confine its workers.
        log: What it says on standard output and error; a file without a name, so that nothing
            is left of it whatever becomes of this process.
    """

    process: Process
    requests: socket.socket
    tier: Tier
    log: IO[bytes]


def ignite(
    tier: Tier,
    *,
    is_warm: bool = True,
    is_for_many: bool = False,
    has_notebooks: bool = False,
    has_gpus: bool = False,
) -> Ignition:
    """Exec a zygote with a clean environment and no descriptor but its request channel.

    Args:
        tier: How it confines its workers.
        is_warm: Whether it takes a training step ahead, and imports what plots for notebooks, so
            that no student's first one is slow.
        is_for_many: Whether it makes itself cheap to fork; worth its half second for a class.
        has_notebooks: Whether it imports what runs a notebook's cells.
        has_gpus: Whether some of its workers may reach the GPUs.
    """
    _make_sure_of_linux()
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    log = tempfile.TemporaryFile()  # noqa: SIM115 - the zygote's owner closes it
    with theirs:
        process: Process = subprocess.Popen(
            [sys.executable, "-I", "-B", "-m", "grader.worker", str(theirs.fileno())],
            env=_environment(has_gpus=has_gpus),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[theirs.fileno()],
            # Out of reach of the terminal's signals; a worker that signals its group means itself.
            start_new_session=True,
        )
    configuration = Configuration(
        tier, python_paths(), is_warm, is_for_many, has_notebooks, has_gpus
    )
    _configure(ours, configuration)
    return Ignition(process, ours, tier, log)


def ignite_by_fork(
    tier: Tier, *, is_warm: bool = False, has_notebooks: bool = False, has_gpus: bool = False
) -> Ignition:
    """Fork a zygote off this process, so that torch is imported once and not twice.

    Only for `grade check`: the process has torch imported, one thread, and nothing to hide, for it
    judges a student's own file by public tests. Where there are secrets, `ignite` is the way.

    Raises:
        RuntimeError: torch is not imported yet, so nothing would be gained.
    """
    if "torch" not in sys.modules:
        raise RuntimeError("import torch before a zygote is forked")
    _make_sure_of_linux()
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    log = tempfile.TemporaryFile()  # noqa: SIM115 - the zygote's owner closes it
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        _become_zygote(theirs.fileno(), log.fileno(), has_gpus=has_gpus)
    theirs.close()
    configuration = Configuration(
        tier,
        python_paths(),
        is_warm=is_warm,
        is_for_many=False,
        has_notebooks=has_notebooks,
        has_gpus=has_gpus,
    )
    _configure(ours, configuration)
    return Ignition(_Forked(pid), ours, tier, log)


def _make_sure_of_linux() -> None:
    if sys.platform != "linux":
        raise WorkerError(
            f"student code runs on Linux only, and this is {sys.platform}: nothing can be checked "
            "or graded here. Use a machine with Linux, a container, WSL on Windows, or Colab."
        )


class _Forked:
    """A forked child with the two methods of a `Popen` that are needed."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def wait(self, timeout: float | None = None) -> int:
        deadline = None if timeout is None else time.monotonic() + timeout
        while True:
            pid, status = os.waitpid(self.pid, 0 if deadline is None else os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            if deadline is not None and time.monotonic() > deadline:
                raise subprocess.TimeoutExpired("zygote", timeout or 0.0)
            time.sleep(_PAUSE_SECONDS)

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)


def _become_zygote(requests: int, log: int, *, has_gpus: bool) -> NoReturn:
    """In the child: the surroundings of an exec'd zygote, then its main. Never returns."""
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)  # the command line's own is not for workers
        os.setsid()
        os.chdir("/")
        nothing = os.open(os.devnull, os.O_RDONLY)
        for source, target in ((nothing, 0), (log, 1), (log, 2)):
            os.dup2(source, target)
        os.dup2(requests, 3, inheritable=False)
        os.closerange(4, os.sysconf("SC_OPEN_MAX") if os.sysconf("SC_OPEN_MAX") > 0 else 65_536)
        surroundings = _environment(has_gpus=has_gpus)
        os.environ.clear()
        os.environ.update(surroundings)
        from grader.worker.zygote import main  # noqa: PLC0415 - it imports torch

        main(3)
    except BaseException:  # noqa: BLE001 - the child must end here, and say why
        traceback.print_exc()
    finally:
        os._exit(1)


def _configure(requests: socket.socket, configuration: Configuration) -> None:
    # If it has ended already, whoever waits for it will learn that, with what it said.
    with contextlib.suppress(OSError):
        requests.send(msgspec.msgpack.encode(configuration))


def _environment(*, has_gpus: bool = False) -> dict[str, str]:
    """All that a worker knows of its surroundings."""
    environment = {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": "/tmp",  # noqa: S108 - inside the worker's own view
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "MPLBACKEND": "Agg",
        # On the CPU a worker sees no GPU, so that the same is right on every machine; one that is
        # made for a GPU is told which. Asking whether there is one must not start the driver.
        "CUDA_VISIBLE_DEVICES": "",
        "PYTORCH_NVML_BASED_CUDA_CHECK": "1",
    }
    passed_on = _PASSED_ON + (_PASSED_ON_TO_GPUS if has_gpus else ())
    return environment | {name: os.environ[name] for name in passed_on if name in os.environ}
