"""What must still work in a keeper, and one that waits to be looked at."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from grader.sandbox import privileges
from tests.unit.sandbox.attempting import Context, attempt


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

    seen: list[int] = []
    thread = threading.Thread(target=seen.append, args=(1,))
    thread.start()
    thread.join()
    assert seen == [1]

    fired: list[int] = []
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
def stay(context: Context) -> None:
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
    time.sleep(600)


def _ready(context: Context) -> None:
    context["socket"].send(json.dumps({"ready": os.getpid()}).encode())
