from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course import Course, Exercise, Function
from grader.errors import CourseError, UsageError
from grader.records import Limits

MakeCourse = Callable[..., Path]

EXERCISE = Exercise(
    name="learning",
    title="Learning",
    summary="",
    folder=Path("learning"),
    file="learning.py",
    functions=(
        Function(name="mse", points=2.0),
        Function(name="mse_grads", points=3.0),
        Function(name="tanh", points=0.5),
    ),
    limits=Limits(),
)
COURSE = Course(
    name="intro",
    title="Intro",
    version="1",
    root=Path(),
    exercises=(EXERCISE,),
    limits=Limits(),
)


@pytest.mark.parametrize(
    ("test", "function"),
    [
        ("test_mse", "mse"),
        ("test_mse_is_a_mean", "mse"),
        ("test_mse_grads", "mse_grads"),
        ("test_mse_grads_of_the_lecture", "mse_grads"),
        ("test_mse_gradsome", "mse"),
        ("test_mse_grads[mse-2]", "mse_grads"),
        ("test_mse[test_tanh]", "mse"),
    ],
)
def test_a_test_belongs_to_the_function_with_the_longest_fitting_name(
    test: str, function: str
) -> None:
    assert EXERCISE.function_of(test).name == function


@pytest.mark.parametrize("test", ["test_", "test_mses", "mse", "test_tan_h", "test"])
def test_a_test_of_no_function_is_an_error(test: str) -> None:
    with pytest.raises(CourseError, match=f"the test `{test}` belongs to no function"):
        EXERCISE.function_of(test)


def test_points_add_up() -> None:
    assert EXERCISE.max_points == 5.5
    assert COURSE.max_points == 5.5


def test_an_unknown_exercise_is_an_error_with_the_closest_name() -> None:
    with pytest.raises(UsageError, match=r"no exercise `lerning`\. Did you mean `learning`\?"):
        COURSE.exercise("lerning")
    assert COURSE.exercise("learning") is EXERCISE


def test_an_unknown_function_is_an_error_with_the_closest_name() -> None:
    with pytest.raises(UsageError, match=r"no function `tan`\. Did you mean `tanh`\?"):
        EXERCISE.function("tan")
    assert EXERCISE.function("tanh").points == 0.5


def test_misconceptions_come_in_a_fixed_order(make_course: MakeCourse) -> None:
    exercise = Exercise(
        name="bends",
        title="",
        summary="",
        folder=make_course() / "bends",
        file="bends.py",
        functions=(),
        limits=Limits(),
    )
    names = [path.name for path in exercise.misconception_paths]
    assert names == ["relu_view.py", "softmax_gmax.py"]
