from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.sandbox import privileges, seccomp

if not hasattr(os, "memfd_create"):
    pytest.skip("seccomp is Linux's", allow_module_level=True)


def filtered(action: Callable[[], object], **options: bool) -> str:
    """What becomes of `action` in a child under the filter: "done", or an exception's name."""
    program = seccomp.compile_filter(**options)
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        answer = "nothing"
        try:
            privileges.forbid_new_privileges()
            seccomp.load(program)
            action()
            answer = "done"
        except OSError as error:
            answer = type(error).__name__
        finally:
            os.write(writing, answer.encode())
            os._exit(0)
    os.close(writing)
    os.waitpid(pid, 0)
    try:
        return os.read(reading, 100).decode()
    finally:
        os.close(reading)


def test_a_signal_to_another_needs_a_wall_of_its_own() -> None:
    def send() -> None:
        os.kill(os.getppid(), 0)

    # Signal 0 asks for permission and sends nothing.
    assert filtered(send, has_own_files=False, has_own_signals=False) == "PermissionError"
    assert filtered(send, has_own_files=False, has_own_signals=True) == "done"


def test_without_that_wall_not_even_oneself_is_signalled() -> None:
    def send() -> None:
        signal.raise_signal(signal.SIGURG)

    assert filtered(send, has_own_files=False, has_own_signals=False) == "PermissionError"


def test_modes_and_times_change_only_where_all_files_in_sight_are_the_workers(
    tmp_path: Path,
) -> None:
    file = tmp_path / "file"
    file.write_text("text")
    actions: list[Callable[[], object]] = [
        lambda: file.chmod(0o600),
        lambda: os.utime(file),
        lambda: os.truncate(file, 1),
    ]
    for action in actions:
        assert filtered(action, has_own_files=False, has_own_signals=False) == "PermissionError"
        assert filtered(action, has_own_files=True, has_own_signals=False) == "done"


def test_the_filter_is_small_enough_to_load_in_no_time() -> None:
    program = seccomp.compile_filter(has_own_files=True, has_own_signals=True)
    assert len(program) % 8 == 0
    assert 100 < len(program) // 8 < 400


def test_compiling_twice_gives_the_same_filter() -> None:
    first, second = (
        seccomp.compile_filter(has_own_files=True, has_own_signals=True) for _ in range(2)
    )
    assert first == second
