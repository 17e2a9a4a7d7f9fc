from __future__ import annotations

import os
import subprocess
import sys

import msgspec
import pytest

from grader.siege.findings import Siege
from grader.siege.walls import WALLS, Wall
from grader.worker.answers import Answer
from grader.worker.endings import Ended, Reason
from grader.worker.invoke import Observation
from grader.worker.messages import Expired, Raised
from tests import machine, unprivileged
from tests.hostile import detectors

LAY = """
import sys, msgspec
from grader.records import Tier
from grader.siege.lay import lay_siege
sys.stdout.buffer.write(msgspec.json.encode(lay_siege([Tier.NONE])[0]))
"""
OPEN_WITHOUT_A_SANDBOX = {
    "hidden files",
    "files of others",
    "the grader's process",
    "network and sockets",
    "starting programs",
    "calls of the kernel",
    "number of processes",
}


def test_without_a_sandbox_the_same_attacks_come_through() -> None:
    """Else a siege that nothing came of would prove nothing."""
    command = [sys.executable, "-c", LAY]
    if os.geteuid() == 0:  # never as root without a sandbox
        if (reason := unprivileged.why_not()) is not None:
            machine.skip(reason)
        command = unprivileged.as_nobody(command)
    segments = detectors.standing()["System V shm"]
    done = subprocess.run(command, capture_output=True, check=True, cwd="/")
    assert detectors.standing()["System V shm"] <= segments
    siege = msgspec.json.decode(done.stdout, type=Siege)
    assert [finding.wall for finding in siege.findings] == [wall.name for wall in WALLS]
    broken = {finding.wall: finding.detail for finding in siege.findings if not finding.holds}
    assert broken.keys() >= OPEN_WITHOUT_A_SANDBOX
    assert not siege.holds
    assert broken["files of others"] == "a file outside was changed"
    assert broken["network and sockets"] == "reached: tcp, udp, abstract, unix"


FLOOD = Wall("disk", "fill_the_disk", raised=("OSError",), ended=(Reason.DISK,))
PROBE = Wall("hidden files", "read_files")


@pytest.mark.parametrize(
    ("wall", "answer", "expected"),
    [
        (PROBE, Observation([], (), (), {}), None),
        (PROBE, Observation(["open it"], (), (), {}), "came through: open it"),
        (PROBE, Raised(1, ("OSError",), "no", 1, "", False), "could not be tried: OSError: no"),
        (PROBE, Expired(1, 3), "could not be tried in time"),
        (PROBE, Ended(Reason.CRASHED), "ended otherwise than it should: crashed"),
        (FLOOD, Ended(Reason.DISK), None),
        (FLOOD, Raised(1, ("OSError", "Exception"), "full", 1, "", False), None),
        (FLOOD, Observation(["32 MiB"], (), (), {}), "came through: 32 MiB"),
        (FLOOD, Ended(Reason.HUNG), "ended otherwise than it should: hung"),
    ],
)
def test_a_wall_holds_only_if_the_attack_ended_as_it_should(
    wall: Wall, answer: Answer, expected: str | None
) -> None:
    assert wall.breach(answer) == expected
