"""The students' copy of a course, planned as a mapping from path to bytes before a byte is written.

What students get: course.toml with what `grade check` and `grade submit` need and nothing else, a
README, and for each exercise its README, stub, the stub as a notebook, public suite and recorded
answers. Whatever would give a word of a hidden suite away is an error here.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping

import msgspec

from grader.course.files import COURSE_FILE
from grader.course.model import (
    HIDDEN_SUITE,
    MISCONCEPTIONS,
    PUBLIC_SUITE,
    RECORDING,
    Course,
    Exercise,
    NotebookPolicy,
)
from grader.course.notebook import make_notebook
from grader.course.stub import make_stub
from grader.errors import CourseError, UsageError
from grader.records import Limits

LISTING = ".release.json"
"""Which files were generated, so that the next release may remove what it no longer holds."""


def plan_release(course: Course, recordings: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every file of the students' copy.

    Args:
        course: The authors' copy.
        recordings: For each exercise's name, what the suite layer recorded of its public suite.

    Returns:
        From path, relative and with forward slashes, to contents; sorted by path.

    Raises:
        UsageError: The course is the students' copy itself.
        CourseError: A file is missing or broken, or a released file would give a hidden suite away.
    """
    if course.is_released:
        raise UsageError(
            f"{course.root}: this course has no hidden suites, so it is the students' copy. A "
            "release is made from the authors' folder, `solutions`; name it with --course."
        )
    files = {
        COURSE_FILE: _course_toml(course).encode(),
        "README.md": _course_readme(course).encode(),
    }
    for exercise in course.exercises:
        if exercise.name not in recordings:
            raise CourseError(
                f"{exercise.public_suite_path}: its answers were not recorded, and without them "
                "students cannot check their work. Record them and release again."
            )
        files |= _exercise_files(exercise, recordings[exercise.name])
    for path, content in files.items():
        _refuse_leaks(path, content, course)
    files[LISTING] = (json.dumps({"generated": sorted(files)}, indent=1) + "\n").encode()
    return dict(sorted(files.items()))


def _exercise_files(exercise: Exercise, recording: bytes) -> dict[str, bytes]:
    reference = _read_text(exercise, exercise.file)
    names = [function.name for function in exercise.functions]
    stub = make_stub(reference, str(exercise.reference_path), names)
    notebook = make_notebook(stub, str(exercise.reference_path), _closing(exercise))
    public = _read_text(exercise, PUBLIC_SUITE)
    if public == _read_text(exercise, HIDDEN_SUITE):
        raise CourseError(
            f"{exercise.public_suite_path}: the same as {HIDDEN_SUITE}. Students would read the "
            "hidden suite; write other tests for them."
        )
    _refuse_secret_imports(exercise, public)
    readme = (
        _read_text(exercise, "README.md")
        if exercise.readme_path.is_file()
        else _exercise_readme(exercise)
    )
    return {
        f"{exercise.name}/README.md": readme.encode(),
        f"{exercise.name}/{exercise.file}": stub.encode(),
        f"{exercise.name}/{exercise.notebook_file}": notebook,
        f"{exercise.name}/{PUBLIC_SUITE}": public.encode(),
        f"{exercise.name}/{RECORDING}": recording,
    }


def _read_text(exercise: Exercise, name: str) -> str:
    path = exercise.folder / name
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CourseError(
            f"{path}: cannot be read ({error.strerror}). A release needs this file."
        ) from error
    except UnicodeDecodeError as error:
        raise CourseError(f"{path}: not UTF-8. Save the file as UTF-8.") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refuse_secret_imports(exercise: Exercise, public: str) -> None:
    try:
        tree = ast.parse(public)
    except (SyntaxError, ValueError) as error:
        raise CourseError(f"{exercise.public_suite_path}: not Python: {error}.") from error
    secrets = {HIDDEN_SUITE.removesuffix(".py"), MISCONCEPTIONS, "solutions"}
    for line, module in _imports(tree):
        if secrets.intersection(module.split(".")):
            raise CourseError(
                f"{exercise.public_suite_path}:{line}: imports `{module}`, which students do not "
                "have and must not get. Copy what the public suite needs into it."
            )


def _imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            # `from . import test_hidden` names the module on the right-hand side.
            yield from (
                (node.lineno, f"{node.module}.{alias.name}" if node.module else alias.name)
                for alias in node.names
            )


def _refuse_leaks(path: str, content: bytes, course: Course) -> None:
    word = HIDDEN_SUITE.removesuffix(".py").encode()
    if word in content:
        line = content[: content.index(word)].count(b"\n") + 1
        raise CourseError(
            f"{course.root}: the released file {path} would name `{word.decode()}` in line {line}. "
            "Students are told nothing of the hidden suite; remove it."
        )


def _course_toml(course: Course) -> str:
    lines = [
        "# Made by `grade release`; changes are overwritten.",
        f"name = {_string(course.name)}",
        f"title = {_string(course.title)}",
        f"version = {_string(course.version)}",
        f"exercises = [{', '.join(_string(exercise.name) for exercise in course.exercises)}]",
        *_limits_table("limits", course.limits, Limits()),
    ]
    if course.late is not None:
        lines += ["", "[late]", f"penalty_per_day = {course.late.penalty_per_day!r}"]
    for exercise in course.exercises:
        key = f"exercise.{exercise.name}"
        lines += [
            "",
            f"[{key}]",
            f"title = {_string(exercise.title)}",
            f"summary = {_string(exercise.summary)}",
            f"file = {_string(exercise.file)}",
            *([f"notebook = {_string(exercise.notebook)}"] if _is_special(exercise) else []),
            *_limits_table(f"{key}.limits", exercise.limits, course.limits),
        ]
        for function in exercise.functions:
            # A Python name may hold letters that a bare key may not.
            name = function.name if function.name.isascii() else _string(function.name)
            lines += ["", f"[{key}.functions.{name}]"]
            lines += [f"points = {function.points!r}"]
            if function.forbidden:
                lines += [f"forbidden = [{', '.join(map(_string, function.forbidden))}]"]
    return "\n".join(lines) + "\n"


def _is_special(exercise: Exercise) -> bool:
    """Whether notebooks of the exercise are run otherwise than usual."""
    return exercise.notebook is not NotebookPolicy.RUN


def _limits_table(key: str, limits: Limits, defaults: Limits) -> list[str]:
    """Only what differs from the defaults: the next version may choose better ones."""
    given = msgspec.structs.asdict(limits)
    usual = msgspec.structs.asdict(defaults)
    changed = [f"{name} = {value!r}" for name, value in given.items() if value != usual[name]]
    return ["", f"[{key}]", *changed] if changed else []


def _string(text: str) -> str:
    """A TOML basic string; JSON's escapes are a part of TOML's, but for the DEL character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _course_readme(course: Course) -> str:
    check = f"grade check {course.exercises[0].name}"
    rows = "\n".join(
        f"| {number} | [{_cell(exercise.title)}]({exercise.name}/README.md) | "
        f"`{exercise.name}/{exercise.file}` | {len(exercise.functions)} | "
        f"{exercise.max_points:g} |"
        for number, exercise in enumerate(course.exercises, start=1)
    )
    return f"""# {course.title}

| | Exercise | Your file | Functions | Points |
|---|---|---|---|---|
{rows}
| | | | | **{course.max_points:g}** |

Work on one exercise at a time. Each function says in its docstring what it must do; replace its
`raise NotImplementedError` by your answer.

Beside each file lies a notebook with the same cells. Work in whichever you like, and leave the
other as it is: what you worked on is what is checked, and what `grade submit` packs.

```
{check}  # run the public tests on your file, as often as you like
{"grade submit":{len(check)}}  # pack submission.zip, which you hand in
```

The public tests are a help, not the judge: other tests, with other numbers, decide about points.
"""


def _exercise_readme(exercise: Exercise) -> str:
    rows = "\n".join(
        f"| `{function.name}` | {function.points:g} |" for function in exercise.functions
    )
    summary = f"{exercise.summary}\n\n" if exercise.summary else ""
    return f"""# {exercise.title}

{summary}Complete `{exercise.file}`. Each function says in its docstring what it must do.

| Function | Points |
|---|---|
{rows}

Check your work with `grade check {exercise.name}`.
"""


def _closing(exercise: Exercise) -> str:
    """The last cell of the notebook."""
    return f"""## Check your work

The public tests run on what you wrote here, as often as you like. In a cell of your own:

```
%load_ext grader
%check {exercise.functions[0].name}
```

`%check` alone looks at every function.

Or save the notebook, and type in a terminal, in this folder:

```
grade check {exercise.notebook_file}
```

When you are done, save it; `grade submit` packs it. If you would rather work in
`{exercise.file}`, which lies beside it, leave this notebook as it is."""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
