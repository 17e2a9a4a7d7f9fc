"""The table is cut as it lies, without a shuffle.

Look at a table that is sorted by distance. Which orders has your model never seen?
"""

function = "split"
code = "HARD"
fails = ("test_split_shuffles_before_it_cuts", "test_split_another_seed_another_shuffle")


def split(x, y, fraction, seed):  # noqa: ARG001
    count = int(fraction * len(x))
    return x[:count], y[:count], x[count:], y[count:]
