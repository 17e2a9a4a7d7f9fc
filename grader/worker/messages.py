"""What may be said over the wire: values, calls and replies, each a typed record.

A value is a scalar or one of the tagged records below. Tensors carry their description here and
their bytes in the frame's payload, so that no number of theirs is ever parsed.
"""

from __future__ import annotations

from typing import Annotated, Union

from msgspec import Meta

from grader.worker.bounds import (
    MAX_ARGUMENTS,
    MAX_KINDS,
    MAX_NAMES,
    MAX_PROBLEMS,
    Count,
    Line,
    Message,
    Name,
    Record,
    String,
    Traceback,
)
from grader.worker.notebook_messages import Notebook, Ran


class TensorValue(Record, frozen=True, tag="t"):
    """A tensor; `start` and `size` locate its bytes in the payload.

    `stride` is set only for arguments whose memory layout matters (a transposed view).
    """

    dtype: str
    shape: tuple[int, ...]
    device: str
    requires_grad: bool
    start: int
    size: int
    stride: tuple[int, ...] | None = None


class ListValue(Record, frozen=True, tag="l"):
    """A list."""

    items: tuple[Value, ...]


class TupleValue(Record, frozen=True, tag="u"):
    """A tuple, a named tuple or a torch.Size."""

    items: tuple[Value, ...]


class DictValue(Record, frozen=True, tag="d"):
    """A dict, in its own order."""

    items: tuple[tuple[Value, Value], ...]


class DTypeValue(Record, frozen=True, tag="y"):
    """A torch.dtype, by name: "float32"."""

    name: str


class DeviceValue(Record, frozen=True, tag="v"):
    """A torch.device, by name: "cuda:0"."""

    name: str


class HandleValue(Record, frozen=True, tag="h"):
    """An object that stays in the server: a module, an optimizer, an array of another library."""

    number: int
    type_name: Name


class BigValue(Record, frozen=True, tag="b"):
    """An int beyond 64 bits, as hexadecimal digits; too long ones stay behind as a handle."""

    digits: str


class TwinValue(Record, frozen=True, tag="w"):
    """How to build a torch object that exists on both sides, in the same condition.

    A twin among the arguments of an optimizer stands for its parameters.
    """

    key: int
    path: str
    args: tuple[Value, ...]
    kwargs: dict[str, Value]
    condition: Value = None
    """A module's state_dict, gradients and modes, to take over after construction."""


Value = Union[  # noqa: UP007 - a forward reference inside `|` cannot be resolved at run time
    None,
    bool,
    int,
    float,
    String,
    TensorValue,
    ListValue,
    TupleValue,
    DictValue,
    DTypeValue,
    DeviceValue,
    HandleValue,
    BigValue,
    TwinValue,
]


class Load(Record, frozen=True, tag="Load"):
    """To the keeper: load this file, once."""

    module: str
    filename: str
    text: str
    seconds: float
    notebook: Notebook | None = None


class Serve(Record, frozen=True, tag="Serve"):
    """To the keeper, with one descriptor: end the current server and fork another."""


class Call(Record, frozen=True, tag="Call"):
    """To the server: call `name` of the submission, or of the object behind `handle`.

    `gradient_seed` asks for gradients: float tensors among the arguments require one, and a
    cotangent drawn from this seed is pulled back. The function is called `repeat` times with
    the very same arguments, and the last answer counts. `keep` leaves the answer in the server
    and does not look for changed arguments: nothing but the call takes time. `forbidden` are the
    dotted names that are ruled out for this function.
    """

    nonce: int
    name: str
    args: tuple[Value, ...]
    kwargs: dict[str, Value]
    seconds: float
    seed: int
    device: str
    handle: int | None = None
    gradient_seed: int | None = None
    repeat: int = 1
    keep: bool = False
    forbidden: tuple[str, ...] = ()


class Fetch(Record, frozen=True, tag="Fetch"):
    """To the server: the value of an attribute of a handle, or its state_dict()."""

    nonce: int
    handle: int
    name: str
    device: str = "cpu"


class Sample(Record, frozen=True, tag="Sample"):
    """To the server: what a handle stands for; of a tensor its shape and every `step`-th number."""

    nonce: int
    handle: int
    start: int
    step: int


class Put(Record, frozen=True, tag="Put"):
    """To the server: keep these values and give a handle on each."""

    nonce: int
    device: str
    values: tuple[Value, ...]


Request = Union[Load, Serve, Call, Fetch, Sample, Put]  # noqa: UP007 - as above


class Problem(Record, frozen=True):
    """A top-level statement that failed while loading."""

    line: Line
    error: Name
    statement: Name


class Loading(Record, frozen=True, tag="Loading"):
    """From the keeper: the statement at this line is about to run."""

    line: Line


class Loaded(Record, frozen=True, tag="Loaded"):
    """From the keeper: the file is loaded as far as it goes.

    `syntax_error` is set when nothing could be loaded at all; `unlisted` problems are counted only.
    """

    names: Annotated[tuple[Name, ...], Meta(max_length=MAX_NAMES)]
    problems: Annotated[tuple[Problem, ...], Meta(max_length=MAX_PROBLEMS)]
    syntax_error: Problem | None = None
    unlisted: Count = 0


class Filled(Record, frozen=True, tag="Filled"):
    """From the keeper, before it ends: the statement that ran filled the memory for good."""


class Unfit(Record, frozen=True, tag="Unfit"):
    """Instead of a server that would answer: its device does not start, or no process is left."""

    reason: Message


class Returned(Record, frozen=True, tag="Returned"):
    """From the server: the call came back.

    `changed` are the positions of arguments (then keyword arguments) that the call changed;
    `gradients` one per float tensor argument; `states` the state_dict of each twin, by key.
    """

    nonce: int
    value: Value
    changed: Annotated[tuple[int, ...], Meta(max_length=MAX_ARGUMENTS)] = ()
    gradients: Annotated[tuple[Value, ...], Meta(max_length=MAX_ARGUMENTS)] = ()
    states: Annotated[tuple[tuple[int, Value], ...], Meta(max_length=MAX_ARGUMENTS)] = ()


class Raised(Record, frozen=True, tag="Raised"):
    """From the server: the call raised; `kinds` are the exception's class and its bases."""

    nonce: int
    kinds: Annotated[tuple[Name, ...], Meta(max_length=MAX_KINDS)]
    message: Message
    line: Line | None
    traceback: Traceback
    while_backward: bool = False


class Expired(Record, frozen=True, tag="Expired"):
    """From the server: the call was interrupted at its time limit, at this line."""

    nonce: int
    line: Line | None


class Barred(Record, frozen=True, tag="Barred"):
    """From the server: the call used what is ruled out, the `index`-th of its `forbidden`."""

    nonce: int
    index: int
    line: Line | None


class Absent(Record, frozen=True, tag="Absent"):
    """From the server: there is no such function, or it cannot be called."""

    nonce: int
    is_defined: bool


Reply = Union[  # noqa: UP007 - as above
    Loading, Loaded, Ran, Filled, Unfit, Returned, Raised, Expired, Barred, Absent
]
