"""`grade check` as a student meets it: a copy of `exercises/` and nothing else, at midnight."""

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from click.testing import CliRunner

from grader.cli import grade as command_line
from grader.course import load_course

Grade = Callable[..., CompletedProcess[str]]

PLOTS = (
    "import sys\nfrom importlib.util import find_spec\n"
    "assert not find_spec('matplotlib') or 'matplotlib.pyplot' in sys.modules"
)
"""Fails unless what plots was imported before any cell."""


def fresh_copy(project: Path, folder: Path) -> Path:
    shutil.copytree(project / "exercises", folder)
    return folder


def hand_in(project: Path, student: str, exercise: str, course: Path) -> None:
    source = project / "tests" / "assets" / "submissions" / student / f"{exercise}.py"
    shutil.copy(source, course / exercise / f"{exercise}.py")


def work_in_a_notebook(project: Path, student: str, exercise: str, course: Path) -> None:
    """As `hand_in`, but into a cell of the notebook that was given out."""
    source = project / "tests" / "assets" / "submissions" / student / f"{exercise}.py"
    path = course / exercise / f"{exercise}.ipynb"
    document = json.loads(path.read_text())
    cell = {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": []}
    magics = cell | {"id": "magics", "source": f"{PLOTS}\n%matplotlib inline\n!pip install torch"}
    work = cell | {"id": "work", "source": source.read_text()}
    document["cells"] += [magics, work]
    path.write_text(json.dumps(document))


Document = dict[str, Any]


def document_of(done: CompletedProcess[str]) -> list[Document]:
    found = json.loads(done.stdout)
    results = found if isinstance(found, list) else found.get("results", [found])
    assert isinstance(results, list)
    return results


@pytest.fixture(scope="module")
def everything(
    tmp_path_factory: pytest.TempPathFactory, project: Path, grade: Grade
) -> tuple[int, dict[str, Document], str]:
    """Right, wrong and not begun, in one go."""
    course = fresh_copy(project, tmp_path_factory.mktemp("everything") / "course")
    hand_in(project, "yuki-tanaka", "tensors", course)
    hand_in(project, "chen-yifan", "activations", course)
    done = grade("check", "--format", "json", cwd=course)
    results = {result["exercise"]: result for result in document_of(done)}
    return done.returncode, results, done.stderr


def test_everything_in_the_folder_is_checked(
    everything: tuple[int, dict[str, Document], str], project: Path
) -> None:
    code, results, _ = everything
    assert code == 1
    assert list(results) == [each.name for each in load_course(project / "exercises").exercises]
    assert {result["status"] for result in results.values()} == {"graded"}
    assert {result["schema_version"] for result in results.values()} == {1}


def test_right_answers_pass(everything: tuple[int, dict[str, Document], str]) -> None:
    _, results, _ = everything
    assert results["tensors"]["points"] == results["tensors"]["max_points"] == 8
    assert {test["verdict"] for test in results["tensors"]["tests"]} == {"PASSED"}


def test_a_stub_is_not_begun(everything: tuple[int, dict[str, Document], str]) -> None:
    _, results, _ = everything
    assert results["learning"]["points"] == 0
    assert {test["verdict"] for test in results["learning"]["tests"]} == {"NOT_ATTEMPTED"}


def test_a_mistake_is_named_on_a_machine_without_solutions(
    everything: tuple[int, dict[str, Document], str],
) -> None:
    _, results, _ = everything
    failed = [test for test in results["activations"]["tests"] if test["verdict"] != "PASSED"]
    assert failed
    assert {test["function"] for test in failed} == {"softmax"}
    assert {test["diagnosis"] for test in failed} == {"KD"}
    for test in failed:
        assert test["diagnosis_title"]
        assert test["diagnosis_hint"]
        assert test["visibility"] == "visible"
        assert test["points"] == 0 < test["max_points"]


BROKEN = {
    "tensors": "import torch\n\ndef make_deliveries(miles, minutes)\n    return torch.zeros(1)\n",
    "activations": "import torch\nprint('here')\nplot(relu)\n\ndef relu(x):\n"
    "    return torch.where(x > 0.0, x, x * 0 - 1)\n",
}


@pytest.fixture(scope="module")
def mishaps(
    tmp_path_factory: pytest.TempPathFactory, project: Path, grade: Grade
) -> CompletedProcess[str]:
    """A syntax error, a missing file, and a file that half works, told in words."""
    course = fresh_copy(project, tmp_path_factory.mktemp("mishaps") / "course")
    for exercise, text in BROKEN.items():
        (course / exercise / f"{exercise}.py").write_text(text)
    for name in ("learning.py", "learning.ipynb"):
        (course / "learning" / name).unlink()
    return grade("check", cwd=course)


def section(done: CompletedProcess[str], title: str) -> str:
    """What was said of one exercise, on one line."""
    titles = ["Data as tensors", "How a neuron learns", "Activations"]
    start = done.stdout.index(title)
    later = [done.stdout.index(each) for each in titles if done.stdout.find(each) > start]
    return " ".join(done.stdout[start : min(later, default=None)].split())


def test_points_lost_are_exit_code_1(mishaps: CompletedProcess[str]) -> None:
    assert mishaps.returncode == 1
    assert "\x1b" not in mishaps.stdout


def test_a_syntax_error_is_told_with_its_line(mishaps: CompletedProcess[str]) -> None:
    said = section(mishaps, "Data as tensors")
    assert "0 of 8 points" in said
    assert "Line 3 failed while loading: SyntaxError" in said
    assert "def make_deliveries(miles, minutes)" in said
    assert "tensors.py is not valid Python: look at line 3." in said


def test_a_missing_file_is_told_by_name(mishaps: CompletedProcess[str]) -> None:
    said = section(mishaps, "How a neuron learns")
    assert "0 of 18 points" in said
    assert "Neither learning.py nor learning.ipynb was handed in." in said


def test_a_wrong_answer_is_told_in_the_terms_of_tensors(mishaps: CompletedProcess[str]) -> None:
    said = section(mishaps, "Activations")
    assert "Line 3 failed while loading: NameError: name 'plot' is not defined" in said
    assert "✗ wrong Zeroes what is negative" in said
    assert "The result has the right shape and dtype, but wrong values." in said
    assert "call relu(tensor([[-0.95, 2.5, -3], [4, -0.5, 1.5]]))" in said
    assert "expected float32 [2, 3] [[0, 2.5, 0], [4, 0, 1.5]]" in said
    assert "got float32 [2, 3] [[-1, 2.5, -1], [4, -1, 1.5]]" in said
    assert "first wrong at [0, 0] of float32 [2, 3]: expected 0, got -1; 3 of 6 wrong" in said
    assert "largest error 1" in said
    assert "hint Which numbers stay, and what becomes of the others?" in said
    assert "activations.py defines no function sigmoid." in said


def test_one_right_file_is_exit_code_0(tmp_path: Path, project: Path, grade: Grade) -> None:
    course = fresh_copy(project, tmp_path / "course")
    hand_in(project, "yuki-tanaka", "tensors", course)
    done = grade("check", "tensors.py", "--format", "json", cwd=course / "tensors")
    assert done.returncode == 0
    (result,) = document_of(done)
    assert (result["exercise"], result["points"]) == ("tensors", 8)
    assert result["sandbox_tier"] in {"full", "guarded", "none"}


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Path:
    """A course in which one exercise was solved in the notebook, and another in the file."""
    course = fresh_copy(project, tmp_path_factory.mktemp("notebooks") / "course")
    work_in_a_notebook(project, "yuki-tanaka", "tensors", course)
    hand_in(project, "chen-yifan", "activations", course)
    return course


def test_a_notebook_is_checked_as_a_file_is(notebooks: Path, grade: Grade) -> None:
    done = grade("check", "tensors.ipynb", "--format", "json", cwd=notebooks / "tensors")
    (result,) = document_of(done)
    assert (done.returncode, result["points"], result["filename"]) == (0, 8, "tensors.ipynb")
    assert result["load_problems"] == []
    assert "Not run, as there is no shell" in result["notes"][0]
    assert "is defined in cells" in result["notes"][1]


def test_of_an_exercise_the_one_is_checked_that_was_worked_on(
    notebooks: Path, grade: Grade
) -> None:
    done = grade("check", "--format", "json", cwd=notebooks)
    results = {result["exercise"]: result for result in document_of(done)}
    assert results["tensors"]["points"] == 8
    assert results["tensors"]["notes"][0] == (
        "There are `tensors.ipynb` and `tensors.py`. Taken: `tensors.ipynb`, for no function is "
        "written in `tensors.py` yet."
    )
    assert results["activations"]["filename"] == "activations.py"
    assert "no function is written in `activations.ipynb`" in results["activations"]["notes"][0]
    assert {test["verdict"] for test in results["learning"]["tests"]} == {"NOT_ATTEMPTED"}


@pytest.fixture
def watching(
    tmp_path: Path, project: Path, surroundings: Mapping[str, str]
) -> Iterator[tuple[Path, subprocess.Popen[str]]]:
    course = fresh_copy(project, tmp_path / "course")
    command = [sys.executable, "-m", "grader", "check", "tensors", "--watch", "--format", "json"]
    # Buffered, what is printed would be seen at the end, and there is none.
    with subprocess.Popen(
        command,
        cwd=course,
        env={**surroundings, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        yield course, process
        process.send_signal(signal.SIGINT)


def next_result(process: subprocess.Popen[str]) -> Document:
    """What is printed next, as soon as it is whole."""
    assert process.stdout is not None
    text = ""
    for line in process.stdout:
        text += line
        if line.rstrip("\n") == "}" or line.rstrip().endswith("}"):
            try:
                found: Document = json.loads(text)
            except json.JSONDecodeError:
                continue
            return found
    raise AssertionError(f"it ended: {text}")


def test_whichever_is_saved_is_checked_again(
    watching: tuple[Path, subprocess.Popen[str]], project: Path
) -> None:
    course, process = watching
    assert next_result(process)["points"] == 0
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("Watching:"):
            break
    work_in_a_notebook(project, "yuki-tanaka", "tensors", course)
    result = next_result(process)
    assert (result["filename"], result["points"]) == ("tensors.ipynb", 8)


@pytest.mark.parametrize("change", ["number", "missing", "answers"])
def test_a_suite_that_was_changed_is_our_message_and_no_zero(
    tmp_path: Path, project: Path, grade: Grade, change: str
) -> None:
    course = fresh_copy(project, tmp_path / "course")
    hand_in(project, "yuki-tanaka", "tensors", course)
    suite = course / "tensors" / "test_public.py"
    if change == "number":
        suite.write_text(suite.read_text().replace("[0.5, 1.5, 4.5]", "[0.5, 1.5, 4.0]"))
    elif change == "missing":
        suite.unlink()
    else:
        suite.with_name("test_public.answers.json").write_text("{")
    done = grade("check", "tensors", "--format", "json", cwd=course)
    assert done.returncode == 3
    (result,) = document_of(done)
    assert (result["status"], result["points"]) == ("not_gradable", None)
    assert "Not your fault:" in done.stderr
    assert "anew" in done.stderr
    assert "tensors" in done.stderr


def test_a_device_that_is_not_there_is_told_and_nothing_is_left(
    tmp_path: Path, project: Path, grade: Grade
) -> None:
    course = fresh_copy(project, tmp_path / "course")
    done = grade("check", "tensors", "--device", "cuda:77", cwd=course)
    assert done.returncode == 3
    assert "--device cuda:77: torch" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("tensor", "`tensors`"),
        ("tensors/nothing.py", "there is no such file"),
        ("README.md", "the name belongs to no exercise"),
    ],
)
def test_what_is_not_there_is_usage(project: Path, what: str, said: str) -> None:
    course = str(project / "exercises")
    path = str(project / what) if what == "README.md" else what
    result = CliRunner().invoke(command_line, ["check", path, "--course", course])
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_without_a_course_there_is_nothing_to_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(command_line, ["check"])
    assert result.exit_code == 2
    assert "course" in result.stderr
