"""Text as a reader can trust it: nothing invisible, numbers that line up, names fit for a disk."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, datetime

from markupsafe import Markup, escape

from grader.screen import UNSEEN

_INVISIBLE = re.compile(f"[{UNSEEN}]")
_CONTROL_PICTURES = 0x2400
_DELETE = 0x7F
_BACKTICKS = re.compile("`([^`\n]+)`")
_SAFE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,79}")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def visible(value: object) -> object:
    """Make the invisible visible: ESC as "␛", a bidi override as "[U+202E]".

    Templates pass every value through here before it is escaped, so that text from a student
    cannot reorder or hide what stands beside it. Our own markup passes unchanged.
    """
    if isinstance(value, str) and not isinstance(value, Markup):
        return _INVISIBLE.sub(_picture, value)
    return value


def visible_text(text: str) -> str:
    """`visible` for a string that does not go through a template."""
    return _INVISIBLE.sub(_picture, text)


def with_code(text: str) -> Markup:
    """Text in which what stands between backticks is code, safe to show."""
    escaped = str(escape(visible_text(text)))
    # Everything of the text is escaped; the tags are ours.
    return Markup(_BACKTICKS.sub(r"<code>\1</code>", escaped))  # noqa: S704


def points_text(points: float | None, decimals: int | None = None) -> str:
    """Points as people write them: "2", "1.5", "0.67".

    Args:
        points: The points; None when nothing was judged.
        decimals: A fixed number, for columns that line up; by default as many as needed, up to 2.
    """
    if points is None:
        return "\N{EN DASH}"
    if decimals is not None:
        return f"{points:.{decimals}f}"
    text = f"{points:.2f}"
    return text.rstrip("0").rstrip(".")


def seconds_text(seconds: float) -> str:
    """A duration: "12 ms", "3.4 s", "2 min 5 s"."""
    if seconds < 0.9995:  # noqa: PLR2004 - what would otherwise print as "1000 ms"
        return f"{seconds * 1000:.0f} ms"
    if seconds < 60:  # noqa: PLR2004
        return f"{seconds:.1f} s"
    return f"{seconds // 60:.0f} min {seconds % 60:.0f} s"


def bytes_text(count: int) -> str:
    """A size as people write it: "0.3 kB", "280 kB", "3.1 MB"."""
    if count < 1_000_000:  # noqa: PLR2004 - where kilobytes end
        return f"{count / 1000:.{0 if count >= 10_000 else 1}f} kB"  # noqa: PLR2004 - two digits
    return f"{count / 1_000_000:.1f} MB"


def moment_text(moment: str) -> str:
    """A moment as people write it, "2 March 2026, 14:05 UTC"; as it is if it is no ISO 8601."""
    try:
        parsed = datetime.fromisoformat(moment).astimezone(UTC)
    except ValueError:
        return moment
    return f"{parsed.day} {parsed:%B %Y, %H:%M} UTC"


def count_text(count: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: "1 test", "3 tests"."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def page_names(students: Iterable[str]) -> dict[str, str]:
    """A file name, without ending, for each student.

    A name keeps to letters, digits and `._-`, is unique where upper and lower case are one, and
    is never a name that an operating system keeps for itself. Ids that are so already stay as
    they are; others get a readable start and a digest of the whole.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for student in dict.fromkeys(students):
        name = student
        is_safe = _SAFE_NAME.fullmatch(name) and not _RESERVED.match(name)
        if not is_safe or name.endswith(".") or name.casefold() in taken:
            name = _digested(student)
        names[student] = name
        taken.add(name.casefold())
    return names


def _digested(student: str) -> str:
    slug = re.sub(r"[^A-Za-z0-9]+", "-", student).strip("-")[:40]
    digest = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{slug or 'student'}-{digest}"


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < ord(" "):
        return chr(_CONTROL_PICTURES + code)
    if code == _DELETE:
        return "\N{SYMBOL FOR DELETE}"
    return f"[U+{code:04X}]"
