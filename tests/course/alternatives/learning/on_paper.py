"""How a neuron learns, with pencil and paper: sums written out, and no optimiser."""

import math

import torch
from torch import Tensor


def mse(prediction: Tensor, target: Tensor) -> Tensor:
    if prediction.shape != target.shape:
        message = "one prediction for each target"
        raise ValueError(message)
    difference = (prediction - target).flatten()
    return torch.dot(difference, difference) / difference.numel()


def mse_grads(x: Tensor, y: Tensor, w: Tensor, b: Tensor) -> list[Tensor]:
    count = len(x)
    # With the sums of x, y, x², xy the data is needed only once.
    sx, sy, sxx, sxy = x.sum(), y.sum(), (x * x).sum(), (x * y).sum()
    return [2 * (w * sxx + b * sx - sxy) / count, 2 * (w * sx + b * count - sy) / count]


def sgd_step(w: Tensor, b: Tensor, dw: Tensor, db: Tensor, lr: float) -> list[Tensor]:
    return [parameter - lr * slope for parameter, slope in ((w, dw), (b, db))]


def autograd_grads(x: Tensor, y: Tensor, w: Tensor, b: Tensor) -> list[Tensor]:
    both = torch.stack([w, b]).requires_grad_()
    torch.autograd.backward(mse(both[0] * x + both[1], y))
    assert both.grad is not None
    return list(both.grad)


def train_neuron(
    x: Tensor, y: Tensor, lr: float, epochs: int, w0: float = 0.0, b0: float = 0.0
) -> tuple[float, float, list[float]]:
    miles, minutes = x.flatten().tolist(), y.flatten().tolist()
    w, b, losses = w0, b0, []
    for _ in range(epochs):
        errors = [w * d - t + b for d, t in zip(miles, minutes, strict=True)]
        losses.append(sum(e * e for e in errors) / len(errors))
        w -= lr * 2 * sum(e * d for e, d in zip(errors, miles, strict=True)) / len(errors)
        b -= lr * 2 * sum(errors) / len(errors)
    return w, b, losses


def predict_time(w: float | Tensor, b: float | Tensor, miles: float) -> float:
    return float(w) * miles + float(b)


def max_stable_lr(x: Tensor) -> float:
    mean, square = x.mean().item(), (x * x).mean().item()
    # The eigenvalues of [[p, q], [q, r]] are (p + r ± √((p - r)² + 4q²)) / 2.
    return 2 / (square + 1 + math.hypot(square - 1, 2 * mean))
