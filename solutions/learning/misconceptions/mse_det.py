"""The number is right, but it has been cut off from the predictions: no gradient can flow.

What does `requires_grad` say about your answer? Which call throws the graph away?
"""

function = "mse"
code = "DET"
fails = ("test_mse_gradient_finds_its_way_back",)


def mse(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("shapes differ")
    return ((prediction - target) ** 2).mean().detach()
