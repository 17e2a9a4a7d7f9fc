"""An exercise as a class of candidates: submissions of which it is known what they deserve.

The reference is handed in once per seed: hidden data follows from who hands in what, so the same
file under another name is asked about other data; and it is handed in as a notebook. The stub and
the empty answers should earn nothing. A misconception is the reference with one function written
wrongly below it.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from grader.course.model import Exercise
from grader.course.notebook import make_notebook
from grader.course.stub import make_stub
from grader.errors import CourseError
from grader.records import Submission
from grader.suite.oracle import LiveOracle, Misconception
from grader.verify.claims import Claim, Problem
from grader.verify.reach import affected


class Kind(StrEnum):
    """What a candidate is handed in for."""

    REFERENCE = "reference"
    NOTEBOOK = "notebook"
    STUB = "stub"
    EMPTY = "empty"
    MISCONCEPTION = "misconception"
    MUTANT = "mutant"


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One submission that nobody handed in.

    Attributes:
        kind: What it is for.
        name: What it is called among its kind: a number, a file's stem, "None".
        functions: Those whose tests are run; None for all.
        submission: Its file, under a student's name that says what it is.
    """

    kind: Kind
    name: str
    submission: Submission
    functions: frozenset[str] | None = None


class Candidates(msgspec.Struct, frozen=True, kw_only=True):
    """All candidates of one exercise.

    Attributes:
        exercise: Whose they are.
        misconceptions: What each misconception says of itself, by the stem of its file.
        candidates: In the order in which they are graded.
        problems: What could not be made.
    """

    exercise: Exercise
    misconceptions: dict[str, Misconception]
    candidates: tuple[Candidate, ...]
    problems: tuple[Problem, ...]


_EMPTY = {
    "None": "return None",
    "an empty tensor": "return torch.empty(0)",
    "0.0": "return 0.0",
    "zeros": "return torch.zeros_like(first_tensor(given))",
    "its first argument": "return given[0] if given else None",
}
_EMPTY_FILE = """import torch


def first_tensor(given):
    tensors = [item for item in given if isinstance(item, torch.Tensor)]
    return tensors[0].detach() if tensors else torch.zeros(())
"""
_EMPTY_FUNCTION = """

def {function}(*args, **kwargs):
    given = [*args, *kwargs.values()]
    {answer}
"""


def candidates_of(exercise: Exercise, seeds: int) -> Candidates:
    """All candidates of an exercise, but for mutants.

    Args:
        exercise: The exercise, with its hidden suite.
        seeds: Under how many names the reference is handed in.

    Raises:
        SuiteError: The reference does not run, or a misconception does not say what it must.
        CourseError: A file of the exercise cannot be read.
    """
    reference = source_of(exercise)
    oracle = LiveOracle.load(exercise.reference_path, exercise.misconception_paths)
    misconceptions = {each.mistake.name: each for each in oracle.misconceptions}
    made = [
        candidate(exercise, Kind.REFERENCE, str(number), reference)
        for number in range(1, seeds + 1)
    ]
    problems = []
    notebook = _as_notebook(exercise, reference)
    if notebook is not None:
        made.append(notebook)
    names = [function.name for function in exercise.functions]
    try:
        stub = make_stub(reference, f"{exercise.name}/{exercise.file}", names)
        made.append(candidate(exercise, Kind.STUB, "stub", stub))
    except CourseError as error:
        problems.append(_no_stub(exercise, error))
    made += [
        candidate(exercise, Kind.EMPTY, answer, empty_answers(exercise, answer))
        for answer in _EMPTY
    ]
    for path in exercise.misconception_paths:
        wrong = path.read_text(encoding="utf-8")
        functions = affected(reference, wrong, names)
        made.append(
            candidate(exercise, Kind.MISCONCEPTION, path.stem, f"{reference}\n{wrong}", functions)
        )
    return Candidates(
        exercise=exercise,
        misconceptions=misconceptions,
        candidates=tuple(made),
        problems=tuple(problems),
    )


def candidate(
    exercise: Exercise,
    kind: Kind,
    name: str,
    source: str,
    functions: frozenset[str] | None = None,
) -> Candidate:
    """A candidate with this source; its student's name is unique in the exercise."""
    submission = Submission(
        student=f"{kind} {name}",
        exercise=exercise.name,
        filename=exercise.file,
        source=source.encode(),
    )
    return Candidate(kind=kind, name=name, submission=submission, functions=functions)


def empty_answers(exercise: Exercise, answer: str) -> str:
    """A file in which each function of the exercise gives the same empty answer, whatever it gets.

    Args:
        exercise: Whose functions.
        answer: One of "None", "an empty tensor", "0.0", "zeros" (like the first tensor among the
            arguments) and "its first argument".
    """
    functions = [
        _EMPTY_FUNCTION.format(function=function.name, answer=_EMPTY[answer])
        for function in exercise.functions
    ]
    return _EMPTY_FILE + "".join(functions)


def source_of(exercise: Exercise) -> str:
    """The reference's text.

    Raises:
        CourseError: It cannot be read.
    """
    path = exercise.reference_path
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{path}: the reference cannot be read: {error}.") from error


def _as_notebook(exercise: Exercise, reference: str) -> Candidate | None:
    """The reference as a student would hand it in who works in a notebook."""
    try:
        source = make_notebook(reference, f"{exercise.name}/{exercise.file}")
    except CourseError:
        return None  # told by whoever runs the notebooks
    submission = Submission(
        student=f"{Kind.NOTEBOOK} reference",
        exercise=exercise.name,
        filename=exercise.notebook_file,
        source=source,
    )
    return Candidate(kind=Kind.NOTEBOOK, name="reference", submission=submission)


def _no_stub(exercise: Exercise, error: CourseError) -> Problem:
    return Problem(
        exercise=exercise.name,
        claim=Claim.STUB,
        where=f"{exercise.name}/{exercise.file}",
        what=f"No stub can be made of it: {error}",
        todo="Mend the markers; `grade release` needs them too.",
    )
