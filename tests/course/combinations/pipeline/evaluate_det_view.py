"""A graph is built, and the model is left in evaluation mode."""

from torch import Tensor, nn

function = "evaluate"
codes = ("DET", "VIEW")


def evaluate(model: nn.Module, x: Tensor, y: Tensor) -> dict[str, float]:
    model.eval()
    error = model(x) - y
    return {"mse": (error**2).mean().item(), "mae": error.abs().mean().item()}
