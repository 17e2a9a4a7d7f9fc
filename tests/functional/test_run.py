"""`grade run` as a teaching assistant and a CI job use it: one submission, the hidden suite."""

import json
import os
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from grader.cli import grade as command_line

Grade = Callable[..., CompletedProcess[str]]
REFERENCE = "def double(x):\n    return 2 * x\n"
TOML = 'title = "{}"\n[functions.double]\npoints = 2\n'
HIDDEN = """
import torch
from grader.suite import hint, points, visibility

@points(3)
@hint("Twice what?")
def test_double_of_random_numbers(agree, rng):
    agree("double", torch.randn(3, generator=rng))

@visibility("hidden")
def test_double_of_zero(agree):
    agree("double", 0)
"""
EXERCISES = {
    "twice": {
        "exercise.toml": TOML.format("Twice"),
        "twice.py": REFERENCE,
        "test_hidden.py": HIDDEN,
        "misconceptions/double_sq.py": '"""It is squared.\n\nTwice is not what?\n"""\n'
        'function = "double"\ncode = "SQ"\nfails = ("test_double_of_random_numbers",)\n\n'
        "def double(x):\n    return x * x\n",
    },
    "broken": {
        "exercise.toml": TOML.format("Broken"),
        "broken.py": REFERENCE,
        "test_hidden.py": "def test_double(agree:\n",
    },
}


@pytest.fixture(scope="module")
def course(
    tmp_path_factory: pytest.TempPathFactory,
    write_course: Callable[[Path, Mapping[str, Mapping[str, str]]], Path],
) -> Path:
    return write_course(tmp_path_factory.mktemp("course"), EXERCISES)


@pytest.fixture(scope="module")
def squared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ada's file, which squares."""
    path = tmp_path_factory.mktemp("handed_in") / "ada" / "twice.py"
    path.parent.mkdir()
    path.write_text("def double(x):\n    print('\\x1b[31mhello')\n    return x * x\n")
    return path


Document = dict[str, Any]


@pytest.fixture(scope="module")
def document(squared: Path, course: Path, grade: Grade) -> Document:
    done = grade("run", squared, "--course", course, "--format", "json")
    assert done.returncode == 1, done.stderr
    found: Document = json.loads(done.stdout)
    return found


def test_a_json_result_carries_what_the_design_promises(document: Document) -> None:
    expected = {"schema_version": 1, "student": "ada", "exercise": "twice", "points": 0.5}
    expected |= {"max_points": 2.0, "status": "graded", "device": "cpu"}
    assert expected.items() <= document.items()
    assert document["sandbox_tier"] in {"full", "guarded"}
    assert isinstance(document["seed"], int)
    wrong, right = document["tests"]
    assert wrong["wall_seconds"] > 0
    expected = {"name": "test_double_of_random_numbers", "function": "double", "verdict": "WRONG"}
    expected |= {"points": 0.0, "max_points": 1.5, "visibility": "hint", "diagnosis": "SQ"}
    assert expected.items() <= wrong.items()
    expected = {"name": "test_double_of_zero", "function": "double", "verdict": "PASSED"}
    expected |= {"points": 0.5, "max_points": 0.5, "visibility": "hidden", "diagnosis": None}
    assert expected.items() <= right.items()


def test_the_seed_reproduces_a_result_exactly(
    document: Document, squared: Path, course: Path, grade: Grade, tmp_path: Path
) -> None:
    output = tmp_path / "again.json"
    options = ["--format", "json", "--seed", document["seed"], "--output", output]
    done = grade("run", squared, "--course", course, *options)
    assert done.returncode == 1
    assert done.stdout == ""
    again = json.loads(output.read_text())
    for result in (document, again):
        for test in result["tests"]:
            del test["wall_seconds"]
        result |= {"wall_seconds": 0, "started_at": ""}
    assert again == document


def test_a_terminal_tells_a_ta_everything(squared: Path, course: Path, grade: Grade) -> None:
    options = ["--tier", "guarded", "--min-score", "25", "--student", "Ada L.", "--device", "cpu"]
    done = grade("run", squared, "--course", course, *options)
    assert done.returncode == 0  # a quarter of the points was asked for
    said = " ".join(done.stdout.split())
    assert "Twice 0.5 of 2 points" in said
    assert "✗ wrong Of random numbers 0 / 1.5" in said
    assert "likely It is squared." in said
    assert "hint Twice is not what?" in said
    assert "expected float32 [3]" in said
    assert "first wrong at [" in said
    assert "printed [31mhello" in said
    assert "Confined: guarded. Device: cpu. Seed: " in said
    again = said.partition("Again: ")[2]
    assert "--exercise twice --seed " in again
    assert again.endswith("--device cpu")
    assert "\x1b" not in done.stdout


def test_junit_counts_what_failed(squared: Path, course: Path, grade: Grade) -> None:
    options = ["--format", "junit", "--min-score", "26"]
    done = grade("run", squared.parent, "--course", course, *options)
    assert done.returncode == 1
    root = ET.fromstring(done.stdout)
    cases = {case.get("name"): case for case in root.iter("testcase")}
    assert len(cases) == 2
    assert sum(case.find("failure") is not None for case in cases.values()) == 1


def test_html_of_a_packed_submission(course: Path, grade: Grade, tmp_path: Path) -> None:
    packed, page = tmp_path / "submission.zip", tmp_path / "page.html"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("twice.py", REFERENCE)
    options = ["--format", "html", "--output", page, "--student", "<b>ada", "--tier", "full"]
    done = grade("run", packed, "--course", course, "--exercise", "twice", *options)
    if done.returncode == 3 and "cannot be confined" in done.stderr:
        pytest.skip("no tier `full` on this machine: " + done.stderr.strip())
    assert done.returncode == 0
    text = page.read_text()
    assert "default-src &#39;none&#39;" in text or "default-src 'none'" in text
    assert "Twice" in text
    assert "<b>ada" not in text


def test_a_notebook_is_run_as_a_file_is(course: Path, grade: Grade, tmp_path: Path) -> None:
    sources = ["%matplotlib inline\nimport helper_utils", REFERENCE, "double(21)"]
    cells = [{"cell_type": "code", "source": source} for source in sources]
    (tmp_path / "twice.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4}))
    done = grade("run", tmp_path / "twice.ipynb", "--course", course, "--format", "json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert (result["filename"], result["points"]) == ("twice.ipynb", 2.0)
    assert [cell["outcome"] for cell in result["cells"]] == ["lacked", "ran", "ran"]
    assert result["cells"][2]["shown"][0]["text"] == "42"
    assert "`helper_utils` (line 2 of cell [1])" in result["notes"][0]


def test_a_broken_suite_is_our_fault_and_no_zero(
    course: Path, grade: Grade, tmp_path: Path
) -> None:
    (tmp_path / "broken.py").write_text(REFERENCE)
    done = grade("run", tmp_path / "broken.py", "--course", course, "--format", "json")
    assert done.returncode == 3
    result = json.loads(done.stdout)
    assert (result["status"], result["points"], result["max_points"]) == ("not_gradable", None, 2.0)
    assert "SyntaxError" in result["reason"]
    assert "test_hidden.py" in result["reason"]
    assert "Nobody loses points by it." in done.stderr


def test_a_device_that_is_not_there_is_told(squared: Path, course: Path, grade: Grade) -> None:
    done = grade("run", squared, "--course", course, "--device", "cuda:77")
    assert done.returncode == 3
    assert "--device cuda:77: torch" in done.stderr
    assert "--device cpu always works" in done.stderr


def run(course: Path, *arguments: object) -> Result:
    """For what fails before anything is graded: no process of its own is needed."""
    return CliRunner().invoke(command_line, ["run", "--course", str(course), *map(str, arguments)])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing.py"], "there is no such file or folder"),
        (["ada", "--exercise", "twise"], "Did you mean `twice`?"),
        (["ada/essay.py"], "its name does not say which exercise it is for"),
        (["link.py", "--exercise", "twice"], "a link, and links are not followed"),
        (["both"], "holds files for several exercises: twice, broken"),
        (["ada", "--exercise", "broken"], "no file for exercise `broken` in it"),
        (["empty"], "no file of an exercise in it"),
        (["ada/twice.py", "--min-score", "101"], "--min-score"),
        (["ada/twice.py", "--seed", "-1"], "--seed"),
        (["ada/twice.py", "--format", "pdf"], "--format"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_meant_is_usage(
    course: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    said: str,
) -> None:
    for name in ("ada/twice.py", "ada/essay.py", "both/twice.py", "both/broken.py"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(REFERENCE)
    (tmp_path / "empty").mkdir()
    (tmp_path / "link.py").symlink_to("ada/twice.py")
    monkeypatch.chdir(tmp_path)
    result = run(course, *arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert result.stdout == ""


def test_a_students_copy_grades_nobody(project: Path, squared: Path) -> None:
    result = run(project / "exercises", squared, "--exercise", "tensors")
    assert result.exit_code == 2
    assert "holds no hidden suites" in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_told(course: Path, tmp_path: Path) -> None:
    path = tmp_path / "twice.py"
    path.write_text(REFERENCE)
    path.chmod(0)
    result = run(course, path)
    assert result.exit_code == 2
    assert "twice.py" in result.stderr


def test_a_broken_course_file_is_told_with_its_place(
    tmp_path: Path, squared: Path, write_course: Callable[..., Path]
) -> None:
    course = write_course(tmp_path, {"twice": {"exercise.toml": "title = 3\n"}})
    result = run(course, squared)
    assert result.exit_code == 3
    assert "exercise.toml" in result.stderr
