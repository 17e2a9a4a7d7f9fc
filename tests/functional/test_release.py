import json
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

from grader.cli import grade
from grader.course import load_course

FILES = {
    "course.toml": """
name = "small"
title = "Small"
version = "1"
exercises = ["bends", "lines"]
""",
    "bends/exercise.toml": 'title = "Bends"\n[functions.relu]\npoints = 2\n',
    "bends/bends.py": '''import torch


def relu(x):
    """Keep what is positive."""
    # BEGIN SOLUTION
    return torch.clamp(x, min=0)
    # END SOLUTION
''',
    "bends/test_public.py": """import torch


def test_relu_keeps_what_is_positive(agree):
    agree("relu", torch.tensor([-1.0, 0.5, 2.25]))
""",
    "lines/exercise.toml": 'title = "Lines"\n[functions.slope]\npoints = 1\n',
    "lines/lines.py": '''def slope(x, y):
    """Rise by run."""
    # BEGIN SOLUTION
    return y / x
    # END SOLUTION
''',
    "lines/test_public.py": """def test_slope_of_a_hill(agree):
    agree("slope", 2.0, 7.0)
""",
    "lines/test_hidden.py": """def test_slope_of_a_secret(agree):
    agree("slope", 1.0, -12345.0)
""",
    "bends/test_hidden.py": """import torch


def test_relu_of_a_secret(agree):
    agree("relu", torch.tensor([-12345.0]))
""",
}


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with an authors' course, and the author in it."""
    for name, text in FILES.items():
        path = tmp_path / "solutions" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def release(*arguments: str) -> Result:
    return CliRunner().invoke(grade, ["release", *arguments])


def test_what_students_get_is_made_and_then_does_not_drift(repository: Path) -> None:
    result = release()
    assert result.exit_code == 0, result.output
    assert "wrote   bends/bends.py" in result.stdout
    course = load_course(repository / "exercises")
    assert course.is_released
    exercise = course.exercises[0]
    assert "relu: write your answer here" in exercise.reference_path.read_text()
    assert "2.25" in exercise.recording_path.read_text()
    assert "3.5" in course.exercises[1].recording_path.read_text()
    released = [path for path in (repository / "exercises").rglob("*") if path.is_file()]
    assert not any(b"12345" in path.read_bytes() for path in released)
    assert not any(b"clamp" in path.read_bytes() for path in released)

    before = {path: path.read_bytes() for path in released}
    result = release("--check")
    assert (result.exit_code, result.stdout) == (0, ""), result.output
    assert "Up to date:" in result.stderr
    again = release()
    assert "0 written, 0 removed" in again.stderr
    assert {path: path.read_bytes() for path in before} == before


def test_a_notebook_lies_beside_the_file_and_must_not_drift(repository: Path) -> None:
    assert release().exit_code == 0
    notebook = repository / "exercises" / "bends" / "bends.ipynb"
    cells = json.loads(notebook.read_bytes())["cells"]
    assert "relu: write your answer here" in "".join(cells[0]["source"])
    assert "grade check bends.ipynb" in "".join(cells[-1]["source"])
    notebook.write_bytes(notebook.read_bytes().replace(b"positive", b"negative"))
    result = release("--check")
    assert result.exit_code == 1
    assert result.stdout.startswith("changed bends/bends.ipynb (line ")
    assert release().exit_code == 0
    assert json.loads(notebook.read_bytes())["cells"] == cells


def test_a_folder_that_was_released_without_notebooks_gets_them(repository: Path) -> None:
    assert release().exit_code == 0
    listing = repository / "exercises" / ".release.json"
    (repository / "exercises" / "bends" / "bends.ipynb").unlink()
    listing.write_text(listing.read_text().replace('  "bends/bends.ipynb",\n', ""))
    assert release("--check").stdout.splitlines() == [
        "changed .release.json (line 5)",
        "missing bends/bends.ipynb",
    ]
    assert release().exit_code == 0
    assert release("--check").exit_code == 0


def test_what_is_written_in_the_notebook_can_be_checked_and_handed_in(repository: Path) -> None:
    assert release().exit_code == 0
    folder = repository / "exercises" / "bends"
    notebook = folder / "bends.ipynb"
    prompt = 'raise NotImplementedError(\\"relu: write your answer here\\")'
    text = notebook.read_text()
    assert prompt in text
    notebook.write_text(text.replace(prompt, "return x * (x > 0)"))
    assert run("grade", "check", "bends.py", cwd=folder).returncode == 1
    done = run("grade", "check", "bends.ipynb", cwd=folder)
    assert done.returncode == 0, done.stdout
    assert "2 of 2 points" in done.stdout
    done = run("grade", "submit", "bends", "--student", "ada", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert [name for name in ZipFile(folder / "submission.zip").namelist() if "bends" in name] == [
        "bends.ipynb"
    ]


def run(program: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a program of this environment, as the notebook's last cell says."""
    path = Path(sys.executable).parent / program
    return subprocess.run(
        [str(path), *arguments], cwd=cwd, capture_output=True, text=True, check=False, timeout=120
    )


def test_drift_is_told_by_file_and_nothing_is_written(repository: Path) -> None:
    assert release().exit_code == 0
    stub = repository / "exercises" / "bends" / "bends.py"
    stub.write_text(stub.read_text().replace("positive", "negative"))
    (repository / "exercises" / "bends" / "test_public.py").unlink()
    (repository / "exercises" / "own.txt").touch()
    result = release("--check")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "changed bends/bends.py (line 5)",
        "missing bends/test_public.py",
        "extra   own.txt",
    ]
    assert "3 files of" in result.stderr
    assert "negative" in stub.read_text()


def test_a_folder_with_other_files_is_left_alone(repository: Path) -> None:
    (repository / "exercises").mkdir()
    (repository / "exercises" / "thesis.tex").write_text("years of work")
    result = release()
    assert result.exit_code == 2
    assert "holds files that no release made: thesis.tex" in result.stderr
    assert [path.name for path in (repository / "exercises").iterdir()] == ["thesis.tex"]


@pytest.mark.usefixtures("repository")
def test_the_course_itself_is_never_overwritten() -> None:
    for target in ("solutions", "solutions/exercises", "."):
        result = release("--to", target)
        assert result.exit_code == 2
        assert "cannot lie in the course's own folder" in result.stderr


def test_the_students_copy_cannot_be_released_again(repository: Path) -> None:
    assert release().exit_code == 0
    result = release("--course", "exercises", "--to", "elsewhere")
    assert result.exit_code == 2
    assert "it is the students' copy" in result.stderr
    assert not (repository / "elsewhere").exists()


def test_a_broken_marker_is_told_with_file_and_line_and_exit_code_3(repository: Path) -> None:
    path = repository / "solutions" / "bends" / "bends.py"
    path.write_text(path.read_text().replace("    # END SOLUTION\n", ""))
    result = release()
    assert result.exit_code == 3
    assert f"{path}:6: BEGIN SOLUTION without an END SOLUTION" in result.stderr
    assert not (repository / "exercises").exists()


def test_it_runs_as_a_program_from_anywhere(repository: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "grader", "release", "--course", str(repository)],
        cwd="/",
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert b"\x1b" not in done.stdout + done.stderr
    assert (tmp_path / "exercises" / "course.toml").exists()
