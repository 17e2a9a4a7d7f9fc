"""The file system that a worker in tier `full` sees: Python and torch to read, and nothing else.

The view is an empty tmpfs on which read-only copies of the wanted mounts are hung. What is not
hung there has no name: no home folder, no other submission, no /proc, no /sys.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from grader.sandbox import syscalls

SCRATCH: Final = "/scratch/tmp"
"""Where a worker may write. The folder above it exists so that a Landlock rule made once, in the
zygote, covers whatever a keeper mounts here later."""
SCRATCH_PARENT: Final = "/scratch"
DEVICES: Final = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")
PROCESSOR_FACTS: Final = ("/proc/cpuinfo", "/sys/devices/system/cpu")
"""Read by torch to choose its kernels; they tell of the machine, not of who works on it."""

_MOST_LINKS: Final = 40
_STAGE: Final = "/tmp"  # noqa: S108 - any folder that exists; the view hides it only in passing
_READ_ONLY: Final = (
    syscalls.MOUNT_ATTR_RDONLY | syscalls.MOUNT_ATTR_NOSUID | syscalls.MOUNT_ATTR_NODEV
)
_DEVICE: Final = (
    syscalls.MOUNT_ATTR_RDONLY | syscalls.MOUNT_ATTR_NOSUID | syscalls.MOUNT_ATTR_NOEXEC
)


def enter_view(readable: Sequence[str], devices: Sequence[str] = ()) -> None:
    """Build the view in this mount namespace and make it the root; the old root is gone.

    Args:
        readable: Files and folders to show, read-only, under their own names. Missing ones are
            left out: which of /lib64 and its like exist differs from system to system.
        devices: Device nodes to show beside those that every program needs.

    Raises:
        OSError: A step failed; the process must end, for it stands between two roots.
    """
    # What happens to mounts here must not reach the machine's own.
    syscalls.mount(None, "/", syscalls.MS_REC | syscalls.MS_PRIVATE)
    links, places = _resolve(readable)
    # Copies are taken first: the stage may hide what they are copies of.
    trees = [(place, _clone(place, _READ_ONLY)) for place in places]
    trees += [(fact, _clone(fact, _READ_ONLY)) for fact in PROCESSOR_FACTS if Path(fact).exists()]
    trees += [
        (device, _clone(device, _DEVICE))
        for device in (*DEVICES, *devices)
        if Path(device).exists()
    ]

    syscalls.mount("tmpfs", _STAGE, syscalls.MS_NOSUID, "size=1m,mode=755")
    for place, tree in trees:
        target = _STAGE + place
        _make_place(target, is_folder=stat.S_ISDIR(os.fstat(tree).st_mode))
        syscalls.attach_tree(tree, target)
        os.close(tree)
    for link, target in links.items():
        Path(_STAGE + link).parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            Path(_STAGE + link).symlink_to(target)
    Path(_STAGE + SCRATCH).mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):  # something readable lies in /tmp: then that stays
        Path(_STAGE + "/tmp").symlink_to(SCRATCH)  # noqa: S108 - the view's own

    os.chdir(_STAGE)
    # The same folder twice: the old root ends up on top of the new one and is detached from it.
    syscalls.pivot_root(".", ".")
    syscalls.detach(".")
    os.chdir("/")
    _make_read_only("/")
    # The zygote's own; every keeper hides it under a fresh one.
    mount_scratch(size_bytes=1 << 20, inodes=64)


def mount_scratch(size_bytes: int, inodes: int) -> None:
    """Hang an empty file system of its own size at `SCRATCH`."""
    syscalls.mount(
        "tmpfs",
        SCRATCH,
        syscalls.MS_NOSUID | syscalls.MS_NODEV | syscalls.MS_NOEXEC,
        f"size={size_bytes},nr_inodes={inodes},mode=700",
    )


def _resolve(paths: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """The symbolic links on the way to `paths`, and the outermost real places they lead to."""
    links: dict[str, str] = {}
    places: set[str] = set()
    for path in paths:
        if Path(path).exists():
            places.add(_follow(str(Path(path).absolute()), links))
    outermost: list[str] = []
    for place in sorted(places):
        if not any(Path(place).is_relative_to(other) for other in outermost):
            outermost.append(place)
    inside = {
        link for link in links if any(Path(link).is_relative_to(place) for place in outermost)
    }
    return {link: target for link, target in links.items() if link not in inside}, outermost


def _follow(path: str, links: dict[str, str]) -> str:
    """The real place of an absolute `path`; each link met on the way is noted in `links`."""
    real, rest = Path("/"), list(Path(os.path.normpath(path)).parts[1:])
    for _ in range(_MOST_LINKS):
        while rest:
            step = real / rest.pop(0)
            if step.is_symlink():
                target = str(step.readlink())
                links[str(step)] = target
                joined = os.path.normpath(os.path.join(real, target, *rest))  # noqa: PTH118
                real, rest = Path("/"), list(Path(joined).parts[1:])
                break
            real = step
        else:
            return str(real)
    raise OSError(f"too many symbolic links on the way to {path}")


def _clone(place: str, attributes: int) -> int:
    tree = syscalls.clone_tree(place)
    syscalls.set_mount_attributes(tree, attributes)
    return tree


def _make_place(target: str, *, is_folder: bool) -> None:
    if is_folder:
        Path(target).mkdir(parents=True, exist_ok=True)
    else:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        Path(target).touch()


def _make_read_only(folder: str) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        syscalls.set_mount_attributes(descriptor, syscalls.MOUNT_ATTR_RDONLY)
    finally:
        os.close(descriptor)
