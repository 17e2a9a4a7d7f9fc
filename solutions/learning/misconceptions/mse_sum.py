"""The squares are added up but never averaged.

With twice as many deliveries, each as badly predicted, should the error be twice as large?
"""

function = "mse"
code = "SUM"
fails = (
    "test_mse_is_the_mean_of_the_squares",
    "test_mse_keeps_the_type_of_its_inputs",
    "test_mse_gradient_finds_its_way_back",
)


def mse(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("shapes differ")
    return ((prediction - target) ** 2).sum()
