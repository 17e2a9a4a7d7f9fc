"""IPython's shell without a terminal, a history or a way out: what a notebook's cells talk to.

Cells see `get_ipython()` and `display()` as in Jupyter. Magics and shell commands that mean
nothing in a sandbox are left out and noted; none of them costs the rest of its cell. Only text and
PNG pictures are kept of what is shown: no HTML and no script ever leaves the worker.
"""

from __future__ import annotations

import binascii
import builtins
import contextlib
import importlib
import importlib.util
import io
import os
import re
import tempfile
from collections.abc import Callable
from typing import Any, Final

from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.formatters import DisplayFormatter
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import display
from IPython.utils.text import SList
from traitlets import Type
from traitlets.config import Config

from grader.worker.bounds import MAX_NAME, MAX_OUTPUTS, MAX_PICTURE_BYTES, MAX_STRING
from grader.worker.loading import sendable
from grader.worker.notebook_messages import Shown

_SILENT: Final = frozenset(
    {"autosave", "html", "javascript", "js", "latex", "load_ext", "markdown"}
    | {"matplotlib", "reload_ext", "svg"}
)
"""Magics of which nobody misses anything: not worth a note."""

_SHELL: Final = frozenset({"conda", "mamba", "pip", "sx", "system", "uv"})
"""Magics that would start another program."""

_BODY_COUNTS: Final = frozenset({"capture", "time", "timeit", "prun", "memit"})
"""Cell magics that measure or hush their cell: the cell itself is the student's code."""

_MAX_PICTURES_BYTES: Final = 2 * MAX_PICTURE_BYTES
"""All pictures of one cell together."""

_MAX_TEXT_BYTES: Final = 400_000
"""All texts of one cell together: with its pictures they cross in one header of the wire."""

_LIVE: Final = re.compile(r"<IPython\.\w+\.display\.(\w+) object>")
_PICTURE: Final = "image/png"
_TEXT: Final = "text/plain"


class Shell(InteractiveShell):
    """The one shell of a process; made in the zygote, used by one notebook in a keeper."""

    display_pub_class = Type(CapturingDisplayPublisher)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]
        self.left_out: list[str] = []

    def system(self, cmd: str) -> None:
        """`!cmd`: there is no shell here."""
        self._leave_out(f"!{cmd}")

    system_raw = system_piped = system

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:
        """`x = !cmd`: what a command without output gives."""
        del depth
        self._leave_out(f"!{cmd}")
        return SList() if split else ""

    def run_line_magic(self, magic_name: str, line: str, _stack_depth: int = 1) -> Any:
        """`%magic`: one that fails, or that nobody knows, is left out."""
        if magic_name == "check" or (magic_name.endswith("load_ext") and line.strip() == "grader"):
            return None  # students check their work in the notebook; here it is graded
        if magic_name in _BODY_COUNTS and magic_name != "time":
            return None  # `%timeit f(x)` runs it a million times and gives nothing a name
        try:
            if magic_name not in _SHELL:
                return super().run_line_magic(magic_name, line, _stack_depth + 1)
        except Exception:  # noqa: BLE001 - a magic may raise anything
            if magic_name in _SILENT:
                return None
        self._leave_out(f"%{magic_name} {line}")
        return None

    def run_cell_magic(self, magic_name: str, line: str, cell: str) -> Any:
        """`%%magic`: of those that are not handled before, only `%%writefile` means something."""
        if magic_name in {"writefile", "file"}:
            return super().run_cell_magic(magic_name, line, cell)  # type: ignore[no-untyped-call]
        if magic_name not in _SILENT:
            self._leave_out(f"%%{magic_name} {line}")
        return None

    def _leave_out(self, what: str) -> None:
        if len(self.left_out) < MAX_OUTPUTS:
            self.left_out.append(sendable(what.strip()[:MAX_NAME]))


def make_shell() -> Shell:
    """The shell of this process, the same one each time; the first takes a tenth of a second."""
    if Shell.initialized():
        return Shell.instance()
    settings = Config()
    settings.HistoryManager.enabled = False
    # IPython insists on a folder for its settings; nothing in it is wanted.
    with tempfile.TemporaryDirectory(prefix="grade-ipython-") as folder:
        shell = Shell.instance(config=settings, ipython_dir=folder)
    _formatter(shell).active_types = [_TEXT, _PICTURE]
    return shell


def import_plotting() -> None:
    """matplotlib, where it is installed, with its list of fonts: a second for each who plots."""
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    if importlib.util.find_spec("matplotlib") is None:
        return
    with tempfile.TemporaryDirectory(prefix="grade-matplotlib-") as folder:
        os.environ["MPLCONFIGDIR"] = folder
        importlib.import_module("matplotlib.pyplot")


def adopt(shell: Shell, namespace: dict[str, Any]) -> None:
    """Make a module's namespace the one that magics see, with `In`, `Out` and `_` in it."""
    shell.user_ns = namespace
    told: list[str] = []
    shown: dict[int, object] = {}
    namespace.update(In=told, _ih=told, Out=shown, _oh=shown, _="", __="", ___="")
    builtins.get_ipython = shell.get_ipython  # type: ignore[attr-defined]
    builtins.display = display  # type: ignore[attr-defined]


def count(shell: Shell, number: int, source: str) -> None:
    """Begin the cell of this number: `In` has it, and `_` and `Out` will have its value."""
    # Whether that is the number of this cell or of the next one differs between versions.
    shell.execution_count += number - shell.displayhook.prompt_count
    told = shell.user_ns.get("_ih")
    if isinstance(told, list):
        told.extend([""] * (number - len(told)))
        told.append(source)


def without_its_magic(cell: str) -> str:
    """The cell without a first line that only measures or hushes it; no line moves.

    IPython takes empty lines off the beginning of a cell, and so would give all others a number
    that their author does not see: a comment holds their place.
    """
    lines = cell.split("\n")
    first = next((index for index, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return cell
    word = lines[first].split()[0]
    if word.startswith("%%"):
        if word[2:] not in _BODY_COUNTS:
            return cell
        lines[first] = ""
        first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    indentation = lines[first][: len(lines[first]) - len(lines[first].lstrip())]
    lines[:first] = [f"{indentation}#"] * first
    return "\n".join(lines)


def _formatter(shell: Shell) -> DisplayFormatter:
    if shell.display_formatter is None:
        raise RuntimeError("IPython made a shell that cannot show anything")
    return shell.display_formatter


class Showcase:
    """Collects what one cell shows, bounded: its prints, its displays and its last value."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._shown: list[Shown] = []
        self._room = _MAX_PICTURES_BYTES
        self._text_room = _MAX_TEXT_BYTES
        self._printed = _Printed(self._keep)

    @property
    def printed(self) -> io.TextIOBase:
        """A stream for what the cell prints."""
        return self._printed

    def show(self, value: object) -> None:
        """The value of the last line, as Jupyter shows it."""
        if value is None:
            return
        try:
            data, _ = _formatter(self._shell).format(value)
        except Exception:  # noqa: BLE001 - a student's __repr__ may raise anything
            data = {_TEXT: f"<{type(value).__name__}>"}
        self._add(data)
        with contextlib.suppress(Exception):  # of names that the student has taken for others
            self._shell.displayhook.update_user_ns(value)

    def take(self) -> tuple[Shown, ...]:
        """All that was shown since the last time, displays last."""
        self._printed.hand_over()
        published: list[dict[str, Any]] = self._shell.display_pub.outputs  # type: ignore[attr-defined]
        for output in published[: MAX_OUTPUTS + 1]:
            self._add(output["data"])
        published.clear()
        shown, self._shown = self._shown, []
        return tuple(shown)

    def _keep(self, text: str, picture: bytes = b"") -> None:
        if len(self._shown) == MAX_OUTPUTS:
            return
        spoken = sendable(text[:MAX_STRING]).encode()[: self._text_room]
        self._text_room -= len(spoken)
        self._room -= len(picture)
        self._shown.append(Shown(spoken.decode(errors="ignore"), picture))

    def _add(self, data: dict[str, Any]) -> None:
        self._printed.hand_over()
        picture = _decoded(data.get(_PICTURE, b""))
        is_small = len(picture) <= min(MAX_PICTURE_BYTES, self._room)
        text = _unshown(str(data.get(_TEXT, "")))
        if picture and not is_small:
            text = f"(too large a picture to be kept) {text}"
        self._keep(text, picture if is_small else b"")


def _unshown(text: str) -> str:
    """What stands for an object that is nothing but HTML or the like, in words."""
    found = _LIVE.fullmatch(text)
    return f"({found[1]}: not shown where work is graded)" if found else text


def _decoded(picture: object) -> bytes:
    """The bytes of a picture; matplotlib hands them in as text."""
    if isinstance(picture, str):
        with contextlib.suppress(ValueError):
            return binascii.a2b_base64(picture)
    return picture if isinstance(picture, bytes) else b""


class _Printed(io.TextIOBase):
    """Keeps the beginning of what is printed; what is beyond is dropped."""

    encoding = "UTF-8"

    def __init__(self, hand_over: Callable[[str], None]) -> None:
        self._hand_over = hand_over
        self._parts: list[str] = []
        self._room = MAX_STRING

    def write(self, text: str) -> int:
        if self._room > 0:
            self._parts.append(text[: self._room])
            self._room -= len(text)
        return len(text)

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def hand_over(self) -> None:
        """Let go of what was printed so far, as one text."""
        if text := "".join(self._parts):
            self._hand_over(text)
        self._parts.clear()
