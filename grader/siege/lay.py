"""Laying siege: real workers load the attacker, and what it tries is watched from outside too."""

from __future__ import annotations

import os
import secrets
import socket
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Final, Self

import psutil

from grader.errors import GraderError
from grader.records import Tier
from grader.siege.findings import Finding, Siege
from grader.siege.walls import LIMITS, WALLS, Wall
from grader.worker.ignition import ignite
from grader.worker.launch import Zygote
from grader.worker.messages import Loaded

_VARIABLE: Final = "GRADE_SIEGE"
_KEPT: Final = "nobody but the grader may change this"
_GONE_SECONDS: Final = 2.0
_PAUSE_SECONDS: Final = 0.02


def lay_siege(tiers: Iterable[Tier]) -> tuple[Siege, ...]:
    """Attack this machine in one tier after the other; takes some twelve seconds.

    Never in two at once: where workers share a user, they share that user's limit on processes.

    Raises:
        SandboxError, WorkerError: A tier could not be entered at all.
    """
    # A word in the grader's environment; workers have one of their own.
    os.environ[_VARIABLE] = _KEPT
    zygotes = [Zygote(ignite(tier, is_warm=False)) for tier in tiers]
    try:
        return tuple(map(_besiege, zygotes))
    finally:
        for zygote in zygotes:
            zygote.close()
        del os.environ[_VARIABLE]


def _besiege(zygote: Zygote) -> Siege:
    with _Ground() as ground:
        found = tuple(_try(wall, zygote, ground) for wall in WALLS)
    return Siege(tier=zygote.tier, findings=found)


def _try(wall: Wall, zygote: Zygote, ground: _Ground) -> Finding:
    """One attack in a worker of its own; its word counts only if nothing outside differs."""
    text = files("grader.siege").joinpath("attacker.py").read_text(encoding="utf-8")
    worker = zygote.request(LIMITS).ready()
    try:
        loaded = worker.load("vault", "vault.py", text)
        if isinstance(loaded, Loaded) and not loaded.problems:
            answer = worker.call(wall.attack, (ground.told,), {}, seed=1, seconds=wall.seconds)
            breach = wall.breach(answer)
        else:
            breach = "could not be tried: the attacker does not load here"
    except GraderError as error:
        breach = f"could not be tried: {error}"
    finally:
        worker.close()
    breach = ground.trouble() or breach
    return Finding(wall=wall.name, holds=breach is None, detail=breach or "")


class _Ground:
    """What the attacker is told of, and how it was before."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="grade-siege-")
        top = Path(self._folder.name)
        top.chmod(0o777)
        self._secret, self._open = top / "secret", top / "open"
        for file, mode in ((self._secret, 0o644), (self._open, 0o666)):
            file.write_text(_KEPT)
            file.chmod(mode)
        self._before = self._state()
        mark = secrets.token_hex(4)
        self._listeners = {
            "tcp": _listen(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)),
            "udp": _listen(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0)),
            "abstract": _listen(socket.AF_UNIX, socket.SOCK_STREAM, f"\0grade-siege-{mark}"),
        }
        self._named = tempfile.TemporaryDirectory(prefix="grade-siege-")
        Path(self._named.name).chmod(0o777)
        path = Path(self._named.name, "socket")
        self._listeners["unix"] = _listen(socket.AF_UNIX, socket.SOCK_STREAM, str(path))
        path.chmod(0o777)
        self._name = f"siege-{mark}"
        self.told = {
            "secret": str(self._secret),
            "open": str(self._open),
            "home": str(Path.home()),
            "grader": str(os.getpid()),
            "tcp": str(self._listeners["tcp"].getsockname()[1]),
            "udp": str(self._listeners["udp"].getsockname()[1]),
            "unix": str(path),
            "abstract": f"grade-siege-{mark}",
            "variable": _VARIABLE,
            "processes": str(LIMITS.processes),
            "name": self._name,
        }

    def trouble(self) -> str | None:
        """What is not as it was before the attack, if anything."""
        before, self._before = self._before, self._state()
        if self._before != before:
            return "a file outside was changed"
        if reached := [name for name in self._listeners if self._is_reached(name)]:
            return "reached: " + ", ".join(reached)
        deadline = time.monotonic() + _GONE_SECONDS
        while left := [process.pid for process in _named(self._name)]:
            if time.monotonic() > deadline:
                return f"a process lives on: {left[0]}"
            time.sleep(_PAUSE_SECONDS)
        return None

    def _is_reached(self, name: str) -> bool:
        listener, is_reached = self._listeners[name], False
        with suppress(BlockingIOError):
            while True:
                listener.recv(1) if name == "udp" else listener.accept()[0].close()
                is_reached = True
        return is_reached

    def _state(self) -> list[tuple[str, int, str]]:
        files = sorted(Path(self._folder.name).iterdir())
        return [(file.name, file.stat().st_mode, file.read_text()) for file in files]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for listener in self._listeners.values():
            listener.close()
        self._folder.cleanup()
        self._named.cleanup()


def _listen(family: int, kind: int, address: tuple[str, int] | str) -> socket.socket:
    listener = socket.socket(family, kind)
    listener.bind(address)
    if kind == socket.SOCK_STREAM:
        listener.listen()
    listener.setblocking(False)
    return listener


def _named(name: str) -> Iterator[psutil.Process]:
    for process in psutil.process_iter(["name", "status"]):
        if process.info["name"] == name and process.info["status"] != psutil.STATUS_ZOMBIE:
            yield process
