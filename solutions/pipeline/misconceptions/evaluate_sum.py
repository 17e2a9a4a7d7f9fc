"""The errors are added up, where their mean is asked for.

Twice as many rows, the same model: should its error be twice as large?
"""

import torch

function = "evaluate"
code = "SUM"
fails = (
    "test_evaluate_measures_both_errors",
    "test_evaluate_measures_in_evaluation_mode",
    "test_evaluate_restores_the_mode",
    "test_evaluate_builds_no_graph",
)


def evaluate(model, x, y):
    was_training = model.training
    model.eval()
    with torch.no_grad():
        error = model(x) - y
    model.train(was_training)
    return {"mse": (error**2).sum().item(), "mae": error.abs().sum().item()}
