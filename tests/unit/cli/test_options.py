from pathlib import Path

import pytest

from grader.cli.options import open_course
from grader.course import Kind
from grader.errors import UsageError

COURSE = """
name = "small"
title = "Small"
version = "1"
exercises = ["bends"]
[exercise.bends]
title = "Bends"
[exercise.bends.functions.relu]
points = 1
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for kind in Kind:
        (tmp_path / kind / "bends").mkdir(parents=True)
        (tmp_path / kind / "course.toml").write_text(COURSE)
    return tmp_path


def test_a_course_is_found_from_the_current_folder(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository / "exercises" / "bends")
    assert open_course(None, Kind.EXERCISES).root == repository / "exercises"
    assert open_course(None, Kind.SOLUTIONS).root == repository / "solutions"


def test_a_named_course_is_taken_wherever_one_stands(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert open_course(repository, Kind.EXERCISES).root == repository / "exercises"
    with pytest.raises(UsageError, match=r"no course\.toml in"):
        open_course(None, Kind.EXERCISES)
