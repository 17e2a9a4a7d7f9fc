"""The kernel's end of the companion: started, asked, and ended with the session."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from grader.errors import WorkerError
from grader.extension.messages import Answer, Question, receive, send

_THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_END_SECONDS: Final = 5.0
_SAID_BYTES: Final = 1500


class Companion:
    """A process that judges for this session; it is started again if it has ended.

    It ends by itself when the pipe to it closes, and the kernel's end closes the pipe.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._log: BinaryIO | None = None
        self._owner = os.getpid()
        self._turn = threading.Lock()

    def start(self) -> None:
        """Start it, if it is not there. Returns at once; it takes seconds to be ready.

        Raises:
            WorkerError: No process can be started.
        """
        if self._process is not None and self._process.poll() is None:
            return
        self.close()
        log = tempfile.TemporaryFile()  # noqa: SIM115 - read when the process has ended
        try:
            self._process = subprocess.Popen(
                # -P: a student's own torch.py beside the notebook is not the one that is meant.
                [sys.executable, "-P", "-m", "grader.extension"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=Path(sys.executable).anchor,
                # torch starts threads as it is imported unless told not to: no fork after that.
                env={**os.environ, **dict.fromkeys(_THREADS, "1")},
                # "Interrupt the kernel" is a signal to its whole group, and not meant for this.
                start_new_session=True,
            )
        except OSError as error:
            log.close()
            raise WorkerError(
                f"no process can be started to check your functions ({error.strerror}). Save your "
                "notebook, close what you do not need, and run %check again."
            ) from None
        self._log = log

    def ask(self, question: Question) -> Answer:
        """Have one question answered.

        Raises:
            WorkerError: The companion could not be started, or ended instead of answering.
        """
        with self._turn:
            self.start()
            assert self._process is not None
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            try:
                send(self._process.stdin, question)
                return receive(self._process.stdout, Answer)
            except (OSError, EOFError, msgspec.DecodeError):
                raise WorkerError(self._why_ended()) from None
            except BaseException:
                # Interrupted: its answer must not be taken for that of the next question.
                self._process.terminate()
                self.close()
                raise

    def close(self) -> None:
        """End it, if it is there and ours: a process forked off the kernel has it from its parent.

        What it started ends with it.
        """
        process, self._process = self._process, None
        log, self._log = self._log, None
        if log is not None:
            log.close()
        if process is None or os.getpid() != self._owner:
            return
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):  # what it was not told any more
                if stream is not None:
                    stream.close()
        try:
            process.wait(timeout=_END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _why_ended(self) -> str:
        said = ""
        if self._log is not None:
            self._log.seek(0, os.SEEK_END)
            self._log.seek(max(0, self._log.tell() - _SAID_BYTES))
            said = self._log.read().decode(errors="replace").strip()
        self.close()
        details = f"\nIt said:\n{said}" if said else ""
        return (
            "the process that checks your functions ended unexpectedly. Your session is as it was. "
            f"Run %check again; if it happens again, please report it.{details}"
        )
