"""Which attack tries which wall, and what may come of it if the wall holds."""

from __future__ import annotations

from typing import Final

import msgspec

from grader.records import Limits
from grader.worker.answers import Answer
from grader.worker.endings import Ended, Reason
from grader.worker.invoke import Observation
from grader.worker.messages import Absent, Barred, Expired, Raised

LIMITS: Final = Limits(
    call_seconds=0.5,
    load_seconds=5.0,
    memory_bytes=256 << 20,
    processes=8,
    scratch_bytes=2 << 20,
    output_bytes=256 << 10,
    reply_bytes=1 << 20,
)
"""Small, so that each is reached soon."""


class Wall(msgspec.Struct, frozen=True):
    """One wall and the attack on it.

    Attributes:
        name: What it keeps, in a few words.
        attack: The function of `attacker` that tries it.
        raised: The exceptions in which a flood may end.
        ended: The ends that a flood may come to; neither means that the attack tells itself
            what came through.
        seconds: Of processor time, for the attack.
    """

    name: str
    attack: str
    raised: tuple[str, ...] = ()
    ended: tuple[Reason, ...] = ()
    seconds: float = LIMITS.call_seconds

    def breach(self, answer: Answer) -> str | None:
        """What came through, or None if the wall holds."""
        is_flood = bool(self.raised or self.ended)
        match answer:
            case Observation(value=list(through)) if not through:
                return None
            case Observation(value=list(through)):
                return "came through: " + ", ".join(str(each) for each in through)
            case Observation():
                return "the answer was taken"
            case Ended(reason=reason) if reason in self.ended:
                return None
            case Expired() if Reason.HUNG in self.ended:
                return None
            case Raised(kinds=kinds) if is_flood and set(kinds) & set(self.raised):
                return None
            case Raised(kinds=kinds, message=message):
                return f"could not be tried: {kinds[0]}: {message}"
            case Ended(reason=reason):
                return f"ended otherwise than it should: {reason}"
            case Expired() | Barred() | Absent():
                return "could not be tried in time"


WALLS: Final = (
    Wall("hidden files", "read_files"),
    Wall("files of others", "change_files"),
    Wall("the grader's process", "see_processes", seconds=2.0),
    Wall("what lies in memory", "look_around"),
    Wall("network and sockets", "reach_sockets", seconds=2.0),
    Wall("starting programs", "start_programs"),
    Wall("calls of the kernel", "ask_the_kernel"),
    Wall("memory of one process", "take_memory", raised=("MemoryError",), ended=(Reason.MEMORY,)),
    Wall("memory of all together", "take_memory_together", ended=(Reason.MEMORY,), seconds=2.0),
    Wall("number of processes", "fork_without_end", seconds=2.0),
    Wall("disk", "fill_the_disk", raised=("OSError",), ended=(Reason.DISK,)),
    Wall("output", "print_without_end", ended=(Reason.OUTPUT,)),
    Wall(
        "size of an answer",
        "answer_without_end",
        raised=("MemoryError", "ValueError"),
        ended=(Reason.GARBAGE, Reason.CRASHED),
    ),
    Wall("time", "hang", ended=(Reason.HUNG,)),
    Wall("living on afterwards", "live_on", seconds=2.0),
)
