"""What shows that an attack came through. Each detector is proved by `test_detectors.py`.

A detector takes what is there and gives what should not be: an empty list is the good answer.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import psutil

Document = Mapping[str, Any]
_TIMES = {"started_at", "wall_seconds"}
_SURROUNDINGS = {"sandbox_tier", "versions"}
_STILL_RUNNING = re.compile(r"( was still running after [\d.]+ seconds\.)(?: It was at [^.]+\.)?")
"""Where an endless loop is when its time is over is chance, and whether it hears so itself."""
_MOST_READ_BYTES = 4 << 20
_PASSING = (".org.chromium.", "sem.mp-")
"""Browsers and process pools of other people on this machine come and go in /dev/shm."""


def words_in(haystack: bytes | str, words: Iterable[str]) -> list[str]:
    """The words that occur, in any of the ways in which a text is commonly handed on."""
    data = haystack.encode("utf-8", "surrogatepass") if isinstance(haystack, str) else haystack
    data = data.lower()
    return sorted(
        word
        for word in words
        if any(
            spelling in data
            for plain in (word.encode(), word.encode()[::-1])
            for spelling in (plain, plain.hex().encode(), plain.replace(b"-", b"_"))
        )
    )


def points_beyond(
    result: Document, honest: float | None, *, may_be_less: bool = False
) -> list[str]:
    """That the points are not exactly those that honest data earned, or not at most those."""
    points = result["points"]
    if may_be_less and points is not None and honest is not None and points <= honest:
        return []
    if points == honest:
        return []
    return [f"{points} points instead of {honest}", *map(_told, result.get("tests", ()))]


def _told(test: Document) -> str:
    """A test's verdict, and why: what happens once in a hundred runs is not there to be asked."""
    finding = test.get("finding") or {}
    why = (test.get("reason"), finding.get("rule"), finding.get("detail"))
    return ": ".join(filter(None, (test["name"], test["verdict"], *why)))


def judged_otherwise(result: Document, clean: Document) -> list[str]:
    """Where two results of the same file differ that was handed in under two names.

    The name goes into the seed: numbers and the order of tests are others, what they conclude not.
    """
    here, there = (
        {test["name"]: (test["verdict"], test["diagnosis"]) for test in each["tests"]}
        for each in (result, clean)
    )
    if (result["points"], here) == (clean["points"], there):
        return []
    changed = [t for t in result["tests"] if here[t["name"]] != there.get(t["name"])]
    return [f"{result['points']} points instead of {clean['points']}", *map(_told, changed)]


def differences(result: Document, clean: Document) -> list[str]:
    """Where two results of the same work differ in anything but times, surroundings and chance."""
    return list(_differences(_without_chance(result), _without_chance(clean), ""))


def _without_chance(value: Any) -> Any:
    if isinstance(value, Mapping):
        left_out = _TIMES | _SURROUNDINGS
        if _STILL_RUNNING.search(str(value.get("rule"))):
            left_out = left_out | {"line"}
        return {k: _without_chance(v) for k, v in value.items() if k not in left_out}
    if isinstance(value, list):
        return [_without_chance(item) for item in value]
    return _STILL_RUNNING.sub(r"\1", value) if isinstance(value, str) else value


def _differences(one: Any, other: Any, at: str) -> Iterable[str]:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in one.keys() | other.keys():
            yield from _differences(one.get(key), other.get(key), f"{at}.{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from _differences(left, right, f"{at}[{number}]")
    elif one != other:
        yield f"{at}: {one!r} and {other!r}"


Snapshot = dict[str, tuple[int, ...] | str]


def snapshot(*folders: Path) -> Snapshot:
    """Everything that a change to these folders would change; access times would not."""
    seen: Snapshot = {}
    for folder in folders:
        for path in (folder, *sorted(folder.rglob("*"))):
            it = path.lstat()
            seen[str(path)] = (
                (it.st_mode, it.st_uid, it.st_gid, it.st_ino, it.st_nlink)
                if stat.S_ISDIR(it.st_mode)
                else (it.st_mode, it.st_uid, it.st_gid, it.st_ino, it.st_size, it.st_mtime_ns)
            )
            # A change of a larger file is seen by its time, and reading it might take for ever.
            if stat.S_ISREG(it.st_mode) and it.st_size <= _MOST_READ_BYTES:
                seen[f"{path}, contents"] = path.read_bytes().hex()
    return seen


def large_snapshot(*folders: Path) -> Snapshot:
    """The same of folders of programs, which are too large to be read.

    Python leaves compiled files in them whenever it likes, and those change their folders' times.
    """
    seen: Snapshot = {}
    for top in folders:
        for folder, below, files in os.walk(top):
            below[:] = [name for name in below if name != "__pycache__"]
            for name in (*below, *files):
                path = os.path.join(folder, name)  # noqa: PTH118 - there are tens of thousands
                it = os.lstat(path)
                contents = () if stat.S_ISDIR(it.st_mode) else (it.st_size, it.st_mtime_ns)
                seen[path] = (it.st_mode, it.st_uid, it.st_gid, it.st_ino, *contents)
    return seen


def changes(before: Snapshot, after: Snapshot) -> list[str]:
    """The files that are new, gone or different."""
    return sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )


def listing(folder: Path) -> set[str]:
    """The names in a folder that others use too."""
    try:
        return {name for name in os.listdir(folder) if not name.startswith(_PASSING)}  # noqa: PTH208
    except FileNotFoundError:
        return set()


def standing(mark: str = "hostile") -> dict[str, set[str]]:
    """What a process can leave in a machine besides files, as this process sees it.

    Args:
        mark: Part of the names of those sockets that matter.
    """
    return {
        "mount": set(Path("/proc/self/mountinfo").read_text().splitlines()),
        "cgroup": {
            os.path.join(folder, name)  # noqa: PTH118
            # A walk, for it does not mind groups that go while it looks.
            for folder, names, _ in os.walk("/sys/fs/cgroup")
            for name in names
            if name.startswith("grade-") and not psutil.pid_exists(int(name.split("-")[1]))
        },
        "shared memory": listing(Path("/dev/shm")),
        "queue": listing(Path("/dev/mqueue")),
        **{f"System V {kind}": _segments(kind) for kind in ("shm", "sem", "msg")},
        "socket": _unix_sockets(mark),
    }


def _segments(kind: str) -> set[str]:
    """Key and number of each; how much is attached to them changes all the time.

    Of shared memory only that whose maker is gone: the rest is in use by somebody else.
    """
    table = Path(f"/proc/sysvipc/{kind}")
    lines = table.read_text().splitlines()[1:] if table.exists() else []
    rows = [line.split() for line in lines]
    return {
        " ".join(row[:2]) for row in rows if kind != "shm" or not psutil.pid_exists(int(row[4]))
    }


def _unix_sockets(mark: str) -> set[str]:
    """Those with a name that has the mark in it."""
    lines = Path("/proc/net/unix").read_text().splitlines()[1:]
    names = {line.split(maxsplit=7)[7] for line in lines if len(line.split(maxsplit=7)) > 7}
    return {name for name in names if mark in name}


def left_standing(before: Mapping[str, set[str]], mark: str = "hostile") -> list[str]:
    """What stands now and did not before."""
    return sorted(
        f"{kind}: {each}"
        for kind, now in standing(mark).items()
        for each in now - before.get(kind, set())
    )


def processes_left(known: set[int]) -> list[str]:
    """Our children that were not there before; a subreaper's are also whoever lost a parent.

    Those that have ended and were not collected are nobody's harm, and are not counted.
    """
    left = []
    for child in psutil.Process().children(recursive=True):
        try:
            if child.pid not in known and child.status() != psutil.STATUS_ZOMBIE:
                left.append(f"{child.pid} {child.name()} {' '.join(child.cmdline())[:80]}")
        except psutil.NoSuchProcess:
            continue
    return left
