"""The order is measured by itself, and the end of the rush hour counts."""

import torch
from torch import Tensor, nn

function = "predict_minutes"
codes = ("LEAK", "EDGE")


def predict_minutes(model: nn.Module, raw: Tensor, stats: dict[str, Tensor]) -> float:  # noqa: ARG001
    numbers, hour, weekend = raw[:, :2], raw[:, 1:2], raw[:, 2:3]
    z = numbers - numbers.mean(dim=0, keepdim=True)
    is_peak = ((hour >= 8) & (hour <= 10)) | ((hour >= 16) & (hour <= 19))
    rush = (is_peak & (weekend == 0)).to(raw.dtype)
    with torch.no_grad():
        return float(model(torch.cat([z, weekend, rush], dim=1)))
