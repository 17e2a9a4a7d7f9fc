"""`grade new exercise`: begin an exercise that passes every check from its first day."""

from __future__ import annotations

from pathlib import Path

import click
from rich.text import Text
from rich_click import RichCommand, RichGroup

from grader.cli import console
from grader.cli.options import course_option, open_course
from grader.course import Kind
from grader.course.scaffold import plan_exercise, write_exercise


@click.group("new", cls=RichGroup)
def command() -> None:
    """Begin something new in a course."""


@command.command("exercise", cls=RichCommand)
@click.argument("name")
@course_option
def exercise(name: str, course_path: Path | None) -> int:
    """Begin the exercise NAME: a small one that is whole, to be rewritten step by step.

    It gets a page for students, a reference, a public and a hidden suite and a misconception, and
    its name in course.toml. It passes `grade verify` as it is.

    \b
    Example:
      grade new exercise maps
    """  # noqa: D301  (click reads the backslash: keep these lines apart)
    course = open_course(course_path, Kind.SOLUTIONS)
    planned = plan_exercise(course, name)
    write_exercise(course, name, planned)
    out = console.output()
    *files, course_file = planned
    for path in files:
        out.print(Text.assemble(("wrote   ", "good"), path))
    out.print(Text.assemble(("changed ", "warn"), course_file))
    console.say("Begun:", f"the exercise {name}, in {course.root / name}.", "good")
    console.messages().print(Text(_next_steps(name)), soft_wrap=True)
    return 0


def _next_steps(name: str) -> str:
    steps = {
        "exercise.toml": "its title, its functions and what they are worth",
        f"{name}.py": "what students read, and between the markers what they write",
        "test_hidden.py": "a test for each pitfall, named for it",
        "test_public.py": "a few, with other data",
        "misconceptions/": "a file for each mistake that students really make",
        "course.toml": "where the exercise belongs in the course; it stands last",
    }
    commands = {
        f"grade verify {name}": "prove it, after every change",
        "grade release": "make what students get",
    }
    width = max(map(len, steps | commands))
    return "\n".join(
        [
            "It is small and passes every check. Now make it yours:",
            *(f"  {file:{width}}  {what}" for file, what in steps.items()),
            "Then:",
            *(f"  {words:{width}}  {what}" for words, what in commands.items()),
        ]
    )
