"""The slopes of all deliveries are added up but never averaged.

The error is a mean. What does that make of its slope when there are twice as many deliveries?
"""

function = "mse_grads"
code = "SUM"
fails = (
    "test_mse_grads_of_the_lessons_tables_from_zero",
    "test_mse_grads_at_any_weight_and_bias",
    "test_mse_grads_is_the_slope_one_measures",
)


def mse_grads(x, y, w, b):
    error = w * x + b - y
    return 2 * (error * x).sum(), 2 * error.sum()
