"""No order is ever in the rush hour.

The model has learnt from four features. Which of them did you not compute?
"""

import torch

function = "predict_minutes"
code = "HARD"
fails = (
    "test_predict_minutes_of_the_order_at_seven_miles",
    "test_predict_minutes_rush_hour_begins_and_ends_sharply",
)


def predict_minutes(model, raw, stats):
    numbers, weekend = raw[:, :2], raw[:, 2:3]
    std = stats["std"]
    z = (numbers - stats["mean"]) / torch.where(std == 0, 1.0, std)
    rush = torch.zeros_like(weekend)
    with torch.no_grad():
        return model(torch.cat([z, weekend, rush], dim=1)).item()
