"""Start a program that never lay on a disk where rules could meet it.

Wall: seccomp knows no exec of any kind; scratch is mounted noexec in full, and Landlock lets no
path be executed in guarded.
"""

import ctypes
import errno
import os
import stat
import sys

HONEST = 2
REFUSED = (errno.EPERM, errno.EACCES, errno.ENOENT, errno.ENOSYS, errno.ESRCH)

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.syscall.restype = ctypes.c_long


def call(number, *arguments):
    """A system call by its number on x86_64; on another machine it is not tried."""
    if os.uname().machine != "x86_64":
        raise OSError(errno.ENOSYS, "it has another number here")
    result = LIBC.syscall(ctypes.c_long(number), *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


ELF = b"\x7fELF" + bytes(60)


def execveat_of_memfd():
    memory = call(319, b"program", 0)
    os.write(memory, ELF)
    call(322, memory, b"", None, None, 0x1000)


def execveat_of_scratch():
    with open("program", "wb") as file:
        file.write(ELF)
    os.chmod("program", stat.S_IRWXU)
    call(322, -100, b"program", None, None, 0)


def fexecve_of_python():
    os.execve(os.open(sys.executable, os.O_RDONLY), ["python", "-c", ""], {})


def execve():
    os.execv("/bin/true", ["true"])


def load_by_the_loader():
    os.execv("/lib64/ld-linux-x86-64.so.2", ["ld", "/bin/true"])


ATTEMPTS = (execveat_of_memfd, execveat_of_scratch, fexecve_of_python, execve, load_by_the_loader)


def double(x):
    """Right only if a wall refused everything: an argument found wrong was looked at."""
    through = []
    for attempt in ATTEMPTS:
        try:
            attempt()
        except OSError as error:
            if error.errno in REFUSED:
                continue
        through.append(attempt.__name__)
    if through:
        raise RuntimeError(f"breached: {through}")
    return 2 * x
