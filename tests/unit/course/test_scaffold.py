import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course import find_regions, load_course, make_stub
from grader.course.scaffold import plan_exercise, write_exercise
from grader.errors import UsageError

MakeCourse = Callable[..., Path]

COMMENTED = """# The course.
name = "small"
title = "A small course"
version = "1.0"
exercises = [
    "bends",  # the first
]  # in order

[limits]
call_seconds = 3.0
"""


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def begin(root: Path, name: str) -> None:
    course = load_course(root)
    write_exercise(course, name, plan_exercise(course, name))


def test_a_new_exercise_is_whole_and_stands_last(make_course: MakeCourse) -> None:
    root = make_course()
    begin(root, "two_maps")
    course = load_course(root)
    assert [exercise.name for exercise in course.exercises] == ["bends", "two_maps"]
    exercise = course.exercises[-1]
    assert exercise.title == "Two maps"
    assert not exercise.is_released
    text = exercise.reference_path.read_text()
    assert make_stub(text, "two_maps.py", [each.name for each in exercise.functions]) != text
    assert len(find_regions(text, "two_maps.py")) == len(exercise.functions)
    assert len(exercise.misconception_paths) == 1
    assert "grade check two_maps" in exercise.readme_path.read_text()
    assert "$" not in "".join(content.decode() for content in contents(exercise.folder).values())


def test_comments_and_everything_else_in_course_toml_are_kept(make_course: MakeCourse) -> None:
    root = make_course({"course.toml": COMMENTED})
    begin(root, "maps")
    expected = COMMENTED.replace(
        '    "bends",  # the first\n', '    "bends",  # the first\n    "maps",\n'
    )
    assert (root / "course.toml").read_text() == expected


def test_line_ends_and_permissions_of_course_toml_are_kept(make_course: MakeCourse) -> None:
    root = make_course({"course.toml": COMMENTED.replace("\n", "\r\n")})
    (root / "course.toml").chmod(0o640)
    begin(root, "maps")
    written = (root / "course.toml").read_bytes()
    assert written.count(b"\r\n") == written.count(b"\n")
    assert stat.S_IMODE((root / "course.toml").stat().st_mode) == 0o640


def test_two_new_exercises_do_not_disturb_each_other(make_course: MakeCourse) -> None:
    root = make_course()
    begin(root, "maps")
    begin(root, "routes")
    assert [each.name for each in load_course(root).exercises] == ["bends", "maps", "routes"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Maps", "`Maps` cannot be .* a small letter followed by small letters, digits and `_`"),
        ("2d", "cannot be the name"),
        ("maps-2", "cannot be the name"),
        ("../maps", "cannot be the name"),
        ("", "cannot be the name"),
        ("lambda", "no word of Python's own"),
        ("test_maps", "does not begin with `test_`"),
        ("random", "beside a file random.py, `import random` would bring that file"),
        ("torch", "`import torch` would bring that file"),
        ("bends", "bends: is there already, and is left as it is"),
        ("notes", "notes: is there already, and is left as it is"),
        ("curves", "a file `curves.py` belongs to the exercise `bends` already"),
    ],
)
def test_a_name_that_cannot_be_is_refused(make_course: MakeCourse, name: str, message: str) -> None:
    toml = 'title = "Bends"\nfile = "curves.py"\n[functions.relu]\npoints = 1\n'
    root = make_course({"bends/exercise.toml": toml, "bends/curves.py": "", "notes/idea.txt": ""})
    before = contents(root)
    with pytest.raises(UsageError, match=message):
        begin(root, name)
    assert contents(root) == before


def test_nothing_is_begun_in_the_students_copy(make_course: MakeCourse) -> None:
    root = make_course({"bends/test_hidden.py": None})
    with pytest.raises(UsageError, match="it is the students' copy"):
        begin(root, "maps")


def test_nothing_is_left_when_the_folder_cannot_be_made(make_course: MakeCourse) -> None:
    root = make_course()
    before = contents(root)
    with pytest.raises(UsageError, match=r"cannot be written .*, and nothing was"):
        begin(root, "m" * 300)  # longer than a file system allows
    assert contents(root) == before


def test_nothing_is_left_when_course_toml_cannot_be_replaced(make_course: MakeCourse) -> None:
    root = make_course()
    course = load_course(root)
    planned = plan_exercise(course, "maps")
    (root / "course.toml").unlink()
    (root / "course.toml").mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        write_exercise(course, "maps", planned)
    assert sorted(path.name for path in root.iterdir()) == ["bends", "course.toml"]
