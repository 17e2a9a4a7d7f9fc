"""A notebook, run as "Restart & Run All" would: cell after cell, in one namespace, from the top.

There is no kernel and no message between two processes: the cells run in the keeper itself, where
IPython's own shell translates them, so a notebook needs no socket and no thread, and servers fork
from it as from any file. Loading is as forgiving as that of a file: a statement that fails costs
itself, a cell that takes too long is interrupted, and the next one is run.

Runs beside student code.
"""

from __future__ import annotations

import ast
import contextlib
import gc
import os
import re
import signal
import time
from collections.abc import Callable
from types import FrameType, ModuleType
from typing import Final

from grader.records.notebook import CellOutcome
from grader.worker.loading import UNREADABLE, Loader, StatementExpired
from grader.worker.messages import Loaded, Problem
from grader.worker.notebook_messages import CellSpan, Notebook, Ran
from grader.worker.shell import Shell, Showcase, adopt, make_shell, without_its_magic

_LAST_SECONDS: Final = 0.5
"""What each definition may still take in a cell that was stopped."""

_AGAIN_SECONDS: Final = 0.05
"""A statement that swallows the interruption is interrupted again this often."""

_OUT_OF_MEMORY: Final = re.compile(r"^MemoryError|can't allocate memory")
"""As Python and as torch say it."""
_LEAST_MEMORY: Final = 256 << 20
"""What has to be left for other cells, and for the calls of the tests, in bytes."""

_DEFINITIONS: Final = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Import,
    ast.ImportFrom,
)


def load_notebook(
    text: str,
    module_name: str,
    filename: str,
    notebook: Notebook,
    seconds: float,
    announce: Callable[[int], None],
    done: Callable[[Ran], None],
) -> tuple[ModuleType, Loaded]:
    """Run a student's notebook.

    Args:
        text: All of it, cells below one another.
        module_name: Its `__name__`; never "__main__", so a main guard stays closed.
        filename: For tracebacks.
        notebook: Where its code cells lie, and how to run them.
        seconds: After these no further cell is run but for its definitions.
        announce: Told the line of each statement that may run long or end the process, first.
        done: Told what became of each cell, as it ends.

    Returns:
        The module as far as it got, and what to report of it.
    """
    loader = Loader(text, module_name, filename, announce)
    run = _Run(loader, make_shell(), notebook, text.split("\n"))
    ends_at = time.monotonic() + seconds
    for span in notebook.cells:
        done(run.cell(span, is_late=time.monotonic() > ends_at))
    return loader.module, loader.loaded()


class _Run:
    """One notebook on its way through the shell."""

    def __init__(self, loader: Loader, shell: Shell, notebook: Notebook, lines: list[str]) -> None:
        self._loader = loader
        self._shell = shell
        self._notebook = notebook
        self._lines = lines
        self._alarm = _Alarm(loader.filename)
        self._imported: set[str] = set()
        adopt(shell, vars(loader.module))

    def cell(self, span: CellSpan, *, is_late: bool) -> Ran:
        """Run one cell, or of a late one what it defines."""
        if span.number in self._notebook.skipped:
            return Ran(span.number, CellOutcome.LEFT_OUT)
        showcase = Showcase(self._shell)
        with (
            contextlib.redirect_stdout(showcase.printed),
            contextlib.redirect_stderr(showcase.printed),
        ):
            outcome = self._run_all(
                span,
                showcase,
                is_partial=is_late
                or self._notebook.is_definitions_only
                or span.number in self._notebook.reduced,
            )
            self._shell.events.trigger("post_execute")  # pictures are shown at the end of a cell
        left_out = tuple(self._shell.left_out)
        self._shell.left_out.clear()
        return Ran(span.number, outcome, showcase.take(), left_out)

    def _run_all(self, span: CellSpan, showcase: Showcase, *, is_partial: bool) -> CellOutcome:
        """Run a cell's statements, one after the other."""
        try:
            statements = self._statements(span)
        except UNREADABLE as error:
            self._loader.note(self._loader.syntax_problem(error, span.line))
            return CellOutcome.FAILED
        is_whole, has_failed = True, False
        self._alarm.set(self._notebook.cell_seconds)
        for index, statement in enumerate(statements):
            is_partial = is_partial or self._alarm.has_struck
            if is_partial and not self._defines(statement):
                is_whole = False
                continue
            is_last = index == len(statements) - 1
            if isinstance(statement, ast.Expr) and is_last:
                problem = self._loader.show(statement, showcase.show)
            else:
                problem = self._loader.run(statement)
            if problem is not None:
                has_failed = True
                _end_without_memory(problem)
            if self._alarm.has_struck:
                self._alarm.again(_LAST_SECONDS)
            if isinstance(statement, ast.Import | ast.ImportFrom):
                names = (alias.asname or alias.name for alias in statement.names)
                self._imported.update(name.partition(".")[0] for name in names)
        self._alarm.off()
        if self._alarm.has_struck:
            return CellOutcome.STOPPED
        if has_failed:
            return CellOutcome.FAILED
        return CellOutcome.RAN if is_whole else CellOutcome.LEFT_OUT

    def _statements(self, span: CellSpan) -> list[ast.stmt]:
        """The cell as Python, at its place in the text; raises `UNREADABLE` if it is none."""
        source = "\n".join(self._lines[span.line - 1 : span.line - 1 + span.count])
        translated: str = self._shell.transform_cell(without_its_magic(source))  # type: ignore[no-untyped-call]
        tree = ast.parse(translated)
        ast.increment_lineno(tree, span.line - 1)
        return tree.body

    def _defines(self, statement: ast.stmt) -> bool:
        """Whether it gives a name to something, without calling what the student wrote."""
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            calls = [node.func for node in ast.walk(statement) if isinstance(node, ast.Call)]
            return all(_root(call) in self._imported for call in calls)
        return isinstance(statement, _DEFINITIONS)


class _Alarm:
    """Interrupts student code at a time limit, again and again until it lets go.

    Args:
        filename: Only below a frame of this file: an interruption of ours would cost the notebook.
    """

    def __init__(self, filename: str) -> None:
        self.has_struck = False
        self._filename = filename
        signal.signal(signal.SIGPROF, self._strike)
        signal.signal(signal.SIGALRM, self._strike)

    def set(self, seconds: float) -> None:
        """Strike after so many seconds of the processor, or twice as many on the clock."""
        self.has_struck = False
        self.again(seconds)

    def again(self, seconds: float) -> None:
        """The same, for what is left of a cell that was stopped."""
        signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN_SECONDS)
        signal.setitimer(signal.ITIMER_REAL, 2 * seconds, _AGAIN_SECONDS)

    def off(self) -> None:
        """Strike no more."""
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)

    def _strike(self, _signal: int, frame: FrameType | None) -> None:
        while frame is not None:
            if frame.f_code.co_filename == self._filename:
                self.has_struck = True
                raise StatementExpired
            frame = frame.f_back


def _end_without_memory(problem: Problem) -> None:
    """End Python where a statement filled the memory for good: the next would fail for it.

    Whoever asked for this notebook knows the statement, and has the others run without it.
    """
    if not _OUT_OF_MEMORY.search(problem.error):
        return
    gc.collect()
    try:
        bytearray(_LEAST_MEMORY)
    except MemoryError:
        os._exit(1)


def _root(node: ast.expr) -> str | None:
    """The first name of `torch.nn.Linear`; None if it begins otherwise."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None
