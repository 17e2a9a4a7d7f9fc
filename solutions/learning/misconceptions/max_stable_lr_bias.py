"""Only the curvature in w is looked at; the bias moves too, and with it.

How many parameters take a step? How large is the matrix of their second derivatives?
"""

function = "max_stable_lr"
code = "BIAS"
fails = (
    "test_max_stable_lr_of_the_lessons_tables",
    "test_max_stable_lr_of_any_inputs",
)


def max_stable_lr(x):
    return 1 / (x * x).mean().item()
