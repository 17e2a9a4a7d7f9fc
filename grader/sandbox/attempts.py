"""Try every layer and every tier of the sandbox for real, and print what came of it as JSON.

Run as a program by `probe`, in a process of its own: each attempt gives something up for good, so
each happens in a child that ends with it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from grader.errors import GraderError, SandboxError
from grader.records import Limits, Tier
from grader.sandbox import landlock, namespaces, privileges, seccomp, view
from grader.sandbox.jail import Jail, python_paths
from grader.sandbox.memory import MemoryGroup
from grader.sandbox.probe import Layer, Report

_MEMORY_BYTES: Final = 64 << 20


def try_all() -> Report:
    """Every layer with what came of it, and the tiers that could be entered."""
    layers = [
        _tried("user namespaces", _users, "student code is a user of its own"),
        _tried("other namespaces", _namespaces, "student code has no network, and sees no process"),
        _tried("pivot_root", _view, "student code sees Python and torch and nothing else"),
        _landlock(),
        _tried("seccomp", _filter, "student code makes system calls of a short list only"),
        _memory_group(),
    ]
    if privileges.is_root():
        layers.append(_tried("change of user", _nobody, "root becomes nobody before it forks"))
    held = [tier for tier in (Tier.GUARDED, Tier.FULL) if _entered(tier)]
    return Report(layers=tuple(layers), tiers=(Tier.NONE, *held))


def _tried(name: str, attempt: Callable[[], None], gain: str) -> Layer:
    problem = _in_child(attempt)
    return Layer(name=name, holds=problem is None, detail=problem or gain)


def _in_child(attempt: Callable[[], None]) -> str | None:
    """Run `attempt` in a child; None if it came through, or else what stopped it."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        answer = "the process that tried it died"
        try:
            attempt()
            answer = ""
        except (OSError, GraderError) as error:
            answer = str(error)
        finally:
            os.write(writing, b"!" + answer.encode())
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:  # noqa: PTH123 - it has no path
        text = pipe.read().decode(errors="replace")
    os.waitpid(pid, 0)
    return None if text == "!" else text[1:] or "the process that tried it was killed"


def _users() -> None:
    proc = namespaces.open_proc()
    if privileges.is_root():
        privileges.become_nobody()
        privileges.stay_inspectable()
    try:
        namespaces.become_owner(proc, mounts=True)
    except OSError as error:
        raise SandboxError(
            f"not allowed here ({error}). On Ubuntu: sysctl "
            "kernel.apparmor_restrict_unprivileged_userns=0. In Docker: --security-opt "
            "seccomp=unconfined --security-opt apparmor=unconfined"
        ) from error


def _namespaces() -> None:
    _users()
    pid = os.fork()
    if pid == 0:
        os._exit(0 if os.getpid() == 1 else 1)
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) != 0:
        raise SandboxError("a child was not alone in its pid namespace")


def _view() -> None:
    _users()
    view.enter_view(("/usr/lib",))
    if Path("/proc/self").exists() or not Path("/usr/lib").is_dir():
        raise SandboxError("the old root was still in sight")


def _landlock() -> Layer:
    version = landlock.abi()
    if version < 1:
        detail = (
            "this kernel offers none, or a container hides it. Use Linux 5.13 or newer with "
            "'landlock' among its security modules (the lsm= boot parameter)"
        )
    elif landlock.has_scopes():
        detail = f"version {version} limits files, TCP, signals and abstract sockets"
    else:
        detail = (
            f"version {version} limits files but cannot keep signals inside as version "
            f"{landlock.SCOPES_SINCE} (Linux 6.12) does; in tier guarded student code may send none"
        )
    return Layer(name="Landlock", holds=version >= 1, detail=detail)


def _filter() -> None:
    program = seccomp.compile_filter(has_own_files=False, has_own_signals=False)
    privileges.forbid_new_privileges()
    seccomp.load(program)
    try:
        os.memfd_create("forbidden")
    except PermissionError:
        return
    raise SandboxError("a filter was accepted and let a forbidden call through")


def _nobody() -> None:
    privileges.become_nobody()
    if os.geteuid() != privileges.NOBODY:
        raise SandboxError("the user id did not change")


def _memory_group() -> Layer:
    group = MemoryGroup.create(_MEMORY_BYTES)
    name = "memory cgroup"
    if group is None:
        detail = (
            "this process may not make one; the limit on address space and polling hold instead. "
            "Run as root, or with: systemd-run --user --scope -p Delegate=memory grade …"
        )
        return Layer(name=name, holds=False, detail=detail)
    group.remove()
    return Layer(name=name, holds=True, detail="the kernel bounds what a worker holds altogether")


def _entered(tier: Tier) -> bool:
    with tempfile.TemporaryDirectory() as scratch:
        if privileges.is_root():
            os.chown(scratch, privileges.NOBODY, privileges.NOBODY)
        return _in_child(lambda: _close_jail(tier, scratch)) is None


def _close_jail(tier: Tier, scratch: str) -> None:
    jail = Jail.enter(tier, python_paths())
    pid = jail.fork()
    if pid == 0:
        status = 1
        try:
            jail.confine(Limits(), scratch)
            status = 0
        finally:
            os._exit(status)
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) != 0:
        raise SandboxError(f"a child could not be confined in tier {tier}")


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.encode(try_all()))
