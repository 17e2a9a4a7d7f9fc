"""How a result came about: the facts of its grading, and the command that repeats it."""

from __future__ import annotations

import shlex

from grader.records import Result
from grader.report.text import moment_text, seconds_text
from grader.report.wording import tier_words


def reproduction(result: Result) -> str:
    """The command that grades this file again, with the same hidden data."""
    filename = result.filename or f"{result.exercise}.py"
    if filename.startswith("-"):
        filename = f"./{filename}"
    words = ["grade", "run", filename, "--exercise", result.exercise, "--seed", str(result.seed)]
    device = result.other_device if result.device == "cpu" else result.device
    if device:
        words += ["--device", device]
    return shlex.join(words)


def facts(result: Result, *, is_ta: bool) -> tuple[tuple[str, str], ...]:
    """Label and value of each fact; a teacher gets more of them."""
    found = [
        ("File", _file(result)),
        ("Graded", moment_text(result.started_at)),
    ]
    if is_ta:
        found += [
            ("File, SHA-256", result.sha256 or "\N{EN DASH}"),
            ("Suite, SHA-256", result.suite_sha256),
            ("Seed", str(result.seed)),
            ("Device", _devices(result)),
            ("Confinement", f"{result.sandbox_tier.value}: {tier_words(result.sandbox_tier)}"),
            ("Time", seconds_text(result.wall_seconds)),
        ]
    found += [(name, version) for name, version in result.versions.items()]
    return tuple(found)


def _file(result: Result) -> str:
    if result.unread is not None:
        return "none that can be read"
    return result.filename or "none handed in"


def _devices(result: Result) -> str:
    if not result.other_device:
        return result.device
    return f"{result.device} for the points, {result.other_device} besides"
