"""What a worker leaves when the grader that held it is killed outright, and whom it runs as."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from textwrap import dedent

import psutil
import pytest

from grader.errors import SandboxError, WorkerError
from grader.records import Limits, Tier
from grader.sandbox import lifetime
from grader.sandbox.probe import require
from grader.worker import launch
from grader.worker.answers import Answer
from grader.worker.client import Worker
from grader.worker.endings import Ended, Reason
from grader.worker.invoke import Observation
from grader.worker.launch import Zygote
from tests.unit.worker.conftest import wait_until

STAY = """
    import ctypes, os, signal, time

    def name_it(name):
        ctypes.CDLL(None).prctl(15, name.encode(), 0, 0, 0)

    def stay(name):
        if os.fork() == 0:
            if os.fork() == 0:
                name_it(name)
                for number in range(1, 32):
                    if number not in (signal.SIGKILL, signal.SIGSTOP):
                        signal.signal(number, signal.SIG_IGN)
                time.sleep(120)
            os._exit(0)
        name_it(name)
        os.kill(os.getppid(), signal.SIGSTOP)
        os.kill(os.getpid(), signal.SIGSTOP)

    def fill():
        for _ in range(30):
            try:
                if os.fork() == 0:
                    time.sleep(120)
            except OSError:
                break
        os._exit(1)

    def hoard():
        for count in range(30):
            try:
                if os.fork() == 0:
                    for descriptor in range(3, 64):
                        try:
                            os.close(descriptor)
                        except OSError:
                            pass
                    time.sleep(120)
                    os._exit(0)
            except OSError:
                return count

    def work():
        return os.getuid()
"""
GRADER = """
    import sys
    from grader.records import Limits, Tier
    from grader.worker.launch import Zygote

    zygote = Zygote.start(Tier(sys.argv[1]), is_warm=False)
    zygote.wait_ready()
    worker = zygote.request(Limits(call_seconds=60)).ready()
    worker.load("student", "student.py", sys.argv[2])
    worker.begin("stay", (sys.argv[3],), {}, seed=1)
    print(zygote._ignition.process.pid, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def guarded() -> Iterator[Zygote]:
    try:
        require(Tier.GUARDED)
    except SandboxError as error:
        pytest.skip(str(error))
    with Zygote.start(Tier.GUARDED, is_warm=False) as zygote:
        yield zygote


def hired(zygote: Zygote) -> Worker:
    zygote.wait_ready()
    worker = zygote.request(Limits(processes=6)).ready()
    worker.load("student", "student.py", dedent(STAY))
    return worker


@pytest.mark.parametrize("tier", Tier, ids=str)
def test_when_the_grader_is_killed_nothing_of_its_workers_is_left(
    tier: Tier, tmp_path: Path
) -> None:
    try:
        require(tier)
    except SandboxError as error:
        pytest.skip(str(error))
    name = f"stay-{secrets.token_hex(4)}"
    arguments = [sys.executable, "-c", dedent(GRADER), tier, dedent(STAY), name]
    tmp_path.chmod(0o755)
    with subprocess.Popen(
        arguments,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    ) as grader:
        assert grader.stdout is not None
        zygote = psutil.Process(int(grader.stdout.readline()))
        assert wait_until(lambda: len(named(name)) == 2)
        family = [zygote, *zygote.children(recursive=True)]
        grader.kill()
    _, alive = psutil.wait_procs(family, timeout=10)
    assert alive == []
    left = list(tmp_path.iterdir())
    # A scratch folder is locked by its maker: whoever comes next removes it.
    assert len(left) == (0 if tier is Tier.FULL else 1)


def named(name: str) -> list[psutil.Process]:
    return [process for process in psutil.process_iter(["name"]) if process.info["name"] == name]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has users to give away")
def test_as_root_each_guarded_worker_is_a_user_of_its_own(guarded: Zygote) -> None:
    workers = [hired(guarded) for _ in range(2)]
    users = []
    for worker in workers:
        answer = worker.call("work", (), {}, seed=1)
        assert isinstance(answer, Observation)
        pid = lifetime.host_pid(worker._hold._pidfd)
        assert psutil.Process(pid).uids() == (answer.value,) * 3
        users.append(answer.value)
    for worker in workers:
        worker.close()
    assert len(set(users)) == 2
    assert not {0, 65534} & set(users)


def test_what_a_call_that_ended_badly_left_costs_no_other_call(guarded: Zygote) -> None:
    worker = hired(guarded)
    # Its children hold its end of the channel, so the clock has to tell.
    assert worker.call("fill", (), {}, seed=1) == Ended(Reason.HUNG)
    assert isinstance(worker.call("work", (), {}, seed=1), Observation)
    worker.close()


def test_what_earlier_servers_hoarded_is_cleared_away_for_the_next_one(guarded: Zygote) -> None:
    worker = hired(guarded)
    hoarded = worker.call("hoard", (), {}, seed=1)
    assert isinstance(hoarded, Observation)
    assert hoarded.value > 0
    worker.refresh()
    assert isinstance(worker.call("work", (), {}, seed=1), Observation)
    worker.close()


def asked_until_there_is_room(worker: Worker) -> Answer:
    """What was killed counts until it is collected, which on a busy machine takes its time."""
    for _ in range(30):  # a second each
        with suppress(WorkerError):
            return worker.call("work", (), {}, seed=1)
    return worker.call("work", (), {}, seed=1)


def while_hoarding(hoarder: Worker, victim: Worker) -> None:
    """Processes of other tests, whose user this is too, make room as they end: it is filled."""
    for _ in range(30):
        assert isinstance(hoarder.call("hoard", (), {}, seed=1), Observation)
        victim.refresh()
        victim.call("work", (), {}, seed=1)


def test_who_finds_no_process_because_others_hoard_them_is_not_to_blame(
    guarded: Zygote, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As it is where the grader is not root: all workers are one user.
    monkeypatch.setattr(launch, "worker_users", lambda: range(0))
    victim, hoarder = hired(guarded), hired(guarded)
    assert isinstance(victim.call("work", (), {}, seed=1), Observation)
    with pytest.raises(WorkerError, match="no process was left"):
        while_hoarding(hoarder, victim)
    another = hired(guarded)
    assert isinstance(another.call("work", (), {}, seed=1), Observation)
    hoarder.close()
    assert isinstance(asked_until_there_is_room(victim), Observation)
    victim.close()
    another.close()
