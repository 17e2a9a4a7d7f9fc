"""The model is measured in training mode.

Some layers behave differently in training: dropout forgets at random. Are you training here?
"""

import torch

function = "evaluate"
code = "LEAK"
fails = ("test_evaluate_measures_in_evaluation_mode",)


def evaluate(model, x, y):
    with torch.no_grad():
        error = model(x) - y
    return {"mse": (error**2).mean().item(), "mae": error.abs().mean().item()}
