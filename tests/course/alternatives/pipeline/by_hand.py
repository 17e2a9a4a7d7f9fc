"""The pipeline with plain Python where that is enough, and with torch's smallest parts."""

import copy
import math
import random
import statistics

import torch
from torch import Tensor, nn


def features(row: list[float], mean: list[float], std: list[float]) -> list[float]:
    distance, hour, is_weekend = row
    scaled = [
        (value - m) / (s or 1.0) for value, m, s in zip((distance, hour), mean, std, strict=True)
    ]
    is_peak = 8 <= hour < 10 or 16 <= hour < 19
    return [*scaled, is_weekend, float(is_peak and not is_weekend)]


def prepare(table: Tensor) -> list[Tensor | dict[str, Tensor]]:
    rows = [row for row in table.tolist() if not any(map(math.isnan, row))]
    columns = list(zip(*rows, strict=True))[:2]
    mean = [statistics.fmean(column) for column in columns]
    std = [statistics.stdev(column) if len(rows) > 1 else 0.0 for column in columns]
    x = [features(row[:3], mean, std) for row in rows]
    make = torch.tensor
    stats = {"mean": make([mean], dtype=table.dtype), "std": make([std], dtype=table.dtype)}
    return [make(x, dtype=table.dtype), make([row[3:] for row in rows], dtype=table.dtype), stats]


def split(x: Tensor, y: Tensor, fraction: float, seed: int) -> list[Tensor]:
    order = list(range(len(x)))
    random.Random(seed).shuffle(order)
    count = math.floor(fraction * len(x))
    parts = []
    for chosen in (order[:count], order[count:]):
        index = torch.tensor(chosen, dtype=torch.long)
        parts += [x[index], y[index]]
    return parts


def build_model(sizes: list[int], seed: int) -> nn.Sequential:
    generator = torch.Generator().manual_seed(seed)
    model = nn.Sequential()
    for i in range(len(sizes) - 1):
        if i > 0:
            model.append(nn.ReLU())
        # Made without numbers, so that nothing is drawn from the global generator.
        layer = nn.Linear(sizes[i], sizes[i + 1], device="meta").to_empty(device="cpu")
        nn.init.kaiming_normal_(layer.weight, generator=generator)
        nn.init.zeros_(layer.bias)
        model.append(layer)
    return model


def train_step(
    model: nn.Module, optimizer: torch.optim.Optimizer, loss_fn: nn.Module, x: Tensor, y: Tensor
) -> float:
    parameters = list(model.parameters())
    loss = loss_fn(model(x), y)
    slopes = torch.autograd.grad(loss, parameters)
    for parameter, slope in zip(parameters, slopes, strict=True):
        parameter.grad = slope
    optimizer.step()
    return float(loss.detach())


def fit(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    loss_fn: nn.Module,
    x: Tensor,
    y: Tensor,
    epochs: int,
) -> list[float]:
    return [train_step(model, optimizer, loss_fn, x, y) for _ in range(epochs)]


def predict_minutes(model: nn.Module, raw: Tensor, stats: dict[str, Tensor]) -> float:
    row = features(raw[0].tolist(), stats["mean"][0].tolist(), stats["std"][0].tolist())
    (answer,) = model(torch.tensor([row])).flatten().tolist()
    return float(answer)


def evaluate(model: nn.Module, x: Tensor, y: Tensor) -> dict[str, float]:
    measured = copy.deepcopy(model).eval()
    with torch.inference_mode():
        errors = [p - t for p, t in zip(measured(x)[:, 0].tolist(), y[:, 0].tolist(), strict=True)]
    return {
        "mae": statistics.fmean(abs(e) for e in errors),
        "mse": statistics.fmean(e * e for e in errors),
    }
