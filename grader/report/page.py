"""From views to HTML: the templates, the style and the policy that every page carries.

A page is one file: style, script and pictures stand in it, and the Content-Security-Policy allows
the first two by their digest, pictures only where the page has some, and nothing else. If a
template ever failed to escape something, the browser would still run nothing of it and load
nothing for it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from grader.records import Result, Tier
from grader.report.class_view import class_view
from grader.report.redact import for_student
from grader.report.text import count_text, points_text, seconds_text, visible, with_code
from grader.report.view import page_view

_NOTHING: Mapping[str, str] = {}
_NO_NOTES: Mapping[Tier, Sequence[str]] = {}


def render_student(results: Sequence[Result], *, course_title: str) -> str:
    """The page that may be handed to a student: everything secret is cut away here.

    Args:
        results: All of one student's results, in the course's order; at least one.
        course_title: The course, for people.
    """
    view = page_view(
        [for_student(each) for each in results],
        course_title=course_title,
        is_ta=False,
        tier_notes=_NO_NOTES,
        links=_NOTHING,
    )
    return _environment().get_template("student.html").render(view=view)


def render_ta(
    results: Sequence[Result],
    *,
    course_title: str,
    tier_notes: Mapping[Tier, Sequence[str]] = _NO_NOTES,
    links: Mapping[str, str] = _NOTHING,
) -> str:
    """The page for whoever marks: everything there is.

    Args:
        results: All of one student's results, in the course's order; at least one.
        course_title: The course, for people.
        tier_notes: For each tier, what it does not stop, a sentence each.
        links: Label → address of related pages.
    """
    view = page_view(
        results, course_title=course_title, is_ta=True, tier_notes=tier_notes, links=links
    )
    return _environment().get_template("student.html").render(view=view)


def render_class(
    results: Sequence[Result],
    course_title: str,
    *,
    exercises: Sequence[str] = (),
    tier_notes: Mapping[Tier, Sequence[str]] = _NO_NOTES,
    pages: Mapping[str, str] = _NOTHING,
) -> str:
    """The class page, for whoever teaches.

    Args:
        results: At most one per student and exercise.
        course_title: The course, for people.
        exercises: The course's order.
        tier_notes: For each tier, what it does not stop, a sentence each.
        pages: Student → file name of the student's pages beneath `ta/` and `students/`; a
            student who is not in it gets no link.
    """
    view = class_view(
        results,
        course_title=course_title,
        exercises=exercises,
        tier_notes=tier_notes,
        pages=pages,
    )
    return _environment().get_template("class.html").render(view=view)


def templates_of(package: str) -> Environment:
    """The templates of a package, escaped and strict, with the words that all pages share."""
    environment = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        auto_reload=False,
        finalize=visible,
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["points"] = points_text
    environment.filters["seconds"] = seconds_text
    environment.filters["count"] = count_text
    environment.filters["prose"] = with_code
    return environment


@cache
def _environment() -> Environment:
    environment = templates_of("grader.report")
    style, script = (_text(environment, name) for name in ("style.css", "class.js"))
    environment.globals |= {
        "style": Markup(style),  # noqa: S704 - our own file
        "script": Markup(script),  # noqa: S704 - our own file
        "still_policy": _policy(style),
        "picture_policy": _policy(style, "img-src data:"),
        "script_policy": _policy(style, f"script-src '{_digest(script)}'"),
    }
    return environment


def _text(environment: Environment, name: str) -> str:
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]


def _policy(style: str, *leave: str) -> str:
    parts = ["default-src 'none'", f"style-src '{_digest(style)}'", *leave]
    return "; ".join([*parts, "base-uri 'none'", "form-action 'none'"])


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
