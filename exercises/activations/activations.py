# %% [markdown]
# # Activations: what bends a straight line
#
# A neuron computes `w·x + b`, and stacked neurons without a bend between them are still one
# straight line. An *activation function* is the bend. Here you write the five that you will meet
# most, and find out where a neuron's bend lies.
#
# What holds for every function that takes a tensor `x`:
#
# - `x` may have any shape, and the answer has the same shape.
# - The answer has the data type and the device of `x`: `float32` in, `float32` out.
# - `x` itself is never changed.
# - Gradients flow: whoever calls `.backward()` behind your function gets the right derivative.
# - No Python loop over the numbers: a full-HD frame has 2,073,600 of them.

# %%
import torch
from torch import Tensor


# %%
def relu(x: Tensor) -> Tensor:
    """Keep what is positive and turn everything else into 0.

    relu(x) = max(0, x), for each number on its own.

    Args:
        x: any shape, a floating-point data type.

    Returns:
        A new tensor of the same shape and data type.

    Example:
        An order is expected 0.95 minutes early, another 2.5 minutes late.
        How many minutes late is each?

        >>> relu(torch.tensor([-0.95, 2.5]))
        tensor([0.0000, 2.5000])

    The one idea: a line with a single bend is enough. Networks of nothing but lines and this bend
    can follow any curve. (At exactly 0 the derivative is a matter of taste; nobody tests it.)

    """
    # Your code here.
    raise NotImplementedError("relu: write your answer here")


# %%
def leaky_relu(x: Tensor, slope: float = 0.01) -> Tensor:
    """Keep what is positive, and let the rest through `slope` times as strong.

    leaky_relu(x) = x where x > 0, and slope·x elsewhere.

    Args:
        x: any shape, a floating-point data type.
        slope: the steepness on the left side; any number above 0, also one above 1.

    Returns:
        A new tensor of the same shape and data type.

    Example:
        >>> leaky_relu(torch.tensor([-2.0, 3.0]), slope=0.1)
        tensor([-0.2000,  3.0000])

    The one idea: where ReLU is flat its gradient is 0, and a neuron whose inputs all fall there
    never learns again. A little slope keeps it alive. Which *side* of 0 a number lies on decides,
    nothing else.

    """
    # Your code here.
    raise NotImplementedError("leaky_relu: write your answer here")


# %%
def sigmoid(x: Tensor) -> Tensor:
    """Squeeze any number into the interval from 0 to 1.

    sigmoid(x) = 1 / (1 + e^(-x)), for each number on its own.

    Args:
        x: any shape, a floating-point data type.

    Returns:
        A new tensor of the same shape and data type; every entry and every gradient is finite,
        however far from 0 an entry of `x` lies.

    Example:
        0 means "no idea", so it becomes one half. The two sides mirror each other:
        sigmoid(-x) = 1 - sigmoid(x).

        >>> sigmoid(torch.tensor([-2.0, 0.0, 2.0]))
        tensor([0.1192, 0.5000, 0.8808])

    The one idea: a right formula can still be a bad program. In float32 `e^89` is already `inf`.
    The answer may survive that, and its gradient may not: 0 · inf is nan. Note that `torch.where`
    computes *both* of its branches, and calculus walks back through both.

    """
    # Your code here.
    raise NotImplementedError("sigmoid: write your answer here")


# %%
def tanh(x: Tensor) -> Tensor:
    """Squeeze any number into the interval from -1 to 1.

    tanh(x) = (e^x - e^(-x)) / (e^x + e^(-x)), for each number on its own.

    Args:
        x: any shape, a floating-point data type.

    Returns:
        A new tensor of the same shape and data type; every entry and every gradient is finite,
        however far from 0 an entry of `x` lies.

    Example:
        >>> tanh(torch.tensor([-1.0, 0.0, 1.0]))
        tensor([-0.7616,  0.0000,  0.7616])

    The one idea: tanh is a sigmoid, stretched to twice its height and moved to be centred on 0.
    If you have one of them stable, the other comes almost for free.

    """
    # Your code here.
    raise NotImplementedError("tanh: write your answer here")


# %%
def softmax(x: Tensor, dim: int) -> Tensor:
    """Turn scores into shares: all between 0 and 1, adding up to 1 along `dim`.

    softmax(x)_i = e^(x_i) / sum over j of e^(x_j), where j runs along dimension `dim` only.

    Args:
        x: at least one dimension, a floating-point data type.
        dim: the dimension along which the shares add up to 1. Counted from the end if negative.

    Returns:
        A new tensor of the same shape and data type; every entry and every gradient is finite.

    Example:
        Two orders (rows), three couriers (columns); a share for each courier in every row:

        >>> softmax(torch.tensor([[0.0, 0.0, 0.0], [1.0, 2.0, 3.0]]), dim=1)
        tensor([[0.3333, 0.3333, 0.3333],
                [0.0900, 0.2447, 0.6652]])

    The one idea: adding the same number to all the scores of one row changes nothing, so you are
    free to choose that number. Choose it, for each row on its own, so that no exponent is above 0.
    And mind the shapes: what you take out of a row has to fit back onto that row.

    """
    # Your code here.
    raise NotImplementedError("softmax: write your answer here")


# %%
def relu_bend(w: float, b: float) -> float:
    """Find the input at which relu(w·x + b) bends.

    That is where w·x + b crosses 0.

    Args:
        w: the neuron's weight.
        b: the neuron's bias.

    Returns:
        The place of the bend, a Python float (not a tensor).

    Raises:
        ValueError: `w` is 0. A flat line crosses nothing, so there is no bend.

    Example:
        Minutes beyond the promise of 30 are relu(3.43·d - 24.96). They begin at

        >>> round(relu_bend(3.43, -24.96), 3)
        7.277

        miles, so an order 7 miles away is still on time.

    The one idea: weight and bias together decide *where* a neuron begins to speak.

    """
    # Your code here.
    raise NotImplementedError("relu_bend: write your answer here")
