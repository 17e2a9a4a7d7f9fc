from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from grader.errors import StoreError
from grader.store import Store
from grader.store.engine import connect, locate


def test_a_path_and_a_sqlite_url_are_the_same_place(tmp_path: Path) -> None:
    path = tmp_path / "results.sqlite"
    with Store.open(path) as store:
        secret = store.secret()
    with Store.open(f"sqlite:///{path}") as store:
        assert store.secret() == secret


def test_a_password_in_a_url_is_never_shown() -> None:
    location = locate("postgresql://teacher:hunter2@db.example.org/grades")
    assert location.path is None
    assert location.label == "postgresql://teacher:***@db.example.org/grades"


def test_an_unknown_kind_of_database_asks_for_its_driver() -> None:
    location = locate("papyrus://teacher:hunter2@library/grades")
    with pytest.raises(StoreError, match="no driver for this kind") as caught:
        connect(location, wait_seconds=1)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_results_in_memory_are_refused(url: str) -> None:
    with pytest.raises(StoreError, match="needs a file"):
        locate(url)


def test_a_url_that_cannot_be_read_is_explained_without_repeating_it() -> None:
    with pytest.raises(StoreError, match="URL cannot be read") as caught:
        locate("postgresql://teacher:hunter2@host:port:port/grades")
    assert "hunter2" not in str(caught.value)


def test_a_windows_path_is_a_path() -> None:
    assert locate("C:\\grades\\results.sqlite").path is not None


def test_sqlalchemy_is_imported_by_the_store_alone() -> None:
    script = (
        "import sys, grader.records, grader.report, grader.export\n"
        "sys.exit('sqlalchemy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
