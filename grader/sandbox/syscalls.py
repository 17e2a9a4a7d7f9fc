"""The system calls that Python does not offer, and the only ctypes of the sandbox.

Each function is the kernel's call of the same name with errors as `OSError`, nothing more: what
they are for stands in `namespaces`, `view`, `privileges` and `seccomp`. The C library is opened
on first use, so that importing this module is free and works on every platform.
"""

from __future__ import annotations

import ctypes
import os
import platform
from functools import cache
from typing import Final

CLONE_NEWNS: Final = 0x0002_0000
CLONE_NEWCGROUP: Final = 0x0200_0000
CLONE_NEWUTS: Final = 0x0400_0000
CLONE_NEWIPC: Final = 0x0800_0000
CLONE_NEWUSER: Final = 0x1000_0000
CLONE_NEWPID: Final = 0x2000_0000
CLONE_NEWNET: Final = 0x4000_0000

MS_NOSUID: Final = 0x2
MS_NODEV: Final = 0x4
MS_NOEXEC: Final = 0x8
MS_REC: Final = 0x4000
MS_PRIVATE: Final = 0x4_0000

MOUNT_ATTR_RDONLY: Final = 0x1
MOUNT_ATTR_NOSUID: Final = 0x2
MOUNT_ATTR_NODEV: Final = 0x4
MOUNT_ATTR_NOEXEC: Final = 0x8

PR_SET_PDEATHSIG: Final = 1
PR_SET_DUMPABLE: Final = 4
PR_SET_KEEPCAPS: Final = 8
PR_SET_SECCOMP: Final = 22
PR_CAPBSET_READ: Final = 23
PR_CAPBSET_DROP: Final = 24
PR_SET_CHILD_SUBREAPER: Final = 36
PR_SET_NO_NEW_PRIVS: Final = 38
PR_CAP_AMBIENT: Final = 47
PR_CAP_AMBIENT_CLEAR_ALL: Final = 4

SECCOMP_MODE_FILTER: Final = 2

_MNT_DETACH: Final = 0x2
_OPEN_TREE_CLONE: Final = 0x1
_OPEN_TREE_CLOEXEC: Final = os.O_CLOEXEC if hasattr(os, "O_CLOEXEC") else 0
_AT_FDCWD: Final = -100
_AT_EMPTY_PATH: Final = 0x1000
_AT_RECURSIVE: Final = 0x8000
_MOVE_MOUNT_F_EMPTY_PATH: Final = 0x4
_CAPABILITY_VERSION_3: Final = 0x2008_0522

# Calls newer than kernel 5.0 carry the same number on every architecture.
_OPEN_TREE: Final = 428
_MOVE_MOUNT: Final = 429
_MOUNT_SETATTR: Final = 442
_PIVOT_ROOT: Final = {"x86_64": 155, "aarch64": 41}


class _CapabilityHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _CapabilityData(ctypes.Structure):
    _fields_ = [
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    ]


class _MountAttributes(ctypes.Structure):
    _fields_ = [
        ("attr_set", ctypes.c_uint64),
        ("attr_clr", ctypes.c_uint64),
        ("propagation", ctypes.c_uint64),
        ("userns_fd", ctypes.c_uint64),
    ]


class _FilterProgram(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


@cache
def _libc() -> ctypes.CDLL:
    library = ctypes.CDLL(None, use_errno=True)
    library.syscall.restype = ctypes.c_long
    library.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    return library


def _checked(result: int, subject: str | None = None) -> int:
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error), subject)
    return int(result)


def unshare(flags: int) -> None:
    """Leave the namespaces named by `flags` for new ones."""
    _checked(_libc().unshare(ctypes.c_int(flags)))


def setns(descriptor: int, kind: int) -> None:
    """Join the namespace that `descriptor` stands for."""
    _checked(_libc().setns(ctypes.c_int(descriptor), ctypes.c_int(kind)))


def mount(kind: str | None, target: str, flags: int, options: str | None = None) -> None:
    """Mount a file system of `kind`, or change the propagation of `target` if `kind` is None."""
    name = kind.encode() if kind else None
    _checked(
        _libc().mount(
            name or b"none",
            os.fsencode(target),
            name,
            ctypes.c_ulong(flags),
            options.encode() if options else None,
        ),
        target,
    )


def detach(target: str) -> None:
    """Unmount `target` and everything below it, as soon as nobody uses it."""
    _checked(_libc().umount2(os.fsencode(target), ctypes.c_int(_MNT_DETACH)), target)


def pivot_root(new_root: str, put_old: str) -> None:
    """Make `new_root` the root of this mount namespace and hang the old one at `put_old`."""
    number = _PIVOT_ROOT[platform.machine()]
    _checked(
        _libc().syscall(ctypes.c_long(number), os.fsencode(new_root), os.fsencode(put_old)),
        new_root,
    )


def clone_tree(path: str) -> int:
    """A detached copy of the mounts at and below `path`, as a descriptor the caller closes."""
    flags = _OPEN_TREE_CLONE | _OPEN_TREE_CLOEXEC | _AT_RECURSIVE
    return _checked(
        _libc().syscall(
            ctypes.c_long(_OPEN_TREE),
            ctypes.c_int(_AT_FDCWD),
            os.fsencode(path),
            ctypes.c_uint(flags),
        ),
        path,
    )


def attach_tree(tree: int, target: str) -> None:
    """Hang a tree from `clone_tree` at `target`, which must be of the same kind."""
    _checked(
        _libc().syscall(
            ctypes.c_long(_MOVE_MOUNT),
            ctypes.c_int(tree),
            b"",
            ctypes.c_int(_AT_FDCWD),
            os.fsencode(target),
            ctypes.c_uint(_MOVE_MOUNT_F_EMPTY_PATH),
        ),
        target,
    )


def set_mount_attributes(tree: int, attributes: int) -> None:
    """Add `attributes` to every mount of the tree, an open folder or one from `clone_tree`."""
    wanted = _MountAttributes(attr_set=attributes)
    _checked(
        _libc().syscall(
            ctypes.c_long(_MOUNT_SETATTR),
            ctypes.c_int(tree),
            b"",
            ctypes.c_uint(_AT_EMPTY_PATH | _AT_RECURSIVE),
            ctypes.byref(wanted),
            ctypes.c_size_t(ctypes.sizeof(wanted)),
        )
    )


def prctl(option: int, first: int = 0, second: int = 0) -> int:
    """Change or read one property of this process."""
    return _checked(_libc().prctl(option, first, second, 0, 0))


def set_capabilities(mask: int) -> None:
    """Hold exactly the capabilities in `mask`, effective and permitted; inherit none."""
    header = _CapabilityHeader(version=_CAPABILITY_VERSION_3, pid=0)
    data = (_CapabilityData * 2)()
    for index in range(2):
        part = (mask >> (32 * index)) & 0xFFFF_FFFF
        data[index].effective = data[index].permitted = part
    _checked(_libc().capset(ctypes.byref(header), ctypes.byref(data)))


def install_filter(program: bytes) -> None:
    """Put this process under a seccomp filter: BPF instructions of eight bytes each."""
    argument = _FilterProgram(length=len(program) // 8, filter=program)
    _checked(_libc().prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(argument), 0, 0))
