"""A database's complaints in words that say what happened, where, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from grader.errors import StoreError
from grader.store.engine import Location

_ADVICE = {
    "not a database": (
        "is not a database. Choose another file for the results, or move this one away."
    ),
    "malformed": (
        "is damaged. Move it away and grade again; what can still be read of it comes out with "
        "`sqlite3 FILE .recover`."
    ),
    "disk is full": (
        "cannot grow: the disk is full. Nothing stored so far is lost. Free some space and run "
        "the same command again; it goes on where it stopped."
    ),
    "locked": "is locked by another run. Wait until that run has ended, or stop it, and try again.",
    "readonly": (
        "is read-only. Give yourself the right to write to the file and its folder, or choose "
        "another folder for the results."
    ),
    "unable to open": (
        "cannot be opened or created. Check that its folder exists, that you may write there, and "
        "that the name is not that of a folder."
    ),
    "disk i/o error": (
        "could not be read or written by the disk. Check the disk, and that the folder is not on "
        "a network share that cannot lock files."
    ),
}
"""A few words of the database's own complaint, and what they mean for the reader."""


@contextmanager
def explained(location: Location) -> Iterator[None]:
    """Turn whatever the database raises inside into a `StoreError` that helps.

    Raises:
        StoreError: Instead of any error of the database.
    """
    try:
        yield
    except DBAPIError as error:
        raise StoreError(_explanation(location, str(error.orig))) from error
    except SQLAlchemyError as error:
        raise StoreError(_explanation(location, str(error))) from error


def _explanation(location: Location, complaint: str) -> str:
    folded = complaint.casefold()
    for symptom, advice in _ADVICE.items():
        if symptom in folded:
            return f"{location.label} {advice}"
    first_line = complaint.strip().splitlines()[0] if complaint.strip() else "no reason given"
    return f"{location.label}: the database refused ({first_line}). Nothing was changed."
