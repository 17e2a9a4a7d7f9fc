from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox import memory
from grader.sandbox.memory import MemoryGroup


@pytest.fixture
def group() -> Iterator[MemoryGroup]:
    made = MemoryGroup.create(64 << 20)
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


def test_a_removed_group_is_gone_with_what_ran_in_it(group: MemoryGroup) -> None:
    sleeper = subprocess.Popen(["sleep", "60"])
    group.add(sleeper.pid)
    group.remove()
    assert sleeper.wait(10) == -signal.SIGKILL
    assert not group._folder.exists()


def test_groups_of_a_grader_that_was_killed_are_swept_up(group: MemoryGroup) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    left = group._folder.with_name(f"grade-{ended.pid}-0")
    left.mkdir()
    sleeper = subprocess.Popen(["sleep", "60"])
    (left / "cgroup.procs").write_text(str(sleeper.pid))
    memory.sweep()
    assert sleeper.wait(10) == -signal.SIGKILL
    assert not left.exists()
    assert group._folder.is_dir()


class Tree:
    """The files of version 2 as systemd delegates them; a copy, for few machines have the real."""

    def __init__(self, top: Path, own: str) -> None:
        self.top = top / "cgroup"
        for folder in (self.top / own, *(self.top / own).parents):
            if folder.is_relative_to(self.top):
                folder.mkdir(parents=True, exist_ok=True)
                for name in ("cgroup.procs", "cgroup.subtree_control"):
                    (folder / name).write_text("")
        self.said = top / "own"
        self.said.write_text(f"0::/{own}\n")

    def use(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(memory, "_V2", self.top)
        monkeypatch.setattr(memory, "_OWN", self.said)
        monkeypatch.setattr(memory, "_REMOVE_SECONDS", 0.0)


def test_version_2_bounds_memory_and_swap_beside_ones_own_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = Tree(tmp_path, "user.slice/app.slice/run-7.scope")
    tree.use(monkeypatch)
    group = MemoryGroup.create(64 << 20)
    assert group is not None
    parent = tree.top / "user.slice/app.slice"  # a group that has processes hands nothing down
    assert group._folder.parent == parent
    assert (parent / "cgroup.subtree_control").read_text() == "+memory"
    assert (group._folder / "memory.max").read_text() == str(64 << 20)

    group.add(4711)
    assert (group._folder / "cgroup.procs").read_text() == "4711"
    assert group.out_of_memory_kills() == 0
    (group._folder / "memory.events").write_text("low 0\nhigh 0\nmax 41\noom 2\noom_kill 2\n")
    assert group.out_of_memory_kills() == 2


def test_version_2_counts_swap_as_memory_where_the_kernel_accounts_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Tree(tmp_path, "a/b").use(monkeypatch)
    made = Path.mkdir

    def mkdir(folder: Path) -> None:
        made(folder)
        (folder / "memory.swap.max").write_text("max")

    monkeypatch.setattr(Path, "mkdir", mkdir)
    group = MemoryGroup.create(1 << 20)
    assert group is not None
    assert (group._folder / "memory.swap.max").read_text() == "0"


def test_version_2_ends_all_processes_of_a_group_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = Tree(tmp_path, "a/b")
    tree.use(monkeypatch)
    monkeypatch.setattr(memory, "_REMOVE_SECONDS", 0.02)
    group = MemoryGroup.create(1 << 20)
    assert group is not None
    (group._folder / "cgroup.kill").write_text("")
    group.remove()
    assert (group._folder / "cgroup.kill").read_text() == "1"


def test_without_a_group_that_may_be_changed_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As in most containers: the machine's own tree is not to be seen.
    said = tmp_path / "own"
    said.write_text("0::/\n")
    monkeypatch.setattr(memory, "_OWN", said)
    monkeypatch.setattr(memory, "_V2", tmp_path / "nowhere")
    assert MemoryGroup.create(1 << 20) is None
