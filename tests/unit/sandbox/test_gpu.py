"""What workers on a GPU reach, with stand-ins for its nodes."""

import errno
import fcntl
import json
import mmap
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.sandbox import gpu, landlock
from grader.sandbox.privileges import forbid_new_privileges

PROBE = """
import errno, fcntl, os, sys
from grader.sandbox import seccomp, syscalls
from grader.sandbox.privileges import forbid_new_privileges
has_gpus, requests = sys.argv[1] == "gpu", [int(word, 16) for word in sys.argv[2:]]
forbid_new_privileges()
program = seccomp.compile_filter(has_own_files=True, has_own_signals=True, has_gpus=has_gpus)
zero = os.open("/dev/zero", os.O_RDWR)
seccomp.load(program)
for request in requests:
    try:
        fcntl.ioctl(zero, request, bytearray(64))
        print(0)
    except OSError as error:
        print(error.errno)
"""
NVIDIA = ("c0104652", "c00846d6", "30000001", "1b", "25")
"""Of the driver: its version, a card's number; of its unified memory: begin, map, free."""
OTHERS = ("5412", "8b01", "c0185500", "40045201", "30000005", "100")
"""Typing into a terminal, a wireless card's, another GPU's, the random pool's, and near misses."""


def answers(kind: str, requests: tuple[str, ...]) -> list[int]:
    command = [sys.executable, "-c", PROBE, kind, *requests]
    done = subprocess.run(command, capture_output=True, check=True, text=True, cwd=Path.cwd())
    return [int(line) for line in done.stdout.split()]


def test_calls_of_the_driver_pass_the_filter_of_a_gpu_and_no_others_do() -> None:
    # /dev/zero knows none of them: ENOTTY says that the kernel was asked, EPERM that it was not.
    assert answers("gpu", NVIDIA) == [errno.ENOTTY] * len(NVIDIA)
    assert answers("gpu", OTHERS) == [errno.EPERM] * len(OTHERS)


def test_on_the_cpu_no_call_of_the_driver_passes() -> None:
    assert answers("cpu", NVIDIA) == [errno.EPERM] * len(NVIDIA)


STARTING = """
import errno, fcntl, json, os, socket, sys
from grader.sandbox import seccomp
from grader.sandbox.privileges import forbid_new_privileges

told = {}

def tell(name, attempt):
    try:
        told[name] = attempt() and ""
    except OSError as error:
        told[name] = errno.errorcode[error.errno]

def listen():
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET | socket.SOCK_CLOEXEC) as own:
        own.bind(f"\\0cuda-uvmfd-{os.getpid()}".encode())
        own.listen(16)
        own.setblocking(False)
        tell("accept", own.accept)

def send(how):
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as own:
        how(own)

forbid_new_privileges()
has_gpus = sys.argv[1] == "gpu"
name = f"\\0outside-{os.getpid()}".encode()
outside = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
outside.bind(name)
outside.listen()
seccomp.load(
    seccomp.compile_filter(has_own_files=True, has_own_signals=True, has_gpus=has_gpus)
)
tell("file", lambda: os.memfd_create("cuda", os.MFD_CLOEXEC))
tell("huge", lambda: os.memfd_create("cuda", os.MFD_HUGETLB))
tell("seal", lambda: fcntl.fcntl(os.memfd_create("c", os.MFD_ALLOW_SEALING), 1033, 2) or True)
tell("listen", listen)
tell("connect", lambda: send(lambda own: own.connect(name)))
tell("send", lambda: send(lambda own: own.sendto(b"hello", name)))
tell("pair", socket.socketpair)
for family, kind in (("UNIX", "STREAM"), ("UNIX", "DGRAM"), ("INET", "STREAM"), ("NETLINK", "RAW")):
    made = getattr(socket, f"AF_{family}"), getattr(socket, f"SOCK_{kind}")
    tell(f"{family} {kind}", lambda: socket.socket(*made).close())
print(json.dumps(told))
"""


@pytest.mark.parametrize("kind", ["gpu", "cpu"])
def test_what_a_driver_needs_to_start_passes_and_reaches_nobody(kind: str) -> None:
    command = [sys.executable, "-c", STARTING, kind]
    done = subprocess.run(command, capture_output=True, check=True, text=True, cwd=Path.cwd())
    told = json.loads(done.stdout)
    passes = {"file": "", "seal": "", "listen": None, "accept": "EPERM", "connect": "EPERM"}
    refused = dict.fromkeys(told, "EPERM")
    assert told == (refused | passes | {"send": "ENOTCONN"} if kind == "gpu" else refused)
    assert {"huge", "pair", "UNIX DGRAM", "UNIX STREAM", "INET STREAM"} <= set(told)


def test_only_the_nodes_that_cuda_opens_are_shown(tmp_path: Path) -> None:
    for name in (
        "nvidia0",
        "nvidia11",
        "nvidiactl",
        "nvidia-uvm",
        "nvidia-uvm-tools",
        "nvidia-modeset",
        "nvram",
        "sda",
    ):
        (tmp_path / name).touch()
    shown = [Path(node).name for node in gpu.nodes(tmp_path)]
    assert [name for name in shown if name.startswith("nv")] == [
        "nvidia-uvm", "nvidia-uvm-tools", "nvidia0", "nvidia11", "nvidiactl"
    ]  # fmt: skip
    assert gpu.nodes(tmp_path / "nowhere") == ()


def test_the_drivers_libraries_are_looked_for_where_the_loader_would(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver, empty = tmp_path / "driver", tmp_path / "empty"
    driver.mkdir()
    empty.mkdir()
    (driver / "libcuda.so.1").touch()
    monkeypatch.setenv("LD_LIBRARY_PATH", f"{empty}:relative:{driver}:")
    assert str(driver) in gpu.libraries()
    assert str(empty) not in gpu.libraries()


@pytest.mark.skipif(landlock.abi() < 1, reason="this kernel has no Landlock")
def test_a_node_can_be_used_only_where_the_rules_name_it(tmp_path: Path) -> None:
    assert opened_under(tmp_path, ("/dev/zero",)) == "opened"
    assert opened_under(tmp_path, ()) == "EACCES"


def opened_under(folder: Path, devices: tuple[str, ...]) -> str:
    """What comes of opening /dev/zero for writing, as a GPU's node has to be, under the rules."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            rules = landlock.make_rules((), str(folder), devices)
            forbid_new_privileges()
            rules.restrict()
            try:
                descriptor = os.open("/dev/zero", os.O_RDWR)
                with_ioctl(descriptor)
                os.write(write, b"opened")
            except OSError as error:
                os.write(write, errno.errorcode[error.errno or 0].encode())
        finally:
            os._exit(0)
    os.close(write)
    os.waitpid(pid, 0)
    with os.fdopen(read) as said:
        return said.read()


def with_ioctl(descriptor: int) -> None:
    """A call that the node does not know: Landlock would refuse it with another error."""
    try:
        fcntl.ioctl(descriptor, 0xC0104652, bytearray(64))
    except OSError as error:
        if error.errno != errno.ENOTTY:
            raise


def test_a_process_that_holds_some_of_the_driver_says_what(tmp_path: Path) -> None:
    assert gpu.driver_in_use() == ""
    library = tmp_path / "libcuda.so.570.86"
    library.write_bytes(b"x")
    with library.open("rb") as file, mmap.mmap(file.fileno(), 1, prot=mmap.PROT_READ):
        assert gpu.driver_in_use() == "its library is loaded (libcuda.so.570.86)"
    assert gpu.driver_in_use() == ""
