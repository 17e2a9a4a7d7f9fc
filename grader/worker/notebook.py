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

from grader.records.limits import PATIENCE
from grader.records.notebook import CellOutcome
from grader.worker.loading import UNREADABLE, Loader, StatementExpired
from grader.worker.messages import Loaded, Problem
from grader.worker.notebook_messages import CellSpan, Notebook, Ran
from grader.worker.shell import Shell, Showcase, adopt, count, make_shell, without_its_magic

_LAST_SECONDS: Final = 0.5
"""What each definition may still take in a cell that was stopped, or when all time is used up."""
_OVERRUNS: Final = 6
"""When as many took longer even so, none is run any more that calls something."""

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
    filled: Callable[[], None],
) -> tuple[ModuleType, Loaded]:
    """Run a student's notebook.

    Args:
        text: All of it, cells below one another.
        module_name: Its `__name__`; never "__main__", so a main guard stays closed.
        filename: For tracebacks.
        notebook: Where its code cells lie, and how to run them.
        seconds: After these, counted as a cell's are, no further cell is run but for its
            definitions.
        announce: Told the line of each statement that may run long or end the process, first.
        done: Told what became of each cell, as it ends.
        filled: Told that a statement filled the memory for good, before Python ends for it.

    Returns:
        The module as far as it got, and what to report of it.
    """
    loader = Loader(text, module_name, filename, announce)
    run = _Run(loader, make_shell(), notebook, text.split("\n"), filled)
    processor, clock = time.process_time() + seconds, time.monotonic() + PATIENCE * seconds
    for span in notebook.cells:
        is_late = time.process_time() > processor or time.monotonic() > clock
        done(run.cell(span, is_late=is_late))
    return loader.module, loader.loaded()


class _Run:
    """One notebook on its way through the shell."""

    def __init__(
        self,
        loader: Loader,
        shell: Shell,
        notebook: Notebook,
        lines: list[str],
        filled: Callable[[], None],
    ) -> None:
        self._loader = loader
        self._shell = shell
        self._notebook = notebook
        self._lines = lines
        self._filled = filled
        self._alarm = _Alarm(loader.filename)
        self._imported: set[str] = set()
        self._overruns = 0
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
                is_late=is_late,
                is_partial=is_late
                or self._notebook.is_definitions_only
                or span.number in self._notebook.reduced,
            )
            self._shell.events.trigger("post_execute")  # pictures are shown at the end of a cell
        left_out = tuple(self._shell.left_out)
        self._shell.left_out.clear()
        return Ran(span.number, outcome, showcase.take(), left_out)

    def _run_all(
        self, span: CellSpan, showcase: Showcase, *, is_late: bool, is_partial: bool
    ) -> CellOutcome:
        """Run a cell's statements, one after the other."""
        try:
            statements = self._statements(span)
        except UNREADABLE as error:
            self._loader.note(self._loader.syntax_problem(error, span.line))
            return CellOutcome.FAILED
        is_whole, has_failed, is_stopped = True, False, False
        self._alarm.set(self._notebook.cell_seconds)
        for index, statement in enumerate(statements):
            if (is_partial or is_stopped) and not self._defines(statement):
                is_whole = False
                continue
            if is_late or is_stopped:
                self._alarm.set(_LAST_SECONDS)
            is_last = index == len(statements) - 1
            has_failed = not self._attempt(statement, showcase if is_last else None) or has_failed
            if self._alarm.has_struck:
                self._overruns += is_late or is_stopped
                is_stopped = not is_late
        self._alarm.off()
        if is_stopped:
            return CellOutcome.STOPPED
        if has_failed:
            return CellOutcome.FAILED
        return CellOutcome.RAN if is_whole else CellOutcome.LEFT_OUT

    def _attempt(self, statement: ast.stmt, showcase: Showcase | None) -> bool:
        """Run one statement, and show its value if there is where; whether it ended well."""
        if showcase is not None and isinstance(statement, ast.Expr):
            problem = self._loader.show(statement, showcase.show)
        else:
            problem = self._loader.run(statement)
        if isinstance(statement, ast.Import | ast.ImportFrom):
            names = (alias.asname or alias.name for alias in statement.names)
            self._imported.update(name.partition(".")[0] for name in names)
        if problem is not None:
            self._end_without_memory(problem)
        return problem is None

    def _end_without_memory(self, problem: Problem) -> None:
        """End Python where a statement filled the memory for good: the next would fail for it.

        Whoever asked for this notebook knows the statement, and has the others run without it.
        """
        if not _OUT_OF_MEMORY.search(problem.error):
            return
        gc.collect()
        try:
            bytearray(_LEAST_MEMORY)
        except MemoryError:
            try:
                self._filled()
            finally:
                os._exit(1)

    def _statements(self, span: CellSpan) -> list[ast.stmt]:
        """The cell as Python, at its place in the text; raises `UNREADABLE` if it is none."""
        source = "\n".join(self._lines[span.line - 1 : span.line - 1 + span.count])
        count(self._shell, span.number, source)
        translated: str = self._shell.transform_cell(without_its_magic(source))  # type: ignore[no-untyped-call]
        tree = ast.parse(translated)
        ast.increment_lineno(tree, span.line - 1)
        return tree.body

    def _defines(self, statement: ast.stmt) -> bool:
        """Whether it gives a name to something, without calling what the student wrote."""
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            calls = [node.func for node in ast.walk(statement) if isinstance(node, ast.Call)]
            known = self._imported if self._overruns < _OVERRUNS else ()
            return all(_root(call) in known for call in calls)
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
        """Strike after so many seconds of the processor, or `PATIENCE` times that on the clock."""
        self.has_struck = False
        signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN_SECONDS)
        signal.setitimer(signal.ITIMER_REAL, PATIENCE * seconds, _AGAIN_SECONDS)

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


def _root(node: ast.expr) -> str | None:
    """The first name of `torch.nn.Linear`; None if it begins otherwise."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None
