"""The keeper: one per submission. Loads the file once, stays pristine, forks servers.

It is confined before it reads the first byte of the student's file. A server that hangs, crashes
or has been dirtied by a test is killed, and the next one starts from the state after loading.

For a GPU it goes otherwise: a process that has used CUDA cannot be forked. The keeper then loads
nothing, each server starts the device and loads the file for itself, and one server is always made
ahead, so that nobody waits for it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import time
from types import FrameType, ModuleType
from typing import Final

import torch

from grader.sandbox.privileges import die_with_parent
from grader.worker.bounds import MAX_MESSAGE
from grader.worker.loading import StatementExpired, load
from grader.worker.messages import Filled, Load, Loading, Serve, Unfit
from grader.worker.notebook_messages import Notebook
from grader.worker.numerics import practise, settle
from grader.worker.server import Server, flush_output
from grader.worker.socket_frames import receive, send
from grader.worker.zygote_protocol import Post

_FORK_SECONDS: Final = 0.5
_PAUSE_SECONDS: Final = 0.01
_NO_PROCESS: Final = Unfit("no process is left for it")


def keep(control: socket.socket, post: Post | None = None) -> None:
    """Serve the control channel until the other side closes it.

    Args:
        control: The channel.
        post: The device that servers are to start for themselves; None for the CPU.
    """
    if post is not None:
        _keep_ahead(control, post)
        return
    module, filename = ModuleType("empty"), ""
    server_pid: int | None = None
    while (received := receive(control)) is not None:
        request, _, descriptors = received
        match request:
            case Load():
                filename = request.filename
                module = _load(request, control)
            case Serve() if descriptors:
                _end(server_pid)
                server_pid = _fork(descriptors[0])
                if server_pid == 0:
                    control.close()
                    if sys.platform == "linux":
                        die_with_parent()
                    with socket.socket(fileno=descriptors[0]) as channel:
                        Server(module, filename).serve(channel)
                    os._exit(0)
                os.close(descriptors[0])
            case _:
                return


def _keep_ahead(control: socket.socket, post: Post) -> None:
    """The same for a device: of two servers one answers and the other gets ready."""
    os.environ["CUDA_VISIBLE_DEVICES"] = post.visible
    request: Load | None = None
    server_pid: int | None = None
    ahead_pid: int | None = None
    while (received := receive(control)) is not None:
        message, _, descriptors = received
        match message:
            case Load():
                request = message
            case Serve() if descriptors and request is not None:
                # The one that was made ahead takes over; whoever answered until now has to go.
                _end(server_pid)
                server_pid, ahead_pid = ahead_pid, _fork(descriptors[0])
                if ahead_pid == 0:
                    control.close()
                    if sys.platform == "linux":
                        die_with_parent()
                    with socket.socket(fileno=descriptors[0]) as channel:
                        _serve_on(channel, post, request)
                    os._exit(0)
                os.close(descriptors[0])
            case _:
                return


def _serve_on(channel: socket.socket, post: Post, request: Load) -> None:
    """In a server: start the device, load the file, say so on the server's own channel, serve."""
    device = torch.device(post.device)
    try:
        settle(device, post.memory_fraction)
        practise(device)
    except Exception as error:  # noqa: BLE001 - a driver fails in ways of its own
        send(channel, Unfit(f"{type(error).__name__}: {error}"[:MAX_MESSAGE]))
        return
    Server(_load(request, channel), request.filename).serve(channel)


def _load(request: Load, control: socket.socket) -> ModuleType:
    """Load within the time limit; a statement that overruns costs only itself.

    The first interruption comes at half the limit, further ones each tenth but for a statement
    that has only just begun, so that the rest of the file has its chance before the other side
    loses patience.
    """
    tenth = request.seconds / 10
    began = time.monotonic()

    if request.notebook is not None:
        return _load_notebook(request, request.notebook, control)

    def announce(line: int) -> None:
        nonlocal began
        began = time.monotonic()
        send(control, Loading(line))

    def interrupt(_signal: int, frame: FrameType | None) -> None:
        if time.monotonic() - began < tenth:
            return
        # Only inside the student's file: an interruption of ours would cost the whole file.
        while frame is not None:
            if frame.f_code.co_filename == request.filename:
                raise StatementExpired
            frame = frame.f_back

    signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, request.seconds / 2, tenth)
    try:
        module, loaded = load(request.text, request.module, request.filename, announce)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    flush_output()
    send(control, loaded)
    return module


def _load_notebook(request: Load, notebook: Notebook, control: socket.socket) -> ModuleType:
    """The same for a notebook, which has limits of its own; told cell by cell."""
    from grader.worker.notebook import load_notebook  # noqa: PLC0415 - imports IPython

    module, loaded = load_notebook(
        request.text,
        request.module,
        request.filename,
        notebook,
        request.seconds,
        lambda line: send(control, Loading(line)),
        lambda ran: send(control, ran),
        lambda: send(control, Filled()),
    )
    flush_output()
    send(control, loaded)
    return module


def _fork(descriptor: int) -> int | None:
    """Fork a server; None if there is no process left for it, which is said on its channel.

    Who was killed counts until it is collected, and another worker of the same user may give up
    what it hoards: so it is tried for a moment.
    """
    deadline = time.monotonic() + _FORK_SECONDS
    while True:
        _collect()
        try:
            return os.fork()
        except BlockingIOError:
            if time.monotonic() > deadline:
                break
            time.sleep(_PAUSE_SECONDS)
    with socket.socket(fileno=os.dup(descriptor)) as channel, contextlib.suppress(OSError):
        send(channel, _NO_PROCESS)
    return None


def _end(pid: int | None) -> None:
    """Kill a server. It goes while the next one is made, which collects it."""
    if pid is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _collect() -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
