"""A class of messy notebooks, graded once: only what is broken is lost, and all of it is told."""

import importlib.util
import json
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from types import ModuleType
from typing import Any

import pytest

Grade = Callable[..., CompletedProcess[str]]
Document = dict[str, Any]

FOLDER = Path(__file__).parents[1] / "assets" / "notebooks"
DOUBLE = "def double(x):\n    return 2 * x"
SHIFT = "def shift(x):\n    return x + 1"
EXERCISES = {
    "bends": {
        # An endless cell is as endless after a second, and three of them use up all time.
        "exercise.toml": 'title = "Bends"\n[functions.double]\npoints = 1\n[functions.shift]\n'
        "points = 1\n[limits]\ncell_seconds = 1.0\nnotebook_seconds = 2.5\n",
        "bends.py": f"{DOUBLE}\n\n\n{SHIFT}\n",
        "test_hidden.py": "import torch\n\n\ndef test_double_of_three(agree):\n"
        "    agree('double', torch.tensor([3.0]))\n\n\ndef test_shift_of_three(agree):\n"
        "    agree('shift', torch.tensor([3.0]))\n",
    }
}


def _made() -> ModuleType:
    specification = importlib.util.spec_from_file_location("notebooks", FOLDER / "make.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


MADE = _made()
EXPECTED: Document = tomllib.loads((FOLDER / "expected.toml").read_text("utf-8"))
NOT_GRADABLE = "68-megabytes"
TESTS = ("test_double_of_three", "test_shift_of_three")
PLAIN: Document = {
    "points": 2.0,
    "verdicts": dict.fromkeys(TESTS, "PASSED"),
    "notes": [],
    "problems": [],
    "answers": [],
    "rules": {},
}
"""What is expected of a notebook where nothing else is said; its cells are always said."""


@pytest.fixture(scope="module")
def graded(
    tmp_path_factory: pytest.TempPathFactory,
    write_course: Callable[[Path, Mapping[str, Mapping[str, str]]], Path],
    grade: Grade,
) -> tuple[dict[str, Document], Path, str]:
    """All of them, by the name of their author; and two more."""
    course = write_course(tmp_path_factory.mktemp("course"), EXERCISES)
    handed_in = tmp_path_factory.mktemp("class")
    sources = dict(MADE.NOTEBOOKS) | {name: make() for name, make in MADE.LARGE.items()}
    for name, source in (sources | {"both": MADE.around()}).items():
        (handed_in / name).mkdir()
        (handed_in / name / "bends.ipynb").write_bytes(source)
    (handed_in / "both" / "bends.py").write_text("def double(x):\n    return x\n")
    (handed_in / "disguised").mkdir()
    (handed_in / "disguised" / "bends.py").write_bytes(MADE.around())
    out = tmp_path_factory.mktemp("out")
    done = grade("batch", handed_in, "--course", course, "--out", out, "--format", "json")
    assert done.returncode == 3, done.stderr  # one is too large
    return {result["student"]: result for result in json.loads(done.stdout)}, out, done.stderr


Graded = tuple[dict[str, Document], Path, str]


def _seen(result: Document) -> Document:
    """All that a student's result says of a notebook, as `expected.toml` has it."""
    tests = {test["name"]: test for test in result["tests"]}
    rules = {name: test["finding"]["rule"] for name, test in tests.items() if test["finding"]}
    return {
        "points": result["points"],
        "verdicts": {name: test["verdict"] for name, test in tests.items()},
        "cells": [cell["outcome"] for cell in result["cells"]],
        "notes": result["notes"],
        "problems": [p["error"].partition(":")[0] for p in result["load_problems"]],
        "answers": [cell["number"] for cell in result["cells"] if cell["is_answer"]],
        "rules": rules,
    }


def test_each_notebook_is_as_it_was_made_and_expected() -> None:
    files = {path.stem: path.read_bytes() for path in FOLDER.glob("*.ipynb")}
    assert files == MADE.NOTEBOOKS
    assert set(EXPECTED) == {*MADE.NOTEBOOKS, *MADE.LARGE} - {NOT_GRADABLE}
    assert len(EXPECTED) > 30


@pytest.mark.parametrize("name", EXPECTED)
def test_a_trouble_costs_nothing_but_what_it_breaks_and_is_told(graded: Graded, name: str) -> None:
    result = graded[0][name]
    assert result["status"] == "graded"
    assert _seen(result) == PLAIN | EXPECTED[name]


def test_saved_outputs_are_neither_kept_nor_shown(graded: Graded) -> None:
    results, out, _ = graded
    told = json.dumps(results["stale-outputs"])
    assert len(told) < 20_000
    assert "ZeroDivisionError" not in told
    assert "mine" not in told
    pages = [page.read_text("utf-8") for page in out.glob("*/*.html")]
    assert sum("stale-outputs" in page for page in pages) == 2
    assert not any(re.search(r"alert\(.{0,6}mine", page) for page in pages)


def test_a_notebook_that_is_too_large_is_told_what_to_do(graded: Graded) -> None:
    result = graded[0][NOT_GRADABLE]
    assert (result["status"], result["points"]) == ("not_gradable", None)
    assert "68,157,440 bytes; at most 67,108,864 are read." in result["reason"]
    assert "clear all outputs" in result["reason"]
    (page,) = (
        page
        for page in (each.read_text("utf-8") for each in graded[1].glob("students/*.html"))
        if NOT_GRADABLE in page
    )
    assert "could not be read, so it has no points yet, which is not a zero" in page
    assert "bends.ipynb: 68,157,440 bytes; at most 67,108,864 are read." in page
    assert "clear all outputs" in page
    for false in ("lies with us", "No file was handed in", "none handed in", "/bends.ipynb"):
        assert false not in page


def test_a_student_with_both_is_told_which_was_taken(graded: Graded) -> None:
    result = graded[0]["both"]
    assert (result["filename"], result["points"]) == ("bends.ipynb", 2.0)
    (note,) = result["notes"]
    assert note == (
        "There are `bends.ipynb` and `bends.py`. Taken: `bends.ipynb`, for where there are both, "
        "the notebook counts."
    )


def test_a_notebook_that_was_named_py_is_told_so(graded: Graded) -> None:
    (rule,) = {test["finding"]["rule"] for test in graded[0]["disguised"]["tests"]}
    assert rule == (
        "bends.py is a notebook that was named .py. Give it back its ending .ipynb, and hand it in "
        "again."
    )


def test_names_in_any_script_have_pages(graded: Graded) -> None:
    pages = [page.read_text("utf-8") for page in graded[1].glob("students/*.html")]
    assert sum("深度学习-مرحبا-🚚" in page for page in pages) == 1
