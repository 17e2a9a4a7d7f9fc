"""What a student's code counted on and did not find where work is graded, in a student's words.

A notebook grows up on one machine: with its drive, its files, its network and somebody to answer
questions. Python's errors say that something is missing; these notes say why, and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from grader.course.placeholders import is_placeholder
from grader.records import LoadProblem
from grader.records.notebook import CellPlace, place_of

_MODULE: Final = re.compile(r"ModuleNotFoundError: No module named '([^']+)'")
_FILE: Final = re.compile(
    r"(?:FileNotFoundError|NotADirectoryError|PermissionError|OSError): "
    r"(?:\[Errno (?:2|13|20|30)\] [^:]+: '(?P<quoted>[^']+)'|(?P<bare>\S+) not found\.?$)"
)
_NETWORK: Final = re.compile(
    r"\S*(?:URLError|HTTPError|gaierror|ConnectionError|ConnectTimeout|MaxRetryError)\b"
    r"|PermissionError: \[Errno 1\] Operation not permitted$"
)
_NAME: Final = re.compile(r"NameError: name '(\w+)' is not defined")
_QUESTION: Final = "EOFError: EOF when reading a line"
_PLATFORMS: Final = {"google": "Colab", "kaggle": "Kaggle", "kaggle_secrets": "Kaggle"}
_SHOWN: Final = 5

Pick = Callable[[LoadProblem], str | None]
"""What a problem is about, if it is one of a kind."""


def notes(problems: Sequence[LoadProblem], cells: Sequence[CellPlace]) -> Iterator[str]:
    """What to tell an author of the statements that failed for want of something.

    Args:
        problems: The statements that failed.
        cells: Where the code cells lie; none if it is a file.
    """
    home = "the notebook" if cells else "your file"

    def sought(pick: Pick) -> dict[str, str]:
        """What was looked for, and where first."""
        found: dict[str, str] = {}
        for problem in problems:
            if (what := pick(problem)) is not None:
                found.setdefault(what, place_of(problem.line, cells))
        return found

    yield from _about_modules(sought(_module), home)
    if files := sought(_file):
        yield (
            f"No such file or folder where work is graded: {_listed(files)}. Tests bring their own "
            "data, so no function may need it."
        )
    if networks := sought(_network):
        yield f"There is no network where work is graded ({', '.join(networks.values())})."
    if questions := sought(_question):
        yield f"Nobody answers `input()` where work is graded ({', '.join(questions.values())})."
    if gaps := sought(_gap):
        yield f"Not filled in yet: {_listed(gaps)}."


def is_foreign(problem: LoadProblem) -> bool:
    """Whether a statement failed for want of something that is not there where work is graded."""
    return any(pick(problem) is not None for pick in (_module, _file, _network, _question))


def _about_modules(modules: dict[str, str], home: str) -> Iterator[str]:
    for name, platform in [(name, _platform(name)) for name in modules]:
        if platform is not None:
            yield (
                f"`{name}` ({modules.pop(name)}) is there in {platform} only, and your work is "
                "graded elsewhere. It costs nothing but what needs it."
            )
    if modules:
        yield (
            f"Not there where work is graded: {_listed(modules)}. If that is a file of yours, copy "
            f"what you use of it into {home}; if it is a library, do without it."
        )


def _listed(found: Mapping[str, str]) -> str:
    shown = ", ".join(f"`{what}` ({where})" for what, where in [*found.items()][:_SHOWN])
    more = len(found) - _SHOWN
    return shown if more <= 0 else f"{shown} and {more} more"


def _platform(module: str) -> str | None:
    return _PLATFORMS.get(module.partition(".")[0])


def _module(problem: LoadProblem) -> str | None:
    found = _MODULE.match(problem.error)
    if found is None:
        return None
    if found[1] not in _PLATFORMS:
        return found[1]
    # Of `google.colab` Python names the first part, where no part is there.
    whole = re.search(rf"\b{found[1]}[\w.]*", problem.statement)
    return found[1] if whole is None else whole[0]


def _file(problem: LoadProblem) -> str | None:
    found = _FILE.match(problem.error)
    return found and (found["quoted"] or found["bare"])


def _network(problem: LoadProblem) -> str | None:
    return problem.error if _NETWORK.match(problem.error) else None


def _question(problem: LoadProblem) -> str | None:
    return problem.error if problem.error.startswith(_QUESTION) else None


def _gap(problem: LoadProblem) -> str | None:
    found = _NAME.match(problem.error)
    return found[1] if found and is_placeholder(found[1]) else None
