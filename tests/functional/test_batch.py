"""`grade batch` as a teaching assistant runs it over a class, and what it leaves to read."""

import csv
import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from grader.cli import grade as command_line

Grade = Callable[..., CompletedProcess[str]]
STUDENTS = (
    "amara-okafor", "chen-yifan", "diego-fernandez", "björn-lindqvist", "omar-farouk",
    "ahmed-hassan",
)  # fmt: skip
EXPECTED = {  # points for tensors and activations; an exercise not handed in is worth nothing
    "ahmed-hassan": (6.0, 12.2),
    "amara-okafor": (8.0, 14.0),
    "björn-lindqvist": (8.0, 14.0),
    "chen-yifan": (8.0, 11.4),
    "diego-fernandez": (6.5, 12.8),
    "omar-farouk": (0.0, 0.0),
    "zoe": (0.0, None),
}
Document = dict[str, Any]


class Graded:
    """A class that was graded once, by the command."""

    def __init__(self, handed_in: Path, folder: Path, done: CompletedProcess[str]) -> None:
        self.handed_in = handed_in
        self.folder = folder
        self.done = done
        self.results = results_of(done)


def results_of(done: CompletedProcess[str]) -> dict[tuple[str, str], Document]:
    found = json.loads(done.stdout)
    results = found if isinstance(found, list) else found["results"]
    return {(result["student"], result["exercise"]): result for result in results}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, project: Path, grade: Grade) -> Graded:
    handed_in = tmp_path_factory.mktemp("class")
    for student in STUDENTS:
        shutil.copytree(project / "tests" / "assets" / "submissions" / student, handed_in / student)
        (handed_in / student / "learning.py").unlink(missing_ok=True)
    (handed_in / "zoe").mkdir()
    (handed_in / "zoe" / "activations.py").symlink_to("/etc/hostname")
    folder = tmp_path_factory.mktemp("out")
    done = grade("batch", handed_in, "--out", folder, *OPTIONS, "--jobs", 2)
    return Graded(handed_in, folder, done)


OPTIONS = ("--exercise", "tensors", "--exercise", "activations", "--format", "json")


def test_everybody_gets_what_they_deserve(graded: Graded) -> None:
    points: dict[str, list[float | None]] = {}
    for (student, _), result in graded.results.items():
        points.setdefault(student, []).append(result["points"])
    assert {student: tuple(each) for student, each in points.items()} == EXPECTED
    diagnosed = {t["diagnosis"] for t in graded.results["chen-yifan", "activations"]["tests"]}
    assert diagnosed == {None, "KD"}


def test_an_unreadable_submission_costs_only_itself_and_is_exit_code_3(graded: Graded) -> None:
    assert graded.done.returncode == 3
    result = graded.results["zoe", "activations"]
    assert (result["status"], result["points"]) == ("not_gradable", None)
    assert "links are not followed" in result["reason"]
    assert "Not gradable: zoe, activations:" in graded.done.stderr
    statuses = {result["status"] for key, result in graded.results.items() if key[0] != "zoe"}
    assert statuses == {"graded"}


def test_progress_and_summary_go_to_standard_error(graded: Graded) -> None:
    assert "14/14" in graded.done.stderr
    assert "100.9 of 140 points" in graded.done.stderr
    assert f"Done: 14 submissions. {graded.folder / 'index.html'}" in graded.done.stderr


def test_everything_to_read_is_in_one_folder(graded: Graded) -> None:
    names = {path.name for path in graded.folder.iterdir()}
    assert names == {"index.html", "grades.csv", "results.sqlite", "students", "ta"}
    for folder in ("students", "ta"):
        pages = list((graded.folder / folder).iterdir())
        assert len(pages) == len(EXPECTED)
        assert all("Activations" in page.read_text() for page in pages)


def test_a_students_page_tells_no_hidden_number(graded: Graded) -> None:
    page = (graded.folder / "students" / "chen-yifan.html").read_text()
    told = (graded.folder / "ta" / "chen-yifan.html").read_text()
    assert "first wrong at" not in page
    assert "RuntimeError: The size of tensor" not in page
    assert "RuntimeError: The size of tensor" in told


def test_grades_have_a_line_for_everybody(graded: Graded) -> None:
    with (graded.folder / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["student"] for row in rows] == sorted(EXPECTED)


@pytest.fixture(scope="module")
def resumed(graded: Graded, grade: Grade) -> CompletedProcess[str]:
    """The same command again, after one student has handed in something else."""
    path = graded.handed_in / "omar-farouk" / "activations.py"
    path.write_text("def relu(x):\n    return x.clamp(min=0)\n")
    return grade("batch", graded.handed_in, "--out", graded.folder, *OPTIONS)


def test_a_second_run_grades_only_what_has_changed(
    graded: Graded, resumed: CompletedProcess[str]
) -> None:
    assert "Done: 14 submissions, 12 of them as graded before." in resumed.stderr
    results = results_of(resumed)
    changed = {key for key, result in results.items() if result != graded.results[key]}
    assert changed == {("omar-farouk", "activations"), ("zoe", "activations")}
    assert results["omar-farouk", "activations"]["points"] > 0


def test_reports_are_made_again_without_grading(
    graded: Graded, resumed: CompletedProcess[str], grade: Grade
) -> None:
    before = (graded.folder / "index.html").read_text()
    for path in (graded.folder / "index.html", graded.folder / "grades.csv"):
        path.unlink()
    shutil.rmtree(graded.folder / "students")
    done = grade("report", graded.folder)
    assert done.returncode == 0
    assert "Written: 14 results." in done.stderr
    assert (graded.folder / "index.html").read_text() == before
    assert len(list((graded.folder / "students").iterdir())) == len(EXPECTED)
    assert (graded.folder / "grades.csv").is_file()
    stored = json.loads(export(graded.folder, "json").stdout)
    stored = stored if isinstance(stored, list) else stored["results"]
    assert {(r["student"], r["exercise"]): r for r in stored} == results_of(resumed)


def export(folder: Path, name: str, *options: str) -> Result:
    return CliRunner().invoke(command_line, ["export", str(folder), "--to", name, *options])


def test_stored_results_are_exported(graded: Graded, tmp_path: Path) -> None:
    output = tmp_path / "grades.csv"
    result = export(graded.folder, "csv", "--output", str(output))
    assert (result.exit_code, result.stdout) == (0, "")
    assert len(output.read_text().splitlines()) == len(EXPECTED) + 1
    result = export(graded.folder, "junit")
    assert result.exit_code == 0
    assert len(list(ET.fromstring(result.stdout).iter("testcase"))) > 100


def test_what_cannot_be_exported_is_usage(graded: Graded, tmp_path: Path) -> None:
    assert export(graded.folder, "pdf").exit_code == 2
    result = export(graded.folder, "csv", "--output", str(tmp_path / "no" / "where.csv"))
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


@pytest.mark.parametrize("command", [["report"], ["export", "--to", "csv"]])
def test_a_folder_that_is_no_run_is_told(tmp_path: Path, command: list[str]) -> None:
    for folder in (tmp_path, tmp_path / "nothing"):
        result = CliRunner().invoke(command_line, [*command, str(folder)])
        assert result.exit_code == 2
        assert "not the folder of a run" in result.stderr


def test_a_store_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "results.sqlite").write_text("this is no database " * 100)
    result = CliRunner().invoke(command_line, ["report", str(tmp_path)])
    assert result.exit_code == 3
    assert "is not a database" in result.stderr


REFERENCE = "def double(x):\n    return 2 * x\n"
TOML = 'title = "{}"\n[functions.double]\npoints = 2\n'


def test_a_broken_suite_leaves_the_others_graded(
    tmp_path: Path,
    grade: Grade,
    write_course: Callable[[Path, Mapping[str, Mapping[str, str]]], Path],
) -> None:
    sound = {"exercise.toml": TOML, "sound.py": REFERENCE}
    sound["test_hidden.py"] = "def test_double(agree):\n    agree('double', 3)\n"
    broken = {"exercise.toml": TOML, "broken.py": REFERENCE, "test_hidden.py": "1 / 0\n"}
    course = write_course(tmp_path / "course", {"sound": sound, "broken": broken})
    for name in ("sound", "broken"):
        (tmp_path / "class" / "ada").mkdir(parents=True, exist_ok=True)
        (tmp_path / "class" / "ada" / f"{name}.py").write_text(REFERENCE)
    options = ["--out", tmp_path / "out", "--course", course, "--tier", "guarded"]
    done = grade("batch", tmp_path / "class", *options, cwd=tmp_path)
    assert done.returncode == 3
    assert "Not gradable: ada, broken:" in done.stderr
    assert "ZeroDivisionError" in done.stderr
    table = [line.split() for line in done.stdout.splitlines()]
    assert table[0][:2] == ["Exercise", "Graded"]
    assert [row[-5:] for row in table[1:]] == [
        ["1", "0", "1", "2.00", "2"],
        ["0", "1", "0", "–", "2"],
    ]
    assert (tmp_path / "out" / "students" / "ada.html").is_file()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["empty"], 2, "no submissions in it"),
        (["nowhere"], 2, "not a folder that can be read"),
        (["empty", "--exercise", "tensor"], 2, "Did you mean `tensors`?"),
        (["empty", "--jobs", "0"], 2, "--jobs"),
    ],
)
def test_nothing_to_grade_is_usage(
    project: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    code: int,
    said: str,
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    course = str(project / "solutions")
    result = CliRunner().invoke(command_line, ["batch", "--course", course, *arguments])
    assert result.exit_code == code
    assert said in " ".join(result.stderr.split())
    assert list(tmp_path.rglob("*")) == [tmp_path / "empty"]
