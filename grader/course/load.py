"""`course.toml` and each `exercise.toml` → a `Course`, or an error that names file and key.

This is the border: whatever passes it is trusted by every other layer. A released course keeps
its exercises' settings in course.toml itself, under `[exercise.<name>]`, so that a student's
folder holds nothing but what the student needs.
"""

from __future__ import annotations

import hashlib
import math
import re
from pathlib import Path

import msgspec

from grader.course.files import COURSE_FILE
from grader.course.model import (
    HIDDEN_SUITE,
    Course,
    Equivalent,
    Exercise,
    Function,
    Late,
    NotebookPolicy,
    RecordDevice,
)
from grader.course.suggest import did_you_mean
from grader.course.tables import Table, read_table, typed
from grader.errors import CourseError
from grader.records import Limits

EXERCISE_FILE = "exercise.toml"

_COURSE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
EXERCISE_NAME = re.compile(r"[a-z][a-z0-9_]*")
_DOTTED_NAME = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")
_FILE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\.py")


class _SeedTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    env: str | None = None


class _CourseTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    title: str
    version: str
    exercises: tuple[str, ...]
    limits: dict[str, object] = {}
    seed: _SeedTable = _SeedTable()
    late: dict[str, object] | None = None
    exercise: dict[str, object] = {}


class _ExerciseTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    functions: dict[str, object]
    summary: str = ""
    file: str | None = None
    limits: dict[str, object] = {}
    notebook: NotebookPolicy = NotebookPolicy.RUN
    device: RecordDevice = RecordDevice.CPU
    equivalent: tuple[object, ...] = ()


class _FunctionTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    points: float
    forbidden: tuple[str, ...] = ()


def load_course(root: Path) -> Course:
    """The course in a folder.

    Args:
        root: The folder that holds course.toml.

    Raises:
        CourseError: A file of the course is missing or says something it cannot mean.
    """
    file = root / COURSE_FILE
    table = typed(read_table(file), _CourseTable, file)
    if not _COURSE_NAME.fullmatch(table.name):
        raise CourseError(
            f"{file}: `name` is {table.name!r}; use small letters, digits, `-` and `_` only."
        )
    _check_names(table, root, file)
    limits = _limits({}, table.limits, file, "limits")
    exercises = tuple(_exercise(name, table, root) for name in table.exercises)
    _check_files(exercises)
    _check_whole(exercises)
    return Course(
        name=table.name,
        title=table.title,
        version=table.version,
        root=root,
        exercises=exercises,
        limits=limits,
        seed_env=table.seed.env,
        late=None if table.late is None else _late(table.late, file),
    )


def suite_sha256(exercise: Exercise) -> str:
    """The digest of everything that judges a submission to this exercise.

    Reference, suites, misconceptions, any other file in the exercise's folder, points and limits:
    when one of them changes, earlier results were given by another judge.
    """
    digest = hashlib.sha256()
    rules = msgspec.json.encode((exercise.name, exercise.functions, exercise.limits))
    if exercise.device is not RecordDevice.CPU:
        rules += exercise.device.encode()
    digest.update(hashlib.sha256(rules).digest())
    for path in _judging_files(exercise):
        digest.update(path.relative_to(exercise.folder).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _judging_files(exercise: Exercise) -> list[Path]:
    """In a fixed order; in a released course the student's own file does not judge."""
    if exercise.is_released:
        candidates = [exercise.public_suite_path, exercise.recording_path]
        return [path for path in candidates if path.is_file()]
    return [
        path
        for path in sorted(exercise.folder.rglob("*"))
        if path.is_file() and path != exercise.readme_path and not _is_leftover(path, exercise)
    ]


def _is_leftover(path: Path, exercise: Exercise) -> bool:
    """Whether an editor or Python left this file; it judges nothing."""
    parts = path.relative_to(exercise.folder).parts
    return path.name.endswith("~") or any(
        part.startswith(".") or part == "__pycache__" for part in parts
    )


def _check_names(table: _CourseTable, root: Path, file: Path) -> None:
    if not table.exercises:
        raise CourseError(f"{file}: `exercises` is empty. Name at least one exercise.")
    for index, name in enumerate(table.exercises):
        if not EXERCISE_NAME.fullmatch(name):
            raise CourseError(
                f"{file}: `exercises[{index}]` is {name!r}; an exercise's name is a small letter "
                "followed by small letters, digits and `_`."
            )
        if name in table.exercises[:index]:
            raise CourseError(f"{file}: `exercises` names `{name}` twice. Remove one.")
        if not (root / name).is_dir():
            folders = sorted(path.parent.name for path in root.glob(f"*/{EXERCISE_FILE}"))
            raise CourseError(
                f"{file}: `exercises[{index}]` is `{name}`, but there is no folder {root / name}. "
                f"{did_you_mean(name, folders)}"
            )
    for name in table.exercise:
        if name not in table.exercises:
            raise CourseError(
                f"{file}: `[exercise.{name}]` is not one of `exercises`. "
                f"{did_you_mean(name, table.exercises)}"
            )


def _exercise(name: str, course: _CourseTable, root: Path) -> Exercise:
    folder = root / name
    if name in course.exercise:
        file, at, raw = root / COURSE_FILE, f"exercise.{name}", course.exercise[name]
    else:
        file, at, raw = folder / EXERCISE_FILE, "", read_table(folder / EXERCISE_FILE)
    table = typed(raw, _ExerciseTable, file, at)
    student_file = f"{name}.py" if table.file is None else table.file
    if not _FILE_NAME.fullmatch(student_file) or student_file.startswith("test_"):
        raise CourseError(
            f"{file}: `{_at(at, 'file')}` is {student_file!r}; use the plain name of a Python "
            "file, letters, digits and `_`, that does not start with `test_`."
        )
    return Exercise(
        name=name,
        title=table.title,
        summary=table.summary,
        folder=folder,
        file=student_file,
        functions=_functions(table.functions, file, _at(at, "functions")),
        limits=_limits(course.limits, table.limits, file, _at(at, "limits")),
        notebook=table.notebook,
        device=table.device,
        equivalents=_equivalents(table.equivalent, file, _at(at, "equivalent")),
    )


def _functions(tables: Table, file: Path, at: str) -> tuple[Function, ...]:
    functions = []
    for name, raw in tables.items():
        key = _at(at, name)
        table = typed(raw, _FunctionTable, file, key)
        if not name.isidentifier():
            raise CourseError(f"{file}: `{key}`: {name!r} is not the name of a Python function.")
        if not (math.isfinite(table.points) and table.points >= 0):
            raise CourseError(f"{file}: `{key}.points` is {table.points}; use a number from 0 up.")
        for index, path in enumerate(table.forbidden):
            if not _DOTTED_NAME.fullmatch(path):
                raise CourseError(
                    f"{file}: `{key}.forbidden[{index}]` is {path!r}; write the whole name of what "
                    "is ruled out, like `torch.softmax`."
                )
        functions.append(Function(name=name, points=table.points, forbidden=table.forbidden))
    if not any(function.points > 0 for function in functions):
        raise CourseError(
            f"{file}: no function under `{at}` is worth points. "
            f"Write a table `[{at}.<function>]` with `points` for each."
        )
    return tuple(functions)


def _equivalents(tables: tuple[object, ...], file: Path, at: str) -> tuple[Equivalent, ...]:
    """The explained mutants; whether they still survive is for `grade verify` to say."""
    explained: dict[tuple[str, str], Equivalent] = {}
    for index, raw in enumerate(tables):
        key = f"{at}[{index}]"
        each = typed(raw, Equivalent, file, key)
        if not each.reason.strip():
            raise CourseError(f"{file}: `{key}.reason` is empty. Say why nobody needs to notice.")
        if explained.setdefault((each.function, each.mutant), each) is not each:
            raise CourseError(
                f"{file}: `{key}` explains `{each.mutant}` of `{each.function}` a second time. "
                "Remove one."
            )
    return tuple(explained.values())


def _limits(defaults: Table, given: Table, file: Path, at: str) -> Limits:
    """The limits in `given`, those in `defaults` where it says nothing."""
    typed(given, Limits, file, at)
    limits = typed({**defaults, **given}, Limits, file, at)
    for key in given:
        value = getattr(limits, key)
        if not (math.isfinite(value) and value > 0):
            raise CourseError(f"{file}: `{at}.{key}` is {value}; a limit is a number above 0.")
    return limits


def _check_files(exercises: tuple[Exercise, ...]) -> None:
    """Refuse files that could belong to two exercises: submissions are told apart by name."""
    owners: dict[str, str] = {}
    for exercise in exercises:
        for name in {exercise.name, exercise.file.removesuffix(".py").casefold()}:
            owner = owners.setdefault(name, exercise.name)
            if owner != exercise.name:
                raise CourseError(
                    f"{exercise.folder}: a file `{name}.py` could belong to `{owner}` and to "
                    f"`{exercise.name}`. Give one of them another `file`."
                )


def _late(table: Table, file: Path) -> Late:
    late = typed(table, Late, file, "late")
    if not 0 <= late.penalty_per_day <= 1:
        raise CourseError(
            f"{file}: `late.penalty_per_day` is {late.penalty_per_day}; it is a share of the "
            "points, from 0 to 1."
        )
    return late


def _check_whole(exercises: tuple[Exercise, ...]) -> None:
    """Refuse a course that is neither the authors' copy nor the students'."""
    graded = [exercise for exercise in exercises if not exercise.is_released]
    if not graded:
        return
    for exercise in exercises:
        if exercise.is_released:
            raise CourseError(
                f"{exercise.folder}: there is no {HIDDEN_SUITE}, although exercise "
                f"`{graded[0].name}` has one. Write it, or take `{exercise.name}` out of "
                f"`exercises` in {COURSE_FILE}."
            )
        if not exercise.reference_path.is_file():
            raise CourseError(
                f"{exercise.folder}: there is no {exercise.file}, the reference. Write it, or "
                f"name the right file with `file` in {EXERCISE_FILE}."
            )


def _at(at: str, key: str) -> str:
    return f"{at}.{key}" if at else key
