import collections
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from grader.worker.bounds import MAX_STRING
from grader.worker.messages import HandleValue, Returned, Value
from grader.worker.twins import PATHS, Twin
from grader.worker.values import Handle, Packer, Unpacker, is_at
from grader.worker.wire import (
    DTYPES,
    MAX_DEPTH,
    MAX_NODES,
    MAX_RANK,
    PREFIX,
    decode_reply,
    encode,
)
from tests.profiles import examples

SAMPLES = {
    "bool": [True, False, True, True, False, False],
    "complex": [1 + 2j, -1j, 0j, complex("nan"), 3 + 0j, 1 - 1j],
}


class Marked(Tensor):
    """A subclass as a student might write one."""


def sample(dtype: torch.dtype) -> Tensor:
    """Six numbers of a dtype, those that compare badly among them."""
    if dtype is torch.bool:
        return torch.tensor(SAMPLES["bool"])
    if dtype.is_complex:
        return torch.tensor(SAMPLES["complex"], dtype=dtype)
    if dtype.is_floating_point:
        return torch.tensor([0.0, -0.0, 1.5, float("nan"), float("inf"), -2.0], dtype=dtype)
    return torch.tensor([0, 1, 2, 3, torch.iinfo(dtype).max, torch.iinfo(dtype).min], dtype=dtype)


def resolve(value: HandleValue) -> Handle:
    return Handle(value.number, value.type_name)


def answered(item: object) -> Any:
    """What the trusted side gets of an answer: packed, sent, checked, rebuilt."""
    kept: list[object] = []

    def keep(left: object) -> int:
        kept.append(left)
        return len(kept)

    packer = Packer(keep)
    frame = encode(Returned(1, packer.pack(item)))
    reply = decode_reply(frame[PREFIX.size :], len(packer.payload))
    assert isinstance(reply, Returned)
    return Unpacker(packer.payload, resolve).unpack(reply.value)


def refuse(item: object) -> int:
    raise TypeError(type(item).__name__)


def handed_over(item: object) -> Any:
    """What a student's function gets of an argument."""
    packer = Packer(refuse, keeps_layout=True)
    return Unpacker(packer.payload, resolve).unpack(packer.pack(item))


def is_identical(ours: Tensor, theirs: Tensor) -> bool:
    """Bit by bit: NaN equals NaN, and 0.0 differs from -0.0."""
    left, right = (torch.cat((it.reshape(-1), it.new_empty(0))) for it in (ours, theirs))
    if ours.shape != theirs.shape or ours.dtype != theirs.dtype:
        return False
    return left.numel() == 0 or torch.equal(left.view(torch.uint8), right.view(torch.uint8))


# --- tensors


@pytest.mark.parametrize("dtype", DTYPES.values(), ids=str)
@pytest.mark.parametrize("shape", [(), (6,), (2, 3), (1, 6, 1), (0,), (2, 0, 3)], ids=str)
def test_a_tensor_of_any_dtype_and_shape_crosses_bit_by_bit(
    dtype: torch.dtype, shape: tuple[int, ...]
) -> None:
    tensor = sample(dtype)[: torch.Size(shape).numel()].reshape(shape)
    assert is_identical(answered(tensor), tensor)
    assert is_identical(handed_over(tensor), tensor)


@pytest.mark.parametrize(
    "tensor",
    [
        pytest.param(torch.arange(6.0).reshape(2, 3).T, id="transposed"),
        pytest.param(torch.arange(12.0)[::2], id="every-other"),
        pytest.param(torch.arange(24.0).reshape(2, 3, 4).permute(2, 0, 1), id="permuted"),
        pytest.param(torch.arange(3.0).expand(2, 3), id="expanded"),
        pytest.param(torch.arange(2.0).reshape(2, 1).expand(2, 3), id="expanded-to-the-right"),
        pytest.param(torch.arange(6.0).unfold(0, 3, 1), id="overlapping"),
        pytest.param(torch.arange(12.0).reshape(3, 4)[:, 1:3], id="columns"),
    ],
)
def test_an_argument_lies_in_memory_as_the_author_laid_it(tensor: Tensor) -> None:
    got = handed_over(tensor)
    assert is_identical(got, tensor)
    assert got.stride() == tensor.stride()
    assert not got.is_contiguous()


def test_an_answer_that_is_not_contiguous_crosses_by_value() -> None:
    tensor = torch.arange(6.0).reshape(2, 3).T
    assert is_identical(answered(tensor), tensor)
    assert answered(tensor).is_contiguous()


def test_the_sender_keeps_its_own_tensor() -> None:
    tensor = torch.zeros(3)
    handed_over(tensor).add_(1)
    assert tensor.tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    "tensor",
    [
        pytest.param(torch.tensor([1 + 2j, 3 - 1j]).conj(), id="conjugated"),
        pytest.param(torch.tensor([1 + 2j, 3 - 1j]).conj().imag, id="negated"),
        pytest.param(torch.ones(2, requires_grad=True) * 2, id="with-a-graph"),
        pytest.param(torch.nn.Parameter(torch.ones(2)), id="parameter"),
        pytest.param(torch.ones(2).as_subclass(Marked), id="subclass"),
    ],
)
def test_a_tensor_of_a_special_kind_crosses_as_a_plain_one(tensor: Tensor) -> None:
    got = answered(tensor)
    assert type(got) is Tensor
    assert not got.requires_grad
    assert got.tolist() == tensor.tolist()


def test_a_subclass_that_lies_about_its_values_is_read_by_its_bytes() -> None:
    class Liar(Tensor):
        @classmethod
        def __torch_function__(
            cls, func: Any, types: Any, args: Any = (), kwargs: Any = None
        ) -> Any:
            if func in {torch.allclose, torch.equal, Tensor.eq, Tensor.__eq__}:
                return True
            return super().__torch_function__(func, types, args, kwargs or {})  # type: ignore[no-untyped-call]

    got = answered(torch.zeros(2).as_subclass(Liar))
    assert type(got) is Tensor
    assert not torch.equal(got, torch.ones(2))


def test_a_tensor_says_where_it_was_and_whether_it_required_gradients() -> None:
    packer = Packer(refuse)
    value = packer.pack(torch.ones(2, requires_grad=True))
    assert (value.device, value.requires_grad) == ("cpu", True)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "tensor",
    [
        pytest.param(torch.eye(2).to_sparse(), id="sparse"),
        pytest.param(torch.ones(2, device="meta"), id="without-numbers"),
        pytest.param(torch.ones((1,) * (MAX_RANK + 1)), id="too-many-dimensions"),
        pytest.param(torch.ones(2).to(torch.float8_e4m3fn), id="dtype-not-in-the-table"),
    ],
)
def test_a_tensor_that_cannot_cross_stays_behind_as_a_handle(tensor: Tensor) -> None:
    assert answered(tensor) == Handle(1, "torch.Tensor")


@examples(60)
@given(st.data())
def test_any_slice_of_any_permutation_crosses(data: st.DataObject) -> None:
    dtype = data.draw(st.sampled_from(list(DTYPES.values())))
    shape = data.draw(st.lists(st.integers(0, 4), max_size=4))
    tensor = sample(dtype).repeat(64)[: torch.Size(shape).numel()].reshape(shape)
    order = data.draw(st.permutations(range(tensor.dim())))
    steps = data.draw(st.lists(st.integers(1, 3), min_size=len(order), max_size=len(order)))
    view = tensor.permute(order)[tuple(slice(None, None, step) for step in steps)]
    assert is_identical(answered(view), view)
    assert is_identical(handed_over(view), view)


# --- everything else


@pytest.mark.parametrize(
    "item",
    [
        None,
        True,
        0,
        -1,
        2**63 - 1,
        -(2**63),
        2**63,
        -(2**200),
        2**4095,
        1.5,
        float("inf"),
        "",
        "grüße 🎈",
        [],
        (),
        {},
        [1, (2.0, "x"), {"k": [None, True]}],
        {7: "a", None: "b", True: "c", 2.5: "d"},
        torch.float32,
        torch.float8_e4m3fn,
        torch.device("cpu"),
        torch.device("cuda:1"),
        torch.device("meta"),
    ],
    ids=repr,
)
def test_plain_data_crosses_as_itself(item: object) -> None:
    got = answered(item)
    assert got == item
    assert type(got) is type(item)


def test_true_and_one_remain_different() -> None:
    assert [type(part) for part in answered([True, 1, 1.0])] == [bool, int, float]


def test_a_size_and_a_named_tuple_cross_as_tuples() -> None:
    pair = collections.namedtuple("pair", "left right")  # noqa: PYI024 - as a student would
    assert answered(torch.ones(2, 3).shape) == (2, 3)
    assert answered(pair(1, torch.Size([4]))) == (1, (4,))


def test_an_ordered_dict_keeps_its_order() -> None:
    item = collections.OrderedDict([("b", 1), ("a", 2)])
    assert list(answered(item).items()) == [("b", 1), ("a", 2)]


class Strange:
    """Knows better than the grader what equals it."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


@pytest.mark.parametrize(
    ("item", "type_name"),
    [
        (Strange(), f"{__name__}.Strange"),
        (torch.nn.Linear(1, 1), "torch.nn.modules.linear.Linear"),
        ({1, 2}, "set"),
        (range(3), "range"),
        (b"bytes", "bytes"),
        (1j, "complex"),
        (2**5000, "int"),
        ("x" * (MAX_STRING + 1), "str"),
        ({(1, 2): 3}, "dict"),
        ({2**70: 3}, "dict"),
        ({"x" * (MAX_STRING + 1): 3}, "dict"),
        (torch.device("vulkan"), "torch.device"),
        ([0] * MAX_NODES, "list"),
    ],
    ids=lambda it: it if isinstance(it, str) and len(it) < 50 else type(it).__name__,
)
def test_what_cannot_cross_stays_behind_as_a_handle(item: object, type_name: str) -> None:
    assert answered(item) == Handle(1, type_name)


def test_only_the_part_that_cannot_cross_stays_behind() -> None:
    assert answered([1, {2}, "x"]) == [1, Handle(1, "set"), "x"]


def test_a_type_with_an_endless_name_is_named_in_part() -> None:
    kind = type("N" * 100_000, (), {})
    got = answered(kind())
    assert isinstance(got, Handle)
    assert len(got.type_name) <= 300


def test_a_long_list_of_losses_crosses_whole() -> None:
    losses = [float(step) for step in range(15_000)]
    assert answered(losses) == losses


def test_many_lists_leave_behind_those_for_which_there_is_no_room() -> None:
    got = answered([[0] * 9_000 for _ in range(4)])
    assert [isinstance(part, Handle) for part in got] == [False, False, True, True]
    assert got[1] == [0] * 9_000


def test_nesting_beyond_the_bound_leaves_the_innermost_behind() -> None:
    nested: list[Any] = []
    for _ in range(MAX_DEPTH + 3):
        nested = [nested]
    got, depth = answered(nested), 0
    while isinstance(got, list):
        got, depth = got[0], depth + 1
    assert (got, depth) == (Handle(1, "list"), MAX_DEPTH)


def test_a_list_that_holds_itself_many_times_over_crosses_in_bounded_time() -> None:
    knot: list[Any] = []
    knot.extend([knot] * 10)
    got = answered(knot)
    assert len(got) == 10


def test_an_argument_that_cannot_cross_is_the_authors_mistake() -> None:
    with pytest.raises(TypeError, match="set"):
        handed_over({1, 2})


@examples(100)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**80), 2**80) | st.text() | st.floats(),
        lambda inner: st.one_of(
            st.lists(inner),
            st.lists(inner).map(tuple),
            st.dictionaries(st.text() | st.integers(-9, 9) | st.none(), inner),
        ),
        max_leaves=20,
    )
)
def test_any_nesting_of_plain_data_crosses_as_itself(item: object) -> None:
    assert repr(answered(item)) == repr(item)


# --- twins and handles as arguments


def test_a_handle_as_an_argument_stands_for_the_object_behind_it() -> None:
    model = torch.nn.Linear(1, 1)
    packer = Packer(refuse)
    value = packer.pack([Handle(5, "Linear")])
    objects = {5: model}
    assert Unpacker(packer.payload, lambda it: objects[it.number]).unpack(value)[0] is model


def test_a_twin_arrives_with_the_same_state_and_its_optimizer_holds_its_parameters() -> None:
    ours = Twin.build(1, PATHS[torch.nn.Linear], (2, 1), {})
    optimizer = Twin.build(2, PATHS[torch.optim.SGD], (ours,), {"lr": 0.5})
    packer = Packer(refuse, keeps_layout=True)
    values: list[Value] = [packer.pack(ours), packer.pack(optimizer)]
    unpacker = Unpacker(packer.payload, resolve)
    model, stepper = (unpacker.unpack(value).local for value in values)
    assert torch.equal(model.weight, ours.local.weight)
    assert model.weight is not ours.local.weight
    assert stepper.param_groups[0]["params"][0] is model.weight
    assert stepper.param_groups[0]["lr"] == 0.5


def test_a_twin_arrives_with_its_gradients_and_in_its_mode() -> None:
    ours = Twin.build(1, PATHS[torch.nn.Linear], (2, 1), {})
    ours.local.weight.grad = torch.tensor([[1.0, 2.0]])
    ours.local.eval()
    packer = Packer(refuse, keeps_layout=True)
    model = Unpacker(packer.payload, resolve).unpack(packer.pack(ours)).local
    assert model.weight.grad.tolist() == [[1.0, 2.0]]
    assert model.bias.grad is None
    assert not model.training


@pytest.mark.parametrize(
    ("name", "home", "expected"),
    [
        ("mps:0", "mps", True),
        ("cuda:0", "cuda:0", True),
        ("cuda:1", "cuda:0", False),
        ("cpu", "mps", False),
    ],
)
def test_a_device_is_known_with_and_without_its_number(
    name: str, home: str, expected: bool
) -> None:
    assert is_at(name, torch.device(home)) is expected
