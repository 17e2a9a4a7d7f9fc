"""The system calls a worker may make: a short list, everything else fails with EPERM.

A list of what is forbidden leaks with every new kernel, so this is a list of what Python and torch
need. There is no exec, no new socket, no memfd, no tracing, no namespace and no io_uring on it; on
a GPU a memfd and one kind of socket are.
The filter is compiled once, in the zygote, and loaded as bytes in each keeper.
"""

from __future__ import annotations

import errno
import fcntl
import os
import socket
import termios
from types import ModuleType
from typing import Final

from grader.errors import SandboxError
from grader.sandbox import syscalls

# fmt: off
_ALLOWED: Final = (
    # memory
    "brk", "madvise", "membarrier", "mincore", "mmap", "mprotect", "mremap", "msync", "munmap",
    # files by name: Landlock decides which
    "access", "chdir", "faccessat", "faccessat2", "getcwd", "link", "linkat", "lstat", "mkdir",
    "mkdirat", "newfstatat", "open", "openat", "readlink", "readlinkat", "rename", "renameat",
    "renameat2", "rmdir", "stat", "statfs", "statx", "symlink", "symlinkat", "umask", "unlink",
    "unlinkat",
    # files by descriptor
    "close", "close_range", "copy_file_range", "dup", "dup2", "dup3", "fadvise64", "fallocate",
    "fchdir", "fchmod", "fdatasync", "flock", "fstat", "fstatfs", "fsync", "ftruncate",
    "getdents64", "lseek", "pread64", "preadv", "preadv2", "pwrite64", "pwritev", "pwritev2",
    "read", "readv", "sendfile", "write", "writev",
    # waiting, and sockets that are already there
    "epoll_create", "epoll_create1", "epoll_ctl", "epoll_pwait", "epoll_pwait2", "epoll_wait",
    "eventfd", "eventfd2", "getpeername", "getsockname", "pipe", "pipe2", "poll", "ppoll",
    "pselect6", "recvfrom", "recvmsg", "select", "sendmsg", "sendto", "shutdown",
    "timerfd_create", "timerfd_gettime", "timerfd_settime",
    # processes and threads
    "arch_prctl", "exit", "exit_group", "futex", "get_robust_list", "getcpu", "gettid", "rseq",
    "sched_get_priority_max", "sched_get_priority_min", "sched_getaffinity", "sched_getparam",
    "sched_getscheduler", "sched_yield", "set_robust_list", "set_tid_address", "wait4",
    "waitid",
    # who and how much
    "capget", "getegid", "geteuid", "getgid", "getgroups", "getpgid", "getpgrp", "getpid",
    "getppid", "getpriority", "getresgid", "getresuid", "getrlimit", "getrusage", "getsid",
    "getuid", "sysinfo", "times", "uname",
    # time, signals to oneself, randomness
    "alarm", "clock_getres", "clock_gettime", "clock_nanosleep", "getitimer", "getrandom",
    "gettimeofday", "nanosleep", "pause", "restart_syscall", "rt_sigaction", "rt_sigpending",
    "rt_sigprocmask", "rt_sigreturn", "rt_sigsuspend", "rt_sigtimedwait", "setitimer",
    "sigaltstack", "time",
)
# fmt: on

_OWN_FILES: Final = (
    "chmod",
    "fchmodat",
    "futimesat",
    "truncate",
    "utime",
    "utimensat",
    "utimes",
)
"""Landlock does not ask about these (about truncate, only since version 3), so they are allowed
only where the view is the wall."""

_SIGNALS: Final = ("kill", "tgkill", "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo")

_UNKNOWN: Final = (435, 452)
"""clone3 and fchmodat2: told that the kernel has no such call, the C library takes the older one,
whose arguments a filter can read."""

_NEW_NAMESPACE: Final = (
    syscalls.CLONE_NEWNS
    | syscalls.CLONE_NEWCGROUP
    | syscalls.CLONE_NEWUTS
    | syscalls.CLONE_NEWIPC
    | syscalls.CLONE_NEWUSER
    | syscalls.CLONE_NEWPID
    | syscalls.CLONE_NEWNET
)
_CLONE_PTRACE: Final = 0x2000
_CLONE_PARENT: Final = 0x8000
"""A child that is its parent's sibling would not be found among the keeper's descendants."""

_FCNTL: Final = (
    fcntl.F_DUPFD,
    fcntl.F_DUPFD_CLOEXEC,
    fcntl.F_GETFD,
    fcntl.F_SETFD,
    fcntl.F_GETFL,
    fcntl.F_SETFL,
    fcntl.F_GETLK,
    fcntl.F_SETLK,
    fcntl.F_SETLKW,
    1032,  # F_GETPIPE_SZ
    1034,  # F_GET_SEALS
)
_IOCTL: Final = (
    termios.TCGETS,
    termios.TIOCGWINSZ,
    termios.FIOCLEX,
    termios.FIONCLEX,
    termios.FIONBIO,
    termios.FIONREAD,
)
_GPU_CALLS: Final = (
    *("get_mempolicy", "mbind", "mlock", "munlock", "set_mempolicy"),
    # A socket that nobody is let in at: there is no connect and no accept.
    *("bind", "listen"),
)
_F_ADD_SEALS: Final = 1033
_MEMFD: Final = 0x1 | 0x2 | 0x8
"""MFD_CLOEXEC, MFD_ALLOW_SEALING and MFD_NOEXEC_SEAL: a file in memory, of pages as usual."""
_SOCKET_TYPE: Final = 0xF
"""What of a socket's type is not a flag."""
_GPU_IOCTL: Final = (
    (0x0000_FF00, ord("F") << 8),  # the driver's own type of request
    (0xFFFF_FF80, 0),  # its unified memory numbers its requests plainly, from 1
    (0xFFFF_FFFC, 0x3000_0000),  # and two more, to begin and to end with
)
"""Mask and value of the requests that NVIDIA's nodes take."""
_PRCTL: Final = (
    2,  # PR_GET_PDEATHSIG
    3,  # PR_GET_DUMPABLE
    15,  # PR_SET_NAME
    16,  # PR_GET_NAME
    21,  # PR_GET_SECCOMP
    syscalls.PR_CAPBSET_READ,
    39,  # PR_GET_NO_NEW_PRIVS
)
_SIGKILL: Final = 9


def compile_filter(*, has_own_files: bool, has_own_signals: bool, has_gpus: bool = False) -> bytes:
    """The filter as instructions for `load`.

    Args:
        has_own_files: Whether every file in sight is read-only or the worker's own.
        has_own_signals: Whether signals cannot leave the worker, so that it may send them.
        has_gpus: Whether calls of NVIDIA's driver go through; Landlock says on which nodes. The
            driver also makes files in memory, and a socket of its own that it listens at. One of
            messages cannot send before it is connected, so that nothing is reached through it.

    Raises:
        SandboxError: libseccomp is not installed.
        OSError: The library could not make the filter.
    """
    pyseccomp = _library()
    rules = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.EPERM))
    # A call by the convention of another architecture is an attack, not a mistake.
    rules.set_attr(pyseccomp.Attr.ACT_BADARCH, pyseccomp.KILL_PROCESS)

    def allow(name: str, *arguments: object) -> None:
        number = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
        if number >= 0:  # this architecture has a call of that name
            rules.add_rule(pyseccomp.ALLOW, number, *arguments)

    def equals(position: int, value: int) -> object:
        return pyseccomp.Arg(position, pyseccomp.EQ, value)

    def has_bits(position: int, mask: int, value: int) -> object:
        return pyseccomp.Arg(position, pyseccomp.MASKED_EQ, mask, value)

    more = (_OWN_FILES if has_own_files else ()) + (_SIGNALS if has_own_signals else ())
    for name in _ALLOWED + more + (_GPU_CALLS if has_gpus else ()):
        allow(name)
    for name, position, mask, value in _bits(has_gpus=has_gpus):
        allow(name, has_bits(position, mask, value))
    if has_gpus:
        is_of_messages = has_bits(1, _SOCKET_TYPE, socket.SOCK_SEQPACKET)
        allow("socket", equals(0, socket.AF_UNIX), is_of_messages)
    for option in _PRCTL:
        allow("prctl", equals(0, option))
    allow("prctl", equals(0, syscalls.PR_SET_PDEATHSIG), equals(1, _SIGKILL))
    # 0 is the caller itself; other processes of the same user are not its to limit.
    allow("prlimit64", equals(0, 0))
    allow("getsockopt", equals(1, socket.SOL_SOCKET))
    for number in _UNKNOWN:
        rules.add_rule(pyseccomp.ERRNO(errno.ENOSYS), number)
    with open(os.memfd_create("filter"), "w+b") as file:  # noqa: PTH123 - it has no path
        rules.export_bpf(file)
        file.seek(0)
        return file.read()


def _bits(*, has_gpus: bool) -> list[tuple[str, int, int, int]]:
    """Calls that pass if one of their arguments, under a mask, has a value; its place comes first.

    The kernel reads 32 bits of each; so do the masks.
    """
    bits = [("clone", 0, _NEW_NAMESPACE | _CLONE_PTRACE | _CLONE_PARENT, 0)]
    bits += [("ioctl", 1, 0xFFFF_FFFF, request) for request in _IOCTL]
    bits += [("fcntl", 1, 0xFFFF_FFFF, command) for command in _FCNTL]
    if has_gpus:
        bits += [("ioctl", 1, mask, value) for mask, value in _GPU_IOCTL]
        bits.append(("memfd_create", 1, 0xFFFF_FFFF & ~_MEMFD, 0))
        bits.append(("fcntl", 1, 0xFFFF_FFFF, _F_ADD_SEALS))
    return bits


def load(program: bytes) -> None:
    """Put this process and all that it will start under the filter, for good."""
    syscalls.install_filter(program)


def _library() -> ModuleType:
    """Imported on demand: where libseccomp is missing, the import is what fails."""
    try:
        import pyseccomp  # noqa: PLC0415
    except (ImportError, RuntimeError) as error:
        raise SandboxError(
            "the sandbox needs the library libseccomp, which is not installed: install the package "
            "libseccomp2 (Debian, Ubuntu) or libseccomp (Fedora, Arch, Alpine)"
        ) from error
    module: ModuleType = pyseccomp
    return module
