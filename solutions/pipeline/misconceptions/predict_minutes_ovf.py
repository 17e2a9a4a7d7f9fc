"""A scale without spread is divided by zero.

What did `prepare` do with a column that is the same in every row?
"""

import torch

function = "predict_minutes"
code = "OVF"
fails = ("test_predict_minutes_on_a_scale_without_spread",)


def predict_minutes(model, raw, stats):
    numbers, hour, weekend = raw[:, :2], raw[:, 1:2], raw[:, 2:3]
    std = stats["std"]
    z = (numbers - stats["mean"]) / std
    is_peak = ((hour >= 8) & (hour < 10)) | ((hour >= 16) & (hour < 19))
    rush = (is_peak & (weekend == 0)).to(raw.dtype)
    with torch.no_grad():
        return model(torch.cat([z, weekend, rush], dim=1)).item()
