from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from grader.sandbox.memory import MemoryGroup


@pytest.fixture
def group() -> Iterator[MemoryGroup]:
    made = MemoryGroup.create(f"grade-test-{os.getpid()}", 64 << 20)
    if made is None:
        pytest.skip("this process may not make a memory cgroup")
    yield made
    made.remove()


def take(size_bytes: int, group: MemoryGroup) -> int:
    """The exit code of a child in the group that takes so much memory."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.read(reading, 1)
        os._exit(0 if bytearray(b"x" * size_bytes) else 1)
    group.add(pid)
    os.write(writing, b"!")
    os.close(reading)
    os.close(writing)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def test_a_process_that_takes_too_much_is_killed_and_counted(group: MemoryGroup) -> None:
    assert group.out_of_memory_kills() == 0
    assert take(200 << 20, group) == -signal.SIGKILL
    assert group.out_of_memory_kills() >= 1


def test_a_process_within_the_limit_is_left_alone(group: MemoryGroup) -> None:
    assert take(1 << 20, group) == 0
    assert group.out_of_memory_kills() == 0


def test_a_removed_group_can_be_made_again(group: MemoryGroup) -> None:
    group.remove()
    again = MemoryGroup.create(f"grade-test-{os.getpid()}", 64 << 20)
    assert again is not None
    again.remove()


def test_a_group_of_a_name_that_is_taken_is_not_made(group: MemoryGroup) -> None:
    assert group
    assert MemoryGroup.create(f"grade-test-{os.getpid()}", 64 << 20) is None
