"""What devices are called, and which of them a submission is looked at on."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from grader.errors import UsageError

AUTO: Final = "auto"
CPU: Final = "cpu"
NAMES: Final = "auto|cpu|cuda|cuda:N|mps"
_CUDA: Final = re.compile(r"cuda(?::(0|[1-9][0-9]?))?")


class Looks(msgspec.Struct, frozen=True):
    """Where one submission is looked at.

    Attributes:
        record: Where points are earned: the device of the grade of record.
        other: Where it is looked at besides, to tell a mistake from one about devices; or "".
    """

    record: str
    other: str = ""

    def __str__(self) -> str:
        """Both in one word: results that were come by otherwise are not taken for these."""
        return f"{self.record}+{self.other}" if self.other else self.record


def checked(name: str) -> str:
    """The name, if it is one that `--device` takes.

    Raises:
        UsageError: It is not the name of a device.
    """
    if name in {AUTO, CPU, "mps"} or _CUDA.fullmatch(name):
        return name
    raise UsageError(f"--device {name}: not a device. Ask for auto, cpu, cuda, cuda:N or mps.")


def kind_of(name: str) -> str:
    """The kind of a device: "cuda:1" is "cuda"."""
    return name.partition(":")[0]


def number_of(name: str) -> int | None:
    """Which of several is meant; None if any will do."""
    number = name.partition(":")[2]
    return int(number) if number else None


def looks(asked: str, of_record: str) -> Looks:
    """Where to look at a submission.

    Points are earned on the device that its exercise names, as a rule the CPU, whatever else was
    asked for: then they are the same on every machine. The other device tells what they do not.

    Args:
        asked: What `--device` says.
        of_record: What `exercise.toml` says.
    """
    if asked == CPU:
        return Looks(CPU)
    if asked == AUTO:
        return Looks(of_record) if of_record == CPU else Looks(of_record, CPU)
    return Looks(CPU, asked) if of_record == CPU else Looks(asked, CPU)
