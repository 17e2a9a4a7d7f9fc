from collections.abc import Collection
from pathlib import Path

import pytest

from grader.course import Course, load_course
from grader.errors import UsageError
from grader.extension.request import Request, choose

COURSE = """
name = "small"
title = "Small"
version = "1"
exercises = ["tensors", "activations", "neuron"]
[exercise.tensors]
title = "T"
summary = ""
file = "tensors.py"
[exercise.tensors.functions]
count = { points = 1.0 }
shape = { points = 1.0 }
[exercise.activations]
title = "T"
summary = ""
file = "activations.py"
[exercise.activations.functions]
relu = { points = 1.0 }
sigmoid = { points = 1.0 }
[exercise.neuron]
title = "T"
summary = ""
file = "neuron.py"
[exercise.neuron.functions]
sigmoid = { points = 1.0 }
train = { points = 1.0 }
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    root = tmp_path_factory.mktemp("course")
    (root / "course.toml").write_text(COURSE)
    for name in ("tensors", "activations", "neuron"):
        (root / name).mkdir()
    return load_course(root)


def chosen(
    course: Course, line: str = "", defined: Collection[str] = (), folder: str = "."
) -> dict[str, tuple[str, ...]]:
    wishes = choose(course, Request.parse(line).words, defined, course.root / folder)
    return {wish.exercise.name: wish.functions for wish in wishes}


def refusal(
    course: Course, line: str = "", defined: Collection[str] = (), folder: str = "."
) -> str:
    with pytest.raises(UsageError) as refused:
        chosen(course, line, defined, folder)
    return str(refused.value)


def test_a_function_is_found_in_its_exercise(course: Course) -> None:
    assert chosen(course, "relu") == {"activations": ("relu",)}


def test_functions_of_several_exercises_are_sorted_out(course: Course) -> None:
    expected = {"tensors": ("count", "shape"), "activations": ("relu",)}
    assert chosen(course, "relu shape count") == expected


@pytest.mark.parametrize("line", ["activations", "activations.py", "activations.ipynb"])
def test_an_exercise_is_all_of_its_functions(course: Course, line: str) -> None:
    assert chosen(course, line) == {"activations": ("relu", "sigmoid")}


def test_brackets_behind_a_name_do_no_harm(course: Course) -> None:
    assert chosen(course, "relu()") == {"activations": ("relu",)}


def test_without_a_name_it_is_the_exercise_whose_functions_are_defined(course: Course) -> None:
    assert list(chosen(course, "", {"count", "helper"}, "neuron")) == ["tensors"]


def test_without_a_function_it_is_the_exercise_of_the_folder(course: Course) -> None:
    assert list(chosen(course, "", (), "neuron")) == ["neuron"]


def test_the_folder_decides_between_exercises_that_are_begun(course: Course) -> None:
    assert list(chosen(course, "", {"count", "relu"}, "activations")) == ["activations"]


def test_a_shared_function_begins_no_second_exercise(course: Course) -> None:
    assert list(chosen(course, "", {"relu", "sigmoid"})) == ["activations"]


def test_several_exercises_begun_are_asked_about(course: Course) -> None:
    said = refusal(course, "", {"count", "relu"})
    assert "functions of several exercises: `tensors`, `activations`" in said
    assert "`%check tensors`" in said


def test_nothing_begun_is_asked_about(course: Course) -> None:
    said = refusal(course)
    assert "Run the cells with your functions first" in said
    assert "There are `tensors`, `activations`, `neuron`." in said


def test_a_function_of_two_exercises_is_asked_about(course: Course) -> None:
    said = refusal(course, "sigmoid")
    assert "`sigmoid` belongs to `activations` and `neuron`" in said
    assert "`%check activations sigmoid`" in said


def test_a_function_of_two_exercises_is_told_apart_by_the_others(course: Course) -> None:
    assert chosen(course, "sigmoid", {"train", "sigmoid"}) == {"neuron": ("sigmoid",)}
    assert chosen(course, "neuron sigmoid") == {"neuron": ("sigmoid",)}
    assert chosen(course, "sigmoid", (), "neuron") == {"neuron": ("sigmoid",)}


def test_an_unknown_name_is_met_with_the_closest(course: Course) -> None:
    assert refusal(course, "reluu").endswith("Did you mean `relu`?")
    assert refusal(course, "activation").endswith("Did you mean `activations`?")
    assert refusal(course, "neuron relu") == (
        "exercise `neuron` has no function `relu`. Known: `sigmoid`, `train`."
    )


@pytest.mark.parametrize("line", ["--course folder relu", "relu --course=folder"])
def test_the_course_may_be_named(line: str) -> None:
    assert Request.parse(line) == Request(("relu",), "folder")


def test_a_folder_with_spaces_is_quoted() -> None:
    assert Request.parse("--course 'my folder'").course == "my folder"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("--course", "--course wants the course's folder"),
        ("--watch", "%check has no option --watch"),
        ("'relu", "a quotation mark is open"),
    ],
)
def test_what_is_not_understood_is_said(line: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        Request.parse(line)


def test_the_course_is_found_from_below(course: Course) -> None:
    assert Request(()).course_folder(course.root / "neuron") == course.root
    assert Request((), "..").course_folder(course.root / "neuron") == course.root


def test_no_course_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no course was found in .* `%check --course PATH`"):
        Request(()).course_folder(tmp_path)
