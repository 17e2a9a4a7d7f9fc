"""What this machine can do, found by doing it.

Each layer is tried in a process of its own that ends at once; a tier holds if a whole jail of
that tier could be entered and a child confined in it. Nothing is concluded from version numbers.
The attempts themselves stand in `attempts`, which runs as a program.
"""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from typing import Final

import msgspec

from grader.errors import SandboxError
from grader.records import Tier
from grader.sandbox.tiers import ORDER, explain

__all__ = ["Layer", "Report", "best_tier", "explain", "probe", "require"]

_PROBE_SECONDS: Final = 30.0


class Layer(msgspec.Struct, frozen=True, kw_only=True):
    """One layer of the sandbox on this machine.

    Attributes:
        name: "user namespaces", "Landlock", …
        holds: Whether it engaged when tried.
        detail: One sentence: what it gives, or why it is not to be had and what to do.
    """

    name: str
    holds: bool
    detail: str


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All layers, and the tiers that were entered for real."""

    layers: tuple[Layer, ...]
    tiers: tuple[Tier, ...]

    @property
    def best(self) -> Tier:
        """The strongest tier that holds."""
        return max(self.tiers, key=ORDER.index)


@cache
def probe() -> Report:
    """Try every layer and every tier, once per process; takes a few tenths of a second."""
    if sys.platform != "linux":
        return _nothing("Linux", f"the sandbox needs Linux; this is {sys.platform}")
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-m", "grader.sandbox.attempts"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=_PROBE_SECONDS,
        )
        return msgspec.json.decode(done.stdout, type=Report)
    except (OSError, subprocess.SubprocessError, msgspec.DecodeError) as error:
        command = f"{sys.executable} -I -m grader.sandbox.attempts"
        return _nothing("probe", f"the probe itself failed ({error}); see what '{command}' prints")


def best_tier() -> Tier:
    """The strongest tier that holds on this machine."""
    return probe().best


def require(tier: Tier) -> None:
    """Make sure that `tier` holds here.

    Raises:
        SandboxError: It does not; the text says which layers are missing and what to do.
    """
    report = probe()
    if ORDER.index(report.best) >= ORDER.index(tier):
        return
    missing = [f"{layer.name}: {layer.detail}" for layer in report.layers if not layer.holds]
    raise SandboxError(
        f"tier {tier} does not hold on this machine, the best here is {report.best}. "
        + "; ".join(missing)
    )


def _nothing(name: str, detail: str) -> Report:
    return Report(layers=(Layer(name=name, holds=False, detail=detail),), tiers=(Tier.NONE,))
