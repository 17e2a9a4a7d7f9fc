"""What a `%check` asks for: which exercise, and which of its functions."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Sequence
from pathlib import Path

import msgspec

from grader.course import Course, Exercise, Kind, did_you_mean, find_course, resolve_course
from grader.errors import UsageError

USAGE = "%check [FUNCTION or EXERCISE …] [--course PATH]"


class Request(msgspec.Struct, frozen=True):
    """What stands behind `%check`.

    Attributes:
        words: Names of functions and exercises.
        course: What `--course` says.
    """

    words: tuple[str, ...]
    course: str | None = None

    @classmethod
    def parse(cls, line: str) -> Request:
        """Read the line.

        Raises:
            UsageError: It is not what `%check` understands.
        """
        try:
            parts = shlex.split(line)
        except ValueError:
            raise UsageError(f"a quotation mark is open in `%check {line.strip()}`.") from None
        words: list[str] = []
        course = None
        rest = iter(parts)
        for part in rest:
            option, equals, value = part.partition("=")
            if option == "--course":
                course = value if equals else next(rest, "")
                if not course:
                    raise UsageError("--course wants the course's folder: `--course PATH`.")
            elif part.startswith("-"):
                raise UsageError(f"%check has no option {part}. It understands `{USAGE}`.")
            else:
                words.append(part.removesuffix("()"))
        return cls(tuple(words), course)

    def course_folder(self, folder: Path) -> Path:
        """The folder of the course that is meant.

        Args:
            folder: Where the notebook's kernel is.

        Raises:
            UsageError: There is no course.
        """
        if self.course is not None:
            named = (folder / Path(self.course).expanduser()).resolve()
            return resolve_course(named, Kind.EXERCISES)
        try:
            return find_course(folder, Kind.EXERCISES)
        except UsageError:
            raise UsageError(
                f"no course was found in {folder} or in any folder above it. Open the notebook "
                "inside the course's folder, or say where the course is: `%check --course PATH`."
            ) from None


class Wish(msgspec.Struct, frozen=True):
    """An exercise to check, and the names of those of its functions that are asked for."""

    exercise: Exercise
    functions: tuple[str, ...]


def choose(
    course: Course, words: Sequence[str], defined: Collection[str], folder: Path
) -> tuple[Wish, ...]:
    """What to check.

    Args:
        course: The course.
        words: Names of functions and exercises; none for the exercise at hand.
        defined: The names that this session's cells define.
        folder: Where the notebook's kernel is.

    Raises:
        UsageError: A name is unknown, or it cannot be told which exercise is meant.
    """
    named = [e for e in course.exercises if {e.name, e.file, e.notebook_file} & set(words)]
    names = {name for e in named for name in (e.name, e.file, e.notebook_file)}
    functions = list(dict.fromkeys(word for word in words if word not in names))
    if not functions:
        chosen = named or [_at_hand(course.exercises, defined, folder)]
        return tuple(Wish(e, tuple(f.name for f in e.functions)) for e in chosen)
    homes: dict[str, list[str]] = {exercise.name: [] for exercise in named}
    for function in functions:
        home = _home(course, function, named, defined, folder)
        homes.setdefault(home.name, []).append(function)
    wishes = []
    for exercise in course.exercises:
        if exercise.name in homes:
            own = tuple(f.name for f in exercise.functions)
            asked = homes[exercise.name]
            wishes.append(Wish(exercise, tuple(n for n in own if n in asked) or own))
    return tuple(wishes)


def _home(
    course: Course,
    function: str,
    named: Sequence[Exercise],
    defined: Collection[str],
    folder: Path,
) -> Exercise:
    """The exercise that a function belongs to."""
    among = named or course.exercises
    homes = [e for e in among if any(f.name == function for f in e.functions)]
    if not homes:
        known = [f.name for e in among for f in e.functions]
        known += [] if named else [e.name for e in course.exercises]
        where = f"exercise `{named[0].name}`" if len(named) == 1 else f"course `{course.name}`"
        raise UsageError(f"{where} has no function `{function}`. {did_you_mean(function, known)}")
    if len(homes) == 1:
        return homes[0]
    likely = _likely(homes, defined, folder)
    if likely is None:
        names = " and ".join(f"`{e.name}`" for e in homes)
        raise UsageError(
            f"`{function}` belongs to {names}. Say which is meant: "
            f"`%check {homes[0].name} {function}`."
        )
    return likely


def _at_hand(exercises: Sequence[Exercise], defined: Collection[str], folder: Path) -> Exercise:
    """The exercise that somebody is working on."""
    likely = _likely(exercises, defined, folder)
    if likely is not None:
        return likely
    begun = [e for e in exercises if _begun(e, defined)]
    if begun:
        names = ", ".join(f"`{e.name}`" for e in begun)
        raise UsageError(
            f"this session defines functions of several exercises: {names}. Say which you mean: "
            f"`%check {begun[0].name}`."
        )
    names = ", ".join(f"`{e.name}`" for e in exercises)
    raise UsageError(
        "no cell that was run in this session defines a function of the course yet. Run the cells "
        f"with your functions first, or say which exercise you mean: `%check {exercises[0].name}`. "
        f"There are {names}."
    )


def _likely(
    exercises: Sequence[Exercise], defined: Collection[str], folder: Path
) -> Exercise | None:
    """The one exercise whose functions the session defines, or the one whose folder this is."""
    begun = {e.name: _begun(e, defined) for e in exercises}
    # An exercise that shares a function with another is not begun by having written the other.
    most = [
        e
        for e in exercises
        if begun[e.name] and not any(begun[e.name] < other for other in begun.values())
    ]
    if len(most) == 1:
        return most[0]
    here = folder.resolve()
    inside = [e for e in most or exercises if e.folder.resolve() in (here, *here.parents)]
    return inside[0] if len(inside) == 1 else None


def _begun(exercise: Exercise, defined: Collection[str]) -> set[str]:
    return {function.name for function in exercise.functions} & set(defined)
