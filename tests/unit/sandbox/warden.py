"""Plays the grader: starts `inmate.py`, has it try things, and prints what came of them as JSON.

Run as `python -I warden.py SCENARIO TIER FOLDER`, so that the same scenarios can be played by root
and by an ordinary user. It judges nothing; the tests do.
"""

from __future__ import annotations

import itertools
import json
import os
import pwd
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from grader.sandbox import lifetime, privileges

Answer = dict[str, Any]
HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[2]
LIMITS = {"memory_bytes": 256 << 20, "processes": 8, "scratch_bytes": 1 << 20}
SECONDS = 60


class Zygote:
    """The trusted end of one zygote of `inmate.py`."""

    def __init__(self, tier: str, folder: Path) -> None:
        self.tier, self.folder = tier, folder
        self._asked = itertools.count()
        self.channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.channel.settimeout(SECONDS)
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-B", str(HERE / "inmate.py"), tier, str(theirs.fileno())],
                env={"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "HOME": "/"},
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        self.entered = self.hear()

    def hear(self) -> Answer:
        answer: Answer = json.loads(self.channel.recv(1 << 16) or b'{"error": "the zygote died"}')
        return answer

    def ask(self, attempt: str, **context: Any) -> tuple[int, Answer]:
        """Fork a keeper for the attempt: a pidfd of it, and what it says once it is confined."""
        scratch = tempfile.mkdtemp(dir=self.folder)
        users = privileges.worker_users() if self.tier == "guarded" else range(0)
        user = users[next(self._asked) % len(users)] if users else None
        if os.geteuid() == 0:
            os.chown(scratch, user or 65534, user or 65534)
        request = {"attempt": attempt, "scratch": scratch, "user": user, **LIMITS, **context}
        request["limits"] = list(LIMITS)
        self.channel.send(json.dumps(request).encode())
        pidfd, confined = -1, Answer()
        # The zygote's word and the keeper's may come in either order.
        while pidfd < 0 or not confined:
            message, descriptors, _, _ = socket.recv_fds(self.channel, 1 << 16, 1)
            pidfd = descriptors[0] if descriptors else pidfd
            confined = confined if descriptors else json.loads(message)
        return pidfd, confined

    def close(self) -> int:
        self.channel.close()
        return self.process.wait(SECONDS)


def walls(tier: str, folder: Path, names: Iterable[str]) -> Answer:
    """Each attempt in a keeper of its own."""
    outside = folder / "outside"
    outside.mkdir(mode=0o777)
    outside.chmod(0o777)
    (folder / "secret").write_text("the hidden suite")
    (outside / "kept").write_text("kept")
    (outside / "kept").chmod(0o666)
    received: list[int] = []
    signal.signal(signal.SIGURG, lambda number, _: received.append(number))
    zygote = Zygote(tier, folder)
    if "error" in zygote.entered:
        return zygote.entered
    answers: Answer = {}
    with socket.create_server(("127.0.0.1", 0)) as server:
        context = {
            "secret": str(folder / "secret"),
            "outside": str(outside),
            "home": pwd.getpwuid(0).pw_dir,
            "project": str(PROJECT),
            "warden": os.getpid(),
            "zygote": zygote.process.pid,
            "port": server.getsockname()[1],
        }
        for name in names:
            pidfd, confined = zygote.ask(name, **context)
            if "confined" not in confined:
                answers[name] = confined
                continue
            answers[name] = zygote.hear()
            lifetime.kill(pidfd)
            os.close(pidfd)
    answers["kept"] = (outside / "kept").read_text() if (outside / "kept").exists() else "gone"
    answers["mode"] = (outside / "kept").stat().st_mode & 0o777 if answers["kept"] == "kept" else 0
    answers["outside"] = sorted(path.name for path in outside.iterdir())
    answers["signals"] = len(received)
    answers["uid"] = os.getuid()
    answers["status"] = zygote.close()
    return answers


def torch(tier: str, folder: Path) -> Answer:
    """Torch imported in the zygote, a neuron trained in a keeper."""
    zygote = Zygote(tier, folder)
    zygote.channel.send(json.dumps({"attempt": "import_torch"}).encode())
    cpu = zygote.hear()
    pidfd, confined = zygote.ask("train_a_neuron", memory_bytes=1 << 30)
    trained = zygote.hear()
    lifetime.kill(pidfd)
    zygote.close()
    return {**cpu, **confined, **trained}


def outlive(tier: str, folder: Path) -> Answer:
    """A keeper with a stubborn grandchild is looked at, measured and killed."""
    zygote = Zygote(tier, folder)
    pidfd, _ = zygote.ask("stay")
    zygote.hear(), zygote.hear()
    keeper = lifetime.host_pid(pidfd)
    status = dict(_status(keeper))
    # The one between keeper and grandchild has ended by now, or is about to.
    family = _living(keeper, 2)
    measured = lifetime.resident_bytes(pidfd)
    lifetime.kill_descendants(pidfd)
    left = [child.pid for child in psutil.Process(keeper).children(recursive=True) if _lives(child)]
    is_keeper_alive = not select.select([pidfd], [], [], 0)[0]
    second, _ = zygote.ask("stay")
    zygote.hear(), zygote.hear()
    grandchildren = _living(lifetime.host_pid(second), 2)
    lifetime.kill(pidfd)
    lifetime.kill(second)
    survivors = [child.pid for child in (*family, *grandchildren) if _lives(child)]
    answer, again = zygote.ask("list_the_root")
    zygote.hear()
    lifetime.kill(answer)
    return {
        "status": status,
        "family": len(family),
        "measured": measured,
        "left": left,
        "is_keeper_alive": is_keeper_alive,
        "grandchildren": len(grandchildren),
        "survivors": survivors,
        "zygote_works": "confined" in again,
        "zygote_code": zygote.close(),
    }


def abandon(tier: str, folder: Path) -> None:
    """Print the pids of everything that runs, and wait to be killed."""
    zygote = Zygote(tier, folder)
    pidfd, _ = zygote.ask("stay")
    zygote.hear(), zygote.hear()
    # First until only server and orphan are left below the keeper, then all of them.
    _living(lifetime.host_pid(pidfd), 2)
    pids = [child.pid for child in psutil.Process().children(recursive=True) if _lives(child)]
    _say({"pids": pids})
    time.sleep(600)


def die(tier: str, folder: Path) -> Answer:
    """What becomes of keeper and watcher when the zygote is killed."""
    zygote = Zygote(tier, folder)
    pidfd, _ = zygote.ask("stay")
    zygote.hear(), zygote.hear()
    keeper = psutil.Process(lifetime.host_pid(pidfd))
    family = _living(keeper.pid, 2)
    parent = keeper.parent()
    assert parent in psutil.Process().children(recursive=True)
    parent.kill()
    code = zygote.process.wait(SECONDS)
    is_over = bool(select.select([pidfd], [], [], SECONDS)[0])
    alive = psutil.wait_procs(family, timeout=2)[1]
    for process in alive:
        process.kill()
    return {"code": code, "is_over": is_over, "alive": len(alive)}


def _say(answer: Answer) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _status(pid: int) -> Iterable[tuple[str, str]]:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        name, _, value = line.partition(":")
        if name.startswith("Cap") or name in {"NoNewPrivs", "Seccomp", "Uid", "Gid", "Groups"}:
            yield name, value.strip()


def _living(keeper: int, count: int) -> list[psutil.Process]:
    """The keeper's descendants, once exactly `count` of them are alive."""
    for _ in range(500):
        found = [c for c in psutil.Process(keeper).children(recursive=True) if _lives(c)]
        if len(found) == count:
            return found
        time.sleep(0.01)
    return found


def _lives(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        return process.status() != psutil.STATUS_ZOMBIE
    return False


if __name__ == "__main__":
    scenario, of_tier, of_folder, *rest = sys.argv[1:]
    match scenario:
        case "walls":
            _say(walls(of_tier, Path(of_folder), rest))
        case "torch":
            _say(torch(of_tier, Path(of_folder)))
        case "outlive":
            _say(outlive(of_tier, Path(of_folder)))
        case "die":
            _say(die(of_tier, Path(of_folder)))
        case "abandon":
            abandon(of_tier, Path(of_folder))
        case _:
            sys.exit(f"no scenario {scenario}")
