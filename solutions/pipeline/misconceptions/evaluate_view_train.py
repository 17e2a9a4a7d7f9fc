"""The model is always put into training mode at the end, even if it did not come in it.

In which mode was the model before? Where do you keep that?
"""

import torch

function = "evaluate"
code = "VIEW"
fails = ("test_evaluate_restores_the_mode",)


def evaluate(model, x, y):
    model.eval()
    with torch.no_grad():
        error = model(x) - y
    model.train()
    return {"mse": (error**2).mean().item(), "mae": error.abs().mean().item()}
