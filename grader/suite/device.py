"""Which device a submission is examined on."""

from __future__ import annotations

import re

import torch

from grader.errors import DeviceError, UsageError


def resolve_device(name: str) -> str:
    """The device that `--device` asks for, made sure of.

    "auto" is the CPU: it is the grade of record, the same on every machine.

    Raises:
        UsageError: It is not the name of a device.
        DeviceError: There is no such device on this machine.
    """
    if name in {"auto", "cpu"}:
        return "cpu"
    match = re.fullmatch(r"cuda(?::(\d+))?", name)
    if match is None:
        raise UsageError(f"--device {name}: not a device. Ask for auto, cpu, cuda or cuda:N.")
    count = torch.cuda.device_count()
    number = int(match[1] or 0)
    if number >= count:
        found = f"only {count} of them" if count else "no CUDA device here"
        raise DeviceError(
            f"--device {name}: torch {torch.__version__} finds {found}. "
            "`grade doctor` lists the devices; --device cpu always works."
        )
    return f"cuda:{number}"
