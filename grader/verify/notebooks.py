"""Notebooks, run from top to bottom as a student would who has solved everything, or nothing yet.

The grader judges the `.py`, statement by statement in a worker. What that cannot show is proved
here: that the cells, cut as they are, run in a kernel in their order. It is the authors' own code,
so it needs no sandbox. One kernel serves all notebooks, each in an empty namespace and an empty
folder, for importing torch takes most of the time; what fails in a kernel that was used before is
run once more in a fresh one. The kernel is spoken to through files, not through ports.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from subprocess import DEVNULL
from typing import TYPE_CHECKING, Final

import msgspec

from grader.course.model import Exercise
from grader.course.notebook import make_notebook
from grader.course.stub import UNWRITTEN, make_stub
from grader.errors import CourseError, WorkerError
from grader.verify.claims import Claim, Problem

if TYPE_CHECKING:
    from nbclient import NotebookClient
    from nbformat import NotebookNode

CELL_SECONDS: Final = 60
"""How long one cell may take, imports included, on a machine that is busy."""
_START_SECONDS: Final = 60
_SHOWN_CHARACTERS: Final = 200
_OPENING: Final = """\
%reset -f
import os, tempfile
os.chdir(tempfile.mkdtemp(dir=os.environ["IPYTHONDIR"]))
del os, tempfile
"""


class _Stop(msgspec.Struct, frozen=True):
    """Where a notebook ended before its end: the cell, counted from 1, and the error."""

    cell: int
    error: str
    is_unwritten: bool = False


def problems(*exercises: Exercise, cell_seconds: int = CELL_SECONDS) -> tuple[Problem, ...]:
    """Where the notebooks of exercises stop before their end.

    Of each exercise two are run: the one with the reference's solutions, and the one that students
    get, which may stop only where it calls a function that is not written yet.

    Args:
        exercises: Authors' exercises; asking for several at once is a good deal faster.
        cell_seconds: How long one cell may take.

    Raises:
        WorkerError: No kernel could be started.
    """
    # In a thread of its own: whoever asks may have an event loop already, as a notebook has.
    with ThreadPoolExecutor(1) as own:
        return own.submit(lambda: asyncio.run(_problems(exercises, cell_seconds))).result()


async def _problems(exercises: Sequence[Exercise], cell_seconds: int) -> tuple[Problem, ...]:
    found: list[Problem] = []
    async with AsyncExitStack() as stack:
        kernel = _Kernel(stack, cell_seconds)
        for exercise in exercises:
            found += await _problems_of(exercise, kernel)
    return tuple(found)


async def _problems_of(exercise: Exercise, kernel: _Kernel) -> list[Problem]:
    filename = str(exercise.reference_path)
    reference = exercise.reference_path.read_text(encoding="utf-8-sig")
    try:
        stub = make_stub(reference, filename, [function.name for function in exercise.functions])
        notebooks = {
            "solved": make_notebook(reference, filename),
            "as students get it": make_notebook(stub, filename),
        }
    except CourseError as error:
        return [_problem(exercise, "", f"There is no notebook: {error}")]
    for state, notebook in notebooks.items():
        stop = await kernel.stop_of(notebook)
        if stop is not None and not stop.is_unwritten:
            # One is enough: what stops the solved notebook mostly stops the other too.
            what = f"The notebook, {state}, stops here: {stop.error}"
            return [_problem(exercise, f", cell {stop.cell}", what)]
    return []


def _problem(exercise: Exercise, place: str, what: str) -> Problem:
    return Problem(
        exercise=exercise.name,
        claim=Claim.NOTEBOOK,
        where=f"{exercise.name}/{exercise.file}{place}",
        what=what,
        todo="Mend the cell; it may use only what the cells above it define.",
    )


class _Kernel:
    """A kernel that is started when it is needed, and again when it can no longer be trusted."""

    def __init__(self, stack: AsyncExitStack, cell_seconds: int) -> None:
        self._stack = stack
        self._cell_seconds = cell_seconds
        self._client: NotebookClient | None = None

    async def stop_of(self, notebook: bytes) -> _Stop | None:
        """Where the notebook stops before its end; None if it does not."""
        is_used = self._client is not None
        stop = await self._run(notebook)
        if stop is None or stop.is_unwritten:
            return stop
        await self._give_up()
        # An earlier notebook may have left something behind, in torch or in the system.
        return await self.stop_of(notebook) if is_used else stop

    async def _run(self, notebook: bytes) -> _Stop | None:
        from nbclient.exceptions import (  # noqa: PLC0415  (slow to import, as all of its kind)
            CellExecutionError,
            CellTimeoutError,
            DeadKernelError,
        )
        from nbformat import reads, v4  # noqa: PLC0415

        if self._client is None:
            self._client = await self._stack.enter_async_context(_started(self._cell_seconds))
        opening = v4.new_code_cell(_OPENING)
        cells: list[NotebookNode] = [opening, *reads(notebook.decode(), as_version=4).cells]
        self._client.nb = v4.new_notebook(cells=cells)
        for number, cell in enumerate(cells):
            try:
                await self._client.async_execute_cell(cell, number)
            except CellExecutionError as error:
                is_unwritten = error.ename == "NotImplementedError" and UNWRITTEN in error.evalue
                return _Stop(number, _said(error.ename, error.evalue), is_unwritten)
            except CellTimeoutError:
                return _Stop(number, f"it was not done after {self._cell_seconds} seconds.")
            except DeadKernelError:
                return _Stop(number, "it ended the kernel.")
        return None

    async def _give_up(self) -> None:
        self._client = None
        await self._stack.aclose()


@asynccontextmanager
async def _started(cell_seconds: int) -> AsyncIterator[NotebookClient]:
    """A kernel of this Python with nobody's settings, gone without a trace at the end."""
    from jupyter_client.kernelspec import KernelSpecManager  # noqa: PLC0415
    from jupyter_client.manager import AsyncKernelManager  # noqa: PLC0415
    from nbclient import NotebookClient  # noqa: PLC0415
    from nbformat.v4 import new_notebook  # noqa: PLC0415
    from zmq import ZMQError  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="grade-") as folder:
        manager = AsyncKernelManager(
            kernel_name="python3",
            # No folder is searched, so it is this interpreter's own kernel.
            kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
            transport="ipc",
            connection_file=str(Path(folder) / "kernel.json"),
        )
        client = NotebookClient(
            new_notebook(), km=manager, timeout=cell_seconds, startup_timeout=_START_SECONDS
        )
        environment = os.environ | {"IPYTHONDIR": folder, "OMP_NUM_THREADS": "1"}
        try:
            try:
                # What the kernel says of itself is no concern of whoever verifies a course.
                await client.async_start_new_kernel(
                    cwd=folder, env=environment, stdout=DEVNULL, stderr=DEVNULL
                )
                await client.async_start_new_kernel_client()
            except (OSError, RuntimeError, ZMQError) as error:
                raise WorkerError(
                    f"the kernel that runs notebooks could not be started ({error}). Try "
                    f"`{sys.executable} -m ipykernel --version`; it tells what is missing."
                ) from error
            yield client
        finally:
            if client.kc is not None:
                client.kc.stop_channels()
            if manager.has_kernel:
                await manager.shutdown_kernel(now=True)


def _said(name: str, value: str) -> str:
    line = next(iter(value.splitlines()), "")
    text = f"{name}: {line}" if line else name
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[: _SHOWN_CHARACTERS - 1]}…"
