import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from grader.errors import SandboxError, WorkerError
from grader.records import Limits, Tier
from grader.worker.ignition import Ignition, _environment, ignite
from grader.worker.launch import Zygote
from grader.worker.messages import Loaded
from grader.worker.zygote_protocol import Post, Status


def open_descriptors() -> set[str]:
    return {entry.name for entry in Path("/proc/self/fd").iterdir()}


def test_a_zygote_that_was_killed_is_said_to_be_gone() -> None:
    with Zygote.start(Tier.NONE, is_warm=False) as zygote:
        worker = zygote.request(Limits()).ready()
        os.kill(zygote._ignition.process.pid, signal.SIGKILL)
        zygote._ignition.process.wait()
        with pytest.raises(WorkerError, match="zygote"):
            zygote.request(Limits()).ready()
        worker.close()
    assert zygote._ignition.log.closed


def test_a_zygote_that_cannot_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "grader.worker.ignition._environment", lambda **_: {"LD_PRELOAD": "/nowhere"}
    )
    monkeypatch.setattr("sys.executable", "/bin/false")
    with (
        Zygote.start(Tier.NONE) as zygote,
        pytest.raises(WorkerError, match=r"start(ed|:)[^\n]*\nIt said:\n.*nowhere"),
    ):
        zygote.wait_ready()


@pytest.mark.skipif(sys.platform != "linux", reason="CUDA's driver is looked for on Linux only")
@pytest.mark.parametrize("has_gpus", [True, False])
def test_a_zygote_that_has_cudas_driver_loaded_forks_no_worker_for_a_gpu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_gpus: bool
) -> None:
    # Any library by that name will do, and this one is loaded anyhow.
    maps = Path("/proc/self/maps").read_text().splitlines()
    some = next(line.split()[-1] for line in maps if "/libm" in line and ".so" in line)
    library = tmp_path / "libcuda.so.1"
    library.write_bytes(Path(some).read_bytes())
    surroundings = _environment() | {"LD_PRELOAD": str(library)}
    monkeypatch.setattr("grader.worker.ignition._environment", lambda **_: surroundings)
    with Zygote(ignite(Tier.NONE, is_warm=False, has_gpus=has_gpus)) as zygote:
        if has_gpus:
            with pytest.raises(SandboxError) as caught:
                zygote.wait_ready()
            said = str(caught.value)
            assert "its library is loaded (libcuda.so.1)" in said
            assert "--device cpu works" in said
            assert "Traceback" not in said
        else:
            zygote.prove(Limits())
            with pytest.raises(SandboxError, match="No worker could use a GPU any more"):
                zygote.request(Limits(), Post("cuda:0")).ready()


def test_a_layer_that_does_not_hold_is_our_failure_with_its_reason(tmp_path: Path) -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    theirs.send(msgspec.msgpack.encode(Status("failed", "no namespaces here")))
    process = subprocess.Popen([sys.executable, "-c", ""])
    zygote = Zygote(Ignition(process, ours, Tier.FULL, (tmp_path / "log").open("w+b")))
    with theirs, zygote, pytest.raises(SandboxError, match="no namespaces here"):
        zygote.wait_ready()


@pytest.mark.usefixtures("nothing_left")
def test_workers_may_be_asked_for_ahead_and_taken_in_any_order(zygote: Zygote) -> None:
    first, second = zygote.request(Limits()), zygote.request(Limits())
    workers = [second.ready(), first.ready()]
    for worker in workers:
        assert isinstance(worker.load("m", "m.py", "x = 1"), Loaded)
        worker.close()


@pytest.mark.usefixtures("nothing_left")
def test_a_worker_that_was_asked_for_can_be_given_up_before_it_is_there(zygote: Zygote) -> None:
    before = open_descriptors()
    zygote.request(Limits()).discard()
    assert open_descriptors() == before


@pytest.mark.usefixtures("nothing_left")
def test_a_closed_worker_leaves_no_descriptor_behind(zygote: Zygote) -> None:
    for _ in range(12):
        zygote.request(Limits()).ready().close()
    before = len(open_descriptors())
    for _ in range(12):
        worker = zygote.request(Limits()).ready()
        worker.load("m", "m.py", "def f(): pass")
        worker.call("f", (), {}, seed=1)
        worker.close()
    assert len(open_descriptors()) <= before


@pytest.mark.usefixtures("nothing_left")
def test_proving_a_tier_starts_a_worker_and_lets_it_go(zygote: Zygote) -> None:
    zygote.prove(Limits())
