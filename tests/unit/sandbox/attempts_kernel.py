"""Attempts to start programs, to use what the kernel offers, and to use too much of it."""

from __future__ import annotations

import ctypes
import mmap
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from tests.unit.sandbox.attempting import LIBC, Context, attempt, call, clone


@attempt
def execute_a_program(_: Context) -> object:
    pid = os.fork()
    if pid == 0:
        with suppress(OSError):
            os.execv(sys.executable, [sys.executable, "-c", ""])
        os._exit(99)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert code != 99, "exec was refused"
    return code


@attempt
def spawn_a_program(_: Context) -> object:
    pid = os.posix_spawn(sys.executable, [sys.executable, "-c", ""], {})
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert code == 0, f"exit {code}"
    return code


@attempt
def make_a_file_in_memory(_: Context) -> None:
    os.close(os.memfd_create("hidden"))


@attempt
def make_a_secret_in_memory(_: Context) -> object:
    return call(447, 447, 0)


@attempt
def use_io_uring(_: Context) -> object:
    return call(425, 425, 4, bytes(120))


@attempt
def use_the_keyring(_: Context) -> object:
    return call(250, 219, 0, -3, 1)  # KEYCTL_GET_KEYRING_ID of the session


@attempt
def use_bpf(_: Context) -> object:
    return call(321, 280, 0, bytes(128), 128)


@attempt
def handle_page_faults(_: Context) -> object:
    return call(323, 282, 1)


@attempt
def watch_performance(_: Context) -> object:
    return call(298, 241, bytes(128), 0, -1, -1, 0)


@attempt
def share_memory(_: Context) -> object:
    return call(29, 194, 0, 4096, 0o1600)


@attempt
def open_a_message_queue(_: Context) -> object:
    return call(240, 180, b"queue", os.O_CREAT | os.O_RDWR, 0o600, 0)


@attempt
def make_a_user_namespace(_: Context) -> None:
    assert LIBC.unshare(0x10000000) == 0, "refused"


@attempt
def fork_into_a_user_namespace(_: Context) -> object:
    return clone(0x10000000)


@attempt
def mount_a_file_system(_: Context) -> object:
    return call(165, 40, b"none", b".", b"tmpfs", 0, None)


@attempt
def change_the_root(_: Context) -> None:
    os.chroot(".")


@attempt
def change_the_personality(_: Context) -> object:
    return call(135, 92, 0x0040000)


@attempt
def make_a_device(_: Context) -> None:
    os.mknod("device", 0o020600, os.makedev(1, 1))


@attempt
def change_the_user(_: Context) -> None:
    os.setresuid(0, 0, 0)


@attempt
def lock_memory(_: Context) -> object:
    with mmap.mmap(-1, 4096) as page:
        address = ctypes.addressof(ctypes.c_char.from_buffer(page))
        return call(149, 228, address, 4096)


@attempt
def take_more_memory(context: Context) -> object:
    return len(bytearray(2 * context["memory_bytes"]))


@attempt
def write_one_large_file(context: Context) -> object:
    with Path("large").open("wb", buffering=0) as file:
        # Fewer bytes than asked are written just below the limit, and none at it.
        file.writelines([bytes(65536)] * (context["scratch_bytes"] // 65536 + 2))
    return Path("large").stat().st_size


@attempt
def write_many_large_files(context: Context) -> object:
    half = context["scratch_bytes"] // 2
    return [Path(f"large{i}").write_bytes(bytes(half)) for i in range(4)]


@attempt
def make_many_files(_: Context) -> None:
    for index in range(400):
        Path(f"small{index}").touch()


@attempt
def open_many_files(_: Context) -> object:
    return [os.open(os.devnull, os.O_RDONLY) for _ in range(200)]


@attempt
def fork_without_end(context: Context) -> object:
    children = []
    try:
        for _ in range(10 * context["processes"]):
            pid = os.fork()
            if pid == 0:
                time.sleep(60)
                os._exit(0)
            children.append(pid)
    finally:
        context["count"] = len(children)
        for pid in children:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
    return children


@attempt
def start_threads_without_end(context: Context) -> object:
    done = threading.Event()
    threads = [threading.Thread(target=done.wait) for _ in range(10 * context["processes"])]
    started = 0
    try:
        for thread in threads:
            thread.start()
            started += 1
    except RuntimeError as error:
        raise OSError(11, str(error)) from None
    finally:
        context["count"] = started
        done.set()
    return started
