"""The pipeline with what PyTorch brings along: random_split, closures, functional losses."""

import itertools

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.data import TensorDataset, random_split


def is_rush(hour: Tensor, is_weekend: Tensor) -> Tensor:
    morning = hour.ge(8).logical_and(hour.lt(10))
    evening = hour.ge(16).logical_and(hour.lt(19))
    return morning.logical_or(evening).logical_and(is_weekend.ne(1))


def features(raw: Tensor, mean: Tensor, std: Tensor) -> Tensor:
    distance, hour, is_weekend = raw.unbind(dim=1)
    safe = std.masked_fill(std == 0, 1)
    z = (torch.stack([distance, hour], dim=1) - mean) / safe
    flags = torch.stack([is_weekend, is_rush(hour, is_weekend).type_as(raw)], dim=-1)
    return torch.hstack([z, flags])


def prepare(table: Tensor) -> tuple[Tensor, Tensor, dict[str, Tensor]]:
    rows = table[torch.isfinite(table).all(dim=1)].clone()
    if len(rows) == 1:
        mean, std = rows[:, :2], torch.zeros(1, 2, dtype=rows.dtype, device=rows.device)
    else:
        std, mean = torch.std_mean(rows[:, :2], dim=0, keepdim=True)
    y = rows[:, -1].unsqueeze(-1)
    return features(rows[:, :3], mean, std), y, {"mean": mean, "std": std}


def split(
    x: Tensor, y: Tensor, fraction: float, seed: int
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    count = int(fraction * len(x))
    generator = torch.Generator()
    generator.manual_seed(seed)
    rows = TensorDataset(torch.arange(len(x)))
    train, test = random_split(rows, [count, len(x) - count], generator=generator)
    return x[train.indices], y[train.indices], x[test.indices], y[test.indices]


def build_model(sizes: list[int], seed: int) -> nn.Sequential:
    before = torch.get_rng_state()
    torch.manual_seed(seed)
    hidden = [nn.Sequential(nn.Linear(i, o), nn.ReLU()) for i, o in itertools.pairwise(sizes[:-1])]
    model = nn.Sequential(*hidden, nn.Linear(sizes[-2], sizes[-1]))
    torch.set_rng_state(before)
    return model


def train_step(
    model: nn.Module, optimizer: torch.optim.Optimizer, loss_fn: nn.Module, x: Tensor, y: Tensor
) -> float:
    model.train()

    def closure() -> float:
        model.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        return float(loss.detach())

    return optimizer.step(closure)


def fit(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    loss_fn: nn.Module,
    x: Tensor,
    y: Tensor,
    epochs: int,
) -> list[float]:
    model.train()
    losses = torch.zeros(epochs)
    for epoch in range(epochs):
        prediction = model(x)
        loss = loss_fn(prediction, y)
        losses[epoch] = loss.detach()
        optimizer.zero_grad(set_to_none=False)
        loss.backward()
        optimizer.step()
    return losses.tolist()


@torch.no_grad()
def predict_minutes(model: nn.Module, raw: Tensor, stats: dict[str, Tensor]) -> float:
    model.eval()
    return float(model(features(raw, **stats)))


@torch.no_grad()
def evaluate(model: nn.Module, x: Tensor, y: Tensor) -> dict[str, float]:
    modes = {module: module.training for module in model.modules()}
    prediction = model.eval()(x)
    for module, mode in modes.items():
        module.train(mode)
    return {
        "mse": functional.mse_loss(prediction, y).item(),
        "mae": functional.l1_loss(prediction, y).item(),
    }
