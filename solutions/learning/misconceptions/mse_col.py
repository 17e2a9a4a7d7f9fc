"""A flat list of targets is accepted, and every prediction is compared with every target.

Print the shape of a column minus a flat tensor. How many differences are there, and how many
should there be?
"""

function = "mse"
code = "COL"
fails = ("test_mse_targets_of_another_shape_are_refused",)


def mse(prediction, target):
    return ((prediction - target) ** 2).mean()
