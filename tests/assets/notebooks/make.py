"""Makes the notebooks beside it, as students really hand them in, one trouble each.

Each holds the two functions `double` and `shift`, right unless the trouble is theirs. What grading
should say of each stands in `expected.toml`. Those of `LARGE` are made where they are needed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

DOUBLE = "def double(x):\n    return 2 * x"
SHIFT = "def shift(x):\n    return x + 1"
LOCKED: dict[str, Any] = {"deletable": False, "editable": False}


def code(source: str | Sequence[str], *outputs: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    """A code cell of version 4."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": metadata,
        "outputs": outputs,
        "source": source,
    }


def prose(source: str, kind: str = "markdown", /, **metadata: Any) -> dict[str, Any]:
    """A cell of text, or a raw one."""
    return {"cell_type": kind, "metadata": metadata, "source": source}


def notebook(*cells: str | dict[str, Any], minor: int = 4, **metadata: Any) -> bytes:
    """A notebook of version 4."""
    whole = [code(cell) if isinstance(cell, str) else cell for cell in cells]
    if minor >= 5:
        whole = [cell | {"id": cell.get("id", f"cell-{n}")} for n, cell in enumerate(whole)]
    document = {"cells": whole, "metadata": metadata, "nbformat": 4, "nbformat_minor": minor}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def around(*cells: str | dict[str, Any], **metadata: Any) -> bytes:
    """A notebook with a trouble before its right functions."""
    return notebook("import torch", *cells, DOUBLE, SHIFT, **metadata)


def old(*sources: str) -> bytes:
    """A notebook of version 3: cells lie in a worksheet, and their text is `input`."""
    cells: list[dict[str, Any]] = [
        {"cell_type": "heading", "level": 1, "metadata": {}, "source": ["Homework"]},
        *(
            {
                "cell_type": "code",
                "collapsed": False,
                "input": source.splitlines(keepends=True),
                "language": "python",
                "metadata": {},
                "outputs": [],
                "prompt_number": 7,
            }
            for source in sources
        ),
    ]
    document = {
        "metadata": {"name": "homework", "signature": "sha256:0"},
        "nbformat": 3,
        "nbformat_minor": 0,
        "worksheets": [{"cells": cells, "metadata": {}}],
    }
    return (json.dumps(document, indent=1) + "\n").encode()


def graded(grade_id: str, checksum: str, version: int = 3, /, **said: Any) -> dict[str, Any]:
    """What nbgrader writes into a cell as it gives it out; the checksums here are its own."""
    kinds: list[dict[str, Any]] = [{}, {"cell_type": "code"}, {"cell_type": "code", "task": False}]
    flags = {"grade": False, "locked": False, "solution": False}
    own = (
        flags
        | kinds[version - 1]
        | {"grade_id": grade_id, "checksum": checksum, "schema_version": version}
    )
    return {"nbgrader": own | said}


def from_nbgrader(imports: str, tests: str, shift: str, version: int = 3) -> bytes:
    """The notebook that `nbgrader generate_assignment` gave out, filled in by a student."""
    locked: dict[str, Any] = {"locked": True}
    return notebook(
        code(imports, **graded("imports", "1bb7083e7b26cc7873c5b56de5f17d2a", version, **locked)),
        code(
            DOUBLE,
            **graded("double", "c057dcaa0110547c0d8860f1f6bbe486", version, solution=True),
        ),
        code(
            tests,
            **graded(
                *("double-tests", "e1706b9791d16a85c1e4773e91d66cb1", version),
                **locked,
                grade=True,
                points=2,
            ),
        ),
        code(
            shift,
            **graded(
                *("shift", "6e3ffb6ba87430176d7c5f181b5bbd6f", version),
                solution=True,
                grade=True,
                points=1.5,
            ),
        ),
    )


def from_otter(check: str) -> bytes:
    """The notebook that `otter assign` gave out, filled in by a student."""
    case = {"code": ">>> assert double(2) == 4\n", "hidden": False, "locked": False}
    suite = {"cases": [case], "scored": True, "setup": "", "teardown": "", "type": "doctest"}
    tests = {"q1": {"name": "q1", "points": 1, "suites": [suite]}}
    start = '# Initialize Otter\nimport otter\ngrader = otter.Notebook("bends.ipynb")'
    export = (
        "# Save your notebook first, then run this cell to export your submission.\n"
        "grader.export(run_tests=True)"
    )
    return notebook(
        code(start, **LOCKED),
        prose("**Question 1.** Write `double`.", **LOCKED),
        code(DOUBLE, tags=["otter_answer_cell"]),
        code(check, **LOCKED),
        prose("<!-- BEGIN QUESTION -->\n\n**Question 2.** Write `shift`.", **LOCKED),
        code(SHIFT, tags=["otter_answer_cell"]),
        code("grader.check_all()", **LOCKED),
        code(export, **LOCKED),
        minor=5,
        otter={"OK_FORMAT": True, "tests": tests},
    )


TRACEBACK = {
    "output_type": "error",
    "ename": "ZeroDivisionError",
    "evalue": "division by zero",
    "traceback": ["\x1b[0;31mZeroDivisionError\x1b[0m: division by zero"],
}
HTML = {
    "output_type": "display_data",
    "metadata": {},
    "data": {
        "text/html": "<script>alert('mine')</script>",
        "application/javascript": "alert('mine')",
        "application/vnd.jupyter.widget-view+json": {"model_id": "0", "version_major": 2},
    },
}
DEAF = (
    "import os, signal\n"
    "for each in range(1, 65):\n"
    "    try: signal.signal(each, signal.SIG_IGN)\n"
    "    except (OSError, ValueError): pass\n"
    "while True: pass"
)
TRAINING = (
    "w = torch.zeros(1, requires_grad=True)\n"
    "for epoch in range(30_000):\n"
    "    for _ in range(10):\n"
    "        loss = ((w - 3) ** 2).sum()\n"
    "        loss.backward()\n"
    "    with torch.no_grad():\n"
    "        w -= 0.001 * w.grad\n"
    "        w.grad.zero_()"
)
HOARD = f"{DOUBLE}\n\nkept = []\nwhile True:\n    kept.append(bytes(200_000_000))"
ANIMATION = (
    "from matplotlib import pyplot as plt\n"
    "from matplotlib.animation import FuncAnimation\n"
    "fig, ax = plt.subplots(figsize=(1, 1))\n"
    "moving = FuncAnimation(fig, lambda frame: ax.plot([frame]), frames=2)\n"
    "plt.show()"
)
WIDGETS = (
    "from tqdm.auto import tqdm\nfrom ipywidgets import interact\n"
    "for step in tqdm(range(3)):\n    pass\ninteract(lambda rate: rate, rate=(0, 1))"
)
FRAME = (
    "import numpy\ndata = numpy.loadtxt('rides.csv')\nopen('data/rides.json')\nprint(data.mean())"
)

NOTEBOOKS: dict[str, bytes] = {
    # What Jupyter understands and Python does not
    "magics": around("%matplotlib inline\n%load_ext autoreload", "%%time\nx = 1", "?print"),
    "shell": around("!pip install pandas", "!ls\nif True:\n    files = !ls", "%%bash\nrm -rf /"),
    "magics-of-elsewhere": around(
        "%cd /content/drive\n%tensorboard --logdir runs", "%%sql\nSELECT 1", "%pip install pandas"
    ),
    "our-own-magic": around("%load_ext grader\n%check double", "%check"),
    "last-values": around(
        "2 + 1",
        "_ + 1",
        "assert (Out[2], _3, _, __) == (3, 4, 4, 3)\nassert In[2] == '2 + 1'",
        "import sys\nassert sys.stdout.encoding == 'UTF-8'\nfor _ in range(9): pass\n5",
        "assert (_, _5) == (8, 5)",
    ),
    "html": around("from IPython.display import HTML\nHTML('<script>alert(1)</script>')"),
    "animation": around(ANIMATION),
    # What was there on the student's machine
    "colab": around(
        "from google.colab import drive\ndrive.mount('/content/drive')\nimport os\n"
        "os.chdir('/content/drive/MyDrive')"
    ),
    "left-behind": around("import helper_utils\nfrom unittests import *\nhelper_utils.plot(1)"),
    "no-data": around(FRAME),
    "no-network": around("from urllib.request import urlopen\nurlopen('http://example.org/')"),
    "nobody-there": around("name = input('Who?')"),
    "widgets": notebook(WIDGETS, "@interact(x=(0, 9))\ndef double(x):\n    return 2 * x", SHIFT),
    # What does not come to an end
    "training": around(TRAINING),
    "endless": around("while True: pass"),
    "no-time-left": around(*[TRAINING] * 3, "rate = torch.ones(1)\nprint(rate)"),
    "deaf": around(DEAF),
    "exit": around("import os\nos._exit(3)"),
    "exit-beside-an-answer": notebook(f"{DOUBLE}\n\nimport os\nos._exit(3)", SHIFT),
    "many-exits": notebook(*["import os\nos._exit(3)"] * 4, DOUBLE, SHIFT),
    "memory": notebook(HOARD, SHIFT),
    # What is left over
    "stale-outputs": around(code("1", TRACEBACK, HTML), code("2", HTML)),
    "out-of-order": notebook(
        "print(factor)", "def double(x): return factor * x", SHIFT, "factor = 2"
    ),
    "imported-below": notebook(
        "np.pi\nprint(first)\nread()\nprint(rate)\nrate = 0.1",
        *(DOUBLE, SHIFT, "if True:\n    import numpy as np\nfirst, *rest = 1, 2, 3"),
        "with open('/dev/null') as file:\n    async def read(): ...",
    ),
    "failed-above": notebook(
        "import numpy\ndata = numpy.loadtxt('rides.csv')",
        "print(data.shape)\nrides = data[:, 0]",
        "data = data[1:]",
        *(
            DOUBLE,
            SHIFT,
            "def load():\n    return 1 / 0",
            "sizes = load()",
            "print(sizes)\nprint(rides)",
        ),
    ),
    "by-session": notebook("print(_7)", DOUBLE, SHIFT),
    "left-over": notebook("print(gone)", DOUBLE, SHIFT),
    "twice": notebook("def double(x):\n    return x", SHIFT, DOUBLE),
    "twice-in-a-cell": notebook(f"def double(x):\n    return x\n\n\n{DOUBLE}", SHIFT),
    "by-a-global": notebook("rate = 2", "def double(x):\n    return rate * x", SHIFT),
    "raises": notebook("1 / 0\nrate = 2", DOUBLE, SHIFT),
    "empty-cells": notebook("", "   \n", DOUBLE, prose("# Well then"), "", SHIFT),
    # What is not done
    "none": notebook("def double(x):\n    result = None\n    return result", SHIFT),
    "blank": notebook("def double(x):\n    return ____ * x", "rate = __BLANK__", SHIFT),
    "renamed": notebook("def doubles(x):\n    return 2 * x", SHIFT),
    "not-python-above": notebook("def helper(x:\n    return x", "helper(1)", DOUBLE, SHIFT),
    "not-python": notebook("def double(x:\n    return 2 * x", SHIFT),
    "no-cells": notebook(),
    "wrong-in-a-cell": notebook(SHIFT, "def double(x):\n    y = 2\n    return x.twice"),
    # Other tools and other times
    "another-kernel": around(kernelspec={"name": "ir", "language": "R", "display_name": "R"}),
    "kernel-by-name": around(kernelspec={"name": "julia-1.9", "display_name": "Julia 1.9.3"}),
    "version-3": old(DOUBLE, SHIFT),
    "version-4-0": around(minor=0),
    # What each version brought is in its notebook.
    "version-4-1": around(
        prose("![](attachment:map.png)")
        | {"attachments": {"map.png": {"image/png": "iVBORw0KGgo="}}},
        minor=1,
    ),
    "version-4-2": around(minor=2, title="Homework", authors=[{"name": "Ada"}]),
    "version-4-3": around(code("rate = 0.1", jupyter={"source_hidden": True}), minor=3),
    "version-4-5": around(minor=5),
    "utf-16": around().decode().encode("utf-16"),
    "same-ids": notebook(
        *(code(source) | {"id": "copied"} for source in ("import torch", DOUBLE, SHIFT)), minor=5
    ),
    "lists-of-lines": notebook(code(DOUBLE.splitlines(keepends=True)), SHIFT),
    "nbgrader": from_nbgrader("import torch", "assert double(2) == 4", SHIFT),
    "nbgrader-1": from_nbgrader("import torch", "assert double(2) == 4", SHIFT, version=1),
    "nbgrader-locked": from_nbgrader("import torch, math", "assert True", SHIFT, version=2),
    "nbgrader-unwritten": from_nbgrader(
        *("import torch", "assert double(2) == 4"),
        "def shift(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()",
    ),
    "otter": from_otter('grader.check("q1")'),
    "otter-locked": from_otter("print('all correct')"),
    "otter-author": notebook(
        prose("# BEGIN QUESTION\nname: q1", "raw"),
        prose("# BEGIN SOLUTION", "raw"),
        DOUBLE,
        prose("# END SOLUTION", "raw"),
        prose("# END QUESTION", "raw"),
        "def shift(x):\n    # BEGIN SOLUTION\n    return x + 1\n    # END SOLUTION",
    ),
    "ok": around(
        "from client.api.notebook import Notebook\nok = Notebook('lab.ok')\n"
        "_ = ok.auth(inline=True)",
        "ok.grade('q1')",
    ),
    "深度学习-مرحبا-🚚": around("النتيجة = '🚚 深度'\nprint(النتيجة)"),
    # No notebook at all
    "truncated": around()[:-40],
    "python": f"{DOUBLE}\n".encode(),
    "web-page": b"<!DOCTYPE html><html></html>\n",
    "nothing": b"",
    "other-json": b'{"name": "double"}\n',
    "odd-layout": b'{"cells": {"1": "x = 1"}, "nbformat": 4}\n',
    "conflict": around().replace(b'  "metadata"', b'<<<<<<< HEAD\n  "metadata"', 1),
}

LARGE: dict[str, Callable[[], bytes]] = {
    "outputs-of-50-megabytes": lambda: around(
        code("2", {"output_type": "stream", "name": "stdout", "text": "loss 0.5\n" * 5_600_000})
    ),
    "a-pasted-picture": lambda: notebook(
        prose(f"# Loss\n![loss](data:image/png;base64,{'iVBORw0KGgo' * 300_000})"),
        *(DOUBLE, prose("Well then. " * 400_000), SHIFT),
    ),
    "68-megabytes": lambda: b" " * (65 << 20),
}
"""Too large to be kept as files."""

if __name__ == "__main__":
    for name, source in NOTEBOOKS.items():
        Path(__file__).with_name(f"{name}.ipynb").write_bytes(source)
