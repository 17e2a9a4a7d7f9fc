"""Workers whose servers start a device for themselves: torch's `meta` stands for a GPU."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
import torch

from grader.device.memory import HELD_BYTES, MemoryWatch, Reading
from grader.errors import DeviceError
from grader.records import Limits
from grader.sandbox import lifetime
from grader.worker.client import Worker
from grader.worker.endings import Ended, Reason
from grader.worker.invoke import Observation
from grader.worker.launch import Zygote
from grader.worker.messages import Loaded, Raised
from grader.worker.zygote_protocol import Post
from tests.unit.worker.conftest import wait_until

STUDENT = """
    import os, time
    def stay(): time.sleep(600)
    def who(): return os.getpid()
    def fail(message): raise RuntimeError(message)
"""


@pytest.fixture
def worker(zygote: Zygote, nothing_left: None) -> Iterator[Worker]:  # noqa: ARG001 - looks on
    hired = zygote.request(Limits(), Post("meta")).ready()
    assert isinstance(hired.load("student", "student.py", dedent(STUDENT)), Loaded)
    yield hired
    hired.close()


def who(worker: Worker) -> int:
    """The server that answers, by its own number for itself."""
    answer = worker.call("who", (), {}, seed=1)
    assert isinstance(answer, Observation)
    return int(answer.value)


def servers(worker: Worker) -> set[int]:
    """Those that there are, by their own numbers."""
    keeper = lifetime.host_pid(worker._hold._pidfd)
    found = set()
    for pid in lifetime.pids(worker._hold._pidfd) - {keeper}:
        with contextlib.suppress(OSError):  # it was collected meanwhile
            for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                if line.startswith("NSpid:"):
                    found.add(int(line.split()[-1]))
    return found


def test_the_next_server_is_made_ahead(worker: Worker) -> None:
    assert wait_until(lambda: len(servers(worker)) == 2)
    ready = servers(worker)
    first = who(worker)
    worker.refresh()
    second = who(worker)
    assert {first, second} == ready
    assert wait_until(lambda: len(servers(worker) - {first}) == 2)
    assert second in servers(worker)


@pytest.mark.parametrize(
    ("message", "is_over"),
    [("CUDA error: device-side assert triggered", True), ("no such key", False)],
)
def test_a_server_whose_device_failed_is_asked_nothing_more(
    worker: Worker, message: str, is_over: bool
) -> None:
    before = who(worker)
    assert isinstance(worker.call("fail", (message,), {}, seed=1), Raised)
    assert (who(worker) != before) is is_over


class Filling:
    """A GPU of which as much is taken as the test says."""

    used_bytes = 0

    def read(self) -> Reading:
        return Reading(self.used_bytes, 80 << 30)


def test_who_holds_more_of_a_gpu_than_it_may_is_ended_and_asked_again(
    zygote: Zygote,
) -> None:
    meter = Filling()
    watch = MemoryWatch(meter, 1 << 30, is_alone=True)
    worker = zygote.request(Limits(call_seconds=60), Post("meta"), watch).ready()
    worker.load("student", "student.py", dedent(STUDENT))
    before = who(worker)
    meter.used_bytes = (1 << 30) + HELD_BYTES + 1
    assert worker.call("stay", (), {}, seed=1) == Ended(Reason.GPU_MEMORY)
    meter.used_bytes -= 1
    assert who(worker) != before
    worker.close()


@pytest.mark.skipif(torch.cuda.is_available(), reason="here a GPU would start")
@pytest.mark.usefixtures("nothing_left")
def test_a_device_that_does_not_start_is_our_failure_with_its_reason(zygote: Zygote) -> None:
    worker = zygote.request(Limits(), Post("cuda:0")).ready()
    with pytest.raises(DeviceError, match=r"does not start in a worker: \w+: "):
        worker.load("student", "student.py", dedent(STUDENT))
    worker.close()
