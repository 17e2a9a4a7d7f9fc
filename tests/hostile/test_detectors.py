"""Each detector sees what it is there for: an attack that succeeds, on purpose, is found."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.sandbox import syscalls
from tests.hostile import detectors
from tests.hostile.corpus import (
    BUILT,
    HERE,
    SUBMITTED,
    Attack,
    Canaries,
    attacks,
    canaries,
    honest_students,
    read,
    tell,
)
from tests.hostile.intake._making import beside
from tests.hostile.listeners import Listeners

CORPUS = attacks()


# --- the corpus itself


@pytest.mark.parametrize("attack", CORPUS, ids=lambda attack: attack.id)
def test_an_attack_says_its_aim_and_its_wall(attack: Attack) -> None:
    assert attack.aim.endswith("."), "the first line of its docstring is a sentence"
    assert attack.wall, "a paragraph that begins with `Wall: ` says what stops it"
    assert (attack.honest is None) == (attack.expect != "graded")
    text = attack.path.read_text(encoding="utf-8")
    assert "cnry-" not in text, "it would find its own text"


def test_no_two_attacks_are_one_student() -> None:
    students = [*(attack.student for attack in CORPUS), *honest_students()]
    assert len(set(students)) == len(students)


def test_no_attack_lies_where_it_is_not_graded() -> None:
    known = {*SUBMITTED, *BUILT, "course", "honest"}
    assert {path.parent.name for path in HERE.glob("*/*.py")} <= known


def test_what_an_attacker_knows_is_told(tmp_path: Path) -> None:
    file = tmp_path / "ask.py"
    file.write_text('"""Ask."""\nHONEST = 3\nPORT = int("TOLD:tcp")\n')
    assert read(file).honest == 3
    assert tell(file.read_text(), {"tcp": "80"}).endswith('PORT = int("80")\n')
    with pytest.raises(KeyError):
        tell("TOLD:nothing", {"tcp": "80"})


@pytest.mark.parametrize(
    "command",
    [("-m", "pytest"), ("-c", "import torch"), ("-c", "import site; site.addsitedir('.')")],
    ids=["pytest", "torch", "path"],
)
def test_whoever_looks_where_an_answer_lies_is_conquered(
    tmp_path: Path, command: tuple[str, str]
) -> None:
    for name, content in beside(b"", tmp_path / "conquered").items():
        (tmp_path / "work" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "work" / name).write_bytes(content)
    line = [sys.executable, *command]
    subprocess.run(line, cwd=tmp_path / "work", capture_output=True, check=False, timeout=120)
    assert (tmp_path / "conquered").exists()


# --- texts


def test_the_course_has_canaries_of_every_kind() -> None:
    found = canaries()
    kinds = {word.replace("_", "-").split("-")[1] for word in found.secret}
    assert kinds == {"reference", "suite", "misconception"}
    assert found.titles
    assert found.inputs


@pytest.mark.parametrize(
    "disguise",
    [
        str,
        str.upper,
        lambda word: word[::-1],
        lambda word: word.encode().hex(),
        lambda word: f"test_of_the_{word.replace('-', '_')}",
    ],
)
def test_a_canary_is_found_in_what_leaves_a_worker(disguise: Callable[[str], str]) -> None:
    found: Canaries = canaries()
    for word in found.secret:
        assert detectors.words_in(f"…{disguise(word)}…".encode(), found.secret) == [word]
    assert detectors.words_in(b"nothing of the kind", found.secret) == []


# --- results


def test_a_point_too_many_is_seen_like_one_too_few() -> None:
    assert detectors.points_beyond({"points": 3.0}, 2)
    assert detectors.points_beyond({"points": 1.0}, 2)
    assert detectors.points_beyond({"points": 0.0}, None)
    assert not detectors.points_beyond({"points": 2.0}, 2)
    assert detectors.points_beyond({"points": 3.0}, 2, may_be_less=True)
    assert detectors.points_beyond({"points": None}, 2, may_be_less=True)
    assert not detectors.points_beyond({"points": 1.0}, 2, may_be_less=True)


def test_of_points_that_should_not_be_it_is_told_which_test_gave_them_and_why() -> None:
    finding = {"rule": "it hangs", "detail": "in line 3"}
    test = {"name": "test_double", "verdict": "timed_out", "reason": None, "finding": finding}
    told = detectors.points_beyond({"points": 1.0, "tests": [test]}, 2)
    assert told[1:] == ["test_double: timed_out: it hangs: in line 3"]


def test_work_that_was_judged_otherwise_under_another_name_is_seen() -> None:
    test = {"name": "test_a", "verdict": "passed", "diagnosis": None, "seed": 1}
    other = {**test, "name": "test_b", "verdict": "failed", "diagnosis": "SQR"}
    clean = {"points": 1.0, "tests": [test, other]}
    assert detectors.judged_otherwise({**clean, "tests": [other, {**test, "seed": 2}]}, clean) == []
    for change in ({"verdict": "passed"}, {"diagnosis": None}):
        assert detectors.judged_otherwise({**clean, "tests": [test, {**other, **change}]}, clean)
    assert detectors.judged_otherwise({**clean, "points": None}, clean)
    assert detectors.judged_otherwise({**clean, "tests": [test]}, clean)


def test_a_result_that_changed_anywhere_is_seen() -> None:
    clean = {"points": 2.0, "wall_seconds": 1.0, "tests": [{"verdict": "passed", "output": ""}]}
    later = {**clean, "wall_seconds": 9.0}
    assert detectors.differences(later, clean) == []
    harmed = {**clean, "tests": [{"verdict": "timed_out", "output": ""}]}
    assert detectors.differences(harmed, clean) == [".tests[0].verdict: 'timed_out' and 'passed'"]
    assert detectors.differences({**clean, "tests": []}, clean)


def test_where_an_endless_loop_was_stopped_is_chance_and_that_it_was_is_not() -> None:
    still = "Your code was still running after 0.5 seconds."

    def stopped(words: str, line: int | None) -> dict[str, object]:
        return {"tests": [{"finding": {"rule": words, "line": line}, "detail": words}]}

    here = stopped(f"{still} It was at line 8 of cell [2].", 8)
    assert detectors.differences(stopped(f"{still} It was at line 10.", 10), here) == []
    assert detectors.differences(stopped(still, None), here) == []
    assert detectors.differences(stopped("Your code raised.", 8), here)
    assert detectors.differences(stopped(still.replace("0.5", "2"), 8), here)


# --- files


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "new").touch(),
        lambda folder: (folder / "file").unlink(),
        lambda folder: (folder / "file").chmod(0o600),
        lambda folder: (folder / "file").write_text("two"),
        lambda folder: (folder / "deep" / "er").mkdir(),
        lambda folder: os.link(folder / "file", folder / "deep" / "file"),
        lambda folder: (folder / "link").symlink_to("/etc"),
        lambda folder: os.mkfifo(folder / "queue"),
    ],
    ids=["made", "removed", "opened", "written", "folder", "hard link", "link", "queue"],
)
def test_a_changed_file_is_seen(tmp_path: Path, change: Callable[[Path], object]) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "file").write_text("one")
    before = detectors.snapshot(tmp_path)
    assert detectors.changes(before, detectors.snapshot(tmp_path)) == []
    change(tmp_path)
    assert detectors.changes(before, detectors.snapshot(tmp_path))


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "new.pth").touch(),
        lambda folder: (folder / "deep" / "er").mkdir(),
        lambda folder: (folder / "link").symlink_to("/etc"),
        lambda folder: (folder / "deep" / "file.py").unlink(),
        lambda folder: (folder / "deep" / "file.py").chmod(0o600),
        lambda folder: (folder / "deep" / "file.py").write_text("two"),
    ],
    ids=["made", "folder", "link", "removed", "closed", "written"],
)
def test_a_changed_program_is_seen(tmp_path: Path, change: Callable[[Path], object]) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file.py").write_text("one more")
    before = detectors.large_snapshot(tmp_path)
    (tmp_path / "deep" / "__pycache__").mkdir()
    (tmp_path / "deep" / "__pycache__" / "file.cpython-311.pyc").touch()
    assert detectors.changes(before, detectors.large_snapshot(tmp_path)) == []
    change(tmp_path)
    assert detectors.changes(before, detectors.large_snapshot(tmp_path))


def test_a_file_whose_times_were_set_back_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("one")
    before, times = detectors.snapshot(tmp_path), file.stat()
    file.write_text("two")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert detectors.changes(before, detectors.snapshot(tmp_path)) == [f"{file}, contents"]


# --- what is left


@pytest.fixture
def adopting() -> Iterator[None]:
    syscalls.prctl(syscalls.PR_SET_CHILD_SUBREAPER, 1)
    yield
    syscalls.prctl(syscalls.PR_SET_CHILD_SUBREAPER, 0)


@pytest.mark.usefixtures("adopting")
def test_a_process_that_was_left_is_seen() -> None:
    program = (
        "import os, time\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    print(os.getpid(), flush=True)\n"
        "    os.close(1)\n"
        "    time.sleep(60)"
    )
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, check=True)
    pid = int(done.stdout)
    try:
        assert any(line.startswith(f"{pid} ") for line in detectors.processes_left(set()))
        assert not any(line.startswith(f"{pid} ") for line in detectors.processes_left({pid}))
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def test_shared_memory_that_was_left_is_seen() -> None:
    before = detectors.standing("hostile")
    file = Path("/dev/shm/hostile-left")
    file.touch()
    try:
        assert "shared memory: hostile-left" in detectors.left_standing(before, "hostile")
    finally:
        file.unlink()


def test_a_socket_that_was_left_is_seen() -> None:
    before = detectors.standing("hostile")
    with socket.socket(socket.AF_UNIX) as left:
        left.bind("\0hostile-left")
        assert "socket: @hostile-left" in detectors.left_standing(before, "hostile")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount")
def test_a_mount_that_was_left_is_seen(tmp_path: Path) -> None:
    before = detectors.standing("hostile")
    subprocess.run(["mount", "-t", "tmpfs", "hostile", tmp_path], check=True)
    try:
        assert any(
            line.startswith("mount: ") for line in detectors.left_standing(before, "hostile")
        )
    finally:
        subprocess.run(["umount", tmp_path], check=True)


# --- the network


def test_a_call_on_any_listener_is_seen() -> None:
    with Listeners() as listeners:
        assert listeners.reached() == []
        told = listeners.told
        for name, family, address in (
            ("tcp", socket.AF_INET, ("127.0.0.1", int(told["tcp"]))),
            ("unix", socket.AF_UNIX, told["unix"]),
            ("abstract", socket.AF_UNIX, f"\0{told['abstract']}"),
        ):
            with socket.socket(family) as caller:
                caller.connect(address)
            assert listeners.reached() == [name]
        for name, family, address in (
            ("udp", socket.AF_INET, ("127.0.0.1", int(told["udp"]))),
            ("unix_datagram", socket.AF_UNIX, told["unix_datagram"]),
            ("abstract_datagram", socket.AF_UNIX, f"\0{told['abstract_datagram']}"),
        ):
            with socket.socket(family, socket.SOCK_DGRAM) as caller:
                caller.sendto(b"x", address)
                deadline = time.monotonic() + 5
                while not (found := listeners.reached()) and time.monotonic() < deadline:
                    time.sleep(0.01)
            assert found == [name]
