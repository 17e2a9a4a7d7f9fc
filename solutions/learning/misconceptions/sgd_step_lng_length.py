"""The length of the gradient is taken from the weight and from the bias alike.

Two parameters, two slopes. If one is steep and the other flat, how can both take the same step?
"""

function = "sgd_step"
code = "LNG"
fails = (
    "test_sgd_step_first_step_on_the_lessons_table",
    "test_sgd_step_each_parameter_follows_its_own_slope",
    "test_sgd_step_leaves_the_old_parameters_alone",
)


def sgd_step(w, b, dw, db, lr):
    step = lr * (dw**2 + db**2) ** 0.5
    return w - step, b - step
