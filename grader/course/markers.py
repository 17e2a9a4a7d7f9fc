"""Region markers: the lines between which a reference keeps what students must write themselves.

    # BEGIN SOLUTION            ours, and Otter's
    ### BEGIN SOLUTION          nbgrader's

Case and spacing are free, as those tools leave them. Everything doubtful is an error with its
line, because a marker that is overlooked hands the solution to every student: a marker beside
code, a word too many, a region that is nested, stray, unclosed, empty or closed in another
spelling, and the other tools' markers that are not understood here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NoReturn

import msgspec

from grader.errors import MarkerError

_MARKER = re.compile(
    r"[ \t]*(?P<hashes>#+)[ \t]*(?P<which>BEGIN|END)[ \t]+SOLUTION[ \t]*", re.IGNORECASE
)
# What another tool, or a reader, might take for a marker although it is not one here.
_DOUBTFUL = re.compile(
    r"(?:BEGIN|END)[\s_-]*SOLUTION"  # nbgrader looks for these words anywhere in a line
    r"|(?i:#\s*(?:BEGIN|END)[\s_-]*SOLUTION)"
    r"|#\s*SOLUTION\b(?:\s*NO\s*PROMPT)?\s*$"  # Otter: this line is the solution
    r"|#\s*(?:BEGIN|END)\s*PROMPT\b"
    r"|#\s*(?:BEGIN|END)\s*HIDDEN\s*TESTS\b"
)
_INDENT = re.compile(r"[ \t]*")


class Region(msgspec.Struct, frozen=True, kw_only=True):
    """The lines from a BEGIN marker to its END marker, both included; the first line is 1.

    Attributes:
        begin: The line of the BEGIN marker.
        end: The line of the END marker.
        first: The first line of code between them.
        last: The last line of code between them.
        indent: The white space before the first line of code.
    """

    begin: int
    end: int
    first: int
    last: int
    indent: str


def split_lines(text: str) -> list[str]:
    """The lines of a source file as Python counts them, whatever ends them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def find_regions(text: str, filename: str) -> tuple[Region, ...]:
    """The marked regions of a reference, in order.

    Args:
        text: The reference.
        filename: Its name, for messages.

    Raises:
        MarkerError: A marker is stray, nested, unclosed, doubtful, or its region is empty.
    """
    lines = split_lines(text)
    regions: list[Region] = []
    opened: tuple[int, str] | None = None
    for number, line in enumerate(lines, start=1):
        marker = _MARKER.fullmatch(line)
        if marker is None:
            if _DOUBTFUL.search(line):
                _refuse(
                    filename,
                    number,
                    "this looks like a marker, but is none that is understood here. "
                    "Write `# BEGIN SOLUTION` and `# END SOLUTION` on lines of their own",
                )
            continue
        if marker["which"].upper() == "BEGIN":
            if opened is not None:
                _refuse(
                    filename,
                    number,
                    f"this region begins inside the one of line {opened[0]}. "
                    "End that one first; regions are not nested",
                )
            opened = (number, marker["hashes"])
            continue
        if opened is None:
            _refuse(filename, number, "END SOLUTION without a BEGIN SOLUTION above it")
        begin, hashes = opened
        if hashes != marker["hashes"]:
            _refuse(
                filename,
                number,
                f"the region of line {begin} begins with `{hashes}` and ends with "
                f"`{marker['hashes']}`. Spell both markers the same way",
            )
        regions.append(_region(lines, begin, number, filename))
        opened = None
    if opened is not None:
        _refuse(filename, opened[0], "BEGIN SOLUTION without an END SOLUTION below it")
    return tuple(regions)


def replace_regions(
    text: str, regions: Sequence[Region], prompt: Callable[[Region], Sequence[str]]
) -> str:
    """The text with each region, markers included, replaced by its prompt.

    Args:
        text: The reference.
        regions: What `find_regions` found in it.
        prompt: The lines to put in a region's place; none makes the region disappear.

    Returns:
        The text with a single newline character at the end of each line.
    """
    lines = split_lines(text)
    kept: list[str] = []
    position = 0
    for region in regions:
        kept += lines[position : region.begin - 1]
        replacement = prompt(region)
        kept += replacement
        position = region.end
        if not replacement and (not kept or not kept[-1].strip()):
            # The blank lines on both sides of a region that disappears would add up.
            while position < len(lines) - 1 and not lines[position].strip():
                position += 1
    return "\n".join(kept + lines[position:])


def _region(lines: Sequence[str], begin: int, end: int, filename: str) -> Region:
    code = [
        number
        for number in range(begin + 1, end)
        if (stripped := lines[number - 1].strip()) and not stripped.startswith("#")
    ]
    if not code:
        _refuse(filename, begin, "this region holds no code. Move the solution into it")
    indent = _INDENT.match(lines[code[0] - 1])
    return Region(
        begin=begin,
        end=end,
        first=code[0],
        last=code[-1],
        indent=indent.group() if indent else "",
    )


def _refuse(filename: str, line: int, what: str) -> NoReturn:
    raise MarkerError(f"{filename}:{line}: {what}.")
