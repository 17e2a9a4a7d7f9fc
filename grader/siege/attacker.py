"""Handed in as if by a student who wants more than marks; read as text, and never imported.

Each function tries one wall in several ways and answers which of them came through. What it tries
does no harm where it succeeds: it opens and changes only files that are made for it, sends only
signals that are ignored, asks for little more than the limits.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import platform
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import torch

Told = dict[str, str]
Ways = dict[str, Callable[[], object]]

_LIBC = ctypes.CDLL(None, use_errno=True)
_LIBC.syscall.restype = ctypes.c_long
_COLUMN = {"x86_64": 0, "aarch64": 1}.get(platform.machine(), 2)
_NOTHING = bytes(128)
_MIB = 1 << 20


def _came_through(ways: Ways) -> list[str]:
    found = []
    for name, way in ways.items():
        with suppress(OSError, ValueError):
            way()
            found.append(name)
    return found


def _ask(numbers: tuple[int, int], *arguments: object) -> int:
    """A system call by its number on x86_64 and on aarch64."""
    number = (*numbers, -1)[_COLUMN]
    if (answer := int(_LIBC.syscall(ctypes.c_long(number), *arguments))) < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return answer


def _share_memory() -> None:
    """A segment would outlive everybody: one that is made is removed."""
    segment = _ask((29, 194), 0, 4096, 0o600)
    _ask((31, 195), segment, 0, None)


def read_files(told: Told) -> list[str]:
    """A file that anybody may read, and what lies around it."""
    secret = told["secret"]
    Path("link").symlink_to(secret)
    return _came_through(
        {
            "open it": lambda: Path(secret).read_text(),
            "through a link": lambda: Path("link").read_text(),
            "through a hard link": lambda: os.link(secret, "hard"),
            "through /proc/self/root": lambda: Path(f"/proc/self/root{secret}").read_text(),
            "list its folder": lambda: list(Path(secret).parent.iterdir()),
            "list the home folder": lambda: list(Path(told["home"]).iterdir()),
            "read /etc/passwd": lambda: Path("/etc/passwd").read_text(),
        }
    )


def change_files(told: Told) -> list[str]:
    """A file that anybody may change, in a folder in which anybody may write."""
    open_to_all = Path(told["open"])
    return _came_through(
        {
            "write": lambda: open_to_all.write_text("changed"),
            "truncate": lambda: os.truncate(open_to_all, 0),
            "rename": lambda: open_to_all.rename(open_to_all.with_name("renamed")),
            "delete": open_to_all.unlink,
            "change its mode": lambda: open_to_all.chmod(0o600),
            "create another": lambda: open_to_all.with_name("new").touch(),
            "change Python itself": lambda: os.close(os.open(os.__file__, os.O_WRONLY)),
        }
    )


def see_processes(told: Told) -> list[str]:
    """The grader's memory, environment and descriptors; it is told its number."""
    grader = int(told["grader"])
    place = Path("/proc", told["grader"])
    return _came_through(
        {
            "read its environment": (place / "environ").read_bytes,
            "open its memory": lambda: (place / "mem").open("rb").close(),
            "list its descriptors": lambda: list((place / "fd").iterdir()),
            "list processes": lambda: list(Path("/proc").iterdir()),
            "signal it": lambda: os.kill(grader, signal.SIGURG),
            "trace it": lambda: _ask((101, 117), 0x4206, grader, None, None),
            "read its memory": lambda: _ask((310, 270), grader, None, 0, None, 0, 0),
            "take hold of it": lambda: os.close(os.pidfd_open(grader)),
        }
    )


def reach_sockets(told: Told) -> list[str]:
    """Sockets on which somebody listens, of every kind."""
    local, datagram = ("127.0.0.1", int(told["tcp"])), ("127.0.0.1", int(told["udp"]))

    def connect(family: int, address: tuple[str, int] | str) -> None:
        with socket.socket(family, socket.SOCK_STREAM) as one:
            one.settimeout(0.2)
            one.connect(address)

    def send() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
            one.sendto(b"got out", datagram)

    return _came_through(
        {
            "TCP": lambda: connect(socket.AF_INET, local),
            "UDP": send,
            "Unix socket": lambda: connect(socket.AF_UNIX, told["unix"]),
            "abstract socket": lambda: connect(socket.AF_UNIX, "\0" + told["abstract"]),
            "netlink": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW).close(),
            "pair of sockets": socket.socketpair,
        }
    )


def start_programs(_: Told) -> list[str]:
    """A program that does nothing."""

    def execute() -> None:
        pid = os.fork()
        if pid == 0:
            with suppress(OSError):
                os.execv("/bin/true", ["true"])  # noqa: S606 - what is tried
            os._exit(99)
        if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 99:  # noqa: PLR2004 - just above
            raise OSError

    def spawn() -> None:
        pid = os.posix_spawn("/bin/true", ["true"], {})
        if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) != 0:
            raise OSError

    return _came_through({"execute": execute, "spawn": spawn})


def ask_the_kernel(_: Told) -> list[str]:
    """Calls of which most holes in kernels need one or another."""
    return _came_through(
        {
            "io_uring": lambda: _ask((425, 425), 4, bytes(120)),
            "bpf": lambda: _ask((321, 280), 0, _NOTHING, 128),
            "userfaultfd": lambda: _ask((323, 282), 1),
            "keyring": lambda: _ask((250, 219), 0, -3, 1),
            "performance counters": lambda: _ask((298, 241), _NOTHING, 0, -1, -1, 0),
            "user namespace": lambda: _ask((272, 97), 0x1000_0000),
            "mount": lambda: _ask((430, 430), b"tmpfs", 0),
            "chroot": lambda: os.chroot("."),
            "personality": lambda: _ask((135, 92), 0x004_0000),
            "memfd": lambda: os.close(os.memfd_create("hidden")),
            "shared memory": _share_memory,
            "become root": lambda: os.setresuid(0, 0, 0),
            "kernel log": lambda: _ask((103, 116), 10, None, 0),
            "terminal": lambda: fcntl.ioctl(1, 0x5412, b"\n"),
        }
    )


def look_around(told: Told) -> list[str]:
    """The frames above, the modules loaded and the environment: none of them the grader's."""
    frame, seen = sys._getframe(), ""  # noqa: SLF001 - what an attacker would do
    while frame.f_back is not None:
        frame = frame.f_back
        seen += repr(frame.f_locals)
    loaded = {"grader.suite", "grader.course", "grader.store", "pytest"} & set(sys.modules)
    return _came_through(
        {
            "modules": lambda: "".join(loaded).index("r"),
            "environment": lambda: "".join(os.environ).index(told["variable"]),
            "frames": lambda: seen.index("grader.suite"),
        }
    )


def take_memory(_: Told) -> list[str]:
    """More than there may be, in one piece."""
    return [str(len(bytearray(4096 * _MIB)))]


def take_memory_together(_: Told) -> list[str]:
    """Each of six processes less than it may have; all together too much."""
    for _index in range(6):
        if os.fork() == 0:
            kept = []
            with suppress(MemoryError):
                kept = [bytearray(b"x" * (8 * _MIB)) for _ in range(25)]
            time.sleep(20)
            os._exit(len(kept) > 0)
    time.sleep(20)
    return ["1.2 GiB in six processes"]


def fork_without_end(told: Told) -> list[str]:
    """Processes that wait until all that could be made are there."""
    reading, writing = os.pipe()
    made = []
    with suppress(OSError):
        for _ in range(64):
            pid = os.fork()
            if pid == 0:
                os.close(writing)
                os.read(reading, 1)
                os._exit(0)
            made.append(pid)
    os.close(writing)
    for pid in made:
        os.waitpid(pid, 0)
    return [f"{len(made)} processes"] if len(made) > int(told["processes"]) else []


def fill_the_disk(_: Told) -> list[str]:
    """One file, and then many."""
    for name in range(32):
        Path(f"large{name}").write_bytes(bytes(_MIB))
    time.sleep(20)
    return ["32 MiB"]


def print_without_end(_: Told) -> list[str]:
    """Until nobody listens any more."""
    for _line in range(4096):
        sys.stdout.write("flood " * 1000)
    return ["24 MiB"]


def answer_without_end(_: Told) -> torch.Tensor:
    """More bytes than a reply may have."""
    return torch.zeros(32 * _MIB, dtype=torch.uint8)


def hang(_: Told) -> list[str]:
    """Deaf to all signals that can be ignored."""
    for number in (signal.SIGALRM, signal.SIGPROF, signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    until = time.monotonic() + 20
    while time.monotonic() < until:
        pass
    return ["hung for 20 seconds"]


def live_on(told: Told) -> list[str]:
    """Leave a process behind that is nobody's child and hears no signal."""
    if os.fork() == 0:
        with suppress(OSError):
            os.setsid()
        if os.fork() == 0:
            _LIBC.prctl(15, told["name"].encode(), 0, 0, 0)
            for number in range(1, 32):
                with suppress(OSError):
                    signal.signal(number, signal.SIG_IGN)
            time.sleep(60)
        os._exit(0)
    time.sleep(0.2)
    Path("left behind").write_text("left behind")
    return []
