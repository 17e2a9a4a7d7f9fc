"""The prediction is flat and the target is a column: each is compared with every other.

Print the shape of the difference. How many errors should there be?
"""

import torch

function = "evaluate"
code = "COL"
fails = (
    "test_evaluate_measures_both_errors",
    "test_evaluate_restores_the_mode",
    "test_evaluate_builds_no_graph",
)


def evaluate(model, x, y):
    was_training = model.training
    model.eval()
    with torch.no_grad():
        error = model(x).squeeze(1) - y
    model.train(was_training)
    return {"mse": (error**2).mean().item(), "mae": error.abs().mean().item()}
