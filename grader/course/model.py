"""A course as frozen records: what every other layer knows of it, and all it needs to know.

Nothing here reads a file's contents. `grader.course.load` made these records from TOML and has
already refused what is not a course, so the fields can be trusted.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import msgspec

from grader.course.suggest import did_you_mean
from grader.errors import CourseError, UsageError
from grader.records import Limits

PUBLIC_SUITE = "test_public.py"
HIDDEN_SUITE = "test_hidden.py"
RECORDING = "test_public.answers.json"
MISCONCEPTIONS = "misconceptions"


class NotebookPolicy(StrEnum):
    """How much of a notebook is run before its functions are called."""

    RUN = "run"
    """All of it, as "Restart & Run All" would."""
    DEFINITIONS = "definitions"
    """Imports, functions, classes and plain assignments: for courses that train at length."""


class RecordDevice(StrEnum):
    """Where the grade of record is earned."""

    CPU = "cpu"
    CUDA = "cuda"
    MPS = "mps"


class Function(msgspec.Struct, frozen=True, kw_only=True):
    """One function that students write.

    Attributes:
        name: Its Python name.
        points: What all of its tests are worth together.
        forbidden: Dotted names of what is ruled out for it, "torch.softmax": not to be called by
            it, nor by what it calls, under any alias.
    """

    name: str
    points: float
    forbidden: tuple[str, ...] = ()


class Equivalent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mutant of the reference that no test needs to notice, and why.

    Attributes:
        function: The function that is mutated.
        mutant: What is changed, as `grade verify --mutate` names it: "x > 0 → x >= 0".
        reason: Why the mutant is as right as the reference.
    """

    function: str
    mutant: str
    reason: str


class Late(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The policy for late work; kept and shown, not yet applied."""

    penalty_per_day: float = 0.0
    """The share of the points that one day costs, from 0 to 1."""


class Exercise(msgspec.Struct, frozen=True, kw_only=True):
    """One exercise: a file that students complete, and what judges it.

    Attributes:
        name: Its name in the course, also the name of its folder.
        title: Its title for people.
        summary: One sentence for reports; may be empty.
        folder: Where its files lie.
        file: The name of the file that students hand in.
        functions: In the order of the file.
        limits: What one submission may use, the course's defaults merged in.
        notebook: How much of a notebook is run, where one is handed in.
        device: Where the grade of record is earned.
        equivalents: The mutants of the reference that may survive the hidden suite.
    """

    name: str
    title: str
    summary: str
    folder: Path
    file: str
    functions: tuple[Function, ...]
    limits: Limits
    notebook: NotebookPolicy = NotebookPolicy.RUN
    device: RecordDevice = RecordDevice.CPU
    equivalents: tuple[Equivalent, ...] = ()

    @property
    def notebook_file(self) -> str:
        """The name under which the same is handed in as a notebook: "tensors.ipynb"."""
        return f"{self.file.removesuffix('.py')}.ipynb"

    @property
    def max_points(self) -> float:
        """The points of all functions together."""
        return sum(function.points for function in self.functions)

    @property
    def reference_path(self) -> Path:
        """The reference; in a released course the file that the student completes."""
        return self.folder / self.file

    @property
    def public_suite_path(self) -> Path:
        """The suite that students get."""
        return self.folder / PUBLIC_SUITE

    @property
    def hidden_suite_path(self) -> Path:
        """The suite that grades; there is none in a released course."""
        return self.folder / HIDDEN_SUITE

    @property
    def recording_path(self) -> Path:
        """What the reference and the misconceptions answer to the public suite's inputs."""
        return self.folder / RECORDING

    @property
    def readme_path(self) -> Path:
        """The exercise's page for students."""
        return self.folder / "README.md"

    @property
    def misconception_paths(self) -> tuple[Path, ...]:
        """The files of the classic mistakes, sorted by name."""
        return tuple(sorted((self.folder / MISCONCEPTIONS).glob("*.py")))

    @property
    def forbidden(self) -> dict[str, tuple[str, ...]]:
        """What is ruled out, for each function of which something is."""
        return {each.name: each.forbidden for each in self.functions if each.forbidden}

    @property
    def is_released(self) -> bool:
        """Whether this is the students' copy, without a hidden suite beside it."""
        return not self.hidden_suite_path.exists()

    def function(self, name: str) -> Function:
        """The function of this name.

        Raises:
            UsageError: The exercise has no such function.
        """
        for function in self.functions:
            if function.name == name:
                return function
        names = [function.name for function in self.functions]
        raise UsageError(
            f"exercise `{self.name}` has no function `{name}`. {did_you_mean(name, names)}"
        )

    def function_of(self, test_name: str) -> Function:
        """The function that a test belongs to: the one with the longest fitting name.

        Args:
            test_name: "test_softmax_far_apart_rows[dim0]"; parameters do not matter.

        Raises:
            CourseError: The test's name starts with no function of this exercise.
        """
        bare = test_name.partition("[")[0]
        fitting = [
            function
            for function in self.functions
            if bare == f"test_{function.name}" or bare.startswith(f"test_{function.name}_")
        ]
        if fitting:
            return max(fitting, key=lambda function: len(function.name))
        names = [function.name for function in self.functions]
        raise CourseError(
            f"{self.folder}: the test `{bare}` belongs to no function of exercise `{self.name}`. "
            "Name it `test_<function>` or `test_<function>_<what it shows>`. "
            f"{did_you_mean(bare.removeprefix('test_'), names)}"
        )


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """A course: its exercises in order, and what they share.

    Attributes:
        name: A short name without spaces.
        title: Its title for people.
        version: The version of its content, as its authors count.
        root: The folder that holds course.toml.
        exercises: In the order of the course.
        limits: The default limits of every exercise.
        seed_env: The environment variable with the secret that hidden data is drawn from.
        late: The policy for late work, if there is one.
    """

    name: str
    title: str
    version: str
    root: Path
    exercises: tuple[Exercise, ...]
    limits: Limits
    seed_env: str | None = None
    late: Late | None = None

    @property
    def max_points(self) -> float:
        """The points of all exercises together."""
        return sum(exercise.max_points for exercise in self.exercises)

    @property
    def is_released(self) -> bool:
        """Whether this is the students' copy, without hidden suites."""
        return all(exercise.is_released for exercise in self.exercises)

    def exercise(self, name: str) -> Exercise:
        """The exercise of this name.

        Raises:
            UsageError: The course has no such exercise.
        """
        for exercise in self.exercises:
            if exercise.name == name:
                return exercise
        names = [exercise.name for exercise in self.exercises]
        raise UsageError(
            f"course `{self.name}` has no exercise `{name}`. {did_you_mean(name, names)}"
        )
