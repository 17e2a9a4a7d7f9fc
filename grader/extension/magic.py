"""`%check` in the kernel: collects what the session's cells say, and shows what comes back.

It runs in the student's own process and so does as little as it can: nothing of pytest, torch or
the course is imported here, and nothing is ever printed as a traceback.
"""

from __future__ import annotations

import atexit
import contextlib
import html
from pathlib import Path
from types import FunctionType
from typing import Final

from IPython.core.interactiveshell import InteractiveShell
from IPython.display import publish_display_data

from grader.errors import GraderError
from grader.extension.companion import Companion
from grader.extension.messages import Answer, Executed, Question

_NAME: Final = "check"
_loaded: dict[int, Check] = {}
"""What was brought to which shell, to be taken away again."""


class Check:
    """The magic of one shell.

    Args:
        shell: Whose cells are checked.
    """

    def __init__(self, shell: InteractiveShell) -> None:
        self._shell = shell
        self._companion = Companion()

    def begin(self) -> None:
        """Bring `%check` to the shell, and have the companion import torch while cells are read."""
        self._shell.magics_manager.register_function(self.check, "line", _NAME)
        atexit.register(self.end)
        with contextlib.suppress(GraderError):  # the first %check tries again, and says why
            self._companion.start()

    def end(self) -> None:
        """Take it away."""
        atexit.unregister(self.end)
        self._shell.magics_manager.magics["line"].pop(_NAME, None)
        self._companion.close()

    def check(self, line: str) -> None:
        """Run the public tests on the functions that this notebook's cells define.

        %check                 the exercise that you are working on
        %check softmax relu    some of its functions
        %check activations     an exercise by its name
        %check --course PATH   where the course is not found upward from the current folder

        The newest version of each function counts, as far as its cell was run. Passing is a good
        sign and no promise: the tests that grade use other numbers.
        """
        try:
            answer = self._companion.ask(self._question(line))
        except KeyboardInterrupt:
            answer = _said("Stopped. Nothing was checked; run %check again when you like.")
        except GraderError as error:
            answer = _said(f"Not checked: {error}")
        except FileNotFoundError:
            answer = _said(
                "Not checked: the folder that this notebook works in is gone. Go to another one "
                "with `%cd PATH`, or restart the kernel."
            )
        except Exception as error:  # noqa: BLE001 - a cell shows words, never our traceback
            answer = _said(
                f"This is a fault of grade, not yours: {type(error).__name__}: {error}. "
                "Nothing was checked. Please report it."
            )
        publish_display_data({"text/html": answer.html, "text/plain": answer.text})

    def _question(self, line: str) -> Question:
        history = self._shell.history_manager
        sources = [] if history is None else history.input_hist_raw
        return Question(
            line=line,
            folder=str(Path.cwd()),
            cells=tuple(
                Executed(number, _sendable(source))
                for number, source in enumerate(sources)
                if source.strip()
            ),
            imported={
                _sendable(name): _sendable(str(value.__module__))
                for name, value in list(self._shell.user_ns.items())
                if type(value) is FunctionType and value.__module__ != "__main__"
            },
        )


def load(shell: InteractiveShell) -> None:
    """Bring `%check` to a shell; once is enough."""
    if id(shell) not in _loaded:
        _loaded[id(shell)] = check = Check(shell)
        check.begin()


def unload(shell: InteractiveShell) -> None:
    """Take `%check` away from a shell, and end what it started."""
    check = _loaded.pop(id(shell), None)
    if check is not None:
        check.end()


def _said(text: str) -> Answer:
    """Words where there is nobody to put them into a page."""
    return Answer(f'<p style="white-space: pre-wrap">{html.escape(text)}</p>', text)


def _sendable(text: str) -> str:
    """Text that UTF-8 can say: halves of surrogate pairs are replaced."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
