import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course import Course
from grader.intake import printable, recognise, safe_student


@pytest.mark.parametrize(
    "name",
    [
        "activations.py",
        "Activations.py",
        "ACTIVATIONS.PY",
        "activations (1).py",
        "activations(12).py",
        "activations-2.py",
        "activations - Copy.py",
        "activations copy 3.py",
        "activations-2 (1).py",
        "activations.py.txt",
        "activations.ipynb",
        "Activations (1).ipynb",
        "activations.ipynb.json",
        "activations.ipynb.txt",
        "smithjohn_12345_678910_activations-1.py",
        "smithjohn_LATE_12345_678910_activations.py",
    ],
)
def test_names_as_students_write_them_are_recognised(course: Course, name: str) -> None:
    found = recognise(name, course)
    assert found is not None
    assert found.exercise == "activations"
    assert found.is_exact is name.endswith(("activations.py", "activations.ipynb"))


@pytest.mark.parametrize(
    "name",
    [
        "activation.py",
        "my_activations.py",
        "activations",
        "activations.pyc",
        "activations.txt",
        "test_public.py",
        ".py",
        "",
        "activations_final.py",
    ],
)
def test_other_names_are_not(course: Course, name: str) -> None:
    assert recognise(name, course) is None


def test_an_exercise_is_recognised_by_its_file_and_by_its_name(course: Course) -> None:
    for name, is_exact in [("train_it.py", True), ("learning.py", False), ("Train it.py", False)]:
        found = recognise(name, course)
        assert found is not None
        assert (found.exercise, found.is_exact) == ("learning", is_exact)


def test_canvas_names_the_student(course: Course) -> None:
    found = recognise("smithjohn_12345_678910_activations-3.py", course)
    assert found is not None
    assert (found.student, found.copy_number) == ("smithjohn", 3)


def test_a_notebook_is_told_apart(course: Course) -> None:
    found = recognise("activations.ipynb", course)
    assert found is not None
    assert found.is_notebook


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("ada", "ada"),
        ("Ada Lovelace", "Ada Lovelace"),
        ("ada@example.org", "ada@example.org"),
        ("Zoë", "Zoë"),
        ("\x1b[31mada\x07", "[31mada"),
        ("a\u202eda", "ada"),
        ("../../etc", "-..-etc"),
        ("C:\\ada", "C--ada"),
        ("..", "unnamed"),
        ("", "unnamed"),
        ("\u200b", "unnamed"),
        (" ada.\n", "ada"),
        ("\u3164", "unnamed"),
        ("e\u034f\u0301va", "\u00e9va"),
        ("e" + "\u0489" * 40, "e" + "\u0489" * 4),
    ],
)
def test_a_students_name_is_made_safe(raw: str, safe: str) -> None:
    assert safe_student(raw) == safe


@given(st.text(max_size=400))
def test_any_students_name_can_be_shown_and_be_a_file(raw: str) -> None:
    name = safe_student(raw)
    assert 0 < len(name) <= 100
    assert len(name.encode()) <= 200
    assert not set(name) & set('/\\:*?"<>|')
    assert name not in {".", ".."}
    assert not any(unicodedata.category(character).startswith("C") for character in name
                   if unicodedata.category(character) != "Cn")  # fmt: skip
    assert safe_student(name) == name


@given(st.text())
def test_printable_text_is_one_line_without_controls(raw: str) -> None:
    shown = printable(raw)
    assert len(shown.splitlines()) <= 1
    assert {unicodedata.category(character) for character in shown}.isdisjoint({"Cc", "Cf", "Cs"})
