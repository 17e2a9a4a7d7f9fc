"""How a neuron learns, with what PyTorch brings along: Linear, SGD, mse_loss, autograd.grad."""

import torch
from torch import Tensor, nn


def mse(prediction: Tensor, target: Tensor) -> Tensor:
    if prediction.size() != target.size():
        message = "prediction and target differ in shape"
        raise ValueError(message)
    return nn.functional.mse_loss(prediction, target)


def mse_grads(x: Tensor, y: Tensor, w: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    design = torch.cat([x, torch.ones_like(x)], dim=1)
    error = design @ torch.stack([w, b]).unsqueeze(1) - y
    dw, db = (2 / len(x) * design.T @ error).flatten()
    return dw, db


def sgd_step(w: Tensor, b: Tensor, dw: Tensor, db: Tensor, lr: float) -> tuple[Tensor, Tensor]:
    return torch.sub(w, dw, alpha=lr), torch.sub(b, db, alpha=lr)


def autograd_grads(x: Tensor, y: Tensor, w: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    w, b = w.detach().requires_grad_(), b.detach().requires_grad_()
    dw, db = torch.autograd.grad(mse(w * x + b, y), (w, b))
    return dw, db


def train_neuron(
    x: Tensor, y: Tensor, lr: float, epochs: int, w0: float = 0.0, b0: float = 0.0
) -> tuple[Tensor, Tensor, list[Tensor]]:
    line = nn.Linear(1, 1)
    nn.init.constant_(line.weight, w0)
    nn.init.constant_(line.bias, b0)
    optimizer = torch.optim.SGD(line.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        loss = mse(line(x), y)
        losses.append(loss.detach())
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        optimizer.step()
    return line.weight.detach().squeeze(), line.bias.detach().squeeze(), losses


@torch.no_grad()
def predict_time(w: float | Tensor, b: float | Tensor, miles: float) -> float:
    return float(torch.as_tensor(w * miles + b).item())


def max_stable_lr(x: Tensor) -> float:
    design = torch.cat([x, torch.ones_like(x)], dim=1)
    largest = float(torch.linalg.matrix_norm(design, ord=2))
    return len(x) / largest**2
