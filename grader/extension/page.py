"""Results as what a notebook shows: an HTML fragment, and the text of `grade check` beside it.

The fragment brings its own style, scoped to itself, and no script. Text has the colour of the
notebook around it and verdicts are told by words, so that it can be read in every theme, and even
where the style is taken away.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import Final

import msgspec
from jinja2 import Environment
from markupsafe import Markup
from rich.console import Console

from grader.extension.messages import Answer
from grader.records import Result, Tier
from grader.report import for_student
from grader.report.page import templates_of
from grader.report.terminal import show_result
from grader.report.view import page_view
from grader.report.wording import verdict_words
from grader.screen import THEME, plain

_WIDTH: Final = 100


class Checked(msgspec.Struct, frozen=True):
    """One exercise that was checked.

    Attributes:
        result: The result.
        reason: Why it could not be judged, which is not the student's fault; or None.
    """

    result: Result
    reason: str | None = None


def render(checked: Sequence[Checked], course_title: str) -> Answer:
    """What is shown of results.

    Args:
        checked: One per exercise, at least one.
        course_title: The course, for people.
    """
    results = [for_student(each.result) for each in checked]
    view = page_view(results, course_title=course_title, is_ta=False, tier_notes={}, links={})
    exercises = [
        {
            "view": exercise,
            "reason": each.reason,
            "seconds": each.result.wall_seconds,
            "is_isolated": each.result.sandbox_tier is not Tier.NONE,
        }
        for each, exercise in zip(checked, view.exercises, strict=True)
    ]
    html = _environment().get_template("check.html").render(exercises=exercises)
    return Answer(html, "\n\n".join(_text(each) for each in checked))


def render_problem(text: str) -> Answer:
    """Why nothing was checked: what, where, and what to do."""
    html = _environment().get_template("problem.html").render(text=text)
    return Answer(html, plain(f"Not checked: {text}"))


def _text(checked: Checked) -> str:
    """The same as `grade check` prints."""
    screen = Console(
        file=io.StringIO(),
        width=_WIDTH,
        theme=THEME,
        color_system=None,
        markup=False,
        highlight=False,
        emoji=False,
    )
    show_result(screen, checked.result, is_student=True)
    if checked.reason:
        screen.print(f"\nNot your fault: {plain(checked.reason)}", soft_wrap=True)
    assert isinstance(screen.file, io.StringIO)
    return "\n".join(line.rstrip() for line in screen.file.getvalue().strip("\n").split("\n"))


@cache
def _environment() -> Environment:
    environment = templates_of("grader.extension")
    environment.filters["words"] = verdict_words
    assert environment.loader is not None
    style = environment.loader.get_source(environment, "check.css")[0]
    environment.globals["style"] = Markup(style)  # noqa: S704 - our own file
    return environment
