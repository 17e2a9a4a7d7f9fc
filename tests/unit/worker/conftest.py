"""Zygotes shared by all tests of a tier, for starting one takes seconds; workers as tests need."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from textwrap import dedent

import psutil
import pytest

from grader.errors import SandboxError
from grader.records import Limits, Tier
from grader.sandbox.probe import require
from grader.worker.client import Worker
from grader.worker.endings import Ended
from grader.worker.ignition import ignite
from grader.worker.launch import Zygote
from grader.worker.messages import Loaded

Start = Callable[..., tuple[Worker, Loaded | Ended]]
Hire = Callable[..., Worker]


@pytest.fixture(scope="session", params=[Tier.NONE, Tier.FULL], ids=str)
def tier(request: pytest.FixtureRequest) -> Tier:
    wanted: Tier = request.param
    try:
        require(wanted)
    except SandboxError as error:
        pytest.skip(str(error))
    return wanted


@pytest.fixture(scope="session")
def zygote(tier: Tier) -> Iterator[Zygote]:
    with Zygote(ignite(tier, has_notebooks=True)) as zygote:
        zygote.wait_ready()
        yield zygote


@pytest.fixture
def nothing_left(zygote: Zygote) -> Iterator[None]:
    """After the test, no process of a worker is left."""
    before = living(zygote)
    yield
    assert wait_until(lambda: living(zygote) <= before), living(zygote) - before


@pytest.fixture
def start(zygote: Zygote, nothing_left: None) -> Iterator[Start]:  # noqa: ARG001 - looks on
    """Starts workers and has them load a text."""
    workers: list[Worker] = []

    def start(text: str, **limits: float) -> tuple[Worker, Loaded | Ended]:
        worker = zygote.request(Limits(**limits)).ready()  # type: ignore[arg-type]
        workers.append(worker)
        return worker, worker.load("student", "student.py", dedent(text))

    yield start
    for worker in workers:
        worker.close()


@pytest.fixture
def hire(start: Start) -> Hire:
    """Starts workers whose file loads without a problem."""

    def hire(text: str, **limits: float) -> Worker:
        worker, loaded = start(text, **limits)
        assert isinstance(loaded, Loaded), loaded
        assert not loaded.problems, loaded
        return worker

    return hire


def living(zygote: Zygote) -> set[int]:
    """The processes below a zygote that are not mere entries waiting to be collected."""
    found = set()
    for process in psutil.Process(zygote._ignition.process.pid).children(recursive=True):
        try:
            if process.status() != psutil.STATUS_ZOMBIE:
                found.add(process.pid)
        except psutil.NoSuchProcess:
            continue
    return found


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    return condition()
