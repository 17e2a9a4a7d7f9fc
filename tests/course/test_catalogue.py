"""What the course promises, held against what it has."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from grader.course import Course, Exercise, load_course
from grader.suite.oracle import Misconception

ROOT = Path(__file__).resolve().parents[2]
COURSE = load_course(ROOT / "solutions")
EXERCISES = {exercise.name: exercise for exercise in COURSE.exercises}

POINTS = {
    "tensors": 8,
    "shapes": 10,
    "masks": 12,
    "images": 10,
    "neuron": 14,
    "learning": 18,
    "activations": 14,
    "pipeline": 14,
}
CATALOGUE = {
    "make_deliveries": (2, "INT COL"),
    "pixel_count": (1, "HARD"),
    "describe": (1, ""),
    "to_float32": (2, "VIEW"),
    "single_input": (2, "COL INT"),
    "flatten_images": (2, "RSH"),
    "nchw_to_nhwc": (3, "TRN RSH"),
    "stack_features": (3, "RSH INT"),
    "split_targets": (2, "COL VIEW"),
    "column": (1, "COL"),
    "rush_hour": (4, "EDGE CHAIN PREC FLIP INT"),
    "is_late": (2, "EDGE COL"),
    "select_late": (2, "COL LOOP"),
    "grid_pick": (3, "COL"),
    "normalize_image": (2, "INT LOOP VIEW"),
    "brighten": (3, "OVF LOOP"),
    "to_gray": (2, "DIM COL LOOP"),
    "standardize": (3, "DIM KD"),
    "neuron": (2, "DET BIAS"),
    "neuron_multi": (3, "COL DIM LOOP"),
    "layer": (3, "RSH DET"),
    "count_params": (2, "BIAS HARD"),
    "compose_linear": (3, "BIAS"),
    "can_deliver": (1, "HARD EDGE"),
    "mse": (2, "COL SUM DET"),
    "mse_grads": (3, "SUM UP"),
    "sgd_step": (2, "UP VIEW LNG"),
    "autograd_grads": (3, "ZG DET"),
    "train_neuron": (5, "ZG ZA LNG SUM HARD GLB"),
    "predict_time": (1, "HARD"),
    "max_stable_lr": (2, ""),
    "relu": (2, "VIEW LOOP F64"),
    "leaky_relu": (2, "EDGE"),
    "sigmoid": (3, "OVF"),
    "tanh": (2, "OVF"),
    "softmax": (4, "DIM KD GMAX OVF"),
    "relu_bend": (1, "UP"),
    "prepare": (2, "DIM COL"),
    "split": (2, "RNG"),
    "build_model": (2, "RNG"),
    "train_step": (3, "ZG ZA GLB"),
    "fit": (2, "GLB"),
    "predict_minutes": (2, "LEAK COL"),
    "evaluate": (1, "DET"),
}
"""Each function with its points and the mistakes that must be named."""


@pytest.mark.parametrize(("exercise", "points"), POINTS.items())
def test_points_of_an_exercise_add_up_to_the_catalogues(
    exercise: str, points: float, course: Course
) -> None:
    assert course.exercise(exercise).max_points == points


def test_every_function_is_worth_what_the_catalogue_says(course: Course) -> None:
    worth = {f.name: f.points for exercise in course.exercises for f in exercise.functions}

    assert worth == {name: points for name, (points, _) in CATALOGUE.items()}


@pytest.mark.parametrize("function", CATALOGUE)
def test_every_mistake_that_must_be_named_has_a_misconception(function: str) -> None:
    codes = {
        misconception.mistake.code
        for exercise in COURSE.exercises
        for misconception in map(Misconception, exercise.misconception_paths)
        if misconception.mistake.function == function
    }

    assert set(CATALOGUE[function][1].split()) <= codes


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda exercise: exercise.name)
def test_every_function_has_a_public_and_a_hidden_test(exercise: Exercise) -> None:
    names = {function.name for function in exercise.functions}

    for path in (exercise.public_suite_path, exercise.hidden_suite_path):
        assert {exercise.function_of(name).name for name in _tests(path)} == names


def test_exercises_are_as_they_would_be_released_now(course: Course) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "grader", "release", "--check", "--course", str(course.root)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def _tests(path: Path) -> list[str]:
    return [
        node.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
