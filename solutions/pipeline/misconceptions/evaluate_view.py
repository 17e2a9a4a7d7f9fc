"""The model is left in evaluation mode.

Its owner goes on training. What do dropout layers do now?
"""

import torch

function = "evaluate"
code = "VIEW"
fails = ("test_evaluate_restores_the_mode",)


def evaluate(model, x, y):
    model.eval()
    with torch.no_grad():
        error = model(x) - y
    return {"mse": (error**2).mean().item(), "mae": error.abs().mean().item()}
