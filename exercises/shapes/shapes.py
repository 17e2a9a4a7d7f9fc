# %% [markdown]
# # 2 · Shape: the same numbers, arranged for whoever reads them next
#
# A delivery company promises 30 minutes. A new order is 7 miles away: take it?
#
# Distance alone does not decide. The hour counts, the weather counts, and a camera looks down on
# the road. All of this has to reach the network as tensors in which **every dimension has a
# meaning**. Here you move numbers between dimensions, and never lose track of whose they are.
#
# In the docstrings, `[N, H, W]` means: a tensor with three dimensions, for N pictures of H rows and
# W columns. `f32` in front of it means the type `torch.float32`. What holds everywhere:
#
# - `N`, `H`, `W`, `C` and `F` are 1 or more, and any of them may be equal to any other.
# - Where no type is named, any type may come in, and the same type goes out.
# - What comes in may be a *view*, such as a crop or a transposed picture: its numbers need not lie
#   in memory in the order in which you read them.
# - No function changes what it is given. The answer may share its memory, though: nothing has to
#   be copied.

# %%
import torch
from torch import Tensor


# %%
def flatten_images(images: Tensor) -> Tensor:
    """Lay each picture out as one long row.

    The first row of pixels comes first, from left to right, then the second row, and so on.

    Args:
        images: [N, H, W], grey pictures of H rows and W columns, of any type.

    Returns:
        [N, H·W], one row per picture, of the same type.

    Example:
        Two pictures of 2 by 3 pixels:

        >>> flatten_images(torch.arange(12).reshape(2, 2, 3))
        tensor([[ 0,  1,  2,  3,  4,  5],
                [ 6,  7,  8,  9, 10, 11]])

        A picture of 224 by 224 becomes a row of 50,176 numbers.

    The one idea: to a network that takes rows, every pixel is a feature. The first dimension
    counts the examples, and no picture leaks into its neighbour.

    """
    # Your code here.
    raise NotImplementedError("flatten_images: write your answer here")


# %%
def nchw_to_nhwc(images: Tensor) -> Tensor:
    """Move the colours of each picture from the second dimension to the last.

    PyTorch's layers want (picture, channel, row, column), NCHW for short. Cameras and plotting
    libraries want (picture, row, column, channel), NHWC.

    Args:
        images: [N, C, H, W], N pictures of C channels, H rows and W columns, of any type.

    Returns:
        [N, H, W, C], of the same type. What stood at [n, c, h, w] stands at [n, h, w, c].

    Example:
        One picture of a single row of three pixels, with two channels. Channel 0 holds 0, 1, 2
        and channel 1 holds 3, 4, 5:

        >>> nchw_to_nhwc(torch.arange(6).reshape(1, 2, 1, 3))
        tensor([[[[0, 3],
                  [1, 4],
                  [2, 5]]]])

    The one idea: a right shape can hold wrong numbers. Rows and columns keep their order here,
    only the channels move; and to cut the same list of numbers into other pieces moves nothing.

    """
    # Your code here.
    raise NotImplementedError("nchw_to_nhwc: write your answer here")


# %%
def stack_features(distance: Tensor, hour: Tensor, weather: Tensor) -> Tensor:
    """Put three features of N deliveries side by side as the columns of one table.

    Args:
        distance: [N], miles, whole numbers or decimals.
        hour: [N], time of day in hours, whole (17) or with decimals (17.5).
        weather: [N], how bad it is: True and False for rain, or numbers.

    Each of the three may have a type of its own: int64, float64, bool and so on. None has a
    second dimension.

    Returns:
        f32[N, 3], always float32: one row per delivery, with distance, hour and weather in this
        order. True becomes 1 and False becomes 0.

    Example:
        The order 7 miles away, at 17 hours in the rain, and one 2.5 miles away on a dry morning:

        >>> miles = torch.tensor([7.0, 2.5], dtype=torch.float64)
        >>> stack_features(miles, torch.tensor([17, 9]), torch.tensor([True, False]))
        tensor([[ 7.0000, 17.0000,  1.0000],
                [ 2.5000,  9.0000,  0.0000]])

    The one idea: examples go down, features go across. Three columns are a new dimension, so
    say where it goes. And a table has a single type: that of the network's weights.

    """
    # Your code here.
    raise NotImplementedError("stack_features: write your answer here")


# %%
def split_targets(table: Tensor) -> tuple[Tensor, Tensor]:
    """Separate what the network may see from what it has to predict.

    Args:
        table: [N, F + 1], one row per delivery: F features, and in the last column the target.
            Of any type.

    Returns:
        Two tensors of the same type: the features [N, F], and the targets [N, 1], a column.
        (A list of the two is accepted as well as a tuple.)

    Example:
        Two of the lecture's deliveries, with miles, hour, rain and, last, the minutes they took:

        >>> table = torch.tensor([[2.0, 17.0, 1.0, 11.9], [3.0, 9.0, 0.0, 15.3]])
        >>> features, targets = split_targets(table)
        >>> features
        tensor([[ 2., 17.,  1.],
                [ 3.,  9.,  0.]])
        >>> targets
        tensor([[11.9000],
                [15.3000]])

    The one idea: an index removes a dimension, a slice keeps it. Predictions are a column, so
    the targets must be one, or the two will not meet row by row.

    """
    # Your code here.
    raise NotImplementedError("split_targets: write your answer here")
