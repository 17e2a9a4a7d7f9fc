from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import count
from typing import Any

import pytest
import torch

from grader.records import Limits
from grader.records.notebook import CellOutcome
from grader.worker.bounds import MAX_PROBLEMS
from grader.worker.client import Worker
from grader.worker.endings import Ended, Reason
from grader.worker.invoke import Observation
from grader.worker.launch import Zygote
from grader.worker.messages import Loaded
from grader.worker.notebook_messages import CellSpan, Notebook, Ran

RunAll = Callable[..., "Finished"]
SECONDS = 1.0
DEAF = "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())"


class Finished:
    """A worker whose notebook has been run."""

    def __init__(self, worker: Worker, loaded: Loaded | Ended) -> None:
        self.worker = worker
        self.ended = loaded if isinstance(loaded, Ended) else None
        self.problems = loaded.problems if isinstance(loaded, Loaded) else ()
        self.unlisted = loaded.unlisted if isinstance(loaded, Loaded) else 0
        self.cells = {cell.number: cell for cell in worker.cells}

    @property
    def outcomes(self) -> list[CellOutcome]:
        return [cell.outcome for cell in self.cells.values()]

    def value(self, name: str, *args: Any) -> Any:
        answer = self.worker.call(name, args, {}, seed=1)
        assert isinstance(answer, Observation), answer
        return answer.value


def place(cells: tuple[str, ...]) -> tuple[str, tuple[CellSpan, ...]]:
    """The cells below one another, and where each of them lies."""
    text, spans, numbers = "", [], count(1)
    for cell in cells:
        text += "# %%\n"
        spans.append(CellSpan(next(numbers), text.count("\n") + 1, cell.count("\n") + 1))
        text += f"{cell}\n"
    return text, tuple(spans)


@pytest.fixture
def run_all(zygote: Zygote, nothing_left: None) -> Iterator[RunAll]:  # noqa: ARG001 - looks on
    """Restart and run all."""
    workers: list[Worker] = []

    def run(*cells: str, limits: Limits | None = None, **options: Any) -> Finished:
        worker = zygote.request(limits or Limits()).ready()
        workers.append(worker)
        text, spans = place(cells)
        notebook = Notebook(spans, **{"cell_seconds": SECONDS, **options})
        return Finished(worker, worker.load("student", "student.ipynb", text, notebook))

    yield run
    for worker in workers:
        worker.close()


def test_functions_of_all_cells_answer_as_those_of_a_file_do(run_all: RunAll) -> None:
    done = run_all("import torch\nscale = 3", "def grow(x):\n    return scale * x")

    assert done.outcomes == [CellOutcome.RAN, CellOutcome.RAN]
    assert torch.equal(done.value("grow", torch.ones(2)), torch.full((2,), 3.0))


def test_what_a_cell_shows_is_kept_in_order(run_all: RunAll) -> None:
    done = run_all("print('first')\n1 + 1\n[1, 2]", "x = 5", "display('shown')\nNone")

    assert [shown.text for shown in done.cells[1].shown] == ["first\n", "[1, 2]"]
    assert done.cells[2].shown == ()
    assert [shown.text for shown in done.cells[3].shown] == ["'shown'"]


def test_a_picture_is_kept_as_png_and_html_is_not(run_all: RunAll) -> None:
    done = run_all(
        "class Picture:\n"
        "    def _repr_png_(self): return b'\\x89PNG\\r\\n'\n"
        "    def _repr_html_(self): return '<script>alert(1)</script>'\n"
        "    def __repr__(self): return 'a picture'",
        "Picture()",
        "from IPython.display import HTML, Javascript\n"
        "display(HTML('<b onclick=steal()>'), Javascript('steal()'))",
    )

    (picture,) = done.cells[2].shown
    assert (picture.text, picture.picture) == ("a picture", b"\x89PNG\r\n")
    assert all("steal" not in shown.text for shown in done.cells[3].shown)


def test_a_plot_is_shown_without_being_asked_for(run_all: RunAll) -> None:
    pytest.importorskip("matplotlib", reason="matplotlib is an extra")
    done = run_all(
        "import matplotlib.pyplot as plt",
        "plt.plot([1, 2], [3, 4])\nplt.show()\nprint('after')",
        cell_seconds=30.0,  # here it is imported, and looks for the fonts of this machine
    )

    assert done.problems == ()
    pictures = [shown.picture for shown in done.cells[2].shown if shown.picture]
    assert [picture[:4] for picture in pictures] == [b"\x89PNG"]


def test_a_flood_of_prints_and_pictures_is_cut(run_all: RunAll) -> None:
    done = run_all(
        "for i in range(5_000): print('x' * 100)",
        "class Large:\n    def _repr_png_(self): return b'x' * 10_000_000",
        "for i in range(100): display(Large())",
    )

    assert sum(len(shown.text) for shown in done.cells[1].shown) <= 10_000
    assert sum(len(shown.picture) for shown in done.cells[3].shown) == 0
    assert len(done.cells[3].shown) <= 20
    assert done.outcomes[0] is CellOutcome.RAN


def test_all_that_a_cell_may_show_crosses_in_one_piece(run_all: RunAll) -> None:
    done = run_all(
        "class Picture:\n"
        "    def __init__(self, size): self.size = size\n"
        "    def _repr_png_(self): return b'x' * self.size\n"
        "    def __repr__(self): return '深' * 10_000",
        "for size in (300_000, 300_000, 300_001): display(Picture(size))\n"
        "for _ in range(17): display(Picture(0))",
    )

    assert done.ended is None
    shown = done.cells[2].shown
    assert [len(each.picture) for each in shown] == [300_000, 300_000] + [0] * 18
    assert sum(len(each.text.encode()) for each in shown) in range(399_990, 400_001)


def test_of_a_notebook_that_shows_without_end_only_so_much_is_kept(run_all: RunAll) -> None:
    """In the process that judges it: it holds one for each job."""
    flood = "display(Picture())\ndisplay(Picture())"
    done = run_all(
        "class Picture:\n    def _repr_png_(self): return b'x' * 300_000", *[flood] * 12, "1 + 1"
    )

    kept = [sum(len(each.picture) for each in cell.shown) for cell in done.cells.values()]
    assert kept == [0] + [600_000] * 8 + [0] * 5
    assert done.outcomes == [CellOutcome.RAN] * 14
    assert [shown.text for shown in done.cells[14].shown] == ["2"]


@pytest.mark.parametrize(
    ("cell", "left_out"),
    [
        ("!pip install torch\nkept = 1", ("!pip install torch",)),
        ("if True:\n    files = !ls\nkept = 1", ("!ls",)),
        ("%pip install torchvision\nkept = 1", ("%pip install torchvision",)),
        ("%nobody_knows this one\nkept = 1", ("%nobody_knows this one",)),
        ("%cd /content/drive/MyDrive\nkept = 1", ("%cd /content/drive/MyDrive",)),
        ("%matplotlib inline\nkept = 1", ()),
        ("%load_ext grader\n%check softmax\nkept = 1", ()),
        ("%%time\nkept = 1", ()),
        ("\n%%capture out\nkept = 1", ()),
        ("%time kept = 1", ()),
        ("%timeit while_true()\nkept = 1", ()),
    ],
)
def test_a_magic_costs_nothing_of_its_cell(
    run_all: RunAll, cell: str, left_out: tuple[str, ...]
) -> None:
    done = run_all(cell, "def kept_value(): return kept")

    assert done.problems == ()
    assert done.cells[1].left_out == left_out
    assert done.value("kept_value") == 1


@pytest.mark.parametrize("magic", ["bash", "sh", "ruby", "script python"])
def test_a_cell_of_another_language_is_left_out(run_all: RunAll, magic: str) -> None:
    done = run_all(f"%%{magic}\nrm -rf *", "def one(): return 1")

    assert done.cells[1].left_out == (f"%%{magic}",)
    assert done.value("one") == 1


def test_a_file_that_a_cell_writes_can_be_imported(run_all: RunAll) -> None:
    done = run_all(
        "%%writefile helper.py\ndef two(): return 2",
        "import sys; sys.path.insert(0, '.')\nfrom helper import two",
    )

    assert done.problems == ()
    assert done.value("two") == 2


def test_a_failing_statement_costs_itself_and_is_told_with_its_line(run_all: RunAll) -> None:
    done = run_all(
        "from google.colab import drive\ndrive.mount('/content')\nkept = 1",
        "def kept_value(): return kept",
    )

    assert done.outcomes == [CellOutcome.FAILED, CellOutcome.RAN]
    assert [problem.line for problem in done.problems] == [2, 3]
    assert done.problems[0].error.startswith("ModuleNotFoundError")
    assert done.value("kept_value") == 1


def test_a_cell_that_fails_after_very_many_others_is_still_said_to_have_failed(
    run_all: RunAll,
) -> None:
    many = "\n".join("pd.DataFrame()" for _ in range(MAX_PROBLEMS + 5))
    done = run_all(f"import no_pandas as pd\n{many}", "pd.concat([])", "rate / 2", "def broken(:")

    assert done.outcomes == [CellOutcome.FAILED] * 4
    assert len(done.problems) == MAX_PROBLEMS
    assert done.unlisted == 9
    assert [problem.error.partition(":")[0] for problem in done.problems[-2:]] == [
        "NameError",
        "SyntaxError",
    ]


def test_memory_that_was_once_too_little_is_not_asked_for_again(run_all: RunAll) -> None:
    """Of a gibibyte 200 MiB are left: enough for what comes, and less than a full memory frees."""
    done = run_all("large = bytes(10**14)", "kept = bytes(824 << 20)", "def one(): return 1")

    assert done.outcomes == [CellOutcome.FAILED, CellOutcome.RAN, CellOutcome.RAN]
    assert done.value("one") == 1


def test_a_cell_that_is_not_python_costs_itself(run_all: RunAll) -> None:
    done = run_all("def broken(:\n    pass", "def one(): return 1")

    assert done.outcomes == [CellOutcome.FAILED, CellOutcome.RAN]
    assert (done.problems[0].line, done.problems[0].statement) == (2, "def broken(:")
    assert done.value("one") == 1


@pytest.mark.parametrize(
    "endless",
    [
        "while True: pass",
        "import time; time.sleep(1000)",
        "while True:\n    try:\n        while True: pass\n    except Exception: pass",
    ],
)
def test_a_cell_that_takes_too_long_is_stopped_and_what_it_defines_counts(
    run_all: RunAll, endless: str
) -> None:
    cells = (f"{endless}\ndef later(): return 2\nx = later()", "def one(): return 1")
    done = run_all(*cells, cell_seconds=0.5)

    assert done.outcomes == [CellOutcome.STOPPED, CellOutcome.RAN]
    assert done.value("later") == 2
    assert done.value("one") == 1


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("import os\nos._exit(0)", Reason.CRASHED),
        (f"{DEAF}\nwhile True: pass", Reason.HUNG),
    ],
)
def test_a_cell_that_ends_the_worker_is_known_and_can_be_left_out(
    run_all: RunAll, cell: str, reason: Reason
) -> None:
    cells = ("first = 1", cell, "def value(): return first")
    ended = run_all(*cells).ended

    assert ended is not None
    assert ended.reason is reason
    assert ended.line is not None
    assert ended.line >= 4
    assert run_all(*cells, skipped=(2,)).value("value") == 1


def test_after_the_notebooks_time_only_definitions_are_run(run_all: RunAll) -> None:
    done = run_all(
        "while True: pass",
        "print('late')\nimport torch\nx = torch.ones(2)\ndef late(): return x",
        limits=Limits(notebook_seconds=0.5),
    )

    assert done.cells[2].outcome is CellOutcome.LEFT_OUT
    assert done.cells[2].shown == ()
    assert torch.equal(done.value("late"), torch.ones(2))


def test_waiting_is_no_work(run_all: RunAll) -> None:
    done = run_all(
        "import time\ntime.sleep(1.5)",
        "print('in time')",
        cell_seconds=0.5,
        limits=Limits(notebook_seconds=0.5),
    )

    assert done.outcomes == [CellOutcome.RAN, CellOutcome.RAN]


def test_when_all_time_is_used_up_slow_cells_do_not_use_more_of_it_for_long(
    run_all: RunAll,
) -> None:
    done = run_all(
        "%%writefile slow.py\ndef wait():\n    while True: pass",
        "import sys; sys.path.insert(0, '.')\nimport slow\nslow.wait()",
        *["kept = 1\nx = slow.wait()"] * 100,
        "import torch\ndef double(x): return 2 * x * kept",
        cell_seconds=1.0,
        limits=Limits(notebook_seconds=0.5),
    )

    assert done.outcomes[:2] == [CellOutcome.RAN, CellOutcome.STOPPED]
    assert done.outcomes[2:8] == [CellOutcome.FAILED] * 6
    assert done.outcomes[8:-1] == [CellOutcome.LEFT_OUT] * 94
    assert done.value("double", 2) == 4


def test_definitions_only_runs_nothing_else(run_all: RunAll) -> None:
    done = run_all(
        "import torch\nrate: float = 0.1\nw = torch.zeros(1)\nprint('trained')",
        "def train(): return rate",
        "losses = [train() for _ in range(3)]",
        is_definitions_only=True,
    )

    assert done.outcomes == [CellOutcome.LEFT_OUT, CellOutcome.RAN, CellOutcome.LEFT_OUT]
    assert all(not cell.shown for cell in done.cells.values())
    assert done.value("train") == 0.1


def test_a_later_definition_takes_the_place_of_an_earlier_one(run_all: RunAll) -> None:
    done = run_all("def f(): return 1", "def f(): return 2")

    assert done.value("f") == 2


def test_servers_start_from_what_the_cells_left(run_all: RunAll) -> None:
    done = run_all("seen = []", "def look():\n    seen.append(1)\n    return len(seen)")

    assert (done.value("look"), done.value("look")) == (1, 2)
    done.worker.refresh()
    assert done.value("look") == 1


def test_a_form_feed_is_no_new_line(run_all: RunAll) -> None:
    done = run_all("text = 'one\x0ctwo\u2028three'", "1 / 0", "def length(): return len(text)")

    assert [problem.line for problem in done.problems] == [4]
    assert done.value("length") == 13


def test_names_in_any_script_are_told(run_all: RunAll) -> None:
    done = run_all("عدد = 3\ndef größe(): return عدد\nprint('深度学习 🚚')")

    assert done.cells[1].shown[0].text == "深度学习 🚚\n"
    assert done.value("größe") == 3


def test_what_is_told_of_a_cell_is_told_once_and_of_none_that_is_not_there(
    run_all: RunAll,
) -> None:
    done = run_all("a = 1", "b = 2")

    assert [type(cell) for cell in done.cells.values()] == [Ran, Ran]
    assert list(done.cells) == [1, 2]


def test_a_cell_that_is_not_python_is_told_by_its_own_functions_alone(run_all: RunAll) -> None:
    done = run_all("def other(x):\n    return x", "x = (", "def own(x):\n    return (")

    errors = [problem.error for problem in done.problems]
    assert errors == [
        "SyntaxError: '(' was never closed",
        "SyntaxError: '(' was never closed (in or after `own`)",
    ]


def test_the_checks_of_other_graders_do_nothing_wherever_they_stand(run_all: RunAll) -> None:
    done = run_all(
        "import otter\ngrader = otter.Notebook('lab.ipynb')",
        "from client.api.notebook import Notebook\nok = Notebook('lab.ok')\nok.auth(inline=True)",
        "def one():\n    return 1\n\ngrader.check('q1')\ngrader.export(pdf=False)\nok.grade('q1')",
    )

    assert done.problems == ()
    assert done.value("one") == 1


BARS = """\
from tqdm import tqdm, trange
from tqdm.auto import tqdm as auto
from tqdm import notebook

def total(x):
    found = 0
    with tqdm(total=len(x)) as bar:
        for each in auto(x, desc="adding"):
            found += each
            bar.update()
            bar.set_postfix(found=found)
    for _ in trange(2, leave=False):
        found += 1
    return [found, bar.n, len(tqdm(x)), [*notebook.tqdm(enumerate(x))]]
"""
WIDGETS = """\
import ipywidgets as widgets
from ipywidgets import interact, fixed

rate = widgets.FloatSlider(value=0.5, min=0, max=1, layout=widgets.Layout(width="50%"))
rate.observe(print, names="value")
out = widgets.Output()

@interact(x=(0, 10), y=fixed(1))
def shown(x, y=1):
    return x + y

@out.capture()
def captured(x):
    with out:
        return x * rate.value

interact(captured, x=3)
display(widgets.HBox([rate, out]))
rate
"""


@pytest.mark.skipif(find_spec("tqdm") is not None, reason="tqdm itself is installed")
def test_a_progress_bar_costs_no_function(run_all: RunAll) -> None:
    done = run_all(BARS)

    assert done.problems == ()
    assert done.value("total", [1, 2]) == [5, 2, 2, [(0, 1), (1, 2)]]


@pytest.mark.skipif(find_spec("ipywidgets") is not None, reason="ipywidgets itself is installed")
def test_widgets_cost_no_function_and_show_nothing(run_all: RunAll) -> None:
    done = run_all(WIDGETS)

    assert done.problems == ()
    assert [shown.text for shown in done.cells[1].shown if shown.text] == []
    assert (done.value("shown", 3), done.value("captured", 3)) == (4, 1.5)


def test_html_is_told_in_words(run_all: RunAll) -> None:
    done = run_all("from IPython.display import HTML\nHTML('<b>here</b>')")

    assert [shown.text for shown in done.cells[1].shown] == [
        "(HTML: not shown where work is graded)"
    ]


@pytest.mark.parametrize("head", ["\n\n", "%%time\n\n", "\n%%capture out\n", "  \n    x = 1\n    "])
def test_a_cell_that_begins_with_nothing_keeps_the_numbers_of_its_lines(
    run_all: RunAll, head: str
) -> None:
    done = run_all(f"{head}1 / 0")

    (problem,) = done.problems
    assert problem.error == "ZeroDivisionError: division by zero"
    assert problem.line == 2 + head.count("\n")


def test_an_empty_line_above_a_magic_hides_nothing(run_all: RunAll) -> None:
    done = run_all("\n%%bash\nls", "\n\n%matplotlib inline\nx = 1", "\n\n")

    assert done.problems == ()
    assert done.cells[1].left_out == ("%%bash",)
