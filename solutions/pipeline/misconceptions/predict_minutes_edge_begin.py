"""The first moment of the rush hour does not count as rush hour.

Stand on each of the four hours. The rule includes some of them and leaves out others: which?
"""

import torch

function = "predict_minutes"
code = "EDGE"
fails = ("test_predict_minutes_rush_hour_begins_and_ends_sharply",)


def predict_minutes(model, raw, stats):
    numbers, hour, weekend = raw[:, :2], raw[:, 1:2], raw[:, 2:3]
    std = stats["std"]
    z = (numbers - stats["mean"]) / torch.where(std == 0, 1.0, std)
    is_peak = ((hour > 8) & (hour < 10)) | ((hour > 16) & (hour < 19))
    rush = (is_peak & (weekend == 0)).to(raw.dtype)
    with torch.no_grad():
        return model(torch.cat([z, weekend, rush], dim=1)).item()
