# %% [markdown]
# # 6 · How a neuron learns
#
# A delivery company promises 30 minutes. A new order is 7 miles away: take it?
#
# One neuron can say, `minutes = w · miles + b`, as soon as it knows its weight `w` and its bias
# `b`. Nobody tells it. It finds them by itself, the way every network does:
#
# 1. start anywhere,
# 2. predict,
# 3. measure the error (`mse`),
# 4. let calculus find the direction (`mse_grads`, `autograd_grads`),
# 5. take a small step (`sgd_step`),
# 6. and again, hundreds or thousands of times (`train_neuron`).
#
# In the docstrings, `f32[N, 1]` means: a tensor of type `torch.float32` with N rows and 1 column.
# `[]` is a 0-d tensor, a single number without rows; a Python `float` is something else. No
# function may change what it is given, and none may rely on what an earlier call left behind.

# %%
import torch
from torch import Tensor

# %% [markdown]
# ## Two tables to try things on
#
# The deliveries of the lecture and those of the lab: miles on the left, minutes on the right.
# They are here for your own experiments. Your functions learn from what they are *given*: on one
# of these tables the right answer for 7 miles is to take the order, on the other to refuse it.

# %%
LECTURE_MILES = torch.tensor([[2.0], [3.0], [4.0], [5.0], [6.0]])
LECTURE_MINUTES = torch.tensor([[11.9], [15.3], [18.8], [22.2], [25.6]])

LAB_MILES = torch.tensor([[1.0], [2.0], [3.0], [4.0]])
LAB_MINUTES = torch.tensor([[6.96], [12.11], [16.77], [22.21]])

# %% [markdown]
# ## Measure the error


# %%
def mse(prediction: Tensor, target: Tensor) -> Tensor:
    """Measure how wrong predictions are: the mean of the squared differences.

    The idea: learning needs *one* number that says how bad things are, and it must be made of
    tensor operations all the way, so that calculus can find the way back from it to the weights.

    Args:
        prediction: f32[N, 1], minutes as predicted.
        target: f32[N, 1], minutes as they were.

    Returns:
        The mean square, in minutes squared: a 0-d tensor `[]` of the inputs' type (not a Python
        float), through which gradients flow.

    Raises:
        ValueError: The two shapes differ. torch would not complain: `[N, 1]` minus `[N]` quietly
            becomes `[N, N]`, every prediction against every target, and the number that comes
            out looks harmless.

    Example:
        Two deliveries predicted at 10 and 15 minutes took 11.9 and 15.3. The differences are
        -1.9 and -0.3, their squares 3.61 and 0.09, and the mean of these is 1.85.

        >>> mse(torch.tensor([[10.0], [15.0]]), torch.tensor([[11.9], [15.3]]))
        tensor(1.8500)
    """
    # Your code here.
    raise NotImplementedError("mse: write your answer here")


# %% [markdown]
# ## Find the direction, by hand


# %%
def mse_grads(x: Tensor, y: Tensor, w: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """Find the slope of the error in `w` and in `b`, with pencil and paper.

    The idea: a gradient says how fast the error grows when a parameter grows. Here the error is
    the mean square of `w · x + b - y`. Differentiate it once with respect to `w` and once with
    respect to `b`, on paper, and write down what you find. Leave `backward()` for later: this
    is what it does for you, so here it is not allowed, nor is anything of `torch.autograd`.

    Args:
        x: f32[N, 1], distances in miles.
        y: f32[N, 1], delivery times in minutes.
        w: `[]`, float32, the weight in minutes per mile.
        b: `[]`, float32, the bias in minutes.

    Returns:
        `(dw, db)`, both 0-d float32 tensors without a graph. (A list of the two is accepted as
        well as a tuple.)

    Example:
        From `w = 0, b = 0` on the lecture's table every prediction is too low, so the error
        falls when either parameter grows: both slopes are negative.

        >>> dw, db = mse_grads(LECTURE_MILES, LECTURE_MINUTES, torch.tensor(0.0), torch.tensor(0.0))
        >>> dw, db
        (tensor(-163.8000), tensor(-37.5200))
    """
    # Your code here.
    raise NotImplementedError("mse_grads: write your answer here")


# %% [markdown]
# ## Take a small step


# %%
def sgd_step(w: Tensor, b: Tensor, dw: Tensor, db: Tensor, lr: float) -> tuple[Tensor, Tensor]:
    """Take one step of gradient descent: each parameter a little way down its own slope.

    The idea: the gradient points uphill, and we want to go down. How far depends on two things:
    how steep it is, and the learning rate.

    Args:
        w: `[]`, float32, the weight before the step.
        b: `[]`, float32, the bias before the step.
        dw: `[]`, float32, the slope of the error in `w`.
        db: `[]`, float32, the slope of the error in `b`.
        lr: The learning rate, a small positive number.

    Returns:
        The new `(w, b)`, both 0-d float32 tensors without a graph; the old ones stay as they
        were. (A list of the two is accepted as well as a tuple.)

    Example:
        The first step on the lecture's table, from zero with a learning rate of 0.01:

        >>> zero = torch.tensor(0.0)
        >>> sgd_step(zero, zero, torch.tensor(-163.8), torch.tensor(-37.52), 0.01)
        (tensor(1.6380), tensor(0.3752))
    """
    # Your code here.
    raise NotImplementedError("sgd_step: write your answer here")


# %% [markdown]
# ## Find the direction, and let torch do the calculus


# %%
def autograd_grads(x: Tensor, y: Tensor, w: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """Find the same two slopes as `mse_grads`, with `backward()`.

    The idea: torch remembers how the error was computed from every tensor that *requires grad*,
    and walks that path backwards. Two things to know. The path breaks where a tensor becomes a
    plain number. And `backward()` *adds* to `.grad`, it does not overwrite: what is left there
    from one call is still there in the next.

    Args:
        x: f32[N, 1], distances in miles.
        y: f32[N, 1], delivery times in minutes.
        w: `[]`, float32, the weight; it comes without a graph and belongs to the caller.
        b: `[]`, float32, the bias; likewise. Work on copies of the two.

    Returns:
        `(dw, db)`, both 0-d float32 tensors without a graph: the slopes of the mean square of
        `w · x + b - y`. The same question must get the same answer however often it is asked.
        (A list of the two is accepted as well as a tuple.)

    Example:
        >>> w, b = torch.tensor(0.0), torch.tensor(0.0)
        >>> autograd_grads(LECTURE_MILES, LECTURE_MINUTES, w, b)
        (tensor(-163.8000), tensor(-37.5200))
        >>> autograd_grads(LECTURE_MILES, LECTURE_MINUTES, w, b)
        (tensor(-163.8000), tensor(-37.5200))
    """
    # Your code here.
    raise NotImplementedError("autograd_grads: write your answer here")


# %% [markdown]
# ## And again: the training loop


# %%
def train_neuron(
    x: Tensor, y: Tensor, lr: float, epochs: int, w0: float = 0.0, b0: float = 0.0
) -> tuple[float, float, list[float]]:
    """Teach a neuron: predict, measure, find the direction, step; once per epoch.

    The idea: this loop is all there is. A network with a billion weights learns in the same
    four lines.

    Args:
        x: f32[N, 1], inputs; distances in miles, or whatever else there is to learn from.
        y: f32[N, 1], targets.
        lr: The learning rate.
        epochs: How many steps to take; each uses all N examples.
        w0: The weight to start from.
        b0: The bias to start from.

    Returns:
        `(w, b, losses)`. The weight and the bias after the last step are floats or 0-d tensors,
        as you like: only their values count. `losses` is a list with one number per epoch, the
        mean square error *before* that epoch's step, so that `losses[0]` says how wrong the
        start was. With 0 epochs nothing has been learned: `(w0, b0, [])`.

    Example:
        One step on the lecture's table, and the error of the start:

        >>> w, b, losses = train_neuron(LECTURE_MILES, LECTURE_MINUTES, lr=0.01, epochs=1)
        >>> round(float(w), 4), round(float(b), 4), [round(float(loss), 3) for loss in losses]
        (1.638, 0.3752, [375.468])

        Draw `losses` when something seems wrong. A curve that falls and flattens is learning; a
        flat one never steps; one that climbs takes steps that are too large or go the wrong way.
    """
    # Your code here.
    raise NotImplementedError("train_neuron: write your answer here")


# %% [markdown]
# ## Use what was learned


# %%
def predict_time(w: float | Tensor, b: float | Tensor, miles: float) -> float:
    """Predict the delivery time of one order with a trained neuron.

    The idea: training is over. The answer goes to a dispatcher, not to `backward()`: a plain
    number, without the graph that led to it.

    Args:
        w: The weight in minutes per mile: a float, or a 0-d tensor that may still require grad.
        b: The bias in minutes; likewise.
        miles: The distance of the order.

    Returns:
        The time in minutes, a Python `float` (a 0-d tensor is not accepted here).

    Example:
        The lecture's neuron looks at the new order. 29.05 minutes are less than 30: take it.

        >>> round(predict_time(3.43, 5.04, 7), 2)
        29.05
    """
    # Your code here.
    raise NotImplementedError("predict_time: write your answer here")


# %% [markdown]
# ## ★★★ How large may a step be?


# %%
def max_stable_lr(x: Tensor) -> float:
    """Find the learning rate at which gradient descent stops converging.

    The idea: seen from `(w, b)`, the mean square error of the neuron is a bowl. Its curvature is
    the Hessian, the 2-by-2 matrix of second derivatives in `w` and `b`; it depends on the inputs
    alone. Its largest eigenvalue, λmax, belongs to the direction in which the bowl is steepest.
    There a step multiplies the distance to the bottom by `1 - lr · λmax`, so the distance shrinks
    only while `lr < 2 / λmax`. Work out the four entries on paper; `torch.linalg.eigvalsh` gives
    the eigenvalues.

    Args:
        x: f32[N, 1], the inputs `w · x + b` is trained on.

    Returns:
        `2 / λmax`, a Python `float` (right to a thousandth of itself).

    Example:
        On the lecture's table `train_neuron` converges with a learning rate of 0.05 and explodes
        with 0.06.

        >>> 0.05 < max_stable_lr(LECTURE_MILES) < 0.06
        True
    """
    # Your code here.
    raise NotImplementedError("max_stable_lr: write your answer here")
