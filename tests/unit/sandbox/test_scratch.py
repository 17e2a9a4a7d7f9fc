from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.sandbox import scratch
from grader.sandbox.scratch import Scratch

MAKE = """
import sys, tempfile
from grader.sandbox.scratch import Scratch
tempfile.tempdir = sys.argv[1]
print(Scratch.make().path, flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def nest(folder: Path, depth: int) -> None:
    inner = os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.close(os.open("file", os.O_CREAT | os.O_WRONLY, dir_fd=inner))
        os.mkdir("d", dir_fd=inner)
        outer, inner = inner, os.open("d", os.O_RDONLY, dir_fd=inner)
        os.close(outer)
    os.close(inner)


def test_a_tree_deeper_than_any_path_is_removed(tmp_path: Path) -> None:
    made = Scratch.make()
    nest(made.path, 3000)
    made.remove()
    assert list(tmp_path.iterdir()) == []


def test_what_lies_outside_is_not_touched_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "kept").write_text("kept")
    made = Scratch.make()
    (made.path / "inner").mkdir()
    for link in (made.path / "link", made.path / "inner" / "link"):
        link.symlink_to(tmp_path / "outside")
    os.link(tmp_path / "outside" / "kept", made.path / "hard")
    made.remove()
    assert (tmp_path / "outside" / "kept").read_text() == "kept"
    assert [path.name for path in tmp_path.iterdir()] == ["outside"]


def test_folders_without_permissions_and_odd_names_are_removed(tmp_path: Path) -> None:
    made = Scratch.make()
    for name in (b"-rf", b"new\nline", b"\xff", b"a" * 255):
        os.mkdir(os.path.join(os.fsencode(made.path), name))  # noqa: PTH102, PTH118
    (made.path / "outer" / "inner").mkdir(parents=True)
    (made.path / "outer" / "inner" / "file").touch()
    for folder in (made.path / "outer" / "inner", made.path / "outer", made.path):
        folder.chmod(0)
    made.remove()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_swept_up_once_its_maker_has_ended_and_not_before(tmp_path: Path) -> None:
    mine = Scratch.make()
    command = [sys.executable, "-c", MAKE, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as maker:
        assert maker.stdout is not None
        theirs = Path(maker.stdout.readline().strip())
        nest(theirs, 3)
        scratch.sweep()
        assert theirs.is_dir()
        maker.kill()
    scratch.sweep()
    assert not theirs.exists()
    assert mine.path.is_dir()
    mine.remove()


def test_a_link_with_such_a_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "grade-scratch-link").symlink_to(tmp_path / "outside")
    scratch.sweep()
    assert (tmp_path / "grade-scratch-link").is_symlink()
    assert (tmp_path / "outside").is_dir()
