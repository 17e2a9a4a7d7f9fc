from pathlib import Path

import pytest

from grader.course import Drift, Written, check_release, write_release
from grader.errors import UsageError

ANSWERS = "bends/test_public.answers.json"
FILES = {
    ".release.json": b'{"generated": ["README.md", "bends/bends.py", "%s"]}' % ANSWERS.encode(),
    "README.md": b"one\ntwo\n",
    "bends/bends.py": b"x = 1\n",
    ANSWERS: b'{"answers": [1.0, "a", null]}',
}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "exercises"
    write_release(FILES, folder)
    return folder


def is_equal(found: bytes, planned: bytes) -> bool:
    return found == planned


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_release_is_written_and_readable_by_everyone(target: Path) -> None:
    assert contents(target) == FILES
    assert {path.stat().st_mode & 0o777 for path in target.rglob("*") if path.is_file()} == {0o644}
    assert check_release(FILES, target, is_equal) == ()


def test_only_what_changed_is_written_again(target: Path) -> None:
    assert write_release(FILES, target) == Written(changed=(), removed=())
    (target / "README.md").write_bytes(b"mine")
    assert write_release(FILES, target) == Written(changed=("README.md",), removed=())
    assert contents(target) == FILES


def test_files_that_are_no_longer_part_are_removed_with_their_folder(target: Path) -> None:
    fewer = {".release.json": b'{"generated": ["README.md"]}', "README.md": b"one\n"}
    written = write_release(fewer, target)
    assert written.removed == ("bends/bends.py", ANSWERS)
    assert contents(target) == fewer
    assert not (target / "bends").exists()


def test_a_folder_with_foreign_files_is_left_alone(target: Path) -> None:
    (target / "bends" / "notes.txt").write_text("mine")
    before = contents(target)
    with pytest.raises(UsageError, match=r"holds files that no release made: bends/notes\.txt\."):
        write_release({**FILES, "README.md": b"new"}, target)
    assert contents(target) == before


def test_a_folder_that_never_was_a_release_is_left_alone(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"thesis{number:02}.tex").touch()
    with pytest.raises(UsageError, match=r"thesis00\.tex, .* and 2 more"):
        write_release(FILES, tmp_path)


def test_leftovers_of_editors_and_python_are_nobodys_files(target: Path) -> None:
    for name in ["bends/__pycache__/bends.pyc", ".git/HEAD", "bends/.bends.py.swp"]:
        (target / name).parent.mkdir(exist_ok=True)
        (target / name).touch()
    assert check_release(FILES, target, is_equal) == ()
    assert write_release(FILES, target) == Written(changed=(), removed=())
    assert (target / ".git" / "HEAD").exists()


def test_a_target_that_is_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "exercises").touch()
    with pytest.raises(UsageError, match="not a folder"):
        write_release(FILES, tmp_path / "exercises")


def test_a_target_that_cannot_be_written_is_an_error(target: Path) -> None:
    (target / "bends" / "bends.py").unlink()
    (target / "bends" / "bends.py").mkdir()
    with pytest.raises(UsageError, match="the release could not be written"):
        write_release(FILES, target)


def test_drift_is_told_by_kind_path_and_line(target: Path) -> None:
    (target / "README.md").write_bytes(b"one\n2\n")
    (target / "bends" / "bends.py").unlink()
    (target / "bends" / "more.py").touch()
    assert check_release(FILES, target, is_equal) == (
        Drift(kind="changed", path="README.md", detail="line 2"),
        Drift(kind="missing", path="bends/bends.py"),
        Drift(kind="extra", path="bends/more.py"),
    )


def test_a_folder_that_is_not_there_misses_everything(tmp_path: Path) -> None:
    drifts = check_release(FILES, tmp_path / "exercises", is_equal)
    assert {drift.kind for drift in drifts} == {"missing"}
    assert [drift.path for drift in drifts] == sorted(FILES)


def test_recordings_are_compared_as_the_caller_says(target: Path) -> None:
    (target / ANSWERS).write_bytes(b"anything")
    seen = []

    def same(found: bytes, planned: bytes) -> bool:
        seen.append((found, planned))
        return True

    assert check_release(FILES, target, same) == ()
    assert seen == [(b"anything", FILES[ANSWERS])]
    assert check_release(FILES, target, is_equal) == (Drift(kind="changed", path=ANSWERS),)
