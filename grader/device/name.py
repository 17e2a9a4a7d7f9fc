"""What devices are called, and which of them a submission is looked at on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from grader.errors import UsageError

AUTO: Final = "auto"
CPU: Final = "cpu"
NAMES: Final = "auto|cpu|cuda|cuda:N|mps"
_STAND_IN: Final = "meta"
"""torch's device without numbers; no command takes it, and in tests it stands for any other."""
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
        asked: What `--device` says; a device of another kind than an exercise names is refused
            by `reconciled`.
        of_record: What `exercise.toml` says.
    """
    if asked == CPU:
        return Looks(CPU)
    if of_record == CPU:
        return Looks(CPU) if asked == AUTO else Looks(CPU, asked)
    is_named = kind_of(asked) in (kind_of(of_record), _STAND_IN)
    return Looks(asked if is_named else of_record, CPU)


def reconciled(asked: str, of_record: Iterable[str]) -> frozenset[str]:
    """The devices besides the CPU that a command needs.

    Args:
        asked: What `--device` says.
        of_record: What the exercises name as the device of their grade of record.

    Raises:
        UsageError: An exercise is graded on another kind of device than is asked for.
    """
    named = frozenset(of_record) - {CPU}
    if checked(asked) == CPU:
        return frozenset()
    if asked == AUTO:
        return named
    for name in sorted(named):
        if kind_of(name) != kind_of(asked):
            raise UsageError(
                f'--device {asked}: an exercise says `device = "{name}"`, so its points are '
                f"earned there and nowhere else. Ask for auto or {name}; --device cpu grades "
                "everything on the CPU."
            )
    return frozenset({asked})
