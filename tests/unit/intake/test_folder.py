import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from grader.course import Course
from grader.errors import IntakeError
from grader.intake import SubmissionRef, discover, pack

Write = Callable[[Mapping[str, bytes]], Path]
Zipped = Callable[[Mapping[str, bytes]], bytes]


def found(path: Path, course: Course) -> dict[tuple[str, str], SubmissionRef]:
    return {(each.student, each.exercise): each for each in discover(path, course)}


def packed(
    student: str,
    source: bytes = b"packed",
    name: str = "activations.py",
    created_at: str = "2025-01-01T12:00:00Z",
) -> bytes:
    return pack(
        {"activations": (name, source)},
        student=student,
        course="intro",
        created_at=created_at,
        grade_version="0.1.0",
    )


def test_every_student_gets_a_reference_for_every_exercise(course: Course, write: Write) -> None:
    path = write(
        {
            "grace/train_it.py": b"grace",
            "ada/activations.py": b"ada",
            "ada/train_it.py": b"ada 2",
            "ada/notes.txt": b"",
            "README.md": b"",
        }
    )
    (path / "empty").mkdir()
    refs = discover(path, course)
    assert [(each.student, each.exercise) for each in refs] == [
        ("ada", "activations"),
        ("ada", "learning"),
        ("empty", "activations"),
        ("empty", "learning"),
        ("grace", "activations"),
        ("grace", "learning"),
    ]
    sources = [each.read().source for each in refs]
    assert sources == [b"ada", b"ada 2", None, None, None, b"grace"]
    assert all(each.notes == () for each in refs)
    assert refs[4].read().filename == "activations.py"


def test_only_the_exercises_asked_for_are_looked_for(course: Course, write: Write) -> None:
    path = write({"ada/activations.py": b"", "grace/train_it.py": b""})
    refs = discover(path, course, exercises=["learning"])
    assert [(each.student, each.path is None) for each in refs] == [("ada", True), ("grace", False)]


@pytest.mark.parametrize(
    "name",
    [
        "ada/submission/activations.py",
        "ada/exercises/activations/activations.py",
        "ada/submission/exercises/activations/activations.py",
    ],
)
def test_a_file_may_lie_deeper(course: Course, write: Write, name: str) -> None:
    ref = found(write({name: b"deep"}), course)["ada", "activations"]
    assert ref.read().source == b"deep"
    assert ref.notes == ()


def test_the_shallowest_file_then_the_exact_name_then_the_latest_copy_is_taken(
    course: Course, write: Write
) -> None:
    path = write(
        {
            "ada/old/activations.py": b"deep",
            "ada/activations.py": b"exact",
            "ada/activations (2).py": b"copy",
            "grace/activations-1.py": b"first",
            "grace/activations-2.py": b"second",
        }
    )
    refs = found(path, course)
    assert refs["ada", "activations"].read().source == b"exact"
    assert refs["ada", "activations"].notes == (
        "Taken from 3 files; not graded: `activations (2).py`, `activations.py`.",
    )
    assert refs["grace", "activations"].read().source == b"second"
    assert refs["grace", "activations"].notes[0] == (
        "Read from `activations-2.py`; the exercise asks for `activations.py`."
    )


def test_packed_submissions_are_read_wherever_they_lie(course: Course, write: Write) -> None:
    path = write(
        {
            "ada/submission.zip": packed("ada"),
            "grace.zip": packed("grace"),
            "submission (1).zip": packed("emmy"),
            "noetheremmy_LATE_1_2_submission-3.zip": packed("noetheremmy"),
        }
    )
    refs = found(path, course)
    assert {student for student, _ in refs} == {"ada", "grace", "emmy", "noetheremmy"}
    for student in ("ada", "grace", "emmy", "noetheremmy"):
        submission = refs[student, "activations"].read()
        assert (submission.source, submission.notes) == (b"packed", ())


def test_a_zip_without_a_manifest_is_named_for_its_student(
    course: Course, write: Write, zipped: Zipped
) -> None:
    path = write({"ada.zip": zipped({"work/Activations.py": b"1", "__MACOSX/activations.py": b""})})
    ref = found(path, course)["ada", "activations"]
    assert ref.read().source == b"1"
    assert ref.read().notes == (
        "Read from `work/Activations.py in ada.zip`; the exercise asks for `activations.py`.",
    )


def test_the_folder_says_whose_it_is_not_the_manifest(course: Course, write: Write) -> None:
    refs = found(write({"mallory/submission.zip": packed("ada")}), course)
    assert set(refs) == {("mallory", "activations"), ("mallory", "learning")}
    assert refs["mallory", "activations"].notes == (
        "`submission.zip` says it was packed by `ada`.",
    )


def test_a_file_changed_after_packing_is_noted(
    course: Course, write: Write, zipped: Zipped
) -> None:
    manifest = (
        b'{"student": "ada", "course": "intro", "created_at": "", "grade_version": "",'
        b'"files": [{"exercise": "activations", "path": "activations.py", "sha256": "00"}]}'
    )
    path = write({"ada.zip": zipped({"manifest.json": manifest, "activations.py": b"2"})})
    ref = found(path, course)["ada", "activations"]
    assert ref.notes == ()
    assert ref.read().notes == ("The file was changed after `grade submit` packed it.",)


def test_canvas_downloads_are_sorted_by_student(course: Course, write: Write) -> None:
    path = write(
        {
            "smithjohn_12_34_activations-1.py": b"old",
            "smithjohn_12_35_activations-2.py": b"new",
            "smithjohn_12_36_train_it.py": b"learning",
            "doejane_LATE_13_34_activations.py": b"late",
        }
    )
    refs = found(path, course)
    assert refs["smithjohn", "activations"].read().source == b"new"
    assert refs["smithjohn", "learning"].read().source == b"learning"
    assert refs["doejane", "activations"].read().source == b"late"


def test_a_file_and_a_folder_of_one_student_come_together(course: Course, write: Write) -> None:
    path = write({"ada/train_it.py": b"1", "ada.zip": packed("ada")})
    refs = found(path, course)
    assert refs["ada", "learning"].read().source == b"1"
    assert refs["ada", "activations"].read().source == b"packed"


def test_what_cannot_be_read_costs_only_itself(course: Course, write: Write) -> None:
    path = write(
        {
            "ada/activations.py": b"fine",
            "broken.zip": b"PK not a zip",
            "huge/activations.py": b" " * (3 << 20),
        }
    )
    (path / "eve").mkdir()
    (path / "eve" / "activations.py").symlink_to(path / "ada" / "activations.py")
    (path / "mallory").symlink_to(path / "ada")
    refs = found(path, course)
    assert refs["ada", "activations"].read().source == b"fine"
    for student, message in [
        ("broken", r"broken\.zip: not a zip file"),
        ("huge", r"3,145,728 bytes"),
        ("eve", r"a link, and links are not followed"),
        ("mallory", r"`mallory` is a link to a folder"),
    ]:
        with pytest.raises(IntakeError, match=message):
            refs[student, "activations"].read()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open every folder")
def test_a_folder_that_cannot_be_opened_is_a_problem_not_a_missing_file(
    course: Course, write: Write
) -> None:
    path = write({"ada/activations.py": b"", "grace/activations.py": b""})
    (path / "ada").chmod(0)
    try:
        refs = found(path, course)
    finally:
        (path / "ada").chmod(0o755)
    with pytest.raises(IntakeError, match="The folder `ada` cannot be opened"):
        refs["ada", "activations"].read()


def test_more_files_than_are_looked_at_are_a_problem_not_a_missing_file(
    course: Course, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.intake.search.MAX_ENTRIES", 3)
    path = write({f"ada/{number}.txt": b"" for number in range(4)} | {"bob/activations.py": b""})
    with pytest.raises(IntakeError, match="More than 3 files; not all of them were looked at"):
        found(path, course)["ada", "activations"].read()


def test_a_file_of_nobody_is_seen(course: Course, write: Write) -> None:
    refs = found(write({"activations.py": b"", "ada/activations.py": b""}), course)
    with pytest.raises(IntakeError, match="nobody knows whose it is"):
        refs["unnamed", "activations"].read()


def test_students_whose_names_are_made_equal_stay_apart(course: Course, write: Write) -> None:
    path = write({"Ada/activations.py": b"1", "ada/activations.py": b"2"})
    write({"a\u202eda/activations.py": b"3"})
    refs = found(path, course)
    assert {student for student, _ in refs} == {"Ada", "ada-2", "ada-3"}
    sources = {each.read().source for each in refs.values()} - {None}
    assert sources == {b"1", b"2", b"3"}
    assert "Another student is named `ada` too" in refs["ada-2", "activations"].notes[0]


def test_who_has_a_name_as_it_is_keeps_it_from_one_that_is_read_before(
    course: Course, write: Write
) -> None:
    path = write({"\x07ada/activations.py": b"1", "zoe\u0308/activations.py": b"2"})
    write({"ada/activations.py": b"3", "zo\u00eb/activations.py": b"4"})
    refs = found(path, course)
    assert refs["ada", "activations"].read().source == b"3"
    assert refs["zo\u00eb", "activations"].read().source == b"4"


@pytest.mark.parametrize(
    "files", [{}, {"notes.txt": b""}, {"ada/notes.txt": b""}, {".x/a.py": b""}]
)
def test_a_folder_without_submissions_is_an_error_that_shows_the_layout(
    course: Course, write: Write, files: dict[str, bytes]
) -> None:
    with pytest.raises(IntakeError, match=r"no submissions in it(.|\n)*ada/activations\.py"):
        discover(write(files), course)


def test_a_path_that_is_no_folder_is_an_error(course: Course, write: Write) -> None:
    path = write({"ada/activations.py": b"", "class.zip": b""})
    with pytest.raises(IntakeError, match=r"not a folder that can be read \(No such file"):
        discover(path / "nowhere", course)
    with pytest.raises(IntakeError, match=r"not a folder that can be read \(Not a directory"):
        discover(path / "ada" / "activations.py", course)
    with pytest.raises(IntakeError, match="Unpack it"):
        discover(path / "class.zip", course)


def test_finding_reads_no_source_file(course: Course, write: Write) -> None:
    path = write({"ada/activations.py": b"1"})
    (ref,) = discover(path, course, exercises=["activations"])
    (path / "ada" / "activations.py").write_bytes(b"2")
    assert ref.read().source == b"2"


def notebook(*cells: str) -> bytes:
    document = {"cells": [{"cell_type": "code", "source": cell} for cell in cells], "nbformat": 4}
    return json.dumps(document).encode()


DONE = "def relu(x):\n    return x"
STUB = "def relu(x):\n    raise NotImplementedError\ndef tanh(x):\n    raise NotImplementedError"
BOTH = "There are `activations.ipynb` and `activations.py`. Taken: "


def test_a_notebook_is_taken_as_a_file_is(course: Course, write: Write) -> None:
    path = write(
        {
            "ada/deep/activations.ipynb": notebook(DONE),
            "alan/Activations (1).ipynb": notebook(DONE),
            "eve/learning.py": b"",
        }
    )
    refs = found(path, course)
    assert refs["ada", "activations"].read().source == notebook(DONE)
    assert refs["ada", "activations"].read().notes == ()
    assert refs["ada", "activations"].may_be_notebook
    assert refs["alan", "activations"].read().notes == (
        "Read from `Activations (1).ipynb`; the exercise asks for `activations.ipynb`.",
    )
    assert not refs["eve", "learning"].may_be_notebook
    assert not refs["eve", "activations"].may_be_notebook


@pytest.mark.parametrize(
    ("cells", "text", "taken", "why"),
    [
        (DONE, DONE, "activations.ipynb", "where there are both, the notebook counts"),
        (DONE, STUB, "activations.ipynb", "no function is written in `activations.py` yet"),
        (STUB, DONE, "activations.py", "no function is written in `activations.ipynb` yet"),
        (STUB, STUB, "activations.ipynb", "no function is written in either yet"),
        ("1 + 1", DONE, "activations.py", "no function is written in `activations.ipynb` yet"),
        (DONE, "", "activations.ipynb", "no function is written in `activations.py` yet"),
        (STUB, "def relu(x:", "activations.py", "no function is written in `activations.ipynb`"),
    ],
)
def test_of_a_notebook_and_a_file_the_one_that_was_worked_on_is_taken(
    course: Course, write: Write, cells: str, text: str, taken: str, why: str
) -> None:
    path = write({"ada/activations.ipynb": notebook(cells), "ada/activations.py": text.encode()})
    (ref,) = discover(path, course, ["activations"])
    assert ref.may_be_notebook
    submission = ref.read()
    assert submission.filename == taken
    (note,) = submission.notes
    assert note.startswith(f"{BOTH}`{taken}`, for {why}")


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (notebook(DONE)[:-5], "The notebook ends in the middle"),
        (b" " * (65 << 20), "68,157,440 bytes; at most 67,108,864 are read"),
    ],
)
def test_a_notebook_that_cannot_be_read_loses_against_a_file_that_was_worked_on_alone(
    course: Course, write: Write, broken: bytes, why: str
) -> None:
    path = write(
        {
            "ada/activations.ipynb": broken,
            "ada/activations.py": DONE.encode(),
            "bob/activations.ipynb": broken,
            "bob/activations.py": STUB.encode(),
        }
    )
    refs = found(path, course)
    submission = refs["ada", "activations"].read()
    assert submission.source == DONE.encode()
    (note,) = submission.notes
    assert note.startswith(f"{BOTH}`activations.py`, for `activations.ipynb` cannot be read: {why}")
    assert str(path) not in note
    try:
        assert refs["bob", "activations"].read().source == broken
    except IntakeError as error:
        assert why in str(error)  # noqa: PT017 - which of the two it is depends on the case


@pytest.mark.parametrize(
    ("notebook_at", "file_at", "taken", "why"),
    [
        ("2025-01-01T12:00:00Z", "2025-01-01T12:00:01Z", "activations.py", "it was packed later"),
        ("2025-01-01T13:00:00", "2025-01-01T14:00:00+02:00", "activations.ipynb", "it was packed"),
        ("2025-01-01T12:00:00Z", "2025-01-01T12:00:00Z", "activations.ipynb", "where there are"),
        ("2025-01-01T12:00:00Z", "yesterday", "activations.ipynb", "where there are both"),
    ],
)
def test_of_two_that_were_packed_the_later_one_is_taken(
    course: Course, write: Write, notebook_at: str, file_at: str, taken: str, why: str
) -> None:
    cells = packed("ada", notebook(DONE), "activations.ipynb", notebook_at)
    file = packed("ada", DONE.encode(), "activations.py", file_at)
    (ref,) = discover(
        write({"ada/submission.zip": cells, "ada/submission (1).zip": file}),
        course,
        ["activations"],
    )
    submission = ref.read()
    assert submission.filename == taken
    assert f"Taken: `{taken}`, for {why}" in submission.notes[-1]


def test_other_copies_of_the_kind_that_was_taken_are_named(course: Course, write: Write) -> None:
    path = write(
        {
            "ada/activations.ipynb": notebook(DONE),
            "ada/activations (1).ipynb": notebook(DONE),
            "ada/.ipynb_checkpoints/activations-checkpoint.ipynb": notebook(DONE),
            "ada/activations.py": STUB.encode(),
        }
    )
    (ref,) = discover(path, course, ["activations"])
    assert ref.read().notes == (
        "Taken from 2 files; not graded: `activations (1).ipynb`.",
        f"{BOTH}`activations.ipynb`, for no function is written in `activations.py` yet.",
    )


def test_nobody_hands_in_for_somebody_whom_a_folder_names(course: Course, write: Write) -> None:
    path = write({"ada/sub/activations.py": b"hers", "submission.zip": packed("ada")})
    refs = found(path, course)
    assert refs["ada", "activations"].read().source == b"hers"
    assert refs["ada-2", "activations"].read().source == b"packed"
    (note,) = refs["ada-2", "activations"].notes
    assert note == (
        "Only the zip itself says whose it is, and another student is named `ada` too; this one is "
        "called `ada-2`."
    )


def test_of_two_names_that_look_the_same_the_plain_one_stays(course: Course, write: Write) -> None:
    path = write({"jose\u0301/activations.py": b"other", "jos\u00e9/activations.py": b"plain"})
    refs = found(path, course)
    assert refs["jos\u00e9", "activations"].read().source == b"plain"
    assert refs["jos\u00e9-2", "activations"].read().source == b"other"


@pytest.mark.parametrize("name", ["work.tar.gz", "work.7Z", "work.rar"])
def test_an_archive_that_is_no_zip_is_a_problem_where_nothing_else_is(
    course: Course, write: Write, name: str
) -> None:
    path = write(
        {f"ada/{name}": b"", f"{name}": b"", f"emmy/{name}": b"", "emmy/activations.py": b""}
    )
    refs = found(path, course)
    for student in ("ada", name.rpartition(".")[0]):
        problem = refs[student, "activations"].problem
        assert problem is not None
        assert f"`{name}` is packed in a way that is not read here" in problem
    assert refs["emmy", "activations"].problem is None
    assert refs["emmy", "activations"].notes == ()


def test_what_lies_too_deep_is_a_problem_where_nothing_else_is(
    course: Course, write: Write, zipped: Zipped
) -> None:
    path = write(
        {
            "ada/1/2/3/4/5/activations.py": b"",
            "emmy/work.zip": zipped({"inner.zip": b"", "deeper/more.rar": b""}),
        }
    )
    refs = found(path, course)
    assert refs["ada", "activations"].problem == "Folders more than 4 deep were not looked into."
    assert refs["emmy", "activations"].problem is not None
    assert "`inner.zip` in `work.zip` is packed once more" in refs["emmy", "activations"].problem


def test_no_more_than_so_many_zips_of_a_student_are_looked_into(
    course: Course, write: Write, zipped: Zipped, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.intake.candidates.MAX_ZIPS", 2)
    path = write({f"ada/{number}.zip": zipped({"activations.py": b"1"}) for number in range(3)})
    (ref,) = discover(path, course, ["activations"])
    assert ref.notes[0] == "Of 3 zip files only 2 were looked into."


def test_a_class_of_more_entries_than_any_has_is_an_error(
    course: Course, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.intake.folder.MAX_STUDENTS", 1)
    with pytest.raises(IntakeError, match="more than 1 entries, which is no class"):
        discover(write({"ada/activations.py": b"", "emmy/activations.py": b""}), course)
