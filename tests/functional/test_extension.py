"""`%check` as a student meets it: a real kernel, in a copy of `exercises/` and nothing else.

One kernel serves all tests; each begins with an empty session, as after "Restart".
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from nbclient import NotebookClient

SOLVED = {
    "relu": "def relu(x):\n    return torch.where(x > 0, x, torch.zeros_like(x))",
    "pixel_count": "def pixel_count(height, width, n=1):\n    return height * width * n",
}
KEEPS_NO_DIMENSION = """def softmax(scores, dim):
    shares = torch.exp(scores - scores.max())
    return shares / shares.sum(dim)"""
STUB = "def sigmoid(x):\n    raise NotImplementedError"


class Shown:
    """What a cell showed.

    Attributes:
        text: Plain text, of displays and prints.
        html: The fragment, or empty.
        kinds: The kinds of data of each display.
        errors: Names of exceptions.
        number: The cell's, as Jupyter shows it.
    """

    def __init__(self, outputs: list[dict[str, Any]], number: int) -> None:
        self.number = number
        data = [output["data"] for output in outputs if "data" in output]
        printed = [o["text"] for o in outputs if o["output_type"] == "stream"]
        self.text = "\n".join([*(d.get("text/plain", "") for d in data), *printed])
        self.html = "\n".join(d["text/html"] for d in data if "text/html" in d)
        self.kinds = [sorted(d) for d in data]
        self.errors = [o["ename"] for o in outputs if o["output_type"] == "error"]


class Kernel:
    """A kernel with `%check`, and the course beside it."""

    def __init__(self, client: NotebookClient, course: Path) -> None:
        self.course = course
        self._client = client

    def run(self, source: str) -> Shown:
        """Execute one cell as a front end does."""
        self._client.nb.cells.append(nbformat.v4.new_code_cell(source))
        index = len(self._client.nb.cells) - 1
        cell = self._client.execute_cell(self._client.nb.cells[index], index)
        return Shown(cell["outputs"], cell["execution_count"])

    def begin(self, folder: str) -> None:
        """An empty session in a folder of the course."""
        self.run(f"%reset -f in\nimport os; os.chdir({str(self.course / folder)!r})")
        self.run("import torch")

    def companions(self) -> list[psutil.Process]:
        """The processes beside the kernel."""
        kernel = psutil.Process(int(self.run("import os; print(os.getpid())").text))
        return [c for c in kernel.children() if "grader.extension" in " ".join(c.cmdline())]


@pytest.fixture(scope="module")
def kernel(
    project: Path,
    surroundings: Mapping[str, str],
    nothing_left: Callable[[], None],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Kernel]:
    course = tmp_path_factory.mktemp("extension") / "course"
    shutil.copytree(project / "exercises", course)
    client = NotebookClient(nbformat.v4.new_notebook(), timeout=120, allow_errors=True)
    with client.setup_kernel(env=dict(surroundings), cwd=str(course)):
        found = Kernel(client, course)
        assert found.run("%load_ext grader").errors == []
        yield found
        left = found.companions()
    _, alive = psutil.wait_procs(left, timeout=10)
    assert left, "the companion stays for as long as the kernel"
    assert alive == [], "and no longer"
    nothing_left()


def test_a_right_function_passes(kernel: Kernel) -> None:
    kernel.begin("activations")
    kernel.run(SOLVED["relu"])
    shown = kernel.run("%check relu")
    assert shown.errors == []
    assert shown.kinds == [["text/html", "text/plain"]]
    assert shown.text.startswith("Activations  2 of 2 points")
    assert "✓ passed" in shown.text
    assert "2 of 2 points" in shown.html
    assert "Passed · Leaves its input as it was" in shown.html


def test_a_wrong_one_is_explained(kernel: Kernel) -> None:
    kernel.begin("activations")
    number = kernel.run(KEEPS_NO_DIMENSION).number
    shown = kernel.run("%check softmax")
    for said in (shown.text, shown.html):
        assert "Of a square matrix" in said
        assert "wrong values" in said
        assert "float32 [2, 2]" in said
        assert "lost its dimension" in said
        assert "How can a dimension of size 1 be kept in its place?" in re.sub(r"\s+", " ", said)
        assert f"line 3 of cell [{number}]" in said
    assert "return shares / shares.sum(dim)" in shown.html


def test_one_that_is_not_written_is_told_gently(kernel: Kernel) -> None:
    kernel.begin("activations")
    kernel.run(STUB)
    shown = kernel.run("%check sigmoid")
    assert "0 of 3 points" in shown.text
    assert "Not written yet" in shown.html
    assert "grade-bad" not in shown.html.partition("</style>")[2]


def test_the_released_notebook_is_checked_as_a_whole(kernel: Kernel) -> None:
    kernel.begin("tensors")
    notebook = json.loads((kernel.course / "tensors" / "tensors.ipynb").read_text())
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            kernel.run("".join(cell["source"]))
    kernel.run(SOLVED["pixel_count"])
    shown = kernel.run("%check")
    assert shown.text.startswith("Data as tensors  1 of 8 points")
    assert "not written yet" in shown.text


def test_without_a_name_the_exercise_follows_from_the_functions(kernel: Kernel) -> None:
    kernel.begin(".")
    kernel.run(SOLVED["relu"])
    assert kernel.run("%check").text.startswith("Activations  2 of 14 points")


def test_an_exercise_that_is_not_clear_is_asked_for(kernel: Kernel) -> None:
    kernel.begin(".")
    kernel.run("\n".join(SOLVED.values()))
    shown = kernel.run("%check")
    assert shown.errors == []
    assert "functions of several exercises: `tensors`" in shown.text
    assert "<code>%check tensors</code>" in shown.html


def test_an_unknown_name_is_met_with_the_closest(kernel: Kernel) -> None:
    kernel.begin("activations")
    shown = kernel.run("%check sofmax")
    assert "has no function `sofmax`. Did you mean `softmax`?" in shown.text
    assert "Did you mean <code>softmax</code>?" in shown.html


def test_no_course_says_what_to_do(kernel: Kernel, tmp_path: Path) -> None:
    kernel.begin("..")
    kernel.run(SOLVED["relu"])
    kernel.run(f"os.chdir({str(tmp_path)!r})")
    shown = kernel.run("%check relu")
    assert "no course was found in" in shown.text
    assert "`%check --course PATH`" in shown.text
    shown = kernel.run(f"%check relu --course {str(kernel.course)!r}")
    assert "2 of 2 points" in shown.text


def test_a_folder_that_is_gone_is_told(kernel: Kernel, tmp_path: Path) -> None:
    kernel.begin("activations")
    gone = tmp_path / "gone"
    gone.mkdir()
    kernel.run(f"os.chdir({str(gone)!r}); os.rmdir({str(gone)!r})")
    shown = kernel.run("%check relu")
    assert shown.errors == []
    assert "the folder that this notebook works in is gone" in shown.text


def test_magics_are_no_hindrance(kernel: Kernel) -> None:
    kernel.begin("activations")
    kernel.run("%matplotlib inline\n!echo hello\nfiles = !ls")
    kernel.run(f"%%time\n{SOLVED['relu']}\nrelu(torch.ones(3))")
    kernel.run("%%bash\necho 'def relu(x): pass'")
    shown = kernel.run("%check relu")
    assert "2 of 2 points" in shown.text
    assert "Note:" not in shown.text


def test_the_newest_definition_counts(kernel: Kernel) -> None:
    kernel.begin("activations")
    kernel.run("def relu(x):\n    return x")
    assert "2 of 2 points" not in kernel.run("%check relu").text
    kernel.run(SOLVED["relu"])
    shown = kernel.run("%check relu")
    assert "2 of 2 points" in shown.text
    assert "Note:" not in shown.text


def test_a_definition_and_its_check_may_share_a_cell(kernel: Kernel) -> None:
    kernel.begin("activations")
    assert "2 of 2 points" in kernel.run(f"{SOLVED['relu']}\n%check relu").text


def test_a_cell_that_trained_does_not_train_again(kernel: Kernel, tmp_path: Path) -> None:
    kernel.begin("activations")
    kernel.run(SOLVED["relu"])
    log = tmp_path / "log"
    kernel.run(f"for epoch in range(3):\n    open({str(log)!r}, 'a').write('epoch')")
    before = log.read_text()
    assert "2 of 2 points" in kernel.run("%check relu").text
    assert log.read_text() == before == "epochepochepoch"


def test_an_imported_function_is_told_to_be_checked_as_a_file(
    kernel: Kernel, tmp_path: Path
) -> None:
    kernel.begin("activations")
    (tmp_path / "my_functions.py").write_text("def relu(x):\n    return x")
    kernel.run(f"import sys; sys.path.append({str(tmp_path)!r})\nfrom my_functions import relu")
    shown = kernel.run("%check relu")
    assert "`relu` is imported from `my_functions`" in shown.text
    assert "missing" in shown.text


def test_a_cell_that_is_not_python_is_told(kernel: Kernel) -> None:
    kernel.begin("activations")
    number = kernel.run("def relu(x):\n    return (x").number
    shown = kernel.run("%check relu")
    assert f"Cell [{number}] is not Python" in shown.text


def test_nothing_that_a_student_wrote_becomes_markup(kernel: Kernel) -> None:
    kernel.begin("activations")
    kernel.run("def relu(x):\n    raise ValueError('<script>alert(1)</script><img src=x>')")
    shown = kernel.run("%check relu")
    assert "<script" not in shown.html
    assert "<img" not in shown.html
    assert "&lt;script&gt;" in shown.html


STATE = """
def state():
    import random, sys, os, threading, numpy
    return dict(
        torch=torch.get_rng_state().tolist(), threads=torch.get_num_threads(),
        grad=torch.is_grad_enabled(), random=repr(random.getstate()),
        numpy=repr(numpy.random.get_state()), cwd=os.getcwd(), stdout=id(sys.stdout),
        stderr=id(sys.stderr), environment=dict(os.environ), path=list(sys.path),
        modules=sorted(sys.modules), running=threading.active_count(),
    )
before = state()
"""


def test_a_check_leaves_the_session_as_it_was(kernel: Kernel) -> None:
    kernel.begin("activations")
    kernel.run(f"{SOLVED['relu']}\nimport matplotlib_inline, threading, numpy")
    kernel.run("%check relu")  # what is imported, is imported once
    kernel.run(STATE)
    assert "2 of 2 points" in kernel.run("%check relu").text
    shown = kernel.run("after = state(); print([k for k in before if before[k] != after[k]])")
    assert shown.text.strip() == "[]"
    loaded = kernel.run("import sys; print(*sys.modules)").text.split()
    ours = {name for name in loaded if name.split(".")[0] in {"grader", "pytest", "_pytest"}}
    expected = {"grader", "grader.errors", "grader.extension"}
    assert ours == expected | {f"grader.extension.{n}" for n in ("companion", "magic", "messages")}
    kernel.run("'what a cell gave'")
    kernel.run("%check relu")
    assert kernel.run("_").text == "'what a cell gave'"


WAIT = os.WEXITED | os.WNOWAIT


def test_one_companion_serves_all_checks_and_is_replaced_when_it_dies(
    kernel: Kernel,
) -> None:
    kernel.begin("activations")
    kernel.run(SOLVED["relu"])
    kernel.run("%check relu")
    (first,) = kernel.companions()
    kernel.run("%check relu")
    assert kernel.companions() == [first]
    kernel.run(f"os.kill({first.pid}, 9); os.waitid(os.P_PID, {first.pid}, {WAIT})")
    assert "2 of 2 points" in kernel.run("%check relu").text
    (second,) = kernel.companions()
    assert second != first


def test_one_that_dies_over_a_question_is_told(
    kernel: Kernel,
) -> None:
    kernel.begin("activations")
    kernel.run(SOLVED["relu"])
    kernel.run("%check relu")
    (companion,) = kernel.companions()
    companion.suspend()
    kernel.run(f"import os, threading; threading.Timer(0.5, os.kill, ({companion.pid}, 9)).start()")
    shown = kernel.run("%check relu")
    assert shown.errors == []
    assert "ended unexpectedly. Your session is as it was." in shown.text
    assert "2 of 2 points" in kernel.run("%check relu").text


def test_an_interrupted_check_is_stopped_and_the_next_one_answers(kernel: Kernel) -> None:
    kernel.begin("activations")
    kernel.run("%check relu")
    kernel.run("def relu(x):\n    while True: pass")
    kernel.run("import os, threading; threading.Timer(0.5, os.kill, (os.getpid(), 2)).start()")
    shown = kernel.run("%check relu")
    assert shown.errors == []
    assert shown.text.startswith("Stopped.")
    kernel.run(SOLVED["relu"])
    assert "2 of 2 points" in kernel.run("%check relu").text


def test_a_suite_that_came_anew_is_used(kernel: Kernel) -> None:
    kernel.begin("activations")
    kernel.run(SOLVED["relu"])
    suite = kernel.course / "activations" / "test_public.py"
    original = suite.read_text()
    kernel.run("%check relu")
    suite.write_text(original.replace("[-0.95, 2.5, -3.0]", "[-0.25, 2.5, -3.0]"))
    try:
        shown = kernel.run("%check relu")
    finally:
        suite.write_text(original)
    assert "Not your fault:" in shown.text
    assert "was changed since it came with the course" in shown.html
    assert "2 of 2 points" in kernel.run("%check relu").text


def test_it_can_be_taken_away_and_brought_again(kernel: Kernel) -> None:
    kernel.begin("activations")
    assert kernel.run("%unload_ext grader").errors == []
    assert kernel.companions() == []
    assert "`%check` not found" in kernel.run("%check").text
    kernel.run(SOLVED["relu"])
    shown = kernel.run("%load_ext grader\n%load_ext grader\n%check relu")
    assert shown.errors == []
    assert "2 of 2 points" in shown.text


def test_importing_the_package_imports_nothing_else() -> None:
    program = "import sys, grader; print([n for n in sys.modules if n.startswith('grader.')])"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
