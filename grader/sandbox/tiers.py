"""What each tier leaves open, in plain sentences for people who decide whether to accept it."""

from __future__ import annotations

from typing import Final, assert_never

from grader.records import Tier

ORDER: Final = (Tier.NONE, Tier.GUARDED, Tier.FULL)
"""From the weakest to the strongest."""

_ALWAYS: Final = (
    "A hole in the kernel itself: student code runs on the same kernel as the grader.",
    "Guessing from timing: student code shares the processor with the grader.",
)
_GUARDED: Final = (
    "Asking whether a file exists and how large it is, though never what is in it.",
    "Filling the disk a little between two looks at the scratch folder.",
    "Hoarding processes if the grader is not root: others may be refused threads of their own.",
    "Sleeping on, with all limits in force, if a zygote itself is killed with SIGKILL.",
)
_NONE: Final = (
    "Reading and changing every file of the user who started the grader, hidden tests included.",
    "Using the network, starting programs, and leaving them behind.",
    "Using up the memory, the disk and the processes of this machine.",
)


def explain(tier: Tier) -> tuple[str, ...]:
    """What the tier does not stop."""
    match tier:
        case Tier.FULL:
            return _ALWAYS
        case Tier.GUARDED:
            return (*_GUARDED, *_ALWAYS)
        case Tier.NONE:
            return _NONE
        case _:
            assert_never(tier)
