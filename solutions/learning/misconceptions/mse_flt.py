"""The answer is a plain Python number, not a tensor.

A plain number does not know how it was computed. What would `backward()` start from?
"""

function = "mse"
code = "FLT"
fails = (
    "test_mse_is_the_mean_of_the_squares",
    "test_mse_keeps_the_type_of_its_inputs",
    "test_mse_gradient_finds_its_way_back",
)


def mse(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("shapes differ")
    return ((prediction - target) ** 2).mean().item()
