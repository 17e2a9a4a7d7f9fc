"""How a database is reached: from a path or a URL to an engine that waits, and never loses a row.

SQLite runs in WAL mode with full synchronisation: a reader never waits for the writer, a commit
that returned is on the disk, and a process killed between two commits leaves nothing to mend.
"""

from __future__ import annotations

import re
import sqlite3
import time
from os import PathLike
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from grader.errors import StoreError

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+_]*://")


class Location(NamedTuple):
    """Where a store lives.

    Attributes:
        url: What SQLAlchemy connects to.
        path: The file, or None for a database server.
        label: How messages name it; never holds a password.
    """

    url: URL
    path: Path | None
    label: str


def locate(where: str | PathLike[str]) -> Location:
    """Tell a path from a database URL.

    Args:
        where: "reports/run/results.sqlite", or "postgresql+psycopg://user@host/grades".

    Raises:
        StoreError: It looks like a URL and is none, or names a SQLite database without a file.
    """
    text = str(where)
    if not _URL.match(text):
        path = Path(text)
        return Location(URL.create("sqlite", database=str(path)), path, str(path))
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise StoreError(
            "The database URL cannot be read. Write it as dialect://user@host/database, "
            "or give the path of a file."
        ) from error
    if url.get_backend_name() == "sqlite":
        if not url.database or url.database == ":memory:":
            raise StoreError("A SQLite store needs a file: results in memory would not outlive us.")
        return Location(url, Path(url.database), url.database)
    return Location(url, None, url.render_as_string(hide_password=True))


def connect(location: Location, *, wait_seconds: float) -> Engine:
    """An engine for a location. Nothing is opened before the first statement.

    Args:
        location: From `locate`.
        wait_seconds: How long a statement waits for another process that is writing.

    Raises:
        StoreError: The database's driver is not installed.
    """
    try:
        if location.path is None:
            return create_engine(location.url)
        engine = create_engine(location.url, connect_args={"timeout": wait_seconds})
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(
            f"{location.label}: no driver for this kind of database is installed ({error}). "
            "Install it, for PostgreSQL with `pip install psycopg[binary]`, or use a file."
        ) from error

    def prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        _switch_to_wal(connection, deadline=time.monotonic() + wait_seconds)
        connection.execute("PRAGMA synchronous = FULL").close()

    event.listen(engine, "connect", prepare)
    return engine


def _switch_to_wal(connection: sqlite3.Connection, *, deadline: float) -> None:
    """Put the file into WAL mode, once in its life.

    Two processes that open a new file together both want to switch; SQLite tells one of them
    "locked" at once, without the patience it has for ordinary statements. So we wait ourselves.
    """
    while True:
        try:
            (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
            if mode != "wal":
                connection.execute("PRAGMA journal_mode = WAL").close()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return
