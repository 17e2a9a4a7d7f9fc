# %% [markdown]
# # 5 · Neuron and layer
#
# A delivery company promises 30 minutes. A new order is 7 miles away: take it?
#
# One neuron can answer, `minutes = w · miles + b`, if somebody tells it the weight `w` and the
# bias `b`. (How it finds them by itself is the next set.) Here you build the neuron, give it more
# inputs, put several side by side into a layer, and find out what layers behind layers can do.
#
# In the docstrings, `[N, F]` means: a tensor with N rows and F columns, one row per order and one
# column per feature. `[]` is a 0-d tensor, a single number without rows; a Python `float` is
# something else. What holds for every function that takes tensors:
#
# - All tensors of one call have the same floating-point data type, and the answer has it too:
#   `float32` in, `float32` out.
# - The answer is on the device of the inputs.
# - What comes in is never changed.
# - Any of the sizes may be 1, and two of them may happen to be equal.

# %%
import torch
from torch import Tensor

# %% [markdown]
# ## Two orders to try things on
#
# Distance in miles, time of day in hours, weather (0 is dry, 1 is rain): an order 7 miles away at
# noon, once in dry weather and once in the rain. They are here for your own experiments. Your
# functions work with what they are *given*.

# %%
ORDERS = torch.tensor([[7.0, 12.0, 0.0], [7.0, 12.0, 1.0]])


# %%
def neuron(x: Tensor, w: float | Tensor, b: float | Tensor) -> Tensor:
    """Predict one number per order from one input: w·x + b.

    Args:
        x: [N, 1], one distance in miles per row.
        w: the weight in minutes per mile: a Python float, or a 0-d tensor `[]`.
        b: the bias in minutes, the time that every order takes; likewise.

    Returns:
        [N, 1], one predicted time in minutes per row. Gradients flow to `x`, and to `w` and `b`
        where they are tensors.

    Example:
        The lecture's neuron looks at an order 7 miles away, and at one next door:

        >>> neuron(torch.tensor([[7.0], [0.0]]), 3.43, 5.04)
        tensor([[29.0500],
                [ 5.0400]])

    The one idea: a neuron is the equation of a straight line. The weight says how much an input
    counts, the bias what is there without any input. If calculus is to improve them one day, they
    must stay tensors: a number that was taken out of its tensor has forgotten where it came from.

    """
    # Your code here.
    raise NotImplementedError("neuron: write your answer here")


# %%
def neuron_multi(x: Tensor, w: Tensor, b: float | Tensor) -> Tensor:
    """Predict one number per order from several inputs: w1·x1 + w2·x2 + … + b.

    Args:
        x: [N, F], one order per row, one feature per column; N or F may be in the millions.
        w: [F], one weight per feature.
        b: the bias, one for the whole neuron: a Python float, or a 0-d tensor `[]`.

    Returns:
        [N, 1], a column with one prediction per row. Gradients flow to `x`, to `w`, and to `b`
        where it is a tensor. There is no Python loop, neither over rows nor over features: a
        picture is one row of many thousand features, and a year of orders is many thousand rows.

    Example:
        3 minutes for each mile, half a minute for each hour of the day, 4 minutes for rain, and 2
        minutes for every order. For the two orders from above that is 21 + 6 + 0 + 2 minutes and
        21 + 6 + 4 + 2:

        >>> neuron_multi(ORDERS, torch.tensor([3.0, 0.5, 4.0]), 2.0)
        tensor([[29.],
                [33.]])

    The one idea: each input has a weight of its own, and then everything becomes *one* sum per
    row. The sum makes one dimension disappear. Which one must it be, and is what remains a column?

    """
    # Your code here.
    raise NotImplementedError("neuron_multi: write your answer here")


# %%
def layer(x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    """Let several neurons look at the same inputs: x·Wᵀ + b.

    Args:
        x: [N, F], one order per row, one feature per column.
        w: [O, F], one *row* of weights per neuron, as in `torch.nn.Linear`.
        b: [O], one bias per neuron.

    Returns:
        [N, O], one row per order, one column per neuron: the entry [n, o] is what neuron `o` says
        about order `n`. Gradients flow to `x`, `w` and `b`.

    Example:
        The two orders from above, and two neurons: the first predicts minutes, the second the
        courier's pay in dollars.

        >>> w = torch.tensor([[3.0, 0.5, 4.0], [1.5, 0.0, 2.0]])
        >>> layer(ORDERS, w, torch.tensor([2.0, 3.0]))
        tensor([[29.0000, 13.5000],
                [33.0000, 15.5000]])

    The one idea: a layer is many neurons at once, and a matrix product is how they all speak at
    the same time. Every row of `x` meets every row of `w`, so one of the two has to be turned.
    Turning a matrix is not the same as writing its numbers into another shape.

    """
    # Your code here.
    raise NotImplementedError("layer: write your answer here")


# %%
def count_params(sizes: list[int]) -> int:
    """Count what a network of connected layers has to learn: its weights and biases.

    Args:
        sizes: the number of inputs, then the number of neurons in each layer, in order; two or
            more whole numbers above 0. Each layer's outputs are the next layer's inputs, and each
            neuron looks at all of them.

    Returns:
        The number of parameters, a Python int.

    Example:
        4 inputs, a hidden layer of 64 neurons, another of 32, and 1 neuron at the end:

        >>> count_params([4, 64, 32, 1])
        2433

    The one idea: one neuron with `i` inputs has `i` weights and one bias. All else is counting
    neurons. The inputs themselves are no neurons; they have nothing to learn.

    """
    # Your code here.
    raise NotImplementedError("count_params: write your answer here")


# %%
def compose_linear(w1: Tensor, b1: Tensor, w2: Tensor, b2: Tensor) -> tuple[Tensor, Tensor]:
    """Find the one layer that does what two linear layers do, one behind the other.

    For every `x`, `layer(x, w, b)` equals `layer(layer(x, w1, b1), w2, b2)`: first layer 1, then
    layer 2 on what came out of it.

    Args:
        w1: [H, F], the weights of the first layer: H neurons that look at F features.
        b1: [H], its biases.
        w2: [O, H], the weights of the second layer: O neurons that look at the H before them.
        b2: [O], its biases.

    Returns:
        `(w, b)`: the weights [O, F] and the biases [O] of the one layer. (A list of the two is
        accepted as well as a tuple.)

    Example:
        The first layer predicts minutes. The second pays the customer back: half a dollar for
        each minute, less 15 dollars, because 30 minutes are free. Together they are one neuron
        from miles to dollars:

        >>> w1, b1 = torch.tensor([[3.43]]), torch.tensor([5.04])
        >>> w2, b2 = torch.tensor([[0.5]]), torch.tensor([-15.0])
        >>> compose_linear(w1, b1, w2, b2)
        (tensor([[1.7150]]), tensor([-12.4800]))

    The one idea: lines on top of lines are lines. However many linear layers you stack, one would
    have done. (At 7 miles the customer would get -0.475 dollars back. What is missing is a *bend*,
    and that is what activation functions are for.)

    """
    # Your code here.
    raise NotImplementedError("compose_linear: write your answer here")


# %%
def can_deliver(miles: float, w: float, b: float, limit: float = 30.0) -> bool:
    """Decide whether an order can be delivered as promised: take it or refuse it.

    Args:
        miles: the distance of the order.
        w: the neuron's weight in minutes per mile; a Python float, like the other three.
        b: the neuron's bias in minutes.
        limit: the promised time in minutes.

    Returns:
        `True` (take it) if the predicted time w·miles + b is at most `limit`, otherwise `False`
        (refuse it); a Python bool, not a tensor. An order that takes exactly `limit` minutes is
        still on time. Minutes are not rounded.

    Example:
        The same order, 7 miles away, on the lecture's line (29.05 minutes) and on the line from
        the lab's deliveries (37.2 minutes):

        >>> can_deliver(7, 3.43, 5.04)
        True
        >>> can_deliver(7, 5.041, 1.91)
        False

    The one idea: the network predicts a number, and *you* decide what to do with it. The same code
    gives opposite answers, because the weight and the bias have changed.

    """
    # Your code here.
    raise NotImplementedError("can_deliver: write your answer here")
