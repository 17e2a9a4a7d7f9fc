"""The answer is still a tensor.

The answer goes to a dispatcher, not to `backward()`. What makes a tensor of one number a number?
"""

import torch

function = "predict_minutes"
code = "DET"
fails = (
    "test_predict_minutes_of_the_order_at_seven_miles",
    "test_predict_minutes_of_any_network_and_order",
    "test_predict_minutes_rush_hour_begins_and_ends_sharply",
    "test_predict_minutes_on_a_scale_without_spread",
)


def predict_minutes(model, raw, stats):
    numbers, hour, weekend = raw[:, :2], raw[:, 1:2], raw[:, 2:3]
    std = stats["std"]
    z = (numbers - stats["mean"]) / torch.where(std == 0, 1.0, std)
    is_peak = ((hour >= 8) & (hour < 10)) | ((hour >= 16) & (hour < 19))
    rush = (is_peak & (weekend == 0)).to(raw.dtype)
    return model(torch.cat([z, weekend, rush], dim=1))
