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
from collections import Counter
from collections.abc import Callable
from types import CodeType, ModuleType
from typing import Final

from grader.records.result import STOPPED
from grader.worker import stand_ins
from grader.worker.bounds import MAX_NAME, MAX_NAMES, MAX_PROBLEMS
from grader.worker.messages import Loaded, Problem

UNREADABLE: Final = (SyntaxError, ValueError, RecursionError, MemoryError)
"""What the parser raises at a text that is not Python."""


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
    loader = Loader(text, module_name, filename, announce)
    try:
        tree = ast.parse(text, filename)
    except UNREADABLE as error:
        return loader.module, Loaded((), (), loader.syntax_problem(error))
    for statement in tree.body:
        loader.run(statement)
    return loader.module, loader.loaded()


class Loader:
    """Runs statements in a module of its own, and keeps what failed.

    Args:
        text: All of the student's text, for lines in tracebacks and messages.
        module_name: The module's `__name__`.
        filename: For tracebacks.
        announce: Told the line of each statement that may run long or end the process, first.
    """

    def __init__(
        self, text: str, module_name: str, filename: str, announce: Callable[[int], None]
    ) -> None:
        self.module = ModuleType(module_name)
        self.module.__file__ = filename
        self.problems: list[Problem] = []
        self._unlisted = 0
        self.filename = filename
        self._announce = announce
        # Lines as Python counts them: a form feed or a line separator ends none.
        self._lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._flags = 0
        stand_ins.put_in()
        sys.modules[module_name] = self.module
        linecache.cache[filename] = (len(text), None, [f"{x}\n" for x in self._lines], filename)

    def run(self, statement: ast.stmt) -> Problem | None:
        """Run one statement; what was wrong if it did not come to its end."""
        self._flags |= _future_flags(statement)
        return self._attempt(statement, lambda: self._execute(statement))

    def show(self, statement: ast.Expr, show: Callable[[object], None]) -> Problem | None:
        """Evaluate an expression and show its value; what was wrong if that did not end well."""

        def evaluate() -> None:
            code = self._compiled(ast.Expression(statement.value), "eval")
            show(eval(code, vars(self.module)))  # noqa: S307 - as in `_execute`

        return self._attempt(statement, evaluate)

    def _attempt(self, statement: ast.stmt, work: Callable[[], None]) -> Problem | None:
        line = statement.lineno
        if not _is_plain_function(statement):
            self._announce(line)
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - sys.exit() at top level costs only itself
            place = _line_of(error, self.filename) or line
            problem = Problem(place, sentence(error), _first(self._lines, line))
            self.note(problem)
            return problem
        return None

    def note(self, problem: Problem) -> None:
        """Keep a problem; of many all are counted, and what was said before gives way to news."""
        if len(self.problems) == MAX_PROBLEMS:
            self._unlisted += 1
            said = Counter(each.error for each in self.problems)
            repeats = (i for i, each in enumerate(self.problems) if said[each.error] > 1)
            place = max(repeats, default=None)
            if place is None or problem.error in said:
                return
            del self.problems[place]
        self.problems.append(problem)

    def syntax_problem(self, error: BaseException, first: int = 1) -> Problem:
        """Where the text stops being Python, with the nearest function above it named, if any.

        Args:
            error: What the parser said.
            first: The line of the text that the parser called 1; nothing above it is named.
        """
        line = (getattr(error, "lineno", None) or 1) + first - 1
        nearest = next(
            (
                text.split("(")[0].split()[-1]
                for text in reversed(self._lines[first - 1 : line])
                if text.lstrip().startswith(("def ", "async def ", "class "))
            ),
            None,
        )
        place = f" (in or after `{nearest}`)" if nearest else ""
        said = (sentence(error) + place)[:MAX_NAME]
        return Problem(line, said, _first(self._lines, line))

    def loaded(self) -> Loaded:
        """What to report: the names of what can be called, and what failed."""
        names = [
            sendable(name[:MAX_NAME])
            for name, item in vars(self.module).items()
            if callable(item) and isinstance(name, str) and not name.startswith("__")
        ]
        return Loaded(tuple(names[:MAX_NAMES]), tuple(self.problems), unlisted=self._unlisted)

    def _execute(self, statement: ast.stmt) -> None:
        code = self._compiled(ast.Module([statement], []), "exec")
        exec(code, vars(self.module))  # noqa: S102 - running the student's file is what this is for

    def _compiled(self, tree: ast.Module | ast.Expression, mode: str) -> CodeType:
        code: CodeType = compile(tree, self.filename, mode, flags=self._flags, dont_inherit=True)
        return code


def sendable(text: str) -> str:
    """Text that UTF-8 can say: halves of surrogate pairs are replaced."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _is_plain_function(statement: ast.stmt) -> bool:
    """Whether a definition runs nothing of the student's: no decorator, no default value."""
    return (
        isinstance(statement, ast.FunctionDef)
        and not statement.decorator_list
        and not statement.args.defaults
        and not any(statement.args.kw_defaults)
    )


def _future_flags(statement: ast.stmt) -> int:
    flags = 0
    if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
        for alias in statement.names:
            flags |= getattr(__future__, alias.name, __future__.annotations).compiler_flag
    return flags


def _line_of(error: BaseException, filename: str) -> int | None:
    """The last line of the student's own file on the way to the error."""
    frames = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == filename]
    return frames[-1] if frames else None


def sentence(error: BaseException) -> str:
    """What Python says of an error, in one line: the last for a syntax error, or else the first."""
    if isinstance(error, StatementExpired):
        return STOPPED
    try:
        lines = "".join(traceback.format_exception_only(error)).strip().splitlines()
        return sendable(lines[-1 if isinstance(error, SyntaxError) else 0][:MAX_NAME])
    except BaseException:  # noqa: BLE001 - a student's __str__ may raise anything
        return type(error).__name__


def _first(lines: list[str], line: int) -> str:
    return lines[line - 1].rstrip()[:MAX_NAME] if 0 < line <= len(lines) else ""
