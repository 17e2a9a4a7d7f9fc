"""`grade` with a tap on the wire: every byte that leaves a worker is kept, by student.

Run as `python tapped.py FOLDER ARGUMENTS…`. Nothing else is different: the command line, the
stations that it forks and the workers are the real ones.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from grader.cli import main
from grader.executor import assignment
from grader.worker.channel import Channel, Output

_NOBODY = "nobody"
_student = _NOBODY
"""A station grades one submission at a time."""


def _tap(folder: Path) -> None:
    def keep(data: bytes | bytearray) -> None:
        with (folder / _student).open("ab") as file:
            file.write(data)

    names = vars(assignment)
    grade = names["grade"]

    def graded(submission: Any, *rest: Any) -> Any:
        global _student  # noqa: PLW0603 - a station is one process with one student at a time
        _student = submission.student
        try:
            return grade(submission, *rest)
        finally:
            _student = _NOBODY

    names["grade"] = graded
    _wrap(Channel, "_exactly", keep)
    _wrap(Output, "take", lambda text: keep(text.encode()))


def _wrap(owner: type, name: str, seen: Callable[[Any], None]) -> None:
    original = getattr(owner, name)

    def wrapped(self: Any, *args: Any) -> Any:
        answer = original(self, *args)
        seen(answer)
        return answer

    setattr(owner, name, wrapped)


if __name__ == "__main__":
    _tap(Path(sys.argv.pop(1)))
    main()
