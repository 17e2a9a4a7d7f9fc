from pathlib import Path

import pytest

from grader.course import Kind, find_course, resolve_course
from grader.errors import UsageError


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for kind in Kind:
        (tmp_path / kind / "bends").mkdir(parents=True)
        (tmp_path / kind / "course.toml").touch()
    return tmp_path


def test_course_is_found_from_a_folder_deep_inside_it(repository: Path) -> None:
    assert find_course(repository / "solutions" / "bends") == repository / "solutions"


def test_course_is_found_from_a_file(repository: Path) -> None:
    file = repository / "solutions" / "bends" / "bends.py"
    file.touch()
    assert find_course(file) == repository / "solutions"


@pytest.mark.parametrize("start", ["", "solutions", "solutions/bends", "exercises/bends"])
@pytest.mark.parametrize("kind", list(Kind))
def test_the_preferred_copy_is_taken_wherever_in_the_repository_one_stands(
    repository: Path, start: str, kind: Kind
) -> None:
    assert find_course(repository / start, prefer=kind) == repository / kind


def test_the_other_copy_is_taken_when_the_preferred_one_is_missing(tmp_path: Path) -> None:
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "course.toml").touch()
    assert find_course(tmp_path, prefer=Kind.SOLUTIONS) == tmp_path / "exercises"


def test_the_nearest_course_wins(repository: Path) -> None:
    inner = repository / "solutions" / "bends" / "own"
    inner.mkdir()
    (inner / "course.toml").touch()
    assert find_course(inner) == inner


def test_a_course_folder_may_have_any_name(tmp_path: Path) -> None:
    (tmp_path / "intro" / "bends").mkdir(parents=True)
    (tmp_path / "intro" / "course.toml").touch()
    found = find_course(tmp_path / "intro" / "bends", prefer=Kind.EXERCISES)
    assert found == tmp_path / "intro"


def test_no_course_anywhere_is_an_error_that_names_the_option(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no course\.toml in .*--course"):
        find_course(tmp_path)


def test_a_named_folder_is_taken_at_its_word(repository: Path) -> None:
    named = repository / "exercises"
    assert resolve_course(named, prefer=Kind.SOLUTIONS) == named
    assert resolve_course(named / "course.toml", prefer=Kind.SOLUTIONS) == named


def test_a_named_repository_gives_the_preferred_copy(repository: Path) -> None:
    assert resolve_course(repository, prefer=Kind.EXERCISES) == repository / "exercises"


def test_a_named_folder_is_not_searched_upward(repository: Path) -> None:
    with pytest.raises(UsageError, match=r"there is no course\.toml in it"):
        resolve_course(repository / "solutions" / "bends")


def test_a_named_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no such folder"):
        resolve_course(tmp_path / "nowhere")
