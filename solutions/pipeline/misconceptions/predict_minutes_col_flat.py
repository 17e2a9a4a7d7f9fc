"""Weekend and rush hour are flat, and what is flat cannot stand beside columns.

Print the shapes of everything that you join. Which of them lack an axis?
"""

import torch

function = "predict_minutes"
code = "COL"
fails = (
    "test_predict_minutes_of_the_order_at_seven_miles",
    "test_predict_minutes_of_any_network_and_order",
    "test_predict_minutes_rush_hour_begins_and_ends_sharply",
    "test_predict_minutes_on_a_scale_without_spread",
)


def predict_minutes(model, raw, stats):
    numbers, hour, weekend = raw[:, :2], raw[:, 1], raw[:, 2]
    std = stats["std"]
    z = (numbers - stats["mean"]) / torch.where(std == 0, 1.0, std)
    is_peak = ((hour >= 8) & (hour < 10)) | ((hour >= 16) & (hour < 19))
    rush = (is_peak & (weekend == 0)).to(raw.dtype)
    with torch.no_grad():
        return model(torch.cat([z, weekend, rush], dim=1)).item()
