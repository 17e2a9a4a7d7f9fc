"""pytest among itself: no option, plugin or bytecode of the surroundings has a part in judging."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

_PLUGINS_OFF: Final = (
    "cacheprovider", "capture", "debugging", "doctest", "faulthandler", "junitxml", "legacypath",
    "logging", "pastebin", "pytester", "setuponly", "setupplan", "stepwise", "threadexception",
    "tmpdir", "unittest", "unraisableexception", "warnings",
)  # fmt: skip


def arguments(paths: Sequence[Path], root: Path) -> list[str]:
    """The command line with which pytest collects these suites and nothing else."""
    return [
        *("-c", os.devnull, "--rootdir", str(root), "--import-mode=importlib", "--noconftest"),
        *("-qq", "--strict-markers", "--continue-on-collection-errors", "--disable-warnings"),
        *(f"-pno:{name}" for name in _PLUGINS_OFF),
        *map(str, paths),
    ]


@contextlib.contextmanager
def isolated() -> Iterator[None]:
    """No option, plugin or bytecode of the surroundings has a part in judging."""
    kept = {name: value for name, value in os.environ.items() if name.startswith("PYTEST_")}
    for name in kept:
        del os.environ[name]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    writes_bytecode = sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    try:
        yield
    finally:
        sys.dont_write_bytecode = writes_bytecode
        del os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"]
        os.environ.update(kept)


def forget(paths: Sequence[Path]) -> None:
    """Another exercise's suite has the same module name: pytest must not find this one's."""
    files = {str(path.resolve()) for path in paths}
    for name, module in list(sys.modules.items()):
        if getattr(module, "__file__", None) in files:
            del sys.modules[name]
