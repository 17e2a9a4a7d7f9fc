"""The jail: how a process that will run student code closes itself in, in the right order."""

from __future__ import annotations

import os
import signal
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn, assert_never

from grader.errors import SandboxError
from grader.records import Limits, Tier

if sys.platform == "linux":  # elsewhere only tier none is to be had, and needs none of these
    from landlockpy import Ruleset

    from grader.sandbox import landlock, namespaces, privileges, rlimits, seccomp, view

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
    """What the zygote holds to close in its keepers. Make one with `Jail.enter`."""

    def __init__(
        self,
        tier: Tier,
        readable: Sequence[str],
        *,
        proc: int,
        pid_namespace: int,
        program: bytes,
        keeps: frozenset[int] = frozenset(),
        rules: Ruleset | None = None,
    ) -> None:
        self.tier = tier
        self._readable = tuple(readable)
        self._proc = proc
        self._pid_namespace = pid_namespace
        self._program = program
        self._keeps = keeps
        self._rules = rules

    @classmethod
    def enter(cls, tier: Tier, readable: Sequence[str]) -> Jail:
        """Close in the process that becomes the zygote; all that it needs is imported already.

        Call it once, in a process with one thread. In `full` the caller goes on as a child of
        the process it was: that one only waits, and ends as the child ends. In every tier the
        process is killed when the thread that started it ends.

        Args:
            tier: How well to confine; nothing weaker is ever put in place instead.
            readable: Files and folders that student code may read.

        Raises:
            SandboxError: A layer that the tier promises is not to be had here.
        """
        match tier:
            case Tier.FULL:
                return cls._enter_full(readable)
            case Tier.GUARDED:
                return cls._enter_guarded(readable)
            case Tier.NONE:
                if sys.platform == "linux":
                    privileges.die_with_parent()
                    privileges.adopt_orphans()
                return cls(tier, readable, proc=-1, pid_namespace=-1, program=b"")
            case _:
                assert_never(tier)

    @classmethod
    def _enter_full(cls, readable: Sequence[str]) -> Jail:
        program = _prepare(Tier.FULL)
        with _layer("namespaces"):
            privileges.die_with_parent()
            proc = namespaces.open_proc()
            if privileges.is_root():
                # The view first: nobody else may be able to reach what it shows.
                namespaces.own_mounts()
                view.enter_view(readable)
                privileges.become_nobody()
                privileges.stay_inspectable()
                namespaces.become_owner(proc, mounts=False)
            else:
                namespaces.become_owner(proc, mounts=True)
                view.enter_view(readable)
            pid = os.fork()
            if pid:
                _watch(pid)
            privileges.die_with_parent()
            privileges.forbid_new_privileges()
            own = namespaces.open_pid_namespace(proc)
        with _layer("Landlock"):
            # The same paths in every keeper, so the rules are made once.
            rules = landlock.make_rules(_shown(readable), view.SCRATCH_PARENT)
        return cls(Tier.FULL, readable, proc=proc, pid_namespace=own, program=program, rules=rules)

    @classmethod
    def _enter_guarded(cls, readable: Sequence[str]) -> Jail:
        program = _prepare(Tier.GUARDED)
        keeps: frozenset[int] = frozenset()
        with _layer("user id"):
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
            Tier.GUARDED, readable, proc=proc, pid_namespace=-1, program=program, keeps=keeps
        )

    def fork(self) -> int:
        """Like `os.fork`; in `full` the child is process 1 of a pid namespace of its own.

        Raises:
            SandboxError: The machine has no process or namespace left.
        """
        with _layer("a new process"):
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
            bounds_memory: False where address space says nothing about memory, as with CUDA.

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
        with _layer("process"):
            privileges.die_with_parent()
            privileges.adopt_orphans()
        if self.tier is Tier.FULL:
            scratch = view.SCRATCH
            with _layer("namespaces"):
                namespaces.isolate(self._proc)
                inodes = min(max(limits.scratch_bytes >> 12, _LEAST_INODES), _MOST_INODES)
                view.mount_scratch(limits.scratch_bytes, inodes)
        if scratch is None:
            raise SandboxError("tier guarded needs a scratch folder made outside; none was given")
        if user is not None:
            with _layer("user of its own"):
                privileges.become_user(user)
        with _layer("scratch folder"):
            os.chdir(scratch)
        with _layer("resource limits"):
            rlimits.apply(
                limits,
                self._proc,
                has_own_users=self.tier is Tier.FULL or user is not None,
                bounds_memory=bounds_memory,
            )
        with _layer("capabilities"):
            privileges.drop_capabilities(keep=self._keeps)
        with _layer("Landlock"):
            rules = self._rules or landlock.make_rules(_shown(self._readable), scratch)
            rules.restrict()
            rules.close()
        self._close()
        with _layer("seccomp"):
            seccomp.load(self._program)
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


def _prepare(tier: Tier) -> bytes:
    """Check what can be checked before anything is given up, and compile the filter."""
    if sys.platform != "linux":
        raise SandboxError(f"tier {tier} needs Linux; this is {sys.platform}. Use tier none")
    if landlock.abi() < 1:
        raise SandboxError(
            f"tier {tier} needs Landlock, which this kernel does not offer. Use Linux 5.13 or "
            "newer with 'landlock' among its security modules (the lsm= boot parameter)"
        )
    threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208 - names are not needed
    if threads != 1:
        raise SandboxError(
            f"the process that becomes the zygote has {threads} threads, and only one could be "
            "closed in; enter the jail before anything starts threads, or keep libraries from "
            "starting them (OMP_NUM_THREADS=1, OPENBLAS_NUM_THREADS=1)"
        )
    with _layer("seccomp"):
        is_full = tier is Tier.FULL
        return seccomp.compile_filter(
            has_own_files=is_full, has_own_signals=is_full or landlock.has_scopes()
        )


@contextmanager
def _layer(name: str) -> Iterator[None]:
    """Turn the kernel's refusal of a layer into our error."""
    try:
        yield
    except OSError as error:
        raise SandboxError(
            f"the sandbox's layer '{name}' does not hold here: {error}. "
            "Run 'grade doctor' to see what this machine can do"
        ) from error


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
