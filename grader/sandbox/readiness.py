"""What is made sure of before a process is closed in, and how a layer that fails is told."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from grader.errors import SandboxError
from grader.records import Tier

if sys.platform == "linux":  # elsewhere there is nothing to make ready
    from grader.sandbox import landlock, seccomp


def prepare(tier: Tier, *, has_gpus: bool) -> tuple[bytes, bytes]:
    """Check what can be checked before anything is given up, and compile the filters.

    Args:
        tier: How well to confine.
        has_gpus: Whether a second filter is needed, for keepers on a GPU.

    Returns:
        The filter for keepers on the CPU, and the one for a GPU.

    Raises:
        SandboxError: A layer that the tier promises is not to be had here.
    """
    if sys.platform != "linux":
        raise SandboxError(f"tier {tier} needs Linux; this is {sys.platform}. Use tier none")
    if landlock.abi() < 1:
        raise SandboxError(
            f"tier {tier} needs Landlock, which this kernel does not offer. Use Linux 5.13 or "
            "newer with 'landlock' among its security modules (the lsm= boot parameter)"
        )
    threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208 - names are not needed
    if threads != 1:
        raise SandboxError(
            f"the process that becomes the zygote has {threads} threads, and only one could be "
            "closed in; enter the jail before anything starts threads, or keep libraries from "
            "starting them (OMP_NUM_THREADS=1, OPENBLAS_NUM_THREADS=1)"
        )
    with layer("seccomp"):
        is_full = tier is Tier.FULL
        has_own_signals = is_full or landlock.has_scopes()
        make = functools.partial(
            seccomp.compile_filter, has_own_files=is_full, has_own_signals=has_own_signals
        )
        plain = make()
        return plain, make(has_gpus=True) if has_gpus else plain


@contextmanager
def layer(name: str) -> Iterator[None]:
    """Turn the kernel's refusal of a layer into our error."""
    try:
        yield
    except OSError as error:
        raise SandboxError(
            f"the sandbox's layer '{name}' does not hold here: {error}. "
            "Run 'grade doctor' to see what this machine can do"
        ) from error
