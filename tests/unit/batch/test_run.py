"""A small class in a folder: what is graded, what is kept, and what a mishap costs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.batch import Batch, Tally
from grader.course import Course, load_course
from grader.errors import StoreError
from grader.executor import Assignment
from grader.grading import Terms
from grader.intake import discover
from grader.records import Result, Status, Tier
from grader.store import Store
from grader.worker.launch import Zygote

REFERENCE = "def double(x):\n    return 2 * x\n"
WRONG = "def double(x):\n    return x\n"
TOML = 'title = "{}"\n[functions.double]\npoints = 1\n'
HIDDEN = "def test_double_of_three(agree):\n    agree('double', 3)\n"
EXERCISES = {
    name: {
        "exercise.toml": TOML.format(name.title()),
        f"{name}.py": REFERENCE,
        "test_hidden.py": HIDDEN,
    }
    for name in ("twice", "again")
}
CLASS = {
    "ada/twice.py": REFERENCE,
    "ada/again.py": REFERENCE,
    "bob/twice.py": WRONG,
    "cat/again.py": "def dubble(x):\n    return 2 * x\n",
}


class Listening:
    """Writes down how a batch goes on."""

    def __init__(self) -> None:
        self.counts: list[tuple[int, int]] = []
        self.graded: list[str] = []

    def progressed(self, tally: Tally, result: Result) -> None:
        self.counts.append((tally.done, tally.total))
        self.graded.append(f"{result.student}/{result.exercise}")


class Stopping(Listening):
    """Somebody presses Ctrl-C when so many are done."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self._after = after

    def progressed(self, tally: Tally, result: Result) -> None:
        super().progressed(tally, result)
        if tally.done == self._after:
            raise KeyboardInterrupt


class School:
    """A course, a class and a folder for results."""

    def __init__(self, root: Path, course: Course, zygote: Zygote) -> None:
        self.root = root
        self.course = course
        self.zygote = zygote
        self.folder = root / "out"
        self.listening = Listening()
        for place, text in CLASS.items():
            self.hand_in(place, text)

    def hand_in(self, place: str, text: str) -> None:
        path = self.root / "class" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def batch(self, *names: str, is_fresh: bool = False, jobs: int = 2) -> Tally:
        exercises = tuple(self.course.exercise(name) for name in names) or self.course.exercises
        references = discover(self.root / "class", self.course, [e.name for e in exercises])
        with self.store() as store:
            batch = Batch(
                self.course,
                references,
                store,
                self.folder,
                Assignment(self.course, exercises, Terms(Tier.NONE, secret=store.secret())),
                self.listening,
                is_fresh=is_fresh,
                tier_notes={},
            )
            return batch.run(jobs, self.zygote)

    def store(self) -> Store:
        return Store.open(self.folder / "results.sqlite", name="small", title="Small")

    def results(self) -> dict[str, Result]:
        with self.store() as store:
            return {f"{r.student}/{r.exercise}": r for r in store.results()}


@pytest.fixture
def school(tmp_path: Path, build_course: Callable[[Path, Any], Course], zygote: Zygote) -> School:
    return School(tmp_path, build_course(tmp_path / "course", EXERCISES), zygote)


def test_a_class_is_graded_into_a_folder(school: School) -> None:
    tally = school.batch()
    assert (tally.total, tally.done, tally.kept, tally.not_gradable) == (6, 6, 0, 0)
    assert (tally.points, tally.max_points) == (2.0, 6.0)
    assert [done for done, _ in school.listening.counts] == [1, 2, 3, 4, 5, 6]
    assert {total for _, total in school.listening.counts} == {6}
    results = school.results()
    assert {name for name, result in results.items() if result.points} == {"ada/twice", "ada/again"}
    for name in ("ada", "bob", "cat"):
        assert (school.folder / "students" / f"{name}.html").is_file()
        assert (school.folder / "ta" / f"{name}.html").is_file()
    assert (school.folder / "index.html").is_file()
    assert len((school.folder / "grades.csv").read_text().splitlines()) == 4


def test_what_was_graded_is_not_graded_again(school: School) -> None:
    school.batch()
    first = school.results()
    tally = school.batch()
    assert (tally.done, tally.kept) == (6, 6)
    assert school.results() == first
    assert (tally.points, tally.max_points) == (2.0, 6.0)


def test_only_what_has_changed_is_graded_again(school: School) -> None:
    school.batch()
    school.hand_in("bob/twice.py", REFERENCE)
    tally = school.batch()
    assert (tally.done, tally.kept) == (6, 5)
    assert school.results()["bob/twice"].points == 1.0


def test_another_suite_judges_everybody_anew(school: School) -> None:
    school.batch()
    suite = school.course.exercise("twice").hidden_suite_path
    suite.write_text(HIDDEN.replace("3", "4"))
    school.course = load_course(school.course.root)
    tally = school.batch()
    assert (tally.done, tally.kept) == (6, 3)


def test_fresh_grades_everything_again(school: School) -> None:
    school.batch()
    tally = school.batch(is_fresh=True)
    assert (tally.done, tally.kept) == (6, 0)


def test_one_exercise_alone_leaves_the_results_of_others(school: School) -> None:
    tally = school.batch("again")
    assert (tally.total, tally.done) == (3, 3)
    assert set(school.results()) == {"ada/again", "bob/again", "cat/again"}
    tally = school.batch()
    assert (tally.done, tally.kept) == (6, 3)


def test_an_unreadable_submission_costs_only_itself(school: School) -> None:
    (school.root / "class" / "bob" / "twice.py").unlink()
    (school.root / "class" / "bob" / "twice.py").symlink_to("/etc/hostname")
    tally = school.batch()
    assert (tally.done, tally.not_gradable) == (6, 1)
    result = school.results()["bob/twice"]
    assert (result.status, result.points) == (Status.NOT_GRADABLE, None)
    why = "twice.py: a link, and links are not followed. Put the file itself there."
    assert result.reason == f"{school.root}/class/bob/{why}"
    assert result.unread == why  # for the student, who need not know where the class lies
    assert school.results()["ada/twice"].is_full_marks


def test_what_was_not_gradable_gets_another_try(school: School) -> None:
    suite = school.course.exercise("twice").hidden_suite_path
    suite.write_text("def test_double(agree:\n")
    tally = school.batch()
    assert (tally.done, tally.not_gradable) == (6, 3)
    assert school.results()["ada/again"].is_full_marks
    suite.write_text(HIDDEN)
    tally = school.batch()
    assert (tally.kept, tally.not_gradable) == (3, 0)
    assert school.results()["ada/twice"].is_full_marks


def test_a_stop_in_the_middle_keeps_what_was_graded(school: School) -> None:
    school.listening = Stopping(3)
    with pytest.raises(KeyboardInterrupt):
        school.batch(jobs=1)
    school.listening = Listening()
    first = school.results()
    assert len(first) == 3
    tally = school.batch()
    assert (tally.done, tally.kept) == (6, 3)
    assert first.items() <= school.results().items()


def test_a_report_that_cannot_be_written_says_so_and_loses_no_grade(school: School) -> None:
    (school.folder / "grades.csv").mkdir(parents=True)
    with pytest.raises(StoreError, match=r"grades\.csv cannot be written: .*stored"):
        school.batch()
    assert len(school.results()) == 6
