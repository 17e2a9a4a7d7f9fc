"""Run a command as an ordinary user when the tests themselves run as root.

Root's interpreter may live where nobody else can look (a home folder of mode 0700). So the
command starts in a mount namespace in which each such folder is replaced by an empty one that
shows only what the command needs. Nothing changes outside it, and it is gone with the command.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

_PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
NOBODY = 65534 - (int(_PROCESS) + 1 if _PROCESS else 0)
"""The limit on processes is a user's: of several test processes each has one of its own."""


def why_not() -> str | None:
    """Why nobody else can be impersonated here, or None if it works."""
    if os.geteuid() != 0:
        return "only root can run a command as another user"
    if shutil.which("setpriv") is None:
        return "setpriv (of util-linux) is not installed"
    return None


def as_nobody(
    command: Sequence[str], readable: Iterable[str | Path] = (), writable: Iterable[str | Path] = ()
) -> list[str]:
    """`command`, made to run as user and group `NOBODY` without any other group or capability.

    Args:
        command: Program and arguments; start it as root with `subprocess`.
        readable: Folders that must be reachable, besides Python's own and this project's. Their
            contents need the permission bits for others.
        writable: Folders that must be reachable and are given to the user, contents included.
    """
    project = Path(__file__).resolve().parent.parent
    shown = [sys.base_prefix, sys.prefix, project, *readable]
    options = [f"--show={Path(path).resolve()}" for path in shown]
    options += [f"--give={Path(path).resolve()}" for path in writable]
    return [sys.executable, "-I", __file__, f"--user={NOBODY}", *options, "--", *command]


def _main(arguments: Sequence[str]) -> None:
    from grader.sandbox import syscalls  # noqa: PLC0415 - root's half only

    cut = list(arguments).index("--")
    options, command = arguments[:cut], list(arguments[cut + 1 :])
    user = int(options[0].removeprefix("--user="))
    given = [option.removeprefix("--give=") for option in options if option.startswith("--give=")]
    shown = [option.removeprefix("--show=") for option in options if option.startswith("--show=")]
    for path in given:
        _give(path, user)

    syscalls.unshare(syscalls.CLONE_NEWNS)
    syscalls.mount(None, "/", syscalls.MS_REC | syscalls.MS_PRIVATE)
    hidden: dict[str, list[str]] = {}
    for path in dict.fromkeys((*shown, *given)):
        wall = _first_closed(path)
        if wall is not None:
            hidden.setdefault(wall, []).append(path)
    for wall, paths in hidden.items():
        outer = [path for path in paths if not any(_is_below(path, other) for other in paths)]
        trees = [(path, syscalls.clone_tree(path)) for path in outer]
        syscalls.mount("tmpfs", wall, syscalls.MS_NOSUID | syscalls.MS_NODEV, "mode=755")
        for path, tree in trees:
            Path(path).mkdir(parents=True, exist_ok=True)
            syscalls.attach_tree(tree, path)
            os.close(tree)

    drop = [f"--reuid={user}", f"--regid={user}", "--clear-groups"]
    os.execvp("setpriv", ["setpriv", *drop, "--", *command])


def _first_closed(path: str) -> str | None:
    """The outermost folder above `path` that others may not pass through."""
    for folder in reversed(Path(path).parents):
        if not folder.stat().st_mode & stat.S_IXOTH:
            return str(folder)
    return None


def _is_below(path: str, other: str) -> bool:
    return path != other and Path(path).is_relative_to(other)


def _give(path: str, user: int) -> None:
    os.chown(path, user, user)
    for folder, folders, files in os.walk(path):
        for name in (*folders, *files):
            os.lchown(os.path.join(folder, name), user, user)  # noqa: PTH118


if __name__ == "__main__":
    _main(sys.argv[1:])
