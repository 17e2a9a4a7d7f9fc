"""Which devices this machine has, asked of torch in a process of its own.

Asking torch for CUDA devices may initialise the driver, and a process that has done so can fork no
more: so another one asks, and it only does so when somebody wants a device besides the CPU.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from grader.device.name import kind_of, number_of, reconciled
from grader.errors import DeviceError

PROBE_SECONDS: Final = 120.0
"""Importing torch and starting a driver that has slept may take long; nobody waits in vain."""


class Gpu(msgspec.Struct, frozen=True):
    """One CUDA device.

    Attributes:
        number: As torch counts it in a process that sees them all: "cuda:1" is number 1.
        name: What its maker calls it.
        memory_bytes: All of its memory.
        visible: What `CUDA_VISIBLE_DEVICES` must say for a process to see this one alone.
    """

    number: int
    name: str
    memory_bytes: int
    visible: str


class Inventory(msgspec.Struct, frozen=True):
    """What torch finds.

    Attributes:
        torch: Its version.
        gpus: The CUDA devices, in torch's order.
        has_mps: Whether there is Apple's.
        error: What went wrong while it was asked; empty as a rule.
    """

    torch: str
    gpus: tuple[Gpu, ...] = ()
    has_mps: bool = False
    error: str = ""


def resolve_device(asked: str, of_record: Iterable[str] = ()) -> tuple[Gpu, ...]:
    """Make sure of the devices that a command is going to use.

    Args:
        asked: What `--device` says.
        of_record: What the exercises name as the device of their grade of record.

    Returns:
        The CUDA devices to use, in torch's order; none where CUDA is not used.

    Raises:
        UsageError: It is not the name of a device, or of another kind than an exercise names.
        DeviceError: There is no such device on this machine.
    """
    gpus: dict[int, Gpu] = {}
    for name in sorted(reconciled(asked, of_record)):
        by_whom = f"--device {name}" if name == asked else f'`device = "{name}"` in exercise.toml'
        gpus |= {gpu.number: gpu for gpu in _found(name, by_whom)}
    return tuple(gpus.values())


def _found(name: str, by_whom: str) -> tuple[Gpu, ...]:
    version, is_cpu_build = _torch_on_disk()
    found = Inventory(version) if kind_of(name) == "cuda" and is_cpu_build else take_inventory()
    number = number_of(name)
    if name == "mps":
        if found.has_mps:
            return ()
        said = "no MPS device here"
    else:
        if found.gpus and number is None:
            return found.gpus
        if number is not None and number < len(found.gpus):
            return (found.gpus[number],)
        said = f"only {len(found.gpus)} of them" if found.gpus else "no CUDA device here"
    because = f" ({found.error})" if found.error else ""
    raise DeviceError(
        f"{by_whom}: torch {found.torch} finds {said}{because}. "
        "`grade doctor` lists the devices; --device cpu always works."
    )


def take_inventory() -> Inventory:
    """Ask torch, in a process of its own."""
    command = [sys.executable, "-I", "-m", "grader.device.probe", "inventory"]
    version, _ = _torch_on_disk()
    try:
        done = subprocess.run(
            command, capture_output=True, check=False, timeout=PROBE_SECONDS, text=True
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Inventory(version, error=f"asking for devices failed: {error}")
    try:
        return msgspec.json.decode(done.stdout.strip().rpartition("\n")[2], type=Inventory)
    except msgspec.MsgspecError:
        said = (done.stderr.strip().splitlines() or ["nothing"])[-1]
        return Inventory(version, error=f"asking for devices ended with: {said[:300]}")


def _torch_on_disk() -> tuple[str, bool]:
    """The version of torch, and whether it was built for the CPU alone, without importing it."""
    spec = importlib.util.find_spec("torch")
    places = list(spec.submodule_search_locations or ()) if spec else []
    try:
        text = Path(places[0], "version.py").read_text(encoding="utf-8")
    except (IndexError, OSError):
        return "", False
    namespace: dict[str, object] = {}
    exec(compile(text, "version.py", "exec"), namespace)  # noqa: S102 - torch's own file
    has_cuda = bool(namespace.get("cuda")) or bool(namespace.get("hip"))
    return str(namespace.get("__version__", "")), not has_cuda
