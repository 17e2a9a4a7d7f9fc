import io
import zipfile

from grader.intake import pack


def packed(created_at: str = "2025-01-01T12:00:00Z") -> bytes:
    return pack(
        {"activations": ("activations.py", b"x = 1\n"), "learning": ("learning.py", b"")},
        student="Zoë",
        course="intro",
        created_at=created_at,
        grade_version="0.1.0",
    )


def test_packing_is_deterministic() -> None:
    assert packed() == packed()
    assert packed() != packed("2025-01-01T12:00:01Z")


def test_a_packed_submission_is_an_ordinary_zip_with_readable_files() -> None:
    with zipfile.ZipFile(io.BytesIO(packed())) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["manifest.json", "activations.py", "learning.py"]
        assert archive.read("activations.py") == b"x = 1\n"
        assert "Zoë" in archive.read("manifest.json").decode()
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o100644}
