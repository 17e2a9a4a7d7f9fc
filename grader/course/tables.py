"""TOML in, typed tables out, and every mistake told with its file, its key and what to do.

The words of a decoder ("Object contains unknown field") are for programmers; those who write
course files get sentences.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from grader.course.suggest import did_you_mean
from grader.errors import CourseError

T = TypeVar("T", bound=msgspec.Struct)
Table = Mapping[str, object]

_UNKNOWN = re.compile(r"Object contains unknown field `(?P<key>.*?)`(?: - at `(?P<at>.*)`)?")
_MISSING = re.compile(r"Object missing required field `(?P<key>.*?)`(?: - at `(?P<at>.*)`)?")
_WRONG = re.compile(r"Expected `(?P<asked>.*?)`, got `(?P<got>.*?)`(?: - at `(?P<at>.*)`)?")
_LINE = re.compile(r"(?P<what>.*) \(at line (?P<line>\d+), column \d+\)")
_WORDS = {
    "str": "text in quotes",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "null": "nothing",
}


def read_table(file: Path) -> Table:
    """The contents of a TOML file.

    Raises:
        CourseError: The file is missing, unreadable, not UTF-8 or not TOML.
    """
    try:
        document = file.read_bytes()
    except OSError as error:
        raise CourseError(
            f"{file}: cannot be read ({error.strerror}). Every course and every exercise needs "
            "this file; the course's README shows one."
        ) from error
    try:
        return msgspec.toml.decode(document.decode("utf-8-sig"), type=dict[str, object])
    except UnicodeDecodeError as error:
        line = document[: error.start].count(b"\n") + 1
        raise CourseError(f"{file}:{line}: not UTF-8. Save the file as UTF-8.") from error
    except RecursionError as error:
        raise CourseError(f"{file}: nests too deeply. Look for brackets never closed.") from error
    except ValueError as error:  # DecodeError among them, and a number of thousands of digits
        raise CourseError(_syntax_message(file, str(error))) from error


def typed(table: object, as_type: type[T], file: Path, at: str = "") -> T:
    """A table as a record.

    Args:
        table: What the file says.
        as_type: The record; it refuses unknown fields.
        file: The file, for messages.
        at: The dotted key of the table within the file; empty for the whole file.

    Raises:
        CourseError: A key is missing, unknown, or holds the wrong kind of value.
    """
    try:
        return msgspec.convert(table, as_type)
    except msgspec.ValidationError as error:
        message = _key_message(str(error), as_type, at)
        raise CourseError(f"{file}: {message}") from error


def _syntax_message(file: Path, text: str) -> str:
    located = _LINE.fullmatch(text)
    if located is not None:
        return f"{file}:{located['line']}: not TOML: {located['what']}. Mend this line."
    return f"{file}: not TOML: {text}. Look for a quote that is not closed or a key given twice."


def _key_message(text: str, as_type: type[msgspec.Struct], at: str) -> str:
    if found := _UNKNOWN.fullmatch(text):
        key = _join(at, found["at"], found["key"])
        return f"unknown key `{key}`. {did_you_mean(found['key'], as_type.__struct_fields__)}"
    if found := _MISSING.fullmatch(text):
        return f"the key `{_join(at, found['at'], found['key'])}` is missing. Add it."
    if found := _WRONG.fullmatch(text):
        asked = " or ".join(_WORDS.get(word, word) for word in found["asked"].split(" | "))
        got = _WORDS.get(found["got"], found["got"])
        return f"`{_join(at, found['at'])}` must be {asked}, not {got}."
    return f"{at or 'the file'}: {text}."


def _join(at: str, path: str | None, key: str = "") -> str:
    """The dotted key: `at` within the file, msgspec's own path within the table, then the key."""
    inner = (path or "$").removeprefix("$").removeprefix(".")
    return ".".join(part for part in (at, inner, key) if part) or "the file"
