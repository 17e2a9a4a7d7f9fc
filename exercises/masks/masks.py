# %% [markdown]
# # 3 · Index and mask: which part of the table?
#
# A delivery company promises 30 minutes. A new order is 7 miles away: take it?
#
# The deliveries of the past lie in one big table. To learn from them you first have to *ask* it:
# which column, which rows, which cells? There are two ways to ask. An **index** says *where*:
# the third row, the last column. A **mask** says *which*: one True or False for each row, worked
# out by comparing all of them at once, without a loop and without an `if`.
#
# In the docstrings, `f32[N, 1]` means: a tensor of type `torch.float32` with N rows and 1 column.
# What holds for every function:
#
# - No function may change what it is given.
# - N, F, K and the other letters may be any size from 1 up, and may be equal to each other.
# - "Any type" means float32, float64 or whole numbers; the answer then has the type of the table.
# - An answer may share its memory with the table or be a copy of it: both are fine.

# %%
import torch
from torch import Tensor


# %%
def column(features: Tensor, j: int) -> Tensor:
    """Take one column out of a table, and keep it a column.

    Args:
        features: [N, F], any type; one row per delivery.
        j: which column, from 0 to F - 1. Negative numbers count from the end: -1 is the last
            column, -F the first.

    Returns:
        [N, 1], of the same type: one row per delivery, as before, and one column.

    Example:
        Distance in miles, hour of the day, weekend or not. At what hour was each delivery?

        >>> table = torch.tensor([[2.0, 9.0, 0.0], [3.0, 17.5, 0.0], [7.0, 12.0, 1.0]])
        >>> column(table, 1)
        tensor([[ 9.0000],
                [17.5000],
                [12.0000]])
        >>> column(table, -1).shape
        torch.Size([3, 1])

    The one idea: a single number as an index makes its dimension disappear, and `[N]` is not a
    column. Later, `[N]` beside `[N, 1]` becomes `[N, N]`, every delivery against every other, and
    nobody complains.

    """
    # Your code here.
    raise NotImplementedError("column: write your answer here")


# %%
def rush_hour(hour: Tensor, is_weekend: Tensor) -> Tensor:
    """Say for each delivery whether it falls into the rush hour.

    The rush hour is on weekdays only: 8 ≤ hour < 10 in the morning, and 16 ≤ hour < 19 in the
    afternoon. On weekends there is none.

    Args:
        hour: [N], hours since midnight from 0 up to but not including 24; 8.5 is half past eight.
            Of type float32 or float64, or whole numbers (int64).
        is_weekend: [N], True on a weekend and False on a weekday; or 1 and 0, of any of the types
            that `hour` may have, whatever type `hour` has itself.

    Returns:
        f32[N]: 1.0 in the rush hour and 0.0 outside of it. float32 whatever comes in: it is going
        to be a feature, one more column for a network to read.

    Example:
        The order 7 miles away comes at half past eight on a Monday, or on a Sunday, or at ten:

        >>> rush_hour(torch.tensor([8.5, 8.5, 10.0]), torch.tensor([False, True, False]))
        tensor([1., 0., 0.])

    The one idea: a comparison of a tensor is a tensor, one True or False per entry. Python's own
    `8 <= hour < 10`, `and`, `or` and `not` want a single answer and cannot have one; `&`, `|` and
    `~` work entry by entry. They bind tighter than `==` and `<`, so put each comparison into
    parentheses.

    """
    # Your code here.
    raise NotImplementedError("rush_hour: write your answer here")


# %%
def is_late(minutes: Tensor, limit: float = 30.0) -> Tensor:
    """Say for each delivery whether it broke the promise.

    Late is what took *more* than `limit` minutes. Exactly `limit` minutes is on time.

    Args:
        minutes: [N, 1], any type; how long each delivery took.
        limit: the promise in minutes, any number.

    Returns:
        bool[N]: one True or False per delivery, and no second dimension. Also `[1]` if N is 1.

    Example:
        The order 7 miles away takes 29.05 minutes if the lecture's deliveries are right, and 37.2
        if the lab's are. And what if it took 30 sharp?

        >>> is_late(torch.tensor([[29.05], [37.2], [30.0]]))
        tensor([False,  True, False])

    The one idea: a mask for rows is as long as there are rows, and flat. The numbers come as a
    column, so one dimension has to go: that one, and no other.

    """
    # Your code here.
    raise NotImplementedError("is_late: write your answer here")


# %%
def select_late(features: Tensor, minutes: Tensor, limit: float) -> Tensor:
    """Keep the rows of those deliveries that came late, and leave out all others.

    Late is what took *more* than `limit` minutes, as in `is_late`; you may use yours.

    Args:
        features: [N, F], any type; one row per delivery.
        minutes: [N, 1], any type; how long each of these deliveries took, in the same order.
        limit: the promise in minutes, any number.

    Returns:
        [K, F], the type of `features`: the K rows that came late, whole and in their order. K may
        be N, or 1, or 0. If nobody was late the answer is a table without rows, `[0, F]`.

    Example:
        Three of the lecture's deliveries, by distance and hour of the day. If the promise had been
        20 minutes, which of them would have broken it? And with the promise of 30?

        >>> features = torch.tensor([[4.0, 12.0], [5.0, 17.0], [6.0, 17.5]])
        >>> minutes = torch.tensor([[18.8], [22.2], [25.6]])
        >>> select_late(features, minutes, 20.0)
        tensor([[ 5.0000, 17.0000],
                [ 6.0000, 17.5000]])
        >>> select_late(features, minutes, 30.0).shape
        torch.Size([0, 2])

    The one idea: a mask in the place of an index keeps the rows where it is True, all at once. No
    Python loop over the rows, please: a company has hundreds of thousands of deliveries in a year,
    and the answer for all of them should take milliseconds.

    """
    # Your code here.
    raise NotImplementedError("select_late: write your answer here")


# %%
def grid_pick(table: Tensor, rows: Tensor, cols: Tensor) -> Tensor:
    """Pick some rows and some columns, and answer with the cells where they cross.

    The cell at place (k, l) of the answer is table[rows[k], cols[l]].

    Args:
        table: [N, M], any type.
        rows: int64[K], which rows, each from 0 to N - 1; in any order, and any of them repeatedly.
        cols: int64[L], which columns, each from 0 to M - 1; likewise.

    Returns:
        [K, L], the type of `table`. K and L may differ, and both orders are kept.

    Example:
        Minutes that each of three couriers (rows) needs to each of four addresses (columns).
        Courier 2 and courier 0 are free; the orders are for address 3, and two for address 1:

        >>> minutes = torch.tensor([[12, 15, 19, 22], [26, 29, 30, 37], [8, 7, 14, 11]])
        >>> grid_pick(minutes, torch.tensor([2, 0]), torch.tensor([3, 1, 1]))
        tensor([[11,  7,  7],
                [22, 15, 15]])

    The one idea: two lists of positions side by side are read in pairs, like the coordinates of
    points: first with first, second with second. To have every row meet every column, let one list
    stand upright while the other lies flat, or choose one after the other.

    """
    # Your code here.
    raise NotImplementedError("grid_pick: write your answer here")
