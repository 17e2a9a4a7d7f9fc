"""What a class hands in is never taken apart by a process that holds a secret."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

TRIPWIRES = """
import sys
from grader.cli import main
from grader.intake import questions

def wire(*_):
    raise SystemExit("a document was taken apart in this process")

for name in ("list_members", "take_member", "read_text", "inspect"):
    assert hasattr(questions, name)
    setattr(questions, name, wire)
sys.exit(main())
"""
COURSE = {
    "vectors": {
        "exercise.toml": 'title = "Vectors"\n[functions.double]\npoints = 1\n',
        "vectors.py": "def double(x):\n    return 2 * x\n",
        "test_hidden.py": "def test_double_of_three(agree):\n    agree('double', 3)\n",
    }
}
SOURCE = "def double(x):\n    return x + x\n"
CELL = {"cell_type": "code", "source": SOURCE, "metadata": {}, "outputs": []}
NOTEBOOK = json.dumps({"cells": [CELL], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})


@pytest.fixture(scope="module")
def course(
    tmp_path_factory: pytest.TempPathFactory,
    write_course: Callable[[Path, Mapping[str, Mapping[str, str]]], Path],
) -> Path:
    return write_course(tmp_path_factory.mktemp("course") / "solutions", COURSE)


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    folder = tmp_path / "class"
    for student in ("ada", "grace", "emmy"):
        (folder / student).mkdir(parents=True)
    (folder / "ada" / "vectors.ipynb").write_text(NOTEBOOK)
    # Of a notebook and a file, somebody has to say which of the two was worked on.
    (folder / "emmy" / "vectors.ipynb").write_text(NOTEBOOK)
    (folder / "emmy" / "vectors.py").write_text("def double(x):\n    raise NotImplementedError\n")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("vectors.ipynb", NOTEBOOK)
    (folder / "grace" / "work.zip").write_bytes(stream.getvalue())
    return folder


def test_neither_batch_nor_run_takes_a_document_apart_itself(
    handed_in: Path,
    course: Path,
    surroundings: Mapping[str, str],
    tmp_path: Path,
    nothing_left: Callable[[], None],
) -> None:
    def grade(*arguments: object) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-c", TRIPWIRES, *map(str, arguments), "--course", course],
            env=surroundings,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        nothing_left()
        return done

    batch = grade("batch", handed_in, "--out", tmp_path / "out", "--format", "json", "--jobs", 2)
    assert batch.returncode == 0, batch.stderr
    assert [(r["student"], r["points"]) for r in json.loads(batch.stdout)] == [
        ("ada", 1.0),
        ("emmy", 1.0),
        ("grace", 1.0),
    ]
    run = grade("run", handed_in / "grace" / "work.zip", "--format", "json")
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["points"] == 1.0


def test_the_tripwires_would_be_seen(handed_in: Path, course: Path, tmp_path: Path) -> None:
    code = TRIPWIRES.replace(
        "sys.exit(main())",
        "from grader.intake import OWN, discover\n"
        "from grader.course import load_course\n"
        "from pathlib import Path\n"
        "discover(Path(sys.argv[1]), load_course(Path(sys.argv[2])), None, OWN)",
    )
    done = subprocess.run(
        [sys.executable, "-c", code, handed_in, course],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr.strip() == "a document was taken apart in this process"
