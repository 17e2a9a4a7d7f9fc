"""A class of messy notebooks, graded once: only what is broken is lost, and all of it is told."""

import importlib.util
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from types import ModuleType
from typing import Any

import pytest

Grade = Callable[..., CompletedProcess[str]]
Document = dict[str, Any]

DOUBLE = "def double(x):\n    return 2 * x"
SHIFT = "def shift(x):\n    return x + 1"
EXERCISES = {
    "bends": {
        # An endless cell is as endless after half a second.
        "exercise.toml": 'title = "Bends"\n[functions.double]\npoints = 1\n[functions.shift]\n'
        "points = 1\n[limits]\ncell_seconds = 0.5\n",
        "bends.py": f"{DOUBLE}\n\n\n{SHIFT}\n",
        "test_hidden.py": "import torch\n\n\ndef test_double_of_three(agree):\n"
        "    agree('double', torch.tensor([3.0]))\n\n\ndef test_shift_of_three(agree):\n"
        "    agree('shift', torch.tensor([3.0]))\n",
    }
}


def _messy() -> ModuleType:
    path = Path(__file__).with_name("messy.py")
    specification = importlib.util.spec_from_file_location("messy", path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


make = _messy()
around, code, notebook = make.around, make.code, make.notebook


class Case:
    """A notebook, the points it is worth, and what its author is told, as patterns."""

    def __init__(
        self, source: bytes, *notes: str, points: float = 2.0, rules: tuple[str, ...] = ()
    ) -> None:
        self.source = source
        self.notes = notes
        self.points = points
        self.rules = rules


CASES = {
    "magics": Case(around("%matplotlib inline\n%load_ext autoreload", "%%time\nx = 1", "?print")),
    "shell": Case(
        around("!pip install pandas", "!ls\nif True:\n    files = !ls", "%%bash\nrm -rf /"),
        r"Not run, as there is no shell .* `!pip install pandas` \(cell \[2\]\), `!ls` .*`%%bash`",
    ),
    "colab": Case(
        around(
            "from google.colab import drive\ndrive.mount('/content/drive')\nimport os\n"
            "os.chdir('/content/drive/MyDrive')"
        ),
        r"`google\.colab` \(line 1 of cell \[2\]\) is there in Colab only",
        r"No such file or folder .*: `/content/drive/MyDrive` \(line 4 of cell \[2\]\)",
    ),
    "left behind": Case(
        around("import helper_utils\nfrom unittests import *\nhelper_utils.plot(1)"),
        r"Not there .*: `helper_utils` \(line 1 of cell \[2\]\), `unittests` .* copy what you use",
    ),
    "no data": Case(
        around("import numpy\ndata = numpy.loadtxt('a.csv')\nopen('b.csv')\ndata.mean()"),
        r"No such file .*: `a\.csv` \(line 2 of cell \[2\]\), `b\.csv` .* bring their own data",
    ),
    "no network": Case(
        around("from urllib.request import urlopen\nurlopen('http://example.org/')"),
        r"There is no network where work is graded \(line 2 of cell \[2\]\)",
    ),
    "nobody there": Case(around("name = input('Who?')"), r"Nobody answers `input\(\)`"),
    "training": Case(around(make.TRAINING), r"Stopped at the time limit: cell \[2\]"),
    "endless": Case(around("while True: pass"), r"Stopped at the time limit: cell \[2\]"),
    "deaf": Case(around(make.DEAF), r"Cell \[2\] ended Python or could not be interrupted"),
    "exit": Case(around("import os\nos._exit(3)"), r"Cell \[2\] ended Python"),
    "stale outputs": Case(around(code("1", make.TRACEBACK, make.HTML), code("2", make.STREAM))),
    "out of order": Case(
        notebook("print(factor)", "def double(x): return factor * x", SHIFT, "factor = 2"),
        r"`factor` is used at line 1 of cell \[1\], and only cell \[4\], further down",
    ),
    "left over": Case(
        notebook("print(gone)", DOUBLE, SHIFT), r"`gone` is used .*, and no cell defines it"
    ),
    "twice": Case(
        notebook("def double(x):\n    return x", SHIFT, DOUBLE),
        r"`double` is defined in cells \[1\], \[3\]; the last one counts",
    ),
    "none": Case(
        notebook("def double(x):\n    result = None\n    return result", SHIFT),
        points=1.0,
        rules=("The result should be a tensor, but is None.",),
    ),
    "blank": Case(
        notebook("def double(x):\n    return ____ * x", "rate = __BLANK__", SHIFT),
        r"Not filled in yet: `__BLANK__` \(line 1 of cell \[2\]\)",
        points=1.0,
        rules=("Not written yet: there is still a gap to fill in at line 2 of cell [1].",),
    ),
    "renamed": Case(
        notebook("def doubles(x):\n    return 2 * x", SHIFT),
        points=1.0,
        rules=("bends.ipynb defines no function double. You define doubles: did you mean that?",),
    ),
    "not python": Case(
        notebook("def double(x:\n    return 2 * x", SHIFT),
        points=1.0,
        rules=("bends.ipynb defines no function double.",),
    ),
    "by a global": Case(notebook("rate = 2", "def double(x):\n    return rate * x", SHIFT)),
    "another kernel": Case(
        around(kernelspec={"name": "ir", "language": "R", "display_name": "R"}),
        r"says that it is written in R; it is run as Python",
    ),
    "widgets": Case(around("import not_ipywidgets\nnot_ipywidgets.IntSlider()"), r"Not there"),
    "version 3": Case(make.old(DOUBLE, SHIFT)),
    "version 4.0": Case(around(minor=0)),
    "version 4.5": Case(around(minor=5)),
    "lines": Case(notebook(code(DOUBLE.splitlines(keepends=True)), SHIFT)),
    "locked": Case(
        notebook(make.locked("import torch", "0" * 32), DOUBLE, SHIFT),
        r"Cells that were given out locked are changed: \[1\]",
    ),
    "深度学习 مرحبا 🚚": Case(around("النتيجة = '🚚 深度'\nprint(النتيجة)")),
    "truncated": Case(
        around()[:-40],
        points=0.0,
        rules=(make.TRUNCATED,),
    ),
    "python": Case(
        DOUBLE.encode(),
        points=0.0,
        rules=("The file is named .ipynb and is no notebook. If it is Python, name it .py.",),
    ),
    "web page": Case(
        b"<!DOCTYPE html><html></html>",
        points=0.0,
        rules=(make.WEB_PAGE,),
    ),
    "nothing": Case(
        b"",
        points=0.0,
        rules=("The notebook is empty: nothing was saved. Save it and hand it in again.",),
    ),
}


@pytest.fixture(scope="module")
def graded(
    tmp_path_factory: pytest.TempPathFactory,
    write_course: Callable[[Path, Mapping[str, Mapping[str, str]]], Path],
    grade: Grade,
) -> tuple[dict[str, Document], Path, str]:
    """All of them, by the name of their author; and two more."""
    course = write_course(tmp_path_factory.mktemp("course"), EXERCISES)
    handed_in = tmp_path_factory.mktemp("class")
    sources = {name: case.source for name, case in CASES.items()}
    for name, source in (sources | {"huge": b" " * (65 << 20), "both": around()}).items():
        (handed_in / name).mkdir()
        (handed_in / name / "bends.ipynb").write_bytes(source)
    (handed_in / "both" / "bends.py").write_text("def double(x):\n    return x\n")
    (handed_in / "disguised").mkdir()
    (handed_in / "disguised" / "bends.py").write_bytes(around())
    out = tmp_path_factory.mktemp("out")
    done = grade("batch", handed_in, "--course", course, "--out", out, "--format", "json")
    assert done.returncode == 3, done.stderr  # one is too large
    return {result["student"]: result for result in json.loads(done.stdout)}, out, done.stderr


Graded = tuple[dict[str, Document], Path, str]


@pytest.mark.parametrize("name", CASES)
def test_a_mess_costs_nothing_but_what_it_breaks_and_is_told(graded: Graded, name: str) -> None:
    case, result = CASES[name], graded[0][name]
    assert (result["status"], result["points"]) == ("graded", case.points)
    notes = result["notes"]
    assert len(notes) == len(case.notes), notes
    for pattern, note in zip(case.notes, notes, strict=True):
        assert re.search(pattern, note)
    failed = [test for test in result["tests"] if test["verdict"] != "PASSED"]
    assert {test["finding"]["rule"] for test in failed} == set(case.rules)


def test_a_gap_is_not_attempted_rather_than_wrong(graded: Graded) -> None:
    verdicts = [test["verdict"] for test in graded[0]["blank"]["tests"]]
    assert verdicts == ["NOT_ATTEMPTED", "PASSED"]


def test_saved_outputs_are_neither_kept_nor_shown(graded: Graded) -> None:
    results, out, _ = graded
    told = json.dumps(results["stale outputs"])
    assert len(told) < 20_000
    assert "ZeroDivisionError" not in told
    assert "alert" not in told
    pages = [page.read_text("utf-8") for page in out.glob("*/*.html")]
    assert sum("stale outputs" in page for page in pages) == 2
    assert not any("alert" in page for page in pages)


def test_a_notebook_that_is_too_large_is_told_what_to_do(graded: Graded) -> None:
    result = graded[0]["huge"]
    assert (result["status"], result["points"]) == ("not_gradable", None)
    assert "68,157,440 bytes; at most 67,108,864 are read." in result["reason"]
    assert "clear all outputs" in result["reason"]


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
    assert sum("深度学习 مرحبا 🚚" in page for page in pages) == 1
