"""Saves that are noticed, whenever they come."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.cli.watch import Watch


class Work:
    """One file, to which something may happen each time that it is looked at."""

    def __init__(self, path: Path, *happenings: Callable[[Path], object]) -> None:
        self._path = path
        self._happenings = list(happenings)

    @property
    def paths(self) -> tuple[Path, ...]:
        if self._happenings:
            self._happenings.pop(0)(self._path)
        return (self._path,)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.cli.watch._LOOK_SECONDS", 0.0)


def nothing(_: Path) -> None:
    pass


def write(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(text)


def replace(path: Path) -> None:
    """As most editors save: the old file gives way to another one of its name."""
    other = path.with_suffix(".new")
    other.write_text(path.read_text())
    stat = path.stat()
    os.utime(other, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    other.rename(path)


def test_what_is_saved_while_it_is_read_or_checked_is_checked_again(tmp_path: Path) -> None:
    path = tmp_path / "tensors.py"
    path.write_text("first")
    work = Work(path)
    watch = Watch([work])
    path.write_text("second")  # while it was read, say
    assert watch.wait() == (work,)
    path.write_text("and a third")  # while it was checked
    assert watch.wait() == (work,)


def test_only_those_that_were_saved_are_told(tmp_path: Path) -> None:
    works = [Work(tmp_path / f"{name}.py") for name in ("tensors", "learning", "activations")]
    watch = Watch(works)
    (tmp_path / "learning.py").write_text("a file that was not there")
    assert watch.wait() == (works[1],)


def test_a_file_is_left_alone_until_it_lies_still(tmp_path: Path) -> None:
    path = tmp_path / "tensors.py"
    path.write_text("whole")
    halves = (write(""), write("def"), Path.unlink, write("def double"))
    work = Work(path, nothing, nothing, *halves)
    assert Watch([work]).wait() == (work,)
    assert path.read_text() == "def double"


def test_a_file_replaced_by_one_as_long_and_as_old_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "tensors.py"
    path.write_text("double")
    work = Work(path, nothing, nothing, nothing, replace)
    assert Watch([work]).wait() == (work,)
    assert not work._happenings
