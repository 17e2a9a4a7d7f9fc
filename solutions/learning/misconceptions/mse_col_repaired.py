"""Targets of another shape are quietly bent into the shape of the predictions.

Somebody forgot a column. If you mend it in silence, who will find out that their data is not
what they think?
"""

function = "mse"
code = "COL"
fails = ("test_mse_targets_of_another_shape_are_refused",)


def mse(prediction, target):
    return ((prediction - target.reshape(prediction.shape)) ** 2).mean()
