"""A zygote that obeys `warden.py`, and what its keepers try once they are confined.

Run as `python -I inmate.py TIER SOCKET`. Each request names an attempt; a keeper is forked,
confined, and makes it. An attempt that returns got through; one that raises `OSError`,
`MemoryError` or `AssertionError` was stopped, and the answer says by what.

What is tried here must do no harm even if every wall is down, for then it is tried on the machine
of whoever runs the tests: signals are ones that are ignored by default, files are the test's own
or opened without being changed, and nothing is ever killed but by its own pid. Without a sandbox
(the control) root may try nothing at all, and others only what `HARMLESS` names.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import mmap
import os
import platform
import resource
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from grader.errors import SandboxError
from grader.records import Limits, Tier
from grader.sandbox import privileges
from grader.sandbox.jail import Jail, python_paths

_LIBC = ctypes.CDLL(None, use_errno=True)
_LIBC.syscall.restype = ctypes.c_long
_IS_X86 = platform.machine() == "x86_64"
Context = dict[str, Any]
ATTEMPTS: dict[str, Callable[[Context], object]] = {}
HARMLESS = frozenset(
    {
        "connect_over_tcp",
        "delete_outside",
        "execute_a_program",
        "list_the_project",
        "list_the_root",
        "make_a_file_in_memory",
        "make_a_socket_pair",
        "open_a_netlink_socket",
        "open_a_unix_socket",
        "read_a_secret",
        "read_the_graders_environment",
        "read_the_project",
        "read_the_users_of_the_machine",
        "send_over_udp",
        "signal_by_descriptor",
        "signal_the_grader",
        "spawn_a_program",
        "write_outside",
    }
)


def attempt(function: Callable[[Context], object]) -> Callable[[Context], object]:
    ATTEMPTS[function.__name__] = function
    return function


def call(x86: int, arm: int, *arguments: int | bytes | None) -> int:
    """A raw system call by its number on either architecture."""
    plain = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result = _LIBC.syscall(ctypes.c_long(x86 if _IS_X86 else arm), *plain)
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return int(result)


# --- files -----------------------------------------------------------------------------------


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
    return os.listdir(context["home"])


@attempt
def read_the_project(context: Context) -> object:
    return Path(context["project"], "pyproject.toml").read_text()


@attempt
def list_the_project(context: Context) -> object:
    return os.listdir(context["project"])


@attempt
def read_the_users_of_the_machine(_: Context) -> object:
    return Path("/etc/passwd").read_text()


@attempt
def list_the_root(_: Context) -> object:
    return os.listdir("/")


@attempt
def write_outside(context: Context) -> object:
    return Path(context["outside"], "written").write_text("here I was")


@attempt
def open_a_file_of_python_for_writing(_: Context) -> object:
    return os.close(os.open(os.__file__, os.O_WRONLY))


@attempt
def delete_outside(context: Context) -> object:
    return Path(context["outside"], "kept").unlink()


@attempt
def truncate_outside(context: Context) -> object:
    return os.truncate(Path(context["outside"], "kept"), 0)


@attempt
def change_the_mode_outside(context: Context) -> object:
    return Path(context["outside"], "kept").chmod(0o600)


@attempt
def change_the_time_outside(context: Context) -> object:
    return os.utime(Path(context["outside"], "kept"), (1, 1))


@attempt
def move_a_file_in(context: Context) -> object:
    return Path(context["outside"], "kept").rename("mine")


@attempt
def open_by_handle(_: Context) -> object:
    return call(304, 265, -100, ctypes.create_string_buffer(128).raw, 0)


# --- the grader's process ----------------------------------------------------------------------


@attempt
def read_the_graders_environment(context: Context) -> object:
    return Path(f"/proc/{context['warden']}/environ").read_bytes()


@attempt
def open_the_graders_memory(context: Context) -> object:
    return Path(f"/proc/{context['warden']}/mem").open("rb").close()


@attempt
def list_the_graders_descriptors(context: Context) -> object:
    return os.listdir(f"/proc/{context['warden']}/fd")


@attempt
def list_processes(_: Context) -> object:
    return os.listdir("/proc")


@attempt
def signal_the_grader(context: Context) -> object:
    return os.kill(context["warden"], signal.SIGURG)


@attempt
def signal_the_zygote(context: Context) -> object:
    return os.kill(context["zygote"], signal.SIGURG)


@attempt
def signal_everyone(context: Context) -> object:
    """With a signal that is ignored by default; the grader counts what reaches it."""
    os.kill(-1, signal.SIGURG)
    return context


@attempt
def signal_by_descriptor(context: Context) -> object:
    return signal.pidfd_send_signal(os.pidfd_open(context["warden"]), signal.SIGURG)


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
def bind_the_grader_to_a_processor(context: Context) -> object:
    return os.sched_setaffinity(context["warden"], {0})


@attempt
def slow_the_grader_down(context: Context) -> object:
    return os.setpriority(os.PRIO_PROCESS, context["warden"], 19)


@attempt
def outlive_the_parent(_: Context) -> object:
    return call(157, 167, 1, 0, 0, 0, 0)  # PR_SET_PDEATHSIG, none


@attempt
def become_the_zygotes_child(_: Context) -> object:
    return _clone(0x8000)  # CLONE_PARENT


# --- sockets -----------------------------------------------------------------------------------


@attempt
def connect_over_tcp(context: Context) -> object:
    with socket.socket() as tcp:
        return tcp.connect(("127.0.0.1", context["port"]))


@attempt
def send_over_udp(context: Context) -> object:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        return udp.sendto(b"secret", ("127.0.0.1", context["port"]))


@attempt
def open_a_unix_socket(_: Context) -> object:
    return socket.socket(socket.AF_UNIX).close()


@attempt
def open_a_netlink_socket(_: Context) -> object:
    return socket.socket(socket.AF_NETLINK, socket.SOCK_RAW).close()


@attempt
def make_a_socket_pair(_: Context) -> object:
    return [end.close() for end in socket.socketpair()]


@attempt
def inject_into_the_terminal(_: Context) -> object:
    return fcntl.ioctl(0, 0x5412, b"x")  # TIOCSTI


# --- programs and the kernel -------------------------------------------------------------------


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
def make_a_file_in_memory(_: Context) -> object:
    return os.close(os.memfd_create("hidden"))


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
def make_a_user_namespace(_: Context) -> object:
    assert _LIBC.unshare(0x10000000) == 0, "refused"
    return None


@attempt
def fork_into_a_user_namespace(_: Context) -> object:
    return _clone(0x10000000)


@attempt
def mount_a_file_system(_: Context) -> object:
    return call(165, 40, b"none", b".", b"tmpfs", 0, None)


@attempt
def change_the_root(_: Context) -> object:
    return os.chroot(".")


@attempt
def change_the_personality(_: Context) -> object:
    return call(135, 92, 0x0040000)


@attempt
def make_a_device(_: Context) -> object:
    return os.mknod("device", 0o020600, os.makedev(1, 1))


@attempt
def change_the_user(_: Context) -> object:
    return os.setresuid(0, 0, 0)


@attempt
def lock_memory(_: Context) -> object:
    with mmap.mmap(-1, 4096) as page:
        address = ctypes.addressof(ctypes.c_char.from_buffer(page))
        return call(149, 228, address, 4096)


# --- limits ------------------------------------------------------------------------------------


@attempt
def take_more_memory(context: Context) -> object:
    return len(bytearray(2 * context["memory_bytes"]))


@attempt
def write_one_large_file(context: Context) -> object:
    with Path("large").open("wb", buffering=0) as file:
        for _ in range(context["scratch_bytes"] // 65536 + 2):
            # Fewer than asked are written just below the limit, and none at it.
            file.write(bytes(65536))
    return Path("large").stat().st_size


@attempt
def write_many_large_files(context: Context) -> object:
    half = context["scratch_bytes"] // 2
    return [Path(f"large{i}").write_bytes(bytes(half)) for i in range(4)]


@attempt
def make_many_files(_: Context) -> object:
    return [Path(f"small{i}").touch() for i in range(400)]


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


# --- what must still work -----------------------------------------------------------------------


@attempt
def work_as_a_keeper_does(context: Context) -> object:
    """Fork, kill, wait, threads, timers, files, modules, descriptors through a socket."""
    pid = os.fork()
    if pid == 0:
        privileges.die_with_parent()
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(60)
        os._exit(0)
    os.kill(pid, signal.SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL

    seen = []
    thread = threading.Thread(target=seen.append, args=(1,))
    thread.start()
    thread.join()
    assert seen == [1]

    fired = []
    signal.signal(signal.SIGALRM, lambda *_: fired.append(1))
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    time.sleep(0.2)
    assert fired == [1]

    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a").write_text("text")
        Path(folder, "a").rename(Path(folder, "b"))
        assert Path(folder, "b").read_text() == "text"
    assert Path.cwd() == Path(context["scratch"])
    import wave  # noqa: PLC0415 - a module of the library that nobody has imported yet

    assert wave
    with Path(os.devnull).open("w") as sink:
        print("nothing", file=sink)
    assert len(os.urandom(8)) == 8

    message, descriptors, _, _ = socket.recv_fds(context["mail"], 100, 1)
    assert os.read(descriptors[0], 100) == message
    return "worked"


@attempt
def train_a_neuron(_: Context) -> object:
    torch = sys.modules["torch"]
    x = torch.linspace(1, 4, 64).reshape(-1, 1)
    model = torch.nn.Linear(1, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    first = last = 0.0
    for _step in range(20):
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(model(x), 3 * x + 1)
        loss.backward()
        optimizer.step()
        last = loss.item()
        first = first or last
    assert last < first
    try:
        torch.ones(1 << 29)  # 2 GiB
    except RuntimeError as error:
        return str(error).splitlines()[0]
    raise AssertionError("two GiB were to be had")


@attempt
def stay(context: Context) -> object:
    """Wait to be looked at and killed, with a double-forked child that ignores SIGTERM."""
    if os.fork() == 0:
        with suppress(OSError):
            os.setsid()
        if os.fork() == 0:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            _ready(context)
            time.sleep(600)
        os._exit(0)
    if os.fork() == 0:  # and a server as it should be
        privileges.die_with_parent()
        _ready(context)
        time.sleep(600)
        os._exit(0)
    return time.sleep(600)


def _ready(context: Context) -> None:
    context["socket"].send(json.dumps({"ready": os.getpid()}).encode())


def _clone(flags: int) -> int:
    pid = call(56, 220, flags | signal.SIGCHLD, 0, 0, 0, 0)
    if pid == 0:
        os._exit(0)
    return pid


# --- the zygote ----------------------------------------------------------------------------------


def main(tier: Tier, channel: socket.socket) -> None:
    if tier is Tier.NONE:
        assert os.geteuid() != 0, "root tries nothing without a sandbox"
        for name in ATTEMPTS.keys() - HARMLESS:
            del ATTEMPTS[name]
    try:
        jail = Jail.enter(tier, python_paths())
    except SandboxError as error:
        channel.send(json.dumps({"error": str(error)}).encode())
        return
    channel.send(json.dumps({"entered": jail.thread_count()}).encode())
    while request := channel.recv(1 << 16):
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        context = json.loads(request)
        if context["attempt"] == "import_torch":
            import torch  # noqa: PLC0415 - as the real zygote does, but only where it is needed

            torch.set_num_threads(1)
            channel.send(json.dumps({"cpu": torch.backends.cpu.get_cpu_capability()}).encode())
            continue
        mail = _post()
        pid = jail.fork()
        if pid == 0:
            context["mail"] = mail
            _keep(jail, context, channel)
        mail.close()
        pidfd = os.pidfd_open(pid)
        socket.send_fds(channel, [b'{"forked": true}'], [pidfd])
        os.close(pidfd)


def _post() -> socket.socket:
    """A socket on which a message with a descriptor waits for the keeper."""
    mine, keepers = socket.socketpair()
    reading, writing = os.pipe()
    os.write(writing, b"hello")
    socket.send_fds(mine, [b"hello"], [reading])
    for descriptor in (reading, writing):
        os.close(descriptor)
    mine.close()
    return keepers


def _keep(jail: Jail, context: Context, channel: socket.socket) -> None:
    answer: Context = {"through": True}
    try:
        limits = Limits(**{name: context[name] for name in context["limits"]})
        context["scratch"] = jail.confine(limits, context["scratch"])
        if jail.tier is not Tier.NONE:
            # Not a test but a fuse: whatever broke, nothing below runs as root or unfiltered.
            assert 0 not in os.getresuid(), "still root"
            assert _LIBC.prctl(21, 0, 0, 0, 0) == 2, "no filter"  # PR_GET_SECCOMP
        channel.send(json.dumps({"confined": os.getpid(), "user": os.getuid()}).encode())
        context["socket"] = channel
        answer["result"] = str(ATTEMPTS[context["attempt"]](context))[:200]
    except SandboxError as error:
        answer = {"error": str(error)}
    except (OSError, MemoryError, AssertionError) as error:
        number = getattr(error, "errno", None)
        answer = {"through": False, "by": type(error).__name__, "errno": number, "why": str(error)}
    except BaseException as error:  # noqa: BLE001 - the child ends here
        answer = {"error": f"{type(error).__name__}: {error}"}
    finally:
        answer["count"] = context.get("count")
        channel.send(json.dumps(answer).encode())
        os._exit(0)


if __name__ == "__main__":
    main(Tier(sys.argv[1]), socket.socket(fileno=int(sys.argv[2])))
