"""Whether a GPU is still well, asked in a process of its own that may hang in our place."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from typing import Final

import msgspec

from grader.device.inventory import Gpu

CHECK_SECONDS: Final = 60.0
"""A sound GPU answers within seconds, most of them torch's import; a sick one may never do."""
_KILL_SECONDS: Final = 5.0


class Health(msgspec.Struct, frozen=True):
    """What a check found; `error` says what is wrong, and is empty if nothing is."""

    error: str = ""

    @property
    def is_well(self) -> bool:
        """Whether it may be used."""
        return not self.error


def check_gpu(gpu: Gpu, seconds: float = CHECK_SECONDS) -> Health:
    """Have a fresh process compute and remember something on a GPU.

    Args:
        gpu: Which.
        seconds: How long it may take; a process that is stuck is killed and left to the kernel.
    """
    command = [sys.executable, "-I", "-m", "grader.device.probe", "check"]
    surroundings = {**os.environ, "CUDA_VISIBLE_DEVICES": gpu.visible}
    try:
        process = subprocess.Popen(
            command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
    except OSError as error:
        return Health(f"it could not be checked: {error}")
    try:
        said, complaint = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        # A process that hangs in the driver may not even be killed: it is not waited for long.
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=_KILL_SECONDS)
        return Health(f"it did not answer within {seconds:g} seconds")
    try:
        return msgspec.json.decode(said.strip().rpartition("\n")[2], type=Health)
    except msgspec.MsgspecError:
        last = (complaint.strip().splitlines() or ["nothing was said"])[-1]
        return Health(f"its check ended with code {process.returncode}: {last[:300]}")
