from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

import grader
from grader.records import Tier
from grader.sandbox.jail import python_paths
from grader.sandbox.probe import probe

PROJECT = Path(grader.__file__).parent.parent


@pytest.fixture
def guarded() -> None:
    if Tier.GUARDED not in probe().tiers:
        pytest.skip("this machine does not hold tier guarded")


def script(text: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program that imports the sandbox, as the zygote would be."""
    return subprocess.run(
        [sys.executable, "-I", "-B", "-c", text, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd="/",
    )


@pytest.fixture(scope="session")
def processor() -> str:
    """What torch makes of the processor outside."""
    return script("import torch; print(torch.backends.cpu.get_cpu_capability())").stdout.strip()


def test_torch_trains_a_neuron_inside(play: Any) -> None:
    answer = play("torch")
    assert answer.get("through"), answer
    assert "allocate" in answer["result"]


def test_torch_sees_the_processor_as_it_does_outside(play: Any, processor: str) -> None:
    assert play("torch")["cpu"] == processor


def test_in_full_student_code_is_an_ordinary_user_alone_in_its_world(tier: Tier, play: Any) -> None:
    answer = play("torch")
    if tier is Tier.FULL:
        assert (answer["confined"], answer["user"]) == (1, 1000)
    else:
        assert answer["user"] != 0


def test_the_project_is_not_among_the_paths_of_python() -> None:
    paths = [Path(path) for path in python_paths()]
    assert PROJECT not in paths
    assert not any(PROJECT.is_relative_to(path) for path in paths)
    assert not any((PROJECT / "solutions").is_relative_to(path) for path in paths)


def test_the_libraries_are_among_the_paths_of_python() -> None:
    paths = [Path(path) for path in python_paths()]
    for name in ("stdlib", "platlib"):
        assert any(Path(sysconfig.get_path(name)).is_relative_to(path) for path in paths)


@pytest.mark.usefixtures("guarded")
@pytest.mark.parametrize("tier", ["full", "guarded"])
def test_a_process_with_threads_is_told_why_it_cannot_be_closed_in(tier: str) -> None:
    done = script(
        "import threading, time\n"
        "from grader.records import Tier\n"
        "from grader.sandbox.jail import Jail, python_paths\n"
        "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
        f"Jail.enter(Tier('{tier}'), python_paths())\n"
    )
    assert done.returncode != 0
    assert "SandboxError" in done.stderr
    assert "has 2 threads" in done.stderr


@pytest.mark.usefixtures("guarded")
def test_a_layer_that_does_not_engage_is_an_error() -> None:
    """Here the filter: without it, confining must not succeed."""
    done = script(
        "import os\n"
        "from grader.records import Limits, Tier\n"
        "from grader.sandbox.jail import Jail, python_paths\n"
        "jail = Jail.enter(Tier.GUARDED, python_paths())\n"
        "jail._programs = (b'\\0' * 8,) * 2\n"
        "if jail.fork() == 0:\n"
        "    try:\n"
        "        jail.confine(Limits(), '/tmp')\n"
        "    except Exception as error:\n"
        "        os.write(1, f'{type(error).__name__}: {error}'.encode())\n"
        "    os._exit(0)\n"
        "os.wait()\n"
    )
    assert done.stdout.startswith("SandboxError"), done
    assert "'seccomp'" in done.stdout


@pytest.mark.usefixtures("guarded")
def test_guarded_without_a_scratch_folder_is_an_error() -> None:
    done = script(
        "import os\n"
        "from grader.records import Limits, Tier\n"
        "from grader.sandbox.jail import Jail, python_paths\n"
        "jail = Jail.enter(Tier.GUARDED, python_paths())\n"
        "jail.confine(Limits(), None)\n"
    )
    assert "SandboxError" in done.stderr
    assert "scratch folder" in done.stderr


def test_tier_none_only_goes_to_the_scratch_folder(tmp_path: Path) -> None:
    done = script(
        "import os\n"
        "from grader.records import Limits, Tier\n"
        "from grader.sandbox.jail import Jail\n"
        "jail = Jail.enter(Tier.NONE, ())\n"
        f"print(jail.confine(Limits(), {str(tmp_path)!r}), os.getcwd(), jail.thread_count())\n"
    )
    assert done.stdout.split() == [str(tmp_path), str(tmp_path), "1"], done.stderr


ON_A_GPU = """
import errno, fcntl, json, os, resource, socket, sys
from grader.records import Limits, Tier
from grader.sandbox import gpu
from grader.sandbox.jail import Jail, python_paths

gpu.nodes = lambda: ("/dev/full",)  # it stands for one of NVIDIA's
tier, scratch = Tier(sys.argv[1]), sys.argv[2]
reading, writing = os.pipe()
jail = Jail.enter(tier, python_paths(), has_gpus=True)

def name(attempt):
    try:
        attempt()
    except OSError as error:
        return errno.errorcode[error.errno]
    return ""

def call(path):
    fcntl.ioctl(os.open(path, os.O_RDWR), 0xC0104652, bytearray(64))

def serve(address):
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as own:
        own.bind(address)

for bounds_memory in (True, False):
    pid = jail.fork()
    if pid == 0:
        try:
            jail.confine(Limits(), scratch, bounds_memory=bounds_memory)
            told = {
                "is_bounded": resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY,
                "node": name(lambda: call("/dev/full")),
                "other_node": name(lambda: os.open("/dev/tty", os.O_RDWR)),
                "file": name(lambda: os.memfd_create("cuda")),
                "own_name": name(lambda: serve(b"\\0cuda-uvmfd-1-1")),
                "name_on_disk": name(lambda: serve("here")),
            }
            os.write(writing, json.dumps(told).encode() + b"\\n")
        finally:
            os._exit(0)
    os.waitpid(pid, 0)
os.close(writing)
with os.fdopen(reading) as said:
    os.write(1, said.read().encode())
"""


@pytest.mark.parametrize("tier", [Tier.FULL, Tier.GUARDED], ids=str)
def test_only_keepers_on_a_gpu_reach_its_node_and_only_they_have_no_bound_on_addresses(
    tier: Tier, tmp_path: Path
) -> None:
    if tier not in probe().tiers:
        pytest.skip(f"this machine does not hold tier {tier}")
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o777)
    done = script(ON_A_GPU, tier, str(tmp_path))
    on_cpu, on_gpu = map(json.loads, done.stdout.splitlines())
    assert on_cpu == {
        "is_bounded": True,
        "node": "EACCES",
        "other_node": "ENOENT" if tier is Tier.FULL else "EACCES",
        "file": "EPERM",
        "own_name": "EPERM",
        "name_on_disk": "EPERM",
    }
    assert on_gpu == {
        "is_bounded": False,
        "node": "ENOTTY",
        "other_node": "ENOENT" if tier is Tier.FULL else "EACCES",
        "file": "",
        "own_name": "",
        "name_on_disk": "EACCES",
    }
