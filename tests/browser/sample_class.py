"""A class of results as a real course gives them, made of nothing but numbers from one seed.

For the tests of reports, exports and pages: every verdict, every visibility, figures of each
kind, load problems, students with difficult names. `student_results` gives one student's three
exercises, `sample_class` a whole class.
"""

# ruff: noqa: E501 - tables read best as tables, and reports print real signs
from __future__ import annotations

import hashlib
import json
import math
import random
import struct
import zlib

import msgspec

from grader.intake.notebook import read_notebook
from grader.records import (
    Answer,
    Axes,
    Curve,
    Figure,
    Finding,
    Image,
    LoadProblem,
    Points,
    Result,
    Status,
    TestResult,
    Tier,
    Verdict,
    Visibility,
)
from grader.records.notebook import CellOutcome, CellRun, Shown

EXERCISES = ("tensors", "learning", "activations")
TITLES = {
    "tensors": "Data as tensors",
    "learning": "How a neuron learns",
    "activations": "Activations",
}
FUNCTIONS: dict[str, dict[str, tuple[float, tuple[str, ...]]]] = {
    "tensors": {
        "make_deliveries": (
            2,
            (
                "makes two columns",
                "accepts whole numbers",
                "refuses lists of different lengths",
                "keeps the order",
            ),
        ),
        "pixel_count": (1, ("counts a grey image", "counts a colour frame", "counts one pixel")),
        "describe": (
            1,
            ("names shape and dtype", "of a number without axes", "of an empty tensor"),
        ),
        "to_float32": (
            2,
            (
                "converts whole numbers",
                "converts double precision",
                "converts truth values",
                "leaves its input alone",
            ),
        ),
        "single_input": (
            2,
            (
                "is a batch of one",
                "is accepted by a linear layer",
                "takes whole numbers",
                "is a float",
            ),
        ),
    },
    "learning": {
        "mse": (
            2,
            (
                "of a column",
                "refuses a flat target",
                "lets gradients flow",
                "is a number without axes",
            ),
        ),
        "mse_grads": (
            3,
            (
                "at zero on the lecture's table",
                "at zero on the lab's table",
                "against a numeric derivative",
                "of one delivery",
            ),
        ),
        "sgd_step": (
            2,
            (
                "goes downhill",
                "leaves the old weights alone",
                "of length zero stays",
                "of a negative gradient",
            ),
        ),
        "autograd_grads": (
            3,
            ("on random lines", "answers the same twice", "keeps no graph", "at zero"),
        ),
        "train_neuron": (
            5,
            (
                "takes two exact steps",
                "reaches the least-squares line",
                "of no epochs returns the start",
                "measures each loss before its step",
                "learns a random line",
            ),
        ),
        "predict_time": (1, ("for seven miles", "keeps no graph")),
        "max_stable_lr": (2, ("is where training begins to diverge", "on the lab's table")),
    },
    "activations": {
        "relu": (
            2,
            (
                "keeps positive numbers",
                "at both infinities",
                "in double precision",
                "leaves its input alone",
                "stays vectorised on a whole frame",
            ),
        ),
        "leaky_relu": (2, ("with a small slope", "with a slope above one", "lets gradients flow")),
        "sigmoid": (
            3,
            (
                "of a thousand on either side",
                "is symmetric",
                "has a finite gradient far out",
                "in double precision",
            ),
        ),
        "tanh": (2, ("is odd", "of a thousand on either side", "has a finite gradient far out")),
        "softmax": (
            4,
            (
                "along rows",
                "along columns",
                "of a square matrix",
                "with three axes",
                "far apart rows do not disturb each other",
                "does not move when shifted",
            ),
        ),
        "relu_bend": (1, ("is where the line crosses zero", "refuses a weight of zero")),
    },
}
MISTAKES: dict[str, tuple[str, str, str]] = {
    "make_deliveries": (
        "INT",
        "The numbers are stored as whole numbers.",
        "What dtype does torch choose for a list of ints, and what does a neuron need?",
    ),
    "single_input": (
        "COL",
        "The batch axis is missing.",
        "A layer expects (batch, features). How many of each do you have?",
    ),
    "mse": (
        "COL",
        "A column minus a flat row makes a whole table of differences.",
        "What shape does (N, 1) minus (N) broadcast to? Print it.",
    ),
    "mse_grads": (
        "SUM",
        "The differences are summed where their mean is asked.",
        "What happens to your gradient when the table is twice as long?",
    ),
    "train_neuron": (
        "ZG",
        "Gradients of earlier steps are still there when new ones arrive.",
        "Gradients add up across backward() calls. When do you clear them?",
    ),
    "leaky_relu": (
        "EDGE",
        "The larger of x and slope·x is taken, whatever the slope.",
        "Try a slope of 2 at x = 1. Which branch should win?",
    ),
    "sigmoid": (
        "OVF",
        "exp(-x) overflows for large negative x, and its gradient is lost.",
        "How large is exp(100) in float32? Which form of the formula never needs it?",
    ),
    "softmax": (
        "GMAX",
        "The maximum of the whole tensor is subtracted, not each row's own.",
        "One row of 200s drowns a neighbour of zeros. Along which axis must the maximum be taken?",
    ),
}
NAMES = (
    "ada.lovelace", "alan.turing", "barbara.liskov", "bertha.mueller", "chen.wei", "claude.shannon",
    "dorothy.vaughan", "edsger.dijkstra", "emmy.noether", "fatima.zahra", "geoffrey.h", "grace.hopper",
    "hedy.lamarr", "ines.garcia", "jean.bartik", "john.mccarthy", "katherine.johnson", "lars.svensson",
    "leslie.lamport", "margaret.hamilton", "maryam.mirzakhani", "mei.lin", "niklaus.wirth", "olga.ivanova",
    "priya.raman", "radia.perlman", "rosa.parks", "sofia.kovalevskaya", "srinivasa.r", "tim.berners",
    "ursula.franklin", "yann.l",
)  # fmt: skip
SECRET_VALUE = "30.0417"
"""Appears in the evidence of every hidden test, and so must never appear on a student's page."""

HEADER = """# %% [markdown]
# # {title}

# %%
import torch
from torch import Tensor

"""
BODY = '''
# %%
def {name}(x: Tensor, scale: float = 1.0) -> Tensor:
    """What the neuron makes of its inputs.

    Args:
        x: (batch, features), float32.
        scale: How much.

    Returns:
        (batch, 1), float32.
    """
    # the largest value first, so that nothing overflows
    top = x.max(dim=-1, keepdim=True).values
    shifted = (x - top) * scale
    return torch.exp(shifted) / torch.exp(shifted).sum(dim=-1, keepdim=True)

'''


def source_of(exercise: str) -> str:
    bodies = "".join(BODY.format(name=name) for name in FUNCTIONS[exercise])
    return HEADER.format(title=TITLES[exercise]) + bodies


def activation_figure(name: str, *, is_right: bool) -> Figure:
    xs = tuple(-6 + 0.12 * step for step in range(101))
    functions = {
        "relu": lambda x: max(x, 0.0),
        "leaky_relu": lambda x: x if x > 0 else 0.1 * x,
        "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
        "tanh": math.tanh,
    }
    right = tuple(functions[name](x) for x in xs)
    wrong = tuple(None if x < -3 else y * 1.15 + 0.1 for x, y in zip(xs, right, strict=True))
    return Figure(
        title=f"{name} from −6 to 6",
        axes=Axes(x="x", y=f"{name}(x)"),
        marks=(
            Curve(label="reference", role="reference", x=xs, y=right),
            Curve(label="yours", role="student", x=xs, y=right if is_right else wrong),
        ),
        is_public=True,
    )


def line_figure(slope: float, start: float) -> Figure:
    miles = (2.0, 3.0, 4.0, 5.0, 6.0)
    return Figure(
        title="deliveries of the lecture, and your line",
        axes=Axes(x="distance, miles", y="time, minutes"),
        marks=(
            Points(label="deliveries", role="data", x=miles, y=(11.9, 15.3, 18.8, 22.2, 25.6)),
            Curve(label="least squares", role="reference", x=(1.0, 7.0), y=(8.47, 29.05)),
            Curve(
                label="your line",
                role="student",
                x=(1.0, 7.0),
                y=(start + slope, start + 7 * slope),
            ),
            Curve(label="30-minute promise", role="limit", x=(1.0, 7.0), y=(30.0, 30.0)),
        ),
        is_public=True,
    )


def loss_figure(*, diverges: bool) -> Figure:
    rate = 1.25 if diverges else 0.93
    losses = tuple(375.0 * rate**epoch + 2 for epoch in range(120))
    right = tuple(375.0 * 0.93**epoch + 2 for epoch in range(120))
    epochs = tuple(float(epoch) for epoch in range(120))
    return Figure(
        title="loss over the epochs",
        axes=Axes(x="epoch", y="mean squared error, minutes²"),
        marks=(
            Curve(label="reference", role="reference", x=epochs, y=right),
            Curve(label="yours", role="student", x=epochs, y=losses),
        ),
        is_public=True,
    )


def image_figure() -> Figure:
    rows = tuple(
        tuple(None if row == column == 9 else (row + column) / 26 for column in range(14))
        for row in range(14)
    )
    return Figure(
        title="a 14 × 14 image before and after",
        axes=None,
        marks=(Image(label="asked", rows=rows), Image(label="yours", rows=rows[::-1])),
    )


def _finding(verdict: Verdict, line: int) -> Finding:
    answer = Answer(
        summary="float32 [2, 3] on cpu",
        preview=f"[[{SECRET_VALUE}, 0.6652, 0.0900],\n [0.0900, 0.2447, 0.6652]]",
    )
    other = Answer(
        summary="float32 [2, 3] on cpu",
        preview=f"[[nan, 0.6652, {SECRET_VALUE}],\n [0.0900, 0.2447, 0.6652]]",
    )
    call = f"softmax(float32 [2, 3] from {SECRET_VALUE}, dim=1)"
    match verdict:
        case Verdict.WRONG:
            return Finding(
                rule="The shape and dtype are right, but the numbers differ.",
                detail=f"First difference at [0, 0]: expected {SECRET_VALUE}, got nan. 4 of 6 numbers differ; the largest error is 0.31.",
                call=call, expected=answer, got=other, line=None, candidates=("GMAX", "OVF"),
            )  # fmt: skip
        case Verdict.RAISED:
            return Finding(
                rule="The function raised an error where an answer was asked.",
                detail=f"RuntimeError: The size of tensor a (3) must match b (2), at {SECRET_VALUE}",
                call=call, expected=answer, line=line,
                traceback=f'Traceback (most recent call last):\n  File "activations.py", line {line}, in softmax\n    return exp / exp.sum(dim)\nRuntimeError: {SECRET_VALUE}',
            )  # fmt: skip
        case Verdict.TIMED_OUT:
            return Finding(
                rule="The call did not come back within 2 seconds.", call=call, line=line
            )
        case Verdict.NOT_ATTEMPTED:
            return Finding(rule="This function is still as it was handed out.", line=line)
        case Verdict.MISSING:
            return Finding(rule="The file defines no function of this name.")
        case _:
            return Finding(rule="Something else went wrong.", line=line)


def _figures(function: str, index: int, verdict: Verdict) -> tuple[Figure, ...]:
    is_right = verdict is Verdict.PASSED
    if verdict in {Verdict.MISSING, Verdict.NOT_ATTEMPTED}:
        return ()
    if index == 0 and function in {"relu", "leaky_relu", "sigmoid", "tanh"}:
        return (activation_figure(function, is_right=is_right),)
    if function == "train_neuron" and index == 1:
        return (line_figure(3.43 if is_right else 2.1, 5.04),)
    if function == "train_neuron" and index == 3:
        return (loss_figure(diverges=not is_right),)
    return ()


def make_test(
    function: str, words: str, index: int, verdict: Verdict, max_points: float
) -> TestResult:
    is_passed = verdict is Verdict.PASSED
    mistake = MISTAKES.get(function) if verdict is Verdict.WRONG else None
    is_visible = index == 0
    return TestResult(
        name=f"test_{function}_{words.replace(' ', '_')}" + ("[7.0-29.05]" if index == 2 else ""),
        title=words,
        function=function,
        verdict=verdict,
        points=max_points if is_passed else 0.0,
        max_points=max_points,
        visibility=Visibility.VISIBLE if is_visible else Visibility.HIDDEN if index == 3 else Visibility.HINT,
        wall_seconds=0.0004 + 0.003 * index,
        seed=7_193_482 + index,
        diagnosis=mistake[0] if mistake else None,
        diagnosis_title=mistake[1] if mistake else None,
        diagnosis_hint=mistake[2] if mistake else None,
        hint="Which axis do the rows run along?" if index % 2 else None,
        finding=None if is_passed or verdict is Verdict.SKIPPED else _finding(verdict, 20),
        reason="This machine has no GPU." if verdict is Verdict.SKIPPED else None,
        output=f"debug: {SECRET_VALUE}\n" if index == 2 and verdict is Verdict.WRONG else "",
        figures=_figures(function, index, verdict),
    )  # fmt: skip


def result_of(
    student: str, exercise: str, verdicts: dict[str, tuple[Verdict, ...]], **changes: object
) -> Result:
    """One result; `verdicts` gives those of each function, the rest passed."""
    tests = []
    for function, (points, titles) in FUNCTIONS[exercise].items():
        given = verdicts.get(function, ())
        for index, words in enumerate(titles):
            verdict = given[index] if index < len(given) else Verdict.PASSED
            tests.append(make_test(function, words, index, verdict, points / len(titles)))
    source = source_of(exercise)
    fields: dict[str, object] = {
        "student": student,
        "exercise": exercise,
        "title": TITLES[exercise],
        "points": sum(test.points for test in tests),
        "max_points": sum(test.max_points for test in tests),
        "status": Status.GRADED,
        "sandbox_tier": Tier.FULL,
        "device": "cpu",
        "seed": 4_815_162_342,
        "started_at": "2026-03-02T14:05:11+00:00",
        "wall_seconds": 0.214,
        "filename": f"{exercise}.py",
        "sha256": hashlib.sha256(source.encode()).hexdigest(),
        "suite_sha256": hashlib.sha256(exercise.encode()).hexdigest(),
        "source": source,
        "versions": {"python": "3.11.7", "torch": "2.13.0", "torchgrade": "0.1.0"},
        "tests": tuple(tests),
    }
    return Result(**{**fields, **changes})  # type: ignore[arg-type]


def student_results(student: str = "ada.lovelace") -> tuple[Result, ...]:
    """Three exercises of a student who got most of it right, with one mistake of each kind."""
    wrong, raised, slow = Verdict.WRONG, Verdict.RAISED, Verdict.TIMED_OUT
    passed, stub, skipped = Verdict.PASSED, Verdict.NOT_ATTEMPTED, Verdict.SKIPPED
    return (
        result_of(student, "tensors", {"make_deliveries": (passed, wrong), "to_float32": (raised, raised, passed, raised)},
                  load_problems=(LoadProblem(line=6, error="NameError: name 'plot' is not defined", statement="plot(x)"),)),
        result_of(student, "learning", {"train_neuron": (wrong, wrong, passed, wrong, slow), "max_stable_lr": (stub, stub)},
                  notes=("The file was read as Latin-1, because it is not UTF-8.",)),
        result_of(student, "activations", {"softmax": (passed, wrong, passed, wrong, wrong, passed), "sigmoid": (wrong, passed, wrong), "relu": (passed, passed, passed, passed, skipped)}),
    )  # fmt: skip


CELLS = (
    ("markdown", "# Lab 2\n\nI worked in *Colab*."),
    ("code", "%matplotlib inline\nimport torch\nimport helper_utils"),
    ("code", "!pip install torchinfo\nfrom google.colab import drive\ndrive.mount('/content/drive')"),
    ("code", 'def relu(x):\n    """Keep what is positive."""\n    return torch.relu(x)\n\n\nprint("half:")\nrelu(0.5)'),
    ("markdown", "Now the others:"),
    ("code", "def tanh(x):\n    y = helper_utils.tanh(x)\n    return y"),
    ("code", "plot(relu)"),
    ("code", "losses = []\nwhile True:\n    losses.append(0.0)"),
    ("code", "import os\nos._exit(1)"),
)  # fmt: skip

SCRIPT = "<script>window.hit=1</script><b>bold</b>\n\x1b[31mred\x1b[0m"
"""What one of the cells printed."""


def png(width: int = 64, height: int = 40) -> bytes:
    """A picture as plotting makes one: a dark line on white."""
    rows = b"".join(
        b"\0"
        + bytes(0 if abs(row - column * height // width) < 2 else 255 for column in range(width))
        for row in range(height)
    )

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    signature = b"\x89PNG\r\n\x1a\n"
    return (
        signature + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )


def notebook_result(student: str = "notebook", text: str = SCRIPT) -> Result:
    """A notebook of which each cell ended in another way; one of them showed `text`."""
    cells = [{"cell_type": kind, "metadata": {}, "source": source} for kind, source in CELLS]
    read = read_notebook(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}).encode())
    ran = CellOutcome.RAN
    became: dict[int, tuple[CellOutcome, tuple[Shown, ...]]] = {
        1: (CellOutcome.FAILED, ()),
        2: (CellOutcome.LACKED, ()),
        3: (ran, (Shown(text="half:\n"), Shown(text="tensor(0.5000)"), Shown(text=text))),
        4: (ran, ()),
        5: (ran, (Shown(text="<Figure size 640x400 with 1 Axes>", picture=png()),)),
        6: (CellOutcome.STOPPED, ()),
        7: (CellOutcome.LEFT_OUT, ()),
    }
    runs = tuple(
        CellRun(
            number=cell.number,
            line=cell.line,
            count=cell.line_count,
            outcome=became[cell.number][0],
            shown=became[cell.number][1],
            left_out=("!pip install torchinfo",) if cell.number == 2 else (),
        )
        for cell in read.code_cells
    )
    first = {run.number: run.line for run in runs}
    problems = (
        LoadProblem(
            line=first[1] + 2,
            error="ModuleNotFoundError: No module named 'helper_utils'",
            statement="import helper_utils",
        ),
        LoadProblem(
            line=first[2] + 1,
            error="ModuleNotFoundError: No module named 'google'",
            statement="from google.colab import drive",
            is_foreign=True,
        ),
        LoadProblem(
            line=first[2] + 2,
            error="NameError: name 'drive' is not defined",
            statement="drive.mount('/content/drive')",
            is_foreign=True,
        ),
        LoadProblem(
            line=first[6] + 1,
            error="TimeoutError: this statement ran for too long and was stopped",
            statement="while True:",
        ),
    )
    result = result_of(
        student,
        "activations",
        {"tanh": (Verdict.RAISED, Verdict.RAISED)},
        filename="activations.ipynb",
        source=read.text,
        cells=runs,
        load_problems=problems,
        notes=(
            "Not run, as there is no shell and no network where work is graded: `!pip install torchinfo` (cell [2]).",
        ),
    )
    line = first[4] + 1
    traceback = f'  File "activations.ipynb", line {line}, in tanh\n    y = helper_utils.tanh(x)\n'
    tests = tuple(
        msgspec.structs.replace(
            test,
            finding=test.finding
            and msgspec.structs.replace(test.finding, line=line, traceback=traceback),
        )
        for test in result.tests
    )
    return msgspec.structs.replace(result, tests=tests)


def large_notebook_result() -> Result:
    """Two hundred cells that print two megabytes and show four megabytes of pictures."""
    result = notebook_result("large")
    # What follows the end of a PNG is ignored, and weighs.
    shown = (Shown(text="loss\n" * 2_000), Shown(text="<Figure>", picture=png() + bytes(20_500)))
    cells = tuple(
        CellRun(number=number, line=7, count=3, outcome=CellOutcome.RAN, shown=shown)
        for number in range(1, 201)
    )
    return msgspec.structs.replace(result, cells=cells)


def renamed(result: Result, exercise: str) -> Result:
    return msgspec.structs.replace(result, exercise=exercise, title=exercise)


def sample_class(seed: int = 11) -> tuple[Result, ...]:
    """A class of 32: some brilliant, some lost, two who could not be graded."""
    chance = random.Random(seed)
    results: list[Result] = []
    for number, student in enumerate(NAMES):
        skill = min(1.0, max(0.0, chance.gauss(0.78, 0.22)))
        for exercise in EXERCISES:
            verdicts = {
                function: _verdicts(chance, skill, function, len(titles))
                for function, (_, titles) in FUNCTIONS[exercise].items()
            }
            changes: dict[str, object] = {}
            if number == 4 and exercise == "learning":
                changes = {
                    "status": Status.NOT_GRADABLE,
                    "points": None,
                    "tests": (),
                    "reason": "The worker could not be started twice: no space left on device.",
                }
            elif number == 9 and exercise == "activations":
                verdicts = dict.fromkeys(FUNCTIONS[exercise], (Verdict.MISSING,) * 9)
                changes = {"filename": "", "sha256": "", "source": ""}
            elif number == 12 and exercise == "tensors":
                changes = {
                    "load_problems": (
                        LoadProblem(line=6, error="SyntaxError: invalid syntax", statement="def"),
                    )
                }
            results.append(result_of(student, exercise, verdicts, **changes))
    return tuple(results)


def _verdicts(
    chance: random.Random, skill: float, function: str, count: int
) -> tuple[Verdict, ...]:
    if chance.random() < skill:
        return ()
    if chance.random() < 0.15:
        return (Verdict.NOT_ATTEMPTED,) * count
    bad = Verdict.WRONG if function in MISTAKES else chance.choice((Verdict.RAISED, Verdict.WRONG))
    if chance.random() < 0.04:
        bad = Verdict.TIMED_OUT
    return tuple(bad if chance.random() < 0.6 else Verdict.PASSED for _ in range(count))
