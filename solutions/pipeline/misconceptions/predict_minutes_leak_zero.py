"""Measured by its own mean every order lies at zero, whatever its distance.

Ask for 2 miles, and for 7. Why is the answer the same? Whose mean do you subtract?
"""

import torch

function = "predict_minutes"
code = "LEAK"
fails = (
    "test_predict_minutes_of_the_order_at_seven_miles",
    "test_predict_minutes_of_any_network_and_order",
    "test_predict_minutes_rush_hour_begins_and_ends_sharply",
    "test_predict_minutes_on_a_scale_without_spread",
)


def predict_minutes(model, raw, stats):  # noqa: ARG001
    numbers, hour, weekend = raw[:, :2], raw[:, 1:2], raw[:, 2:3]
    mean = numbers.mean(dim=0, keepdim=True)
    std = numbers.std(dim=0, keepdim=True, correction=0)
    z = (numbers - mean) / torch.where(std == 0, 1.0, std)
    is_peak = ((hour >= 8) & (hour < 10)) | ((hour >= 16) & (hour < 19))
    rush = (is_peak & (weekend == 0)).to(raw.dtype)
    with torch.no_grad():
        return model(torch.cat([z, weekend, rush], dim=1)).item()
