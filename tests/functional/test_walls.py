"""What a submission tries to get at, through the real zygote, keeper, server and client.

Each attempt is a function of one student's file; what it returns, as data, says whether it got
through. The sandbox's own tests try the walls one by one; these try them from where a student
stands, with everything between the grader and them in its place. No attempt does harm if every
wall is down: signals are ones that are ignored by default, and files are the test's own.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

import grader.course.load
import grader.suite.session
from grader.errors import SandboxError
from grader.records import Limits, Tier
from grader.sandbox.probe import require
from grader.worker.client import Worker
from grader.worker.endings import Ended, Reason
from grader.worker.invoke import Observation
from grader.worker.launch import Zygote
from grader.worker.messages import Loaded, Raised

STUDENT = '''
import ctypes, gc, inspect, os, signal, socket, stat, subprocess, sys, threading, time

libc = ctypes.CDLL(None, use_errno=True)

def tried(do, *args):
    try:
        return ["through", repr(do(*args))[:300]]
    except BaseException as error:
        return ["stopped", type(error).__name__, getattr(error, "errno", None)]

def checked(result):
    if result < 0: raise OSError(ctypes.get_errno(), "refused")
    return result

# --- files

def read(path):
    with open(path, "rb") as file: return file.read(100)
def read_by_link(path):
    os.symlink(path, "link")
    try: return read("link")
    finally: os.unlink("link")
def read_by_hard_link(path):
    os.link(path, "hard")
    return read("hard")
def read_by_climbing(path): return read("../" * 20 + path.lstrip("/"))
def read_through_its_folder(path):
    folder = os.open(os.path.dirname(path), os.O_PATH)
    return os.read(os.open(os.path.basename(path), os.O_RDONLY, dir_fd=folder), 100)
def map_it(path):
    import mmap
    with open(path, "rb") as file: return mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)[:10]
def load_with_torch(path):
    import torch
    return torch.from_file(path, size=4, dtype=torch.uint8)
READERS = [read, read_by_link, read_by_hard_link, read_by_climbing, read_through_its_folder]
READERS += [map_it, load_with_torch, os.listdir, os.scandir]

def read_in_every_way(path): return {way.__name__: tried(way, path) for way in READERS}
def read_file(path): return tried(read, path)
def list_folder(path): return tried(os.listdir, path)

def write(path):
    with open(path, "a") as file: file.write("changed")
def move_in(path):
    open("mine", "w").close()
    os.rename("mine", path)
def swap(path):
    libc.syscall.restype = ctypes.c_long
    checked(libc.renameat2(-100, path.encode(), -100, b"mine", 2))
WRITERS = [write, os.remove, os.truncate, os.chmod, os.utime, move_in, os.rename, swap, os.chown]
ARGUMENTS = {"truncate": (0,), "chmod": (0o777,), "rename": ("taken",), "chown": (0, 0)}

def change_in_every_way(path):
    return {w.__name__: tried(w, path, *ARGUMENTS.get(w.__name__, ())) for w in WRITERS}
def create_in_every_way(folder):
    new = folder + "/new"
    ways = [lambda: open(new, "x"), lambda: os.mkdir(new), lambda: os.symlink("/etc", new)]
    ways += [lambda: os.mkfifo(new), lambda: os.mknod(new)]
    ways += [lambda: os.chdir(folder) or write("new")]
    return [tried(way) for way in ways]
def work_in_scratch():
    write("mine.txt")
    os.mkdir("folder")
    return read("mine.txt").decode()

# --- network

FAMILIES = {"local": 1, "4": 2, "6": 10, "kernel": 16, "packet": 17, "bluetooth": 31, "crypto": 38}
FAMILIES |= {"machine": 40, "express": 44}
def open_every_socket():
    kinds = {"stream": socket.SOCK_STREAM, "datagram": socket.SOCK_DGRAM, "raw": socket.SOCK_RAW}
    return {
        f"{family} {name}": tried(socket.socket, number, kind)
        for family, number in FAMILIES.items() for name, kind in kinds.items()
    } | {"pair": tried(socket.socketpair)}
def connect(port): return tried(socket.create_connection, ("127.0.0.1", port), 1)
def send_datagram(port):
    def send():
        it = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        it.sendto(b"x", ("127.0.0.1", port))
    return tried(send)
def connect_by_path(path):
    def go():
        it = socket.socket(socket.AF_UNIX)
        it.connect(path)
    return tried(go)

# --- programs

def in_child(do):
    """Try in a child, whose exit code says how it went: 0 is through."""
    pid = os.fork()
    if pid == 0:
        try: do()
        except BaseException: os._exit(77)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
def execute(path):
    return {
        "exec": in_child(lambda: os.execv(path, [path])),
        "exec by descriptor": in_child(lambda: os.execve(os.open(path, os.O_RDONLY), [path], {})),
        "exec of itself": in_child(lambda: os.execv(sys.executable, [sys.executable, "-c", ""])),
        "shell": os.system(path),
        "run": 0 if tried(subprocess.run, [path])[0] == "through" else 77,
        "spawn": 0 if tried(os.posix_spawn, path, [path], {})[0] == "through" else 77,
        "memory": 0 if tried(os.memfd_create, "x")[0] == "through" else 77,
    }

# --- other processes

def signal_in_every_way(pid):
    return {
        "ask": tried(os.kill, pid, 0),
        "signal": tried(os.kill, pid, signal.SIGURG),
        "group": tried(os.killpg, pid, signal.SIGURG),
        "thread": tried(lambda: checked(libc.syscall(200, pid, signal.SIGURG))),
        "descriptor": tried(os.pidfd_open, pid),
        "attach": tried(lambda: checked(libc.ptrace(16, pid, 0, 0))),
        "seize": tried(lambda: checked(libc.ptrace(0x4206, pid, 0, 0))),
        "priority": tried(os.setpriority, os.PRIO_PROCESS, pid, 19),
        "affinity": tried(os.sched_setaffinity, pid, {0}),
    }
def signal_everyone(): return tried(os.kill, -1, signal.SIGURG)
def look_into(pid):
    names = ["environ", "cmdline", "maps", "mem", "status", "stat", "fd", "cwd", "root", "task"]
    return {n: [tried(w, f"/proc/{pid}/{n}") for w in (read, os.listdir)] for n in names}

# --- what was left lying about

def frames():
    found, frame = [], sys._getframe()
    while frame is not None:
        found.append(frame.f_globals.get("__name__", ""))
        frame = frame.f_back
    return found + [str(info.frame.f_globals.get("__name__")) for info in inspect.stack()]
def modules(): return sorted(sys.modules)
def environment(): return dict(os.environ)
def command_line(): return [*sys.argv, *sys.orig_argv]
def strings(root_objects):
    """Every string reachable in two steps; more is not needed, for containers are roots too."""
    for item in root_objects:
        try:
            parts = gc.get_referents(item)
        except BaseException:
            continue
        for part in (item, *parts):
            if isinstance(part, str): yield part
            elif isinstance(part, bytes): yield part.decode("latin-1")
def find(left, right):
    """Look for a text, told in halves so that asking does not put it there."""
    gc.unfreeze()
    roots = gc.get_objects()
    frame = sys._getframe()
    while frame is not None:
        roots += [frame.f_locals, frame.f_globals, *frame.f_locals.values()]
        frame = frame.f_back
    seen = 0
    for text in strings(roots):
        seen += 1
        if left in text and right in text: return ["found", text[:200]]
    return ["not found", seen > 10_000]
def descriptors():
    kinds = {stat.S_ISSOCK: "socket", stat.S_ISFIFO: "pipe", stat.S_ISDIR: "folder"}
    kinds |= {stat.S_ISREG: "file", stat.S_ISCHR: "device"}
    found = {}
    for number in range(4096):
        try:
            mode = os.fstat(number).st_mode
        except OSError:
            continue
        found[number] = next((name for is_kind, name in kinds.items() if is_kind(mode)), "other")
    return found
at_load = descriptors()
def descriptors_at_load(): return at_load

# --- living on

def name_oneself(name): libc.prctl(15, name.encode(), 0, 0, 0)
def detach(name, then):
    """Fork twice, lead a session of one's own, and hear no signal that can be ignored."""
    if os.fork():
        os.wait()
        return
    tried(os.setsid)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGALRM):
        signal.signal(number, signal.SIG_IGN)
    if os.fork(): os._exit(0)
    name_oneself(name)
    then()
    os._exit(0)
def sleep_on():
    end = time.monotonic() + 60
    while time.monotonic() < end: time.sleep(0.1)
def flee():
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            if os.fork(): os._exit(0)
        except OSError: time.sleep(0.01)
def leave_a_sleeper(name): detach(name, sleep_on)
def leave_a_fleer(name): detach(name, flee)
def leave_one_and_kill_the_keeper(name):
    detach(name, sleep_on)
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(0.2)

# --- more than one's share

def take(count): return len(bytearray(count))
def take_in_children(count, each):
    for _ in range(count):
        if os.fork() == 0:
            kept = b"x" * each
            time.sleep(20)
            os._exit(len(kept) and 0)
    time.sleep(20)
def fork_without_end():
    count = 0
    try:
        while count < 500:
            if os.fork() == 0:
                time.sleep(20)
                os._exit(0)
            count += 1
    except OSError as error:
        return [count, type(error).__name__]
    return [count, None]
def start_threads_without_end():
    count = 0
    try:
        while count < 500:
            threading.Thread(target=time.sleep, args=(20,), daemon=True).start()
            count += 1
    except RuntimeError as error:
        return [count, type(error).__name__]
    return [count, None]
def fill_one_file():
    with open("large", "wb") as file:
        for _ in range(100): file.write(bytes(1 << 20))
    return "all written"
def fill_many_files():
    for number in range(100):
        with open(f"part-{number}", "wb") as file: file.write(bytes(1 << 20))
        time.sleep(0.01)
    return "all written"
def print_without_end():
    while True: print("x" * 10_000)
'''

MIB = 1 << 20
MARKER = secrets.token_hex(16)
HALVES = (MARKER[:16], MARKER[16:])
LIMITS = Limits(
    call_seconds=20, memory_bytes=600 * MIB, scratch_bytes=8 * MIB, output_bytes=MIB, processes=24
)
KNOWN_ENVIRONMENT = {
    *("PATH", "LANG", "LC_CTYPE", "HOME", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "MPLBACKEND"),
    *("CUDA_VISIBLE_DEVICES", "TZ", "TORCHINDUCTOR_CACHE_DIR", "KMP_INIT_AT_FORK"),
    *("TMPDIR", "MPLCONFIGDIR"),  # its own scratch folder
    *("KMP_DUPLICATE_LIB_OK", "CUDA_MODULE_LOADING", "PYTORCH_NVML_BASED_CUDA_CHECK"),
}
Hire = Callable[[], Worker]


class Secrets:
    """What a grader has lying about, where only the sandbox keeps it from being read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.solution = folder / "solutions" / "tensors" / "tensors.py"
        self.submission = folder / "class" / "other-student" / "tensors.py"
        self.store = folder / "reports" / "results.sqlite"
        self.open_file = folder / "anyone-may-write.txt"
        self.listener_path = folder / "listener"
        for file in (self.solution, self.submission, self.store, self.open_file):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(MARKER)
            file.chmod(0o666)
        for inner in (folder, *folder.rglob("*/")):
            if inner.is_dir():
                inner.chmod(0o777)

    def state(self) -> list[tuple[str, int, int, float]]:
        """Everything that a change would change."""
        entries = sorted(self.folder.rglob("*"))
        stats = [(str(entry), entry.lstat()) for entry in entries]
        return [(name, it.st_mode, it.st_size, it.st_mtime) for name, it in stats]


@pytest.fixture(scope="module")
def lying_about() -> Iterator[Secrets]:
    folder = Path(tempfile.mkdtemp(prefix="walls-"))
    yield Secrets(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="module", params=[Tier.FULL, Tier.GUARDED], ids=str)
def tier(request: pytest.FixtureRequest) -> Tier:
    wanted: Tier = request.param
    try:
        require(wanted)
    except SandboxError as error:
        pytest.skip(str(error))
    return wanted


@pytest.fixture(scope="module")
def zygote(tier: Tier) -> Iterator[Zygote]:
    os.environ["GRADE_SECRET"] = MARKER
    try:
        with Zygote.start(tier, is_warm=False) as zygote:
            zygote.wait_ready()
            yield zygote
    finally:
        del os.environ["GRADE_SECRET"]


@pytest.fixture
def hire(zygote: Zygote) -> Iterator[Hire]:
    """Workers of the test's own, for attempts that may take one down."""
    workers: list[Worker] = []

    def hire() -> Worker:
        workers.append(started(zygote))
        return workers[-1]

    yield hire
    for worker in workers:
        worker.close()


@pytest.fixture(scope="module")
def worker(zygote: Zygote) -> Iterator[Worker]:
    """One worker for all attempts that leave nothing behind."""
    worker = started(zygote)
    yield worker
    worker.close()


@pytest.fixture
def received() -> Iterator[list[int]]:
    """The signals that this process, the grader, has received."""
    numbers: list[int] = []
    before = signal.signal(signal.SIGURG, lambda number, _: numbers.append(number))
    yield numbers
    signal.signal(signal.SIGURG, before)


@pytest.fixture(scope="module")
def unconfined() -> Iterator[Worker]:
    """The same submission without a sandbox: proof that the attempts are real ones."""
    with Zygote.start(Tier.NONE, is_warm=False) as zygote:
        worker = started(zygote)
        yield worker
        worker.close()


def started(zygote: Zygote) -> Worker:
    worker = zygote.request(LIMITS).ready()
    loaded = worker.load("student", "student.py", STUDENT)
    assert isinstance(loaded, Loaded), loaded
    assert not loaded.problems, loaded
    return worker


def ask(worker: Worker, name: str, *args: Any) -> Any:
    answer = worker.call(name, args, {}, seed=1)
    assert isinstance(answer, Observation), answer
    return answer.value


def was_stopped(answer: Any) -> bool:
    return bool(answer[0] == "stopped")


# --- files


@pytest.mark.parametrize("secret", ["solution", "submission", "store"])
def test_a_file_of_the_grader_cannot_be_read_in_any_way(
    worker: Worker, lying_about: Secrets, secret: str
) -> None:
    path: Path = getattr(lying_about, secret)
    for target in (path, path.parent, path.parent.parent):
        answers = ask(worker, "read_in_every_way", str(target))
        assert len(answers) == 9
        assert all(map(was_stopped, answers.values())), answers


def test_without_a_sandbox_the_same_file_is_read(unconfined: Worker, lying_about: Secrets) -> None:
    answers = ask(unconfined, "read_in_every_way", str(lying_about.solution))
    for way in ("read", "read_by_link", "read_by_climbing", "read_through_its_folder", "map_it"):
        assert answers[way][0] == "through", answers


def test_the_course_and_the_home_folder_cannot_be_read(worker: Worker) -> None:
    project = Path(grader.__file__ or "").resolve().parent.parent
    for folder in (project / "solutions", project / "tests", project / "reports", Path.home()):
        assert was_stopped(ask(worker, "list_folder", str(folder))), folder
    for file in (
        project / "pyproject.toml",
        Path(__file__),
        Path("/etc/shadow"),
        Path("/etc/passwd"),
    ):
        assert was_stopped(ask(worker, "read_file", str(file))), file


def test_another_worker_cannot_be_read(worker: Worker, hire: Hire) -> None:
    ask(hire(), "work_in_scratch")
    folders = [it for it in Path(tempfile.gettempdir()).glob("grade-scratch-*") if it.is_dir()]
    others = [it for it in folders if (it / "mine.txt").exists()]
    for folder in others:
        assert was_stopped(ask(worker, "list_folder", str(folder)))
        assert was_stopped(ask(worker, "read_file", str(folder / "mine.txt")))
    assert was_stopped(ask(worker, "read_file", "mine.txt"))


def test_nothing_outside_the_scratch_folder_can_be_written(
    worker: Worker, lying_about: Secrets
) -> None:
    before = lying_about.state()
    changed = ask(worker, "change_in_every_way", str(lying_about.open_file))
    created = ask(worker, "create_in_every_way", str(lying_about.folder))
    assert len(changed) == 9
    assert all(map(was_stopped, changed.values())), changed
    assert len(created) == 6
    assert all(map(was_stopped, created)), created
    assert lying_about.state() == before
    assert lying_about.open_file.read_text() == MARKER


def test_without_a_sandbox_the_same_folder_is_written(
    unconfined: Worker, lying_about: Secrets
) -> None:
    created = ask(unconfined, "create_in_every_way", str(lying_about.folder))
    assert created[0][0] == "through"
    (lying_about.folder / "new").unlink()


def test_the_scratch_folder_can_be_written(hire: Hire) -> None:
    assert ask(hire(), "work_in_scratch") == "changed"


# --- network


def test_no_socket_can_be_opened(worker: Worker) -> None:
    answers = ask(worker, "open_every_socket")
    assert len(answers) == 28
    assert all(map(was_stopped, answers.values())), answers


def test_no_listener_can_be_reached(
    worker: Worker, unconfined: Worker, lying_about: Secrets
) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as stream,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagram,
        socket.socket(socket.AF_UNIX) as by_path,
    ):
        datagram.bind(("127.0.0.1", 0))
        by_path.bind(str(lying_about.listener_path))
        by_path.listen()
        lying_about.listener_path.chmod(0o777)
        for listener in (stream, datagram, by_path):
            listener.setblocking(False)
        ports = [it.getsockname()[1] for it in (stream, datagram)]

        assert was_stopped(ask(worker, "connect", ports[0]))
        assert was_stopped(ask(worker, "send_datagram", ports[1]))
        assert was_stopped(ask(worker, "connect_by_path", str(lying_about.listener_path)))
        for listener in (stream, by_path):
            with pytest.raises(BlockingIOError):
                listener.accept()
        with pytest.raises(BlockingIOError):
            datagram.recv(10)

        assert ask(unconfined, "connect", ports[0])[0] == "through"
        assert ask(unconfined, "send_datagram", ports[1])[0] == "through"
        assert ask(unconfined, "connect_by_path", str(lying_about.listener_path))[0] == "through"
    lying_about.listener_path.unlink()


# --- programs and other processes


def test_no_program_can_be_executed(worker: Worker, unconfined: Worker) -> None:
    answers = ask(worker, "execute", "/bin/true")
    assert len(answers) == 7
    assert all(answers.values()), answers
    assert not any(ask(unconfined, "execute", "/bin/true").values())


def test_no_process_of_the_grader_can_be_signalled_or_traced(
    worker: Worker, zygote: Zygote, received: list[int]
) -> None:
    for pid in (os.getpid(), os.getppid(), zygote._ignition.process.pid):
        answers = ask(worker, "signal_in_every_way", pid)
        assert len(answers) == 9
        if pid == zygote._ignition.process.pid:
            # The worker is of this group itself, and may signal itself.
            del answers["group"]
        assert all(map(was_stopped, answers.values())), answers
    assert received == []


def test_signalling_everyone_reaches_nobody_outside(hire: Hire, received: list[int]) -> None:
    ask(hire(), "signal_everyone")
    assert received == []


def test_nothing_about_the_graders_processes_can_be_read(
    worker: Worker, unconfined: Worker, zygote: Zygote
) -> None:
    for pid in (os.getpid(), zygote._ignition.process.pid, "self", "thread-self", 1):
        for name, answers in ask(worker, "look_into", pid).items():
            assert all(map(was_stopped, answers)), (pid, name, answers)
    assert ask(unconfined, "look_into", os.getpid())["environ"][0][0] == "through"


# --- what was left lying about


def test_no_frame_above_the_students_belongs_to_the_suite(worker: Worker) -> None:
    names = set(ask(worker, "frames"))
    assert "grader.worker.server" in names
    assert {name.split(".")[0] for name in names} <= {"student", "grader", "__main__", "runpy"}
    assert {name for name in names if name.startswith("grader.")} <= {
        f"grader.worker.{name}" for name in ("invoke", "server", "keeper", "zygote")
    }


def test_no_module_of_the_suite_or_the_course_is_loaded(worker: Worker) -> None:
    names = ask(worker, "modules")
    assert "grader.worker.server" in names
    forbidden = ("grader.suite", "grader.course", "grader.store", "grader.intake", "grader.report")
    assert not [name for name in names if name.startswith(forbidden)]
    outside = {"pytest", "_pytest", "hypothesis", "sqlalchemy", "jinja2", "click"}
    assert not outside & {name.split(".")[0] for name in names}
    assert {"grader.suite.session", "grader.course.load"} <= sys.modules.keys()


def test_environment_and_command_line_hold_nothing(worker: Worker) -> None:
    environment = ask(worker, "environment")
    assert environment.keys() <= KNOWN_ENVIRONMENT
    assert MARKER not in str(environment)
    for argument in ask(worker, "command_line"):
        assert MARKER not in argument
        assert "solutions" not in argument
    assert os.environ["GRADE_SECRET"] == MARKER


def test_no_object_in_memory_holds_an_expected_value(worker: Worker) -> None:
    assert ask(worker, "find", *HALVES) == ["not found", True]


def test_an_object_that_is_in_memory_would_be_found(hire: Hire) -> None:
    worker = hire()
    assert isinstance(worker.put([MARKER]), object)
    assert ask(worker, "find", *HALVES)[0] == "found"


@pytest.mark.parametrize("when", ["descriptors", "descriptors_at_load"])
def test_the_only_descriptors_are_the_workers_own(hire: Hire, when: str) -> None:
    found: dict[int, str] = ask(hire(), when)
    assert (found.pop(0), found.pop(1), found.pop(2)) == ("device", "pipe", "pipe")
    assert list(found.values()) == ["socket"], found


# --- living on


def named(name: str) -> list[psutil.Process]:
    """The processes of this machine that go by a name, dead ones that nobody collected included.

    One that forks and ends faster than this look takes shows itself by those only.
    """
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.NoSuchProcess):
            if process.name() == name:
                found.append(process)
    return found


def appears(name: str) -> bool:
    return eventually(lambda: bool(named(name)))


def disappears(name: str) -> bool:
    """The kernel may take a moment; the process itself has a minute to live."""
    return eventually(lambda: not any(named(name) for _ in range(3)))


def eventually(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 10
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    return condition()


@pytest.mark.parametrize(
    "way", ["leave_a_sleeper", "leave_a_fleer", "leave_one_and_kill_the_keeper"]
)
def test_no_process_outlives_its_submission(hire: Hire, way: str) -> None:
    name = f"wall-{secrets.token_hex(4)}"
    worker = hire()
    answer = worker.call(way, (name,), {}, seed=1)
    assert appears(name), answer
    worker.close()
    assert disappears(name)


def test_no_process_outlives_a_file_that_ends_its_own_keeper(zygote: Zygote, tier: Tier) -> None:
    name = f"wall-{secrets.token_hex(4)}"
    worker = zygote.request(Limits(load_seconds=3)).ready()
    text = f"{STUDENT}\nleave_a_sleeper({name!r})\ntime.sleep(0.3)\nos._exit(0)\n"
    ended = worker.load("student", "student.py", text)
    # Where the sleeper still holds the keeper's end of the channel, the end is seen by the clock.
    expected = Reason.CRASHED if tier is Tier.FULL else Reason.HUNG
    assert ended == Ended(expected, text.count("\n"))
    # In `full` the kernel has ended all the rest already; in `guarded` it is to be swept up.
    assert tier is Tier.FULL or appears(name)
    worker.close()
    assert disappears(name)


def test_ending_one_submission_leaves_the_others_alone(hire: Hire) -> None:
    staying, leaving = hire(), hire()
    leaving.call("leave_one_and_kill_the_keeper", ("wall-leaving",), {}, seed=1)
    leaving.close()
    assert ask(staying, "take", 10) == 10


def test_no_process_outlives_the_zygote(tier: Tier) -> None:
    name = f"wall-{secrets.token_hex(4)}"
    with Zygote.start(tier, is_warm=False) as zygote:
        worker = started(zygote)
        worker.call("leave_a_sleeper", (name,), {}, seed=1)
        assert appears(name)
    # The worker was never closed, as if the grader had been killed.
    assert disappears(name)
    worker.close()


# --- more than one's share


def test_more_memory_than_allowed_is_refused(worker: Worker) -> None:
    answer = worker.call("take", (4 << 30,), {}, seed=1)
    assert isinstance(answer, Raised)
    assert answer.kinds[0] == "MemoryError"
    assert ask(worker, "take", 100 * MIB) == 100 * MIB


def test_memory_is_counted_over_all_processes(hire: Hire) -> None:
    answer = hire().call("take_in_children", (4, 300 * MIB), {}, seed=1)
    assert answer == Ended(Reason.MEMORY)


@pytest.mark.parametrize(
    ("attempt", "error"),
    [("fork_without_end", "BlockingIOError"), ("start_threads_without_end", "RuntimeError")],
)
def test_processes_and_threads_are_counted(
    hire: Hire, tier: Tier, attempt: str, error: str
) -> None:
    count, stopped_by = ask(hire(), attempt)
    assert stopped_by == error
    # Without a user namespace of its own a worker gains what others of the same user give up.
    assert 0 < count <= (LIMITS.processes if tier is Tier.FULL else 100)


def test_disk_space_is_bounded(hire: Hire) -> None:
    one = hire().call("fill_one_file", (), {}, seed=1)
    assert isinstance(one, Raised), one
    assert one.kinds[0] == "OSError"
    many = hire().call("fill_many_files", (), {}, seed=1)
    assert many == Ended(Reason.DISK) or (isinstance(many, Raised) and many.kinds[0] == "OSError")


def test_output_is_bounded(hire: Hire) -> None:
    worker = hire()
    assert worker.call("print_without_end", (), {}, seed=1) == Ended(Reason.OUTPUT)
    assert len(worker.take_output()) <= 16 << 10
