import os
import socket
from pathlib import Path

import pytest

from grader.errors import IntakeError
from grader.intake import MAX_SOURCE_BYTES, read_bounded
from grader.intake.opening import chunks_of, list_folder


def test_a_file_is_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_bytes(b"\x00\r\n\xff")
    assert read_bounded(tmp_path / "x.py") == b"\x00\r\n\xff"


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "reference.py").write_text("full marks")
    (tmp_path / "x.py").symlink_to(tmp_path / "reference.py")
    with pytest.raises(IntakeError, match=r"x\.py: a link, and links are not followed"):
        read_bounded(tmp_path / "x.py")


def test_a_pipe_does_not_block_and_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.py")
    with pytest.raises(IntakeError, match="not a regular file"):
        read_bounded(tmp_path / "x.py")


def test_a_folder_named_as_a_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "x.py").mkdir()
    with pytest.raises(IntakeError, match="not a regular file"):
        read_bounded(tmp_path / "x.py")


def test_a_missing_file_is_an_error_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match=r"x\.py: cannot be read \(No such file"):
        read_bounded(tmp_path / "x.py")


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_bytes(b" " * MAX_SOURCE_BYTES)
    assert len(read_bounded(tmp_path / "x.py")) == MAX_SOURCE_BYTES
    (tmp_path / "x.py").write_bytes(b" " * (MAX_SOURCE_BYTES + 1))
    with pytest.raises(IntakeError, match=r"2,097,153 bytes; at most 2,097,152 are read"):
        read_bounded(tmp_path / "x.py")


def test_a_sparse_file_of_a_terabyte_costs_no_memory(tmp_path: Path) -> None:
    with (tmp_path / "x.py").open("wb") as stream:
        stream.truncate(1 << 40)
    with pytest.raises(IntakeError, match=r"1,099,511,627,776 bytes"):
        read_bounded(tmp_path / "x.py")


def test_a_socket_is_not_read(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "x.py"))
        with pytest.raises(IntakeError, match="not a regular file"):
            read_bounded(tmp_path / "x.py")


def test_a_folder_on_the_way_that_became_a_link_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "x.py").write_text("full marks")
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "ada").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(IntakeError, match=r"x\.py: cannot be read"):
        read_bounded(tmp_path / "class" / "ada" / "x.py", below=tmp_path / "class")
    with pytest.raises(NotADirectoryError):
        list_folder(tmp_path / "class" / "ada", 10, below=tmp_path / "class")


def test_the_folder_that_was_named_may_itself_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "x.py").write_bytes(b"1")
    (tmp_path / "week-1").symlink_to(tmp_path / "class")
    below = tmp_path / "week-1"
    assert read_bounded(below / "x.py", below=below) == b"1"
    assert [entry.name for entry in list_folder(below, 10)[0]] == ["x.py"]


def test_a_file_with_another_name_on_the_disk_is_read_only_where_somebody_named_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "reference.py").write_bytes(b"full marks")
    (tmp_path / "ada").mkdir()
    linked = tmp_path / "ada" / "x.py"
    linked.hardlink_to(tmp_path / "reference.py")
    assert read_bounded(linked) == b"full marks"
    with pytest.raises(IntakeError, match=r"another name somewhere on this disk \(a hard link\)"):
        read_bounded(linked, below=tmp_path)


def test_a_file_that_grows_while_it_is_read_is_not_read_for_ever(tmp_path: Path) -> None:
    path = tmp_path / "x.py"
    path.write_bytes(b" ")
    chunks = chunks_of(path, 1 << 20)
    assert next(chunks) == b" "
    with path.open("ab") as stream:
        stream.write(b" " * (1 << 20))
    with pytest.raises(IntakeError, match=r"1,048,577 bytes; at most 1,048,576"):
        next(chunks)


def test_a_folder_with_more_entries_than_are_looked_at_says_so(tmp_path: Path) -> None:
    for name in "cab":
        (tmp_path / name).touch()
    entries, has_more = list_folder(tmp_path, 3)
    assert ([entry.name for entry in entries], has_more) == (["a", "b", "c"], False)
    entries, has_more = list_folder(tmp_path, 2)
    assert (len(entries), has_more) == (2, True)


def test_what_was_open_on_the_way_is_closed(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "x.py").write_bytes(b"1")
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        read_bounded(tmp_path / "a" / "b" / "x.py", below=tmp_path)
        with pytest.raises(IntakeError):
            read_bounded(tmp_path / "a" / "b" / "y.py", below=tmp_path)
        list_folder(tmp_path / "a" / "b", 10, below=tmp_path)
    assert len(list(Path("/proc/self/fd").iterdir())) == before
