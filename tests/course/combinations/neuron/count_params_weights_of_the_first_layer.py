"""Only the first layer is counted, and its biases are forgotten."""

function = "count_params"
codes = ("HARD", "BIAS")


def count_params(sizes: list[int]) -> int:
    return sizes[0] * sizes[1]
