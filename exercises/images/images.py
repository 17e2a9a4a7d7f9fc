# %% [markdown]
# # 4 · Unstructured data
#
# A delivery company promises 30 minutes. A new order is 7 miles away: take it?
#
# So far an order was one number, the distance. Now a camera looks at the road, and one frame of it
# is 2,073,600 numbers. Nobody writes rules for so many; a network finds its own. But it wants them
# **small**, **right** and **on one scale**, and that is your work here: the four functions below
# stand between the camera and the network.
#
# In the docstrings, `u8[H, W]` means: a tensor of type `torch.uint8` (whole numbers from 0 to 255)
# with H rows and W columns; `f32` is `torch.float32`. H and W may be anything, also 1, and also
# equal. What holds for all four:
#
# - no function changes what it is given;
# - the answer is on the device of its input;
# - `normalize_image`, `brighten` and `to_gray` run on a full-HD frame of 2,073,600 pixels. A
#   Python loop over them takes seconds, tensor operations take milliseconds, and only the latter
#   are fast enough.

# %%
import torch
from torch import Tensor

# %% [markdown]
# ## From the camera's numbers to the network's


# %%
def normalize_image(image: Tensor) -> Tensor:
    """Turn the brightness of each pixel, 0 to 255, into a number from 0 to 1.

    Args:
        image: u8[H, W], a grey picture; 0 is black and 255 is white.

    Returns:
        f32[H, W]: 0 becomes 0, 255 becomes 1, and what lies between is in proportion. White is
        255 in every picture, also in one that has no white pixel.

    Example:
        >>> normalize_image(torch.tensor([[0, 51, 255]], dtype=torch.uint8))
        tensor([[0.0000, 0.2000, 1.0000]])

    The one idea: a network starts with small random weights and learns in small steps, so it
    likes inputs of about the size of 1. A camera counts in whole numbers, and between 0 and 1
    there is no room for whole numbers: the data type has to change along with the scale.

    """
    # Your code here.
    raise NotImplementedError("normalize_image: write your answer here")


# %% [markdown]
# ## A byte is a small box


# %%
def brighten(image: Tensor, amount: int) -> Tensor:
    """Make each pixel brighter by `amount`, but never brighter than white or darker than black.

    Args:
        image: u8[H, W], a grey picture.
        amount: how many steps brighter, a whole number from -255 to 255; below 0 the picture
            becomes darker.

    Returns:
        u8[H, W]: `image + amount`, where what would lie above 255 is 255, and what would lie
        below 0 is 0.

    Example:
        At dusk the camera's pictures are too dark.

        >>> dusk = torch.tensor([[0, 100, 200]], dtype=torch.uint8)
        >>> brighten(dusk, 100)
        tensor([[100, 200, 255]], dtype=torch.uint8)
        >>> brighten(dusk, -150)
        tensor([[ 0,  0, 50]], dtype=torch.uint8)

    The one idea: a `uint8` has no room beyond 255. There it starts again at 0 without a word, and
    200 + 100 is 44: the brightest spots of your picture turn dark. Do the sum where there is room
    for it, and come back when it fits again.

    """
    # Your code here.
    raise NotImplementedError("brighten: write your answer here")


# %% [markdown]
# ## Three pictures become one


# %%
def to_gray(image: Tensor, weights: Tensor) -> Tensor:
    """Mix the channels of a colour picture into one grey picture.

    gray[h, w] = weights[0]·image[0, h, w] + weights[1]·image[1, h, w] + weights[2]·image[2, h, w]

    Args:
        image: f32[3, H, W]: the red, the green and the blue picture, in this order. The *first*
            dimension counts the channels, as always in PyTorch.
        weights: f32[3], how much each channel counts. They need not add up to 1, and are used as
            they are.

    Returns:
        f32[H, W], without a dimension for the channels. (If image and weights are both float64,
        so is the answer.)

    Example:
        A red pixel beside a green one, and how bright each of them looks to our eyes:

        >>> image = torch.tensor([[[1.0, 0.0]], [[0.0, 1.0]], [[0.0, 0.0]]])
        >>> to_gray(image, torch.tensor([0.299, 0.587, 0.114]))
        tensor([[0.2990, 0.5870]])

    The one idea: a pixel's grey is `w1·red + w2·green + w3·blue`. You will meet this sum again:
    it is a neuron with three inputs, at work on every pixel at once. And every dimension has a
    meaning: three weights belong to three *channels*, never to rows or columns, even where there
    are three of those too.

    """
    # Your code here.
    raise NotImplementedError("to_gray: write your answer here")


# %% [markdown]
# ## Miles and hours on one scale


# %%
def standardize(x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Bring every column of a table to one scale: around 0, one standard deviation as the unit.

    z = (x - mean) / std, where each column has its own mean and its own std.

    Args:
        x: f32[N, F]: N examples (rows) with F features (columns), N and F at least 1.

    Returns:
        Three tensors of the data type of `x` (float64 stays float64), as a tuple or a list:

        - z, [N, F]: the table on its new scale;
        - mean, [1, F]: the mean of each column;
        - std, [1, F]: the standard deviation of each column, as `torch.std` takes it unless told
          otherwise: the sum of the squares is divided by N - 1, not by N.

        A column whose numbers are all the same has no spread: its std is 0, and its z are 0, not
        NaN. The same holds for every column of a table of a single row.

    Example:
        Three orders: distance in miles, and the hour of the day.

        >>> orders = torch.tensor([[2.0, 8.0], [4.0, 12.0], [6.0, 16.0]])
        >>> z, mean, std = standardize(orders)
        >>> z
        tensor([[-1., -1.],
                [ 0.,  0.],
                [ 1.,  1.]])
        >>> mean, std
        (tensor([[ 4., 12.]]), tensor([[2., 4.]]))

        The new order, 7 miles away, lies (7 - 4) / 2 = 1.5 standard deviations from the middle.

    The one idea: to a network 16 o'clock is not twice as important as 8 o'clock, nor an hour four
    times a mile. What tells is how unusual a number is *within its own column*. That is why mean
    and std are handed back too: whoever asks about a new order has to use the same ones.

    """
    # Your code here.
    raise NotImplementedError("standardize: write your answer here")
