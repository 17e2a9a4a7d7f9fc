from __future__ import annotations

import ast
import textwrap
from pathlib import Path

import pytest

from grader.course import Exercise, load_course
from grader.errors import CourseError, MarkerError
from grader.verify.mutants import Mutant, mutants

COURSE = load_course(Path(__file__).resolve().parents[3] / "solutions")


def _reference(*lines: str, signature: str = "x, n=2, flag=False") -> str:
    body = textwrap.indent("\n".join(["# BEGIN SOLUTION", *lines, "# END SOLUTION"]), "    ")
    return f'import torch\n\n\ndef f({signature}):\n    """Double."""\n{body}\n'


def _mutants(*lines: str) -> tuple[Mutant, ...]:
    return mutants(_reference(*lines), "f.py", [])


def _names(*lines: str) -> list[str]:
    return [mutant.name for mutant in _mutants(*lines)]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("return x + n", ["x + n → x - n"]),
        ("return x ** n", ["x ** n → x * n"]),
        ("return x @ n", ["x @ n → x * n"]),
        ("x -= n", ["x -= n → x += n", "x -= n → pass"]),
        ("return x > n", ["x > n → x >= n", "x > n → x <= n", "x > n → x != n"]),
        ("return x == n", ["x == n → x != n", "x == n → x <= n", "x == n → x >= n"]),
        ("return x is None", ["x is None → x is not None"]),
        ("return x and n", ["x and n → x or n"]),
        ("return not flag", ["return not flag → return flag"]),
        ("return -x * n", ["-x * n → -x / n", "-x * n → x * n"]),
    ],
)
def test_operators_and_boundaries_are_exchanged(line: str, names: list[str]) -> None:
    assert _names(line) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("total = 3", ["total = 3 → total = 4", "total = 3 → total = 2"]),
        ("y = 0.5", ["y = 0.5 → y = 1.5", "y = 0.5 → y = -0.5"]),
        ("y = 1", ["y = 1 → y = 2", "y = 1 → y = 0", "y = 1 → y = -1"]),
        ("y = True", ["y = True → y = False"]),
    ],
)
def test_constants_are_one_off_nothing_and_negated(line: str, names: list[str]) -> None:
    assert set(names) <= set(_names(line))


def test_a_negative_constant_is_one_number() -> None:
    assert _names("return x[-1]") == ["x[-1] → x[0]", "x[-1] → x[-2]", "x[-1] → x[1]"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (
            "return x.sum(dim=1, keepdim=True)",
            [
                "x.sum(dim=1, keepdim=True) → x",
                "x.sum(dim=1, keepdim=True) → x.sum(keepdim=True)",
                "x.sum(dim=1, keepdim=True) → x.sum(dim=1)",
                "x.sum(dim=1, keepdim=True) → x.mean(dim=1, keepdim=True)",
                "x.sum(dim=1, keepdim=True) → x.sum(dim=2, keepdim=True)",
                "x.sum(dim=1, keepdim=True) → x.sum(dim=0, keepdim=True)",
                "x.sum(dim=1, keepdim=True) → x.sum(dim=-1, keepdim=True)",
                "x.sum(dim=1, keepdim=True) → x.sum(dim=1, keepdim=False)",
            ],
        ),
        (
            "return x.softmax(dim=n)",
            [
                "x.softmax(dim=n) → x",
                "x.softmax(dim=n) → x.softmax()",
                "x.softmax(dim=n) → x.softmax(dim=0)",
                "x.softmax(dim=n) → x.softmax(dim=-1)",
            ],
        ),
        (
            "return torch.clamp(x, min=n)",
            [
                "torch.clamp(x, min=n) → x",
                "torch.clamp(x, min=n) → torch.clamp(x)",
                "torch.clamp(x, min=n) → torch.clamp(x, max=n)",
            ],
        ),
        (
            "return x.var(unbiased=flag)",
            [
                "x.var(unbiased=flag) → x",
                "x.var(unbiased=flag) → x.var()",
                "x.var(unbiased=flag) → x.std(unbiased=flag)",
            ],
        ),
        ("return x.clone()", ["x.clone() → x"]),
        ("return torch.exp(x)", ["torch.exp(x) → x"]),
        ("return max(x, n)", ["max(x, n) → x", "max(x, n) → min(x, n)", "max(x, n) → max(x)"]),
        ("return self.hidden(x)", ["self.hidden(x) → x"]),
        (
            "return f(x, n)",
            ["f(x, n) → x", "f(x, n) → f(x)", "f(x, n) → f(n, x)"],
        ),
        ("return x.T", ["x.T → x"]),
        (
            "return range(n)",
            ["range(n) → range(n + 1)", "range(n) → range(n - 1)"],
        ),
    ],
)
def test_calls_lose_and_exchange_what_they_are_given(line: str, names: list[str]) -> None:
    assert [name.replace("return ", "") for name in _names(line)] == names


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["n.zero_grad()"], ["n.zero_grad() → pass"]),
        (["raise ValueError(f'{x} and {n + 1}')"], ["raise ValueError(…) → pass"]),
        (["assert x"], ["assert x → pass"]),
        (["x.grad = None"], ["x.grad = None → pass"]),
        (["x = n"], ["x = n → pass"]),
        (["fresh = n"], []),
        (["x = x.double()"], ["x.double() → x"]),
        (["for i in x:", "    break"], ["break → pass"]),
    ],
)
def test_statements_that_nobody_reads_from_are_removed(lines: list[str], names: list[str]) -> None:
    assert _names(*lines) == names


def test_a_condition_is_turned_round_once() -> None:
    lines = ["if flag:", "    x = n"]

    assert _names(*lines) == ["flag → not flag", "x = n → pass"]
    assert _names(*["if not flag:", "    x = n"]) == ["not flag → flag", "x = n → pass"]


def test_gradients_are_recorded_where_they_should_not() -> None:
    lines = ["with torch.no_grad():", "    return x"]

    assert _names(*lines) == ["torch.no_grad() → torch.enable_grad()"]


def test_a_slice_loses_or_moves_its_bounds() -> None:
    assert _names("return x[1:n]") == [
        "x[1:n] → x[:n]",
        "x[1:n] → x[1:]",
        "x[1:n] → x[1:n + 1]",
        "x[1:n] → x[1:n - 1]",
        "x[1:n] → x[2:n]",
        "x[1:n] → x[0:n]",
        "x[1:n] → x[-1:n]",
    ]


def test_returned_neighbours_are_exchanged() -> None:
    assert _names("return x, n, flag") == [
        "(x, n, flag) → (n, x, flag)",
        "(x, n, flag) → (x, flag, n)",
    ]


def test_defaults_of_functions_that_students_write_are_changed() -> None:
    reference = _reference("return x")

    made = mutants(reference, "f.py", ["f"])

    assert [(each.name, each.line) for each in made] == [
        ("n=2 → n=3", 4),
        ("n=2 → n=1", 4),
        ("n=2 → n=0", 4),
        ("n=2 → n=-2", 4),
        ("flag=False → flag=True", 4),
    ]
    assert "def f(x, n=(3), flag=False):" in made[0].source


def test_what_students_are_given_is_left_alone() -> None:
    given = "SCALE = 3 * 4\n\n\ndef shown(x):\n    return x + 1\n\n\n"

    made = mutants(given + _reference("return x @ n"), "f.py", ["shown"])

    assert [(each.function, each.name) for each in made] == [("f", "x @ n → x * n")]


def test_helpers_in_a_region_are_mutated_under_their_own_name() -> None:
    reference = (
        "# BEGIN SOLUTION\ndef helper(x, step=1):\n    return x + step\n# END SOLUTION\n\n\n"
        + _reference("return helper(x)", signature="x")
    )

    assert [(each.function, each.name) for each in mutants(reference, "f.py", ["f"])] == [
        ("helper", "step=1 → step=2"),
        ("helper", "step=1 → step=0"),
        ("helper", "step=1 → step=-1"),
        ("helper", "x + step → x - step"),
        ("f", "helper(x) → x"),
    ]


def test_a_mutant_is_the_file_with_that_one_change() -> None:
    reference = _reference("y = (x  # the picture, größer", "     > n)", "return y")

    boundary, *_ = mutants(reference, "f.py", [])

    assert boundary.line == 7
    assert boundary.source == reference.replace(
        "(x  # the picture, größer\n         > n)", "((x >= n))"
    )


def test_text_before_a_fault_may_hold_letters_of_several_bytes() -> None:
    (mutant,) = _mutants("größe = 'ä'; return x + größe")

    assert "größe = 'ä'; return (x - größe)" in mutant.source


def test_equal_names_in_one_function_are_counted() -> None:
    assert _names("y = x + n", "return x + n") == ["x + n → x - n", "x + n → x - n (2)"]


def test_a_long_expression_is_named_by_what_tells_it_apart() -> None:
    stacked = "torch.stack([first_of_them, second_of_them, third_of_them])"

    names = _names(f"return {stacked}.reshape(2, n)")

    assert "….reshape(2, n) → ….reshape(3, n)" in names
    assert not [name for name in names if name.partition(" → ")[0] == name.partition(" → ")[2]]


def test_lines_of_windows_are_read_too() -> None:
    (mutant,) = mutants(_reference("return x + n").replace("\n", "\r\n"), "f.py", [])

    assert (mutant.line, mutant.source) == (7, _reference("return (x - n)"))


def test_a_reference_that_is_not_python_is_told_with_its_file() -> None:
    with pytest.raises(CourseError, match=r"f\.py: not Python"):
        mutants("def f(:\n", "f.py", ["f"])
    with pytest.raises(MarkerError, match=r"f\.py:1"):
        mutants("# END SOLUTION\n", "f.py", ["f"])


@pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda exercise: exercise.name)
def test_mutants_of_the_course_differ_in_name_and_in_meaning_and_always_are_the_same(
    exercise: Exercise,
) -> None:
    reference = exercise.reference_path.read_text(encoding="utf-8")
    functions = [function.name for function in exercise.functions]

    made = mutants(reference, exercise.file, functions)

    meanings = {ast.dump(ast.parse(text)) for text in [reference, *(m.source for m in made)]}
    assert len(meanings) == len(made) + 1
    assert len({(mutant.function, mutant.name) for mutant in made}) == len(made)
    assert {mutant.function for mutant in made} >= set(functions)
    assert made == mutants(reference, exercise.file, functions)


@pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda exercise: exercise.name)
def test_every_explained_mutant_of_the_course_is_made(exercise: Exercise) -> None:
    reference = exercise.reference_path.read_text(encoding="utf-8")
    names = [function.name for function in exercise.functions]
    made = {(each.function, each.name) for each in mutants(reference, exercise.file, names)}

    assert {(each.function, each.mutant) for each in exercise.equivalents} <= made
