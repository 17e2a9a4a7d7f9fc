"""The options that commands share, so that each means the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from grader.course import Course, Kind, find_course, load_course, resolve_course

F = TypeVar("F", bound=Callable[..., Any])

course_option = click.option(
    "--course",
    "course_path",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="The course's folder; by default found upward from the current folder, like git.",
)

device_option = click.option(
    "--device",
    metavar="auto|cpu|cuda|cuda:N|mps",
    default="auto",
    show_default=True,
    help="Also look at the work on this device; points are earned on the CPU, unless an "
    "exercise says otherwise.",
)

student_option = click.option(
    "--student",
    metavar="ID",
    help="Who handed it in.",
)


def format_option(*formats: str) -> Callable[[F], F]:
    """The option `--format`; the first of the formats is the default."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="What to print on standard output; json is one document and nothing else.",
    )


def open_course(course_path: Path | None, prefer: Kind) -> Course:
    """The course that a command works on.

    Args:
        course_path: What `--course` says; None to look upward from the current folder.
        prefer: Which copy to take where the authors' and the students' lie side by side.

    Raises:
        UsageError: There is no course.
        CourseError: There is one, and it is broken.
    """
    if course_path is not None:
        return load_course(resolve_course(course_path, prefer))
    return load_course(find_course(Path.cwd(), prefer))
