"""The jail: how a process that will run student code closes itself in, in the right order."""

from __future__ import annotations

import os
import signal
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, assert_never

from grader.errors import SandboxError
from grader.records import Limits, Tier
from grader.sandbox.readiness import layer, prepare

if sys.platform == "linux":  # elsewhere only tier none is to be had, and needs none of these
    from landlockpy import Ruleset

    from grader.sandbox import gpu, landlock, namespaces, privileges, rlimits, seccomp, view

_SYSTEM_PATHS = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/etc/ld.so.cache",
    "/usr/share/zoneinfo",
)
_CHANGE_OF_USER = (
    frozenset({privileges.CAP_KILL, privileges.CAP_SETGID, privileges.CAP_SETUID})
    if sys.platform == "linux"
    else frozenset()
)
_LEAST_INODES, _MOST_INODES = 256, 8192


class Jail:
    """What the zygote holds to close in its keepers. Make one with `Jail.enter`.

    Of filters and rules there are two: the first for keepers on the CPU, the second for a GPU.
    """

    def __init__(
        self,
        tier: Tier,
        readable: Sequence[str],
        *,
        proc: int,
        pid_namespace: int,
        programs: tuple[bytes, bytes] = (b"", b""),
        keeps: frozenset[int] = frozenset(),
        rules: Sequence[Ruleset] = (),
        devices: Sequence[str] = (),
    ) -> None:
        self.tier = tier
        self._readable = tuple(readable)
        self._proc = proc
        self._pid_namespace = pid_namespace
        self._programs = programs
        self._keeps = keeps
        self._rules = tuple(rules)
        self._devices = tuple(devices)

    @classmethod
    def enter(cls, tier: Tier, readable: Sequence[str], *, has_gpus: bool = False) -> Jail:
        """Close in the process that becomes the zygote; all that it needs is imported already.

        Call it once, in a process with one thread. In `full` the caller goes on as a child of
        the process it was: that one only waits, and ends as the child ends. In every tier the
        process is killed when the thread that started it ends.

        Args:
            tier: How well to confine; nothing weaker is ever put in place instead.
            readable: Files and folders that student code may read.
            has_gpus: Whether keepers may reach the GPUs.

        Raises:
            SandboxError: A layer that the tier promises is not to be had here.
        """
        devices: tuple[str, ...] = ()
        if has_gpus and sys.platform == "linux":
            devices = gpu.nodes()
            readable = (*readable, *gpu.libraries(), *gpu.facts())
        match tier:
            case Tier.FULL:
                return cls._enter_full(readable, devices)
            case Tier.GUARDED:
                return cls._enter_guarded(readable, devices)
            case Tier.NONE:
                if sys.platform == "linux":
                    privileges.die_with_parent()
                    privileges.adopt_orphans()
                return cls(tier, readable, proc=-1, pid_namespace=-1)
            case _:
                assert_never(tier)

    @classmethod
    def _enter_full(cls, readable: Sequence[str], devices: Sequence[str]) -> Jail:
        programs = prepare(Tier.FULL, has_gpus=bool(devices))
        with layer("namespaces"):
            privileges.die_with_parent()
            proc = namespaces.open_proc()
            if privileges.is_root():
                # The view first: nobody else may be able to reach what it shows.
                namespaces.own_mounts()
                view.enter_view(readable, devices)
                privileges.become_nobody()
                privileges.stay_inspectable()
                namespaces.become_owner(proc, mounts=False)
            else:
                namespaces.become_owner(proc, mounts=True)
                view.enter_view(readable, devices)
            pid = os.fork()
            if pid:
                _watch(pid)
            privileges.die_with_parent()
            privileges.forbid_new_privileges()
            own = namespaces.open_pid_namespace(proc)
        with layer("Landlock"):
            # The same paths in every keeper, so the rules are made once.
            rules = [
                landlock.make_rules(_shown(readable), view.SCRATCH_PARENT, each)
                for each in ([(), devices] if devices else [()])
            ]
        return cls(
            Tier.FULL, readable, proc=proc, pid_namespace=own, programs=programs, rules=rules
        )

    @classmethod
    def _enter_guarded(cls, readable: Sequence[str], devices: Sequence[str]) -> Jail:
        programs = prepare(Tier.GUARDED, has_gpus=bool(devices))
        keeps: frozenset[int] = frozenset()
        with layer("user id"):
            privileges.die_with_parent()
            privileges.adopt_orphans()
            proc = namespaces.open_proc()
            if privileges.is_root():
                existing = [path for path in readable if Path(path).exists()]
                if not privileges.nobody_reaches(existing):
                    # Python itself lives where only root may look (a home folder). Reading by
                    # name stays possible then; Landlock says which names.
                    keeps = frozenset({privileges.CAP_DAC_READ_SEARCH})
                # Held to give each keeper a user of its own, and to end it; no keeper has them.
                privileges.become_nobody(keep=keeps | _CHANGE_OF_USER)
            privileges.forbid_new_privileges()
        return cls(
            Tier.GUARDED,
            readable,
            proc=proc,
            pid_namespace=-1,
            programs=programs,
            keeps=keeps,
            devices=devices,
        )

    def fork(self) -> int:
        """Like `os.fork`; in `full` the child is process 1 of a pid namespace of its own.

        Raises:
            SandboxError: The machine has no process or namespace left.
        """
        with layer("a new process"):
            if self.tier is Tier.FULL:
                namespaces.next_child_is_first(self._pid_namespace)
            return os.fork()

    def confine(
        self,
        limits: Limits,
        scratch: str | None,
        *,
        user: int | None = None,
        bounds_memory: bool = True,
    ) -> str:
        """In a child from `fork`: close in for good, before any student byte is read.

        Args:
            limits: What the submission may use.
            scratch: The folder it may write to. `full` makes its own and ignores this one.
            user: In `guarded` as root: one of `privileges.worker_users` to become, so that its
                processes are counted by themselves.
            bounds_memory: False on a GPU: address space says nothing about memory there. Then
                the device nodes may be used, too.

        Returns:
            The path of the scratch folder as this process sees it, its working directory now.

        Raises:
            SandboxError: A layer did not engage; the process must end.
        """
        if self.tier is Tier.NONE:
            if sys.platform == "linux":
                privileges.die_with_parent()
            if scratch is not None:
                os.chdir(scratch)
            return os.getcwd()  # noqa: PTH109 - a string is what is asked
        with layer("process"):
            privileges.die_with_parent()
            privileges.adopt_orphans()
        if self.tier is Tier.FULL:
            scratch = view.SCRATCH
            with layer("namespaces"):
                namespaces.isolate(self._proc)
                inodes = min(max(limits.scratch_bytes >> 12, _LEAST_INODES), _MOST_INODES)
                view.mount_scratch(limits.scratch_bytes, inodes)
        if scratch is None:
            raise SandboxError("tier guarded needs a scratch folder made outside; none was given")
        if user is not None:
            with layer("user of its own"):
                privileges.become_user(user)
        with layer("scratch folder"):
            os.chdir(scratch)
        with layer("resource limits"):
            rlimits.apply(
                limits,
                self._proc,
                has_own_users=self.tier is Tier.FULL or user is not None,
                bounds_memory=bounds_memory,
            )
        with layer("capabilities"):
            privileges.drop_capabilities(keep=self._keeps)
        with layer("Landlock"):
            devices = () if bounds_memory else self._devices
            rules = self._rules or [landlock.make_rules(_shown(self._readable), scratch, devices)]
            rules[0 if bounds_memory else -1].restrict()
            for each in rules:
                each.close()
        self._close()
        with layer("seccomp"):
            seccomp.load(self._programs[not bounds_memory])
        return scratch

    def thread_count(self) -> int:
        """How many threads this process has; asked of the kernel even where /proc is not seen."""
        if self._proc < 0:
            return 1
        descriptor = os.open("self/task", os.O_RDONLY | os.O_DIRECTORY, dir_fd=self._proc)
        try:
            return len(os.listdir(descriptor))  # noqa: PTH208 - a descriptor has no path
        finally:
            os.close(descriptor)

    def _close(self) -> None:
        """The last descriptors that lead outside: the machine's /proc and a namespace."""
        for descriptor in (self._proc, self._pid_namespace):
            if descriptor >= 0:
                os.close(descriptor)
        self._proc = self._pid_namespace = -1


def python_paths() -> tuple[str, ...]:
    """The files and folders that Python and torch read, as few as will do.

    The folder of the project is not among them, even if Python finds this package there.
    """
    found = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    # A shared libpython, and the libraries that Conda keeps beside it.
    if sys.base_prefix != "/usr":
        found.append(str(Path(sys.base_prefix, "lib")))
    found.extend(_SYSTEM_PATHS)
    return tuple(dict.fromkeys(path for path in found if path and Path(path).exists()))


def _shown(readable: Sequence[str]) -> tuple[str, ...]:
    return (*readable, *view.PROCESSOR_FACTS)


def _watch(pid: int) -> NoReturn:
    """Wait for the zygote without holding anything of its, and end as it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.closerange(0, os.sysconf("SC_OPEN_MAX"))
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code < 0:
        if -code != signal.SIGKILL:
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    os._exit(abs(code))
