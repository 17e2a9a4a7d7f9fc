import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner, Result

from grader.cli import COMMANDS, grade
from grader.errors import CourseError, IntakeError, UsageError

Invoke = Callable[..., Result]


@pytest.fixture
def invoke(monkeypatch: pytest.MonkeyPatch) -> Invoke:
    """Run `grade probe`, a command that ends as the test says."""

    def run(outcome: object, *options: str) -> Result:
        @click.command("probe")
        def command() -> object:
            if isinstance(outcome, BaseException):
                raise outcome
            return outcome

        monkeypatch.setitem(COMMANDS, "probe", "Probe.")
        monkeypatch.setitem(sys.modules, "grader.cli.probe", SimpleNamespace(command=command))
        return CliRunner().invoke(grade, [*options, "probe"])

    return run


@pytest.mark.parametrize(
    ("outcome", "code", "words"),
    [
        (None, 0, ""),
        (0, 0, ""),
        (1, 1, ""),
        (UsageError("say which"), 2, "Error: say which\n"),
        (IntakeError("not a zip"), 2, "Error: not a zip\n"),
        (CourseError("course.toml:3"), 3, "Error: course.toml:3\n"),
        (click.ClickException("what"), 2, "what"),
        (click.BadParameter("what"), 2, "what"),
        (KeyboardInterrupt(), 130, "Stopped: what was graded is kept."),
        (SystemExit(3), 3, ""),
    ],
)
def test_each_end_of_a_command_has_its_exit_code(
    invoke: Invoke, outcome: object, code: int, words: str
) -> None:
    result = invoke(outcome)
    assert result.exit_code == code
    assert words in result.stderr
    assert result.stdout == ""


def test_what_nobody_foresaw_is_called_our_fault(
    invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    result = invoke(ZeroDivisionError("oh"))
    assert result.exit_code == 3
    assert "This is a fault of grade, not yours: ZeroDivisionError: oh" in result.stderr
    assert "Traceback" not in result.stderr
    assert len(list(tmp_path.iterdir())) == 1
    assert "Traceback" in invoke(ZeroDivisionError("oh"), "--debug").stderr


def test_help_lists_every_command_and_its_summary() -> None:
    result = CliRunner().invoke(grade, ["--help"])
    assert result.exit_code == 0
    for name, summary in COMMANDS.items():
        assert name in result.stdout
        assert summary in result.stdout


def test_an_unknown_command_is_a_usage_error_with_the_closest_name() -> None:
    result = CliRunner().invoke(grade, ["relase"])
    assert result.exit_code == 2
    assert "There is no command `relase`. Did you mean `release`?" in result.stderr


def test_an_unknown_option_is_a_usage_error() -> None:
    assert CliRunner().invoke(grade, ["--nonsense"]).exit_code == 2


def test_version_is_told() -> None:
    assert CliRunner().invoke(grade, ["--version"]).stdout.startswith("grade, version 0.")


@pytest.mark.parametrize("arguments", [["--help"], ["submit", "--help"], ["release", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\n"
        "from grader.cli import grade\n"
        f"try: grade({arguments!r})\n"
        "except SystemExit: pass\n"
        "heavy = {'torch', 'sqlalchemy', 'numpy', 'pytest', 'matplotlib', 'jinja2'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stderr == "[]\n"


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "grader", "nonsense"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert "There is no command `nonsense`" in done.stderr
