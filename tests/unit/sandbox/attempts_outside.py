"""Attempts to reach what is outside: files, the grader's process, the network."""

from __future__ import annotations

import ctypes
import fcntl
import os
import resource
import signal
import socket
from pathlib import Path

from tests.unit.sandbox.attempting import Context, attempt, call, clone


@attempt
def read_a_secret(context: Context) -> object:
    return Path(context["secret"]).read_text()


@attempt
def read_the_secret_through_a_link(context: Context) -> object:
    Path("link").symlink_to(context["secret"])
    return Path("link").read_text()


@attempt
def read_the_secret_from_a_hard_link(context: Context) -> object:
    os.link(context["secret"], "hard")
    return Path("hard").read_text()


@attempt
def list_the_home_folder(context: Context) -> object:
    return list(Path(context["home"]).iterdir())


@attempt
def read_the_project(context: Context) -> object:
    return Path(context["project"], "pyproject.toml").read_text()


@attempt
def list_the_project(context: Context) -> object:
    return list(Path(context["project"]).iterdir())


@attempt
def read_the_users_of_the_machine(_: Context) -> object:
    return Path("/etc/passwd").read_text()


@attempt
def list_the_root(_: Context) -> object:
    return list(Path("/").iterdir())


@attempt
def write_outside(context: Context) -> object:
    return Path(context["outside"], "written").write_text("here I was")


@attempt
def open_a_file_of_python_for_writing(_: Context) -> None:
    os.close(os.open(os.__file__, os.O_WRONLY))


@attempt
def delete_outside(context: Context) -> None:
    Path(context["outside"], "kept").unlink()


@attempt
def truncate_outside(context: Context) -> None:
    os.truncate(Path(context["outside"], "kept"), 0)


@attempt
def change_the_mode_outside(context: Context) -> None:
    Path(context["outside"], "kept").chmod(0o600)


@attempt
def change_the_time_outside(context: Context) -> None:
    os.utime(Path(context["outside"], "kept"), (1, 1))


@attempt
def move_a_file_in(context: Context) -> object:
    return Path(context["outside"], "kept").rename("mine")


@attempt
def open_by_handle(_: Context) -> object:
    return call(304, 265, -100, ctypes.create_string_buffer(128).raw, 0)


@attempt
def read_the_graders_environment(context: Context) -> object:
    return Path(f"/proc/{context['warden']}/environ").read_bytes()


@attempt
def open_the_graders_memory(context: Context) -> None:
    Path(f"/proc/{context['warden']}/mem").open("rb").close()


@attempt
def list_the_graders_descriptors(context: Context) -> object:
    return list(Path(f"/proc/{context['warden']}/fd").iterdir())


@attempt
def list_processes(_: Context) -> object:
    return list(Path("/proc").iterdir())


@attempt
def signal_the_grader(context: Context) -> None:
    os.kill(context["warden"], signal.SIGURG)


@attempt
def signal_the_zygote(context: Context) -> None:
    os.kill(context["zygote"], signal.SIGURG)


@attempt
def signal_everyone(context: Context) -> object:
    """With a signal that is ignored by default; the grader counts what reaches it."""
    os.kill(-1, signal.SIGURG)
    return context


@attempt
def signal_by_descriptor(context: Context) -> None:
    signal.pidfd_send_signal(os.pidfd_open(context["warden"]), signal.SIGURG)


@attempt
def be_signalled_through_a_descriptor(context: Context) -> object:
    reading, _ = os.pipe()
    return fcntl.fcntl(reading, fcntl.F_SETOWN, context["warden"])


@attempt
def trace_the_grader(context: Context) -> object:
    return call(101, 117, 0x4206, context["warden"], 0, 0)  # PTRACE_SEIZE


@attempt
def ask_to_be_traced(_: Context) -> object:
    return call(101, 117, 0, 0, 0, 0)  # PTRACE_TRACEME


@attempt
def read_memory_of_a_process(_: Context) -> object:
    return call(310, 270, os.getpid(), 0, 0, 0, 0, 0)


@attempt
def limit_the_grader(context: Context) -> object:
    return resource.prlimit(context["warden"], resource.RLIMIT_CORE)


@attempt
def bind_the_grader_to_a_processor(context: Context) -> None:
    os.sched_setaffinity(context["warden"], {0})


@attempt
def slow_the_grader_down(context: Context) -> None:
    os.setpriority(os.PRIO_PROCESS, context["warden"], 19)


@attempt
def outlive_the_parent(_: Context) -> object:
    return call(157, 167, 1, 0, 0, 0, 0)  # PR_SET_PDEATHSIG, none


@attempt
def become_the_zygotes_child(_: Context) -> object:
    return clone(0x8000)  # CLONE_PARENT


@attempt
def connect_over_tcp(context: Context) -> None:
    with socket.socket() as tcp:
        tcp.connect(("127.0.0.1", context["port"]))


@attempt
def send_over_udp(context: Context) -> object:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        return udp.sendto(b"secret", ("127.0.0.1", context["port"]))


@attempt
def open_a_unix_socket(_: Context) -> None:
    socket.socket(socket.AF_UNIX).close()


@attempt
def open_a_netlink_socket(_: Context) -> None:
    socket.socket(socket.AF_NETLINK, socket.SOCK_RAW).close()


@attempt
def make_a_socket_pair(_: Context) -> None:
    for end in socket.socketpair():
        end.close()


@attempt
def inject_into_the_terminal(_: Context) -> object:
    return fcntl.ioctl(0, 0x5412, b"x")  # TIOCSTI
