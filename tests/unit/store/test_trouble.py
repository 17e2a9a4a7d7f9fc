"""Each way a database can fail us, made to happen for real."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from grader.errors import StoreError
from grader.records import Result
from grader.store import Store

Make = Callable[..., Result]


def test_a_file_that_is_not_a_database_is_named_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are my notes, not a database. " * 50)
    with pytest.raises(StoreError, match=r"notes\.txt is not a database\. Choose another file"):
        Store.open(path)


def test_a_database_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "music.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table songs (title)")
    with pytest.raises(StoreError, match=r"music\.sqlite is a database, but not one of results"):
        Store.open(path)
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("select name from sqlite_master").fetchall()
    assert tables == [("songs",)]


def test_a_store_from_a_newer_version_is_not_touched(path: Path) -> None:
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("update meta set value = '999' where key = 'schema_version'")
    with pytest.raises(StoreError, match=r"newer torchgrade \(store version 999, .* Upgrade"):
        Store.open(path)


def test_a_store_without_a_version_is_refused(path: Path) -> None:
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("delete from meta where key = 'schema_version'")
    with pytest.raises(StoreError, match="does not say which version"):
        Store.open(path)


def test_a_document_of_another_schema_names_student_and_exercise(
    path: Path, make_result: Make
) -> None:
    with Store.open(path) as store:
        store.record(make_result())
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("update results set document = '{\"student\": 7}'")
        with pytest.raises(StoreError, match=r"'ada' for 'tensors' cannot be read .*--fresh"):
            store.results()
        with pytest.raises(StoreError, match="cannot be read"):
            store.find("ada", "tensors")


def test_reading_commands_do_not_make_a_store(path: Path) -> None:
    with pytest.raises(StoreError, match=r"no results at .*results\.sqlite.*grade batch"):
        Store.open(path, must_exist=True)
    assert not path.exists()


def test_an_empty_file_is_no_store_for_a_reading_command(tmp_path: Path) -> None:
    path = tmp_path / "empty.sqlite"
    path.touch()
    with pytest.raises(StoreError, match="not one of results"):
        Store.open(path, must_exist=True)


def test_a_folder_in_place_of_the_file_is_explained(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened or created"):
        Store.open(tmp_path)


def test_a_file_in_place_of_the_folder_is_explained(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("")
    with pytest.raises(StoreError, match=r"folder .*run for the results cannot be made"):
        Store.open(tmp_path / "run" / "results.sqlite")


@pytest.fixture
def read_only_folder() -> Iterator[Path]:
    """A folder this process may read and not write, also when it starts as root."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        with Store.open(folder / "old.sqlite"):
            pass
        folder.chmod(0o555)
        user = os.geteuid()
        if user == 0:
            os.seteuid(65534)
        try:
            yield folder
        finally:
            if user == 0:
                os.seteuid(0)
            folder.chmod(0o755)


@pytest.mark.parametrize("name", ["new.sqlite", "old.sqlite"])
def test_a_read_only_folder_is_explained(read_only_folder: Path, name: str) -> None:
    with pytest.raises(StoreError, match=r"(cannot be opened or created|is read-only)\. .*folder"):
        Store.open(read_only_folder / name).record  # noqa: B018


def test_a_full_disk_says_that_nothing_stored_is_lost(path: Path, make_result: Make) -> None:
    with Store.open(path) as store:
        store.record(make_result())

        @event.listens_for(store._engine, "checkout")
        def forbid_growth(connection: sqlite3.Connection, *_: object) -> None:
            connection.execute("PRAGMA max_page_count = 1")

        with pytest.raises(StoreError, match=r"disk is full\. Nothing stored so far is lost"):
            store.record(make_result("bob", source="x" * 1_000_000))
        event.remove(store._engine, "checkout", forbid_growth)
        assert [each.student for each in store.results()] == ["ada"]


def test_another_run_that_holds_the_lock_is_named_as_the_cause(
    path: Path, make_result: Make
) -> None:
    with (
        Store.open(path, wait_seconds=0.05) as store,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"locked by another run\. Wait until"):
            store.record(make_result())
        other.execute("ROLLBACK")
        store.record(make_result())
        assert store.find("ada", "tensors") is not None


def test_a_writer_waits_for_another_run_to_finish_its_row(path: Path, make_result: Make) -> None:
    with (
        Store.open(path, wait_seconds=10) as store,
        closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.1, other.execute, ["ROLLBACK"])
        release.start()
        store.record(make_result())
        release.join()
        assert store.find("ada", "tensors") is not None
