"""A confined reader, asked for real: one for each tier that holds here."""

import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from grader.errors import IntakeError, SandboxError, WorkerError
from grader.intake import OWN, ConfinedReader, read_by
from grader.intake.questions import (
    ListMembers,
    LookOver,
    Question,
    ReadText,
    TakeMember,
)
from grader.intake.reader_protocol import CPU_SECONDS, MEMORY_BYTES
from grader.records import Submission, Tier
from grader.sandbox.probe import probe

CELL = b'{"cells": [{"cell_type": "code", "source": "x = 1"}], "nbformat": 4}'


@pytest.fixture(scope="module", params=Tier, ids=str)
def reader(request: pytest.FixtureRequest) -> Iterator[ConfinedReader]:
    tier: Tier = request.param
    if tier not in probe().tiers:
        pytest.skip(f"tier {tier} does not hold on this machine")
    with ConfinedReader([tier]) as started:
        assert started.wait_ready() is tier
        yield started


def processes(reader: ConfinedReader) -> list[psutil.Process]:
    """All of the reader's, outermost first; the last one is the reader unless it reads."""
    return psutil.Process(reader._process.pid).children(recursive=True)


def idle(reader: ConfinedReader) -> int:
    """Wait until it reads nothing; gives the number of processes that it has then."""
    count = {Tier.FULL: 2, Tier.GUARDED: 1, Tier.NONE: 1}[reader.wait_ready()]
    while len(processes(reader)) != count:
        time.sleep(0.01)
    return count


def child(reader: ConfinedReader, idle_count: int) -> psutil.Process:
    """The process that reads the document that is being sent."""
    while len(found := processes(reader)) <= idle_count:
        time.sleep(0.01)
    return found[-1]


def packed(zipped: bytes) -> list[bytes]:
    return [zipped[:10], zipped[10:]]


@pytest.fixture
def archive(zipped: object) -> bytes:
    assert callable(zipped)
    made = zipped({"a.py": b"x = 1\n", "b/c.ipynb": CELL})
    assert isinstance(made, bytes)
    return made


@pytest.mark.parametrize(
    "question",
    [
        ListMembers(),
        TakeMember(name="b/c.ipynb"),
        LookOver(filename="a.py", functions=("x",)),
        ReadText(filename="c.ipynb"),
    ],
    ids=lambda it: type(it).__name__,
)
def test_it_answers_as_this_process_would(
    reader: ConfinedReader, archive: bytes, question: Question[object]
) -> None:
    is_about_zips = isinstance(question, ListMembers | TakeMember)
    document = archive if is_about_zips else CELL
    expected = OWN.ask(question, [document])
    assert reader.ask(question, packed(document)) == expected
    assert expected


def test_what_is_wrong_with_a_document_is_said_as_this_process_would(
    reader: ConfinedReader,
) -> None:
    with pytest.raises(IntakeError) as own:
        OWN.ask(ListMembers(), [b"no zip"])
    with pytest.raises(IntakeError) as confined:
        reader.ask(ListMembers(), [b"no zip"])
    assert str(confined.value) == str(own.value)


def test_a_document_that_ends_its_process_costs_only_itself(
    reader: ConfinedReader, archive: bytes
) -> None:
    count = idle(reader)

    def deadly() -> Iterator[bytes]:
        yield archive[:10]
        child(reader, count).kill()
        yield archive[10:]

    with pytest.raises(IntakeError, match="ended the process that read it"):
        reader.ask(ListMembers(), deadly())
    assert reader.ask(ListMembers(), [archive]).members == ("a.py", "b/c.ipynb")


def test_a_reader_that_is_ended_itself_is_replaced(reader: ConfinedReader, archive: bytes) -> None:
    assert idle(reader) == len(processes(reader))
    processes(reader)[-1].kill()
    assert reader.ask(ListMembers(), [archive]).members == ("a.py", "b/c.ipynb")


def test_each_document_has_processor_time_and_memory_of_its_own(
    reader: ConfinedReader, archive: bytes
) -> None:
    limits: dict[str, str] = {}
    count, tier = idle(reader), reader.wait_ready()

    def looked_at() -> Iterator[bytes]:
        yield archive
        place = Path(f"/proc/{child(reader, count).pid}/limits")
        for _ in range(100):  # until it has taken its first steps
            for line in place.read_text().splitlines():
                limits[line[:26].strip()] = line[26:].split()[1]
            # The last of them that it sets.
            if limits["Max processes"] == "0" or (
                tier is Tier.NONE and limits["Max address space"] != "unlimited"
            ):
                break
            time.sleep(0.05)

    reader.ask(ListMembers(), looked_at())
    assert limits["Max cpu time"] == str(CPU_SECONDS)
    assert MEMORY_BYTES < int(limits["Max address space"]) < MEMORY_BYTES + (1 << 29)
    if tier is not Tier.NONE:
        assert limits["Max processes"] == "0"


def test_what_confines_a_worker_confines_it(reader: ConfinedReader, archive: bytes) -> None:
    if reader.wait_ready() is Tier.NONE:
        pytest.skip("tier none confines nothing")
    status: dict[str, str] = {}
    count = idle(reader)

    def looked_at() -> Iterator[bytes]:
        yield archive
        lines = Path(f"/proc/{child(reader, count).pid}/status").read_text().splitlines()
        for line in lines:
            name, _, value = line.partition(":\t")
            status[name] = value

    reader.ask(ListMembers(), looked_at())
    assert status["Seccomp"] == "2"
    assert status["NoNewPrivs"] == "1"
    assert int(status["CapEff"], 16) & ~(1 << 2) == 0  # CAP_DAC_READ_SEARCH, in guarded as root
    assert os.geteuid() != 0 or status["Uid"].split()[0] == "65534"


def test_memory_that_runs_out_is_the_documents_own_fault() -> None:
    text = b"a\n" * (1 << 20)
    with ConfinedReader([probe().best]) as reader:
        found = reader.ask(LookOver(filename="x.py", functions=()), [text])
    assert found.problem == "too long, or nested too deeply, to be looked at"


def test_a_notebook_that_cannot_be_read_is_a_reading_with_a_problem() -> None:
    class Broken:
        def ask(self, *_: object) -> object:
            raise IntakeError("reading it took too long.")

    submission = Submission(student="ada", exercise="x", filename="x.ipynb", source=CELL)
    reading = read_by(Broken(), submission)  # type: ignore[arg-type]
    assert reading.problem == "The notebook is not read: reading it took too long."
    assert (reading.text, reading.cells) == ("", ())


def test_a_forked_child_may_ask_it_too(reader: ConfinedReader, archive: bytes) -> None:
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        members = reader.ask(ListMembers(), [archive]).members
        theirs.sendall(" ".join(members).encode())
        os._exit(0)
    with ours, theirs:
        assert ours.recv(100) == b"a.py b/c.ipynb"
    os.waitpid(pid, 0)


def test_nothing_is_left_of_it() -> None:
    reader = ConfinedReader([Tier.NONE])
    reader.wait_ready()
    pids = [reader._process.pid, *(process.pid for process in processes(reader))]
    reader.close()
    assert not any(map(psutil.pid_exists, pids))
    assert not reader._scratch.path.exists()
    with pytest.raises(WorkerError, match="is gone"):
        reader.ask(ListMembers(), [b""])


def test_the_next_tier_is_taken_where_one_does_not_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    # A folder that is not there cannot be the scratch folder that tier guarded needs.
    nowhere = SimpleNamespace(path="/nowhere/at/all", remove=lambda: None)
    monkeypatch.setattr("grader.intake.reader.Scratch.make", lambda _: nowhere)
    if Tier.GUARDED not in probe().tiers:
        pytest.skip("tier guarded does not hold on this machine")
    with (
        ConfinedReader([Tier.GUARDED]) as reader,
        pytest.raises(SandboxError, match="cannot be read in confinement"),
    ):
        reader.wait_ready()
    if Tier.FULL in probe().tiers:
        with ConfinedReader([Tier.GUARDED, Tier.FULL]) as reader:
            assert reader.wait_ready() is Tier.FULL
