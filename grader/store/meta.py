"""The few facts about a store as a whole, and the making of its tables.

Two processes may open a new store at the same moment, so everything here may be done twice: the
first to write a fact wins, and the other goes on with what it finds.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine, Table, insert, inspect, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateIndex, CreateTable

from grader.errors import StoreError
from grader.store.engine import Location
from grader.store.schema import STORE_SCHEMA_VERSION, meta, results


def make_tables(engine: Engine, location: Location, *, must_exist: bool) -> None:
    """Make the tables of a new store; leave those of an old one alone.

    Raises:
        StoreError: The database is somebody else's, or holds no store although it must.
    """
    ours = {meta.name, results.name}
    present = set(inspect(engine).get_table_names())
    if ours <= present:
        return
    # A database server may hold other people's tables beside ours; a file holds only ours.
    if must_exist or (location.path is not None and present - ours):
        raise StoreError(
            f"{location.label} is a database, but not one of results. "
            "Choose the file that `grade batch` wrote."
        )
    # `results` comes last: who sees both tables may rely on what `meta` says.
    _make(engine, meta)
    keep(engine, "schema_version", str(STORE_SCHEMA_VERSION))
    keep(engine, "created_at", utc_now())
    _make(engine, results)


def check_version(engine: Engine, location: Location) -> None:
    """Refuse a store whose tables this version does not know.

    Raises:
        StoreError: It was written by a newer version, or does not say by which.
    """
    found = read_all(engine).get("schema_version", "")
    if not found.isdecimal():
        raise StoreError(
            f"{location.label} does not say which version of the store it is. "
            "Choose the file that `grade batch` wrote."
        )
    if int(found) > STORE_SCHEMA_VERSION:
        raise StoreError(
            f"{location.label} was written by a newer torchgrade (store version {found}, this one "
            f"reads {STORE_SCHEMA_VERSION}). Upgrade torchgrade, or grade into another folder."
        )


def read_all(engine: Engine) -> dict[str, str]:
    """Every fact the store knows about itself."""
    with engine.connect() as connection:
        rows = connection.execute(select(meta.c.key, meta.c.value)).all()
    return {row.key: row.value for row in rows}


def keep(engine: Engine, key: str, value: str, *, replace: bool = False) -> None:
    """Write a fact down unless it is known already.

    Args:
        engine: The store's.
        key: Which fact.
        value: What it is.
        replace: Overwrite what is known, if it differs.
    """
    known = read_all(engine).get(key)
    if known == value or (known is not None and not replace):
        return
    change = update(meta).where(meta.c.key == key).values(value=value)
    try:
        with engine.begin() as connection:
            if known is None:
                connection.execute(insert(meta), {"key": key, "value": value})
            else:
                connection.execute(change)
    except IntegrityError:
        # Another process wrote it between our look and our write.
        if replace:
            with engine.begin() as connection:
                connection.execute(change)


def _make(engine: Engine, table: Table) -> None:
    with engine.begin() as connection:
        connection.execute(CreateTable(table, if_not_exists=True))
        for index in table.indexes:
            connection.execute(CreateIndex(index, if_not_exists=True))


def utc_now() -> str:
    """This moment, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
