"""Where tensors belong, sentences about where they lie, and how such are recognised.

An answer belongs where its input lies; where no tensor goes in, what is made stays on the CPU.
A function that is right on the CPU and not on a GPU has usually made a tensor without saying where.
It shows in one of two ways: what it returns lies on the CPU, or torch refuses to mix devices.
"""

from __future__ import annotations

import re
from typing import Any, Final

import torch

from grader.errors import DeviceError
from grader.records import Fault, Finding, Verdict
from grader.worker.numerics import is_of_device
from grader.worker.twins import Twin

_RETURNED: Final = re.compile(r" should be on (?!cpu)\w+ like the input, but is on cpu\.$")
_MIXED: Final = re.compile(
    r"\b(?:at|have|in|on) (?:the )?same device\b"
    r"|is not on the expected device"
    r"|[Ee]xpected .{0,60}device.{0,40} but (?:found|got|is)"
    r"|[Ii]nput type \(.{1,60}\) and weight type \(.{1,60}\) should be the same"
    r"|can't convert \S+ device type tensor to numpy"
    r"|two devices, "
)
"""What torch says where tensors of two devices meet, in its own many ways."""

_NOT_DONE: Final = re.compile(r"meta tensor|Meta tensors|register_meta|no data!")
"""What the device without numbers cannot do; it says nothing about whoever asked for it."""
_SILENT: Final = (
    Verdict.FORBIDDEN,
    Verdict.PASSED,
    Verdict.SKIPPED,
    Verdict.MISSING,
    Verdict.NOT_ATTEMPTED,
    Verdict.GRADER_ERROR,
)


def holds_tensors(value: Any) -> bool:
    """Whether there is a tensor in it, or a twin, whose tensors go where tensors go."""
    if isinstance(value, list | tuple):
        return any(map(holds_tensors, value))
    if isinstance(value, dict):
        return any(map(holds_tensors, value.values()))
    return isinstance(value, torch.Tensor | Twin)


def stays_behind(value: Any) -> bool:
    """Whether there are tensors in it, and all of them lie on the CPU."""
    if isinstance(value, torch.Tensor):
        return value.device.type == "cpu"
    parts = value.values() if isinstance(value, dict) else value
    if not isinstance(value, list | tuple | dict):
        return False
    with_tensors = [part for part in parts if holds_tensors(part)]
    return bool(with_tensors) and all(map(stays_behind, with_tensors))


def placed(value: Any, device: torch.device) -> Any:
    """A value from the CPU as it is where it belongs: its tensors there, and devices named so."""
    match value:
        case torch.Tensor():
            return value.to(device)
        case torch.nn.Module():
            return value.to(device)
        case torch.device():
            return torch.empty(0, device=device).device  # with its number: "cuda:0"
        case list():
            return [placed(part, device) for part in value]
        case tuple():
            return tuple(placed(part, device) for part in value)
        case dict():
            return {key: placed(part, device) for key, part in value.items()}
        case _:
            return value


def misplaced(place: str, expected: torch.device, got: torch.device) -> str:
    """The sentence for a tensor that lies elsewhere than the input; `place` begins it."""
    return f"{place} should be on {expected.type} like the input, but is on {got.type}."


def fault_of(verdict: Verdict, finding: Finding | None) -> Fault | None:
    """What a test that passed on the CPU says about devices where it did not pass."""
    if verdict in _SILENT or finding is None or _NOT_DONE.search(finding.detail):
        return None
    if verdict is Verdict.WRONG:
        return Fault.RETURNS_CPU if _RETURNED.search(finding.rule) else Fault.DIFFERS
    if verdict is Verdict.RAISED and _MIXED.search(finding.detail):
        return Fault.HARD_CODED
    return Fault.ENDS


def ours(error: BaseException, device: str) -> DeviceError | None:
    """What the reference ran into on a device and is no answer of its: ours to mend."""
    if device == "cpu":
        return None
    if is_of_device([kind.__name__ for kind in type(error).__mro__], str(error)):
        return DeviceError(f"the reference failed on {device}: {type(error).__name__}: {error}")
    return None
