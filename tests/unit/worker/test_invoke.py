import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor

from grader.worker.invoke import BackwardError, invoke
from grader.worker.twins import PATHS, Twin


def changed(function: Callable[..., Any], *args: Any, **kwargs: Any) -> tuple[int, ...]:
    return invoke(function, args, kwargs, seed=0).changed


def double(x: Tensor) -> None:
    x.mul_(2)


# --- changed arguments


def test_an_untouched_argument_is_not_reported() -> None:
    assert changed(lambda x, y, dim: x + y.sum(dim), torch.ones(2), torch.ones(2, 2), dim=0) == ()


def test_positions_count_on_through_keyword_arguments() -> None:
    def function(x: Tensor, y: Tensor, *, out: Tensor) -> None:
        y.add_(x)
        out.add_(x)

    assert changed(function, torch.ones(2), torch.ones(2), out=torch.ones(2)) == (1, 2)


@pytest.mark.parametrize(
    "touch",
    [
        pytest.param(lambda x: x.view(-1).__setitem__(0, 9.0), id="through-a-view"),
        pytest.param(lambda x: x[1].zero_(), id="through-a-row"),
        pytest.param(lambda x: x.T.add_(1), id="through-the-transpose"),
        pytest.param(lambda x: x.data.add_(1), id="through-data"),
        pytest.param(lambda x: x.detach().add_(1), id="through-a-detached-alias"),
        pytest.param(lambda x: x.numpy().fill(3), id="through-an-array"),
        pytest.param(lambda x: x.resize_(1, 4), id="its-shape"),
        pytest.param(lambda x: x.__setitem__((0, 0), float("nan")), id="to-nan"),
    ],
)
def test_a_change_is_seen_however_it_was_made(touch: Callable[[Tensor], Any]) -> None:
    assert changed(touch, torch.arange(1.0, 5.0).reshape(2, 2)) == (0,)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float16, torch.complex64], ids=str)
def test_nan_that_was_there_before_is_no_change(dtype: torch.dtype) -> None:
    x = torch.tensor([1.0, float("nan")], dtype=dtype)
    assert changed(lambda x: x * 2, x) == ()
    assert changed(double, x) == (0,)


@pytest.mark.parametrize(
    ("item", "touch"),
    [
        ([3, 1, 2], lambda it: it.sort()),
        ([1, 2], lambda it: it.append(3)),
        ([1], lambda it: it.__setitem__(0, 1.0)),
        ([1], lambda it: it.__setitem__(0, True)),
        ([1], lambda it: it.__setitem__(0, torch.ones(2))),
        ([1], lambda it: it.__setitem__(0, [1, 2])),
        ([1], lambda it: it.__setitem__(0, {"a": 1})),
        ([torch.ones(2)], lambda it: it.__setitem__(0, 1)),
        ([torch.ones(2)], lambda it: it.__setitem__(0, [1.0, 1.0])),
        ([torch.ones(2)], lambda it: it[0].zero_()),
        ([[1]], lambda it: it.__setitem__(0, {"a": 1})),
        ({"a": [1]}, lambda it: it["a"].append(2)),
        ({"a": 1}, lambda it: it.pop("a")),
        ({"a": {}}, lambda it: it.__setitem__("a", torch.ones(3))),
        (([1],), lambda it: it[0].clear()),
    ],
)
def test_a_change_inside_a_container_is_seen(item: Any, touch: Callable[[Any], Any]) -> None:
    assert changed(touch, item) == (0,)


def test_containers_that_were_only_read_are_not_reported() -> None:
    item = {"a": [1, float("nan"), None, "x"], "t": (torch.tensor([float("nan")]), 2)}
    assert changed(lambda it: len(it), item) == ()  # noqa: PLW0108 - a student's function


# --- gradients


def gradients(function: Callable[..., Any], *args: Any) -> tuple[Tensor | None, ...]:
    return invoke(function, args, {}, seed=0, gradient_seed=7).gradients


def test_without_a_gradient_seed_nothing_requires_gradients() -> None:
    seen = invoke(lambda x: x * 2, (torch.ones(2),), {}, seed=0)
    assert seen.gradients == ()
    assert not seen.value.requires_grad


def test_the_gradient_is_that_of_the_cotangent_drawn_from_the_seed() -> None:
    x = torch.tensor([1.0, 2.0, 3.0])
    (gradient,) = gradients(lambda x: x**2, x)
    generator = torch.Generator().manual_seed(7)
    cotangent = torch.randn(3, dtype=torch.float64, generator=generator).float()
    assert gradient is not None
    torch.testing.assert_close(gradient, 2 * torch.tensor([1.0, 2.0, 3.0]) * cotangent)


def test_a_complex_answer_has_the_gradient_of_its_cotangent() -> None:
    x = torch.tensor([1.0, 2.0])
    (gradient,) = gradients(lambda x: torch.complex(x, 3 * x), x)
    cotangent = torch.randn(2, dtype=torch.float64, generator=torch.Generator().manual_seed(7))

    assert gradient is not None
    torch.testing.assert_close(gradient, cotangent.float())


def test_a_gradient_does_not_import_what_only_a_compiler_needs() -> None:
    code = """
import sys, torch
from grader.worker.invoke import invoke
invoke(lambda x: x**2, (torch.ones(3),), {}, seed=0, gradient_seed=7)
print("sympy" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout == "False\n"


def test_only_float_tensors_are_asked_for_gradients() -> None:
    got = gradients(lambda x, n, i, y: x * n + y[i], torch.ones(2), 3, torch.tensor([0, 1]), ones())
    assert len(got) == 2


def ones() -> Tensor:
    return torch.ones(2, dtype=torch.float64)


def test_an_argument_the_answer_does_not_depend_on_has_no_gradient() -> None:
    left, right = gradients(lambda x, y: x * len(y), ones(), ones())
    assert left is not None
    assert right is None


@pytest.mark.parametrize(
    "function",
    [
        pytest.param(lambda x: (x * 2).detach(), id="detached"),
        pytest.param(lambda x: torch.tensor((x * 2).tolist()), id="rebuilt"),
        pytest.param(lambda x: x.sum().item(), id="a-number"),
        pytest.param(lambda x: [x * 2], id="a-list"),
        pytest.param(lambda _: None, id="nothing"),
        pytest.param(lambda x: x > 0, id="a-mask"),
    ],
)
def test_an_answer_without_a_graph_has_no_gradients(function: Callable[..., Any]) -> None:
    assert gradients(function, ones()) == (None,)


class Stuck(torch.autograd.Function):
    @staticmethod
    def forward(_ctx: Any, x: Tensor) -> Tensor:
        return x.clone()

    @staticmethod
    def backward(_ctx: Any, *_gradients: Any) -> Any:
        raise ValueError("no way back")


def test_an_error_on_the_way_back_is_told_apart_with_its_cause() -> None:
    with pytest.raises(BackwardError) as caught:
        gradients(Stuck.apply, ones())
    assert isinstance(caught.value.__cause__, ValueError)


def test_an_answer_changed_in_place_after_it_was_needed_is_an_error_on_the_way_back() -> None:
    def broken(x: Tensor) -> Tensor:
        y = x.exp()
        y.add_(1)
        return y

    with pytest.raises(BackwardError):
        gradients(broken, ones())


def test_what_the_function_raises_goes_through() -> None:
    with pytest.raises(ZeroDivisionError):
        invoke(lambda: 1 / 0, (), {}, seed=0)


# --- seeds, repetition, twins


def test_the_same_seed_gives_the_same_random_numbers() -> None:
    first = invoke(lambda: torch.rand(3), (), {}, seed=4).value
    again = invoke(lambda: torch.rand(3), (), {}, seed=4).value
    other = invoke(lambda: torch.rand(3), (), {}, seed=5).value
    assert torch.equal(first, again)
    assert not torch.equal(first, other)
    assert torch.equal(first, torch.rand(3, generator=torch.Generator().manual_seed(4)))


def test_a_repeated_call_sees_the_same_arguments_and_seed_each_time() -> None:
    seen: list[Tensor] = []

    def function(x: Tensor) -> int:
        seen.append(x + torch.rand(2))
        return len(seen)

    assert invoke(function, (torch.ones(2),), {}, seed=1, repeat=3).value == 3
    assert torch.equal(seen[0], seen[1])
    assert torch.equal(seen[1], seen[2])


def test_a_twin_hands_its_own_instance_over_and_its_state_comes_back() -> None:
    model = Twin.build(3, PATHS[torch.nn.Linear], (1, 1), {})
    optimizer = Twin.build(4, PATHS[torch.optim.SGD], (model,), {"lr": 0.1})
    before = model.local.weight.detach().clone()

    def step(net: torch.nn.Module, stepper: torch.optim.Optimizer) -> None:
        net(torch.ones(1, 1)).sum().backward()
        stepper.step()

    seen = invoke(step, (model,), {"stepper": optimizer}, seed=0)
    assert seen.changed == ()
    torch.testing.assert_close(seen.states[3]["weight"], before - 0.1)
    assert seen.states[4] == {}
    model.local.weight.data.zero_()
    assert seen.states[3]["weight"].item() != 0
