"""The long-lived session: what is collected once, what is told apart, and what counts as broken."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.course import Course
from grader.records import Result, Status, Verdict, Visibility

Grade = Callable[..., dict[tuple[str, str], Result]]
Build = Callable[[Path, Any], Course]

TOML = 'title = "Twice"\n[functions.double]\npoints = 1\n'
REFERENCE = "def double(x):\n    return 2 * x\n"
HIDDEN = "def test_double_of_three(agree):\n    agree('double', 3)\n"
MISTAKE = '''"""It is squared.

Twice is not what?
"""
function = "double"
code = "SQ"
fails = ("test_double_of_three",)

def double(x):
    return x * x
'''


def files(**replaced: str | None) -> dict[str, str]:
    """A sound exercise called `twice`, with some of its files replaced."""
    sound = {
        "exercise.toml": TOML,
        "reference": REFERENCE,
        "test_hidden.py": HIDDEN,
        "misconceptions/double_sq.py": MISTAKE,
    }
    renamed = {"toml": "exercise.toml", "hidden": "test_hidden.py"}
    renamed["mistake"] = "misconceptions/double_sq.py"
    for name, text in replaced.items():
        if text is not None:
            sound[renamed.get(name, name)] = text
    return sound


def named(exercises: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """The reference's file is called as its exercise is."""
    return {
        name: {(f"{name}.py" if place == "reference" else place): t for place, t in each.items()}
        for name, each in exercises.items()
    }


BROKEN = {
    "syntax": (files(hidden="def test_double(agree:\n"), "SyntaxError"),
    "importing": (files(hidden=f"import nowhere\n{HIDDEN}"), "nowhere"),
    "fixture": (files(hidden="def test_double(agre):\n    agre('double', 3)\n"), "agre"),
    "raises": (files(hidden=f"{HIDDEN}    1 / 0\n"), "ZeroDivisionError"),
    "asserts": (
        files(hidden="def test_double(student):\n    assert student.double(3) == 7\n"),
        "assert",
    ),
    "fails": (
        files(
            hidden="import pytest\n\ndef test_double(student):\n    student.double(3)\n"
            "    pytest.fail('never')\n"
        ),
        "never",
    ),
    "setup": (
        files(
            hidden="import pytest\n\n@pytest.fixture\ndef data():\n    assert 1 > 2\n\n"
            "def test_double(agree, data):\n    agree('double', 3)\n"
        ),
        "assert 1 > 2",
    ),
    "teardown": (
        files(
            hidden="import pytest\n\n@pytest.fixture\ndef data():\n    yield 3\n    1 / 0\n\n"
            "def test_double(agree, data):\n    agree('double', data)\n"
        ),
        "ZeroDivisionError",
    ),
    "scope": (
        files(
            hidden="import pytest\n\n@pytest.fixture(scope='module')\ndef data(agree):\n"
            "    return 3\n\ndef test_double(agree, data):\n    agree('double', data)\n"
        ),
        "ScopeMismatch",
    ),
    "nothing": (files(hidden="x = 1\n"), "has no tests"),
    "stranger": (files(hidden="def test_triple(agree):\n    pass\n"), "test_triple"),
    "weight": (
        files(hidden=f"from grader.suite import points\n\n@points(0)\n{HIDDEN}"),
        "points(0) is not a positive number",
    ),
    "level": (
        files(hidden=f"from grader.suite import visibility\n\n@visibility('some')\n{HIDDEN}"),
        "'some'",
    ),
    "need": (
        files(hidden=f"from grader.suite import needs\n\n@needs('tpu')\n{HIDDEN}"),
        "'tpu'",
    ),
    "marker": (files(hidden=f"import pytest\n\n@pytest.mark.point(2)\n{HIDDEN}"), "point"),
    "twins": (
        files(
            hidden="class TestA:\n    def test_double(self, agree):\n        pass\n\n"
            "class TestB:\n    def test_double(self, agree):\n        pass\n"
        ),
        "two tests are called test_double",
    ),
    "incomparable": (
        files(
            reference="def double(x):\n    return object()\n",
        ),
        "cannot compare",
    ),
    "reference": (files(reference="import nowhere\n"), "nowhere"),
    "leaving": (files(reference=f"import sys\nsys.exit(0)\n{REFERENCE}"), "SystemExit"),
    "lacking": (files(reference="def triple(x):\n    return 3 * x\n"), "defines no double"),
    "late": (
        files(reference="def double(x):\n    import nowhere\n    return 2 * x\n"),
        "the reference itself broke: ModuleNotFoundError",
    ),
    "mistake": (files(mistake="def double(x:\n"), "SyntaxError"),
    "codeless": (files(mistake=MISTAKE.replace("code =", "cod =")), "must define `code`"),
    "speechless": (files(mistake="function = 'double'\ncode = 'X'\nfails = ()\n"), "docstring"),
    "elsewhere": (
        files(mistake=MISTAKE.replace("double", "triple")),
        "a misconception names the function triple",
    ),
    "undefined": (files(mistake=MISTAKE.replace("def double", "def twice")), "does not define"),
}


@pytest.fixture(scope="module")
def broken(
    tmp_path_factory: pytest.TempPathFactory, build_course: Build, grade_all: Grade
) -> dict[str, Result]:
    """One course in which every exercise but one is broken, each in its own way."""
    exercises = {name: each for name, (each, _) in BROKEN.items()} | {"sound": files()}
    course = build_course(tmp_path_factory.mktemp("broken"), named(exercises))
    results = grade_all(course, {("ada", name): REFERENCE for name in exercises})
    return {exercise: result for (_, exercise), result in results.items()}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_suite_is_not_gradable_and_says_why(broken: dict[str, Result], kind: str) -> None:
    result = broken[kind]
    assert result.status is Status.NOT_GRADABLE
    assert result.points is None
    assert BROKEN[kind][1] in (result.reason or "")
    assert result.max_points == 1


def test_beside_broken_suites_a_sound_one_grades(broken: dict[str, Result]) -> None:
    assert broken["sound"].status is Status.GRADED
    assert broken["sound"].is_full_marks


EVENTS = '''
import pytest
from pathlib import Path

LOG = Path(__file__).with_name("events.log")

def note(word):
    with LOG.open("a") as log:
        log.write(word + " ")

note("collected")

@pytest.fixture(scope="module")
def table():
    note("table+")
    yield [3]
    note("table-")

@pytest.fixture
def row(table):
    note("row+")
    yield table[0]
    note("row-")

def test_double_of_three(agree, row):
    agree("double", row)

@pytest.mark.parametrize("x", [1, 2], ids=["one", "two"])
def test_double_of(agree, x, row):
    """Twice the number."""
    agree("double", x)
'''
STATE = """
calls = 0

def double(x):
    global calls
    calls += 1
    return 2 * x if calls == 1 else -x
"""


@pytest.fixture(scope="module")
def classroom(
    tmp_path_factory: pytest.TempPathFactory, build_course: Build, grade_all: Grade
) -> tuple[Course, dict[tuple[str, str], Result]]:
    """Two exercises whose suites have the same name, and three students who take turns."""
    exercises = named({"twice": files(hidden=EVENTS), "again": files()})
    course = build_course(tmp_path_factory.mktemp("classroom"), exercises)
    texts = {("ada", "twice"): REFERENCE, ("bob", "twice"): "def double(x):\n    return x * x\n"}
    texts |= {("ada", "again"): REFERENCE, ("cat", "twice"): STATE}
    return course, grade_all(course, texts)


Classroom = tuple[Course, dict[tuple[str, str], Result]]


def test_a_suite_is_collected_once_for_all_submissions(classroom: Classroom) -> None:
    course, results = classroom
    assert len(results) == 4
    words = (course.exercise("twice").folder / "events.log").read_text().split()
    assert words.count("collected") == 1
    assert words.count("row+") == words.count("row-") >= 9
    assert words.count("table+") == words.count("table-") < words.count("row+")
    assert words[-1] == "table-"


def test_every_submission_gets_its_own_conclusions(classroom: Classroom) -> None:
    _, results = classroom
    assert [t.verdict for t in results["ada", "twice"].tests] == [Verdict.PASSED] * 3
    bob = results["bob", "twice"]
    assert [t.verdict for t in bob.tests] == [Verdict.WRONG, Verdict.WRONG, Verdict.PASSED]
    assert [t.diagnosis for t in bob.tests] == ["SQ", "SQ", None]


def test_no_test_pays_for_what_an_earlier_one_left_behind(classroom: Classroom) -> None:
    _, results = classroom
    assert results["cat", "twice"].is_full_marks


def test_a_test_is_told_by_its_docstring_or_its_name(classroom: Classroom) -> None:
    _, results = classroom
    tests = results["ada", "twice"].tests
    assert [test.title for test in tests] == [
        "Of three",
        "Twice the number. [one]",
        "Twice the number. [two]",
    ]
    assert [test.max_points for test in tests] == pytest.approx([1 / 3] * 3, abs=1e-5)
    assert {test.visibility for test in tests} == {Visibility.HINT}


def test_hidden_data_differs_between_students_and_tests(classroom: Classroom) -> None:
    _, results = classroom
    seeds = {test.seed for result in results.values() for test in result.tests}
    assert len(seeds) == sum(len(result.tests) for result in results.values())


def test_a_suites_module_is_forgotten_afterwards(classroom: Classroom) -> None:
    course, _ = classroom
    files_of = {str(exercise.hidden_suite_path) for exercise in course.exercises}
    assert files_of.isdisjoint({getattr(m, "__file__", None) for m in list(sys.modules.values())})


MARKED = """
import pytest
from grader.suite import hint, needs, points, visibility

@points(3)
@hint("Think of two.")
@visibility("hidden")
def test_double_of_three(agree):
    agree("double", 3)

@needs("cuda")
def test_double_on_a_gpu(agree):
    agree("double", 4)

@pytest.mark.skip(reason="not this year")
def test_double_of_nothing(agree):
    agree("double", 0)
"""


def test_marks_are_read_and_a_need_that_is_not_met_is_not_counted(
    tmp_path: Path, build_course: Build, grade_all: Grade
) -> None:
    course = build_course(tmp_path, named({"twice": files(hidden=MARKED)}))
    (result,) = grade_all(course, {("ada", "twice"): REFERENCE}).values()
    first, gpu, skipped = result.tests
    assert (first.hint, first.visibility) == ("Think of two.", Visibility.HIDDEN)
    assert (gpu.verdict, gpu.max_points) == (Verdict.SKIPPED, 0)
    assert gpu.reason == "needs cuda; this run is on cpu"
    assert (skipped.verdict, skipped.reason) == (Verdict.SKIPPED, "not this year")
    assert (result.points, result.max_points) == (0.6, 0.6)
    assert result.is_full_marks


def test_nothing_of_the_surroundings_has_a_part_in_judging(
    tmp_path: Path, build_course: Build, grade_all: Grade, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = build_course(tmp_path, named({"twice": files()}))
    sabotage = "import pytest\n\n@pytest.fixture(autouse=True)\ndef _():\n    pytest.skip('ha')\n"
    (tmp_path / "conftest.py").write_text(sabotage)
    (tmp_path / "twice" / "conftest.py").write_text(sabotage)
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --collect-only\n")
    monkeypatch.setenv("PYTEST_ADDOPTS", "--collect-only")
    monkeypatch.chdir(tmp_path)
    (result,) = grade_all(course, {("ada", "twice"): REFERENCE}).values()
    assert (result.reason, result.is_full_marks) == (None, True)
    assert not list(tmp_path.rglob("__pycache__"))
