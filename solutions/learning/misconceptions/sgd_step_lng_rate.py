"""The learning rate itself is subtracted; the slopes are never used.

How does the step know which way is down, and how steep it is?
"""

function = "sgd_step"
code = "LNG"
fails = (
    "test_sgd_step_first_step_on_the_lessons_table",
    "test_sgd_step_each_parameter_follows_its_own_slope",
    "test_sgd_step_leaves_the_old_parameters_alone",
)


def sgd_step(w, b, dw, db, lr):  # noqa: ARG001
    return w - lr, b - lr
