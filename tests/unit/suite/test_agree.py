"""`agree` through a real worker: one class, one session, a student for each way to be wrong."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.records import Result, Status, TestResult, Verdict

TOML = """
title = "Lab"
[limits]
call_seconds = 1.0
[functions]
double = {points = 1}
grow = {points = 1}
total = {points = 1}
slope = {points = 1}
shift = {points = 1}
root = {points = 1}
strict = {points = 1}
pair = {points = 1}
step = {points = 1}
"""
REFERENCE = """
import torch

def double(x):
    return 2 * x

def grow(x):
    return x ** 3 + x

def total(x):
    return x.sum()

def slope(x):
    return 2 * x

def shift(x):
    return x + 1

def root(x):
    if x < 0:
        raise ValueError("no root")
    return x ** 0.5

def strict(x):
    raise RuntimeError("never")

def pair(x):
    return x, x + 1.0

def step(model, optimizer, x):
    optimizer.zero_grad()
    loss = model(x).pow(2).mean()
    loss.backward()
    optimizer.step()
    return loss.item()
"""
HIDDEN = """
import pytest
import torch

from grader.suite import hint

@hint("Twice.")
def test_double_a_matrix(agree, rng):
    agree("double", torch.randn(3, 2, generator=rng))

def test_double_a_row_that_is_repeated_without_a_copy(agree, rng):
    agree("double", torch.randn(3, generator=rng).expand(4, 3))

def test_grow_is_smooth(agree, rng):
    agree.gradient("grow", torch.randn(4, generator=rng) + 3)

def test_total_again(agree):
    agree.twice("total", torch.tensor([1.0, 2.0]))

def test_slope_again(agree):
    agree.twice("slope", torch.tensor([1.0, 2.0]))

def test_shift_of_many(agree, rng):
    agree.speed("shift", torch.rand(300_000, generator=rng))

def test_root_of_four(agree):
    agree("root", 4.0)

def test_root_of_a_negative(agree):
    agree("root", -4.0)

def test_strict_always_refuses(agree):
    agree("strict", 1.0)

def test_pair_by_hand(student, expect):
    expect(student.pair(2.0), (2.0, 3.0))

def test_pair_has_a_property(student):
    first, second = student.pair(1.0)
    assert second > first

def test_pair_by_value(agree):
    agree.using(by_value=True)("pair", 2.0)

def test_double_each(agree):
    agree.each("double", (0.0,), (2.0,), (3.0,))

def test_step_changes_the_model(agree, twin, rng):
    model = twin(torch.nn.Linear, 2, 1)
    agree("step", model, twin(torch.optim.SGD, model, lr=0.1), torch.randn(5, 2, generator=rng))
"""


def wrong(function: str, code: str, body: str, fails: str = "()") -> str:
    return (
        f'"""It is {code}.\n\nIs it {code}?\n"""\nimport torch\n'
        f'function = "{function}"\ncode = "{code}"\nfails = {fails}\n\n{body}\n'
    )


MISCONCEPTIONS = {
    "double_neg": wrong("double", "NEG", "def double(x):\n    return -2 * x"),
    "double_sq": wrong("double", "SQ", "def double(x):\n    return x * x"),
    "double_view": wrong("double", "VIEW", "def double(x):\n    return x.mul_(2)"),
    "double_raise": wrong("double", "KEY", "def double(x):\n    raise KeyError('row 3')"),
    "grow_det": wrong("grow", "DET", "def grow(x):\n    return (x**3 + x).detach()"),
    "grow_half": wrong("grow", "HALF", "def grow(x):\n    return x.detach()**3 + x"),
    "root_quiet": wrong("root", "QUIET", "def root(x):\n    return abs(x) ** 0.5"),
    "shift_loop": wrong(
        "shift",
        "LOOP",
        "def shift(x):\n    return torch.stack([v + 1 for v in x])",
        '("test_shift_of_many",)',
    ),
    "total_glb": wrong(
        "total",
        "GLB",
        "seen = 0\ndef total(x):\n    global seen\n    seen = seen + x.sum()\n    return seen",
    ),
    "pair_up": wrong("pair", "UP", "def pair(x):\n    return x + 1.0, x"),
    "step_za": wrong(
        "step",
        "ZA",
        "def step(model, optimizer, x):\n    loss = model(x).pow(2).mean()\n    loss.backward()\n"
        "    optimizer.zero_grad()\n    optimizer.step()\n    return loss.item()",
    ),
}
STUDENTS = {
    "right": REFERENCE.replace("return x, x + 1.0", "return [x, x + 1]"),
    "stub": "\n".join(
        f"def {name}(*args):\n    raise NotImplementedError('later')"
        for name in ("double", "grow", "total", "slope", "shift", "root", "strict", "pair", "step")
    ),
    "nobody": "",
    "known": "import torch\n"
    + "\n".join(text.partition("\n\n")[2].partition("\n\n")[2] for text in MISCONCEPTIONS.values()),
    "negative": "def double(x):\n    return -2 * x",
    "squaring": "def double(x):\n    return x * x",
    "wavering": "def double(x):\n    return x * x if x > 2 else -2 * x",
    "both": "import torch\n\ndef double(x):\n    x.mul_(-5)\n    return x\n"
    "def grow(x):\n    return torch.zeros(4)\n"
    "def root(x):\n    raise TypeError('what?')\n"
    "def pair(x):\n    import torch\n    return torch.tensor(x), torch.tensor(x + 1)\n",
    "text": "def double(x):\n    return 'twice'\ndef pair(x):\n    return 2, 1\n",
    "flat": "def double(x):\n    return 2 * x.reshape(-1)\n",
    "wide": "def double(x):\n    return 2 * x.double()\n",
    "leftover": "def slope(x):\n    x.requires_grad_()\n    (x * x).sum().backward()\n"
    "    return x.grad\n",
    "looped": "import torch\n\ndef shift(x):\n    out = torch.empty_like(x)\n"
    "    for i in range(len(x)):\n        out[i] = x[i] + 1\n    return out\n",
    "endless": "def double(x):\n    while True:\n        pass\n\ndef shift(x):\n"
    "    while True:\n        try:\n            pass\n        except:\n            pass\n",
    "raising": "def double(x):\n    raise KeyError('row 7')\n",
    "once": "def shift(x):\n    return x\n",
    # Those who would rather be graded than answer.
    "liar": "import torch\n\nclass Liar(torch.Tensor):\n    def __eq__(self, other):\n"
    "        return torch.ones(3, 2, dtype=torch.bool)\n    __hash__ = torch.Tensor.__hash__\n\n"
    "def double(x):\n    return torch.zeros(3, 2).as_subclass(Liar)\n",
    "mute": "import torch\n\nclass Mute(torch.Tensor):\n    @classmethod\n"
    "    def __torch_function__(cls, func, types, args=(), kwargs=None):\n        return True\n\n"
    "def double(x):\n    return torch.zeros(3, 2).as_subclass(Mute)\n",
    "agreeable": "class Yes(float):\n    def __eq__(self, other):\n        return True\n"
    "    __hash__ = None\n    __ne__ = lambda self, other: False\n\n"
    "def double(x):\n    return Yes(1)\n\ndef root(x):\n    return Yes(1)\n\n"
    "def pair(x):\n    return Yes(1), Yes(1)\n",
    "patcher": "import torch\n\ndef yes(*args, **kwargs):\n    return True\n\n"
    "torch.allclose = torch.equal = yes\n"
    "torch.isclose = lambda a, b, **_: torch.ones_like(a, dtype=torch.bool)\n"
    "torch.Tensor.__eq__ = torch.isclose\ntorch.testing.assert_close = yes\n\n"
    "def double(x):\n    return x\n",
    "pytester": "import pytest, unittest, grader.suite.compare, grader.scoring\n\n"
    "grader.suite.compare.Comparison.difference = lambda *_: None\n"
    "pytest.fail = lambda *_, **__: None\n\n"
    "def double(x):\n    return x\n\ndef grow(x):\n    pytest.skip('holidays')\n\n"
    "def total(x):\n    raise unittest.SkipTest\n\ndef root(x):\n    pytest.exit('bye', 0)\n",
    "leaver": "import os, sys\n\ndef double(x):\n    sys.exit(0)\n\n"
    "def grow(x):\n    os._exit(0)\n\n"
    "def total(x):\n    raise KeyboardInterrupt\n\n"
    "def root(x):\n    raise BaseException('PASSED')\n",
    "gone": "import os\n\ndef double(x):\n    return 2 * x\n\nos._exit(0)\n",
    "scribbler": "import os\n\ndef double(x):\n    for fd in range(3, 64):\n        try:\n"
    "            os.write(fd, b'PASSED' * 100)\n        except OSError:\n            pass\n"
    "    return x\n",
    "chatty": "def double(x):\n    print('\\x1b[2JPASSED')\n    return x\n",
}
HOSTILE = (
    "liar", "mute", "agreeable", "patcher", "pytester", "leaver", "gone", "scribbler", "chatty",
)  # fmt: skip


@pytest.fixture(scope="module")
def results(
    tmp_path_factory: pytest.TempPathFactory,
    build_course: Callable[..., Any],
    grade_all: Callable[..., dict[tuple[str, str], Result]],
) -> dict[str, Result]:
    files = {"exercise.toml": TOML, "lab.py": REFERENCE, "test_hidden.py": HIDDEN}
    files |= {f"misconceptions/{name}.py": text for name, text in MISCONCEPTIONS.items()}
    course = build_course(Path(tmp_path_factory.mktemp("course")), {"lab": files})
    graded = grade_all(course, {(name, "lab"): text for name, text in STUDENTS.items()})
    return {student: result for (student, _), result in graded.items()}


@pytest.fixture
def test_of(results: dict[str, Result]) -> Callable[[str, str], TestResult]:
    def find(student: str, name: str) -> TestResult:
        return next(test for test in results[student].tests if test.name == f"test_{name}")

    return find


Find = Callable[[str, str], TestResult]


def rule(test: TestResult) -> str:
    assert test.finding is not None
    return test.finding.rule


def test_the_reference_gets_full_marks(results: dict[str, Result]) -> None:
    assert {t.name: t.verdict for t in results["right"].tests if not t.is_passed} == {}
    assert results["right"].is_full_marks


def test_every_one_of_them_is_graded(results: dict[str, Result]) -> None:
    assert {r.student: r.reason for r in results.values() if r.status is not Status.GRADED} == {}


def test_a_stub_is_not_attempted_and_earns_nothing(results: dict[str, Result]) -> None:
    assert {test.verdict for test in results["stub"].tests} == {Verdict.NOT_ATTEMPTED}
    assert results["stub"].points == 0


def test_an_empty_file_is_missing_everything(results: dict[str, Result]) -> None:
    assert {test.verdict for test in results["nobody"].tests} == {Verdict.MISSING}
    assert results["nobody"].points == 0


def test_a_wrong_answer_is_explained_and_named(test_of: Find) -> None:
    test = test_of("negative", "double_a_matrix")
    assert test.verdict is Verdict.WRONG
    assert test.finding is not None
    assert (test.finding.call or "").startswith("double(tensor([[")
    assert test.finding.expected is not None
    assert test.finding.expected.summary == "float32 [3, 2]"
    assert "first wrong at [0, 0]" in test.finding.detail
    assert "largest error" in test.finding.detail
    assert (test.diagnosis, test.diagnosis_title) == ("NEG", "It is NEG.")
    assert test.diagnosis_hint == "Is it NEG?"
    assert test.hint == "Twice."


def test_each_misconception_is_known_by_its_answer(test_of: Find) -> None:
    assert test_of("known", "grow_is_smooth").diagnosis == "HALF"
    assert test_of("known", "root_of_a_negative").diagnosis == "QUIET"
    assert test_of("known", "total_again").diagnosis == "GLB"
    assert test_of("known", "pair_by_value").diagnosis == "UP"
    assert test_of("known", "pair_by_hand").diagnosis == "UP"
    assert test_of("known", "step_changes_the_model").diagnosis == "ZA"


def test_of_several_answers_a_mistake_must_explain_all(test_of: Find) -> None:
    # The first two answers are right squared as well: only the third tells.
    test = test_of("squaring", "double_each")
    assert (test.verdict, test.diagnosis) == (Verdict.WRONG, "SQ")
    # All three answers are wrong, as those of no single mistake are.
    test = test_of("wavering", "double_each")
    assert (test.verdict, test.diagnosis) == (Verdict.WRONG, None)
    assert test_of("right", "double_each").is_passed


def test_the_same_exception_is_the_same_mistake_whatever_its_numbers(test_of: Find) -> None:
    test = test_of("raising", "double_a_matrix")
    assert (test.verdict, test.diagnosis) == (Verdict.RAISED, "KEY")
    assert rule(test) == "Your code raised KeyError at line 2."
    assert test.finding is not None
    assert test.finding.traceback is not None
    assert "lab.py" in test.finding.traceback


@pytest.mark.parametrize(
    ("student", "name", "said"),
    [
        ("text", "double_a_matrix", "The result should be a tensor, but is a str."),
        ("flat", "double_a_matrix", "The result should have shape [3, 2], but has shape [6]."),
        ("wide", "double_a_matrix", "The result should be float32, but is float64."),
        ("both", "double_a_matrix", "The input was changed. Inputs are never changed."),
        (
            "both",
            "grow_is_smooth",
            (
                "No gradient flows from the result back to the input: something on the way leaves "
                "the graph."
            ),
        ),
        (
            "known",
            "grow_is_smooth",
            (
                "The gradient with respect to the input has the right shape "
                "and dtype, but wrong values."
            ),
        ),
        ("text", "pair_by_hand", "Item 1 of the result is the wrong number."),
        ("both", "pair_by_hand", "Item 0 of the result should be a float, but is a tensor."),
        (
            "known",
            "step_changes_the_model",
            (
                "'weight' of the model's state afterwards has the "
                "right shape and dtype, but wrong values."
            ),
        ),
    ],
)
def test_the_first_thing_that_is_wrong_is_told(
    test_of: Find, student: str, name: str, said: str
) -> None:
    test = test_of(student, name)
    assert test.verdict is Verdict.WRONG
    assert rule(test) == said


def test_by_value_a_tensor_will_do_for_a_number(test_of: Find) -> None:
    assert test_of("both", "pair_by_value").is_passed


def test_an_asserted_property_is_judged(test_of: Find) -> None:
    test = test_of("text", "pair_has_a_property")
    assert test.verdict is Verdict.WRONG
    assert rule(test) == "The answer does not have a property that was asked for."


def test_an_answer_that_the_suite_stumbles_over_is_the_students_doing(test_of: Find) -> None:
    test = test_of("agreeable", "pair_has_a_property")
    assert rule(test) == "The answer is not of a kind that the test could work with."
    assert test.finding is not None
    assert test.finding.detail.startswith("TypeError: '>' not supported")


def test_where_the_reference_raises_an_answer_is_wrong(test_of: Find) -> None:
    test = test_of("known", "root_of_a_negative")
    assert test.verdict is Verdict.WRONG
    assert "it should raise ValueError, but it returned" in rule(test)


def test_another_exception_than_the_one_asked_for_is_not_right(test_of: Find) -> None:
    test = test_of("both", "root_of_a_negative")
    assert test.verdict is Verdict.RAISED
    assert rule(test) == "Your code raised TypeError at line 9."


def test_what_a_call_leaves_behind_shows_at_the_second(test_of: Find) -> None:
    for student, name in (("known", "total_again"), ("leftover", "slope_again")):
        test = test_of(student, name)
        assert test.verdict is Verdict.WRONG
        assert rule(test).startswith("Called a second time with the same input: the result has")


def test_a_loop_over_a_large_input_is_too_slow_and_named(test_of: Find) -> None:
    test = test_of("looped", "shift_of_many")
    assert (test.verdict, test.diagnosis) == (Verdict.TIMED_OUT, "LOOP")
    assert "far too long on a large input" in rule(test)


def test_an_endless_loop_costs_its_own_test_and_tells_its_line(test_of: Find) -> None:
    test = test_of("endless", "double_a_matrix")
    assert test.verdict is Verdict.TIMED_OUT
    assert rule(test).startswith("Your code was still running after 1 seconds. It was at line ")
    swallowing = test_of("endless", "shift_of_many")
    assert swallowing.verdict is Verdict.TIMED_OUT
    assert test_of("endless", "root_of_four").verdict is Verdict.MISSING


def test_a_large_wrong_answer_is_wrong_however_fast(test_of: Find) -> None:
    test = test_of("once", "shift_of_many")
    assert test.verdict is Verdict.WRONG


@pytest.mark.parametrize("student", HOSTILE)
def test_nobody_talks_himself_into_a_point(results: dict[str, Result], student: str) -> None:
    earned = {t.name for t in results[student].tests if t.is_passed or t.points > 0}
    assert earned == set()
    assert results[student].points == 0
    assert Verdict.SKIPPED not in {test.verdict for test in results[student].tests}


@pytest.mark.parametrize(
    ("student", "name", "verdict"),
    [
        ("liar", "double_a_matrix", Verdict.WRONG),
        ("mute", "double_a_matrix", Verdict.RAISED),
        ("agreeable", "double_a_matrix", Verdict.WRONG),
        ("agreeable", "pair_has_a_property", Verdict.WRONG),
        ("agreeable", "root_of_four", Verdict.WRONG),
        ("agreeable", "pair_by_value", Verdict.WRONG),
        ("patcher", "double_a_matrix", Verdict.WRONG),
        ("pytester", "double_a_matrix", Verdict.WRONG),
        ("pytester", "grow_is_smooth", Verdict.RAISED),
        ("pytester", "total_again", Verdict.RAISED),
        ("pytester", "root_of_four", Verdict.RAISED),
        ("leaver", "double_a_matrix", Verdict.RAISED),
        ("leaver", "grow_is_smooth", Verdict.CRASHED),
        ("leaver", "total_again", Verdict.RAISED),
        ("leaver", "root_of_four", Verdict.RAISED),
        ("gone", "double_a_matrix", Verdict.CRASHED),
        ("chatty", "double_a_matrix", Verdict.WRONG),
    ],
)
def test_each_attempt_has_the_verdict_it_deserves(
    test_of: Find, student: str, name: str, verdict: Verdict
) -> None:
    test = test_of(student, name)
    assert test.verdict is verdict, test.finding


def test_a_file_that_ends_python_while_loading_is_told_its_line(test_of: Find) -> None:
    said = rule(test_of("gone", "double_a_matrix"))
    assert "while your file was loading, at line 6" in said


def test_what_is_printed_is_kept_without_control_characters(test_of: Find) -> None:
    output = test_of("chatty", "double_a_matrix").output
    assert "PASSED" in output
    assert "\x1b" not in output
