"""The step goes uphill: the error grows with every step.

The gradient points to where the error *grows*. Where do you want to go?
"""

function = "sgd_step"
code = "UP"
fails = (
    "test_sgd_step_first_step_on_the_lessons_table",
    "test_sgd_step_each_parameter_follows_its_own_slope",
    "test_sgd_step_leaves_the_old_parameters_alone",
)


def sgd_step(w, b, dw, db, lr):
    return w + lr * dw, b + lr * db
