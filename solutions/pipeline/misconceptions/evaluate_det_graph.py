"""The prediction is made with a graph, although nothing will be learnt from it.

torch keeps everything that a gradient might need, and here nobody will ask. How do you tell it?
"""

function = "evaluate"
code = "DET"
fails = ("test_evaluate_builds_no_graph",)


def evaluate(model, x, y):
    was_training = model.training
    model.eval()
    error = model(x) - y
    model.train(was_training)
    return {"mse": (error**2).mean().item(), "mae": error.abs().mean().item()}
