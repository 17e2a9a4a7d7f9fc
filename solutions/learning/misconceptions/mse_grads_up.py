"""Both slopes have the wrong sign.

Is it the prediction minus the target that is squared, or the other way round? For the square it
makes no difference. For the inner derivative?
"""

function = "mse_grads"
code = "UP"
fails = (
    "test_mse_grads_of_the_lessons_tables_from_zero",
    "test_mse_grads_at_any_weight_and_bias",
    "test_mse_grads_of_a_single_delivery",
    "test_mse_grads_is_the_slope_one_measures",
)


def mse_grads(x, y, w, b):
    error = y - (w * x + b)
    return 2 * (error * x).mean(), 2 * error.mean()
