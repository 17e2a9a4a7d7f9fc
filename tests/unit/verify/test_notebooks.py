import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from grader.course import Course, load_course
from grader.errors import WorkerError
from grader.verify.claims import Claim
from grader.verify.notebooks import problems

MINUTES = '''# %%
MILES = 7

# %%
def minutes(miles):
    """Minutes for an order."""
    # BEGIN SOLUTION
    return 3.43 * miles + 5.04
    # END SOLUTION
'''

MakeCourse = Callable[..., Course]


@pytest.fixture
def make_course(tmp_path: Path) -> MakeCourse:
    """A course with an exercise for each text of a reference; the function is always `minutes`."""

    def make(**references: str) -> Course:
        names = ", ".join(f'"{name}"' for name in references)
        heading = f'name = "small"\ntitle = "Small"\nversion = "1"\nexercises = [{names}]\n'
        for name, reference in references.items():
            folder = tmp_path / "solutions" / name
            folder.mkdir(parents=True)
            (folder / "exercise.toml").write_text('title = "T"\n[functions.minutes]\npoints = 1\n')
            (folder / f"{name}.py").write_text(reference)
            (folder / "test_hidden.py").touch()
        (tmp_path / "solutions" / "course.toml").write_text(heading)
        return load_course(tmp_path / "solutions")

    return make


def test_notebooks_that_run_are_no_problem_and_leave_nothing_behind(
    make_course: MakeCourse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    called = f"{MINUTES}\n# %%\nassert round(minutes(MILES), 2) == 29.05\n"
    course = make_course(orders=MINUTES, promises=called)
    before = set(psutil.Process().children(recursive=True))
    threads = set(threading.enumerate())
    assert problems(*course.exercises) == ()
    assert set(psutil.Process().children(recursive=True)) <= before
    assert set(threading.enumerate()) == threads
    assert list(tmp_path.glob("grade-*")) == []


def test_a_cell_that_fails_is_named_with_its_error(make_course: MakeCourse) -> None:
    course = make_course(orders=f"{MINUTES}\n# %%\nassert minutes(MILLES) < 30\n")
    (problem,) = problems(*course.exercises)
    assert (problem.exercise, problem.claim) == ("orders", Claim.NOTEBOOK)
    assert problem.where == "orders/orders.py, cell 3"
    assert problem.what == (
        "The notebook, solved, stops here: NameError: name 'MILLES' is not defined"
    )


def test_what_only_the_solution_defines_is_missed_in_the_students_notebook(
    make_course: MakeCourse,
) -> None:
    region = "# %%\n# BEGIN SOLUTION\nPROMISED = 30\n# END SOLUTION\n"
    course = make_course(orders=f"{region}{MINUTES}\n# %%\nlimit = PROMISED\n")
    (problem,) = problems(*course.exercises)
    assert problem.where == "orders/orders.py, cell 4"
    assert "as students get it, stops here: NameError: name 'PROMISED'" in problem.what


def test_code_in_a_cell_of_prose_makes_no_notebook(make_course: MakeCourse) -> None:
    course = make_course(orders=f"# %% [markdown]\nmiles = 7\n{MINUTES}")
    (problem,) = problems(*course.exercises)
    assert problem.where == "orders/orders.py"
    assert "would not hold the same code" in problem.what


@pytest.mark.parametrize(
    ("cell", "error"),
    [
        ("import os; os._exit(0)", "it ended the kernel."),
        ("while True: pass", "it was not done after 1 seconds."),
    ],
)
def test_a_cell_that_takes_the_kernel_along_does_not_harm_the_next_exercise(
    make_course: MakeCourse, cell: str, error: str
) -> None:
    course = make_course(orders=f"{MINUTES}\n# %%\n{cell}\n", promises=MINUTES)
    (problem,) = problems(*course.exercises, cell_seconds=1)
    assert problem.where == "orders/orders.py, cell 3"
    assert problem.what == f"The notebook, solved, stops here: {error}"


def test_a_notebook_sees_nothing_of_an_earlier_one(make_course: MakeCourse) -> None:
    leaving = "import decimal\ndecimal.getcontext().prec = 2\nopen('left.txt', 'w').close()\n"
    finding = (
        "import decimal, os\nassert decimal.getcontext().prec > 2\nassert os.listdir() == []\n"
        "assert 'LEFT' not in globals()\n"
    )
    course = make_course(
        orders=f"{MINUTES}\n# %%\n{leaving}LEFT = 1\n", promises=f"# %%\n{finding}{MINUTES}"
    )
    assert problems(*course.exercises) == ()


def test_the_kernel_listens_to_nobody_outside_this_machine(make_course: MakeCourse) -> None:
    looking = (
        "import psutil\n"
        "ends = [each.laddr.ip for each in psutil.Process().net_connections('inet')]\n"
        "assert set(ends) <= {'127.0.0.1'}, ends\n"
    )
    assert problems(*make_course(orders=f"# %%\n{looking}{MINUTES}").exercises) == ()


def test_a_kernel_that_does_not_start_is_our_failure(
    make_course: MakeCourse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A socket's path has a hundred characters at most.
    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    with pytest.raises(WorkerError, match=r"could not be started .* tells what is missing"):
        problems(*make_course(orders=MINUTES).exercises)
    assert list(deep.iterdir()) == []
