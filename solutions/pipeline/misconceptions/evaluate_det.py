"""The two errors are tensors, where plain numbers are asked for.

A report is read by people. What makes a tensor of one number a number?
"""

import torch

function = "evaluate"
code = "DET"
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
    return {"mse": (error**2).mean(), "mae": error.abs().mean()}
