# %% [markdown]
# # 8 · The ML pipeline
#
# A delivery company promises 30 minutes. A new order is 7 miles away: take it?
#
# Until now the deliveries were clean, and one number described each of them. Real tables have
# gaps, and time of day and weekend have a say, too. From such a table to a decision there are
# always the same steps, whatever the model:
#
# 1. `prepare`: drop what is broken, compute what the model should see, bring it to one scale,
# 2. `split`: put some rows aside that the model will never train on,
# 3. `build_model`: layers, with a bend between them,
# 4. `train_step` and `fit`: predict, measure, find the direction, step; and again,
# 5. `evaluate`: measure on the rows that were put aside,
# 6. `predict_minutes`: answer the question.
#
# In the docstrings, `f32[N, 4]` means: a tensor of type `torch.float32` with N rows and 4 columns.
# Where a tuple is asked for, a list of the same length will do. No function may change the
# tensors it is given, and none may use a variable of the notebook.

# %%
import itertools

import torch
from torch import Tensor, nn

# %% [markdown]
# ## A table to try things on
#
# The lecture's deliveries, some of them repeated in the rush hour, where everything takes six
# minutes longer. Twice somebody forgot to write something down. The columns are
# `distance_miles`, `time_of_day_hours`, `is_weekend` and `delivery_time_minutes`.
#
# The table is here for your experiments. Your functions work with what they are *given*.

# %%
NAN = float("nan")
DELIVERIES = torch.tensor(
    [
        [2.0, 11.0, 0.0, 11.9],
        [3.0, 14.5, 0.0, 15.3],
        [4.0, 12.0, 1.0, 18.8],
        [3.5, NAN, 0.0, 17.0],
        [5.0, 20.0, 0.0, 22.2],
        [6.0, 15.0, 1.0, 25.6],
        [2.0, 8.5, 0.0, 17.9],
        [3.0, 17.0, 0.0, 21.3],
        [4.5, 13.0, 0.0, NAN],
        [4.0, 9.0, 0.0, 24.8],
        [5.0, 16.5, 0.0, 28.2],
        [6.0, 18.0, 0.0, 31.6],
        [5.0, 17.0, 1.0, 22.2],
    ]
)

# %% [markdown]
# ## Prepare the data


# %%
def prepare(table: Tensor) -> tuple[Tensor, Tensor, dict[str, Tensor]]:
    """Turn a raw table into what a model can learn from.

    The one idea: a model sees only what you show it. Drop what is broken, compute what matters
    and is not in the table, and bring numbers of different size to one scale. Keep the numbers
    that the scale was made with: a new order will have to be measured with the same scale.

    Args:
        table: [N, 4], one delivery per row, with the columns distance in miles, time of day in
            hours (0 to 24), weekend (0 or 1), delivery time in minutes. Any number may be NaN.

    Returns:
        `(x, y, stats)`. A row in which anything is NaN is dropped, before anything is computed;
        K rows remain, in their order. (At least one always does.) Everything is of the table's
        type.

        `x`: [K, 4], with the columns `[z(distance), z(hour), is_weekend, rush_hour]`.
        `z` is the z-score of a column, `(value - mean) / std`. `rush_hour` is 1.0 on weekdays
        when `8 <= hour < 10` or `16 <= hour < 19`, and 0.0 otherwise.

        `y`: [K, 1], the delivery times.

        `stats`: the dict `{"mean": ..., "std": ...}`, each [1, 2]: for distance and hour the mean
        and torch's default standard deviation. Where a column is constant, and when only one row
        remains, the standard deviation is 0; there, divide by 1 instead, so that z is 0.

    Example:
        Of the three rows one has a gap. The other two are 2 and 6 miles, so the mean is 4, the
        standard deviation 2.8284, and the z-scores lie 0.7071 to the left and to the right.

        >>> table = torch.tensor([[2.0, 11.0, 0.0, 11.9], [3.5, NAN, 0.0, 17.0],
        ...                       [6.0, 18.0, 0.0, 31.6]])
        >>> x, y, stats = prepare(table)
        >>> x
        tensor([[-0.7071, -0.7071,  0.0000,  0.0000],
                [ 0.7071,  0.7071,  0.0000,  1.0000]])
        >>> y
        tensor([[11.9000],
                [31.6000]])
        >>> stats["mean"]
        tensor([[ 4.0000, 14.5000]])
    """
    # Your code here.
    raise NotImplementedError("prepare: write your answer here")


# %% [markdown]
# ## Put some rows aside


# %%
def split(
    x: Tensor, y: Tensor, fraction: float, seed: int
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Shuffle the rows and cut them into a part to train on and a part to test on.

    The one idea: a model can know by heart what it has trained on. What it has learnt shows only
    on rows that it has never seen, so no row may be in both parts.

    Args:
        x: [N, F], features.
        y: [N, 1], targets; row i belongs to row i of `x`, and still does afterwards.
        fraction: The share of the rows to train on, 0 to 1.
        seed: Decides the shuffle. The same seed always gives the same rows, whatever was drawn
            before; another seed gives another shuffle.

    Returns:
        `(x_train, y_train, x_test, y_test)`, of the types of `x` and `y`. The first
        `int(fraction * N)` rows of the shuffled table are for training, all others for testing;
        a part may be empty. In which way the seed decides the shuffle is up to you.

        torch's global random generator is afterwards as it was before: it belongs to everybody,
        and whoever calls `torch.manual_seed` changes what others draw. `torch.randperm` takes
        a `generator=` of your own.

    Example:
        >>> miles = torch.tensor([[2.0], [3.0], [4.0], [5.0], [6.0]])
        >>> minutes = torch.tensor([[11.9], [15.3], [18.8], [22.2], [25.6]])
        >>> parts = split(miles, minutes, 0.7, seed=1)
        >>> [tuple(part.shape) for part in parts]
        [(3, 1), (3, 1), (2, 1), (2, 1)]
    """
    # Your code here.
    raise NotImplementedError("split: write your answer here")


# %% [markdown]
# ## Build the model


# %%
def build_model(sizes: list[int], seed: int) -> nn.Sequential:
    """Build a network of linear layers with a ReLU between each two.

    The one idea: the bends belong *between* the layers. After the last there is none: minutes
    are not cut off at zero, and a network that ends in a ReLU can fall silent for good.

    Args:
        sizes: The width of each stage, at least two: inputs, hidden layers, outputs. It is not
            changed.
        seed: Decides the first weights. The same seed always gives the same weights, whatever was
            drawn before; another seed gives others.

    Returns:
        `nn.Sequential`: Linear, ReLU, Linear, ReLU, …, Linear. With sizes `[4, 1]` it is a single
        Linear. Every Linear has a bias.

        torch's global random generator is afterwards as it was before. Layers draw their weights
        from it, so that is not quite easy: `with torch.random.fork_rng():` puts everything back
        at its end, whatever you draw or seed inside.

    Example:
        >>> build_model([4, 16, 1], seed=0)
        Sequential(
          (0): Linear(in_features=4, out_features=16, bias=True)
          (1): ReLU()
          (2): Linear(in_features=16, out_features=1, bias=True)
        )
    """
    # Your code here.
    raise NotImplementedError("build_model: write your answer here")


# %% [markdown]
# ## Train it


# %%
def train_step(
    model: nn.Module, optimizer: torch.optim.Optimizer, loss_fn: nn.Module, x: Tensor, y: Tensor
) -> float:
    """Take one training step on all rows at once.

    The one idea: predict, measure, find the direction, step. These are the four lines with which
    your neuron learnt; the model, the optimizer and the loss may be any, the lines stay the same.

    Args:
        model: Gives a prediction for each row of `x`. It comes in training mode, and gradients of
            somebody else's may still lie in its parameters: they must not have a say.
        optimizer: Holds the model's parameters, and takes the step.
        loss_fn: Measures the error, called as `loss_fn(prediction, y)`.
        x: [N, F], features.
        y: [N, 1], targets.

    Returns:
        The loss as it was *before* the step, a Python `float`. The model is changed by the step;
        what is in its gradients afterwards does not matter.

    Example:
        The lesson's neuron, which starts at zero: its first loss is 375.468, and the first step
        leads to a weight of 1.638 and a bias of 0.3752.

        >>> miles = torch.tensor([[2.0], [3.0], [4.0], [5.0], [6.0]])
        >>> minutes = torch.tensor([[11.9], [15.3], [18.8], [22.2], [25.6]])
        >>> neuron = nn.Linear(1, 1)
        >>> _ = nn.init.zeros_(neuron.weight), nn.init.zeros_(neuron.bias)
        >>> sgd = torch.optim.SGD(neuron.parameters(), lr=0.01)
        >>> round(train_step(neuron, sgd, nn.MSELoss(), miles, minutes), 3)
        375.468
        >>> round(neuron.weight.item(), 4), round(neuron.bias.item(), 4)
        (1.638, 0.3752)
    """
    # Your code here.
    raise NotImplementedError("train_step: write your answer here")


# %%
def fit(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    loss_fn: nn.Module,
    x: Tensor,
    y: Tensor,
    epochs: int,
) -> list[float]:
    """Train for some epochs, and keep a record of the loss.

    The one idea: training is a step and a loop around it. The record is your instrument: look at
    the curve before you look at anything else.

    Args:
        model: As for `train_step`; it comes in training mode, and is trained in place.
        optimizer: Holds the model's parameters.
        loss_fn: Called as `loss_fn(prediction, y)`.
        x: [N, F], features.
        y: [N, 1], targets.
        epochs: How many steps to take, 0 or more; each uses all N rows at once.

    Returns:
        A list of floats, one per epoch: the loss *before* that epoch's step.

    Example:
        Two epochs of the lesson's neuron. The second loss is smaller: it has learnt something.

        >>> miles = torch.tensor([[2.0], [3.0], [4.0], [5.0], [6.0]])
        >>> minutes = torch.tensor([[11.9], [15.3], [18.8], [22.2], [25.6]])
        >>> neuron = nn.Linear(1, 1)
        >>> _ = nn.init.zeros_(neuron.weight), nn.init.zeros_(neuron.bias)
        >>> sgd = torch.optim.SGD(neuron.parameters(), lr=0.01)
        >>> [round(loss, 2) for loss in fit(neuron, sgd, nn.MSELoss(), miles, minutes, epochs=2)]
        [375.47, 146.44]
    """
    # Your code here.
    raise NotImplementedError("fit: write your answer here")


# %% [markdown]
# ## Use it, and measure it


# %%
def predict_minutes(model: nn.Module, raw: Tensor, stats: dict[str, Tensor]) -> float:
    """Predict the delivery time of one new order.

    The one idea: the new order must look to the model exactly as the training data did: the same
    columns, the same order, the same scale. The scale is the one that was made in training. One
    order has no mean and no spread of its own.

    Args:
        model: A trained model that takes [N, 4] features as `prepare` makes them and gives [N, 1]
            minutes. It comes in evaluation mode.
        raw: f32[1, 3], the order as `[[distance in miles, time of day in hours, is_weekend]]`.
        stats: `{"mean": f32[1, 2], "std": f32[1, 2]}` of distance and hour, as `prepare` returned
            them. A standard deviation of 0 divides as 1 here, too.

    Returns:
        The minutes, a Python `float` (a 0-d tensor is not accepted here).

    Example:
        A model that was written down by hand: 22 minutes, 5 more for each step of the distance's
        scale, and 6 more in the rush hour. Seven miles lie 1.5 steps to the right: 29.5 minutes
        at eleven o'clock, take it; 35.5 minutes at five, refuse it.

        >>> model = nn.Linear(4, 1).eval()
        >>> model.weight.data = torch.tensor([[5.0, 0.0, 0.0, 6.0]])
        >>> model.bias.data = torch.tensor([22.0])
        >>> stats = {"mean": torch.tensor([[4.0, 14.0]]), "std": torch.tensor([[2.0, 4.0]])}
        >>> predict_minutes(model, torch.tensor([[7.0, 11.0, 0.0]]), stats)
        29.5
        >>> predict_minutes(model, torch.tensor([[7.0, 17.0, 0.0]]), stats)
        35.5
    """
    # Your code here.
    raise NotImplementedError("predict_minutes: write your answer here")


# %%
def evaluate(model: nn.Module, x: Tensor, y: Tensor) -> dict[str, float]:
    """Measure how wrong a model is on rows that were put aside.

    The one idea: measuring is not training. Layers such as dropout behave differently in the two,
    so the model is put into evaluation mode; nothing will be learnt from the result, so no graph
    is built; and nobody should notice afterwards that you have measured.

    Args:
        model: Gives a prediction [N, 1] for `x`. It may come in either mode.
        x: [N, F], features.
        y: [N, 1], targets.

    Returns:
        The dict `{"mse": ..., "mae": ...}` with exactly these keys: the mean squared error and
        the mean absolute error, Python floats.

        The prediction is made in evaluation mode and under `torch.no_grad()`. Afterwards the model
        is in the mode in which it came.

    Example:
        The lesson's line on three of the lesson's deliveries. In `mae` you can read minutes: the
        line is wrong by about one second.

        >>> line = nn.Linear(1, 1)
        >>> line.weight.data, line.bias.data = torch.tensor([[3.43]]), torch.tensor([5.04])
        >>> miles = torch.tensor([[2.0], [4.0], [6.0]])
        >>> errors = evaluate(line, miles, torch.tensor([[11.9], [18.8], [25.6]]))
        >>> round(errors["mse"], 4), round(errors["mae"], 4)
        (0.0007, 0.02)
    """
    # Your code here.
    raise NotImplementedError("evaluate: write your answer here")
