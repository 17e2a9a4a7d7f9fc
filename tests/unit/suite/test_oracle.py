from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import torch

from grader.errors import SuiteError
from grader.suite.compare import Comparison
from grader.suite.oracle import LiveOracle, Misconception
from grader.suite.telling import JudgedCall, Told, tell
from grader.worker.invoke import Observation
from grader.worker.messages import Raised
from grader.worker.twins import PATHS, Twin

REFERENCE = """
def double(x):
    return 2 * x

def step(model, optimizer, x):
    optimizer.zero_grad()
    model(x).mean().backward()
    optimizer.step()

def root(x):
    if x < 0:
        raise ValueError(f"no root of {x}")
    return x ** 0.5

not_callable = 3
"""


def misconception(body: str, function: str = "double", code: str = "X") -> str:
    return (
        f'"""It is wrong.\n\nWhy?\n"""\nimport torch\n\n'
        f'function = "{function}"\ncode = "{code}"\nfails = ("test_{function}",)\n\n{body}\n'
    )


def write(folder: Path, **files: str) -> LiveOracle:
    reference = folder / "lab.py"
    reference.write_text(REFERENCE)
    paths = []
    for name, text in files.items():
        paths.append(folder / f"{name}.py")
        paths[-1].write_text(text)
    return LiveOracle.load(reference, paths)


def call(function: str, *args: Any, **settings: Any) -> JudgedCall:
    return JudgedCall(function, args, {}, 5, **settings)


def candidates(oracle: LiveOracle, seen: Told, *calls: JudgedCall) -> tuple[str, ...]:
    return oracle.candidates("test_double", calls, seen, Comparison())


def test_the_reference_answers_on_copies(tmp_path: Path) -> None:
    oracle = write(tmp_path)
    x = torch.tensor([1.0, 2.0])
    told = oracle.expected("test_double", [call("double", x)])
    assert isinstance(told, Observation)
    assert told.value.tolist() == [2.0, 4.0]
    assert x.tolist() == [1.0, 2.0]
    assert not x.requires_grad


def test_an_exception_of_the_reference_is_an_answer(tmp_path: Path) -> None:
    told = write(tmp_path).expected("test_root", [call("root", -1.0)])
    assert isinstance(told, Raised)
    assert told.kinds[0] == "ValueError"
    assert told.message == "no root of -1.0"


@pytest.mark.parametrize("name", ["missing", "not_callable"])
def test_a_function_that_the_reference_lacks_is_the_suites_mistake(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(SuiteError, match=f"defines no {name}"):
        write(tmp_path).expected("test", [call(name)])


def test_who_answers_the_same_names_the_mistake(tmp_path: Path) -> None:
    oracle = write(
        tmp_path,
        double_square=misconception("def double(x):\n    return x * x", code="SQ"),
        double_negative=misconception("def double(x):\n    return -2 * x", code="NEG"),
        root_square=misconception("def root(x):\n    return x * x", "root", "SQ"),
    )
    x = torch.tensor([1.0, 3.0])
    assert candidates(oracle, Observation(x * x), call("double", x)) == ("double_square",)
    assert candidates(oracle, Observation(-2 * x), call("double", x)) == ("double_negative",)
    assert candidates(oracle, Observation(7 * x), call("double", x)) == ()
    two = torch.tensor([2.0])
    assert candidates(oracle, Observation(two * two), call("double", two)) == ("double_square",)


def test_only_suspects_are_asked_where_there_are_some(tmp_path: Path) -> None:
    oracle = write(
        tmp_path,
        one=misconception("def double(x):\n    return 0 * x"),
        two=misconception("def double(x):\n    return x - x"),
    )
    calls = [call("double", torch.ones(2))]
    seen = Observation(torch.zeros(2))
    assert oracle.candidates("t", calls, seen, Comparison()) == ("one", "two")
    assert oracle.candidates("t", calls, seen, Comparison(), ("two",)) == ("two",)


def test_a_changed_input_tells_mistakes_apart_that_answer_alike(tmp_path: Path) -> None:
    oracle = write(
        tmp_path,
        double_view=misconception("def double(x):\n    return x.mul_(3)", code="VIEW"),
        double_three=misconception("def double(x):\n    return 3 * x", code="THREE"),
    )
    x = torch.ones(2)
    assert candidates(oracle, Observation(3 * x, (0,)), call("double", x)) == ("double_view",)
    assert candidates(oracle, Observation(3 * x), call("double", x)) == ("double_three",)
    assert x.tolist() == [1.0, 1.0]


def test_a_missing_gradient_tells_mistakes_apart_that_answer_alike(tmp_path: Path) -> None:
    oracle = write(
        tmp_path,
        double_det=misconception("def double(x):\n    return (3 * x).detach()", code="DET"),
        double_three=misconception("def double(x):\n    return 3 * x", code="THREE"),
    )
    asked = call("double", torch.ones(2), gradient_seed=1)
    flat = Observation(torch.full((2,), 3.0), (), (None,))
    assert candidates(oracle, flat, asked) == ("double_det",)


def test_exceptions_agree_in_kind_and_words_but_not_in_numbers(tmp_path: Path) -> None:
    oracle = write(
        tmp_path,
        double_key=misconception("def double(x):\n    raise KeyError('row 3 of 7')"),
    )
    asked = call("double", 1.0)

    def raised(kind: str, message: str, *, while_backward: bool = False) -> Raised:
        return Raised(0, (kind, "Exception"), message, 4, "", while_backward)

    assert candidates(oracle, raised("KeyError", "'row 12 of 90'"), asked) == ("double_key",)
    assert candidates(oracle, raised("KeyError", "'column 12 of 90'"), asked) == ()
    assert candidates(oracle, raised("IndexError", "'row 3 of 7'"), asked) == ()
    assert candidates(oracle, raised("KeyError", "'row 3 of 7'", while_backward=True), asked) == ()
    assert candidates(oracle, Observation(1.0), asked) == ()


def test_an_answer_that_nobody_can_compare_is_nobodys(tmp_path: Path) -> None:
    oracle = write(tmp_path, double_odd=misconception("def double(x):\n    return object()"))
    assert candidates(oracle, Observation(1.0), call("double", 1.0)) == ()


def test_each_replay_starts_afresh_and_takes_every_call_of_the_function(tmp_path: Path) -> None:
    body = "seen = 0\n\ndef double(x):\n    global seen\n    seen += x\n    return seen"
    oracle = write(tmp_path, double_glb=misconception(body, code="GLB"))
    calls = [call("double", 1.0), call("root", 4.0), call("double", 10.0)]
    for _ in range(2):
        assert candidates(oracle, Observation(11.0), *calls) == ("double_glb",)


def test_twins_are_changed_as_the_student_changed_his(tmp_path: Path) -> None:
    oracle = write(
        tmp_path,
        step_none=misconception("def step(model, optimizer, x):\n    pass", "step", "NONE"),
    )
    torch.manual_seed(0)
    model = Twin.build(1, PATHS[torch.nn.Linear], (2, 1), {})
    optimizer = Twin.build(2, PATHS[torch.optim.SGD], (model,), {"lr": 0.5})
    before = {name: state.clone() for name, state in model.local.state_dict().items()}
    asked = call("step", model, optimizer, torch.ones(3, 2))
    told = oracle.expected("test_step", [asked])
    assert isinstance(told, Observation)
    moved = told.states[1]
    assert not torch.equal(moved["weight"], before["weight"])
    assert torch.equal(model.local.weight, before["weight"])
    unmoved = Observation(None, (), (), {1: before, 2: told.states[2]})
    assert candidates(oracle, unmoved, asked) == ("step_none",)


def test_tell_keeps_how_a_tensor_lies_in_memory() -> None:
    seen: list[bool] = []

    def look(x: torch.Tensor) -> torch.Tensor:
        seen.append(x.is_contiguous())
        return x

    tell(look, call("look", torch.ones(3, 2).t()))
    tell(look, call("look", torch.ones(3, 2)))
    assert seen == [False, True]


def test_pulling_back_through_nonsense_is_told_apart_from_the_call() -> None:
    def broken(x: torch.Tensor) -> torch.Tensor:
        y = torch.exp(x)
        y.add_(1)
        return y

    told = tell(broken, call("broken", torch.ones(2), gradient_seed=3))
    assert isinstance(told, Raised)
    assert told.while_backward


def test_what_is_slow_is_known_by_its_code_and_its_test(tmp_path: Path) -> None:
    oracle = write(
        tmp_path,
        double_loop=misconception("def double(x):\n    return x + x", code="LOOP"),
        double_other=misconception("def double(x):\n    return x + x", code="SQ"),
    )
    assert oracle.slow("double", "test_double") == ("double_loop",)
    assert oracle.slow("double", "test_double_else") == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def double(x:", "SyntaxError"),
        ("import nowhere", "No module named 'nowhere'"),
        ('"""T.\n\nH?"""\ncode = "X"\nfails = ()', "must define `function`"),
        (misconception("def double(x):\n    pass").replace("fails", "fail"), "must define `fails`"),
        (misconception("def double(x):\n    pass").replace("\n\nWhy?\n", ""), "title line and"),
        (misconception("double = 3"), "does not define the function double"),
        (misconception("def treble(x):\n    pass"), "does not define the function double"),
    ],
    ids=["syntax", "import", "function", "fails", "hint", "callable", "name"],
)
def test_a_broken_misconception_says_what_and_where(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SuiteError) as caught:
        write(tmp_path, double_x=text)
    assert said in str(caught.value)
    assert str(tmp_path) in str(caught.value)


def test_a_misconception_is_told_by_its_docstring(tmp_path: Path) -> None:
    path = tmp_path / "double_x.py"
    path.write_text(misconception("def double(x):\n    pass").replace("Why?", "Why\n  so?"))
    mistake = Misconception(path).mistake
    assert (mistake.name, mistake.title, mistake.hint) == ("double_x", "It is wrong.", "Why so?")


def test_a_reference_that_does_not_run_says_so(tmp_path: Path) -> None:
    (tmp_path / "lab.py").write_text("import nowhere\n")
    with pytest.raises(SuiteError, match="ModuleNotFoundError: No module named 'nowhere'"):
        LiveOracle.load(tmp_path / "lab.py", [])


def test_an_oracle_may_be_given_any_module() -> None:
    module = ModuleType("reference")
    double: Callable[[float], float] = lambda x: 2 * x  # noqa: E731
    module.double = double  # type: ignore[attr-defined]
    told = LiveOracle(module, []).expected("t", [call("double", 2.0)])
    assert isinstance(told, Observation)
    assert told.value == 4.0
