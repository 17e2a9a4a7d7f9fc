"""`--device` on the command line: what is refused before anything starts."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from grader.cli import check, run
from grader.cli import grade as command_line
from grader.course import Course
from grader.errors import DeviceError

FILES = {"test_hidden.py": "def test_f(agree):\n    agree('f', 1)\n"}
HEAD = 'title = "Places"\n'
POINTS = "[functions.f]\npoints = 1\n"
DEVICES = {"here": "", "there": 'device = "cuda"\n'}


@pytest.fixture(scope="module")
def course(
    tmp_path_factory: pytest.TempPathFactory, build_course: Callable[[Path, Any], Course]
) -> Course:
    """An exercise that is graded on the CPU, and one that is graded on a GPU."""
    exercises = {
        name: {**FILES, "exercise.toml": HEAD + device + POINTS, f"{name}.py": "def f(x): return x"}
        for name, device in DEVICES.items()
    }
    return build_course(tmp_path_factory.mktemp("course"), exercises)


def invoke(course: Course, command: str, *arguments: object) -> Result:
    words = [command, "--course", str(course.root), *map(str, arguments)]
    return CliRunner().invoke(command_line, words)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, set[str]]]:
    """What was made sure of, in place of doing so; then nothing is started."""
    seen: list[tuple[str, set[str]]] = []

    def resolve(device: str, of_record: Iterable[str] = ()) -> tuple[()]:
        seen.append((device, set(of_record)))
        return ()

    def stop(*_: object, **__: object) -> None:
        raise DeviceError("stopped here")

    for command in (check, run):
        monkeypatch.setattr(command, "resolve_device", resolve)
        monkeypatch.setattr(command, "Confinement", stop)
    return seen


@pytest.mark.parametrize(
    "command",
    [["check"], ["run", "here.py"], ["batch", "."], ["verify"]],
    ids=lambda words: words[0],
)
def test_a_device_that_is_not_there_is_told_by_every_command(
    course: Course, command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here.py").write_text("def f(x): return x\n")
    monkeypatch.chdir(tmp_path)
    result = invoke(course, *command, "--device", "cuda:77")
    assert result.exit_code == 3
    assert "--device cuda:77: torch" in result.stderr
    assert "--device cpu always works" in result.stderr
    assert result.stdout == ""
    assert [path.name for path in tmp_path.iterdir()] == ["here.py"]


@pytest.mark.parametrize(
    "command",
    [["check"], ["run", "there.py"], ["batch", "."], ["verify"]],
    ids=lambda words: words[0],
)
def test_another_kind_of_device_than_an_exercise_names_is_usage(
    course: Course, command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "there.py").write_text("def f(x): return x\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(run, "resolve_device", lambda *_: ())  # as if there were such a device
    result = invoke(course, *command, "--device", "mps")
    assert result.exit_code == 2
    assert '--device mps: an exercise says `device = "cuda"`' in result.stderr
    assert "Ask for auto or cuda; --device cpu grades everything on the CPU." in result.stderr


def test_a_check_makes_sure_of_what_its_exercises_name(
    course: Course, asked: list[tuple[str, set[str]]]
) -> None:
    invoke(course, "check", "there")
    invoke(course, "check", "--device", "cpu")
    assert asked == [("auto", {"cuda"}), ("cpu", {"cpu", "cuda"})]


@pytest.mark.usefixtures("asked")
def test_where_one_exercise_wants_a_device_in_vain_the_others_are_checked(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise DeviceError("no CUDA device here")

    monkeypatch.setattr(check, "resolve_device", refuse)
    alone, both = invoke(course, "check", "there"), invoke(course, "check")
    assert (alone.exit_code, both.exit_code) == (3, 3)
    assert ("Error: no CUDA" in alone.stderr, "stopped here" in alone.stderr) == (True, False)
    assert ("No device: no CUDA" in both.stderr, "stopped here" in both.stderr) == (True, True)


@pytest.mark.parametrize(
    ("device", "expected"), [("mps", [("mps", set())]), ("auto", [("auto", {"cpu"})])]
)
def test_devices_are_looked_for_once_for_a_single_submission(
    course: Course,
    asked: list[tuple[str, set[str]]],
    tmp_path: Path,
    device: str,
    expected: list[tuple[str, set[str]]],
) -> None:
    (tmp_path / "here.py").write_text("def f(x): return x\n")
    result = invoke(course, "run", tmp_path / "here.py", "--device", device)
    assert "stopped here" in result.stderr
    assert asked == expected


@pytest.mark.parametrize("command", [["check", "here"], ["run", "here.py"], ["verify", "here"]])
def test_where_workers_cannot_be_had_at_all_every_command_says_so(
    course: Course, command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here.py").write_text("def f(x): return x\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("grader.worker.ignition.sys.platform", "darwin")
    result = invoke(course, *command, *([] if command[0] == "check" else ["--allow-unsandboxed"]))
    assert result.exit_code == 3
    assert "student code runs on Linux only, and this is darwin" in result.stderr
