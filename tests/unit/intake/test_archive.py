import io
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.errors import IntakeError
from grader.intake import open_archive, pack, read_member

Zipped = Callable[[Mapping[str, bytes]], bytes]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "submission.zip"


def test_what_submit_packs_is_read_back(path: Path) -> None:
    path.write_bytes(
        pack(
            {"activations": ("activations.py", b"x = 1\n")},
            student="ada",
            course="intro",
            created_at="2025-01-01T12:00:00Z",
            grade_version="0.1.0",
        )
    )
    archive = open_archive(path)
    assert archive.members == ("manifest.json", "activations.py")
    assert archive.manifest is not None
    assert archive.manifest.student == "ada"
    assert archive.manifest.files[0].exercise == "activations"
    assert read_member(path, "activations.py") == b"x = 1\n"


def test_a_zip_without_a_manifest_is_read(path: Path, zipped: Zipped) -> None:
    path.write_bytes(zipped({"a/b.py": b"1", "manifest.txt": b"2"}))
    archive = open_archive(path)
    assert archive.members == ("a/b.py", "manifest.txt")
    assert archive.manifest is None
    assert read_member(path, "a/b.py") == b"1"


@pytest.mark.parametrize("document", [b"", b"{}", b'{"student": 3}', b"[" * 10_000, b"\xff"])
def test_a_manifest_that_is_none_is_no_manifest(
    path: Path, zipped: Zipped, document: bytes
) -> None:
    path.write_bytes(zipped({"manifest.json": document}))
    assert open_archive(path).manifest is None


@pytest.mark.parametrize("name", ["/etc/x.py", "../x.py", "a/../../x.py", "C:/x.py"])
def test_a_name_that_leads_out_is_refused(path: Path, zipped: Zipped, name: str) -> None:
    path.write_bytes(zipped({name: b"1"}))
    with pytest.raises(IntakeError, match="a name that leads out of the archive"):
        open_archive(path)


def test_a_backslash_in_a_name_is_refused(path: Path, zipped: Zipped) -> None:
    path.write_bytes(zipped({"a|x.py": b"1"}).replace(b"a|x.py", b"a\\x.py"))
    with pytest.raises(IntakeError, match="a name that leads out of the archive"):
        open_archive(path)


def test_a_link_is_refused(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        entry = zipfile.ZipInfo("x.py")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(IntakeError, match=r"holds the link `x\.py`"):
        open_archive(path)


def test_a_locked_member_is_refused(path: Path, zipped: Zipped) -> None:
    content = bytearray(zipped({"x.py": b"1"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(IntakeError, match="locked with a password"):
        open_archive(path)


def test_two_members_of_one_name_are_refused(path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("x.py", "1")
            archive.writestr("x.py", "2")
    with pytest.raises(IntakeError, match=r"two files named `x\.py`"):
        open_archive(path)


def test_members_that_share_bytes_are_refused(path: Path, zipped: Zipped) -> None:
    content = bytearray(zipped({"a.py": b"1", "b.py": b"2"}))
    second = content.rindex(b"PK\x01\x02")
    content[second + 42 : second + 46] = struct.pack("<L", 1)
    path.write_bytes(content)
    with pytest.raises(IntakeError, match=r"`a\.py` and `b\.py` overlap in it"):
        open_archive(path)


def test_a_name_of_an_old_desktop_is_as_long_as_its_bytes(path: Path, zipped: Zipped) -> None:
    # One byte per letter in the file, two in UTF-8: no overlap.
    content = zipped({"z?.py": b"1", "y.py": b"2"}).replace(b"z?.py", "zé.py".encode("cp437"))
    path.write_bytes(content)
    assert open_archive(path).members == ("zé.py", "y.py")


def test_an_unusual_compression_is_refused(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("x.py", "1")
    with pytest.raises(IntakeError, match="packed in a way that is not read here"):
        read_member(path, "x.py")


def test_a_bomb_is_refused_before_it_is_inflated(path: Path, zipped: Zipped) -> None:
    path.write_bytes(zipped({"x.py": b"\0" * (1 << 20)}))
    assert path.stat().st_size < 2000
    with pytest.raises(IntakeError, match=r"`x\.py` unpacks to 1,048,576 bytes"):
        read_member(path, "x.py")


def test_a_notebook_may_hold_what_its_cells_have_printed(path: Path, zipped: Zipped) -> None:
    printed = b"0" * (50 << 20)
    path.write_bytes(zipped({"x.ipynb": printed, "y.ipynb": b" " * (65 << 20)}))
    assert read_member(path, "x.ipynb") == printed
    with pytest.raises(IntakeError, match=r"68,157,440 bytes; at most 67,108,864 .* all outputs"):
        read_member(path, "y.ipynb")


def test_a_member_that_lies_about_its_size_is_damaged_not_endless(
    path: Path, zipped: Zipped
) -> None:
    content = bytearray(zipped({"x.py": bytes(range(256)) * 4000}))
    position = content.index(b"PK\x01\x02") + 24
    content[position : position + 4] = struct.pack("<L", 10)
    path.write_bytes(content)
    with pytest.raises(IntakeError, match=r"`x\.py` is damaged"):
        read_member(path, "x.py")


def test_a_damaged_member_costs_only_itself(path: Path, zipped: Zipped) -> None:
    content = zipped({"a.py": b"abcdefgh" * 9, "b.py": b"fine"})
    start = content.index(b"a.py") + 4
    path.write_bytes(content[:start] + b"\xff\xff\xff" + content[start + 3 :])
    assert open_archive(path).members == ("a.py", "b.py")
    with pytest.raises(IntakeError, match=r"`a\.py` is damaged"):
        read_member(path, "a.py")
    assert read_member(path, "b.py") == b"fine"


def test_a_member_that_is_not_there_is_an_error(path: Path, zipped: Zipped) -> None:
    path.write_bytes(zipped({"a.py": b""}))
    with pytest.raises(IntakeError, match=r"holds no file `b\.py`"):
        read_member(path, "b.py")


def test_too_many_members_are_refused_before_they_are_listed(path: Path, zipped: Zipped) -> None:
    path.write_bytes(zipped({f"{number}.py": b"" for number in range(1001)}))
    with pytest.raises(IntakeError, match="holds more than 1000 files"):
        open_archive(path)


def test_a_directory_larger_than_its_count_says_is_refused(path: Path, zipped: Zipped) -> None:
    names = {f"{number}{'n' * 2000}": b"" for number in range(700)}
    path.write_bytes(zipped(names))
    with pytest.raises(IntakeError, match="holds more than 1000 files"):
        open_archive(path)


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip", b"PK\x05\x06" + b"\0" * 17])
def test_what_is_no_zip_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(IntakeError, match="not a zip file"):
        open_archive(path)


def test_a_zip_cut_short_is_refused(path: Path, zipped: Zipped) -> None:
    path.write_bytes(zipped({"a.py": b"x" * 1000})[:-10])
    with pytest.raises(IntakeError, match="only the beginning of one"):
        open_archive(path)


def test_a_name_with_control_characters_is_shown_without_them(path: Path, zipped: Zipped) -> None:
    path.write_bytes(zipped({"../\x1b[31m.py": b"1"}))
    with pytest.raises(IntakeError) as caught:
        open_archive(path)
    assert "\x1b" not in str(caught.value)


def _sample() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", b'{"student": "ada"}')
        archive.writestr("activations.py", b"x = 1\n" * 20)
    return stream.getvalue()


SAMPLE = _sample()


def _changed(changes: list[tuple[int, int]]) -> bytes:
    content = bytearray(SAMPLE)
    for position, value in changes:
        content[position] = value
    return bytes(content)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=200)
    | st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), max_size=6).map(
        _changed
    )
)
def test_any_bytes_give_an_archive_or_an_intake_error(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    try:
        archive = open_archive(path)
        for member in archive.members:
            assert len(read_member(path, member)) <= 2 << 20
    except IntakeError as error:
        assert str(path) in str(error)  # noqa: PT017  (either end is right; an error names the file)
