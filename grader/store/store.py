"""Results in a database: recorded one by one as they arrive, found again to resume or to report.

Each result is its own transaction, so whatever ends a run, the results before that moment are
kept. The secret from which hidden data is drawn lives here too when the course names none: it
must stay the same when a run is resumed.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from os import PathLike
from types import TracebackType
from typing import Self

import msgspec
from sqlalchemy import Engine, delete, insert, select

from grader.errors import StoreError
from grader.records import Result, Status, from_json, to_json
from grader.store.engine import Location, connect, locate
from grader.store.meta import check_version, keep, make_tables, read_all, utc_now
from grader.store.schema import results
from grader.store.trouble import explained

_SECRET_BYTES = 32


class StoreInfo(msgspec.Struct, frozen=True, kw_only=True):
    """What a store is about.

    Attributes:
        name: The course's name; empty if nobody said.
        title: The course's title for people; empty if nobody said.
        exercises: The course's exercises in order; empty if nobody said.
        created_at: UTC, ISO 8601, to the second.
    """

    name: str
    title: str
    exercises: tuple[str, ...]
    created_at: str


class Store:
    """The results of one course, open. Use as a context manager, from one thread."""

    def __init__(self, engine: Engine, location: Location) -> None:
        """Take over an engine; `Store.open` is the way to make one."""
        self._engine = engine
        self._location = location

    @classmethod
    def open(
        cls,
        where: str | PathLike[str],
        *,
        name: str = "",
        title: str = "",
        exercises: Sequence[str] = (),
        must_exist: bool = False,
        wait_seconds: float = 10.0,
    ) -> Self:
        """Open a store, and make it if it is not there.

        Args:
            where: The path of a SQLite file, or a database URL.
            name: The course's name; replaces what is stored unless empty.
            title: The course's title; replaces what is stored unless empty.
            exercises: The exercises in the course's order; replaces what is stored unless empty.
            must_exist: Refuse to make a new store: for commands that only read.
            wait_seconds: How long to wait for another process that is writing.

        Raises:
            StoreError: It cannot be opened, is no store, or was made by a newer version.
        """
        location = locate(where)
        if location.path is not None:
            _check_path(location, must_exist=must_exist)
        engine = connect(location, wait_seconds=wait_seconds)
        store = cls(engine, location)
        try:
            with explained(location):
                make_tables(engine, location, must_exist=must_exist)
                check_version(engine, location)
                for key, value in (("name", name), ("title", title)):
                    if value:
                        keep(engine, key, value, replace=True)
                if exercises:
                    keep(engine, "exercises", "\n".join(exercises), replace=True)
        except BaseException:
            engine.dispose()
            raise
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection. Closing twice does no harm."""
        self._engine.dispose()

    @property
    def info(self) -> StoreInfo:
        """What the store is about.

        Raises:
            StoreError: The database cannot be read.
        """
        with explained(self._location):
            known = read_all(self._engine)
        return StoreInfo(
            name=known.get("name", ""),
            title=known.get("title", ""),
            exercises=tuple(known.get("exercises", "").split("\n")) if "exercises" in known else (),
            created_at=known.get("created_at", ""),
        )

    def record(self, result: Result) -> None:
        """Keep a result, in place of an earlier one of the same student and exercise.

        When this returns the result is on the disk, whatever happens to the process afterwards.

        Raises:
            StoreError: The database cannot be written; what was stored before is unharmed.
        """
        row = {
            "student": result.student,
            "exercise": result.exercise,
            "sha256": result.sha256,
            "suite_sha256": result.suite_sha256,
            "status": result.status.value,
            "points": result.points,
            "max_points": result.max_points,
            "tier": result.sandbox_tier.value,
            "device": result.devices,
            "seed": str(result.seed),
            "stored_at": utc_now(),
            "document": to_json(result).decode(),
        }
        old = delete(results).where(
            results.c.student == result.student, results.c.exercise == result.exercise
        )
        # The deletion comes first also because it takes SQLite's write lock at once: a
        # transaction that began by reading could not wait for its turn to write.
        with explained(self._location), self._engine.begin() as connection:
            connection.execute(old)
            connection.execute(insert(results), row)

    def find(self, student: str, exercise: str) -> Result | None:
        """The stored result of one student's exercise, or None.

        Raises:
            StoreError: The database or the stored document cannot be read.
        """
        query = select(results.c.document).where(
            results.c.student == student, results.c.exercise == exercise
        )
        with explained(self._location), self._engine.connect() as connection:
            document = connection.execute(query).scalar_one_or_none()
        return None if document is None else self._parsed(document, student, exercise)

    def results(self, exercises: Sequence[str] | None = None) -> tuple[Result, ...]:
        """Every stored result, by student, then in the course's order.

        Args:
            exercises: The order; by default the one the store was opened with. An exercise that
                it does not name comes after those it names.

        Raises:
            StoreError: The database or a stored document cannot be read.
        """
        return tuple(self.each(exercises))

    def each(self, exercises: Sequence[str] | None = None) -> Iterator[Result]:
        """The same one by one: with their pictures, a class's results may not fit in memory.

        Args:
            exercises: As for `results`.

        Raises:
            StoreError: The database or a stored document cannot be read.
        """
        order = self.info.exercises if exercises is None else exercises
        place = {exercise: index for index, exercise in enumerate(order)}
        columns = select(results.c.exercise, results.c.document)
        for student in self.students():
            query = columns.where(results.c.student == student)
            with explained(self._location), self._engine.connect() as connection:
                rows = [(name, document) for name, document in connection.execute(query)]
            rows.sort(key=lambda row: (place.get(row[0], len(place)), row[0]))
            for exercise, document in rows:
                yield self._parsed(document, student, exercise)

    def students(self) -> tuple[str, ...]:
        """Everybody who has a result, in order.

        Raises:
            StoreError: The database cannot be read.
        """
        query = select(results.c.student).distinct()
        with explained(self._location), self._engine.connect() as connection:
            # Sorted here: a database's idea of alphabetical depends on its set-up.
            return tuple(sorted(connection.execute(query).scalars()))

    def is_graded(
        self,
        student: str,
        exercise: str,
        sha256: str,
        suite_sha256: str,
        device: str,
        *,
        seed: int | None = None,
    ) -> bool:
        """Whether a resumed run may leave this submission out.

        It may when the same bytes were judged by the same suite on the same device. What was
        not gradable never counts: that was our fault, and it deserves another try.

        Args:
            student: Who handed it in.
            exercise: Which exercise.
            sha256: The digest of the file's bytes.
            suite_sha256: The digest of the suite and reference.
            device: "cpu", or "cpu+cuda" where it was looked at on both.
            seed: The submission's seed; None if any will do.

        Raises:
            StoreError: The database cannot be read.
        """
        query = select(results.c.student).where(
            results.c.student == student,
            results.c.exercise == exercise,
            results.c.sha256 == sha256,
            results.c.suite_sha256 == suite_sha256,
            results.c.device == device,
            results.c.status == Status.GRADED.value,
        )
        if seed is not None:
            query = query.where(results.c.seed == str(seed))
        with explained(self._location), self._engine.connect() as connection:
            return connection.execute(query).first() is not None

    def secret(self) -> bytes:
        """32 random bytes, made once for this store: hidden data is drawn from them.

        Raises:
            StoreError: The database cannot be read or written.
        """
        with explained(self._location):
            keep(self._engine, "secret", secrets.token_hex(_SECRET_BYTES))
            return bytes.fromhex(read_all(self._engine)["secret"])

    def _parsed(self, document: str, student: str, exercise: str) -> Result:
        try:
            return from_json(document)
        except msgspec.MsgspecError as error:
            raise StoreError(
                f"{self._location.label}: the result of {student!r} for {exercise!r} cannot be "
                f"read ({error}). It may come from a newer torchgrade: upgrade, or grade this "
                "submission again with `--fresh`."
            ) from error


def _check_path(location: Location, *, must_exist: bool) -> None:
    path = location.path
    assert path is not None
    if must_exist and not path.is_file():
        raise StoreError(
            f"There are no results at {path}. Grade a class first with `grade batch`, or name the "
            "folder it wrote."
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The folder {path.parent} for the results cannot be made: {error.strerror}. "
            "Choose another folder."
        ) from error
