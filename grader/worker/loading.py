"""Forgiving loading: a file is run statement by statement, and a failing one costs only itself.

Runs beside student code. What needs a failed statement fails in turn when it is called; all that
stands on its own still counts.
"""

from __future__ import annotations
import __future__

import ast
import linecache
import sys
import traceback
from collections.abc import Callable
from types import ModuleType

from grader.worker.messages import MAX_NAME, MAX_NAMES, MAX_PROBLEMS, Loaded, Problem


class StatementExpired(BaseException):
    """Loading took too long; raised inside the top-level statement that was running."""


def load(
    text: str, module_name: str, filename: str, announce: Callable[[int], None]
) -> tuple[ModuleType, Loaded]:
    """Run a student's file.

    Args:
        text: The file's text.
        module_name: Its `__name__`; never "__main__", so a main guard stays closed.
        filename: For tracebacks.
        announce: Told the line of each statement that may run long or end the process, first.

    Returns:
        The module as far as it got, and what to report of it.
    """
    module = ModuleType(module_name)
    module.__file__ = filename
    sys.modules[module_name] = module
    lines = text.splitlines(keepends=True)
    linecache.cache[filename] = (len(text), None, lines, filename)
    try:
        tree = ast.parse(text, filename)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return module, Loaded((), (), _syntax_problem(error, lines))
    flags = _future_flags(tree)
    problems: list[Problem] = []
    for statement in tree.body:
        problem = _run(statement, module, filename, lines, flags=flags, announce=announce)
        if problem is not None and len(problems) < MAX_PROBLEMS:
            problems.append(problem)
    names = [
        sendable(name[:MAX_NAME])
        for name, item in vars(module).items()
        if callable(item) and isinstance(name, str) and not name.startswith("__")
    ]
    return module, Loaded(tuple(names[:MAX_NAMES]), tuple(problems))


def sendable(text: str) -> str:
    """Text that UTF-8 can say: halves of surrogate pairs are replaced."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _run(
    statement: ast.stmt,
    module: ModuleType,
    filename: str,
    lines: list[str],
    *,
    flags: int,
    announce: Callable[[int], None],
) -> Problem | None:
    line = statement.lineno
    if not _is_plain_function(statement):
        announce(line)
    try:
        code = compile(
            ast.Module([statement], []), filename, "exec", flags=flags, dont_inherit=True
        )
        exec(code, vars(module))  # noqa: S102 - running the student's file is what this is for
    except BaseException as error:  # noqa: BLE001 - sys.exit() at top level costs only itself
        return Problem(_line_of(error, filename) or line, _sentence(error), _first(lines, line))
    return None


def _is_plain_function(statement: ast.stmt) -> bool:
    """Whether a definition runs nothing of the student's: no decorator, no default value."""
    return (
        isinstance(statement, ast.FunctionDef)
        and not statement.decorator_list
        and not statement.args.defaults
        and not any(statement.args.kw_defaults)
    )


def _future_flags(tree: ast.Module) -> int:
    flags = 0
    for statement in tree.body:
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            for alias in statement.names:
                flags |= getattr(__future__, alias.name, __future__.annotations).compiler_flag
    return flags


def _syntax_problem(error: BaseException, lines: list[str]) -> Problem:
    """Where the file stops being Python, with the nearest function above it named."""
    line = getattr(error, "lineno", None) or 1
    nearest = next(
        (
            text.split("(")[0].split()[-1]
            for text in reversed(lines[:line])
            if text.lstrip().startswith(("def ", "async def ", "class "))
        ),
        None,
    )
    place = f" (in or after `{nearest}`)" if nearest else ""
    return Problem(line, (_sentence(error) + place)[:MAX_NAME], _first(lines, line))


def _line_of(error: BaseException, filename: str) -> int | None:
    """The last line of the student's own file on the way to the error."""
    frames = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == filename]
    return frames[-1] if frames else None


def _sentence(error: BaseException) -> str:
    """What Python says of an error, in one line: the last for a syntax error, or else the first."""
    if isinstance(error, StatementExpired):
        return "TimeoutError: this statement ran for too long and was stopped"
    try:
        lines = "".join(traceback.format_exception_only(error)).strip().splitlines()
        return sendable(lines[-1 if isinstance(error, SyntaxError) else 0][:MAX_NAME])
    except BaseException:  # noqa: BLE001 - a student's __str__ may raise anything
        return type(error).__name__


def _first(lines: list[str], line: int) -> str:
    return lines[line - 1].rstrip()[:MAX_NAME] if 0 < line <= len(lines) else ""
