# %% [markdown]
# # 1 · Data as tensors
#
# A delivery company promises 30 minutes. A new order is 7 miles away: take it?
#
# Before a neuron can answer, the deliveries of the past have to become tensors: the right
# **shape** (one row per delivery, one column per feature) and the right **type** (`float32`,
# the type of every weight in a network). Most errors you will ever see in PyTorch are one of
# these two. The five functions below are about nothing else.
#
# In the docstrings, `f32[N, 1]` means: a tensor of type `torch.float32` with N rows and 1 column.
# `[]` is a 0-d tensor, a single number without rows. No function may change what it is given.

# %%
import torch
from torch import Tensor

# %% [markdown]
# ## Two lists become two columns


# %%
def make_deliveries(distances: list[float], minutes: list[float]) -> tuple[Tensor, Tensor]:
    """Turn the deliveries of the past into a column of inputs and a column of targets.

    The idea: the first dimension of a tensor counts the examples, the second the features of
    each. Five deliveries with one feature are `[5, 1]`, not `[5]`. Lists of whole numbers would
    become integers by themselves; a network wants `float32`, so ask for it.

    Args:
        distances: N distances in miles; whole numbers (`7`) and decimals (`7.5`) are both fine.
        minutes: N delivery times in minutes, in the same order.

    Returns:
        Two tensors, f32[N, 1] each: the distances and the minutes. (A list of the two is
        accepted as well as a tuple.)

    Raises:
        ValueError: The lists differ in length: some delivery has no time, or some time no
            delivery.

    Example:
        >>> x, y = make_deliveries([2, 3], [11.9, 15.3])
        >>> x
        tensor([[2.],
                [3.]])
        >>> y.shape, y.dtype
        (torch.Size([2, 1]), torch.float32)
    """
    # Your code here.
    raise NotImplementedError("make_deliveries: write your answer here")


# %% [markdown]
# ## How many numbers is a picture?


# %%
def pixel_count(height: int, width: int, channels: int = 1) -> int:
    """Count the numbers that one picture holds.

    The idea: a delivery is one number, a picture is tens of thousands. Nobody writes rules by
    hand for that many inputs; this is why networks learn their own representation.

    Args:
        height: Height in pixels.
        width: Width in pixels; a picture need not be square.
        channels: Numbers per pixel: 1 for grey, 3 for red, green and blue.

    Returns:
        The count, a Python `int`.

    Example:
        >>> pixel_count(28, 28)
        784
        >>> pixel_count(480, 640, 3)
        921600
    """
    # Your code here.
    raise NotImplementedError("pixel_count: write your answer here")


# %% [markdown]
# ## What is this tensor?


# %%
def describe(x: Tensor) -> dict[str, object]:
    """Say what a tensor is: the five facts to print first when something does not fit.

    The idea: shape, type and device explain most error messages. Look at them before you look
    at the numbers.

    Args:
        x: Any tensor: of any type, with any number of dimensions (none at all for a single
            number), possibly empty.

    Returns:
        A dictionary with exactly these keys:

        - `"shape"`: the length of each dimension, a tuple or a `torch.Size`;
        - `"dtype"`: the type of the numbers, such as `torch.float32`;
        - `"ndim"`: how many dimensions, an `int`;
        - `"numel"`: how many numbers in all, an `int`;
        - `"device"`: where they live, a string such as `"cpu"` or a `torch.device`.

    Example:
        >>> facts = describe(torch.zeros(5, 1))
        >>> facts["shape"], facts["ndim"], facts["numel"]
        ((5, 1), 2, 5)
        >>> facts["dtype"], facts["device"]
        (torch.float32, device(type='cpu'))
    """
    # Your code here.
    raise NotImplementedError("describe: write your answer here")


# %% [markdown]
# ## The type a network understands


# %%
def to_float32(x: Tensor) -> Tensor:
    """Convert a tensor of any type to `float32`, and leave the original as it was.

    The idea: converting makes a *new* tensor. Whoever gave you `x` still owns it and still
    expects to find integers in it.

    Args:
        x: A tensor of any shape and type: whole numbers, float64, or True and False.

    Returns:
        f32 of the same shape, on the same device, with the same values; True becomes 1 and
        False becomes 0.

    Example:
        >>> minutes = torch.tensor([12, 15, 19])
        >>> to_float32(minutes)
        tensor([12., 15., 19.])
        >>> minutes.dtype
        torch.int64
    """
    # Your code here.
    raise NotImplementedError("to_float32: write your answer here")


# %% [markdown]
# ## One order is a batch of one


# %%
def single_input(value: float) -> Tensor:
    """Make one order ready for a network.

    The idea: a layer takes a *batch*: rows of examples, columns of features. One order with one
    feature is a batch of one: one row, one column. `torch.nn.Linear(1, 1)` must accept it.

    Args:
        value: The distance of the new order in miles, `7` as well as `7.0`.

    Returns:
        f32[1, 1].

    Example:
        >>> single_input(7)
        tensor([[7.]])
    """
    # Your code here.
    raise NotImplementedError("single_input: write your answer here")
