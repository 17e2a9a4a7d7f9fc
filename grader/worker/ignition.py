"""Starting a zygote's process before this one has imported torch, so that both import at once.

Nothing here imports torch: the command line calls `ignite` first and imports the rest afterwards.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import msgspec

from grader.records.result import Tier
from grader.sandbox.jail import python_paths
from grader.worker.zygote_protocol import Configuration

_PASSED_ON: Final = ("CUDA_VISIBLE_DEVICES", "TZ")


class Ignition(msgspec.Struct, frozen=True):
    """A zygote's process that has just been started.

    Attributes:
        process: The process.
        requests: The trusted end of its request channel.
        tier: How it will confine its workers.
        log: What it says on standard output and error.
    """

    process: subprocess.Popen[bytes]
    requests: socket.socket
    tier: Tier
    log: Path


def ignite(tier: Tier, *, is_warm: bool = True, is_for_many: bool = False) -> Ignition:
    """Exec a zygote with a clean environment and no descriptor but its request channel.

    Args:
        tier: How it confines its workers.
        is_warm: Whether it takes a training step ahead, so that no student's first one is slow.
        is_for_many: Whether it makes itself cheap to fork; worth its half second for a class.
    """
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    descriptor, name = tempfile.mkstemp(prefix="grade-zygote-", suffix=".log")
    with theirs, os.fdopen(descriptor, "wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-I", "-B", "-m", "grader.worker.zygote", str(theirs.fileno())],
            env=_environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[theirs.fileno()],
            # Out of reach of the terminal's signals; a worker that signals its group means itself.
            start_new_session=True,
        )
    # If it has ended already, whoever waits for it will learn that, with what it said.
    with contextlib.suppress(OSError):
        configuration = Configuration(tier, python_paths(), is_warm, is_for_many)
        ours.send(msgspec.msgpack.encode(configuration))
    return Ignition(process, ours, tier, Path(name))


def _environment() -> dict[str, str]:
    """All that a worker knows of its surroundings."""
    environment = {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": "/tmp",  # noqa: S108 - inside the worker's own view
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "MPLBACKEND": "Agg",
    }
    return environment | {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
