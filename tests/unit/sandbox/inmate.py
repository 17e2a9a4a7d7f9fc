"""A zygote that obeys `warden.py`, and what its keepers try once they are confined.

Run as `python -I inmate.py TIER SOCKET`. Each request names an attempt; a keeper is forked,
confined, and makes it. An attempt that returns got through; one that raises `OSError`,
`MemoryError` or `AssertionError` was stopped, and the answer says by what.

What is tried here must do no harm even if every wall is down, for then it is tried on the machine
of whoever runs the tests: signals are ones that are ignored by default, files are the test's own
or opened without being changed, and nothing is ever killed but by its own pid. Without a sandbox
(the control) root may try nothing at all, and others only what `HARMLESS` names.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

from grader.errors import SandboxError
from grader.records import Limits, Tier
from grader.sandbox.jail import Jail, python_paths

# Isolated mode leaves the project out. Everything is imported before the jail closes.
sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
from tests.unit.sandbox import attempts_kernel, attempts_outside, attempts_within
from tests.unit.sandbox.attempting import ATTEMPTS, LIBC, Context

_ATTEMPTED = (attempts_kernel, attempts_outside, attempts_within)

HARMLESS = frozenset(
    {
        "connect_over_tcp",
        "delete_outside",
        "execute_a_program",
        "list_the_project",
        "list_the_root",
        "make_a_file_in_memory",
        "make_a_socket_pair",
        "open_a_netlink_socket",
        "open_a_unix_socket",
        "read_a_secret",
        "read_the_graders_environment",
        "read_the_project",
        "read_the_users_of_the_machine",
        "send_over_udp",
        "signal_by_descriptor",
        "signal_the_grader",
        "spawn_a_program",
        "write_outside",
    }
)


def main(tier: Tier, channel: socket.socket) -> None:
    if tier is Tier.NONE:
        assert os.geteuid() != 0, "root tries nothing without a sandbox"
        for name in ATTEMPTS.keys() - HARMLESS:
            del ATTEMPTS[name]
    try:
        jail = Jail.enter(tier, python_paths())
    except SandboxError as error:
        channel.send(json.dumps({"error": str(error)}).encode())
        return
    channel.send(json.dumps({"entered": jail.thread_count()}).encode())
    while request := channel.recv(1 << 16):
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        context = json.loads(request)
        if context["attempt"] == "import_torch":
            import torch  # noqa: PLC0415 - as the real zygote does, but only where it is needed

            torch.set_num_threads(1)
            channel.send(json.dumps({"cpu": torch.backends.cpu.get_cpu_capability()}).encode())
            continue
        mail = _post()
        pid = jail.fork()
        if pid == 0:
            context["mail"] = mail
            _keep(jail, context, channel)
        mail.close()
        pidfd = os.pidfd_open(pid)
        socket.send_fds(channel, [b'{"forked": true}'], [pidfd])
        os.close(pidfd)


def _post() -> socket.socket:
    """A socket on which a message with a descriptor waits for the keeper."""
    mine, keepers = socket.socketpair()
    reading, writing = os.pipe()
    os.write(writing, b"hello")
    socket.send_fds(mine, [b"hello"], [reading])
    for descriptor in (reading, writing):
        os.close(descriptor)
    mine.close()
    return keepers


def _keep(jail: Jail, context: Context, channel: socket.socket) -> None:
    answer: Context = {"through": True}
    try:
        limits = Limits(**{name: context[name] for name in context["limits"]})
        context["scratch"] = jail.confine(limits, context["scratch"], user=context["user"])
        if jail.tier is not Tier.NONE:
            # Not a test but a fuse: whatever broke, nothing below runs as root or unfiltered.
            assert 0 not in os.getresuid(), "still root"
            assert LIBC.prctl(21, 0, 0, 0, 0) == 2, "no filter"  # PR_GET_SECCOMP
        channel.send(json.dumps({"confined": os.getpid(), "user": os.getuid()}).encode())
        context["socket"] = channel
        answer["result"] = str(ATTEMPTS[context["attempt"]](context))[:200]
    except SandboxError as error:
        answer = {"error": str(error)}
    except (OSError, MemoryError, AssertionError) as error:
        number = getattr(error, "errno", None)
        answer = {"through": False, "by": type(error).__name__, "errno": number, "why": str(error)}
    except BaseException as error:  # noqa: BLE001 - the child ends here
        answer = {"error": f"{type(error).__name__}: {error}"}
    finally:
        answer["count"] = context.get("count")
        channel.send(json.dumps(answer).encode())
        os._exit(0)


if __name__ == "__main__":
    main(Tier(sys.argv[1]), socket.socket(fileno=int(sys.argv[2])))
