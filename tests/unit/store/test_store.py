from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from grader.records import Result, Status, Tier
from grader.records.notebook import CellOutcome, CellRun, Shown
from grader.store import Store

Make = Callable[..., Result]


def test_a_result_comes_back_exactly_as_it_went_in(path: Path, make_result: Make) -> None:
    result = make_result(student="Zoë 'Ω' O\u2019Neil", notes=("decoded as Latin-1",))
    with Store.open(path) as store:
        store.record(result)
        assert store.find(result.student, "tensors") == result
        assert store.find("somebody else", "tensors") is None


def test_a_notebooks_pictures_come_back_byte_for_byte(path: Path, make_result: Make) -> None:
    shown = (Shown(text="<Figure>", picture=bytes(range(256)) * 4_000), Shown(text="\u202e loss"))
    cell = CellRun(number=1, line=2, count=1, outcome=CellOutcome.STOPPED, shown=shown)
    with Store.open(path) as store:
        store.record(make_result(cells=(cell,)))
        found = store.find("ada", "tensors")
    assert found is not None
    assert found.cells == (cell,)


def test_recording_again_replaces_the_earlier_result(path: Path, make_result: Make) -> None:
    with Store.open(path) as store:
        store.record(make_result(points=0.5))
        store.record(make_result(points=1.5))
        assert [each.points for each in store.results()] == [1.5]


def test_results_are_sorted_by_student_then_in_the_course_order(
    path: Path, make_result: Make
) -> None:
    course = ("tensors", "learning", "activations")
    with Store.open(path, exercises=course) as store:
        for student in ("bob", "ada"):
            for exercise in ("zeta", "activations", "tensors", "learning"):
                store.record(make_result(student, exercise))
        assert tuple(store.each()) == store.results()
        assert store.students() == tuple(sorted({each.student for each in store.results()}))
        order = [(each.student, each.exercise) for each in store.results()]
        other = [each.exercise for each in store.results(("zeta", "learning"))]
    expected = [*course, "zeta"]
    assert order == [(who, what) for who in ("ada", "bob") for what in expected]
    assert other[:4] == ["zeta", "learning", "activations", "tensors"]


def test_same_bytes_suite_and_device_count_as_graded(path: Path, make_result: Make) -> None:
    result = make_result()
    same = ("ada", "tensors", result.sha256, result.suite_sha256)
    with Store.open(path) as store:
        assert not store.is_graded(*same, "cpu")
        store.record(result)
        assert store.is_graded(*same, "cpu")
        assert store.is_graded(*same, "cpu", seed=result.seed)
        assert not store.is_graded(*same, "cpu", seed=1)
        assert not store.is_graded(*same, "cuda:0")
        assert not store.is_graded("ada", "tensors", "c" * 64, result.suite_sha256, "cpu")
        assert not store.is_graded("ada", "tensors", result.sha256, "c" * 64, "cpu")


def test_not_gradable_is_never_graded_so_that_it_gets_another_try(
    path: Path, make_result: Make
) -> None:
    result = make_result(points=None, status=Status.NOT_GRADABLE, sandbox_tier=Tier.NONE)
    with Store.open(path) as store:
        store.record(result)
        assert not store.is_graded(
            "ada", "tensors", result.sha256, result.suite_sha256, result.device
        )


def test_the_secret_is_made_once_and_survives_reopening(path: Path, tmp_path: Path) -> None:
    with Store.open(path) as store:
        secret = store.secret()
        assert store.secret() == secret
    with Store.open(path) as store:
        assert store.secret() == secret
    with Store.open(tmp_path / "other.sqlite") as other:
        assert other.secret() != secret
    assert len(secret) == 32


def test_many_openers_at_once_agree_on_one_secret(path: Path) -> None:
    path.parent.mkdir()
    secrets: list[bytes] = []
    gate = threading.Barrier(4)

    def open_one() -> None:
        gate.wait()
        with Store.open(path) as store:
            secrets.append(store.secret())

    threads = [threading.Thread(target=open_one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(secrets) == 4
    assert len(set(secrets)) == 1


def test_info_remembers_the_course_until_it_is_told_anew(path: Path) -> None:
    with Store.open(path, name="intro", title="Introduction", exercises=("a", "b")) as store:
        created = store.info.created_at
    with Store.open(path) as store:
        assert (store.info.name, store.info.title) == ("intro", "Introduction")
        assert store.info.exercises == ("a", "b")
        assert store.info.created_at == created
    with Store.open(path, title="Introduction, second year") as store:
        assert store.info.name == "intro"
        assert store.info.title == "Introduction, second year"


def test_a_new_store_without_a_course_says_so_with_empty_info(path: Path) -> None:
    with Store.open(path) as store:
        assert (store.info.name, store.info.title, store.info.exercises) == ("", "", ())


def test_the_columns_repeat_what_the_document_says(path: Path, make_result: Make) -> None:
    with Store.open(path) as store:
        store.record(make_result())
    with closing(sqlite3.connect(path)) as connection:
        row = connection.execute(
            "select status, points, max_points, tier, device, seed, sha256, suite_sha256, "
            "json_extract(document, '$.points') from results"
        ).fetchone()
        mode = connection.execute("pragma journal_mode").fetchone()[0]
    assert row == ("graded", 2.0, 2.0, "full", "cpu", str(2**64 - 1), "a" * 64, "b" * 64, 2.0)
    assert mode == "wal"


WRITER = """
import sys
from grader.records import Result, Status, Tier
from grader.records.notebook import CellOutcome, CellRun, Shown
from grader.store import Store

with Store.open(sys.argv[1]) as store:
    for number in range(10_000):
        store.record(Result(
            student=f"student-{number:05}", exercise="tensors", title="Tensors", points=1.0,
            max_points=2.0, status=Status.GRADED, sandbox_tier=Tier.FULL, device="cpu", seed=7,
            started_at="", wall_seconds=0.1, filename="tensors.py", sha256="a", suite_sha256="b",
        ))
        print(number, flush=True)
"""


def test_a_killed_run_loses_nothing_that_was_recorded(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            if int(line) == 20:
                os.kill(writer.pid, signal.SIGKILL)
                break
        said = 20 + len(writer.stdout.readlines())
    assert writer.returncode == -signal.SIGKILL
    with Store.open(path) as store:
        students = {each.student for each in store.results()}
        assert {f"student-{number:05}" for number in range(said + 1)} <= students
        assert store.is_graded("student-00020", "tensors", "a", "b", "cpu", seed=7)
