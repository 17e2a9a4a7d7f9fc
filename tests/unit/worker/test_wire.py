import math
import struct
import tracemalloc
from typing import Any, Final, get_args

import msgspec
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import WireError
from grader.worker.bounds import MAX_ARGUMENTS, MAX_MESSAGE, MAX_NAME, MAX_STRING
from grader.worker.messages import (
    Absent,
    BigValue,
    Call,
    DeviceValue,
    DictValue,
    DTypeValue,
    Expired,
    Filled,
    HandleValue,
    ListValue,
    Loaded,
    Loading,
    Problem,
    Raised,
    Reply,
    Returned,
    TensorValue,
    TupleValue,
    TwinValue,
    Value,
)
from grader.worker.values import Handle, Unpacker
from grader.worker.wire import (
    DTYPES,
    MAX_DEPTH,
    MAX_HEADER_BYTES,
    MAX_NODES,
    MAX_RANK,
    PREFIX,
    decode_reply,
    decode_request,
    encode,
    sizes,
)
from tests.profiles import examples

MEBIBYTE = 1 << 20
EXPECTED: Final = (*get_args(Reply), WireError)
VALID = (
    Loading(3),
    Loaded(("relu", "f"), (Problem(4, "NameError: name 'x' is not defined", "x"),), None),
    Loaded((), (), Problem(1, "SyntaxError: invalid syntax", "def")),
    Raised(7, ("ValueError", "Exception", "BaseException"), "no", 3, "File", False),
    Filled(),
    Expired(7, None),
    Absent(7, is_defined=True),
    Returned(7, None),
    Returned(
        7,
        TupleValue(
            (
                TensorValue("float32", (2, 3), "cpu", True, 0, 24),
                ListValue((1, -1.5, "text", True, BigValue("-0x" + "f" * 20))),
                DictValue((("weight", TensorValue("bool", (5,), "cuda:0", False, 64, 5)), (1, 2))),
                DTypeValue("float32"),
                DeviceValue("cuda:1"),
                HandleValue(1, "torch.nn.Linear"),
            )
        ),
        (0, 2),
        (TensorValue("int64", (), "cpu", False, 72, 8), None),
        ((0, DictValue((("bias", TensorValue("complex64", (0, 4), "cpu", False, 80, 0)),))),),
    ),
)
PAYLOAD_BYTES = 80


def header_of(reply: Reply) -> bytes:
    return encode(reply)[PREFIX.size :]


def returned(value: Value) -> bytes:
    return header_of(Returned(1, value))


def returned_bytes(value: bytes) -> bytes:
    """A `Returned` whose value is given as msgpack, which no encoder of ours would write."""
    return b"\x96\xa8Returned\x01" + value + b"\x90\x90\x90"


def tensor(
    dtype: str = "float32",
    shape: tuple[int, ...] = (2,),
    *,
    start: int = 0,
    size: int | None = None,
    device: str = "cpu",
    stride: tuple[int, ...] | None = None,
) -> TensorValue:
    if size is None:
        size = math.prod(shape) * DTYPES[dtype].itemsize
    return TensorValue(dtype, shape, device, False, start, size, stride)


def take(header: bytes, payload_bytes: int) -> Reply | WireError:
    """Decode as the client does, rebuild every value; what else is raised fails the test."""
    try:
        reply = decode_reply(header, payload_bytes)
    except WireError as error:
        return error
    if isinstance(reply, Returned):
        unpacker = Unpacker(bytearray(payload_bytes), lambda it: Handle(it.number, it.type_name))
        for value in (reply.value, *reply.gradients, *(state for _, state in reply.states)):
            unpacker.unpack(value)
    return reply


# --- whatever comes, a reply or a WireError


@pytest.mark.parametrize("reply", VALID, ids=lambda reply: type(reply).__name__)
def test_a_valid_reply_survives_encoding_and_decoding(reply: Reply) -> None:
    assert take(header_of(reply), PAYLOAD_BYTES) == reply


@examples(300)
@given(st.binary(max_size=200), st.integers(0, 1000))
def test_arbitrary_bytes_give_a_reply_or_a_wire_error(header: bytes, payload_bytes: int) -> None:
    assert isinstance(take(header, payload_bytes), EXPECTED)


mutations = st.lists(
    st.tuples(
        st.sampled_from(("set", "insert", "delete")), st.floats(0, 0.999), st.integers(0, 255)
    ),
    min_size=1,
    max_size=6,
)


@examples(500)
@given(st.sampled_from(VALID), mutations, st.sampled_from((0, 8, PAYLOAD_BYTES, 4096)))
def test_mutated_replies_give_a_reply_or_a_wire_error(
    reply: Reply, changes: list[tuple[str, float, int]], payload_bytes: int
) -> None:
    header = bytearray(header_of(reply))
    for kind, place, byte in changes:
        position = int(place * len(header))
        if kind == "insert":
            header.insert(position, byte)
        elif header:
            header[position : position + 1] = bytes([byte]) if kind == "set" else b""
    assert isinstance(take(bytes(header), payload_bytes), EXPECTED)


edges = st.sampled_from(
    [0, 1, -1, 2, 64, 127, 128, 2**31, 2**32, 2**47, 2**48, 2**62, 2**63 - 1, -(2**63), 2**64 - 1]
)
integers = edges | st.integers(-(2**63), 2**64 - 1) | st.integers(0, 16)
devices = ["", "cpu", "cuda", "cuda:0", "cuda:999", "cuda:-1", "mkldnn", "\0", "\n"]
dtypes = ["float32", "torch.float32", "bool", "float8_e4m3fn", "quint8"]
digits = ["0x", "0xf", "-0xff", "0x" + "f" * 2000]
texts = st.sampled_from([*devices, *dtypes, *digits]) | st.text(max_size=20)
scalars = st.none() | st.booleans() | integers | st.floats() | texts | st.binary(max_size=8)
shapes = st.lists(integers, max_size=4)


def tagged(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Values in the wire's own arrangement with anything at all in their fields."""
    pairs = st.lists(st.tuples(inner, inner), max_size=3)
    items = st.lists(inner, max_size=3)
    crossing = st.sampled_from(sorted(DTYPES))
    return st.one_of(
        st.tuples(st.just("t"), crossing | texts, shapes, texts, st.booleans(), integers, integers),
        st.tuples(st.just("t"), crossing, shapes, st.just("cpu"), st.just(False), integers, edges),
        st.tuples(
            *(st.just("t"), crossing, shapes, texts, scalars, integers, integers),
            st.none() | shapes,
        ),
        st.tuples(st.sampled_from(["l", "u", "x"]), items),
        st.tuples(st.just("d"), pairs),
        st.tuples(st.sampled_from(["y", "v", "b"]), scalars),
        st.tuples(st.just("h"), integers, scalars),
        st.tuples(st.just("w"), integers, texts, items, st.dictionaries(texts, inner, max_size=2)),
        items,
    )


values = st.recursive(scalars, tagged, max_leaves=12)


@examples(600)
@given(values, st.lists(values, max_size=2), st.lists(integers, max_size=2), edges)
def test_hostile_fields_in_the_right_places_give_a_reply_or_a_wire_error(
    value: Any, more: list[Any], changed: list[int], payload_bytes: int
) -> None:
    states = [[number, item] for number, item in enumerate(more)]
    header = msgspec.msgpack.encode(["Returned", 1, value, changed, more, states])
    payload_bytes = max(0, min(payload_bytes, 4096))
    assert isinstance(take(header, payload_bytes), EXPECTED)


# --- bounded memory


def claiming(kind: bytes) -> bytes:
    return returned_bytes(kind + b"\xff\xff\xff\xff")


def filled(unit: bytes) -> bytes:
    """A list of so many equal items that the header has its greatest size."""
    count = (MAX_HEADER_BYTES - 64) // len(unit)
    return returned_bytes(b"\x92\xa1l\xdd" + struct.pack(">I", count) + unit * count)


@pytest.mark.parametrize(
    "header",
    [
        pytest.param(claiming(b"\x92\xa1l\xdd"), id="array-claims-4-billion-items"),
        pytest.param(claiming(b"\xdb"), id="string-claims-4-GiB"),
        pytest.param(claiming(b"\xc6"), id="bytes-claim-4-GiB"),
        pytest.param(claiming(b"\xdf"), id="map-claims-4-billion-items"),
        pytest.param(claiming(b"\xc9"), id="extension-claims-4-GiB"),
        pytest.param(filled(b"\xc0"), id="full-of-nothing"),
        pytest.param(filled(b"\x92\xa1l\x90"), id="full-of-empty-lists"),
        pytest.param(filled(b"\x92\xa1d\x91\x92\xc0\xc0"), id="full-of-small-dicts"),
        pytest.param(filled(b"\xcb@\x09!\xfbTD-\x18"), id="full-of-floats"),
        pytest.param(returned_bytes(b"\x92\xa1l\x91" * (MEBIBYTE // 4)), id="bottomless"),
        pytest.param(b"\x91" * MEBIBYTE, id="bottomless-from-the-start"),
    ],
)
def test_a_hostile_header_costs_a_small_multiple_of_its_size(header: bytes) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(WireError):
            decode_reply(header, 0)
        assert tracemalloc.get_traced_memory()[1] <= 32 * len(header) + MEBIBYTE
    finally:
        tracemalloc.stop()


def test_an_announced_frame_beyond_the_limits_is_refused_before_anything_is_read() -> None:
    assert sizes(PREFIX.pack(MAX_HEADER_BYTES, 100), 100) == (MAX_HEADER_BYTES, 100)
    with pytest.raises(WireError, match="larger than allowed"):
        sizes(PREFIX.pack(MAX_HEADER_BYTES + 1, 0), 100)
    with pytest.raises(WireError, match="larger than allowed"):
        sizes(PREFIX.pack(0, 101), 100)


# --- what a reply may claim


def nested(depth: int) -> Value:
    value: Value = None
    for _ in range(depth):
        value = ListValue((value,))
    return value


def test_nesting_is_taken_to_its_bound_and_no_deeper() -> None:
    assert isinstance(take(returned(nested(MAX_DEPTH)), 0), Returned)
    assert isinstance(take(returned(nested(MAX_DEPTH + 1)), 0), WireError)


def test_parts_are_counted_over_value_gradients_and_states_together() -> None:
    half = ListValue((None,) * (MAX_NODES // 2))
    assert isinstance(take(returned(half), 0), Returned)
    both = Returned(1, half, (), (half,))
    assert isinstance(take(header_of(both), 0), WireError)


def test_bytes_of_the_payload_are_claimed_once() -> None:
    apart = ListValue((tensor(start=0), tensor(start=8)))
    assert isinstance(take(returned(apart), 16), Returned)
    twice = ListValue((tensor(shape=(4,)), tensor(shape=(4,))))
    assert isinstance(take(returned(twice), 16), WireError)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(tensor(size=4), id="smaller-than-its-shape"),
        pytest.param(tensor(size=16), id="larger-than-its-shape"),
        pytest.param(tensor(size=-8), id="negative-size"),
        pytest.param(tensor(shape=(0,), size=8), id="empty-with-bytes"),
        pytest.param(tensor(start=-8), id="before-the-payload"),
        pytest.param(tensor(start=96), id="after-the-payload"),
        pytest.param(tensor(start=60, shape=(2, 2)), id="over-the-end-of-the-payload"),
        pytest.param(tensor(start=2), id="not-aligned"),
        pytest.param(tensor(shape=(-1, -2)), id="negative-dimensions"),
        pytest.param(tensor(shape=(2**62,), size=8), id="more-than-there-is"),
        pytest.param(tensor(shape=(2**32, 2**32), size=0), id="a-product-that-wraps-to-zero"),
        pytest.param(tensor(shape=(0, 2**62)), id="empty-with-a-huge-dimension"),
        pytest.param(tensor(shape=(0, 2**47, 2**47)), id="empty-with-strides-beyond-64-bits"),
        pytest.param(tensor(shape=(1,) * (MAX_RANK + 1)), id="too-many-dimensions"),
        pytest.param(tensor(stride=(1,)), id="with-a-stride"),
        pytest.param(TensorValue("quint8", (8,), "cpu", False, 0, 8), id="quantised"),
        pytest.param(TensorValue("object", (1,), "cpu", False, 0, 8), id="no-dtype"),
        pytest.param(tensor(device="cuda:-1"), id="impossible-device"),
        pytest.param(tensor(device="cuda:300"), id="device-that-wraps-around"),
        pytest.param(tensor(device="mkldnn"), id="device-torch-warns-of"),
        pytest.param(DTypeValue("Tensor"), id="a-dtype-that-is-another-name-of-torch"),
        pytest.param(DeviceValue(""), id="a-device-without-a-name"),
        pytest.param(BigValue("12"), id="digits-without-a-prefix"),
        pytest.param(BigValue("0xzz"), id="digits-that-are-none"),
        pytest.param(BigValue("0x" + "f" * 5000), id="too-many-digits"),
        pytest.param(DictValue(((ListValue(()), 1),)), id="a-list-as-a-key"),
        pytest.param(DictValue((("a", 1), ("a", 2))), id="a-key-twice"),
        pytest.param(DictValue(((1, 1), (True, 2))), id="a-key-that-equals-another"),
        pytest.param(TwinValue(1, "torch.nn.Linear", (1, 1), {}), id="a-twin"),
        pytest.param("x" * (MAX_STRING + 1), id="a-string-without-end"),
        pytest.param(HandleValue(1, "x" * (MAX_NAME + 1)), id="a-type-name-without-end"),
    ],
)
def test_a_value_that_claims_what_cannot_be_is_refused(value: Value) -> None:
    header = returned(ListValue((value,)))
    assert isinstance(take(header, 64), WireError)


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Raised(1, ("E",) * 17, "", None, ""), id="too-many-classes"),
        pytest.param(Raised(1, ("E",), "x" * (MAX_MESSAGE + 1), None, ""), id="a-long-message"),
        pytest.param(Raised(1, ("E",), "", None, "x" * 10_000), id="a-long-traceback"),
        pytest.param(Raised(1, ("E",), "", -1, ""), id="a-negative-line"),
        pytest.param(Expired(1, 2**40), id="a-line-no-file-has"),
        pytest.param(Loaded(("f",) * 1000, ()), id="too-many-names"),
        pytest.param(Loaded((), (Problem(1, "", ""),) * 1000), id="too-many-problems"),
        pytest.param(Returned(1, None, (0,) * (MAX_ARGUMENTS + 1)), id="too-many-changes"),
        pytest.param(Returned(1, None, (), (None,) * 1000), id="too-many-gradients"),
    ],
)
def test_a_reply_longer_than_any_honest_one_is_refused(reply: Reply) -> None:
    assert isinstance(take(header_of(reply), 0), WireError)


@pytest.mark.parametrize(
    "fields",
    [
        ["Returned", "1", None],
        ["Returned", 1.5, None],
        ["Returned", float("nan"), None],
        ["Returned", 1],
        ["Returned", 1, None, [], [], [], "one more"],
        ["Returned", 1, {"a": 1}],
        ["Returned", 1, b"bytes"],
        ["Returned", 1, ["t", "float32", [float("inf")], "cpu", False, 0, 0]],
        ["Returned", 1, ["t", "float32", [True], "cpu", False, 0, 4]],
        ["Returned", 1, ["t", "float32", [1], "cpu", False, 0.0, 4]],
        ["Returned", 1, ["t", "float32", [1], "cpu", 0, 0, 4]],
        ["Absent", 1, None],
        ["Call", 1, "f", [], {}, 1.0, 1, "cpu"],
        ["Load", "m", "m.py", "", 1.0],
        ["Nonsense"],
        [],
        None,
        1,
        {"type": "Returned"},
    ],
    ids=repr,
)
def test_a_field_of_the_wrong_type_is_refused(fields: Any) -> None:
    assert isinstance(take(msgspec.msgpack.encode(fields), 64), WireError)


def test_a_reply_with_bytes_after_its_end_is_refused() -> None:
    assert isinstance(take(header_of(Loading(1)) + b"\xc0", 0), WireError)


def test_numbers_that_are_no_numbers_cross_as_they_are() -> None:
    reply = take(returned(ListValue((float("nan"), float("inf"), -float("inf")))), 0)
    assert isinstance(reply, Returned)
    assert isinstance(reply.value, ListValue)
    assert repr(reply.value.items) == "(nan, inf, -inf)"


def test_a_byte_that_is_no_bool_becomes_true() -> None:
    reply = decode_reply(returned(tensor("bool", (4,))), 4)
    assert isinstance(reply, Returned)
    unpacker = Unpacker(bytearray((0, 1, 2, 255)), lambda it: Handle(it.number, it.type_name))
    value = unpacker.unpack(reply.value)
    assert torch.equal(value, torch.tensor([False, True, True, True]))
    assert value.view(torch.uint8).tolist() == [0, 1, 1, 1]


def test_a_request_survives_encoding_and_decoding_with_its_payload_behind_it() -> None:
    call = Call(9, "relu", (tensor(stride=(1,)),), {"dim": 1}, 2.0, 5, "cpu", gradient_seed=3)
    frame = encode(call, b"12345678")
    header_bytes, payload_bytes = sizes(frame[: PREFIX.size], 8)
    header = frame[PREFIX.size : PREFIX.size + header_bytes]
    assert decode_request(header) == call
    assert frame[PREFIX.size + header_bytes :] == b"12345678"
    assert payload_bytes == 8
