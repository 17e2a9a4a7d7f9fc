"""The step is right, but it is taken inside the caller's own tensors: the old weight is gone.

What is the difference between `w = w - step` and `w -= step` for whoever handed you `w`?
"""

function = "sgd_step"
code = "VIEW"
fails = (
    "test_sgd_step_first_step_on_the_lessons_table",
    "test_sgd_step_each_parameter_follows_its_own_slope",
    "test_sgd_step_leaves_the_old_parameters_alone",
)


def sgd_step(w, b, dw, db, lr):
    w -= lr * dw
    b -= lr * db
    return w, b
